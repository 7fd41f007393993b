"""Several servers on one database: no edit is lost, and a killed one leaves it whole."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from mcda.project.document import Project
from mcda.project.evidence import Program
from mcda.store import ConflictError, Store


def _add(store: Store, key: str, name: str) -> None:
    """Add a program the way a server does: again on what is there now, after a conflict."""
    saved = store.get(key)
    while True:
        project = saved.project.with_program(Program(id=name, name=name))
        try:
            store.save(key, project, saved.revision, f"program {name}")
        except ConflictError as conflict:
            saved = conflict.current
        else:
            return


def _names(store: Store, key: str) -> set[str]:
    return {p.id for p in store.get(key).project.run().evidence.programs} - {"continue"}


def test_two_servers_with_many_threads_lose_no_edit(url):
    with Store.open(url) as one, Store.open(url) as other:
        key = one.create(Project.new("Elm")).key
        wanted = {f"t{t}-{n}" for t in range(6) for n in range(10)}
        failed = []

        def work(store, thread):
            try:
                for n in range(10):
                    _add(store, key, f"t{thread}-{n}")
            except BaseException as error:
                failed.append(error)
                raise

        threads = [threading.Thread(target=work, args=((one, other)[t % 2], t)) for t in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not failed
        assert _names(one, key) == _names(other, key) == wanted
        assert one.revision(key) == len(one.history(key)) == 61
        labels = {v.label for v in one.history(key)} - {"start"}
        assert labels == {f"program {name}" for name in wanted}


def test_interleaved_edits_undo_and_redo_agree(url, project, edit):
    with Store.open(url) as one, Store.open(url) as other:
        saved = one.create(project)
        saved = other.save(saved.key, edit(project, 1), saved.revision, "one")
        saved = one.save(saved.key, edit(project, 2), saved.revision, "two")
        saved = other.undo(saved.key, saved.revision)
        assert one.get(saved.key) == saved
        with pytest.raises(ConflictError) as conflict:
            one.save(saved.key, edit(project, 3), 3, "three")
        assert conflict.value.current == saved
        saved = one.redo(saved.key, conflict.value.current.revision)
        assert other.get(saved.key).project == edit(project, 2)


WRITER = textwrap.dedent(
    """
    import sys
    from mcda.project.evidence import Program
    from mcda.store import ConflictError, Store

    url, key, name, count = sys.argv[1:]
    store = Store.open(url)
    saved = store.get(key)
    for n in range(int(count)):
        program = Program(id=f"{name}-{n}", name=name, description="x" * 5000)
        while True:
            try:
                project = saved.project.with_program(program)
                saved = store.save(key, project, saved.revision, f"{name}-{n}")
                break
            except ConflictError as conflict:
                saved = conflict.current
        print(n, flush=True)
    """
)


def _writer(url, key, name, count):
    command = [sys.executable, "-c", WRITER, url, key, name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_lose_no_edit(url, store):
    key = store.create(Project.new("Elm")).key
    writers = [_writer(url, key, name, 15) for name in ("north", "south")]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    assert _names(store, key) == {f"{name}-{n}" for name in ("north", "south") for n in range(15)}


def test_a_killed_server_loses_nothing_it_had_saved(url, store):
    key = store.create(Project.new("Elm")).key
    for round_ in range(3):
        writer = _writer(url, key, f"round{round_}", 100_000)
        said = [writer.stdout.readline() for _ in range(5 + 3 * round_)]
        time.sleep(0.003 * round_)
        os.kill(writer.pid, signal.SIGKILL)
        said += writer.communicate(timeout=60)[0].splitlines()
        with Store.open(url) as opened:
            names = _names(opened, key)
            assert {f"round{round_}-{line.strip()}" for line in said} <= names
            assert [opened.at(key, v.number) for v in opened.history(key)]
            _add(opened, key, f"after-{round_}")
    assert {"after-0", "after-1", "after-2"} <= _names(store, key)


def test_servers_that_start_together_make_one_store(tmp_path, request, url):
    open_store = "import sys; from mcda.store import Store; Store.open(sys.argv[1]).projects()"
    starting = [subprocess.Popen([sys.executable, "-c", open_store, url]) for _ in range(4)]
    assert [process.wait(120) for process in starting] == [0] * 4


def test_threads_that_start_together_make_one_store(url):
    failed = []

    def work():
        try:
            Store.open(url).close()
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
