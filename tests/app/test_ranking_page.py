"""Ranking: the answer, the second opinion, who is left out, why, and the working."""

from __future__ import annotations

import html

from mcda.analysis import agreement, difference, method_table, ranking
from mcda.project import Project
from mcda.project.templates import apply_template, example


def words(page) -> str:
    return html.unescape(" ".join(h.body for h in page.get("html")))


def test_the_answer_stands_first_with_what_it_depends_on(app, on_page):
    found = ranking(example())
    page = on_page(app, "ranking")
    assert found.headline in words(page)
    assert found.detail in words(page)


def test_another_weighting_gives_its_own_answer(app, on_page):
    page = on_page(app, "ranking")
    page.segmented_control(key="ranking-weighting").set_value("p2").run()
    assert ranking(example(), weighting="p2").headline in words(page)


def test_the_second_method_stands_beside_the_first(app, on_page):
    assert agreement(example()).sentence in words(on_page(app, "ranking"))


def test_what_is_not_ranked_is_shown_with_its_reason(app, on_page):
    (left_out,) = ranking(example()).excluded
    assert left_out.excluded in words(on_page(app, "ranking"))


def without_scores(project: Project, *programs: str) -> Project:
    run = project.run()
    kept = tuple(s for s in run.evidence.scores if s.program not in programs)
    evidence = run.evidence.model_copy(update={"scores": kept})
    return project.with_run(run.model_copy(update={"evidence": evidence}))


def test_programs_without_scores_are_named_with_the_way_to_record_them(open_app, on_page):
    project = without_scores(example(), "task_force", "continue")
    page = on_page(open_app(project), "ranking")
    assert "2 programs have no scores yet" in words(page)
    assert "so their place is open" in words(page)
    assert "Go to Scores" in [link.proto.label for link in page.get("page_link")]


def test_where_all_have_scores_none_is_said_to_lack_them(app, on_page):
    assert "no scores yet" not in words(on_page(app, "ranking"))


def test_the_first_pair_has_scores(open_app, on_page):
    project = without_scores(example(), ranking(example()).ranked[1].id)
    page = on_page(open_app(project), "ranking")
    with_scores = [p for p in ranking(project).ranked if p.id != ranking(example()).ranked[1].id]
    pair = [page.selectbox(key="why-a").value, page.selectbox(key="why-b").value]
    assert ranking(project).ranked[1].id not in [p.id for p in with_scores[:2]]
    assert pair == [p.id for p in with_scores[:2]]


def test_any_two_programs_can_be_set_against_each_other(app, on_page):
    page = on_page(app, "ranking")
    page.selectbox(key="why-a").set_value("task_force").run()
    page.selectbox(key="why-b").set_value("continue").run()
    assert difference(example(), "task_force", "continue").sentence in words(page)


def test_the_chart_says_in_words_what_it_shows(app, on_page):
    chart = on_page(app, "ranking").get("plotly_chart")[0].proto
    assert "Screening with an advocate, 65.3 to 67.3" in chart.alt


def test_without_scores_it_leads_to_the_scores(blank, on_page):
    assert "Nothing is recorded about any program yet" in words(on_page(blank, "ranking"))


def test_without_weights_it_says_that_all_count_the_same(open_app, on_page):
    project = example()
    for weighting in project.run().weightings:
        project = project.without_weighting(weighting.id)
    assert "every criterion counts the same" in words(on_page(open_app(project), "ranking"))


def test_an_unfinished_weighting_is_named_and_another_can_be_chosen(open_app, on_page):
    project: Project = example()
    group = project.run().weighting("group")
    cut = group.judgement.model_copy(update={"ratings": group.judgement.ratings[:4]})
    project = project.with_weighting(group.model_copy(update={"judgement": cut}))
    page = on_page(open_app(project), "ranking")
    assert page.warning
    page.segmented_control(key="ranking-weighting").set_value("p2").run()
    assert ranking(project, weighting="p2").headline in words(page)


def test_a_project_of_criteria_only_does_not_break_the_page(open_app, on_page):
    project = apply_template(Project.new("Which?"), "full")
    assert not on_page(open_app(project), "ranking").exception


def test_other_methods_stand_side_by_side_behind_a_click(app, on_page):
    page = on_page(app, "ranking")
    found = method_table(example())
    assert found.sentence not in words(page)
    page.session_state["methods"] = True
    assert found.sentence in words(page.run())
