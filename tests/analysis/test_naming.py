"""Things can be named by id or by name, and never by a guess."""

from __future__ import annotations

import pytest

from mcda.analysis.naming import find_named
from mcda.project import FindingsError, Program, UnknownItemError

PROGRAMS = (
    Program(id="mentors", name="Survivor mentors"),
    Program(id="school", name="School lessons"),
    Program(id="twin-1", name="Twin"),
    Program(id="twin-2", name="twin"),
    Program(id="other", name="mentors"),
)


@pytest.mark.parametrize(
    "wanted", ["school", "School lessons", "sCHOOL LESSONS", " school lessons "]
)
def test_a_thing_is_found_by_id_or_by_name_in_any_case(wanted):
    assert find_named(PROGRAMS, wanted, "program").id == "school"


def test_an_id_counts_before_a_name():
    assert find_named(PROGRAMS, "mentors", "program").id == "mentors"


def test_a_name_that_two_have_is_refused_with_both_ids():
    with pytest.raises(FindingsError, match="twin-1, twin-2") as caught:
        find_named(PROGRAMS, "TWIN", "program")
    assert [f.code for f in caught.value.findings] == ["ambiguous-name"]


def test_an_unknown_name_is_refused_with_the_nearest_id():
    with pytest.raises(UnknownItemError, match=r"no program 'schol'\. Did you mean 'school'"):
        find_named(PROGRAMS, "schol", "program")
