"""Role by unit by command: whatever a button, an edited id or an old session carries, no row of a stranger is shown
or changed.

Everybody has words of their own in everything they logged; a speaker must never read the words of somebody out of
reach, and what belongs to those stays as it was, to the last column. ``PROOF_RUNS`` asks every guess of every command.
"""

import json
import os
from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlmodel import Session, col, select

from handlers.messages import Reply
from handlers.registry import COMMANDS
from handlers.turn import House
from handlers.views.makers import MAKERS
from storage.database import Database
from storage.models import Absence, Cadre, Entry, Position, Preference
from storage.terms import EntryKind
from tests import cast
from tests.chat import Chat

DAY = date(2026, 11, 18)
REACH = {
    "CHI": {"CHI"},
    "KHANH": {"KHANH"},
    "AN": {"AN", "BINH", "CHI", "LAN"},
    "HOA": {"HOA", "KHANH"},
    "DUNG": {"DUNG", "AN", "BINH", "CHI", "LAN"},
}
EVERYBODY = {code for code, *_ in cast.PEOPLE}
UNITS = [code for code, *_ in cast.UNITS]
ENDINGS = ("", " 2026", " 2026-11", " 2026-W47", " 1", " tatca", " DCS1")
FORGED = (
    "tatca",
    "#1",
    "0",
    "-1",
    "1 OR 1=1",
    "' OR ''='",
    "%",
    "*",
    "../1",
    "999999999999999999999",
    "٣",
    "\0",
    "x" * 64,
)


def secret(code: str) -> str:
    """The words that only those who reach ``code`` may read."""
    return f"việc riêng của {code}"


@pytest.fixture
def crowd(city: Database) -> Database:
    """Everybody has logged something, declared and returned, and is on leave for a reason."""

    def work(session: Session) -> None:
        for code in sorted(EVERYBODY):
            who = cast.cadre_id(session, code)
            for kind in (EntryKind.VOLUNTEER_HOURS, EntryKind.INITIATIVE):
                session.add(
                    Entry(
                        cadre_id=who,
                        kind=kind,
                        day=DAY,
                        minutes=60,
                        title=secret(code),
                        note=secret(code),
                        created_at=datetime(2026, 11, 18, tzinfo=UTC),
                    )
                )
            session.add(
                Absence(
                    cadre_id=who,
                    start_day=date(2026, 12, 1),
                    end_day=date(2026, 12, 2),
                    reason=secret(code),
                    created_at=datetime(2026, 11, 18, tzinfo=UTC),
                )
            )

    city.write_now(work)
    return city


def belongings(session: Session) -> dict[str, list[str]]:
    """Everything that is somebody's, by code."""
    codes = {row.id: row.code for row in session.exec(select(Cadre))}
    found: dict[str, list[str]] = {code: [] for code in codes.values()}
    rows: list[Entry | Absence | Position | Preference] = [
        *session.exec(select(Entry)),
        *session.exec(select(Absence)),
        *session.exec(select(Position)),
        *session.exec(select(Preference)),
    ]
    for row in rows:
        found[codes[row.cadre_id]].append(f"{type(row).__name__} {row.model_dump_json()}")
    return {code: sorted(rows) for code, rows in found.items()}


def guesses(session: Session) -> list[str]:
    """Arguments that name what is somebody's: ids of rows, codes, units, and rubbish."""
    ids = {number or 0 for model in (Entry, Absence) for number in session.exec(select(col(model.id)))}
    named = [f"#{unit}" for unit in range(1, len(UNITS) + 1)]
    return [*map(str, sorted(ids)), *sorted(EVERYBODY), *UNITS, *named, *FORGED, *(f"HOA{end}" for end in ENDINGS)]


def chosen(asked: list[str], speaker: str, place: int) -> list[str]:
    """What the command at ``place`` is asked: nothing, the rows of a stranger, and a share of all guesses in turn."""
    if os.environ.get("PROOF_RUNS"):
        return ["", *asked]
    stranger = next(code for code in ("HOA", "AN") if code not in REACH.get(speaker, ()))
    return [
        "",
        stranger,
        {"HOA": "XP01", "AN": "DCS1"}[stranger],
        *(asked[(3 * place + n) % len(asked)] for n in range(3)),
    ]


def shown(house: House, replies: list[Reply], session: Session) -> str:
    """All that a speaker would read: texts, buttons, and what pictures and files are made of."""
    found: list[str] = []
    for reply in replies:
        found += [reply.text, *(choice.label for row in reply.choices for choice in row)]
        for attachment in reply.attachments:
            made_of = MAKERS[attachment.maker].gather(session, house, attachment.args, house.clock.now())
            found += [json.dumps(attachment.args, ensure_ascii=False), attachment.alt, repr(made_of)]
    return "\n".join(found)


def forbidden(speaker: str) -> set[str]:
    """What ``speaker`` must never read."""
    return {secret(code) for code in EVERYBODY - REACH.get(speaker, set())}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("speaker", ["", *REACH])
def test_no_command_with_forged_arguments_shows_or_changes_what_is_a_stranger_s(
    crowd: Database, house: House, speaker: str
) -> None:
    before = crowd.read_now(belongings)
    chat = Chat(crowd, house, cadre=speaker)
    hidden = forbidden(speaker)
    asked = crowd.read_now(guesses)
    for place, name in enumerate(COMMANDS):
        for argument in chosen(asked, speaker, place):
            replies = chat.press_data(f"/{name} {argument}".strip())
            text = crowd.read_now(partial(shown, house, replies))
            leaked = [words for words in hidden if words in text]
            assert not leaked, f"{speaker or 'somebody unknown'} reads {leaked} by /{name} {argument}"
            if chat.standing is not None and chat.standing.flow:
                for key in ("ok", "yes", argument):
                    chat.press_data(f"{chat.standing.version}:{key}")
    after = crowd.read_now(belongings)
    for code in EVERYBODY - REACH.get(speaker, set()):
        assert after[code] == before[code], f"{speaker} changed what belongs to {code}"
