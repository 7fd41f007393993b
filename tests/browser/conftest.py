"""A real browser on the real app: servers, pages, accessibility, screenshots."""

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HERE = Path(__file__).parent
START_TIMEOUT_S = 60
IDLE_TIMEOUT_MS = 30_000
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

# Idle: connected, the script has run, nothing is stale or still a placeholder, every chart is
# drawn, the fonts are there, and then for a moment nothing on the page changed.
IDLE = """
() => new Promise(resolve => {
  const ready = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app
      && app.dataset.testConnectionState === "CONNECTED"
      && app.dataset.testScriptState === "notRunning"
      && !document.querySelector('[data-testid$="Skeleton"], [data-stale="true"]')
      && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
           .every(chart => chart.querySelector(".main-svg"))
      && document.fonts.status === "loaded";
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

# One key for each kind of fault: the rule, and Streamlit's name for the element it is in.
VIOLATIONS = """
async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.flatMap(({id, help, nodes}) => nodes.map(({target, html}) => {
    const element = document.querySelector(target[0]);
    const named = element && element.closest("[data-testid]");
    return {rule: id, help, html: html.slice(0, 200), part: named ? named.dataset.testid : ""};
  }));
}
"""


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


@contextmanager
def _serving(command: list[str], port: int, folder: Path, **environment: str) -> Iterator[str]:
    """Start a server, yield its address once it is healthy, and end just that process."""
    url = f"http://127.0.0.1:{port}"
    log = folder / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            deadline = time.monotonic() + START_TIMEOUT_S
            while not _is_healthy(url):
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"The server did not start:\n{log.read_text()}")
                time.sleep(0.1)
            yield url
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def app_server(tmp_path_factory) -> Iterator[str]:
    """The address of the real app, started from another folder, on an empty data folder."""
    folder = tmp_path_factory.mktemp("app")
    port = _free_port()
    start = f"from mcda.app.server import run; raise SystemExit(run({port}, open_browser=False))"
    root = str(HERE.parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    data = {"BESTFIT_DATA_DIR": str(folder / "data"), "PYTHONPATH": path}
    with _serving([sys.executable, "-c", start], port, folder, **data) as url:
        yield url


@pytest.fixture(scope="session")
def bare_server(tmp_path_factory) -> Iterator[str]:
    """The address of a Streamlit page that owes nothing to us: the measure for axe-core."""
    folder = tmp_path_factory.mktemp("bare")
    script = shutil.copy(HERE / "bare_streamlit.py", folder)
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    with _serving([*command, "--browser.gatherUsageStats=false"], port, folder) as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def width(request) -> int:
    """Both widths of page: a laptop or projector, and a phone."""
    return request.param


@pytest.fixture(params=SCHEMES)
def scheme(request) -> str:
    """Both colour schemes."""
    return request.param


def _new_page(browser, width: int, scheme: str):
    return browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )


@pytest.fixture
def page(browser):
    """A light page of 1280 pixels, for tests to which neither matters."""
    page = _new_page(browser, WIDTHS[0], SCHEMES[0])
    yield page
    page.close()


@pytest.fixture
def any_page(browser, width, scheme):
    """A page in each width and colour scheme: the test runs once for each."""
    page = _new_page(browser, width, scheme)
    yield page
    page.close()


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
    from axe_playwright_python.base import AXE_SCRIPT

    _wait_until_idle(page)
    page.evaluate(AXE_SCRIPT)
    return [Violation(**fault) for fault in page.evaluate(VIOLATIONS)]


@pytest.fixture(scope="session")
def bare_faults(browser, bare_server) -> set[tuple[str, str]]:
    """The kinds of fault that Streamlit itself has, in any width and scheme.

    Contrast is not among them: our theme chooses the colours, so it answers for them.
    """
    kinds = set()
    for width in WIDTHS:
        for scheme in SCHEMES:
            page = _new_page(browser, width, scheme)
            _visit(page, bare_server)
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
def screenshot(tmp_path) -> Callable[..., Path]:
    """``screenshot(page, name)`` takes the whole page once it is drawn.

    The pictures go to the folder that ``BESTFIT_SCREENSHOTS`` names, else to a temporary one.
    """
    folder = Path(os.environ.get("BESTFIT_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def take(page, name: str) -> Path:
        _wait_until_idle(page)
        before = page.viewport_size
        # Streamlit scrolls inside the window, so the window must be as tall as the page.
        height = page.eval_on_selector('[data-testid="stMain"]', "main => main.scrollHeight")
        page.set_viewport_size({"width": before["width"], "height": max(height, 300)})
        _wait_until_idle(page)
        path = folder / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png"
        page.screenshot(path=path)
        page.set_viewport_size(before)
        return path

    return take
