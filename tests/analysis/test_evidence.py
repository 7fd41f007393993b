"""What is known about each program, in numbers and in words."""

import pytest

from mcda.analysis import (
    evidence_cell,
    evidence_table,
    limit_text,
    must_have_table,
    own_scores,
)
from mcda.analysis.evidence import by_objective
from mcda.project import (
    Assessment,
    Criterion,
    Exact,
    Level,
    LevelScale,
    MustHave,
    NumberScale,
    Objective,
    Program,
    Project,
    Range,
    Score,
    Threshold,
    Unknown,
    ValuePoint,
    Verdict,
)
from mcda.project.templates import example

MENTORS = Program(id="mentors", name="Mentors")
COST = Criterion(
    id="cost", name="Cost", scale=NumberScale(unit="US dollars", worst=1000.0, best=0.0)
)
SAFE = Criterion(
    id="safe",
    name="Safe",
    scale=LevelScale(
        levels=(
            Level(level=1, anchor="Harms"),
            Level(level=2, anchor="Neutral"),
            Level(level=3, anchor="Helps"),
        )
    ),
)


def score(amount, criterion="cost", **more):
    return Score(program="mentors", criterion=criterion, amount=amount, **more)


def cell(amount, criterion=COST):
    return evidence_cell(MENTORS, criterion, score(amount, criterion.id))


def test_an_exact_score_is_worth_one_number():
    found = cell(Exact(value=250))
    assert (found.low, found.high, found.state) == (75, 75, "known")
    assert found.meaning == "250 US dollars"


def test_a_range_where_less_is_better_has_its_worst_end_as_low():
    found = cell(Range(low=200, likely=300, high=600))
    assert (found.low, found.high, found.state) == (40, 80, "range")
    assert found.text == "200 to 600, likely 300"


def test_a_bent_value_function_is_followed():
    scale = NumberScale(worst=0, best=100, points=(ValuePoint(score=20, value=80),))
    bent = Criterion(id="bent", name="Bent", scale=scale)
    assert cell(Exact(value=10), bent).low == 40


def test_a_level_is_told_with_its_words():
    assert cell(Exact(value=2), SAFE).meaning == "level 2: Neutral"
    assert cell(Range(low=2, high=3), SAFE).meaning == "level 2 to 3"
    assert cell(Range(low=2, high=3), SAFE).low == 50


@pytest.mark.parametrize(
    ("recorded", "state", "text"),
    [(None, "nothing", "nothing yet"), (score(Unknown()), "unknown", "not known")],
)
def test_what_is_not_known_may_be_anything(recorded, state, text):
    found = evidence_cell(MENTORS, COST, recorded)
    assert (found.low, found.high) == (0, 100)
    assert (found.state, found.text, found.meaning) == (state, text, text)
    assert not found.lacks_source


def test_a_score_outside_the_range_is_shown_and_marked():
    found = cell(Exact(value=1500))
    assert (found.low, found.high, found.fits) == (0, 0, False)
    assert cell(Exact(value=1000)).fits


def test_a_number_without_a_source_lacks_one():
    assert cell(Exact(value=5)).lacks_source
    sourced = evidence_cell(MENTORS, COST, score(Exact(value=5), source="Budget"))
    assert not sourced.lacks_source
    assert evidence_cell(MENTORS, COST, score(Exact(value=5), source="  ")).lacks_source


def test_everything_known(build):
    project = build({"a": {"x": 1, "y": (2, 3)}})
    assert evidence_table(project).sentence == "All 2 scores are known. 2 scores have no source."


def test_unknowns_are_named_where_they_are_few(build):
    found = evidence_table(build({"a": {"x": None, "y": 1}, "b": {"x": 2, "y": 3}}))
    assert found.sentence.startswith("3 of 4 scores are known. 1 is not known yet: A on X.")


def test_unknowns_are_counted_where_they_are_many(build):
    found = evidence_table(build({"a": {"x": None, "y": None}, "b": {"x": None, "y": None}}))
    assert found.sentence == "0 of 4 scores are known. 4 are not known yet."


def test_what_has_nothing_recorded_is_told_apart_from_unknown(build):
    found = evidence_table(build({"a": {"x": None}, "b": {"y": 1}}))
    assert "1 is not known yet: A on X." in found.sentence
    assert "2 have nothing recorded: A and B." in found.sentence
    assert found.sentence.endswith("1 score has no source.")


def test_programs_that_are_not_ranked_stand_last_with_their_reason(build):
    project = build({"a": {"x": 1}, "b": {"x": 2}}, out={"a": "Too far away."})
    found = evidence_table(project)
    assert [p.id for p in found.programs] == ["b", "a"]
    assert found.excluded == {"a": "Set aside: Too far away."}
    assert found.cells[1][0].text == "1"


def test_supports_and_criteria_set_aside_are_not_asked(build):
    project = build(
        {"a": {"x": 1, "y": 2}, "s": {"x": 3}}, roles={"s": "support"}, criteria_out=("y",)
    )
    found = evidence_table(project)
    assert [p.id for p in found.programs] == ["a"]
    assert [c.id for c in found.criteria] == ["x"]


def test_nothing_to_score():
    assert evidence_table(Project.new("Which?")).sentence == "There is nothing to score yet."


def test_a_run_that_cannot_be_ranked_still_has_its_table(build):
    project = build({"a": {"x": 150}})
    assert not evidence_table(project).cells[0][0].fits


def test_criteria_stand_under_their_objectives(build):
    project = build({"a": {"x": 1, "y": 2, "z": 3}}).with_objective(
        Objective(id="fit", name="It fits")
    )
    run = project.run()
    for name in ("x", "z"):
        project = project.with_criterion(run.criterion(name).model_copy(update={"parent": "fit"}))
    found = by_objective(project.run())
    assert [(name, [c.id for c in own]) for name, own in found] == [
        ("It fits", ["x", "z"]),
        ("", ["y"]),
    ]


# --- must-haves


def legal(*verdicts):
    return MustHave(
        id="legal",
        name="Allowed by law",
        verdicts=tuple(Verdict(program=p, verdict=v, reason="Said so.") for p, v in verdicts),
    )


def test_a_fail_leaves_and_stays_visible(build):
    rows = {"a": {"x": 1}, "b": {"x": 2}}
    found = must_have_table(build(rows, must_haves=(legal(("a", "fail"), ("b", "pass")),)))
    assert found.sentence == "A fails a must-have and leaves the ranking; it stays visible."
    assert found.verdicts[0][0].reason == "Said so."


def test_several_fail_and_one_is_not_settled(build):
    rows = {p: {"x": 1} for p in "abc"}
    found = must_have_table(build(rows, must_haves=(legal(("a", "fail"), ("b", "fail")),)))
    assert found.sentence == (
        "A and B fail a must-have and leave the ranking; they stay visible. Not settled for C: "
        "it stays in the ranking, but nothing can be decided until this is settled."
    )


def test_all_pass_and_no_must_have(build):
    rows = {"a": {"x": 1}}
    passed = must_have_table(build(rows, must_haves=(legal(("a", "pass")),)))
    assert passed.sentence == "Every program meets every must-have."
    assert "no must-have" in must_have_table(build(rows)).sentence


def test_a_limit_is_told_in_words():
    project = Project.new("Which?").with_criterion(COST).with_criterion(SAFE)
    money = MustHave(
        id="m", name="M", threshold=Threshold(criterion="cost", limit=450, case="likely")
    )
    safety = MustHave(id="s", name="S", threshold=Threshold(criterion="safe", limit=2))
    run = project.run()
    assert limit_text(run, money) == (
        "Cost at most 450 US dollars; of a range the likely number counts."
    )
    assert limit_text(run, safety) == (
        "Safe at least level 2 (Neutral); of a range the worst end counts."
    )
    assert limit_text(run, legal()) == "People judge this, with a reason."


# --- scored apart


def own(person, amount):
    return Assessment(program="mentors", criterion="cost", amount=amount, person=person)


def test_the_spread_of_own_scores_stands_beside_the_agreed_one():
    project = Project.new("Which?").with_program(MENTORS).with_criterion(COST)
    project = project.with_score(score(Exact(value=300)))
    for given in (own("p1", Exact(value=200)), own("p2", Range(low=250, high=600))):
        project = project.with_assessment(given)
    found = own_scores(project.run(), MENTORS, COST)
    assert found.sentence == (
        "2 people scored this apart, from 200 US dollars to 600 US dollars. Agreed: 300 US dollars."
    )
    assert [(o.assessment.person, o.text) for o in found.own] == [
        ("p1", "200 US dollars"),
        ("p2", "250 to 600 US dollars"),
    ]


def test_nobody_or_everybody_at_the_same_number():
    project = Project.new("Which?").with_program(MENTORS).with_criterion(COST)
    assert own_scores(project.run(), MENTORS, COST).sentence == (
        "Nobody has given a number apart. Agreed: nothing yet."
    )
    project = project.with_assessment(own("p1", Exact(value=200)))
    assert "1 person scored this apart, all at 200" in (
        own_scores(project.run(), MENTORS, COST).sentence
    )


def test_what_was_set_aside_before_anything_was_recorded_is_not_asked_for():
    project = example()
    (aside,) = project.run().framing.programs_out
    assert aside.item not in {p.id for p in evidence_table(project).programs}
    assert len(evidence_table(project).asked) == 96
    scored = project.with_score(
        Score(program=aside.item, criterion="cost", amount=Exact(value=90_000.0))
    )
    assert aside.item in {p.id for p in evidence_table(scored).programs}
