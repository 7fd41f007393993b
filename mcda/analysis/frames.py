"""Rank the rows of a pandas DataFrame, with labels kept in results and in errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from mcda import engine
from mcda.engine import METHODS, InputError

Labelled = pd.Series | pd.DataFrame


@dataclass(frozen=True, slots=True)
class FrameRanking:
    """A ranking with its labels: scores and ranks by row, steps as Series and DataFrames.

    ``partial_order`` (PROMETHEE I: is the row at least as good as the column?) and VIKOR's
    ``compromise`` (is the row in the proposed set?), ``acceptable_advantage`` and
    ``acceptable_stability`` (does the condition hold?) are None for all other methods.
    """

    method: str
    scores: pd.Series
    ranks: pd.Series
    higher_is_better: bool
    weights: pd.Series
    steps: Mapping[str, Labelled]
    partial_order: pd.DataFrame | None = None
    compromise: pd.Series | None = None
    acceptable_advantage: bool | None = None
    acceptable_stability: bool | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return scores and ranks side by side, best first."""
        frame = pd.DataFrame({"score": self.scores, "rank": self.ranks})
        return frame.sort_values("rank", kind="stable")


def rank(
    frame: pd.DataFrame,
    weights: Mapping[Any, float] | Sequence[float],
    directions: Mapping[Any, int | str] | Sequence[int | str],
    method: str = "topsis",
    **options: Any,  # noqa: ANN401  (each method has its own)
) -> FrameRanking:
    """Rank the rows of a DataFrame (a row an alternative, a column a criterion).

    Args:
        frame: finite numbers.
        weights: non-negative, by column label (a mapping or a Series) or in the order of the
            columns; normalised to sum to 1.
        directions: 1 or "max" where more is better, -1 or "min" where less is; by column
            label or in order.
        method: a method id; see ``mcda.engine.METHODS``.
        options: the method's own; see its documentation. Options by column follow the
            order of the columns.

    Raises:
        mcda.engine.InputError: bad input; the message names the row and column by label.

    >>> cars = pd.DataFrame({"price": [9, 12, 7], "seats": [5, 7, 2]}, index=["a", "b", "c"])
    >>> rank(cars, {"price": 2, "seats": 1}, {"price": "min", "seats": "max"}).ranks
    a    1
    b    3
    c    2
    dtype: int64
    """
    if not isinstance(frame, pd.DataFrame):
        kind = type(frame).__name__
        reason = f"it is a {kind}, not a DataFrame; mcda.engine.rank takes lists and arrays"
        raise InputError(reason, argument="frame")
    columns = list(frame.columns)
    try:
        found = engine.rank(
            _cells(frame),
            _in_order(weights, columns, "weights"),
            _in_order(directions, columns, "directions"),
            method=method,
            **options,
        )
    except InputError as error:
        raise _labelled_error(error, frame) from None
    index = {"alternative": frame.index, "criterion": frame.columns}
    steps, proposed = METHODS[method].steps, found.compromise
    return FrameRanking(
        method=found.method,
        scores=pd.Series(found.scores, index=frame.index),
        ranks=pd.Series(found.ranks, index=frame.index),
        higher_is_better=found.higher_is_better,
        weights=pd.Series(found.weights, index=frame.columns),
        steps={
            name: _labelled(values, [index[axis] for axis in steps[name].axes])
            for name, values in found.steps.items()
        },
        partial_order=None
        if found.partial_order is None
        else pd.DataFrame(found.partial_order, index=frame.index, columns=frame.index),
        compromise=None if proposed is None else pd.Series(proposed.members, index=frame.index),
        acceptable_advantage=None if proposed is None else proposed.acceptable_advantage,
        acceptable_stability=None if proposed is None else proposed.acceptable_stability,
    )


def _cells(frame: pd.DataFrame) -> Any:  # noqa: ANN401  (what is no number the engine refuses)
    """Return the cells as floats where every column is of numbers, pandas' nullable ones too."""
    if all(dtype.kind in "fiu" for dtype in frame.dtypes):
        return frame.to_numpy(dtype="float64", na_value=np.nan)
    return frame.to_numpy()


def _in_order(values: Mapping[Any, Any] | Sequence[Any], columns: list[Any], what: str) -> Any:  # noqa: ANN401
    if isinstance(values, pd.Series):
        _refuse_repeated(values.index, what)
        values = values.to_dict()
    if not isinstance(values, Mapping):
        return values
    _refuse_repeated(pd.Index(columns), what)
    missing = [c for c in columns if c not in values]
    extra = [v for v in values if v not in columns]
    if missing or extra:
        said = [f"nothing for {missing}"] if missing else []
        said += [f"{extra} not among the columns"] if extra else []
        raise InputError(f"{' and '.join(said)}; name each column once", argument=what)
    return [values[c] for c in columns]


def _refuse_repeated(labels: pd.Index, what: str) -> None:
    if not labels.is_unique:
        label = labels[labels.duplicated()][0]
        raise InputError(
            f"the label {label!r} stands more than once; give the {what} in the order of the "
            "columns",
            argument=what,
        )


def _labelled(values: Any, axes: Sequence[pd.Index]) -> Labelled:  # noqa: ANN401
    if len(axes) == 1:
        return pd.Series(values, index=axes[0])
    return pd.DataFrame(values, index=axes[0], columns=axes[1])


def _labelled_error(error: InputError, frame: pd.DataFrame) -> InputError:
    """Word an error's place again, with the labels of its row and column."""
    row, column = error.row, error.column
    places = []
    if row is not None and error.argument in (None, "matrix"):
        places.append(f"row {frame.index[row]!r}")
    elif row is not None:  # options such as bounds have a row for each criterion
        column = row
    if column is not None and column < frame.shape[1]:
        places.append(f"column {frame.columns[column]!r}")
    if not places:
        return error
    where = ", ".join([*([error.argument] if error.argument else []), *places])
    labelled = InputError(error.reason, argument=error.argument, row=error.row, column=error.column)
    labelled.args = (f"{where}: {error.reason}",)
    return labelled
