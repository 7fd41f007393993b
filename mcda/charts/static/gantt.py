"""The Gantt chart: each milestone a bar from its start to its due day, and today as a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from mcda.charts import gantt as screen
from mcda.charts.static.canvas import Canvas, wrapped
from mcda.charts.static.figure import PAPER, Rows, Scale, StaticChart
from mcda.lifecycle import MilestoneState, Schedule
from mcda.project.text import day_text

_BAR = 14
_GAP = 12
_TOP = 26
_AXIS = 26
_TICK = 92  # pixels that the words of one take, with some room
_MARK = 10  # of today's line above and below the middle of a bar
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_WIDEST_TICK = 40  # pixels from its middle to the edge, at least


def gantt_chart(found: Schedule) -> StaticChart:
    """Draw a row a milestone, in an order in which they can be done.

    The state stands in words beside each name; its fill repeats it: grey where it is done, full
    where it is under way, hatched where it is late or blocked, open where it has not begun.
    """
    return StaticChart(
        draw=partial(_draw, found),
        title=f"Milestones on {day_text(found.today)}",
        alt=screen.gantt_alt(found),
        table=screen.gantt_table(found),
    )


def _draw(found: Schedule, width: float) -> Canvas:
    rows = screen.drawn(found)
    laid = Rows(
        [m.milestone.name for m in rows],
        [wrapped(screen.result_text(m), width, lines=1)[0] for m in rows],
        width=width,
        thick=_BAR,
        gap=_GAP,
        above=True,
    )
    bottom = _TOP + laid.height
    canvas = Canvas(width, bottom + _AXIS)
    first, last = screen.time_shown(found)
    scale = Scale(first.toordinal(), last.toordinal(), 0, width)
    now = scale.at(found.today.toordinal())
    _draw_months(canvas, scale, first, last, bottom)
    _draw_today(canvas, now, found.today)
    for milestone, middle in zip(rows, laid.draw(canvas, _TOP), strict=True):
        _draw_bar(canvas, scale, milestone, found.today, middle)
        # In pieces, beside the bars alone, so that no name is struck through.
        canvas.line([(now, middle - _MARK), (now, middle + _MARK)], PAPER.text, 2)
    return canvas


def _draw_bar(
    canvas: Canvas, scale: Scale, found: MilestoneState, today: date, middle: float
) -> None:
    own = screen.span(found, today)
    if own is None:
        return
    left, right = (scale.at(day.toordinal()) for day in (own.first, own.last))
    if own.overdue_to is not None:
        end = scale.at(own.overdue_to.toordinal())
        canvas.line([(right, middle), (end, middle)], PAPER.text, 3)
    if own.is_point:
        canvas.mark(right, middle, "D", 12, PAPER.accent)
        return
    box = (left, middle - _BAR / 2, max(right - left, 2), _BAR)
    match found.state:
        case "done":
            canvas.bar(*box, fill=PAPER.unknown)
        case "under way":
            canvas.bar(*box, fill=PAPER.accent)
        case "late" | "blocked":
            canvas.hatched(*box, PAPER.text)
        case _:
            canvas.bar(*box, fill=PAPER.background, edge=PAPER.accent)


def _draw_today(canvas: Canvas, at: float, today: date) -> None:
    canvas.line([(at, _TOP - 8), (at, _TOP - 2)], PAPER.text, 2)
    left = at < canvas.width / 2
    canvas.text(at, _TOP - 12, day_text(today), size=12, anchor="left" if left else "right")


def _draw_months(canvas: Canvas, scale: Scale, first: date, last: date, bottom: float) -> None:
    for month in months(first, last, int(canvas.width / _TICK) + 1):
        at = scale.at(month.toordinal())
        canvas.line([(at, _TOP), (at, bottom)], PAPER.grid, 1)
        if _WIDEST_TICK <= at <= canvas.width - _WIDEST_TICK:
            text = f"{month:%b %Y}"
            canvas.text(at, bottom + 18, text, size=12, color=PAPER.muted, anchor="center")


def months(first: date, last: date, most: int) -> Iterator[date]:
    """Yield the first days of months to be marked, evenly apart and about ``most`` of them.

    >>> [str(m) for m in months(date(2026, 11, 20), date(2027, 2, 10), 5)]
    ['2026-12-01', '2027-01-01', '2027-02-01']
    """
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    steps = (s for s in _MONTH_STEPS if (end - start) / s <= most)
    step = next(steps, _MONTH_STEPS[-1])
    for month in range(start + 1, end + 1):
        if month % step == 0:
            yield date(month // 12, month % 12 + 1, 1)
