"""What holds for every cadre, whatever was logged."""

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.calendar import default_calendar
from storage.compliance import Evaluation, evaluate, explain, to_json, window
from storage.compliance.records import AbsenceRecord, EntryRecord, PersonRecord, PositionRecord
from storage.terms import EntryKind, EntryState, PositionTitle, RecognisedBy, Requirement, Status
from tests.compliance.cases import CASES, plan_with, tree_of

_TREE = tree_of(CASES / "can-tho-2023")
_UNITS = [record.code for record in _TREE.records]
_DAYS = st.dates(date(2025, 6, 1), date(2027, 1, 31))
_NEAR = st.dates(date(2026, 10, 26), date(2026, 12, 6))
_MINUTES = st.none() | st.integers(0, 1440)
_READINGS = st.fixed_dictionaries(
    {
        "I-1": st.sampled_from(["either", "mixed", "both"]),
        "I-4": st.sampled_from(["second_group", "first_group"]),
        "I-7": st.sampled_from(["subordinate", "any"]),
        "I-11": st.sampled_from(["subtract", "refuse", "trust"]),
    }
)
_ENTRIES = st.builds(
    EntryRecord,
    id=st.integers(1, 10_000),
    kind=st.sampled_from(EntryKind),
    day=_NEAR | _DAYS,
    start=_MINUTES,
    end=_MINUTES,
    minutes=_MINUTES,
    organiser=st.none() | st.sampled_from([*_UNITS, "NOWHERE"]),
    recognised_by=st.none() | st.sampled_from(RecognisedBy),
    recognised_on=st.none() | _DAYS,
    on_time=st.none() | st.booleans(),
    state=st.sampled_from(EntryState),
)


@st.composite
def _spans(draw: st.DrawFn) -> tuple[date, date | None]:
    first, last = sorted((draw(_DAYS), draw(_DAYS)))
    return first, draw(st.sampled_from([last, None]))


@st.composite
def _positions(draw: st.DrawFn) -> PositionRecord:
    unit, title = draw(st.sampled_from([*_UNITS, "NOWHERE"])), draw(st.sampled_from(PositionTitle))
    return PositionRecord(unit, title, draw(st.booleans()), draw(st.booleans()), *draw(_spans()))


@st.composite
def _absences(draw: st.DrawFn) -> AbsenceRecord:
    first, last = sorted((draw(_DAYS), draw(_DAYS)))
    return AbsenceRecord(first, last)


_PEOPLE = st.builds(
    PersonRecord,
    code=st.just("CB"),
    name=st.just("CB"),
    positions=st.lists(_positions(), max_size=3).map(tuple),
    entries=st.lists(_ENTRIES, max_size=8).map(tuple),
    absences=st.lists(_absences(), max_size=2).map(tuple),
)


def _evaluate(person: PersonRecord, on: date, readings: dict[str, str]) -> Evaluation:
    return evaluate(plan_with("can-tho-2023", readings), _TREE, default_calendar(), person, on)


@given(_PEOPLE, _NEAR | _DAYS, _READINGS)
def test_evaluation_always_answers_every_requirement_in_order(
    person: PersonRecord, on: date, readings: dict[str, str]
) -> None:
    evaluation = _evaluate(person, on, readings)
    assert [result.requirement for result in evaluation.results] == list(Requirement)
    for result in evaluation.results:
        assert on in result.period
        assert result.declared >= result.confirmed >= 0
        assert (result.status is not Status.NOT_APPLICABLE) or result.required is None
        assert (result.status is not Status.NOT_MET) or result.period.end <= on
    assert to_json(evaluation)["results"][1]["alternatives"]


@given(_PEOPLE, _NEAR, _READINGS, st.randoms(use_true_random=False))
def test_the_order_of_entries_and_positions_does_not_matter(
    person: PersonRecord, on: date, readings: dict[str, str], random: Random
) -> None:
    entries, positions = list(person.entries), list(person.positions)
    random.shuffle(entries)
    random.shuffle(positions)
    shuffled = replace(person, entries=tuple(entries), positions=tuple(positions))
    assert _evaluate(shuffled, on, readings) == _evaluate(person, on, readings)


@given(_PEOPLE, _ENTRIES, _NEAR, _READINGS)
def test_one_more_entry_never_lowers_a_figure(
    person: PersonRecord, entry: EntryRecord, on: date, readings: dict[str, str]
) -> None:
    more = replace(person, entries=(*person.entries, entry))
    pairs = zip(_evaluate(person, on, readings).results, _evaluate(more, on, readings).results, strict=True)
    for before, after in pairs:
        assert after.declared >= before.declared
        assert after.confirmed >= before.confirmed
        assert before.status is not Status.MET or after.status is Status.MET


@given(_PEOPLE, _ENTRIES, _NEAR, _READINGS)
def test_saying_a_thing_twice_changes_nothing(
    person: PersonRecord, entry: EntryRecord, on: date, readings: dict[str, str]
) -> None:
    once = replace(person, entries=(*person.entries, entry))
    twice = replace(person, entries=(*once.entries, replace(entry, id=entry.id + 1)))
    assert _evaluate(twice, on, readings) == _evaluate(once, on, readings)


@given(_PEOPLE, _NEAR | _DAYS, _READINGS)
def test_leave_in_another_decade_changes_nothing(person: PersonRecord, on: date, readings: dict[str, str]) -> None:
    far = AbsenceRecord(date(2050, 1, 1), date(2050, 12, 31))
    absent = replace(person, absences=(*person.absences, far))
    assert _evaluate(absent, on, readings) == _evaluate(person, on, readings)


@given(_PEOPLE, _NEAR | _DAYS)
def test_nothing_outside_the_window_matters(person: PersonRecord, on: date) -> None:
    first, last = window(plan_with("can-tho-2023", {}), on)
    seen = replace(
        person,
        entries=tuple(e for e in person.entries if first <= (e.recognised_on or e.day) <= last or e.day >= first),
        absences=tuple(a for a in person.absences if a.start <= last and a.end >= first),
    )
    assert _evaluate(seen, on, {}) == _evaluate(person, on, {})


@given(_PEOPLE, _NEAR, _READINGS)
@settings(max_examples=50)
def test_the_explanation_agrees_with_the_evaluation(person: PersonRecord, on: date, readings: dict[str, str]) -> None:
    plan = plan_with("can-tho-2023", readings)
    found = explain(plan, _TREE, default_calendar(), person, on)
    assert tuple(item.result for item in found) == _evaluate(person, on, readings).results
    for item in found:
        assert bool(item.gap) == bool(item.cheapest)
        if item.result.requirement not in {Requirement.ATTENDANCE, Requirement.VOLUNTEER_HOURS}:
            assert item.result.declared in {0, sum(used.amount for used in item.used)}
