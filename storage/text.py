"""Vietnamese text made comparable: one encoding, no diacritics, no case."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """``text`` in NFC without control characters, white space folded to single blanks, trimmed."""
    printable = unicodedata.normalize("NFC", text)
    if not printable.isprintable():  # nearly all text is, and to look at each letter costs many times as much
        printable = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in printable)
    return _SPACES.sub(" ", printable).strip()


def fold(text: str) -> str:
    """``text`` for matching: cleaned, lower case, without diacritics, đ as d."""
    decomposed = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
