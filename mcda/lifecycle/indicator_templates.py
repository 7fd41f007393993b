"""Indicators to start from, read from ``data/``: what to measure, and where that has been done."""

from __future__ import annotations

from functools import cache
from typing import Literal

from mcda.project import Evaluation, Indicator, UnknownItemError
from mcda.project.evaluation import IndicatorKind
from mcda.project.plan import Interval
from mcda.project.text import Frozen, Id, Line, Name, Number, Text, make_id
from mcda.resources import resource_path


class IndicatorTemplate(Frozen):
    """An indicator in general words; ``basis`` says where such a measure is used, if known."""

    id: Id
    name: Name
    kind: IndicatorKind
    measure: Literal["count", "share", "number"]
    definition: Text
    counted: Line = ""
    out_of: Line = ""
    unit: Line = ""
    better: Literal["higher", "lower", "neither"]
    every: Interval
    people: bool = True
    adds_up: bool = True
    target: Number | None = None
    basis: Text = ""

    def indicator(self, taken: frozenset[str] = frozenset()) -> Indicator:
        """Return the indicator it starts, with an id unlike any in ``taken``."""
        fields = self.model_dump(exclude={"id", "basis"})
        return Indicator(id=make_id(self.id, taken), note=self.basis, **fields)


class IndicatorTemplates(Frozen):
    """The indicators to start from, and how to use them."""

    about: Text
    indicators: tuple[IndicatorTemplate, ...]


@cache
def indicator_templates() -> IndicatorTemplates:
    """Return the indicators to start from.

    >>> [t.kind for t in indicator_templates().indicators[:2]]
    ['process', 'process']
    """
    file = resource_path("data/templates/indicators.json")
    return IndicatorTemplates.model_validate_json(file.read_bytes())


def with_template(evaluation: Evaluation, template_id: str) -> Evaluation:
    """Add the indicator of a template; raises ``UnknownItemError``.

    >>> [i.name for i in with_template(Evaluation(), "served").indicators]
    ['Young people served']
    """
    known = {t.id: t for t in indicator_templates().indicators}
    if template_id not in known:
        raise UnknownItemError("indicator template", template_id, list(known))
    taken = frozenset(i.id for i in evaluation.indicators)
    return evaluation.with_item(known[template_id].indicator(taken))
