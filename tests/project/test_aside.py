"""Setting aside keeps everything but the place in the ranking."""

from __future__ import annotations

import pytest

from mcda.project import ProjectError, UnknownItemError
from mcda.project.aside import (
    bring_back_criterion,
    bring_back_program,
    set_aside_criterion,
    set_aside_program,
    with_role,
)


def test_a_program_leaves_the_candidates_and_keeps_its_scores(sound):
    out = set_aside_program(sound, "mentors", " Closed. ")
    assert [p.id for p in out.run().candidates] == ["continue", "school"]
    assert out.run().framing.programs_out[0].reason == "Closed."
    assert out.run().evidence == sound.run().evidence


def test_bringing_back_undoes_it(sound):
    assert bring_back_program(set_aside_program(sound, "mentors", "Closed."), "mentors") == sound
    assert bring_back_criterion(set_aside_criterion(sound, "cost", "Same."), "cost") == sound


def test_a_second_reason_replaces_the_first(sound):
    once = set_aside_criterion(sound, "cost", "Same.")
    (left,) = set_aside_criterion(once, "cost", "Other.").run().framing.criteria_out
    assert left.reason == "Other."


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_needed(sound, reason):
    with pytest.raises(ProjectError, match="reason"):
        set_aside_program(sound, "mentors", reason)
    with pytest.raises(ProjectError, match="reason"):
        set_aside_criterion(sound, "cost", reason)


def test_the_baseline_is_neither_set_aside_nor_given_another_role(sound):
    with pytest.raises(ProjectError, match="Continue as now"):
        set_aside_program(sound, "continue", "No.")
    with pytest.raises(ProjectError, match="Continue as now"):
        with_role(sound, "continue", "support")


def test_what_is_not_there_is_not_set_aside(sound):
    with pytest.raises(UnknownItemError):
        set_aside_program(sound, "nobody", "No.")
    with pytest.raises(UnknownItemError):
        set_aside_criterion(sound, "nothing", "No.")


def test_a_new_role_brings_a_program_back(sound):
    out = set_aside_program(sound, "mentors", "Closed.")
    support = with_role(out, "mentors", "support")
    assert support.run().framing.programs_out == ()
    assert [p.id for p in support.run().supports] == ["mentors", "course"]
    assert with_role(support, "mentors", "candidate") == sound
