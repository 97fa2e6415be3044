"""Reading one cell: what Excel or a person put there, as the value that is meant, or BadCell with a sentence."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TypeVar

from rapidfuzz import fuzz, process

from storage.importing.errors import BadCell
from storage.terms import EntryKind, PositionTitle, RecognisedBy, Term, UnitType
from storage.text import clean, fold

T = TypeVar("T", bound=Term)

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_CODE = 40
MINUTES_OF_DAY = 24 * 60
EXCEL_DAY_ZERO = date(1899, 12, 30)

EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})

_DAY = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[ T]00:00(?::00)?(?:\.0+)?)?")
_CLOCK = re.compile(r"([0-9]{1,2})(?::| ?[hg] ?| gio ?)([0-9]{2})?(?::[0-9]{2})?(?: ?p| phut)?(?: ?(am|pm|sa|ch))?")
_HOURS = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,4})?) ?(?:h|g|gio|tieng)?")
_HOURS_AND_MINUTES = re.compile(r"([0-9]{1,2}) ?(?:h|g|:|gio) ?([0-5]?[0-9]) ?(?:p|phut)?")

# Other ways in which offices write the words of the contract.
OTHER_WORDS: dict[Term, tuple[str, ...]] = {
    UnitType.CITY_UNION: ("Thành Đoàn Cần Thơ", "Thành phố"),
    UnitType.DISTRICT_UNION: ("Đoàn quận", "Đoàn huyện"),
    UnitType.COMMUNE_UNION: ("Đoàn xã", "Đoàn phường", "Đoàn phường/xã"),
    PositionTitle.DEPUTY_SECRETARY: ("Phó Bí thư Thường trực", "PBT"),
    PositionTitle.STANDING_MEMBER: ("Ủy viên Ban Thường vụ", "UV BTV"),
    PositionTitle.COMMITTEE_MEMBER: ("Ủy viên Ban Chấp hành", "UV BCH"),
    EntryKind.BRANCH_MEETING: ("Sinh hoạt", "SHCĐ"),
    EntryKind.CULTURE_SPORT: ("Văn nghệ", "Thể thao"),
    EntryKind.YOUTH_SHIRT: ("Áo Thanh niên Việt Nam",),
    RecognisedBy.AGENCY_HEAD: ("Thủ trưởng",),
}


tidy = lru_cache(maxsize=100_000)(clean)


@lru_cache(maxsize=100_000)
def squeeze(text: str) -> str:
    """``text`` for comparing words of a form: letters and digits only, no case, no diacritics."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


def same_code(code: str) -> str:
    """``code`` for comparing: codes that differ in case only are one."""
    return code.upper()


def is_empty(value: object) -> bool:
    """Whether the cell holds nothing, or blanks only."""
    return value is None or (isinstance(value, str) and not tidy(value))


def quote(value: object) -> str:
    """The value as it is shown in an error, cut to a readable length."""
    text = shown(value)
    return f'"{text[:40]}…"' if len(text) > 41 else f'"{text}"'


def shown(value: object) -> str:
    """A cell's value as text. Raises BadCell for Excel's error values."""
    match value:
        case None:
            return ""
        case str():
            text = tidy(value)
            if text.upper() in EXCEL_ERRORS:
                raise BadCell(f"công thức trong ô bị lỗi {text}; hãy sửa công thức hoặc gõ thẳng giá trị.")
            return text
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return f"{value:.10g}".replace(".", ",")
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def read_text(value: object, longest: int) -> str:
    """Text of at most ``longest`` characters."""
    text = shown(value)
    if len(text) > longest:
        raise BadCell(f"dài {len(text)} ký tự; hãy rút còn nhiều nhất {longest} ký tự.")
    return text


def read_code(value: object) -> str:
    """A code as it is written. Excel turns codes such as 1-2 into days: those are refused."""
    if isinstance(value, datetime | date | time | timedelta):
        raise BadCell(f"Excel đã đổi mã thành ngày giờ ({shown(value)}); hãy định dạng ô là Văn bản rồi gõ lại mã.")
    return read_text(value, LONGEST_CODE)


def read_day(value: object) -> date:
    """A day: an Excel date, or text d/m/yyyy (also with - or .) or yyyy-mm-dd."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _day_of_text(value)
    if not FIRST_DAY <= value <= LAST_DAY:
        raise BadCell(f"ngày {value:%d/%m/%Y} có năm {value.year}; hãy xem lại năm, ví dụ 01/07/2025.")
    return value


def _day_of_text(value: object) -> date:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise BadCell(
            f"ô chứa số {shown(value)}{_as_excel_day(value)} chứ không phải ngày; "
            "hãy định dạng ô là Ngày, hoặc gõ dạng 01/07/2025."
        )
    text = shown(value)
    if match := _DAY.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _ISO_DAY.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        raise BadCell(f"{quote(value)} không phải là ngày; hãy ghi ngày/tháng/năm, ví dụ 01/07/2025.")
    try:
        return date(year, month, day)
    except ValueError:
        if day <= 12 < month:
            hint = f"có phải {month:02d}/{day:02d}/{year}? Hãy ghi ngày trước, tháng sau."
        else:
            hint = "hãy xem lại, ví dụ 28/02/2026."
        raise BadCell(f"{quote(value)} không có trong lịch; {hint}") from None


def _as_excel_day(value: float) -> str:
    if not 36_526 <= value <= 73_415:
        return ""
    return f" (với Excel là {EXCEL_DAY_ZERO + timedelta(days=int(value)):%d/%m/%Y})"


def read_clock(value: object) -> int:
    """A time of day as minutes, 0 to 1440: an Excel time, or text HH:MM, 7h30, 7g30."""
    if isinstance(value, datetime):
        if value.year <= 1900:  # Excel's 24:00 is the day after its day zero
            return MINUTES_OF_DAY
        value = value.time()
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    minutes = round(value.total_seconds() / 60) if isinstance(value, timedelta) else _clock_of_text(value)
    if not 0 <= minutes <= MINUTES_OF_DAY:
        raise BadCell(f"{quote(value)} không phải giờ trong ngày; ví dụ 19:00.")
    return minutes


def _clock_of_text(value: object) -> int:
    match = _CLOCK.fullmatch(fold(value)) if isinstance(value, str) else None
    if match is None:
        raise BadCell(f"{quote(value)} không phải là giờ; hãy ghi giờ:phút, ví dụ 19:00.")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] in ("pm", "ch") and hour < 12:
        hour += 12
    if match[3] in ("am", "sa") and hour == 12:
        hour = 0
    return hour * 60 + minute if minute < 60 else MINUTES_OF_DAY + 1


def read_minutes(value: object) -> int:
    """A duration given in hours, as minutes 1 to 1440: a number, text 1,5 or 1h30, or an Excel time 1:30."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
    elif isinstance(value, datetime | date):
        raise BadCell(f"Excel đã đổi số giờ thành ngày {shown(value)}; hãy gõ lại bằng dấu phẩy, ví dụ 1,5.")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        minutes = round(value * 60) if 0 < value <= 24 else 0
    else:
        minutes = _minutes_of_text(value)
    if not 0 < minutes <= MINUTES_OF_DAY:
        raise BadCell(f"số giờ {quote(value)} phải lớn hơn 0 và không quá 24, ví dụ 1,5.")
    return minutes


def _minutes_of_text(value: object) -> int:
    text = fold(shown(value)).removeprefix("-")
    sign = -1 if shown(value).startswith("-") else 1
    if match := _HOURS.fullmatch(text):
        return sign * round(float(match[1].replace(",", ".")) * 60)
    if match := _HOURS_AND_MINUTES.fullmatch(text):
        return sign * (int(match[1]) * 60 + int(match[2]))
    raise BadCell(f"{quote(value)} không phải là số giờ; hãy ghi một con số, ví dụ 1,5.")


def read_flag(value: object) -> bool:
    """Whether the cell is marked with an x."""
    text = squeeze(shown(value))
    if text != "x" and not is_empty(value):
        raise BadCell(f"{quote(value)}: chỉ ghi x nếu có, để trống nếu không.")
    return text == "x"


def read_term(value: object, terms: type[T]) -> T:
    """The member of ``terms`` that the cell names, by its label or another usual way of writing it."""
    text = shown(value)
    names = _names(terms)
    found = names.get(squeeze(text))
    if isinstance(found, terms):
        return found
    near = process.extractOne(squeeze(text), names.keys(), scorer=fuzz.ratio, score_cutoff=75)
    labels = "; ".join(term.label for term in terms if term.label)
    ask = f" Có phải {names[near[0]].label}?" if near else ""
    raise BadCell(f"không hiểu {quote(value)}.{ask} Hãy chọn một trong: {labels}.")


@cache
def _names(terms: type[Term]) -> dict[str, Term]:
    names = {squeeze(term.label): term for term in terms}
    return names | {squeeze(word): term for term in terms for word in OTHER_WORDS.get(term, ())}
