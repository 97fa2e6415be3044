"""Everything that is wrong with a file, named at once: sheet, row, column, reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

SHOWN = 200
KEPT = 2_000


@dataclass(frozen=True, slots=True)
class RowError:
    """One cell (or row, or whole sheet: without ``column``, without ``row``) and what is wrong with it.

    ``row`` is the row number that Excel shows, ``letter`` the letter of the column.
    """

    sheet: str
    message: str
    row: int | None = None
    column: str = ""
    letter: str = ""

    def __str__(self) -> str:
        """The error as one line for the person who mends the file."""
        place = [self.sheet] if self.sheet else []
        if self.row is not None:
            place.append(f"dòng {self.row}")
        if self.column:
            place.append(f"cột {self.column} ({self.letter})" if self.letter else f"cột {self.column}")
        return f"{', '.join(place)}: {self.message}" if place else self.message


class ImportRefused(Exception):
    """Nothing was imported. ``errors`` are in the order of the file; ``total`` counts those not kept too."""

    def __init__(self, errors: Iterable[RowError], total: int | None = None) -> None:
        self.errors = list(errors)
        self.total = len(self.errors) if total is None else total
        super().__init__(self.text())

    def lines(self, shown: int = SHOWN) -> list[str]:
        """One line an error, at most ``shown`` of them, and how many more there are."""
        more = self.total - min(shown, len(self.errors))
        return [str(error) for error in self.errors[:shown]] + ([f"… và {more} lỗi nữa."] if more else [])

    def text(self) -> str:
        """All lines as one text."""
        return "\n".join(self.lines())


class BadCell(Exception):
    """What is wrong with a cell's value, as a sentence that ends with an example where one helps."""


class Faults:
    """Collects errors: one a cell, in the order of the file."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int, int], RowError] = {}
        self._silent: set[tuple[int, int, int]] = set()
        self.total = 0

    def add(self, place: tuple[int, int, int], error: RowError) -> None:
        """Note ``error`` at ``place`` (sheet, row, column as numbers) unless the cell has one already."""
        if place in self._found or place in self._silent:
            return
        self.total += 1
        if len(self._found) < KEPT:
            self._found[place] = error

    def silence(self, place: tuple[int, int, int]) -> None:
        """Expect no sense of this cell: its error is named elsewhere."""
        self._silent.add(place)

    def refuse(self) -> None:
        """Raise ImportRefused when anything is wrong."""
        if self.total:
            raise ImportRefused((self._found[place] for place in sorted(self._found)), self.total)


class SheetFaults:
    """The errors of one sheet: knows its name and where its columns stand."""

    def __init__(self, faults: Faults, number: int, sheet: str, columns: dict[str, int]) -> None:
        self._faults = faults
        self._number = number
        self._sheet = sheet
        self._columns = columns

    def add(self, row: int, column: str, message: str) -> None:
        """Note what is wrong with the cell of ``row`` in the column titled ``column``."""
        at = self._columns.get(column)
        letter = get_column_letter(at + 1) if at is not None else ""
        place = (self._number, row, -1 if at is None else at)
        self._faults.add(place, RowError(self._sheet, message, row, column, letter))

    def silence(self, row: int, column: str) -> None:
        """Expect no sense of this cell: its error is named elsewhere."""
        self._faults.silence((self._number, row, self._columns.get(column, -1)))
