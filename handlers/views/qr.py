"""A link as a QR picture."""

from io import BytesIO
from typing import Any


def draw(args: dict[str, Any]) -> bytes:
    """A PNG of ``args["link"]``, large enough for a phone's camera, with the quiet zone scanners want."""
    import segno

    content = BytesIO()
    segno.make(args["link"], error="m", micro=False).save(content, kind="png", scale=10, border=4)
    return content.getvalue()
