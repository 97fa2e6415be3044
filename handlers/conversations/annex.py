"""The annex report of a unit's year: /bieumau shows and freezes it, /bieuso opens a frozen one again (K-22)."""

from handlers.commands import Audience, Command
from handlers.conversations.unit import asked_unit, label
from handlers.messages import Choice, Reply, rows
from handlers.texts import annex as texts
from handlers.turn import Turn
from handlers.views.forms.annex_files import attachments, draft_attachments
from storage.annex import Annex, find_snapshot, freeze, make_annex, snapshots_of
from storage.documents import RefusedError
from storage.people import UnitRow, unit_by_id

SHOWN = 6


def with_year(turn: Turn, args: str) -> tuple[str, int]:
    """ "DCS1 2025" as ("DCS1", 2025); without a year that has begun, this one."""
    words = args.split()
    if words and words[-1].isascii() and words[-1].isdecimal() and len(words[-1]) == 4:
        year = int(words[-1])
        if 2000 <= year <= turn.today.year:
            return " ".join(words[:-1]), year
    return args.strip(), turn.today.year


def _annex(turn: Turn, unit: UnitRow, year: int) -> Annex | None:
    """The report, None when the unit was not there in that year."""
    try:
        return make_annex(turn.session, turn.house.plan, unit.id, year, turn.today)
    except LookupError:
        return None


def _report(turn: Turn, args: str) -> list[Reply]:
    wanted, year = with_year(turn, args)
    unit = asked_unit(turn, wanted, "bieumau")
    if isinstance(unit, Reply):
        return [unit]
    return [_page(turn, unit, year)]


def _page(turn: Turn, unit: UnitRow, year: int, before: str = "") -> Reply:
    annex = _annex(turn, unit, year)
    if annex is None:
        return Reply(texts.GONE)
    choices = [Choice(texts.DRAFT, f"/bieunhap {unit.code} {year}")]
    if not annex.breaches:
        choices.insert(0, Choice(texts.FREEZE, f"/chotbieu {unit.code} {year} {annex.seal}"))
    clock = turn.house.clock
    for row_id, number, at in snapshots_of(turn.session, unit.id, year)[:SHOWN]:
        choices.append(Choice(label(texts.button(number, clock.local(at))), f"/bieuso {row_id}"))
    text = texts.summary(annex)
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices))


def _draft(turn: Turn, args: str) -> list[Reply]:
    wanted, year = with_year(turn, args)
    unit = asked_unit(turn, wanted, "bieunhap")
    if isinstance(unit, Reply):
        return [unit]
    annex = _annex(turn, unit, year)
    if annex is None:
        return [Reply(texts.GONE)]
    again = rows(Choice(texts.AGAIN, f"/bieumau {unit.code} {year}"))
    return [Reply(texts.summary(annex), again, draft_attachments(unit.id, unit.code, year))]


def _freeze(turn: Turn, args: str) -> list[Reply]:
    what, _, seal = args.rpartition(" ")
    wanted, year = with_year(turn, what)
    unit = asked_unit(turn, wanted, "bieumau")
    if isinstance(unit, Reply):
        return [unit]
    annex = _annex(turn, unit, year)
    if annex is None or annex.seal != seal:
        return [_page(turn, unit, year, texts.CHANGED)]
    try:
        row = freeze(turn.session, turn.cadre, annex, turn.now)
    except RefusedError as refused:
        return [_page(turn, unit, year, str(refused))]
    again = rows(Choice(texts.AGAIN, f"/bieumau {unit.code} {year}"))
    return [Reply(texts.frozen(row.number, year), again, attachments(row, unit.code))]


def _open(turn: Turn, args: str) -> list[Reply]:
    word = args.strip()
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
    row = find_snapshot(turn.session, turn.cadre, number, turn.today)
    unit = unit_by_id(turn.session, row.unit_id, turn.today) if row is not None else None
    if row is None or unit is None:
        return [Reply(texts.GONE)]
    again = rows(Choice(texts.AGAIN, f"/bieumau {unit.code} {row.year}"))
    shown = texts.opened(row.number, row.year, turn.house.clock.local(row.created_at))
    return [Reply(shown, again, attachments(row, unit.code))]


COMMANDS = (
    Command(
        "bieumau",
        _report,
        Audience.FOLLOWER,
        label="Biểu mẫu năm",
        of_unit=True,
        help="biểu tổng hợp đăng ký, xếp loại của đơn vị (.docx, .xlsx)",
        words=("bieu mau", "bieu tong hop", "phu luc bao cao"),
    ),
    Command("bieunhap", _draft, Audience.FOLLOWER),
    Command("chotbieu", _freeze, Audience.FOLLOWER),
    Command("bieuso", _open, Audience.FOLLOWER),
)
