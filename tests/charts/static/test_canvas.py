"""The sheet: sound XML whatever is written on it, ids of its own, and widths from the font."""

from __future__ import annotations

import re
import struct
from collections import Counter
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from mcda.charts.static.canvas import FONTS, Canvas, text_width

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    '</text></svg><script>alert("x")</script>',
    "]]> <!-- & &amp; \"' -->",
    '" onload="alert(1)',
    "中文 😀 ب",
    "a\nb\tc",
)
GREY, BLACK = "#767c82", "#111111"


def parsed(canvas: Canvas, prefix: str = "f1") -> ElementTree.Element:
    return ElementTree.fromstring(canvas.svg(prefix, "Title", "Words"))


def drawn(canvas: Canvas) -> list[ElementTree.Element]:
    """Return what is drawn, in its order, without the title, the words and the patterns."""
    named = {f"{SVG}{name}" for name in ("title", "desc", "defs")}
    return [e for e in parsed(canvas) if e.tag not in named]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_written_is_text(text):
    canvas = Canvas(100, 50)
    canvas.text(0, 20, text)
    root = ElementTree.fromstring(canvas.svg("f1", text, text))
    assert [e.tag.removeprefix(SVG) for e in root.iter()] == ["svg", "title", "desc", "text"]
    assert [e.text for e in root] == [text] * 3


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_signs_that_xml_cannot_hold_are_replaced(sign):
    canvas = Canvas(100, 50)
    canvas.text(0, 20, f"a{sign}b")
    root = ElementTree.fromstring(canvas.svg("f1", f"a{sign}b", f"a{sign}b").encode())
    assert [e.text for e in root] == ["a\ufffdb"] * 3


def test_it_is_named_and_described():
    root = parsed(Canvas(120, 50.5))
    named = {e.get("id"): e.text for e in root.iter() if e.get("id")}
    assert root.get("viewBox") == "0 0 120 50.5"
    assert root.get("role") == "img"
    assert named[root.get("aria-labelledby")] == "Title"
    assert named[root.get("aria-describedby")] == "Words"


def test_a_prefix_is_only_a_prefix():
    canvas = Canvas(100, 50)
    canvas.hatched(0, 0, 10, 10, GREY)
    root = parsed(canvas, 'a" onload="x')
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == 3
    assert all(own.startswith('a" onload="x-') for own in ids)
    assert root.get("onload") is None


def test_each_color_has_one_hatch_and_each_box_its_own():
    canvas = Canvas(100, 50)
    for color in (GREY, BLACK, GREY):
        canvas.hatched(0, 0, 10, 10, color)
    for prefix in ("f1", "f2"):
        root = parsed(canvas, prefix)
        lines = {
            p.get("id"): p.find(f"{SVG}path").get("stroke") for p in root.iter(f"{SVG}pattern")
        }
        assert Counter(lines.values()) == {GREY: 1, BLACK: 1}
        assert all(name.startswith(f"{prefix}-") for name in lines)
        boxes = root.findall(f"{SVG}rect")
        assert [box.get("stroke") for box in boxes] == [GREY, BLACK, GREY]
        for box in boxes:
            assert lines[re.fullmatch(r"url\(#(.+)\)", box.get("fill"))[1]] == box.get("stroke")


def test_without_a_hatch_there_is_no_pattern():
    canvas = Canvas(100, 50)
    canvas.bar(0, 0, 10, 10, fill=GREY)
    assert parsed(canvas).find(f".//{SVG}pattern") is None


def test_the_lines_of_a_hatch_go_on_in_the_next_tile():
    canvas = Canvas(100, 50)
    canvas.hatched(0, 0, 10, 10, GREY)
    pattern = parsed(canvas).find(f".//{SVG}pattern")
    tile = int(pattern.get("width"))
    ends = re.findall(r"M (\S+) (\S+) L (\S+) (\S+)", pattern.find(f"{SVG}path").get("d"))
    places = [tuple(map(int, four)) for four in ends]
    # Each line is one of x + y = c that leaves the tile on both sides.
    assert all(x0 + y0 == x1 + y1 and y0 < 0 and x1 < 0 for x0, y0, x1, y1 in places)
    offsets = [x0 + y0 for x0, y0, _, _ in places]
    (step,) = {after - this for this, after in pairwise(offsets)}
    assert (offsets[0], offsets[-1], tile % step) == (0, 2 * tile, 0)


def test_nothing_is_drawn_without_width():
    canvas = Canvas(100, 50)
    canvas.bar(5, 5, 0, 10, fill=GREY)
    canvas.bar(5, 5, -1, 10, fill=GREY)
    canvas.hatched(5, 5, 0, 10, GREY)
    assert drawn(canvas) == []


def test_what_is_drawn_later_lies_above():
    canvas = Canvas(100, 50)
    canvas.mark(5, 5, "o", 8, GREY)
    canvas.bar(0, 0, 10, 10, fill=GREY)
    canvas.line([(0, 0), (9, 9)], GREY, 2)
    canvas.hatched(0, 0, 10, 10, GREY)
    canvas.text(0, 9, "a")
    tags = [e.tag.removeprefix(SVG) for e in drawn(canvas)]
    assert tags == ["circle", "rect", "polyline", "rect", "text"]


def test_a_box_a_line_and_a_circle_lie_where_they_are_put():
    canvas = Canvas(100, 50)
    canvas.bar(1, 2, 30, 4.125, fill=GREY, edge=BLACK)
    canvas.line([(0, 1), (2.5, 3), (1 / 3, 9)], GREY, 2)
    canvas.line([(0, 1), (2, 3)], GREY, 1.5)
    canvas.mark(20, 10, "o", 7, GREY)
    box, line, plain, circle = (e.attrib for e in drawn(canvas))
    assert box == {
        "x": "1",
        "y": "2",
        "width": "30",
        "height": "4.12",
        "fill": GREY,
        "stroke": BLACK,
    }
    assert line == {
        "points": "0,1 2.5,3 0.33,9",
        "fill": "none",
        "stroke": GREY,
        "stroke-width": "2",
    }
    assert plain == {
        "points": "0,1 2,3",
        "fill": "none",
        "stroke": GREY,
        "stroke-width": "1.5",
    }
    assert circle == {"cx": "20", "cy": "10", "r": "3.5", "fill": GREY, "stroke": "#ffffff"}


@pytest.mark.parametrize(
    ("anchor", "told"), [("left", None), ("center", "middle"), ("right", "end")]
)
def test_text_stands_at_its_anchor(anchor, told):
    canvas = Canvas(100, 50)
    canvas.text(30, 20, "a", size=12.5, bold=True, color=GREY, anchor=anchor)
    (label,) = drawn(canvas)
    assert label.get("text-anchor") == told
    assert [label.get(key) for key in ("x", "y", "font-size", "font-weight", "fill")] == [
        "30",
        "20",
        "12.5",
        "600",
        GREY,
    ]


def test_the_page_chooses_the_font_in_one_place():
    canvas = Canvas(100, 50)
    canvas.text(0, 20, "a")
    assert canvas.svg("f1", "T", "D").count('font-family="Public Sans, sans-serif"') == 1


FILES = {False: "PublicSans-Regular.ttf", True: "PublicSans-SemiBold.ttf"}


def tables(file: str) -> dict[str, bytes]:
    """Return the tables of a font by their tag (OpenType, "Table directory")."""
    data = (FONTS / file).read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    rows = (struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(count))
    return {tag.decode(): data[at : at + size] for tag, _, at, size in rows}


def glyph(cmap: bytes, code: int) -> int:
    """Return the glyph of a code point by a map of format 4, which is that of Windows."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    rows = [struct.unpack_from(">HHI", cmap, 4 + 8 * n) for n in range(count)]
    at = next(at for platform, encoding, at in rows if (platform, encoding) == (3, 1))
    kind, _, _, double = struct.unpack_from(">HHHH", cmap, at)
    assert kind == 4
    ends, starts, deltas, ranges = (
        at + 14 + n * double + 2 * (n > 0) for n in range(4)
    )  # two bytes of padding after the ends
    segment = next(
        n for n in range(double // 2) if struct.unpack_from(">H", cmap, ends + 2 * n)[0] >= code
    )
    start, delta, jump = (
        struct.unpack_from(">H", cmap, table + 2 * segment)[0] for table in (starts, deltas, ranges)
    )
    assert start <= code
    if jump == 0:
        return (code + delta) % 65536
    (found,) = struct.unpack_from(">H", cmap, ranges + 2 * segment + jump + 2 * (code - start))
    return (found + delta) % 65536


def advance(file: str, letter: str) -> float:
    """Return a letter's advance in shares of the em, read byte by byte from the file."""
    found = tables(file)
    (em,) = struct.unpack_from(">H", found["head"], 18)
    (metrics,) = struct.unpack_from(">H", found["hhea"], 34)
    row = min(glyph(found["cmap"], ord(letter)), metrics - 1)
    return struct.unpack_from(">H", found["hmtx"], 4 * row)[0] / em


@pytest.mark.parametrize("bold", [False, True])
def test_a_letter_is_as_wide_as_the_font_says(bold):
    letters = " iIlWm0159.,-–…•·éüßÅ%"
    widths = [text_width(c, 1, bold=bold) for c in letters]
    assert widths == pytest.approx([advance(FILES[bold], c) for c in letters], abs=1e-12)
    assert len(set(widths)) > 8


def test_a_line_is_the_sum_of_its_letters():
    parts = [text_width(c) for c in "Zoë 7"]
    assert text_width("Zoë 7") == pytest.approx(sum(parts))
    assert text_width("Zoë 7", 26) == pytest.approx(2 * sum(parts))
    assert text_width("Zoë 7", bold=True) > sum(parts)
    assert text_width("") == 0


@pytest.mark.parametrize("letter", ["中", "→", "😀", "\n"])
def test_a_letter_the_font_lacks_counts_as_a_wide_one(letter):
    assert text_width(letter, 20) == text_width("W", 20)
