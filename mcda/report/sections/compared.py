"""Weightings side by side: what moved, and why."""

from __future__ import annotations

from mcda.analysis.wording import or_list
from mcda.charts.static import slope_chart
from mcda.report.material import Material
from mcda.report.model import Block, Figure, Heading, Listing, Paragraph, Section, tables

_MOST_LINES = 8


def compared(material: Material) -> Section | None:
    """Return the places under several weightings, what moved, and what moved it."""
    found = material.compared
    if found is None:
        return None
    slope = slope_chart(found)
    base = found.rankings[0].weighting.name
    firsts = tuple(
        (f"By the weights of {r.weighting.name}", or_list([p.name for p in r.possible_firsts]))
        for r in found.rankings
    )
    blocks: list[Block] = [Paragraph(found.sentence), Heading("First choices"), Listing(firsts)]
    if len(found.rankings) <= _MOST_LINES:
        about = (
            "A bar behind a place spans the places a program may hold. Programs that may come "
            "first somewhere have a thick line."
        )
        blocks += [Heading("Places"), Paragraph(about), Figure("places", slope)]
    blocks += tables(slope.table)
    moves = tuple((m.weighting, m.sentence) for m in found.moves)
    blocks += [
        Heading("What moved, and why"),
        Paragraph(f"Each is set against {base}."),
        Listing(moves),
    ]
    return Section("compared", "Under other weights", tuple(blocks))
