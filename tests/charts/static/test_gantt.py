"""The Gantt chart for reports: the same milestones, inside the sheet, at any width and day."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from mcda.charts.gantt import gantt_alt, gantt_table
from mcda.charts.static import PAPER, gantt_chart
from mcda.charts.static.canvas import text_width
from mcda.lifecycle import schedule
from mcda.project import Milestone, Plan
from mcda.project.templates import example

SVG = "{http://www.w3.org/2000/svg}"
DAYS = (date(2020, 1, 1), date(2026, 11, 21), date(2027, 3, 20), date(2035, 1, 1))
HOSTILE = '</svg><script>x</script> $x_1$ ]]> "&' + "n" * 300
TODAY = date(2027, 3, 10)


def drawing(*milestones: Milestone, today: date = TODAY, width: float = 656) -> ElementTree.Element:
    found = schedule(Plan(milestones=milestones), today)
    return ElementTree.fromstring(gantt_chart(found).svg(width, "g1"))


def texts(root: ElementTree.Element) -> list[str]:
    return [t.text or "" for t in root.iter(f"{SVG}text")]


def boxes(root: ElementTree.Element, fill: str) -> list[tuple[float, float]]:
    """Return the left and right ends of what is filled with a colour."""
    filled = [box for box in root.iter(f"{SVG}rect") if box.get("fill") == fill]
    sides = [(float(box.get("x")), float(box.get("width"))) for box in filled]
    return [(left, left + wide) for left, wide in sides]


@pytest.mark.parametrize("width", [320, 656, 1200])
@pytest.mark.parametrize("day", DAYS)
def test_everything_written_is_inside(width, day):
    found = schedule(example().plan, day)
    root = ElementTree.fromstring(gantt_chart(found).svg(width, "g1", "Made up"))
    _, _, wide, high = map(float, root.get("viewBox").split())
    for text in root.iter(f"{SVG}text"):
        bold = text.get("font-weight") == "600"
        long = text_width(text.text, float(text.get("font-size")), bold=bold)
        share = {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        start = float(text.get("x")) - long * share
        assert start >= -2
        assert start + long <= wide + 2
        assert 0 <= float(text.get("y")) <= high


def test_it_carries_the_words_and_the_table_of_the_screen():
    found = schedule(example().plan, TODAY)
    made = gantt_chart(found)
    assert (made.title, made.alt, made.table) == (
        "Milestones on March 10, 2027",
        gantt_alt(found),
        gantt_table(found),
    )


def test_bars_are_as_long_as_their_days():
    short, long = (
        Milestone(
            id=i, name=i, status="under way", starts_on=date(2027, 3, 1), due_on=date(2027, 3, end)
        )
        for i, end in (("a", 11), ("b", 31))
    )
    ends = boxes(drawing(short, long), PAPER.accent)
    lengths = [right - left for left, right in ends]
    # Ten days and thirty, drawn from the same day.
    assert lengths[1] == pytest.approx(3 * lengths[0], abs=0.1)
    assert ends[0][0] == ends[1][0]


def test_a_late_one_is_hatched_and_a_done_one_is_grey():
    late = Milestone(id="a", name="A", starts_on=date(2027, 2, 1), due_on=date(2027, 3, 1))
    done = late.model_copy(update={"status": "done", "done_on": date(2027, 3, 1)})
    assert "pattern" in {e.tag.removeprefix(SVG) for e in drawing(late).iter()}
    assert boxes(drawing(late), PAPER.unknown) == []
    assert "pattern" not in {e.tag.removeprefix(SVG) for e in drawing(done).iter()}
    assert len(boxes(drawing(done), PAPER.unknown)) == 1


def test_what_has_not_begun_is_open_and_one_day_is_a_mark():
    begins = Milestone(id="a", name="A", starts_on=date(2027, 4, 1), due_on=date(2027, 5, 1))
    assert boxes(drawing(begins), PAPER.accent) == []
    point = Milestone(id="b", name="B", due_on=date(2027, 5, 1))
    assert [p.get("fill") for p in drawing(point).iter(f"{SVG}polygon")] == [PAPER.accent]


def test_one_without_a_day_is_named_and_one_dropped_is_not():
    root = drawing(
        Milestone(id="a", name="Some day"),
        Milestone(id="b", name="Never", due_on=TODAY, status="dropped"),
    )
    assert "Some day" in texts(root)
    assert "Never" not in texts(root)


def test_today_and_a_few_months_are_written():
    said = texts(drawing(*example().plan.milestones, today=date(2027, 3, 20)))
    assert "March 20, 2027" in said
    months = [t for t in said if re.fullmatch(r"[A-Z][a-z]{2} \d{4}", t)]
    assert 3 <= len(months) <= 8


def test_hostile_names_are_text():
    root = drawing(Milestone(id="a", name=HOSTILE, owner=HOSTILE, due_on=TODAY), width=320)
    tags = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert tags == {"svg", "title", "desc", "rect", "polyline", "polygon", "text"}


def test_same_input_same_picture():
    found = schedule(example().plan, TODAY)
    assert gantt_chart(found).svg(656, "g1") == gantt_chart(found).svg(656, "g1")
