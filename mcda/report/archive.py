"""Everything in one zip for the record: the page, the workbook, the tables, the project."""

from __future__ import annotations

import hashlib
import io
import zipfile

from mcda.project import to_json
from mcda.report.csv import csv_bytes
from mcda.report.data import sheets
from mcda.report.html import write_html
from mcda.report.model import Report
from mcda.report.workbook import write_xlsx

MANIFEST = "SHA256SUMS.txt"
# The earliest time a zip can hold: the same report gives the same bytes.
_WHEN = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16


def write_zip(report: Report) -> bytes:
    """Return all forms of a report in one zip, with the SHA-256 of each.

    The names in it are always the same. ``sha256sum -c SHA256SUMS.txt`` checks them.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> data = write_zip(build_report(example()))
    >>> zipfile.ZipFile(io.BytesIO(data)).namelist()[:3]
    ['report.html', 'report.xlsx', 'project.json']
    """
    files = {
        "report.html": write_html(report),
        "report.xlsx": write_xlsx(report),
        "project.json": to_json(report.material.project).encode(),
    }
    files |= {f"{sheet.name.lower()}.csv": csv_bytes(sheet) for sheet in sheets(report)}
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    files[MANIFEST] = "".join(sums).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.external_attr = _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
