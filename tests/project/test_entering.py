"""What people typed becomes an item, or is refused in words."""

from __future__ import annotations

import pytest

from mcda.project import Criterion, NumberScale, Program, ProjectError
from mcda.project.entering import entered, fingerprint, revised


def _criterion(**scale) -> dict[str, object]:
    return {"id": "c", "name": "C", "scale": {"type": "number", "worst": 0, "best": 9} | scale}


@pytest.mark.parametrize(
    ("model", "fields", "words"),
    [
        (Program, {"id": "a", "name": ""}, "Name: a name is needed here."),
        (
            Program,
            {"id": "a", "name": "x" * 501},
            "Name: it is longer than 500 characters.",
        ),
        (Program, {"id": "a", "name": "A", "kind": "x"}, "Kind: this does not fit here."),
        (Criterion, _criterion(worst=None), "Worst: a number is missing."),
        (
            Criterion,
            _criterion(worst=9.0, best=9.0),
            "Scale: the worst and the best end are the same; they must differ.",
        ),
        (
            Criterion,
            _criterion(points=[{"score": 1.0, "value": 101.0}]),
            "Value 1: it must be 100 or less.",
        ),
    ],
)
def test_what_does_not_fit_is_told_in_words(model, fields, words):
    with pytest.raises(ProjectError) as refused:
        entered(model, fields)
    assert str(refused.value) == words


def test_every_field_that_does_not_fit_is_named():
    with pytest.raises(ProjectError, match=r"Name: .* Kind: "):
        entered(Program, {"id": "a", "name": "", "kind": "x"})


def test_revising_checks_the_whole_item():
    scale = NumberScale(worst=0, best=9)
    assert revised(scale, best=10.5).best == 10.5
    with pytest.raises(ProjectError):
        revised(scale, best=0.0)


def test_a_fingerprint_tells_numbers_apart_that_hash_alike():
    minus_one, minus_two = NumberScale(worst=-1, best=9), NumberScale(worst=-2, best=9)
    assert fingerprint(minus_one) != fingerprint(minus_two)
    assert fingerprint(minus_one) == fingerprint(NumberScale(worst=-1, best=9))
