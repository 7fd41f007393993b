"""A real browser on the real app: servers, pages, accessibility, screenshots."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from mcda import cli
from mcda.app.steps import PHASES
from mcda.project import Project, to_json
from mcda.project.aside import set_aside_criterion
from mcda.project.templates import example
from mcda.store import Store

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HERE = Path(__file__).parent
ROOT = str(HERE.parents[1])
START_TIMEOUT_S = 60
IDLE_TIMEOUT_MS = 30_000
PATIENCE_MS = 20_000
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
HEIGHT = 900

# Idle: connected, the script has run, nothing is stale or still a placeholder, every chart is
# drawn, the fonts are there, nothing is still opening or closing, and then for a moment nothing on
# the page changed.
IDLE = """
() => new Promise(resolve => {
  const moves = animation => animation.playState === "running"
    && animation.timeline === document.timeline
    && animation.effect.getComputedTiming().endTime !== Infinity;
  const ready = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app
      && app.dataset.testConnectionState === "CONNECTED"
      && app.dataset.testScriptState === "notRunning"
      && !document.querySelector('[data-testid$="Skeleton"], [data-stale="true"]')
      && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
           .every(chart => chart.querySelector(".main-svg"))
      && document.fonts.status === "loaded"
      && !document.getAnimations().some(moves);
  };
  let calm;
  const changed = () => {
    clearTimeout(calm);
    calm = setTimeout(() => ready() ? (observer.disconnect(), resolve(true)) : changed(), 250);
  };
  const observer = new MutationObserver(changed);
  observer.observe(document, {attributes: true, childList: true, subtree: true});
  changed();
})
"""

# One key for each kind of fault: the rule, and Streamlit's name for the element it is in. The
# layer of its tooltips stands outside the page, and has an id only. No rule of those that are on
# reads the style sheets, so they are not fetched for it once more.
VIOLATIONS = """
async () => {
  const options = {resultTypes: ["violations"], preload: {assets: ["media"]}};
  const found = await axe.run(document, options);
  return found.violations.flatMap(({id, help, nodes}) => nodes.map(({target, html}) => {
    const element = document.querySelector(target[0]);
    const named = element && element.closest("[data-testid]");
    const part = named ? named.dataset.testid : element ? element.id : "";
    return {rule: id, help, html: html.slice(0, 200), part};
  }));
}
"""


# The page itself scrolls in a box of Streamlit's, which the document knows nothing of.
WIDEST = """
() => Math.max(...[document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .map(box => box.scrollWidth))
"""
# The words of charts that stand partly outside their chart.
CLIPPED = """
() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].flatMap(chart => {
  const box = chart.getBoundingClientRect();
  return [...chart.querySelectorAll(".main-svg text")].filter(text => {
    const own = text.getBoundingClientRect();
    return own.width && (own.left < box.left - 2 || own.right > box.right + 2
      || own.top < box.top - 2 || own.bottom > box.bottom + 2);
  }).map(text => text.textContent);
})
"""
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


@dataclass(frozen=True)
class Violation:
    """One fault that axe-core found."""

    rule: str
    part: str
    help: str
    html: str

    @property
    def kind(self) -> tuple[str, str]:
        """What makes two faults the same fault."""
        return self.rule, self.part


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


class Server:
    """A server on a port and folder of its own, which can be ended and started again there."""

    def __init__(self, folder: Path, command: Callable[[int], list[str]], **environment: str):
        self.folder = folder
        self.data = folder / "data"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None
        self._command = command(self.port)
        path = os.pathsep.join(filter(None, (ROOT, os.environ.get("PYTHONPATH"))))
        ours = {"BESTFIT_DATA_DIR": str(self.data), "PYTHONPATH": path}
        self._environment = {**os.environ, **ours, **environment}
        self._environment.pop("BESTFIT_DATABASE_URL", None)

    @property
    def log(self) -> str:
        """What the server has said since it was started last."""
        return (self.folder / "server.log").read_text()

    def start(self) -> None:
        """Start, and return once the server is healthy."""
        with (self.folder / "server.log").open("w") as output:
            self.process = subprocess.Popen(
                self._command,
                cwd=self.folder,
                env=self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while not _is_healthy(self.url):
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The server did not start:\n{self.log}")
            time.sleep(0.1)

    def end(self, with_signal: int = signal.SIGINT) -> None:
        """End just this process: as Ctrl-C does, or with another signal."""
        if self.process is None:
            return
        self.process.send_signal(with_signal)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


def _launcher(port: int) -> list[str]:
    start = f"from mcda.app.server import run; raise SystemExit(run({port}, open_browser=False))"
    return [sys.executable, "-c", start]


def _streamlit(script: Path, *options: str) -> Callable[[int], list[str]]:
    def command(port: int) -> list[str]:
        run = [sys.executable, "-m", "streamlit", "run", str(script)]
        return [*run, f"--server.port={port}", "--server.headless=true", *options]

    return command


@contextmanager
def _running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.end()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory) -> Iterator[Server]:
    """The real app, started from another folder, on an empty data folder."""
    with _running(Server(tmp_path_factory.mktemp("app"), _launcher)) as server:
        yield server


@pytest.fixture(scope="session")
def app_server(shared_server) -> str:
    """The address of the real app."""
    return shared_server.url


@pytest.fixture(scope="session")
def address_of(shared_server) -> Iterator[Callable[..., str]]:
    """``address_of(project, step)`` keeps a new project; it is the address of one of its pages.

    For tests of what comes later: how a visitor opens a project has tests of its own.
    """
    shared_server.data.mkdir(exist_ok=True)
    with Store.open(f"sqlite:///{shared_server.data / 'bestfit.db'}") as store:

        def kept(project: Project, step: str) -> str:
            return f"{shared_server.url}/{step}?project={store.create(project).key}"

        yield kept


@pytest.fixture
def stopped_server(tmp_path) -> Server:
    """A server for one test alone, not started yet."""
    return Server(tmp_path, _launcher)


@pytest.fixture
def own_server(stopped_server) -> Iterator[Server]:
    """A server for one test alone, which it may end, kill and start again."""
    with _running(stopped_server):
        yield stopped_server


@pytest.fixture
def opened_with(tmp_path) -> Iterator[Callable[[Path], str]]:
    """``opened_with(file)`` is the address of the app after ``bestfit open FILE``."""
    servers = []

    def opened(file: Path) -> str:
        def command(port: int) -> list[str]:
            start = "from mcda.cli import main; main()"
            return [sys.executable, "-c", start, "open", str(file), "--port", str(port)]

        (tmp_path / "opened").mkdir()
        servers.append(Server(tmp_path / "opened", command, BROWSER="true"))
        servers[-1].start()
        return servers[-1].url

    yield opened
    for server in servers:
        server.end()


@pytest.fixture(scope="session")
def hosted_server(tmp_path_factory) -> Iterator[Server]:
    """The app as a host starts it: by ``streamlit run``, with no address set."""
    folder = tmp_path_factory.mktemp("hosted")
    command = _streamlit(Path(ROOT, "app.py"), "--server.fileWatcherType=none")
    with _running(Server(folder, command)) as server:
        yield server


@pytest.fixture(scope="session")
def bare_server(tmp_path_factory) -> Iterator[str]:
    """The address of a Streamlit page that owes nothing to us: the measure for axe-core."""
    folder = tmp_path_factory.mktemp("bare")
    script = Path(shutil.copy(HERE / "bare_streamlit.py", folder))
    options = ("--server.address=127.0.0.1", "--browser.gatherUsageStats=false")
    with _running(Server(folder, _streamlit(script, *options))) as server:
        yield server.url


@pytest.fixture(scope="session")
def playwright():
    """What drives Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    """One Chromium for all tests, each page of which knows nothing of the others."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def profile(playwright, app_server, tmp_path_factory):
    """One Chromium that keeps Streamlit's scripts once it has read them, as a visitor's does.

    All its pages share one process, which a page that stays open keeps alive: there the scripts
    are compiled already.
    """
    folder = tmp_path_factory.mktemp("profile")
    options = {"executable_path": CHROMIUM, "args": [*CHROMIUM_FLAGS, "--process-per-site"]}
    kept = playwright.chromium.launch_persistent_context(folder, **options)
    kept.new_page().goto(f"{app_server}/_stcore/health")
    yield kept
    kept.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def width(request) -> int:
    """Both widths of page: a laptop or projector, and a phone."""
    return request.param


@pytest.fixture(params=SCHEMES)
def scheme(request) -> str:
    """Both colour schemes."""
    return request.param


def _new_page(browser, width: int, scheme: str):
    page = browser.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_default_timeout(PATIENCE_MS)
    return page


@pytest.fixture
def open_page(profile) -> Iterator[Callable[..., object]]:
    """``open_page(width, scheme)`` opens the page of a test, in a browser nobody has used.

    Only the scripts it has read for tests before are still there: no cookie, nothing stored.
    """
    pages = []

    def opened(width: int = WIDTHS[0], scheme: str = SCHEMES[0]):
        pages.append(_new_page(profile, width, scheme))
        return pages[-1]

    yield opened
    for page in pages:
        page.close()
    kept_open = profile.pages[0]  # A test may have closed its own pages.
    profile.new_cdp_session(kept_open).send("Storage.clearDataForOrigin", _STORED)


_STORED = {"origin": "*", "storageTypes": "cookies,local_storage,indexeddb,cache_storage"}


@pytest.fixture
def page(open_page):
    """A light page of 1280 pixels, for tests to which neither matters."""
    return open_page()


@pytest.fixture
def new_page(browser) -> Iterator[Callable[..., object]]:
    """``new_page(width, scheme)`` opens one more page, as another browser would."""
    pages = []

    def open_page(width: int = WIDTHS[0], scheme: str = SCHEMES[0]):
        pages.append(_new_page(browser, width, scheme))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def any_page(open_page, width, scheme):
    """A page in each width and colour scheme: the test runs once for each."""
    return open_page(width, scheme)


@pytest.fixture
def wait_until_idle() -> Callable[..., None]:
    """``wait_until_idle(page)`` returns when Streamlit has finished drawing."""
    return _wait_until_idle


def _wait_until_idle(page) -> None:
    page.wait_for_function(IDLE, timeout=IDLE_TIMEOUT_MS)


@pytest.fixture
def visit() -> Callable[..., None]:
    """``visit(page, url)`` opens an address and waits until it is drawn."""
    return _visit


def _visit(page, url: str) -> None:
    page.goto(url)
    _wait_until_idle(page)


def _violations(page) -> list[Violation]:
    with _whole_page(page):
        return _axe(page)


def _axe(page) -> list[Violation]:
    from axe_playwright_python.base import AXE_SCRIPT

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [Violation(**fault) for fault in page.evaluate(VIOLATIONS)]


@contextmanager
def _whole_page(page) -> Iterator[None]:
    """Make the window as tall as the page, since Streamlit scrolls inside the window.

    Else only what stands above the fold is in the picture, or held to the rules of contrast.
    """
    _wait_until_idle(page)
    before = page.viewport_size
    _grow(page)
    yield
    page.set_viewport_size(before)
    _wait_until_idle(page)


def _grow(page) -> None:
    size = page.viewport_size
    height = page.eval_on_selector('[data-testid="stMain"]', "main => main.scrollHeight")
    if height > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": height})
        _wait_until_idle(page)


@pytest.fixture(scope="session")
def bare_faults(browser, bare_server) -> set[tuple[str, str]]:
    """The kinds of fault that Streamlit itself has, in either width.

    Contrast is not among them: our theme chooses the colours, so it answers for them.
    """
    kinds = set()
    for width in WIDTHS:
        page = _new_page(browser, width, SCHEMES[0])
        _visit(page, bare_server)
        page.get_by_text("Expander").click()
        page.get_by_role("button", name="Help for Radio").focus()
        page.get_by_role("tooltip").wait_for()
        kinds |= {fault.kind for fault in _violations(page)}
        page.get_by_role("button", name="Popover").click()
        kinds |= {fault.kind for fault in _violations(page)}
        page.close()
    return {kind for kind in kinds if kind[0] != "color-contrast"}


@pytest.fixture
def axe(bare_faults) -> Callable[..., list[Violation]]:
    """``axe(page)`` lists the faults that a bare Streamlit page does not have."""

    def run(page) -> list[Violation]:
        return [fault for fault in _violations(page) if fault.kind not in bare_faults]

    return run


@pytest.fixture
def faults_by_look(bare_faults) -> Callable[..., dict[str, list[str]]]:
    """``faults_by_look(page, name)`` holds a page, as it stands, to the rules in two looks.

    That is, in the width and colour scheme it has, and in the other ones; ``every`` takes all
    four looks. A picture of each is taken, and what is wrong is listed by look; the page has its
    width again then, and the other scheme.
    """

    def found(page, name: str, *, every: bool = False) -> dict[str, list[str]]:
        width = page.viewport_size["width"]
        faults = {}
        for look in _looks(width, page.evaluate(IS_DARK), every=every):
            _show_in(page, *look)
            seen = [
                f"{fault.rule} in {fault.part}: {fault.html}"
                for fault in _axe(page)
                if fault.kind not in bare_faults
            ]
            widest = page.evaluate(WIDEST)
            if widest > look[0]:
                seen.append(f"{widest} pixels wide")
            if page.get_by_text("Traceback").count():
                seen.append("a traceback")
            seen += [f"clipped: {text}" for text in page.evaluate(CLIPPED)]
            _take(page, f"{name}-{look[0]}-{look[1]}")
            if seen:
                faults[f"{name} at {look[0]}px, {look[1]}"] = seen
        page.set_viewport_size({"width": width, "height": HEIGHT})
        _wait_until_idle(page)
        return faults

    return found


def _looks(width: int, is_dark: bool, *, every: bool) -> list[tuple[int, str]]:
    """List the looks of a page, from the one it has, with one change of scheme only."""
    widths = sorted(WIDTHS, key=lambda each: each != width)
    first, second = sorted(SCHEMES, key=lambda each: (each == "dark") != is_dark)
    looks = [(each, first) for each in widths] + [(each, second) for each in reversed(widths)]
    return looks if every else [looks[0], looks[2]]


def _show_in(page, width: int, scheme: str) -> None:
    """Show a page, as it stands, in a width and colour scheme, with all of it in the window."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    if page.evaluate(IS_DARK) != (scheme == "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        _wait_until_idle(page)
        # The server hears of the scheme, and draws its charts in it, when the page runs again.
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("r")
    _wait_until_idle(page)
    _grow(page)


@pytest.fixture
def screenshot() -> Callable[..., None]:
    """``screenshot(page, name)`` waits until a page is drawn, and takes a picture of all of it.

    The pictures go to the folder that ``BESTFIT_SCREENSHOTS`` names; without one none is taken.
    """

    def take(page, name: str) -> None:
        if not os.environ.get("BESTFIT_SCREENSHOTS"):
            _wait_until_idle(page)
            return
        with _whole_page(page):
            _take(page, name)

    return take


def _take(page, name: str) -> None:
    folder = os.environ.get("BESTFIT_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder, f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"))


# --- a visitor


class Visitor:
    """Someone who uses a page by the names of things; every act waits until it is drawn."""

    def __init__(self, page):
        self.page = page

    def idle(self) -> None:
        """Wait until Streamlit has finished drawing."""
        _wait_until_idle(self.page)

    def visit(self, url: str) -> None:
        """Open an address."""
        _visit(self.page, url)

    def go(self, step: str) -> None:
        """Go to a page by the rail, through its phase where the visitor is in another one."""
        phase = next(p.title for p in PHASES for s in p.steps if s.title == step)
        if not self._rail(step).count():
            self._rail(phase).first.click()
        self._rail(step).last.click()
        self.page.locator(".st-key-rail strong", has_text=step).last.wait_for()
        self.idle()

    def _rail(self, step: str):
        return self.page.locator(".st-key-rail").get_by_role("link", name=step)

    def press(self, name: str, within=None, exact: bool = True) -> None:
        """Press a button."""
        place = within or self.page
        place.get_by_role("button", name=name, exact=exact).first.click()
        self.idle()

    def fill(self, label: str, text: str, within=None, role: str = "textbox") -> None:
        """Type into a field and leave it."""
        self.type_in((within or self.page).get_by_role(role, name=label, exact=True), text)

    def type_in(self, field, text: str) -> None:
        """Type into a field that was found, and leave it."""
        field.first.fill(text)
        field.first.press("Tab")
        self.idle()

    def type_day(self, label: str, day: date) -> None:
        """Type a day into a field of days, digit by digit."""
        group = self.page.get_by_test_id("stDateInput").filter(has_text=label).first
        group.locator("input, [contenteditable]").first.click()
        self.page.keyboard.type(f"{day:%Y%m%d}")
        self.page.keyboard.press("Tab")
        self.idle()

    def number_all(self, numbers: Sequence[object]) -> None:
        """Type a number into each box of the page, each taken before the next is begun."""
        boxes = self.page.get_by_role("spinbutton")
        assert boxes.count() == len(numbers)
        for at, number in enumerate(numbers):
            self.type_in(boxes.nth(at), str(number))

    def tick(self, name: str, within=None, role: str = "radio") -> None:
        """Choose a radio, or tick a checkbox."""
        choice = (within or self.page).get_by_role(role, name=name, exact=True).first
        if not choice.is_checked():
            choice.press("Space")  # A click may miss what still moves.
        self.idle()
        assert choice.is_checked()

    def select(self, label: str, option: str, within=None) -> None:
        """Choose in a select box, by the beginning of the option."""
        box = (within or self.page).get_by_role("combobox", name=label, exact=True)
        # The list closes when the page scrolls, so nothing may be left to scroll to.
        box.evaluate("box => box.scrollIntoView({block: 'center'})")
        box.focus()
        self.idle()
        box.press("ArrowDown")
        self.page.get_by_role("option", name=option).first.click()
        self.idle()

    def box(self, name: str):
        """Return the first expander whose line holds a text."""
        line = '[data-testid="stExpander"] > details > summary'
        return self.page.locator(line).filter(has_text=name).first.locator("xpath=../..")

    def open(self, name: str):
        """Open an expander, unless it is open, and return it."""
        box = self.box(name)
        if not box.locator("details[open]").count():
            box.locator("summary").first.click()
        self.idle()
        return box

    def see(self, text: str) -> None:
        """Wait until a text is shown."""
        self.page.get_by_text(text).first.wait_for()

    def upload(self, name: str, data: bytes) -> None:
        """Give a file to the page's uploader."""
        kind = "application/octet-stream"
        files = [{"name": name, "mimeType": kind, "buffer": data}]
        self.page.locator("input[type=file]").set_input_files(files)
        self.page.get_by_role("button", name=f"Remove {name}").wait_for()
        self.idle()

    def download_project(self, folder: Path) -> Path:
        """Download the project file from Home; the visitor ends there."""
        self.page.get_by_role("link", name="Best Fit", exact=True).click()
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Download the project file").click()
        self.idle()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

    def table(self, caption: str) -> list[list[str]]:
        """Return the cells of a table that is shown, without its head."""
        rows = self.page.get_by_role("region", name=caption, exact=True).locator("tbody tr").all()
        return [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows]


@pytest.fixture(scope="session")
def visitor() -> type[Visitor]:
    """``visitor(page)`` is someone who uses that page."""
    return Visitor


@pytest.fixture
def me(page) -> Visitor:
    """A visitor on a light page of 1280 pixels."""
    return Visitor(page)


@pytest.fixture
def phone(open_page) -> Visitor:
    """A visitor on a dark page of 390 pixels, for walks whose every state is held to the rules."""
    return Visitor(open_page(390, "dark"))


@pytest.fixture
def bestfit(monkeypatch, capsys) -> Callable[..., object]:
    """``bestfit("rank", file)`` returns what the command line prints as JSON."""

    def run(*arguments: object) -> object:
        monkeypatch.setattr(sys, "argv", ["bestfit", *map(str, arguments), "--json"])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        assert not ended.value.code, printed.err
        return json.loads(printed.out)

    return run


@pytest.fixture(scope="session")
def four_criteria() -> bytes:
    """The worked example judged on the four criteria of one branch, as a project file."""
    decision = example()
    for criterion in decision.run().active_criteria:
        if criterion.parent != "doable":
            decision = set_aside_criterion(decision, criterion.id, "Not for now.")
    return to_json(decision).encode()
