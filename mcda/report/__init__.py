"""Findings to reports that people can pass on: HTML, PDF, Word, a workbook, CSV, an archive.

>>> from mcda.project.templates import example
>>> report = build_report(example(), edition="public")
>>> report.label, [section.id for section in report.sections][:3]
('draft', ['answer', 'overview', 'decision'])
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from mcda.analysis import ILLUSTRATIVE
from mcda.project import Project, read_project
from mcda.project.text import cut, make_id
from mcda.report.archive import project_in_zip, write_zip
from mcda.report.attached import project_in_pdf
from mcda.report.csv import write_csv
from mcda.report.data import TABLES, table_names
from mcda.report.docx import write_docx
from mcda.report.erratum import Erratum
from mcda.report.html import project_in_html, write_html
from mcda.report.lessons import anything_public
from mcda.report.material import Material, gather
from mcda.report.model import ORDERS, Order, Report
from mcda.report.observed import holds_small_counts
from mcda.report.pdf import write_pdf
from mcda.report.redaction import EDITIONS, Edition, redact, roles_notice
from mcda.report.sections import sections
from mcda.report.workbook import write_xlsx

__all__ = [
    "EDITIONS",
    "ORDERS",
    "TABLES",
    "Edition",
    "Erratum",
    "Order",
    "Report",
    "anything_public",
    "build_report",
    "file_name",
    "holds_small_counts",
    "project_in_html",
    "project_in_pdf",
    "read_any",
    "redact",
    "roles_notice",
    "table_names",
    "write_csv",
    "write_docx",
    "write_html",
    "write_pdf",
    "write_xlsx",
    "write_zip",
]

_MOST_TITLE = 80  # letters, on one page


def build_report(  # noqa: PLR0913 - the choices of one report, each by name
    project: Project,
    run_id: str | None = None,
    *,
    edition: Edition = "full",
    weighting: str | None = None,
    compare: Sequence[str] = (),
    notes: bool = False,
    order: Order = "decision",
    erratum: Erratum | None = None,
    date: datetime.date | None = None,
) -> Report:
    """Gather the findings of a run and write them up.

    A run that cannot be ranked gives a report that says why.

    Args:
        project: the project.
        run_id: the run; the latest without one.
        edition: "full", "public" with roles only, "one-page", which is public and short, or
            "lessons" for other communities, with what is marked public and nothing else, by the
            weights that lead. A project out of a public report gives no full one.
        weighting: the id or name of the weighting to rank by; the first of ``compare``, else the
            default one, without it.
        compare: ids or names of the weightings to compare; all of them without any. Where it is
            ``weighting`` alone, nothing is compared.
        notes: whether the public edition shows free-text notes.
        order: "decision", or "grant" for need, design and implementation, capabilities and data
            plan; the one-page edition and the lessons have an order of their own.
        erratum: what was wrong in a report that was passed on, and what is right; printed first.
        date: the day of the report; today without one.

    Raises:
        UnknownItemError: no such run or weighting.
        FindingsError: a weighting that was asked for cannot be used.
        ValueError: no such edition or order; an erratum to the lessons.
    """
    if edition == "full":
        edition = project.edition
    material = gather(
        project,
        run_id,
        edition=edition,
        weighting=weighting,
        compare=compare,
        notes=notes,
        erratum=erratum,
        date=date or datetime.datetime.now().astimezone().date(),
    )
    return Report(
        title=_title(material),
        label="final" if material.is_decided else "draft",
        edition=edition,
        date=material.date,
        banner=ILLUSTRATIVE if project.info.illustrative else "",
        sections=sections(material, order),
        order=order,
        material=material,
    )


def _title(material: Material) -> str:
    """Return the title of a report; on one page there is not room for all of a long one."""
    title = material.project.info.title
    return cut(title, _MOST_TITLE) if material.edition == "one-page" else title


def file_name(report: Report, ending: str, table: str = "") -> str:
    """Return a name for a report's file, or for that of one of its tables, that any system takes.

    >>> from mcda.project.templates import example
    >>> report = build_report(example(), edition="public")
    >>> file_name(report, "html")
    'elm-county-fictional-which-program-first-draft-public.html'
    >>> file_name(report, "csv", "weights")
    'elm-county-fictional-which-program-first-draft-public-weights.csv'
    """
    label = "" if report.edition == "lessons" else report.label
    edition = "" if report.edition == "full" else report.edition
    order = "grant" if report.order == "grant" else ""
    parts = (make_id(report.title), label, edition, order, table)
    return f"{'-'.join(filter(None, parts))}.{ending}"


def read_any(data: bytes, name: str = "The file") -> Project:
    """Read a project from its file, or out of a report or archive that carries it.

    Raises:
        ProjectFileError: neither a project nor a report with one.

    >>> from mcda.project.templates import example
    >>> read_any(write_html(build_report(example()))) == example()
    True
    """
    if data.startswith(b"PK\x03\x04"):
        return project_in_zip(data, name)
    if data.startswith(b"%PDF"):
        return project_in_pdf(data, name)
    return project_in_html(data, name) if _is_page(data) else read_project(data, name)


def _is_page(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
