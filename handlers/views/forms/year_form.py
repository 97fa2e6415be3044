"""A cadre's form of the year as a document: gathered from what was handed in, filled into the template in use."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from handlers.texts import year_forms as texts
from handlers.texts.wording import day
from handlers.turn import House
from handlers.views.forms import template
from handlers.views.forms.fields import A1, A2, date_line
from storage.assessment import comments_of, outcome_of
from storage.documents import committee_of, home_unit
from storage.models import Document, DocumentState
from storage.terms import DocumentKind
from storage.year_round import round_of, scale_of

DOTS = "……………………………………………………………"
SECRETARY = "BÍ THƯ"
_FORMS = {DocumentKind.REGISTRATION: A1, DocumentKind.SELF_REVIEW: A2}


@dataclass(frozen=True, slots=True)
class Filled:
    """A template and what goes into it."""

    template: bytes
    context: dict[str, Any]


def gather(session: Session, house: House, args: dict[str, Any], _now: datetime) -> Filled:
    """The form ``args["document"]``. Raises LookupError when it is gone."""
    row = session.get(Document, int(args["document"]))
    if row is None:
        raise LookupError("no such form")
    context = _head(session, house, row)
    if row.kind is DocumentKind.REGISTRATION:
        context |= _registration(row.content)
    else:
        context |= _self_review(session, house, row)
    return Filled(template.load(session, _FORMS[row.kind].name), context)


def draw(filled: Filled) -> bytes:
    """The .docx file."""
    return template.render(filled.template, filled.context)


def _head(session: Session, house: House, row: Document) -> dict[str, Any]:
    head = row.content.get("head", {})
    shown = row.submitted_on or house.clock.local_day(row.saved_at)
    unit = home_unit(session, row.cadre_id, shown)
    body = committee_of(session, unit.id, shown) if unit is not None else "Ban Chấp hành"
    return {
        "superior": head.get("superior", "").upper(),
        "unit": head.get("unit", "").upper(),
        "unit_name": head.get("unit", ""),
        "date_line": date_line(shown),
        "year": row.year,
        "full_name": head.get("full_name", ""),
        "position": head.get("position", ""),
        "approver": SECRETARY,
        "body": body.upper(),
        "status_line": _status(house, row),
    }


def _status(house: House, row: Document) -> str:
    if row.submitted_on is None:
        return "Bản nháp, chưa nộp."
    late = f", muộn (hạn {day(row.due_on)})" if row.is_late and row.due_on else ""
    parts = [f"Nộp ngày {day(row.submitted_on)}{late}"]
    if row.state is DocumentState.APPROVED and row.reviewed_at is not None:
        parts.append(f"duyệt ngày {day(house.clock.local_day(row.reviewed_at))}")
    return "; ".join(parts) + "."


def _registration(content: dict[str, Any]) -> dict[str, Any]:
    answers = content.get("answers", {})
    return {
        "contents": [
            {
                "number": place + 1,
                "title": name,
                **{field: answers.get(f"{field}.{place}", "") for field in ("what", "measure", "by")},
            }
            for place, (_, name) in enumerate(content.get("contents", ()))
        ],
        "figures": [
            {"title": title, "registered": value}
            for title, _, value in (line.removeprefix("▪ ").partition(": ") for line in texts.figures(answers))
        ],
        "donts": [{"title": title} for title in texts.chosen_donts(content)],
    }


def _self_review(session: Session, house: House, row: Document) -> dict[str, Any]:
    content = row.content
    answers, registered = content.get("answers", {}), content.get("registered", {})
    outcome = outcome_of(session, row.cadre_id, row.year)
    rating = DOTS
    if outcome is not None:
        level = scale_of(outcome.plan_id).get(outcome.rating, outcome.rating)
        rating = f"{level} ({outcome.body}, họp ngày {day(outcome.met_on)})"
    return {
        "as_of": day(_as_of(house, row)),
        "contents": [
            {
                "number": place + 1,
                "title": name,
                **{field: registered.get(f"{field}.{place}", "") for field in ("what", "measure", "by")},
                "result": answers.get(f"result.{place}", ""),
            }
            for place, (_, name) in enumerate(content.get("contents", ()))
        ],
        "figures": content.get("done", []),
        "watched": answers.get("donts", ""),
        **{name: answers.get(name, "") for name in ("strengths", "shortcomings", "remedies", "previous")},
        "rating": content.get("rating", ""),
        "comments": _comments(session, house, row, told=outcome is not None),
        "outcome": rating,
        "entries": content.get("entries", []),
    }


def _as_of(house: House, row: Document) -> date:
    return min(house.clock.local_day(row.saved_at), date(row.year, 12, 31))


def _comments(session: Session, house: House, row: Document, *, told: bool) -> list[dict[str, str]]:
    """What each source said, once the outcome is known; room to write before."""
    today = house.clock.today()
    unit = home_unit(session, row.cadre_id, today)
    sources = round_of(session, house.plan, unit.id, today).sources if unit is not None else ()
    said = comments_of(session, row.cadre_id, row.year) if told else {}
    return [{"title": item.title, "words": said.get(item.id, DOTS)} for item in sources]
