"""The running program forgets at its ticks, and `doanbot check` says how former cadres are treated."""

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from bot.app import App
from bot.commands.check import _retention
from bot.settings import Settings
from handlers.turn import House
from storage.database import Database
from storage.models import Cadre, JoinFailure, Position
from tests.cast import SINCE, cadre_id
from tests.world import local


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # pydantic checks them


async def test_a_tick_forgets_and_erases_as_set(city: Database, house: House) -> None:
    def old(session: Session) -> None:
        position = session.exec(select(Position).where(Position.cadre_id == cadre_id(session, "BINH"))).one()
        position.end_day = SINCE
        session.add(position)
        session.add(JoinFailure(channel="web", chat_id="x", at=local("2026-01-01 08:00")))

    def left(session: Session) -> tuple[int, set[str]]:
        return len(session.exec(select(JoinFailure)).all()), set(session.exec(select(Cadre.code)))

    city.write_now(old)
    app = App(settings(keep_former_years=1), city, house)
    await app.tick()
    failures, codes = city.read_now(left)
    assert (failures, "BINH" in codes, "AN" in codes) == (0, False, True)


@pytest.mark.parametrize(
    ("given", "says"),
    [("", "kept until somebody erases them"), ("5", "erased 5 years after their last position ended")],
)
def test_check_says_what_becomes_of_former_cadres(given: str, says: str) -> None:
    finding = _retention(settings(keep_former_years=given))
    assert finding.ok
    assert says in finding.says


@pytest.mark.parametrize("given", ["0", "-1", "101", "five"])
def test_a_period_is_some_years(given: str) -> None:
    with pytest.raises(ValidationError):
        settings(keep_former_years=given)
