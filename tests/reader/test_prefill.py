"""Read entries as answers of /ghi."""

from handlers.conversations.entry_draft import FIELDS_OF, RECOGNITION, to_entry
from handlers.reader.prefill import draft_of
from storage.terms import EntryKind, RecognisedBy
from tests.reader.scoring import cases, read_now


def test_hours_answer_day_time_and_title() -> None:
    draft = draft_of(read_now("hôm qua trực dvc 19h-21h").entries[0])
    assert draft == {
        "kind": "volunteer_hours",
        "day": "2026-11-19",
        "time": {"start": 1140, "end": 1260, "minutes": 120},
        "title": "Trực dịch vụ công",
    }


def test_a_recognised_initiative_answers_by_whom_and_when() -> None:
    draft = draft_of(read_now('sáng kiến "Sổ tay số" được Hiệu trưởng công nhận ngày 6/11').entries[0])
    entry = to_entry(draft)
    assert (entry.recognised_by, str(entry.recognised_on), entry.title) == (
        RecognisedBy.AGENCY_HEAD,
        "2026-11-06",
        "Sổ tay số",
    )


def test_what_is_not_said_is_left_to_be_asked() -> None:
    assert "time" not in draft_of(read_now("hôm qua dọn rác").entries[0])


def test_every_answer_has_the_name_of_a_field() -> None:
    for case in cases("tuned"):
        for entry in read_now(case.text).entries:
            names = set(draft_of(entry)) - {"kind", "day"}
            kinds = [entry.kind] if entry.kind else list(EntryKind)
            fields = {name for kind in kinds for name in (*FIELDS_OF[kind].asked, *FIELDS_OF[kind].offered)}
            assert names <= fields | set(RECOGNITION) | {"time", "title", "organiser"}
