"""What words for days mean, apart from dates in figures: "hôm qua", "hồi hôm", "tuần trước", "hôm bữa"."""

from dataclasses import dataclass
from datetime import date

from handlers.reader.hours import PARTS
from handlers.reader.results import Reason

WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is said. ``problem`` says why ``day`` is not known; ``plan`` that it is meant to come.

    ``week`` is the week that is named, with a day or without (0 this, 1 the last), ``weekday`` a day of no named week.
    """

    day: date | None = None
    problem: Reason | None = None
    part: str | None = None
    plan: bool = False
    week: int | None = None
    weekday: int | None = None
    shortened: bool = False
    dated: bool = False
    month: int | None = None
    firm: bool = False


Found = tuple[Day, int]

# Words for days: how many days ago. A part of the day may stand before them.
_AGO = {
    0: ("hom nay", "bua nay", "ngay hom nay", "hnay", "hom ni", "bua ni"),
    1: ("hom qua", "bua qua", "ngay hom qua", "ngay qua", "hqua", "hqa"),
    2: ("hom kia", "bua kia", "ngay hom kia", "hkia"),
}
_NIGHT = ("hoi hom", "khi hom", "hoi toi", "khi toi", "hoi khuya", "hoi dem", "dem hom")
_THIS_MORNING = (
    "hoi sang",
    "sang gio",
    "khi sang",
    "hoi nay",
    "hoi sang som",
    "sang som nay",
    "som moi nay",
    "hoi som moi nay",
    "hoi som moi",
    "som mai nay",
    "som nay",
    "ban nay",
)
_TO_COME = (
    "mai", "ngay mai", "bua mai", "ngay mot", "bua mot", "mai mot", "ngay kia", "hom sau", "tuan sau", "tuan toi",
    "thang sau", "thang toi", "nam sau", "lat nua", "chut nua", "ti nua", "xiu nua", "mai nay", "sap toi", "toi day",
    "may bua nua", "bua sau", "ngay toi", "lat", "hoi nua", "cuoi tuan nay", "cuoi tuan toi",
)  # fmt: skip
_VAGUE = (
    "dau tuan", "giua tuan", "cuoi tuan", "cuoi tuan roi", "cuoi tuan truoc", "cuoi tuan qua",
    "dau tuan roi", "hom bua", "bua hom", "hom ray", "bua ray", "may bua nay", "may hom nay",
    "may bua", "may bua truoc", "may hom truoc", "may ngay truoc", "bua gio", "hom gio", "may bua ray",
    "may ngay nay", "may ngay qua", "may hom", "hom no", "hom truoc", "bua truoc", "hom roi", "bua roi", "bua no",
    "bua te", "hom te", "hom te kia", "bua kia kia", "hổm nay", "hổm rày", "hổm", "hổm giờ",
    "bua hổm", "ngay no", "thang truoc", "thang roi", "thang qua", "thang nay",
    "dau thang", "giua thang", "cuoi thang", "gan day", "dao nay", "lau nay", "vua roi", "vua qua", "moi day",
    "hom nao", "bua nao", "nam ngoai", "nam nay", "nam roi", "hoi he", "dip he", "dip le", "trong tuan", "trong thang",
    "hang tuan", "moi tuan", "moi thang", "hang thang", "thuong xuyen", "hang ngay", "it hom",
    "hom bua hom", "cach day", "lan truoc", "ky truoc", "bua do", "hom do", "bua ay", "hom ay",
)  # fmt: skip
_ALWAYS = (
    "cac ngay",
    "nhung ngay",
    "may ngay lien",
    "tuan nao",
    "thang nao",
    "ngay nao cung",
    "hom nao cung",
    "hom qua hoac hom kia",
    "luc nao cung",
)
# These make any day beside them another one: "chủ nhật tháng trước" is not the last Sunday.
_OTHER_MONTHS = (
    "thang truoc", "thang roi", "thang qua", "dau thang", "giua thang", "cuoi thang", "cuoi thang truoc",
    "dau thang truoc", "nam ngoai", "nam truoc", "nam roi",
)  # fmt: skip
_LUNAR = ("am lich", "giao thua", "ram thang", "ngay ram", "dem ram", "hom ram", "bua ram", "mung mot", "tet")
WEEKS = {
    **dict.fromkeys(("tuan nay",), 0),
    **dict.fromkeys(("tuan truoc", "tuan roi", "tuan qua", "tuan vua roi", "tuan vua qua", "tuan trc"), 1),
    **dict.fromkeys(("tuan truoc nua", "2 tuan truoc", "hai tuan truoc", "tuan kia"), 2),
}
LATELY = {("vua", "roi"), ("vua", "qua"), ("roi",), ("qua",), ("moi", "roi"), ("truoc",)}
COMING = {("nay",), ("toi",), ("sau",), ("tuan", "sau"), ("tuan", "toi"), ("toi", "day"), ("sap", "toi")}
IDLE = {("dau", "tuan"), ("cuoi", "tuan")}


def _phrases() -> dict[tuple[str, ...], Day | tuple[int, str | None]]:
    """What fixed phrases mean: a finished ``Day``, or days ago with a part of the day."""
    table: dict[tuple[str, ...], Day | tuple[int, str | None]] = {}
    for ago, phrases in _AGO.items():
        for phrase in phrases:
            table[tuple(phrase.split())] = (ago, None)
            table |= {(part, *phrase.split()): (ago, part) for part in PARTS}
            table |= {("hoi", part, *phrase.split()): (ago, part) for part in PARTS}
            table |= {("buoi", part, *phrase.split()): (ago, part) for part in PARTS}
    for part in PARTS:
        table |= {(part, "nay"): (0, part), (part, "ni"): (0, part), (part, "qua"): (1, part), (part, "kia"): (2, part)}
        table |= {("hoi", part, "qua"): (1, part), ("hoi", part, "nay"): (0, part), ("hoi", part): (0, f"hoi {part}")}
        table |= {(part, "mai"): Day(problem=Reason.FUTURE_DATE, part=part, plan=True)}
        table |= {(part, "mot"): Day(problem=Reason.FUTURE_DATE, part=part, plan=True)}
    table |= {tuple(phrase.split()): Day(problem=Reason.SEVERAL_DATES) for phrase in _ALWAYS}
    table |= {tuple(phrase.split()): (1, "toi") for phrase in _NIGHT}
    table |= {(f"{part[0]}qua",): (1, part) for part in ("sang", "chieu", "toi")}
    table |= {tuple(phrase.split()): (0, "sang") for phrase in _THIS_MORNING}
    table |= {tuple(phrase.split()): Day(problem=Reason.FUTURE_DATE, plan=True) for phrase in _TO_COME}
    table |= {tuple(phrase.split()): Day(problem=Reason.VAGUE_DATE) for phrase in _VAGUE}
    table |= {("dau", "tuan", "nay"): Day(problem=Reason.VAGUE_DATE, week=0)}
    table |= {tuple(phrase.split()): Day(problem=Reason.VAGUE_DATE, firm=True) for phrase in _OTHER_MONTHS}
    table |= {tuple(phrase.split()): Day(problem=Reason.LUNAR_DATE) for phrase in _LUNAR}
    table |= {tuple(phrase.split()): Day(problem=Reason.VAGUE_DATE, week=week) for phrase, week in WEEKS.items()}
    return table


PHRASES = _phrases()
LENGTHS: dict[str, tuple[int, ...]] = {}
for _phrase in PHRASES:
    LENGTHS[_phrase[0]] = tuple(sorted({len(_phrase), *LENGTHS.get(_phrase[0], ())}, reverse=True))

WORDS = frozenset(word for phrase in PHRASES for word in phrase) | {
    "thu", "chu", "nhat", "ngay", "thang", "nam", "hom", "bua", "tuan", "truoc", "roi", *WEEKDAYS, *PARTS,
}  # fmt: skip
