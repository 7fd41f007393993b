"""Errors speak to the person: what is wrong, where, and what would be right."""

from __future__ import annotations

import dataclasses

import pytest

from mcda.project import (
    Finding,
    FindingsError,
    LockedRunError,
    ProjectError,
    ProjectFileError,
    TableError,
    UnknownItemError,
)

FINDING = Finding("error", "out-of-range", "Mentors", "-5 is outside 0 to 9.", "Widen it.")


def test_a_finding_reads_as_place_message_and_mend():
    assert str(FINDING) == "Mentors: -5 is outside 0 to 9. Widen it."


def test_a_finding_without_a_mend_ends_after_its_message():
    assert str(Finding("hint", "x", "Mentors", "Is that so?")) == "Mentors: Is that so?"


def test_a_finding_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        FINDING.severity = "hint"


def test_an_unknown_id_close_to_a_known_one_is_corrected():
    error = UnknownItemError("program", "mentor", ["school", "mentors"])
    assert str(error) == "There is no program 'mentor'. Did you mean 'mentors'?"


def test_an_unknown_id_like_none_is_answered_with_those_there_are():
    error = UnknownItemError("run", "x", ["run-1", "run-2"])
    assert str(error) == "There is no run 'x'. There is: run-1 and run-2."


@pytest.mark.parametrize(("known", "ending"), [(12, "k11."), (13, "k11 and 1 more.")])
def test_of_many_ids_the_first_twelve_are_shown(known, ending):
    error = UnknownItemError("run", "zzz", [f"k{n}" for n in range(known)])
    assert str(error).endswith(ending)


def test_where_there_is_none_yet_it_says_so():
    assert str(UnknownItemError("weighting", "x", [])) == (
        "There is no weighting 'x'. There is none yet."
    )


def test_a_locked_run_points_to_a_rerun():
    assert str(LockedRunError("First\nselection")) == (
        "The run “First selection” has been decided and is locked. "
        "To choose again, start a new selection from it, under Select again."
    )


def test_an_error_with_findings_lists_them_under_its_headline():
    error = FindingsError("This cannot go on.", [FINDING, FINDING])
    assert error.findings == (FINDING, FINDING)
    assert str(error).splitlines() == ["This cannot go on.", *[f"- {FINDING}"] * 2]


@pytest.mark.parametrize(
    "kind", [FindingsError, LockedRunError, ProjectFileError, TableError, UnknownItemError]
)
def test_all_errors_are_of_one_family(kind):
    assert issubclass(kind, ProjectError)


def test_an_unknown_id_is_also_a_lookup_error():
    assert issubclass(UnknownItemError, LookupError)
