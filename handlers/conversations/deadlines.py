"""Deadlines: /han lists one's own and one's units', /hannop hands in, /hannhan and /hantra answer for the superior.

Buttons carry short names that are only ever looked up among the speaker's own tasks, or what waits for the speaker.
"""

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import BadInput, Flow, Reopen, Said, Step
from handlers.messages import Attachment, Choice, Reply, rows
from handlers.telling import tell
from handlers.texts import deadlines as texts
from handlers.turn import Turn
from storage.deadline_reminding import has_form, is_form
from storage.deadlines import (
    LOOK_AHEAD,
    LOOK_BACK,
    Task,
    find_own,
    find_waiting,
    followers_by_unit,
    hand_in,
    history,
    own_tasks,
    review,
    waiting_for,
    who_waits,
)
from storage.models import Cadre, DeadlineSubmission
from storage.people import UnitRow, unit_by_id
from storage.plan_work import Occurrence, known_plans, load_units, runs
from storage.plans import load_plan
from storage.text import clean

SHOWN = 12
LONGEST_WORDS = 1000
SHORTEST_REASON, LONGEST_REASON = 3, 300
SUBMITTED, REVIEWED = "handed_in", "deadline_reviewed"
_SEE_ALL = Choice(texts.SEE_ALL, "/han")


def _deadlines(turn: Turn, args: str) -> list[Reply]:
    word = args.strip()
    page = int(word) if word.isascii() and word.isdecimal() and len(word) < 4 else 1
    return [overview(turn, page=page)]


def overview(turn: Turn, before: str = "", *, page: int = 1) -> Reply:
    """Everything the speaker owes or waits for, the nearest first; ``page`` counts from 1."""
    tasks = own_tasks(turn.session, turn.house.plan, turn.cadre.cadre_id, turn.today)
    forms = _own_forms(turn)
    waiting = len(waiting_for(turn.session, turn.cadre, turn.today))
    begin = (page - 1) * SHOWN if 0 < page <= -(-len(tasks) // SHOWN) else 0
    shown, left = tasks[begin : begin + SHOWN], len(tasks) - begin - SHOWN
    lines = [texts.form_line(one, turn.today, done) for one, done in forms] if not begin else []
    lines += [texts.line(task, turn.today) for task in shown]
    if left > 0:
        lines.append(texts.further(left))
    text = "\n".join([texts.HEADING, *lines]) if lines else texts.NOTHING
    choices = [Choice(texts.waiting_button(waiting), "/hancho")] if waiting else []
    choices += [Choice(*texts.FORMS[one.deadline.id]) for one, done in forms if not done][:2]
    choices += [Choice(label(texts.task_button(task)), f"/hanxem {task.ref}") for task in shown if task.is_owed]
    if left > 0:
        choices.append(Choice(texts.MORE, f"/han {begin // SHOWN + 2}"))
    choices.append(Choice(texts.CALENDAR, "/lich"))
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices, width=1))


def _own_forms(turn: Turn) -> list[tuple[Occurrence, str]]:
    """The forms that activated plans ask of the speaker, each with "" or a word that it is handed in."""
    first, last = turn.today - LOOK_BACK, turn.today + LOOK_AHEAD
    found = []
    for run in runs(turn.session, turn.house.plan, first, last):
        for one in run.occurrences(first, last):
            if is_form(one):
                done = has_form(turn.session, one, turn.today, turn.cadre.cadre_id)
                if done is not None:
                    found.append((one, ", đã nộp" if done else ""))
    return found


def _task(turn: Turn, ref: str) -> Task | None:
    return find_own(turn.session, turn.house.plan, turn.cadre.cadre_id, ref.strip(), turn.today)


def _see(turn: Turn, args: str) -> list[Reply]:
    task = _task(turn, args)
    if task is None:
        return [overview(turn, texts.GONE)]
    clock = turn.house.clock
    trace = history(turn.session, task.submission.id or 0) if task.submission is not None else []
    text = texts.card(task, turn.today, [(event, name, clock.local(event.at)) for event, name in trace])
    hand = texts.SEND if task.submission is None else texts.HAND_IN_AGAIN
    choices = [Choice(hand, f"/hannop {task.ref}")] if task.is_owed else []
    if task.is_owed and task.occurrence.deadline.id in texts.WORKED_BY:
        choices.insert(0, Choice(*texts.WORKED_BY[task.occurrence.deadline.id]))
    return [Reply(text, rows(*choices, _SEE_ALL))]


def _hand_in(turn: Turn, args: str) -> list[Reply] | Start:
    task = _task(turn, args)
    if task is None or not task.is_owed:
        return [overview(turn, texts.GONE)]
    return Start(HAND_IN, {"ref": task.ref})


def _ask_what(turn: Turn) -> Reply:
    task = _task(turn, turn.draft["ref"])
    title = f"{task.title} – {task.unit.name}\n\n" if task is not None else ""
    return Reply(f"{title}{texts.ASK_WHAT}", rows(Choice(texts.NOTHING_ATTACHED, "none")))


def _read_what(turn: Turn, said: Said) -> None:
    words = "" if said.key else clean(said.text)
    if len(words) > LONGEST_WORDS or not (words or said.key or said.photo):
        raise BadInput(texts.WORDS_EXAMPLE)
    turn.draft |= {"words": words, "photo": said.photo}


def _ask_sure(turn: Turn) -> Reply:
    task = _task(turn, turn.draft["ref"])
    choices = rows(Choice(texts.SEND, "send"), Choice(texts.CHANGE, "change"))
    if task is None:
        return Reply(texts.GONE, choices)
    return Reply(texts.hand_in_card(task, turn.today, turn.draft["words"], photo=bool(turn.draft["photo"])), choices)


def _read_sure(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen("what", "sure")
    if said.key != "send":
        raise BadInput(texts.CARD_EXAMPLE)


def _finish(turn: Turn) -> list[Reply]:
    task = _task(turn, turn.draft["ref"])
    if task is None:
        return [overview(turn, texts.GONE)]
    clock, draft = turn.house.clock, turn.draft
    row = hand_in(
        turn.session,
        clock,
        task,
        turn.cadre.cadre_id,
        turn.now,
        draft["words"],
        turn.inbound.channel,
        draft["photo"],
    )
    if row is None:
        return [overview(turn, texts.ACCEPTED_ALREADY)]
    told = _tell_superiors(turn, task, row)
    return [Reply(texts.handed_in(task, row, clock.local(turn.now), told=told), rows(_SEE_ALL))]


def _tell_superiors(turn: Turn, task: Task, row: DeadlineSubmission) -> bool:
    units, followers = load_units(turn.session, turn.today), followers_by_unit(turn.session, turn.today)
    text, turn_no = texts.notice_submitted(task.title, task.unit), len(history(turn.session, row.id or 0))
    choice = Choice(texts.waiting_button(1).split(" (")[0], f"/hanxet {row.id}")
    told = [
        tell(turn, cadre_id, SUBMITTED, f"{SUBMITTED}:{row.id}:{turn_no}:{cadre_id}", text, choice)
        for cadre_id in sorted(who_waits(units, followers, task.unit.id) - {turn.cadre.cadre_id})
    ]
    return any(told)


def title_of(row: DeadlineSubmission) -> str:
    """What was handed in, in the words of its plan; its bare name when the plan is gone."""
    deadlines = load_plan(row.plan_id).file.deadlines if row.plan_id in known_plans() else ()
    return next((deadline.title for deadline in deadlines if deadline.id == row.deadline_id), row.deadline_id)


def _waiting(turn: Turn, _args: str) -> list[Reply]:
    return [_waiting_list(turn)]


def _waiting_list(turn: Turn, before: str = "") -> Reply:
    found = waiting_for(turn.session, turn.cadre, turn.today)
    clock = turn.house.clock
    lines = [texts.submission_line(title_of(row), unit, row, clock.local(row.submitted_at)) for row, unit in found]
    text = "\n".join([texts.WAITING_HEADING, *lines[:SHOWN]]) if lines else texts.NOTHING_WAITS
    choices = [Choice(label(unit.name), f"/hanxet {row.id}") for row, unit in found[:SHOWN]]
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices, _SEE_ALL, width=1))


def _found(turn: Turn, args: str) -> tuple[DeadlineSubmission, UnitRow] | None:
    word = args.strip()
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
    row = find_waiting(turn.session, turn.cadre, number, turn.today)
    unit = unit_by_id(turn.session, row.unit_id, turn.today) if row is not None else None
    return (row, unit) if row is not None and unit is not None else None


def _consider(turn: Turn, args: str) -> list[Reply]:
    found = _found(turn, args)
    if found is None:
        return [_waiting_list(turn, texts.WAITING_GONE)]
    row, unit = found
    who = turn.session.get(Cadre, row.submitted_by)
    local = turn.house.clock.local(row.submitted_at)
    text = texts.submission_card(title_of(row), unit, row, local, who.full_name if who else "")
    photo = (Attachment("stored_file", "minh-chung.jpg", {"file": row.file_id}),) if row.file_id else ()
    choices = rows(Choice(texts.ACCEPT, f"/hannhan {row.id}"), Choice(texts.RETURN, f"/hantra {row.id}"), _SEE_ALL)
    return [Reply(text, choices, photo)]


def _accept(turn: Turn, args: str) -> list[Reply]:
    found = _found(turn, args)
    return [_reviewed(turn, found)] if found is not None else [_waiting_list(turn, texts.WAITING_GONE)]


def _return(turn: Turn, args: str) -> list[Reply] | Start:
    found = _found(turn, args)
    return [_waiting_list(turn, texts.WAITING_GONE)] if found is None else Start(RETURN, {"id": found[0].id})


def _read_reason(turn: Turn, said: Said) -> None:
    reason = clean(said.text)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise BadInput(texts.REASON_EXAMPLE)
    turn.draft["reason"] = reason


def _finish_return(turn: Turn) -> list[Reply]:
    found = _found(turn, str(turn.draft["id"]))
    if found is None:
        return [_waiting_list(turn, texts.WAITING_GONE)]
    return [_reviewed(turn, found, turn.draft["reason"])]


def _reviewed(turn: Turn, found: tuple[DeadlineSubmission, UnitRow], reason: str = "") -> Reply:
    row, unit = found
    review(turn.session, turn.cadre, row.id or 0, turn.today, turn.now, reason=reason)
    title = title_of(row)
    text = texts.notice_reviewed(title, unit, turn.cadre.name, reason=reason)
    key = f"{REVIEWED}:{row.id}:{len(history(turn.session, row.id or 0))}"
    tell(turn, row.submitted_by, REVIEWED, key, text, _SEE_ALL)
    return _waiting_list(turn, texts.reviewed(title, unit, reason=reason))


HAND_IN = Flow(
    "hand_in",
    texts.TITLE,
    (Step("what", _ask_what, _read_what, photos=True), Step("sure", _ask_sure, _read_sure)),
    _finish,
)
RETURN = Flow(
    "return_submission",
    texts.RETURN_TITLE,
    (Step("reason", lambda _turn: Reply(texts.ASK_REASON), _read_reason),),
    _finish_return,
)
FLOWS = (HAND_IN, RETURN)
COMMANDS = (
    Command(
        "han",
        _deadlines,
        Audience.CADRE,
        label="Hạn",
        help="các hạn của tôi và đơn vị: nộp, nhận, trả lại, lịch điện thoại",
        words=("han", "han nop", "cac han", "den han"),
    ),
    Command("hanxem", _see, Audience.CADRE),
    Command("hannop", _hand_in, Audience.CADRE),
    Command("hancho", _waiting, Audience.FOLLOWER),
    Command("hanxet", _consider, Audience.FOLLOWER),
    Command("hannhan", _accept, Audience.FOLLOWER),
    Command("hantra", _return, Audience.FOLLOWER),
)
