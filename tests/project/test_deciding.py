"""What blocks deciding, and what a record must hold."""

from __future__ import annotations

import hashlib

import pytest

from mcda.project import (
    FindingsError,
    Framing,
    LeftOut,
    MustHave,
    Project,
    Record,
    Run,
    UnknownItemError,
    Verdict,
    check,
)
from mcda.project.deciding import deciding_problems
from mcda.project.templates import example


def problems(project: Project, choice: str, reasons: str = "It fits best.") -> list[str]:
    record = Record(choice=choice, reasons=reasons)
    return [f.code for f in deciding_problems(project.run(), record)]


def test_the_example_can_be_decided():
    assert problems(example(), "screening") == []
    assert example().decide(Record(choice="screening", reasons="R")).run().status == "decided"


def test_continuing_as_now_can_be_chosen():
    assert problems(example(), "continue") == []


@pytest.mark.parametrize("choice", ["safe_home", "cstar"])
def test_what_fails_a_must_have_or_is_a_support_cannot_be_chosen(choice):
    assert problems(example(), choice) == ["choice"]
    with pytest.raises(FindingsError, match="cannot be decided yet"):
        example().decide(Record(choice=choice, reasons="R"))


def test_what_was_set_aside_cannot_be_chosen():
    framing = example().run().framing
    out = (*framing.programs_out, LeftOut(item="school"))
    aside = example().with_framing(Framing(programs_out=out))
    assert problems(aside, "school") == ["choice"]


@pytest.mark.parametrize("reasons", ["", "  \n"])
def test_reasons_have_to_be_given(reasons):
    assert problems(example(), "screening", reasons) == ["no-reasons"]


def test_an_unsettled_must_have_blocks_until_it_is_settled():
    unsettled = MustHave(id="legal", name="Legal here")
    project = example().with_must_have(unsettled)
    assert problems(project, "screening") == ["must-have-unknown"]
    verdicts = tuple(
        Verdict(program=p.id, verdict="pass", reason="Counsel says so.")
        for p in project.run().candidates
    )
    settled = project.with_must_have(unsettled.model_copy(update={"verdicts": verdicts}))
    assert problems(settled, "screening") == []


def test_a_choice_that_is_not_there_is_named():
    with pytest.raises(UnknownItemError, match="nobody"):
        problems(example(), "nobody")


def test_a_file_that_records_a_choice_that_may_not_be_chosen_is_found():
    decided = (
        example()
        .run()
        .model_copy(update={"record": Record(choice="cstar", reasons="R"), "status": "decided"})
    )
    locked: Run = decided.model_copy(update={"lock": decided.content_hash()})
    project = example().model_copy(update={"runs": (locked,)})
    assert [f.code for f in check(project) if f.severity == "error"] == ["choice"]


def test_the_hash_leaves_out_whatever_is_at_its_default():
    """So a field that a later version adds, at its default, changes no lock of today."""
    content = b'{"id":"r","title":"R"}'
    assert Run(id="r", title="R").content_hash() == hashlib.sha256(content).hexdigest()
