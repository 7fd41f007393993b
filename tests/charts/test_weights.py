"""Dot strips of weights: one strip a criterion, one dot a weighting."""

from __future__ import annotations

from mcda.analysis import UsedWeights
from mcda.charts import weight_strips
from mcda.charts.static import PAPER
from mcda.project import Criterion, NumberScale

SCALE = NumberScale(worst=0.0, best=100.0)
COST, REACH = (Criterion(id=c, name=c.capitalize(), scale=SCALE) for c in ("cost", "reach"))


def used(name: str, cost: float) -> UsedWeights:
    return UsedWeights(name.lower(), name, "", {"cost": cost, "reach": 1 - cost})


def strips(*weightings: UsedWeights):
    return weight_strips(weightings, (COST, REACH), PAPER)


def dots(chart) -> dict[str, dict]:
    return {t["name"]: t for t in chart.figure["data"] if t["mode"] == "markers"}


def test_the_heaviest_criterion_of_the_first_weighting_stands_on_top():
    names = [n["text"] for n in strips(used("Ann", 0.25)).figure["layout"]["annotations"]]
    assert names == ["<b>Reach</b>", "<b>Cost</b>"]


def test_each_weighting_has_a_dot_on_every_strip():
    found = dots(strips(used("Ann", 0.25), used("Ben", 0.6)))
    assert found["Ann"]["x"] == [75, 25]
    assert found["Ben"]["x"] == [40, 60]


def test_weightings_differ_in_shape_as_well_as_colour():
    found = dots(strips(used("Ann", 0.25), used("Ben", 0.6)))
    markers = [(t["marker"]["symbol"], t["marker"]["color"]) for t in found.values()]
    assert len({s for s, _ in markers}) == len({c for _, c in markers}) == 2


def test_a_line_spans_from_the_lowest_to_the_highest_share():
    chart = strips(used("Ann", 0.25), used("Ben", 0.6))
    (line,) = (t for t in chart.figure["data"] if t["mode"] == "lines")
    assert line["x"] == [40, 75, None, 25, 60, None]


def test_in_a_large_room_only_the_first_is_told_apart():
    chart = strips(*(used(f"P{n}", n / 10) for n in range(10)))
    shown = {t["name"] for t in chart.figure["data"] if t["showlegend"]}
    assert shown == {"P0", "Everyone else"}


def test_the_table_has_the_shares_in_percent():
    table = strips(used("Ann", 0.25), used("Ben", 0.6)).table
    assert [c.title for c in table.columns] == ["Criterion", "Ann, percent", "Ben, percent"]
    assert table.rows == (("Reach", "75.0", "40.0"), ("Cost", "25.0", "60.0"))


def test_the_alt_text_gives_the_span_of_each_criterion():
    assert strips(used("Ann", 0.25), used("Ben", 0.6)).alt == (
        "Dot strips: the share of each criterion under 2 weightings. "
        "Reach, 40% to 75%; Cost, 25% to 60%."
    )


def test_names_are_text():
    chart = strips(used("<i>Ann</i>", 0.25))
    (name,) = dots(chart)
    assert name == "&lt;i&gt;Ann&lt;/i&gt;"
