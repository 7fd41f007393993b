"""Every ranking method, one module each, in one registry."""

from __future__ import annotations

from mcda.engine.methods import (
    aras,
    cocoso,
    codas,
    copras,
    edas,
    mabac,
    marcos,
    moora,
    promethee,
    spotis,
    topsis,
    topsis_anchored,
    vikor,
    waspas,
    weighted_product,
    weighted_sum,
)
from mcda.engine.methods.method import PROMISES, Compromise, Method, Result, StepInfo

METHODS: dict[str, Method] = {
    "weighted_sum": weighted_sum.METHOD,
    "topsis": topsis.METHOD,
    "topsis_anchored": topsis_anchored.METHOD,
    "weighted_product": weighted_product.METHOD,
    "waspas": waspas.METHOD,
    "promethee_ii": promethee.METHOD,
    "vikor": vikor.METHOD,
    "copras": copras.METHOD,
    "aras": aras.METHOD,
    "edas": edas.METHOD,
    "mabac": mabac.METHOD,
    "codas": codas.METHOD,
    "marcos": marcos.METHOD,
    "moora": moora.METHOD,
    "spotis": spotis.METHOD,
    "cocoso": cocoso.METHOD,
}
"""The methods by id."""

__all__ = ["METHODS", "PROMISES", "Compromise", "Method", "Result", "StepInfo"]
