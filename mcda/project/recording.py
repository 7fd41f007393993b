"""Recording what is known: text becomes a score on its criterion's scale, or says why not."""

from __future__ import annotations

from collections.abc import Iterable

from mcda.project.criteria import Criterion, LevelScale, NumberScale
from mcda.project.document import Project
from mcda.project.errors import ProjectError
from mcda.project.evidence import (
    Amount,
    Exact,
    MustHave,
    Program,
    Unknown,
    Verdict,
    numbers_in,
)
from mcda.project.run import Run
from mcda.project.tables.grid import exact_text
from mcda.project.tables.numbers import mend_for, read_amount, read_cell
from mcda.project.text import match_key, number_text, quoted

# What a unit says in words where a cell shows its sign.
_SIGN_WORDS = {
    "%": ("%", "percent", "per cent"),
    "$": ("$", "dollar", "usd"),
    "€": ("€", "euro", "eur"),
    "£": ("£", "pound", "gbp"),
}


class RefusedScoreError(ProjectError):
    """Text that cannot stand as a score of a criterion.

    ``outside`` holds the numbers the criterion's range would have to be widened to take;
    it is empty where widening would not help.
    """

    def __init__(
        self, criterion: Criterion, problem: str, mend: str, outside: tuple[float, ...] = ()
    ) -> None:
        self.outside = outside
        super().__init__(f"{criterion.name}: {problem}. {mend}")


class IncompleteScoreError(RefusedScoreError):
    """A score that has only been begun."""


def read_score(criterion: Criterion, text: str) -> Amount | None:
    """Read a score as people type it: a number, ``10..20``, ``10..15..20``, or ``unknown``.

    Nothing but spaces is None: nothing is recorded. Raises ``RefusedScoreError`` for text that
    is no score, and for a score the criterion's scale does not take.

    >>> scale = NumberScale(unit="US dollars", worst=600_000, best=0)
    >>> cost = Criterion(id="cost", name="Cost", scale=scale)
    >>> read_score(cost, "$400,000..450,000").high
    450000.0
    >>> read_score(cost, "1,200,000")
    Traceback (most recent call last):
    ...
    mcda.project.recording.RefusedScoreError: Cost: 1,200,000 is outside the range 0 to 600,000. ...
    """
    reading = read_cell(text)
    if reading.kind == "blank":
        return None
    if reading.kind == "unknown":
        return Unknown()
    if reading.kind == "text":
        raise RefusedScoreError(
            criterion, f"{quoted(reading.shown)} is not a number", mend_for(reading)
        )
    if reading.kind == "fault":
        raise RefusedScoreError(
            criterion, f"{quoted(reading.shown)} {reading.problem}", reading.mend
        )
    _check_unit(criterion, reading.unit, reading.shown)
    amount = read_amount(reading, "point")
    if isinstance(amount, str):
        raise RefusedScoreError(criterion, f"{quoted(reading.shown)} {amount}", "Correct it.")
    return on_scale(criterion, amount)


def read_range(criterion: Criterion, low: str, likely: str, high: str) -> Amount:
    """Read a range typed as two or three numbers; ``likely`` may be empty.

    Raises ``RefusedScoreError`` where a number is missing, or is none, or they do not follow
    each other.
    """
    texts = [("lowest", low), ("likely", likely), ("highest", high)]
    missing = [name for name, text in texts if not text.strip() and name != "likely"]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        problem = f"the {' and the '.join(missing)} number {verb} missing"
        raise IncompleteScoreError(criterion, problem, "Fill it in, or choose “not known yet”.")
    numbers = [_one_number(criterion, name, text) for name, text in texts if text.strip()]
    if numbers != sorted(numbers):
        shown = ", ".join(number_text(n) for n in numbers)
        problem = f"the numbers {shown} do not rise from the lowest to the highest"
        raise RefusedScoreError(criterion, problem, "Correct them.")
    written = "..".join(exact_text(n) for n in numbers)
    amount = read_score(criterion, written)
    return Unknown() if amount is None else amount


def _one_number(criterion: Criterion, name: str, text: str) -> float:
    amount = read_score(criterion, text)
    if not isinstance(amount, Exact):
        problem = f"the {name} end, {quoted(text)}, is not one number"
        raise RefusedScoreError(criterion, problem, "Write one number.")
    return amount.value


def write_score(amount: Amount | None) -> str:
    """Write a score as ``read_score`` reads it back.

    >>> write_score(Exact(value=12.5)), write_score(Unknown()), write_score(None)
    ('12.5', 'unknown', '')
    """
    if amount is None:
        return ""
    return "..".join(exact_text(n) for n in numbers_in(amount)) or "unknown"


def on_scale(criterion: Criterion, amount: Amount) -> Amount:
    """Return the amount where the criterion's scale takes it.

    Raises ``RefusedScoreError`` otherwise; its ``outside`` says what a wider range has to take.
    """
    outside = {n: p for n in numbers_in(amount) if (p := criterion.scale.problem_with(n))}
    if not outside:
        return amount
    problem = "; ".join(f"{number_text(n)} {text}" for n, text in outside.items())
    if isinstance(criterion.scale, LevelScale):
        raise RefusedScoreError(criterion, problem, "Choose one of the levels.")
    mend = "Correct it, or widen the range."
    raise RefusedScoreError(criterion, problem, mend, tuple(outside))


def _check_unit(criterion: Criterion, sign: str, shown: str) -> None:
    unit = criterion.unit.casefold()
    if not sign or not unit or any(word in unit for word in _SIGN_WORDS[sign]):
        return
    problem = f"{quoted(shown)} shows {sign}, but this is counted in {quoted(criterion.unit)}"
    raise RefusedScoreError(criterion, problem, "Write the number in that unit.")


def widened(scale: NumberScale, numbers: Iterable[float]) -> NumberScale:
    """Return the scale with a range that takes these numbers; it has to be confirmed again.

    >>> widened(NumberScale(worst=600.0, best=0.0, confirmed=True), [1200.0]).worst
    1200.0
    """
    low, high = min(*scale.ends, *numbers), max(*scale.ends, *numbers)
    worst, best = (low, high) if scale.direction == 1 else (high, low)
    if (worst, best) == (scale.worst, scale.best):
        return scale
    changed = {"worst": worst, "best": best, "confirmed": False}
    return NumberScale.model_validate(scale.model_dump() | changed)


def with_wider_range(
    project: Project, criterion_id: str, numbers: Iterable[float], run_id: str | None = None
) -> Project:
    """Widen a criterion's range so that it takes these numbers.

    Weightings keep the range they were asked for and so turn stale. Raises ``ProjectError`` for
    a scale of levels, which has no range.
    """
    criterion = project.run(run_id).criterion(criterion_id)
    if isinstance(criterion.scale, LevelScale):
        raise ProjectError(f"{criterion.name} has levels, and no range to widen.")
    scale = widened(criterion.scale, numbers)
    return project.with_criterion(criterion.model_copy(update={"scale": scale}), run_id)


def with_verdict(
    project: Project, must_have_id: str, verdict: Verdict, run_id: str | None = None
) -> Project:
    """Record people's verdict on one program, replacing the one before.

    Raises ``ProjectError`` for a pass or a fail without a reason.
    """
    if verdict.verdict != "unknown" and not verdict.reason.strip():
        raise ProjectError("Write the reason: a pass or a fail that people give needs one.")
    run = project.run(run_id)
    run.program(verdict.program)
    must_have = _must_have(project, must_have_id, run_id)
    others = (v for v in must_have.verdicts if v.program != verdict.program)
    return _with_verdicts(project, must_have, (*others, verdict), run_id)


def without_verdict(
    project: Project, must_have_id: str, program_id: str, run_id: str | None = None
) -> Project:
    """Take back people's verdict on one program: its limit decides, or nobody has judged it."""
    must_have = _must_have(project, must_have_id, run_id)
    others = tuple(v for v in must_have.verdicts if v.program != program_id)
    return _with_verdicts(project, must_have, others, run_id)


def _with_verdicts(
    project: Project, must_have: MustHave, verdicts: tuple[Verdict, ...], run_id: str | None
) -> Project:
    return project.with_must_have(must_have.model_copy(update={"verdicts": verdicts}), run_id)


def _must_have(project: Project, must_have_id: str, run_id: str | None) -> MustHave:
    found = {m.id: m for m in project.run(run_id).evidence.must_haves}
    if must_have_id not in found:
        raise ProjectError("This must-have is not there any more.")
    return found[must_have_id]


def matching_scores(run: Run, other: Run) -> tuple[dict[tuple[str, str], str], tuple[str, ...]]:
    """Return another run's scores as text, by the cells of this one with the same names.

    Second are the names of the other run's programs and criteria that are not found here, or
    that more than one item here has.
    """
    programs, lost_programs = _same_names(run.evidence.programs, other.evidence.programs)
    criteria, lost_criteria = _same_names(run.evidence.criteria, other.evidence.criteria)
    texts = {
        (programs[s.program], criteria[s.criterion]): write_score(s.amount)
        for s in other.evidence.scores
        if s.program in programs and s.criterion in criteria
    }
    scored = {s.program for s in other.evidence.scores}
    return texts, (*(n for i, n in lost_programs.items() if i in scored), *lost_criteria.values())


def _same_names(
    here: Iterable[Program | Criterion], there: Iterable[Program | Criterion]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the ids here by the ids there, and the names there that fit none or several."""
    ids: dict[str, list[str]] = {}
    for item in here:
        ids.setdefault(match_key(item.name), []).append(item.id)
    found = {item: ids.get(match_key(item.name), []) for item in there}
    return (
        {item.id: own[0] for item, own in found.items() if len(own) == 1},
        {item.id: item.name for item, own in found.items() if len(own) != 1},
    )
