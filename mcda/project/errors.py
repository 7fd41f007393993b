"""What can go wrong with a project, as a small family: every one speaks to the person."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from mcda.project.findings import Finding
from mcda.project.text import listed, quoted


class ProjectError(Exception):
    """Base of all errors about projects; its text is meant to be read by a person."""


class UnknownItemError(ProjectError, LookupError):
    """An id that is not in the project."""

    def __init__(self, what: str, item_id: str, known: Sequence[str]) -> None:
        close = get_close_matches(item_id, known, n=1)
        if close:
            mend = f" Did you mean {close[0]!r}?"
        elif known:
            mend = f" There is: {listed(known, 12)}."
        else:
            mend = " There is none yet."
        super().__init__(f"There is no {what} {item_id!r}.{mend}")


class LockedRunError(ProjectError):
    """An edit to a run that has been decided."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"The run {quoted(title)} has been decided and is locked. "
            "To choose again, start a new selection from it, under Select again."
        )


class FindingsError(ProjectError):
    """Something that cannot go on until the findings it carries are mended."""

    def __init__(self, headline: str, findings: Sequence[Finding]) -> None:
        self.headline = headline
        self.findings = tuple(findings)
        super().__init__("\n".join([headline, *(f"- {f}" for f in findings)]))


class ProjectFileError(FindingsError):
    """A file that cannot be read as a project; nothing was changed."""


class TableError(FindingsError):
    """A table that cannot be imported; nothing was changed."""
