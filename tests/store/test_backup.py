"""Backups: complete, checked, portable between databases, and never in the way of what is there."""

import errno
import hashlib
import json
import lzma
import os
import random
import stat
import zipfile

import pytest

from mcda.project.document import Project
from mcda.project.file import load
from mcda.store import BackupError, CorruptStoreError, Store, rows


@pytest.fixture
def other(tmp_path):
    """Another, empty store."""
    with Store.open(f"sqlite:///{tmp_path / 'other.db'}") as opened:
        yield opened


def _worked_on(store, project, edit) -> str:
    """Make a project with a history: an edit set aside, one undone, and one current."""
    key = store.create(project).key
    for value in range(1, 40):
        store.save(key, edit(project, value + 0.5), value, f"to {value}")
    store.undo(key, 40)
    store.save(key, edit(project, 77), 41, "to 77")
    store.save(key, edit(project, 78), 42, "to 78")
    store.undo(key, 43)
    return key


def _same(one, other, key):
    assert other.get(key) == one.get(key)
    assert other.history(key) == one.history(key)
    for version in one.history(key):
        assert other.at(key, version.number) == one.at(key, version.number)


# --- there and back


def test_a_backup_brings_everything_back_on_sqlite(store, other, project, edit, tmp_path):
    key = _worked_on(store, project, edit)
    gone = store.create(Project.new("Deleted")).key
    store.delete(gone)
    path = tmp_path / "backup.zip"
    report = store.backup(path)
    assert (report.path, report.projects, report.versions, report.lost) == (path, 2, 43, ())
    outcomes = {r.key: r.outcome for r in other.restore(path)}
    assert outcomes == {key: "restored", gone: "restored"}
    _same(store, other, key)
    assert other.projects() == store.projects()
    assert other.deleted() == store.deleted()
    redone = other.redo(key, other.revision(key))
    assert redone.project == edit(project, 78)
    saved = other.save(key, edit(project, 5), redone.revision, "goes on")
    assert other.get(key) == saved


@pytest.mark.postgres
def test_a_backup_of_sqlite_comes_in_on_postgresql(other, new_postgres, project, edit, tmp_path):
    key = _worked_on(other, project, edit)
    other.backup(tmp_path / "backup.zip")
    with Store.open(new_postgres()) as store:
        store.restore(tmp_path / "backup.zip")
        _same(other, store, key)


def test_a_backup_holds_ordinary_project_files(store, project, tmp_path):
    store.create(project)
    store.create(project)
    store.backup(tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        archive.extractall(tmp_path / "out")
        assert archive.testzip() is None
    files = sorted((tmp_path / "out" / "projects").iterdir())
    assert [f.name for f in files] == [
        "which-program-for-elm-county-2.json",
        "which-program-for-elm-county.json",
    ]
    assert [load(f) for f in files] == [project, project]


def test_an_empty_store_has_a_backup_too(store, other, tmp_path):
    assert store.backup(tmp_path / "backup.zip").projects == 0
    assert other.restore(tmp_path / "backup.zip") == ()


def test_a_backup_is_its_owners_only(store, tmp_path):
    store.backup(tmp_path / "backup.zip")
    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600


# --- nothing is overwritten


def test_restoring_where_everything_still_is_changes_nothing(store, project, edit, tmp_path):
    key = _worked_on(store, project, edit)
    before = store.get(key)
    store.backup(tmp_path / "backup.zip")
    assert [r.outcome for r in store.restore(tmp_path / "backup.zip")] == ["already here"]
    assert store.get(key) == before
    assert len(store.projects()) == 1


def test_what_went_on_is_kept_and_the_backup_comes_in_as_a_copy(store, project, edit, tmp_path):
    key = _worked_on(store, project, edit)
    at_backup = store.get(key)
    store.backup(tmp_path / "backup.zip")
    went_on = store.save(key, edit(project, 99), at_backup.revision, "went on")
    (restored,) = store.restore(tmp_path / "backup.zip")
    assert (restored.outcome, restored.key != key) == ("copied", True)
    assert store.get(key) == went_on
    copy = store.get(restored.key)
    assert restored.title == copy.project.info.title
    assert copy.project.info.title.startswith("Which program for Elm County? (copy from the backup")
    assert copy.can_undo == "restored from a backup as a copy"
    assert store.undo(copy.key, copy.revision).project == at_backup.project
    assert len(store.history(copy.key)) == len(store.history(key))
    store.redo(copy.key, store.revision(copy.key))
    again = store.restore(tmp_path / "backup.zip")
    assert [(r.outcome, r.key) for r in again] == [("already here", copy.key)]
    assert len(store.projects()) == 2


def test_a_long_title_leaves_room_for_the_mark_of_a_copy(store, edit, tmp_path):
    saved = store.create(Project.new("x" * 500))
    store.backup(tmp_path / "backup.zip")
    info = saved.project.info.model_copy(update={"title": "y"})
    store.save(saved.key, saved.project.with_info(info), saved.revision, "title")
    (restored,) = store.restore(tmp_path / "backup.zip")
    assert len(restored.title) == 500
    assert restored.title.endswith(")")


def test_a_deleted_project_is_brought_back(store, project, edit, tmp_path):
    key = _worked_on(store, project, edit)
    store.backup(tmp_path / "backup.zip")
    store.delete(key)
    assert [r.outcome for r in store.restore(tmp_path / "backup.zip")] == ["brought back"]
    assert store.get(key).project == edit(project, 77)


def test_a_deleted_project_with_other_content_stays_deleted_beside_the_copy(
    store, project, edit, tmp_path
):
    key = _worked_on(store, project, edit)
    store.backup(tmp_path / "backup.zip")
    store.redo(key, store.revision(key))
    store.delete(key)
    (restored,) = store.restore(tmp_path / "backup.zip")
    assert restored.outcome == "copied"
    assert [p.key for p in store.projects()] == [restored.key]
    assert [p.key for p in store.deleted()] == [key]


def test_a_project_damaged_here_comes_in_as_a_copy(store, url, project, edit, execute, tmp_path):
    key = _worked_on(store, project, edit)
    store.backup(tmp_path / "backup.zip")
    execute(url, "UPDATE bestfit_versions SET packed = :p WHERE number = 41", p=b"damaged")
    (restored,) = store.restore(tmp_path / "backup.zip")
    assert restored.outcome == "copied"
    copy = store.undo(restored.key, store.revision(restored.key))
    assert copy.project == edit(project, 77)
    with pytest.raises(CorruptStoreError):
        store.get(key)


def test_an_existing_file_is_not_overwritten(store, tmp_path):
    path = tmp_path / "letter.zip"
    path.write_text("a letter")
    with pytest.raises(BackupError, match="another name"):
        store.backup(path)
    assert path.read_text() == "a letter"


# --- damage in the store


def test_what_is_damaged_is_left_out_and_named(store, url, other, project, edit, execute, tmp_path):
    key = store.create(project).key
    store.save(key, edit(project, 5), 1, "five")
    store.save(key, edit(project, 6), 2, "six")
    store.save(key, edit(project, 7), 3, "seven")
    store.undo(key, 4)
    whole = store.create(Project.new("Whole")).key
    ruined = store.create(Project.new("Ruined")).key
    damage = "UPDATE bestfit_versions SET packed = :p WHERE project_key = :key AND number >= :n"
    execute(url, damage, p=b"damaged", key=key, n=3)
    execute(url, damage, p=b"damaged", key=ruined, n=1)
    report = store.backup(tmp_path / "backup.zip")
    assert (report.projects, report.versions) == (2, 3)
    assert sorted(report.lost) == [
        "Ruined: what is stored of this project cannot be read.",
        "Which program for Elm County?: version 3 cannot be read.",
        "Which program for Elm County?: version 4 cannot be read.",
    ]
    assert {r.key for r in other.restore(tmp_path / "backup.zip")} == {key, whole}
    saved = other.get(key)
    assert (saved.project, saved.can_redo) == (edit(project, 5), None)
    assert other.undo(key, saved.revision).project == project


def test_a_version_after_a_damaged_one_follows_the_one_before(
    store, url, other, project, edit, execute, tmp_path
):
    key = store.create(project).key
    for value in range(1, 40):
        store.save(key, edit(project, value + 0.5), value, f"to {value}")
    sql = "UPDATE bestfit_versions SET made_at = 'never' WHERE number IN (30, 39)"
    execute(url, sql)
    assert len(store.backup(tmp_path / "backup.zip").lost) == 2
    other.restore(tmp_path / "backup.zip")
    undone = other.undo(key, other.revision(key))
    assert undone.project == edit(project, 37.5)
    assert other.history(key)[1].state == "current"


# --- damage in the backup


@pytest.fixture
def backup(project, edit, tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'first.db'}") as first:
        _worked_on(first, project, edit)
        first.backup(tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_a_cut_backup_is_refused_whole(backup, other, part):
    data = backup.read_bytes()
    backup.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(BackupError, match="not a complete Best Fit backup"):
        other.restore(backup)
    assert other.projects() == ()


def test_a_backup_with_any_byte_changed_is_refused_or_the_same(backup, project, edit):
    """Places of the file are overwritten at random: what comes in is what was written."""
    sound = backup.read_bytes()
    for seed in range(30):
        chance = random.Random(seed)
        data = bytearray(sound)
        place = chance.randrange(len(data) - 4)
        data[place : place + 4] = chance.randbytes(4)
        backup.write_bytes(data)
        with Store.open("sqlite://") as fresh:
            try:
                restored = fresh.restore(backup)
            except BackupError:
                assert fresh.projects() == ()
            else:
                assert [fresh.get(r.key).project for r in restored] == [edit(project, 77)]


def _changed(backup, name, change):
    """Write the backup anew with one member changed, hashes and all."""
    with zipfile.ZipFile(backup) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    found = next(n for n in members if n.startswith(name))
    members[found] = change(members[found])
    manifest = json.loads(members["manifest.json"])
    if name != "manifest.json":
        manifest["projects"][0][name]["sha256"] = hashlib.sha256(members[found]).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(backup, "w") as archive:
        for n, data in members.items():
            archive.writestr(n, data)


def _lines(change):
    def changed(data):
        lines = [json.loads(line) for line in lzma.decompress(data).splitlines()]
        change(lines)
        return lzma.compress(b"\n".join(json.dumps(line).encode() for line in lines))

    return changed


def _reparent(lines):
    lines[3]["parent"] = 35


def _swap(lines):
    lines[3], lines[4] = lines[4], lines[3]


def _rewrite(lines):
    lines[3]["project"]["info"]["title"] = "Something else"


@pytest.mark.parametrize(
    "change", [_reparent, _swap, _rewrite, lambda lines: lines.pop(40), lambda lines: lines.clear()]
)
def test_a_history_that_does_not_hold_together_is_refused(backup, other, change):
    _changed(backup, "history", _lines(change))
    with pytest.raises(BackupError, match="not a complete"):
        other.restore(backup)
    assert other.projects() == ()


def test_a_broken_project_in_a_backup_is_named(backup, other):
    _changed(backup, "project", lambda data: data.replace(b'"runs"', b'"rums"'))
    with pytest.raises(BackupError, match="rums") as refused:
        other.restore(backup)
    assert "Nothing has been changed here" in str(refused.value)


def test_a_backup_of_a_newer_best_fit_is_refused(backup, other):
    _changed(backup, "manifest.json", lambda data: data.replace(b'"version": 1', b'"version": 2'))
    with pytest.raises(BackupError, match="newer Best Fit"):
        other.restore(backup)


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b'{"format": "x", "version": 1}', b"[" * 100_000, b"\xff"]
)
def test_a_strange_manifest_is_refused(other, manifest, tmp_path):
    backup = tmp_path / "backup.zip"
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("manifest.json", manifest)
    with pytest.raises(BackupError, match="not a complete"):
        other.restore(backup)


def test_a_member_that_claims_too_much_is_refused(backup, other, monkeypatch):
    monkeypatch.setattr("mcda.store.backup._MAX_MEMBER", 1000)
    with pytest.raises(BackupError, match="not a complete"):
        other.restore(backup)


def test_a_missing_backup_is_named(store, tmp_path):
    with pytest.raises(BackupError, match=r"nowhere\.zip cannot be read: No such file"):
        store.restore(tmp_path / "nowhere.zip")


def test_a_restore_that_fails_changes_nothing(backup, other, monkeypatch):
    """The database gives up in the middle of the second project."""
    insert, calls = rows.insert_version, []

    def fails(*arguments, **values):
        calls.append(1)
        if len(calls) > 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return insert(*arguments, **values)

    monkeypatch.setattr(rows, "insert_version", fails)
    with pytest.raises(OSError, match="No space"):
        other.restore(backup)
    assert other.projects() == other.deleted() == ()


def test_a_full_disk_leaves_no_half_backup(store, project, tmp_path, monkeypatch):
    store.create(project)

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    (tmp_path / "full").mkdir()
    with pytest.raises(BackupError, match="No space left on device"):
        store.backup(tmp_path / "full" / "backup.zip")
    assert list((tmp_path / "full").iterdir()) == []


def test_a_folder_that_is_not_there_is_named(store, tmp_path):
    with pytest.raises(BackupError, match=r"cannot be written to .*nowhere"):
        store.backup(tmp_path / "nowhere" / "backup.zip")


def test_a_member_that_does_not_match_its_hash_is_refused(backup, other):
    with zipfile.ZipFile(backup) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(backup, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data.replace(b"Elm", b"Oak"))
    with pytest.raises(BackupError, match="not a complete"):
        other.restore(backup)
