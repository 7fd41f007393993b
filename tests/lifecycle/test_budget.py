"""The budget added up: what is not known counts as unknown, never as nothing."""

from __future__ import annotations

import pytest

from mcda.lifecycle import budget_totals
from mcda.project import BudgetLine, Plan


def totals(*pairs: tuple[float | None, float | None]):
    lines = (
        BudgetLine(id=f"l{at}", name="L", planned=planned, actual=actual)
        for at, (planned, actual) in enumerate(pairs)
    )
    return budget_totals(Plan(budget=tuple(lines)))


def test_only_lines_with_both_numbers_are_compared():
    found = totals((100.0, 80.0), (50.0, None), (None, 7.0))
    assert (found.planned, found.actual) == (150.0, 87.0)
    assert (found.compared, found.difference) == (1, -20.0)
    assert (found.without_planned, found.without_actual) == (1, 1)


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ((), "There is no budget yet."),
        (((100.0, 100.0),), "In the line with both, as much was spent as was planned."),
        (
            ((100.0, 130.0), (10.0, 10.0)),
            "In the 2 lines with both, 30 more was spent than planned.",
        ),
        (
            ((100.0, 80.0), (10.0, None)),
            "In the line with both, 20 of what is planned has not been spent so far. "
            "What was spent is not known yet for 1 line.",
        ),
        (((100.0, None), (1.0, None)), "What was spent is not known yet for 2 lines."),
        (((None, 5.0),), "Nothing is planned yet for 1 line."),
    ],
)
def test_it_says_what_it_comes_to(pairs, sentence):
    assert totals(*pairs).sentence("US dollars").endswith(sentence)


def test_nothing_known_is_not_compared():
    assert "In the" not in totals((100.0, None)).sentence("US dollars")


def test_the_currency_is_the_project_s():
    assert (
        totals((1500.0, 20.0))
        .sentence("euros")
        .startswith("Planned: 1,500 euros. Spent: 20 euros.")
    )


def test_what_nobody_knows_is_not_called_nothing():
    assert "Spent" not in totals((1500.0, None)).sentence("euros")
    assert "Planned:" not in totals((None, 20.0)).sentence("euros")
