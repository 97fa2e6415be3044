"""The fixed words of the domain: what is stored (lower snake English) and what people read (``label``).

Labels of units, positions, rights, kinds and recognisers are the words of the roster and activities files.
"""

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A word that is stored as its value and shown as its Vietnamese ``label``."""

    _value_: str
    label: str
    # Enum hashes in Python; terms are keys of look-ups made for very many cadres. Equality is that of str.
    __hash__ = str.__hash__

    def __new__(cls, value: str, label: str) -> Self:
        """A member with both words."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class UnitType(Term):
    """What kind of unit of the Union it is."""

    CITY_UNION = "city_union", "Thành đoàn"
    DISTRICT_EQUIVALENT = "district_equivalent", "Tương đương cấp huyện"
    DISTRICT_UNION = "district_union", "Đoàn quận/huyện"
    COMMUNE_UNION = "commune_union", "Đoàn xã/phường"
    GRASSROOTS_UNION = "grassroots_union", "Đoàn cơ sở"
    GRASSROOTS_BRANCH = "grassroots_branch", "Chi đoàn cơ sở"
    BRANCH = "branch", "Chi đoàn"


class PositionTitle(Term):
    """What a cadre is in a unit."""

    SECRETARY = "secretary", "Bí thư"
    DEPUTY_SECRETARY = "deputy_secretary", "Phó Bí thư"
    STANDING_MEMBER = "standing_member", "Ủy viên BTV"
    COMMITTEE_MEMBER = "committee_member", "Ủy viên BCH"
    SPECIALIST = "specialist", "Chuyên viên"


class Right(Term):
    """What a position lets its holder see and do beyond their own data."""

    NONE = "none", ""
    FOLLOW = "follow", "Theo dõi"
    ADMIN = "admin", "Quản trị"


class EntryKind(Term):
    """What a cadre can log."""

    VOLUNTEER_HOURS = "volunteer_hours", "Giờ tình nguyện"
    VOLUNTEER_ACTIVITY = "volunteer_activity", "Hoạt động tình nguyện"
    BRANCH_MEETING = "branch_meeting", "Sinh hoạt chi đoàn"
    INITIATIVE = "initiative", "Sáng kiến"
    CULTURE_SPORT = "culture_sport", "Văn nghệ, thể thao"
    YOUTH_SHIRT = "youth_shirt", "Áo Thanh niên"
    SUMMONED_MEETING = "summoned_meeting", "Họp triệu tập"


class EntryState(Term):
    """What has become of an entry. Returned and deleted entries never count."""

    DECLARED = "declared", "tự khai"
    CONFIRMED = "confirmed", "đã xác nhận"
    RETURNED = "returned", "bị trả lại"
    DELETED = "deleted", "đã xóa"


class RecognisedBy(Term):
    """Who recognised an initiative (C-22)."""

    AGENCY_HEAD = "agency_head", "Thủ trưởng đơn vị"
    SUPERIOR_UNION = "superior_union", "Đoàn cấp trên"


class DocumentKind(Term):
    """The two forms each cadre owes a year (C-07)."""

    REGISTRATION = "registration", "Bản đăng ký"
    SELF_REVIEW = "self_review", "Bản tự kiểm điểm"


class Requirement(Term):
    """What a plan can ask of a cadre, in the order in which it is listed."""

    VOLUNTEER_HOURS = "volunteer_hours", "Giờ tình nguyện"
    ATTENDANCE = "attendance", "Hoạt động tình nguyện hoặc sinh hoạt chi đoàn"
    INITIATIVE = "initiative", "Sáng kiến được công nhận"
    CULTURE_SPORT = "culture_sport", "Bài hát, điệu múa hoặc môn thể thao"
    YOUTH_SHIRT = "youth_shirt", "Áo Thanh niên ngày thứ Hai"
    SUMMONED_MEETINGS = "summoned_meetings", "Họp triệu tập, đúng giờ"
    REGISTRATION = "registration", "Bản đăng ký"
    SELF_REVIEW = "self_review", "Bản tự kiểm điểm"


class Status(Term):
    """How a cadre stands with a requirement in a period."""

    MET = "met", "đạt"
    NOT_MET = "not_met", "chưa đạt"
    IN_PROGRESS = "in_progress", "đang thực hiện"
    EXCUSED = "excused", "được miễn"
    NOT_APPLICABLE = "not_applicable", "không áp dụng"


class Group(Term):
    """The two groups of cadres of plan section IV.2.2."""

    G1 = "G1", "chuyên trách; Bí thư, Phó Bí thư"
    G2 = "G2", "không chuyên trách; ủy viên"


class Level(Term):
    """The quota level of a unit; which unit type has which level on which day is the plan's."""

    CITY = "city", "cấp thành phố"
    DISTRICT = "district", "cấp huyện và tương đương"
    GRASSROOTS = "grassroots", "Đoàn cơ sở"
    GRASSROOTS_BRANCH = "grassroots_branch", "Chi đoàn cơ sở"
    BRANCH = "branch", "Chi đoàn"
