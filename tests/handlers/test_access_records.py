"""Who was shown whose data is recorded, and the person may read it; own data and refusals leave no record."""

from datetime import date, timedelta
from io import BytesIO

from openpyxl import load_workbook
from sqlmodel import select

from handlers.turn import House
from storage.access_records import forget_access
from storage.database import Database
from storage.models import AccessRecord, Cadre, Unit
from storage.terms import EntryKind
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.logged import log
from tests.handlers.year import attached, file_of

NAMES = {"AN": "Nguyễn Hoài An", "BINH": "Võ Thanh Bình", "CHI": "Phạm Lan Chi", "LAN": "Đặng Ngọc Lan"}


def recorded(db: Database) -> set[tuple[str, str, str]]:
    """Each record as (who, command, code of the cadre or unit)."""

    def read(session: object) -> set[tuple[str, str, str]]:
        cadres = {row.id: row.code for row in session.exec(select(Cadre))}  # type: ignore[attr-defined]
        units = {row.id: row.code for row in session.exec(select(Unit))}  # type: ignore[attr-defined]
        return {
            (cadres[row.actor_id], row.command, cadres[row.cadre_id] if row.cadre_id else units[row.unit_id])
            for row in session.exec(select(AccessRecord))  # type: ignore[attr-defined]
        }

    return db.read_now(read)


def test_a_look_at_a_person_is_recorded_and_the_person_reads_who_it_was(city: Database, house: House) -> None:
    Chat(city, house, cadre="AN").play([("/canbo BINH", "Võ Thanh Bình"), ("/canbo AN", "Nguyễn Hoài An")])
    assert recorded(city) == {("AN", "canbo", "BINH")}
    person = Chat(city, house, cadre="BINH")
    person.play([("/dulieu", "Võ Thanh Bình")])
    sheet = load_workbook(BytesIO(file_of(city, house, attached(person, "my_data"))))["Ai đã xem"]
    ((_, who, command, _),) = sheet.iter_rows(min_row=2, values_only=True)
    assert (who, command) == ("Nguyễn Hoài An", "/canbo")


def test_lists_are_recorded_by_unit_and_entries_by_whose_they_are(city: Database, house: House) -> None:
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, date(2026, 11, 18), minutes=800, title="Trực chốt")
    chat = Chat(city, house, cadre="AN")
    chat.play([("/danhsach CD12", "Đặng Ngọc Lan"), ("/duyetle", "Võ Thanh Bình"), ("/muccanbo BINH", "Trực chốt")])
    assert recorded(city) == {("AN", "danhsach", "CD12"), ("AN", "duyetle", "BINH"), ("AN", "muccanbo", "BINH")}


def test_no_name_of_another_is_shown_without_a_record(city: Database, house: House) -> None:
    log(city, "BINH", EntryKind.VOLUNTEER_HOURS, date(2026, 11, 18), minutes=60)
    chat = Chat(city, house, cadre="AN")
    for command in ("donvi", "danhsach", "cangiup", "duyet", "hoso", "danhgia", "chitieu", "sangkien", "baocao DCS1"):
        before = len(recorded(city))
        said = " ".join(reply.text for reply in chat.say(f"/{command}"))
        named = any(name in said for code, name in NAMES.items() if code != "AN")
        assert not named or len(recorded(city)) > before, command


def test_who_was_refused_saw_nothing(city: Database, house: House) -> None:
    Chat(city, house, cadre="BINH").play([("/canbo AN", "người theo dõi đơn vị")])
    assert recorded(city) == set()


def test_records_are_kept_for_a_year(city: Database, house: House, clock: FrozenClock) -> None:
    year, minute = timedelta(days=365), timedelta(minutes=1)
    Chat(city, house, cadre="AN").play([("/canbo BINH", "Võ Thanh Bình")])
    assert city.write_now(lambda s: forget_access(s, clock.now() + year - minute, year)) == 0
    assert city.write_now(lambda s: forget_access(s, clock.now() + year + minute, year)) == 1
