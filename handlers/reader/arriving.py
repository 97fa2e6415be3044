"""When one came to a meeting that one was summoned to, told from when it began."""

from collections.abc import Sequence

from handlers.reader.draft import Setting
from handlers.reader.hours import Hour, Length, minute_of_day
from handlers.reader.results import ReadEntry
from handlers.reader.tags import Mark

_COMING = {"den", "toi", "vo", "vao", "mat"}  # the last of "có mặt"
_EARLY = {"truoc", "som"}
_STOPS = {",", ".", ";", "\n"}
_NEAR = 4
# Before the hour for which a meeting was called: "giấy mời ghi 13h30".
_CALLED = {"ghi", "moi", "hop"}


def without_arrival(setting: Setting, times: list[Mark], entry: ReadEntry, ambient: str | None) -> list[Mark]:
    """The times that say when the meeting was; what they say of coming in time is kept in ``entry``."""
    early = [mark for mark in times if isinstance(mark.value, Length) and _word(setting, mark.first - 1) in _EARLY]
    if early:
        entry.on_time = True
        return [mark for mark in times if mark not in early]
    hours = [(mark, mark.value) for mark in times if isinstance(mark.value, Hour)]
    called = bool(hours) and _word(setting, hours[-1][0].first - 1) in _CALLED
    came = [mark for mark, _ in hours if _is_coming(setting, mark, called or mark is not hours[0][0])]
    if len(hours) != 2 or len(came) != 1:
        return times
    minutes = {mark is came[0]: minute_of_day(hour, hour.part or ambient) for mark, hour in hours}
    entry.on_time = minutes[True] <= minutes[False]
    return [mark for mark in times if mark is not came[0]]


def _is_coming(setting: Setting, mark: Mark, may_follow: bool) -> bool:
    """Whether an hour is said of coming: "7h50 mình đã có mặt", or where the meeting's is told apart "có mặt 13h45"."""
    before = range(mark.first - 1, max(mark.first - _NEAR, -1), -1)
    after = range(mark.end, min(mark.end + _NEAR, len(setting.tokens)))
    return (may_follow and _says_coming(setting, before)) or _says_coming(setting, after)


def _says_coming(setting: Setting, places: Sequence[int]) -> bool:
    for at in places:
        if setting.tokens[at].word in _STOPS or setting.tokens[at].number is not None:
            return False
        if setting.tokens[at].word in _COMING:
            return True
    return False


def _word(setting: Setting, at: int) -> str:
    return setting.tokens[at].word if at >= 0 else ""
