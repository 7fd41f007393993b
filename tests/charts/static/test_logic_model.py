"""The drawn logic model: everything inside the sheet and inside its box, at any width."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from mcda.charts import Column, DataTable
from mcda.charts.static import logic_model_chart
from mcda.charts.static.canvas import text_width
from mcda.charts.static.logic_model import HEADINGS
from mcda.lifecycle import overview
from mcda.project import Factor, Goal, Project
from mcda.project.templates import example, example_names

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</svg><script>x</script> $x_1$ ]]> "&' + "n" * 200
TABLE = DataTable("Our logic model", (Column("Phase"),), (("Diagnose",),))


def drawing(project: Project, width: float) -> ElementTree.Element:
    found = overview(project, date(2027, 1, 1))
    return ElementTree.fromstring(logic_model_chart(found, TABLE).svg(width, "m"))


def hostile() -> Project:
    project = Project.new("Which?")
    diagnosis = project.diagnosis.with_item(Factor(id="f", name=HOSTILE, source=HOSTILE))
    return project.with_diagnosis(diagnosis.with_item(Goal(id="g", name=HOSTILE)))


PROJECTS = {name: example(name) for name in example_names()} | {"hostile": hostile()}


@pytest.mark.parametrize("width", [320, 656, 1200])
@pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS)
def test_everything_written_is_inside(project, width):
    root = drawing(project, width)
    _, _, wide, high = map(float, root.get("viewBox").split())
    for text in root.iter(f"{SVG}text"):
        bold = text.get("font-weight") == "600"
        long = text_width(text.text, float(text.get("font-size")), bold=bold)
        assert float(text.get("x")) >= 0
        assert float(text.get("x")) + long <= wide
        assert 0 <= float(text.get("y")) <= high


@pytest.mark.parametrize("width", [320, 656])
def test_each_phase_has_its_four_boxes(width):
    said = [t.text for t in drawing(example(), width).iter(f"{SVG}text")]
    assert [s for s in said if s[0] in "1234" and s[1:3] == ". "] == [
        "1. Diagnose",
        "2. Select",
        "3. Implement",
        "4. Evaluate",
    ]
    assert [s for s in said if s in HEADINGS.values()] == [*HEADINGS.values()] * 4


def test_boxes_stand_side_by_side_where_there_is_room():
    heads = {
        width: {
            t.get("x")
            for t in drawing(example(), width).iter(f"{SVG}text")
            if t.text in HEADINGS.values()
        }
        for width in (559, 560)
    }
    assert (len(heads[559]), len(heads[560])) == (1, 4)


def test_an_empty_box_says_so():
    said = [t.text for t in drawing(Project.new("Which?"), 656).iter(f"{SVG}text")]
    assert "Nothing yet." in said
