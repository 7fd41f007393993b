"""The store of projects: each edit kept as it is made, on SQLite or, by URL, PostgreSQL."""

from mcda.store.errors import (
    BackupError,
    ConflictError,
    CorruptStoreError,
    LockedError,
    MissingProjectError,
    MissingVersionError,
    NewerDatabaseError,
    NothingToUndoError,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
)
from mcda.store.records import BackupReport, Restored, Saved, Summary, Version
from mcda.store.store import Store

__all__ = [
    "BackupError",
    "BackupReport",
    "ConflictError",
    "CorruptStoreError",
    "LockedError",
    "MissingProjectError",
    "MissingVersionError",
    "NewerDatabaseError",
    "NothingToUndoError",
    "Restored",
    "Saved",
    "Store",
    "StoreError",
    "StoreFullError",
    "StoreUnavailableError",
    "Summary",
    "Version",
]
