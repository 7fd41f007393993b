"""The logic model on one page: the four phases in the community's own words."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.analysis.wording import few
from mcda.charts import Column, DataTable
from mcda.charts.static import logic_model_chart
from mcda.charts.static.logic_model import HEADINGS
from mcda.lifecycle import Overview, overview
from mcda.lifecycle.overview import COLUMNS
from mcda.project import Diagnosis, Plan
from mcda.project.text import cut, day_text
from mcda.report.material import Material
from mcda.report.model import Block, Figure, Heading, Listing, Paragraph, Section, Table

_INTRO = (
    "What goes in, what is done, what comes out of it, and what it is to change. What we learn at "
    "the end leads back to the first two phases."
)
_MOST_ITEMS = 4
_MOST_TEXT = 110
_SHORT = (
    "The drawing and the table show the first of each, long ones cut. The other parts have all "
    "of them whole: what was found, the programs, the plan and what was observed."
)


def logic_model(material: Material) -> Section | None:
    """Return the four phases, drawn and as a table; in the full edition also how far each has come.

    The public edition does not carry all that the steps are counted from.
    """
    project = material.project
    if project.diagnosis == Diagnosis() and project.plan == Plan():
        return None
    found = overview(project, material.as_of, material.run.id)
    table = _phases(found)
    drawn = Figure("logic-model", logic_model_chart(found, table))
    blocks: list[Block] = [Paragraph(_INTRO), drawn, Table(table, "phases")]
    if any(_is_cut(phase.column(c)) for phase in found.phases for c in COLUMNS):
        blocks.append(Paragraph(_SHORT, "note"))
    if material.edition == "full":
        states = tuple(("", phase.sentence) for phase in found.phases)
        blocks += [Heading("How far we have come"), *_as_of(material), Listing(states, dense=True)]
    return Section("overview", "The whole way at a glance", tuple(blocks))


def _as_of(material: Material) -> list[Block]:
    """Name the day a made-up example is told on, where it is not the day of the report."""
    if material.as_of == material.date:
        return []
    return [Paragraph(f"This made-up example is told as of {day_text(material.as_of)}.", "note")]


def _phases(found: Overview) -> DataTable:
    titles = ("Phase", *HEADINGS.values())
    rows = tuple((p.title, *(_cell(p.column(c)) for c in COLUMNS)) for p in found.phases)
    return DataTable("Our logic model", tuple(map(Column, titles)), rows)


def _is_cut(texts: Sequence[str]) -> bool:
    return len(texts) > _MOST_ITEMS or any(cut(text, _MOST_TEXT).endswith("…") for text in texts)


def _cell(texts: Sequence[str]) -> str:
    """Write the first of a phase's texts, a line each; the parts that follow have them whole."""
    return "\n".join(f"• {cut(text, _MOST_TEXT)}" for text in few(texts, _MOST_ITEMS)) or "–"
