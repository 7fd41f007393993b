"""Export: reports to pass on, and the project file to come back with."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from mcda.analysis import usable_weightings
from mcda.app import widgets
from mcda.app.lexicon import HELP
from mcda.app.rerunning import rerun_button
from mcda.app.state import project, run
from mcda.app.steps import link_to
from mcda.project import Project, Run, to_json
from mcda.project.text import MAX_TEXT, make_id

if TYPE_CHECKING:
    from mcda.report import Edition, Order, Report

_EDITIONS: dict[Edition, str] = {
    "full": "Full: everything that was recorded",
    "public": "Public: roles only, no personal scores, no notes",
    "one-page": "One page, for a council: the answer, how firm it is, why, what to know",
    "lessons": "For other communities: only what is marked public on Evaluate",
}
_ORDERS: dict[Order, str] = {
    "decision": "As the decision was made",
    "grant": "As a grant application asks: need, design, capabilities, data plan",
}
_LESSONS = (
    "It holds the lessons, indicators and next steps that are marked public, and the parts opened "
    "on Evaluate; nothing else, and no project to open again."
)
_NOTHING_PUBLIC = (
    "There is nothing to pass on to other communities yet: mark lessons, indicators or next steps "
    "as public on Evaluate."
)
_TOO_SMALL = "Its data hold counts too small to pass on: keep such a file within the group."
_TABLES = {
    "results": "Results: places and points",
    "contributions": "Contributions: where the points come from",
    "firmness": "Firmness: how often each program is first",
    "places": "Places: how often each program takes each place",
    "pairs": "Pairs: how often one program is before another",
    "flips": "Flips: which weights would change the first place",
    "steps": "Steps: which single steps of a score change the first place",
    "scores": "Scores: how far each score would have to move",
    "weights": "Weights: how much each criterion counts",
    "evidence": "Evidence: every score with its source",
    "factors": "Factors: what drives the problem here",
    "milestones": "Milestones: what is to be reached by when",
    "budget": "Budget: money planned and spent",
    "indicators": "Indicators: baseline, target and where each stands",
    "observations": "Observations: what was counted, without small counts",
    "lessons": "Lessons: what was learned",
}


def page() -> None:
    """Offer the report in each form, and the project file."""
    from mcda.report import holds_small_counts, roles_notice

    st.title("What do you want to pass on?", anchor=False)
    if run().status == "draft":
        widgets.say("Nothing has been decided yet, so every report is marked as a draft.")
    edition = _ask_edition(project())
    notes = edition == "public" and st.checkbox(
        "Show free-text notes in the public edition too", key="export-notes"
    )
    if edition == "lessons":
        widgets.say(_LESSONS)
    elif edition == "full" and holds_small_counts(project()):
        widgets.say(f"The page (HTML), the PDF and the ZIP carry the project. {_TOO_SMALL}")
    elif edition in ("public", "one-page") and (notice := roles_notice(project())):
        widgets.say(notice)
    chosen = [] if edition == "lessons" else _ask_weightings(run())
    order = _ask_order() if edition in ("full", "public") else "decision"
    erratum = None if edition == "lessons" else _ask_erratum()
    if chosen is not None:
        made = _made(project(), edition, notes, tuple(chosen), _today(), order, erratum)
        _offer_reports(made)
    _offer_project()
    st.header("Come back with other weights", anchor=False)
    widgets.say(
        "Drop the project file, the HTML report or the PDF on Home, here or on another computer: "
        "the decision opens again as the report has it."
    )
    rerun_button("export-rerun")


def _ask_edition(decision: Project) -> Edition:
    """Ask which edition; the one for other communities is offered once it would hold anything."""
    from mcda.report import anything_public

    offered = [e for e in _EDITIONS if e != "lessons" or anything_public(decision)]
    if decision.edition == "public":
        widgets.say(
            "This is a public copy: who said what was taken out before it came here. No report "
            "made from it is the full edition."
        )
        offered.remove("full")
    if "lessons" not in offered:
        widgets.say(_NOTHING_PUBLIC)
        link_to("evaluate")
    if len(offered) == 1:
        return offered[0]
    if st.session_state.get("edition") not in offered:
        st.session_state.pop("edition", None)  # it was chosen while more was offered
    return st.radio(
        "Edition",
        offered,
        format_func=_EDITIONS.__getitem__,
        key="edition",
        help=HELP["edition"],
        persist_state="session",
    )


def _ask_weightings(of: Run) -> list[str] | None:
    """Ask which weightings to report; the first leads. None where no report can be made."""
    usable = {str(w.id): w.name for w in usable_weightings(of)[0]}
    if not of.weightings:
        return []
    if not usable:
        widgets.say("No weighting is complete yet, so there is no ranking to report.")
        link_to("weights")
        return None
    chosen = st.multiselect(
        "Weightings to rank by; the first one named leads the report",
        list(usable),
        default=list(usable),
        format_func=usable.__getitem__,
        help="Two or more are compared. The answers that people gave stand in every report.",
        key="export-weightings",
    )
    if not chosen:
        widgets.say("Choose at least one weighting.")
        return None
    return chosen


def _ask_order() -> Order:
    return st.selectbox(
        "Order of the parts",
        list(_ORDERS),
        format_func=_ORDERS.__getitem__,
        key="export-order",
        help=HELP["order of the parts"],
        persist_state="session",
    )


def _ask_erratum() -> tuple[datetime.date, str] | None:
    """Ask what to correct in a report that has been passed on: its day, and what is right."""
    with st.expander("Correct a report that you passed on"):
        widgets.say("The correction is printed first, in each form of the report.")
        of = st.date_input(
            "Day of that report",
            value=None,
            max_value=_today(),
            format="YYYY-MM-DD",
            key="export-erratum-of",
        )
        text = st.text_area(
            "What was wrong in it, and what is right",
            max_chars=MAX_TEXT,
            key="export-erratum",
        ).strip()
        if (of is None) != (not text):
            missing = "Choose the day of that report." if of is None else "Write what was wrong."
            widgets.say(f"{missing} Until then nothing is corrected.")
    return (of, text) if isinstance(of, datetime.date) and text else None


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


@st.cache_resource(
    show_spinner="Ranking the programs and comparing the weightings…",
    max_entries=4,
    hash_funcs={Project: Project.content_hash},
)
def _made(  # noqa: PLR0913, PLR0917 - the choices of one report, by which it is kept
    decision: Project,
    edition: Edition,
    notes: bool,
    weightings: tuple[str, ...],
    date: datetime.date,
    order: Order = "decision",
    erratum: tuple[datetime.date, str] | None = None,
) -> Report:
    """Return the report; the page says what it does where that takes its time."""
    from mcda.report import Erratum, build_report

    return build_report(
        decision,
        edition=edition,
        weighting=weightings[0] if weightings else None,
        compare=weightings,
        notes=notes,
        order=order,
        erratum=Erratum(of=erratum[0], text=erratum[1]) if erratum else None,
        date=date,
    )


def _offer_reports(made: Report) -> None:
    """Offer the report in each form; a file is written at the click, off the page's own run."""
    from mcda import report

    st.header("The report", anchor=False)
    widgets.say(
        "One click makes the file, with the same numbers as the Ranking page. Where that takes a "
        "while, the button turns until it is done."
    )
    forms = (
        ("Page to read and print (HTML)", "html", report.write_html),
        ("Document for the record (PDF)", "pdf", report.write_pdf),
        ("Document to edit (DOCX)", "docx", report.write_docx),
        ("Workbook (XLSX)", "xlsx", report.write_xlsx),
        ("All forms, with the project (ZIP)", "zip", report.write_zip),
    )
    with st.container(horizontal=True, key="report-buttons"):
        for label, ending, write in forms:
            name = report.file_name(made, ending)
            widgets.download(label, partial(write, made), name, primary=ending == "html")
    with st.container(horizontal=True, vertical_alignment="bottom", key="report-table"):
        table = st.selectbox(
            "One table alone",
            [table for table in _TABLES if table in report.table_names(made)],
            format_func=_TABLES.__getitem__,
            key="export-table",
        )
        name = report.file_name(made, "csv", table)
        widgets.download("Table (CSV)", partial(report.write_csv, made, table), name)


def _offer_project() -> None:
    from mcda.report import holds_small_counts

    current = project()
    st.header("The project file", anchor=False)
    widgets.say("Everything, to keep, to send to a colleague, or to go on with later.")
    if holds_small_counts(current):
        widgets.say("This file holds counts too small to pass on: keep it within the group.")
    widgets.download(
        "Download the project file (JSON)",
        lambda: to_json(current).encode(),
        f"{make_id(current.info.title)}.json",
    )


if __name__ == "__main__":
    page()
