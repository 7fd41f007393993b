"""The page: its numbers are the findings', it stands alone, and it gives its project back."""

from __future__ import annotations

import html
import re
from contextlib import suppress
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.analysis import agreement, comparison, contributions, difference, used_weights
from mcda.analysis.wording import points, span
from mcda.project import ProjectFileError
from mcda.report import build_report, project_in_html, redact, write_html

VOID = {"meta", "link", "img", "br"}


class Shape(HTMLParser):
    """Whether every tag is closed in its turn, the ids, and the attributes of every tag."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        self.tags.append((tag, own))
        self.ids += [own["id"]] if "id" in own else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(report) -> bytes:
    return write_html(report)


@pytest.fixture(scope="module")
def shape(page) -> Shape:
    return Shape(page)


def _column(table, title):
    at = table[0].index(title)
    return [row[at] for row in table[1:]]


def test_scores_and_places_are_the_findings(elm, page, day, tables_in):
    table = tables_in(page)["Both methods side by side"]
    sums, topsis = agreement(elm).rankings
    ids = [p.id for p in sums.ranked]
    assert _column(table, "Program") == [p.name for p in sums.ranked]
    assert _column(table, "Points out of 100") == [sums.score_text(i) for i in ids]
    assert _column(table, "Place, weighted sum") == [sums.result(i).rank_text for i in ids]
    assert _column(table, "Closeness, 0 to 1") == [topsis.score_text(i) for i in ids]
    assert _column(table, "Place, TOPSIS") == [topsis.result(i).rank_text for i in ids]


def test_contributions_are_the_findings(elm, page, tables_in):
    table = tables_in(page)["Where each program's points come from"]
    parts = contributions(elm)
    rows = {row[0]: row[1:] for row in table}
    assert rows[""] == [p.name for p in parts.programs]
    for j, criterion in enumerate(parts.criteria):
        expected = [
            span(points(a), points(b))
            for a, b in zip(parts.low[:, j], parts.high[:, j], strict=True)
        ]
        assert rows[criterion.name] == expected


def test_weights_are_the_findings(elm, page, tables_in):
    table = tables_in(page)["How much each criterion counts"]
    for weighting in elm.run().weightings:
        used = used_weights(elm.run(), weighting.id)
        told = dict(zip(_column(table, "Criterion"), _column(table, f"{used.name}, percent")))  # noqa: B905
        by_name = {c.name: f"{100 * used.weights[c.id]:.1f}" for c in elm.run().active_criteria}
        assert told == by_name


def test_differences_and_moves_are_the_findings(elm, page):
    text = page.decode()
    first, second, third = [p.id for p in agreement(elm).rankings[0].ranked][:3]
    for other in (second, third):
        assert difference(elm, first, other).sentence in text
    for move in comparison(elm).moves:
        assert move.sentence in text


def test_every_score_stands_with_its_source(elm, page, tables_in):
    tables = tables_in(page)
    listed = re.findall(r"<li><strong>(\d+)</strong>: (.*?)</li>", page.decode())
    sources = {html.unescape(text): number for number, text in listed}
    for program in elm.run().candidates:
        name = program.name if program.id != "safe_home" else f"{program.name} (not ranked)"
        rows = {row[0]: row for row in tables[name][1:]}
        for criterion in elm.run().active_criteria:
            score = elm.run().score(program.id, criterion.id)
            about = f"{sources[score.source]} (Sep\N{NO-BREAK SPACE}30,\N{NO-BREAK SPACE}2026; "
            sure = f"{score.confidence})" if score.confidence else ""
            assert rows[criterion.name][2] == about + sure or not sure
            assert rows[criterion.name][3] == score.note


def test_figures_stay_with_the_words_that_lead_on_to_them(page):
    wholes = re.findall(r'<div class="whole">(.*?)</figure></div>', page.decode(), re.S)
    led = [whole.rpartition("<figure>")[0][-400:] for whole in wholes]
    assert len(led) == page.count(b"<figure>")
    assert all(re.search(r"</(h2|h3|p)>$", words) for words in led)


def test_tables_of_levels_stand_in_pairs(elm, page):
    pairs = page.decode().partition('<div class="pairs">')[2].partition("</div>")[0]
    curved = [c for c in elm.run().active_criteria if hasattr(c.scale, "levels") or c.scale.points]
    assert pairs.count("<table") == len(curved)


def test_page_is_small(page):
    assert len(page) < 1_000_000


def test_page_is_the_same_each_time(elm, page, day):
    assert write_html(build_report(elm, date=day)) == page


def test_page_has_its_landmarks_and_its_headings_in_order(shape):
    tags = [tag for tag, _ in shape.tags]
    assert [tags.count(t) for t in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    assert dict(shape.tags)["html"] == {"lang": "en"}
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert tags.count("caption") == tags.count("table")


def test_links_lead_somewhere_and_ids_are_unique(shape):
    assert len(shape.ids) == len(set(shape.ids))
    named = [
        target
        for _, own in shape.tags
        for name in ("href", "aria-labelledby", "aria-describedby")
        for target in (own.get(name) or "").split()
    ]
    inside = [t.removeprefix("#") for t in named if not t.startswith("data:")]
    assert inside
    assert set(inside) <= set(shape.ids)
    fills = re.findall(r"url\(#(.*?)\)", " ".join(str(own) for _, own in shape.tags))
    assert fills
    assert set(fills) <= set(shape.ids)


def test_page_has_a_strict_policy_and_keeps_to_it(shape):
    policy = next(own["content"] for tag, own in shape.tags if own.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "script" not in policy
    tags = {tag for tag, _ in shape.tags}
    assert tags.isdisjoint({"script", "img", "iframe", "object", "embed", "form", "base"})
    names = {name for _, own in shape.tags for name in own}
    assert "style" not in names
    assert not [n for n in names if n.startswith("on")]
    sources = [own[n] for _, own in shape.tags for n in ("src", "href") if n in own]
    assert all(s.startswith(("#", "data:")) for s in sources)


def test_hostile_names_break_nothing(hostile, day):
    for edition in ("full", "public"):
        shown = write_html(build_report(hostile, edition=edition, date=day))
        shape = Shape(shown)
        tags = {tag for tag, _ in shape.tags}
        assert tags.isdisjoint({"script", "img", "r"})
        assert not [n for _, own in shape.tags for n in own if n.startswith("on")]
        assert len(shape.ids) == len(set(shape.ids))
        assert "\u202e" not in shown.decode()
        assert project_in_html(shown) == redact(hostile, edition)


def test_full_page_gives_back_the_same_project(elm, decided, page, day):
    assert project_in_html(page) == elm
    assert project_in_html(page).content_hash() == elm.content_hash()
    assert project_in_html(write_html(build_report(decided, date=day))) == decided


def test_public_page_gives_back_the_public_project(decided, day):
    page = write_html(build_report(decided, edition="public", date=day))
    assert project_in_html(page) == redact(decided, "public")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: b"", "not a report of Best Fit"),
        (lambda d: b"<html><body>Hello</body></html>", "not a report of Best Fit"),
        (lambda d: d[: d.index(b"<template") + 500], "cut short"),
        (lambda d: d + d, "from several"),
        (lambda d: d.replace(b'"value":4.0', b'"value":5.0', 1), "not the one it was written"),
        (lambda d: d.replace(b"data-sha256=", b"data-other=", 1), "not the one it was written"),
        (lambda d: d.replace(b'{"format"', b'<b>{"format"', 1), "Something else stands"),
        (lambda d: d.replace(b'{"format"', b'<!-- -->{"format"', 1), "Something else stands"),
        (lambda d: d.replace(b'{"format"', b'\xff{"format"', 1), "UTF-8"),
        (
            lambda d: d.replace(b'"bestfit-project","version":1', b'"x","version":1', 1),
            "not a Best",
        ),
        (lambda d: b" " * 60_000_001, "far larger"),
    ],
)
def test_page_that_is_not_as_written_is_refused(page, change, words):
    with pytest.raises(ProjectFileError, match=words):
        project_in_html(change(page), "report.html")


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_broken_page_is_refused_in_words(page, junk, offset):
    start = page.index(b"<template")
    broken = page[: start + offset] + junk + page[start + offset + len(junk) + 1 :]
    # Either it is still the same project, or it is refused with findings.
    with suppress(ProjectFileError):
        assert project_in_html(broken) == project_in_html(page)


def test_hostile_page_is_refused_at_once():
    page = b'<template id="bestfit-project" ' + b"<!--" * 5_000_000 + b"</template>"
    with pytest.raises(ProjectFileError):
        project_in_html(page)
