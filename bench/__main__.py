"""`python -m bench [NAME ...] [options]`: run the named benchmarks, all of them when none is named."""

import importlib
import sys

BENCHMARKS = {
    "echo": "bench.echo",
    "compliance": "bench.compliance",
    "chart": "bench.chart",
    "startup": "bench.startup",
    "reader": "bench.reader",
    "annex": "bench.annex",
    "monday": "bench.monday",
    "replicas": "bench.replicas",
    "busy": "bench.busy",
}


def main(arguments: list[str]) -> None:
    """Each benchmark is a module with `main(options)`; options after the names go to each."""
    names = [word for word in arguments if word in BENCHMARKS]
    options = [word for word in arguments if word not in BENCHMARKS]
    if options and not options[0].startswith("-"):
        sys.exit(f"no benchmark {options[0]!r}; there are: {', '.join(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        importlib.import_module(BENCHMARKS[name]).main(options)


main(sys.argv[1:])
