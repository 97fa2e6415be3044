"""One, two and four replicas on one PostgreSQL: throughput and answering times."""

import argparse

from bench.load import Load, run

EVERYTHING = "intake,worker,delivery"


def main(arguments: list[str]) -> None:
    """Measure and print; each replica has every role."""
    options = _options(arguments)
    print("| replicas | messages/s of a burst | p50 | p99 at 40 messages/s |\n|---|---|---|---|")
    for count in options.replicas:
        found = run(Load(seconds=options.seconds, burst=options.burst), [EVERYTHING] * count)
        print(f"| {count} | {found['burst_rate']:,.0f} | {found['p50']:.0f} ms | {found['p99']:.0f} ms |", flush=True)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench replicas")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--burst", type=int, default=1000)
    parser.add_argument("--replicas", type=int, nargs="+", default=[1, 2, 4])
    return parser.parse_args(arguments)
