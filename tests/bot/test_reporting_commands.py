"""``doanbot compliance``, ``report`` and ``erase``: what is printed where, and the exit codes."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import Session, select

from bot.cli import main
from storage.database import Database
from storage.migrations import migrate
from storage.models import Assessment, Entry
from storage.terms import EntryKind, EntryState
from tests import cast


@pytest.fixture
def town(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The cast in a migrated database that the settings name; BINH has logged an hour and a half."""
    database = Database(url)
    migrate(database)

    def work(session: Session) -> None:
        cast.fill(session)
        session.add(
            Entry(
                cadre_id=cast.cadre_id(session, "BINH"),
                kind=EntryKind.VOLUNTEER_HOURS,
                day=date(2025, 9, 15),
                minutes=90,
                state=EntryState.CONFIRMED,
                created_at=datetime(2025, 9, 15, tzinfo=UTC),
            )
        )

    database.write_now(work)
    database.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def compliance(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    assert main(["compliance", *args, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


@pytest.mark.usefixtures("town")
def test_the_evaluation_of_a_cadre_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    (found,) = compliance(capsys, "--cadre", "BINH", "--on", "2025-09-21")
    results = found.pop("results")
    assert found == {"cadre": "BINH", "on": "2025-09-21", "plan": "can-tho-2023", "group": "G2"}
    assert results[0] == {
        "requirement": "volunteer_hours",
        "clause": "C-27",
        "period": {"kind": "week", "start": "2025-09-15", "end": "2025-09-21"},
        "status": "not_met",
        "required": 2.0,
        "declared": 1.5,
        "confirmed": 1.5,
        "note": None,
    }
    assert [result["requirement"] for result in results] == [
        "volunteer_hours",
        "attendance",
        "initiative",
        "culture_sport",
        "youth_shirt",
        "summoned_meetings",
        "registration",
        "self_review",
    ]


@pytest.mark.usefixtures("town")
def test_the_evaluation_of_a_unit_is_that_of_everyone_below(capsys: pytest.CaptureFixture[str]) -> None:
    assert [one["cadre"] for one in compliance(capsys, "--unit", "DUB", "--on", "2025-09-21")] == [
        "AN",
        "BINH",
        "CHI",
        "DUNG",
        "LAN",
    ]
    assert compliance(capsys, "--unit", "DUB", "--on", "2024-09-20") == []


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["compliance", "--cadre", "KHONGCO", "--on", "2025-09-21", "--json"], 1, "không có cán bộ mang mã 'KHONGCO'"),
        (["compliance", "--unit", "KHONGCO", "--on", "2025-09-21", "--json"], 1, "không có đơn vị mang mã 'KHONGCO'"),
        (["report", "KHONGCO", "2026-08"], 1, "không có đơn vị mang mã 'KHONGCO'"),
        (["report", "DUB", "2026-13"], 2, "kỳ không hợp lệ: '2026-13'"),
        (["report", "DUB", "2999"], 1, "2999 chưa bắt đầu"),
    ],
)
def test_errors_are_one_line_on_stderr(
    capsys: pytest.CaptureFixture[str], args: list[str], code: int, words: str
) -> None:
    assert main(args) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.splitlines()) == 1


def test_wrong_usage_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for args in (
        ["compliance", "--on", "2025-09-21", "--json"],
        ["compliance", "--cadre", "X", "--on", "mai", "--json"],
    ):
        with pytest.raises(SystemExit) as stopped:
            main(args)
        assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("town")
def test_a_report_is_two_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert main(["report", "DUB", "2025-09", "--out", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert [Path(line).name for line in out.splitlines()] == ["bao-cao-DUB-2025-09.png", "bao-cao-DUB-2025-09.xlsx"]
    assert (folder / "bao-cao-DUB-2025-09.png").read_bytes().startswith(b"\x89PNG")
    book = openpyxl.load_workbook(folder / "bao-cao-DUB-2025-09.xlsx")
    assert "Tháng 9/2025 · Trọn kỳ đến 30/9/2025" in book["Tổng hợp"]["A2"].value


def test_a_database_of_another_schema_is_named(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    for args in (["report", "DUB", "2025-09"], ["compliance", "--cadre", "AN", "--on", "2025-09-21", "--json"]):
        assert main(args) == 1
        assert "doanbot migrate" in capsys.readouterr().err


def test_a_year_has_a_document_besides(town: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["report", "DUB", "2025", "--out", str(tmp_path / "out")]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "bieu-DUB-2025-nhap.docx" in [Path(line).name for line in out.splitlines()]

    def rate_without_registration(session: Session) -> None:
        now = datetime(2025, 12, 1, tzinfo=UTC)
        known: dict[str, Any] = {
            "plan_id": "kien-giang-2019",
            "body": "Ban Chấp hành",
            "met_on": date(2025, 12, 1),
            "rated_at": now,
        }
        who, by = cast.cadre_id(session, "BINH"), cast.cadre_id(session, "AN")
        session.add(Assessment(cadre_id=who, year=2025, rating="good", rated_by=by, **known))

    database = Database(town)
    database.write_now(rate_without_registration)
    database.close()
    assert main(["report", "DUB", "2025", "--out", str(tmp_path / "again")]) == 0
    out, err = capsys.readouterr()
    assert ".docx" not in out
    assert "được xếp loại nhưng không có bản đăng ký: Võ Thanh Bình" in err


def test_whoever_asks_the_operator_is_erased_only_when_it_is_meant(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["erase", "BINH"]) == 0
    assert "Võ Thanh Bình (BINH)" in capsys.readouterr().out
    assert main(["erase", "BINH", "--yes"]) == 0
    assert main(["erase", "BINH", "--yes"]) == 1
    assert 'Không có cán bộ mang mã "BINH"' in capsys.readouterr().err
    assert main(["erase", "GIANG", "--yes"]) == 1
    assert "quản trị duy nhất" in capsys.readouterr().err
    database = Database(town)
    assert database.read_now(lambda session: len(session.exec(select(Entry)).all())) == 1
    database.close()
