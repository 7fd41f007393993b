"""When something goes wrong: a message in plain words, nothing that was saved is lost."""

import contextlib
import io
import os
import resource
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Iterator

import pytest

from mcda.project import to_json
from mcda.project.templates import example

pytestmark = pytest.mark.browser

MENTORS = "Survivor mentor program"
LESSONS = "School prevention lessons"
TIME = "Time to first service"


def open_example(me, url: str) -> str:
    """Open the worked example; return its address on the page of scores."""
    me.visit(url)
    me.press("Open the worked example")
    me.press("End the tour")
    me.go("Scores")
    return me.page.url


def type_a_score(me, highest: str) -> None:
    """Type another highest time into the form of the first program, without saving it."""
    me.fill("Highest", highest, me.open(TIME))


def expect(locator):
    """Say what must be true of the page; Playwright is imported where a browser is used."""
    from playwright.sync_api import expect as playwright_expect

    return playwright_expect(locator)


def the_error(me) -> str:
    """Return the message that is shown."""
    alert = me.page.get_by_test_id("stAlert").first
    alert.wait_for()
    return alert.inner_text()


def no_traceback(me) -> None:
    assert not me.page.get_by_text("Traceback").count()
    assert not me.page.get_by_test_id("stException").count()


# --- a second tab


def begin_text(me, program: str, text: str) -> None:
    """Type what a program is into its form, without saving it."""
    me.go("Programs")
    box = me.open(f"{program} · practice")
    me.fill("What it is", text, box)


def test_of_two_tabs_neither_loses_an_edit(me, visitor, new_page, app_server):
    other = visitor(new_page())
    other.visit(open_example(me, app_server))
    begin_text(me, LESSONS, "Ten lessons.")
    begin_text(other, "Juvenile mentoring", "Weekly meetings.")
    me.press("Save", me.box(f"{LESSONS} · practice"))
    other.press("Save", other.box("Juvenile mentoring · practice"))
    said = the_error(other)
    expect(other.page.get_by_role("alert")).to_be_in_viewport(ratio=1)  # The form is far down.
    assert "changed in the meantime, in another window or by someone else" in said
    assert "what “Juvenile mentoring” is" in said
    box = other.box("Juvenile mentoring · practice")
    assert box.get_by_role("textbox", name="What it is").input_value() == "Weekly meetings."

    other.press("Save", box)
    other.see("Saved: what “Juvenile mentoring” is.")
    me.page.reload()
    me.idle()
    for program, text in ((LESSONS, "Ten lessons."), ("Juvenile mentoring", "Weekly meetings.")):
        box = me.open(f"{program} · practice")
        assert box.get_by_role("textbox", name="What it is").input_value() == text


def test_of_two_edits_to_one_score_neither_is_lost_without_a_word(
    me, visitor, new_page, app_server
):
    other = visitor(new_page())
    other.visit(open_example(me, app_server))
    other.open(TIME)
    type_a_score(me, "11")
    me.press("Save ·", exact=False)
    type_a_score(other, "10")
    other.see("Meanwhile someone else recorded: 7 to 11, likely 9 months")
    assert other.box(TIME).get_by_role("textbox", name="Highest").input_value() == "10"
    other.press("Save ·", exact=False)
    other.see(f"Saved: 1 score of {MENTORS}.")
    me.press("Undo")
    assert "changed in the meantime" in the_error(me)
    me.see("7 to 10, likely 9 months")
    me.press("Undo")
    me.see("7 to 11, likely 9 months")


# --- a reload


def test_what_was_typed_outlives_a_reload_in_this_browser_only(me, visitor, new_page, app_server):
    open_example(me, app_server)
    type_a_score(me, "11")
    me.see("1 score not saved yet")
    me.page.reload()
    me.idle()
    me.see("Brought back, typed before and not saved yet: 1 score.")
    assert me.box(TIME).get_by_role("textbox", name="Highest").input_value() == "11"

    other = visitor(new_page())
    other.visit(me.page.url)
    assert not other.page.get_by_text("not saved yet").count()
    assert other.open(TIME).get_by_role("textbox", name="Highest").input_value() == "12"


def test_half_given_answers_outlive_a_killed_server(me, own_server):
    open_example(me, own_server.url)
    me.go("Weights")
    me.fill("Role", "Youth worker")
    me.tick("100 points")
    me.press("Begin")
    boxes = me.page.get_by_role("spinbutton")
    me.type_in(boxes, "30")
    me.see("30 points given, 70 left of 100.")
    own_server.end(signal.SIGKILL)
    own_server.start()
    me.page.reload()
    me.idle()
    me.press("Go on: Youth worker")
    me.see("30 points given, 70 left of 100.")
    assert boxes.first.input_value() == "30"


def test_the_tour_outlives_a_reload(me, app_server):
    me.visit(app_server)
    me.press("Open the worked example")
    me.press("Next stop")
    me.see("Tour, 2 of 8.")
    me.page.reload()
    me.idle()
    me.see("Tour, 2 of 8.")


# --- a killed server


def test_the_last_edit_outlives_a_killed_server(me, own_server):
    address = open_example(me, own_server.url)
    type_a_score(me, "11")
    me.press("Save ·", exact=False)
    me.see(f"Saved: 1 score of {MENTORS}.")
    own_server.end(signal.SIGKILL)
    own_server.start()
    me.visit(address)
    me.see("7 to 11, likely 9 months")
    me.press("Undo")
    me.see("7 to 12, likely 9 months")


def test_a_server_that_is_away_is_said_in_plain_words(me, own_server):
    me.visit(own_server.url)
    own_server.end(signal.SIGKILL)
    dialog = me.page.get_by_role("dialog", name="Best Fit has stopped, or the connection is lost")
    dialog.wait_for()
    assert "Your saved work is safe. Start Best Fit again, then reload" in dialog.inner_text()
    assert "Streamlit" not in dialog.inner_text()


# --- a full disk


class Disk:
    """A place for the data that can be filled: a small disk where one may be mounted."""

    def __init__(self, server):
        self.server = server
        server.data.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(server.data)]
        may = os.name == "posix" and os.geteuid() == 0 and shutil.which("mount")
        self.mounted = bool(may) and subprocess.run(mount, check=False).returncode == 0
        self.filler = server.data / "filler"

    def fill(self) -> None:
        if not self.mounted:
            self._limit(1)
            return
        with contextlib.suppress(OSError), self.filler.open("wb", buffering=0) as stream:
            while stream.write(b"\0" * 4096):
                pass

    def free(self) -> None:
        if self.mounted:
            self.filler.unlink()
        else:
            self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        """Let the server write no file past a size: to it, that is a full disk."""
        hard = resource.RLIM_INFINITY
        resource.prlimit(self.server.process.pid, resource.RLIMIT_FSIZE, (size, hard))

    def remove(self) -> None:
        if self.mounted:
            subprocess.run(["umount", str(self.server.data)], check=True)


@pytest.fixture
def small_disk(stopped_server) -> Iterator[Disk]:
    disk = Disk(stopped_server)
    try:
        stopped_server.start()
        yield disk
    finally:
        stopped_server.end()
        disk.remove()


def test_a_full_disk_is_said_and_what_was_typed_stays(me, small_disk):
    address = open_example(me, small_disk.server.url)
    type_a_score(me, "11")
    small_disk.fill()
    me.press("Save ·", exact=False)
    said = the_error(me)
    expect(me.page.get_by_role("alert").first).to_be_in_viewport(ratio=1)
    assert "no room left on the disk" in said or "Check the disk, and that it is not full" in said
    no_traceback(me)
    field = me.box(TIME).get_by_role("textbox", name="Highest")
    assert field.input_value() == "11"

    small_disk.free()
    me.press("Save ·", exact=False)
    me.see(f"Saved: 1 score of {MENTORS}.")
    me.visit(address)
    me.see("7 to 11, likely 9 months")


# --- a damaged store


@pytest.mark.parametrize("damage", ["all of it", "its middle"])
def test_a_damaged_store_is_said_and_left_as_it_is(me, own_server, damage):
    address = open_example(me, own_server.url)
    me.go("Ranking")
    own_server.end()
    store = own_server.data / "bestfit.db"
    whole = store.read_bytes()
    broken = b"?" * len(whole) if damage == "all of it" else whole[:4096] + b"?" * len(whole[4096:])
    store.write_bytes(broken)

    own_server.start()
    me.visit(own_server.url)
    said = the_error(me)
    assert "is damaged, or is not a Best Fit store" in said
    assert "bestfit restore" in said
    me.press("Open the worked example")
    assert "is damaged" in the_error(me)
    me.visit(address)
    assert "is damaged" in the_error(me)
    no_traceback(me)
    assert store.read_bytes() == broken

    store.write_bytes(whole)
    me.visit(address)
    me.see("94 of 96 scores are known.")


# --- broken files


def bomb() -> bytes:
    """Return a workbook of a few kilobytes that unpacks to 300 megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(b" " * 1_000_000)
    return packed.getvalue()


@pytest.fixture(scope="module")
def broken_files() -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """Files by name, each with what has to be said about it."""
    whole = to_json(example()).encode()
    table = b"Program,Cost,Reach\nMentors,12,40\nLessons,about ten,60\n"
    misfit = whole.replace(b'"worst":600000.0', b'"worst":"much"').replace(
        b'"worst": 600000.0', b'"worst": "much"'
    )
    assert misfit != whole
    return {
        "cut.json": (whole[:5000], ("not complete JSON", "line ")),
        "foreign.json": (b'{"name": "something else"}', ("not a Best Fit project",)),
        "misfit.json": (misfit, ("Total cost to us", "worst")),
        "binary.json": (b"\x89PNG\0\0", ("is not text",)),
        "bomb.xlsx": (bomb(), ("unpacks to far more",)),
        "cut.xlsx": (b"PK\x03\x04 and no more", ("cut.xlsx",)),
        "words.csv": (table, ("about ten", "not a number", "row 3")),
    }


def test_a_broken_file_is_refused_with_its_place(me, app_server, broken_files, screenshot):
    me.visit(app_server)
    for name, (data, says) in broken_files.items():
        me.upload(name, data)
        me.press("Open this file")
        said = the_error(me)
        missing = [words for words in (name, *says) if words not in said]
        assert not missing, said
        no_traceback(me)
        screenshot(me.page, f"refused-{name}")
        me.press(f"Remove {name}")
    me.upload("whole.json", to_json(example()).encode())
    me.press("Open this file")
    me.see("7 programs to choose from")
