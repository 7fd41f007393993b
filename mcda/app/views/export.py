"""Export: reports to pass on, and the project file to come back with."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from mcda.analysis import default_weighting, used_weights
from mcda.app import widgets
from mcda.app.lexicon import HELP
from mcda.app.rerunning import rerun_button
from mcda.app.state import project, run
from mcda.project import FindingsError, Project, Run, to_json
from mcda.project.text import make_id

_EDITIONS = {
    "full": "Full: everything that was recorded",
    "public": "Public: roles only, no personal scores, no notes",
}


def page() -> None:
    """Offer the report in each form, and the project file."""
    st.title("What do you want to pass on?", anchor=False)
    if run().status == "draft":
        widgets.say("Nothing has been decided yet, so every report is marked as a draft.")
    edition = st.radio(
        "Edition",
        list(_EDITIONS),
        format_func=_EDITIONS.__getitem__,
        key="edition",
        help=HELP["edition"],
        persist_state="session",
    )
    notes = edition == "public" and st.checkbox(
        "Show free-text notes in the public edition too", key="export-notes"
    )
    chosen = _ask_weightings(run())
    if chosen is not None:
        _offer_reports(project(), edition, notes, chosen)
    _offer_project()
    st.header("Come back with other weights", anchor=False)
    widgets.say(
        "Drop the project file or the HTML report on Home, here or on another computer: the "
        "decision opens again as the report has it."
    )
    rerun_button("export-rerun")


def _ask_weightings(of: Run) -> list[str] | None:
    """Ask which weightings to report; the first leads. None where no report can be made."""
    usable = _usable(of)
    if not of.weightings:
        return []
    if not usable:
        widgets.say("No weighting is complete yet, so there is no ranking to report.")
        st.page_link("views/weights.py", label="Go to Weights")
        return None
    chosen = st.multiselect(
        "Weightings to compare; the first one named leads the report",
        list(usable),
        default=list(usable),
        format_func=usable.__getitem__,
        key="export-weightings",
    )
    if not chosen:
        widgets.say("Choose at least one weighting.")
        return None
    return chosen


def _usable(of: Run) -> dict[str, str]:
    """Return the names of the weightings that weights can be derived from, the default first."""
    found = {}
    for weighting in of.weightings:
        try:
            used_weights(of, weighting.id)
        except FindingsError:
            continue
        found[weighting.id] = weighting.name
    default = default_weighting(of).id
    return {w: found[w] for w in sorted(found, key=lambda w: w != default)}


def _offer_reports(decision: Project, edition: str, notes: bool, weightings: list[str]) -> None:
    st.header("The report", anchor=False)
    widgets.say("Each is made when you click, and holds the same numbers as the Ranking page.")
    forms = (
        ("Page to read and print (HTML)", "html", "text/html"),
        (
            "Workbook (XLSX)",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("Results (CSV)", "csv", "text/csv"),
        ("All of these, with the project (ZIP)", "zip", "application/zip"),
    )
    label = "final" if decision.run().status == "decided" else "draft"
    stem = f"{make_id(decision.info.title)}-{label}{'-public' if edition == 'public' else ''}"
    with st.container(horizontal=True, key="report-buttons"):
        for label, ending, mime in forms:
            st.download_button(
                label,
                data=_made_later(decision, edition, notes, weightings, ending),
                file_name=f"{stem}.{ending}",
                mime=mime,
                on_click="ignore",
                type="primary" if ending == "html" else "secondary",
                key=f"report-{ending}",
            )


def _made_later(
    decision: Project, edition: str, notes: bool, weightings: list[str], ending: str
) -> Callable[[], bytes]:
    """Return what makes the report at the click; it must not touch the page."""

    def make() -> bytes:
        from mcda import report

        made = report.build_report(
            decision,
            edition="public" if edition == "public" else "full",
            weighting=weightings[0] if weightings else None,
            compare=weightings,
            notes=notes,
        )
        writers = {
            "html": report.write_html,
            "xlsx": report.write_xlsx,
            "csv": report.write_csv,
            "zip": report.write_zip,
        }
        return writers[ending](made)

    return make


def _offer_project() -> None:
    current = project()
    st.header("The project file", anchor=False)
    widgets.say("Everything, to keep, to send to a colleague, or to go on with later.")
    st.download_button(
        "Download the project file (JSON)",
        data=lambda: to_json(current).encode(),
        file_name=f"{make_id(current.info.title)}.json",
        mime="application/json",
        on_click="ignore",
        key="export-project",
    )


if __name__ == "__main__":
    page()
