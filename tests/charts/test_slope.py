"""The slope chart: every place in its box, ranges too, names as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mcda.analysis import comparison
from mcda.charts import SLOPE_MOST, place_table, slope_chart
from mcda.charts.static import PAPER
from mcda.project import (
    Criterion,
    Evidence,
    Exact,
    Info,
    NumberScale,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Run,
    Score,
    Unknown,
    Weighting,
)

SCALE = NumberScale(worst=0.0, best=100.0)


def weighting(name: str, x: float, y: float) -> Weighting:
    shares = (PointShare(item="x", points=x), PointShare(item="y", points=y))
    return Weighting(
        id=name.lower().replace(" ", "-"), name=name, judgement=PointsJudgement(points=shares)
    )


def decision(*weightings: Weighting, unknown: bool = False, first_name: str = "Alpha") -> Project:
    """Alpha is best at x, Beta at y; Gamma is poor at both, or its y is unknown."""
    cells = {"a": (100.0, 0.0), "b": (0.0, 100.0), "c": (10.0, None if unknown else 10.0)}
    names = {"a": first_name, "b": "Beta", "c": "Gamma"}
    evidence = Evidence(
        programs=tuple(Program(id=p, name=names[p]) for p in cells),
        criteria=tuple(Criterion(id=c, name=c.upper(), scale=SCALE) for c in "xy"),
        scores=tuple(
            Score(
                program=p,
                criterion=c,
                amount=Unknown() if value is None else Exact(value=value),
            )
            for p, row in cells.items()
            for c, value in zip("xy", row, strict=True)
        ),
    )
    run = Run(id="run-1", title="First", evidence=evidence, weightings=weightings)
    return Project(info=Info(title="Which?"), runs=(run,))


ANN, BEN = weighting("Ann", 3.0, 1.0), weighting("Ben", 1.0, 3.0)


@pytest.fixture(name="two")
def two_fixture():
    return slope_chart(comparison(decision(ANN, BEN)), PAPER)


def boxes(chart) -> dict[tuple[float, float], str]:
    return {(n["x"], n["y"]): n["text"] for n in chart.figure["layout"]["annotations"]}


def test_each_place_stands_in_a_box(two):
    # Under Ann: Alpha 75, Beta 25, Gamma 10; under Ben Alpha and Beta change places.
    assert boxes(two) == {
        (0, 0): "<b>1</b>",
        (0, 1): "2",
        (0, 2): "3",
        (1, 0): "<b>1</b>",
        (1, 1): "2",
        (1, 2): "3",
    }


def test_lines_cross_where_programs_change_places(two):
    lines = [trace["y"] for trace in two.figure["data"]]
    assert sorted(lines) == [[0, 1], [1, 0], [2, 2]]


def test_every_program_has_a_colour_and_who_may_come_first_a_thick_line(two):
    first, second, third, *_ = PAPER.series
    lines = {tuple(t["y"]): (t["line"]["color"], t["line"]["width"]) for t in two.figure["data"]}
    assert lines == {(0, 1): (first, 4), (1, 0): (second, 4), (2, 2): (third, 1.5)}


def test_with_more_programs_than_colours_the_last_are_grey():
    found = slope_chart(comparison(decision(ANN, BEN)), replace(PAPER, series=PAPER.series[:1]))
    assert [t["line"]["color"] for t in found.figure["data"]].count(PAPER.unknown) == 2


def test_a_place_that_is_a_range_has_the_whole_of_it_in_its_box():
    # Under Ann Gamma has 7.5 to 32.5 points against Beta's 25: place 2 to 3, as Beta's.
    found = slope_chart(comparison(decision(ANN, unknown=True)), PAPER)
    assert sorted(boxes(found).values()) == ["2–3", "2–3", "<b>1</b>"]
    assert len(found.figure["data"]) == 3  # a line a program, and nothing besides


def test_the_table_has_every_program_and_weighting(two):
    assert [c.title for c in two.table.columns] == ["Program", "Ann", "Ben"]
    assert two.table.rows == (("Alpha", "1", "2"), ("Beta", "2", "1"), ("Gamma", "3", "3"))


def test_the_alt_text_gives_the_places(two):
    assert two.alt == (
        "Slope chart: places of each program under Ann, Ben. Alpha, 1, 2; Beta, 2, 1; Gamma, 3, 3."
    )


def test_of_many_weightings_the_first_are_drawn_and_the_table_has_all():
    many = [weighting(f"Person {n}", 3.0, 1.0) for n in range(SLOPE_MOST + 2)]
    found = comparison(decision(*many))
    drawn = slope_chart(found, PAPER).figure["layout"]["xaxis"]["tickvals"]
    assert len(drawn) == SLOPE_MOST
    assert len(place_table(found).columns) == SLOPE_MOST + 3


def test_names_are_text():
    hostile = decision(ANN, BEN, first_name="<b>A</b> & co")
    ticks = slope_chart(comparison(hostile), PAPER).figure["layout"]["yaxis"]["ticktext"]
    assert ticks[0] == "&lt;b&gt;A&lt;/b&gt; &amp; co"
