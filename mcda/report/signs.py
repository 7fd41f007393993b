"""Which signs a document with its own fonts can draw, and what stands for those it cannot hold.

Text is set in Public Sans; what it lacks, in DejaVu Sans; what both lack is drawn as a box by the
Last Resort font, and stays in the document as text.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

from mcda.charts.static.canvas import FONTS

if TYPE_CHECKING:
    from typst import Fonts

FAMILIES = ("Public Sans", "DejaVu Sans", "Last Resort High-Efficiency")
_DRAWN_BY = (
    ("PublicSans-Regular.ttf", "PublicSans-SemiBold.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
# Signs of no agreed meaning, halves of signs, and those that are none: no archive takes them.
_REFUSED = frozenset({"Co", "Cs", "Cn"})
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Zs"})
_MARK_OF_ORDER = "\N{ZERO WIDTH NO-BREAK SPACE}"


def holdable(text: str) -> str:
    r"""Return text with a replacement sign for each that an archived document must not hold.

    >>> holdable("a\ue000b\ufeff")
    'a\ufffdb'
    """
    refused = [c for c in set(text) if unicodedata.category(c) in _REFUSED]
    for sign in refused:
        text = text.replace(sign, "\ufffd")
    return text.replace(_MARK_OF_ORDER, "")


def not_drawn(text: str) -> set[str]:
    r"""Return the signs in a text that stand as boxes, as no font has a drawing of them.

    >>> sorted(not_drawn("Zoë ≤ Жанна 中 \ufffd"))
    ['中', '\ufffd']
    """
    seen = {c for c in set(text) if unicodedata.category(c) not in _UNSEEN}
    return {c for c in seen if c == "\ufffd" or ord(c) not in _drawn()}


def drawable(drawing: str) -> str:
    """Return a drawing (SVG) with a replacement sign for each that no font has a drawing of.

    A label is set in one font: with such a sign in it, all of it would be boxes.

    >>> drawable("<text>Kids \u4e2d</text>") == "<text>Kids \ufffd</text>"
    True
    """
    return drawing.translate({ord(sign): "\ufffd" for sign in not_drawn(drawing)})


@cache
def _drawn() -> frozenset[int]:
    """Return the code points that one of our fonts draws, plain and bold."""
    found: set[int] = set()
    for files in _DRAWN_BY:
        found |= set.intersection(*map(_code_points, files))
    return frozenset(found)


def _code_points(file: str) -> set[int]:
    with TTFont(FONTS / file) as font:
        return set(font.getBestCmap())


@cache
def fonts() -> Fonts:
    """Return the fonts for typst: those that come along, none of the machine's."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
