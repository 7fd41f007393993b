"""Answers while they are being given: what is kept, what is asked again, what is saved."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.app.weight_draft import (
    catch_up,
    copy_of,
    draft_of,
    free_name,
    judgement,
    new_draft,
    next_code,
    problem_with,
    problem_with_person,
    renamed,
    weighting_of,
)
from mcda.project import (
    Criterion,
    Equal,
    NumberScale,
    OrderJudgement,
    PointShare,
    PointsJudgement,
    Project,
    ProjectError,
    SwingJudgement,
    SwingRating,
    Weighting,
)
from mcda.project.checks import stale_criteria
from mcda.project.text import MAX_NAME

TODAY = date(2026, 9, 1)


def criterion(item: str, worst: float = 0.0, best: float = 100.0) -> Criterion:
    return Criterion(id=item, name=item.capitalize(), scale=NumberScale(worst=worst, best=best))


def project(*weightings: Weighting) -> Project:
    made = Project.new("Which?")
    for item in ("cost", "reach", "time"):
        made = made.with_criterion(criterion(item))
    for weighting in weightings:
        made = made.with_weighting(weighting)
    return made


def begun(method="swing", **numbers: float):
    run = project().run()
    draft = new_draft(run, "1", method, "p1", "Judge")
    draft.numbers = {c: float(n) for c, n in numbers.items()}
    draft.top = next((c for c, n in numbers.items() if n == 100), None)
    return run, draft


def swing(name="Judge", person: str | None = "p1", **ratings: float) -> Weighting:
    given = tuple(SwingRating(item=c, rating=float(r)) for c, r in ratings.items())
    return Weighting(
        id=name.lower(), name=name, person=person, judgement=SwingJudgement(ratings=given)
    )


def given(run, weighting: Weighting) -> Weighting:
    """The weighting as asked for the ranges of this run."""
    draft = draft_of(run, weighting, "1")
    return weighting_of(draft, run, TODAY)


def test_nothing_is_filled_in_for_a_new_person():
    _, draft = begun()
    assert draft.numbers == {}


def test_the_top_lift_is_100():
    _, draft = begun()
    draft.choose_top("cost")
    assert draft.numbers == {"cost": 100}


def test_another_top_lift_asks_the_former_one_again():
    _, draft = begun()
    draft.choose_top("cost")
    draft.choose_top("reach")
    assert draft.numbers == {"reach": 100}


def test_an_answer_can_be_taken_back():
    _, draft = begun(cost=100, reach=20)
    draft.answer("reach", None)
    assert draft.numbers == {"cost": 100}


def test_a_swing_becomes_ratings():
    run, draft = begun(cost=100, reach=40, time=0)
    assert judgement(draft, run, confirmed=True) == SwingJudgement(
        ratings=(
            SwingRating(item="cost", rating=100.0),
            SwingRating(item="reach", rating=40.0),
            SwingRating(item="time", rating=0.0),
        ),
        confirmed=True,
    )


def test_points_stay_as_given():
    run, draft = begun("points", cost=50, reach=30, time=40)
    assert [p.points for p in judgement(draft, run).points] == [50, 30, 40]


def test_places_become_an_order_with_ties():
    run, draft = begun("order", cost=3, reach=1, time=3)
    assert judgement(draft, run) == OrderJudgement(tiers=(("reach",), ("cost", "time")))


@pytest.mark.parametrize(
    ("method", "numbers", "said"),
    [
        pytest.param("swing", {}, "lift you would make first", id="no top"),
        pytest.param("swing", {"cost": 100, "reach": 3}, "Still empty: Time.", id="empty"),
        pytest.param(
            "swing", {"cost": 100, "reach": 101, "time": 1}, "Reach: give a number", id="too much"
        ),
        pytest.param(
            "points", {"cost": 0, "reach": 0, "time": 0}, "at least one", id="no points at all"
        ),
        pytest.param(
            "points", {"cost": -1, "reach": 1, "time": 0}, "Cost: give a number", id="negative"
        ),
        pytest.param(
            "order", {"cost": 4, "reach": 1, "time": 2}, "from 1 to 3", id="a place too far"
        ),
    ],
)
def test_what_is_missing_is_said(method, numbers, said):
    run, draft = begun(method, **numbers)
    assert said in problem_with(draft, run)


@pytest.mark.parametrize("method", ["swing", "points", "order"])
def test_complete_answers_can_be_saved(method):
    run, draft = begun(method, cost=1, reach=1, time=1)
    draft.choose_top("cost") if method == "swing" else None
    assert problem_with(draft, run) is None


def test_a_weighting_keeps_whose_it_is_the_ranges_and_the_day():
    run, draft = begun(cost=100, reach=40, time=0)
    made = weighting_of(draft, run, TODAY)
    assert (made.id, made.name, made.person, made.role) == ("p1", "Judge", "p1", "Judge")
    assert {a.criterion: (a.worst, a.best) for a in made.asked} == dict.fromkeys(
        ("cost", "reach", "time"), (0, 100)
    )
    assert made.given_on == TODAY


def test_the_group_has_no_code():
    run = project().run()
    draft = new_draft(run, "1", "points", None, "")
    assert (draft.name, draft.person) == ("The group", None)


def test_changing_a_swing_goes_to_its_ratings():
    before = swing(cost=100, reach=30, time=5)
    draft = draft_of(project(before).run(), before, "2", back_to="compare")
    assert (draft.step, draft.top, draft.back_to) == (3, "cost", "compare")
    assert draft.numbers == {"cost": 100, "reach": 30, "time": 5}


def test_changed_answers_replace_the_weighting():
    before = swing(cost=100, reach=30, time=5)
    run = project(before).run()
    assert weighting_of(draft_of(run, before, "2"), run, TODAY).id == before.id


def test_a_stale_weighting_is_asked_again_beside_its_old_answers():
    plain = project()
    old = given(plain.run(), swing(cost=100, reach=30, time=5))
    run = plain.with_weighting(old).with_criterion(criterion("reach", best=200.0)).run()
    draft = draft_of(run, old, "2")
    assert (draft.step, draft.numbers) == (1, {})
    assert draft.former == {"cost": 100, "reach": 30, "time": 5}


def test_once_asked_again_it_is_no_longer_stale():
    plain = project()
    old = given(plain.run(), swing(cost=100, reach=30, time=5))
    run = plain.with_weighting(old).with_criterion(criterion("reach", best=200.0)).run()
    draft = draft_of(run, old, "2")
    draft.choose_top("reach")
    draft.numbers |= {"cost": 40.0, "time": 2.0}
    assert stale_criteria(run, weighting_of(draft, run, TODAY)) == ()


def test_answers_branch_by_branch_are_asked_anew():
    tree = Weighting(
        id="t",
        name="T",
        judgement=PointsJudgement(over="tree", points=(PointShare(item="cost", points=1.0),)),
    )
    assert draft_of(project(tree).run(), tree, "2").numbers == {}


def test_equal_weights_are_asked_by_swing():
    equal = Weighting(id="e", name="E", judgement=Equal())
    draft = draft_of(project(equal).run(), equal, "2")
    assert (draft.method, draft.step) == ("swing", 1)


def test_a_range_changed_meanwhile_is_asked_again():
    _, draft = begun(cost=100, reach=40, time=5)
    draft.step = 4
    run = project().with_criterion(criterion("reach", best=200.0)).run()
    assert catch_up(draft, run) == ("Reach",)
    assert draft.numbers == {"cost": 100, "time": 5}
    assert (draft.former, draft.step) == ({"reach": 40}, 3)


def test_a_changed_range_of_the_top_lift_asks_all_again():
    _, draft = begun(cost=100, reach=40, time=5)
    draft.step = 3
    run = project().with_criterion(criterion("cost", best=200.0)).run()
    catch_up(draft, run)
    assert (draft.numbers, draft.top, draft.step) == ({}, None, 1)
    assert draft.former == {"cost": 100, "reach": 40, "time": 5}


def test_a_top_lift_taken_out_asks_all_again():
    _, draft = begun(cost=100, reach=40, time=5)
    catch_up(draft, project().without_criterion("cost").run())
    assert (draft.numbers, draft.top) == ({}, None)


def test_nothing_changes_where_nothing_was_changed():
    run, draft = begun(cost=100, reach=40)
    draft.step = 3
    assert catch_up(draft, run) == ()
    assert (draft.numbers, draft.step) == ({"cost": 100, "reach": 40}, 3)


@pytest.mark.parametrize(
    ("code", "role", "said"),
    [
        pytest.param("", "Judge", "short code", id="no code"),
        pytest.param("jane doe", "Judge", "short code", id="two words"),
        pytest.param("p1", "Judge", "answered already", id="taken"),
        pytest.param("p2", " ", "Write a role", id="no role"),
    ],
)
def test_a_person_needs_a_code_and_a_role(code, role, said):
    run = project(swing(cost=100, reach=30, time=5)).run()
    assert said in problem_with_person(run, code, role)


def test_a_free_code_is_suggested():
    assert next_code(project(swing(cost=100)).run()) == "p2"


def test_a_copy_has_an_id_and_a_name_of_its_own():
    before = swing(cost=100, reach=30, time=5)
    copied = copy_of(project(before).run(), before)
    assert (copied.id, copied.name) == ("judge-2", "Judge (copy)")
    assert copied.judgement == before.judgement


@pytest.mark.parametrize(
    ("wanted", "code", "name"),
    [
        pytest.param("Mayor", "p2", "Mayor", id="free"),
        pytest.param("judge", "p2", "judge (p2)", id="taken by a person"),
        pytest.param("Judge", None, "Judge 2", id="taken without a code"),
    ],
)
def test_names_are_told_apart(wanted, code, name):
    assert free_name(project(swing(cost=100)).run(), wanted, code) == name


@pytest.mark.parametrize("code", ["p" * 20, None])
def test_the_longest_name_has_room_for_what_tells_it_apart(code):
    longest = "n" * MAX_NAME
    run = project(swing(cost=100).model_copy(update={"name": longest})).run()
    assert len(free_name(run, longest, code)) <= MAX_NAME


def test_a_name_is_cleaned():
    before = swing(cost=100)
    assert renamed(project(before).run(), before, "  The\u202e bench\n").name == "The bench"


@pytest.mark.parametrize("name", ["", "   ", "x" * 600])
def test_a_name_is_needed(name):
    before = swing(cost=100)
    with pytest.raises(ProjectError, match="Write a name"):
        renamed(project(before).run(), before, name)


def test_a_name_that_another_has_is_refused():
    run = project(swing(cost=100), swing("Mayor", "p2", cost=100)).run()
    with pytest.raises(ProjectError, match="has this name already"):
        renamed(run, run.weighting("mayor"), "JUDGE")
