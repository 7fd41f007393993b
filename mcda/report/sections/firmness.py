"""How firm the first place is, and what would change it."""

from __future__ import annotations

from mcda.analysis import SETTLED_NOTE, Firmness, Flips, Sentences
from mcda.analysis.wording import and_list
from mcda.charts import CENTRAL, PROVED, central_table, data_table, pair_table, rank_table
from mcda.charts.static import first_bars
from mcda.report.material import Material
from mcda.report.model import Block, Figure, Heading, Listing, Paragraph, Section, Table, tables

_MOST_CHANGES = 8


def firmness(material: Material) -> Section | None:
    """Return the verdict, how often each program is first, and what would change the first."""
    found = material.results
    if found is None:
        return None
    bars = first_bars(found.firmness)
    blocks: list[Block] = [
        Paragraph(found.said.answer),
        Listing(_leads(found.said)),
        Paragraph(found.said.sampled, "note"),
        Figure("firmness", bars),
        Table(bars.table),
        *_places(found.firmness),
        *_flips(found.flips),
    ]
    return Section("firmness", "How firm it is", tuple(blocks))


def _leads(said: Sentences) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("Named together", said.twins),
        ("What the runner-up needs", said.runner_up),
        ("The second method", said.second),
        ("What is not known", said.unknown),
    )
    return tuple(pair for pair in pairs if pair[1])


def _places(found: Firmness) -> list[Block]:
    """Return how often each program takes each place and is before each other, and with what."""
    blocks: list[Block] = [*tables(rank_table(found))]
    if len(found.programs) > 1:
        blocks += tables(pair_table(found))
    blocks.append(Paragraph(PROVED, "note"))
    central = central_table(found)
    if central.rows:
        blocks += [Paragraph(CENTRAL), *tables(central)]
    return blocks


def _flips(flips: Flips) -> list[Block]:
    """Return what would change the first place, from the nearest to the farthest."""
    weights = data_table("If one criterion counted more or less", flips.weights_frame())
    start = f"This starts from the weights of {flips.weighting.name}."
    if flips.settled:
        start = f"{start} {SETTLED_NOTE}"
    changes = tuple(("", change.sentence) for change in flips.changes)
    blocks: list[Block] = [
        Heading("What would change the first place"),
        Paragraph(start),
        Table(weights),
    ]
    if changes:
        blocks += [
            Heading("The smallest change of weights that puts another first"),
            Listing(changes[:_MOST_CHANGES], dense=True),
        ]
    for title, frame in (
        ("If one score were a step better or worse", flips.steps_frame()),
        ("How far each score would have to move", flips.scores_frame()),
    ):
        if frame.empty:
            blocks += [Heading(title), Paragraph("Nothing of this kind changes the first place.")]
        else:
            blocks += tables(data_table(title, frame))
    return [*blocks, Heading("Without one criterion, or one program"), *_without(flips)]


def _without(flips: Flips) -> list[Block]:
    """Say what goes if one thing is left out; those that change nothing are only named."""
    left_out = (*flips.without_criterion, *flips.without_program)
    telling = tuple(("", item.sentence) for item in left_out if item.changes)
    same = and_list([item.name for item in left_out if not item.changes])
    blocks: list[Block] = [Listing(telling, dense=True)] if telling else []
    if same:
        blocks.append(Paragraph(f"Without any one of these, the first stays the same: {same}."))
    return blocks
