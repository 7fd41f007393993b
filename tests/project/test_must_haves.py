"""Must-haves: people's verdict first, else the score against the limit, which itself passes."""

from __future__ import annotations

import pytest

from mcda.project import (
    Criterion,
    Exact,
    Level,
    LevelScale,
    MustHave,
    NumberScale,
    Program,
    Project,
    Range,
    Score,
    Threshold,
    Unknown,
    Verdict,
)
from mcda.project.must_haves import verdict_on

MORE = NumberScale(unit="youth", worst=0, best=200)
LESS = NumberScale(unit="US dollars", worst=2_000_000, best=0)


def judged(scale, amount, limit, case="worst", verdicts=()) -> Verdict:
    must_have = MustHave(
        id="must",
        name="Must",
        threshold=Threshold(criterion="c", limit=limit, case=case),
        verdicts=verdicts,
    )
    project = Project.new("Which?").with_criterion(Criterion(id="c", name="Measure", scale=scale))
    if amount is not None:
        project = project.with_score(Score(program="continue", criterion="c", amount=amount))
    run = project.with_must_have(must_have).run()
    return verdict_on(run, must_have, run.program("continue"))


@pytest.mark.parametrize(
    ("scale", "value", "limit", "verdict"),
    [
        (MORE, 50, 50, "pass"),
        (MORE, 49.999, 50, "fail"),
        (MORE, 50.001, 50, "pass"),
        (LESS, 50, 50, "pass"),
        (LESS, 50.001, 50, "fail"),
        (LESS, 49.999, 50, "pass"),
    ],
)
@pytest.mark.parametrize("case", ["worst", "likely"])
def test_an_exact_score_is_held_against_the_limit(scale, value, limit, verdict, case):
    assert judged(scale, Exact(value=value), limit, case).verdict == verdict


@pytest.mark.parametrize(
    ("scale", "low", "high", "verdict"),
    [
        (MORE, 50, 90, "pass"),
        (MORE, 49.999, 90, "fail"),
        (LESS, 10, 50, "pass"),
        (LESS, 10, 50.001, "fail"),
    ],
)
@pytest.mark.parametrize("likely", [None, 50])
def test_the_worst_end_of_a_range_counts_where_the_must_have_says_so(
    scale, low, high, verdict, likely
):
    assert judged(scale, Range(low=low, high=high, likely=likely), 50).verdict == verdict


@pytest.mark.parametrize(
    ("scale", "likely", "verdict"),
    [(MORE, 50, "pass"), (MORE, 49.999, "fail"), (LESS, 50, "pass"), (LESS, 50.001, "fail")],
)
def test_the_likely_number_of_a_range_counts_where_the_must_have_says_so(scale, likely, verdict):
    amount = Range(low=10, high=90, likely=likely)
    assert judged(scale, amount, 50, "likely").verdict == verdict


@pytest.mark.parametrize(
    ("scale", "low", "high", "verdict"),
    [
        (MORE, 50, 90, "pass"),
        (MORE, 10, 49, "fail"),
        (MORE, 49, 50, "unknown"),
        (LESS, 10, 50, "pass"),
        (LESS, 51, 90, "fail"),
        (LESS, 50, 51, "unknown"),
    ],
)
def test_without_a_likely_number_a_range_across_the_limit_is_not_settled(scale, low, high, verdict):
    assert judged(scale, Range(low=low, high=high), 50, "likely").verdict == verdict


@pytest.mark.parametrize("amount", [None, Unknown()])
@pytest.mark.parametrize("case", ["worst", "likely"])
def test_what_is_not_known_is_not_settled(amount, case):
    verdict = judged(LESS, amount, 50, case)
    assert (verdict.verdict, verdict.reason) == ("unknown", "Measure is not known yet.")


@pytest.mark.parametrize("given", ["pass", "fail", "unknown"])
def test_the_verdict_of_people_counts_before_the_threshold(given):
    own = Verdict(program="continue", verdict=given, reason="Seen on site.", source="Visit")
    assert judged(LESS, Exact(value=10), 50, verdicts=(own,)) == own


def test_the_verdict_on_another_program_does_not_count():
    other = Verdict(program="other", verdict="fail", reason="No.")
    assert judged(LESS, Exact(value=10), 50, verdicts=(other,)).verdict == "pass"


def test_nobody_has_judged_where_there_is_neither_threshold_nor_verdict():
    run = Project.new("Which?").run()
    verdict = verdict_on(run, MustHave(id="m", name="M"), Program(id="continue", name="C"))
    assert (verdict.verdict, verdict.reason) == ("unknown", "Nobody has judged this yet.")


def levels(*numbers: int) -> LevelScale:
    return LevelScale(levels=tuple(Level(level=n, anchor="") for n in numbers))


@pytest.mark.parametrize(
    ("scale", "amount", "limit", "case", "reason"),
    [
        (
            LESS,
            Exact(value=1_250_000),
            450_000,
            "worst",
            "Measure is 1,250,000 US dollars; it must be at most 450,000 US dollars.",
        ),
        (
            MORE,
            Range(low=10, high=90),
            50,
            "worst",
            "Measure is 10 youth at worst; it must be at least 50 youth.",
        ),
        (
            NumberScale(unit="%", worst=100, best=0),
            Range(low=1, high=9, likely=2.5),
            5,
            "likely",
            "Measure is 2.5% most likely; it must be at most 5%.",
        ),
        (
            NumberScale(worst=0, best=9),
            Range(low=1, high=2),
            5,
            "likely",
            "Measure is 1 at worst; it must be at least 5.",
        ),
        (
            levels(1, 2, 3),
            Exact(value=2),
            3,
            "worst",
            "Measure is level 2; it must be at least level 3.",
        ),
        (
            levels(3, 2, 1),
            Exact(value=2),
            2,
            "worst",
            "Measure is level 2; it must be at most level 2.",
        ),
        (
            MORE,
            Range(low=10, high=90),
            50,
            "likely",
            "Measure may fall on either side of the limit; no likely number is given.",
        ),
    ],
)
def test_the_reason_tells_the_score_and_the_limit(scale, amount, limit, case, reason):
    assert judged(scale, amount, limit, case).reason == reason
