"""The project that a PDF report carries as an attachment, read back out of it."""

from __future__ import annotations

import io
import re
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from mcda.project import Finding, Project, ProjectFileError, read_project
from mcda.project.file import MAX_BYTES as MAX_PROJECT
from mcda.project.text import clean_line

if TYPE_CHECKING:
    import pikepdf

NAME = "project.json"
MAX_BYTES = 60_000_000
MAX_OBJECTS = 500_000
MAX_PAGES = 5_000
_MAX_ATTACHMENTS = 1_000
_DIGEST = re.compile(r"SHA-256 ([0-9a-f]{64})\b")
_MEND = "Choose a report written by Best Fit, or a project file (.json)."


def described(project: Project) -> str:
    """Return what the attachment is said to be, with the digest of the project."""
    return f"The project of this report, to open in Best Fit; SHA-256 {project.content_hash()}"


def project_in_pdf(data: bytes, name: str = "The file") -> Project:
    """Read the project that a PDF report carries.

    Args:
        data: the PDF.
        name: stands in the messages.

    Raises:
        ProjectFileError: it is no report of ours, was cut short or changed, is locked by a
            password, or is too large.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report, write_pdf
    >>> project_in_pdf(write_pdf(build_report(example()))) == example()
    True
    """
    pikepdf = limited_pikepdf()
    name = str(clean_line(name))
    if len(data) > MAX_BYTES:
        raise _refused(name, "too-large", "It is far larger than any report.", "Choose another.")
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            content, digest = _attachment(pdf, name)
    except pikepdf.PasswordError:
        mend = "Save a copy without the password, or use the project file."
        raise _refused(name, "locked", "It is locked by a password.", mend) from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError):
        what = "It is a PDF that cannot be read: it was cut short or changed."
        raise _refused(name, "broken", what, "Use an unchanged copy of the report.") from None
    project = read_project(content, f"{name}, {NAME}")
    if project.content_hash() != digest:
        what = "The project in it is not the one it was written with."
        raise _refused(name, "changed", what, "Use an unchanged copy of the report.")
    return project


def _attachment(pdf: pikepdf.Pdf, name: str) -> tuple[bytes, str]:
    """Return the attached project and the digest it was written with."""
    if len(pdf.objects) > MAX_OBJECTS or len(pdf.pages) > MAX_PAGES:
        what = "It has far more parts or pages than any report."
        raise _refused(name, "too-large", what, "Choose another.")
    if len(pdf.attachments) > _MAX_ATTACHMENTS or NAME not in pdf.attachments:
        raise _refused(
            name, "foreign", "It is not a report of Best Fit with a project in it.", _MEND
        )
    found = pdf.attachments[NAME]
    digest = _DIGEST.search(found.description or "")
    content = found.get_file().read_bytes()
    if digest is None:
        raise _refused(name, "foreign", f"The {NAME} in it was not put there by Best Fit.", _MEND)
    return content, digest[1]


@cache
def limited_pikepdf() -> ModuleType:
    """Return pikepdf, set for the whole process to unpack no more than a project may have."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_PROJECT, run_length_max_memory=MAX_PROJECT
    )
    return pikepdf


def _refused(name: str, code: str, message: str, mend: str) -> ProjectFileError:
    finding = Finding("error", code, name, message, mend)
    return ProjectFileError("The project in this report cannot be opened.", [finding])
