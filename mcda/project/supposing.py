"""A run as it would be under a scenario; the run itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterable

from mcda.project.evidence import Evidence, MustHave, Score
from mcda.project.must_haves import verdict_on_limit
from mcda.project.run import Framing, LeftOut, Run
from mcda.project.scenarios import Cap, Scenario
from mcda.project.text import make_id

_LEFT_OUT = "only in this what-if."
_SUPPOSED = "Supposed in a what-if."


def applied(run: Run, scenario: Scenario) -> Run:
    """Return the run as it would be: an ordinary draft run, which every finding accepts.

    Scores are replaced, programs and criteria set aside. A limit becomes a must-have: programs
    certain to miss it fail, those that may miss it stay, with the must-have not settled. Ids that
    are not in the run have no effect. The shares asked for need derived weights and are applied
    by :func:`mcda.analysis.supposed`.

    >>> from mcda.project.templates import example
    >>> run = example().run()
    >>> without = applied(run, Scenario(id="x", title="X", programs_out=("school",)))
    >>> [p.id for p in run.candidates if p not in without.candidates]
    ['school']
    """
    changed = run.model_copy(
        update={
            "evidence": _with_scores(run, scenario),
            "framing": _framing(run, scenario),
            "status": "draft",
            "record": None,
            "lock": None,
            "scenarios": (),
        }
    )
    must_haves = [*changed.evidence.must_haves]
    for cap in scenario.caps:
        if any(c.id == cap.criterion for c in changed.evidence.criteria):
            must_haves.append(_must_have(changed, cap, {m.id for m in must_haves}))
    evidence = changed.evidence.model_copy(update={"must_haves": tuple(must_haves)})
    return changed.model_copy(update={"evidence": evidence})


def _with_scores(run: Run, scenario: Scenario) -> Evidence:
    evidence = run.evidence
    programs, criteria = {p.id for p in evidence.programs}, {c.id for c in evidence.criteria}
    cells = run.score_index()
    for changed in scenario.scores:
        if changed.program in programs and changed.criterion in criteria:
            cells[changed.place] = Score(
                program=changed.program,
                criterion=changed.criterion,
                amount=changed.amount,
                source=_SUPPOSED,
            )
    return evidence.model_copy(update={"scores": tuple(cells.values())})


def _framing(run: Run, scenario: Scenario) -> Framing:
    programs, criteria = run.evidence.programs, run.evidence.criteria
    framing = run.framing
    return Framing(
        programs_out=_out(framing.programs_out, scenario.programs_out, (p.id for p in programs)),
        criteria_out=_out(framing.criteria_out, scenario.criteria_out, (c.id for c in criteria)),
    )


def _out(
    aside: tuple[LeftOut, ...], more: tuple[str, ...], there: Iterable[str]
) -> tuple[LeftOut, ...]:
    new = (set(more) & set(there)) - {left.item for left in aside}
    return (*aside, *(LeftOut(item=i, reason=_LEFT_OUT) for i in more if i in new))


def _must_have(run: Run, cap: Cap, taken: set[str]) -> MustHave:
    criterion = run.criterion(cap.criterion)
    return MustHave(
        id=make_id(f"what-if-{cap.criterion}", taken),
        name=f"What-if limit on {criterion.name}"[:500],
        verdicts=tuple(verdict_on_limit(run, criterion, cap.limit, p) for p in run.candidates),
    )
