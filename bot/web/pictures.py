"""Pictures that people send: known by their content, turned upright, made smaller, and freed of their metadata."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2048
JPEG_QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPicture(Exception):
    """The bytes are no picture of a kind that is taken, or one too large to open safely."""


def cleaned_picture(content: bytes) -> bytes:
    """``content`` (JPEG, PNG or WEBP, whatever its name says) as a JPEG of at most LONGEST_SIDE pixels a side.

    Where and with what it was taken does not survive. Raises NotAPicture. Takes some 0.1 s: call it in a thread.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPicture("too many pixels")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _as_jpeg(upright)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPicture(type(error).__name__) from error


def _as_jpeg(picture: "Image.Image") -> bytes:
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        white = layered.copy()
        white.paste("white", (0, 0, *white.size))
        white.alpha_composite(layered)
        picture = white
    plain = picture.convert("RGB")
    plain.info.clear()
    out = BytesIO()
    plain.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()
