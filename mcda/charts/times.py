"""Time along the bottom of a chart."""

from __future__ import annotations

from datetime import date
from typing import Any


def time_axis(first: date, last: date, ticks: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an axis of days from one to another, with about so many ticks."""
    axis = {
        "type": "date",
        "range": [str(first), str(last)],
        "tickformat": "%b\n%Y",
        "nticks": ticks,
        "fixedrange": True,
        "automargin": False,
    }
    return axis | more


def moved(day: date, days: int) -> date:
    """Return the day so many days later, or the last or first one there is.

    >>> moved(date(2026, 9, 5), -5), moved(date.max, 1) == date.max
    (datetime.date(2026, 8, 31), True)
    """
    wanted = day.toordinal() + days
    return date.fromordinal(min(max(wanted, date.min.toordinal()), date.max.toordinal()))
