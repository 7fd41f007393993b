"""The logic model on one page: the four phases in the community's own words."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.analysis.wording import few
from mcda.charts import Column, DataTable
from mcda.lifecycle import Overview, overview
from mcda.project import Diagnosis, Plan
from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section, Table

_INTRO = (
    "What goes in, what is done, what comes out of it, and what it is to change. What we learn at "
    "the end leads back to the first two phases."
)
_MOST_ITEMS = 4
_MOST_TEXT = 110


def logic_model(material: Material) -> Section | None:
    """Return the four phases as a table; in the full edition also how far each has come.

    The public edition does not carry all that the steps are counted from.
    """
    project = material.project
    if project.diagnosis == Diagnosis() and project.plan == Plan():
        return None
    found = overview(project, material.date, material.run.id)
    blocks: list[Block] = [Paragraph(_INTRO), Table(_phases(found), "phases")]
    if material.edition == "full":
        states = tuple(("", phase.sentence) for phase in found.phases)
        blocks += [Heading("How far we have come"), Listing(states, dense=True)]
    return Section("overview", "The whole way at a glance", tuple(blocks))


def _phases(found: Overview) -> DataTable:
    titles = ("Phase", "What goes in", "What is done", "What comes out", "What it is to change")
    rows = tuple(
        (p.title, *map(_cell, (p.inputs, p.activities, p.outputs, p.outcomes)))
        for p in found.phases
    )
    return DataTable("Our logic model", tuple(map(Column, titles)), rows)


def _cell(texts: Sequence[str]) -> str:
    """Write the first of a phase's texts, a line each; the parts that follow have them whole."""
    return "\n".join(f"• {_cut(text)}" for text in few(texts, _MOST_ITEMS)) or "–"


def _cut(text: str) -> str:
    """Return a text that is not too long for its cell."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_TEXT else f"{line[:_MOST_TEXT].rsplit(None, 1)[0]} …"
