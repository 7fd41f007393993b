"""The project that a PDF report carries as an attachment, read back out of it."""

from __future__ import annotations

import io
import re
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from mcda.project import Project, read_project
from mcda.project.file import MAX_BYTES as MAX_PROJECT
from mcda.project.text import clean_line
from mcda.report.carried import changed, check_digest, check_size, foreign, refused

if TYPE_CHECKING:
    import pikepdf

NAME = "project.json"
MAX_OBJECTS = 500_000
MAX_PAGES = 5_000
_MAX_ATTACHMENTS = 1_000
_DIGEST = re.compile(r"SHA-256 ([0-9a-f]{64})\b")


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
    check_size(data, name)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
            content, digest = _attachment(pdf, name)
    except pikepdf.PasswordError:
        mend = "Save a copy without the password, or use the project file."
        raise refused(name, "locked", "It is locked by a password.", mend) from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, RecursionError):
        what = "It is a PDF that cannot be read: it was cut short or changed."
        raise changed(name, what, "broken") from None
    project = read_project(content, f"{name}, {NAME}")
    check_digest(project, digest, name)
    return project


def _attachment(pdf: pikepdf.Pdf, name: str) -> tuple[bytes, str]:
    """Return the attached project and the digest it was written with."""
    if len(pdf.objects) > MAX_OBJECTS or len(pdf.pages) > MAX_PAGES:
        what = "It has far more parts or pages than any report."
        raise refused(name, "too-large", what, "Choose another.")
    if len(pdf.attachments) > _MAX_ATTACHMENTS or NAME not in pdf.attachments:
        raise foreign(name)
    found = pdf.attachments[NAME]
    digest = _DIGEST.search(found.description or "")
    content = found.get_file().read_bytes()
    if digest is None:
        raise foreign(name, f"The {NAME} in it was not put there by Best Fit.")
    return content, digest[1]


@cache
def limited_pikepdf() -> ModuleType:
    """Return pikepdf, set for the whole process to unpack no more than a project may have."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_PROJECT, run_length_max_memory=MAX_PROJECT
    )
    return pikepdf
