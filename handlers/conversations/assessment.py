"""Assessing the year: /danhgia for followers of the unit or of the one above it (K-06).

Comments from the plan's sources (K-13), one rating of its scale for each registered cadre (K-22), chosen by people.
"""

from datetime import date, timedelta
from typing import Any

from handlers.commands import Audience, Command, Start
from handlers.conversations.unit import label, paged
from handlers.flow import BadInput, Flow, Said, Step
from handlers.messages import Choice, Reply, rows
from handlers.reading import NotRead
from handlers.telling import tell
from handlers.texts import assessment as texts
from handlers.texts import common
from handlers.texts.wording import day
from handlers.turn import Turn
from handlers.when import read_coming_day
from storage.assessment import (
    comment,
    comments_of,
    find_person,
    outcome_of,
    people_of,
    rate,
    standing_of,
    units_in_reach,
)
from storage.documents import RefusedError, committee_of, home_unit, own_document
from storage.models import DocumentState
from storage.people import UnitRow
from storage.terms import DocumentKind
from storage.text import clean
from storage.visible import SeenCadre
from storage.year_round import YearRound, round_of, scale_of

PAGE = 8
RATED = "assessed"


def year_in(turn: Turn, args: str) -> tuple[str, int]:
    """ "DCS1 2025" as ("DCS1", 2025); without a year, this one."""
    words = args.split()
    if words and words[-1].isascii() and words[-1].isdecimal() and len(words[-1]) == 4:
        year = int(words[-1])
        if turn.today.year - 1 <= year <= turn.today.year:
            return " ".join(words[:-1]), year
    return args.strip(), turn.today.year


def _unit(turn: Turn, args: str) -> list[Reply]:
    wanted, page = paged(args)
    code, year = year_in(turn, wanted)
    units = units_in_reach(turn.session, turn.cadre, turn.today)
    found = [unit for unit in units if unit.code.lower() == code.lower()] if code else units
    if not found:
        return [Reply(texts.NOT_FOUND, common.MENU_BUTTON)]
    if len(found) > 1:
        shown = found[(page - 1) * PAGE : page * PAGE]
        choices = [Choice(label(unit.name), f"/danhgia {unit.code} {year}") for unit in shown]
        if len(found) > page * PAGE:
            choices.append(Choice(texts.MORE, f"/danhgia {year} #{page + 1}"))
        return [Reply(texts.CHOOSE_UNIT, rows(*choices, width=1))]
    return [_people(turn, found[0], year, page)]


def _people(turn: Turn, unit: UnitRow, year: int, page: int) -> Reply:
    people = people_of(turn.session, turn.cadre, unit.id, year, turn.today)
    if not people:
        return Reply(texts.NOBODY, rows(Choice(texts.UNIT, "/danhgia")))
    the_round = round_of(turn.session, turn.house.plan, unit.id, turn.today)
    body = committee_of(turn.session, unit.id, turn.today)
    shown = people[(page - 1) * PAGE : page * PAGE]
    lines = [texts.unit_heading(unit, year, body, people), *(texts.person_line(one, the_round) for one in shown)]
    choices = [Choice(label(one.cadre.name), f"/danhgianguoi {one.cadre.code} {year}") for one in shown]
    if len(people) > page * PAGE:
        choices.append(Choice(texts.MORE, f"/danhgia {unit.code} {year} #{page + 1}"))
    return Reply("\n".join(lines), rows(*choices))


def _meant(turn: Turn, args: str) -> tuple[SeenCadre, UnitRow, YearRound, int] | None:
    """The person, the unit of their highest position, its year's round, and the year."""
    code, year = year_in(turn, args)
    cadre = find_person(turn.session, turn.cadre, code, turn.today)
    unit = home_unit(turn.session, cadre.id, turn.today) if cadre is not None else None
    if cadre is None or unit is None:
        return None
    return cadre, unit, round_of(turn.session, turn.house.plan, unit.id, turn.today), year


def _person(turn: Turn, args: str) -> list[Reply]:
    return [_page(turn, args)]


def _page(turn: Turn, args: str, before: str = "") -> Reply:
    found = _meant(turn, args)
    if found is None:
        return Reply(texts.NOT_FOUND, common.MENU_BUTTON)
    cadre, unit, the_round, year = found
    turn.shows(cadre.id)
    outcome = outcome_of(turn.session, cadre.id, year)
    rating = scale_of(outcome.plan_id).get(outcome.rating, outcome.rating) if outcome is not None else ""
    comments = comments_of(turn.session, cadre.id, year)
    standing = standing_of(turn.session, cadre, year)
    text = texts.person(standing, year, the_round, comments, outcome, rating)
    choices = [Choice(texts.COMMENT, f"/nhanxet {cadre.code} {year}")]
    if standing.is_registered:
        choices.append(Choice(texts.RATE, f"/xeploai {cadre.code} {year}"))
    for kind, name in ((DocumentKind.REGISTRATION, texts.REGISTRATION), (DocumentKind.SELF_REVIEW, texts.REVIEW)):
        form = own_document(turn.session, cadre.id, kind, year)
        if form is not None and form.is_handed_in:
            choices.append(Choice(name, f"/phieu {form.id}"))
    choices.append(Choice(texts.UNIT, f"/danhgia {unit.code} {year}"))
    return Reply(f"{before}\n\n{text}" if before else text, rows(*choices))


def _start(flow_name: str, turn: Turn, args: str) -> list[Reply] | Start:
    found = _meant(turn, args)
    if found is None:
        return [Reply(texts.NOT_FOUND, common.MENU_BUTTON)]
    cadre, unit, the_round, year = found
    draft: dict[str, Any] = {"code": cadre.code, "name": cadre.name, "year": year}
    draft["body"] = f"{committee_of(turn.session, unit.id, turn.today)} {unit.name}"
    draft["sources"] = [[item.id, item.title] for item in the_round.sources]
    draft["ratings"] = [[item.id, item.title] for item in the_round.ratings]
    draft["plan"] = the_round.scale_plan
    return Start(COMMENT if flow_name == "comment" else RATING, draft)


def _comment(turn: Turn, args: str) -> list[Reply] | Start:
    return _start("comment", turn, args)


def _rate(turn: Turn, args: str) -> list[Reply] | Start:
    found = _meant(turn, args)
    if found is not None and not standing_of(turn.session, found[0], found[3]).is_registered:
        refusal = f"Đồng chí {found[0].name} chưa có bản đăng ký năm {found[3]} nên chưa xếp loại được."
        return [Reply(refusal, rows(Choice(label(found[0].name), f"/danhgianguoi {found[0].code} {found[3]}")))]
    return _start("rate", turn, args)


def _ask_source(turn: Turn) -> Reply:
    return Reply(texts.WHICH_SOURCE, rows(*(Choice(name, f"s:{key}") for key, name in turn.draft["sources"]), width=1))


def _read_source(turn: Turn, said: Said) -> None:
    key = said.key.removeprefix("s:")
    if key not in dict(turn.draft["sources"]):
        raise BadInput(texts.source_example(dict(turn.draft["sources"]).values()))
    turn.draft["source"] = key


def _ask_words(turn: Turn) -> Reply:
    return Reply(f"{dict(turn.draft['sources'])[turn.draft['source']]} nhận xét {turn.draft['name']} thế nào?")


def _read_words(turn: Turn, said: Said) -> None:
    turn.draft["words"] = words_of(said, texts.WORDS_EXAMPLE)


def words_of(said: Said, example: str) -> str:
    """What somebody says of a year. Raises BadInput with ``example``."""
    words = clean(said.text)
    if not 3 <= len(words) <= 2000:
        raise BadInput(example)
    return words


def _finish_comment(turn: Turn) -> list[Reply]:
    draft = turn.draft
    args = f"{draft['code']} {draft['year']}"
    cadre = find_person(turn.session, turn.cadre, draft["code"], turn.today)
    if cadre is None:
        return [Reply(texts.NOT_FOUND, common.MENU_BUTTON)]
    comment(turn.session, turn.cadre, cadre.id, draft["year"], draft["source"], draft["words"], turn.now)
    done = texts.commented(cadre.name, dict(draft["sources"])[draft["source"]])
    return [_page(turn, args, done)]


def _ask_rating(turn: Turn) -> Reply:
    question = texts.ask_rating(turn.draft["name"], turn.draft["body"], turn.draft["year"])
    return Reply(question, rows(*(Choice(name, f"r:{key}") for key, name in turn.draft["ratings"])))


def _read_rating(turn: Turn, said: Said) -> None:
    key = said.key.removeprefix("r:")
    if key not in dict(turn.draft["ratings"]):
        raise BadInput(texts.rating_example(dict(turn.draft["ratings"]).values()))
    turn.draft["rating"] = key


def _ask_met(turn: Turn) -> Reply:
    example = f"{turn.today.day}/{turn.today.month}"
    return Reply(texts.MET_ON.format(body=turn.draft["body"], example=example), rows(Choice(texts.TODAY, "today")))


def _read_met(turn: Turn, said: Said) -> None:
    year: int = turn.draft["year"]
    example = texts.MET_ON_EXAMPLE.format(year=year, example=day(min(turn.today, date(year, 12, 31))))
    try:
        met = turn.today if said.key == "today" else read_coming_day(said.text, turn.today)
    except NotRead:
        raise BadInput(texts.MET_ON_UNREAD.format(example=day(turn.today))) from None
    if not date(year, 1, 1) <= met <= min(turn.today, date(year, 12, 31) + timedelta(days=180)):
        raise BadInput(example)
    turn.draft["met_on"] = met.isoformat()


def _ask_confirm(turn: Turn) -> Reply:
    level = dict(turn.draft["ratings"])[turn.draft["rating"]]
    met_on = date.fromisoformat(turn.draft["met_on"])
    missing = _missing(turn, met_on)
    text = texts.summary(turn.draft["name"], level, turn.draft["body"], day(met_on), missing)
    return Reply(text, rows(Choice(texts.YES, "yes")))


def _missing(turn: Turn, met_on: date) -> list[str]:
    """What a committee would want to have before it: no plan forbids to rate without, so it is said, not refused."""
    cadre = find_person(turn.session, turn.cadre, turn.draft["code"], turn.today)
    if cadre is None:
        return []
    year: int = turn.draft["year"]
    forms = {kind: own_document(turn.session, cadre.id, kind, year) for kind in DocumentKind}
    found = []
    for kind, form in forms.items():
        if form is None or not form.is_handed_in:
            found.append(texts.not_handed_in(kind))
        elif form.state is not DocumentState.APPROVED:
            found.append(texts.not_approved(kind))
        if form is not None and form.submitted_on is not None and met_on < form.submitted_on:
            found.append(texts.met_before(kind, form.submitted_on))
    return found


def _read_confirm(_turn: Turn, said: Said) -> None:
    if said.key != "yes":
        raise BadInput(texts.CONFIRM_EXAMPLE)


def _finish_rating(turn: Turn) -> list[Reply]:
    draft = turn.draft
    cadre = find_person(turn.session, turn.cadre, draft["code"], turn.today)
    if cadre is None:
        return [Reply(texts.NOT_FOUND, common.MENU_BUTTON)]
    args = f"{cadre.code} {draft['year']}"
    try:
        row = rate(
            turn.session,
            turn.cadre,
            cadre.id,
            draft["year"],
            plan_id=draft["plan"],
            rating=draft["rating"],
            body=draft["body"],
            met_on=date.fromisoformat(draft["met_on"]),
            now=turn.now,
        )
    except RefusedError as refused:
        return [_page(turn, args, str(refused))]
    key = f"{RATED}:{row.id}:{turn.now.isoformat()}"
    told = tell(turn, cadre.id, RATED, key, texts.notice(row.year), Choice("Xem kết quả", f"/ketqua {row.year}"))
    return [_page(turn, args, texts.rated(cadre.name, told=told))]


COMMENT = Flow(
    "assessment_comment",
    texts.COMMENT_TITLE,
    (Step("source", _ask_source, _read_source), Step("words", _ask_words, _read_words)),
    _finish_comment,
)
RATING = Flow(
    "assessment_rating",
    texts.RATE_TITLE,
    (
        Step("rating", _ask_rating, _read_rating),
        Step("met_on", _ask_met, _read_met, wants_number=True),
        Step("confirm", _ask_confirm, _read_confirm),
    ),
    _finish_rating,
)
FLOWS = (COMMENT, RATING)
COMMANDS = (
    Command(
        "danhgia",
        _unit,
        Audience.FOLLOWER,
        label="Đánh giá năm",
        of_unit=True,
        help="ghi nhận xét, xếp loại cán bộ theo kết luận của tập thể",
        words=("danh gia can bo", "danh gia nam", "xep loai can bo"),
    ),
    Command("danhgianguoi", _person, Audience.FOLLOWER),
    Command("nhanxet", _comment, Audience.FOLLOWER),
    Command("xeploai", _rate, Audience.FOLLOWER),
)
