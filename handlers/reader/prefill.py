"""What a read entry answers of the questions of /ghi: the fields of its draft by name."""

from typing import Any

from handlers.reader.results import ReadEntry
from storage.terms import EntryKind

_FORMS = {"song": "song", "group_dance": "dance", "sport": "sport"}
_STAGES = {"proposed": "proposed", "recognized": "recognised"}


def draft_of(entry: ReadEntry) -> dict[str, Any]:
    """The answers that are known, as the draft of an entry keeps them; what is not known is left out.

    An initiative that is recognised has its day as ``recognised_on``. The unit is there when its id is known.
    """
    recognised = entry.status == "recognized"
    day = entry.day and entry.day.isoformat()
    timed = entry.minutes is not None or entry.start is not None
    known = {
        "kind": entry.kind and entry.kind.value,
        "day": day,
        "organiser": entry.unit_id,
        "time": {"start": entry.start, "end": entry.end, "minutes": entry.minutes} if timed else None,
        "title": None if entry.kind is EntryKind.YOUTH_SHIRT else entry.title,
        "form": _FORMS.get(entry.form or ""),
        "stage": _STAGES.get(entry.status or ""),
        "by": entry.recognized_by,
        "recognised_on": day if recognised else None,
        "on_time": entry.on_time,
    }
    return {name: value for name, value in known.items() if value is not None}
