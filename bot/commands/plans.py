"""``doanbot plans [FILE]``: check plans and print who owes what; ``--clauses``: what becomes of each clause."""

import argparse
import sys

from bot.settings import Settings
from storage.clock import Clock
from storage.datafile import DataFileError
from storage.plans import plan_files, read_plan
from storage.plans.table import clause_table, describe


def run(args: argparse.Namespace, _settings: Settings) -> int:
    """Print every plan that comes with the program, or ``FILE``; 1 when one of them is refused."""
    today = Clock().today()
    try:
        plans = [read_plan(args.file)] if args.file else [read_plan(file) for file in plan_files()]
    except DataFileError as error:
        print("\n".join(f"doanbot: {problem}" for problem in error.problems), file=sys.stderr)
        return 1
    print(clause_table(plans) if args.clauses else "\n".join(describe(plan, today) for plan in plans))
    return 0
