"""Reading and adding rows, inside a transaction that the caller holds."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row
from sqlalchemy.exc import SQLAlchemyError

from mcda.project.document import Project
from mcda.project.errors import ProjectFileError
from mcda.project.file import read_project
from mcda.project.locks import changed_decisions
from mcda.project.text import clean_line, quoted
from mcda.store.errors import CorruptStoreError, MissingProjectError, NewerDatabaseError
from mcda.store.faults import translated
from mcda.store.packing import UnpackError, fingerprint, pack, pack_change, unpack, unpack_change
from mcda.store.records import Saved, Summary, Version
from mcda.store.schema import MAX_LABEL, drafts, projects, versions

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
# A whole text at least this often, so that no version takes long to read and a damaged
# one harms few others.
SNAPSHOT_EVERY = 32
# How a decided run stands in a text; one without it need not be read to know that it has none.
_DECIDED = b'"status":"decided"'
_DRAFTS_LAST = timedelta(days=90)


def stamp(moment: datetime | None = None) -> str:
    """Return a moment, or now, as the text that the tables hold.

    >>> stamp(datetime(2026, 3, 1, tzinfo=UTC))
    '2026-03-01T00:00:00.000000+00:00'
    """
    return (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def new_key() -> str:
    """Return a key for a project, which nobody can guess: 128 random bits."""
    return secrets.token_urlsafe(16)


def find(connection: Connection, key: str, *, deleted: bool = False) -> Row[Any]:
    """Return a project's row, held against other writers; raises ``MissingProjectError``.

    ``deleted`` also finds a project that has been deleted.
    """
    query = sa.select(projects).where(projects.c.key == key).with_for_update()
    return _present(connection, key, query, deleted)


def look_up(connection: Connection, key: str) -> Row[Any]:
    """Return a project's row, only to read it; raises ``MissingProjectError``."""
    return _present(connection, key, sa.select(projects).where(projects.c.key == key), False)


def _present(connection: Connection, key: str, query: sa.Select[Any], deleted: bool) -> Row[Any]:
    row = connection.execute(query).one_or_none() if KEY.fullmatch(key) else None
    if row is None:
        raise MissingProjectError
    if row.deleted_at and not deleted:
        raise MissingProjectError(deleted=True)
    return row


def summary(row: Row[Any]) -> Summary:
    """Return what a list shows of a project's row."""
    return Summary(
        row.key,
        row.title,
        row.place,
        row.illustrative,
        row.head,
        _moment(row.key, row.changed_at),
    )


def saved(connection: Connection, row: Row[Any], project: Project | None = None) -> Saved:
    """Return a project as it stands; raises ``CorruptStoreError`` where it is damaged."""
    project = project or project_at(connection, row.key, row.head)
    here, redo = versions.c.number == row.head, versions.alias("redo")
    steps = connection.execute(
        sa.select(versions.c.parent, versions.c.label, redo.c.label.label("redo_label"))
        .outerjoin(
            redo,
            (redo.c.project_key == versions.c.project_key) & (redo.c.number == versions.c.redo),
        )
        .where(versions.c.project_key == row.key, here)
    ).one()
    stop = "" if steps.parent is None else undo_stop(connection, row.key, project, steps.parent)
    can_undo = None if steps.parent is None or stop else steps.label
    changed_at = _moment(row.key, row.changed_at)
    return Saved(row.key, row.revision, project, can_undo, steps.redo_label, changed_at, stop)


def undo_stop(connection: Connection, key: str, project: Project, target: int) -> str:
    """Say why going from a project to a version would take a decision back; else nothing."""
    if all(run.status == "draft" for run in project.runs):
        return ""
    try:
        lost = changed_decisions(project, project_at(connection, key, target))
    except CorruptStoreError:
        return ""  # the step itself says that the version is damaged
    if not lost:
        return ""
    return (
        f"{quoted(lost[0])} has been decided and is locked, so the decision cannot be undone. "
        "To choose again, start a new selection from it, under Select again."
    )


def last_decided(connection: Connection, row: Row[Any]) -> Project | None:
    """Return the project as it stands where it holds a decision, else None.

    Where its current version is damaged, the nearest one before it that can be read counts.
    """
    for number in _line(connection, row):
        try:
            text = text_at(connection, row.key, number)
            return readable(row.key, text) if _DECIDED in text else None
        except CorruptStoreError:
            continue
    return None


def _line(connection: Connection, row: Row[Any]) -> Iterator[int]:
    """Yield the current version, then those before it; links are read only where that is asked."""
    yield row.head
    yield from follow({r.number: r.parent for r in links(connection, row.key)}, row.head)


def version(connection: Connection, key: str, number: int) -> Row[Any]:
    """Return everything of a version but its text; raises ``CorruptStoreError``."""
    names = ("number", "parent", "redo", "label", "made_at", "sha256", "snapshot")
    query = sa.select(*(versions.c[name] for name in names)).where(
        versions.c.project_key == key, versions.c.number == number
    )
    with _damage_of(key):
        row = connection.execute(query).one_or_none()
    if row is None:
        raise _damaged(key, f"version {number} is missing")
    return row


def numbers(connection: Connection, key: str) -> Sequence[int]:
    """Return the number of every version, oldest first; raises ``CorruptStoreError``."""
    query = sa.select(versions.c.number).where(versions.c.project_key == key)
    with _damage_of(key):
        return connection.scalars(query.order_by(versions.c.number)).all()


def project_at(connection: Connection, key: str, number: int) -> Project:
    """Return the project as it was in a version; raises ``CorruptStoreError``."""
    return readable(key, text_at(connection, key, number))


def readable(key: str, text: bytes) -> Project:
    """Read the text of a version; raises ``CorruptStoreError`` or ``NewerDatabaseError``."""
    try:
        return read_project(text, "The stored project")
    except ProjectFileError as error:
        if any(finding.code == "newer" for finding in error.findings):
            raise NewerDatabaseError(
                "This project was last edited with a newer Best Fit. Nothing has been changed. "
                "Update Best Fit and open it again."
            ) from error
        raise _damaged(key, str(error)) from error


def text_at(connection: Connection, key: str, number: int) -> bytes:
    """Return the text of a version, checked against its hash; raises ``CorruptStoreError``."""
    wanted = versions.alias("wanted")
    chain = (
        sa.select(versions)
        .join(
            wanted,
            (wanted.c.project_key == versions.c.project_key)
            & (wanted.c.snapshot == versions.c.snapshot),
        )
        .where(wanted.c.project_key == key, wanted.c.number == number)
        .where(versions.c.number <= number)
    )
    with _damage_of(key):
        rows = {row.number: row for row in connection.execute(chain)}
        text = _unfold(rows, number)
    if fingerprint(text) != rows[number].sha256:
        raise _damaged(key, f"version {number} does not match its hash")
    return text


def _unfold(rows: Mapping[int, Row[Any]], number: int) -> bytes:
    row = rows[number]
    if row.base is None:
        return unpack(row.packed)
    if row.base >= number:
        raise UnpackError("a version refers to a later one")
    return unpack_change(row.packed, _unfold(rows, row.base))


@contextmanager
def _damage_of(key: str) -> Iterator[None]:
    """Say of which project a damaged page or a damaged column is; other faults pass."""
    try:
        yield
    except (SQLAlchemyError, UnicodeDecodeError) as error:
        if isinstance(translated(error, ""), CorruptStoreError):
            raise _damaged(key, str(error)) from error
        raise
    # A damaged file may hold anything in any column.
    except (UnpackError, KeyError, TypeError) as error:
        raise _damaged(key, str(error)) from error


def _moment(key: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise _damaged(key, str(error)) from error


def _damaged(key: str, detail: str) -> CorruptStoreError:
    return CorruptStoreError(
        "What is stored of this project is damaged here, so it is not shown. Nothing has been "
        "overwritten: go back to its newest version that can be read, or bring a backup back.",
        detail,
        key,
    )


@dataclass(frozen=True, slots=True)
class Base:
    """A version that another one can be kept as the change from."""

    number: int
    snapshot: int
    text: bytes


def add_version(
    connection: Connection, key: str, text: bytes, label: str, parent: int | None
) -> int:
    """Add a version that follows ``parent``, which redo then leads to; return its number."""
    last = connection.scalar(
        sa.select(sa.func.max(versions.c.number)).where(versions.c.project_key == key)
    )
    number = (last or 0) + 1
    insert_version(
        connection,
        None if parent is None else _base(connection, key, parent),
        text,
        project_key=key,
        number=number,
        parent=parent,
        label=clean_label(label),
        made_at=stamp(),
    )
    connection.execute(
        sa.update(versions)
        .where(versions.c.project_key == key, versions.c.number == parent)
        .values(redo=number)
    )
    return number


def insert_version(
    connection: Connection,
    base: Base | None,
    text: bytes,
    *,
    number: int,
    **values: str | int | None,
) -> Base:
    """Insert a version, as the change from ``base`` where that saves room.

    Every chain of changes ends at a whole text at most ``SNAPSHOT_EVERY`` numbers back.
    Returns the version as the base of the next.
    """
    if base is None or number - base.snapshot >= SNAPSHOT_EVERY:
        packed, snapshot, source = pack(text), number, None
    else:
        packed, snapshot, source = pack_change(text, base.text), base.snapshot, base.number
    connection.execute(
        sa.insert(versions).values(
            number=number,
            sha256=fingerprint(text),
            snapshot=snapshot,
            base=source,
            packed=packed,
            **values,
        )
    )
    return Base(number, snapshot, text)


def _base(connection: Connection, key: str, number: int) -> Base | None:
    """Return a version to keep the next one as a change from, unless it cannot be read."""
    try:
        text = text_at(connection, key, number)
    except CorruptStoreError:
        return None
    return Base(number, version(connection, key, number).snapshot, text)


def clean_label(label: str) -> str:
    """Return a label as one line of the length that the tables take."""
    return str(clean_line(label))[:MAX_LABEL]


def set_head(connection: Connection, row: Row[Any], number: int, project: Project) -> Row[Any]:
    """Make a version the current one; return the project's row as it is then."""
    connection.execute(
        sa.update(projects)
        .where(projects.c.key == row.key)
        .values(head=number, revision=row.revision + 1, changed_at=stamp(), **described(project))
    )
    return look_up(connection, row.key)


def mark_deleted(connection: Connection, key: str, moment: str | None) -> None:
    """Note when a project was deleted; None brings it back."""
    connection.execute(sa.update(projects).where(projects.c.key == key).values(deleted_at=moment))


def described(project: Project) -> dict[str, Any]:
    """Return the columns that a list shows, as the project has them."""
    info = project.info
    return {"title": info.title, "place": info.place, "illustrative": info.illustrative}


def links(connection: Connection, key: str) -> Sequence[Row[Any]]:
    """Return the links and labels of every version, newest first."""
    names = ("number", "parent", "redo", "label", "made_at")
    return connection.execute(
        sa.select(*(versions.c[name] for name in names))
        .where(versions.c.project_key == key)
        .order_by(versions.c.number.desc())
    ).all()


def follow(steps: Mapping[int, int | None], number: int) -> list[int]:
    """Return the versions that steps lead to from one, which is left out.

    >>> follow({3: 2, 2: 1, 1: None}, 3)
    [2, 1]
    """
    path: list[int] = []
    following = steps.get(number)
    while following is not None and following not in path:
        path.append(following)
        following = steps.get(following)
    return path


def history(key: str, rows: Sequence[Row[Any]], head: int) -> tuple[Version, ...]:
    """Say of each version where it stands: current, earlier, undone or set aside."""
    states: dict[int, Any] = {
        **dict.fromkeys(follow({r.number: r.redo for r in rows}, head), "undone"),
        **dict.fromkeys(follow({r.number: r.parent for r in rows}, head), "earlier"),
        head: "current",
    }
    return tuple(
        Version(
            r.number,
            r.label,
            _moment(key, r.made_at),
            states.get(r.number, "set aside"),
        )
        for r in rows
    )


def drafts_of(connection: Connection, key: str, owner: str) -> dict[str, str]:
    """Return what someone has left unsaved in a project, by place."""
    query = sa.select(drafts.c.place, drafts.c.text).where(
        drafts.c.project_key == key, drafts.c.owner == owner
    )
    return {row.place: row.text for row in connection.execute(query.order_by(drafts.c.place))}


def write_drafts(
    connection: Connection, key: str, owner: str, changes: Mapping[str, str | None]
) -> None:
    """Keep or, with None, forget drafts by place; those of the project that are old go, too."""
    mine = (drafts.c.project_key == key) & (drafts.c.owner == owner)
    old = (drafts.c.project_key == key) & (
        drafts.c.changed_at < stamp(datetime.now(UTC) - _DRAFTS_LAST)
    )
    connection.execute(sa.delete(drafts).where(old | (mine & drafts.c.place.in_(changes))))
    new = [
        {"project_key": key, "owner": owner, "place": place, "text": text, "changed_at": stamp()}
        for place, text in changes.items()
        if text is not None
    ]
    if new:
        connection.execute(sa.insert(drafts), new)
