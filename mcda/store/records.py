"""What the store hands out: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from mcda.project.document import Project


@dataclass(frozen=True, slots=True)
class Saved:
    """A project as it stands in the store.

    ``revision`` rises with every change, also with undo and redo; it is handed back with
    the next edit, so that nobody overwrites what they have not seen. ``can_undo`` and
    ``can_redo`` say what the step would undo or redo; None where there is no step. Where there
    is one that would take a decision back, ``undo_stop`` says why undo stops here.
    """

    key: str
    revision: int
    project: Project
    can_undo: str | None
    can_redo: str | None
    changed_at: datetime
    undo_stop: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A project in a list; ``version`` is the number of its current version."""

    key: str
    title: str
    place: str
    illustrative: bool
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One version in a project's history; ``label`` says what changed.

    ``state`` is ``earlier`` for what undo steps through, ``undone`` for what redo brings
    back, and ``set aside`` for versions undone before another edit was made.
    """

    number: int
    label: str
    made_at: datetime
    state: Literal["current", "earlier", "undone", "set aside"]


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds; ``lost`` has a line for each thing that could not be read."""

    path: Path
    projects: int
    versions: int
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of one project of a backup, and the key it has now.

    ``restored``: it was not here. ``brought back``: it was here, but deleted. ``already
    here``: the same content is here. ``copied``: this store holds the project with other
    content, which was kept; the backup's came in beside it under a new key.
    """

    title: str
    key: str
    outcome: Literal["restored", "brought back", "already here", "copied"]
