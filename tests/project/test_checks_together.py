"""All checks together: everything at once, errors first, for any project at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.project import (
    AskedRange,
    Assessment,
    Availability,
    Criterion,
    Equal,
    Evidence,
    Exact,
    Finding,
    Framing,
    Info,
    LeftOut,
    Level,
    LevelScale,
    MustHave,
    NumberScale,
    Objective,
    OrderJudgement,
    OverlapQuestion,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Range,
    Record,
    Run,
    Score,
    SwingJudgement,
    SwingRating,
    Threshold,
    Unknown,
    UnknownItemError,
    Verdict,
    Weighting,
    check,
    check_run,
    errors,
    read_project,
    to_json,
)


def test_a_sound_project_has_no_findings(sound):
    assert check(sound) == ()
    assert check_run(sound.run()) == ()


def test_errors_come_first_then_warnings_then_hints(sound):
    bad = Score(program="school", criterion="reach", amount=Exact(value=999))
    unsure = Score(program="mentors", criterion="cost", amount=Unknown())
    severities = [f.severity for f in check(sound.with_scores([bad, unsure]))]
    order = {"error": 0, "warning": 1, "hint": 2}
    assert set(severities) == set(order)
    assert severities == sorted(severities, key=order.__getitem__)


def test_errors_can_be_picked_out():
    error, hint = (Finding(s, "x", "Here", "So.") for s in ("error", "hint"))
    assert errors([hint, error, hint]) == (error,)


def test_of_several_runs_the_place_says_which(sound):
    two = sound.rerun(None, "run-2", "Second").without_program("continue", "run-2")
    assert [f.place for f in check(two)] == ["Second: Programs"]


def test_one_run_may_be_looked_at_alone(sound):
    record = Record(choice="school", reasons="Reach.")
    two = sound.decide(record).rerun(None, "run-2", "Second").without_program("continue")
    first = two.run("run-1").model_copy(update={"title": "Changed"})
    broken = two.model_copy(update={"runs": (first, two.run("run-2"))})
    assert [f.code for f in check(broken, "run-1")] == ["lock-broken"]
    assert [f.code for f in check(broken, "run-2")] == ["no-baseline"]
    assert [f.code for f in check(broken)] == ["lock-broken", "no-baseline"]


def test_of_runs_with_one_id_each_tells_it(sound):
    other = sound.run().model_copy(update={"id": "run-2", "title": "Other"})
    broken = sound.model_copy(update={"runs": (*sound.runs * 2, other)})
    assert [f.code for f in check(broken, "run-1")] == ["duplicate-id"]
    assert [f.code for f in check(broken, "run-2")] == []


def test_a_run_that_is_not_there_is_refused(sound):
    with pytest.raises(UnknownItemError, match="There is no run 'run-9'"):
        check(sound, "run-9")


# --- any project at all: few ids, so that they meet, repeat, miss and loop

IDS = st.sampled_from(["a", "b", "c", "d", "e"])
NUMBERS = st.sampled_from([-1e15, -1.0, -5e-324, 0.0, 5e-324, 0.5, 1.0, 2.0, 3.0, 100.0, 1e15])
TEXTS = st.sampled_from(["", "x", "=1", "\u200fא"])
NAMES = st.sampled_from(["One", "Two", "{x}", "%s", "\u202e<b>"])
FLAGS = st.booleans()


def some(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


RANGES = st.lists(NUMBERS, min_size=2, max_size=2, unique=True).map(
    lambda ends: Range(low=min(ends), high=max(ends), likely=None)
)
AMOUNTS = st.one_of(st.builds(Exact, value=NUMBERS), RANGES, st.just(Unknown()))
NUMBER_SCALES = st.tuples(st.lists(NUMBERS, min_size=2, max_size=2, unique=True), FLAGS).map(
    lambda drawn: NumberScale(worst=drawn[0][0], best=drawn[0][1], confirmed=drawn[1])
)
LEVEL_SCALES = st.sampled_from([(1, 2, 3), (3, 2), (0, 100)]).map(
    lambda numbers: LevelScale(levels=tuple(Level(level=n, anchor="") for n in numbers))
)
OVER = st.sampled_from(["criteria", "tree"])
JUDGEMENTS = st.one_of(
    st.builds(Equal, over=OVER),
    st.builds(
        PointsJudgement,
        over=OVER,
        points=some(st.builds(PointShare, item=IDS, points=st.sampled_from([0.0, 1.0, 1e9])), 6),
    ),
    st.builds(
        SwingJudgement,
        over=OVER,
        ratings=some(
            st.builds(SwingRating, item=IDS, rating=st.sampled_from([0.0, 95.0, 100.0])), 6
        ),
    ),
    st.builds(OrderJudgement, over=OVER, tiers=some(some(IDS))),
)
CELL = {"program": IDS, "criterion": IDS, "amount": AMOUNTS, "source": TEXTS}
EVIDENCE = st.builds(
    Evidence,
    programs=some(
        st.builds(
            Program,
            id=IDS,
            name=NAMES,
            role=st.sampled_from(["candidate", "support", "baseline"]),
            kind=st.sampled_from(["program", "campaign"]),
            unit_reached=TEXTS,
            availability=st.sampled_from(["available", "not available", "not checked"]).map(
                lambda status: Availability(status=status)
            ),
        ),
        5,
    ),
    objectives=some(st.builds(Objective, id=IDS, name=NAMES, parent=st.none() | IDS)),
    criteria=some(
        st.builds(
            Criterion,
            id=IDS,
            name=NAMES,
            parent=st.none() | IDS,
            scale=NUMBER_SCALES | LEVEL_SCALES,
            counts_people=FLAGS,
        )
    ),
    overlaps=some(st.builds(OverlapQuestion, first=IDS, second=IDS, question=TEXTS), 1),
    scores=some(st.builds(Score, **CELL), 5),
    assessments=some(st.builds(Assessment, person=IDS, **CELL), 2),
    must_haves=some(
        st.builds(
            MustHave,
            id=IDS,
            name=NAMES,
            threshold=st.none()
            | st.builds(
                Threshold, criterion=IDS, limit=NUMBERS, case=st.sampled_from(["likely", "worst"])
            ),
            verdicts=some(
                st.builds(
                    Verdict,
                    program=IDS,
                    verdict=st.sampled_from(["pass", "fail", "unknown"]),
                    reason=TEXTS,
                ),
                2,
            ),
        ),
        2,
    ),
)
LEFT_OUT = some(st.builds(LeftOut, item=IDS, reason=TEXTS), 2)
RUNS = st.builds(
    Run,
    id=IDS,
    title=NAMES,
    parent=st.none() | IDS,
    status=st.sampled_from(["draft", "decided"]),
    evidence=EVIDENCE,
    framing=st.builds(Framing, programs_out=LEFT_OUT, criteria_out=LEFT_OUT),
    weightings=some(
        st.builds(
            Weighting,
            id=IDS,
            name=NAMES,
            judgement=JUDGEMENTS,
            asked=some(st.builds(AskedRange, criterion=IDS, worst=NUMBERS, best=NUMBERS)),
        ),
        2,
    ),
    record=st.none() | st.builds(Record, choice=IDS, reasons=TEXTS),
    lock=st.none() | st.just("0" * 64),
)
PROJECTS = st.lists(RUNS, min_size=1, max_size=3).map(
    lambda runs: Project(info=Info(title="Which?"), runs=tuple(runs))
)


def whole(run: Run) -> Run:
    """Take out of a run what refers to nothing, or twice to one thing, so that its ids hold."""
    evidence = run.evidence
    programs = tuple({p.id: p for p in evidence.programs}.values())
    criteria = tuple({c.id: c for c in evidence.criteria}.values())
    known = {c.id for c in criteria}
    objectives = {o.id: o for o in evidence.objectives if o.id not in known}
    top = tuple(o.model_copy(update={"parent": None}) for o in objectives.values())
    placed = tuple(
        c if c.parent in objectives else c.model_copy(update={"parent": None}) for c in criteria
    )
    cells = {(p.id, c.id) for p in programs for c in criteria}
    judged = {p.id for p in programs}
    must_haves = tuple(
        m.model_copy(
            update={
                "threshold": m.threshold
                if m.threshold and m.threshold.criterion in known
                else None,
                "verdicts": tuple(
                    {v.program: v for v in m.verdicts if v.program in judged}.values()
                ),
            }
        )
        for m in {m.id: m for m in evidence.must_haves}.values()
    )
    weightings = tuple(
        w.model_copy(update={"asked": tuple(a for a in w.asked if a.criterion in known)})
        for w in {w.id: w for w in run.weightings}.values()
        if _items(w) <= known | set(objectives)
    )
    return run.model_copy(
        update={
            "parent": None,
            "record": None,
            "evidence": evidence.model_copy(
                update={
                    "programs": programs,
                    "objectives": top,
                    "criteria": placed,
                    "overlaps": tuple(o for o in evidence.overlaps if {o.first, o.second} <= known),
                    "scores": tuple(
                        {s.place: s for s in evidence.scores if s.place in cells}.values()
                    ),
                    "assessments": tuple(
                        {a.key: a for a in evidence.assessments if a.place in cells}.values()
                    ),
                    "must_haves": must_haves,
                }
            ),
            "framing": Framing(
                programs_out=tuple(o for o in run.framing.programs_out if o.item in judged),
                criteria_out=tuple(o for o in run.framing.criteria_out if o.item in known),
            ),
            "weightings": weightings,
        }
    )


def _items(weighting: Weighting) -> set[str]:
    match weighting.judgement:
        case PointsJudgement(points=points):
            return {p.item for p in points}
        case SwingJudgement(ratings=ratings):
            return {r.item for r in ratings}
        case OrderJudgement(tiers=tiers):
            return {item for tier in tiers for item in tier}
        case _:
            return set()


IDS_BROKEN = {
    "unknown-reference",
    "duplicate-id",
    "duplicate-score",
    "duplicate-verdict",
    "objective-loop",
}


def spoken(findings: tuple[Finding, ...]) -> bool:
    return all(f.code and f.place and f.message and "e+" not in f.message for f in findings)


@settings(max_examples=200)
@given(PROJECTS)
def test_no_project_is_too_broken_to_be_checked(project):
    assert spoken(check(project))


@settings(max_examples=300)
@given(RUNS.map(whole))
def test_a_run_whose_ids_hold_is_looked_at_closely_whatever_it_says(run):
    findings = check_run(run)
    assert spoken(findings)
    assert not IDS_BROKEN & {f.code for f in findings}


@settings(max_examples=100)
@given(PROJECTS)
def test_any_project_is_loaded_again_the_same_with_the_same_findings(project):
    again = read_project(to_json(project).encode())
    assert again == project
    assert check(again) == check(project)
