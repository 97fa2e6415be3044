"""Criticism rounds: /gopy lists them, /gopymo opens one, /gopyviet takes an opinion, /gopyduyet moderates and answers.

Authors are shown in one place, the card of whoever moderates the opinion; every other text goes without them.
"""

import re
from datetime import date

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label
from handlers.flow import BadInput, Flow, Reopen, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.reading import NotRead
from handlers.telling import tell
from handlers.texts import criticism as texts
from handlers.turn import Turn
from handlers.when import read_coming_day
from storage import criticism as rounds
from storage.deadlines import followers_by_unit, led_units, settle, who_waits
from storage.models import Cadre, CriticismRound, Opinion
from storage.people import unit_name
from storage.plan_work import load_units
from storage.plans.sections import StepKind
from storage.text import clean

OPENED, ANSWERED, ENDED, WAITS = "criticism_opened", "opinion_answered", "criticism_closed", "opinion_waits"


def _number(args: str) -> int:
    word = args.strip()
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0


def _unit(turn: Turn, row: CriticismRound) -> str:
    return unit_name(turn.session, row.unit_id, turn.today)


def _kinds(turn: Turn) -> dict[str, tuple[rounds.Kind, int]]:
    """The rounds the speaker may open, with their units."""
    found: dict[str, tuple[rounds.Kind, int]] = {}
    for unit_id in sorted(led_units(turn.session, turn.cadre.cadre_id, turn.today)):
        for kind in rounds.kinds(turn.session, turn.house.plan, unit_id, turn.today):
            found[f"{unit_id}:{kind.run.plan.id}:{kind.round.id}"] = kind, unit_id
    return found


def _list(turn: Turn, before: str = "") -> Reply:
    found = rounds.rounds_of(turn.session, turn.cadre.cadre_id, turn.today)
    lines = [texts.line(row, rounds.plan_round(row), _unit(turn, row)) for row in found]
    text = "\n".join([texts.HEADING, *lines]) if lines else texts.NOTHING
    choices = [Choice(label(f"{row.id} · {rounds.plan_round(row).title}"), f"/gopyxem {row.id}") for row in found[:6]]
    waiting = len(rounds.to_moderate(turn.session, turn.cadre.cadre_id, turn.today))
    choices += [Choice(f"Ý kiến chờ tôi ({waiting})", "/gopyduyet")] if waiting else []
    choices += [Choice(texts.OPEN, "/gopymo")] if _kinds(turn) else []
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices, width=1))


def _find(turn: Turn, args: str) -> CriticismRound | None:
    return rounds.find_round(turn.session, turn.cadre.cadre_id, _number(args), turn.today)


def _see(turn: Turn, args: str, before: str = "") -> list[Reply]:
    row = _find(turn, args)
    if row is None:
        return [_list(turn, texts.GONE)]
    session, kind, me = turn.session, rounds.plan_round(row), turn.cadre.cadre_id
    names, opinions = rounds.subjects_of(session, row), rounds.opinions_of(session, row)
    parts = [texts.page(row, kind, _unit(turn, row), names.values(), rounds.dues_of(session, row), turn.today)]
    if row.owner_id == me or row.step == rounds.CLOSED:
        parts.append(texts.counts(opinions))
    mine = [one for one in opinions if one.admitted and one.subject_id == me and not rounds.takes_opinions(row)]
    parts += [texts.admitted("Ý kiến về đồng chí:", mine)] if mine else []
    choices = []
    if rounds.takes_opinions(row):
        choices.append(Choice(texts.WRITE, f"/gopyviet {row.id}"))
    if row.owner_id == me and row.step != rounds.CLOSED:
        choices.append(Choice(f"Xong bước {texts.step_name(row.step)}", f"/gopybuoc {row.id}"))
    text = "\n\n".join([*([before] if before else []), *parts])
    return [Reply(text, rows(*choices, Choice(texts.SEE_ALL, "/gopy"), width=1))]


def _open(turn: Turn, _args: str) -> list[Reply] | Start:
    return Start(OPEN) if _kinds(turn) else [_list(turn, texts.NO_KIND)]


def _ask_kind(turn: Turn) -> Reply:
    choices = (
        Choice(label(f"{unit_name(turn.session, unit_id, turn.today)}: {kind.round.title}", 60), key)
        for key, (kind, unit_id) in _kinds(turn).items()
    )
    return Reply(texts.ASK_KIND, rows(*choices, width=1))


def _read_kind(turn: Turn, said: Said) -> None:
    found = _kinds(turn).get(said.key)
    if found is None:
        raise BadInput(texts.KIND_EXAMPLE)
    kind, unit_id = found
    if rounds.running(turn.session, unit_id, kind.run.plan.id, kind.round.id) is not None:
        raise BadInput(texts.RUNNING)
    turn.draft["kind"] = said.key


def _members(turn: Turn) -> dict[int, str]:
    return rounds.members(turn.session, _kinds(turn)[turn.draft["kind"]][1], turn.today)


def _ask_whom(turn: Turn) -> Reply:
    lines = ["0. Tập thể", *(f"{number}. {name}" for number, name in enumerate(_members(turn).values(), 1))]
    return Reply("\n".join([texts.ASK_WHOM, *lines]), rows(Choice(texts.COMMITTEE, "committee")))


def _read_whom(turn: Turn, said: Said) -> None:
    ids = list(_members(turn))
    words = ["0"] if said.key else re.findall(r"\w+", said.text)
    if not words or not all(word.isascii() and word.isdecimal() and int(word) <= len(ids) for word in words):
        raise BadInput(texts.WHOM_EXAMPLE)
    numbers = sorted({int(word) for word in words})
    turn.draft |= {"committee": 0 in numbers, "subjects": [ids[number - 1] for number in numbers if number]}


def _missing(turn: Turn) -> list[StepKind]:
    kind = _kinds(turn)[turn.draft["kind"]][0]
    given = rounds.dues_of_plan(kind, turn.today)
    return [step for step in rounds.steps(kind.round) if given.get(step, date.min) < turn.today]


def _read_due(turn: Turn, said: Said) -> None:
    try:
        day = read_coming_day(said.text, turn.today)
    except NotRead as not_read:
        raise BadInput(texts.DAY_EXAMPLE) from not_read
    if day < turn.today:
        raise BadInput(texts.DAY_EXAMPLE)
    turn.draft["due"] = day.isoformat()


def _dues(turn: Turn) -> dict[StepKind, date]:
    kind, missing = _kinds(turn)[turn.draft["kind"]][0], _missing(turn)
    given = rounds.dues_of_plan(kind, turn.today)
    return {
        step: date.fromisoformat(turn.draft["due"]) if step in missing else given[step]
        for step in rounds.steps(kind.round)
    }


def _ask_open(turn: Turn) -> Reply:
    kind, unit_id = _kinds(turn)[turn.draft["kind"]]
    names = _members(turn)
    who = [*(["tập thể"] if turn.draft["committee"] else []), *(names[one] for one in turn.draft["subjects"])]
    text = texts.open_card(kind.round, unit_name(turn.session, unit_id, turn.today), ", ".join(who), _dues(turn))
    return Reply(text, rows(Choice(texts.SAVE, "save"), Choice(texts.CHANGE, "change")))


def _read_open(_turn: Turn, said: Said) -> None:
    if said.key == "change":
        raise Reopen("kind", "whom", "due", "sure")
    if said.key != "save":
        raise BadInput(texts.SURE_EXAMPLE)


def _finish_open(turn: Turn) -> list[Reply]:
    kind, unit_id = _kinds(turn)[turn.draft["kind"]]
    row = rounds.open_round(
        turn.session,
        kind,
        unit_id,
        turn.cadre.cadre_id,
        turn.draft["subjects"],
        _dues(turn),
        turn.now,
        committee=turn.draft["committee"],
    )
    told = _tell_asked(turn, row, OPENED, texts.notice_opened(kind.round, _unit(turn, row)))
    return _see(turn, str(row.id), texts.opened(kind.round, told))


def _tell_asked(turn: Turn, row: CriticismRound, kind: str, text: str) -> int:
    choice = Choice("Xem", f"/gopyxem {row.id}")
    people = sorted(rounds.asked(turn.session, row.unit_id, turn.today) - {turn.cadre.cadre_id})
    return sum(tell(turn, one, kind, f"{kind}:{row.id}:{one}", text, choice) for one in people)


def _write(turn: Turn, args: str) -> list[Reply] | Start:
    row = _find(turn, args)
    if row is None or not rounds.takes_opinions(row):
        return [_list(turn, texts.GONE)]
    return Start(WRITE, {"round": row.id})


def _round(turn: Turn) -> CriticismRound:
    row = turn.session.get(CriticismRound, turn.draft["round"])
    if row is None:
        raise LookupError("no such round")
    return row


def _ask_subject(turn: Turn) -> Reply:
    row = _round(turn)
    choices = [Choice(texts.COMMITTEE, "0")] if row.committee else []
    choices += [Choice(name, str(one)) for one, name in rounds.subjects_of(turn.session, row).items()]
    return Reply(texts.ASK_SUBJECT, rows(*choices, width=1))


def _read_subject(turn: Turn, said: Said) -> None:
    if not said.key:
        raise BadInput(texts.CHOOSE_EXAMPLE)
    if int(said.key) == turn.cadre.cadre_id:
        raise BadInput(texts.ABOUT_ONESELF)
    turn.draft["subject"] = int(said.key) or None


def _read_item(name: str, turn: Turn, said: Said) -> None:
    if not said.key:
        raise BadInput(texts.CHOOSE_EXAMPLE)
    turn.draft[name] = said.key


def _read_words(turn: Turn, said: Said) -> None:
    words = clean(said.text)
    if not 5 <= len(words) <= 1500:
        raise BadInput(texts.WORDS_EXAMPLE)
    turn.draft["words"] = words


def _finish_write(turn: Turn) -> list[Reply]:
    draft, row = turn.draft, _round(turn)
    if not rounds.takes_opinions(row):
        return [_list(turn, texts.GONE)]
    opinion = Opinion(
        criticism_id=row.id or 0,
        author_id=turn.cadre.cadre_id,
        source=draft.get("source", ""),
        subject_id=draft["subject"],
        theme=draft.get("theme", ""),
        words=draft["words"],
        written_at=turn.now,
    )
    turn.session.add(opinion)
    turn.session.flush()
    if opinion.subject_id == row.owner_id:
        units, followers = load_units(turn.session, turn.today), followers_by_unit(turn.session, turn.today)
        for one in sorted(who_waits(units, followers, row.unit_id) - {row.owner_id}):
            text = texts.notice_moderate(_unit(turn, row))
            tell(turn, one, WAITS, f"{WAITS}:{opinion.id}:{one}", text, Choice("Xem", "/gopyduyet"))
    return [_list(turn, texts.WRITTEN)]


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
        author.full_name if author else "",
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
    opinion = _mine(turn, _number(args))
    if opinion is None:
        return [_list(turn, texts.GONE)]
    opinion.admitted = True
    turn.session.add(opinion)
    turn.session.flush()
    return [_next(turn, texts.ADMITTED)]


def _answer(turn: Turn, args: str) -> list[Reply] | Start:
    number, _, outcome = args.strip().partition(" ")
    opinion = _mine(turn, _number(number))
    if opinion is None or outcome not in (_ANSWERS if opinion.admitted else (rounds.SET_ASIDE,)):
        return [_list(turn, texts.GONE)]
    return Start(ANSWER, {"opinion": opinion.id, "outcome": outcome})


def _read_reason(turn: Turn, said: Said) -> None:
    reason = clean(said.text)
    if not 3 <= len(reason) <= 500:
        raise BadInput(texts.REASON_EXAMPLE)
    turn.draft["reason"] = reason


def _finish_answer(turn: Turn) -> list[Reply]:
    opinion = _mine(turn, turn.draft["opinion"])
    if opinion is None:
        return [_list(turn, texts.GONE)]
    rounds.decide(turn.session, opinion, turn.cadre.cadre_id, turn.draft["outcome"], turn.draft["reason"], turn.now)
    return [_next(turn, texts.DECIDED)]


def _owned(turn: Turn, number: int) -> CriticismRound | None:
    row = turn.session.get(CriticismRound, number)
    return row if row is not None and row.owner_id == turn.cadre.cadre_id and row.step != rounds.CLOSED else None


def _step(turn: Turn, args: str) -> list[Reply] | Start:
    row = _owned(turn, _number(args))
    if row is None:
        return [_list(turn, texts.GONE)]
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
    return Reply(texts.ASK_STEP[step], () if worded else rows(Choice(texts.SAVE, "save")))


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
        return [_list(turn, texts.GONE)]
    step = StepKind(row.step)
    if step is StepKind.REPORT_BACK and (reply := _not_yet(turn, row)) is not None:
        return [reply]
    if step is StepKind.ABSORB:
        row.absorbed = draft["words"]
    if step is StepKind.REVIEW:
        row.minutes = draft["words"]
        row.photo_channel, row.photo = (turn.inbound.channel, draft["photo"]) if draft["photo"] else ("", "")
    rounds.advance(turn.session, row, turn.now)
    _settle(turn, row, step)
    if row.step == rounds.CLOSED:
        _report_back(turn, row)
    return _see(turn, str(row.id), texts.stepped(row))


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
    kind, unit, opinions = rounds.plan_round(row), _unit(turn, row), rounds.opinions_of(turn.session, row)
    for one in opinions:
        tell(turn, one.author_id, ANSWERED, f"{ANSWERED}:{one.id}", texts.answered(one, kind, unit))
    _tell_asked(turn, row, ENDED, texts.closed(kind, unit, opinions))


def _ask_items(name: str, turn: Turn) -> Reply:
    kind = rounds.plan_round(_round(turn))
    items, question = (kind.contributors, texts.ASK_SOURCE) if name == "source" else (kind.themes, texts.ASK_THEME)
    return Reply(question, rows(*(Choice(label(item.title, 60), item.id) for item in items), width=1))


OPEN = Flow(
    "open_criticism",
    texts.OPEN_TITLE,
    (
        Step("kind", _ask_kind, _read_kind),
        Step("whom", _ask_whom, _read_whom, wants_number=True),
        Step(
            "due",
            lambda turn: Reply(texts.ask_dues(_missing(turn))),
            _read_due,
            applies=lambda turn: bool(_missing(turn)),
            wants_number=True,
        ),
        Step("sure", _ask_open, _read_open),
    ),
    _finish_open,
)
WRITE = Flow(
    "opinion",
    texts.WRITE_TITLE,
    (
        Step("subject", _ask_subject, _read_subject),
        Step(
            "source",
            lambda turn: _ask_items("source", turn),
            lambda turn, said: _read_item("source", turn, said),
            applies=lambda turn: bool(rounds.plan_round(_round(turn)).contributors),
        ),
        Step(
            "theme",
            lambda turn: _ask_items("theme", turn),
            lambda turn, said: _read_item("theme", turn, said),
            applies=lambda turn: bool(rounds.plan_round(_round(turn)).themes),
        ),
        Step("words", lambda _turn: Reply(texts.ASK_WORDS), _read_words),
    ),
    _finish_write,
)
ANSWER = Flow(
    "answer_opinion",
    texts.ANSWER_TITLE,
    (Step("reason", lambda _turn: Reply(texts.ASK_REASON), _read_reason),),
    _finish_answer,
)
STEP = Flow("criticism_step", texts.STEP_TITLE, (Step("done", _ask_step, _read_step, photos=True),), _finish_step)
FLOWS = (OPEN, WRITE, ANSWER, STEP)
COMMANDS = (
    Command(
        "gopy",
        lambda turn, _args: [_list(turn)],
        Audience.CADRE,
        label="Góp ý",
        of_unit=True,
        help="đợt góp ý, tự phê bình và phê bình: gửi ý kiến, mở đợt, trả lời",
        words=("gop y", "dot gop y", "tu phe binh", "phe binh"),
    ),
    Command("gopyxem", _see, Audience.CADRE),
    Command("gopymo", _open, Audience.CADRE),
    Command("gopyviet", _write, Audience.CADRE),
    Command("gopyduyet", _moderate, Audience.CADRE),
    Command("gopynhan", _admit, Audience.CADRE),
    Command("gopytraloi", _answer, Audience.CADRE),
    Command("gopybuoc", _step, Audience.CADRE),
)
