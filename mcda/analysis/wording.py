"""How numbers are written in sentences and tables: rounded once, with their units."""

from __future__ import annotations

from collections.abc import Sequence

from mcda.project import Criterion, Exact, LevelScale, Range, Run, Score

UNKNOWN = "not known"
_MOST_DECIMALS = 10  # of a percent; nothing is rounded more finely


def points(value: float) -> str:
    """Write points of a 0-100 score with one decimal, never "-0.0".

    >>> points(62.349), points(-0.04)
    ('62.3', '0.0')
    """
    return f"{round(value, 1) + 0.0:.1f}"


def percent(share: float) -> str:
    """Write a share of 1 in whole percent.

    >>> percent(0.2249)
    '22%'
    """
    return f"{100 * share:.0f}%"


def percents(stated: float, now: float) -> tuple[str, str]:
    """Write a share that was stated, exactly, and one found, so that they can be told apart.

    >>> percents(0.31, 0.2249), percents(0.22, 0.2249), percents(0.997, 0.9962)
    (('31%', '22%'), ('22.0%', '22.5%'), ('99.7%', '99.6%'))
    """
    texts = _by_decimals(stated, now)
    exact = [t for t in texts if abs(float(t[0][:-1]) - 100 * stated) < 1e-9]
    return _first_unlike(exact or texts)


def told_apart(one: float, other: float) -> tuple[str, str]:
    """Write two shares of 1 in percent, with as few decimals as it takes to tell them apart.

    >>> told_apart(2 / 103, 4 / 59), told_apart(0.2249, 0.2251), told_apart(0.5, 0.5)
    (('2%', '7%'), ('22%', '23%'), ('50%', '50%'))
    """
    return _first_unlike(_by_decimals(one, other))


def _by_decimals(one: float, other: float) -> list[tuple[str, str]]:
    return [
        (f"{100 * one:.{digits}f}%", f"{100 * other:.{digits}f}%")
        for digits in range(_MOST_DECIMALS)
    ]


def _first_unlike(texts: list[tuple[str, str]]) -> tuple[str, str]:
    return next((t for t in texts if t[0] != t[1]), texts[0])


def number(value: float) -> str:
    """Write a score with thousands separators and no needless decimals.

    >>> number(1234567.0), number(0.125), number(-3.5)
    ('1,234,567', '0.125', '-3.5')
    """
    return f"{value + 0.0:,.6g}" if abs(value) < 1e5 else f"{value:,.0f}"


def brief_number(value: float) -> str:
    """Write a number in up to four digits that count, whole from there on; never "-0".

    >>> brief_number(0.123456), brief_number(66.666), brief_number(123456.7), brief_number(-0.0)
    ('0.1235', '66.67', '123,457', '0')
    """
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value + 0.0:.4g}"


def compared(one: str, other: str, times: float) -> str:
    """Say how many times as much one matters as the other, to one decimal.

    >>> compared("Cost", "Reach", 2.46), compared("Cost", "Reach", 0.98)
    ('Cost matters 2.5 times as much as Reach', 'Cost and Reach matter the same')
    >>> compared("Cost", "Reach", 1 / 4)
    'Reach matters 4 times as much as Cost'
    """
    more, less = (one, other) if times >= 1 else (other, one)
    rounded = round(max(times, 1 / times), 1)
    if rounded == 1:
        return f"{one} and {other} matter the same"
    return f"{more} matters {number(rounded)} times as much as {less}"


def span(low: str, high: str) -> str:
    """Write a range, or the one value where both ends read the same.

    >>> span("1", "3"), span("2", "2")
    ('1 to 3', '2')
    """
    return low if low == high else f"{low} to {high}"


def and_list(names: Sequence[str]) -> str:
    """Write names as a list in a sentence.

    >>> and_list(["A"]), and_list(["A", "B", "C"])
    ('A', 'A, B and C')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def or_list(names: Sequence[str]) -> str:
    """Write names as alternatives in a sentence.

    >>> or_list(["A", "B", "C"])
    'A, B or C'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} or {names[-1]}"


def few(names: Sequence[str], most: int = 6) -> list[str]:
    """Return the names, the last ones as a count where there are too many for a sentence.

    >>> few(["A", "B", "C", "D"], most=3)
    ['A', 'B', '2 others']
    """
    if len(names) <= most:
        return list(names)
    kept = names[: most - 1]
    return [*kept, f"{len(names) - len(kept)} others"]


def with_unit(criterion: Criterion, text: str) -> str:
    """Put the criterion's unit to a number that may be "about" so much.

    >>> from mcda.project import Level
    >>> scale = LevelScale(levels=(Level(level=1, anchor="None"), Level(level=2, anchor="Some")))
    >>> with_unit(Criterion(id="x", name="X", scale=scale), "about 2")
    'about level 2'
    """
    number = text.removeprefix("about ")
    return text.removesuffix(number) + criterion.with_unit(number)


def brief_score(score: Score | None) -> str:
    """Write what is recorded in a cell for a sentence: of a range only the likely number."""
    amount = score.amount if score else None
    if isinstance(amount, Range) and amount.likely is not None:
        return f"about {number(amount.likely)}"
    return score_text(score)


def score_text(score: Score | None) -> str:
    """Write what is recorded in a cell, without its unit."""
    amount = score.amount if score else None
    match amount:
        case Exact(value=value):
            return number(value)
        case Range(low=low, high=high, likely=likely):
            ends = span(number(low), number(high))
            return ends if likely is None else f"{ends}, likely {number(likely)}"
        case _:
            return UNKNOWN


def against(run: Run, criterion: Criterion, first: str, second: str) -> str:
    """Write two programs' scores on a criterion against each other, with the unit once.

    >>> from mcda.project import Project, NumberScale
    >>> cost = Criterion(id="c", name="Cost", scale=NumberScale(unit="US dollars", worst=9, best=0))
    >>> run = Project.new("Which?").with_criterion(cost).run()
    >>> against(run, cost, "continue", "continue")
    'not known against not known'
    """
    texts = [brief_score(run.score(program, criterion.id)) for program in (first, second)]
    if isinstance(criterion.scale, LevelScale) or criterion.scale.unit == "%":
        texts = [t if t == UNKNOWN else with_unit(criterion, t) for t in texts]
        return " against ".join(texts)
    if texts[1] != UNKNOWN:
        texts[1] = with_unit(criterion, texts[1])
    elif texts[0] != UNKNOWN:
        texts[0] = with_unit(criterion, texts[0])
    return " against ".join(texts)
