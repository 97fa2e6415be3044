"""The draft of an entry: which fields each kind has, and the way to and from what is stored.

A field's answer stands in the draft under the field's own name, so a field that is in the draft is known.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from storage.entries import NewEntry
from storage.initiatives import Stage, stage_of
from storage.models import Entry
from storage.terms import EntryKind, RecognisedBy, Term

Draft = dict[str, Any]
Word = TypeVar("Word", bound=Term)


class Form(Term):
    """The three things of which any one is asked (C-29)."""

    SONG = "song", "Bài hát"
    DANCE = "dance", "Điệu múa tập thể"
    SPORT = "sport", "Môn thể thao"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a kind: those that are ``asked``, and those with a usual value, ``offered`` on the card only."""

    asked: tuple[str, ...]
    offered: tuple[str, ...] = ()


RECOGNITION = ("applied", "by", "recognised_on", "decision")
FIELDS_OF: dict[EntryKind, Fields] = {
    EntryKind.VOLUNTEER_HOURS: Fields(("day", "time", "title"), ("organiser", "responsibility")),
    EntryKind.VOLUNTEER_ACTIVITY: Fields(("day", "organiser", "time", "title"), ("responsibility",)),
    EntryKind.BRANCH_MEETING: Fields(("day", "organiser", "title"), ("time", "responsibility")),
    EntryKind.INITIATIVE: Fields(("title", "stage", *RECOGNITION), ("responsibility",)),
    EntryKind.CULTURE_SPORT: Fields(("form", "day", "title")),
    EntryKind.YOUTH_SHIRT: Fields(("day",)),
    EntryKind.SUMMONED_MEETING: Fields(("day", "organiser", "on_time"), ("title",)),
}


def term(words: type[Word], value: str) -> Word:
    """The one of ``words`` that is stored as ``value``."""
    return next(word for word in words if word.value == value)


def kind_of(draft: Draft) -> EntryKind:
    """What is being logged."""
    return term(EntryKind, draft["kind"])


def day_of(draft: Draft) -> date:
    """The day on which it was done."""
    return date.fromisoformat(draft["day"])


def fields_of(draft: Draft) -> tuple[str, ...]:
    """The names of the fields that apply to the draft as it is."""
    fields = FIELDS_OF[kind_of(draft)]
    recognised = draft.get("stage") == Stage.RECOGNISED
    return tuple(name for name in (*fields.asked, *fields.offered) if recognised or name not in RECOGNITION)


def usual_values(kind: EntryKind, today: date, own_unit: int | None) -> Draft:
    """The values of the fields that are offered rather than asked; the day of an initiative that is not recognised."""
    usual: Draft = {"organiser": own_unit, "time": None, "title": "", "responsibility": None}
    draft = {name: usual[name] for name in FIELDS_OF[kind].offered}
    return draft | {"day": today.isoformat()} if kind is EntryKind.INITIATIVE else draft


def to_entry(draft: Draft) -> NewEntry:
    """What the draft says, once every field that applies is known."""
    fields = fields_of(draft)
    known = {name: draft.get(name) for name in fields}
    time = known.get("time") or {}
    stage = known.get("stage")
    form = known.get("form")
    title = known.get("title") or ""
    recognised_on = known.get("recognised_on")
    return NewEntry(
        kind=kind_of(draft),
        day=date.fromisoformat(recognised_on or draft["day"]),
        start_minute=time.get("start"),
        end_minute=time.get("end"),
        minutes=time.get("minutes"),
        title=f"{term(Form, form).label}: {title}" if form else title,
        organiser_id=known.get("organiser"),
        applied=stage == Stage.APPLIED or bool(known.get("applied")),
        recognised_by=term(RecognisedBy, by) if (by := known.get("by")) else None,
        recognised_on=date.fromisoformat(recognised_on) if recognised_on else None,
        on_time=known.get("on_time"),
        note=known.get("decision") or "" if "stage" in known else draft.get("note", ""),
        responsibility=known.get("responsibility"),
    )


def to_draft(entry: Entry) -> Draft:
    """A draft that says what ``entry`` says. What the entry leaves open but its kind asks for stays open."""
    form, title = _form_and_title(entry)
    time = {"start": entry.start_minute, "end": entry.end_minute, "minutes": entry.minutes}
    draft: Draft = {
        "id": entry.id,
        "kind": entry.kind.value,
        "day": entry.day.isoformat(),
        "organiser": entry.organiser_id,
        "time": time if entry.start_minute is not None or entry.minutes is not None else None,
        "title": title,
        "form": form,
        "stage": stage_of(entry).value,
        "applied": entry.applied,
        "by": entry.recognised_by and entry.recognised_by.value,
        "recognised_on": entry.recognised_on and entry.recognised_on.isoformat(),
        "decision": entry.note if entry.kind is EntryKind.INITIATIVE else "",
        "note": entry.note,
        "on_time": entry.on_time,
        "responsibility": entry.responsibility,
    }
    must_know = {"form", "recognised_on", *(("time",) if entry.kind is EntryKind.VOLUNTEER_HOURS else ())}
    return {name: value for name, value in draft.items() if value is not None or name not in must_know}


def _form_and_title(entry: Entry) -> tuple[str | None, str]:
    if entry.kind is EntryKind.CULTURE_SPORT:
        for form in Form:
            if entry.title.startswith(f"{form.label}: "):
                return form.value, entry.title.removeprefix(f"{form.label}: ")
    return None, entry.title
