"""Small counts of people: in no byte of what is passed on, and in nothing that anybody reads."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import date
from typing import Any

import pikepdf
import pytest

from mcda.project import Evaluation, Indicator, Observation, Part, Project
from mcda.project.templates import example
from mcda.report import (
    build_report,
    holds_small_counts,
    write_csv,
    write_html,
    write_xlsx,
    write_zip,
)
from mcda.report.data import sheets
from mcda.report.sections.evaluation import baseline_text

# Numbers that stand out; each is small, or would let a small one be worked out.
SMALL = (7919, 7907, 7901, 7883)
REST = (52081, 52099)
CHANCE = re.compile(r"base64,[^\"]*|[a-f0-9]{64}|w:w=\"\d+\"")  # pictures, hashes, widths
YEARS = [(date(y, 1, 1), date(y, 12, 31)) for y in (2027, 2028, 2029)]


@pytest.fixture(scope="module", params=["public", "internal"])
def counted(request) -> Project:
    """The second example with counts of people below a high threshold, in every place for them."""
    common: dict[str, Any] = {
        "smallest_count": 10_000, "share": request.param, "every": "year", "kind": "safety",
        "better": "lower", "target": 0.0, "target_on": date(2030, 1, 1),
        "baseline_on": date(2026, 1, 1),
    }  # fmt: skip
    indicators = (
        Indicator(id="all", name="All", baseline=7907.0, groups=("A", "B"), **common),
        Indicator(id="part", name="Part", measure="share", baseline=80.0, **common),
        Indicator(id="mean", name="Mean", measure="number", unit="days", **common),
    )
    parts = (Part(group="A", count=7919), Part(group="B", count=52081))
    observations = (
        Observation(indicator="all", count=60_000, parts=parts, **_in(0)),
        Observation(indicator="all", count=7901, **_in(1)),
        Observation(indicator="all", count=7883, note="It was a hard year.", **_in(2)),
        Observation(indicator="part", count=52099, of=60_000, **_in(0)),  # 7901 are the rest
        Observation(indicator="part", count=7919, of=60_000, **_in(1)),
        Observation(indicator="mean", value=7883.0, of=7907, **_in(2)),
    )
    kept = Evaluation(indicators=indicators, observations=observations)
    old = example("elm_county_two_years_on")
    kept = kept.model_copy(update={"lessons": old.evaluation.lessons, "open_to_all": ("plan",)})
    return old.with_evaluation(kept)


def _in(year: int) -> dict[str, date]:
    return dict(zip(("starts_on", "ends_on"), YEARS[year], strict=True))


def _found(text: str) -> list[str]:
    """The numbers above that a text holds, however they are written."""
    plain = CHANCE.sub("", text)
    told = (f"{number:,}".replace(",", ",?") for number in (*SMALL, *REST))
    return [n for n in told if re.search(rf"(?<![\d.]){n}(?!\d)", plain)]


def _decoded(name: str, data: bytes) -> str:
    """All that a file tells; of a PDF its texts and what is attached, not lengths and places."""
    if not name.endswith(".pdf"):
        return data.decode("utf-8", "replace")
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    shown = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        told = [str(v) for o in pdf.objects for v in _values(o) if isinstance(v, pikepdf.String)]
        kept = [file.get_file().read_bytes().decode() for file in pdf.attachments.values()]
    return "\n".join((shown, *told, *kept))


def _values(item: pikepdf.Object) -> list[pikepdf.Object]:
    if isinstance(item, pikepdf.Dictionary):
        return list(item.as_dict().values())
    return item.as_list() if isinstance(item, pikepdf.Array) else [item]


def _read(page: bytes) -> str:
    """What of a page anybody reads, with its alternative texts: all but the data it carries."""
    return re.sub(r"<template.*?</template>", "", page.decode(), flags=re.S)


def test_the_numbers_are_there_to_be_found(counted, day):
    report = build_report(counted, date=day)
    assert len(_found(counted.model_dump_json())) == len(SMALL) + len(REST)
    assert len(_found(write_html(report).decode())) == len(SMALL) + len(REST)
    assert holds_small_counts(counted)


@pytest.mark.poppler
@pytest.mark.parametrize("edition", ["public", "lessons"])
def test_no_small_count_is_in_any_byte_that_is_passed_on(counted, edition, day, parts_of):
    report = build_report(counted, edition=edition, date=day, notes=True)
    files = {"html": write_html(report), "xlsx": write_xlsx(report), "zip": write_zip(report)}
    files |= {f"{sheet.name}.csv": write_csv(report, sheet.name) for sheet in sheets(report)}
    files |= parts_of(files["xlsx"]) | parts_of(files["zip"])
    told = {name: _decoded(name, data) for name, data in files.items()}
    assert {name: _found(text) for name, text in told.items()} == {name: [] for name in files}


def test_no_small_count_is_in_anything_that_the_full_edition_shows(counted, day, parts_of):
    report = build_report(counted, date=day)
    assert _found(_read(write_html(report))) == []
    files = parts_of(write_xlsx(report))
    files |= {f"{sheet.name}.csv": write_csv(report, sheet.name) for sheet in sheets(report)}
    assert [name for name, data in files.items() if _found(data.decode("utf-8", "replace"))] == []


def test_the_full_edition_says_that_it_carries_them(counted, day):
    said = "hold counts too small to pass on"
    assert said in _read(write_html(build_report(counted, date=day)))
    public = build_report(counted, edition="public", date=day)
    assert said.encode() not in write_html(public)
    assert not holds_small_counts(public.material.project)
    first = build_report(example(), date=day)
    assert said.encode() not in write_html(first)


def test_both_editions_show_the_same_numbers(counted, day):
    """So that nothing can be worked out by laying one beside the other."""
    for project in (counted, example("elm_county_two_years_on")):
        full, public = (build_report(project, edition=e, date=day) for e in ("full", "public"))
        shared = {i.name for i in project.evaluation.indicators if i.share == "public"}
        for table in ("indicators", "observations"):
            left, right = (_rows(report, table, shared) for report in (full, public))
            assert left == right


def _rows(report, table: str, names: set[str]) -> list[list[Any]]:
    if not report.material.states:
        return []
    found = next(s for s in sheets(report) if s.name.lower() == table)
    kept = [at for at, c in enumerate(found.columns) if c.title not in ("Note", "Shared with")]
    return [[row[at] for at in kept] for row in found.rows if row[0] in names]


def test_a_hidden_number_is_called_hidden_in_both_editions(day, tables_in):
    project = example("elm_county_two_years_on")
    for edition in ("full", "public"):
        tables = tables_in(write_html(build_report(project, edition=edition, date=day)))
        seen = tables["Young people met by an advocate within three days: what was observed"]
        assert [row[1] for row in seen[1:4]] == ["hidden for privacy", "hidden for privacy", "63%"]


def test_a_public_copy_that_is_reported_again_says_the_same(day):
    project = example("elm_county_two_years_on")
    later = date(2029, 1, 20)
    public = build_report(project, edition="public", date=later)
    again = build_report(public.material.project, edition="public", date=later)
    for name in ("evaluation", "again"):
        told = [next(s for s in r.sections if s.id == name) for r in (public, again)]
        assert words_of(told[0]) == words_of(told[1])
    assert write_csv(public, "observations") == write_csv(again, "observations")


def words_of(section) -> str:
    """What a section says, in words and in tables."""
    return repr([b for b in section.blocks if type(b).__name__ != "Figure"])


def test_a_small_baseline_is_told_as_one():
    own = Indicator(id="i", name="I", baseline=9.0, baseline_on=date(2027, 1, 1))
    assert baseline_text(own).startswith("hidden for privacy (Jan")
    assert baseline_text(own.model_copy(update={"baseline": None})) == "not said"


def test_what_rests_on_a_hidden_number_is_for_the_group_only(day):
    project = example("elm_county_two_years_on")
    indicators = tuple(
        i.model_copy(update={"share": "public"}) for i in project.evaluation.indicators
    )
    kept = project.evaluation.model_copy(update={"indicators": indicators})
    project = project.with_evaluation(kept)
    later = date(2029, 1, 20)
    full, public = (
        build_report(project, edition=e, date=later).material.triggers for e in ("full", "public")
    )
    assert [t.kind for t in full if t.rests_on_hidden] == ["safety worse"]
    assert [t.sentence for t in public] == [t.sentence for t in full if not t.rests_on_hidden]
    assert all(t.answer is None for t in public)
