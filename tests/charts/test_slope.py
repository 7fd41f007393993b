"""The slope chart: every place in its box, ranges as bars, names as they are."""

from __future__ import annotations

import pytest

from mcda.analysis import comparison
from mcda.charts import SLOPE_MOST, Palette, place_table, slope_chart
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

COLOURS = Palette(
    background="#ffffff",
    surface="#eeeeee",
    text="#000000",
    muted="#444444",
    grid="#dddddd",
    accent="#14546e",
    series=("#111111", "#222222", "#333333"),
    unknown="#777777",
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
    return slope_chart(comparison(decision(ANN, BEN)), COLOURS)


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


def test_who_may_come_first_has_a_colour_and_the_others_are_grey(two):
    colours = {tuple(t["y"]): t["line"]["color"] for t in two.figure["data"]}
    assert colours == {(0, 1): "#111111", (1, 0): "#222222", (2, 2): "#777777"}


def test_a_place_that_is_a_range_has_a_bar():
    # Under Ann Gamma has 7.5 to 32.5 points against Beta's 25: place 2 to 3, as Beta's.
    found = slope_chart(comparison(decision(ANN, unknown=True)), COLOURS)
    bars = [t for t in found.figure["data"] if t["line"]["width"] == 5]
    assert [t["y"] for t in bars] == [[1, 2, None], [1, 2, None]]
    assert sorted(boxes(found).values()) == ["2–3", "2–3", "<b>1</b>"]


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
    drawn = slope_chart(found, COLOURS).figure["layout"]["xaxis"]["tickvals"]
    assert len(drawn) == SLOPE_MOST
    assert len(place_table(found).columns) == SLOPE_MOST + 3


def test_names_are_text():
    hostile = decision(ANN, BEN, first_name="<b>A</b> & co")
    ticks = slope_chart(comparison(hostile), COLOURS).figure["layout"]["yaxis"]["ticktext"]
    assert ticks[0] == "&lt;b&gt;A&lt;/b&gt; &amp; co"
