"""Databases for the store's tests: SQLite in a temporary folder, and Debian's PostgreSQL."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from mcda.project.criteria import Criterion, NumberScale
from mcda.project.document import Project
from mcda.project.evidence import Exact, Program, Score
from mcda.store import Store


def _postgres_programs() -> Path:
    found = shutil.which("initdb") or max(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """A PostgreSQL server of our own on a unix socket; root lends it another user."""
    programs = _postgres_programs()
    # A socket's path may have 107 characters, which pytest's own folders soon exceed.
    folder = Path(tempfile.mkdtemp(prefix="bestfit-pg-"))
    as_user = []
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]

    def run(name, *arguments):
        command = [*as_user, str(programs / name), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=60)

    try:
        run("initdb", "-U", "bestfit", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {folder} -c fsync=off"
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield sa.URL.create(
            "postgresql", "bestfit", database="postgres", query={"host": str(folder)}
        )
        run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_postgres(postgres_server):
    """Make new, empty databases; return the URL of each."""
    engine = sa.create_engine(
        postgres_server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )

    def new() -> str:
        name = f"store_{secrets.token_hex(6)}"
        with engine.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        return postgres_server.set(database=name).render_as_string()

    yield new
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request, tmp_path) -> str:
    """The URL of a new database, on SQLite and on PostgreSQL in turn."""
    if request.param == "postgres":
        return request.getfixturevalue("new_postgres")()
    return f"sqlite:///{tmp_path / 'bestfit.db'}"


@pytest.fixture
def store(url) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def execute():
    """Return a function that runs SQL on a database behind the store's back."""

    @contextmanager
    def engine(url):
        made = sa.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        yield made
        made.dispose()

    def run(url, sql, **values):
        with engine(url) as made, made.begin() as connection:
            result = connection.execute(sa.text(sql), values)
            return result.all() if result.returns_rows else result.rowcount

    return run


@pytest.fixture
def project() -> Project:
    """A project of the usual size: 8 programs and 8 criteria, every score with its source."""
    made = Project.new("Which program for Elm County?")
    for i in range(8):
        made = made.with_program(Program(id=f"p{i}", name=f"Program {i}", description="d" * 99))
        scale = NumberScale(unit="youths", worst=0, best=100)
        made = made.with_criterion(Criterion(id=f"c{i}", name=f"Criterion {i}", scale=scale))
    return made.with_scores(_score(f"p{i}", f"c{j}", i * j) for i in range(8) for j in range(8))


@pytest.fixture
def edit():
    """Return a function that changes one score of a project, as a typical edit does."""

    def edited(project: Project, value: float, program: str = "p3", criterion: str = "c4"):
        return project.with_score(_score(program, criterion, value))

    return edited


def _score(program, criterion, value) -> Score:
    return Score(
        program=program,
        criterion=criterion,
        amount=Exact(value=float(value)),
        source=f"The county's report, table {program[1:]}.{criterion[1:]}",
    )
