"""How a cadre stands (/tiendo) and why (/visao): only ever about the one who asks."""

from datetime import date

from handlers.commands import Audience, Command
from handlers.messages import Attachment, Choice, Reply, rows
from handlers.texts import progress as texts
from handlers.turn import Turn
from handlers.views.progress import KINDS, Progress, look, picture, text
from handlers.views.rulings import rulings_on
from handlers.when import read_period
from storage.compliance import Explanation, Result
from storage.compliance.counting import Reason
from storage.people import positions_of
from storage.periods import Period, PeriodKind
from storage.terms import EntryKind, Requirement, Status
from storage.text import fold

MOST_LINES = 10
MOST_MENDS = 4
# What the owner of an entry can still supply, so that it counts.
MENDABLE = {
    Reason.RETURNED,
    Reason.NO_DURATION,
    Reason.UNKNOWN_ORGANISER,
    Reason.NOT_RECOGNISED,
    Reason.NO_RECOGNITION_DAY,
    Reason.UNKNOWN_TIME,
}
_LOGGED_AS = {
    Requirement.VOLUNTEER_HOURS: EntryKind.VOLUNTEER_HOURS,
    Requirement.INITIATIVE: EntryKind.INITIATIVE,
    Requirement.CULTURE_SPORT: EntryKind.CULTURE_SPORT,
    Requirement.YOUTH_SHIRT: EntryKind.YOUTH_SHIRT,
    Requirement.SUMMONED_MEETINGS: EntryKind.SUMMONED_MEETING,
}


def read_shown(args: str, today: date) -> Period | None:
    """A week, month or year: "tuần", "tháng trước", "2026-W46"; None for the present ones of all three kinds.

    Raises ValueError for anything else, quarters and days to come included.
    """
    if not args.strip():
        return None
    period = read_period(args, today)
    if period.kind not in KINDS or period.start > today:
        raise ValueError(args)
    return period


def _progress(turn: Turn, args: str) -> list[Reply]:
    try:
        period = read_shown(args, turn.today)
    except ValueError:
        return [Reply(texts.PERIOD_EXAMPLE, rows(Choice(texts.PROGRESS, "/tiendo")))]
    kinds = KINDS if period is None else (period.kind,)
    on = turn.today if period is None else min(period.end, turn.today)
    progress = look(turn.session, turn.house, turn.cadre.cadre_id, on)
    if progress.owes_nothing:
        return [Reply(texts.nothing_owed(progress.explanations[0].result.note), rows(*_further(progress, kinds)))]
    said = text(progress, kinds, closed=period is not None and period.end < turn.today)
    image = Attachment("progress_chart", "tien-do.png", dict(picture(progress, kinds)), texts.picture_alt(on))
    asked = [_why_choice(found.requirement, found.period) for found in progress.unmet(kinds)]
    results = [found.result for found in progress.explanations] if period is None else []
    forms = [choice for one in results if one.requirement in texts.FORMS for choice in _log_choices(one)]
    further = [*forms, *_further(progress, kinds)]
    return [Reply(said, (*rows(*asked, width=1), *rows(*further)), (image,))]


def _further(progress: Progress, kinds: tuple[PeriodKind, ...]) -> list[Choice]:
    before = [
        Period.of(kind, progress.on).previous() for kind in kinds if kind is not PeriodKind.YEAR or len(kinds) == 1
    ]
    earlier = [Choice(texts.before_label(period.kind), f"/tiendo {period.key}") for period in before]
    return [Choice(texts.LOG, "/ghi"), Choice(texts.HISTORY, "/lichsu"), *earlier]


def _why_choice(requirement: Requirement, period: Period) -> Choice:
    return Choice(texts.why_label(requirement), f"/visao {requirement.value} {period.key}")


def _why(turn: Turn, args: str) -> list[Reply]:
    name, _, key = args.strip().partition(" ")
    try:
        requirement, period = _in_words(args), None
        if requirement is None:
            requirement = Requirement(name.lower())  # type: ignore[call-arg]  # looking a Term up takes its value alone
            period = read_shown(key, turn.today)
    except ValueError:
        return [_what_to_explain(turn)]
    on = turn.today if period is None else min(period.end, turn.today)
    progress = look(turn.session, turn.house, turn.cadre.cadre_id, on)
    return [_explained(turn, progress, progress.of(requirement))]


def _in_words(said: str) -> Requirement | None:
    """The one requirement whose short name has the words of ``said``: "sáng kiến", "van nghe"."""
    words = fold(said)
    found = [requirement for requirement, name in texts.SHORT.items() if words and words in fold(name)]
    return found[0] if len(found) == 1 else None


def _what_to_explain(turn: Turn) -> Reply:
    plan = turn.house.plan
    choices = [_why_choice(asked, Period.of(plan.period_of(asked), turn.today)) for asked in Requirement]
    return Reply(texts.WHAT_TO_EXPLAIN, rows(*choices, width=1))


def _explained(turn: Turn, progress: Progress, explanation: Explanation) -> Reply:
    plan, result = progress.plan, explanation.result
    parts = [texts.why_heading(plan, result)]
    if result.clause is not None:
        parts.append(texts.source(plan, result.clause, plan.clause(result.clause)))
        units = [position.unit_type for position in positions_of(turn.session, turn.cadre.cadre_id, progress.on)]
        unsettled = [ruling for ruling in rulings_on(plan, [result.clause], units) if ruling.to_confirm]
        parts += [texts.reading(ruling.question, ruling.readings[ruling.chosen]) for ruling in unsettled]
    used = [(progress.entry(item.entry_id), item.amount, item.remark) for item in explanation.used]
    unused = [(progress.entry(item.entry_id), item.reason) for item in explanation.unused]
    if result.requirement not in texts.FORMS:
        parts.append(texts.used(used[:MOST_LINES], texts.unit_of(plan, result.requirement), len(used[MOST_LINES:])))
        reasons = [(entry, reason.label) for entry, reason in unused[:MOST_LINES]]
        parts.append(texts.unused(reasons, len(unused[MOST_LINES:])))
        closed = explanation.gap and result.period.end < turn.today
        parts.append(texts.CLOSED if closed else texts.cheapest(explanation.cheapest))
    mends = [entry for entry, reason in unused if reason in MENDABLE][:MOST_MENDS]
    choices = [Choice(texts.mend_label(entry), f"/muc {entry.id}") for entry in mends]
    choices += _log_choices(result)
    choices.append(Choice(texts.PROGRESS, f"/tiendo {result.period.key}"))
    return Reply("\n\n".join(filter(None, parts)), rows(*choices, width=1))


def _log_choices(result: Result) -> list[Choice]:
    """Buttons to the forms that feed this requirement."""
    if result.alternatives:
        return [Choice(texts.LOG_WAYS[way.activity], f"/ghi {way.activity.value}") for way in result.alternatives]
    if result.requirement in texts.HAND_IN and result.status in {Status.IN_PROGRESS, Status.NOT_MET}:
        return [Choice(*texts.HAND_IN[result.requirement])]
    kind = _LOGGED_AS.get(result.requirement)
    return [Choice(texts.LOG_NOW, f"/ghi {kind.value}")] if kind else []


COMMANDS = (
    Command(
        "tiendo",
        _progress,
        Audience.CADRE,
        label="Tiến độ",
        help="tuần này, tháng này, năm nay đã làm được gì, còn thiếu gì",
        words=("tien do", "tien do cua toi", "con thieu gi"),
    ),
    Command("visao", _why, Audience.CADRE, words=("vi sao", "tai sao")),
)
