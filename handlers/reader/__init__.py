"""Reading free text: what a cadre did, what is still to be asked, or what else the message is.

``tokens`` cuts and mends, ``marking`` finds days, times and phrases (``deeds.txt``, ``speech.txt``), ``clauses``
gathers them by deed, ``acts`` tells what the message does, ``drafts`` makes entries, ``reader`` decides.
"""

from handlers.reader.reader import read
from handlers.reader.results import Intent, ReadEntry, Reading, Reason, Route, UnitName, to_json

__all__ = ["Intent", "ReadEntry", "Reading", "Reason", "Route", "UnitName", "read", "to_json"]
