"""What is known about each program: every cell in words and as a value, and the must-haves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mcda.analysis.table import excluded_programs
from mcda.analysis.wording import UNKNOWN, and_list, few, number, score_text, with_unit
from mcda.engine.value_functions import piecewise_value
from mcda.project import (
    Assessment,
    Criterion,
    Exact,
    LevelScale,
    MustHave,
    Program,
    Project,
    Range,
    Run,
    Score,
    Unknown,
    Verdict,
)
from mcda.project.evidence import numbers_in
from mcda.project.must_haves import verdict_on
from mcda.project.text import counted

NOTHING_YET = "nothing yet"
State = Literal["known", "range", "unknown", "nothing"]


@dataclass(frozen=True, slots=True)
class EvidenceCell:
    """What is known of one program on one criterion.

    ``low`` and ``high`` are the ends of its value, 0 (worst) to 100 (best); 0 and 100 where it
    is not known. ``fits`` is False where the score lies outside the criterion's scale.
    """

    program: Program
    criterion: Criterion
    score: Score | None
    state: State
    low: float
    high: float
    fits: bool

    @property
    def text(self) -> str:
        """The score as it is read, without its unit."""
        return NOTHING_YET if self.score is None else score_text(self.score)

    @property
    def meaning(self) -> str:
        """The score in full: with its unit, or with the words of its level."""
        scale = self.criterion.scale
        if self.state in ("unknown", "nothing"):
            return self.text
        if isinstance(scale, LevelScale) and self.score and isinstance(self.score.amount, Exact):
            words = scale.anchor(self.score.amount.value)
            return f"level {self.text}" + (f": {words}" if words else "")
        return with_unit(self.criterion, self.text)

    @property
    def lacks_source(self) -> bool:
        """Whether a number is recorded without saying where it comes from."""
        return self.state in ("known", "range") and not (self.score and self.score.source.strip())


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """Every cell of a run: ``cells[i][j]`` is program i on criterion j.

    ``excluded`` gives the reason of each program that is not ranked, by program id.
    """

    programs: tuple[Program, ...]
    criteria: tuple[Criterion, ...]
    cells: tuple[tuple[EvidenceCell, ...], ...]
    excluded: dict[str, str]

    @property
    def asked(self) -> tuple[EvidenceCell, ...]:
        """The cells of all programs in the table, one after another."""
        return tuple(cell for row in self.cells for cell in row)

    @property
    def by_ids(self) -> dict[tuple[str, str], EvidenceCell]:
        """The cells by the ids of their program and criterion."""
        return {(cell.program.id, cell.criterion.id): cell for cell in self.asked}

    @property
    def sentence(self) -> str:
        """How much is known, and what is not."""
        asked = self.asked
        if not asked:
            return "There is nothing to score yet."
        unknown = [c for c in asked if c.state == "unknown"]
        empty = [c for c in asked if c.state == "nothing"]
        known = len(asked) - len(unknown) - len(empty)
        if known == len(asked):
            start = f"All {known} scores are known."
        else:
            start = f"{known} of {len(asked)} scores are known."
        return " ".join(
            part for part in (start, _unknowns(unknown), _empties(empty), _bare(asked)) if part
        )


def evidence_table(project: Project, run_id: str | None = None) -> EvidenceTable:
    """Return what is known about each program, also where it could not be ranked yet.

    Programs that are not ranked stand last, with their reason. One that was set aside before
    anything was recorded of it is left out: nobody has to find out more about it.

    >>> from mcda.project.templates import example
    >>> evidence_table(example()).sentence
    '94 of 96 scores are known. 2 are not known yet: Juvenile mentoring on ...'
    """
    run = project.run(run_id)
    excluded = excluded_programs(run)
    reasons = {e.program.id: e.reason for e in excluded}
    ranked = tuple(p for p in run.candidates if p.id not in reasons)
    scores = run.score_index()
    scored = {program for program, _ in scores}
    unasked = {left.item for left in run.framing.programs_out} - scored
    others = (e.program for e in excluded if e.program.id not in unasked)
    programs = (*ranked, *others)
    cells = tuple(
        tuple(evidence_cell(p, c, scores.get((p.id, c.id))) for c in run.active_criteria)
        for p in programs
    )
    shown = {p.id: reasons[p.id] for p in programs if p.id in reasons}
    return EvidenceTable(programs, run.active_criteria, cells, shown)


def evidence_cell(program: Program, criterion: Criterion, score: Score | None) -> EvidenceCell:
    """Return what is known of one program on one criterion.

    >>> from mcda.project.templates import example
    >>> run = example().run()
    >>> found = evidence_cell(run.program("school"), run.criterion("cost"), None)
    >>> found.state, found.low, found.high
    ('nothing', 0.0, 100.0)
    """
    if score is None:
        return EvidenceCell(program, criterion, None, "nothing", 0.0, 100.0, fits=True)
    if isinstance(score.amount, Unknown):
        return EvidenceCell(program, criterion, score, "unknown", 0.0, 100.0, fits=True)
    numbers = numbers_in(score.amount)
    points, values = zip(*criterion.scale.curve, strict=True)
    worth = piecewise_value(list(numbers), list(points), list(values), outside="clip")
    fits = all(criterion.scale.problem_with(n) is None for n in numbers)
    state: State = "range" if isinstance(score.amount, Range) else "known"
    low, high = float(min(worth)), float(max(worth))
    return EvidenceCell(program, criterion, score, state, low, high, fits)


_NAMED = 3


def _unknowns(cells: list[EvidenceCell]) -> str:
    if not cells:
        return ""
    verb = "is" if len(cells) == 1 else "are"
    named = "; ".join(f"{c.program.name} on {c.criterion.name}" for c in cells)
    names = f": {named}" if len(cells) <= _NAMED else ""
    return f"{len(cells)} {verb} {UNKNOWN} yet{names}."


def _empties(cells: list[EvidenceCell]) -> str:
    if not cells:
        return ""
    names = few(list(dict.fromkeys(c.program.name for c in cells)), _NAMED)
    verb = "has" if len(cells) == 1 else "have"
    return f"{len(cells)} {verb} nothing recorded: {and_list(names)}."


def _bare(cells: tuple[EvidenceCell, ...]) -> str:
    bare = sum(c.lacks_source for c in cells)
    if not bare:
        return ""
    return f"{counted(bare, 'score has', 'scores have')} no source."


@dataclass(frozen=True, slots=True)
class OwnScore:
    """What one person scored, beside how it reads."""

    assessment: Assessment
    text: str


@dataclass(frozen=True, slots=True)
class OwnScores:
    """What people scored apart on one cell, beside the agreed score."""

    agreed: str
    own: tuple[OwnScore, ...]
    sentence: str


def own_scores(run: Run, program: Program, criterion: Criterion) -> OwnScores:
    """Return what people scored apart on one cell, and how far they spread.

    >>> from mcda.project.templates import example
    >>> run = example().run()
    >>> own_scores(run, run.program("continue"), run.criterion("problem_match")).own
    ()
    """
    place = (program.id, criterion.id)
    given = tuple(a for a in run.evidence.assessments if a.place == place)
    cells = [evidence_cell(program, criterion, a) for a in given]
    own = tuple(OwnScore(a, c.meaning) for a, c in zip(given, cells, strict=True))
    agreed = evidence_cell(program, criterion, run.score(*place)).meaning
    numbers = [n for a in given for n in numbers_in(a.amount)]
    if not numbers:
        return OwnScores(agreed, own, f"Nobody has given a number apart. Agreed: {agreed}.")
    low, high = (
        with_unit(criterion, number(min(numbers))),
        with_unit(criterion, number(max(numbers))),
    )
    people = counted(len(given), "person", "people")
    spread = f"all at {low}" if low == high else f"from {low} to {high}"
    return OwnScores(agreed, own, f"{people} scored this apart, {spread}. Agreed: {agreed}.")


@dataclass(frozen=True, slots=True)
class MustHaveTable:
    """Every program held against every must-have: ``verdicts[i][j]`` is program i on j."""

    programs: tuple[Program, ...]
    must_haves: tuple[MustHave, ...]
    verdicts: tuple[tuple[Verdict, ...], ...]

    @property
    def sentence(self) -> str:
        """Who leaves the ranking, and what is not settled."""
        if not self.must_haves:
            return "There is no must-have: every program stays in the ranking."
        fails = self._names("fail")
        open_ones = self._names("unknown")
        said = []
        if fails:
            verb, leave = ("fails", "leaves") if len(fails) == 1 else ("fail", "leave")
            stay = "it stays" if len(fails) == 1 else "they stay"
            names = and_list(few(fails))
            said.append(f"{names} {verb} a must-have and {leave} the ranking; {stay} visible.")
        if open_ones:
            stay = "it stays" if len(open_ones) == 1 else "they stay"
            names = f"{len(open_ones)} programs" if len(open_ones) > _NAMED else and_list(open_ones)
            said.append(
                f"Not settled for {names}: {stay} in the ranking, but nothing can be decided "
                "until this is settled."
            )
        return " ".join(said) or "Every program meets every must-have."

    def _names(self, verdict: str) -> list[str]:
        return [
            p.name
            for p, row in zip(self.programs, self.verdicts, strict=True)
            if any(v.verdict == verdict for v in row)
        ]


def must_have_table(project: Project, run_id: str | None = None) -> MustHaveTable:
    """Return the verdict on every candidate for every must-have, each with its reason.

    >>> from mcda.project.templates import example
    >>> must_have_table(example()).sentence
    'Short-stay safe home fails a must-have and leaves the ranking; it stays visible.'
    """
    run = project.run(run_id)
    must_haves = run.evidence.must_haves
    verdicts = tuple(tuple(verdict_on(run, m, p) for m in must_haves) for p in run.candidates)
    return MustHaveTable(run.candidates, must_haves, verdicts)


def limit_text(run: Run, must_have: MustHave) -> str:
    """Say in words how a must-have is judged.

    >>> from mcda.project.templates import example
    >>> run = example().run()
    >>> limit_text(run, run.evidence.must_haves[0])
    'Total cost to us at most 450,000 US dollars over 3 years; of a range the worst end counts.'
    """
    threshold = must_have.threshold
    if threshold is None:
        return "People judge this, with a reason."
    criterion = run.criterion(threshold.criterion)
    limit = with_unit(criterion, number(threshold.limit))
    if isinstance(criterion.scale, LevelScale):
        words = criterion.scale.anchor(threshold.limit)
        limit += f" ({words})" if words else ""
    which = "worst end" if threshold.case == "worst" else "likely number"
    return f"{criterion.name} {criterion.bound} {limit}; of a range the {which} counts."


def by_objective(run: Run) -> tuple[tuple[str, tuple[Criterion, ...]], ...]:
    """Return the criteria in use under the names of their objectives, "" where there is none.

    >>> from mcda.project.templates import example
    >>> [(name, len(criteria)) for name, criteria in by_objective(example().run())][:2]
    [('Fits our problem and our young people', 3), ('Likely to help and not to harm', 2)]
    """
    names = {o.id: o.name for o in run.evidence.objectives}
    groups: dict[str, list[Criterion]] = {}
    for criterion in run.active_criteria:
        groups.setdefault(criterion.parent or "", []).append(criterion)
    return tuple((names.get(parent, ""), tuple(own)) for parent, own in groups.items())
