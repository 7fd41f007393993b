import numpy as np
import pytest

from mcda.engine import InputError
from mcda.engine.robustness import wilson_interval


def test_newcombe1998():
    """Newcombe, R. (1998). Two-sided confidence intervals for the single proportion. Statistics
    in Medicine 17(8), 857-872, table I, method 3: 81/263, 15/148, 0/20, 1/29 at 95 %."""
    for count, size, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        found = wilson_interval([count / size], size)
        np.testing.assert_allclose(np.ravel(found), [low, high], atol=5.1e-5)


def test_the_ends_solve_the_score_equation():
    """At each end p0, |p - p0| = z sqrt(p0 (1 - p0) / n)."""
    shares, size, z = np.array([0.0, 0.01, 0.3, 0.5, 0.97, 1.0]), 37.5, 2.5758293035489004
    for ends in wilson_interval(shares, size, level=0.99):
        reach = z * np.sqrt(ends * (1 - ends) / size)
        np.testing.assert_allclose(np.abs(shares - ends), reach, atol=1e-9)


def test_certain_shares_keep_a_width_on_one_side():
    low, high = wilson_interval([0, 1], 100)
    assert low[0] == 0
    assert high[1] == 1
    assert high[0] == pytest.approx(1 - low[1])


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        (([1.2], 10), "shares"),
        (([-0.1], 10), "shares"),
        (([0.5], 0), "size"),
        (([0.5], np.inf), "size"),
        (([0.5], 10, 1.0), "level"),
        (([0.5], 10, 0), "level"),
    ],
)
def test_bad_input_is_refused(arguments, argument):
    with pytest.raises(InputError) as caught:
        wilson_interval(*arguments)
    assert caught.value.argument == argument
