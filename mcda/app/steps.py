"""The phases and their pages in order, what each asks, and how far each is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from mcda.project import Run, Unknown


@dataclass(frozen=True, slots=True)
class Step:
    """A page: its file, its short name, and what is done of it."""

    id: str
    title: str
    progress: Callable[[Run], str]

    @property
    def path(self) -> str:
        """The page's file, as Streamlit names it from the main script."""
        return f"views/{self.id}.py"


def _programs(run: Run) -> str:
    return _count(sum(p.role == "candidate" for p in run.candidates))


def _criteria(run: Run) -> str:
    return _count(len(run.active_criteria))


def _scores(run: Run) -> str:
    """Say how many scores are known; one recorded as not known is not."""
    cells = {(p.id, c.id) for p in run.candidates for c in run.active_criteria}
    known = {s.place for s in run.evidence.scores if not isinstance(s.amount, Unknown)}
    return f"{len(cells & known)} of {len(cells)}" if cells else ""


def _weights(run: Run) -> str:
    return _count(len(run.weightings))


def _scenarios(run: Run) -> str:
    return _count(len(run.scenarios))


def _nothing(run: Run) -> str:
    return ""


def _count(number: int) -> str:
    return str(number) if number else ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the way, with its pages in order; one with a single page has its name."""

    title: str
    steps: tuple[Step, ...]


HOME = Step("home", "Home", _nothing)
PHASES = (
    Phase("Overview", (Step("overview", "Overview", _nothing),)),
    Phase("Diagnose", (Step("diagnose", "Diagnose", _nothing),)),
    Phase(
        "Select",
        (
            Step("programs", "Programs", _programs),
            Step("criteria", "Criteria", _criteria),
            Step("scores", "Scores", _scores),
            Step("weights", "Weights", _weights),
            Step("ranking", "Ranking", _nothing),
            Step("compare", "Compare", _nothing),
            Step("firm", "How firm?", _nothing),
            Step("what_if", "What if?", _scenarios),
        ),
    ),
    Phase("Decide", (Step("decide", "Decide", _nothing),)),
    Phase("Implement", (Step("implement", "Implement", _nothing),)),
    Phase(
        "Evaluate",
        (
            Step("evaluate", "Evaluate", _nothing),
            Step("again", "Select again", _nothing),
        ),
    ),
    Phase("Export", (Step("export", "Export", _nothing),)),
)
STEPS = tuple(step for phase in PHASES for step in phase.steps)


def go(step_id: str) -> None:
    """Go to a page; nothing after this call runs."""
    st.switch_page(_step(step_id).path)


def link_to(step_id: str, label: str = "") -> None:
    """Show a link to a page; "Go to" and its title where it has no words of its own."""
    step = _step(step_id)
    st.page_link(step.path, label=label or f"Go to {step.title}")


def _step(step_id: str) -> Step:
    return next(s for s in (HOME, *STEPS) if s.id == step_id)
