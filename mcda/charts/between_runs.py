"""Two selections side by side: each program's place before, with each change alone, and after."""

from __future__ import annotations

from dataclasses import replace

from mcda.analysis import Comparison, Ranking
from mcda.analysis.between_runs import BetweenRuns
from mcda.charts.chart import Chart, DataTable, Palette, data_table
from mcda.charts.slope import slope_chart


def before_and_after(found: BetweenRuns) -> Comparison | None:
    """Return both rankings as a comparison of the programs that both have; None without any."""
    both = {p.id for p in found.before.ranked} & {p.id for p in found.after.ranked}
    if not both:
        return None
    rankings = tuple(
        _named(ranking, name, both)
        for ranking, name in ((found.before, "Before"), (found.after, "After"))
    )
    return Comparison(rankings, (), found.sentence)


def _named(ranking: Ranking, name: str, kept: set[str]) -> Ranking:
    programs = tuple(p for p in ranking.ranked if p.id in kept)
    return replace(ranking, programs=programs, weighting=replace(ranking.weighting, name=name))


def runs_table(found: BetweenRuns) -> DataTable:
    """Return the places of all programs: before, with each change alone, and after."""
    return data_table("Places in both selections", found.to_frame(), numeric=True)


def runs_chart(found: BetweenRuns, palette: Palette) -> Chart | None:
    """Draw the places before and after; None where no program is ranked in both."""
    compared = before_and_after(found)
    if compared is None:
        return None
    drawn = slope_chart(compared, palette)
    alt = drawn.alt.replace("under Before, After", "before and after", 1)
    return replace(drawn, alt=alt, table=runs_table(found))
