"""The worked example, which carries a diagnosis, a drafted record and a plan; what was observed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from mcda.project import Indicator, Observation, Project
from mcda.project.templates import example

QUARTERS = [
    (date(2027, 1, 1), date(2027, 3, 31)),
    (date(2027, 4, 1), date(2027, 6, 30)),
    (date(2027, 7, 1), date(2027, 9, 30)),
    (date(2027, 10, 1), date(2027, 12, 31)),
]


@pytest.fixture(scope="session")
def elm() -> Project:
    return example()


@pytest.fixture(scope="session")
def observing() -> Callable[..., Project]:
    """``observing(project, indicator, *numbers)`` observes one number a quarter from 2027 on.

    A share or a number of people is one of 100 people.
    """

    def observed(
        project: Project,
        indicator: Indicator,
        *numbers: float,
        periods: list[tuple[date, date]] = QUARTERS,
    ) -> Project:
        field = "value" if indicator.measure == "number" else "count"
        of = {} if indicator.measure == "count" else {"of": 100}
        seen = tuple(
            Observation(
                indicator=indicator.id, starts_on=first, ends_on=last, **{field: number}, **of
            )
            for (first, last), number in zip(periods, numbers, strict=False)
        )
        evaluation = project.evaluation.with_item(indicator)
        return project.with_evaluation(evaluation.model_copy(update={"observations": seen}))

    return observed
