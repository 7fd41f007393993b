"""Which pairs are asked, in what order, and what a draft of answers about pairs holds."""

from __future__ import annotations

import json
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from mcda.analysis import derive_weights, misfits
from mcda.app.weight_draft import (
    Draft,
    catch_up,
    draft_of,
    is_news,
    method_of,
    new_draft,
    problem_with,
    progress,
    resumed,
    weighting_of,
)
from mcda.app.weight_pairs import (
    MORE,
    about,
    apart,
    are_checked,
    asking_order,
    criteria_under,
    first_round,
    groups,
    left,
    plan,
)
from mcda.engine.weighting.pairwise import pairwise_weights
from mcda.project import (
    Comparison,
    ComparisonsJudgement,
    Criterion,
    Equal,
    NumberScale,
    Objective,
    Project,
    Weighting,
)
from mcda.project.checks import joined, weighting_errors

TODAY = date(2026, 9, 1)
CASES = Path(__file__).parents[1] / "conformance" / "cases.json"


def project(*items: str, tree: dict[str, str] | None = None) -> Project:
    """A project with these criteria; ``tree`` names the objective of some of them."""
    made = Project.new("Which?")
    for objective in dict.fromkeys((tree or {}).values()):
        made = made.with_objective(Objective(id=objective, name=objective.upper()))
    for item in items:
        scale = NumberScale(worst=0.0, best=100.0)
        parent = (tree or {}).get(item)
        made = made.with_criterion(
            Criterion(id=item, name=item.capitalize(), scale=scale, parent=parent)
        )
    return made


FLAT = project("cost", "reach", "time", "staff")
BRANCHES = {"cost": "doable", "time": "doable", "staff": "doable", "reach": "wide"}
TREE = project("cost", "reach", "time", "staff", tree=BRANCHES)


def begun(of: Project = FLAT):
    run = of.run()
    return run, new_draft(run, "1", "pairs", "p1", "Judge")


def said(item: str, than: str, times: float = 3.0) -> Comparison:
    return Comparison(item=item, than=than, times=times)


def in_pairs(*given: Comparison, over="criteria") -> Weighting:
    judgement = ComparisonsJudgement(over=over, comparisons=given)
    return Weighting(id="judge", name="Judge", person="p1", judgement=judgement)


def widened(of: Project, item: str) -> Project:
    criterion = of.run().criterion(item)
    scale = criterion.scale.model_copy(update={"worst": -50.0})
    return of.with_criterion(criterion.model_copy(update={"scale": scale}))


# --- the order of asking


@pytest.mark.parametrize("count", range(1, 13))
def test_every_pair_is_asked_about_once(count):
    items = tuple("abcdefghijkl"[:count])
    asked = asking_order(items)
    assert sorted(asked) == sorted(combinations(items, 2))


@pytest.mark.parametrize("count", range(2, 13))
def test_the_first_answers_join_all(count):
    items = tuple("abcdefghijkl"[:count])
    chain = asking_order(items)[: count - 1]
    assert len(joined(items, [said(*pair) for pair in chain])) == 1


@pytest.mark.parametrize("count", range(3, 21))
def test_the_first_round_speaks_of_each_twice_or_more_and_stays_short(count):
    items = tuple(map(str, range(count)))
    asked = first_round(items)
    assert min(sum(item in pair for pair in asked) for item in items) >= 2
    assert len(asked) <= 1.5 * count + 1


@pytest.mark.parametrize("count", range(2, 13))
def test_the_first_round_comes_first(count):
    items = tuple("abcdefghijkl"[:count])
    first = first_round(items)
    assert asking_order(items)[: len(first)] == first


def test_branches_are_asked_before_the_top():
    assert groups(TREE.run(), "tree") == [("cost", "time", "staff"), ("doable", "wide")]


def test_nothing_is_asked_about_the_only_one():
    run, draft = begun(project("cost"))
    assert (groups(run, "criteria"), draft.pairs.at, problem_with(draft, run)) == ([], None, None)
    assert derive_weights(run, weighting_of(draft, run, TODAY)) == {"cost": 1.0}


@pytest.mark.parametrize(("of", "over"), [(FLAT, "criteria"), (TREE, "tree")])
def test_criteria_in_branches_are_compared_within_them(of, over):
    _, draft = begun(of)
    assert draft.pairs.over == over


@pytest.mark.parametrize(("item", "under"), [("cost", ["cost"]), ("wide", ["reach"])])
def test_the_criteria_of_a_branch(item, under):
    assert [c.id for c in criteria_under(TREE.run(), item)] == under


# --- answering


def test_the_first_pair_is_in_view_and_nothing_is_answered():
    _, draft = begun()
    assert (draft.pairs.at, draft.pairs.given) == (("cost", "reach"), ())


def test_another_answer_about_a_pair_replaces_the_first():
    _, draft = begun()
    draft.pairs.answer(("cost", "reach"), said("cost", "reach"))
    draft.pairs.answer(("cost", "reach"), said("reach", "cost", 5.0))
    assert draft.pairs.given == (said("reach", "cost", 5.0),)


def test_going_on_and_back():
    run, draft = begun()
    draft.pairs.answer(("cost", "reach"), said("cost", "reach"))
    draft.pairs.go_on(run)
    assert draft.pairs.at == ("reach", "time")
    draft.pairs.go_back(run)
    assert draft.pairs.at == ("cost", "reach")
    draft.pairs.go_back(run)
    assert draft.pairs.at == ("cost", "reach")


def test_a_pair_passed_over_has_no_answer_and_comes_last():
    run, draft = begun()
    draft.pairs.answer(("cost", "reach"), said("cost", "reach"))
    draft.pairs.pass_over(run)
    assert (draft.pairs.given, draft.pairs.at) == ((), ("reach", "time"))
    for pair in plan(draft.pairs, run):
        if pair != ("cost", "reach"):
            draft.pairs.answer(pair, said(*pair))
    assert left(draft.pairs, run) == [("cost", "reach")]
    draft.pairs.go_on(run)
    assert draft.pairs.at is None


def test_too_few_answers_are_not_saved():
    run, draft = begun()
    draft.pairs.given = (said("cost", "reach"), said("time", "staff"))
    assert problem_with(draft, run) == (
        "The answers do not join everything yet. Still apart: Cost with Reach; Time with Staff. "
        "Answer more pairs."
    )


def test_once_joined_they_can_be_saved():
    run, draft = begun()
    draft.pairs.given = (said("cost", "reach"), said("reach", "time"), said("staff", "time"))
    assert problem_with(draft, run) is None
    assert not are_checked(draft.pairs, run)
    assert not list(weighting_errors(run, weighting_of(draft, run, TODAY)))


def test_in_a_tree_every_branch_has_to_be_joined():
    run, draft = begun(TREE)
    draft.pairs.given = (said("doable", "wide"), said("cost", "time"))
    assert apart(draft.pairs, run) == [["cost", "time"], ["staff"]]
    draft.pairs.given = (*draft.pairs.given, said("time", "staff"))
    assert problem_with(draft, run) is None
    shares = derive_weights(run, weighting_of(draft, run, TODAY))
    assert shares["reach"] == pytest.approx(1 / 4)
    assert shares["cost"] == pytest.approx(3 / 4 * 9 / 13)


def test_more_pairs_are_those_not_asked_yet_a_few_at_a_time():
    run, draft = begun(project(*"abcdefgh"))
    for pair in plan(draft.pairs, run):
        draft.pairs.answer(pair, said(*pair))
    draft.pairs.ask_more(run)
    assert draft.pairs.at == draft.pairs.wanted[0]
    assert about(draft.pairs.given, draft.pairs.at) is None
    assert len(draft.pairs.wanted) == MORE
    assert len(plan(draft.pairs, run)) == 12 + MORE


def test_more_pairs_begin_with_those_that_join_what_is_apart():
    run, draft = begun()
    draft.pairs.given = (said("cost", "reach"), said("reach", "time"), said("cost", "time"))
    draft.pairs.passed = (("time", "staff"), ("cost", "staff"))
    draft.pairs.at = None
    draft.pairs.ask_more(run)
    assert "staff" in draft.pairs.at


def test_with_every_pair_answered_none_is_left():
    run, draft = begun()
    for pair in combinations(("cost", "reach", "time", "staff"), 2):
        draft.pairs.answer(pair, said(*pair))
    assert left(draft.pairs, run) == []
    assert are_checked(draft.pairs, run)


# --- numbers


def test_saatys_drinks_asked_in_pairs_give_the_published_weights():
    """Saaty, T. (2008). Decision making with the analytic hierarchy process. International
    Journal of Services Sciences 1(1), 83-98: which drink is consumed most in the U.S."""
    drinks = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
    cases = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    case = next(c for c in cases if c["id"] == "ahp_saaty2008_drinks")
    run, draft = begun(project(*drinks))
    for one, other in combinations(range(7), 2):
        ratio = case["matrix"][one][other]
        pair = (drinks[one], drinks[other]) if ratio >= 1 else (drinks[other], drinks[one])
        times = ratio if ratio >= 1 else round(1 / ratio, 9)
        draft.pairs.answer(pair, said(*pair, times))
    made = weighting_of(draft, run, TODAY)
    shares = [derive_weights(run, made)[drink] for drink in drinks]
    assert shares == pytest.approx(case["expected"], abs=case["tolerance"])
    assert shares == pytest.approx(pairwise_weights(case["matrix"]).weights.tolist(), abs=1e-8)
    assert misfits(run, made) == ()


def test_the_answer_that_fits_least_is_named_with_its_two():
    run, draft = begun()
    right = {"cost": 8, "reach": 4, "time": 2, "staff": 1}
    for one, other in combinations(right, 2):
        draft.pairs.answer((one, other), said(one, other, right[one] / right[other]))
    draft.pairs.answer(("reach", "staff"), said("staff", "reach", 4.0))
    (misfit,) = misfits(run, weighting_of(draft, run, TODAY))
    assert (misfit.item, misfit.than) == ("staff", "reach")
    assert misfit.finding.message == (
        "One answer does not fit the others well. "
        "It says: Staff matters 4 times as much as Reach. "
        "The other answers say, roughly: Reach matters 4 times as much as Staff."
    )


# --- recorded answers


CHAIN = (said("cost", "reach"), said("reach", "time"), said("time", "staff"))


def test_answers_in_pairs_are_called_so():
    assert method_of(in_pairs().judgement) == "pairs"
    assert method_of(Equal()) == "swing"


def test_recorded_answers_open_as_they_are():
    given = in_pairs(*CHAIN)
    run = FLAT.with_weighting(given).run()
    draft = draft_of(run, given, "2")
    assert (draft.method, draft.pairs.given, draft.pairs.at) == ("pairs", CHAIN, None)
    assert not is_news(draft, run)
    assert weighting_of(draft, run, TODAY).judgement == given.judgement


def test_pairs_beyond_the_first_round_stay_among_those_asked():
    extra = ("a", "c")
    run = project(*"abcdefgh").run()
    draft = draft_of(run, in_pairs(said(*extra)), "2")
    assert extra not in first_round(tuple("abcdefgh"))
    assert extra in plan(draft.pairs, run)


def test_answers_given_branch_by_branch_open_as_they_are():
    given = in_pairs(said("doable", "wide"), over="tree")
    draft = draft_of(TREE.run(), given, "2")
    assert (draft.pairs.over, draft.pairs.given) == ("tree", (said("doable", "wide"),))


def test_what_compares_nothing_is_left_out_and_asked_again():
    odd = (said("cost", "gone"), said("cost", "cost"), *CHAIN, said("reach", "cost"))
    draft = draft_of(FLAT.run(), in_pairs(*odd), "2")
    assert draft.pairs.given == CHAIN
    assert draft.pairs.at is None
    draft = draft_of(FLAT.run(), in_pairs(*CHAIN[:2]), "2")
    assert draft.pairs.at == ("time", "staff")


def test_a_stale_weighting_asks_only_the_pairs_of_the_changed_range_again():
    run, draft = begun()
    draft.pairs.given = CHAIN
    old = weighting_of(draft, run, TODAY)
    now = widened(FLAT.with_weighting(old), "staff").run()
    reopened = draft_of(now, old, "2")
    assert reopened.pairs.given == CHAIN[:2]
    assert reopened.pairs.former == CHAIN[2:]
    assert reopened.pairs.at == ("time", "staff")


def test_a_range_changed_meanwhile_asks_its_pairs_again():
    _, draft = begun()
    draft.pairs.given, draft.pairs.at = CHAIN, None
    assert catch_up(draft, widened(FLAT, "cost").run()) == ("Cost",)
    assert (draft.pairs.given, draft.pairs.at) == (CHAIN[1:], ("cost", "reach"))


def test_who_is_being_asked_something_else_is_not_interrupted():
    _, draft = begun()
    draft.pairs.given, draft.pairs.at = CHAIN, ("cost", "staff")
    catch_up(draft, widened(FLAT, "reach").run())
    assert (draft.pairs.given, draft.pairs.at) == (CHAIN[2:], ("cost", "staff"))


def test_a_changed_range_asks_again_even_beyond_the_first_round():
    many = project(*"abcdefgh")
    _, draft = begun(many)
    draft.pairs.given, draft.pairs.at = (said("a", "c"),), None
    catch_up(draft, widened(many, "c").run())
    assert draft.pairs.at == ("a", "c")


def test_a_changed_range_asks_again_about_its_branch():
    _, draft = begun(TREE)
    kept = (said("cost", "time"), said("time", "staff"))
    draft.pairs.given, draft.pairs.at = (*kept, said("doable", "wide")), None
    catch_up(draft, widened(TREE, "reach").run())
    assert draft.pairs.given == kept
    assert draft.pairs.former == (said("doable", "wide"),)
    assert draft.pairs.at == ("doable", "wide")


def test_a_criterion_taken_out_takes_its_pairs_along():
    _, draft = begun()
    draft.pairs.given, draft.pairs.at = CHAIN, ("time", "staff")
    run = FLAT.without_criterion("staff").run()
    assert catch_up(draft, run) == ()
    assert draft.pairs.given == CHAIN[:2]
    assert draft.pairs.at == ("cost", "time")


def test_nothing_changes_where_nothing_was_changed():
    run, draft = begun()
    draft.pairs.given, draft.pairs.at = CHAIN, ("cost", "staff")
    catch_up(draft, run)
    assert (draft.pairs.given, draft.pairs.at) == (CHAIN, ("cost", "staff"))


# --- kept


def test_a_draft_is_read_back_as_it_was_kept():
    run, draft = begun()
    draft.pairs.answer(("cost", "reach"), said("cost", "reach"))
    draft.pairs.go_on(run)
    draft.pairs.pass_over(run)
    kept = TypeAdapter(Draft).dump_json(draft)
    assert TypeAdapter(Draft).validate_json(kept) == draft
    assert resumed(TypeAdapter(Draft).validate_json(kept), run, "2").pairs == draft.pairs


def test_a_draft_kept_before_there_were_pairs_is_still_read():
    draft = new_draft(FLAT.run(), "1", "points", "p1", "Judge")
    older = json.loads(TypeAdapter(Draft).dump_json(draft))
    del older["pairs"]
    assert TypeAdapter(Draft).validate_python(older).pairs.given == ()


def test_how_far_it_has_come():
    run, draft = begun()
    assert not is_news(draft, run)
    draft.pairs.answer(("cost", "reach"), said("cost", "reach"))
    assert is_news(draft, run)
    assert progress(draft, run) == "1 of 6 pairs"
