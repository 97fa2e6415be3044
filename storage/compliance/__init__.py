"""How a cadre stands with a plan: pure functions over plain records.

``stand`` finds who the cadre is on the day, ``tally`` adds up what was done, ``judge`` compares the two;
``evaluate`` does all three and ``explain`` tells why.
"""

from storage.compliance.evaluation import evaluate, window
from storage.compliance.explaining import Explanation, Unused, Used, explain
from storage.compliance.judging import judge
from storage.compliance.results import Evaluation, Note, Result, to_json
from storage.compliance.standing import Standing, stand
from storage.compliance.tallying import Tally, tally

__all__ = [
    "Evaluation",
    "Explanation",
    "Note",
    "Result",
    "Standing",
    "Tally",
    "Unused",
    "Used",
    "evaluate",
    "explain",
    "judge",
    "stand",
    "tally",
    "to_json",
    "window",
]
