"""``doanbot plans``: every plan is printed; ``--clauses`` prints what becomes of each clause."""

import pytest

from bot.cli import main


def test_the_clauses_of_all_plans_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plans", "--clauses"]) == 0
    said = capsys.readouterr().out
    for clause in ("C-01", "C-36", "K-22", "B-13", "N-13", "T-13"):
        assert f" {clause} " in said
    assert "97 điều" in said


def test_a_template_is_printed_without_numbers_it_does_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plans"]) == 0
    said = capsys.readouterr().out
    assert said.count("AI PHẢI LÀM GÌ") == 1
    assert "chậm nhất 16:00 30/11 hằng năm (đơn vị trực tiếp bên dưới)" in said
