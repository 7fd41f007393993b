"""From value back to scores, on straight, bent, flat and falling scales."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.analysis.firmness.natural import one_step, past_text, score_worth, stated_past
from mcda.engine import piecewise_value
from mcda.project import Criterion, Level, LevelScale, NumberScale, ValuePoint


def criterion(scale):
    return Criterion(id="x", name="X", scale=scale)


def number(worst, best, *points, unit="months"):
    bends = tuple(ValuePoint(score=s, value=v) for s, v in points)
    return criterion(NumberScale(unit=unit, worst=worst, best=best, points=bends))


LEVELS = criterion(
    LevelScale(
        levels=tuple(Level(level=n, anchor=str(n)) for n in range(1, 6)),
        values=(0.0, 15.0, 55.0, 80.0, 100.0),
    )
)
FALLING_LEVELS = criterion(
    LevelScale(levels=tuple(Level(level=n, anchor=str(n)) for n in (3, 2, 1)))
)


@pytest.mark.parametrize("way", [True, False])
@given(st.floats(0, 100))
def test_a_score_is_worth_what_was_asked_for(way, value):
    for scale in (number(18, 0), number(0, 1200, (300, 60)), LEVELS):
        points, values = zip(*scale.scale.curve, strict=True)
        back = piecewise_value([score_worth(scale, value, way)], points, values)
        assert back[0] == pytest.approx(value, abs=1e-9)


def test_on_a_flat_stretch_the_far_end_is_taken():
    flat = number(0, 30, (10, 50), (20, 50))
    assert (score_worth(flat, 50, True), score_worth(flat, 50, False)) == (20, 10)
    assert (score_worth(flat, 0, False), score_worth(flat, 100, True)) == (0, 30)


@pytest.mark.parametrize(
    ("scale", "value", "improving", "stated"),
    [
        (number(0, 1200, (300, 60)), 40.0, True, 210.0),
        (number(0, 1200, (300, 60)), 40.0, False, 190.0),
        (number(600_000, 0), 43.1, True, 341_000.0),
        (number(18, 0), 50.0, True, 8.9),
        (number(18, 0), 50.0, False, 9.1),
        (number(0, 100), 99.99, True, 100.0),
        (number(0, 0.3), 100 - 1e-13, True, 0.3),
        (number(0.1, 0.3), 1e-13, False, 0.1),
        (number(0, 0.3), 100 - 2e-14, True, 0.3),
    ],
)
def test_a_stated_score_is_a_round_one_past_the_flip(scale, value, improving, stated):
    found = stated_past(scale, value, improving)
    assert found == pytest.approx(stated, rel=1e-9)
    low, high = scale.scale.ends
    assert low <= found <= high


@pytest.mark.parametrize(
    ("scale", "value", "improving", "stated"),
    [
        (LEVELS, 54.0, True, 3),
        (LEVELS, 55.0, True, 4),
        (LEVELS, 55.0, False, 2),
        (LEVELS, 100.0, True, None),
        (LEVELS, 0.0, False, None),
        (FALLING_LEVELS, 50.0, True, 1),
        (FALLING_LEVELS, 50.0, False, 3),
    ],
)
def test_the_next_level_past_the_flip(scale, value, improving, stated):
    assert stated_past(scale, value, improving) == stated


@pytest.mark.parametrize(
    ("scale", "stated", "improving", "text"),
    [
        (LEVELS, 4, True, "level 4 or better"),
        (FALLING_LEVELS, 3, False, "level 3 or worse"),
        (number(18, 0), 2.5, True, "2.5 months or less"),
        (number(18, 0), 10.5, False, "10.5 months or more"),
        (number(0, 40, unit="%"), 30, True, "30% or more"),
    ],
)
def test_which_way_past_it_is(scale, stated, improving, text):
    assert past_text(scale, stated, improving) == text


@pytest.mark.parametrize(
    ("scale", "score", "steps"),
    [
        (LEVELS, 3, (2, 4)),
        (LEVELS, 1, (2,)),
        (LEVELS, 5, (4,)),
        (LEVELS, 2.5, ()),
        (FALLING_LEVELS, 2, (3, 1)),
        (number(0, 40), 20, (16, 24)),
        (number(40, 0), 38, (34, 40)),
        (number(0, 40), 0, (4,)),
    ],
)
def test_one_step_either_way(scale, score, steps):
    assert one_step(scale, score) == steps
