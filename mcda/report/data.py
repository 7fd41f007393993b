"""The report's data as plain tables, for spreadsheets: numbers at full precision, units in heads.

Each table has one row of headings; an empty cell is None. ``status`` repeats in every row of the
results what the report is, so that a copied row says it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from mcda.analysis import EvidenceCell, ProgramFirmness, ProgramResult, Ranking
from mcda.analysis.wording import UNKNOWN, or_list
from mcda.charts.bars import bar_groups, objective_names
from mcda.lifecycle import diagnosis_tables, plan_tables
from mcda.lifecycle.indicators import HIDDEN, IndicatorState, Point, shown_baseline
from mcda.project import Criterion, Exact, Indicator, Observation, Part, Range
from mcda.report.model import Report

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A heading with its unit; ``shown`` is how a spreadsheet shows a number, empty for text.

    ``charted`` columns are parts of a stacked bar, of which the last is what is not known.
    """

    title: str
    shown: str = ""
    charted: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of data under a name that is safe as a file's and a sheet's."""

    name: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


_OF_THE_RANKING = ("results", "contributions", "evidence")
# These speak of the weights that people gave.
_OF_PEOPLE = ("firmness", "places", "pairs", "flips", "steps", "scores", "weights")
_MOST_BARS = 9  # parts of a bar, beside what is not known
_POINTS, _CLOSENESS, _WHOLE, _PERCENT, _AS_IS = "0.0", "0.000", "0", "0.0%", "General"


def sheets(report: Report) -> tuple[Sheet, ...]:
    """Return all tables of a report that it has, in the order of ``TABLES``.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> [sheet.name for sheet in sheets(build_report(example()))][8:]
    ['Weights', 'Evidence', 'Factors', 'Milestones', 'Budget', 'About']
    >>> learned = build_report(example("elm_county_two_years_on"), edition="lessons")
    >>> [sheet.name for sheet in sheets(learned)]
    ['Indicators', 'Observations', 'Lessons', 'About']
    """
    return tuple(_SHEETS[name](report) for name in table_names(report))


def table_names(report: Report) -> tuple[str, ...]:
    """Return which of ``TABLES`` a report has; lists nobody has filled in are left out.

    >>> from mcda.project import Project
    >>> from mcda.report import build_report
    >>> table_names(build_report(Project.new("Which?")))
    ('results', 'contributions', 'firmness', 'places', 'pairs', 'flips', 'steps', 'scores', ...
    """
    project = report.material.project
    filled: dict[str, object] = {
        "factors": project.diagnosis.factors,
        "milestones": project.plan.milestones,
        "budget": project.plan.budget,
        "indicators": project.evaluation.indicators,
        "observations": project.evaluation.observations,
        "lessons": project.evaluation.lessons,
    }
    if report.edition == "lessons":
        ranked = "ranking" in project.evaluation.open_to_all
        filled |= dict.fromkeys(_OF_THE_RANKING, ranked) | dict.fromkeys(_OF_PEOPLE)
    return tuple(name for name in TABLES if filled.get(name, True))


def sheet(report: Report, table: str) -> Sheet:
    """Return one table of a report by its name, in capital letters or not.

    Raises:
        ValueError: no such table.

    >>> from mcda.project.templates import example
    >>> from mcda.report import build_report
    >>> sheet(build_report(example()), "weights").name
    'Weights'
    """
    name = table.casefold()
    if name not in TABLES:
        raise ValueError(f"There is no table {table!r}; choose {or_list(TABLES)}.")
    if report.edition == "lessons" and name not in table_names(report):
        raise ValueError(f"The edition for other communities has no table {table!r}.")
    return _SHEETS[name](report)


def _results(report: Report) -> Sheet:
    columns = (
        DataColumn("Program"),
        DataColumn("Place, weighted sum"),
        DataColumn("Place, best", _WHOLE),
        DataColumn("Place, worst", _WHOLE),
        DataColumn("Weighted sum, low end (points out of 100)", _POINTS),
        DataColumn("Weighted sum, high end (points out of 100)", _POINTS),
        DataColumn("Weighted sum, likely (points out of 100)", _POINTS),
        DataColumn("Place, TOPSIS"),
        DataColumn("TOPSIS, low end (closeness, 0 to 1)", _CLOSENESS),
        DataColumn("TOPSIS, high end (closeness, 0 to 1)", _CLOSENESS),
        DataColumn("Why it is not ranked"),
        DataColumn("Program id"),
        DataColumn("Status"),
    )
    results = report.material.results
    found = _result_rows(results.ranking, results.second) if results else _unranked(report)
    rows = tuple((*row, report.labels) for row in found)
    if report.edition == "lessons":  # ids are made of names
        rows = tuple((*row[:-2], None, row[-1]) for row in rows)
    return Sheet("Results", columns, rows)


def _result_rows(ranking: Ranking, second: Ranking) -> Iterable[tuple[Value, ...]]:
    for program in ranking.programs:
        other: ProgramResult = second.result(program.id)
        yield (
            program.name,
            program.rank_text,
            program.rank_best,
            program.rank_worst,
            program.score_low,
            program.score_high,
            program.score_likely,
            other.rank_text,
            other.score_low,
            other.score_high,
            program.excluded,
            program.id,
        )


def _unranked(report: Report) -> Iterable[tuple[Value, ...]]:
    evidence = report.material.evidence
    for program in evidence.programs:
        why = evidence.excluded.get(program.id) or str(report.material.trouble or "")
        yield (program.name, "not ranked", *[None] * 8, why, program.id)


def _contributions(report: Report) -> Sheet:
    results = report.material.results
    if results is None:
        return Sheet("Contributions", (DataColumn("Program"),), ())
    parts, ranking = results.parts, results.ranking
    names = _distinct(parts.criteria)
    bars = _bars(report, parts.criteria)
    columns = (
        DataColumn("Program"),
        *(DataColumn(f"{name}, low end (points)", _POINTS) for name in names),
        *(DataColumn(f"{name}, high end (points)", _POINTS) for name in names),
        DataColumn("Total, low end (points)", _POINTS),
        DataColumn("Total, high end (points)", _POINTS),
        *(DataColumn(f"{name}, in the chart (points)", _POINTS, charted=True) for name in bars),
        DataColumn("Not known exactly, in the chart (points)", _POINTS, charted=True),
    )
    rows = []
    for program, low, high in zip(parts.programs, parts.low, parts.high, strict=True):
        result = ranking.result(program.id)
        total = (result.score_low, result.score_high)
        lengths = [float(sum(low[at] for at in own)) for own in bars.values()]
        unknown = float(high.sum() - low.sum())
        rows.append((program.name, *low.tolist(), *high.tolist(), *total, *lengths, unknown))
    return Sheet("Contributions", columns, tuple(rows))


def _bars(report: Report, criteria: Sequence[Criterion]) -> dict[str, list[int]]:
    """Return the parts of a bar: which criteria each adds up, as on the screen, but no more."""
    results = report.material.results
    groups = bar_groups(results.parts, objective_names(report.material.run)) if results else {}
    found: dict[str, list[int]] = {}
    for at, criterion in enumerate(criteria):
        found.setdefault(groups[criterion.id], []).append(at)
    if len(found) > _MOST_BARS:
        kept = dict(list(found.items())[: _MOST_BARS - 1])
        rest = [at for own in list(found.values())[_MOST_BARS - 1 :] for at in own]
        found = {**kept, "All others": rest}
    return found


def _weights(report: Report) -> Sheet:
    material = report.material
    criteria = material.run.active_criteria
    used = material.weights
    columns = (
        DataColumn("Criterion"),
        *(DataColumn(f"{w.name} (share of the weight)", _PERCENT) for w in used),
        DataColumn("Unit"),
        DataColumn("Worst end", _AS_IS),
        DataColumn("Best end", _AS_IS),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (name, *(w.weights[c.id] for w in used), c.unit, c.scale.worst, c.scale.best)
        for c, name in zip(criteria, _distinct(criteria), strict=True)
    )
    return Sheet("Weights", columns, rows)


def _evidence(report: Report) -> Sheet:
    material = report.material
    notes = material.shows_notes
    titles = ("Program", "Criterion", "Unit", "State")
    numbers = ("Low", "Likely", "High")
    texts = ("Source", "As of", "Confidence", *(("Note",) if notes else ()))
    columns = (
        *map(DataColumn, titles),
        *(DataColumn(f"{n} (in the unit)", _AS_IS) for n in numbers),
        *map(DataColumn, texts),
    )
    rows = tuple(_evidence_row(cell, notes=notes) for cell in material.evidence.asked)
    return Sheet("Evidence", columns, rows)


def _evidence_row(cell: EvidenceCell, *, notes: bool) -> tuple[Value, ...]:
    score = cell.score
    state = {"known": "known", "range": "range", "unknown": UNKNOWN, "nothing": cell.text}
    head = (cell.program.name, cell.criterion.name, cell.criterion.unit, state[cell.state])
    if score is None:
        return (*head, *[None] * (6 + notes))
    match score.amount:
        case Exact(value=value):
            numbers: tuple[Value, ...] = (value, value, value)
        case Range(low=low, likely=likely, high=high):
            numbers = (low, likely, high)
        case _:
            numbers = (None, None, None)
    as_of = score.as_of.isoformat() if score.as_of else None
    note = (score.note,) if notes else ()
    return (*head, *numbers, score.source, as_of, score.confidence, *note)


def _about(report: Report) -> Sheet:
    """Return what the report is, and the section that says how it was made, row by row."""
    material = report.material
    weighting = material.results.ranking.weighting.name if material.results else None
    rows: list[tuple[Value, ...]] = [
        ("Decision", report.title),
        ("Status", report.labels),
        ("Date", report.date.isoformat()),
    ]
    if report.carries_project:
        rows += [
            ("Run", material.run.title),
            ("Ranked by the weights of", weighting),
            ("Input (SHA-256)", material.project.content_hash()),
        ]
    if material.states:
        rows.append(("Counts hidden for privacy", "They are left empty in every edition."))
    return Sheet("About", (DataColumn("What"), DataColumn("Value")), tuple(rows))


def _firmness(report: Report) -> Sheet:
    """Return how often each program is first, as shares of 1, and the places it takes."""
    columns = (
        DataColumn("Program"),
        DataColumn("First, worst case (share of the sets of weights)", _CLOSENESS),
        DataColumn("First, best case (share of the sets of weights)", _CLOSENESS),
        DataColumn(
            "First, scores anywhere in range (share of the sets of weights)",
            _CLOSENESS,
        ),
        DataColumn("Place, on average", _POINTS),
        DataColumn("Place, best of the middle 95 in 100", _WHOLE),
        DataColumn("Place, worst of the middle 95 in 100", _WHOLE),
        DataColumn("Confidence factor, with its central weights", _CLOSENESS),
        DataColumn("Counted over"),
        DataColumn("Sets of weights drawn", _WHOLE),
    )
    results = report.material.results
    found = results.firmness if results else None
    rows = tuple(
        (
            p.name,
            p.first.worst.value,
            p.first.best.value,
            p.first.anywhere.value,
            p.expected_rank,
            p.rank_low,
            p.rank_high,
            p.confidence,
            found.space.phrase,
            found.samples,
        )
        for p in (found.programs if found else ())
        if found
    )
    return Sheet("Firmness", columns, rows)


def _places(report: Report) -> Sheet:
    """Return the share of the sets of weights in which each program takes each place."""
    results = report.material.results
    programs = results.firmness.programs if results else ()
    places = (DataColumn(f"Place {n}", _CLOSENESS) for n in range(1, len(programs) + 1))
    rows: tuple[tuple[Value, ...], ...] = tuple((p.name, *p.rank_shares) for p in programs)
    return Sheet("Places", (DataColumn("Program"), *places), rows)


def _pairs(report: Report) -> Sheet:
    """Return the share of the sets of weights in which a program (row) is before another."""
    results = report.material.results
    programs = results.firmness.programs if results else ()
    names = (DataColumn(f"Before {name}", _CLOSENESS) for name in _distinct(programs))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (p.name, *(p.wins.get(o.id) for o in programs)) for p in programs
    )
    return Sheet("Pairs", (DataColumn("Program"), *names), rows)


def _steps(report: Report) -> Sheet:
    """Return each single step of a score that changes who is first."""
    texts = ("Program", "Criterion", "Now", "Changed to", "First then", "From the weights of")
    results = report.material.results
    flips = results.flips if results else None
    if flips is None:
        return Sheet("Steps", tuple(map(DataColumn, texts)), ())
    rows = tuple(
        (
            *(s.program_name, s.criterion_name, s.before, s.after),
            flips.named(s.firsts),
            flips.weighting.name,
        )
        for s in flips.steps
    )
    return Sheet("Steps", tuple(map(DataColumn, texts)), rows)


def _scores(report: Report) -> Sheet:
    """Return the nearest score of each program on each criterion that changes who is first."""
    columns = (
        *map(DataColumn, ("Program", "Criterion", "Now")),
        DataColumn("Nearest score that changes the first place (in the unit)", _AS_IS),
        *map(DataColumn, ("In words", "First then", "From the weights of")),
    )
    results = report.material.results
    flips = results.flips if results else None
    if flips is None:
        return Sheet("Scores", columns, ())
    rows = tuple(
        (
            *(s.program_name, s.criterion_name, s.now_text, s.stated, s.text),
            flips.named(s.firsts) or None,
            flips.weighting.name,
        )
        for s in flips.scores
    )
    return Sheet("Scores", columns, rows)


def _flips(report: Report) -> Sheet:
    """Return between which shares of each criterion the first place stays, and who is next."""
    columns = (
        DataColumn("Criterion"),
        DataColumn("Share of the weight now", _PERCENT),
        DataColumn("First stays first from", _PERCENT),
        DataColumn("First stays first to", _PERCENT),
        DataColumn("First with less"),
        DataColumn("First with more"),
        DataColumn("From the weights of"),
    )
    results = report.material.results
    flips = results.flips if results else None
    if flips is None:
        return Sheet("Flips", columns, ())
    rows = tuple(
        (
            flip.name,
            flip.now,
            flip.low,
            flip.high,
            flips.named(flip.before),
            flips.named(flip.after),
            flips.weighting.name,
        )
        for flip in flips.weights
    )
    return Sheet("Flips", columns, rows)


def _list(report: Report, field: str) -> Sheet:
    """Return a list of the diagnosis or the plan; one that is empty has no columns of its own."""
    project = report.material.project
    lists = {t.id: t for t in (*diagnosis_tables(project), *plan_tables(project))}
    if field not in lists:
        return Sheet(field.capitalize(), (DataColumn("Name"),), ())
    found = lists[field]
    money = f" ({project.info.currency})" if project.info.currency else ""
    # The note is the last column.
    kept = len(found.headings) - (not report.material.shows_notes)
    columns = tuple(
        DataColumn(f"{heading}{money}", _AS_IS) if numeric else DataColumn(heading)
        for heading, numeric in zip(found.headings[:kept], found.numeric, strict=False)
    )
    rows = tuple(tuple(map(_plain, row[:kept])) for row in found.cells)
    return Sheet(field.capitalize(), columns, rows)


def _plain(cell: str | float | date) -> Value:
    """Return a cell of a list as data: a day as YYYY-MM-DD, nothing where it is empty."""
    if isinstance(cell, date):
        return cell.isoformat()
    return None if cell == "" else cell


def _indicators(report: Report) -> Sheet:
    """Return each indicator, with its last observation as it may be shown."""
    material = report.material
    texts = ("Indicator", "Kind", "Measure", "Unit", "Better", "Every")
    numbers = ("Baseline (in the unit)", "Target (in the unit)", "Last observed (in the unit)")
    rest = ("Baseline on", "Target by", "Last period", "Hidden", "How it stands", "What it means")
    columns = (
        *map(DataColumn, texts),
        *(DataColumn(title, _AS_IS) for title in numbers),
        *map(DataColumn, (*rest, "Source", *(("Shared with",) * (material.edition == "full")))),
    )
    rows = tuple(_indicator_row(report, state) for state in material.states)
    return Sheet("Indicators", columns, rows)


def _indicator_row(report: Report, state: IndicatorState) -> tuple[Value, ...]:
    own, last = state.indicator, state.last
    unit = "%" if own.measure == "share" else own.unit
    dates = [day.isoformat() if day else None for day in (own.baseline_on, own.target_on)]
    hidden = HIDDEN if last and last.hidden else None
    return (
        *(own.name, own.kind, own.measure, unit, own.better, own.every),
        *(shown_baseline(own), own.target, last.shown_value if last else None),
        *dates,
        last.period if last else None,
        hidden,
        state.standing,
        own.definition,
        own.source,
        *((own.share,) if report.edition == "full" else ()),
    )


def _observations(report: Report) -> Sheet:
    """Return what was observed as it may be shown, in every edition: a row a period and group."""
    notes = report.material.shows_notes
    texts = ("Indicator", "Group", "From", "To", "Unit")
    numbers = ("Observed (in the unit)", "Counted", "Of", "Expected by then (in the unit)")
    columns = (
        *map(DataColumn, texts),
        *(DataColumn(title, _AS_IS) for title in numbers),
        *map(DataColumn, ("Hidden", "How it stands", *(("Note",) * notes))),
    )
    rows = tuple(
        row
        for state in report.material.states
        for point in state.points
        for row in _observed(state.indicator, point, notes=notes)
    )
    return Sheet("Observations", columns, rows)


def _observed(indicator: Indicator, point: Point, *, notes: bool) -> Iterable[tuple[Value, ...]]:
    true, shown = point.observation, point.shown
    unit = "%" if indicator.measure == "share" else indicator.unit
    dates = (shown.starts_on.isoformat(), shown.ends_on.isoformat())
    standing = {True: "on target", False: "off target", None: "not judged"}[point.shown_on_target]
    yield (
        *(indicator.name, "all", *dates, unit, point.shown_value, shown.count, shown.of),
        point.expected,
        HIDDEN if point.hidden else _hides(true, shown),
        standing,
        *((shown.note,) * notes),
    )
    for whole, part in zip(true.parts, shown.parts, strict=True):
        value: Value = part.count
        lost = part.count is None
        if indicator.measure == "share":
            value = None if part.count is None or not part.of else 100 * part.count / part.of
            lost = lost or part.of is None
        hidden = HIDDEN if point.copied and lost else _hides(whole, part)
        yield (
            *(indicator.name, part.group, *dates, unit, value, part.count, part.of),
            *(None, hidden, None, *((None,) * notes)),
        )


def _hides(true: Observation | Part, shown: Observation | Part) -> str | None:
    """Return the words for a hidden number, where one of the two is not as it was counted."""
    names = ("count", "of", "value")
    same = all(getattr(true, n, None) == getattr(shown, n, None) for n in names)
    return None if same else HIDDEN


def _lessons(report: Report) -> Sheet:
    material = report.material
    full, notes = material.edition == "full", material.shows_notes
    titles = ("Lesson", "What happened", "What was learned", "Phase", "Criterion", "On")
    more = (*(("Shared with",) * full), *(("Note",) * notes))
    criteria = {c.id: c.name for run in material.project.runs for c in run.evidence.criteria}
    rows = tuple(
        (
            *(lesson.name, lesson.happened, lesson.learned, lesson.phase),
            criteria.get(lesson.criterion or ""),
            lesson.learned_on.isoformat() if lesson.learned_on else None,
            *((lesson.share,) * full),
            *((lesson.note,) * notes),
        )
        for lesson in material.project.evaluation.lessons
    )
    return Sheet("Lessons", tuple(map(DataColumn, (*titles, *more))), rows)


_SHEETS: dict[str, Callable[[Report], Sheet]] = {
    "results": _results,
    "contributions": _contributions,
    "firmness": _firmness,
    "places": _places,
    "pairs": _pairs,
    "flips": _flips,
    "steps": _steps,
    "scores": _scores,
    "weights": _weights,
    "evidence": _evidence,
    "factors": partial(_list, field="factors"),
    "milestones": partial(_list, field="milestones"),
    "budget": partial(_list, field="budget"),
    "indicators": _indicators,
    "observations": _observations,
    "lessons": _lessons,
    "about": _about,
}
TABLES = tuple(_SHEETS)
"""The names of all tables, in their order."""


def _distinct(named: Iterable[Criterion | ProgramFirmness]) -> list[str]:
    """Return the names of criteria or programs, with the id where two have the same."""
    own = list(named)
    names = [c.name for c in own]
    return [f"{c.name} ({c.id})" if names.count(c.name) > 1 else c.name for c in own]
