"""The tables. Versions are only ever added: undo and redo move ``head`` among them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

# Every migration, oldest first; the last is what this version works with.
MIGRATIONS = ("0001", "0002")
VERSION_TABLE = "bestfit_schema"
MAX_LABEL = 300

metadata = MetaData()

# Times are ISO 8601 in UTC with microseconds, so that their text sorts as they do.
projects = Table(
    "bestfit_projects",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("head", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("place", String, nullable=False),
    Column("illustrative", Boolean, nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("deleted_at", String(32)),
)

# ``parent`` is where undo goes, ``redo`` where redo goes. ``packed`` holds the difference
# from the version ``base``, or the whole text where that is null; ``snapshot`` is the number
# of the whole text that its chain of differences begins with.
versions = Table(
    "bestfit_versions",
    metadata,
    Column(
        "project_key",
        String(64),
        ForeignKey("bestfit_projects.key", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("parent", Integer),
    Column("redo", Integer),
    Column("label", String(MAX_LABEL), nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("snapshot", Integer, nullable=False),
    Column("base", Integer),
    Column("packed", LargeBinary, nullable=False),
)

# What someone has typed and not saved, by whoever typed it; ``place`` says into which field.
drafts = Table(
    "bestfit_drafts",
    metadata,
    Column(
        "project_key",
        String(64),
        ForeignKey("bestfit_projects.key", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("owner", String(64), primary_key=True),
    Column("place", String(300), primary_key=True),
    Column("text", String, nullable=False),
    Column("changed_at", String(32), nullable=False),
)
