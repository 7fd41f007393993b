"""Lists of things with ids: found, put in, taken out."""

from __future__ import annotations

from typing import ClassVar

import pytest

from mcda.project import Factor, Goal, UnknownItemError
from mcda.project.diagnosis import Diagnosis
from mcda.project.items import Lists, drop, find, put


def test_an_unknown_item_is_refused_with_a_close_one():
    with pytest.raises(
        UnknownItemError, match=r"There is no factor 'onlin'. Did you mean 'online'"
    ):
        find((Factor(id="online", name="Online"),), "onlin", "factor")


def test_what_is_put_in_stands_where_the_old_one_stood():
    assert put(("a1", "b1", "c1"), "b2", key=lambda t: t[0]) == ("a1", "b2", "c1")
    assert put(("a1",), "b2", key=lambda t: t[0]) == ("a1", "b2")


def test_only_the_unwanted_is_dropped():
    assert drop((1, 2, 3), lambda n: n == 2) == (1, 3)


def test_an_item_replaces_the_one_with_its_id():
    one = Diagnosis().with_item(Goal(id="g", name="One"))
    two = one.with_item(Goal(id="g", name="Two"))
    assert [g.name for g in two.goals] == ["Two"]
    assert [g.name for g in one.goals] == ["One"]


def test_taking_out_what_is_not_there_is_refused():
    with pytest.raises(UnknownItemError, match="There is no goal 'g'"):
        Diagnosis().without_item(Goal, "g")


def test_a_list_that_nothing_refers_to_forgets_nothing():
    class Goals(Lists):
        LISTS: ClassVar = {Goal: ("goals", "goal")}
        goals: tuple[Goal, ...] = ()

    assert Goals().with_item(Goal(id="g", name="G")).without_item(Goal, "g") == Goals()
