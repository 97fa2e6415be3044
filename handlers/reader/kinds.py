"""Which kind of entry a deed makes, and what its kind asks for besides day and time."""

from handlers.reader.clauses import Clause
from handlers.reader.draft import Draft, Setting
from handlers.reader.hours import Hour, Length
from handlers.reader.results import Reason
from handlers.reader.tags import DEEDS, Mark, Tag
from handlers.reader.titles import unit_of
from storage.terms import EntryKind

_BRANCHES = {"bch", "btv", "ban chap hanh", "ban thuong vu", "chi doan", "cd", "dvtn", "doan vien", "lien chi doan"}
# Gatherings that are summoned only where it says so.
_OPEN_TO_ALL = {"hoi nghi", "tap huan", "dai hoi", "so ket", "tong ket", "hop mat", "toa dam"}


def set_kind(setting: Setting, group: Clause, draft: Draft) -> None:
    """Set the kind and what goes with it; whatever leaves the kind open is a doubt."""
    deed = group.deed
    entry = draft.entry
    if deed is None:
        draft.doubt(Reason.UNCLEAR_DEED, "type")
    elif deed.tag is Tag.INITIATIVE or group.has(Tag.INITIATIVE):
        _set_initiative(group, draft)
    elif deed.tag is Tag.SHIRT:
        entry.kind = EntryKind.YOUTH_SHIRT
    elif deed.tag is Tag.BRANCH:
        entry.kind = EntryKind.BRANCH_MEETING
    elif deed.tag is Tag.MEETING:
        _set_meeting(setting, group, draft)
    elif deed.tag is Tag.CULTURE and _is_taught(setting, deed):
        _set_work(setting, Clause(group.cut, [*group.marks, Mark(Tag.WORK, deed.first, deed.end)]), draft, deed)
    elif deed.tag is Tag.CULTURE:
        entry.kind, entry.form = EntryKind.CULTURE_SPORT, str(deed.value)
    else:
        _set_work(setting, group, draft, deed)
    if group.has(Tag.PRIVATE) and not group.has(Tag.EVENT, Tag.BRANCH, Tag.INITIATIVE):
        draft.doubt(Reason.UNCLEAR_DEED, "type")


def _is_taught(setting: Setting, deed: Mark) -> bool:
    """Whether a song, dance or sport is taught to others: "tập dân vũ cho mấy bé"."""
    following = [token.word for token in setting.tokens[deed.end : deed.end + 2]]
    return following[:1] == ["cho"] and following[1:] != ["minh"] and setting.words(deed).startswith(("tap", "day"))


def _set_work(setting: Setting, group: Clause, draft: Draft, deed: Mark) -> None:
    entry = draft.entry
    verbs = (f"{setting.words(mark)} " for mark in group.all(Tag.WORK, Tag.VERB))
    helped = any(verb.startswith(("phu ", "giup ", "ho tro ")) for verb in verbs)
    organised = group.has(Tag.UNION) and (helped or group.has(Tag.WITH, Tag.BY))
    event = group.has(Tag.EVENT)
    length_first = any(
        mark.tag is Tag.TIME and isinstance(mark.value, Length) and mark.first < deed.first for mark in group.marks
    )
    joint = event or (organised and not length_first)
    entry.kind = EntryKind.VOLUNTEER_ACTIVITY if joint else EntryKind.VOLUNTEER_HOURS
    if group.has(Tag.OUTSIDER, Tag.OFFICE) and not group.has(Tag.UNION):
        draft.doubt(Reason.OTHER_BODY, "type")
    charity = {setting.words(mark) for mark in group.all(*DEEDS)} <= {"tu thien", "thien nguyen", "lam"}
    if charity and not group.has(Tag.UNION):
        draft.doubt(Reason.OTHER_BODY, "type")
    strong = group.has(Tag.EVENT, Tag.WORK, Tag.VOLUNTEERING)
    some_work = {setting.words(mark) for mark in group.all(Tag.VERB)} == {"lam"} and not group.has(Tag.THING)
    if not strong and (some_work or not group.has(Tag.THING, Tag.UNION)):
        draft.doubt(Reason.UNCLEAR_DEED, "type")
    if _is_abbreviated(setting, group):
        entry.kind = None
        draft.doubt(Reason.ABBREVIATIONS, "type")


def _is_abbreviated(setting: Setting, group: Clause) -> bool:
    """Whether all that is said is "tn" and a day: volunteering or youth, nobody can tell."""
    deeds = group.all(*DEEDS)
    words = {token.word for mark in deeds for token in setting.tokens[mark.first : mark.end]}
    said = {token.word for token in setting.tokens if token.word.isalpha()}
    timed = group.has(Tag.TIME) and not said <= {"tn", "cn", "h", "g"}  # "tn CN 2h": "cn" may be workers, too
    return words == {"tn"} and not timed and not group.has(Tag.FILLER, Tag.ATTEND, Tag.WITH)


def _set_initiative(group: Clause, draft: Draft) -> None:
    entry = draft.entry
    entry.kind = EntryKind.INITIATIVE
    if group.has(Tag.PROPOSED) or (group.has(Tag.NOT) and group.has(Tag.RECOGNISED)):
        entry.status = "proposed"
    elif not group.has(Tag.RECOGNISED):
        draft.doubt(Reason.RECOGNITION_UNKNOWN, "status")
    else:
        entry.status = "recognized"
        entry.recognized_by = _recogniser(group)
        if entry.recognized_by is None:
            draft.doubt(Reason.RECOGNITION_UNKNOWN, "recognized_by")


def _recogniser(group: Clause) -> str | None:
    """Who recognised an initiative: of those named after it the one nearest to "công nhận"."""
    named, at = group.all(Tag.INITIATIVE)[0].first, group.all(Tag.RECOGNISED)[-1].first
    passive = at < named  # "được Thành đoàn công nhận sáng kiến"
    able = [mark for mark in group.all(Tag.AGENCY, Tag.UNION) if mark.first > named or (passive and mark.end <= at)]
    if not able:
        return None
    nearest = min(able, key=lambda mark: abs(mark.first - at))
    return "agency_head" if nearest.tag is Tag.AGENCY else "superior_union"


def _set_meeting(setting: Setting, group: Clause, draft: Draft) -> None:
    entry = draft.entry
    unions = group.all(Tag.UNION)
    words = [setting.words(mark) for mark in unions]
    superior = [mark for mark, name in zip(unions, words, strict=True) if _is_superior(name)]
    open_to_all = any(setting.words(mark) in _OPEN_TO_ALL for mark in group.all(Tag.MEETING))
    branch = set(words) & {"chi doan", "cd"} and unit_of(setting.tokens, group, ())[0]
    if superior and (group.has(Tag.CONVENED) or not open_to_all):
        entry.kind = EntryKind.SUMMONED_MEETING
        entry.convener = unit_of(setting.tokens, Clause(None, superior[:1]), setting.units)[0]
    elif group.has(Tag.OFFICE) and not unions:
        draft.uncounted = True
    elif branch and not superior and not open_to_all:
        entry.kind = EntryKind.BRANCH_MEETING
    else:
        draft.doubt(Reason.WHICH_MEETING, "type")
    if group.has(Tag.LATE):
        entry.on_time = False
    elif group.has(Tag.PUNCTUAL) or _sharp(setting, group):
        entry.on_time = True


def _sharp(setting: Setting, group: Clause) -> bool:
    """Whether the writer was there on the hour: "đúng 8h em có mặt"."""
    sharp = (mark for mark in group.all(Tag.TIME) if setting.tokens[mark.first - 1].text.lower() in {"đúng", "dung"})
    return group.has(Tag.ATTEND) and any(isinstance(mark.value, Hour) and mark.first for mark in sharp)


def _is_superior(union: str) -> bool:
    """Whether it is a Union body that can summon: none of a branch, and none of other youth bodies."""
    return ("doan" in union and union not in _BRANCHES and not union.startswith(("doi", "hoi"))) or "cap tren" in union
