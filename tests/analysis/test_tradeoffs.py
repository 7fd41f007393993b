"""Trade-offs read back in words, against amounts worked out by hand."""

from __future__ import annotations

import pytest

from mcda.analysis import lift_text, read_back, tradeoff, used_weights
from mcda.project import (
    Criterion,
    Level,
    LevelScale,
    NumberScale,
    PointShare,
    PointsJudgement,
    Project,
    ValuePoint,
    Weighting,
)

COST = Criterion(
    id="cost",
    name="Cost",
    scale=NumberScale(unit="US dollars over 3 years", worst=600_000.0, best=0.0),
)
MONTHS = Criterion(
    id="months", name="Waiting", scale=NumberScale(unit="months", worst=18.0, best=0.0)
)
ANCHORS = ("Harm", "Nothing", "Basic", "Trained", "Shaped with survivors")
SAFETY = Criterion(
    id="safety",
    name="Safety",
    scale=LevelScale(
        levels=tuple(Level(level=n, anchor=a) for n, a in enumerate(ANCHORS, 1)),
        values=(0.0, 15.0, 55.0, 80.0, 100.0),
    ),
)
# 300 people are worth 60, all 1,200 are worth 100.
REACH = Criterion(
    id="reach",
    name="Reach",
    scale=NumberScale(
        unit="people per year",
        worst=0.0,
        best=1200.0,
        points=(ValuePoint(score=300.0, value=60.0),),
    ),
)
FIT = Criterion(
    id="fit",
    name="Fit",
    scale=LevelScale(levels=(Level(level=1, anchor="No"), Level(level=2, anchor="Yes"))),
)


def project(*criteria: Criterion, **points: float) -> Project:
    made = Project.new("Which program?")
    for criterion in criteria:
        made = made.with_criterion(criterion)
    shares = tuple(PointShare(item=c, points=float(p)) for c, p in points.items())
    return made.with_weighting(
        Weighting(id="w", name="Ours", judgement=PointsJudgement(points=shares))
    )


def found(lifted: Criterion, paid: Criterion, **points: float):
    return tradeoff(used_weights(project(lifted, paid, **points).run()), lifted, paid)


def test_money_for_a_step_of_levels():
    # Level 2 to 4 gains 80 - 15 = 65 values; at equal weights 65% of 600,000.
    trade = found(SAFETY, COST, safety=1, cost=1)
    assert (trade.start, trade.end) == (2, 4)
    assert trade.amount == pytest.approx(390_000)


def test_the_amount_grows_with_the_weight():
    # Twice the weight on safety: level 2 to 3 gains 40, times 2 is 80% of 600,000;
    # the step to level 4 would be 130% and does not fit.
    trade = found(SAFETY, COST, safety=2, cost=1)
    assert (trade.start, trade.end) == (2, 3)
    assert trade.amount == pytest.approx(480_000)


def test_nothing_is_said_where_every_step_exceeds_the_range():
    # The smallest step of fit is all of it: 100 values at ten times the weight.
    assert found(FIT, COST, fit=10, cost=1) is None


def test_a_loss_of_exactly_the_whole_range_still_counts():
    assert found(FIT, COST, fit=1, cost=1).amount == pytest.approx(600_000)


def test_a_curved_price_is_counted_from_its_best_end():
    # Level 2 to 4 gains 65; from 100 down to 35 on reach, where 35 of 60 values lie at
    # 300 * 35 / 60 = 175 people.
    trade = found(SAFETY, REACH, safety=1, reach=1)
    assert trade.left == pytest.approx(175)
    assert trade.amount == pytest.approx(1025)


def test_a_number_is_lifted_half_the_way_first():
    # From 18 to 9 months gains 50 values: half of 600,000.
    trade = found(MONTHS, COST, months=1, cost=1)
    assert (trade.start, trade.end, trade.amount) == (18, 9, pytest.approx(300_000))


@pytest.mark.parametrize("points", [{"safety": 0, "cost": 1}, {"safety": 1, "cost": 0}])
def test_what_counts_nothing_is_not_traded(points):
    assert found(SAFETY, COST, **points) is None


def test_levels_are_no_price():
    assert found(COST, SAFETY, safety=1, cost=1) is None


def test_a_curve_that_stands_still_is_no_price():
    flat = NumberScale(
        unit="people", worst=0.0, best=10.0, points=(ValuePoint(score=5.0, value=0.0),)
    )
    paid = REACH.model_copy(update={"scale": flat})
    assert found(SAFETY, paid, safety=1, reach=1) is None


def test_the_sentence_names_both_sides_with_their_units():
    (first, *_) = read_back(project(SAFETY, COST, safety=1, cost=1))
    assert first.sentence == (
        "These weights treat the step from level 2 to level 4 on Safety as worth as much as a "
        "difference of 390,000 US dollars over 3 years (Cost)."
    )
    assert first.detail == "Level 2: Nothing. Level 4: Trained."


def test_an_amount_that_is_rounded_says_about_and_never_overstates():
    # 65% of 600,000 over 1.7: 229,411.76...
    (first, *_) = read_back(project(SAFETY, COST, safety=1, cost=1.7))
    assert "a difference of about 229,000 US dollars over 3 years" in first.sentence


def test_where_more_is_better_the_price_is_fewer_and_says_from_where():
    (first, *_) = read_back(project(SAFETY, REACH, safety=1, reach=1))
    # 1,025 people, cut to three digits; 1,200 - 1,020 = 180.
    assert (
        "difference of about 1,020 people per year (Reach, from 1,200 down to 180)"
        in first.sentence
    )


def test_percent_are_told_as_percentage_points():
    share = Criterion(
        id="arrests", name="Repeat arrests", scale=NumberScale(unit="%", worst=40.0, best=0.0)
    )
    (first, *_) = read_back(project(SAFETY, share, safety=1, arrests=1))
    assert "a difference of 26 percentage points (Repeat arrests)" in first.sentence


def test_a_difference_that_takes_the_whole_range_says_so():
    (first, *_) = read_back(project(SAFETY, COST, safety=1, cost=0.65))
    assert "a difference of 600,000 US dollars" in first.sentence
    assert first.detail.endswith("Level 4: Trained. That is the whole range of Cost.")


def test_money_is_the_price_told_first():
    said = read_back(project(MONTHS, SAFETY, COST, months=3, safety=3, cost=3))
    assert ["US dollars" in s.sentence for s in said] == [True, True, False]


def test_the_same_pair_is_not_told_twice():
    said = read_back(project(MONTHS, COST, months=1, cost=1))
    assert len(said) == 1


def test_without_units_lifts_are_set_against_each_other():
    need = FIT.model_copy(update={"id": "need", "name": "Need"})
    (first,) = read_back(project(FIT, need, fit=3, need=2))
    assert first.sentence == (
        "So the whole lift from worst to best on Fit counts 1.5 times as much as the one on Need."
    )


def test_equal_lifts_count_as_much():
    need = FIT.model_copy(update={"id": "need", "name": "Need"})
    (first,) = read_back(project(FIT, need, fit=1, need=1))
    assert "on Fit counts as much as the one on Need" in first.sentence


def test_what_counts_nothing_is_named():
    said = read_back(project(SAFETY, COST, FIT, safety=1, cost=1, fit=0))
    assert said[-1].sentence == "Fit does not count at all."


def test_one_that_counts_alone_is_named():
    said = read_back(project(SAFETY, COST, safety=1, cost=0))
    assert said[0].sentence == "Only Safety counts; nothing makes up for a loss on it."


@pytest.mark.parametrize(
    ("criterion", "text"),
    [
        pytest.param(COST, "from 600,000 down to 0 US dollars over 3 years", id="less is better"),
        pytest.param(REACH, "from 0 up to 1,200 people per year", id="more is better"),
        pytest.param(FIT, "from level 1 (No) to level 2 (Yes)", id="levels"),
    ],
)
def test_a_range_in_words(criterion, text):
    assert lift_text(criterion) == text
