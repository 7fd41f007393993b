"""What is typed and not saved yet: each person's own, beside the project, no version of it."""

from datetime import UTC, datetime, timedelta

import pytest

from mcda.project.document import Project
from mcda.store import MissingProjectError, rows


@pytest.fixture
def key(store):
    return store.create(Project.new("Elm")).key


def test_drafts_are_kept_changed_and_forgotten_by_place(store, key):
    store.keep_drafts(key, "me", {"a": "1", "b": "2"})
    store.keep_drafts(key, "me", {"a": "3", "b": None, "c": "<é>"})
    assert store.drafts(key, "me") == {"a": "3", "c": "<é>"}


def test_everyone_has_their_own_in_each_project(store, key):
    other = store.create(Project.new("Oak")).key
    store.keep_drafts(key, "me", {"a": "mine"})
    store.keep_drafts(key, "you", {"a": "yours"})
    assert store.drafts(key, "me") == {"a": "mine"}
    assert store.drafts(other, "me") == {}


def test_a_draft_is_no_edit(store, key):
    before = store.get(key)
    store.keep_drafts(key, "me", {"a": "1"})
    assert store.get(key) == before
    assert len(store.history(key)) == 1


def test_drafts_end_with_their_project(store, key):
    store.keep_drafts(key, "me", {"a": "1"})
    store.delete(key)
    with pytest.raises(MissingProjectError):
        store.drafts(key, "me")
    with pytest.raises(MissingProjectError):
        store.keep_drafts(key, "me", {"a": "2"})
    store.undelete(key)
    assert store.drafts(key, "me") == {"a": "1"}
    store.delete(key)
    store.erase(key)
    with store._database.reading() as connection:
        assert rows.drafts_of(connection, key, "me") == {}


def test_old_drafts_are_dropped_at_the_next_one(store, key, monkeypatch):
    now = datetime.now(UTC)
    monkeypatch.setattr(rows, "stamp", lambda moment=None: _iso(moment or now - timedelta(days=91)))
    store.keep_drafts(key, "me", {"old": "1"})
    monkeypatch.undo()
    store.keep_drafts(key, "you", {"new": "2"})
    assert (store.drafts(key, "me"), store.drafts(key, "you")) == ({}, {"new": "2"})


def _iso(moment):
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
