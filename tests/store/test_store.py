"""What the store promises, on SQLite and PostgreSQL alike."""

import re
from datetime import UTC, datetime

import pytest

from mcda.project.document import Project
from mcda.store import (
    ConflictError,
    CorruptStoreError,
    MissingProjectError,
    MissingVersionError,
    NewerDatabaseError,
    NothingToUndoError,
    Store,
    StoreError,
)
from mcda.store.packing import MAX_TEXT, canonical, fingerprint, pack


def _titled(project: Project, title: str) -> Project:
    return project.with_info(project.info.model_copy(update={"title": title}))


# --- keeping and finding


def test_a_new_project_is_kept_as_it_is(store, project):
    saved = store.create(project)
    assert store.get(saved.key) == saved
    assert saved.project == project
    assert (saved.revision, saved.can_undo, saved.can_redo) == (1, None, None)
    assert abs((datetime.now(UTC) - saved.changed_at).total_seconds()) < 60


def test_keys_cannot_be_guessed(store, project):
    keys = {store.create(project).key for _ in range(20)}
    assert len(keys) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", key) for key in keys)


@pytest.mark.parametrize("key", ["", "x" * 22, "x' OR '1'='1' -- x", "\x00" * 20, "\ud800" * 16])
def test_an_unknown_key_is_refused_in_words(store, key):
    with pytest.raises(MissingProjectError, match="no project under this link"):
        store.get(key)


def test_projects_are_listed_last_changed_first(store):
    first = store.create(Project.new("First"))
    store.create(Project.new("Second"))
    assert [p.title for p in store.projects()] == ["Second", "First"]
    info = first.project.info.model_copy(update={"place": "Elm", "illustrative": True})
    saved = store.save(first.key, first.project.with_info(info), 1, "place")
    listed = store.projects()[0]
    assert (listed.key, listed.title, listed.place) == (first.key, "First", "Elm")
    assert (listed.illustrative, listed.version) == (True, 2)
    assert listed.changed_at == saved.changed_at


def test_hostile_text_comes_back_as_it_went_in(store):
    project = _titled(Project.new("x"), "'; DROP TABLE bestfit_projects; -- <b>%s</b> {} 🙂 \u200f")
    saved = store.create(project, label="line\nbreak\x00 " + "x" * 999)
    assert store.get(saved.key).project == project
    label = store.history(saved.key)[0].label
    assert label.startswith("line break xxx")
    assert len(label) == 300


# --- saving


def test_every_save_is_the_next_version(store, project, edit):
    saved = store.create(project)
    for value in range(1, 80):
        saved = store.save(saved.key, edit(saved.project, value), saved.revision, f"to {value}")
    assert saved.revision == 80
    assert saved.can_undo == "to 79"
    assert store.get(saved.key) == saved
    for number in (1, 2, 31, 32, 33, 34, 64, 65, 80):
        expected = project if number == 1 else edit(project, number - 1)
        assert store.at(saved.key, number) == expected


def test_the_typical_version_is_small(store, url, project, edit, execute):
    saved = store.create(project)
    for value in range(1, 65):
        saved = store.save(saved.key, edit(saved.project, value), saved.revision, "score")
    sizes = execute(url, "SELECT avg(length(packed)), max(length(packed)) FROM bestfit_versions")
    whole = len(project.model_dump_json())
    assert float(sizes[0][0]) < whole / 100
    assert sizes[0][1] < whole / 5


def test_saving_what_is_there_already_is_no_edit(store, project, edit):
    first = store.create(project)
    saved = store.save(first.key, edit(project, 5), first.revision, "score")
    again = store.save(first.key, edit(project, 5), first.revision, "score")
    assert again == saved
    assert len(store.history(first.key)) == 2


def test_a_second_tab_is_told_and_overwrites_nothing(store, project, edit):
    first = store.create(project)
    theirs = store.save(first.key, edit(project, 5), first.revision, "score")
    with pytest.raises(ConflictError, match="changed in the meantime") as conflict:
        store.save(first.key, edit(project, 6), first.revision, "score")
    assert conflict.value.current == theirs
    assert store.get(first.key) == theirs
    for step in (store.undo, store.redo):
        with pytest.raises(ConflictError):
            step(first.key, first.revision)


def test_the_revision_rises_with_every_change(store, project, edit):
    saved = store.create(project)
    key, seen = saved.key, [store.revision(saved.key)]
    saved = store.save(key, edit(project, 5), seen[-1], "score")
    seen.append(store.revision(key))
    saved = store.undo(key, saved.revision)
    seen.append(store.revision(key))
    store.redo(key, saved.revision)
    seen.append(store.revision(key))
    assert seen == [1, 2, 3, 4]


# --- undo and redo


def test_undo_and_redo_walk_the_line(store, project, edit):
    key = store.create(project).key
    store.save(key, edit(project, 5), 1, "five")
    store.save(key, edit(project, 6), 2, "six")
    undone = store.undo(key, 3)
    assert (undone.project, undone.can_undo, undone.can_redo) == (edit(project, 5), "five", "six")
    undone = store.undo(key, 4)
    assert (undone.project, undone.can_undo, undone.can_redo) == (project, None, "five")
    with pytest.raises(NothingToUndoError, match="nothing to undo"):
        store.undo(key, 5)
    redone = store.redo(key, store.redo(key, 5).revision)
    assert (redone.project, redone.can_undo, redone.can_redo) == (edit(project, 6), "six", None)
    with pytest.raises(NothingToUndoError, match="nothing to redo"):
        store.redo(key, redone.revision)


def test_undo_and_redo_outlive_the_server(url, project, edit):
    with Store.open(url) as store:
        key = store.create(project).key
        store.save(key, edit(project, 5), 1, "five")
    with Store.open(url) as store:
        undone = store.undo(key, store.get(key).revision)
        assert undone.project == project
    with Store.open(url) as store:
        assert store.get(key) == undone
        assert store.redo(key, undone.revision).project == edit(project, 5)


def test_undo_shows_in_the_list(store):
    saved = store.create(Project.new("Before"))
    saved = store.save(saved.key, _titled(saved.project, "After"), 1, "title")
    store.undo(saved.key, saved.revision)
    assert store.projects()[0].title == "Before"


def test_saving_after_undo_sets_the_undone_aside_and_loses_nothing(store, project, edit):
    key = store.create(project).key
    store.save(key, edit(project, 5), 1, "five")
    store.save(key, edit(project, 6), 2, "six")
    store.undo(key, 3)
    saved = store.save(key, edit(project, 7), 4, "seven")
    assert saved.can_redo is None
    states = [(v.number, v.label, v.state) for v in store.history(key)]
    assert states == [
        (4, "seven", "current"),
        (3, "six", "set aside"),
        (2, "five", "earlier"),
        (1, "start", "earlier"),
    ]
    assert store.at(key, 3) == edit(project, 6)
    back = store.go_back(key, 3, saved.revision)
    assert (back.project, back.can_undo) == (edit(project, 6), "going back to version 3")
    assert store.undo(key, back.revision).project == edit(project, 7)
    assert [v.state for v in store.history(key)][:2] == ["undone", "current"]


def test_undoing_and_editing_over_and_over_keeps_every_version_readable(store, project, edit):
    saved = store.create(project)
    for value in range(1, 50):
        saved = store.save(saved.key, edit(project, value + 0.5), saved.revision, "score")
        saved = store.undo(saved.key, saved.revision)
    for value in range(1, 50):
        assert store.at(saved.key, value + 1) == edit(project, value + 0.5)


def test_a_version_that_is_not_there_is_refused(store, project):
    key = store.create(project).key
    with pytest.raises(MissingVersionError, match="no version 9"):
        store.at(key, 9)


# --- deleting


def test_a_deleted_project_can_be_brought_back(store, project, edit):
    saved = store.create(project)
    saved = store.save(saved.key, edit(project, 5), 1, "five")
    store.delete(saved.key)
    assert store.projects() == ()
    assert [p.key for p in store.deleted()] == [saved.key]
    for refused in (store.get, store.revision, store.delete):
        with pytest.raises(MissingProjectError, match="brought back") as missing:
            refused(saved.key)
        assert missing.value.deleted
    with pytest.raises(MissingProjectError):
        store.save(saved.key, project, saved.revision, "edit in another tab")
    assert store.undelete(saved.key) == saved
    assert store.deleted() == ()
    assert store.undo(saved.key, saved.revision).project == project


def test_only_a_deleted_project_can_be_erased(store, url, project, execute):
    key = store.create(project).key
    with pytest.raises(StoreError, match="Delete it first"):
        store.erase(key)
    store.delete(key)
    store.erase(key)
    with pytest.raises(MissingProjectError) as missing:
        store.undelete(key)
    assert not missing.value.deleted
    assert execute(url, "SELECT count(*) FROM bestfit_versions")[0][0] == 0


# --- damage


def _damage(execute, url, column, value, number):
    sql = f"UPDATE bestfit_versions SET {column} = :value WHERE number = :number"
    assert execute(url, sql, value=value, number=number) == 1


def _three_versions(store, project, edit) -> str:
    key = store.create(project).key
    store.save(key, edit(project, 5), 1, "five")
    store.save(key, edit(project, 6), 2, "six")
    return key


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("packed", b""),
        ("packed", b"\x00\x00\x00\x05\x00\x00\x00\x05nonsense"),
        ("packed", b"\x00\x00\x00\x05\x00\x00\x00\x05"),
        ("sha256", "0" * 64),
        ("base", 3),
        ("base", 77),
        ("base", None),
    ],
)
def test_damage_is_told_and_recovered_from(store, url, project, edit, execute, column, value):
    key = _three_versions(store, project, edit)
    _damage(execute, url, column, value, number=3)
    with pytest.raises(CorruptStoreError, match="damaged") as damage:
        store.get(key)
    assert damage.value.key == key
    recovered = store.recover(key)
    assert (recovered.project, recovered.can_undo) == (edit(project, 5), "five")
    assert recovered.revision == 4
    assert store.get(key) == recovered
    assert store.recover(key) == recovered
    with pytest.raises(CorruptStoreError):
        store.redo(key, recovered.revision)
    assert store.get(key) == recovered
    saved = store.save(key, edit(project, 9), recovered.revision, "nine")
    assert store.get(key) == saved
    assert len(store.history(key)) == 4


def test_an_edit_is_kept_even_on_a_damaged_version(store, url, project, edit, execute):
    key = _three_versions(store, project, edit)
    _damage(execute, url, "packed", b"", number=3)
    saved = store.save(key, edit(project, 7), 3, "seven")
    assert store.get(key) == saved
    assert saved.project == edit(project, 7)


def test_a_damaged_whole_text_is_recovered_from_what_was_set_aside(
    store, url, project, edit, execute
):
    saved = store.create(project)
    for value in range(1, 40):
        saved = store.save(saved.key, edit(project, value), saved.revision, "score")
    for _ in range(30):
        saved = store.undo(saved.key, saved.revision)
    _damage(execute, url, "packed", b"", number=1)
    with pytest.raises(CorruptStoreError):
        store.get(saved.key)
    assert store.recover(saved.key).project == edit(project, 39)


def test_a_project_with_nothing_readable_says_so(store, url, project, edit, execute):
    key = _three_versions(store, project, edit)
    _damage(execute, url, "packed", b"", number=1)
    with pytest.raises(CorruptStoreError, match="No version") as damage:
        store.recover(key)
    assert damage.value.key == key


def test_a_missing_current_version_is_damage(store, url, project, edit, execute):
    key = _three_versions(store, project, edit)
    execute(url, "DELETE FROM bestfit_versions WHERE number = 3")
    for call in (lambda: store.get(key), lambda: store.undo(key, 3)):
        with pytest.raises(CorruptStoreError):
            call()
    assert store.recover(key).project == edit(project, 5)


def test_a_broken_document_is_damage_and_a_newer_one_is_not(store, url, project, execute):
    def put(text):
        sql = "UPDATE bestfit_versions SET packed = :packed, sha256 = :sha256"
        execute(url, sql, packed=pack(text), sha256=fingerprint(text))

    key = store.create(project).key
    put(b"{}")
    with pytest.raises(CorruptStoreError):
        store.get(key)
    put(canonical(project).replace(b'"version":1', b'"version":99'))
    with pytest.raises(NewerDatabaseError, match="Update Best Fit"):
        store.get(key)


def test_a_project_too_large_to_be_read_back_is_refused(store, project, edit, monkeypatch):
    saved = store.create(project)
    monkeypatch.setattr("mcda.store.store.MAX_TEXT", 1000)
    with pytest.raises(StoreError, match="too large"):
        store.save(saved.key, edit(project, 5), saved.revision, "score")
    assert store.get(saved.key) == saved


def test_a_text_that_swells_past_all_bounds_is_damage(store, url, project, execute):
    key = store.create(project).key
    execute(url, "UPDATE bestfit_versions SET packed = :p", p=pack(b" " * (MAX_TEXT + 1)))
    with pytest.raises(CorruptStoreError):
        store.get(key)


def test_a_time_that_is_no_time_is_damage(store, url, project, execute):
    key = store.create(project).key
    execute(url, "UPDATE bestfit_versions SET made_at = 'never'")
    with pytest.raises(CorruptStoreError):
        store.history(key)
    execute(url, "UPDATE bestfit_projects SET changed_at = 'never'")
    with pytest.raises(CorruptStoreError) as damage:
        store.get(key)
    assert damage.value.key == key
