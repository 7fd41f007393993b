"""How firm: bars as long as the shares, lines where they cross, names as they are."""

from __future__ import annotations

import pytest

from mcda.analysis import crossing_lines, firmness
from mcda.charts import (
    central_table,
    crossing_chart,
    first_bars,
    pair_table,
    rank_ranges,
    rank_table,
)
from mcda.charts.static import PAPER
from mcda.engine.robustness import Sampling
from mcda.project import (
    Criterion,
    Exact,
    NumberScale,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Score,
    Unknown,
    Weighting,
)


def decision(*, unknown: bool = False, name: str = "Alpha") -> Project:
    """Alpha is best at x, Beta at y, and Gamma is poor at both, or its y is not known.

    With a share s of x, Alpha has 100 s points, Beta 100 (1 - s): they cross at one half.
    """
    cells: dict[str, tuple[float, float | None]] = {
        "a": (100.0, 0.0),
        "b": (0.0, 100.0),
        "c": (10.0, None if unknown else 10.0),
    }
    names = {"a": name, "b": "Beta", "c": "Gamma"}
    project = Project.new("Which?").without_program("continue")
    for program in cells:
        project = project.with_program(Program(id=program, name=names[program]))
    for criterion in "xy":
        scale = NumberScale(worst=0.0, best=100.0)
        project = project.with_criterion(Criterion(id=criterion, name=criterion, scale=scale))
    project = project.with_scores(
        Score(
            program=program,
            criterion=criterion,
            amount=Unknown() if value is None else Exact(value=value),
        )
        for program, row in cells.items()
        for criterion, value in zip("xy", row, strict=True)
    )
    shares = (PointShare(item="x", points=60.0), PointShare(item="y", points=40.0))
    judgement = PointsJudgement(points=shares)
    return project.with_weighting(Weighting(id="group", name="Group", judgement=judgement))


def test_a_bar_is_as_long_as_its_share():
    found = firmness(decision(), space="all")
    chart = first_bars(found, PAPER)
    (bars,) = chart.figure["data"]
    assert bars["x"] == pytest.approx([100 * p.first.worst.value for p in found.programs], abs=1e-3)
    assert [row[0] for row in chart.table.rows] == [p.name for p in found.programs]
    assert [row[1] for row in chart.table.rows] == [p.first.text for p in found.programs]


def test_what_depends_on_unknown_scores_is_hatched():
    found = firmness(decision(unknown=True), space="all")
    sure, open_, marks = first_bars(found, PAPER).figure["data"]
    ends = [100 * p.first.best.value for p in found.programs]
    assert [a + b for a, b in zip(sure["x"], open_["x"], strict=True)] == pytest.approx(
        ends, abs=1e-3
    )
    assert open_["marker"]["pattern"]["shape"] == "/"
    anywhere = [100 * p.first.anywhere.value for p in found.programs]
    assert marks["x"] == pytest.approx(anywhere, abs=1e-3)


def test_nothing_under_the_pointer_says_100_unless_it_is_proved():
    """Beta is first where x counts for less than 1 in 1,001: never, or almost, in the sample."""
    rare = decision().with_scores(
        Score(program=program, criterion=criterion, amount=Exact(value=value))
        for program, criterion, value in [("a", "y", 50.0), ("b", "y", 50.1), ("c", "y", 10.0)]
    )
    found = firmness(rare, space="all", sampling=Sampling(seed=1, samples=200))
    (bars,) = first_bars(found, PAPER).figure["data"]
    assert bars["hovertemplate"] == "%{text}<extra></extra>"
    assert bars["text"] == [
        "first in more than 99 of 100",
        "first in fewer than 1 of 100",
        "first in none",
    ]


@pytest.mark.parametrize("unknown", [True, False])
def test_the_bars_begin_at_the_top_and_the_legend_has_room_below(unknown):
    found = firmness(decision(unknown=unknown), space="all")
    chart = first_bars(found, PAPER)
    layout = chart.figure["layout"]
    assert layout["margin"]["t"] <= 8
    plot = chart.height - layout["margin"]["t"] - layout["margin"]["b"]
    assert plot == 84 * 3
    below = layout["margin"]["b"]
    # Numbers and title in a projector's type, then three lines of legend on a phone.
    axis = 8 + 26 + 12 + 29
    assert below >= axis + 3 * 24 * unknown
    if unknown:
        assert layout["legend"]["yanchor"] == "top"
        assert axis <= -layout["legend"]["y"] * plot <= below - 3 * 24


def test_nothing_is_hatched_where_everything_is_known():
    assert len(first_bars(firmness(decision(), space="all"), PAPER).figure["data"]) == 1


def test_places_run_from_the_best_to_the_worst():
    found = firmness(decision(), space="all")
    chart = rank_ranges(found, PAPER)
    spans = chart.figure["data"][0]
    programs = sorted(found.programs, key=lambda p: p.expected_rank)
    assert spans["x"] == [x for p in programs for x in (p.rank_low, p.rank_high, None)]
    assert [row[0] for row in chart.table.rows] == [p.name for p in programs]


def test_lines_run_to_the_totals_and_leaders_have_a_colour():
    found = crossing_lines(decision(), "x")
    chart = crossing_chart(found, 0.6, PAPER)
    by_name = {trace["name"]: trace for trace in chart.figure["data"]}
    # At a share of 0, x counts nothing and y everything; at 1 the reverse.
    ends = {name: (t["y"][0], t["y"][-1]) for name, t in by_name.items()}
    assert ends["Alpha"] == pytest.approx((0, 100))
    assert ends["Beta"] == pytest.approx((100, 0))
    assert ends["Gamma"] == pytest.approx((10, 10))
    coloured = {n for n, t in by_name.items() if t["line"]["color"] != PAPER.unknown}
    assert coloured == {"Alpha", "Beta"}
    named = {n for n, t in by_name.items() if t["showlegend"]}
    assert named == coloured | {"Others, in grey: see the table"}


def test_without_grey_lines_there_is_no_word_of_them():
    lines = crossing_lines(decision().without_program("c"), "x")
    names = [t["name"] for t in crossing_chart(lines, 0.6, PAPER).figure["data"]]
    assert sorted(names) == ["Alpha", "Beta"]


@pytest.mark.parametrize("name", ["x", "Match to our problem factors", "Help " * 60])
def test_the_numbers_and_the_title_have_room_below_the_lines(name):
    project = decision()
    longer = project.run().criterion("x").model_copy(update={"name": name.strip()})
    lines = crossing_lines(project.with_criterion(longer), "x")
    layout = crossing_chart(lines, 0.6, PAPER).figure["layout"]
    title = layout["xaxis"]["title"]
    rows = title["text"].split("<br>")
    assert all(len(row) <= 24 for row in rows)
    # In a projector's type: numbers of 20 pixels, a gap, and lines of 29.
    assert layout["margin"]["b"] >= 8 + 26 + title["standoff"] + 29 * len(rows)


def test_the_share_now_and_the_one_tried_are_marked():
    found = crossing_lines(decision(), "x")
    assert [s["x0"] for s in crossing_chart(found, 0.6, PAPER).figure["layout"]["shapes"]] == [60]
    tried = crossing_chart(found, 0.05, PAPER).figure["layout"]
    assert [s["x0"] for s in tried["shapes"]] == [60, 5]
    assert [n["text"] for n in tried["annotations"]] == ["now: 60%", "tried: 5%"]


def test_the_table_of_lines_names_the_crossing():
    chart = crossing_chart(crossing_lines(decision(), "x"), 0.6, PAPER)
    text = " ".join(cell for row in chart.table.rows for cell in row)
    assert "50%" in text
    assert "Alpha" in text
    assert "Beta" in text


@pytest.mark.parametrize("name", ["<b>A</b>", "A & B <a href='x'>"])
def test_names_are_no_markup(name):
    project = decision(name=name)
    found = firmness(project, space="all")
    shown = [
        first_bars(found, PAPER).figure,
        rank_ranges(found, PAPER).figure,
        crossing_chart(crossing_lines(project, "x"), 0.6, PAPER).figure,
    ]
    for figure in shown:
        texts = [n["text"] for n in figure["layout"].get("annotations", ())]
        texts += [t.get("name", "") + t.get("hovertemplate", "") for t in figure["data"]]
        assert not any("<a" in text or "<b>A<" in text for text in texts)


def test_central_weights_are_the_mean_of_those_that_put_it_first():
    # Alpha is first for a share of x from 1/2 to 1, all equally likely: 3/4 on average.
    table = central_table(firmness(decision(), space="all"))
    assert [c.title for c in table.columns[1:]] == [
        f"{p.name} first: weight in percent"
        for p in firmness(decision(), space="all").programs
        if p.central_weights
    ]
    alpha = next(i for i, c in enumerate(table.columns) if c.title.startswith("Alpha"))
    shares = [int(row[alpha].rstrip("%")) for row in table.rows]
    assert shares == pytest.approx([75, 25], abs=1)


def test_places_that_are_proved_are_told_from_those_counted():
    # Gamma is nowhere first, which is proved; all else depends on the weights.
    found = firmness(decision(), space="all")
    places = {row[0]: row[1:] for row in rank_table(found).rows}
    assert places["Gamma"][0] == "never"
    counted = [*places["Alpha"], *places["Beta"], *places["Gamma"][1:]]
    assert all(cell.isdigit() and cell not in {"0", "100"} for cell in counted)


def test_near_weights_that_leave_one_order_have_it_always():
    # With x above y Alpha has 50 points at least, Beta 20 to 50, and Gamma 10.
    found = firmness(decision(), space="near")
    assert [row[1:] for row in rank_table(found).rows] == [
        ("always", "never", "never"),
        ("never", "always", "never"),
        ("never", "never", "always"),
    ]
    assert [row[1:] for row in pair_table(found).rows] == [
        ("", "always", "always"),
        ("never", "", "always"),
        ("never", "never", ""),
    ]


def test_pairs_that_change_places_are_counted():
    rows = {row[0]: row[1:] for row in pair_table(firmness(decision(), space="all")).rows}
    assert {cell for row in rows.values() for cell in row} & {
        "always",
        "never",
        "100",
        "0",
    } == set()


def test_a_place_that_was_not_seen_but_is_possible_is_not_never():
    found = firmness(decision(unknown=True), space="all", sampling=Sampling(seed=1, samples=100))
    for program in found.programs:
        low, high = program.rank_bounds
        row = next(r for r in rank_table(found).rows if r[0] == program.name)
        for place, (cell, share) in enumerate(zip(row[1:], program.rank_shares, strict=True), 1):
            if share > 0:
                assert cell != "never"
            elif low <= place <= high and place > 1:
                assert cell == "<1"
