"""The criteria to start from: complete, in plain words, and applied without losing anything."""

from __future__ import annotations

from datetime import date

import pytest

from mcda.project.criteria import Criterion, LevelScale, NumberScale
from mcda.project.document import Project
from mcda.project.errors import LockedRunError, ProjectError, UnknownItemError
from mcda.project.evidence import Assessment, Exact, Score, Unknown
from mcda.project.run import Framing, LeftOut, Record
from mcda.project.templates import Template, _short, apply_template, template, templates
from mcda.project.weightings import Equal, PointShare, PointsJudgement, Weighting

LESS_IS_BETTER = {"cost", "time_to_start"}
# Labels, ratios that hold other criteria, and properties of the community are no criteria.
NEVER_CRITERIA = ("mark", "victimization", "juvenile", "outreach", "ratio", "readiness")


def every_criterion() -> list[Criterion]:
    return [c for t in templates() for c in t.criteria]


def level_scales() -> list[LevelScale]:
    return [c.scale for c in every_criterion() if isinstance(c.scale, LevelScale)]


def scored(project: Project) -> Project:
    criterion = project.run().evidence.criteria[0].id
    return project.with_score(Score(program="continue", criterion=criterion, amount=Exact(value=3)))


@pytest.mark.parametrize(
    ("template_id", "criteria", "objectives"),
    [("full", 12, 5), ("short", 8, 5), ("hexagon", 6, 2)],
)
def test_each_template_has_its_criteria_and_objectives(template_id, criteria, objectives):
    chosen = template(template_id)
    assert len(chosen.criteria) == criteria
    assert len(chosen.objectives) == objectives


@pytest.mark.parametrize("chosen", templates(), ids=lambda t: t.id)
def test_a_template_refers_only_to_its_own_criteria(chosen: Template):
    ids = [c.id for c in chosen.criteria]
    objectives = [o.id for o in chosen.objectives]
    assert len({*ids, *objectives}) == len(ids) + len(objectives)
    assert {c.parent for c in chosen.criteria} == set(objectives)
    assert all({o.first, o.second} <= set(ids) for o in chosen.overlaps)
    assert all(m.threshold is None or m.threshold.criterion in ids for m in chosen.must_haves)
    assert set(chosen.short_form) <= set(ids)


def test_the_short_form_repeats_no_text():
    full = {c.id: c for c in template("full").criteria}
    short = template("short").criteria
    assert tuple(c.id for c in short) == template("full").short_form
    assert all(c is full[c.id] for c in short)


def test_a_must_have_whose_criterion_is_left_out_is_judged_by_people():
    full = template("full").model_copy(update={"short_form": ("safety",)})
    limits = {m.id: m.threshold for m in _short(full).must_haves}
    assert limits["no_harm"] is not None
    assert limits["budget"] is None
    assert limits["legal"] is None


def test_five_levels_from_1_to_5_each_with_an_anchor_and_even_until_confirmed():
    for scale in level_scales():
        assert [level.level for level in scale.levels] == [1, 2, 3, 4, 5]
        assert all(level.anchor for level in scale.levels)
        assert len({level.anchor for level in scale.levels}) == 5
        assert not scale.confirmed
        assert scale.level_values == (0, 25, 50, 75, 100)


def test_anchors_are_short_and_plain():
    for scale in level_scales():
        for level in scale.levels:
            words = level.anchor.split()
            assert len(words) <= 25
            assert sum(map(len, words)) / len(words) < 7


def test_definitions_come_in_short_sentences():
    texts = [c.definition for c in every_criterion()]
    texts += [o.question for t in templates() for o in t.overlaps]
    texts += [m.definition for t in templates() for m in t.must_haves]
    for text in texts:
        sentences = [s for s in text.replace("? ", ". ").split(". ") if s]
        assert text
        assert sum(len(s.split()) for s in sentences) / len(sentences) <= 20


def test_every_criterion_says_what_it_is_based_on():
    assert all(c.based_on for c in every_criterion())


def test_directions():
    for criterion in every_criterion():
        expected = -1 if criterion.id in LESS_IS_BETTER else 1
        assert criterion.scale.direction == expected


def test_reach_counts_people_and_is_worth_less_the_more_there_are():
    reach = next(c for c in template("full").criteria if c.id == "reach")
    assert [c.id for c in template("full").criteria if c.counts_people] == ["reach"]
    assert isinstance(reach.scale, NumberScale)
    (point,) = reach.scale.points
    line = 100 * (point.score - reach.scale.worst) / (reach.scale.best - reach.scale.worst)
    assert point.value > line


def test_labels_ratios_and_readiness_are_no_criteria():
    for criterion in every_criterion():
        named = f"{criterion.id} {criterion.name}".lower()
        assert not any(word in named for word in NEVER_CRITERIA)


def test_a_limit_shuts_out_nothing_inside_the_range_until_the_group_sets_its_own():
    full = template("full")
    scales = {c.id: c.scale for c in full.criteria}
    limits = {m.id: m.threshold for m in full.must_haves if m.threshold}
    assert set(limits) == {"budget", "deadline", "no_harm", "funder_evidence"}
    for must_have in ("budget", "deadline"):
        threshold = limits[must_have]
        assert threshold.limit == scales[threshold.criterion].worst
    assert (limits["no_harm"].criterion, limits["no_harm"].limit) == ("safety", 3)


def test_evidence_says_what_looked_and_found_nothing_is():
    evidence = next(c for c in template("full").criteria if c.id == "evidence")
    assert isinstance(evidence.scale, LevelScale)
    assert "found no controlled test" in evidence.scale.anchor(2)
    assert "leave it unknown" in evidence.definition


def test_hexagon_style_gives_credit_and_claims_nothing():
    about = template("hexagon").about
    assert "Metz and Louison, 2018" in about
    assert "National Implementation Research Network" in about
    assert "not that tool" in about
    assert [c.id for c in template("hexagon").criteria] == [
        "need",
        "fit",
        "capacity",
        "evidence",
        "usability",
        "supports",
    ]


def test_an_unknown_template_is_refused_by_name():
    with pytest.raises(UnknownItemError, match="There is no template 'octagon'"):
        template("octagon")


@pytest.mark.parametrize("template_id", [t.id for t in templates()])
def test_applying_a_template_keeps_the_programs(template_id):
    before = Project.new("Which program?")
    after = apply_template(before, template_id)
    evidence, chosen = after.run().evidence, template(template_id)
    assert evidence.criteria == chosen.criteria
    assert evidence.objectives == chosen.objectives
    assert evidence.overlaps == chosen.overlaps
    assert evidence.must_haves == chosen.must_haves
    assert evidence.programs == before.run().evidence.programs
    assert Project.model_validate_json(after.model_dump_json()) == after


def test_another_template_replaces_the_first_and_what_was_set_aside():
    project = apply_template(Project.new("Which program?"), "full")
    framing = Framing(criteria_out=(LeftOut(item="reach", reason="Same for all."),))
    project = apply_template(project.with_framing(framing), "hexagon")
    assert project.run().evidence.criteria == template("hexagon").criteria
    assert project.run().framing == Framing()


def test_any_score_may_stay_unknown():
    project = apply_template(Project.new("Which program?"), "full")
    for criterion in project.run().evidence.criteria:
        cell = Score(program="continue", criterion=criterion.id, amount=Unknown())
        project = project.with_score(cell)
    assert len(project.run().evidence.scores) == 12


def test_a_run_with_scores_is_refused():
    project = scored(apply_template(Project.new("Which program?"), "full"))
    with pytest.raises(ProjectError, match="'First selection' has 1 score for its present"):
        apply_template(project, "short")


def test_a_run_with_one_persons_scores_or_a_weighting_is_refused():
    project = apply_template(Project.new("Which program?"), "full")
    own = Assessment(person="p1", program="continue", criterion="reach", amount=Unknown())
    points = PointsJudgement(points=(PointShare(item="reach", points=100),))
    project = project.with_assessment(own).with_weighting(
        Weighting(id="p1", name="p1", judgement=points)
    )
    with pytest.raises(ProjectError, match="has 1 score and 1 weighting for"):
        apply_template(project, "full")


def test_equal_weights_stand_in_nobodys_way():
    project = Project.new("Which program?").with_weighting(
        Weighting(id="equal", name="Equal", judgement=Equal())
    )
    assert len(apply_template(project, "short").run().evidence.criteria) == 8


def test_a_decided_run_stays_as_it_is():
    decided = Project.new("Which program?").decide(
        Record(choice="continue", reasons="No money.", decided_on=date(2026, 10, 1))
    )
    with pytest.raises(LockedRunError):
        apply_template(decided, "full")


def test_the_named_run_is_changed_and_no_other():
    project = Project.new("Which program?").rerun(None, "run-2", "Second")
    project = apply_template(project, "short", "run-1")
    assert len(project.run("run-1").evidence.criteria) == 8
    assert project.run("run-2").evidence.criteria == ()
