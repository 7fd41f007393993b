"""Everything in one zip for the record: its forms to read, the tables, the project."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib

from mcda.project import Finding, Project, ProjectFileError, read_project, to_json
from mcda.project.file import MAX_BYTES
from mcda.report.csv import sheet_csv
from mcda.report.data import sheets
from mcda.report.docx import write_docx
from mcda.report.html import write_html
from mcda.report.model import Report
from mcda.report.packed import packed
from mcda.report.pdf import write_pdf
from mcda.report.workbook import write_xlsx

MANIFEST = "SHA256SUMS.txt"
PROJECT = "project.json"


def project_in_zip(data: bytes, name: str = "The archive") -> Project:
    """Read the project out of an archive of all forms of a report.

    Raises:
        ProjectFileError: no archive of ours, or a project that cannot be read.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> project_in_zip(write_zip(build_report(example()))) == example()
    True
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(PROJECT) as member:
            # One byte more than a project may have: a zip bomb is never unpacked whole.
            content = member.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError, zlib.error):
        message = f"It is not an archive that holds a {PROJECT}."
        mend = "Give the archive as it was saved, or the project file itself."
        finding = Finding("error", "not-an-archive", name, message, mend)
        raise ProjectFileError("This archive cannot be opened.", [finding]) from None
    return read_project(content, f"{name}, {PROJECT}")


def write_zip(report: Report) -> bytes:
    """Return all forms of a report in one zip, with the SHA-256 of each.

    The names in it are always the same; the project is in it where the edition carries one.
    ``sha256sum -c SHA256SUMS.txt`` checks them.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> data = write_zip(build_report(example()))
    >>> zipfile.ZipFile(io.BytesIO(data)).namelist()[:3]
    ['report.html', 'report.pdf', 'report.docx']
    """
    files = {
        "report.html": write_html(report),
        "report.pdf": write_pdf(report),
        "report.docx": write_docx(report),
        "report.xlsx": write_xlsx(report),
    }
    if report.carries_project:
        files[PROJECT] = to_json(report.material.project).encode()
    files |= {f"{sheet.name.lower()}.csv": sheet_csv(sheet) for sheet in sheets(report)}
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    files[MANIFEST] = "".join(sums).encode()
    return packed(files)
