"""Questions about readiness to start from, read from ``data/``."""

from __future__ import annotations

from functools import cache

from mcda.project.diagnosis import ReadinessItem, ReadinessPart
from mcda.project.document import Project
from mcda.project.text import Frozen, Id, Name, Text
from mcda.resources import resource_path


class ReadinessSupport(Frozen):
    """A catalogue entry that may help where a question is rated low, with the reason."""

    catalog_id: Id
    reason: Text


class ReadinessQuestion(Frozen):
    """One thing to be ready in: what a 1 and a 5 look like, and what may help where it is low."""

    id: Id
    part: ReadinessPart
    name: Name
    low: Name
    high: Name
    supports: tuple[ReadinessSupport, ...] = ()


class ReadinessQuestions(Frozen):
    """The questions, and where they come from."""

    about: Text
    questions: tuple[ReadinessQuestion, ...]


@cache
def readiness_template() -> ReadinessQuestions:
    """Return the questions with their source."""
    file = resource_path("data/templates/readiness.json")
    return ReadinessQuestions.model_validate_json(file.read_bytes())


def readiness_questions() -> tuple[ReadinessQuestion, ...]:
    """Return the questions to start from, motivation first.

    >>> [q.name for q in readiness_questions()][3]
    'One office leads, with time set aside for it'
    """
    return readiness_template().questions


def with_readiness_questions(project: Project) -> Project:
    """Put every question that is not there yet into the diagnosis, not rated.

    >>> len(with_readiness_questions(Project.new("Which?")).diagnosis.readiness)
    10
    """
    there = {item.id for item in project.diagnosis.readiness}
    fresh = (
        ReadinessItem(id=q.id, name=q.name, part=q.part)
        for q in readiness_questions()
        if q.id not in there
    )
    items = (*project.diagnosis.readiness, *fresh)
    return project.with_diagnosis(project.diagnosis.model_copy(update={"readiness": items}))
