"""One process on PostgreSQL: answering times while 10,000 digests go out, and beside one person who floods."""

import argparse

from bench.load import Load, run


def main(arguments: list[str]) -> None:
    """Measure and print."""
    options = _options(arguments)
    calm = Load(seconds=options.seconds, burst=options.burst)
    loads = {
        "nothing else": calm,
        "10,000 digests go out": Load(seconds=options.seconds, burst=options.burst, notices=10_000),
        "one person sends 100 a second": Load(seconds=options.seconds, burst=options.burst, flood=100.0),
    }
    print("| meanwhile | p50 | p99 | digests/s | p99 of the one |\n|---|---|---|---|---|")
    for name, load in loads.items():
        found = run(load, ["intake,worker,delivery"])
        cells = f"{found['p50']:.0f} ms | {found['p99']:.0f} ms | {found['bulk_rate']:.1f}"
        print(f"| {name} | {cells} | {found['flood_p99']:.0f} ms |", flush=True)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench busy")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--burst", type=int, default=1000)
    return parser.parse_args(arguments)
