"""What the plan costs: planned, spent so far, and how the two compare where both are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mcda.analysis.wording import number
from mcda.project import BudgetLine, Plan
from mcda.project.text import counted


@dataclass(frozen=True, slots=True)
class BudgetTotals:
    """The budget added up, in the project's currency.

    ``planned`` and ``actual`` add up what is known. ``compared`` is how many lines have both
    numbers, and ``difference`` what was spent in these beyond what was planned (below zero: less).
    """

    lines: int
    planned: float
    actual: float
    without_planned: int
    without_actual: int
    compared: int
    difference: float

    def sentence(self, currency: str) -> str:
        """Say what the budget comes to, and what is not known of it."""
        if not self.lines:
            return "There is no budget yet."
        said = []
        if self.without_planned < self.lines:
            said.append(f"Planned: {number(self.planned)} {currency}.")
        if self.without_actual < self.lines:
            said.append(f"Spent: {number(self.actual)} {currency}.")
        if self.compared:
            said.append(f"{_where(self.compared)}, {self._compared()}.")
        if self.without_planned:
            said.append(f"Nothing is planned yet for {counted(self.without_planned, 'line')}.")
        if self.without_actual:
            said.append(
                f"What was spent is not known yet for {counted(self.without_actual, 'line')}."
            )
        return " ".join(said)

    def _compared(self) -> str:
        if self.difference == 0:
            return "as much was spent as was planned"
        if self.difference > 0:
            return f"{number(self.difference)} more was spent than planned"
        return f"{number(-self.difference)} of what is planned has not been spent so far"


def budget_totals(plan: Plan) -> BudgetTotals:
    """Return what a plan's budget comes to. What is not known counts as unknown, not as nothing.

    >>> lines = (BudgetLine(id="a", name="Advocate", planned=100.0, actual=80.0),)
    >>> budget_totals(Plan(budget=lines)).sentence("euros")
    '... In the line with both, 20 of what is planned has not been spent so far.'
    """
    planned = [line.planned for line in plan.budget if line.planned is not None]
    actual = [line.actual for line in plan.budget if line.actual is not None]
    both = [
        line.actual - line.planned
        for line in plan.budget
        if line.actual is not None and line.planned is not None
    ]
    return BudgetTotals(
        lines=len(plan.budget),
        planned=sum(planned),
        actual=sum(actual),
        without_planned=len(plan.budget) - len(planned),
        without_actual=len(plan.budget) - len(actual),
        compared=len(both),
        difference=sum(both),
    )


def budget_by(plan: Plan, field: Literal["period", "source"]) -> dict[str, BudgetTotals]:
    """Return what a plan's budget comes to for each period or source, in the order of entry.

    Lines that say nothing of it stand under an empty name.

    >>> lines = (BudgetLine(id="a", name="Advocate", planned=100.0, source="County"),)
    >>> {name: own.planned for name, own in budget_by(Plan(budget=lines), "source").items()}
    {'County': 100.0}
    """
    groups: dict[str, list[BudgetLine]] = {}
    for line in plan.budget:
        groups.setdefault(getattr(line, field).strip(), []).append(line)
    return {name: budget_totals(Plan(budget=tuple(own))) for name, own in groups.items()}


def _where(count: int) -> str:
    return "In the line with both" if count == 1 else f"In the {count} lines with both"
