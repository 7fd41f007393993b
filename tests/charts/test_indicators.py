"""An indicator over time: marks that may be shown, bands for the others, nothing hidden in it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from mcda.charts.indicators import (
    drawing,
    indicator_alt,
    indicator_chart,
    indicator_table,
    reading_words,
    standing_table,
)
from mcda.charts.static import PAPER
from mcda.lifecycle.indicators import HIDDEN, IndicatorState, indicator_states
from mcda.project import Evaluation, Indicator, Observation, Part, Project
from mcda.project.templates import example

LINKED = Indicator(
    id="linked", name="Linked in time", measure="share", baseline=20.0,
    baseline_on=date(2027, 1, 1), target=80.0, target_on=date(2027, 12, 31),
)  # fmt: skip
FOUND = Indicator(id="found", name="Concerns found", unit="screens", groups=("Boys", "Girls"))
QUARTERS = [(1, 3, 31), (4, 6, 30), (7, 9, 30), (10, 12, 31)]


def quarter(number: int, **numbers) -> Observation:
    first, last, day = QUARTERS[number - 1]
    return Observation(starts_on=date(2027, first, 1), ends_on=date(2027, last, day), **numbers)


def state(indicator: Indicator, *observations: Observation) -> IndicatorState:
    evaluation = Evaluation(indicators=(indicator,), observations=observations)
    return indicator_states(Project.new("Which?").with_evaluation(evaluation))[0]


def linked(*counts: int) -> IndicatorState:
    """Return the share with these counts of a hundred in the first quarters."""
    seen = [quarter(n, indicator="linked", count=c, of=100) for n, c in enumerate(counts, 1)]
    return state(LINKED, *seen)


def test_a_mark_stands_at_the_end_of_each_period_with_its_number():
    found = drawing(linked(30, 50))
    assert [(m.at, m.value, m.text, m.on_target) for m in found.marks] == [
        (date(2027, 3, 31), 30.0, "30%", False),
        (date(2027, 6, 30), 50.0, "50%", True),
    ]
    assert len(found.runs) == 1


def test_the_numbers_of_a_series_have_as_many_decimals_each():
    seen = [quarter(n, indicator="linked", count=c, of=of)
            for n, (c, of) in enumerate([(17, 27), (18, 31), (30, 60)], 1)]  # fmt: skip
    # 62.96, 58.06 and 50 percent, each to one decimal; in words and in the table as they are.
    found = state(LINKED, *seen)
    assert [m.text for m in drawing(found).marks] == ["63.0%", "58.1%", "50.0%"]
    assert [row[1] for row in indicator_table(found).rows] == ["63%", "58.1%", "50%"]


@pytest.mark.parametrize(
    ("count", "below"),
    [(30, False), (60, True), (79, True), (80, False), (85, False)],
)
def test_a_number_stands_below_its_mark_where_the_expected_line_is_just_above(count, below):
    # The scale goes to 112: at 112 pixels a percent is a pixel, and the line is at 80.
    level = LINKED.model_copy(update={"target_on": None})
    found = drawing(state(level, quarter(1, indicator="linked", count=count, of=100)))
    (mark,) = found.marks
    assert found.is_below(mark, 112.0) is below
    assert not found.is_below(replace(mark, at=date(2030, 1, 1)), 112.0)


def test_a_number_stands_above_its_mark_where_there_is_no_room_below():
    low = LINKED.model_copy(update={"target_on": None, "target": 25.0})
    found = drawing(state(low, quarter(1, indicator="linked", count=20, of=100)))
    assert not found.is_below(found.marks[0], 112.0)
    assert found.is_below(found.marks[0], 448.0)


def test_the_expected_line_has_a_height_on_each_day_it_reaches():
    found = drawing(linked(30))
    # From 20 on January 1 to 80 on December 31: 364 days, half of them on July 2.
    heights = [found.expected_at(date(2027, *day)) for day in ((1, 1), (7, 2), (12, 31))]
    assert heights == pytest.approx([20.0, 50.0, 80.0])
    assert found.expected_at(date(2026, 12, 31)) is None


def test_on_screen_the_numbers_keep_clear_of_the_expected_line():
    # 34.7, 49.7 and 64.8 were expected: the last is 12 pixels above its mark, the others below.
    run = indicator_chart(linked(40, 50, 60), PAPER).figure["data"][1]
    assert run["textposition"] == ["top center", "top center", "bottom center"]


def test_a_hidden_period_is_a_band_that_breaks_the_line():
    found = drawing(linked(30, 7, 50))
    assert [len(run) for run in found.runs] == [1, 1]
    assert found.hidden == ((date(2027, 4, 1), date(2027, 6, 30)),)


def test_hidden_periods_next_to_each_other_are_one_band():
    found = drawing(linked(30, 7, 8, 50))
    assert found.hidden == ((date(2027, 4, 1), date(2027, 9, 30)),)


@pytest.mark.parametrize("counts", [(2, 5), (5, 9), (9, 2)])
def test_a_chart_is_the_same_whatever_a_hidden_number_is(counts):
    def drawn(count: int) -> str:
        plain = FOUND.model_copy(update={"groups": (), "target": 40.0})
        seen = [
            quarter(1, indicator="found", count=30),
            quarter(2, indicator="found", count=count),
        ]
        chart = indicator_chart(state(plain, *seen), PAPER)
        return json.dumps(chart.figure) + chart.alt + str(chart.table)

    one, other = map(drawn, counts)
    assert one == other
    assert HIDDEN in one


def test_the_expected_line_goes_from_the_baseline_to_the_target():
    found = drawing(linked(30))
    assert found.expected == ((date(2027, 1, 1), 20.0), (date(2027, 12, 31), 80.0))
    assert found.target_text == "target 80%"


def test_without_a_day_the_target_holds_on_every_day():
    level = LINKED.model_copy(update={"target_on": None})
    found = drawing(state(level, quarter(1, indicator="linked", count=30, of=100)))
    assert found.expected == ((date(2027, 1, 1), 80.0), (date(2027, 3, 31), 80.0))
    assert found.is_level


def test_the_expected_line_never_gives_a_small_baseline_away():
    few = Indicator(
        id="few", name="Few", better="lower", baseline=8.0, baseline_on=date(2027, 1, 1),
        target=0.0, target_on=date(2027, 12, 31),
    )  # fmt: skip
    found = state(few, quarter(2, indicator="few", count=20))
    assert drawing(found).expected == ((date(2027, 12, 31), 0.0),)
    assert indicator_table(found).rows[0][2] == ""
    assert "expected" not in indicator_alt(found)


def test_no_color_says_good_or_bad():
    chart = indicator_chart(linked(30, 50), PAPER)
    marks = chart.figure["data"][1]["marker"]
    assert marks["symbol"] == ["diamond-open", "circle"]
    assert marks["color"] == PAPER.accent


def test_what_is_never_judged_has_round_marks_and_no_verdict():
    neither = FOUND.model_copy(update={"better": "neither", "groups": (), "target": 10.0})
    found = state(
        neither,
        quarter(1, indicator="found", count=20),
        quarter(2, indicator="found", count=60),
    )
    chart = indicator_chart(found, PAPER)
    assert chart.figure["data"][1]["marker"]["symbol"] == ["circle", "circle"]
    assert {row[-1] for row in chart.table.rows} == {"not judged"}


def test_the_table_has_groups_counts_and_what_was_expected():
    seen = quarter(
        1, indicator="found", count=48,
        parts=(Part(group="Boys", count=20), Part(group="Girls", count=28)),
    )  # fmt: skip
    table = indicator_table(state(FOUND, seen))
    assert [c.title for c in table.columns] == [
        "Period", "Observed, screens", "Boys", "Girls", "Expected by then", "How it stands",
    ]  # fmt: skip
    assert table.rows == (("January to March 2027", "48", "20", "28", "", "not judged"),)


def test_a_share_has_its_two_counts_and_a_small_rest_is_hidden():
    row = indicator_table(linked(95)).rows[0]
    assert row[1] == HIDDEN
    assert row[2:4].count(HIDDEN) == 1


def test_a_group_that_was_not_counted_is_not_hidden():
    seen = quarter(1, indicator="found", count=48)
    assert indicator_table(state(FOUND, seen)).rows[0][2:4] == ("not counted", "not counted")


def test_the_words_say_every_period_and_how_to_read_it():
    found = linked(30, 7, 50)
    said = indicator_alt(found)
    assert said.startswith("Line chart of Linked in time: January to March 2027, 30%, expected")
    assert f"April to June 2027, {HIDDEN}" in said
    assert reading_words(drawing(found)) == (
        "How to read it: each mark stands at the end of its period; a diamond is off target; the "
        "dashed line is what was to be expected; a grey band is a period that is hidden for "
        "privacy."
    )


def test_many_marks_have_their_numbers_on_some_of_them_the_last_included():
    days = FOUND.model_copy(update={"every": "month", "groups": ()})
    seen = [
        Observation(indicator="found", count=30 + n, starts_on=date(2027, n, 1),
                    ends_on=date(2027, n, 28)) for n in range(1, 13)
    ]  # fmt: skip
    texts = indicator_chart(state(days, *seen), PAPER).figure["data"][0]["text"]
    assert 0 < sum(map(bool, texts)) <= 5
    assert texts[-1] == "42"


def test_no_two_numbers_lie_over_each_other_on_a_phone():
    # A quarter is 11% of two years with the room around them, and "51.5%" takes 16% of a phone.
    met = next(s for s in indicator_states(example("elm_county_two_years_on"))
               if s.indicator.measure == "share" and len(s.running) > 5)  # fmt: skip
    texts = indicator_chart(met, PAPER).figure["data"][1]["text"]
    assert texts == ["", "58.1%", "", "51.5%"]


def test_a_name_that_is_markup_is_shown_as_it_is():
    odd = LINKED.model_copy(update={"name": "<b>x</b>", "unit": "<i>"})
    chart = indicator_chart(state(odd, quarter(1, indicator="linked", count=30, of=100)), PAPER)
    assert "<b>" not in json.dumps(chart.figure)


def test_nothing_comparable_is_nothing_to_draw():
    assert drawing(state(LINKED)) is None
    assert indicator_chart(state(LINKED), PAPER) is None


def test_days_at_the_ends_of_the_calendar_are_drawn():
    ends = LINKED.model_copy(update={"baseline_on": date.min, "target_on": date.max})
    found = drawing(state(ends, quarter(1, indicator="linked", count=30, of=100)))
    assert (found.first, found.last) == (date.min, date.max)


def test_how_all_stand_is_one_table():
    states = indicator_states(example("elm_county_two_years_on"))
    rows = standing_table(states).rows
    assert [row[1] for row in rows] == [s.standing for s in states]
    assert any(row[2] == HIDDEN for row in rows)
