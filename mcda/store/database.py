"""Where the store is kept, how it is opened, and its tables brought up to date."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from platformdirs import user_data_path
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from mcda.store.errors import NewerDatabaseError, StoreUnavailableError
from mcda.store.faults import speaking
from mcda.store.schema import MIGRATIONS, VERSION_TABLE

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
    from sqlalchemy.pool import ConnectionPoolEntry

_MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"
_PATIENCE = 5.0  # seconds to wait for another program's write
# Any number will do, as long as every Best Fit takes the same one.
_MIGRATION_LOCK = 7_317_224_015
# Alembic keeps its state in a module, so one thread at a time.
_one_migration = threading.Lock()


@dataclass(frozen=True, slots=True)
class Database:
    """An open database: ``reading`` sees one unchanging state, ``writing`` is all or nothing."""

    where: str
    _reader: Engine
    _writer: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read, in one transaction that is rolled back; errors come out as ``StoreError``.

        Nothing is committed, since a damaged file may refuse even that.
        """
        with speaking(self.where), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write, in one transaction that an error undoes; errors come out as ``StoreError``."""
        with speaking(self.where), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._writer.dispose()


def open_database(url: str | None) -> Database:
    """Open the database at a URL, or the usual one, and bring its tables up to date.

    Raises ``StoreError``.
    """
    address = _address(url) if url else default_address()
    database = _connect(address)
    with database.reading() as connection:
        current = _migration(connection)
    if current != MIGRATIONS[-1]:
        with _one_migration, database.writing() as connection:
            _migrate(connection)
    return database


def default_address() -> URL:
    """Return ``BESTFIT_DATABASE_URL``, or else a file in the user's data folder, which is made.

    ``BESTFIT_DATA_DIR`` names another folder.
    """
    if url := os.environ.get("BESTFIT_DATABASE_URL"):
        return _address(url)
    named = os.environ.get("BESTFIT_DATA_DIR")
    folder = Path(named).expanduser() if named else user_data_path("bestfit", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailableError(
            f"The folder for the projects cannot be made: {folder}. Choose another one with "
            "BESTFIT_DATA_DIR.",
            str(error),
        ) from error
    return URL.create("sqlite", database=str(folder / "bestfit.db"))


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _unknown_address() from error
    if address.drivername in ("postgres", "postgresql"):
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise _unknown_address()
    return address


def _unknown_address() -> StoreUnavailableError:
    return StoreUnavailableError(
        "The address of the database cannot be used. BESTFIT_DATABASE_URL should look like "
        "postgresql://user:password@host/name or sqlite:////folder/bestfit.db."
    )


def _connect(address: URL) -> Database:
    sqlite = address.get_backend_name() == "sqlite"
    # Connections to a server break when it restarts, so each is tried before use.
    options: dict[str, Any] = (
        {} if sqlite else {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}
    )
    try:
        engine = sa.create_engine(address, **options)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreUnavailableError(
            "PostgreSQL needs one more package: pip install 'bestfit-mcda[postgres]'."
        ) from error
    if sqlite:
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        writer = engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        return Database(address.database or "memory only", engine, writer)
    reader = engine.execution_options(isolation_level="REPEATABLE READ")
    return Database(f"{address.host or 'this machine'}, {address.database}", reader, engine)


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where _begin_sqlite says so
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000:.0f}")
    _switch_to_wal(cursor)
    # Else a power cut could take back the last edits; it costs less than a millisecond a save.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _switch_to_wal(cursor: DBAPICursor) -> None:
    """Switch a new file to write-ahead logging, for which SQLite itself does not wait."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    begin = connection.get_execution_options().get("sqlite_begin", "BEGIN")
    connection.exec_driver_sql(begin)


def _migration(connection: Connection) -> str | None:
    """Return the migration the database is at, or None for a new one."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    current: str | None = connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}"))
    if current is not None and current not in MIGRATIONS:
        raise NewerDatabaseError(
            "The projects were last opened by a newer Best Fit, which keeps them in a way this "
            "one does not know. Nothing has been changed. Update Best Fit and start it again."
        )
    return current


def _migrate(connection: Connection) -> None:
    """Bring the tables up to date, once, however many servers start at the same time."""
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
    if _migration(connection) == MIGRATIONS[-1]:
        return
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
