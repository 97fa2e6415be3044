"""The year of a unit that runs the plan for Conclusion 06 (K-11 – K-22), January to December, down to the paper."""

import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from handlers.messages import Attachment
from handlers.turn import House
from storage.database import Database
from storage.terms import DocumentKind
from tests.chat import Chat
from tests.frozen import FrozenClock
from tests.handlers.year import REGISTRATION, SELF_REVIEW, activate, attached, file_of, form_of, words_of
from tests.world import local

OFFICE = shutil.which("soffice")


def in_2027(table: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same dialogue a year later."""
    return [(said, expected.replace("2026", "2027")) for said, expected in table]


def at(clock: FrozenClock, text: str) -> None:
    clock.set_now(local(text))
    assert clock.now() == datetime.fromisoformat(f"{text}+07:00")


def play_the_year(city: Database, house: House, clock: FrozenClock) -> tuple[Chat, list[Attachment]]:
    """KHANH, outside the public sector but a cadre by K-04, from registration to the frozen annex of the commune."""
    activate(city, house, "XP01")
    papers = []
    at(clock, "2027-01-15 19:00")
    person = Chat(city, house, cadre="KHANH")
    person.play([("/dangky", "Hạn nộp: hết ngày 31/1/2027 (K-12)"), *in_2027(REGISTRATION[1:])])
    papers.append(attached(person, "year_form"))
    head = Chat(city, house, cadre="HOA")
    head.play([("/hoso", "Bùi Quốc Khánh"), ("[Bùi Quốc Khánh]", "Trả hồ sơ"), ("[Duyệt]", "Đã duyệt")])
    at(clock, "2027-11-20 19:00")
    person.play([("/kiemdiem", "Hạn nộp: hết ngày 30/11/2027 (K-12)"), *in_2027(SELF_REVIEW[1:])])
    papers.append(attached(person, "year_form"))
    at(clock, "2027-12-05 19:00")
    head.play(
        [
            ("/bieumau", "Đoàn phường Cái Khế"),
            ("/bieumau", "đã đăng ký nhưng chưa được xếp loại: Bùi Quốc Khánh (Chi đoàn khóm 3)"),
            ("/nhanxet KHANH", "Nhận xét của ai?"),
            ("[Đoàn viên, thanh niên]", "nhận xét Bùi Quốc Khánh"),
            ("Gần gũi, nhiệt tình", "Đã ghi nhận xét"),
            ("/xeploai KHANH", "mức mà tập thể đã kết luận"),
            ("[Tốt]", "ngày nào"),
            ("[Hôm nay]", "Ghi kết quả này?"),
            ("[Đúng, ghi lại]", "Tốt (Ban Chấp hành Chi đoàn khóm 3, họp ngày 5/12/2027)"),
            ("/bieumau", "có thể chốt"),
            ("[Chốt số liệu]", "Đã chốt biểu số 1/2027"),
        ]
    )
    return head, [*papers, attached(head, "annex_docx")]


def test_the_year_from_january_to_december(city: Database, house: House, clock: FrozenClock) -> None:
    head, papers = play_the_year(city, house, clock)
    assert not form_of(city, "KHANH", DocumentKind.REGISTRATION).is_late
    assert not form_of(city, "KHANH", DocumentKind.SELF_REVIEW).is_late
    a1, a2, annex = (words_of(file_of(city, house, paper)) for paper in papers)
    assert "duyệt ngày 15/1/2027" in a1
    assert "- Đoàn viên, thanh niên: Gần gũi, nhiệt tình" in a2
    assert "Kết quả triển khai thực hiện Kết luận 06" in annex
    assert "Mọi ủy viên Ban Chấp hành từ chi đoàn trở lên" in annex
    head.play([("/bieumau", "Tổng số cán bộ Đoàn: 2; Tổng số đăng ký thực hiện: 1; Tốt: 1")])


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_every_paper_opens_in_an_office(city: Database, house: House, clock: FrozenClock, tmp_path: Path) -> None:
    _, papers = play_the_year(city, house, clock)
    files = []
    for number, paper in enumerate(papers):
        files.append(tmp_path / f"{number}.docx")
        files[-1].write_bytes(file_of(city, house, paper))
    subprocess.run(  # the program's own conversion, without a window and with settings of its own
        [
            str(OFFICE),
            f"-env:UserInstallation=file://{tmp_path / 'settings'}",
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    made = [file.with_suffix(".pdf") for file in files]
    if not any(file.exists() for file in made):
        pytest.skip("LibreOffice has no Writer here")
    assert all(file.read_bytes().startswith(b"%PDF") for file in made)
