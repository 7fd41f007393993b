"""A finding to a figure that needs no browser: the same charts as on screen, for reports."""

from mcda.charts.static.bars import difference_bars, first_bars, ranking_bars, score_bars
from mcda.charts.static.figure import MOST_ROWS, PAPER, StaticChart
from mcda.charts.static.gantt import gantt_chart
from mcda.charts.static.indicators import indicator_chart
from mcda.charts.static.logic_model import logic_model_chart
from mcda.charts.static.slope import slope_chart
from mcda.charts.static.strips import weight_strips

__all__ = [
    "MOST_ROWS",
    "PAPER",
    "StaticChart",
    "difference_bars",
    "first_bars",
    "gantt_chart",
    "indicator_chart",
    "logic_model_chart",
    "ranking_bars",
    "score_bars",
    "slope_chart",
    "weight_strips",
]
