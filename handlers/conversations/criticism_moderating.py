"""Reading, admitting and answering opinions (/gopyduyet).

Authors are shown in one place, the card of whoever moderates the opinion; every other text goes without them.
"""

from handlers.commands import Audience, Command, Start
from handlers.conversations.criticism_pages import listed, number_in
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.texts import criticism as texts
from handlers.turn import Turn
from storage import criticism as rounds
from storage.models import Cadre, Opinion
from storage.text import clean


def _moderate(turn: Turn, args: str) -> list[Reply]:
    return [_next(turn)]


def _next(turn: Turn, before: str = "") -> Reply:
    """The next opinion that waits for the speaker, with its author: nobody else ever gets this card."""
    found = rounds.to_moderate(turn.session, turn.cadre.cadre_id, turn.today)
    head = f"{before}\n\n" if before else ""
    if not found:
        return Reply(f"{head}{texts.NOTHING_WAITS}", rows(Choice(texts.SEE_ALL, "/gopy")))
    opinion, row = found[0]
    kind = rounds.plan_round(row)
    sources = {item.id: item.title for item in (*kind.contributors, *kind.themes)}
    author, about = (turn.session.get(Cadre, one) if one else None for one in (opinion.author_id, opinion.subject_id))
    text = texts.card(
        opinion,
        about.full_name if about else "tập thể",
        texts.author(opinion, author.full_name if author else ""),
        sources.get(opinion.source, texts.OTHERS),
        sources.get(opinion.theme, ""),
    )
    if opinion.admitted:
        choices = [Choice(texts.OUTCOMES[one].capitalize(), f"/gopytraloi {opinion.id} {one}") for one in _ANSWERS]
    else:
        choices = [
            Choice(texts.ADMIT, f"/gopynhan {opinion.id}"),
            Choice(texts.PUT_ASIDE, f"/gopytraloi {opinion.id} {rounds.SET_ASIDE}"),
        ]
    return Reply(f"{head}{text}", rows(*choices, Choice(texts.SEE_ALL, "/gopy"), width=1))


_ANSWERS = (rounds.ACCEPTED, rounds.EXPLAINED, rounds.DECLINED)


def _mine(turn: Turn, number: int) -> Opinion | None:
    found = rounds.to_moderate(turn.session, turn.cadre.cadre_id, turn.today)
    return next((opinion for opinion, _ in found if opinion.id == number), None)


def _admit(turn: Turn, args: str) -> list[Reply]:
    opinion = _mine(turn, number_in(args))
    if opinion is None:
        return [listed(turn, texts.GONE)]
    opinion.admitted = True
    turn.session.add(opinion)
    turn.session.flush()
    return [_next(turn, texts.ADMITTED)]


def _answer(turn: Turn, args: str) -> list[Reply] | Start:
    number, _, outcome = args.strip().partition(" ")
    opinion = _mine(turn, number_in(number))
    if opinion is None or outcome not in (_ANSWERS if opinion.admitted else (rounds.SET_ASIDE,)):
        return [listed(turn, texts.GONE)]
    return Start(ANSWER, {"opinion": opinion.id, "outcome": outcome})


def _read_reason(turn: Turn, said: Said) -> None:
    reason = clean(said.text)
    if not 3 <= len(reason) <= 500:
        raise BadInput(texts.REASON_EXAMPLE)
    turn.draft["reason"] = reason


def _finish_answer(turn: Turn) -> list[Reply]:
    opinion = _mine(turn, turn.draft["opinion"])
    if opinion is None:
        return [listed(turn, texts.GONE)]
    rounds.decide(turn.session, opinion, turn.cadre.cadre_id, turn.draft["outcome"], turn.draft["reason"], turn.now)
    return [_next(turn, texts.DECIDED)]


ANSWER = Flow(
    "answer_opinion",
    texts.ANSWER_TITLE,
    (Step("reason", lambda _turn: Reply(texts.ASK_REASON), _read_reason),),
    _finish_answer,
)
FLOWS = (ANSWER,)
COMMANDS = (
    Command("gopyduyet", _moderate, Audience.CADRE),
    Command("gopynhan", _admit, Audience.CADRE),
    Command("gopytraloi", _answer, Audience.CADRE),
)
