"""The steps of a criticism round, reporting back, and going on with a round whose owner has left (/gopybuoc)."""

from handlers.commands import Audience, Command, Start
from handlers.conversations.criticism_pages import listed, number_in, page, round_of, tell_asked, unit_of
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.telling import tell
from handlers.texts import criticism as texts
from handlers.turn import Turn
from storage import criticism as rounds
from storage.access_records import record_access
from storage.deadlines import kept_file, settle
from storage.models import CriticismRound
from storage.plans.sections import StepKind
from storage.text import clean

ANSWERED, ENDED = "opinion_answered", "criticism_closed"


def _owned(turn: Turn, number: int) -> CriticismRound | None:
    row = turn.session.get(CriticismRound, number)
    return row if row is not None and row.owner_id == turn.cadre.cadre_id and row.step != rounds.CLOSED else None


def _step(turn: Turn, args: str) -> list[Reply] | Start:
    row = _owned(turn, number_in(args))
    if row is None:
        return [listed(turn, texts.GONE)]
    if row.step == StepKind.REPORT_BACK and (reply := _not_yet(turn, row)) is not None:
        return [reply]
    return Start(STEP, {"round": row.id, "step": row.step})


def _not_yet(turn: Turn, row: CriticismRound) -> Reply | None:
    left = [one for one in rounds.opinions_of(turn.session, row) if not one.outcome]
    if not left:
        return None
    return Reply(texts.still_open(left, rounds.subjects_of(turn.session, row)), rows(Choice(texts.SEE_ALL, "/gopy")))


def _ask_step(turn: Turn) -> Reply:
    step = StepKind(turn.draft["step"])
    worded = step in (StepKind.ABSORB, StepKind.REVIEW)
    left = sum(not one.outcome for one in rounds.opinions_of(turn.session, round_of(turn)))
    text = f"{texts.ASK_STEP[step]}\n{texts.undecided(left)}" if worded and left else texts.ASK_STEP[step]
    return Reply(text, () if worded else rows(Choice(texts.SAVE, "save")))


def _read_step(turn: Turn, said: Said) -> None:
    step, words = StepKind(turn.draft["step"]), clean(said.text)
    if step in (StepKind.ABSORB, StepKind.REVIEW):
        good = 3 <= len(words) <= 1000 or (said.photo and step is StepKind.REVIEW)
    else:
        good = said.key == "save"
    if not good:
        raise BadInput(texts.STEP_EXAMPLE if step in (StepKind.ABSORB, StepKind.REVIEW) else texts.ASK_STEP[step])
    turn.draft |= {"words": words if not said.key else "", "photo": said.photo}


def _finish_step(turn: Turn) -> list[Reply]:
    row, draft = _owned(turn, turn.draft["round"]), turn.draft
    if row is None or row.step != draft["step"]:
        return [listed(turn, texts.GONE)]
    step = StepKind(row.step)
    if step is StepKind.REPORT_BACK and (reply := _not_yet(turn, row)) is not None:
        return [reply]
    if step is StepKind.ABSORB:
        row.absorbed = draft["words"]
    if step is StepKind.REVIEW:
        row.minutes = draft["words"]
        row.photo_channel, row.photo = (turn.inbound.channel, draft["photo"]) if draft["photo"] else ("", "")
        row.file_id = kept_file(turn.session, draft["photo"])
    rounds.advance(turn.session, row, turn.now)
    _settle(turn, row, step)
    if row.step == rounds.CLOSED:
        _report_back(turn, row)
    return page(turn, str(row.id), texts.stepped(row))


def _settle(turn: Turn, row: CriticismRound, done: StepKind) -> None:
    """Hand in the plan's deadline of a step, unless a later step has the same one."""
    of_plan = {step.kind: step.deadline for step in rounds.plan_round(row).steps}
    deadline = of_plan.pop(done, None)
    order = rounds.steps(rounds.plan_round(row))
    later = [of_plan.get(step) for step in order[order.index(done) + 1 :]]
    if deadline is not None and deadline not in later:
        words = f"{rounds.plan_round(row).title}: xong bước {texts.LABELS[done]}"
        me = turn.cadre.cadre_id
        settle(turn.session, turn.house.plan, turn.house.clock, row.unit_id, deadline, me, turn.now, words)


def _report_back(turn: Turn, row: CriticismRound) -> None:
    """Each author learns of their own opinions; everybody asked gets the figures, without authors."""
    kind, unit, opinions = rounds.plan_round(row), unit_of(turn, row), rounds.opinions_of(turn.session, row)
    for one in opinions:
        tell(turn, one.author_id, ANSWERED, f"{ANSWERED}:{one.id}", texts.answered(one, kind, unit))
    tell_asked(turn, row, ENDED, texts.closed(kind, unit, opinions))


def _take_over(turn: Turn, args: str) -> list[Reply]:
    """Go on with a round whose owner leads the unit no more; who it was and who took it is recorded."""
    me, number = turn.cadre.cadre_id, number_in(args)
    row = next((one for one in rounds.orphans(turn.session, me, turn.today) if one.id == number), None)
    if row is None:
        return [listed(turn, texts.GONE)]
    before = row.owner_id
    rounds.take_over(turn.session, row, me)
    record_access(turn.session, me, "gopychutri", turn.inbound.channel, turn.now, cadres=[before], units=[row.unit_id])
    return page(turn, args, texts.TAKEN_OVER)


STEP = Flow("criticism_step", texts.STEP_TITLE, (Step("done", _ask_step, _read_step, photos=True),), _finish_step)
FLOWS = (STEP,)
COMMANDS = (
    Command("gopybuoc", _step, Audience.CADRE),
    Command("gopychutri", _take_over, Audience.CADRE),
)
