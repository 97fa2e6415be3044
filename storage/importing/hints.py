"""What a code that nobody knows was meant to be."""

from collections import defaultdict

from rapidfuzz import fuzz, process

from storage.importing.cells import same_code, squeeze

LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "_": "", ".": ""})
MOST_HINTS = 200
ALIKE = 70.0


class Hints:
    """Knows the codes and names there are; looks for the first unknown codes only, since looking is slow."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        self._codes = {code: same_code(code) for code in names}
        self._known = set(self._codes.values())
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_look: dict[str, list[str]] = defaultdict(list)
        for code, name in names.items():
            self._by_name[squeeze(name)].append(code)
            self._by_look[_look(code)].append(code)
        self._left = MOST_HINTS

    def knows(self, code: str) -> bool:
        """Whether there is such a code."""
        return same_code(code) in self._known

    def of(self, code: str) -> str:
        """ " Có phải …?" when just one code, or one name, is like ``code``; else nothing."""
        if self._left <= 0:
            return ""
        self._left -= 1
        for alike in (self._by_name.get(squeeze(code), []), self._by_look.get(_look(code), [])):
            if len(alike) == 1:
                return self._ask(alike[0])
        near = process.extract(same_code(code), self._codes, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2)
        if not near or (len(near) == 2 and near[0][1] == near[1][1]):
            return ""
        return self._ask(near[0][2])

    def _ask(self, code: str) -> str:
        name = self._names[code]
        return f" Có phải {code} ({name})?" if name else f" Có phải {code}?"


def _look(code: str) -> str:
    """``code`` as it looks from afar: letter O is zero, I and L are one, separators are nothing."""
    return same_code(code).translate(LOOK_ALIKES)
