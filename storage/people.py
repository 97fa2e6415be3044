"""Finding units and cadres: by code, by position, and by a name as people type it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz
from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col
from sqlmodel import select as select_model

from storage.access import in_force, valid_on
from storage.models import Cadre, Position, Unit, UnitVersion
from storage.terms import PositionTitle, Right, UnitType
from storage.text import clean, fold

LONGEST_PATH = 20
GOOD_ENOUGH = 70.0
WRONG_NUMBER = 30.0

# How people shorten the words of a unit's name, after folding.
SHORT_FORMS = {
    "td": "thanh doan",
    "cd": "chi doan",
    "dcs": "doan co so",
    "cdcs": "chi doan co so",
    "ccs": "chi doan co so",
    "p": "phuong",
    "x": "xa",
    "k": "khom",
    "kv": "khu vuc",
    "cq": "co quan",
    "vp": "van phong",
    "tp": "thanh pho",
    "dh": "dai hoc",
}
# What stands in front of so many names that it tells nothing apart.
COMMON_START = re.compile(r"^(?:(?:(?:chi )?doan co so|chi doan|thanh doan|doan) )?(?:(?:phuong|xa) )?(?=\S)")
GLUED_NUMBER = re.compile(r"^(p|x|k|kv)(\d+)$")
WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is on a day."""

    id: int
    code: str
    name: str
    type: UnitType
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit that may be the one meant; ``score`` runs from 0 to 100."""

    id: int
    code: str
    name: str
    parent_name: str
    score: float


@dataclass(frozen=True, slots=True)
class HeldPosition:
    """A position with its unit's name, for showing."""

    unit_id: int
    unit_code: str
    unit_name: str
    unit_type: UnitType
    title: PositionTitle
    full_time: bool
    public_sector: bool
    right: Right
    start: date
    end: date | None

    @property
    def label(self) -> str:
        """The position in words: "Bí thư Đoàn phường Cái Khế"."""
        return f"{self.title.label} {self.unit_name}"


def unit_by_id(session: Session, unit_id: int, day: date) -> UnitRow | None:
    """The unit as it is on ``day``; None when there is none then."""
    row = session.execute(_units(day).where(col(Unit.id) == unit_id)).first()
    return UnitRow(*row) if row else None


def unit_by_code(session: Session, code: str, day: date) -> UnitRow | None:
    """The unit with this code on ``day``; a code typed in small or capital letters will do."""
    row = session.execute(_units(day).where(col(Unit.code).in_(_spellings(code)))).first()
    return UnitRow(*row) if row else None


def unit_name(session: Session, unit_id: int, day: date) -> str:
    """The unit's name on ``day``; its last name when there is no such unit any more."""
    row = unit_by_id(session, unit_id, day)
    if row is not None:
        return row.name
    last = select(col(UnitVersion.name)).where(col(UnitVersion.unit_id) == unit_id)
    name: str = session.execute(last.order_by(col(UnitVersion.valid_from).desc()).limit(1)).scalar_one()
    return name


def children(session: Session, unit_id: int, day: date) -> list[UnitRow]:
    """The units directly below, by code."""
    query = _units(day).where(col(UnitVersion.parent_id) == unit_id).order_by(col(Unit.code))
    return [UnitRow(*row) for row in session.execute(query)]


def path_names(session: Session, unit_id: int, day: date) -> list[str]:
    """The names from the highest unit down to this one."""
    names: list[str] = []
    at: int | None = unit_id
    while at is not None and len(names) < LONGEST_PATH:
        row = unit_by_id(session, at, day)
        if row is None:
            break
        names.append(row.name)
        at = row.parent_id
    return names[::-1]


def cadre_by_code(session: Session, code: str) -> Cadre | None:
    """The cadre with this code; a code typed in small or capital letters will do."""
    return session.exec(select_model(Cadre).where(col(Cadre.code).in_(_spellings(code)))).first()


def positions_of(session: Session, cadre_id: int, day: date) -> list[HeldPosition]:
    """The positions the cadre holds on ``day``, the oldest first."""
    query = (
        select(
            col(Position.unit_id),
            col(Unit.code),
            col(UnitVersion.name),
            col(UnitVersion.type),
            col(Position.title),
            col(Position.full_time),
            col(Position.public_sector),
            col(Position.access_right),
            col(Position.start_day),
            col(Position.end_day),
        )
        .join(Unit, col(Position.unit_id) == col(Unit.id))
        .join(UnitVersion, col(UnitVersion.unit_id) == col(Unit.id))
        .where(col(Position.cadre_id) == cadre_id, in_force(day), valid_on(day))
        .order_by(col(Position.start_day), col(Position.id))
    )
    return [HeldPosition(*row) for row in session.execute(query)]


def find_units(
    session: Session, text: str, day: date, limit: int = 6, within: Collection[int] | None = None
) -> list[UnitMatch]:
    """The units that ``text`` may mean on ``day``, best first, of those with an id in ``within`` if given.

    A code or a whole name, typed with or without diacritics, wins alone.
    """
    superior = aliased(UnitVersion)
    query = (
        select(col(Unit.id), col(Unit.code), col(UnitVersion.name), col(superior.name))
        .join(UnitVersion, col(UnitVersion.unit_id) == col(Unit.id))
        .outerjoin(
            superior,
            (col(superior.unit_id) == col(UnitVersion.parent_id))
            & (col(superior.valid_from) <= day)
            & (col(superior.valid_to).is_(None) | (col(superior.valid_to) >= day)),
        )
        .where(valid_on(day))
        .order_by(col(Unit.code))
    )
    units = [
        (unit_id or 0, code, name, parent or "")
        for unit_id, code, name, parent in session.execute(query)
        if within is None or unit_id in within
    ]
    wanted = fold(text)
    spelt = _spelt_out(wanted)
    exact = [unit for unit in units if fold(unit[1]) == wanted] or [
        unit for unit in units if _spelt_out(fold(unit[2])) == spelt
    ]
    if exact:
        return [UnitMatch(*unit, score=100.0) for unit in exact[:limit]]
    begun = [unit for unit in units if _spelt_out(fold(unit[2])).startswith(f"{spelt} ")]
    if len(begun) == 1:
        return [UnitMatch(*begun[0], score=99.0)]
    scored = (UnitMatch(*unit, score=_score(spelt, unit[2], unit[3])) for unit in units)
    return sorted((match for match in scored if match.score >= GOOD_ENOUGH), key=lambda m: -m.score)[:limit]


def _units(day: date) -> Select[int | None, str, str, UnitType, int | None]:
    return (
        select(col(Unit.id), col(Unit.code), col(UnitVersion.name), col(UnitVersion.type), col(UnitVersion.parent_id))
        .join(UnitVersion, col(UnitVersion.unit_id) == col(Unit.id))
        .where(valid_on(day))
    )


def _spellings(code: str) -> set[str]:
    text = clean(code)
    return {text, text.upper(), text.lower()}


def _score(wanted: str, name: str, parent: str) -> float:
    """How well the words ``wanted`` name the unit ``name`` of ``parent``, 0 to 100.

    The words that tell units apart decide; a number that differs (khóm 1, khóm 2) is not a typing error.
    """
    target, place = _spelt_out(fold(name)), _spelt_out(fold(parent))
    names = _core(target).split(), _core(place).split()
    whole = names[0] + names[1]
    core = " ".join(_initials_spelt_out(word, *names) for word in _core(wanted).split())
    score = max(
        fuzz.token_sort_ratio(core, _core(target)),
        0.95 * fuzz.token_set_ratio(core, " ".join(whole)),
        0.9 * fuzz.token_sort_ratio(core, " ".join(whole)),
    )
    missing = [word for word in core.split() if word.isdigit() and word not in whole]
    return round(0.92 * score + 0.08 * fuzz.ratio(wanted, target) - WRONG_NUMBER * len(missing), 1)


def _initials_spelt_out(word: str, *names: list[str]) -> str:
    """The words of a name that ``word`` is the initials of (snv: so noi vu), else ``word``."""
    size = len(word)
    runs = (name[at : at + size] for name in names for at in range(len(name) - size + 1))
    if size > 1 and not word.isdigit():
        return next((" ".join(run) for run in runs if "".join(part[0] for part in run) == word), word)
    return word


@lru_cache(maxsize=65_536)
def _spelt_out(folded: str) -> str:
    words: list[str] = []
    for word in WORDS.findall(folded):
        glued = GLUED_NUMBER.match(word)
        parts = glued.groups() if glued else (word,)
        words.extend(SHORT_FORMS.get(part, part) for part in parts)
    return " ".join(words)


@lru_cache(maxsize=65_536)
def _core(spelt: str) -> str:
    return COMMON_START.sub("", spelt)
