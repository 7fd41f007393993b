"""Criteria to start from, and worked examples: read from ``data/``, never written."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Final

from mcda.project.criteria import Criterion, Objective, OverlapQuestion
from mcda.project.document import Project
from mcda.project.errors import ProjectError, UnknownItemError
from mcda.project.evidence import MustHave
from mcda.project.file import read_project
from mcda.project.run import Run
from mcda.project.text import Frozen, Id, Name, Text, counted, listed
from mcda.project.weightings import Equal
from mcda.resources import resource_path

_FOLDER = "data/templates"
FIRST: Final = "elm_county"
TWO_YEARS_ON: Final = "elm_county_two_years_on"
_EXAMPLES = "data/examples"


class Template(Frozen):
    """A set of criteria to start from, with its objectives, questions and must-haves.

    ``overlaps`` asks about pairs of criteria that may count the same thing twice.
    ``short_form`` lists the criteria that are enough for a first round.
    """

    id: Id
    name: Name
    about: Text = ""
    objectives: tuple[Objective, ...] = ()
    criteria: tuple[Criterion, ...]
    overlaps: tuple[OverlapQuestion, ...] = ()
    must_haves: tuple[MustHave, ...] = ()
    short_form: tuple[Id, ...] = ()


@cache
def templates() -> tuple[Template, ...]:
    """Return every template: the full one, its short form, and the Hexagon-style one.

    >>> [(t.id, len(t.criteria)) for t in templates()]
    [('full', 12), ('short', 8), ('hexagon', 6)]
    """
    full = _read("default.json")
    return full, _short(full), _read("hexagon.json")


def template(template_id: str) -> Template:
    """Return the template with this id; raises ``UnknownItemError``.

    >>> template("short").criteria[-1].name
    'Likely to last'
    >>> template("shrot")
    Traceback (most recent call last):
    ...
    mcda.project.errors.UnknownItemError: There is no template 'shrot'. Did you mean 'short'?
    """
    known = {t.id: t for t in templates()}
    if template_id not in known:
        raise UnknownItemError("template", template_id, list(known))
    return known[template_id]


def apply_template(project: Project, template_id: str, run_id: str | None = None) -> Project:
    """Give a run the criteria, objectives, overlap questions and must-haves of a template.

    What the run had of these is replaced; its programs stay. Raises ``ProjectError`` where the
    run has scores, or weightings that speak of its present criteria: those would be lost.

    >>> project = apply_template(Project.new("Which program?"), "hexagon")
    >>> [c.name for c in project.run().evidence.criteria]
    ['Need', 'Fit', 'Capacity', 'Evidence', 'Usability', 'Supports']
    """
    chosen, run = template(template_id), project.run(run_id)
    _refuse_to_lose(run)
    evidence = run.evidence.model_copy(
        update={
            "objectives": chosen.objectives,
            "criteria": chosen.criteria,
            "overlaps": chosen.overlaps,
            "must_haves": chosen.must_haves,
        }
    )
    framing = run.framing.model_copy(update={"criteria_out": ()})
    return project.with_evidence(evidence, run.id).with_framing(framing, run.id)


def example_names() -> tuple[str, ...]:
    """Return the names of the worked examples.

    >>> example_names()
    ('elm_county', 'elm_county_two_years_on')
    """
    return tuple(sorted(file.stem for file in resource_path(_EXAMPLES).glob("*.json")))


def example(name: str = FIRST) -> Project:
    """Return a worked example, marked illustrative; raises ``UnknownItemError``.

    >>> example().info.title
    'Elm County (fictional): which program first?'
    """
    if name not in example_names():
        raise UnknownItemError("example", name, example_names())
    file = resource_path(f"{_EXAMPLES}/{name}.json")
    return read_project(file.read_bytes(), file.name)


def _read(file_name: str) -> Template:
    return Template.model_validate_json(resource_path(f"{_FOLDER}/{file_name}").read_bytes())


def _short(full: Template) -> Template:
    """Make the short form out of the full template, so that no text stands twice."""
    kept = frozenset(full.short_form)
    return Template(
        id="short",
        name="Short form: eight criteria",
        about=(
            "Eight of the twelve criteria, enough for a first round in about half an hour. "
            "The five objectives stay, so you can add the other four later."
        ),
        objectives=full.objectives,
        criteria=tuple(c for c in full.criteria if c.id in kept),
        overlaps=tuple(o for o in full.overlaps if {o.first, o.second} <= kept),
        must_haves=tuple(_on_known_criteria(m, kept) for m in full.must_haves),
    )


def _on_known_criteria(must_have: MustHave, kept: Collection[str]) -> MustHave:
    """Return the must-have, judged by people where its criterion is not kept."""
    if must_have.threshold is None or must_have.threshold.criterion in kept:
        return must_have
    return must_have.model_copy(update={"threshold": None})


def _refuse_to_lose(run: Run) -> None:
    scores = len(run.evidence.scores) + len(run.evidence.assessments)
    weightings = sum(not isinstance(w.judgement, Equal) for w in run.weightings)
    if not scores and not weightings:
        return
    lost = ((scores, "score"), (weightings, "weighting"))
    there = listed(counted(number, what) for number, what in lost if number)
    raise ProjectError(
        f"The run {run.title!r} has {there} for its present criteria, which a template would "
        "drop. Take them out first, or start a new project from the template."
    )
