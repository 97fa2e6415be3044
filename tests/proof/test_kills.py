"""Real processes, killed, stopped and paused under load: counted and reconciled to the last row."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.postgres import Postgres
from tests.proof.kills import Scene, kill_under_load, scene
from tests.proof.process import LEASE_SECONDS
from tests.standins.telegram import in_thread
from tests.standins.telegram_faults import Fault

KILLS = int(os.environ.get("PROOF_KILLS", "3"))
in_soak = pytest.mark.skipif("PROOF_KILLS" not in os.environ, reason="takes long: make soak")
on = {name: pytest.mark.parametrize("backend", [name], indirect=True) for name in ("sqlite", "postgresql")}


@pytest.fixture
def stage(city: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Scene]:
    """The cast, Telegram, and no process yet."""
    with in_thread(strict=False) as telegram, scene(city, telegram, tmp_path) as one:
        yield one
        if book := os.environ.get("PROOF_BOOK"):
            with Path(book).open("a") as lines:
                lines.write(f"{request.node.name}: {one.counted}\n")


def test_processes_killed_at_any_moment_lose_nothing(stage: Scene) -> None:
    for roles in ("intake,worker", "delivery"):
        stage.bot(roles)
    stage.announce(20)
    kill_under_load(stage, random.Random(5), kills=KILLS, per_kill=40)
    counted = stage.settle(60 + KILLS)
    assert counted.kills == KILLS


@on["sqlite"]
def test_sigterm_with_six_hundred_waiting_ends_within_eight_seconds_and_loses_nothing(stage: Scene) -> None:
    stage.telegram.do(lambda telegram: setattr(telegram, "latency", 0.03))
    stage.say(600)
    bot = stage.bot("intake,worker,delivery")
    stage.wait_until(lambda: stage.answered() >= 60, 30, "the first answers")
    assert bot.stop() < 8
    assert bot.process is not None
    assert bot.process.returncode == 0
    stage.settle()
    assert stage.counted.doubled == 0


@in_soak
@on["postgresql"]
def test_a_sender_that_stands_still_for_longer_than_its_lease_doubles_at_most_what_it_held(stage: Scene) -> None:
    stage.telegram.do(lambda telegram: setattr(telegram, "latency", 0.05))
    stage.bot("intake,worker")
    paused = stage.bot("delivery")
    stage.bot("delivery")
    stage.say(200)
    stage.wait_until(lambda: stage.answered() >= 40, 30, "the first answers")
    paused.signal(signal.SIGSTOP)
    time.sleep(LEASE_SECONDS + 2)
    paused.signal(signal.SIGCONT)
    counted = stage.settle()
    assert counted.doubled <= counted.flagged


@on["postgresql"]
@pytest.mark.parametrize("clock_off", ["3600", "-3600"])
def test_a_replica_whose_clock_is_an_hour_off_doubles_nothing(stage: Scene, clock_off: str) -> None:
    stage.bot("intake,worker,delivery")
    stage.bot("worker,delivery", "--clock-off", clock_off)
    stage.announce(40)
    stage.say(100)
    assert stage.settle().doubled == 0


@in_soak
@on["postgresql"]
def test_a_database_server_that_crashes_five_times_is_waited_for(stage: Scene, postgres: Postgres) -> None:
    postgres.be_durable()
    stage.bot("intake,worker")
    stage.bot("delivery")
    for _ in range(5):
        stage.say(100)
        time.sleep(1)
        postgres.crash()
        seen = stage.answered()
        stage.say(20)
        stage.recover(seen, within=10)
    stage.settle()


@on["sqlite"]
def test_a_service_of_which_every_third_answer_is_a_failure_loses_nothing(stage: Scene) -> None:
    faults = (Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.SERVER_ERROR_AFTER, Fault.DROP_BEFORE, Fault.DROP_AFTER)
    for fault in faults:
        stage.fail(fault, 0.07)
    stage.bot("intake,worker,delivery")
    stage.say(40)
    stage.announce(20)
    assert stage.settle(90).flagged > 0


@on["sqlite"]
def test_what_is_acknowledged_is_stored_even_when_the_disk_is_full(stage: Scene) -> None:
    def pages() -> int:
        return int(stage.db.read_now(lambda s: s.connection().exec_driver_sql("PRAGMA page_count").scalar_one()))

    full = stage.bot("intake,worker,delivery", "--database-pages", str(pages() + 24))
    stage.say(600)
    stage.wait_until(lambda: "database or disk is full" in full.log.read_text(), 30, "the disk to fill")
    time.sleep(1)
    full.stop()
    assert stage.db.read_now(lambda s: s.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one()) == "ok"
    stage.bots.remove(full)
    stage.bot("intake,worker,delivery")
    stage.settle()
    assert stage.counted.doubled <= stage.counted.flagged
