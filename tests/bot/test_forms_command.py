"""`doanbot forms` and what it names: templates are checked when they are loaded, field by field."""

import io
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from sqlmodel import Session

from bot.cli import main
from handlers.views.forms import template
from handlers.views.forms.fields import A1, A2, FOLDER, FORMS
from storage.database import Database
from storage.migrations import migrate


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    url = f"sqlite:///{tmp_path / 'forms.db'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    found = Database(url)
    migrate(found)
    return found


def changed(name: str, old: str, new: str) -> bytes:
    """A template of the program with one word replaced."""
    page = docx.Document(str(FOLDER / f"{name}.docx"))
    cells = [cell for table in page.tables for row in table.rows for cell in row.cells]
    for paragraph in (*page.paragraphs, *(p for cell in cells for p in cell.paragraphs)):
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)
    content = io.BytesIO()
    page.save(content)
    return content.getvalue()


@pytest.mark.parametrize("name", FORMS)
def test_the_templates_of_the_program_can_be_filled_in(name: str) -> None:
    assert template.check(FORMS[name], (FOLDER / f"{name}.docx").read_bytes()) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("a1", "{{ full_name }}", "{{ ho_ten }}", "a1: không có trường “ho_ten”"),
        ("a1", "{{ full_name }}", "", "a1: thiếu trường “full_name”"),
        ("a1", "{{ item.what }}", "{{ item.viec }}", "a1: các danh sách không có trường “viec”"),
        ("a2", "{{ shortcomings }}", "", "a2: thiếu trường “shortcomings”"),
        ("a2", "{{ strengths }}", "{{ strengths | khong_co }}", "khong_co"),
        ("a2", "{{ remedies }}", "{{ remedies", "a2:"),
        ("a2", "{{ year }}", "{{ year.__class__ }}", "__class__"),
    ],
)
def test_what_is_wrong_with_a_template_is_named(name: str, old: str, new: str, problem: str) -> None:
    problems = template.check(FORMS[name], changed(name, old, new))
    assert any(problem in line for line in problems), problems


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"%PDF-1.7", "một tệp chữ".encode()])
def test_what_is_no_document_is_said_so(content: bytes) -> None:
    assert template.check(A1, content) == ["a1: tệp không phải là .docx đọc được"]


def test_words_are_words_whatever_they_look_like() -> None:
    said = "5 < 7 & {{ year }} {% endfor %} <w:p/>"
    filled = template.render((FOLDER / "a2.docx").read_bytes(), {**A2.sample, "strengths": said})
    assert said in [paragraph.text for paragraph in docx.Document(io.BytesIO(filled)).paragraphs]


def test_an_office_puts_its_own_template_in_place(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(changed("a1", "BẢN ĐĂNG KÝ", "PHIẾU ĐĂNG KÝ"))
    assert main(["forms", "a1", "--set", str(own)]) == 0
    assert main(["forms", "a1", "--get", str(tmp_path / "out.docx")]) == 0
    assert (tmp_path / "out.docx").read_bytes() == own.read_bytes()
    assert main(["forms"]) == 0
    assert "a1  Bản đăng ký: mẫu của đơn vị" in capsys.readouterr().out
    assert main(["check"]) in {0, 1}
    assert "ok   forms: a1, a2 can be filled in" in capsys.readouterr().out
    assert main(["forms", "a1", "--reset"]) == 0
    assert main(["forms", "a1", "--get", str(tmp_path / "out.docx")]) == 0
    assert (tmp_path / "out.docx").read_bytes() == (FOLDER / "a1.docx").read_bytes()
    database.close()


def test_a_wrong_template_is_refused_and_the_old_one_stays(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.docx"
    wrong.write_bytes(changed("a2", "{{ shortcomings }}", "{{ khuyet_diem }}"))
    assert main(["forms", "a2", "--set", str(wrong)]) == 2
    says = capsys.readouterr().err
    assert "không có trường “khuyet_diem”" in says
    assert "thiếu trường “shortcomings”" in says
    assert database.read_now(lambda session: template.own_template(session, "a2")) is None
    assert main(["forms", "a2", "--set", str(tmp_path / "nowhere.docx")]) == 1
    assert main(["forms", "a2"]) == 0
    assert "* {{ shortcomings }}" in capsys.readouterr().out
    database.close()


def test_a_template_that_went_wrong_is_found_by_check(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    def spoil(session: Session) -> None:
        template.replace(session, "a1", (FOLDER / "a1.docx").read_bytes(), datetime.now(UTC))
        own = template.own_template(session, "a1")
        assert own is not None
        own.content = changed("a1", "{{ full_name }}", "{{ ho_ten }}")
        session.add(own)

    database.write_now(spoil)
    assert main(["check"]) == 1
    assert "FAIL forms: a1: không có trường “ho_ten”" in capsys.readouterr().out
    database.close()
