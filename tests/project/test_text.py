"""Text is cleaned once, where it enters; ids are made from names; numbers and dates are strict."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from mcda.project.text import (
    Day,
    Flag,
    Frozen,
    Id,
    Line,
    Name,
    Number,
    Percent,
    Points,
    Text,
    clean_line,
    clean_text,
    make_id,
    number_text,
    quoted,
)

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


def accepts(kind: object, value: object) -> object:
    return TypeAdapter(kind).validate_python(value)


def refuses(kind: object, value: object) -> bool:
    try:
        accepts(kind, value)
    except ValidationError:
        return True
    return False


@given(ANY_TEXT)
@example("\ufffe\uffff\u202e\u2069\x00\x1b\x9f\ud800")
def test_cleaned_text_can_be_written_anywhere(text):
    cleaned = clean_text(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    for char in cleaned:
        assert char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
        assert char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"


@given(ANY_TEXT)
@example("a\r\u202a\nb")
@example("\ufeff\ud800\udc00\udc00")
def test_cleaning_twice_changes_nothing_more(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(ANY_TEXT)
def test_a_cleaned_line_is_one_line(text):
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize("mark", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_break_of_any_kind_becomes_a_space_in_a_line(mark):
    assert clean_line(f"two{mark}lines") == "two lines"


@pytest.mark.parametrize("mark", ["\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_break_of_any_kind_is_kept_as_a_plain_one_in_text(mark):
    assert clean_text(f"two{mark}lines") == "two\nlines"


def test_text_keeps_tabs_and_spaces_but_a_line_has_neither_around_it():
    assert clean_text(" a\tb ") == " a\tb "
    assert clean_line(" a\tb ") == "a b"


@pytest.mark.parametrize(
    "name",
    [
        "\"Double\", 'single' and “curly” quotes",
        "<b>bold</b> & <script>alert(1)</script>",
        "Mentors 🧑🏽‍🤝‍🧑🏻 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "\u200fبرنامج\u200f",
        "=SUM(A1:A9)",
        "x" * 300,
        "Dz̄ēb 青年 Молодёжь",
    ],
)
def test_unusual_names_are_kept_as_they_are(name):
    assert accepts(Name, name) == name


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u200b", "\u200f \u2060", "\x00"])
def test_a_name_with_nothing_to_see_in_it_is_refused(blank):
    with pytest.raises(ValidationError, match="a name is needed here"):
        accepts(Name, blank)


def test_lines_and_texts_may_be_empty():
    assert accepts(Line, " ") == ""
    assert accepts(Text, "") == ""


@pytest.mark.parametrize(("kind", "most"), [(Name, 500), (Line, 500), (Text, 20_000)])
def test_lengths_are_limited(kind, most):
    assert accepts(kind, "x" * most) == "x" * most
    assert refuses(kind, "x" * (most + 1))


def test_a_length_is_counted_after_cleaning():
    assert accepts(Line, "x" * 500 + "\x00" * 9 + "  ") == "x" * 500


@pytest.mark.parametrize("kind", [Name, Line, Text])
@pytest.mark.parametrize("value", [7, None, ["a"], {"a": 1}, True])
def test_other_things_are_no_text(kind, value):
    assert refuses(kind, value)


def test_a_lone_half_of_a_character_is_replaced_and_its_neighbours_stay():
    assert clean_text("a\ud800b\udc00") == "a\ufffdb\ufffd"


def test_two_halves_that_belong_together_become_the_character():
    assert clean_text("\ud83d\ude00") == "😀"


@pytest.mark.parametrize("item_id", ["a", "0", "run-1", "a_b", "x" * 80])
def test_ids_are_small_letters_digits_and_dashes(item_id):
    assert accepts(Id, item_id) == item_id


@pytest.mark.parametrize("item_id", ["", "A", "-a", "_a", "a b", "é", "x" * 81, "a\n", "a.b"])
def test_anything_else_is_no_id(item_id):
    assert refuses(Id, item_id)


@given(st.lists(st.text(max_size=100), max_size=30))
@example(["青年", "Молодёжь", "برنامج", "", "!!", "item", "item-2"])
@example(["x" * 60, "x" * 61, "x" * 300, "x" * 58 + "-2"])
def test_ids_made_from_names_are_valid_and_never_collide(names):
    taken: set[str] = set()
    for name in names:
        made = make_id(name, taken)
        assert made not in taken
        assert accepts(Id, made) == made
        taken.add(made)


def test_an_id_can_be_read():
    assert make_id("Trauma-Focused CBT (TF-CBT)") == "trauma-focused-cbt-tf-cbt"


def test_many_programs_of_one_name_are_numbered():
    assert make_id("Mentors", {"mentors", "mentors-2", "mentors-4"}) == "mentors-3"


@pytest.mark.parametrize("value", [-1e15, 1e15, 0, 0.1, -0.0])
def test_numbers_may_be_large_but_not_endless(value):
    assert accepts(Number, value) == value


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), float("-inf"), 1.1e15, -1.1e15, 10**400, "5", True, None]
)
def test_what_cannot_be_counted_with_is_no_number(value):
    assert refuses(Number, value)


@pytest.mark.parametrize(("kind", "low", "high"), [(Points, 0, 1e9), (Percent, 0, 100)])
def test_points_and_percentages_have_their_bounds(kind, low, high):
    assert accepts(kind, low) == low
    assert accepts(kind, high) == high
    assert refuses(kind, low - 0.001)
    assert refuses(kind, high + 0.001)


@pytest.mark.parametrize("value", ["2026-03-31", date(2026, 3, 31)])
def test_a_day_is_written_year_month_day(value):
    assert accepts(Day, value) == date(2026, 3, 31)


@pytest.mark.parametrize(
    "value",
    [
        86400,
        86400.0,
        "86400",
        True,
        "31.03.2026",
        "2026-02-30",
        "2026-03-31T00:00:00",
        "99999-01-01",
        datetime(2026, 3, 31, 12, 30),
    ],
)
def test_anything_else_is_no_day(value):
    assert refuses(Day, value)


@pytest.mark.parametrize("value", ["yes", "true", 1, 0, None])
def test_only_true_and_false_are_flags(value):
    assert accepts(Flag, True) is True
    assert refuses(Flag, value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (450000, "450,000"),
        (1234567, "1,234,567"),
        (0.125, "0.125"),
        (0.1 + 0.2, "0.3"),
        (-3.5, "-3.5"),
        (1e15, "1,000,000,000,000,000"),
        (-1e15, "-1,000,000,000,000,000"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, text):
    assert number_text(value) == text


@given(st.floats(min_value=0.001, max_value=1e15).flatmap(lambda x: st.sampled_from([x, -x])))
def test_no_number_of_daily_life_is_written_with_a_power_of_ten(value):
    assert re.fullmatch(r"-?[0-9,]+(\.[0-9]+)?", number_text(value))


def test_names_stand_in_curly_quotes_on_one_line_and_not_too_long():
    assert quoted("School\nlessons") == "“School lessons”"
    assert quoted("x" * 60) == f"“{'x' * 60}”"
    assert quoted("x" * 61) == f"“{'x' * 59}…”"


def test_models_refuse_unknown_fields_and_assignment():
    class Thing(Frozen):
        name: Name

    thing = Thing(name="Mentors")
    with pytest.raises(ValidationError, match="frozen"):
        thing.name = "Other"
    with pytest.raises(ValidationError, match="Extra inputs"):
        Thing(name="Mentors", child="x")
