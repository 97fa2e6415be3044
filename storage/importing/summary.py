"""What an import did, in words."""

from dataclasses import dataclass, field

NAMED = 10


@dataclass(slots=True)
class Count:
    """How many rows of one kind were new, changed, the same as before."""

    label: str
    new: int = 0
    changed: int = 0
    same: int = 0

    def __str__(self) -> str:
        """The count as a line."""
        return f"{self.label}: {self.new} mới, {self.changed} sửa, {self.same} không đổi"


@dataclass(slots=True)
class Summary:
    """What an import did: counts, the lines of each sheet it passed over, what somebody should look at."""

    counts: list[Count] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)
    blank: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether the database was already as the file says."""
        return not any(count.new or count.changed for count in self.counts)

    def text(self) -> str:
        """The summary in Vietnamese, a line a matter."""
        lines = [f"{count}." for count in self.counts]
        for sheet in self.passed_over:
            matters = (self.passed_over[sheet], "dòng không có số liệu"), (self.blank[sheet], "dòng trống")
            skipped = " và ".join(f"{number} {what}" for number, what in matters if number)
            if skipped:
                lines.append(f"Trang {sheet}: bỏ qua {skipped}.")
        return "\n".join([*lines, *(f"Lưu ý: {note}" for note in self.notes)])


def rows_note(rows: list[int], says: str) -> str:
    """A note on ``rows``, the first of them named: "3 dòng chưa có số giờ: dòng 6, 7, 9."."""
    shown = ", ".join(map(str, rows[:NAMED])) + (", …" if len(rows) > NAMED else "")
    return f"{len(rows)} dòng {says}: dòng {shown}."
