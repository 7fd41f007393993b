"""The HTML report in a real browser: accessible, alone, unharmed by hostile names, printable."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from mcda.project import Project
from mcda.project.templates import example
from mcda.report import build_report, write_html

pytestmark = pytest.mark.browser

DAY = date(2026, 11, 21)
HOSTILE = (
    "</script></template><img src=http://evil.invalid/a.png onerror=document.title='ran'>",
    "<svg onload=document.title='ran'><style>@import 'http://evil.invalid/b.css'</style>",
    "]]> <!-- \u202e",
    "n" * 300,
)
# Rule, and the element it is about; the whole of WCAG 2.1 AA and axe's best practices.
FAULTS = """
async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .flatMap(({id, nodes}) => nodes.map(({html}) => [id, html.slice(0, 160)]))
"""


def _hostile() -> Project:
    """The worked example with names that would run or load something where they could."""
    raw = example().model_dump(mode="json")
    run = raw["runs"][0]
    named = (*run["evidence"]["programs"], *run["evidence"]["criteria"], *run["weightings"])
    for number, item in enumerate(named):
        item["name"] = f"{HOSTILE[number % len(HOSTILE)]} {number}"
    raw["info"] |= {"title": HOSTILE[0], "notes": HOSTILE[1]}
    return Project.model_validate(raw)


@pytest.fixture(scope="module")
def addresses(tmp_path_factory) -> dict[str, str]:
    """The address of each report by its name."""
    folder = tmp_path_factory.mktemp("reports")
    made = {
        "full": build_report(example(), date=DAY),
        "public": build_report(example(), edition="public", date=DAY),
        "compared": build_report(example(), compare=["p1", "p3"], date=DAY),
        "hostile": build_report(_hostile(), date=DAY),
        "empty": build_report(Project.new("Which program?"), date=DAY),
        "two-years": build_report(example("elm_county_two_years_on"), date=DAY),
        "one-page": build_report(example(), edition="one-page", date=DAY),
        "grant": build_report(example(), order="grant", date=DAY),
        "lessons": build_report(example("elm_county_two_years_on"), edition="lessons", date=DAY),
    }
    for name, report in made.items():
        (folder / f"{name}.html").write_bytes(write_html(report))
    return {name: (folder / f"{name}.html").as_uri() for name in made}


NAMES = (
    "full",
    "public",
    "compared",
    "hostile",
    "empty",
    "two-years",
    "one-page",
    "grant",
    "lessons",
)


@pytest.fixture(params=NAMES)
def name(request) -> str:
    """Every kind of report in turn."""
    return request.param


def _open(page, address: str) -> list[str]:
    """Open a page; return what it asked for besides itself, and what it complained of."""
    seen: list[str] = []
    page.on("request", lambda r: seen.append(r.url) if not r.url.startswith("data:") else None)
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return [line for line in seen if line != address]


def _picture(page, name: str) -> None:
    folder = os.environ.get("BESTFIT_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_page_is_accessible_fits_and_asks_for_nothing(page, width, addresses, name):
    from axe_playwright_python.base import AXE_SCRIPT

    page.set_viewport_size({"width": width, "height": 900})
    assert _open(page, addresses[name]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.title() != "ran"
    assert page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length") >= 2
    _picture(page, f"report-{name}-{width}")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(FAULTS) == []


def test_project_in_the_page_is_inert(page, addresses):
    _open(page, addresses["hostile"])
    inside = "document.querySelector('template').content"
    assert page.evaluate(f"{inside}.children.length") == 0
    assert page.evaluate(f"JSON.parse({inside}.textContent).format") == "bestfit-project"
    assert page.evaluate("document.scripts.length") == 0


def test_policy_stops_what_is_put_in_afterwards(page, addresses):
    """The policy is at work: a script or picture that got in somehow would not run or load."""
    _open(page, addresses["full"])
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'ran'";
          const image = document.createElement("img");
          image.src = "http://evil.invalid/a.png";
          document.body.append(script, image);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.title() != "ran"
    assert page.evaluate("document.querySelector('img').naturalWidth") == 0


def test_skip_link_leads_to_the_report(page, addresses):
    _open(page, addresses["full"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_print_has_the_answer_on_its_first_page(page, addresses, size, tmp_path):
    _open(page, addresses["full"])
    page.emulate_media(media="print")
    sizes = {"A4": (794, 1123), "Letter": (816, 1056)}
    margin = 2 * 19 * 96 / 25.4
    page.set_viewport_size(
        {"width": int(sizes[size][0] - 2 * 18 * 96 / 25.4), "height": sizes[size][1]}
    )
    bottom = page.evaluate("document.querySelector('#answer').getBoundingClientRect().bottom")
    assert bottom <= sizes[size][1] - margin
    wide = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert wide
    tallest = "Math.max(...[...document.querySelectorAll('figure')].map(f => f.offsetHeight))"
    assert page.evaluate(tallest) <= sizes[size][1] - margin
    made = page.pdf(path=tmp_path / "report.pdf", format=size)
    assert made.startswith(b"%PDF")
    assert 1 < max(map(int, re.findall(rb"/Count (\d+)", made))) < 40
