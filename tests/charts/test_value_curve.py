"""The picture of a value function: its points, its axes, its words and its table."""

from __future__ import annotations

import pytest

from mcda.charts import direction_words, scored, value_curve, value_sentence
from mcda.charts.static import PAPER
from mcda.project import Criterion, Level, LevelScale, NumberScale, ValuePoint


def _number(*points: tuple[float, float], worst=0.0, best=1200.0, unit="people") -> Criterion:
    between = tuple(ValuePoint(score=s, value=v) for s, v in points)
    scale = NumberScale(unit=unit, worst=worst, best=best, points=between)
    return Criterion(id="reach", name="Reach", scale=scale)


def _levels(*numbers: int, values=None) -> Criterion:
    levels = tuple(Level(level=n, anchor=f"Anchor {n}") for n in numbers)
    return Criterion(id="fit", name="Fit", scale=LevelScale(levels=levels, values=values))


def test_a_number_is_a_line_through_its_points():
    (line,) = value_curve(_number((300, 60)), PAPER).figure["data"]
    assert line["mode"] == "lines+markers+text"
    assert (line["x"], line["y"]) == ([0, 300, 1200], [0, 60, 100])
    assert line["text"] == ["0", "60", "100"]


def test_less_is_better_falls_from_left_to_right():
    (line,) = value_curve(_number(worst=18, best=0, unit="months"), PAPER).figure["data"]
    assert (line["x"], line["y"]) == ([0, 18], [100, 0])


def test_levels_are_dots_on_stems_without_a_line_between():
    stems, dots = value_curve(_levels(1, 2, 3, values=(0, 30, 100)), PAPER).figure["data"]
    assert dots["mode"] == "markers+text"
    assert (dots["x"], dots["y"]) == ([1, 2, 3], [0, 30, 100])
    assert stems["x"] == [1, 1, None, 2, 2, None, 3, 3, None]


def test_the_axis_names_the_unit_and_labels_the_points():
    axis = value_curve(_number((300, 60)), PAPER).figure["layout"]["xaxis"]
    assert axis["title"] == {"text": "people"}
    assert axis["tickvals"] == [0, 300, 1200]
    assert axis["ticktext"] == ["0", "300", "1,200"]


def test_points_too_close_together_are_not_all_labelled():
    axis = value_curve(_number((10, 5), (500, 50), (510, 60)), PAPER).figure["layout"]["xaxis"]
    assert axis["tickvals"] == [0, 500, 1200]


def test_both_ends_stay_inside_the_picture():
    low, high = value_curve(_number(), PAPER).figure["layout"]["xaxis"]["range"]
    assert low < 0
    assert high > 1200


def test_decimals_are_kept_in_words_and_table():
    chart = value_curve(_number(worst=0.125, best=2.75, unit="hours"), PAPER)
    assert "0.125 hours is worth 0, and 2.75 hours is worth 100" in chart.alt
    assert chart.table.rows == (("0.125", "0"), ("2.75", "100"))
    assert chart.table.columns[0].title == "Score (hours)"


def test_the_table_of_levels_tells_what_each_means():
    table = value_curve(_levels(1, 2, 3), PAPER).table
    assert table.rows == (
        ("1", "Anchor 1", "0"),
        ("2", "Anchor 2", "50"),
        ("3", "Anchor 3", "100"),
    )


def test_a_scale_without_a_unit_is_a_score():
    chart = value_curve(_number(unit=""), PAPER)
    assert chart.figure["layout"]["xaxis"]["title"] == {"text": "score"}
    assert chart.table.columns[0].title == "Score"


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (_number(), "more is better"),
        (_number(worst=9, best=0), "less is better"),
        (_levels(1, 2), "a higher level is better"),
        (_levels(2, 1), "a lower level is better"),
    ],
)
def test_direction_is_said_in_words(criterion, words):
    assert direction_words(criterion) == words
    assert value_sentence(criterion).lower().startswith(words)


def test_a_level_is_called_one():
    assert scored(_levels(1, 2), 2) == "level 2"


def test_markup_in_the_unit_is_shown_as_it_is():
    chart = value_curve(_number(unit="<b>x</b>"), PAPER)
    assert chart.figure["layout"]["xaxis"]["title"]["text"] == "&lt;b&gt;x&lt;/b&gt;"
    assert "&lt;b&gt;" in chart.figure["data"][0]["hovertext"][0]
