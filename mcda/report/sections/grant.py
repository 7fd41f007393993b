"""The parts of a grant narrative that draw on several others: need and capabilities.

What these tell of the diagnosis and the plan is written by the functions that write it elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from mcda.report.material import Material
from mcda.report.model import Block, Heading, Listing, Paragraph, Section
from mcda.report.sections.common import day
from mcda.report.sections.cost import cost
from mcda.report.sections.diagnosis import (
    FIT,
    conditions,
    diagnosis_blocks,
    how_programs_fit,
    readiness,
    still_open,
)
from mcda.report.sections.equity import borne
from mcda.report.sections.plan import plan_lists, plan_section

Writer = Callable[[Material], Section | None]
_NOTHING = "Nothing is recorded for this part yet."
_NO_INDICATOR = "No indicator is set yet: nothing will show how it goes until one is."
_RULES = (
    "Only totals are kept, no data on any one person. In public reports people are named by role; "
    "counts of people from 1 to 9 are hidden in every report."
)
# The item of the readiness template that asks about safe counting.
_SAFE: Final = frozenset({"safe_measuring"})
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
    blocks = how_programs_fit(material)[1:]  # the heading is that of the section
    return Section("fit", FIT, tuple(blocks)) if blocks else None


def carried_out(material: Material) -> Section | None:
    """Return the plan without those who take part and are trained."""
    return plan_section(material, leaving_out=_CAN)


def capabilities(material: Material) -> Section:
    """Return what is there already, how ready the place is, who takes part, and who is trained."""
    blocks = [*diagnosis_blocks(material, ("assets",), said=False), *readiness(material)]
    return _part("capabilities", "Capabilities", [*blocks, *plan_lists(material, _CAN)])


def costs(material: Material) -> Section | None:
    """Return what the programs and the plan cost, and who bears it."""
    found, paid = cost(material), borne(material)
    if not paid:
        return found
    return Section("cost", "Cost and budget", (*(found.blocks if found else ()), *paid))


def data_plan(write: Writer) -> Writer:
    """Return what is to be measured, how it is kept safe, and how it stands."""

    def section(material: Material) -> Section:
        found = write(material)
        blocks = [] if material.states else _to_measure(material)
        blocks += [*(found.blocks if found else ()), *_kept_safe(material)]
        return _part("evaluation", "Data plan", blocks)

    return section


def _to_measure(material: Material) -> list[Block]:
    """Return the goals that are to be measured, while there is no indicator of them."""
    goals = tuple(
        (goal.name, f"By {day(goal.by)}." if goal.by else "")
        for goal in material.project.diagnosis.goals
    )
    if not goals:
        return []
    return [Paragraph(_NO_INDICATOR), Heading("What is to be measured"), Listing(goals)]


def _kept_safe(material: Material) -> list[Block]:
    """Return how ready the place is to count without naming anyone, and what is never kept."""
    rated = tuple(
        (item.name, f"Rated {item.rating} of 5.")
        for item in material.project.diagnosis.readiness
        if item.id in _SAFE and item.rating is not None
    )
    shown: list[Block] = [Listing(rated)] if rated else []
    return [Heading("How data are kept safe"), *shown, Paragraph(_RULES)]


def _part(section_id: str, title: str, blocks: list[Block]) -> Section:
    return Section(section_id, title, tuple(blocks) or (Paragraph(_NOTHING),))
