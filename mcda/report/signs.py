"""Which signs a document with its own fonts can draw, and what stands for those it cannot hold.

Text is set in Public Sans; what it lacks, in DejaVu Sans; what both lack is drawn as a box by the
Last Resort font, and stays in the document as text. The last two come with matplotlib.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
from matplotlib.ft2font import FT2Font

from mcda.charts import static

if TYPE_CHECKING:
    from typst import Fonts

FAMILIES = ("Public Sans", "DejaVu Sans", "Last Resort High-Efficiency")
_OURS = Path(static.__path__[0])
_MORE = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_DRAWN_BY = (
    (_OURS / "PublicSans-Regular.ttf", _OURS / "PublicSans-SemiBold.ttf"),
    (_MORE / "DejaVuSans.ttf", _MORE / "DejaVuSans-Bold.ttf"),
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
    refused = {ord(c): "\ufffd" for c in set(text) if unicodedata.category(c) in _REFUSED}
    return text.replace(_MARK_OF_ORDER, "").translate(refused)


def not_drawn(text: str) -> set[str]:
    r"""Return the signs in a text that stand as boxes, as no font has a drawing of them.

    >>> sorted(not_drawn("Zoë ≤ Жанна 中 \ufffd"))
    ['中', '\ufffd']
    """
    seen = {c for c in set(text) if unicodedata.category(c) not in _UNSEEN}
    return {c for c in seen if c == "\ufffd" or ord(c) not in _drawn()}


@cache
def _drawn() -> frozenset[int]:
    """Return the code points that one of our fonts draws, plain and bold."""
    found: set[int] = set()
    for files in _DRAWN_BY:
        both = [set(FT2Font(str(file)).get_charmap()) for file in files]
        found |= set.intersection(*both)
    return frozenset(found)


@cache
def fonts() -> Fonts:
    """Return the fonts for typst: those that come along, none of the machine's."""
    import typst

    folders = [str(_OURS), str(_MORE)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
