"""What a database says, turned into errors that speak to the person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from mcda.store.errors import (
    CorruptStoreError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)

_FULL = (
    "There is no room left on the disk, so the last change was not saved. Everything saved "
    "before is safe. Make room and try again. The projects are kept in: {where}"
)
_CORRUPT = (
    "The file that holds the projects is damaged, or is not a Best Fit store: {where}. It has "
    "been left as it is. Save what can still be read with `bestfit backup`; if that does not "
    "work, move the file away, start again and bring your latest backup back with "
    "`bestfit restore`."
)
_READ_ONLY = (
    "The projects can be read but not changed, so the last change was not saved: this account "
    "may not write to {where}. Ask whoever looks after the machine to allow it."
)
_NO_ACCESS = (
    "The projects cannot be opened: {where}. Check that the folder is there and that this "
    "account may write to it."
)
_BUSY = (
    "Another program is holding the projects, so the last change was not saved. Everything "
    "saved before is safe. Try again in a moment; if it goes on, close other programs that "
    "use {where}"
)
_DISK = (
    "The disk could not be read or written, so the last change may not be saved. Check the "
    "disk, and that it is not full, and try again. The projects are kept in: {where}"
)
_UNREACHABLE = (
    "The database that holds the projects cannot be reached: {where}. What was saved is not "
    "affected; the last change may not be saved. Try again in a moment, and check that the "
    "database is running and lets Best Fit in."
)
_UNKNOWN = (
    "The store of projects reported a fault, so the last change may not be saved. Everything "
    "saved before is safe. Try again; the projects are kept in: {where}"
)

# By the start of SQLite's result code.
_SQLITE = {
    "SQLITE_FULL": (StoreFullError, _FULL),
    "SQLITE_CORRUPT": (CorruptStoreError, _CORRUPT),
    "SQLITE_NOTADB": (CorruptStoreError, _CORRUPT),
    "SQLITE_READONLY": (StoreUnavailableError, _READ_ONLY),
    "SQLITE_CANTOPEN": (StoreUnavailableError, _NO_ACCESS),
    "SQLITE_PERM": (StoreUnavailableError, _NO_ACCESS),
    "SQLITE_BUSY": (StoreUnavailableError, _BUSY),
    "SQLITE_LOCKED": (StoreUnavailableError, _BUSY),
    "SQLITE_IOERR": (StoreUnavailableError, _DISK),
}
# By the start of PostgreSQL's SQLSTATE; no state at all means that there was no answer.
_POSTGRES = {
    "": (StoreUnavailableError, _UNREACHABLE),
    "08": (StoreUnavailableError, _UNREACHABLE),
    "28": (StoreUnavailableError, _UNREACHABLE),
    "3D": (StoreUnavailableError, _UNREACHABLE),
    "57": (StoreUnavailableError, _UNREACHABLE),
    "53100": (StoreFullError, _FULL),
    "53": (StoreUnavailableError, _UNREACHABLE),
    "25006": (StoreUnavailableError, _READ_ONLY),
    "42501": (StoreUnavailableError, _READ_ONLY),
    "40": (StoreUnavailableError, _BUSY),
    "55": (StoreUnavailableError, _BUSY),
    "XX00": (CorruptStoreError, _CORRUPT),
}


@contextmanager
def speaking(where: str) -> Iterator[None]:
    """Let no error of the database out but as a ``StoreError`` that names the place."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError) as error:
        raise translated(error, where) from error


def translated(error: Exception, where: str) -> StoreError:
    """Return the error that tells a person what the database reported.

    >>> fault = sqlite3.OperationalError("disk I/O error")
    >>> fault.sqlite_errorname = "SQLITE_FULL"
    >>> type(translated(fault, "bestfit.db")).__name__
    'StoreFullError'
    """
    kind, text = _kind(error)
    return kind(text.format(where=where), str(error))


def _kind(error: Exception) -> tuple[type[StoreError], str]:
    if isinstance(error, PoolTimeoutError):
        return StoreUnavailableError, _BUSY
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, UnicodeDecodeError):
        return CorruptStoreError, _CORRUPT
    if isinstance(cause, sqlite3.Error):
        return _by_start(_SQLITE, _sqlite_code(cause))
    if isinstance(error, DBAPIError):
        return _by_start(_POSTGRES, getattr(cause, "sqlstate", None) or "")
    return StoreError, _UNKNOWN


def _sqlite_code(error: sqlite3.Error) -> str:
    # Text that is not UTF-8 is found by Python, which gives no result code.
    undecodable = "SQLITE_CORRUPT" if "decode" in str(error) else ""
    return getattr(error, "sqlite_errorname", None) or undecodable


def _by_start(
    kinds: dict[str, tuple[type[StoreError], str]], code: str
) -> tuple[type[StoreError], str]:
    """Find the longest entry that the code begins with; "" stands for no code only."""
    starts = [s for s in kinds if s == code or (s and code.startswith(s))]
    return kinds[max(starts, key=len)] if starts else (StoreError, _UNKNOWN)
