"""What came out: both methods, and why the first comes before the next two."""

from __future__ import annotations

from mcda.analysis import COMPARED, SETTLED_NOTE, Ranking
from mcda.charts import Column, DataTable, data_table
from mcda.charts.bars import bar_groups, objective_names
from mcda.charts.static import MOST_ROWS, difference_bars, ranking_bars, score_bars
from mcda.report.material import Material, Results
from mcda.report.model import Block, Figure, Heading, Listing, Paragraph, Section, Table, tables
from mcda.report.sections.common import by_weights

WEIGHTED_SUM = (
    "The weighted sum adds up how well a program does on each criterion, each counted by its "
    "weight. It gives points from 0 to 100."
)
TOPSIS = (
    "TOPSIS asks how near a program comes to being best at everything, and how far it is from "
    "being worst at everything. It is a second opinion, not a vote."
)
_RANGES = (
    "Where something is not known exactly, points and places are ranges: they hold as long as each "
    "true number lies in its own range."
)


def results(material: Material) -> Section | None:
    """Return the ranking by the weighted sum and by TOPSIS, each as a chart and a table."""
    found = material.results
    if found is None:
        return None
    ranking, run = found.ranking, material.run
    bars = ranking_bars(ranking, found.parts, bar_groups(found.parts, objective_names(run)))
    said = by_weights(ranking, ranking.sentence)
    blocks: list[Block] = [Paragraph(said), Paragraph(WEIGHTED_SUM)]
    if any(p.score is None for p in ranking.ranked):
        blocks.append(Paragraph(_RANGES))
    blocks += [*_shown_rows(ranking), Figure("ranking", bars), *tables(bars.table)]
    blocks += [Heading("The second opinion: TOPSIS"), Paragraph(found.both.sentence)]
    blocks += [Paragraph(TOPSIS), Figure("topsis", score_bars(found.second))]
    blocks.append(Table(_both(found)))
    blocks += _methods(material)
    if ranking.excluded:
        items = tuple((p.name, p.excluded or "") for p in ranking.excluded)
        blocks += [Heading("Not ranked"), Listing(items)]
    return Section("results", "What came out", tuple(blocks))


def _methods(material: Material) -> list[Block]:
    """Return five methods side by side, and why each may differ."""
    found = material.results
    if found is None:
        return []
    said = f"{found.methods.sentence} {SETTLED_NOTE}" if found.methods.settled else ""
    table = data_table("Places by each method", found.methods.to_frame(), numeric=True)
    reasons = tuple((name, found.methods.reasons[m]) for m, (name, _) in COMPARED.items())
    return [
        Heading("Other methods, side by side"),
        Paragraph(said or found.methods.sentence),
        Table(table),
        Listing(reasons, dense=True),
    ]


def _shown_rows(ranking: Ranking) -> list[Block]:
    count = len(ranking.ranked)
    if count <= MOST_ROWS:
        return []
    return [Paragraph(f"The charts show the first {MOST_ROWS} of {count}; the tables show all.")]


def _both(found: Results) -> DataTable:
    columns = (
        Column("Program"),
        Column("Place, weighted sum", numeric=True),
        Column("Points out of 100", numeric=True),
        Column("Place, TOPSIS", numeric=True),
        Column("Closeness, 0 to 1", numeric=True),
    )
    first, second = found.ranking, found.second
    rows = tuple(
        (
            p.name,
            p.rank_text,
            first.score_text(p.id),
            second.result(p.id).rank_text,
            second.score_text(p.id),
        )
        for p in first.ranked
    )
    return DataTable("Both methods side by side", columns, rows)


def reasons(material: Material) -> Section | None:
    """Return why the first comes before the next two, criterion by criterion."""
    found = material.results
    if found is None or not found.differences:
        return None
    blocks: list[Block] = []
    for number, between in enumerate(found.differences, 1):
        bars = difference_bars(between)
        blocks += [Heading(f"{between.a.name} and {between.b.name}"), Paragraph(between.sentence)]
        blocks += [Figure(f"difference-{number}", bars), *tables(bars.table)]
    sure = any(p.rank_worst == 1 for p in found.ranking.possible_firsts)
    title, link = (
        ("Why the first comes before the next", "before")
        if sure
        else ("How the program ahead differs from the next", "from")
    )
    if found.to_choice is not None and material.is_decided:
        title += f", and {link} the choice"
    return Section("reasons", title, tuple(blocks))
