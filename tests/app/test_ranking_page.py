"""Ranking: the answer, the second opinion, who is left out, why, and the working."""

from __future__ import annotations

import html
import re

import pytest

from mcda.analysis import (
    agreement,
    difference,
    method_table,
    ranking,
    used_weights,
    with_share,
)
from mcda.app.weight_trial import MARK
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
    left_out = ranking(example()).excluded
    shown = words(on_page(app, "ranking"))
    assert left_out
    assert all(f"<strong>{p.name}</strong>: {p.excluded}" in shown for p in left_out)


def without_scores(project: Project, *programs: str) -> Project:
    run = project.run()
    kept = tuple(s for s in run.evidence.scores if s.program not in programs)
    evidence = run.evidence.model_copy(update={"scores": kept})
    return project.with_run(run.model_copy(update={"evidence": evidence}))


def test_programs_without_scores_are_named_with_the_way_to_record_them(open_app, on_page):
    project = without_scores(example(), "task_force", "continue")
    page = on_page(open_app(project), "ranking")
    assert words(page).count("Cannot be ranked yet: no scores.") == 2
    assert "Area task force" not in ranking(project).headline
    assert page.selectbox(key="why-a").options == [p.name for p in ranking(project).ranked]
    assert "Go to Scores" in [link.proto.label for link in page.get("page_link")]


def test_where_all_have_scores_none_is_said_to_lack_them(app, on_page):
    assert "no scores" not in words(on_page(app, "ranking"))


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


# --- another weight, tried


@pytest.fixture
def tried(app, on_page):
    """The page with the switch on, and the group's weights in view."""
    page = on_page(app, "ranking")
    page.toggle(key="ranking-try").set_value(True).run()
    return page


def share(page):
    return next(n for n in page.number_input if n.label == "The same as a number")


def test_untouched_it_shows_the_weighting_as_it_is(tried):
    assert MARK not in words(tried)
    assert ranking(example()).headline in words(tried)
    assert tried.button(key="what-if-keep").disabled


def test_a_changed_weight_redraws_the_ranking_and_says_that_it_is_not_ours(tried, kept):
    before = kept(tried).weightings
    tried.selectbox(key="what-if-what").set_value("cost").run()
    share(tried).set_value(60).run()
    weights = with_share(used_weights(example().run(), "group").weights, "cost", 0.6)
    assert ranking(example(), weighting=weights).headline in words(tried)
    assert MARK in words(tried)
    assert tried.get("plotly_chart")[0].proto.alt.startswith(MARK)
    assert kept(tried).weightings == before


def test_the_slider_and_the_box_follow_each_other(tried):
    tried.slider[0].set_value(44).run()
    assert share(tried).value == 44
    share(tried).set_value(55).run()
    assert tried.slider[0].value == 55


def test_it_is_saved_as_points_of_the_same_person_and_shown(app, on_page, kept):
    page = on_page(app, "ranking")
    page.segmented_control(key="ranking-weighting").set_value("p1").run()
    page.toggle(key="ranking-try").set_value(True).run()
    page.selectbox(key="what-if-what").set_value("cost").run()
    share(page).set_value(50).run()
    page.button(key="what-if-keep").click().run()
    made = kept(page).weightings[-1]
    assert (made.name, made.person) == ("Police lieutenant, Total cost to us at 50%", "p1")
    weights = used_weights(kept(page), made.id).weights
    assert weights["cost"] == pytest.approx(0.5)
    before = used_weights(example().run(), "p1").weights
    assert weights["safety"] / weights["reach"] == pytest.approx(before["safety"] / before["reach"])
    assert page.segmented_control(key="ranking-weighting").value == made.id
    assert not page.toggle(key="ranking-try").value


def test_without_weights_it_starts_from_equal_ones(open_app, on_page):
    project = example()
    for weighting in project.run().weightings:
        project = project.without_weighting(weighting.id)
    page = on_page(open_app(project), "ranking")
    page.toggle(key="ranking-try").set_value(True).run()
    assert share(page).value == 8
    assert not page.exception


# --- the rerun


def test_the_rerun_opens_a_copy_of_the_weights_in_view(app, on_page):
    page = on_page(app, "ranking")
    page.segmented_control(key="ranking-weighting").set_value("p2").run()
    page.button(key="ranking-rerun").click().run()
    draft = page.session_state["weights-desk"].draft
    assert (draft.name, draft.person, draft.back_to) == ("Survivor adviser (copy)", "p2", "compare")


def test_the_rerun_of_nobodys_weights_leads_to_the_weights(open_app, on_page):
    project = example()
    for weighting in project.run().weightings:
        project = project.without_weighting(weighting.id)
    page = on_page(open_app(project), "ranking")
    page.button(key="ranking-rerun").click().run()
    assert "Nobody has said what matters yet." in words(page)


def test_the_working_has_up_to_four_digits(app, on_page):
    page = on_page(app, "ranking")
    page.session_state["working"] = True
    cells = re.findall(
        r'<td class="bf-number">([^<]*)<',
        " ".join(h.body for h in page.run().get("html") if "bf-equal" in h.body),
    )
    assert cells
    assert all(len(re.sub(r"[^0-9]", "", cell).lstrip("0")) <= 4 for cell in cells)
