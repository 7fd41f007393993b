"""What every chart carries, and how its text is made safe."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from mcda.project.text import short_day_text


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as ``#rrggbb``.

    ``muted`` is for axis labels and notes, ``grid`` for lines without meaning, ``unknown`` for
    the hatching of what is not known. ``series`` holds ten colours, told apart without hue.
    """

    background: str
    surface: str
    text: str
    muted: str
    grid: str
    accent: str
    series: tuple[str, ...]
    unknown: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, with the unit, and whether it holds numbers."""

    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of texts, ready to be shown: the first cell of a row is its heading."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def data_table(caption: str, frame: pd.DataFrame, *, numeric: bool = False) -> DataTable:
    """Return a frame of texts as a table; an index of names becomes its first column.

    >>> import pandas as pd
    >>> data_table("Firsts", pd.DataFrame({"First": ["83"]}, index=["Mentors"])).rows
    (('Mentors', '83'),)
    """
    if not isinstance(frame.index, pd.RangeIndex):
        frame = frame.rename_axis(str(frame.index.name or "Program")).reset_index()
    columns = tuple(Column(str(c), numeric and at > 0) for at, c in enumerate(frame.columns))
    rows = tuple(tuple(map(str, row)) for row in frame.itertuples(index=False))
    return DataTable(caption, columns, rows)


def day_cell(day: date | None) -> str:
    """Return a day for a cell of a table; nothing where there is none.

    >>> day_cell(None)
    ''
    """
    return "" if day is None else short_day_text(day)


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure as Plotly's own dictionary, with the same in words and as a table.

    ``alt`` says what kind of picture it is and what it shows, for those who cannot see it;
    ``height`` is in pixels.
    """

    figure: dict[str, Any]
    alt: str
    table: DataTable
    height: int


def safe(text: str) -> str:
    """Return text that Plotly shows as it is: it would take ``<b>`` or ``<a>`` for markup.

    >>> safe("<b>A & B</b>")
    '&lt;b&gt;A &amp; B&lt;/b&gt;'
    """
    return html.escape(text, quote=False)


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """Return text broken into lines for Plotly, cut with an ellipsis where it is too long.

    >>> wrapped("School prevention lessons", 12)
    'School<br>prevention …'
    """
    shown = textwrap.wrap(text, width, max_lines=lines, placeholder=" …") or [""]
    return "<br>".join(safe(line) for line in shown)


def layout(height: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return what all figures share; fonts and colours of text come from the page's theme."""
    base = {"height": height, "showlegend": False, "dragmode": False}
    return base | {"margin": {"l": 8, "r": 8, "t": 8, "b": 40, "pad": 0}} | more
