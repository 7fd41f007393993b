"""What was measured and what was observed, as far as it may be shown, and what comes next."""

from __future__ import annotations

from mcda.charts import Column, DataTable
from mcda.charts.indicators import indicator_table
from mcda.charts.static import indicator_chart
from mcda.lifecycle.evaluating import evaluation_headline, linked_text
from mcda.lifecycle.indicators import (
    HIDDEN,
    IndicatorState,
    shown_baseline,
    shown_text,
    value_text,
)
from mcda.project import Evaluation, Indicator, Study
from mcda.report.material import Material
from mcda.report.model import (
    Block,
    Callout,
    Facts,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Section,
    Table,
    tables,
)
from mcda.report.observed import holds_small_counts
from mcda.report.sections.common import NOT_SAID, days, short_day

_SMALL = (
    "Counts of people from 1 to 9, or more where an indicator says so, are hidden for privacy, and "
    "so is each number that would let them be worked out, small or not."
)
_TELLING = (
    "Files of this edition that carry the project, such as the page, the PDF and the archive, "
    "hold counts too small to pass on: not in what you read, but in their data. Pass on the public "
    "edition instead."
)
_MORE = "More cases found can mean that people look better: a rise is not bad by itself."
_MOST_COLUMNS = 10  # of a table of observations: its cells are short
_PARTNERS = {"academic": "an academic partner", "federal": "a federal partner"}


def evaluation(material: Material) -> Section | None:
    """Return how the indicators stand, each against its target, the plan, lessons, next steps."""
    found = material.project.evaluation
    if found == Evaluation():
        return None
    blocks: list[Block] = [*_standing(material), *_indicators(material)]
    blocks += [*_study(found.study), *lessons_told(material), *next_steps(material)]
    return (
        Section("evaluation", "How it goes, and what we learned", tuple(blocks)) if blocks else None
    )


def observed(material: Material) -> Section | None:
    """Return how the indicators stand, each against its target, and nothing else."""
    blocks = (*_standing(material), *_indicators(material))
    return Section("evaluation", "What was observed", blocks) if blocks else None


def _standing(material: Material) -> list[Block]:
    states = material.states
    if not states:
        return []
    blocks: list[Block] = [
        Paragraph(evaluation_headline(states)),
        Table(overview_table("Indicators", states)),
    ]
    notes = [_SMALL] if any(s.indicator.people for s in states) else []
    if any(s.indicator.better == "neither" for s in states):
        notes.append(_MORE)
    if notes:
        blocks.append(Paragraph(" ".join(notes), "note"))
    if material.edition == "full" and holds_small_counts(material.project):
        blocks.append(Callout("Before you pass this on", _TELLING))
    return blocks


def overview_table(caption: str, states: tuple[IndicatorState, ...]) -> DataTable:
    """Return how each indicator stands against its start and its target, as it may be shown."""
    titles = ("Indicator", "Kind", "At the start", "Target", "Last observed", "How it stands")
    rows = tuple(
        (
            s.indicator.name,
            s.indicator.kind,
            baseline_text(s.indicator),
            _target(s.indicator),
            _last(s),
            s.standing,
        )
        for s in states
    )
    return DataTable(caption, tuple(map(Column, titles)), rows)


def baseline_text(indicator: Indicator) -> str:
    """Write the baseline as it may be shown, with its day."""
    if indicator.baseline is None:
        return NOT_SAID
    shown = shown_baseline(indicator)
    told = HIDDEN if shown is None else value_text(indicator, shown)
    return f"{told} ({short_day(indicator.baseline_on)})" if indicator.baseline_on else told


def _target(indicator: Indicator) -> str:
    if indicator.target is None:
        return "none: never judged" if indicator.better == "neither" else NOT_SAID
    by = f" by {short_day(indicator.target_on)}" if indicator.target_on else ""
    return f"{value_text(indicator, indicator.target)}{by}"


def _last(state: IndicatorState) -> str:
    last = state.last
    if last is None:
        return "nothing comparable yet" if state.points else "nothing yet"
    return f"{shown_text(state.indicator, last)} ({last.period})"


def _indicators(material: Material) -> list[Block]:
    """Return each indicator with what it means, how it stands, its chart and its table."""
    blocks: list[Block] = []
    for number, state in enumerate(material.states, 1):
        indicator = state.indicator
        blocks.append(Heading(indicator.name))
        said = (indicator.definition, linked_text(material.project, indicator), _source(indicator))
        meaning = " ".join(part for part in said if part)
        if meaning:
            blocks.append(Paragraph(meaning, "note"))
        if not state.points:
            continue
        blocks.append(Paragraph(state.sentence))
        chart = indicator_chart(state)
        if chart is not None and len(state.running) > 1:
            blocks.append(Figure(f"indicator-{number}", chart))
        blocks += tables(indicator_table(state), _MOST_COLUMNS)
    return blocks


def _source(indicator: Indicator) -> str:
    return f"Source: {indicator.source}" if indicator.source.strip() else ""


def _study(study: Study) -> list[Block]:
    if study == Study():
        return []
    kind = _PARTNERS.get(study.partner_type, "")
    partner = ", ".join(part for part in (study.partner, kind) if part)
    dates = days((study.starts_on, study.ends_on))
    pairs = (
        ("With whom", partner or "nobody yet"),
        ("Design", study.design.strip() or NOT_SAID),
        ("Questions", study.questions.strip() or NOT_SAID),
        ("Review board", study.review_board),
        ("Privacy certificate", study.privacy_certificate),
        ("From when to when", dates),
    )
    return [Heading("The evaluation plan"), Facts(pairs)]


def lessons_told(material: Material) -> list[Block]:
    """Return the lessons, each with what happened, what was learned, and where it belongs."""
    lessons = material.project.evaluation.lessons
    if not lessons:
        return []
    criteria = {c.id: c.name for run in material.project.runs for c in run.evidence.criteria}
    items = []
    for lesson in lessons:
        about = [f"Learned under {lesson.phase.capitalize()}"]
        if lesson.criterion:
            about.append(f"about “{criteria.get(lesson.criterion, lesson.criterion)}”")
        if lesson.learned_on:
            about.append(f"on {short_day(lesson.learned_on)}")
        if material.edition == "full":
            about.append(f"for {_FOR[lesson.share]}")
        note = lesson.note if material.shows_notes else ""
        said = (lesson.happened, lesson.learned, note, f"({', '.join(about)}.)")
        items.append((lesson.name, " ".join(part.strip() for part in said if part.strip())))
    return [Heading("Lessons"), Listing(tuple(items))]


_FOR = {"public": "the public", "partners": "partners", "internal": "the group only"}


def next_steps(material: Material) -> list[Block]:
    """Return what was decided on seeing the results."""
    items = []
    for step in material.project.evaluation.next_steps:
        who = ", ".join(
            part
            for part in (step.by, short_day(step.decided_on) if step.decided_on else "")
            if part
        )
        said = (f"{step.choice}.".capitalize(), step.note.strip(), f"({who})" if who else "")
        items.append((step.name, " ".join(part for part in said if part)))
    return [Heading("What next"), Listing(tuple(items))] if items else []
