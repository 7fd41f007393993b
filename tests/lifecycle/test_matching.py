"""Factors against programs: each level at its boundary, and no score taken over by itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.lifecycle import match_grid, match_level, with_match_score, with_refused_match
from mcda.project import (
    Exact,
    Factor,
    FactorLink,
    LockedRunError,
    Project,
    ProjectError,
    Range,
    Score,
    UnknownItemError,
    check,
    read_project,
    to_json,
)
from mcda.project.aside import set_aside_criterion

DAY = date(2026, 10, 5)
ACTS = st.sampled_from(["directly", "indirectly", "no", "bare", None])


def link(acts: str | None) -> FactorLink | None:
    """One link; "bare" acts directly and gives no reason."""
    if acts is None:
        return None
    reason = "" if acts == "bare" else "R"
    return FactorLink(
        factor="f", program="p", acts="directly" if acts == "bare" else acts, reason=reason
    )


@pytest.mark.parametrize(
    ("said", "levels"),
    [
        (["no"], (1, 1)),
        (["indirectly"], (2, 2)),
        (["directly"], (5, 5)),
        (["bare"], (3, 3)),
        ([None], (1, 5)),
        (["no", "no"], (1, 1)),
        (["no", "indirectly"], (2, 2)),
        (["directly", "no"], (3, 3)),
        (["directly", "indirectly"], (3, 3)),
        (["directly", "bare"], (4, 4)),
        (["directly", "directly"], (5, 5)),
        (["directly", "no", "no"], (3, 3)),
        (["directly", "directly", "no"], (4, 4)),
        (["directly", "directly", "no", "no"], (3, 3)),
        (["directly", "directly", "bare", "no"], (4, 4)),
        (["directly", None, "no"], (3, 4)),
        (["indirectly", None], (2, 3)),
        (["bare", None], (3, 4)),
    ],
)
def test_the_level_follows_the_rule(said, levels):
    assert match_level([link(acts) for acts in said]) == levels


def test_without_a_factor_there_is_no_level():
    with pytest.raises(ValueError, match="no factor to match"):
        match_level([])


@given(st.lists(ACTS, min_size=1, max_size=6))
def test_what_is_open_lies_between_the_ends(said):
    low, high = match_level([link(acts) for acts in said])
    assert 1 <= low <= high <= 5
    for filled in ("directly", "indirectly", "no"):
        exact, same = match_level([link(acts or filled) for acts in said])
        assert exact == same
        assert low <= exact <= high


@given(st.lists(ACTS, min_size=1, max_size=6), st.integers(0, 5))
def test_acting_more_directly_never_lowers_the_level(said, place):
    place %= len(said)
    better = [*said[:place], "directly", *said[place + 1 :]]
    low, high = match_level([link(acts) for acts in said])
    more_low, more_high = match_level([link(acts) for acts in better])
    assert (low, high) <= (more_low, more_high)
    assert low <= more_low


def test_the_examples_grid_agrees_with_its_scores(elm):
    grid = match_grid(elm)
    assert [f.id for f in grid.factors] == ["not_asked", "few_safe_adults", "online"]
    assert {p.state for p in grid.proposals} == {"same"}
    assert grid.sentence == "24 of 24 pairs of factor and program are judged."
    assert len(grid.proposals) == len(grid.programs) == 8
    mentors = next(p for p in grid.proposals if p.program.id == "survivor_mentors")
    assert mentors.amount == Exact(value=4)
    assert mentors.sentence.startswith("Level 4 by the grid. It acts directly on “Few safe adults")


def test_an_open_pair_makes_the_proposal_a_range(elm):
    rest = elm.with_diagnosis(elm.diagnosis.without_link("online", "school"))
    proposal = next(p for p in match_grid(rest).proposals if p.program.id == "school")
    assert proposal.amount == Range(low=1, high=3)
    assert proposal.state == "differs"
    assert "1 of 3 factors is open." in proposal.sentence
    assert match_grid(rest).sentence.startswith("23 of 24")


def test_a_program_nobody_judged_has_no_proposal(elm):
    rest = elm.with_diagnosis(elm.diagnosis.without_program("school"))
    proposal = next(p for p in match_grid(rest).proposals if p.program.id == "school")
    assert (proposal.amount, proposal.state) == (None, "open")
    with pytest.raises(ProjectError, match="There is no proposal for School prevention lessons"):
        with_match_score(rest, "school", DAY)


def test_level_5_asks_for_the_reasons(elm):
    diagnosis = elm.diagnosis
    for factor in ("not_asked", "few_safe_adults", "online"):
        reasonless = FactorLink(factor=factor, program="school", acts="directly")
        diagnosis = diagnosis.with_link(reasonless)
    proposal = next(
        p for p in match_grid(elm.with_diagnosis(diagnosis)).proposals if p.program.id == "school"
    )
    assert proposal.amount == Exact(value=4)
    assert proposal.sentence.endswith("For level 5, write the reason beside each factor.")


def test_a_proposal_fills_an_empty_cell(elm):
    empty = elm.without_score("school", "problem_match")
    (state,) = {p.state for p in match_grid(empty).proposals if p.program.id == "school"}
    assert state == "new"
    score = with_match_score(empty, "school", DAY).run().score("school", "problem_match")
    assert score is not None
    assert (score.amount, score.as_of) == (Exact(value=3), DAY)
    assert score.source.startswith("Our diagnosis")
    assert "online" in score.note


def test_a_recorded_score_is_replaced_only_on_demand(elm):
    own = Score(program="school", criterion="problem_match", amount=Exact(value=5), source="Ours")
    scored = elm.with_score(own)
    with pytest.raises(ProjectError, match="has another score on Match to our problem factors"):
        with_match_score(scored, "school", DAY)
    replaced = with_match_score(scored, "school", DAY, replace=True)
    assert replaced.run().score("school", "problem_match").amount == Exact(value=3)
    assert scored.run().score("school", "problem_match") == own


def test_no_proposal_reaches_a_locked_run(elm):
    decided = elm.decide(elm.run().record)
    with pytest.raises(LockedRunError):
        with_match_score(decided, "school", DAY)


def test_without_the_criterion_nothing_is_proposed(elm):
    aside = set_aside_criterion(elm, "problem_match", "Same for all.")
    grid = match_grid(aside)
    assert (grid.criterion, grid.proposals) == (None, ())
    assert "does not use the criterion" in grid.sentence
    with pytest.raises(ProjectError, match="There is no proposal"):
        with_match_score(aside, "school", DAY)
    with pytest.raises(UnknownItemError):
        with_match_score(aside, "nobody", DAY)


def test_a_criterion_with_other_levels_is_not_used(elm):
    criterion = elm.run().criterion("problem_match")
    fewer = criterion.scale.model_copy(update={"levels": criterion.scale.levels[:3]})
    changed = elm.with_criterion(criterion.model_copy(update={"scale": fewer}))
    assert match_grid(changed).criterion is None


def test_without_a_priority_nothing_is_proposed():
    found = Project.new("Which?").diagnosis.with_item(Factor(id="a", name="A", priority="low"))
    grid = match_grid(Project.new("Which?").with_diagnosis(found))
    assert grid.proposals == ()
    assert grid.sentence == "No factor has high priority yet, so nothing can be proposed."


# --- a proposal that is not taken over


@pytest.fixture
def differing(elm) -> Project:
    """The worked example with another level for the school lessons than the grid proposes."""
    own = Score(program="school", criterion="problem_match", amount=Exact(value=5), source="Ours")
    return elm.with_score(own)


def proposal(project: Project, program: str):
    return next(p for p in match_grid(project).proposals if p.program.id == program)


def test_a_refused_proposal_is_kept_with_its_reason_who_and_when(differing):
    refused = with_refused_match(differing, "school", DAY, "It is not in every school.", "Schools")
    kept = proposal(refused, "school").refused
    assert kept is not None
    assert (kept.reason, kept.by, kept.on) == ("It is not in every school.", "Schools", DAY)
    assert proposal(refused, "mentoring").refused is None
    assert read_project(to_json(refused).encode()) == refused
    assert refused.runs == differing.runs


def test_another_proposal_is_made_again(differing):
    refused = with_refused_match(differing, "school", DAY, "R")
    opened = refused.with_diagnosis(refused.diagnosis.without_link("online", "school"))
    assert proposal(opened, "school").refused is None
    back = opened.with_diagnosis(
        opened.diagnosis.with_link(refused.diagnosis.link("online", "school"))
    )
    assert proposal(back, "school").refused is not None


def test_a_later_refusal_takes_the_place_of_the_one_before(differing):
    twice = with_refused_match(
        with_refused_match(differing, "school", DAY, "A"), "school", DAY, "B"
    )
    assert [r.reason for r in twice.diagnosis.refused_matches] == ["B"]


def test_taking_the_proposal_over_after_all_forgets_the_refusal(differing):
    refused = with_refused_match(differing, "school", DAY, "R")
    taken = with_match_score(refused, "school", DAY, replace=True)
    assert taken.diagnosis.refused_matches == ()
    assert proposal(taken, "school").state == "same"


def test_a_refusal_goes_with_its_program(differing):
    refused = with_refused_match(differing, "school", DAY, "R")
    assert refused.without_program("school").diagnosis.refused_matches == ()


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_refusal_needs_a_reason(differing, reason):
    with pytest.raises(ProjectError, match="Write the reason"):
        with_refused_match(differing, "school", DAY, reason)


def test_what_is_not_proposed_cannot_be_refused(elm):
    rest = elm.with_diagnosis(elm.diagnosis.without_program("school"))
    with pytest.raises(ProjectError, match="There is no proposal for School prevention lessons"):
        with_refused_match(rest, "school", DAY, "R")


def test_a_refusal_of_a_program_that_is_gone_is_a_finding(differing):
    refused = with_refused_match(differing, "school", DAY, "R")
    gone = differing.without_program("school").with_diagnosis(refused.diagnosis)
    assert "unknown-reference" in [f.code for f in check(gone)]


def test_a_refusal_can_be_kept_when_the_run_is_locked(differing):
    decided = differing.decide(differing.run().record)
    refused = with_refused_match(decided, "school", DAY, "R")
    assert refused.run() == decided.run()
