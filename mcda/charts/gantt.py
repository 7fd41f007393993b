"""The Gantt chart: each milestone a bar from its start to its due day, and today as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from mcda.analysis.wording import and_list
from mcda.charts.chart import Chart, Column, DataTable, Palette, day_cell, layout, wrapped
from mcda.charts.rows import NAME, row_label
from mcda.charts.times import moved, time_axis
from mcda.lifecycle import MilestoneState, Schedule
from mcda.project.text import counted, day_text

_ROW = 54  # of a row with its bar and the room around it, without its lines
_LINE = 18
_UNDER = 12  # from the middle of a bar to the end of its row
_BAR = 20
_TOP = 40
_DAY_MS = 86_400_000
_ROOM = 0.04  # of the time shown, left free at either end


@dataclass(frozen=True, slots=True)
class Span:
    """Where a milestone lies in time: from its first day to its last, both included.

    A milestone with one day alone has it twice. ``overdue_to`` is today where it is late.
    """

    found: MilestoneState
    first: date
    last: date
    overdue_to: date | None

    @property
    def is_point(self) -> bool:
        """Whether only one day is known, so that there is no length to draw."""
        return self.first == self.last


def span(found: MilestoneState, today: date) -> Span | None:
    """Return where a milestone lies; None where it has no day.

    What is done ends on the day it was done. A start after the end is passed over.

    >>> from mcda.project import Milestone, Plan
    >>> from mcda.lifecycle import schedule
    >>> plan = Plan(milestones=(Milestone(id="a", name="A", due_on=date(2027, 3, 1)),))
    >>> late = span(schedule(plan, date(2027, 3, 9)).milestones[0], date(2027, 3, 9))
    >>> late.is_point, str(late.overdue_to)
    (True, '2027-03-09')
    """
    milestone = found.milestone
    last = milestone.done_on or milestone.due_on or milestone.starts_on
    if last is None:
        return None
    first = min(milestone.starts_on or last, last)
    return Span(found, first, last, today if found.state == "late" else None)


def drawn(found: Schedule) -> tuple[MilestoneState, ...]:
    """Return the milestones that a chart shows: all but those that were dropped."""
    return tuple(m for m in found.milestones if m.state != "dropped")


def has_days(found: Schedule) -> bool:
    """Say whether any milestone has a day, so that there is something to draw."""
    return any(span(m, found.today) for m in drawn(found))


def time_shown(found: Schedule) -> tuple[date, date]:
    """Return the first and the last day a chart shows: every span, today, and some room."""
    spans = [s for m in drawn(found) if (s := span(m, found.today))]
    first = min([found.today, *(s.first for s in spans)])
    last = max([found.today, *(s.last for s in spans)])
    room = max(7, round((last - first).days * _ROOM))
    return moved(first, -room), moved(last, room)


def state_text(found: MilestoneState) -> str:
    """Return a milestone's state in a few words, such as "late by 3 days, blocked".

    >>> from mcda.project import Milestone
    >>> state_text(MilestoneState(Milestone(id="a", name="A"), "ready", 0, (), ()))
    'can start'
    """
    if found.state == "late":
        days = f"late by {counted(found.days_late, 'day')}"
        return f"{days}, blocked" if found.blocked_by else days
    return {"ready": "can start", "waiting": "not yet"}.get(found.state, found.state)


def result_text(found: MilestoneState) -> str:
    """Return what stands beside a milestone's name: its state, its day, and who sees to it."""
    milestone = found.milestone
    day = _state_and_day(found)
    if not milestone.done_on:
        day += f" · due {day_cell(milestone.due_on)}" if milestone.due_on else " · no due day"
    return f"{day} · {milestone.owner}" if milestone.owner else day


def _state_and_day(found: MilestoneState) -> str:
    done_on = found.milestone.done_on
    return f"done on {day_cell(done_on)}" if done_on else state_text(found)


def gantt_chart(found: Schedule, palette: Palette) -> Chart:
    """Draw a row a milestone, in an order in which they can be done.

    The state stands in words above each bar; its fill repeats it: full where it is done (grey) or
    under way, hatched where it is late or blocked, open where it has not begun. A late one is
    drawn on to today. Milestones without a day have words only; those dropped are in the table.
    At least one milestone must have a day (``has_days``).
    """
    rows = drawn(found)
    ends = list(accumulate(_ROW + _LINE * (_lines_above(m) - 1) for m in rows))
    middles = [end - _UNDER for end in ends]
    height = ends[-1] + _TOP + 48
    first, last = time_shown(found)
    placed = list(zip(middles, rows, strict=True))
    traces = [_bar(at, m, found.today, palette) for at, m in placed]
    figure = {
        "data": [trace for own in traces for trace in own],
        "layout": layout(
            height,
            barmode="overlay",
            xaxis=time_axis(
                first, last, 7, gridcolor=palette.grid, tickfont={"color": palette.muted}
            ),
            yaxis={"range": [ends[-1], 0], "visible": False, "fixedrange": True},
            shapes=[_today_line(found.today, palette)],
            annotations=[
                _today_note(found, first, last, palette),
                *(_label(at, m, palette) for at, m in placed),
            ],
            margin={"l": 8, "r": 8, "t": _TOP, "b": 48},
        ),
    }
    return Chart(figure, gantt_alt(found), gantt_table(found), height)


def _lines_above(found: MilestoneState) -> int:
    """Return how many lines stand above a bar."""
    parts = (wrapped(found.milestone.name, NAME), _result(found))
    return sum(1 + part.count("<br>") for part in parts)


def _label(at: int, found: MilestoneState, palette: Palette) -> dict[str, Any]:
    """Return the lines above a bar, on their own ground: today's line strikes nothing through."""
    label = row_label(at, found.milestone.name, _result(found), 2)
    return label | {"bgcolor": palette.background}


def _result(found: MilestoneState) -> str:
    return wrapped(result_text(found), NAME, 3)


def gantt_alt(found: Schedule) -> str:
    """Return the chart in words: every milestone with its state and day."""
    listed = "; ".join(f"{m.milestone.name}, {result_text(m)}" for m in drawn(found))
    return f"Gantt chart of the milestones on {day_text(found.today)}. {listed}."


def gantt_table(found: Schedule) -> DataTable:
    """Return every milestone with its state, its days and what it waits for."""
    days = ("Starts", "Due")  # on one line each, as numbers are
    columns = tuple(
        Column(title, numeric=title in days)
        for title in ("Milestone", "State", "Stage", "Who", *days, "Waits for")
    )
    rows = tuple(
        (
            m.milestone.name,
            _state_and_day(m),
            m.milestone.stage,
            m.milestone.owner,
            day_cell(m.milestone.starts_on),
            day_cell(m.milestone.due_on),
            and_list([w.name for w in m.waits_for]) if m.waits_for else "",
        )
        for m in found.milestones
    )
    return DataTable(f"Milestones on {day_text(found.today)}", columns, rows)


def _bar(at: int, found: MilestoneState, today: date, palette: Palette) -> list[dict[str, Any]]:
    own = span(found, today)
    if own is None:
        return []
    traces = []
    if own.overdue_to is not None:
        late = {"color": palette.background, "line": {"color": palette.text, "width": 1}}
        hatch = {"shape": "x", "fgcolor": palette.text, "size": 6, "solidity": 0.2}
        traces.append(_part(at, own.last, own.overdue_to, late | {"pattern": hatch}))
    if own.is_point:
        return [*traces, _diamond(at, own.last, palette)]
    return [*traces, _part(at, own.first, own.last, _fill(found, palette))]


def _part(at: int, first: date, last: date, marker: dict[str, Any]) -> dict[str, Any]:
    """Return a bar from the beginning of one day to the end of another."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": [str(first)],
        "x": [((last - first).days + 1) * _DAY_MS],
        "y": [at],
        "width": [_BAR],
        "marker": marker,
        "hovertext": [f"{day_text(first)} to {day_text(last)}"],
        "hoverinfo": "text",
    }


def _diamond(at: int, day: date, palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [str(day)],
        "y": [at],
        "marker": {"symbol": "diamond", "size": 15, "color": palette.accent},
        "hovertext": [day_text(day)],
        "hoverinfo": "text",
    }


def _fill(found: MilestoneState, palette: Palette) -> dict[str, Any]:
    """Return how a bar is filled: each state told apart by more than its colour."""
    match found.state:
        case "done":
            return {"color": palette.unknown, "line": {"color": palette.unknown, "width": 1}}
        case "under way":
            return {"color": palette.accent, "line": {"color": palette.accent, "width": 1}}
        case "late" | "blocked":
            hatch = {"shape": "/", "fgcolor": palette.text, "size": 8, "solidity": 0.25}
            edge = {"color": palette.text, "width": 1}
            return {"color": palette.background, "line": edge, "pattern": hatch}
        case _:
            return {"color": palette.background, "line": {"color": palette.accent, "width": 2}}


def _today_line(today: date, palette: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": str(today),
        "x1": str(today),
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": palette.text, "width": 2, "dash": "dot"},
    }


def _today_note(found: Schedule, first: date, last: date, palette: Palette) -> dict[str, Any]:
    """Return the words above today's line, on the side where there is room."""
    share = (found.today - first) / (last - first)
    return {
        "x": str(found.today),
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 4,
        "xanchor": "left" if share < 0.5 else "right",
        "text": day_text(found.today),
        "showarrow": False,
        "font": {"color": palette.text},
    }


def key_words(found: Sequence[MilestoneState]) -> str:
    """Return what the fills mean, of those that are drawn."""
    states = {m.state for m in found}
    parts = [
        text
        for own, text in (
            ({"done"}, "grey is done"),
            ({"under way"}, "full is under way"),
            ({"late", "blocked"}, "hatched is late or blocked"),
            ({"ready", "waiting"}, "an open bar has not begun"),
        )
        if own & states
    ]
    return f"How to read it: {and_list(parts)}." if parts else ""
