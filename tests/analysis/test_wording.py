"""How numbers and names are written in sentences."""

from __future__ import annotations

import pytest

from mcda.analysis import wording
from mcda.project import Criterion, Level, LevelScale, NumberScale


def criterion(unit: str) -> Criterion:
    return Criterion(id="x", name="X", scale=NumberScale(unit=unit, worst=0.0, best=100.0))


def on_levels() -> Criterion:
    levels = tuple(Level(level=n, anchor="") for n in range(1, 6))
    return Criterion(id="x", name="X", scale=LevelScale(levels=levels))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.0"), (-0.04, "0.0"), (6.249, "6.2"), (-3.16, "-3.2"), (100.00000001, "100.0")],
)
def test_points_have_one_decimal_and_no_minus_before_zero(value, text):
    assert wording.points(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2.5, "2.5"),
        (99999.5, "99,999.5"),
        (123456.7, "123,457"),
        (1e15, "1,000,000,000,000,000"),
    ],
)
def test_scores_have_thousands_separators_and_no_needless_decimals(value, text):
    assert wording.number(value) == text


@pytest.mark.parametrize(("share", "text"), [(0.2249, "22%"), (1.0, "100%"), (0.0, "0%")])
def test_shares_are_written_in_whole_percent(share, text):
    assert wording.percent(share) == text


@pytest.mark.parametrize(
    ("stated", "now", "texts"),
    [
        (0.31, 0.2249, ("31%", "22%")),
        (0.22, 0.2249, ("22.0%", "22.5%")),
        (0.997, 0.996, ("99.7%", "99.6%")),
        (0.001, 0.0, ("0.1%", "0.0%")),
        (0.0, 0.003, ("0.0%", "0.3%")),
        (0.5, 0.5, ("50%", "50%")),
    ],
)
def test_two_weights_are_written_so_that_they_can_be_told_apart(stated, now, texts):
    assert wording.percents(stated, now) == texts


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
    ],
)
def test_names_are_joined_by_and(names, joined):
    assert wording.and_list(names) == joined


@pytest.mark.parametrize(
    ("names", "joined"), [([], ""), (["A"], "A"), (["A", "B", "C"], "A, B or C")]
)
def test_alternatives_are_joined_by_or(names, joined):
    assert wording.or_list(names) == joined


def test_a_list_that_fits_a_sentence_is_kept_whole():
    assert wording.few(["A", "B", "C"], most=3) == ["A", "B", "C"]


def test_a_list_too_long_for_a_sentence_ends_in_a_count_of_the_others():
    assert wording.few([str(n) for n in range(324)]) == ["0", "1", "2", "3", "4", "319 others"]


@pytest.mark.parametrize(
    ("unit", "text", "written"),
    [
        ("%", "18", "18%"),
        ("US dollars", "18", "18 US dollars"),
        ("", "18", "18"),
        ("%", "about 18", "about 18%"),
    ],
)
def test_a_number_carries_its_unit(unit, text, written):
    assert wording.with_unit(criterion(unit), text) == written


@pytest.mark.parametrize(("text", "written"), [("3", "level 3"), ("about 3", "about level 3")])
def test_a_level_is_called_one(text, written):
    assert wording.with_unit(on_levels(), text) == written


@pytest.mark.parametrize(
    ("first", "second", "unit", "said"),
    [
        (18, 27, "%", "18% against 27%"),
        (18, None, "%", "18% against not known"),
        (18, 27, "people", "18 against 27 people"),
        (None, 27, "people", "not known against 27 people"),
        (18, None, "people", "18 people against not known"),
        ((10, 20), 27, "people", "10 to 20 against 27 people"),
        ((10, 12, 20), (1, 2, 3), "people", "about 12 against about 2 people"),
        ((10, 12, 20), 27, "%", "about 12% against 27%"),
        ((10, 20), 27, "", "10 to 20 against 27"),
    ],
)
def test_two_scores_are_set_against_each_other_with_the_unit(build, first, second, unit, said):
    run = build({"a": {"x": first}, "b": {"x": second}}, units={"x": unit}).run()
    assert wording.against(run, run.criterion("x"), "a", "b") == said


def test_a_cell_without_a_score_is_not_known(build):
    run = build({"a": {"x": 1}, "b": {}}).run()
    assert wording.against(run, run.criterion("x"), "b", "a") == "not known against 1"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5, "5"),
        ((5, 9), "5 to 9"),
        ((5, 6, 9), "5 to 9, likely 6"),
        (None, "not known"),
    ],
)
def test_a_cell_in_a_table_shows_all_that_is_recorded(build, cell, text):
    run = build({"a": {"x": cell}}).run()
    assert wording.score_text(run.score("a", "x")) == text


def test_levels_against_each_other(build):
    project = build({"a": {"x": 3}, "b": {"x": (2, 4)}, "c": {"x": (2, 3, 4)}})
    run = project.with_criterion(on_levels()).run()
    x = run.criterion("x")
    assert wording.against(run, x, "a", "b") == "level 3 against level 2 to 4"
    assert wording.against(run, x, "a", "c") == "level 3 against about level 3"
