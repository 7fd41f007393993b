"""Every ranking method, one module each, in one registry."""

from __future__ import annotations

from mcda.engine.methods import topsis, topsis_anchored, weighted_sum
from mcda.engine.methods.method import PROMISES, Method, Result, StepInfo

METHODS: dict[str, Method] = {
    "weighted_sum": weighted_sum.METHOD,
    "topsis": topsis.METHOD,
    "topsis_anchored": topsis_anchored.METHOD,
}
"""The methods by id."""

__all__ = ["METHODS", "PROMISES", "Method", "Result", "StepInfo"]
