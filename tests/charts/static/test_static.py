"""Charts for reports: the findings' own numbers, sound SVG, the same each time, at any width."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from mcda.analysis import agreement, comparison, contributions, difference, ranking
from mcda.charts.bars import bar_groups
from mcda.charts.static import (
    MOST_ROWS,
    PAPER,
    StaticChart,
    difference_bars,
    ranking_bars,
    score_bars,
    slope_chart,
    weight_strips,
)
from mcda.charts.static.canvas import text_width, wrapped
from mcda.project import Project
from mcda.project.templates import example

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"rect", "path", "polyline", "polygon", "circle", "text"}
TAGS = {"svg", "title", "desc", "defs", "pattern", *SHAPES}
HOSTILE = (
    "</svg><script>x</script>",
    "]]> <!-- & \"'",
    "$x_1$ \\frac{a}{b}",
    "n" * 300,
    "中文 😀 ب",
)


def _charts(project: Project) -> dict[str, StaticChart]:
    run = project.run()
    found, parts = ranking(project), contributions(project)
    objectives = {o.id: o.name for o in run.evidence.objectives}
    groups = bar_groups(parts, {c.id: objectives[c.parent] for c in run.active_criteria})
    first, second = [p.id for p in found.ranked][:2]
    compared = comparison(project)
    return {
        "ranking": ranking_bars(found, parts, groups),
        "topsis": score_bars(agreement(project).rankings[1]),
        "difference": difference_bars(difference(project, first, second)),
        "weights": weight_strips([r.weighting for r in compared.rankings], run.active_criteria),
        "slope": slope_chart(compared),
    }


@pytest.fixture(scope="module")
def charts() -> dict[str, StaticChart]:
    return _charts(example())


@pytest.fixture(scope="module")
def hostile() -> dict[str, StaticChart]:
    raw = example().model_dump(mode="json")
    run = raw["runs"][0]
    evidence = run["evidence"]
    for number, item in enumerate(
        (*evidence["programs"], *evidence["criteria"], *evidence["objectives"], *run["weightings"])
    ):
        item["name"] = f"{HOSTILE[number % len(HOSTILE)]} {number}"
    return _charts(Project.model_validate(raw))


NAMES = ("ranking", "topsis", "difference", "weights", "slope")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [320, 656, 1200])
def test_svg_is_sound_and_named(charts, hostile, name, width):
    for own in (charts, hostile):
        root = ElementTree.fromstring(own[name].svg(width, "f1", "Made up"))
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        named = {e.get("id"): e for e in root.iter() if e.get("id")}
        assert all(key.startswith("f1-") for key in named)
        assert (named[root.get("aria-labelledby")].text or "").endswith("(Made up)")
        assert named[root.get("aria-describedby")].text == own[name].alt
        tags = {e.tag.removeprefix(SVG) for e in root.iter()}
        assert tags <= TAGS
        keys = {key for e in root.iter() for key in e.keys()}  # noqa: SIM118 - an element
        assert "style" not in keys
        assert not [key for key in keys if key.startswith("on")]


@pytest.mark.parametrize("name", NAMES)
def test_everything_drawn_is_inside(charts, name):
    root = ElementTree.fromstring(charts[name].svg(320, "f1"))
    _, _, width, height = map(float, root.get("viewBox").split())
    for text in root.iter(f"{SVG}text"):
        bold = text.get("font-weight") == "600"
        size = float(text.get("font-size"))
        long = text_width(text.text, size, bold=bold)
        start = (
            float(text.get("x"))
            - long * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        )
        assert start >= -2
        assert start + long <= width + 2
        assert 0 <= float(text.get("y")) <= height


@pytest.mark.parametrize("name", NAMES)
def test_same_input_same_picture_from_any_thread(charts, name):
    expected = charts[name].svg(656, "f1")
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(charts[name].svg(656, "f1"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [expected] * 4
    assert not re.search(r"\b20\d\d-", expected)


def test_bars_are_as_long_as_the_points():
    project = example()
    found = ranking(project)
    root = ElementTree.fromstring(score_bars(found).svg(656, "f1"))
    bars = [r for r in root.iter(f"{SVG}rect") if r.get("fill") == "#14546e"]
    lengths = [float(r.get("width")) for r in bars]
    scores = [p.score_low for p in found.ranked]
    scale = lengths[0] / scores[0]
    assert lengths == pytest.approx([s * scale for s in scores], abs=0.02)


def _axis(chart: StaticChart, width: int) -> list[tuple[float, float]]:
    """Return the numbers of the axis and where they stand."""
    root = ElementTree.fromstring(chart.svg(width, "f1"))
    numbers = [t for t in root.iter(f"{SVG}text") if re.fullmatch(r"[\d.]+", t.text or "")]
    return [(float(t.text), float(t.get("x"))) for t in numbers if t.get("font-size") == "12"]


@pytest.mark.parametrize("width", [320, 656, 1000])
@pytest.mark.parametrize("name", ["topsis", "difference"])
def test_the_axis_has_a_number_at_or_past_the_longest_bar(charts, name, width):
    root = ElementTree.fromstring(charts[name].svg(width, "f1"))
    bars = [r for r in root.iter(f"{SVG}rect") if r.get("fill") in PAPER.series]
    ends = [float(b.get("x")) + float(b.get("width")) for b in bars]
    assert max(x for _, x in _axis(charts[name], width)) + 11 >= max(ends)


def test_the_axis_of_points_ends_at_the_next_number_and_never_past_100():
    found = ranking(example())
    assert [n for n, _ in _axis(score_bars(found), 656)] == [0, 20, 40, 60, 80]
    full = replace(found.ranked[0], score_low=100.0, score_high=100.0)
    numbers = _axis(score_bars(replace(found, programs=(full,))), 656)
    assert numbers[-1][0] == 100


def test_the_title_of_a_difference_says_what_it_is(charts):
    assert charts["difference"].title.startswith("What separates ")


def test_a_box_of_the_slope_chart_has_the_whole_range_and_no_bar_behind_it(charts):
    root = ElementTree.fromstring(charts["slope"].svg(656, "f1"))
    assert "A 1–2" in {t.text for t in root.iter(f"{SVG}text")}
    lines = [line.get("points") for line in root.iter(f"{SVG}polyline")]
    assert len(lines) == 7  # one a program


def test_unknown_is_hatched_and_exact_is_not(charts):
    assert "pattern" in charts["ranking"].svg(656, "f1")
    found = ranking(example())
    sure = replace(found, programs=tuple(replace(p, score_high=p.score_low) for p in found.ranked))
    assert "pattern" not in score_bars(sure).svg(656, "f1")


def test_first_programs_are_drawn_and_all_are_in_the_table():
    found = ranking(example())
    many = replace(found, programs=found.ranked * 3)
    chart = score_bars(many)
    assert len(chart.table.rows) == 3 * len(found.ranked)
    assert chart.alt.count(";") == MOST_ROWS - 1


def test_many_weightings_keep_room_for_each():
    found = comparison(example())
    wide = replace(found, rankings=found.rankings * 2)
    chart = slope_chart(wide)
    assert chart.least_width > 656
    assert len(ElementTree.fromstring(chart.svg(300, "f1"))) > 10


def test_long_text_is_cut():
    lines = wrapped("word " * 40, 100)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(text_width(line) <= 110 for line in lines)
    assert text_width(wrapped("n" * 300, 100)[0]) <= 100
    assert wrapped("", 100) == [""]
