"""The edition for other communities: nothing in it that was not marked public."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from pydantic import BaseModel

from mcda.project import NextStep, Project, ProjectFileError, Scenario
from mcda.project.templates import example
from mcda.report import (
    anything_public,
    build_report,
    read_any,
    write_csv,
    write_html,
    write_xlsx,
    write_zip,
)
from mcda.report.data import sheets
from mcda.report.lessons import LEFT_OUT
from mcda.report.redaction import longest_text

OWN = {
    f"evaluation.{place}"
    for place in (
        *("lessons.name", "lessons.happened", "lessons.learned"),
        *("indicators.name", "indicators.definition", "indicators.counted", "indicators.out_of"),
        *("indicators.unit", "indicators.source", "indicators.groups"),
        *("observations.parts.group", "next_steps.name", "next_steps.note"),
    )
}
WHO = {
    *("evaluation.next_steps.by", "diagnosis.raters", "diagnosis.assets.provider"),
    *("diagnosis.readiness.owner", "diagnosis.place", "plan.milestones.owner"),
    *("plan.trainings.owner", "plan.fidelity.by", "plan.loops.who", "plan.loops.acts"),
    *("plan.budget.source", "runs.record.approvals.role", "info.decided_by"),
}
# Which places each part opens, beside what is marked; what says who only with the place.
OPENS = {
    "place": r"info\.(place|hotline\..*)$",
    "problem": r"diagnosis\.(?!links|refused)",
    "decision": r"info\.question$|info\.decided_by$|runs\.record\.|runs\.evidence\.programs\.",
    "ranking": r"runs\.(evidence|framing)\.(?!assessments)|diagnosis\.links|info\.currency$",
    "plan": r"plan\.|info\.currency$",
}
NEVER = {
    *("diagnosis.readiness.action", "runs.title"),
    *(f"plan.feedback.{field}" for field in ("name", "note", "action")),
    *(f"plan.risks.{field}" for field in ("name", "note", "response", "owner")),
}


class _Markers:
    """Writes a marker of its own into every text of a project, and keeps them by place.

    What is not marked public has ", not marked" in its place.
    """

    def __init__(self, private: set[str]) -> None:
        self.by_place: dict[str, list[str]] = {}
        self._private = private
        self._groups: dict[str, str] = {}
        self._count = 0

    def part(self, part: BaseModel, path: str = "", suffix: str = "") -> BaseModel:
        marks = {getattr(part, "share", "public"), getattr(part, "indicator", "")}
        if marks & {"partners", "internal", *self._private}:
            suffix = ", not marked"
        changes = {}
        for name, field in type(part).model_fields.items():
            place = f"{path}.{name}".lstrip(".")
            value = getattr(part, name)
            if longest_text(field) is None:
                changes[name] = self._parts(value, place, suffix)
            elif isinstance(value, tuple):
                changes[name] = tuple(self._text(place + suffix, each) for each in value)
            else:
                changes[name] = self._text(place + suffix, value)
        return part.model_copy(update=changes)

    def _parts(self, value: Any, place: str, suffix: str) -> Any:
        if isinstance(value, tuple):
            return tuple(self._parts(each, place, suffix) for each in value)
        return self.part(value, place, suffix) if isinstance(value, BaseModel) else value

    def _text(self, place: str, text: str) -> str:
        self._count += 1
        marker = f"Zq{self._count}zq"
        if ".group" in place:
            marker = self._groups.setdefault(text, marker)
        if not place.startswith("evaluation.trigger_answers.trigger"):
            self.by_place.setdefault(place, []).append(marker)
        return marker


def _marked(open_to_all: tuple[str, ...]) -> tuple[Project, dict[str, list[str]]]:
    """A project in which every text people write is a marker, and the markers by place."""
    project = example("elm_county_two_years_on")
    kept = project.evaluation.with_item(NextStep(id="own", name="Own", choice="continue"))
    project = project.with_evaluation(kept.model_copy(update={"open_to_all": open_to_all}))
    line = project.info.hotline.model_copy(update={"checked_on": date(2026, 10, 1)})
    project = project.with_info(project.info.model_copy(update={"hotline": line}))
    draft = project.run().model_copy(update={"scenarios": (Scenario(id="dear", title="Dear"),)})
    project = project.with_run(draft)
    markers = _Markers({i.id for i in kept.indicators if i.share != "public"})
    told = Project.model_validate(markers.part(project).model_dump())
    decided = told.runs[0].model_copy(update={"lock": told.runs[0].content_hash()})
    return told.model_copy(update={"runs": (decided, *told.runs[1:])}), markers.by_place


def _never(place: str) -> bool:
    """Whether nothing opens a place: notes, and what the group still works on."""
    noted = place.endswith((".note", ".notes")) and place != "evaluation.next_steps.note"
    return noted or place in NEVER or place.startswith("runs.weightings.")


def _everything(project: Project, parts_of: Any, day) -> str:
    report = build_report(project, edition="lessons", date=day)
    archive = write_zip(report)
    files = [write_html(report), *parts_of(write_xlsx(report)).values()]
    files += [*parts_of(archive).values(), *(write_csv(report, s.name) for s in sheets(report))]
    return "\n".join(data.decode("utf-8", "replace") for data in files)


@pytest.mark.parametrize(
    "open_to_all",
    [
        (),
        ("place",),
        ("problem",),
        ("decision",),
        ("ranking",),
        ("plan",),
        ("problem", "decision", "ranking", "plan"),
        ("place", "problem", "decision", "ranking", "plan"),
    ],
)
def test_nothing_that_is_not_marked_is_in_any_byte(open_to_all, parts_of, day):
    project, markers = _marked(open_to_all)
    text = _everything(project, parts_of, day)
    seen = {place for place, own in markers.items() if any(m in text for m in own)}
    allowed = {
        place
        for place in markers
        if place in OWN or any(re.match(OPENS[part], place) for part in open_to_all)
    }
    if "place" in open_to_all:
        allowed.add("evaluation.next_steps.by")
    else:
        allowed -= WHO
    allowed = {place for place in allowed if not _never(place)}
    assert seen <= allowed
    # What is marked public is there, so that this test can fail.
    assert {p for p in OWN if not p.endswith(("counted", "out_of", ".group"))} <= seen
    telling = {
        "place": "info.place",
        "problem": "diagnosis.problem",
        "plan": "plan.milestones.name",
    }
    telling |= {"decision": "runs.record.reasons", "ranking": "runs.evidence.criteria.name"}
    assert {telling[part] for part in open_to_all} <= seen


def test_no_part_is_told_of_a_run_that_was_changed_after_it_was_decided(day):
    project, _ = _marked(("decision",))
    broken = project.runs[0].model_copy(update={"lock": "0" * 64})
    project = project.model_copy(update={"runs": (broken, *project.runs[1:])})
    page = write_html(build_report(project, edition="lessons", date=day)).decode()
    assert "Nothing has been decided yet." in page
    assert broken.record.reasons not in page


@pytest.mark.parametrize("parts", [(), ("problem", "decision", "ranking", "plan")])
def test_without_the_place_nobody_can_tell_which_community_it_is(parts, parts_of, day):
    project = example("elm_county_two_years_on")
    kept = project.evaluation
    lesson = kept.lessons[0].model_copy(
        update={"learned": "ELM COUNTY's Victim Services Office and the State University agreed."}
    )
    kept = kept.model_copy(update={"open_to_all": parts, "lessons": (lesson,)})
    text = _everything(project.with_evaluation(kept), parts_of, day)
    assert not re.search(r"elm[\s_-]county|state university|victim services office", text, re.I)
    assert f"{LEFT_OUT}'s {LEFT_OUT}" in text.replace("&#x27;", "'")
    assert "Lessons from a community" in text


def test_with_the_place_it_is_named(day):
    project = example("elm_county_two_years_on")
    kept = project.evaluation.model_copy(update={"open_to_all": ("place",)})
    report = build_report(project.with_evaluation(kept), edition="lessons", date=day)
    assert report.title == "Lessons from Elm County (fictional)"
    assert report.title != project.info.title


def test_it_cannot_be_opened_as_a_project(day):
    report = build_report(example("elm_county_two_years_on"), edition="lessons", date=day)
    for made in (write_html(report), write_zip(report)):
        with pytest.raises(ProjectFileError):
            read_any(made)


def test_a_table_of_what_it_does_not_hold_is_refused(day):
    report = build_report(example("elm_county_two_years_on"), edition="lessons", date=day)
    with pytest.raises(ValueError, match="has no table"):
        write_csv(report, "evidence")


def test_where_nothing_is_marked_it_says_so(day):
    assert not anything_public(example())
    page = write_html(build_report(example(), edition="lessons", date=day)).decode()
    assert "Nothing is marked public yet" in page
    assert "Elm" not in page
