"""What a report says, for every kind of project."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mcda.analysis import comparison
from mcda.engine import METHODS
from mcda.project import (
    Approval,
    FindingsError,
    LeftOut,
    PointShare,
    PointsJudgement,
    Project,
    UnknownItemError,
)
from mcda.report import (
    build_report,
    edition_in,
    write_csv,
    write_html,
    write_xlsx,
    write_zip,
)

FORMS = (write_html, write_xlsx, write_csv, write_zip)
AVOIDED = re.compile(
    r"prostitut|sex worker|\bjohns?\b|\bpimps?\b|rescue|runaway|promiscuous|victim pool|"
    r"child porn|sex tourism|slavery|epidemic",
    re.I,
)


def _text(project: Project, day: date, **choices) -> str:
    return write_html(build_report(project, date=day, **choices)).decode()


def _section(report, name):
    return next(s for s in report.sections if s.id == name)


def test_sections_stand_in_order(report):
    assert [s.id for s in report.sections] == [
        "answer",
        "decision",
        "programs",
        "criteria",
        "weights",
        "results",
        "reasons",
        "compared",
        "evidence",
        "limits",
        "appendix",
    ]


def test_answer_names_choice_runner_up_margin_and_caveat(report):
    facts = dict(_section(report, "answer").blocks[1].pairs)
    assert facts["Choice so far"].startswith("Nothing is decided. Ahead: Screening")
    assert facts["Runner-up"].startswith("Survivor mentor program, place 1 to 4")
    assert facts["Margin"].startswith("1.5 points at the likely numbers; -0.9 to 3.8")
    assert facts["Main caveat"].startswith("No single program is sure of the first place: ")
    assert facts["Who decides"] == report.material.project.info.decided_by


def test_draft_until_decided(elm, decided, day):
    assert build_report(elm).label == "draft"
    final = build_report(decided, date=day)
    assert final.label == "final"
    assert "Survivor mentor program was chosen on October 20, 2026." in _text(decided, day)
    assert "Draft" not in final.labels


def test_choice_that_is_not_first_is_said(elm, decided, day):
    record = decided.run().record.model_copy(update={"choice": "continue"})
    text = _text(elm.decide(record), day)
    assert "It does not come first in the ranking (place 6 to 7)." in text


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
    return elm.with_framing(framing.model_copy(update={"programs_out": out}))


def _with_weightings(elm, weightings):
    run = elm.run().model_copy(update={"weightings": weightings})
    return elm.model_copy(update={"runs": (run,)})


def _no_weighting(elm):
    return _with_weightings(elm, ())


def _one_weighting(elm):
    return _with_weightings(elm, elm.run().weightings[:1])


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


def test_rerun_approvals_and_review_are_told(elm, decided, day):
    record = decided.run().record.model_copy(
        update={
            "approvals": (Approval(role="County board", on=date(2026, 10, 21)),),
            "review_on": date(2027, 10, 1),
        }
    )
    again = elm.rerun(None, "run-2", "Second look").decide(record)
    text = _text(again, day)
    assert "Second look, a rerun of First selection" in text
    assert "County board" in text
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
        assert edition_in(page) == edition
