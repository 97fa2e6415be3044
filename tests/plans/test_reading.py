"""A plan file that is not sound is refused, naming file and line."""

from datetime import date
from pathlib import Path

import pytest

from storage.datafile import DataFileError
from storage.plans import load_plan, plan_files, read_plan, validate
from storage.plans.plan import FOLDER

_SOUND = (FOLDER / "can-tho-2023.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", plan_files(), ids=lambda file: file.stem)
def test_the_plans_that_come_along_are_sound(file: Path) -> None:
    assert validate(file) == ()
    assert read_plan(file).id == file.stem


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("reviewed: 2026-11-21", "reviewed: 2026-11-31", "reviewed"),
        ("reviewed: 2026-11-21", "reviewed: 21/11/2026", "reviewed"),
        ("reviewed: 2026-11-21", "reviewed: 2026-11-21\nrevewed: 2026-11-21", "revewed"),
        ("reviewed: 2026-11-21", "reviewed: 2026-11-21\nreviewed: 2026-11-22", "'reviewed' lặp lại"),
        ("amount: 4, source:", "amount: 4.5, source:", "amount"),
        ("amount: 4, source:", "amount: 0, source:", "amount"),
        ("amount: 4, source:", 'amount: "4", source:', "amount"),
        ("amount: 4, source:", "amount: 4, amount: 5, source:", "'amount' lặp lại"),
        ("amount: 4, source:", "source:", "amount"),
        ('amount: 4, source: "IV.2.2, nhóm thứ nhất, cấp huyện và tương đương"', "amount: 4", "source"),
        ('amount: 4, source: "IV.2.2, nhóm thứ nhất, cấp huyện và tương đương"', 'amount: 4, source: ""', "source"),
        ("levels: [district]", "levels: [huyện]", "levels"),
        ("levels: [district]", "levels: [district, city]", "hai giá trị cùng hiệu lực"),
        ("chosen: either", "chosen: eihter", "eihter"),
        ("chosen: any_one", "chosen: song_and_other", "chưa tính được"),
        ("  C-25: {", "  C-2: {", "C-2"),
        ("  C-36: {", "  C-37: {", "C-36"),
        ("to: 2025-06-30, source", "to: 2022-06-30, source", "'to' đứng trước 'from'"),
        ("to: 2025-06-30, source", "to: 2025-07-01, source", "level_for_quota"),
        ("    month: 10\n    day: 30", "    month: 11\n    day: 31", "day"),
        ("    month: 10\n    day: 30", "    month: 10", "month và day"),
        (
            "id: self_review\n    clause: C-07\n    title: Nộp",
            "id: registration\n    clause: C-07\n    title: Nộp",
            "lặp lại",
        ),
        ("deadlines:", "deadlines: [", "YAML sai cú pháp"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in _SOUND
    file = tmp_path / "tinh.yaml"
    file.write_text(_SOUND.replace(old, new, 1), encoding="utf-8")
    problems = validate(file)
    assert any(told in problem for problem in problems)
    assert all(problem.startswith("tinh.yaml:") for problem in problems)


def test_the_line_named_is_the_line_of_the_mistake(tmp_path: Path) -> None:
    lines = _SOUND.splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "amount: 4" in line)
    file = tmp_path / "tinh.yaml"
    file.write_text(_SOUND.replace("amount: 4", "amount: bốn", 1), encoding="utf-8")
    assert validate(file)[0].startswith(f"tinh.yaml:{number}: requirements.1.asks.1.values.0.amount")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"- 1\n"])
def test_a_file_that_is_no_plan_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "tinh.yaml"
    file.write_bytes(content)
    assert validate(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "không đọc được" in validate(tmp_path / "khong-co.yaml")[0]


def test_an_unknown_plan_names_those_there_are() -> None:
    with pytest.raises(DataFileError, match="can-tho-2023"):
        load_plan("ca-mau")


def test_a_sound_plan_is_read_once() -> None:
    assert load_plan("can-tho-2023") is load_plan("can-tho-2023")
    assert load_plan("can-tho-2023").in_force(date(2026, 11, 21))
