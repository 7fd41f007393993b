"""The sections of a report in their order, each a function from the material to the section.

A section that has nothing to say returns None and is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mcda.analysis.wording import or_list
from mcda.report.material import Material
from mcda.report.model import ORDERS, Order, Section
from mcda.report.sections import grant
from mcda.report.sections.again import again
from mcda.report.sections.aloud import as_read
from mcda.report.sections.answer import answer
from mcda.report.sections.appendix import appendix, limits
from mcda.report.sections.brief import brief, decided, to_know
from mcda.report.sections.changes import changes
from mcda.report.sections.compared import compared
from mcda.report.sections.cost import cost
from mcda.report.sections.criteria import criteria
from mcda.report.sections.decision import decision
from mcda.report.sections.diagnosis import diagnosis
from mcda.report.sections.equity import equity, whom_it_serves
from mcda.report.sections.erratum import erratum
from mcda.report.sections.evaluation import evaluation, observed
from mcda.report.sections.evidence import evidence
from mcda.report.sections.firmness import firmness
from mcda.report.sections.lessons import chosen, lessons, when_ranked
from mcda.report.sections.overview import logic_model
from mcda.report.sections.perspectives import perspectives
from mcda.report.sections.plan import plan
from mcda.report.sections.programs import programs
from mcda.report.sections.results import reasons, results
from mcda.report.sections.scenarios import scenarios
from mcda.report.sections.weights import weights

SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    erratum,
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
    perspectives,
    compared,
    scenarios,
    cost,
    equity,
    plan,
    evaluation,
    again,
    evidence,
    changes,
    limits,
    appendix,
)
_DESIGN = "Design and implementation"
# Need, design and implementation, capabilities and data plan are what grant narratives are made of.
FOR_GRANTS: tuple[Callable[[Material], Section | None], ...] = (
    erratum,
    answer,
    grant.need,
    grant.in_part("Need", whom_it_serves),
    *(
        grant.in_part(_DESIGN, write)
        for write in (
            logic_model,
            programs,
            grant.fit,
            criteria,
            weights,
            results,
            reasons,
            firmness,
            perspectives,
            compared,
            scenarios,
            decision,
            grant.carried_out,
        )
    ),
    grant.capabilities,
    grant.data_plan(evaluation),
    grant.in_part("Data plan", again),
    grant.costs,
    evidence,
    changes,
    limits,
    appendix,
)
ON_ONE_PAGE: tuple[Callable[[Material], Section | None], ...] = (erratum, brief, decided, to_know)
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


def sections(material: Material, order: Order = "decision") -> tuple[Section, ...]:
    """Return the sections that have something to say.

    Where a comparison was asked for, it follows the answer at once; a grant narrative keeps its
    order. One page and the lessons have an order of their own.

    Raises:
        ValueError: no such order.
    """
    if order not in ORDERS:
        raise ValueError(f"There is no order {order!r} of sections; choose {or_list(ORDERS)}.")
    chosen = {"lessons": FOR_OTHERS, "one-page": ON_ONE_PAGE}.get(material.edition)
    writers = list(chosen or (FOR_GRANTS if order == "grant" else SECTIONS))
    if material.asked_to_compare and compared in writers:
        writers.remove(compared)
        writers.insert(writers.index(answer) + 1, compared)
    found = (section for write in writers if (section := write(material)) is not None)
    return tuple(replace(s, blocks=tuple(map(as_read, s.blocks))) for s in found)
