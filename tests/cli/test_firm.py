"""``bestfit firm``: the findings, in words and as JSON."""

from __future__ import annotations

import json

import pytest

from mcda.analysis import ILLUSTRATIVE, SAMPLING, firmness, sentences, what_flips
from mcda.project.templates import example


def words(text: str) -> str:
    """Undo the wrapping of lines."""
    return " ".join(text.split())


def data(run, *arguments: object):
    code, out, err = run("firm", *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_firm_says_every_sentence_and_what_it_is_not_about(run, elm):
    code, out, err = run("firm", elm)
    said = sentences(example())
    assert (code, err) == (0, "")
    text = words(out)
    assert ILLUSTRATIVE in text
    assert all(words(line) in text for line in (said.headline, *said.lines))


def test_firm_shows_the_flips_and_more_when_asked(run, elm):
    short, long = words(run("firm", elm)[1]), words(run("firm", elm, "--details")[1])
    flips = what_flips(example())
    assert "If one criterion counted more or less" in short
    assert "Add --details" in short
    assert "Add --details" not in long
    for sentence in (change.sentence for change in flips.changes):
        assert sentence.split(" if ")[0].split()[0] in long
    assert "One score a step better or worse" in long
    assert "Without one criterion or program" in long


def test_json_holds_what_was_found(run, elm):
    printed, found = data(run, elm), firmness(example())
    assert printed["space"]["id"] == found.space.id == "people"
    assert printed["band"] == found.band.id
    assert [p["id"] for p in printed["programs"]] == [p.id for p in found.programs]
    for shown, program in zip(printed["programs"], found.programs, strict=True):
        assert shown["first"]["text"] == program.first.text
        assert shown["first"]["anywhere"]["value"] == program.first.anywhere.value
        assert shown["rank_shares"] == list(program.rank_shares)
    assert printed["samples"] == found.samples
    assert printed["seed"] == SAMPLING.seed
    flips = what_flips(example())
    assert [f["low"] for f in printed["flips"]["weights"]] == [f.low for f in flips.weights]


@pytest.mark.parametrize("space", ["order", "near", "people", "all"])
def test_every_space_can_be_asked_for(run, elm, space):
    weighting = () if space == "people" else ("--weighting", "Survivor adviser")
    printed = data(run, elm, "--space", space, *weighting)
    name = None if space == "people" else "Survivor adviser"
    found = firmness(example(), weighting=name, space=space)
    assert printed["space"]["id"] == space
    assert printed["together"]["text"] == found.together.text


def test_seed_and_sample_are_as_asked(run, elm):
    printed = data(run, elm, "--seed", "7", "--samples", "500")
    assert printed["seed"] == 7
    assert printed["samples"] >= 500


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--space", "some"), "Choose one of order, near, people, all"),
        (("--samples", "3"), "100"),
        (("--seed", "-1"), "greater than or equal to 0"),
        (("--weighting", "Nobody"), "Nobody"),
    ],
)
def test_firm_refuses_wrong_use(run, elm, arguments, said):
    code, out, err = run("firm", elm, *arguments)
    assert (code, out) == (2, "")
    assert said in words(err.replace("│", " "))


def test_a_space_that_does_not_apply_is_a_finding(run, elm, tmp_path):
    alone = tmp_path / "alone.json"
    kept = example().run().weightings[0]
    run_ = example().run().model_copy(update={"weightings": (kept,)})
    alone.write_text(example().with_run(run_).model_dump_json())
    code, _, err = run("firm", alone, "--space", "people")
    assert code == 1
    assert "two people or more" in words(err)
