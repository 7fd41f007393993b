"""The parts of a grant narrative that draw on several others: need and capabilities.

What these tell of the diagnosis and the plan is written by the functions that write it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from mcda.report.material import Material
from mcda.report.model import Block, Paragraph, Section
from mcda.report.sections.diagnosis import (
    conditions,
    diagnosis_blocks,
    how_programs_fit,
    readiness,
    still_open,
)
from mcda.report.sections.plan import plan_lists, plan_section

Writer = Callable[[Material], Section | None]
_NOTHING = "Nothing is recorded for this part yet."
_CAN: Final = ("stakeholders", "trainings")


def in_part(part: str, write: Writer) -> Writer:
    """Return a section whose title begins with the part of the narrative it belongs to."""

    def section(material: Material) -> Section | None:
        found = write(material)
        if found is None:
            return None
        title = found.title[:1].lower() + found.title[1:]
        return replace(found, title=f"{part}: {title}")

    return section


def need(material: Material) -> Section:
    """Return the problem, what drives it, what is to be different, and what any program must do."""
    blocks = diagnosis_blocks(material, ("factors", "goals"))
    blocks += [*conditions(material), *still_open(material)]
    return _part("need", "Need", blocks)


def fit(material: Material) -> Section | None:
    """Return how the programs act on what drives the problem, where anybody has said so."""
    blocks = how_programs_fit(material)
    return Section("fit", "How the programs fit the need", tuple(blocks)) if blocks else None


def carried_out(material: Material) -> Section | None:
    """Return the plan without those who take part and are trained."""
    return plan_section(material, leaving_out=_CAN)


def capabilities(material: Material) -> Section:
    """Return what is there already, how ready the place is, who takes part, and who is trained."""
    blocks = [*diagnosis_blocks(material, ("assets",), said=False), *readiness(material)]
    return _part("capabilities", "Capabilities", [*blocks, *plan_lists(material, _CAN)])


def data_plan(write: Writer) -> Writer:
    """Return the section that says what is measured, or that nothing is recorded of it yet."""

    def section(material: Material) -> Section:
        found = write(material)
        blocks = list(found.blocks) if found else []
        return _part("evaluation", "Data plan", blocks)

    return section


def _part(section_id: str, title: str, blocks: list[Block]) -> Section:
    return Section(section_id, title, tuple(blocks) or (Paragraph(_NOTHING),))
