"""What became of one's year: /ketqua shows the outcome to the person, who may answer once."""

from handlers.commands import Audience, Command, Start
from handlers.conversations import year_forms as forms
from handlers.conversations.assessment import words_of, year_in
from handlers.conversations.unit import label
from handlers.flow import Flow, Said, Step
from handlers.messages import Choice, Reply
from handlers.telling import tell
from handlers.texts import assessment as texts
from handlers.texts import common
from handlers.turn import Turn
from storage.assessment import answer, comments_of, outcome_of
from storage.year_round import scale_of

ANSWERED = "assessment_answered"
_MENU = (Choice("Menu", "/menu"),)


def _outcome(turn: Turn, args: str) -> list[Reply]:
    _, year = year_in(turn, args)
    row = outcome_of(turn.session, turn.cadre.cadre_id, year)
    if row is None:
        return [Reply(texts.NO_OUTCOME.format(year=year), common.MENU_BUTTON)]
    comments = comments_of(turn.session, turn.cadre.cadre_id, year)
    rating = scale_of(row.plan_id).get(row.rating, row.rating)
    text = texts.outcome(row, rating, forms.the_round(turn), comments)
    choices = (Choice(texts.ANSWER, f"/traloi {year}"),) if row.answered_at is None else ()
    return [Reply(text, (choices, _MENU) if choices else (_MENU,))]


def _answer(turn: Turn, args: str) -> list[Reply] | Start:
    _, year = year_in(turn, args)
    row = outcome_of(turn.session, turn.cadre.cadre_id, year)
    if row is None or row.answered_at is not None:
        return [Reply(texts.ALREADY, common.MENU_BUTTON)]
    return Start(ANSWER, {"year": year})


def _ask_answer(_turn: Turn) -> Reply:
    return Reply(texts.ASK_ANSWER)


def _read_answer(turn: Turn, said: Said) -> None:
    turn.draft["words"] = words_of(said, texts.ANSWER_EXAMPLE)


def _finish_answer(turn: Turn) -> list[Reply]:
    row = answer(turn.session, turn.cadre.cadre_id, turn.draft["year"], turn.draft["words"], turn.now)
    if row is None:
        return [Reply(texts.ALREADY, common.MENU_BUTTON)]
    open_page = Choice(label(turn.cadre.name), f"/danhgianguoi {turn.cadre.code} {row.year}")
    tell(
        turn, row.rated_by, ANSWERED, f"{ANSWERED}:{row.id}", texts.answer_notice(turn.cadre.name, row.year), open_page
    )
    return [Reply(texts.ANSWERED, common.MENU_BUTTON)]


ANSWER = Flow("assessment_answer", texts.ANSWER_TITLE, (Step("words", _ask_answer, _read_answer),), _finish_answer)
FLOWS = (ANSWER,)
COMMANDS = (
    Command(
        "ketqua",
        _outcome,
        Audience.CADRE,
        help="kết quả đánh giá năm của tôi, và trả lời một lần",
        words=("ket qua danh gia", "ket qua nam"),
    ),
    Command("traloi", _answer, Audience.CADRE),
)
