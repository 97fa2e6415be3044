"""How well and how fast free text is read: the unseen part of the collection, and texts made to be slow."""

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator

from handlers.reader import read
from handlers.reader.marking import KNOWN
from handlers.reader.tokens import MOST_TOKENS, tidy, tokenise
from storage.calendar import default_calendar
from tests.reader.scoring import NOW, Case, Verdict, cases, judge

LONGEST = 4096
PATIENCE_MS = 50
BUDGET_MS = 2


def main(options: list[str]) -> None:
    """Print the scoreboard, the time a message takes, and the slowest of the hostile texts."""
    parser = argparse.ArgumentParser(prog="python -m bench reader")
    parser.add_argument("--rounds", type=int, default=5, help="how often each message is timed")
    args = parser.parse_args(options)
    judged = [(case, judge(case)) for case in cases("unseen")]
    _print_scores("messages never tuned on, by the reader's authors", judged)
    _print_scores("by others, looked at since", [(case, judge(case)) for case in cases("strangers")])
    _print_speed([case.text for case, _ in judged], args.rounds)
    _print_worst()


def _print_scores(whose: str, judged: list[tuple[Case, Verdict]]) -> None:
    total, right, wrong = Counter[str](), Counter[str](), Counter[str]()
    for case, verdict in judged:
        for name in (case.about, "all"):
            total[name] += 1
            right[name] += verdict.right
            wrong[name] += verdict.wrong_log
    asked = sum(verdict.got["intent"] == "ask" for _, verdict in judged)
    print(f"reader: {whose}".ljust(58) + "right   wrong logs")
    for name, count in total.items():
        print(f"  {name:52}{right[name]:4}/{count:<4}{wrong[name]:6}")
    print(f"  right {right['all'] / total['all']:.1%}, wrong logs {wrong['all']}, asked {asked} of {total['all']}")


def _print_speed(texts: list[str], rounds: int) -> None:
    taken = sorted(_microseconds(text) for _ in range(rounds) for text in texts)
    p99 = taken[int(len(taken) * 0.99)]
    print(f"  a message: median {statistics.median(taken):.0f} µs, p99 {p99:.0f} µs (budget {BUDGET_MS} ms)")


def _print_worst() -> None:
    slowest = max((min(_microseconds(text) for _ in range(2)), name) for name, text in hostile_texts())
    worst, name = slowest[0] / 1000, slowest[1]
    print(f"  {LONGEST} characters made to be slow: {worst:.1f} ms at worst, {name} (limit {PATIENCE_MS} ms)")


def hostile_texts() -> Iterator[tuple[str, str]]:
    """Texts of the longest size with a name: pieces that begin every pattern and end none, repeated, and noise."""
    pieces = (
        "a", "1", " ", "\n", "/", "-", ",", "?", '"', "é", "😀", "2h", "2h30 ", "1/1/", "7-9-", "thứ ", "t7 ", "tuần ",
        "hôm qua ", "hồi ", "mấy ", "nửa ", "từ 7h đến ", "2 tiếng ", "dọn rác ", "dọn rác, ", "shcd rồi ", "không ",
        "bạn Lan ", "chi đoàn ", "Chi Đoàn ", "sinh hoạt chi đoàn 15/11 2h ", "a1", "a1a1a1a1 ", "tie61ng ", "sữa ",
        "chi đoàn ấp 3 7h-9h hôm qua, ", "15/11 dọn rác 2 tiếng; ", "mười ", "ngày ngày ", "áo xanh t2 ",
    )  # fmt: skip
    for piece in pieces:
        yield repr(piece), (piece * LONGEST)[:LONGEST]
        tokens = len(tokenise(tidy(piece), KNOWN)) or 1
        yield f"{piece!r} up to the limit of tokens", (piece * ((MOST_TOKENS - 1) // tokens))[:LONGEST]
    chance = random.Random(7)
    for number in range(20):
        yield f"noise {number}", "".join(chance.choices([*pieces, " "], k=LONGEST))[:LONGEST]


def _microseconds(text: str) -> float:
    calendar = default_calendar()
    began = time.perf_counter()
    read(text, NOW, calendar)
    return (time.perf_counter() - began) * 1e6
