"""A message cut into words, numbers and signs, once; typing slips of Telex and VNI are mended on the way.

Every token keeps its place in the text, so that titles can be taken from what the person wrote.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from storage.text import clean, fold

LONGEST = 4096
MOST_TOKENS = 240
_LONGEST_NUMBER = 4
_LONGEST_SLIP = 12
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+|[^\s\ue000]|\ue000")
_LINE = "\ue000"
# Words of which the marks matter: "hổm nay" is these days, "hôm nay" today; "chùa" is a pagoda, "chưa" not yet;
# "má" is the mother, "mà" but.
_MARKED = {"hổm": "hổm", "hỗm": "hổm", "chùa": "chùa", "nhưng": "nhưng", "má": "má"}
# Bounded, so that no text makes it look far ahead from every letter.
_VNI = re.compile(r"[^\W\d_]{1,7}(?:[1-9]{1,2}[^\W\d_]{1,5}){1,3}[1-9]{0,2}|[^\W\d_]{1,7}[1-9]{1,2}")

# How people shorten or misspell words: as the word that the tables know. Both sides are folded.
SPELLINGS = {
    slip: word
    for word, slips in {
        "qua": "wa qa",
        "hom": "hum",
        "vo": "zo dzo",
        "khong": "ko k kh hok hong khum",
        "duoc": "dc dx duocc",
        "roi": "r rui rr",
        "gi": "j ji gj",
        "voi": "vs vz zoi",
        "truoc": "trc trk",
        "biet": "bit bik bjt",
        "thang": "thag thg",
        "em": "e iem",
        "lam": "lm",
        "cung": "cug cg",
        "nhieu": "nhiu nhju",
        "nhat": "nhut",
        "tieng": "tieg tjeng",
        "gio": "jo gjo",
        "ngay": "ngey",
        "dum": "gium zum",
        "nguoi": "ng",
    }.items()
    for slip in slips.split()
}

# The Southern "túi qua" is "tối qua", unless a bag is meant.
_EVENING = re.compile(r"\b([Tt])úi( qua\b| nay\b| hôm | thứ )")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: ``word`` is folded and mended, ``number`` its value, ``glued`` without a blank before."""

    text: str
    word: str
    start: int
    end: int
    glued: bool
    number: int | None = None

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def tidy(text: str) -> str:
    """The text that is read: at most LONGEST characters, NFC, single blanks; line ends kept as one sign."""
    written = _EVENING.sub(r"\1ối\2", normalize("NFC", text[:LONGEST]).replace(_LINE, " "))
    lines = (clean(line) for line in written.splitlines())
    return f" {_LINE} ".join(line for line in lines if line)


def tokenise(text: str, known: Container[str]) -> list[Token]:
    """The first MOST_TOKENS tokens of a tidy text. ``known`` holds the folded words that slips are mended to."""
    tokens: list[Token] = []
    at, end, vni = 0, len(text), _is_vni(text, known)
    while len(tokens) < MOST_TOKENS and (match := _PIECE.search(text, at, end)) is not None:
        glued = match.start() == at and at > 0
        if vni and match[0][0].isalpha() and (slip := _vni_word(text, match.start(), known)) is not None:
            at, word, number = slip[1], slip[0], None
        else:
            at = match.end()
            numbered = (at < end and text[at].isdigit()) or (glued and text[match.start() - 1].isdigit())
            named = match[0].istitle() and bool(tokens) and tokens[-1].word not in {".", "\n", "!", "?"}
            word, number = _word(match[0], known, spelt=not (numbered or named))
        tokens.append(Token(text[match.start() : at], word, match.start(), at, glued, number))
    return tokens


def _word(piece: str, known: Container[str], *, spelt: bool) -> tuple[str, int | None]:
    if piece[0].isascii() and piece[0].isdigit():
        return piece, int(piece) if len(piece) <= _LONGEST_NUMBER else None
    if piece == _LINE:
        return "\n", None
    folded = _MARKED.get(piece.lower()) or _folded(piece)
    if spelt:  # neither "K15", "500k" nor the name "Hồng" is a shortened word
        folded = SPELLINGS.get(folded, folded)
    if folded in known or len(folded) < 2 or len(folded) > _LONGEST_SLIP:
        return folded, None
    mended = _telex(folded)
    return (mended if mended in known else folded), None


@lru_cache(maxsize=4096)
def _folded(piece: str) -> str:
    return fold(piece) or piece


def _telex(word: str) -> str:
    """What Telex keys would have made of ``word``, folded: "nguyeejn" is "nguyen", "thuws" is "thu"."""
    kept: list[str] = []
    vowel = False
    for letter in word:
        doubled = bool(kept) and kept[-1] == letter and letter in "aeod"
        tone = vowel and letter in "sfrxjz"
        hook = letter == "w" and vowel
        if not (doubled or tone or hook):
            kept.append("u" if letter == "w" else letter)
        vowel = vowel or letter in "aeiouyw"
    return "".join(kept)


def _is_vni(text: str, known: Container[str]) -> bool:
    """Whether some word has figures inside that make a known word when left out, as VNI without its editor does."""
    return any(match[0][-1].isalpha() and _without_figures(match[0]) in known for match in _VNI.finditer(text))


def _vni_word(text: str, at: int, known: Container[str]) -> tuple[str, int] | None:
    match = _VNI.match(text, at)
    if match is None or len(match[0]) < 3:
        return None
    word = _without_figures(match[0])
    return (word, match.end()) if word in known and len(word) > 1 else None


def _without_figures(piece: str) -> str:
    return fold("".join(letter for letter in piece if not letter.isdigit()))
