"""The Gantt chart: bars where the days are, states in words and in fills, names as they are."""

from __future__ import annotations

import html
import re
from datetime import date
from itertools import pairwise

import pytest

from mcda.charts import gantt_chart, gantt_table
from mcda.charts.gantt import drawn, has_days, key_words, span, state_text, time_shown
from mcda.charts.static import PAPER
from mcda.charts.static.canvas import text_width
from mcda.lifecycle import schedule
from mcda.project import Milestone, Plan
from mcda.project.templates import example

TODAY = date(2027, 3, 10)
DAY_MS = 24 * 60 * 60 * 1000

DONE = Milestone(
    id="done",
    name="Done",
    owner="Chief",
    starts_on=date(2027, 1, 1),
    due_on=date(2027, 1, 31),
    done_on=date(2027, 2, 5),
    status="done",
)
LATE = Milestone(id="late", name="Late", starts_on=date(2027, 2, 1), due_on=date(2027, 3, 1))
BLOCKED = Milestone(
    id="blocked",
    name="Blocked",
    starts_on=date(2027, 3, 1),
    due_on=date(2027, 4, 1),
    after=("late",),
)
BEGUN = Milestone(
    id="begun",
    name="Begun",
    starts_on=date(2027, 3, 1),
    due_on=date(2027, 4, 1),
    status="under way",
)
POINT = Milestone(id="point", name="Point", due_on=date(2027, 5, 1))
UNDATED = Milestone(id="undated", name="Undated")
DROPPED = Milestone(id="dropped", name="Dropped", due_on=date(2029, 1, 1), status="dropped")
ALL = (DONE, LATE, BLOCKED, BEGUN, POINT, UNDATED, DROPPED)


def on_day(*milestones: Milestone, today: date = TODAY):
    return schedule(Plan(milestones=milestones), today)


def chart(*milestones: Milestone):
    return gantt_chart(on_day(*milestones), PAPER)


def bars(found) -> list[tuple[str, float]]:
    """Return the first day and the days of each bar."""
    return [(t["base"][0], t["x"][0] / DAY_MS) for t in found.figure["data"] if t["type"] == "bar"]


def labels(found) -> list[str]:
    return [n["text"] for n in found.figure["layout"]["annotations"][1:]]


def schedule_of_example() -> list[Milestone]:
    return list(example("elm_county_two_years_on").plan.milestones)


def label_lines(milestone: Milestone) -> list[str]:
    (label,) = labels(chart(milestone.model_copy(update={"after": ()})))
    return re.sub("(<b>.*)<br>(.*</b>)", r"\1<br><b>\2", label).split("<br>")


def test_a_bar_goes_from_the_start_through_the_due_day():
    # 1 March to 1 April: 31 days of March and one of April.
    assert bars(chart(BEGUN)) == [("2027-03-01", 32)]


def test_what_is_done_ends_on_the_day_it_was_done():
    # 31 days of January and 5 of February.
    assert bars(chart(DONE)) == [("2027-01-01", 36)]


def test_what_is_late_goes_on_to_today():
    # Ten days, from the due day to today, both included; then the bar that was planned.
    assert bars(chart(LATE)) == [("2027-03-01", 10), ("2027-02-01", 29)]


def test_the_room_above_each_label_is_the_same_whatever_its_length():
    long = BEGUN.model_copy(update={"id": "long", "name": "A name for which one line is too short"})
    longer = long.model_copy(update={"id": "longer", "name": f"{long.name}, by far, to be sure"})
    found = chart(BEGUN, longer, long)
    middles = [t["y"][0] for t in found.figure["data"]]
    lines = [1 + label.count("<br>") for label in labels(found)]
    assert lines == [2, 3, 2]
    steps = [after - before for before, after in pairwise(middles)]
    assert [step - 18 * n for step, n in zip(steps, lines[1:], strict=True)] == [36, 36]


def test_no_line_above_a_bar_is_wider_than_a_phone():
    # 354 pixels at 15 a letter's height, less the margins, and 5% for what browsers add.
    wide = BEGUN.model_copy(
        update={
            "name": "Women's and men's wards meet among themselves weekly",
            "owner": "Women's wing manager",
        }
    )
    told = "not yet · due Dec 17, 2027 · Child welfare director"
    assert text_width(told, 15) * 1.05 > 338
    for milestone in (*schedule_of_example(), wide):
        for line in label_lines(milestone):
            bold = line.startswith("<b>")
            plain = html.unescape(re.sub("</?b>", "", line))
            assert text_width(plain, 15, bold=bold) * 1.05 < 338


def test_an_owner_with_a_long_name_is_told_on_more_lines():
    owner = "The director of the office for children, youth and families of the county"
    (label,) = labels(chart(BEGUN.model_copy(update={"owner": owner})))
    assert label.replace("<br>", " ").endswith(owner)


def test_one_day_alone_is_a_diamond():
    (mark,) = chart(POINT).figure["data"]
    assert (mark["type"], mark["x"], mark["marker"]["symbol"]) == (
        "scatter",
        ["2027-05-01"],
        "diamond",
    )


def test_a_start_after_the_end_is_passed_over():
    wrong = LATE.model_copy(update={"starts_on": date(2027, 6, 1)})
    found = span(on_day(wrong).milestones[0], TODAY)
    assert (found.first, found.last) == (date(2027, 3, 1), date(2027, 3, 1))


def test_without_a_day_there_are_words_and_no_bar():
    found = chart(POINT, UNDATED)
    assert len(found.figure["data"]) == 1
    assert "<b>Undated</b><br>can start · no due day" in labels(found)
    assert not has_days(on_day(UNDATED))
    assert has_days(on_day(UNDATED, POINT))


def test_what_was_dropped_is_in_the_table_alone():
    assert [m.milestone.id for m in drawn(on_day(POINT, DROPPED))] == ["point"]
    assert not has_days(on_day(DROPPED))
    assert {row[:2] for row in gantt_table(on_day(POINT, DROPPED)).rows} == {
        ("Point", "can start"),
        ("Dropped", "dropped"),
    }
    assert "Dropped" not in chart(POINT, DROPPED).alt


@pytest.mark.parametrize(
    ("milestone", "words"),
    [
        (DONE, "done on Feb\N{NO-BREAK SPACE}5,\N{NO-BREAK SPACE}2027 · Chief"),
        (LATE, "late by 9 days · due Mar\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027"),
        (BEGUN, "under way · due Apr\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027"),
        (POINT, "can start · due May\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027"),
    ],
)
def test_the_state_stands_in_words_above_the_bar(milestone, words):
    assert labels(chart(milestone)) == [f"<b>{milestone.name}</b><br>{words}"]


def test_late_and_blocked_are_both_said():
    held_up = BLOCKED.model_copy(update={"due_on": date(2027, 3, 9)})
    assert [state_text(m) for m in on_day(LATE, held_up).milestones] == [
        "late by 9 days",
        "late by 1 day, blocked",
    ]


def test_every_fill_is_told_apart_without_colour():
    found = chart(DONE, LATE, BLOCKED, BEGUN)
    fills = {}
    for trace in found.figure["data"]:
        marker = trace["marker"]
        fills[marker["color"], marker.get("pattern", {}).get("shape", "")] = trace["y"]
    assert set(fills) == {
        (PAPER.unknown, ""),
        (PAPER.background, "/"),
        (PAPER.background, "x"),
        (PAPER.accent, ""),
    }
    words = key_words(drawn(on_day(DONE, LATE, BLOCKED, BEGUN)))
    assert words == (
        "How to read it: grey is done, full is under way and hatched is late or blocked."
    )
    assert key_words(()) == ""


def test_all_days_and_today_are_within_what_is_shown():
    first, last = time_shown(on_day(POINT, today=date(2027, 8, 1)))
    assert first < date(2027, 5, 1)
    assert last > date(2027, 8, 1)
    line, note = (
        chart(POINT).figure["layout"]["shapes"][0],
        chart(POINT).figure["layout"]["annotations"][0],
    )
    assert (line["x0"], note["text"]) == ("2027-03-10", "March 10, 2027")


@pytest.mark.parametrize(("day", "side"), [(date(2026, 1, 1), "left"), (date(2029, 1, 1), "right")])
def test_today_s_words_stand_where_there_is_room(day, side):
    found = gantt_chart(on_day(POINT, today=day), PAPER)
    assert found.figure["layout"]["annotations"][0]["xanchor"] == side


def test_the_table_has_every_day_and_what_is_waited_for():
    table = gantt_table(on_day(LATE, BLOCKED))
    assert table.rows == (
        (
            "Late",
            "late by 9 days",
            "explore",
            "",
            "Feb\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027",
            "Mar\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027",
            "",
        ),
        (
            "Blocked",
            "blocked",
            "explore",
            "",
            "Mar\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027",
            "Apr\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027",
            "Late",
        ),
    )
    assert chart(LATE, BLOCKED).alt == (
        "Gantt chart of the milestones on March 10, 2027. "
        "Late, late by 9 days · due Mar\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027; "
        "Blocked, blocked · due Apr\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}2027."
    )


def test_the_table_says_on_which_day_something_was_done():
    assert gantt_table(on_day(DONE)).rows[0][:2] == (
        "Done",
        "done on Feb\N{NO-BREAK SPACE}5,\N{NO-BREAK SPACE}2027",
    )


def test_rows_are_higher_where_a_name_needs_two_lines():
    long = POINT.model_copy(update={"name": "A name that is longer than one line on a phone takes"})
    assert chart(long).height > chart(POINT).height
    assert "<br>phone takes</b><br>" in labels(chart(long))[0]


def test_names_are_text():
    hostile = POINT.model_copy(update={"name": "<b>A</b>", "owner": "<a href=x>B</a>"})
    (label,) = labels(chart(hostile))
    assert label.startswith("<b>&lt;b&gt;A&lt;/b&gt;</b><br>")
    assert "<a" not in label


def test_the_worked_example_is_drawn_whole():
    plan = example().plan
    found = gantt_chart(schedule(plan, date(2027, 3, 20)), PAPER)
    assert len(labels(found)) == len(plan.milestones) == len(found.table.rows)
    assert {"late by 50 days", "blocked"} <= {row[1] for row in found.table.rows}
