"""The evaluation at a glance: how many indicators stand how, and which period comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from mcda.analysis.wording import and_list
from mcda.lifecycle.indicators import IndicatorState, Standing
from mcda.project import Indicator, Observation, Project
from mcda.project.text import counted

_MONTHS: Final = {"month": 1, "quarter": 3, "half year": 6, "year": 12}
_ORDER: Final[tuple[Standing, ...]] = (
    "on target", "off target", "not judged", "nothing observed",
)  # fmt: skip


def standings(states: Sequence[IndicatorState]) -> dict[Standing, int]:
    """Return how many indicators stand how, as it may be shown."""
    counted = Counter(state.standing for state in states)
    return {standing: counted[standing] for standing in _ORDER}


def evaluation_headline(states: Sequence[IndicatorState]) -> str:
    """Return how the indicators stand, in a sentence.

    >>> evaluation_headline([IndicatorState(Indicator(id="a", name="A"), ())])
    'There is 1 indicator, and nothing has been observed yet.'
    """
    if not states:
        return "Nothing is measured yet. Begin with one indicator."
    total = counted(len(states), "indicator")
    counts = standings(states)
    if counts["nothing observed"] == len(states):
        verb = "is" if len(states) == 1 else "are"
        return f"There {verb} {total}, and nothing has been observed yet."
    said = {
        "on target": "on target",
        "off target": "off target",
        "not judged": "not judged",
        "nothing observed": "without an observation",
    }
    parts = [f"{counts[each]} {said[each]}" for each in _ORDER if counts[each]]
    return f"Of {total}: {and_list(parts)}."


def linked_text(project: Project, indicator: Indicator) -> str:
    """Say which goal and factor an indicator shows, and on which criterion it bears.

    >>> from mcda.project import Factor
    >>> asks = Factor(id="asks", name="Nobody asks")
    >>> project = Project.new("Which?")
    >>> project = project.with_diagnosis(project.diagnosis.with_item(asks))
    >>> linked_text(project, Indicator(id="i", name="I", factor="asks"))
    'It shows the factor “Nobody asks”.'
    """
    goals = {g.id: g.name for g in project.diagnosis.goals}
    factors = {f.id: f.name for f in project.diagnosis.factors}
    criteria = {c.id: c.name for run in project.runs for c in run.evidence.criteria}
    shows = [
        f"{word} “{names[each]}”"
        for word, names, each in (
            ("the goal", goals, indicator.goal),
            ("the factor", factors, indicator.factor),
        )
        if each in names
    ]
    parts = [f"shows {and_list(shows)}"] if shows else []
    if indicator.criterion in criteria:
        parts.append(f"bears on the criterion “{criteria[indicator.criterion]}”")
    return f"It {' and '.join(parts)}." if parts else ""


def next_period(
    indicator: Indicator, observations: Sequence[Observation]
) -> tuple[date, date] | None:
    """Return the period after the last one observed, as long as the indicator says.

    None where nothing was observed yet, and where the calendar ends.

    >>> days = Indicator(id="d", name="D", every="quarter")
    >>> seen = Observation(indicator="d", starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 31))
    >>> [str(day) for day in next_period(days, [seen])]
    ['2027-04-01', '2027-06-30']
    """
    if not observations:
        return None
    try:
        first = max(o.ends_on for o in observations) + timedelta(days=1)
        if indicator.every == "week":
            return first, first + timedelta(days=6)
        return first, _months_on(first, _MONTHS[indicator.every]) - timedelta(days=1)
    except (OverflowError, ValueError):
        return None


def _months_on(day: date, months: int) -> date:
    """Return the same day some months on; the first of the month after where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return date(day.year + years, month + 2, 1)
