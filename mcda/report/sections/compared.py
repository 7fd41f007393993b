"""Weightings side by side: what moved, and why."""

from __future__ import annotations

from mcda.charts.static import slope_chart
from mcda.report.material import Material
from mcda.report.model import Block, Figure, Heading, Listing, Paragraph, Section, tables

_MOST_LINES = 8
_MOST_MOVES = 24


def compared(material: Material) -> Section | None:
    """Return the places under several weightings, what moved, and what moved it."""
    found = material.compared
    if found is None:
        return None
    slope = slope_chart(found)
    base = found.rankings[0].weighting.name
    # Who comes first under whose weights is told with the perspectives, where all are compared.
    many = len(found.rankings) > _MOST_LINES
    said = Paragraph(found.headline if many else found.sentence)
    blocks: list[Block] = [said] if material.asked_to_compare else []
    if not many:
        about = (
            "Each box has the places a program may hold. Programs that may come first somewhere "
            "have a thick line."
        )
        blocks += [Heading("Places"), Paragraph(about), Figure("places", slope)]
    blocks += tables(slope.table, turned="By the weights of")
    moves = tuple((m.weighting, m.sentence) for m in found.moves[:_MOST_MOVES])
    left = len(found.moves) - len(moves)
    more = [Paragraph(f"{left} more are not listed; the table has their places.", "note")]
    blocks += [
        Heading("What moved, and why"),
        Paragraph(f"Each is set against {base}."),
        Listing(moves),
        *(more if left else []),
    ]
    return Section("compared", "Under other weights", tuple(blocks))
