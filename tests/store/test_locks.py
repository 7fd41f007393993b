"""A decision stays as it was in the store: saving, undo, history and backups."""

from __future__ import annotations

import pytest

from mcda.project import Project, Record
from mcda.project.templates import example
from mcda.store import LockedError, Store


@pytest.fixture
def decided(store):
    """The worked example, edited once and then decided."""
    first = store.create(example())
    record = Record(choice="screening", reasons="R")
    drafted = store.save(first.key, first.project.with_record(record), first.revision, "record")
    locked = drafted.project.decide(record)
    return store.save(drafted.key, locked, drafted.revision, "decide")


def placed(project: Project, place: str) -> Project:
    return project.with_info(project.info.model_copy(update={"place": place}))


def retitled(project: Project) -> Project:
    run = project.run().model_copy(update={"title": "Another title"})
    return project.model_copy(update={"runs": (run,)})


def test_undo_stops_at_the_decision_and_says_why(store, decided):
    assert decided.can_undo is None
    assert "so the decision cannot be undone" in decided.undo_stop
    with pytest.raises(LockedError, match="“First selection” has been decided and is locked"):
        store.undo(decided.key, decided.revision)
    assert store.get(decided.key) == decided


def test_what_came_after_the_decision_can_be_undone_and_redone(store, decided):
    later = store.save(decided.key, placed(decided.project, "Elm"), decided.revision, "place")
    assert (later.can_undo, later.undo_stop) == ("place", "")
    undone = store.undo(later.key, later.revision)
    assert (undone.project, undone.can_redo) == (decided.project, "place")
    assert (undone.can_undo, bool(undone.undo_stop)) == (None, True)
    assert store.redo(undone.key, undone.revision).project == later.project


def test_before_the_decision_undo_is_free(store):
    first = store.create(example())
    second = store.save(first.key, placed(first.project, "Elm"), first.revision, "place")
    assert (second.can_undo, second.undo_stop) == ("place", "")
    assert store.undo(second.key, second.revision).project == first.project


@pytest.mark.parametrize(
    "change", [retitled, lambda _: example(), lambda _: Project.new("Another")]
)
def test_nothing_is_saved_over_a_decision(store, decided, change):
    with pytest.raises(LockedError, match=r"[sS]tart a new selection .* Nothing has been"):
        store.save(decided.key, change(decided.project), decided.revision, "change")
    assert store.get(decided.key) == decided


def test_a_rerun_is_saved_beside_it(store, decided):
    again = decided.project.rerun(None, "again", "Again").without_program("school")
    saved = store.save(decided.key, again, decided.revision, "rerun")
    assert saved.project.runs[0] == decided.project.run()


def test_no_version_from_before_the_decision_becomes_current_again(store, decided):
    with pytest.raises(LockedError):
        store.go_back(decided.key, 1, decided.revision)
    assert store.get(decided.key) == decided
    assert store.at(decided.key, 1) == example()


def test_a_damaged_version_after_the_decision_opens_no_way_round(store, url, decided, execute):
    later = store.save(decided.key, placed(decided.project, "Elm"), decided.revision, "place")
    execute(url, "UPDATE bestfit_versions SET packed = :p WHERE number = 4", p=b"")
    with pytest.raises(LockedError):
        store.save(later.key, retitled(later.project), later.revision, "change")
    assert store.recover(later.key).project == decided.project


def test_an_older_backup_comes_in_beside_the_decision(store, tmp_path, url):
    first = store.create(example())
    store.backup(tmp_path / "before.zip")
    record = Record(choice="screening", reasons="R")
    locked = store.save(first.key, first.project.decide(record), first.revision, "decide")
    (restored,) = store.restore(tmp_path / "before.zip")
    assert restored.outcome == "copied"
    assert restored.key != first.key
    assert store.get(first.key) == locked


def test_a_decision_comes_back_from_a_backup_locked(store, decided, tmp_path):
    store.backup(tmp_path / "all.zip")
    with Store.open(f"sqlite:///{tmp_path / 'other.db'}") as other:
        other.restore(tmp_path / "all.zip")
        here = other.get(decided.key)
        assert here == decided
        with pytest.raises(LockedError):
            other.undo(here.key, here.revision)
        with pytest.raises(LockedError):
            other.save(here.key, retitled(here.project), here.revision, "change")
