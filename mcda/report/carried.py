"""How a report that should carry a project is refused, whatever its form."""

from __future__ import annotations

from mcda.project import Finding, Project, ProjectFileError

_MOST_BYTES = 60_000_000


def check_size(data: bytes, name: str) -> None:
    """Refuse a file that is too large to be a report."""
    if len(data) > _MOST_BYTES:
        raise refused(name, "too-large", "It is far larger than any report.", "Choose another.")


def check_digest(project: Project, digest: str | None, name: str) -> None:
    """Refuse a project that is not the one the report was written with."""
    if project.content_hash() != digest:
        raise changed(name, "The project in it is not the one it was written with.")


def foreign(
    name: str, what: str = "It is not a report of Best Fit with a project in it."
) -> ProjectFileError:
    """Return the refusal of what was not written by Best Fit."""
    mend = "Choose a report written by Best Fit, or a project file (.json)."
    return refused(name, "foreign", what, mend)


def changed(name: str, what: str, code: str = "changed") -> ProjectFileError:
    """Return the refusal of a report that is not as it was written."""
    return refused(name, code, what, "Use an unchanged copy of the report.")


def refused(name: str, code: str, what: str, mend: str) -> ProjectFileError:
    """Return the refusal of a report, naming the file."""
    finding = Finding("error", code, name, what, mend)
    return ProjectFileError("The project in this report cannot be opened.", [finding])
