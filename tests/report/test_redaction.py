"""The public edition: the same ranking, and no note, code or name of a person anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from mcda.analysis import DEFAULT_METHOD, SECOND_METHOD, default_weighting, ranking
from mcda.project import (
    Approval,
    FeedbackEntry,
    Plan,
    Project,
    Risk,
    check,
    errors,
    to_json,
)
from mcda.project.checks import around_findings
from mcda.project.templates import example
from mcda.report import build_report, redact, write_csv, write_html, write_xlsx, write_zip
from mcda.report.data import sheets

# Every text in a project, by its place without numbers: does the public see it?
SEEN = {
    "info.title",
    "info.place",
    "info.decided_by",
    "info.question",
    "info.currency",
    "info.public_record_notice",
    "info.hotline.name",
    "info.hotline.contact",
    "info.hotline.text",
    "runs.title",
    "runs.evidence.programs.name",
    "runs.evidence.programs.description",
    "runs.evidence.programs.unit_reached",
    "runs.evidence.objectives.name",
    "runs.evidence.criteria.name",
    "runs.evidence.criteria.definition",
    "runs.evidence.criteria.based_on",
    "runs.evidence.criteria.scale.unit",
    "runs.evidence.criteria.scale.levels.anchor",
    "runs.evidence.overlaps.question",
    "runs.evidence.scores.source",
    "runs.evidence.must_haves.name",
    "runs.evidence.must_haves.definition",
    "runs.evidence.must_haves.verdicts.reason",
    "runs.evidence.must_haves.verdicts.source",
    "runs.framing.programs_out.reason",
    "runs.framing.criteria_out.reason",
    "runs.scenarios.title",
    "runs.weightings.role",
    "runs.record.reasons",
    "runs.record.departure",
    "runs.record.risks",
    "runs.record.strengths",
    "runs.record.strategy",
    "runs.record.dissent",
    "runs.record.approvals.role",
    "diagnosis.problem",
    "diagnosis.boundaries",
    "diagnosis.population",
    "diagnosis.missed",
    "diagnosis.place",
    "diagnosis.raters",
    "diagnosis.factors.name",
    "diagnosis.factors.source",
    "diagnosis.assets.name",
    "diagnosis.assets.provider",
    "diagnosis.assets.serves",
    "diagnosis.assets.gap",
    "diagnosis.readiness.name",
    "diagnosis.goals.name",
    "diagnosis.goals.for_whom",
    "diagnosis.must_haves.name",
    "diagnosis.must_haves.definition",
    "diagnosis.must_haves.reason",
    "diagnosis.links.reason",
    "diagnosis.refused_matches.reason",
    "diagnosis.refused_matches.by",
    "plan.stakeholders.name",
    "plan.stakeholders.sector",
    "plan.stakeholders.role",
    "plan.milestones.name",
    "plan.milestones.owner",
    "plan.trainings.name",
    "plan.trainings.audience",
    "plan.trainings.owner",
    "plan.trainings.turnover_cover",
    "plan.components.name",
    "plan.components.definition",
    "plan.components.standard",
    "plan.components.source",
    "plan.fidelity.name",
    "plan.fidelity.by",
    "plan.adaptations.name",
    "plan.adaptations.reason",
    "plan.loops.name",
    "plan.loops.who",
    "plan.loops.channel",
    "plan.loops.acts",
    "plan.loops.safe_route",
    "plan.budget.name",
    "plan.budget.period",
    "plan.budget.source",
    "evaluation.study.partner",
    "evaluation.study.design",
    "evaluation.study.questions",
    "evaluation.indicators.name",
    "evaluation.indicators.definition",
    "evaluation.indicators.counted",
    "evaluation.indicators.out_of",
    "evaluation.indicators.unit",
    "evaluation.indicators.source",
    "evaluation.indicators.groups",
    "evaluation.observations.parts.group",
    "evaluation.lessons.name",
    "evaluation.lessons.happened",
    "evaluation.lessons.learned",
    "evaluation.next_steps.name",
    "evaluation.next_steps.note",
    "evaluation.next_steps.by",
}
NOTES = {
    *(
        f"diagnosis.{part}.note"
        for part in ["factors", "assets", "readiness", "goals", "must_haves"]
    ),
    *(
        f"plan.{part}.note"
        for part in (
            *("stakeholders", "milestones", "trainings", "components"),
            *("fidelity", "adaptations", "loops", "budget"),
        )
    ),
    "info.notes",
    "runs.evidence.programs.availability.note",
    "runs.evidence.scores.note",
    "runs.weightings.note",
    "runs.scenarios.note",
    "evaluation.availability.note",
    "evaluation.indicators.note",
    "evaluation.lessons.note",
}
PERSONAL = {
    "runs.evidence.assessments.person",
    "runs.evidence.assessments.source",
    "runs.evidence.assessments.note",
    "runs.weightings.person",
    "runs.weightings.name",
    "runs.weightings.id",
}
# What the group still works on: no public report shows or carries it.
UNSHOWN = {
    "diagnosis.readiness.action",
    "diagnosis.readiness.owner",
    "plan.feedback.name",
    "plan.feedback.note",
    "plan.feedback.action",
    "plan.risks.name",
    "plan.risks.note",
    "plan.risks.response",
    "plan.risks.owner",
    "evaluation.observations.note",
    "evaluation.trigger_answers.trigger",
    "evaluation.trigger_answers.reason",
    "evaluation.trigger_answers.by",
    "evaluation.score_answers.reason",
}
# Ids, choices from a list, dates and hashes: nothing a person writes freely.
FIXED = re.compile(
    r"(^|\.)(format|edition|id|parent|status|role|kind|catalog_id|type|over|criterion|program|item|"
    r"first|second|verdict|confidence|choice|lock|case|tiers|\w+_on|on|as_of|act_by|goals\.by|"
    r"factor|factors|priority|trend|part|links\.acts|run|agreement|stage|after|component|met|light|"
    r"developer|every|loop|likelihood|impact|partner_type|review_board|privacy_certificate|kind|"
    r"measure|better|indicator|share|goal|phase|open_to_all|answer)$"
)


def _texts(content: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield (place, container, key) of every text."""
    pairs = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in list(pairs):
        place = f"{path}.{key}".lstrip(".") if isinstance(content, dict) else path
        if isinstance(value, str):
            yield place, content, key
        elif isinstance(value, dict | list):
            yield from _texts(value, place)


@pytest.fixture(scope="module")
def marked(decided) -> tuple[Project, dict[str, list[str]]]:
    """A project in which every free text is a marker of its own, and the markers by place."""
    raw = decided.model_dump(mode="json")
    run = raw["runs"][0]
    run["evidence"]["assessments"][0] |= {"source": "x", "note": "x"}
    run["framing"]["criteria_out"] = [{"item": "supports", "reason": "x"}]
    run["framing"]["programs_out"] = [{"item": "campaign", "reason": "x"}]
    run["record"]["approvals"] = [{"role": "x", "on": None}]
    run["scenarios"] = [{"id": "cheaper", "title": "x", "note": "x"}]
    run["lock"] = None
    raw["diagnosis"]["refused_matches"] = [
        {
            "program": "school",
            "proposed": {"type": "exact", "value": 3.0},
            "reason": "x",
            "by": "x",
            "on": None,
        }
    ]
    raw["evaluation"] = _all_public()
    markers: dict[str, list[str]] = {}
    people: dict[str, str] = {}
    for number, (place, container, key) in enumerate(_texts(raw)):
        known = place in SEEN | NOTES | PERSONAL | UNSHOWN
        assert known or FIXED.search(place), f"say in this test whether the public sees {place}"
        if not known:
            continue
        text = f"zq{number}zq"
        if place.endswith((".person", ".group", ".groups")):
            text = people.setdefault(container[key], text)
        of_group = place.startswith("runs.weightings.") and container["person"] is None
        if of_group and key in ("id", "name"):
            continue
        container[key] = text
        markers.setdefault(place, []).append(text)
    return Project.model_validate(raw), markers


def _all_public() -> dict[str, Any]:
    """The evaluation of the second example, all that has a mark of its own marked public."""
    raw = example("elm_county_two_years_on").evaluation.model_dump(mode="json")
    for item in (*raw["indicators"], *raw["lessons"], *raw["next_steps"]):
        item["share"] = "public"
    return raw


def _outputs(project: Project, day: date, parts_of: Any, **choices: Any) -> dict[str, bytes]:
    report = build_report(project, date=day, **{"edition": "public", **choices})
    found = {
        "html": write_html(report),
        "json": to_json(report.material.project).encode(),
        "xlsx": write_xlsx(report),
        "zip": write_zip(report),
    }
    found |= {f"{s.name}.csv": write_csv(report, s.name) for s in sheets(report)}
    return found | parts_of(found["xlsx"]) | parts_of(found["zip"])


@pytest.mark.parametrize(
    "choices", [{}, {"notes": True}, {"order": "grant"}, {"edition": "one-page", "notes": True}]
)
def test_nothing_of_a_person_and_no_note_is_in_any_byte(marked, choices, day, parts_of):
    project, markers = marked
    assert set(markers) == SEEN | NOTES | PERSONAL | UNSHOWN
    outputs = _outputs(project, day, parts_of, **choices)
    hidden = UNSHOWN | (PERSONAL if choices == {"notes": True} else PERSONAL | NOTES)
    for name, data in outputs.items():
        text = data.decode("utf-8", "replace")
        leaks = [m for place in hidden for m in markers[place] if m in text]
        assert leaks == [], name
    shown = outputs["json"].decode()
    missing = [p for p in markers if p not in hidden and not all(m in shown for m in markers[p])]
    assert missing == []


def test_full_edition_keeps_everything(marked):
    project, _ = marked
    assert redact(project, "full") is project


@pytest.mark.parametrize("method", [DEFAULT_METHOD, SECOND_METHOD])
def test_public_edition_gives_the_same_ranking(decided, method):
    public = redact(decided, "public")
    before, after = decided.run(), public.run()
    pairs = [(None, None), *((a.id, b.id) for a, b in zip(before.weightings, after.weightings))]  # noqa: B905
    assert len(pairs) == 5
    for old, new in pairs:
        full = ranking(decided, weighting=old, method=method)
        redacted = ranking(public, weighting=new, method=method)
        assert redacted.programs == full.programs
    assert before.weightings.index(default_weighting(before)) == after.weightings.index(
        default_weighting(after)
    )


def test_decided_run_stays_locked_and_sound(decided):
    public = redact(decided, "public")
    assert public.run().lock == public.run().content_hash()
    assert errors(check(public)) == errors(check(decided)) == ()


def test_broken_lock_stays_broken(decided):
    broken = decided.model_copy(
        update={"runs": (decided.run().model_copy(update={"lock": "0" * 64}),)}
    )
    assert [f.code for f in errors(check(redact(broken, "public")))] == ["lock-broken"]


def test_codes_in_sentences_become_words(decided):
    public = redact(decided, "public").run()
    assert public.record is not None
    assert public.record.reasons == "Police lieutenant and the group agreed."


TELLING = ("p1", "P1", "mlopez", "MLopez", "Maria Lopez", "MARIA  LOPEZ", "maria-lopez", "q7")
HIDDEN = re.compile(r"(?<![a-z0-9])(p1|q7|mlopez|maria[\s-]+lopez)(?![a-z0-9])", re.I)
# A program, a factor, a component, a milestone and a feedback loop, and where they are named.
TELLING_IDS = {
    "school": "school-mlopez",
    "not_asked": "p1-not-asked",
    "known_only": "known-q7",
    "privacy": "mlopez",
    "staff": "maria-lopez",
}

# Packed fonts, hashes and the places of cells may hold such letters by chance.
CHANCE = re.compile(r"base64,[^\"]*|sha256[^>]*|r=\"[A-Z]+[0-9]+\"|[a-f0-9]{64}")


@pytest.fixture(scope="module")
def told(decided) -> Project:
    """A project in which every free text and the ids tell of two people and their names."""
    raw = decided.model_dump(mode="json")
    run = raw["runs"][0]
    for weighting in run["weightings"]:
        if weighting["person"] == "p2":
            weighting |= {"person": "mlopez", "name": "Maria Lopez"}
    run["evidence"]["assessments"].append(
        run["evidence"]["assessments"][0] | {"person": "q7", "criterion": "cost"}
    )
    run["framing"]["criteria_out"] = [{"item": "supports", "reason": "x"}]
    run["record"]["approvals"] = [{"role": "x", "on": None}]
    run["scenarios"] = [{"id": "as-mlopez", "title": "x", "note": "x", "programs_out": ["school"]}]
    run["lock"] = None
    raw["plan"]["run"] = "p1-look"
    for number, (place, container, key) in enumerate(_texts(raw)):
        if place in SEEN | NOTES | UNSHOWN and place != "runs.weightings.role":
            word = TELLING[number % len(TELLING)]
            container[key] = f"{word}'s {number} ({word}), p1-{number}, _mlopez_ and q7."
    text = Project.model_validate(raw).model_dump_json()
    for known, telling in TELLING_IDS.items():
        assert f'"{known}"' in text
        text = text.replace(f'"{known}"', f'"{telling}"')
    child = '"id":"p1-look","title":"As p1 said","parent":null'
    text = re.sub(r'"id":"run-1","title":"[^"]*","parent":null', child, text)
    project = Project.model_validate_json(text)
    return project.rerun("p1-look", "again-p1", "Again for mlopez")


@pytest.mark.parametrize("notes", [False, True])
def test_no_code_or_name_is_left_in_any_text_or_id(told, notes, day, parts_of):
    public = redact(told, "public", notes)
    assert HIDDEN.search(told.model_dump_json())
    places = list(_texts(public.model_dump(mode="json")))
    assert [(p, c[k]) for p, c, k in places if HIDDEN.search(c[k])] == []
    for name, data in _outputs(told, day, parts_of, notes=notes).items():
        if name.endswith((".csv", ".xml", "json", "html")):
            text = re.sub(CHANCE, "", data.decode("utf-8", "replace"))
            assert [text[m.start() - 40 : m.end() + 20] for m in HIDDEN.finditer(text)] == [], name
    assert [(r.id, r.parent) for r in public.runs] == [("run-1", None), ("run-2", "run-1")]
    assert public.plan.run == "run-1"
    assert {f.code for f in errors(check(public))} == {f.code for f in errors(check(told))}


def test_roles_stand_where_codes_and_names_stood(told):
    info = told.info.model_copy(update={"place": "mlopez, p1, q7 and maria lopez in p10"})
    public = redact(told.with_info(info), "public")
    roles = "Survivor adviser, Police lieutenant, one person and Survivor adviser in p10"
    assert public.info.place == roles


@pytest.mark.parametrize(
    "typed", ["María López", "Mari\u0301a Lo\u0301pez", "Maria Lopez", "MARIA-LOPEZ", "maria.lopez"]
)
def test_name_is_hidden_however_it_is_typed(elm, typed):
    person = elm.run().weightings[1].model_copy(update={"name": "María López", "role": "Nurse"})
    question = f"Did {typed}'s visit help ({typed})?"
    info = elm.info.model_copy(update={"question": question})
    public = redact(elm.with_weighting(person).with_info(info), "public")
    assert public.info.question == "Did Nurse's visit help (Nurse)?"


def test_name_with_an_apostrophe_is_hidden_with_a_curly_one_too(elm):
    person = elm.run().weightings[1].model_copy(update={"name": "Pat O'Brien", "role": "Nurse"})
    info = elm.info.model_copy(update={"place": "Pat O\N{RIGHT SINGLE QUOTATION MARK}Brien's town"})
    public = redact(elm.with_weighting(person).with_info(info), "public")
    assert public.info.place == "Nurse's town"


def test_ids_change_together(told):
    full, public = told.run(), redact(told, "public").run()
    assert [p.id for p in public.evidence.programs if p.id not in {q.id for q in full.candidates}]
    assert ranking(redact(told, "public")).ranked[0].score == ranking(told).ranked[0].score
    assert len(public.score_index()) == len(full.score_index())


def test_links_of_diagnosis_and_plan_hold_after_ids_changed(told):
    """Ids by their place in the lists are the same before and after."""
    full, public = told, redact(told, "public")
    for known in (full, public):
        assert not [f for f in around_findings(known) if f.code == "unknown-reference"]
    for before, after in ((full.diagnosis, public.diagnosis), (full.plan, public.plan)):
        for kind in set(before.LISTS) - {FeedbackEntry, Risk}:
            assert len(after.items(kind)) == len(before.items(kind)) > 0
    assert _waits(full.plan) == _waits(public.plan)
    assert _judged(full) == _judged(public)
    assert {f.id for f in public.diagnosis.factors}.isdisjoint(TELLING_IDS.values())


def _waits(plan: Plan) -> list[list[int]]:
    at = {m.id: n for n, m in enumerate(plan.milestones)}
    return [[at[m] for m in milestone.after] for milestone in plan.milestones]


def _judged(project: Project) -> list[tuple[int, int, str]]:
    factors = [f.id for f in project.diagnosis.factors]
    programs = [p.id for p in project.run().evidence.programs]
    links = project.diagnosis.links
    return [(factors.index(k.factor), programs.index(k.program), k.acts) for k in links]


@pytest.mark.parametrize("fixture", ["elm", "decided", "told"])
def test_public_copy_has_no_error_that_the_project_has_not(fixture, request):
    project = request.getfixturevalue(fixture)
    public = redact(project, "public")
    assert [f.code for f in errors(check(public))] == [f.code for f in errors(check(project))]
    assert {f.code for f in around_findings(public)} <= {f.code for f in around_findings(project)}


def test_drafted_record_is_not_in_the_public_copy(elm, day, parts_of):
    record = elm.run().record.model_copy(
        update=dict.fromkeys(("reasons", "departure", "risks", "strengths", "strategy"), "zq0zq")
        | {"dissent": "zq0zq", "approvals": (Approval(role="zq0zq"),)}
    )
    project = elm.with_record(record)
    assert redact(project, "public").run().record is None
    for name, data in _outputs(project, day, parts_of, notes=True).items():
        assert b"zq0zq" not in data, name


def test_what_is_planned_about_low_readiness_is_only_said_to_be_there(elm):
    before, after = elm.diagnosis.readiness, redact(elm, "public").diagnosis.readiness
    assert [(i.name, i.rating, bool(i.action)) for i in after] == [
        (i.name, i.rating, bool(i.action)) for i in before
    ]
    assert {(i.action, i.owner, i.act_by) for i in after} == {
        ("", "", None),
        ("Not shown in public copies.", "", None),
    }


def test_earlier_run_is_reported_by_its_id(told, day):
    report = build_report(told, "p1-look", edition="public", date=day)
    assert report.material.run.id == "run-1"


def test_text_that_grows_still_fits(elm):
    info = elm.info.model_copy(update={"place": " p1" * 160})
    assert len(redact(elm.with_info(info), "public").info.place) in (499, 500)


def test_code_that_is_the_role_itself_stays(elm):
    changes = {"person": "police", "role": "Police", "name": "Police"}
    weighting = elm.run().weightings[1].model_copy(update=changes)
    public = redact(elm.with_weighting(weighting), "public").run()
    assert (public.weightings[1].name, public.weightings[1].person) == ("Police", "police")


def test_group_name_that_holds_a_code_is_replaced(elm):
    renamed = elm.run().weightings[0].model_copy(update={"name": "As P1 said"})
    public = redact(elm.with_weighting(renamed), "public").run()
    assert public.weightings[0].name == "The group"


def test_people_of_one_role_stay_apart(elm):
    run = elm.run()
    same = [w.model_copy(update={"role": "Officer"}) for w in run.weightings if w.person]
    project = elm
    for weighting in same:
        project = project.with_weighting(weighting)
    public = redact(project, "public").run()
    assert [w.name for w in public.weightings[1:]] == ["Officer", "Officer 2", "Officer 3"]
    assert len({w.person for w in public.weightings[1:]}) == 3


@pytest.fixture(params=["decided", "told", "nobody", "alike"])
def public(request, decided, told, elm) -> Project:
    """Public copies of projects whose people are hard to tell from their roles."""
    person = elm.run().weightings[1]
    changes: dict[str, list[dict[str, str]]] = {
        "nobody": [{"role": "", "name": "Jo"}],
        "alike": [{"role": "Officer"}, {"role": "Officer", "id": "o", "person": "o", "name": "O"}],
    }
    project = {"decided": decided, "told": told}.get(request.param, elm)
    for change in changes.get(request.param, []):
        project = project.with_weighting(person.model_copy(update=change))
    info = project.info.model_copy(update={"question": "Does a member of the group, an officer?"})
    return redact(project.with_info(info), "public")


def test_redacting_again_changes_nothing(public):
    assert public.edition == "public"
    assert redact(public, "public", notes=True) == public


def test_people_who_join_a_public_copy_are_hidden_in_the_next(decided):
    copy = redact(decided, "public").rerun(None, "again", "Asked again")
    own = (
        copy.run()
        .weightings[1]
        .model_copy(
            update={"id": "z9", "person": "z9", "name": "Zoe Quill", "role": "Teacher", "note": "x"}
        )
    )
    info = copy.info.model_copy(update={"place": "As z9 and Zoe Quill said"})
    again = redact(copy.with_weighting(own).with_info(info), "public")
    assert again.info.place == "As Teacher and Teacher said"
    assert not re.search(r"z9|zoe", again.model_dump_json(), re.I)


def test_unknown_edition_is_refused(elm):
    with pytest.raises(ValueError, match="full and public"):
        redact(elm, "secret")
