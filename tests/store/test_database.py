"""Where the store is kept, its migrations, and what it says when it cannot be opened."""

import sqlite3
import stat
import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from mcda.project.document import Project
from mcda.store import NewerDatabaseError, Store, StoreError, StoreUnavailableError, database
from mcda.store.database import default_address, open_database
from mcda.store.schema import MIGRATIONS, VERSION_TABLE, metadata


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch, tmp_path):
    monkeypatch.delenv("BESTFIT_DATABASE_URL", raising=False)
    monkeypatch.setenv("BESTFIT_DATA_DIR", str(tmp_path / "projects of 100%"))


# --- where


def test_the_folder_is_made_for_its_owner_only(tmp_path):
    with Store.open() as store:
        key = store.create(Project.new("Elm")).key
    folder = tmp_path / "projects of 100%"
    assert store.where == str(folder / "bestfit.db")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with Store.open() as store:
        assert store.projects()[0].key == key


def test_without_settings_it_is_the_users_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("BESTFIT_DATA_DIR")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    address = default_address()
    assert address.database.endswith("bestfit.db")
    assert address.database.startswith(str(tmp_path))


def test_the_url_of_the_environment_is_used(monkeypatch, tmp_path):
    monkeypatch.setenv("BESTFIT_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    with Store.open() as store:
        assert store.where == str(tmp_path / "other.db")


@pytest.mark.postgres
@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_a_postgresql_url_works(new_postgres, scheme):
    with Store.open(new_postgres().replace("postgresql", scheme, 1)) as store:
        assert store.projects() == ()
        assert store.where.startswith("this machine, store_")


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/name", "postgresql://host:port/name"])
def test_an_unusable_address_is_refused_in_words(url):
    with pytest.raises(StoreUnavailableError, match="BESTFIT_DATABASE_URL should look like"):
        Store.open(url)


def test_postgresql_without_its_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnavailableError, match=r"bestfit-mcda\[postgres\]"):
        Store.open("postgresql://host/name")


def test_a_folder_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BESTFIT_DATA_DIR", str(tmp_path / "file" / "folder"))
    with pytest.raises(StoreUnavailableError, match="cannot be made"):
        Store.open()


def test_sqlite_is_set_up_to_outlive_a_crash(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'bestfit.db'}")
    with opened.reading() as connection:
        ask = connection.exec_driver_sql
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        assert [ask(f"PRAGMA {n}").scalar() for n in names] == ["wal", 2, 1, 5000]
    opened.close()


# --- migrations


def _engine(url):
    return sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))


def test_the_migrations_lead_to_the_tables_in_use(url):
    Store.open(url).close()
    with _engine(url).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": VERSION_TABLE}
        )
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == MIGRATIONS[-1]


def test_the_list_of_migrations_is_the_scripts():
    config = Config()
    config.set_main_option("script_location", str(database._MIGRATIONS_FOLDER))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(s.revision for s in scripts) == MIGRATIONS[::-1]


def test_a_failed_migration_changes_nothing(url, monkeypatch):
    from alembic import command

    upgrade = command.upgrade

    def fails_at_the_end(*arguments):
        upgrade(*arguments)
        raise sa.exc.InvalidRequestError("broken off")

    monkeypatch.setattr(command, "upgrade", fails_at_the_end)
    with pytest.raises(StoreError):
        Store.open(url)
    engine = _engine(url)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()
    monkeypatch.undo()
    with Store.open(url) as store:
        assert store.projects() == ()


def test_another_server_may_migrate_first(url, monkeypatch):
    Store.open(url).close()
    at_first = iter([None])
    look = database._migration
    monkeypatch.setattr(database, "_migration", lambda c: next(at_first, look(c)))
    with Store.open(url) as store:
        assert store.projects() == ()


def test_a_newer_database_is_left_alone(url, store, execute, project):
    key = store.create(project).key
    execute(url, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(NewerDatabaseError, match="Update Best Fit"):
        Store.open(url)
    execute(url, f"UPDATE {VERSION_TABLE} SET version_num = '{MIGRATIONS[-1]}'")
    with Store.open(url) as opened:
        assert opened.get(key).project == project


def test_alembic_is_not_loaded_when_the_tables_are_up_to_date(tmp_path):
    url = f"sqlite:///{tmp_path / 'bestfit.db'}"
    Store.open(url).close()
    script = "import sys; from mcda.store import Store; Store.open(sys.argv[1]); " + (
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script, url], check=False).returncode == 0


def test_other_tables_in_the_database_are_left_alone(url, execute):
    execute(url, "CREATE TABLE projects (name VARCHAR(9))")
    execute(url, "INSERT INTO projects VALUES ('theirs')")
    with Store.open(url) as store:
        store.create(Project.new("Ours"))
    assert execute(url, "SELECT name FROM projects") == [("theirs",)]


def test_a_store_in_memory_needs_no_file():
    with Store.open("sqlite://") as store:
        store.create(Project.new("Elm"))
        assert store.where == "memory only"


def test_the_file_is_an_ordinary_sqlite_database(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'bestfit.db'}") as store:
        store.create(Project.new("Elm"))
    plain = sqlite3.connect(tmp_path / "bestfit.db")
    assert plain.execute("SELECT title FROM bestfit_projects").fetchall() == [("Elm",)]
    plain.close()
