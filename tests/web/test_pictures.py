"""Pictures are known by their content, and nothing but the picture is kept."""

import random
from io import BytesIO

import pytest
from PIL import Image

from bot.web.pictures import LONGEST_SIDE, NotAPicture, cleaned_picture

ORIENTATION, GPS = 0x0112, 0x8825


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **save: object) -> bytes:
    """A plain picture as bytes."""
    out = BytesIO()
    Image.new(mode, size, 200 if mode == "L" else None).save(out, kind, **save)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """The cleaned picture."""
    result = Image.open(BytesIO(cleaned_picture(content)))
    assert result.format == "JPEG"
    return result


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGBA")]
)
def test_usual_kinds_become_jpeg(kind: str, mode: str) -> None:
    """Whatever phones and screenshots make."""
    assert opened(picture(kind, mode=mode)).size == (60, 40)


def test_where_it_was_taken_does_not_survive() -> None:
    """EXIF (with the place) and comments are gone, and the picture stands upright."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    clean = opened(picture(exif=exif.tobytes(), comment=b"Nha toi"))
    assert clean.size == (40, 60)
    assert not clean.getexif()
    assert "comment" not in clean.info


def test_large_pictures_are_made_smaller() -> None:
    """No side is longer than what a screen shows."""
    assert max(opened(picture(size=(5000, 2500))).size) == LONGEST_SIDE


def test_what_shows_through_is_white() -> None:
    """A transparent screenshot does not turn black."""
    assert opened(picture("PNG", mode="RGBA")).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ" + bytes(100), picture("GIF"), picture()[:200]],
    ids=["empty", "svg", "program", "gif", "cut"],
)
def test_anything_else_is_refused(content: bytes) -> None:
    """Names and declared types do not count."""
    with pytest.raises(NotAPicture):
        cleaned_picture(content)


def test_a_picture_that_unpacks_to_a_giant_is_refused() -> None:
    """A few kilobytes that would fill the memory."""
    with pytest.raises(NotAPicture):
        cleaned_picture(picture("PNG", size=(12_000, 12_000), mode="1"))


def test_random_bytes_never_raise_anything_else() -> None:
    """Broken pictures are refused, not crashed on."""
    chance = random.Random(7)
    whole = picture("PNG")
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(3):
            broken[chance.randrange(8, len(broken))] = chance.randrange(256)
        try:
            cleaned_picture(bytes(broken))
        except NotAPicture:
            continue
