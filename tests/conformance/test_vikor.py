"""Published worked examples of VIKOR."""

import pytest

from mcda.engine import rank


def check(published):
    result = rank(
        published["matrix"],
        published["weights"],
        published["directions"],
        method="vikor",
        v=published["params"]["v"],
    )
    within = published["tolerance"]
    assert result.scores == pytest.approx(published["expected"], abs=within)
    for name in "SR":
        assert result.steps[name] == pytest.approx(published["also_expected"][name], abs=within)
    assert not result.higher_is_better
    return result


@pytest.mark.parametrize(
    ("weighting", "members"),
    [("w1", [4]), ("w2", [4]), ("w3", [2, 4, 5]), ("w4", [2, 4, 5])],
)
def test_opricovic2007(case, weighting, members):
    """Opricovic, S., Tzeng, G.-H. (2007). Extended VIKOR method in comparison with outranking
    methods. European Journal of Operational Research 178(2), 514-529: hydropower systems. The
    sets follow from the printed Q, S and R by the two conditions with 1 / (6 - 1) = 0.2."""
    result = check(case(f"vikor_opricovic2007_{weighting}"))
    assert result.compromise.members.nonzero()[0].tolist() == members
    assert result.compromise.acceptable_advantage == (len(members) == 1)


def test_opricovic2004(case):
    """Opricovic, S., Tzeng, G.-H. (2004). Compromise solution by MCDM methods: a comparative
    analysis of VIKOR and TOPSIS. European Journal of Operational Research 156(2), 445-455: the
    mountain climber takes the second."""
    result = check(case("vikor_opricovic2004"))
    assert result.compromise.members.tolist() == [False, True, False]
    assert result.compromise.acceptable_advantage
    assert result.compromise.acceptable_stability
