"""The chart of an indicator for reports: the same words and table as on screen, drawn safely."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from mcda.charts.indicators import indicator_alt, indicator_table
from mcda.charts.static import indicator_chart
from mcda.lifecycle.indicators import IndicatorState, indicator_states
from mcda.project import Evaluation, Indicator, Observation, Project

HOSTILE = "</svg><script>alert(1)</script> $x^2$ <b>&amp;"


def state(*counts: int, **changes: object) -> IndicatorState:
    """An indicator with one count a year from 2027 on."""
    fields = {"id": "i", "name": "Linked", "every": "year", "target": 40.0, **changes}
    years = range(2027, 2027 + len(counts))
    seen = tuple(
        Observation(indicator="i", starts_on=date(y, 1, 1), ends_on=date(y, 12, 31), count=c)
        for y, c in zip(years, counts, strict=True)
    )
    kept = Evaluation(indicators=(Indicator.model_validate(fields),), observations=seen)
    return indicator_states(Project.new("Which?").with_evaluation(kept))[0]


def texts(found: IndicatorState, width: int = 656) -> list[str]:
    chart = indicator_chart(found)
    assert chart is not None
    root = ET.fromstring(chart.svg(width, "i"))
    return [e.text or "" for e in root.iter() if e.tag.endswith("text")]


def test_the_words_and_the_table_are_those_of_the_screen():
    found = state(30, 45)
    chart = indicator_chart(found)
    assert (chart.title, chart.alt, chart.table) == (
        "Linked",
        indicator_alt(found),
        indicator_table(found),
    )


def test_nothing_comparable_has_no_chart():
    assert indicator_chart(state()) is None


def test_each_number_that_may_be_shown_and_the_target_are_written():
    assert {"30", "45", "target 40"} <= set(texts(state(30, 45)))


def word(found: IndicatorState, text: str) -> ET.Element:
    root = ET.fromstring(indicator_chart(found).svg(656, "i"))
    return next(e for e in root.iter() if e.tag.endswith("text") and e.text == text)


def test_the_words_of_a_target_of_nothing_stand_above_the_axis():
    # The plot ends 128 pixels down; words reach 9 above their base line, and 3 below it.
    raised = word(state(0, 30, target=0.0, target_on=date(2028, 12, 31)), "target 0")
    assert float(raised.get("y")) == 128 - 5
    beside = word(state(30, 40, target=40.0, target_on=date(2028, 12, 31)), "target 40")
    assert float(beside.get("y")) < 128 - 40


def test_a_number_just_under_the_expected_line_stands_below_its_mark():
    clear, close = state(20, 40, target=100.0), state(85, 90, target=100.0)
    root = ET.fromstring(indicator_chart(close).svg(656, "i"))
    marks = [float(e.get("cy")) for e in root.iter() if e.tag.endswith("circle")]
    assert not marks  # all are off target, and so diamonds
    line = next(e for e in root.iter() if e.tag.endswith("text") and e.text == "target 100")
    height = float(line.get("y")) - 4
    for text in ("85", "90"):
        assert float(word(close, text).get("y")) - 9.4 > height + 10
    assert float(word(clear, "20").get("y")) < 128


@pytest.mark.parametrize("count", [1, 5, 9])
def test_a_hidden_number_moves_nothing(count):
    """Whatever a small count is, the picture is the same to the last byte."""
    drawn = indicator_chart(state(30, count, 45)).svg(656, "i")
    assert drawn == indicator_chart(state(30, 2, 45)).svg(656, "i")
    assert "hidden for privacy" in drawn


def test_numbers_do_not_lie_over_each_other_on_a_phone():
    found = state(*range(100_000, 100_020))
    written = [t for t in texts(found, 320) if re.fullmatch(r"100,0\d\d", t)]
    assert "100,019" in written
    assert len(written) < 10


def test_hostile_names_are_text():
    svg = indicator_chart(state(30, 45, name=HOSTILE)).svg(320, "i")
    tags = {e.tag.rpartition("}")[2] for e in ET.fromstring(svg).iter()}
    assert tags == {"svg", "title", "desc", "rect", "polyline", "polygon", "circle", "text"}


def test_same_input_same_picture():
    found = state(30, 9, 45)
    assert indicator_chart(found).svg(656, "i") == indicator_chart(found).svg(656, "i")
