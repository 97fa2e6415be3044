"""The proof at length: `python -m bench.soak [--kills 100] [--histories 100000] [--examples 500]`.

Prints, for each run with real processes, what was sent, killed, lost and doubled.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run `tests/proof` with larger numbers; pytest's exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="kills of real processes, on each database")
    parser.add_argument("--histories", type=int, default=100_000, help="random histories of crashes")
    parser.add_argument("--examples", type=int, default=500, help="runs of the state machine")
    parser.add_argument("tests", nargs="*", default=["tests/proof"], help="which tests, as for pytest")
    options, for_pytest = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.txt"
        numbers = {"KILLS": options.kills, "RUNS": options.histories, "EXAMPLES": options.examples, "BOOK": book}
        environment = {**os.environ, **{f"PROOF_{name}": str(value) for name, value in numbers.items()}}
        command = [sys.executable, "-m", "pytest", "--show-capture=no", "--durations=20", *options.tests, *for_pytest]
        code = subprocess.run(command, env=environment, check=False).returncode
        print(book.read_text() if book.exists() else "no run with real processes ended well")
    return code


if __name__ == "__main__":
    sys.exit(main())
