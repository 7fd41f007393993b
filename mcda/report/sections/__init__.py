"""The sections of a report in their order, each a function from the material to the section.

A section that has nothing to say returns None and is left out.
"""

from __future__ import annotations

from collections.abc import Callable

from mcda.report.material import Material
from mcda.report.model import Section
from mcda.report.sections.again import again
from mcda.report.sections.answer import answer
from mcda.report.sections.appendix import appendix, limits
from mcda.report.sections.compared import compared
from mcda.report.sections.criteria import criteria
from mcda.report.sections.decision import decision
from mcda.report.sections.diagnosis import diagnosis
from mcda.report.sections.evaluation import evaluation, observed
from mcda.report.sections.evidence import evidence
from mcda.report.sections.firmness import firmness
from mcda.report.sections.lessons import chosen, lessons, when_ranked
from mcda.report.sections.overview import logic_model
from mcda.report.sections.plan import plan
from mcda.report.sections.programs import programs
from mcda.report.sections.results import reasons, results
from mcda.report.sections.scenarios import scenarios
from mcda.report.sections.weights import weights

SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    answer,
    logic_model,
    decision,
    diagnosis,
    programs,
    criteria,
    weights,
    results,
    reasons,
    firmness,
    compared,
    scenarios,
    plan,
    evaluation,
    again,
    evidence,
    limits,
    appendix,
)
# What other communities get to see; nothing of these tells of what is not marked public.
FOR_OTHERS: tuple[Callable[[Material], Section | None], ...] = (
    lessons,
    observed,
    diagnosis,
    chosen,
    when_ranked(programs),
    when_ranked(criteria),
    when_ranked(results),
    reasons,
    plan,
    when_ranked(evidence),
    limits,
)


def sections(material: Material) -> tuple[Section, ...]:
    """Return the sections that have something to say.

    Where a comparison was asked for, it follows the answer at once.
    """
    order = list(FOR_OTHERS if material.edition == "lessons" else SECTIONS)
    if material.asked_to_compare:
        order.remove(compared)
        order.insert(1, compared)
    return tuple(section for write in order if (section := write(material)) is not None)
