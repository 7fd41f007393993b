"""A full disk, a damaged file, a database that is away: a clear message, nothing lost."""

import random
import sqlite3
import subprocess
import sys
import textwrap
import threading
from contextlib import closing

import psycopg
import pytest
import sqlalchemy as sa

from mcda.project.document import Project
from mcda.project.evidence import Program
from mcda.store import (
    CorruptStoreError,
    Store,
    StoreError,
    StoreFullError,
    StoreUnavailableError,
    database,
)
from mcda.store.faults import translated


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bestfit.db"


@pytest.fixture
def sqlite_url(path):
    return f"sqlite:///{path}"


def _big(project: Project, n: int) -> Project:
    """Make an edit that does not pack well."""
    noise = random.Random(n).randbytes(9000).hex()
    return project.with_program(Program(id=f"big-{n}", name="Big", description=noise))


# --- no room


def test_a_full_disk_is_told_and_nothing_saved_is_lost(sqlite_url, project):
    """SQLite's own limit on the size of the file reports what a full disk does."""

    def limit(connection, _):
        connection.execute("PRAGMA max_page_count = 60")

    with Store.open(sqlite_url) as store:
        key = store.create(project).key
    sa.event.listen(sa.Engine, "connect", limit)
    try:
        with Store.open(sqlite_url) as store:
            saved = store.get(key)
            told = None
            while told is None and saved.revision < 100:
                try:
                    n = saved.revision
                    saved = store.save(key, _big(saved.project, n), n, f"big {n}")
                except StoreFullError as full:
                    told = str(full)
            assert "no room left" in told
            assert store.where in told
            assert saved.revision > 1
            assert store.get(key) == saved
            assert store.undo(key, saved.revision).can_redo == saved.can_undo
    finally:
        sa.event.remove(sa.Engine, "connect", limit)
    with Store.open(sqlite_url) as store:
        saved = store.redo(key, store.revision(key))
        assert store.save(key, _big(saved.project, 777), saved.revision, "room again")


FILLS_UP = textwrap.dedent(
    """
    import random, resource, signal, sys
    from mcda.project.evidence import Program
    from mcda.store import Store, StoreError

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
    url, key = sys.argv[1:]
    store = Store.open(url)
    saved = store.get(key)
    try:
        for n in range(1000):
            noise = random.Random(n).randbytes(9000).hex()
            program = Program(id=f"big-{n}", name="Big", description=noise)
            saved = store.save(key, saved.project.with_program(program), saved.revision, f"{n}")
    except StoreError as error:
        print(saved.revision, type(error).__name__, error)
    """
)


def test_a_disk_that_refuses_to_write_is_told_and_nothing_saved_is_lost(sqlite_url, project):
    with Store.open(sqlite_url) as store:
        key = store.create(project).key
    command = [sys.executable, "-c", FILLS_UP, sqlite_url, key]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    revision, kind, words = said.split(" ", 2)
    assert kind in ("StoreFullError", "StoreUnavailableError")
    assert "disk" in words
    with Store.open(sqlite_url) as store:
        saved = store.get(key)
        assert saved.revision == int(revision) > 1
        assert [store.at(key, v.number) for v in store.history(key)]


# --- no way in


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(StoreUnavailableError, match=r"cannot be opened: .*nowhere"):
        Store.open(f"sqlite:///{tmp_path / 'nowhere' / 'bestfit.db'}")


def test_a_store_that_may_only_be_read_says_so(sqlite_url, path, project):
    with Store.open(sqlite_url) as store:
        saved = store.create(project)
        # Someone else keeps it open, so that the write-ahead log stays beside it.
        with Store.open(f"sqlite:///file:{path}?mode=ro&uri=true") as reader:
            assert reader.get(saved.key) == saved
            with pytest.raises(StoreUnavailableError, match="read but not changed"):
                reader.create(project)


def test_a_busy_store_is_waited_for_and_then_told(sqlite_url, path, project, monkeypatch):
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    with Store.open(sqlite_url) as store, closing(sqlite3.connect(path)) as other:
        saved = store.create(project)
        other.execute("BEGIN IMMEDIATE")
        assert store.get(saved.key) == saved
        with pytest.raises(StoreUnavailableError, match="Another program is holding"):
            store.create(project)
        other.rollback()
        store.create(project)


def test_a_new_file_held_by_another_server_is_waited_for(sqlite_url, path, monkeypatch):
    other = sqlite3.connect(path, check_same_thread=False)
    other.execute("CREATE TABLE theirs (n INTEGER)")
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    with pytest.raises(StoreUnavailableError, match="Another program is holding"):
        Store.open(sqlite_url)
    monkeypatch.setattr(database, "_PATIENCE", 20.0)
    threading.Timer(0.3, other.rollback).start()
    with Store.open(sqlite_url) as store:
        assert store.projects() == ()
    other.close()


def test_too_many_users_at_once_is_told():
    fault = sa.exc.TimeoutError("QueuePool limit reached")
    assert "Try again in a moment" in str(translated(fault, "there"))


def test_a_refused_connection_is_told_without_the_password():
    with pytest.raises(
        StoreUnavailableError, match=r"cannot be reached: 127\.0\.0\.1, elm"
    ) as away:
        Store.open("postgresql://leader:secret-word@127.0.0.1:1/elm")
    assert "secret-word" not in str(away.value) + away.value.detail


@pytest.mark.postgres
def test_a_missing_database_is_told(new_postgres):
    with pytest.raises(StoreUnavailableError, match="cannot be reached"):
        Store.open(new_postgres().replace("/store_", "/no_such_"))


@pytest.mark.postgres
def test_a_broken_connection_is_replaced(new_postgres, execute, project):
    url = new_postgres()
    with Store.open(url) as store:
        key = store.create(project).key
        execute(
            url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        assert store.get(key).project == project


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (psycopg.errors.DiskFull, StoreFullError, "no room left"),
        (psycopg.errors.TooManyConnections, StoreUnavailableError, "cannot be reached"),
        (psycopg.errors.AdminShutdown, StoreUnavailableError, "cannot be reached"),
        (psycopg.errors.InvalidPassword, StoreUnavailableError, "cannot be reached"),
        (psycopg.errors.ReadOnlySqlTransaction, StoreUnavailableError, "read but not changed"),
        (psycopg.errors.DeadlockDetected, StoreUnavailableError, "Another program"),
        (psycopg.errors.DataCorrupted, CorruptStoreError, "damaged"),
        (psycopg.errors.UndefinedTable, StoreError, "reported a fault"),
    ],
)
def test_what_postgresql_says_is_told_in_words(fault, kind, words):
    told = translated(sa.exc.DBAPIError("SELECT 1", {}, fault("technical")), "db, elm")
    assert type(told) is kind
    assert words in str(told)
    assert "technical" in told.detail
    assert "technical" not in str(told)


# --- damage


def test_another_kind_of_file_is_left_as_it_is(sqlite_url, path):
    path.write_bytes(b"This is a letter, not a database. " * 99)
    before = path.read_bytes()
    with pytest.raises(CorruptStoreError, match="bestfit restore"):
        Store.open(sqlite_url)
    assert path.read_bytes() == before


def _filled(sqlite_url, project) -> list[str]:
    with Store.open(sqlite_url) as store:
        keys = [store.create(project).key for _ in range(6)]
        for key in keys:
            saved = store.get(key)
            for n in range(3):
                saved = store.save(key, _big(saved.project, n), saved.revision, f"big {n}")
    return keys


def test_a_damaged_file_never_shows_wrong_content_and_lets_the_rest_out(
    sqlite_url, path, tmp_path, project
):
    """Pages are overwritten at random: every answer is the truth or a StoreError."""
    keys = _filled(sqlite_url, project)
    with Store.open(sqlite_url) as store:
        truth = {key: store.get(key) for key in keys}
    sound = path.read_bytes()
    damaged_projects = backups = 0
    for seed in range(25):
        chance = random.Random(seed)
        damaged = bytearray(sound)
        for _ in range(chance.choice((1, 3))):
            place = chance.randrange(4096, len(sound) - 600)
            damaged[place : place + 500] = chance.randbytes(500)
        path.write_bytes(damaged)
        for rest in tmp_path.glob("bestfit.db-*"):
            rest.unlink()
        try:
            with Store.open(sqlite_url) as store:
                damaged_projects += sum(not _true(store, key, truth[key]) for key in keys)
                report = store.backup(tmp_path / f"{seed}.zip")
                backups += 1
                assert report.projects + len(report.lost) >= len(keys)
        except StoreError:
            continue
    assert damaged_projects > 5
    assert backups > 10


def _true(store, key, truth) -> bool:
    try:
        found = store.get(key)
    except StoreError:
        return False
    assert found.project == truth.project
    return True


def test_text_that_is_no_text_is_damage(sqlite_url, path, project):
    with Store.open(sqlite_url) as store:
        store.create(project)
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE bestfit_projects SET title = CAST(x'ff00fe' AS TEXT)")
        plain.commit()
    with Store.open(sqlite_url) as store, pytest.raises(CorruptStoreError):
        store.projects()


def test_a_damaged_table_definition_is_damage(sqlite_url, path, project):
    """SQLite's own message then holds bytes that are no text."""
    with Store.open(sqlite_url) as store:
        store.create(project)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE bestfit_projects", b"\xff" * 29))
    with pytest.raises(CorruptStoreError, match="damaged"):
        Store.open(sqlite_url)


def test_a_lost_table_is_told_but_not_as_damage_of_one_project(sqlite_url, path, project):
    with Store.open(sqlite_url) as store:
        key = store.create(project).key
        with closing(sqlite3.connect(path)) as plain:
            plain.execute("DROP TABLE bestfit_versions")
        with pytest.raises(StoreError, match="reported a fault") as lost:
            store.get(key)
    assert type(lost.value) is StoreError
