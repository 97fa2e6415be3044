"""What the command line says when something is wrong: one line a fault, nothing on stdout."""

from pathlib import Path

import pytest

from bot.cli import main

PLAN = """\
id: x
title: Kế hoạch
colour: blue
"""


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["dance"],
        ["compliance", "--on", "2026-11-20", "--json"],
        ["compliance", "--unit", "TD", "--on", "20/11/2026", "--json"],
        ["import", "everything", "file.xlsx"],
        ["tick", "--at", "noon"],
    ],
)
def test_wrong_usage_is_one_line_and_two(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(args)
    assert stopped.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("doanbot")
    assert len(err.splitlines()) == 1


def test_an_unsound_plan_is_told_fault_by_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN, encoding="utf-8")
    assert main(["plans", str(file)]) == 1
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert len(lines) > 1
    assert all(line.startswith("doanbot: plan.yaml") for line in lines)
    assert any("colour" in line for line in lines)


def test_a_plan_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plans", str(tmp_path / "none.yaml")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "DataFileError" not in err
