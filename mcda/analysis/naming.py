"""Find the thing a person names: by its id, or by its name where only one has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from mcda.project import Finding, FindingsError, UnknownItemError


class _Named(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


NamedT = TypeVar("NamedT", bound=_Named)


def find_named(items: Iterable[NamedT], wanted: str, what: str) -> NamedT:
    """Return the item with this id, else the one with this name in any case of letters.

    Raises:
        UnknownItemError: none has it; ``what`` says what was looked for.
        FindingsError: several have this name, and none this id.
    """
    known = tuple(items)
    folded = wanted.strip().casefold()
    found = [i for i in known if i.id == wanted] or [
        i for i in known if i.name.casefold() == folded
    ]
    if not found:
        raise UnknownItemError(what, wanted, [i.id for i in known])
    if len(found) > 1:
        ids = ", ".join(i.id for i in found)
        message = f"More than one {what} has this name."
        finding = Finding("error", "ambiguous-name", wanted, message, f"Use an id: {ids}.")
        raise FindingsError("It is not clear which one is meant.", [finding])
    return found[0]
