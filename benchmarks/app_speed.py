"""How fast the app is, against a bare Streamlit page with one slider and the same chart.

    python benchmarks/app_speed.py            # needs Chromium and the test extras

Three figures, each a ratio or a time from this one run:

1. a weight moved (slider and number box) to the chart redrawn, in a real browser, in turn with the
   bare page: medians and their ratio;
2. cold start, from starting the command to the chart drawn: ours on the Ranking page of the worked
   example against the bare page;
3. thirty visitors, each with a project of their own, changing a weight every two seconds: the time
   from a change sent to the answer complete (p50, p95), seen by thirty websocket clients.

Servers listen on 127.0.0.1 only, and only processes started here are ended.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SWITCH = "Try another weight"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

BARE = """
import json
from pathlib import Path

import streamlit as st

figure = json.loads(Path(__file__).with_name("figure.json").read_text())
share = st.slider("Weight", 0, 100, 20)
figure["data"][0]["x"] = [x + share / 100 for x in figure["data"][0]["x"]]
st.plotly_chart(figure, theme=None)
"""

# Resolves once a chart has been redrawn after the call, and then stood still for a moment.
REDRAWN = """
() => new Promise(resolve => {
  const start = performance.now();
  let last = null, timer = null;
  const observer = new MutationObserver(changes => {
    if (!changes.some(c => c.target.closest && c.target.closest('[data-testid="stPlotlyChart"]')))
      return;
    last = performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => { observer.disconnect(); resolve(last - start); }, 400);
  });
  observer.observe(document, {childList: true, subtree: true, attributes: true,
                              characterData: true});
})
"""


def free_port() -> int:
    """Return a port of this machine that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(command: list[str], port: int, folder: Path) -> Iterator[str]:
    """Start a server and yield its address once it answers; end just that process."""
    environment = os.environ | {"BESTFIT_DATA_DIR": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            if process.poll() is not None:
                raise SystemExit((folder / "log").read_text())
            time.sleep(0.02)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def ours(port: int) -> list[str]:
    """Return the command that starts Best Fit."""
    start = f"from mcda.app.server import run; raise SystemExit(run({port}, open_browser=False))"
    return [sys.executable, "-c", start]


def bare(port: int, script: Path) -> list[str]:
    """Return the command that starts the bare page."""
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    options += ["--browser.gatherUsageStats=false", "--browser.serverAddress=127.0.0.1"]
    return [sys.executable, "-m", "streamlit", "run", str(script), *options]


def write_bare(folder: Path) -> Path:
    """Write the bare page: one slider and the very chart that ours draws."""
    import json

    from mcda.analysis import contributions, ranking
    from mcda.app.theme import palette
    from mcda.charts import ranking_bars
    from mcda.project.templates import example

    project = example()
    parts = contributions(project)
    groups = {c.id: c.parent or c.name for c in parts.criteria}
    chart = ranking_bars(ranking(project), parts, groups, palette(dark=False))
    (folder / "figure.json").write_text(json.dumps(chart.figure))
    script = folder / "bare.py"
    script.write_text(BARE)
    return script


def open_example(page: Page, url: str) -> None:
    """Open the worked example, which shows its ranking, and have the weight slider shown."""
    page.goto(url)
    page.get_by_role("button", name="Open the worked example").click()
    page.get_by_role("button", name="End the tour").click()
    page.get_by_role("heading", name="Which program comes first").wait_for()
    page.get_by_text(SWITCH).click()
    page.get_by_role("slider").first.wait_for()
    page.locator('[data-testid="stPlotlyChart"] .main-svg').first.wait_for()
    page.wait_for_timeout(1500)


def redraw_ms(page: Page, key: str) -> float:
    """Press a key on the focused slider and return the time to the redrawn chart."""
    waiting = page.evaluate_handle(f"() => {{ window.redrawn = ({REDRAWN})(); }}")
    page.keyboard.press(key)
    took = page.evaluate("() => window.redrawn")
    waiting.dispose()
    return float(took)


def latency(rounds: int, folder: Path) -> None:
    """Compare a weight moved in ours with the bare page, in turn."""
    script = write_bare(folder)
    ports = free_port(), free_port()
    with (
        serving(ours(ports[0]), ports[0], folder) as our_url,
        serving(bare(ports[1], script), ports[1], folder) as bare_url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        our_page, bare_page = browser.new_page(), browser.new_page()
        open_example(our_page, our_url)
        bare_page.goto(bare_url)
        bare_page.locator('[data-testid="stPlotlyChart"] .main-svg').first.wait_for()
        bare_page.wait_for_timeout(1500)
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        for name, page in (("ours", our_page), ("bare", bare_page)):
            page.get_by_role("slider").first.focus()
            redraw_ms(page, "ArrowRight")  # the first is not counted
            times[name].clear()
        for number in range(rounds):
            for name, page in (("ours", our_page), ("bare", bare_page)):
                page.bring_to_front()
                page.get_by_role("slider").first.focus()
                times[name].append(redraw_ms(page, "ArrowRight" if number % 4 < 2 else "ArrowLeft"))
        browser.close()
    medians = {name: statistics.median(own) for name, own in times.items()}
    for name, own in times.items():
        print(f"redraw, {name}: median {medians[name]:.0f} ms, p95 {quantile(own, 0.95):.0f} ms")
    print(f"redraw, ratio of medians: {medians['ours'] / medians['bare']:.2f}")


def cold_start(rounds: int, folder: Path) -> None:
    """Compare the time from the command to the first page drawn."""
    script = write_bare(folder)
    paths = {"ours": f"/ranking?project={keep_example(folder)}", "bare": ""}
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for _ in range(rounds):
            for name in ("ours", "bare"):
                port = free_port()
                command = ours(port) if name == "ours" else bare(port, script)
                begun = time.perf_counter()
                with serving(command, port, folder) as url:
                    page = browser.new_page()
                    page.goto(f"{url}{paths[name]}")
                    page.locator('[data-testid="stPlotlyChart"] .main-svg').first.wait_for()
                    times[name].append(time.perf_counter() - begun)
                    page.close()
        browser.close()
    medians = {name: statistics.median(own) for name, own in times.items()}
    print(f"cold start: ours {medians['ours']:.2f} s, bare {medians['bare']:.2f} s")
    print(f"cold start, ratio of medians: {medians['ours'] / medians['bare']:.2f}")


def keep_example(folder: Path) -> str:
    """Keep a worked example in a server's data folder and return its key."""
    from mcda.project.templates import example
    from mcda.store import Store

    (folder / "data").mkdir(exist_ok=True)
    with Store.open(f"sqlite:///{folder / 'data' / 'bestfit.db'}") as store:
        return store.create(example()).key


def crowd(visitors: int, changes: int, folder: Path) -> None:
    """Let visitors change a weight every two seconds and print how long each answer took."""
    keys = [keep_example(folder) for _ in range(visitors)]
    port = free_port()
    with serving(ours(port), port, folder) as url:
        address = url.replace("http", "ws") + "/_stcore/stream"
        times = asyncio.run(_crowd(address, keys, changes))
    print(
        f"{visitors} visitors, {len(times)} changes: p50 {quantile(times, 0.5):.0f} ms, "
        f"p95 {quantile(times, 0.95):.0f} ms, most {max(times):.0f} ms"
    )


async def _crowd(address: str, keys: list[str], changes: int) -> list[float]:
    times: list[float] = []
    all_in = asyncio.Barrier(len(keys))
    await asyncio.gather(
        *(_visitor(address, key, i, changes, times, all_in) for i, key in enumerate(keys))
    )
    return times


async def _visitor(
    address: str,
    key: str,
    number: int,
    changes: int,
    times: list[float],
    all_in: asyncio.Barrier,
) -> None:
    """Open the Ranking page, switch the weight slider on, then move it every two seconds."""
    import websockets
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    async with websockets.connect(address, subprotocols=["streamlit"], max_size=None) as line:
        switch = slider = fragment = ""

        async def answer(request: BackMsg) -> None:
            nonlocal switch, slider, fragment
            request.rerun_script.query_string = f"project={key}"
            request.rerun_script.page_name = "ranking"
            await line.send(request.SerializeToString())
            while True:
                message = ForwardMsg.FromString(await line.recv())
                element = message.delta.new_element
                if element.HasField("checkbox") and element.checkbox.label == SWITCH:
                    switch = element.checkbox.id
                if element.HasField("slider"):
                    slider, fragment = element.slider.id, message.delta.fragment_id
                if message.HasField("script_finished"):
                    return

        first = BackMsg()
        first.rerun_script.SetInParent()
        await answer(first)
        assert switch, "the Ranking page shows no switch for another weight"
        on = BackMsg()
        turned = on.rerun_script.widget_states.widgets.add()
        turned.id, turned.bool_value = switch, True
        await answer(on)
        assert slider, "the Ranking page shows no weight slider"
        await all_in.wait()
        # A timetable of one's own: visitors who slept two seconds after each answer would, once
        # held up together, ask together ever after.
        first_due = time.perf_counter() + 2 + 2 * number / all_in.parties
        for change in range(changes):
            await asyncio.sleep(max(0.0, first_due + 2 * change - time.perf_counter()))
            request = BackMsg()
            request.rerun_script.fragment_id = fragment
            widget = request.rerun_script.widget_states.widgets.add()
            widget.id = slider
            widget.double_array_value.data.append(10 + (7 * change + number) % 60)
            begun = time.perf_counter()
            await answer(request)
            times.append(1000 * (time.perf_counter() - begun))


def quantile(values: list[float], share: float) -> float:
    """Return a quantile by the nearest rank."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--only", choices=("latency", "start", "crowd"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.only in (None, "latency"):
            latency(asked.rounds, folder)
        if asked.only in (None, "start"):
            cold_start(max(3, asked.rounds // 5), folder)
        if asked.only in (None, "crowd"):
            crowd(asked.visitors, asked.rounds, folder)


if __name__ == "__main__":
    main()
