"""A finding to a figure: Plotly on screen, each with its words and its table."""

from mcda.charts.bars import difference_bars, ranking_bars
from mcda.charts.chart import Chart, Column, DataTable, Palette

__all__ = ["Chart", "Column", "DataTable", "Palette", "difference_bars", "ranking_bars"]
