"""A finding to a figure: Plotly on screen, each with its words and its table."""

from mcda.charts.bars import difference_bars, ranking_bars
from mcda.charts.chart import Chart, Column, DataTable, Palette, data_table, day_cell
from mcda.charts.firmness import (
    CENTRAL,
    PROVED,
    central_table,
    crossing_chart,
    first_bars,
    first_table,
    pair_table,
    rank_ranges,
    rank_table,
)
from mcda.charts.gantt import gantt_chart, gantt_table
from mcda.charts.slope import SLOPE_MOST, place_table, slope_chart
from mcda.charts.value_curve import direction_words, scored, value_curve, value_sentence
from mcda.charts.weights import weight_strips

__all__ = [
    "CENTRAL",
    "PROVED",
    "SLOPE_MOST",
    "Chart",
    "Column",
    "DataTable",
    "Palette",
    "central_table",
    "crossing_chart",
    "data_table",
    "day_cell",
    "difference_bars",
    "direction_words",
    "first_bars",
    "first_table",
    "gantt_chart",
    "gantt_table",
    "pair_table",
    "place_table",
    "rank_ranges",
    "rank_table",
    "ranking_bars",
    "scored",
    "slope_chart",
    "value_curve",
    "value_sentence",
    "weight_strips",
]
