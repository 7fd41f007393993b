"""Backups: a zip with each project as an ordinary file, its whole history, and their hashes.

- ``manifest.json`` names every project and gives the SHA-256 of every other member.
- ``projects/NAME.json`` is the project as it stood: a project file like any other.
- ``history/NAME.jsonl.xz`` holds one version a line, oldest first, each with its whole text.
"""

from __future__ import annotations

import io
import json
import lzma
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import AwareDatetime, Field, ValidationError
from sqlalchemy import Connection, Row

from mcda.project.document import Project
from mcda.project.errors import ProjectFileError
from mcda.project.file import MAX_BYTES, read_project, to_json
from mcda.project.text import MAX_NAME, Frozen, make_id
from mcda.store import rows
from mcda.store.errors import BackupError, CorruptStoreError
from mcda.store.packing import canonical, canonical_json, fingerprint
from mcda.store.records import BackupReport, Restored
from mcda.store.schema import projects, versions

COPIED = "restored from a backup as a copy"
_MANIFEST = "manifest.json"
# Far past any history; a file that claims more is not one of ours.
_MAX_MEMBER = 1_000_000_000
# The fastest setting: versions are so alike that the others gain nothing.
_PRESET = 0
_BROKEN = (
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)

Count = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Member(Frozen):
    """A file inside the backup, and the hash of its bytes."""

    name: str
    sha256: Hash


class Entry(Frozen):
    """One project of a backup; ``content`` is the hash of its current version's text."""

    key: Annotated[str, Field(pattern=f"^{rows.KEY.pattern}$")]
    title: str
    revision: Count
    head: Count
    content: Hash
    changed_at: AwareDatetime
    deleted_at: AwareDatetime | None
    project: Member
    history: Member


class Manifest(Frozen):
    """What a backup holds, and what could not be read when it was made."""

    format: Literal["bestfit-backup"] = "bestfit-backup"
    version: Literal[1] = 1
    made_at: AwareDatetime
    projects: tuple[Entry, ...]
    lost: tuple[str, ...] = ()


class About(Frozen):
    """One version in a history, but for its text."""

    number: Count
    parent: Count | None
    redo: Count | None
    label: str
    made_at: AwareDatetime
    sha256: Hash


class Line(About):
    """One version in a history."""

    project: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Archive:
    """An open backup."""

    file: zipfile.ZipFile
    manifest: Manifest

    def read(self, member: Member) -> bytes:
        """Return the bytes of a member; raises ``ValueError`` where they are not as written."""
        data = _read(self.file, member.name)
        if fingerprint(data) != member.sha256:
            raise ValueError(f"{member.name} does not match its hash")
        return data

    def lines(self, entry: Entry) -> Iterator[tuple[Line, bytes]]:
        """Return each version of a project with its text, oldest first."""
        packed = io.BytesIO(self.read(entry.history))
        with lzma.open(packed) as stream:
            while raw := stream.readline(MAX_BYTES):
                line = Line.model_validate(json.loads(raw))
                yield line, canonical_json(line.project)


# --- writing


@dataclass(slots=True)
class _History:
    """What has been written of one project's history so far."""

    row: Row[Any]  # of the project
    lines: bytes
    hashes: dict[int, str]  # of every version written
    ancestors: dict[int | None, int | None]  # of every version, itself or the nearest written
    lost: list[str]


def write(connection: Connection, path: Path) -> BackupReport:
    """Write a backup to a new file and read it back; raises ``BackupError``."""
    if path.exists():
        raise BackupError(f"There is a file {path.name} already. Give the backup another name.")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        # Whoever has the keys in it can open the projects: it is its owner's only.
        temporary.touch(mode=0o600, exist_ok=False)
        with temporary.open("wb") as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                report = _write_all(connection, archive, path)
            os.fsync(stream.fileno())
        with opened(temporary):
            pass
        temporary.rename(path)
    except OSError as error:
        reason = error.strerror or "the disk refuses"
        raise BackupError(f"The backup cannot be written to {path}: {reason}.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return report


def _write_all(connection: Connection, archive: zipfile.ZipFile, path: Path) -> BackupReport:
    entries: list[Entry] = []
    lost: list[str] = []
    count = 0
    for row in connection.execute(sa.select(projects).order_by(projects.c.key)).all():
        name = make_id(row.title, {Path(e.project.name).stem for e in entries})
        try:
            history = _history(connection, row)
            entries.append(_write_project(connection, archive, name, history))
        except (CorruptStoreError, ValidationError):
            lost.append(f"{row.title}: what is stored of this project cannot be read.")
            continue
        lost += history.lost
        count += len(history.hashes)
    manifest = Manifest(made_at=datetime.now(UTC), projects=tuple(entries), lost=tuple(lost))
    archive.writestr(_MANIFEST, manifest.model_dump_json(indent=1), zipfile.ZIP_DEFLATED)
    return BackupReport(path, len(entries), count, tuple(lost))


def _write_project(
    connection: Connection, archive: zipfile.ZipFile, name: str, history: _History
) -> Entry:
    """Write a project and its history; its current version is the newest readable one."""
    row = history.row
    head = history.ancestors.get(row.head) or max(history.hashes, default=row.head)
    current = to_json(rows.project_at(connection, row.key, head)).encode()
    return Entry(
        key=row.key,
        title=row.title,
        revision=row.revision,
        head=head,
        content=history.hashes[head],
        changed_at=row.changed_at,
        deleted_at=row.deleted_at,
        project=_add(archive, f"projects/{name}.json", current, zipfile.ZIP_DEFLATED),
        history=_add(archive, f"history/{name}.jsonl.xz", history.lines, zipfile.ZIP_STORED),
    )


def _add(archive: zipfile.ZipFile, name: str, data: bytes, compression: int) -> Member:
    archive.writestr(name, data, compression)
    return Member(name=name, sha256=fingerprint(data))


def _history(connection: Connection, row: Row[Any]) -> _History:
    """Pack a project's history, less what cannot be read."""
    history = _History(row, b"", {}, {None: None}, [])
    packed = io.BytesIO()
    with lzma.open(packed, "wb", preset=_PRESET) as stream:
        for number in rows.numbers(connection, row.key):
            try:
                stream.write(_line(connection, number, history))
            except (CorruptStoreError, ValidationError):
                history.lost.append(f"{row.title}: version {number} cannot be read.")
    history.lines = packed.getvalue()
    return history


def _line(connection: Connection, number: int, history: _History) -> bytes:
    """Return one version as a line; its parent is the nearest ancestor that was written."""
    key = history.row.key
    version = rows.version(connection, key, number)
    parent = history.ancestors.get(version.parent)
    history.ancestors[number] = parent  # until its text turns out to be readable
    text = rows.text_at(connection, key, number)
    names = ("number", "redo", "label", "made_at", "sha256")
    about = About(parent=parent, **{name: getattr(version, name) for name in names})
    history.ancestors[number] = number
    history.hashes[number] = version.sha256
    return about.model_dump_json()[:-1].encode() + b',"project":' + text + b"}\n"


# --- reading


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup that has been checked from end to end; raises ``BackupError``."""
    try:
        file = zipfile.ZipFile(path)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise BackupError(f"The backup {path.name} cannot be read: {reason}.") from error
    except _BROKEN as error:
        raise _broken(path, error) from error
    with file:
        yield _checked(file, path)


def _checked(file: zipfile.ZipFile, path: Path) -> Archive:
    try:
        archive = Archive(file, _manifest(file))
        for entry in archive.manifest.projects:
            _check(archive, entry)
    except _BROKEN as error:
        raise _broken(path, error) from error
    return archive


def _broken(path: Path, error: Exception) -> BackupError:
    return BackupError(
        f"{path.name} is not a complete Best Fit backup: it may have been cut short, changed, "
        "or be another kind of file. Nothing has been changed here. Try an earlier backup.",
        str(error),
    )


def _manifest(file: zipfile.ZipFile) -> Manifest:
    content = json.loads(_read(file, _MANIFEST))
    if not isinstance(content, dict) or content.get("format") != "bestfit-backup":
        raise ValueError("the manifest is not one of a backup")
    version = content.get("version")
    if isinstance(version, int) and version > 1:
        raise BackupError(
            "This backup was made by a newer Best Fit. Nothing has been changed here. Update "
            "Best Fit and try again."
        )
    return Manifest.model_validate(content)


def _read(file: zipfile.ZipFile, name: str) -> bytes:
    if file.getinfo(name).file_size > _MAX_MEMBER:
        raise ValueError(f"{name} is far too large")
    return file.read(name)


def _check(archive: Archive, entry: Entry) -> None:
    """Check a project and its history; raises ``BackupError`` or one of ``_BROKEN``."""
    _project(archive, entry)
    seen: dict[int | None, str] = {None: ""}
    last = 0
    for line, text in archive.lines(entry):
        if line.number <= last or line.parent not in seen or fingerprint(text) != line.sha256:
            raise ValueError(f"version {line.number} of {entry.title!r} is not as written")
        last = line.number
        seen[last] = line.sha256
    if seen.get(entry.head) != entry.content:
        raise ValueError(f"the current version of {entry.title!r} is missing")


def _project(archive: Archive, entry: Entry) -> Project:
    try:
        return read_project(archive.read(entry.project), entry.project.name)
    except ProjectFileError as error:
        raise BackupError(f"{error}\nNothing has been changed here.") from error


# --- bringing back


def bring_in(connection: Connection, archive: Archive) -> tuple[Restored, ...]:
    """Add every project of a backup that is not here; overwrite nothing."""
    return tuple(_bring_in(connection, archive, entry) for entry in archive.manifest.projects)


def _bring_in(connection: Connection, archive: Archive, entry: Entry) -> Restored:
    here = connection.execute(
        sa.select(projects).where(projects.c.key == entry.key).with_for_update()
    ).one_or_none()
    if here is None:
        _insert(connection, archive, entry, entry.key)
        return Restored(entry.title, entry.key, "restored")
    if _content(connection, here) == entry.content:
        if here.deleted_at and not entry.deleted_at:
            rows.mark_deleted(connection, entry.key, None)
            return Restored(entry.title, entry.key, "brought back")
        return Restored(entry.title, entry.key, "already here")
    if copy := _copy_of(connection, entry):
        return Restored(entry.title, copy, "already here")
    return _bring_in_copy(connection, archive, entry)


def _content(connection: Connection, here: Row[Any]) -> str | None:
    """Return the hash of a project's current text, or None where that is damaged."""
    try:
        return fingerprint(rows.text_at(connection, here.key, here.head))
    except CorruptStoreError:
        return None


def _copy_of(connection: Connection, entry: Entry) -> str | None:
    """Return the key of a copy that an earlier restore made of the same content."""
    copied = versions.alias("copied")
    return connection.scalar(
        sa.select(versions.c.project_key)
        .join(
            copied,
            (copied.c.project_key == versions.c.project_key)
            & (copied.c.parent == versions.c.number),
        )
        .where(versions.c.sha256 == entry.content, copied.c.label == COPIED)
        .limit(1)
    )


def _bring_in_copy(connection: Connection, archive: Archive, entry: Entry) -> Restored:
    """Add the backup's project under a new key and a title that tells it apart."""
    key = rows.new_key()
    _insert(connection, archive, entry, key)
    project = _project(archive, entry)
    mark = f" (copy from the backup of {archive.manifest.made_at:%Y-%m-%d})"
    title = project.info.title[: MAX_NAME - len(mark)] + mark
    copy = project.with_info(project.info.model_copy(update={"title": title}))
    number = rows.add_version(connection, key, canonical(copy), COPIED, entry.head)
    rows.set_head(connection, rows.find(connection, key, deleted=True), number, copy)
    rows.mark_deleted(connection, key, None)
    return Restored(title, key, "copied")


def _insert(connection: Connection, archive: Archive, entry: Entry, key: str) -> None:
    connection.execute(
        sa.insert(projects).values(
            key=key,
            revision=entry.revision,
            head=entry.head,
            changed_at=rows.stamp(entry.changed_at),
            deleted_at=entry.deleted_at and rows.stamp(entry.deleted_at),
            **rows.described(_project(archive, entry)),
        )
    )
    base: rows.Base | None = None
    for line, text in archive.lines(entry):
        base = rows.insert_version(
            connection,
            base,
            text,
            project_key=key,
            number=line.number,
            parent=line.parent,
            redo=line.redo,
            label=rows.clean_label(line.label),
            made_at=rows.stamp(line.made_at),
        )
    # Redo cannot lead to a version that was not readable when the backup was made.
    there = sa.select(versions.c.number).where(versions.c.project_key == key)
    connection.execute(
        sa.update(versions)
        .where(versions.c.project_key == key, versions.c.redo.not_in(there))
        .values(redo=None)
    )
