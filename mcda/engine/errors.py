"""The one error the engine raises about what it was given."""

from __future__ import annotations


class InputError(ValueError):
    """What was given cannot be used; the message says where, why, and what would be right.

    Rows and columns are counted from 0 and are ``None`` where they do not apply. A layer that
    knows names can word the place again from ``argument``, ``row`` and ``column``, and keep
    ``reason``.

    Attributes:
        reason: what is wrong and what would be right, without the place.
        argument: the argument at fault, such as ``"matrix"`` or ``"weights"``.
        row: the row at fault (an alternative, a sample, or a position in a list of scores).
        column: the column at fault (a criterion).

    >>> error = InputError("nan is not a finite number", argument="matrix", row=2, column=1)
    >>> print(error)
    matrix, row 2, column 1 (counting from 0): nan is not a finite number
    >>> error.row, error.column
    (2, 1)
    """

    def __init__(
        self,
        reason: str,
        *,
        argument: str | None = None,
        row: int | None = None,
        column: int | None = None,
    ) -> None:
        self.reason = reason
        self.argument = argument
        self.row = row
        self.column = column
        super().__init__(_placed(reason, argument, row, column))


def _placed(reason: str, argument: str | None, row: int | None, column: int | None) -> str:
    place = [argument] if argument is not None else []
    if row is not None:
        place.append(f"row {row}")
    if column is not None:
        place.append(f"column {column}")
    if not place:
        return reason
    counting = " (counting from 0)" if row is not None or column is not None else ""
    return f"{', '.join(place)}{counting}: {reason}"
