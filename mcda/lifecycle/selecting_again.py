"""From what was observed to the next selection: a new run, and the scores it proposes.

The decided run stays as it is; the new one starts from it as its parent. What was observed since
proposes scores of the program that was carried out, or of the one the indicator names:

* on a criterion measured in the same unit, the observed numbers: one number, or from the least to
  the most where several differ, the last one as the likely one; where the last is too small to
  show, from 1 to the largest number that is too small;
* on a criterion with levels, one level better than was decided on where the indicator was on
  target twice running, one worse where it was off target twice running.

Nothing proposed is taken over by itself. Each is accepted, changed or refused, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mcda.analysis.wording import and_list, few
from mcda.lifecycle.indicators import (
    HIDDEN,
    IndicatorState,
    Point,
    indicator_states,
    value_text,
)
from mcda.lifecycle.overview import plan_run
from mcda.lifecycle.triggers import review_triggers, scored_in_same_unit
from mcda.project import (
    Criterion,
    Exact,
    Indicator,
    LevelScale,
    Program,
    Project,
    ProjectError,
    Range,
    Run,
    Score,
    ScoreAnswer,
    TriggerAnswer,
)
from mcda.project.evidence import Amount, numbers_in
from mcda.project.text import make_id, quoted

_RUNNING = 2


@dataclass(frozen=True, slots=True)
class ScoreProposal:
    """A score that observations propose for a cell of a run that is not decided yet.

    ``sentence`` says what it rests on, and tells nothing hidden. ``answer`` is what was done about
    it, None while nobody has said or where newer observations propose another score since.
    """

    run: str
    program: Program
    criterion: Criterion
    indicator: Indicator
    proposed: Exact | Range
    current: Score | None
    sentence: str
    answer: ScoreAnswer | None


def select_again(
    project: Project, reasons: tuple[str, ...], reason: str, by: str, today: date
) -> Project:
    """Start a new run from the decided one, for the triggers with the keys ``reasons``.

    The triggers are answered with ``reason`` and the new run. Without a trigger, a new run can
    still be opened: a community may look again whenever it wants.

    Raises ``ProjectError`` where nothing is decided yet, where a run that started from the decided
    one is still open, where a key names no open trigger, and without a reason.
    """
    parent = plan_run(project)
    if parent.status != "decided":
        raise ProjectError("Nothing is decided yet, so there is nothing to select again.")
    under_way = [r for r in project.runs if r.parent == parent.id and r.status == "draft"]
    if under_way:
        raise ProjectError(f"{quoted(under_way[0].title)} is under way already: go on there.")
    if not reason.strip():
        raise ProjectError("Write why you select again; the report names it.")
    open_keys = {t.key for t in review_triggers(project, today) if t.open}
    strange = [key for key in reasons if key not in open_keys]
    if strange:
        raise ProjectError("One of these reasons is no longer open. Look at the list again.")
    new_id = make_id(f"run {len(project.runs) + 1}", {r.id for r in project.runs})
    title = f"Selection {len(project.runs) + 1}"
    evaluation = project.evaluation
    for key in reasons:
        answer = TriggerAnswer(trigger=key, reason=reason.strip(), by=by, on=today, run=new_id)
        evaluation = evaluation.with_trigger_answer(answer)
    return project.rerun(parent.id, new_id, title).with_evaluation(evaluation)


def proposed_scores(project: Project, run_id: str | None = None) -> tuple[ScoreProposal, ...]:
    """Return what the observations propose for a run that started from a decided one.

    Raises ``UnknownItemError`` for a run that is not there.

    >>> proposed_scores(Project.new("Which?"))
    ()
    """
    run = project.run(run_id)
    parent = next((r for r in project.runs if r.id == run.parent), None)
    if run.status == "decided" or parent is None or parent.record is None:
        return ()
    found = []
    for state in indicator_states(project):
        proposal = _proposal(project, run, parent, parent.record.choice, state)
        if proposal is not None:
            found.append(proposal)
    return tuple(found)


def with_answer(
    project: Project, proposal: ScoreProposal, amount: Amount | None, reason: str, today: date
) -> Project:
    """Record what was done about a proposed score, and put ``amount`` in its cell.

    The proposed amount accepts it, another one takes its place, None refuses it and changes no
    score.

    Raises ``ProjectError`` without a reason, ``LockedRunError`` where the run is decided.
    """
    answer: Literal["accepted", "edited", "refused"] = "refused"
    if amount is not None:
        answer = "accepted" if amount == proposal.proposed else "edited"
    kept = ScoreAnswer(
        run=proposal.run,
        program=proposal.program.id,
        criterion=proposal.criterion.id,
        indicator=proposal.indicator.id,
        proposed=proposal.proposed,
        was=proposal.current.amount if proposal.current else None,
        answer=answer,
        reason=reason,
        on=today,
    )
    answered = project.with_evaluation(project.evaluation.with_score_answer(kept))
    if amount is None:
        return answered
    # Sources are for everyone to see; what is not marked public stands in the note instead.
    open_to_all = proposal.indicator.share == "public"
    score = Score(
        program=proposal.program.id,
        criterion=proposal.criterion.id,
        amount=amount,
        source=f"Observed: {proposal.sentence}" if open_to_all else "Observed in this community.",
        as_of=today,
        note=reason if open_to_all else f"{reason} {proposal.sentence}",
    )
    return answered.with_score(score, proposal.run)


def _proposal(
    project: Project, run: Run, parent: Run, choice: str, state: IndicatorState
) -> ScoreProposal | None:
    indicator = state.indicator
    program = next((p for p in run.candidates if p.id == (indicator.program or choice)), None)
    criterion = next((c for c in run.active_criteria if c.id == indicator.criterion), None)
    since = _since(parent, state)
    if program is None or criterion is None or not since:
        return None
    if isinstance(criterion.scale, LevelScale):
        found = _of_levels(criterion.scale, state, since, parent.score(program.id, criterion.id))
    else:
        found = _of_numbers(run, state, since)
    if found is None:
        return None
    proposed, sentence = found
    place = (run.id, program.id, criterion.id)
    kept = next((a for a in project.evaluation.score_answers if a.place == place), None)
    stands = kept is not None and (kept.indicator, kept.proposed) == (indicator.id, proposed)
    current = run.score(program.id, criterion.id)
    return ScoreProposal(
        run.id, program, criterion, indicator, proposed, current, sentence, kept if stands else None
    )


def _since(parent: Run, state: IndicatorState) -> tuple[Point, ...]:
    """Return the comparable observations of periods that ended after the decision."""
    decided = parent.record.decided_on if parent.record else None
    return tuple(p for p in state.running if decided is None or p.observation.ends_on > decided)


def _of_numbers(
    run: Run, state: IndicatorState, since: tuple[Point, ...]
) -> tuple[Exact | Range, str] | None:
    indicator = state.indicator
    if scored_in_same_unit(run, indicator) is None:
        return None
    name, last = quoted(indicator.name), since[-1]
    if last.hidden:
        if indicator.measure != "count":
            return None
        most = float(indicator.smallest_count - 1)
        return Range(low=1.0, high=most), f"{name}, {last.period}: {HIDDEN}."
    told = [(p, p.shown_value) for p in since if p.shown_value is not None]
    values = [value for _, value in told]
    low, high, likely = min(values), max(values), values[-1]
    proposed = Exact(value=low) if low == high else Range(low=low, high=high, likely=likely)
    shown = [f"{value_text(indicator, value)} in {p.period}" for p, value in told]
    return proposed, f"{name}: {and_list(few(shown))}."


def _of_levels(
    scale: LevelScale, state: IndicatorState, since: tuple[Point, ...], scored: Score | None
) -> tuple[Exact | Range, str] | None:
    """Propose one level better or worse than was decided on; nothing where nothing moves."""
    running = since[-_RUNNING:]
    met = {p.shown_on_target for p in running}
    if len(running) < _RUNNING or len(met) > 1 or None in met or scored is None:
        return None
    on_target = True in met
    moved = _moved(scale, scored.amount, 1 if on_target else -1)
    if moved is None or moved == scored.amount:
        return None
    which = "on" if on_target else "off"
    periods = and_list([p.period for p in running])
    return moved, f"{quoted(state.indicator.name)} was {which} target twice running: {periods}."


def _moved(scale: LevelScale, amount: Amount, step: int) -> Exact | Range | None:
    """Move a score by some levels towards the best, as far as there are levels."""
    levels = [float(level.level) for level in scale.levels]
    if any(scale.problem_with(each) for each in numbers_in(amount)):
        return None

    def moved(level: float) -> float:
        at = levels.index(level) + step
        return levels[min(max(at, 0), len(levels) - 1)]

    match amount:
        case Exact(value=value):
            return Exact(value=moved(value))
        case Range(low=low, high=high, likely=likely):
            ends = moved(low), moved(high)
            if ends[0] == ends[1]:
                return Exact(value=ends[0])
            between = None if likely is None else moved(likely)
            return Range(low=ends[0], high=ends[1], likely=between)
    return None
