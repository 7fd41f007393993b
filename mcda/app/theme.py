"""Colours, type and the projector view.

The colours of the app are those of ``.streamlit/config.toml``, read once; nothing repeats them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from mcda.charts import Palette
from mcda.resources import resource_path

FONT = "Public Sans, sans-serif"
PROJECTOR_KEY = "projector"

_STATIC = Path(__file__).parent / "static"
_PLAIN_TEXT, _PROJECTOR_TEXT = 15, 20


_MUTED = {"light": "#4b5157", "dark": "#c0c6cc"}
_UNKNOWN = {"light": "#767c82", "dark": "#8b939b"}


@cache
def palette(*, dark: bool) -> Palette:
    """Return the colours of the light or the dark theme."""
    name = "dark" if dark else "light"
    config = resource_path(".streamlit/config.toml").read_text(encoding="utf-8")
    colours = tomllib.loads(config)["theme"][name]
    return Palette(
        background=colours["backgroundColor"],
        surface=colours["secondaryBackgroundColor"],
        text=colours["textColor"],
        muted=_MUTED[name],
        grid=colours["dataframeBorderColor"],
        accent=colours["primaryColor"],
        series=tuple(colours["chartCategoricalColors"]),
        unknown=_UNKNOWN[name],
    )


def colours() -> Palette:
    """Return the colours of the theme this visitor sees."""
    return palette(dark=is_dark())


def is_dark() -> bool:
    """Say whether this visitor sees the dark theme, as far as the browser has told."""
    return st.context.theme.type == "dark"


def apply(*, projector: bool = False) -> None:
    """Add the few rules that Streamlit's theme options cannot express.

    Call it once in every run, on any page: a style stays only as long as the run that sent it.
    """
    st.html(_STATIC / "theme.css")
    if projector:
        st.html(_STATIC / "projector.css")


def projector_switch() -> None:
    """Show the switch for the projector view.

    The state is part of the page's address, so a bookmark opens the view as it was. It is not
    bound by Streamlit: with a bound parameter no script may change the page.
    """
    on = st.toggle("Projector view", key=PROJECTOR_KEY, persist_state="session")
    if on:
        st.query_params[PROJECTOR_KEY] = "true"
    else:
        st.query_params.pop(PROJECTOR_KEY, None)


def projector_is_on() -> bool:
    """Say whether the projector view is on, also before its switch has been drawn."""
    if PROJECTOR_KEY not in st.session_state:
        st.session_state[PROJECTOR_KEY] = st.query_params.get(PROJECTOR_KEY) == "true"
    return bool(st.session_state[PROJECTOR_KEY])


def themed(figure: dict[str, Any], *, dark: bool, projector: bool = False) -> dict[str, Any]:
    """Return a Plotly figure with the fonts and colours of a theme as its template.

    What the figure sets itself wins. Show the result with
    ``st.plotly_chart(figure, theme=None, config=CHART_CONFIG, alt=...)``.
    """
    layout = {"template": _template(dark, projector), **figure.get("layout", {})}
    return {**figure, "layout": layout}


CHART_CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "responsive": True}
"""Plotly options: no toolbar over the chart, and the wheel scrolls the page."""


@cache
def _template(dark: bool, projector: bool) -> dict[str, Any]:
    colours = palette(dark=dark)
    size = _PROJECTOR_TEXT if projector else _PLAIN_TEXT
    axis = {
        "automargin": True,
        "gridcolor": colours.grid,
        "linecolor": colours.grid,
        "tickcolor": "rgba(0, 0, 0, 0)",
        "tickfont": {"color": colours.muted},
        "ticklen": 8,
        "ticks": "outside",
        "title": {"font": {"color": colours.muted}},
        "zeroline": False,
    }
    bar = {
        "marker": {"line": {"color": colours.background, "width": 1}},
        "textfont": {"family": FONT, "size": size},
        "type": "bar",
    }
    layout = {
        "bargap": 0.35,
        "colorway": list(colours.series),
        "dragmode": False,
        "font": {"color": colours.text, "family": FONT, "size": size},
        "hoverlabel": {
            "bgcolor": colours.surface,
            "bordercolor": colours.muted,
            "font": {"color": colours.text, "family": FONT, "size": size},
        },
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "y": -0.15,
            "yanchor": "top",
        },
        "margin": {"b": 8, "l": 8, "r": 8, "t": 8},
        "paper_bgcolor": colours.background,
        "plot_bgcolor": colours.background,
        "xaxis": axis,
        "yaxis": {**axis, "showgrid": False},
    }
    return {"data": {"bar": [bar]}, "layout": layout}
