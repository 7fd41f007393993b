"""The shapes of marks: as large as geometry says, where they are put, and told apart."""

from __future__ import annotations

from itertools import pairwise
from math import pi, sin, sqrt
from xml.etree import ElementTree

import pytest

from mcda.charts.static.canvas import Canvas
from mcda.charts.static.marks import OUTLINES

SVG = "{http://www.w3.org/2000/svg}"
# Of a square of side 1, a triangle as wide and high, a plus of five of nine squares, a regular
# hexagon and the star of a pentagram with their corners half a pixel from the middle.
AREAS = {
    "s": 1,
    "D": 1,
    "^": 1 / 2,
    "v": 1 / 2,
    ">": 1 / 2,
    "P": 5 / 9,
    "h": 3 * sqrt(3) / 8,
    "*": 5 / 4 * (3 - sqrt(5)) / 2 * sin(pi / 5),
}


def corners(shape: str, x: float, y: float, size: float) -> list[tuple[float, float]]:
    canvas = Canvas(200, 200)
    canvas.mark(x, y, shape, size, "#112233")
    (found,) = ElementTree.fromstring(canvas.svg("f1", "T", "D")).iter(f"{SVG}polygon")
    assert (found.get("fill"), found.get("stroke")) == ("#112233", "#ffffff")
    return [tuple(map(float, pair.split(","))) for pair in found.get("points").split()]


def area(outline: list[tuple[float, float]]) -> float:
    """Return the area within an outline that does not cross itself (the shoelace formula)."""
    sides = pairwise([*outline, outline[0]])
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in sides)) / 2


@pytest.mark.parametrize("shape", AREAS)
def test_a_mark_is_as_large_as_geometry_says(shape):
    assert area(corners(shape, 100, 100, 100)) == pytest.approx(AREAS[shape] * 1e4, rel=1e-3)


def test_every_shape_is_checked():
    assert set(OUTLINES) == set(AREAS)


@pytest.mark.parametrize("shape", ["s", "D", "P", "h"])
def test_a_mark_lies_around_its_point(shape):
    outline = corners(shape, 40, 70, 12)
    assert sum(x for x, _ in outline) / len(outline) == pytest.approx(40, abs=0.01)
    assert sum(y for _, y in outline) / len(outline) == pytest.approx(70, abs=0.01)


@pytest.mark.parametrize(
    ("shape", "tip"), [("^", (40, 65)), ("v", (40, 75)), (">", (45, 70)), ("*", (40, 65))]
)
def test_a_mark_points_where_it_should(shape, tip):
    outline = corners(shape, 40, 70, 10)
    assert tip in outline
    assert all(35 <= x <= 45 and 65 <= y <= 75 for x, y in outline)
