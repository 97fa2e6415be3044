"""``doanbot import`` and ``doanbot invite`` as an operator runs them."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.cli import main
from storage.database import Database
from storage.invites import InviteOutcome, check_code
from storage.models import AppState, Position
from tests.importing.workbooks import ACTIVITIES, ROSTER, cells, changed


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder with a database that nobody has made yet."""
    url = f"sqlite:///{tmp_path / 'doanbot.db'}"
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_TOKEN", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def positions(url: str) -> int:
    database = Database(url)
    try:
        return database.read_now(lambda s: s.exec(select(func.count()).select_from(Position)).one())
    finally:
        database.close()


def test_an_import_says_what_was_new(installation: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "roster", str(ROSTER)]) == 0
    assert main(["import", "activities", str(ACTIVITIES)]) == 0
    out, err = capsys.readouterr()
    assert "Chức vụ: 238 mới, 0 sửa, 0 không đổi." in out
    assert "Hoạt động: 1447 mới, 0 sửa, 0 không đổi." in out
    assert err == ""
    assert positions(installation) == 238


def test_a_dry_run_says_the_same_and_writes_nothing(installation: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "roster", str(ROSTER), "--dry-run"]) == 0
    out, _ = capsys.readouterr()
    assert "Chức vụ: 238 mới, 0 sửa, 0 không đổi." in out
    assert out.splitlines()[-1] == "Chỉ kiểm tra, chưa ghi gì."
    assert positions(installation) == 0


def test_errors_are_lines_on_stderr_and_nothing_is_written(
    installation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = changed(ROSTER, tmp_path, cells("Cán bộ", H7="31/2/2026", D8="?"))
    assert main(["import", "roster", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(":")[0] for line in err.splitlines()] == [
        "Cán bộ, dòng 7, cột Từ ngày (H)",
        "Cán bộ, dòng 8, cột Đơn vị (D)",
        "Chưa nhập gì",
    ]
    assert positions(installation) == 0


def test_one_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "activities", "khong-co.xlsx"]) == 1
    assert capsys.readouterr().err == "khong-co.xlsx: không có tệp hay thư mục này; hãy xem lại đường dẫn.\n"


def test_an_invitation_works_and_is_linked(
    installation: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "roster", str(ROSTER)])
    capsys.readouterr()
    monkeypatch.setenv("PUBLIC_URL", "https://bot.example")
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:token")
    database = Database(installation)
    database.write_now(lambda s: s.add(AppState(name="telegram.username", value="canbodoan_bot")))

    assert main(["invite", "cb0001", "--qr", str(tmp_path / "anh" / "moi.png")]) == 0
    out, err = capsys.readouterr()
    code = out.splitlines()[0].rpartition(" ")[2]
    assert out.startswith(f"Mã mời cho Danh Anh An (CB0001): {code}\n")
    assert re.search(r"Dùng một lần, đến \d\d:\d\d ngày \d\d/\d\d/\d{4}\.", out)
    assert f"Telegram: https://t.me/canbodoan_bot?start={code}" in out
    assert f"Trang web: https://bot.example/?code={code}" in out
    assert err == ""
    assert (tmp_path / "anh" / "moi.png").read_bytes().startswith(b"\x89PNG")
    check = database.write_now(lambda s: check_code(s, "web", "c1", code, datetime.now(UTC)))
    database.close()
    assert check.outcome is InviteOutcome.OK


def test_an_invitation_for_nobody_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", "roster", str(ROSTER)])
    capsys.readouterr()
    assert main(["invite", "CB9999"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith('Không có cán bộ mang mã "CB9999"')


def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["import", "everything", str(ROSTER)])
    assert stop.value.code == 2
    assert "everything" in capsys.readouterr().err
