"""The linear programs behind the weight spaces."""

from types import SimpleNamespace

import numpy as np
import pytest

from mcda.engine.robustness.polytope import Polytope, Program, interior, minimum, solve
from mcda.engine.robustness.weight_space import Statement, WeightSpace

NONE = np.empty((0, 2)), np.empty(0)
SUM = np.ones((1, 2)), np.ones(1)
CONTRADICTION = Polytope(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.4, 0.4]), *SUM, np.eye(2))


def test_an_empty_polytope_has_no_points():
    assert interior(CONTRADICTION) is None
    with pytest.raises(ArithmeticError, match="empty"):
        minimum(CONTRADICTION, np.ones(2))


def test_equalities_in_disguise_are_found():
    rows, limits = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0]]), np.array([0.25, -0.25, 0.9])
    found = interior(Polytope(rows, limits, *SUM, np.eye(2)))
    np.testing.assert_allclose(found.point, [0.25, 0.75], atol=1e-9)
    assert found.slack_rows.tolist() == [False, False, True]
    assert found.positive.tolist() == [True, True]


def test_a_coordinate_held_at_0_is_found():
    found = interior(Polytope(np.array([[1.0, 0.0]]), np.zeros(1), *SUM, np.eye(2)))
    assert found.positive.tolist() == [False, True]


def test_a_program_that_fails_otherwise_is_an_error(monkeypatch):
    failed = SimpleNamespace(status=4, message="numerical difficulties")
    monkeypatch.setattr("scipy.optimize.linprog", lambda *args, **kwargs: failed)
    with pytest.raises(ArithmeticError, match="numerical difficulties"):
        solve(Program(np.ones(2), *NONE, *SUM))


def test_a_space_taken_for_exact_that_is_empty_is_an_error():
    below = Statement("x", np.eye(2), np.array([0.4, 0.4]))
    space = WeightSpace(2, (below,), exact=True)
    with pytest.raises(ArithmeticError, match="too thin"):
        _ = space.interior
