"""What can go wrong with the store, as a small family: every one speaks to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mcda.store.records import Saved


class StoreError(Exception):
    """Base of all errors of the store; its text is meant to be read by a person.

    ``detail`` is what the database itself said, for whoever looks after the machine.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        self.detail = detail
        super().__init__(message)


class ConflictError(StoreError):
    """The project was changed elsewhere since it was read; ``current`` is how it stands now."""

    def __init__(self, current: Saved) -> None:
        self.current = current
        super().__init__(
            "This project was changed in the meantime, in another window or by someone else. "
            "Your change has not been saved, and theirs has not been overwritten: look at the "
            "project as it stands now and make your change again."
        )


class MissingProjectError(StoreError, LookupError):
    """No project under this key; ``deleted`` where it can still be brought back."""

    def __init__(self, *, deleted: bool = False) -> None:
        self.deleted = deleted
        super().__init__(
            "This project has been deleted. It can still be brought back."
            if deleted
            else "There is no project under this link. Check that the link was copied whole."
        )


class MissingVersionError(StoreError, LookupError):
    """A version that the project does not have."""

    def __init__(self, number: int) -> None:
        super().__init__(f"This project has no version {number}.")


class LockedError(StoreError):
    """A version in which a decided run would be changed or missing; nothing was changed."""


class NothingToUndoError(StoreError):
    """No step in that direction: the first version, or nothing has been undone."""


class StoreUnavailableError(StoreError):
    """The store cannot be reached, opened or written to just now."""


class StoreFullError(StoreUnavailableError):
    """There is no room left to save in."""


class CorruptStoreError(StoreError):
    """What was read is damaged, so it is not shown as if it were sound.

    Where one project is concerned, ``key`` is its key, and ``Store.recover`` goes back to
    its newest readable version.
    """

    def __init__(self, message: str, detail: str = "", key: str | None = None) -> None:
        self.key = key
        super().__init__(message, detail)


class NewerDatabaseError(StoreError):
    """The store was made by a newer Best Fit."""


class BackupError(StoreError):
    """A backup that cannot be written, or that cannot be read; nothing was changed."""
