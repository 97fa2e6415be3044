"""What the two forms of the year share: every answer is saved at once, and what is saved can be taken up again.

The draft of the conversation is the content of the form: ``year``, ``answers`` by the name of the question, and the
plan's lists as they were when the form was begun.
"""

from collections.abc import Callable
from typing import Any

from handlers.flow import ANSWERED, BadInput, Reopen, Said, Step, always, mark_answered
from handlers.messages import Attachment, Choice, Reply, rows
from handlers.texts import year_forms as texts
from handlers.turn import Turn
from storage.documents import RefusedError, hand_in, highest_position, is_rated, own_document, save_content
from storage.models import Document, DocumentState
from storage.people import path_names
from storage.terms import DocumentKind
from storage.text import clean
from storage.year_round import YearRound, round_of

Ask = Callable[[Turn], Reply]
Read = Callable[[Turn, Said], Any]
# Parts of a form that can be asked anew: by key, the label and the names of the questions.
Parts = dict[str, tuple[str, tuple[str, ...]]]
KEEP, SUBMIT = "keep", "submit"
_NOT_KEPT = {"year", "notice", "choosing", ANSWERED}


def answers(turn: Turn) -> dict[str, Any]:
    """The answers so far."""
    found: dict[str, Any] = turn.draft.setdefault("answers", {})
    return found


def question(
    kind: DocumentKind,
    name: str,
    ask: Ask,
    read: Read,
    applies: Callable[[Turn], bool] = always,
    *,
    wants_number: bool = False,
) -> Step:
    """A step whose answer is saved under ``name``; asked anew, it shows what is written and lets it stay."""

    def ask_it(turn: Turn) -> Reply:
        asked = ask(turn)
        before = [turn.draft["notice"]] if turn.draft.get("notice") else []
        present = answers(turn).get(name)
        if present and isinstance(present, str):
            before.append(texts.present(present))
            asked = Reply(asked.text, (*asked.choices, (Choice(texts.KEEP, KEEP),)))
        return Reply("\n\n".join([*before, asked.text]), asked.choices)

    def read_it(turn: Turn, said: Said) -> None:
        if said.key != KEEP or name not in answers(turn):
            answers(turn)[name] = read(turn, said)
        turn.draft.pop("notice", None)
        save(turn, kind)

    return Step(name, ask_it, read_it, applies, wants_number=wants_number)


def save(turn: Turn, kind: DocumentKind) -> Document:
    """Keep the draft. Raises BadInput when the form has been approved meanwhile."""
    content = {name: value for name, value in turn.draft.items() if name not in _NOT_KEPT}
    try:
        return save_content(turn.session, turn.cadre.cadre_id, kind, turn.draft["year"], content, turn.now)
    except RefusedError as refused:
        raise BadInput(str(refused)) from None


def words(example: str, least: int = 3, most: int = 1500) -> Read:
    """Reads free text of ``least`` to ``most`` characters."""

    def read(_turn: Turn, said: Said) -> str:
        text = clean(said.text)
        if not least <= len(text) <= most:
            raise BadInput(texts.WORDS_EXAMPLE.format(least=least, most=most, example=example))
        return text

    return read


def the_round(turn: Turn) -> YearRound | None:
    """The year's round where the speaker holds the highest position; None without a position."""
    position = highest_position(turn.session, turn.cadre.cadre_id, turn.today)
    return round_of(turn.session, turn.house.plan, position.unit_id, turn.today) if position is not None else None


def read_year(turn: Turn, args: str, command: str) -> int:
    """The year a command names, this one without. Raises BadInput."""
    text = args.strip()
    if not text:
        return turn.today.year
    if text.isascii() and text.isdecimal() and abs(int(text[:6]) - turn.today.year) <= 1:
        return int(text)
    raise BadInput(texts.YEAR_EXAMPLE.format(command=command, year=turn.today.year))


def resumed(document: Document, steps: tuple[Step, ...]) -> dict[str, Any]:
    """The draft that goes on where ``document`` stands."""
    return {**document.content, "year": document.year, "known": _known(document, steps)}


def _known(document: Document, steps: tuple[Step, ...]) -> list[str]:
    given = document.content.get("answers", {})
    return [step.name for step in steps if step.name in given]


def take_up(turn: Turn, draft: dict[str, Any]) -> dict[str, Any]:
    """``draft`` with its known answers counted as answered."""
    known = draft.pop("known", [])
    turn.draft = draft
    mark_answered(turn, *known)
    return turn.draft


def card(kind: DocumentKind, heading: str, parts: Callable[[Turn], Parts]) -> Step:
    """The last step: the form as written, to hand in or to change by part (label and questions by key)."""

    def ask(turn: Turn) -> Reply:
        before = [turn.draft["notice"], ""] if turn.draft.get("notice") else []
        lines = [*before, heading, "", *texts.BODIES[kind](turn.draft)]
        choices = [Choice(name, key) for key, (name, _) in parts(turn).items()]
        return Reply("\n".join(lines), ((Choice(texts.HAND_IN, SUBMIT),), *rows(*choices)))

    def read(turn: Turn, said: Said) -> None:
        turn.draft.pop("notice", None)
        if said.key in (chosen := parts(turn)):
            raise Reopen(*chosen[said.key][1])
        if said.key != SUBMIT:
            raise BadInput("Đồng chí bấm Nộp, hoặc chọn phần cần sửa.")

    return Step("card", ask, read)


def hand_in_draft(turn: Turn, kind: DocumentKind) -> Document:
    """Freeze who and where the cadre is, and hand the form in. Raises RefusedError."""
    found = the_round(turn)
    position = highest_position(turn.session, turn.cadre.cadre_id, turn.today)
    if found is None or position is None:
        raise RefusedError(texts.NO_POSITION)
    path = path_names(turn.session, position.unit_id, turn.today)
    turn.draft["head"] = {
        "full_name": turn.cadre.name,
        "position": position.title.label,
        "unit": position.unit_name,
        "superior": path[-2] if len(path) > 1 else "",
    }
    due = found.due(kind, turn.draft["year"])
    last_day = due.last_day if due is not None else None
    document = save(turn, kind)
    return hand_in(turn.session, document, last_day, turn.now, turn.today)


def page(turn: Turn, document: Document, edit_command: str) -> Reply:
    """A form that is handed in: what it says, what can be done, and its printed form."""
    rated = document.state is DocumentState.SUBMITTED and is_rated(turn.session, document.cadre_id, document.year)
    editable = document.state is not DocumentState.APPROVED and not rated
    choices = [Choice(texts.EDIT, f"/{edit_command} {document.year}")] if editable else []
    how = texts.RATED if rated else texts.how_to_change(document)
    text = "\n\n".join([texts.only_one(document), texts.page(document), how])
    return Reply(text, rows(*choices), (printed(document),))


def printed(document: Document) -> Attachment:
    """The form as an office would sign it."""
    stem = {DocumentKind.REGISTRATION: "a1-dang-ky", DocumentKind.SELF_REVIEW: "a2-tu-kiem-diem"}[document.kind]
    return Attachment("year_form", f"{stem}-{document.year}.docx", {"document": document.id}, texts.PRINT)


def find(turn: Turn, kind: DocumentKind, year: int) -> Document | None:
    """The speaker's own form."""
    return own_document(turn.session, turn.cadre.cadre_id, kind, year)
