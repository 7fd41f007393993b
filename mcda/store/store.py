"""The store: every project with all its versions, on SQLite or PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from mcda.project.document import Project
from mcda.project.errors import LockedRunError
from mcda.project.locks import check_decisions_kept
from mcda.store import backup, rows
from mcda.store.database import Database, open_database
from mcda.store.errors import (
    ConflictError,
    CorruptStoreError,
    LockedError,
    MissingVersionError,
    NothingToUndoError,
    StoreError,
)
from mcda.store.packing import MAX_TEXT, canonical, fingerprint
from mcda.store.records import BackupReport, Restored, Saved, Summary, Version
from mcda.store.schema import projects


class Store:
    """Projects with all their versions; every edit is one transaction.

    History is a line with a pointer on it: undo and redo move the pointer, and saving after
    an undo starts a new line from there. The versions that were undone are then *set aside*:
    redo no longer reaches them, but they stay in the history, where ``at`` reads them and
    ``go_back`` makes any of them current again. No version is ever overwritten or dropped.

    ``base`` is the revision that the caller has seen. Where the project has moved on since,
    ``save``, ``undo``, ``redo`` and ``go_back`` change nothing and raise ``ConflictError``
    with the project as it stands. Saving what is there already is no edit and no conflict,
    so a save whose answer was lost can be sent again.

    A run that has been decided stays as it is: ``save``, ``undo``, ``redo`` and ``go_back`` raise
    ``LockedError`` where it would change or be gone. Undo therefore stops at a decision.

    Every method raises a ``StoreError``; nothing of the database's own errors comes out.

    >>> with Store.open("sqlite://") as store:
    ...     first = store.create(Project.new("Elm County"))
    ...     info = first.project.info.model_copy(update={"place": "Elm"})
    ...     edited = store.save(first.key, first.project.with_info(info), first.revision, "place")
    ...     undone = store.undo(first.key, edited.revision)
    >>> edited.can_undo, undone.can_redo, undone.project == first.project
    ('place', 'place', True)
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str | None = None) -> Self:
        """Open the store at a URL, made and brought up to date where needed.

        Without one: ``BESTFIT_DATABASE_URL``, or else ``bestfit.db`` in ``BESTFIT_DATA_DIR``
        or the user's data folder. ``sqlite://`` keeps it in the memory of one thread.
        """
        return cls(open_database(url))

    def close(self) -> None:
        """Close every connection; the store opens new ones when it is used again."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def where(self) -> str:
        """Where the projects are kept: a file, or a server and database; never a password."""
        return self._database.where

    # --- projects

    def create(self, project: Project, label: str = "start") -> Saved:
        """Keep a new project under a new key, which cannot be guessed."""
        key = rows.new_key()
        text = _text(project)
        with self._database.writing() as connection:
            connection.execute(
                sa.insert(projects).values(
                    key=key,
                    revision=1,
                    head=1,
                    changed_at=rows.stamp(),
                    **rows.described(project),
                )
            )
            rows.add_version(connection, key, text, label, None)
            return rows.saved(connection, rows.look_up(connection, key), project)

    def projects(self) -> tuple[Summary, ...]:
        """List every project that has not been deleted, the last changed first."""
        return self._listed(projects.c.deleted_at.is_(None))

    def deleted(self) -> tuple[Summary, ...]:
        """List the deleted projects that can be brought back, the last changed first."""
        return self._listed(projects.c.deleted_at.is_not(None))

    def _listed(self, condition: sa.ColumnElement[bool]) -> tuple[Summary, ...]:
        order = (projects.c.changed_at.desc(), projects.c.key)
        with self._database.reading() as connection:
            found = connection.execute(sa.select(projects).where(condition).order_by(*order))
            return tuple(map(rows.summary, found))

    def delete(self, key: str) -> None:
        """Take a project off the list; ``undelete`` brings it back as it was."""
        with self._database.writing() as connection:
            rows.find(connection, key)
            rows.mark_deleted(connection, key, rows.stamp())

    def undelete(self, key: str) -> Saved:
        """Bring a deleted project back."""
        with self._database.writing() as connection:
            rows.find(connection, key, deleted=True)
            rows.mark_deleted(connection, key, None)
            return rows.saved(connection, rows.look_up(connection, key))

    def erase(self, key: str) -> None:
        """Remove a deleted project for good, with its whole history."""
        with self._database.writing() as connection:
            row = rows.find(connection, key, deleted=True)
            if row.deleted_at is None:
                raise StoreError("Only a deleted project can be erased. Delete it first.")
            connection.execute(sa.delete(projects).where(projects.c.key == key))

    # --- one project

    def get(self, key: str) -> Saved:
        """Return a project as it stands."""
        with self._database.reading() as connection:
            return rows.saved(connection, rows.look_up(connection, key))

    def revision(self, key: str) -> int:
        """Return a number that rises with every change, undo and redo: cheap to ask often."""
        with self._database.reading() as connection:
            return int(rows.look_up(connection, key).revision)

    def save(self, key: str, project: Project, base: int, label: str) -> Saved:
        """Keep an edit as the next version; ``label`` says what changed ("score of Mentors")."""
        text = _text(project)
        with self._database.writing() as connection:
            row = rows.find(connection, key)
            head = rows.version(connection, key, row.head)
            if head.sha256 == fingerprint(text):
                return rows.saved(connection, row)
            _check_seen(connection, row, base)
            _check_kept(rows.last_decided(connection, row), project)
            number = rows.add_version(connection, key, text, label, row.head)
            return rows.saved(connection, rows.set_head(connection, row, number, project), project)

    def undo(self, key: str, base: int) -> Saved:
        """Go one version back."""
        return self._step(key, base, "parent")

    def redo(self, key: str, base: int) -> Saved:
        """Take one undo back."""
        return self._step(key, base, "redo")

    def _step(self, key: str, base: int, link: Literal["parent", "redo"]) -> Saved:
        with self._database.writing() as connection:
            row = rows.find(connection, key)
            _check_seen(connection, row, base)
            target = getattr(rows.version(connection, key, row.head), link)
            if target is None:
                done = "undo" if link == "parent" else "redo"
                raise NothingToUndoError(f"There is nothing to {done}.")
            project = rows.project_at(connection, key, target)
            before = rows.last_decided(connection, row)
            if before and (stop := rows.undo_stop(connection, key, before, target)):
                raise LockedError(stop)
            return rows.saved(connection, rows.set_head(connection, row, target, project), project)

    # --- what is not saved yet

    def drafts(self, key: str, owner: str) -> dict[str, str]:
        """Return what someone has typed in a project and not saved, by place.

        ``owner`` is a secret of whoever typed it: nobody else is given it. Drafts are no
        versions: undo, history and backups leave them out, and after 90 days they are dropped.
        """
        with self._database.reading() as connection:
            rows.look_up(connection, key)
            return rows.drafts_of(connection, key, owner)

    def keep_drafts(self, key: str, owner: str, changes: Mapping[str, str | None]) -> None:
        """Keep drafts by place (at most 300 characters); None forgets one."""
        with self._database.writing() as connection:
            rows.find(connection, key)
            rows.write_drafts(connection, key, owner, changes)

    # --- history

    def history(self, key: str) -> tuple[Version, ...]:
        """List every version, newest first."""
        with self._database.reading() as connection:
            row = rows.look_up(connection, key)
            return rows.history(key, rows.links(connection, key), row.head)

    def at(self, key: str, number: int) -> Project:
        """Return the project as it was in a version."""
        with self._database.reading() as connection:
            rows.look_up(connection, key)
            if number not in rows.numbers(connection, key):
                raise MissingVersionError(number)
            return rows.project_at(connection, key, number)

    def go_back(self, key: str, number: int, base: int) -> Saved:
        """Make any version of the history current again, as a new version that can be undone."""
        return self.save(key, self.at(key, number), base, f"going back to version {number}")

    def recover(self, key: str) -> Saved:
        """Go back to the newest version that can be read, where the current one is damaged.

        The versions before the damage come first, newest to oldest; then those set aside.
        Damaged versions stay in the history. Does nothing where nothing is damaged.
        """
        with self._database.writing() as connection:
            row = rows.find(connection, key)
            for number in _from_newest(connection, row):
                try:
                    project = rows.project_at(connection, key, number)
                except CorruptStoreError:
                    continue
                if number != row.head:
                    row = rows.set_head(connection, row, number, project)
                return rows.saved(connection, row, project)
        raise CorruptStoreError(
            "No version of this project can be read any more. Bring a backup back with "
            "`bestfit restore`.",
            key=key,
        )

    # --- backups

    def backup(self, path: str | os.PathLike[str]) -> BackupReport:
        """Write every project with its whole history to a new file, and check it.

        The file is a zip that restores on SQLite and PostgreSQL alike; each project also lies
        in it as an ordinary project file. What is damaged is left out and named.
        """
        with self._database.reading() as connection:
            return backup.write(connection, Path(path))

    def restore(self, path: str | os.PathLike[str]) -> tuple[Restored, ...]:
        """Bring the projects of a backup back, all or none, overwriting nothing.

        The whole file is checked first. A project that this store holds with other content is
        kept, and the backup's comes in beside it as a copy.
        """
        with backup.opened(Path(path)) as archive, self._database.writing() as connection:
            return backup.bring_in(connection, archive)


def _text(project: Project) -> bytes:
    text = canonical(project)
    if len(text) > MAX_TEXT:
        raise StoreError(
            "The project has grown too large to be saved, so the last change was not. Take out "
            "long texts, or start a new project."
        )
    return text


def _check_seen(connection: Connection, row: Row[tuple[object, ...]], base: int) -> None:
    if row.revision != base:
        raise ConflictError(rows.saved(connection, row))


def _check_kept(before: Project | None, project: Project) -> None:
    """Raise ``LockedError`` where a decision of the version before would change or go."""
    if before is None:
        return
    try:
        check_decisions_kept(before, project)
    except LockedRunError as error:
        raise LockedError(f"{error} Nothing has been changed.") from error


def _from_newest(connection: Connection, row: Row[tuple[object, ...]]) -> list[int]:
    found = rows.links(connection, row.key)
    line = [row.head, *rows.follow({r.number: r.parent for r in found}, row.head)]
    return line + [r.number for r in found if r.number not in line]
