"""What was wrong in a report that has been passed on: it is printed first."""

from __future__ import annotations

from mcda.project.text import day_text
from mcda.report.material import Material
from mcda.report.model import Callout, Paragraph, Section

_REPLACES = (
    "This report takes the place of the one of {day}. Whoever has that one should get this one too."
)


def erratum(material: Material) -> Section | None:
    """Return what was wrong in the report of an earlier day, and what is right."""
    found = material.erratum
    if found is None:
        return None
    earlier = day_text(found.of)
    title = f"Correction to the report of {earlier}"
    blocks = (
        Callout("What was wrong, and what is right", found.text),
        Paragraph(_REPLACES.format(day=earlier)),
    )
    return Section("erratum", title, blocks)
