"""An indicator over time: what was observed and what was to be expected, as far as it may be shown.

``drawing`` says what is drawn, once for the screen and for reports. It holds nothing of a number
that is too small to show: neither its height nor a scale that would depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from mcda.analysis.wording import number
from mcda.charts.chart import Chart, Column, DataTable, Palette, layout, safe
from mcda.charts.times import moved, time_axis
from mcda.lifecycle.indicators import (
    HIDDEN,
    IndicatorState,
    Point,
    shown_baseline,
    shown_text,
    value_text,
)
from mcda.project import Indicator, Observation, Part

_HEIGHT = 340
_EDGE, _AXIS = 12, 56  # of it, above and below what is drawn
_NUMBER, _LETTER = 0.16, 0.032  # of the time shown: a number on a phone, and each letter of it
_ROOM = 0.08  # of the time shown, left free at either end
_HEADROOM = 1.18  # above the highest mark, for its number
_CLOSE = 28  # pixels above a mark within which the expected line would come near its number
_BELOW = 28  # pixels that a number takes below its mark
_NOT_COUNTED = "not counted"


@dataclass(frozen=True, slots=True)
class Mark:
    """An observed value that may be shown, on the last day of its period."""

    at: date
    value: float
    on_target: bool | None
    text: str
    period: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a chart of one indicator shows.

    ``runs`` are the marks that a line joins, one after the other; a period that is hidden or not
    known breaks the line. ``hidden`` are the first and last days of stretches that are
    hidden. ``expected`` is the line of what was to be expected, empty without one. ``first`` and
    ``last`` are the days shown, ``low`` and ``high`` the ends of the scale.
    """

    indicator: Indicator
    runs: tuple[tuple[Mark, ...], ...]
    hidden: tuple[tuple[date, date], ...]
    expected: tuple[tuple[date, float], ...]
    first: date
    last: date
    low: float
    high: float

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, the earliest first."""
        return tuple(mark for run in self.runs for mark in run)

    def expected_at(self, day: date) -> float | None:
        """Return the height of the expected line on a day; None where it does not reach it."""
        for (start, low), (end, high) in pairwise(self.expected):
            if start <= day <= end:
                return low + (high - low) * ((day - start) / (end - start) if end > start else 1.0)
        return None

    def is_below(self, mark: Mark, height: float) -> bool:
        """Say whether a mark's number has to stand below it, clear of the expected line.

        Args:
            mark: one of ``marks``.
            height: the pixels from ``low`` to ``high``.
        """
        expected = self.expected_at(mark.at)
        if expected is None:
            return False
        pixels = height / (self.high - self.low)
        is_close = 0 < (expected - mark.value) * pixels < _CLOSE
        return is_close and (mark.value - self.low) * pixels > _BELOW

    @property
    def target_text(self) -> str:
        """The words at the end of the expected line."""
        return f"target {short_value(self.indicator, self.indicator.target)}"

    @property
    def is_level(self) -> bool:
        """Whether the same is expected on every day, so that its words can stand at the start."""
        return len({value for _, value in self.expected}) == 1 and len(self.expected) > 1


def drawing(state: IndicatorState) -> Drawing | None:
    """Return what is drawn of an indicator; None where no comparable period was observed.

    >>> drawing(IndicatorState(Indicator(id="a", name="A"), ())) is None
    True
    """
    points = state.running
    if not points:
        return None
    indicator = state.indicator
    days = [d for p in points for d in (p.observation.starts_on, p.observation.ends_on)]
    days += [d for d in (_path_start(indicator), indicator.target_on) if d]
    first, last = min(days), max(days)
    room = max(5, round((last - first).days * _ROOM))
    expected = _expected(indicator, first, last)
    runs = tuple(_runs(indicator, points))
    heights = [m.value for run in runs for m in run] + [value for _, value in expected]
    low, high = _scale(indicator, heights)
    return Drawing(
        indicator,
        runs,
        _bands(points),
        expected,
        moved(first, -room),
        moved(last, room),
        low,
        high,
    )


def _bands(points: Sequence[Point]) -> tuple[tuple[date, date], ...]:
    """Return the stretches of time that are hidden, those next to each other as one."""
    bands: list[tuple[date, date]] = []
    for own in (p.observation for p in points if p.hidden):
        if bands and (own.starts_on - bands[-1][1]).days <= 1:
            bands[-1] = bands[-1][0], own.ends_on
        else:
            bands.append((own.starts_on, own.ends_on))
    return tuple(bands)


def _runs(indicator: Indicator, points: Sequence[Point]) -> list[tuple[Mark, ...]]:
    runs: list[list[Mark]] = [[]]
    texts = iter(_alike(indicator, [v for p in points if (v := p.shown_value) is not None]))
    for point in points:
        if point.shown_value is None:
            runs.append([])
            continue
        value, on_target = point.shown_value, point.shown_on_target
        mark = Mark(point.observation.ends_on, value, on_target, next(texts), point.period)
        runs[-1].append(mark)
    return [tuple(run) for run in runs if run]


def _alike(indicator: Indicator, values: Sequence[float]) -> list[str]:
    """Write the values of a series, each with the decimals of the one that needs most."""
    texts = [short_value(indicator, value) for value in values]
    decimals = max((len(t.rstrip("%").partition(".")[2]) for t in texts), default=0)
    unit = "%" if indicator.measure == "share" else ""
    return [f"{value + 0.0:,.{decimals}f}{unit}" for value in values]


def _path_start(indicator: Indicator) -> date | None:
    """Return where the way to the target begins, where it has a beginning that may be shown."""
    if indicator.target_on is None or indicator.target is None:
        return None
    day = indicator.baseline_on
    known = shown_baseline(indicator) is not None and day is not None
    return day if known and day and day < indicator.target_on else None


def _expected(indicator: Indicator, first: date, last: date) -> tuple[tuple[date, float], ...]:
    """Return the line of what is expected; it never passes a baseline that must stay hidden."""
    if indicator.target is None:
        return ()
    if indicator.target_on is None:
        return (first, indicator.target), (last, indicator.target)
    start, baseline = _path_start(indicator), shown_baseline(indicator)
    line = [(indicator.target_on, indicator.target)]
    if start is not None and baseline is not None:
        line.insert(0, (start, baseline))
    if indicator.target_on < last:
        line.append((last, indicator.target))
    return tuple(line)


def _scale(indicator: Indicator, heights: Sequence[float]) -> tuple[float, float]:
    if indicator.measure == "share":
        return 0.0, 112.0
    low, high = min([0.0, *heights]), max([0.0, *heights])
    span = (high - low) or 1.0
    return (low * _HEADROOM, low + span * _HEADROOM)


def short_value(indicator: Indicator, value: float | None) -> str:
    """Write a value for the inside of a chart or a table: without its unit, but for percent.

    >>> short_value(Indicator(id="s", name="S", measure="share"), 62.5)
    '62.5%'
    """
    if value is None:
        return ""
    if indicator.measure == "share":
        return value_text(indicator, value)
    return number(round(value, 2))


# --- in words and as a table


def indicator_alt(state: IndicatorState) -> str:
    """Return the chart in words: every comparable period with what may be shown of it."""
    said = "; ".join(f"{p.period}, {_point_text(state.indicator, p)}" for p in state.running)
    return f"Line chart of {state.indicator.name}: {said or 'nothing comparable yet'}."


def _point_text(indicator: Indicator, point: Point) -> str:
    if point.hidden:
        return HIDDEN
    said = value_text(indicator, point.shown_value)
    if point.expected is None:
        return said
    return f"{said}, expected {short_value(indicator, point.expected)}"


def reading_words(found: Drawing) -> str:
    """Return how to read the chart, of what is drawn in it."""
    judged = {mark.on_target for mark in found.marks}
    parts = ["each mark stands at the end of its period"]
    if True in judged:
        parts.append("a round mark is on target")
    if False in judged:
        parts.append("a diamond is off target")
    if found.expected:
        parts.append("the dashed line is what was to be expected")
    if found.hidden:
        parts.append("a grey band is a period that is hidden for privacy")
    return f"How to read it: {'; '.join(parts)}."


def indicator_table(state: IndicatorState) -> DataTable:
    """Return every observation as it may be shown, with its groups and what was expected."""
    indicator = state.indicator
    unit = f", {indicator.unit}" if indicator.unit and indicator.measure != "share" else ""
    observations = [p.observation for p in state.points]
    has_of = indicator.measure == "share" or any(o.of is not None for o in observations)
    counted = ("Counted", "Of") if indicator.measure == "share" else ("Of",) if has_of else ()
    titles = ("Period", f"Observed{unit}", *counted, *indicator.groups, "Expected by then")
    columns = (*(Column(t, numeric=n > 0) for n, t in enumerate(titles)), Column("How it stands"))
    rows = tuple(_row(indicator, point, counted) for point in state.points)
    return DataTable(f"{indicator.name}: what was observed", columns, rows)


def standing_table(states: Sequence[IndicatorState]) -> DataTable:
    """Return how every indicator stands: the last comparable period, as it may be shown."""
    columns = (
        Column("Indicator"),
        Column("How it stands"),
        Column("Last observed"),
        Column("Expected by then", numeric=True),
        Column("Period"),
    )
    rows = tuple(_standing_row(state) for state in states)
    return DataTable("How the indicators stand", columns, rows)


def _standing_row(state: IndicatorState) -> tuple[str, ...]:
    indicator, last = state.indicator, state.last
    if last is None:
        return indicator.name, state.standing, "", "", ""
    observed = shown_text(indicator, last)
    expected = short_value(indicator, last.expected)
    return indicator.name, state.standing, observed, expected, last.period


def _row(indicator: Indicator, point: Point, counted: Sequence[str]) -> tuple[str, ...]:
    true, shown = point.observation, point.shown
    observed = HIDDEN if point.hidden else short_value(indicator, point.shown_value)
    cells = {
        "Counted": _count_text(true.count, shown.count, point),
        "Of": _count_text(true.of, shown.of, point),
    }
    return (
        point.period,
        observed or _NOT_COUNTED,
        *(cells[title] for title in counted),
        *(_group_text(indicator, group, point) for group in indicator.groups),
        short_value(indicator, point.expected),
        _standing(point),
    )


def _count_text(true: int | None, shown: int | None, point: Point) -> str:
    if true is None and not point.copied:
        return _NOT_COUNTED
    return HIDDEN if shown is None else number(shown)


def _group_text(indicator: Indicator, group: str, point: Point) -> str:
    there, visible = _part(point.observation, group), _part(point.shown, group)
    count = _count_text(there.count, visible.count, point)
    if indicator.measure != "share":
        return count
    of = _count_text(there.of, visible.of, point)
    if HIDDEN in (count, of):
        return HIDDEN
    return _NOT_COUNTED if _NOT_COUNTED in (count, of) else f"{count} of {of}"


def _part(observation: Observation, group: str) -> Part:
    empty = Part(group=group)
    return next((part for part in observation.parts if part.group == group), empty)


def _standing(point: Point) -> str:
    if point.shown_on_target is None:
        return "not judged"
    return "on target" if point.shown_on_target else "off target"


# --- on screen


def indicator_chart(state: IndicatorState, palette: Palette) -> Chart | None:
    """Draw what was observed of an indicator over time; None where nothing comparable was.

    A mark for each comparable period that may be shown: round where it is on target or not
    judged, a diamond where it is off target; no color says good or bad. A dashed line shows what
    was to be expected. A period that is hidden is a grey band of full height, whatever its number
    is. The table has all periods.
    """
    found = drawing(state)
    if found is None:
        return None
    told = _told(found)
    figure = {
        "data": [
            *_expected_trace(found, palette),
            *(_run(found, run, told, palette) for run in found.runs),
        ],
        "layout": layout(
            _HEIGHT,
            margin={"l": 8, "r": 8, "t": _EDGE, "b": _AXIS},
            hovermode="closest",
            xaxis=time_axis(found.first, found.last, 6, showgrid=False),
            yaxis={
                "range": [found.low, found.high],
                "nticks": 6,
                "showgrid": True,
                "gridcolor": palette.grid,
                "fixedrange": True,
                "ticksuffix": "%" if found.indicator.measure == "share" else "",
            },
            shapes=[_band(first, last, palette) for first, last in found.hidden],
            annotations=[
                *(_band_note(first, last, palette) for first, last in found.hidden),
                *_target_note(found, palette),
            ],
        ),
    }
    return Chart(figure, indicator_alt(state), indicator_table(state), _HEIGHT)


def _told(found: Drawing) -> list[Mark]:
    """Return the marks whose numbers have room on a phone: the last, and back from it others."""
    told: list[Mark] = []
    for mark in reversed(found.marks):
        share = max(_NUMBER, _LETTER * len(mark.text))
        if not told or (told[-1].at - mark.at) / (found.last - found.first) >= share:
            told.append(mark)
    return told


def _run(
    found: Drawing, run: Sequence[Mark], told: Sequence[Mark], palette: Palette
) -> dict[str, Any]:
    below = [found.is_below(mark, _HEIGHT - _EDGE - _AXIS) for mark in run]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [str(mark.at) for mark in run],
        "y": [mark.value for mark in run],
        "text": [safe(mark.text) if mark in told else "" for mark in run],
        "textposition": ["bottom center" if own else "top center" for own in below],
        "textfont": {"color": palette.text},
        "cliponaxis": False,
        "line": {"color": palette.accent, "width": 3},
        "marker": {
            "symbol": ["diamond-open" if mark.on_target is False else "circle" for mark in run],
            "size": 13,
            "color": palette.accent,
            "line": {"color": palette.accent, "width": 3},
        },
        "hovertext": [safe(f"{mark.period}: {mark.text}") for mark in run],
        "hoverinfo": "text",
    }


def _expected_trace(found: Drawing, palette: Palette) -> list[dict[str, Any]]:
    if not found.expected:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines" if len(found.expected) > 1 else "markers",
            "x": [str(day) for day, _ in found.expected],
            "y": [value for _, value in found.expected],
            "line": {"color": palette.muted, "width": 2, "dash": "dash"},
            "marker": {"color": palette.muted, "symbol": "line-ew-open", "size": 16},
            "hoverinfo": "skip",
        }
    ]


def _target_note(found: Drawing, palette: Palette) -> list[dict[str, Any]]:
    if not found.expected:
        return []
    day, value = found.expected[0 if found.is_level else -1]
    return [
        {
            "x": str(day),
            "y": value,
            "text": safe(found.target_text),
            "showarrow": False,
            "xanchor": "left" if found.is_level else "right",
            "yanchor": "bottom",
            "yshift": 3,
            "font": {"color": palette.muted},
        }
    ]


def _band(first: date, last: date, palette: Palette) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": str(first),
        "x1": str(moved(last, 1)),
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "fillcolor": palette.surface,
        "line": {"color": palette.grid, "width": 1},
    }


def _band_note(first: date, last: date, palette: Palette) -> dict[str, Any]:
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    return {
        "x": str(middle),
        "y": 0.5,
        "yref": "paper",
        "text": HIDDEN,
        "textangle": -90,
        "showarrow": False,
        "font": {"color": palette.muted},
    }
