"""What criticism rounds show: the list of them, one round, and whom they tell."""

from handlers.conversations.unit import label
from handlers.messages import Attachment, Choice, Reply, rows
from handlers.telling import tell
from handlers.texts import criticism as texts
from handlers.turn import Turn
from storage import criticism as rounds
from storage.deadlines import led_units
from storage.models import CriticismRound
from storage.people import unit_name


def number_in(args: str) -> int:
    word = args.strip()
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0


def unit_of(turn: Turn, row: CriticismRound) -> str:
    return unit_name(turn.session, row.unit_id, turn.today)


def kinds_of(turn: Turn) -> dict[str, tuple[rounds.Kind, int]]:
    """The rounds the speaker may open, with their units."""
    found: dict[str, tuple[rounds.Kind, int]] = {}
    for unit_id in sorted(led_units(turn.session, turn.cadre.cadre_id, turn.today)):
        for kind in rounds.kinds(turn.session, turn.house.plan, unit_id, turn.today):
            found[f"{unit_id}:{kind.run.plan.id}:{kind.round.id}"] = kind, unit_id
    return found


def listed(turn: Turn, before: str = "") -> Reply:
    found = rounds.rounds_of(turn.session, turn.cadre.cadre_id, turn.today)
    lines = [texts.line(row, rounds.plan_round(row), unit_of(turn, row)) for row in found]
    text = "\n".join([texts.HEADING, *lines]) if lines else texts.NOTHING
    choices = [Choice(label(f"{row.id} · {rounds.plan_round(row).title}"), f"/gopyxem {row.id}") for row in found[:6]]
    waiting = len(rounds.to_moderate(turn.session, turn.cadre.cadre_id, turn.today))
    choices += [Choice(f"Ý kiến chờ tôi ({waiting})", "/gopyduyet")] if waiting else []
    choices += [Choice(texts.OPEN, "/gopymo")] if kinds_of(turn) else []
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices, width=1))


def found(turn: Turn, args: str) -> CriticismRound | None:
    return rounds.find_round(turn.session, turn.cadre.cadre_id, number_in(args), turn.today)


def page(turn: Turn, args: str, before: str = "") -> list[Reply]:
    row = found(turn, args)
    if row is None:
        return [listed(turn, texts.GONE)]
    session, kind, me = turn.session, rounds.plan_round(row), turn.cadre.cadre_id
    names, opinions = rounds.subjects_of(session, row), rounds.opinions_of(session, row)
    parts = [texts.page(row, kind, unit_of(turn, row), names.values(), rounds.dues_of(session, row), turn.today)]
    if row.owner_id == me or row.step == rounds.CLOSED:
        parts.append(texts.counts(opinions))
    if row.owner_id == me and kind.contributors:
        parts.append(texts.heard(kind, opinions))
    parts += texts.said(row)
    mine = [one for one in opinions if one.admitted and one.subject_id == me and not rounds.takes_opinions(row)]
    parts += [texts.admitted("Ý kiến về đồng chí:", mine)] if mine else []
    choices = []
    if rounds.takes_opinions(row):
        choices.append(Choice(texts.WRITE, f"/gopyviet {row.id}"))
    if row.owner_id == me and row.step != rounds.CLOSED:
        choices.append(Choice(f"Xong bước {texts.step_name(row.step)}", f"/gopybuoc {row.id}"))
    if any(one.id == row.id for one in rounds.orphans(session, me, turn.today)):
        choices.append(Choice(texts.TAKE_OVER, f"/gopychutri {row.id}"))
    text = "\n\n".join([*([before] if before else []), *parts])
    files = (Attachment("stored_file", "bien-ban.jpg", {"file": row.file_id}),) if row.file_id is not None else ()
    return [Reply(text, rows(*choices, Choice(texts.SEE_ALL, "/gopy"), width=1), files)]


def tell_asked(turn: Turn, row: CriticismRound, kind: str, text: str) -> int:
    choice = Choice("Xem", f"/gopyxem {row.id}")
    people = sorted(rounds.asked(turn.session, row.unit_id, turn.today) - {turn.cadre.cadre_id})
    return sum(tell(turn, one, kind, f"{kind}:{row.id}:{one}", text, choice) for one in people)


def round_of(turn: Turn) -> CriticismRound:
    row = turn.session.get(CriticismRound, turn.draft["round"])
    if row is None:
        raise LookupError("no such round")
    return row
