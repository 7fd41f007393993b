"""Published worked examples of VIKOR."""

import pytest


@pytest.fixture
def check(agrees, case):
    def check(name):
        result, published = agrees(name, "vikor", v=0.5), case(name)
        for measure in "SR":
            printed = published["also_expected"][measure]
            assert result.steps[measure] == pytest.approx(printed, abs=published["tolerance"])
        assert not result.higher_is_better
        return result

    return check


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("vikor_opricovic2007_w1", [4]),
        ("vikor_opricovic2007_w2", [4]),
        ("vikor_opricovic2007_w3", [2, 4, 5]),
        ("vikor_opricovic2007_w4", [2, 4, 5]),
    ],
)
def test_opricovic2007(check, name, members):
    """Opricovic, S., Tzeng, G.-H. (2007). Extended VIKOR method in comparison with outranking
    methods. European Journal of Operational Research 178(2), 514-529: hydropower systems. The
    sets follow from the printed Q, S and R by the two conditions with 1 / (6 - 1) = 0.2."""
    result = check(name)
    assert result.compromise.members.nonzero()[0].tolist() == members
    assert result.compromise.acceptable_advantage == (len(members) == 1)


def test_opricovic2004(check):
    """Opricovic, S., Tzeng, G.-H. (2004). Compromise solution by MCDM methods: a comparative
    analysis of VIKOR and TOPSIS. European Journal of Operational Research 156(2), 445-455: the
    mountain climber takes the second."""
    result = check("vikor_opricovic2004")
    assert result.compromise.members.tolist() == [False, True, False]
    assert result.compromise.acceptable_advantage
    assert result.compromise.acceptable_stability
