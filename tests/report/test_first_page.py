"""What a council reads first: the first page of the report, and the edition on one page."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.analysis import firmness, ranking
from mcda.project import Approval, Project, Range, Record
from mcda.project.templates import TWO_YEARS_ON, example
from mcda.report import build_report
from mcda.report.model import Callout, Facts, Listing, Paragraph
from mcda.report.sections.answer import NOT_AHEAD


@pytest.fixture(scope="module")
def two_years() -> Project:
    return example(TWO_YEARS_ON)


@pytest.fixture(scope="module")
def departed(elm) -> Project:
    """Decided for the runner-up."""
    choice = ranking(elm).ranked[1].id
    record = Record(
        choice=choice,
        reasons="Survivors asked for it.",
        departure="The first place is not sure, and mentors can start sooner.",
        decided_on=date(2026, 10, 1),
        approvals=(Approval(role="Board"),),
    )
    return elm.decide(record)


def facts(report, section: str) -> dict[str, str]:
    """Return what a section tells in pairs."""
    blocks = next(s for s in report.sections if s.id == section).blocks
    return {a: b for block in blocks if isinstance(block, Facts) for a, b in block.pairs}


def texts(report) -> list[str]:
    """Return every running text of a report."""
    found = []
    for block in (b for s in report.sections for b in s.blocks):
        match block:
            case Paragraph(text=text) | Callout(text=text):
                found.append(text)
            case Facts(pairs=pairs) | Listing(items=pairs):
                found += [text for _, text in pairs]
    return found


@pytest.mark.parametrize(("edition", "section"), [("full", "answer"), ("one-page", "brief")])
def test_who_comes_first_most_often_stands_beside_who_leads(elm, day, edition, section):
    found = firmness(elm)
    (most,) = found.leaders
    lead = ranking(elm).ranked[0]
    assert most.id != lead.id
    said = facts(build_report(elm, edition=edition, date=day), section)["How firm"]
    assert said.startswith("There is no clear winner. In ")
    assert f"{most.name} came first." in said
    assert f"alone, {lead.name} leads" in said
    assert found.together.phrase.lower() in said.lower()


@pytest.mark.parametrize(
    ("edition", "section", "fact"),
    [("full", "answer", "In place now"), ("one-page", "decided", "Status")],
)
def test_what_an_earlier_selection_put_in_place_is_said(two_years, day, edition, section, fact):
    first = two_years.runs[0]
    chosen = first.program(first.record.choice).name
    said = facts(build_report(two_years, edition=edition, date=day), section)[fact]
    assert f"{chosen}, chosen December 1, 2026." in said


def test_nothing_is_in_place_before_the_first_selection(elm, report):
    assert "In place now" not in facts(report, "answer")


def test_the_day_an_example_is_told_on_stands_under_the_title(two_years, day):
    assert "told as of January 15, 2029" in build_report(two_years, date=day).where_and_when


def test_one_page_tells_the_cost_of_each_that_could_be_first(elm, day):
    said = facts(build_report(elm, edition="one-page", date=day), "brief")["Total cost to us"]
    for program in ranking(elm).possible_firsts:
        amount = elm.run().score(program.id, "cost").amount
        assert isinstance(amount, Range)
        assert f"{program.name}: {amount.low:,.0f} to {amount.high:,.0f}" in said
    assert said.endswith("(US dollars over 3 years)")


def test_one_page_tells_the_cost_of_the_choice(departed, day):
    report = build_report(departed, edition="one-page", date=day)
    said = facts(report, "brief")["Total cost to us"]
    assert said.startswith(departed.run().program(departed.run().record.choice).name)
    assert said.count(":") == 1


@pytest.mark.parametrize("name", ["elm", "two_years", "departed"])
def test_one_page_of_the_examples_cuts_no_sentence(request, name, day):
    report = build_report(request.getfixturevalue(name), edition="one-page", date=day)
    assert not [text for text in texts(report) if "…" in text]


def test_why_it_is_not_the_program_ahead_stands_on_the_first_page(departed, day):
    said = facts(build_report(departed, date=day), "answer")
    assert said[NOT_AHEAD] == departed.run().record.departure


def test_a_choice_that_is_the_runner_up_is_told_once(departed, day):
    said = facts(build_report(departed, date=day), "answer")
    assert "The choice" in said
    assert "Runner-up" not in said
    assert "Margin" not in said


def test_what_comes_first_is_said_without_a_cut_however_many_or_long_the_names(on_one_page):
    found = on_one_page.material.results.ranking
    blocks = on_one_page.sections[0].blocks
    said = [b.text for b in blocks if isinstance(b, Paragraph) and "first" in b.text]
    assert said
    by = f"By the weights of {found.weighting.name}: "
    assert said[-1].startswith(by)
    if len(said[-1]) < len(by + found.headline):
        firsts = f"{len(found.possible_firsts)} of {len(found.ranked)} programs"
        assert firsts in said[-1] or f"{found.possible_firsts[0].name[:50]}" in said[-1]
    else:
        assert said[-1] == by + found.headline
