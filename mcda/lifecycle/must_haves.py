"""What the diagnosis found that any program must meet, proposed to the selection as must-haves."""

from __future__ import annotations

from mcda.project import Condition, MustHave, Project
from mcda.project.text import make_id, match_key


def proposed_must_haves(project: Project, run_id: str | None = None) -> tuple[Condition, ...]:
    """Return the conditions of the diagnosis that are no must-have of the run yet.

    One with the same name counts as there, whatever the case of its letters.

    >>> found = Project.new("Which?").diagnosis.with_item(Condition(id="age", name="Takes in boys"))
    >>> [c.name for c in proposed_must_haves(Project.new("Which?").with_diagnosis(found))]
    ['Takes in boys']
    """
    there = {match_key(m.name) for m in project.run(run_id).evidence.must_haves}
    return tuple(c for c in project.diagnosis.must_haves if match_key(c.name) not in there)


def with_proposed_must_have(
    project: Project, condition_id: str, run_id: str | None = None
) -> Project:
    """Take a condition of the diagnosis over as a must-have; every program is then to be judged.

    Raises ``UnknownItemError`` for a condition that is not there, ``LockedRunError`` where the run
    has been decided.

    >>> project = Project.new("Which?")
    >>> legal = Condition(id="legal", name="Legal here")
    >>> project = project.with_diagnosis(project.diagnosis.with_item(legal))
    >>> with_proposed_must_have(project, "legal").run().evidence.must_haves[0].name
    'Legal here'
    """
    condition = project.diagnosis.item(Condition, condition_id)
    taken = {m.id for m in project.run(run_id).evidence.must_haves}
    must_have = MustHave(
        id=make_id(condition.name, taken),
        name=condition.name,
        definition=condition.definition or condition.reason,
    )
    return project.with_must_have(must_have, run_id)
