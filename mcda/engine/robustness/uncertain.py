"""Cells that are not known exactly, and how to draw whole matrices from them.

Cells are independent of each other. An ``Unknown`` cell has no distribution of its own:
:meth:`UncertainMatrix.settled` puts it at its worst, at its best, or anywhere in its criterion's
declared range, before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from mcda.engine._types import FloatArray
from mcda.engine.errors import InputError
from mcda.engine.validation import as_floats, check_bounds, check_choice, check_directions

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Exact:
    """Known: always this value."""

    value: float


@dataclass(frozen=True)
class Uniform:
    """Anywhere from low to high, all equally likely."""

    low: float
    high: float


@dataclass(frozen=True)
class Triangular:
    """From low to high; the density rises straight to the likely value and falls from it."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Normal:
    """Normal with this mean and standard deviation."""

    mean: float
    deviation: float


@dataclass(frozen=True)
class LogNormal:
    """exp of a normal variable with this mean and standard deviation."""

    log_mean: float
    log_deviation: float


@dataclass(frozen=True)
class Discrete:
    """One of some values, each with its probability; these are divided by their sum."""

    values: tuple[float, ...]
    probabilities: tuple[float, ...]


@dataclass(frozen=True)
class Unknown:
    """Nothing is known but the declared range of the criterion."""


Cell: TypeAlias = Exact | Uniform | Triangular | Normal | LogNormal | Discrete | Unknown


@dataclass(frozen=True, eq=False)
class UncertainMatrix:
    """A decision matrix whose cells may be distributions, in each criterion's own units.

    Attributes:
        cells: one row an alternative; a plain number is an exact cell.

    Raises:
        InputError: naming row and column of a cell that is no number and no distribution, or
            whose parameters make none.

    >>> matrix = UncertainMatrix([[3, Uniform(0, 10)], [5, Unknown()]])
    >>> matrix.shape, matrix.exact
    ((2, 2), False)
    >>> known = matrix.settled([(0, 10), (0, 10)], ["max", "min"], unknown="worst")
    >>> known.cells[1][1]
    Exact(value=10.0)
    """

    cells: Sequence[Sequence[Cell | float]]

    def __post_init__(self) -> None:
        rows = [list(row) for row in self.cells]
        if not rows or not rows[0]:
            raise InputError("it is empty", argument="matrix")
        for i, row in enumerate(rows):
            if len(row) != len(rows[0]):
                raise InputError(
                    f"it has {len(row)} cells, the first row has {len(rows[0])}",
                    argument="matrix",
                    row=i,
                )
        checked = tuple(
            tuple(_checked(cell, i, j) for j, cell in enumerate(row)) for i, row in enumerate(rows)
        )
        object.__setattr__(self, "cells", checked)

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many alternatives and criteria."""
        return len(self.cells), len(self.cells[0])

    @property
    def exact(self) -> bool:
        """Return whether every cell is exact."""
        return all(isinstance(cell, Exact) for row in self.cells for cell in row)

    def settled(
        self,
        bounds: ArrayLike,
        directions: Sequence[object] | ArrayLike,
        unknown: str = "anywhere",
        alternative: int | None = None,
    ) -> UncertainMatrix:
        """Return the matrix with every unknown cell given a value or a distribution.

        Args:
            bounds: declared low and high end of each criterion, shape (criteria, 2).
            directions: 1 or "max", -1 or "min", shape (criteria,).
            unknown: "worst", "best", or "anywhere" (uniform on the range).
            alternative: if given, "worst" and "best" are for this one: its own unknowns go to
                that end and those of all others to the opposite end.

        Raises:
            InputError: naming the argument at fault.

        >>> blank = UncertainMatrix([[Unknown()], [Unknown()]])
        >>> blank.settled([(0, 5)], [1], unknown="best", alternative=0).cells
        ((Exact(value=5.0),), (Exact(value=0.0),))
        """
        alternatives, criteria = self.shape
        ranges = check_bounds(bounds, criteria)
        signs = check_directions(directions, criteria)
        check_choice(unknown, ("worst", "best", "anywhere"), "unknown")
        if alternative is not None and not 0 <= alternative < alternatives:
            raise InputError(f"there is no alternative {alternative}", argument="alternative")

        def settle(i: int, j: int) -> Cell:
            if unknown == "anywhere":
                return Uniform(*ranges[j].tolist())
            own = alternative is None or i == alternative
            upper = ((unknown == "best") == own) == (signs[j] == 1)
            return Exact(float(ranges[j, int(upper)]))

        return UncertainMatrix(
            [
                [settle(i, j) if isinstance(cell, Unknown) else cell for j, cell in enumerate(row)]
                for i, row in enumerate(self.cells)
            ]
        )

    def draw(self, count: int, generator: np.random.Generator) -> FloatArray:
        """Return matrices drawn at random, shape (count, alternatives, criteria).

        Raises:
            InputError: an unknown cell is left.

        >>> UncertainMatrix([[1, Triangular(2, 3, 4)]]).draw(5, np.random.default_rng(0)).shape
        (5, 1, 2)
        """
        drawn = np.empty((count, *self.shape))
        for kind, places in self._places().items():
            cells = [self.cells[i][j] for i, j in places]
            rows, columns = np.transpose(places)
            drawn[:, rows, columns] = _DRAWS[kind](cells, count, generator)
        return drawn

    def support(self) -> tuple[FloatArray, FloatArray]:
        """Return the smallest and largest value of each cell that has such; others are NaN.

        Normal and lognormal tails have no end that is meant, so they are NaN.

        >>> UncertainMatrix([[2, Normal(0, 1)]]).support()
        (array([[ 2., nan]]), array([[ 2., nan]]))
        """
        ends = np.array([[_ends(cell) for cell in row] for row in self.cells])
        return ends[..., 0], ends[..., 1]

    def _places(self) -> dict[type, list[tuple[int, int]]]:
        """Return the places of each kind of cell, so that each kind is drawn at once."""
        places: dict[type, list[tuple[int, int]]] = {}
        for i, row in enumerate(self.cells):
            for j, cell in enumerate(row):
                if isinstance(cell, Unknown):
                    raise InputError(
                        "it is unknown; settle unknown cells at their worst, at their best or "
                        "anywhere in the declared range first",
                        argument="matrix",
                        row=i,
                        column=j,
                    )
                places.setdefault(type(cell), []).append((i, j))
        return places


def _checked(cell: object, row: int, column: int) -> Cell:
    """Return the cell as a distribution with finite parameters that make one."""
    try:
        if isinstance(cell, Discrete):
            return _checked_discrete(cell)
        if isinstance(cell, Unknown):
            return cell
        if isinstance(cell, Exact | Uniform | Triangular | Normal | LogNormal):
            return _checked_plain(cell)
        return Exact(float(as_floats([cell], "matrix", ("cell",))[0]))
    except InputError as error:
        raise InputError(error.reason, argument="matrix", row=row, column=column) from None


def _checked_plain(cell: Exact | Uniform | Triangular | Normal | LogNormal) -> Cell:
    numbers = as_floats(list(vars(cell).values()), "matrix", ("parameters",)).tolist()
    if isinstance(cell, Normal | LogNormal):
        if numbers[1] < 0:
            raise InputError(f"a standard deviation of {numbers[1]:g} is below 0")
        return type(cell)(*numbers)
    if sorted(numbers) != numbers:
        steps = " to ".join(f"{number:g}" for number in numbers)
        raise InputError(f"{steps} does not rise; give the low end first, the high end last")
    return Exact(numbers[0]) if numbers[0] == numbers[-1] else type(cell)(*numbers)


def _checked_discrete(cell: Discrete) -> Discrete:
    values = as_floats(list(cell.values), "matrix", ("values",))
    chances = as_floats(list(cell.probabilities), "matrix", ("values",))
    if values.size != chances.size:
        raise InputError(f"{values.size} values, but {chances.size} probabilities")
    if chances.min() < 0 or chances.max() == 0:
        raise InputError("probabilities must be 0 or more, not all 0")
    return Discrete(tuple(values.tolist()), tuple((chances / chances.sum()).tolist()))


def _ends(cell: Cell | float) -> tuple[float, float]:
    match cell:
        case Exact(value):
            return value, value
        case Uniform(low, high) | Triangular(low, _, high):
            return low, high
        case Discrete(values, chances):
            likely = [v for v, chance in zip(values, chances, strict=True) if chance > 0]
            return min(likely), max(likely)
        case _:
            return np.nan, np.nan


_Draw: TypeAlias = Callable[[list[Cell | float], int, np.random.Generator], FloatArray]


def _draw_exact(
    cells: list[Cell | float], count: int, generator: np.random.Generator
) -> FloatArray:
    return np.broadcast_to(_parameters(cells)[0], (count, len(cells)))


def _draw_uniform(
    cells: list[Cell | float], count: int, generator: np.random.Generator
) -> FloatArray:
    low, high = _parameters(cells)
    return generator.uniform(low, high, (count, len(cells)))


def _draw_triangular(
    cells: list[Cell | float], count: int, generator: np.random.Generator
) -> FloatArray:
    low, likely, high = _parameters(cells)
    return generator.triangular(low, likely, high, (count, len(cells)))


def _draw_normal(
    cells: list[Cell | float], count: int, generator: np.random.Generator
) -> FloatArray:
    mean, deviation = _parameters(cells)
    return generator.normal(mean, deviation, (count, len(cells)))


def _draw_lognormal(
    cells: list[Cell | float], count: int, generator: np.random.Generator
) -> FloatArray:
    return np.exp(_draw_normal(cells, count, generator))


def _draw_discrete(
    cells: list[Cell | float], count: int, generator: np.random.Generator
) -> FloatArray:
    columns = [
        generator.choice(cell.values, count, p=cell.probabilities)
        for cell in cells
        if isinstance(cell, Discrete)
    ]
    return np.stack(columns, axis=1)


def _parameters(cells: list[Cell | float]) -> FloatArray:
    """Return the parameters of cells of one kind, shape (parameters, cells)."""
    return np.array([list(vars(cell).values()) for cell in cells]).T


_DRAWS: dict[type, _Draw] = {
    Exact: _draw_exact,
    Uniform: _draw_uniform,
    Triangular: _draw_triangular,
    Normal: _draw_normal,
    LogNormal: _draw_lognormal,
    Discrete: _draw_discrete,
}
