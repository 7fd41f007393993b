"""Lists of things with ids: find one, put one in, take one out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import ClassVar, Self, TypeVar, cast

from mcda.project.errors import UnknownItemError
from mcda.project.text import Frozen, Id, Name, Text

T = TypeVar("T")
ItemT = TypeVar("ItemT", bound="Item")


def find(items: Iterable[T], item_id: str, what: str) -> T:
    """Return the item with this id; raises ``UnknownItemError``, which says ``what`` it was."""
    every = tuple(items)
    found = next((item for item in every if getattr(item, "id", None) == item_id), None)
    if found is None:
        raise UnknownItemError(what, item_id, [str(getattr(item, "id", "")) for item in every])
    return found


def put(items: tuple[T, ...], new: T, key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Replace the item that has the new one's key, where it stands; else append it.

    >>> put(("a1", "b1"), "a2", key=lambda text: text[0])
    ('a2', 'b1')
    """
    if any(key(item) == key(new) for item in items):
        return tuple(new if key(item) == key(new) else item for item in items)
    return (*items, new)


def drop(items: tuple[T, ...], unwanted: Callable[[T], bool]) -> tuple[T, ...]:
    """Return the items without the unwanted ones."""
    return tuple(item for item in items if not unwanted(item))


class Item(Frozen):
    """One entry of a list: what it is in a line, and a note that stays within the group."""

    id: Id
    name: Name
    note: Text = ""


class Lists(Frozen):
    """Base of a part of the project that holds lists of items, one list for each kind.

    ``LISTS`` names, for each kind of item, its field and what it is called in messages.
    """

    LISTS: ClassVar[Mapping[type[Item], tuple[str, str]]] = {}

    def items(self, kind: type[ItemT]) -> tuple[ItemT, ...]:
        """Return the items of this kind."""
        field, _ = self.LISTS[kind]
        return cast("tuple[ItemT, ...]", getattr(self, field))

    def item(self, kind: type[ItemT], item_id: str) -> ItemT:
        """Return the item of this kind with this id; raises ``UnknownItemError``."""
        return find(self.items(kind), item_id, self.LISTS[kind][1])

    def with_item(self, item: Item) -> Self:
        """Add an item to the list of its kind, or replace the one with its id."""
        kind = type(item)
        return self._with_list(kind, put(self.items(kind), item, lambda i: i.id))

    def without_item(self, kind: type[Item], item_id: str) -> Self:
        """Take an item out, with what others say of it; raises ``UnknownItemError``."""
        self.item(kind, item_id)
        rest = drop(self.items(kind), lambda i: i.id == item_id)
        return self._with_list(kind, rest)._forgetting(kind, item_id)

    def _with_list(self, kind: type[ItemT], items: tuple[ItemT, ...]) -> Self:
        return self.model_copy(update={self.LISTS[kind][0]: items})

    def _forgetting(self, kind: type[Item], item_id: str) -> Self:
        """Return this without what refers to an item that has been taken out."""
        return self
