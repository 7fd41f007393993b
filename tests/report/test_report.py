"""What a report says, for every kind of project."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from mcda.analysis import comparison, firmness, what_flips, what_if
from mcda.engine import METHODS
from mcda.lifecycle import budget_totals, match_grid, overview, schedule
from mcda.project import (
    Approval,
    BudgetLine,
    Cap,
    Comparison,
    ComparisonsJudgement,
    Diagnosis,
    Factor,
    FactorLink,
    FindingsError,
    LeftOut,
    Milestone,
    Plan,
    PointShare,
    PointsJudgement,
    Project,
    Scenario,
    UnknownItemError,
)
from mcda.project.document import Hotline
from mcda.project.templates import TWO_YEARS_ON, example
from mcda.report import (
    build_report,
    read_any,
    table_names,
    write_csv,
    write_docx,
    write_html,
    write_xlsx,
    write_zip,
)

FORMS = (write_html, write_docx, write_xlsx, write_csv, write_zip)
AVOIDED = re.compile(
    r"prostitut|sex worker|\bjohns?\b|\bpimps?\b|rescue|runaway|promiscuous|victim pool|"
    r"child porn|sex tourism|slavery|epidemic",
    re.I,
)


def _text(project: Project, day: date, **choices) -> str:
    return write_html(build_report(project, date=day, **choices)).decode()


def _own(project: Project) -> Project:
    """The project as one that is not made up, which is told on the day of the report."""
    return project.with_info(project.info.model_copy(update={"illustrative": False}))


def _section(report, name):
    return next(s for s in report.sections if s.id == name)


def test_sections_stand_in_order(report):
    assert [s.id for s in report.sections] == [
        "answer",
        "overview",
        "decision",
        "diagnosis",
        "programs",
        "criteria",
        "weights",
        "results",
        "reasons",
        "firmness",
        "perspectives",
        "compared",
        "cost",
        "equity",
        "plan",
        "evidence",
        "changes",
        "limits",
        "appendix",
    ]


def test_answer_names_choice_runner_up_margin_and_caveat(report):
    facts = dict(_section(report, "answer").blocks[1].pairs)
    assert facts["Choice so far"].startswith("Nothing is decided. Ahead: Screening")
    assert facts["Runner-up"].startswith("Survivor mentor program, place 1 to 4")
    assert facts["Margin"].startswith("1.5 points at the likely numbers; \u22120.9 to 3.8")
    assert facts["Main caveat"] == (
        "Screening with an advocate and Survivor mentor program may change places as more is "
        "known: the ranges of their points overlap."
    )
    assert facts["Who decides"] == report.material.project.info.decided_by


def test_reasons_claim_a_first_place_only_where_it_is_sure(elm, report):
    assert _section(report, "reasons").title == "How the program ahead differs from the next"
    sure = build_report(elm, weighting="p2", compare=["p2"])
    assert _section(sure, "reasons").title == "Why the first comes before the next"


def test_draft_until_decided(elm, decided, day):
    assert build_report(elm).label == "draft"
    final = build_report(decided, date=day)
    assert final.label == "final"
    assert "Survivor mentor program was chosen on October 20, 2026." in _text(decided, day)
    assert "Draft" not in final.labels


def test_choice_that_is_not_first_is_said(elm, decided, day):
    record = decided.run().record.model_copy(update={"choice": "continue"})
    text = _text(elm.decide(record), day)
    assert "It does not come first in the ranking: place 6 to 7." in text


def test_illustrative_is_said_everywhere(elm, report, day):
    text = _text(elm, day)
    assert text.count("Illustrative example") > 12
    plain = elm.with_info(elm.info.model_copy(update={"illustrative": False, "notes": ""}))
    assert "Illustrative example" not in _text(plain, day)
    assert b"Illustrative example" in write_csv(report)


def test_limits_and_formulas_are_there(report, elm, day):
    text = _text(elm, day)
    assert "supports the decision. It does not make it" in text
    assert "No agency has approved it" in text
    assert METHODS["weighted_sum"].formula in text
    assert METHODS["topsis_anchored"].formula in text
    assert elm.content_hash() in text


def test_questions_and_ranges_are_there(elm, day, tables_in):
    text = _text(elm, day)
    assert "Which single lift" in text
    answered = tables_in(text.encode())["What people said"]
    assert answered[0][1] == "The lift that was asked for"
    row = next(r for r in answered if r[0] == "Total cost to us")
    assert row[1:3] == ["600,000 to 0 US dollars over 3 years", "45"]


def test_excluded_programs_have_their_reasons(elm, day):
    text = _text(elm, day)
    assert "Even the low estimate of $510,000 is above the $450,000" in text


def test_comparison_says_what_moved_and_why(elm, day):
    names = ["School counselor", "group"]
    report = build_report(elm, compare=names, date=day)
    assert [s.id for s in report.sections][:2] == ["answer", "compared"]
    found = comparison(elm, weightings=["p3", "group"])
    assert report.material.compared == found
    assert report.material.results.ranking.weighting.name == "School counselor"
    text = write_html(report).decode()
    assert found.moves[0].sentence in text
    public = build_report(elm, edition="public", compare=names, date=day)
    assert public.material.compared.moves == found.moves


def test_comparing_one_sets_it_against_the_leading_one(elm):
    report = build_report(elm, compare=["p1"])
    assert [r.weighting.id for r in report.material.compared.rankings] == ["group", "p1"]


def test_one_weighting_alone_is_not_compared(elm):
    report = build_report(elm, weighting="p1", compare=["Police lieutenant"])
    assert report.material.results.ranking.weighting.id == "p1"
    assert report.material.compared is None
    assert "compared" not in [s.id for s in report.sections]


def test_weighting_is_found_by_id_or_name_in_both_editions(elm):
    for edition in ("full", "public"):
        for name in ("p2", "survivor adviser"):
            report = build_report(elm, edition=edition, weighting=name)
            assert report.material.results.ranking.weighting.name == "Survivor adviser"


def test_unknown_names_are_refused(elm):
    with pytest.raises(UnknownItemError):
        build_report(elm, weighting="nobody")
    with pytest.raises(UnknownItemError):
        build_report(elm, "no-run")
    with pytest.raises(ValueError, match="edition"):
        build_report(elm, edition="half")


def test_incomplete_weighting_is_refused_where_asked_for_and_told_where_not(elm, day):
    weighting = elm.run().weightings[1]
    short = weighting.judgement.model_copy(update={"ratings": weighting.judgement.ratings[1:]})
    project = elm.with_weighting(weighting.model_copy(update={"judgement": short}))
    with pytest.raises(FindingsError):
        build_report(project, weighting=weighting.id)
    text = _text(project, day)
    assert "Answers that cannot be used yet" in text
    assert "It says nothing about" in text


def _no_objectives(elm):
    run = elm.run()
    criteria = tuple(c.model_copy(update={"parent": None}) for c in run.evidence.criteria)
    evidence = run.evidence.model_copy(update={"criteria": criteria, "objectives": ()})
    return elm.with_evidence(evidence)


def _one_program(elm):
    for program in elm.run().evidence.programs:
        if program.id != "school":
            elm = elm.without_program(program.id)
    return elm


def _all_out(elm):
    framing = elm.run().framing
    out = tuple(LeftOut(item=p.id, reason="Not now.") for p in elm.run().candidates)
    both = (*framing.programs_out, *out)
    return elm.with_framing(framing.model_copy(update={"programs_out": both}))


def _with_weightings(elm, weightings):
    run = elm.run().model_copy(update={"weightings": weightings})
    return elm.model_copy(update={"runs": (run,)})


def _no_weighting(elm):
    return _with_weightings(elm, ())


def _one_weighting(elm):
    return _with_weightings(elm, elm.run().weightings[:1])


def test_a_program_set_aside_without_a_score_has_no_empty_table(elm, day, tables_in):
    shown = tables_in(_text(elm, day).encode())
    assert "Short-stay safe home (not ranked)" in shown
    assert not [caption for caption in shown if caption.startswith("Court for")]


def _no_scores(elm):
    return elm.with_evidence(elm.run().evidence.model_copy(update={"scores": ()}))


def _empty(elm):
    return Project.new("Nothing yet")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_no_objectives, "The answer so far"),
        (_one_program, "School prevention lessons is the only program left to rank."),
        (_all_out, "There is no ranking yet. There is nothing to rank."),
        (_no_weighting, "Nobody has said yet what matters."),
        (_one_weighting, "The answer so far"),
        (_no_scores, "96 have nothing recorded"),
        (_empty, "There is no ranking yet. There is nothing to rank."),
    ],
)
@pytest.mark.parametrize("edition", ["full", "public"])
def test_every_project_gives_every_form(elm, change, words, edition, day):
    report = build_report(change(elm), edition=edition, date=day)
    for write in FORMS:
        assert write(report) == write(report)
    assert words in write_html(report).decode().replace("&#x27;", "'")


def test_324_programs(crowd, day, tables_in):
    report = build_report(crowd, date=day)
    for write in FORMS:
        assert write(report)
    text = write_html(report).decode()
    assert "The charts show the first 12 of" in text
    table = tables_in(text.encode())["Both methods side by side"]
    assert len(table) == 1 + len(report.material.results.ranking.ranked)


def test_our_own_words_avoid_what_harms(day):
    text = _text(Project.new("Which program?"), day)
    assert not AVOIDED.search(text.split("<main", 1)[1].split("<template", 1)[0])


def test_stale_unconfirmed_and_tree_weightings_say_so(elm, day):
    run = elm.run()
    cost = run.criterion("cost")
    wider = cost.model_copy(update={"scale": cost.scale.model_copy(update={"worst": 900_000.0})})
    shares = tuple(PointShare(item=n.id, points=10) for n in run.evidence.nodes)
    judgement = PointsJudgement(over="tree", points=shares)
    tree = run.weightings[2].model_copy(update={"id": "tree", "name": "T", "judgement": judgement})
    group = run.weightings[0]
    loose = group.model_copy(
        update={"judgement": group.judgement.model_copy(update={"confirmed": False})}
    )
    project = elm.with_weighting(tree).with_weighting(loose).with_criterion(wider)
    text = _text(project, day)
    assert "The question was asked within each objective" in text
    assert "Total cost to us from 600,000 US dollars over 3 years to 0 US dollars" in text
    assert "The trade-offs were not read back and confirmed." in text


def test_comparisons_in_pairs_are_told_with_what_does_not_fit(elm, day):
    first, *others = (criterion.id for criterion in elm.run().active_criteria)
    given = [Comparison(item=first, than=other, times=2) for other in others]
    odd = Comparison(item=others[1], than=others[0], times=9)
    judgement = ComparisonsJudgement(comparisons=(*given, odd))
    pairs = elm.run().weightings[0].model_copy(update={"id": "w", "judgement": judgement})
    text = _text(elm.with_weighting(pairs), day)
    names = {c.id: c.name for c in elm.run().evidence.criteria}
    assert "By comparing in pairs: " in text
    assert f"In pairs: {names[first]} matters 2 times as much as {names[others[0]]}; " in text
    assert "One answer does not fit the others well. " in text
    level = Comparison(item=first, than=others[0], times=1)
    judgement = ComparisonsJudgement(comparisons=(level, *given[1:]))
    pairs = pairs.model_copy(update={"judgement": judgement})
    text = _text(elm.with_weighting(pairs), day)
    assert f"In pairs: {names[first]} matters as much as {names[others[0]]}; " in text
    assert "does not fit the others" not in text


def test_rerun_approvals_and_review_are_told(elm, decided, day):
    record = decided.run().record.model_copy(
        update={
            "approvals": (Approval(role="County board", on=date(2026, 10, 21)),),
            "review_on": date(2027, 10, 1),
            "departure": "Mentors can start sooner.",
            "strategy": "Two towns first.",
        }
    )
    again = elm.rerun(None, "run-2", "Second look").decide(record)
    text = _text(again, day)
    assert "Second look, which starts from First selection" in text
    assert "County board" in text
    assert "Why not the program ahead</h3><p>Mentors can start sooner." in text
    assert "How it is adapted</h3><p>Two towns first." in text
    assert "Risks here" not in text
    assert "The choice is to be looked at again on October 1, 2027." in text


def test_unsettled_must_have_is_the_main_caveat(elm, day):
    must_have = next(m for m in elm.run().evidence.must_haves if m.id == "legal")
    kept = tuple(v for v in must_have.verdicts if v.program != "school")
    project = elm.with_must_have(must_have.model_copy(update={"verdicts": kept}))
    facts = dict(_section(build_report(project, date=day), "answer").blocks[1].pairs)
    assert facts["Main caveat"].startswith("Must-haves are not settled for School prevention")
    assert "not settled" in _text(project, day)


def test_many_weightings_have_tables_and_no_slope(elm, day):
    model = elm.run().weightings[1]
    project = elm
    for number in range(9):
        changes = {"id": f"m{number}", "name": f"Member {number}", "person": f"m{number}"}
        project = project.with_weighting(model.model_copy(update=changes))
    report = build_report(project, date=day)
    kinds = [type(b).__name__ for b in _section(report, "compared").blocks]
    assert "Figure" not in kinds
    assert "Table" in kinds
    assert "Everyone else" in write_html(report).decode()


def test_set_aside_criterion_and_foreign_catalogue_entry_are_told(elm, day):
    framing = elm.run().framing.model_copy(
        update={"criteria_out": (LeftOut(item="supports", reason="Same for all."),)}
    )
    other = elm.run().program("school").model_copy(update={"catalog_id": "zz9"})
    text = _text(elm.with_framing(framing).with_program(other), day)
    assert "<strong>Outside help we can get</strong>: Same for all." in text
    assert "catalogue entry zz9" in text


def test_run_that_was_changed_after_the_decision_is_no_final_report(decided, day):
    changed = decided.run().model_copy(update={"title": "Other"})
    report = build_report(decided.model_copy(update={"runs": (changed,)}), date=day)
    assert report.label == "draft"
    assert "it was changed after it was decided" in write_html(report).decode()


def test_choice_that_is_not_first_has_its_place_gap_reasons_and_approvals(elm, decided, day):
    approvals = tuple(Approval(role=f"Board {n}") for n in range(8))
    changes = {"choice": "continue", "approvals": approvals, "reasons": "It costs less. " * 100}
    project = elm.decide(decided.run().record.model_copy(update=changes))
    report = build_report(project, date=day)
    blocks = _section(report, "answer").blocks
    pairs = dict(p for b in blocks for p in getattr(b, "pairs", ()))
    behind = report.material.results.to_choice
    assert behind.b.id == "continue"
    assert pairs["The choice"].startswith("Continue as now, place 6 to 7, ")
    assert pairs["Behind the first by"].startswith(f"{behind.lead:.1f} points")
    assert pairs["Reasons for the choice"].startswith("It costs less. It costs less.")
    assert len(pairs["Reasons for the choice"]) < 700
    assert pairs["Approved by"].endswith("and 3 others")
    headings = [getattr(b, "text", "") for b in _section(report, "reasons").blocks]
    assert any(h.endswith(" and Continue as now") for h in headings)


def test_locked_run_with_errors_is_no_final_report(decided, day):
    record = decided.run().record.model_copy(update={"choice": "cstar"})
    run = decided.run().model_copy(update={"record": record, "lock": None})
    run = run.model_copy(update={"lock": run.content_hash()})
    report = build_report(decided.model_copy(update={"runs": (run,)}), date=day)
    assert report.label == "draft"
    assert "what was decided holds errors" in write_html(report).decode()


def test_edition_is_read_back(elm, day):
    for edition in ("full", "public"):
        page = write_html(build_report(elm, edition=edition, date=day))
        assert read_any(page).edition == edition


def test_public_copy_gives_public_reports_only(elm, day, parts_of):
    carried = parts_of(write_zip(build_report(elm, edition="public", date=day)))
    for name in ("report.html", "project.json"):
        copy = read_any(carried[name], name)
        assert copy.edition == "public"
        again = build_report(copy, date=day)
        assert again.labels.startswith("Draft · Public edition")
        assert again.material.project == copy


def test_verdicts_of_nearly_all_programs_name_those_left_out(elm, day, tables_in):
    rows = tables_in(_text(elm, day).encode())["Verdicts that people gave"]
    assert rows[0] == ["Must-have", "Verdict", "Programs", "Reason"]
    assert rows[1][2] == "Short-stay safe home"
    left_out = "Screening with an advocate, Area task force and Court for exploited young people"
    assert f"All but {left_out}" in [row[2] for row in rows]
    source = "Source of all these: Illustrative: Elm County planning group, minutes"
    assert source in _text(elm, day)


def test_verdicts_of_several_sources_name_each(elm, day, tables_in):
    must_have = next(m for m in elm.run().evidence.must_haves if m.verdicts)
    said = must_have.verdicts[0].model_copy(update={"source": "A letter"})
    changed = must_have.model_copy(update={"verdicts": (said, *must_have.verdicts[1:])})
    rows = tables_in(_text(elm.with_must_have(changed), day).encode())["Verdicts that people gave"]
    assert rows[0][-1] == "Source"
    assert "A letter" in [row[-1] for row in rows]


def test_report_says_what_is_read_back(elm, day):
    assert "a change to the words alone goes unnoticed" in _text(elm, day)


# --- what if


def test_saved_scenarios_stand_beside_the_ranking(elm, day):
    cheaper = Scenario(id="x", title="Half the money", caps=(Cap(criterion="cost", limit=3e5),))
    project = elm.with_scenario(cheaper)
    found = what_if(project, cheaper)
    section = _section(build_report(project, date=day), "scenarios")
    told = html.unescape(_text(project, day))
    assert section.title == "What if something were different"
    assert found.sentence in told
    for shift in found.shifts:
        assert shift.name in told


def test_a_scenario_that_leaves_nothing_to_rank_says_so(elm, day):
    run = elm.run()
    nothing = Scenario(
        id="x", title="Nothing left", criteria_out=tuple(c.id for c in run.active_criteria)
    )
    report = build_report(elm.with_scenario(nothing), date=day)
    assert "Nothing left" in html.unescape(write_html(report).decode())


def test_without_scenarios_there_is_no_such_section(elm, day):
    assert "scenarios" not in [s.id for s in build_report(elm, date=day).sections]


# --- how firm


def test_how_firm_says_the_findings_own_words_and_numbers(elm, report):
    section = _section(report, "firmness")
    found, flips = firmness(elm), what_flips(elm)
    told = html.unescape(write_html(report).decode())
    assert section.title == "How firm it is"
    assert report.material.results.said.answer in told
    assert told.count("There is no clear winner. In ") == 2  # the first page has it, too
    assert "How often a row comes before a column" in told
    for program in found.programs:
        assert f"first {program.first.phrase}" in told
    for change in flips.changes:
        assert change.sentence in told
    for item in (*flips.without_criterion, *flips.without_program):
        assert (item.sentence if item.changes else item.name) in told


def test_how_firm_follows_the_weighting_that_was_asked_for(elm, day):
    made = build_report(elm, weighting="p2", date=day)
    asked, found = made.material.results.firmness, firmness(elm, weighting="p2")
    assert asked.space.id == "near"
    assert [p.first for p in asked.programs] == [p.first for p in found.programs]


# --- diagnosis, record and plan

SPRING = date(2027, 2, 10)


@pytest.fixture(scope="module")
def page(report):
    return write_html(report)


def _of(report, name, kind):
    return [b for b in _section(report, name).blocks if type(b).__name__ == kind]


def test_logic_model_has_the_four_phases_in_the_communitys_words(elm, day, tables_in, page, report):
    rows = tables_in(page)["Our logic model"]
    assert [row[0] for row in rows[1:]] == ["Diagnose", "Select", "Implement", "Evaluate"]
    phases = overview(elm, day).phases
    assert rows[2][1].splitlines()[0] == f"• {phases[1].inputs[0]}"
    assert rows[3][1].splitlines()[3] == f"• {len(phases[2].inputs) - 3} others"
    assert "The other parts have all of them whole:" in repr(_section(report, "overview"))
    listed = _of(report, "overview", "Listing")[0].items
    assert [text for _, text in listed] == [phase.sentence for phase in phases]


def test_diagnosis_shows_every_list_and_what_is_done_about_low_readiness(
    elm, tables_in, page, report
):
    tables = tables_in(page)
    factors = tables["What drives the problem, and what guards against it"]
    assert [row[0] for row in factors[1:]] == [f.name for f in elm.diagnosis.factors]
    assert [row[0] for row in tables["Goals"][1:]] == [g.name for g in elm.diagnosis.goals]
    ready = tables["How ready we are, from 1 (not at all) to 5 (fully)"]
    assert [row[2] for row in ready[1:]] == [str(i.rating) for i in elm.diagnosis.readiness]
    answers = _of(report, "diagnosis", "Listing")[-1].items
    assert answers[0][1].endswith(" (Training coordinator by March 31, 2027)")
    assert [name for name, _ in answers] == [i.name for i in elm.diagnosis.low_readiness]


def test_grid_has_the_reasons_and_the_level_that_follows(elm, tables_in, page):
    rows = tables_in(page)["How each program acts on our priority factors"]
    grid = match_grid(elm)
    assert rows[0] == ["Program", *(f.name for f in grid.factors), "Level"]
    told = {row[0]: row[1:] for row in rows[1:]}
    assert told["Screening with an advocate"][0] == (
        "directly: Staff in intake and foster care look at everyone."
    )
    levels = {p.program.name: f"{p.amount.value:.0f}" for p in grid.proposals}
    assert {name: row[-1] for name, row in told.items()} == levels


def test_grid_says_where_another_level_is_recorded_and_what_nobody_judged(elm, day, tables_in):
    found = elm.diagnosis.without_link("online", "screening")
    found = found.without_link("not_asked", "school").without_link("few_safe_adults", "school")
    project = elm.with_diagnosis(found.without_link("online", "school"))
    rows = tables_in(_text(project, day).encode())["How each program acts on our priority factors"]
    told = {row[0]: row[1:] for row in rows[1:]}
    level = "3 to 4; “The evidence” records another level"
    assert told["Screening with an advocate"][2:] == ["not said", level]
    assert told["School prevention lessons"] == ["not said"] * 4


def test_a_made_up_example_is_told_on_its_own_day_in_a_report_of_today(day):
    text = _text(example(TWO_YEARS_ON), day)
    assert "on November 21, 2026" in text
    assert "This made-up example is told as of January 15, 2029." in text
    assert "Found by rule on January 15, 2029." in text
    assert "Milestones on January 15, 2029" in text


def test_late_and_blocked_milestones_are_named(elm, tables_in):
    report = build_report(_own(elm), date=SPRING)
    found = schedule(elm.plan, SPRING)
    assert len(found.late) == 1
    assert len(found.blocked) == 2
    said = [text for _, text in _of(report, "plan", "Listing")[0].items]
    assert [m.sentence for m in found.milestones if m.days_late or m.blocked_by] == said[:3]
    assert "It is time to listen again" in said[3]
    rows = tables_in(write_html(report))["Milestones on February 10, 2027"]
    states = {row[0]: row[1] for row in rows[1:]}
    assert states["Agreement on privacy is signed by all partners"] == "late by 12 days"
    assert states["The advocate is hired"] == "blocked"


def test_public_plan_names_what_is_late_and_not_what_it_does_not_carry(elm):
    report = build_report(_own(elm), edition="public", date=SPRING)
    said = [text for _, text in _of(report, "plan", "Listing")[0].items]
    assert len(said) == 3
    text = write_html(report).decode()
    assert "It is time to listen again" not in text
    assert "How far we have come" not in text
    assert "What we do where readiness is low" not in text
    captions = {b.content.caption for b in _of(report, "plan", "Table")}
    assert captions.isdisjoint({"What we heard and did", "Risks"})
    assert "Budget, in US dollars" in captions


def test_one_thing_that_should_not_wait_stands_out(elm, day):
    late = Milestone(id="a", name="Hire", due_on=date(2026, 11, 14))
    report = build_report(_own(elm).with_plan(Plan(milestones=(late,))), date=day)
    assert _of(report, "plan", "Callout")[0].text == "“Hire” is 7 days late."


def test_plan_shows_its_lists_and_what_the_money_comes_to(elm, tables_in, page):
    tables = tables_in(page)
    plan = elm.plan
    for caption, items in (
        ("Who takes part", plan.stakeholders),
        ("Core components: what may not change", plan.components),
        ("Is it delivered as meant?", plan.fidelity),
        ("Adaptations", plan.adaptations),
        ("How we hear how it goes", plan.loops),
        ("What we heard and did", plan.feedback),
        ("Risks", plan.risks),
    ):
        assert [row[0] for row in tables[caption][1:]] == [item.name for item in items]
    assert tables["Training"][0][1:] == [t.name for t in plan.trainings]
    assert tables["Budget, in US dollars"][-1][2] == "140,000"
    assert budget_totals(plan).sentence("US dollars") in page.decode()


def test_plan_says_which_selection_it_carries_out(elm, decided, day):
    assert "The plan is for the selection “First selection”, which is not decided" in _text(
        elm, day
    )
    carried = "The plan carries out the selection “First selection”: Survivor mentor program."
    assert carried in _text(decided, day)


def test_drafted_record_is_shown_as_drafted(elm, day, page, report):
    facts = dict(_section(report, "answer").blocks[1].pairs)
    drafted = "Screening with an advocate. It is drafted, not decided."
    assert facts["Drafted choice"] == drafted
    assert report.label == "draft"
    said = dict(_of(report, "decision", "Listing")[0].items)
    assert said["Reasons for the choice"] == elm.run().record.reasons
    assert said["To be approved by"].endswith("(seven of eight) and the county manager")
    text = page.decode()
    assert "The record: drafted, not decided" in text
    assert "Approved by" not in text
    public = _text(elm, day, edition="public")
    assert "drafted" not in public.split("<template")[0]


def test_drafted_choice_that_is_gone_is_told_by_its_id(elm, day):
    record = elm.run().record.model_copy(update={"choice": "gone"})
    project = elm.with_run(elm.run().model_copy(update={"record": record}))
    assert "a choice: gone." in _text(project, day)


def test_sections_with_nothing_to_say_are_left_out(elm, day):
    bare = elm.with_diagnosis(Diagnosis()).with_plan(Plan())
    ids = [s.id for s in build_report(bare, date=day).sections]
    assert {"overview", "diagnosis", "plan"}.isdisjoint(ids)
    only = bare.with_diagnosis(Diagnosis(problem="Nobody asks."))
    report = build_report(only, date=day)
    assert "plan" not in [s.id for s in report.sections]
    assert [type(b).__name__ for b in _section(report, "diagnosis").blocks] == [
        "Facts",
        "Paragraph",
    ]
    assert _section(report, "diagnosis").blocks[1].text.startswith("Still open: Nobody has said")


def _circle(elm):
    after = tuple(m.model_copy(update={"after": ("hire", "train")}) for m in elm.plan.milestones)
    return elm.with_plan(elm.plan.model_copy(update={"milestones": after}))


def _dangling(elm):
    plan = elm.plan.model_copy(update={"run": "gone", "components": (), "loops": ()})
    few = elm.diagnosis.model_copy(update={"factors": elm.diagnosis.factors[:1]})
    return elm.with_plan(plan).with_diagnosis(few)


def _choice_gone(elm):
    record = elm.run().record.model_copy(update={"choice": "gone"})
    return elm.with_run(elm.run().model_copy(update={"record": record, "status": "decided"}))


def _ends_of_time(elm):
    ends = {"starts_on": date.min, "due_on": date.max}
    loops = elm.plan.model_copy(update={"starts_on": date.max, "feedback": ()})
    return elm.with_plan(loops.with_item(Milestone(id="a", name="A", **ends)))


def _many(elm):
    factors = tuple(Factor(id=f"f{n}", name=f"Factor {n}", priority="high") for n in range(30))
    links = tuple(
        FactorLink(factor=f.id, program=p.id, acts="directly")
        for f in factors
        for p in elm.run().candidates
    )
    found = Diagnosis(factors=factors, links=links)
    milestones = tuple(Milestone(id=f"m{n}", name=f"M {n}", due_on=SPRING) for n in range(60))
    return elm.with_diagnosis(found).with_plan(Plan(milestones=milestones))


@pytest.mark.parametrize("change", [_circle, _dangling, _choice_gone, _ends_of_time, _many])
@pytest.mark.parametrize("edition", ["full", "public"])
def test_odd_plans_are_written_up_too(elm, change, edition):
    report = build_report(change(elm), edition=edition, date=SPRING)
    assert write_zip(report)
    assert {"overview", "plan"} <= {s.id for s in report.sections}


def test_long_plans_have_tables_and_no_chart_that_could_not_be_read(elm):
    report = build_report(_many(elm), date=SPRING)
    assert _of(report, "plan", "Figure") == []
    rows = [row for b in _of(report, "plan", "Table") for row in b.content.rows]
    assert len(rows) == 60


def test_only_tables_that_hold_something_are_written(elm, day, parts_of):
    some = elm.with_diagnosis(Diagnosis()).with_plan(Plan(budget=(BudgetLine(id="a", name="A"),)))
    report = build_report(some, date=day)
    assert table_names(report)[-3:] == ("evidence", "budget", "about")
    files = parts_of(write_zip(report))
    assert "budget.csv" in files
    assert "milestones.csv" not in files
    assert write_csv(report, "milestones").decode("utf-8-sig").splitlines() == ['"Name"']


# --- a notice for people who need help


def test_the_notice_stands_in_answer_diagnosis_and_plan_once_it_was_checked(elm, day):
    hotline = Hotline(name="County line", contact="555-0100")
    for checked, times in ((None, 0), (date(2026, 10, 1), 3)):
        told = hotline.model_copy(update={"checked_on": checked})
        shown = elm.with_info(elm.info.model_copy(update={"hotline": told}))
        for edition in ("full", "public"):
            text = _text(shown, day, edition=edition)
            said = text.count("County line: 555-0100. Checked on October 1, 2026.")
            assert said == times
