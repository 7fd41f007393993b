"""The fonts of documents: those that come along and no other, each with its licence."""

from __future__ import annotations

import pytest

from mcda.charts.static.canvas import FONTS
from mcda.report.signs import FAMILIES, fonts, not_drawn

OFL = "SIL OPEN FONT LICENSE Version 1.1"


def test_documents_see_the_fonts_that_come_along_and_no_other():
    found = fonts()
    assert sorted(found.families()) == sorted(FAMILIES)
    weights = sorted((font.family, font.weight) for font in found.fonts())
    assert weights == [
        ("DejaVu Sans", 400),
        ("DejaVu Sans", 700),
        ("Last Resort High-Efficiency", 400),
        ("Public Sans", 400),
        ("Public Sans", 600),
    ]


@pytest.mark.parametrize(
    ("licence", "says"),
    [
        (
            "PublicSans-OFL.txt",
            ("Public Sans Project Authors", "SIL OPEN FONT LICENSE Version 1.1"),
        ),
        ("LastResort-OFL.txt", ("Unicode, Inc.", "SIL OPEN FONT LICENSE Version 1.1")),
        ("DejaVuSans-LICENSE.txt", ("Bitstream, Inc.", "Tavmjong Bah", "free of charge")),
    ],
)
def test_each_font_comes_with_its_licence(licence, says):
    text = (FONTS / licence).read_text(encoding="utf-8")
    assert all(words in text for words in says)
    assert list(FONTS.glob(f"{licence.partition('-')[0]}*.ttf"))


# Letters of Public Sans; signs that only DejaVu Sans has; what neither has.
@pytest.mark.parametrize("text", ["Zoë’s “plan” – 5 • … %", "← → ≤ Ω Жанна ع ✓"])
def test_what_one_font_has_is_drawn(text):
    assert not_drawn(text) == set()


def test_what_no_font_has_is_told():
    assert not_drawn("Zoë ≤ 中 ← 한 \ufffd") == {"中", "한", "\ufffd"}


def test_what_a_font_has_only_plain_is_told():
    plain = "\N{MATHEMATICAL SANS-SERIF CAPITAL A}"  # in DejaVu Sans, not in its bold
    assert not_drawn(plain) == {plain}


def test_what_is_never_seen_is_not_missed():
    assert not_drawn("a\n\t\u200b\u00a0e\u0301") == set()
