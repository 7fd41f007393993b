"""What a choice is judged on: objectives, criteria and the scale of each criterion."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mcda.project.text import Flag, Frozen, Id, Line, Name, Number, Percent, Text, number_text


class Objective(Frozen):
    """A broader aim that groups criteria; objectives may stand under one another."""

    id: Id
    name: Name
    parent: Id | None = None


class ValuePoint(Frozen):
    """One point of a piecewise linear value function: this score is worth this many points."""

    score: Number
    value: Percent


class NumberScale(Frozen):
    """A scale measured in units: worth 0 at ``worst``, 100 at ``best``.

    With no ``points`` the value is linear between the two ends; with points it is linear
    between neighbouring points. Value never falls on the way from worst to best.
    """

    type: Literal["number"] = "number"
    unit: Line = ""
    worst: Number
    best: Number
    points: tuple[ValuePoint, ...] = ()
    confirmed: Flag = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.worst == self.best:
            raise ValueError("the worst and the best end are the same; they must differ")
        scores = [self.worst, *(p.score for p in self.points), self.best]
        if any((b - a) * self.direction <= 0 for a, b in pairwise(scores)):
            raise ValueError("the points must lie between worst and best, in that order")
        values = [0.0, *(p.value for p in self.points), 100.0]
        if any(b < a for a, b in pairwise(values)):
            raise ValueError("the value must not fall on the way from worst to best")
        return self

    @property
    def direction(self) -> Literal[1, -1]:
        """1 where more is better, -1 where less is better."""
        return 1 if self.best > self.worst else -1

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest score the scale takes."""
        return min(self.worst, self.best), max(self.worst, self.best)

    @property
    def curve(self) -> tuple[tuple[float, float], ...]:
        """The points (score, value) from worst to best, linear in between."""
        between = ((p.score, p.value) for p in self.points)
        return ((self.worst, 0.0), *between, (self.best, 100.0))

    def problem_with(self, score: float) -> str | None:
        """Say why the scale does not take this score, or None where it does."""
        low, high = self.ends
        if low <= score <= high:
            return None
        return f"is outside the range {number_text(low)} to {number_text(high)}"


class Level(Frozen):
    """One step of an anchored scale: its number and what it means in words."""

    level: int = Field(strict=True, ge=-100, le=100)
    anchor: Line


class LevelScale(Frozen):
    """A scale of described levels, listed from worst (worth 0) to best (worth 100).

    ``values`` gives each level's worth; without them the levels are evenly spaced.
    ``confirmed`` says that the group has agreed to the spacing.
    """

    type: Literal["levels"] = "levels"
    levels: tuple[Level, ...] = Field(min_length=2, max_length=21)
    values: tuple[Percent, ...] | None = None
    confirmed: Flag = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if len({level.level for level in self.levels}) != len(self.levels):
            raise ValueError("two levels have the same number")
        steps = [level.level for level in self.levels]
        if sorted(steps) not in (steps, steps[::-1]):
            raise ValueError("the levels must be listed in order, from worst to best")
        if self.values is None:
            return self
        if len(self.values) != len(self.levels):
            raise ValueError(f"there are {len(self.levels)} levels, so give as many values")
        if (self.values[0], self.values[-1]) != (0, 100):
            raise ValueError("the worst level is worth 0 and the best is worth 100")
        if any(b < a for a, b in pairwise(self.values)):
            raise ValueError("the value must not fall on the way from worst to best")
        return self

    @property
    def worst(self) -> float:
        """The number of the worst level."""
        return float(self.levels[0].level)

    @property
    def best(self) -> float:
        """The number of the best level."""
        return float(self.levels[-1].level)

    @property
    def direction(self) -> Literal[1, -1]:
        """1 where a higher level is better, -1 where a lower one is."""
        return 1 if self.best > self.worst else -1

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest level."""
        return min(self.worst, self.best), max(self.worst, self.best)

    @property
    def level_values(self) -> tuple[float, ...]:
        """What each level is worth, from worst to best."""
        if self.values is not None:
            return self.values
        last = len(self.levels) - 1
        return tuple(100 * step / last for step in range(len(self.levels)))

    @property
    def curve(self) -> tuple[tuple[float, float], ...]:
        """The points (level, value) from worst to best."""
        numbers = (float(level.level) for level in self.levels)
        return tuple(zip(numbers, self.level_values, strict=True))

    def anchor(self, score: float) -> str:
        """Return the words that describe a level, or an empty text where it is not one."""
        return next((level.anchor for level in self.levels if level.level == score), "")

    def problem_with(self, score: float) -> str | None:
        """Say why the scale does not take this score, or None where it does."""
        numbers = [level.level for level in self.levels]
        if score in numbers:
            return None
        return f"is not one of the levels {', '.join(map(str, sorted(numbers)))}"


Scale = Annotated[NumberScale | LevelScale, Field(discriminator="type")]


class Criterion(Frozen):
    """One thing the programs are judged on, with its scale."""

    id: Id
    name: Name
    definition: Text = ""
    parent: Id | None = None
    scale: Scale
    based_on: Text = ""
    counts_people: Flag = False

    @property
    def unit(self) -> str:
        """The unit on screen: the scale's own, or which levels it has."""
        if isinstance(self.scale, LevelScale):
            low, high = self.scale.ends
            return f"level {low:g} to {high:g}"
        return self.scale.unit

    @property
    def bound(self) -> str:
        """How a limit on it reads: "at least" where more is better, else "at most"."""
        return "at least" if self.scale.direction == 1 else "at most"

    def with_unit(self, number: str) -> str:
        """Put the unit to a number, or "level" before it.

        >>> Criterion(id="x", name="X", scale=NumberScale(unit="%", worst=0, best=9)).with_unit("7")
        '7%'
        """
        if isinstance(self.scale, LevelScale):
            return f"level {number}"
        space = "" if self.unit == "%" else " "
        return f"{number}{space}{self.unit}".strip()


class OverlapQuestion(Frozen):
    """Two criteria that might count the same thing twice, as a question to the group."""

    first: Id
    second: Id
    question: Text
