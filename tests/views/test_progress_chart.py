"""The progress picture: a PNG of fixed width, whose parts tell themselves apart without colour."""

import pickle
from io import BytesIO

from PIL import Image

from handlers.views.canvas import shortened
from handlers.views.progress_chart import Bar, Picture, Section, draw


def bar(label: str, required: float | None, declared: float = 0, confirmed: float = 0) -> Bar:
    return Bar(
        label=label,
        words=f"{declared:g}/{required or 0:g}",
        warn=False,
        required=required,
        declared=declared,
        confirmed=confirmed,
    )


def picture(*bars: Bar) -> Picture:
    sections = [Section(heading="Tháng 11/2026", bars=list(bars))]
    return Picture(title="Tiến độ: Nguyễn Thị Ánh Nguyệt", subtitle="Tính đến hết ngày 20/11/2026", sections=sections)


def grey(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("L")


def test_it_is_a_png_800_pixels_wide_and_as_high_as_its_rows() -> None:
    one, two = (grey(draw(picture(*[bar("Giờ tình nguyện", 2)] * count))) for count in (1, 2))
    assert one.width == two.width == 800
    assert one.height < two.height < 600


def test_confirmed_declared_and_missing_differ_in_grey() -> None:
    image = grey(draw(picture(bar("Giờ tình nguyện", 3, declared=2, confirmed=1))))
    top = 116 + 64 + 34
    thirds = [image.crop((start, top + 3, start + 200, top + 23)) for start in (50, 300, 550)]
    solid, hatched, empty = (sorted(part.tobytes()) for part in thirds)
    assert solid[-1] < 110
    assert hatched[0] < 150
    assert hatched[-1] > 190
    assert empty[0] > 210


def test_odd_figures_can_be_drawn() -> None:
    odd = picture(
        bar("Không có gì", 1),
        bar("Không áp dụng", None),
        bar("Nhiều hơn yêu cầu", 2, declared=50, confirmed=3),
        bar("Không có thứ Hai nào", 0),
        bar("$x^2$ _y_ \\frac 100%", 1, declared=0.5),
        bar("Một tên gọi rất dài " * 10, 4, declared=1, confirmed=9),
    )
    assert grey(draw(odd)).width == 800


def test_what_is_drawn_can_be_sent_to_a_worker_process() -> None:
    given = picture(bar("Giờ tình nguyện", 2, 1))
    assert pickle.loads(pickle.dumps((draw, given))) == (draw, given)


def test_long_labels_are_cut_at_a_word() -> None:
    assert shortened("Hoạt động tình nguyện hè", 16) == "Hoạt động tình…"
    assert shortened("Ngắn", 16) == "Ngắn"
