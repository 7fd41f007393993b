"""Observations as a table: read over what is known, every bad row named, nothing lost."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from mcda.project import Evaluation, Indicator, Observation, Part, TableError
from mcda.project.csv_writer import csv_bytes
from mcda.project.tables.observations import (
    HEADINGS,
    observations_template,
    read_observations,
)

LINKED = Indicator(id="linked", name="Linked to an advocate", measure="share")
FOUND = Indicator(id="found", name="Concerns found", groups=("Boys", "Girls"))
DAYS = Indicator(id="days", name="Days to a first meeting", measure="number", people=False)
SPRING = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 3, 31)}
EVALUATION = Evaluation(indicators=(LINKED, FOUND, DAYS))


def table(*rows: str, headings: str = ",".join(HEADINGS)) -> tuple[str, bytes]:
    return "spring.csv", "\n".join([headings, *rows]).encode()


def read(*rows: str, evaluation: Evaluation = EVALUATION, **options):
    return read_observations(evaluation, table(*rows, **options))


def refused(*rows: str, **options) -> str:
    with pytest.raises(TableError) as error:
        read(*rows, **options)
    return str(error.value)


def test_a_count_a_share_and_a_number_with_groups_and_a_note():
    found = read(
        "Linked to an advocate,2027-01-01,2027-03-31,24,32,,,One office only",
        "concerns  FOUND,2027-01-01,2027-03-31,40,,,,",
        "found,2027-01-01,2027-03-31,18,,,boys,",
        'Days to a first meeting,2027-01-01,2027-03-31,,,"1,250.5",,',
    )
    assert found.evaluation.observations == (
        Observation(indicator="linked", count=24, of=32, note="One office only", **SPRING),
        Observation(indicator="found", count=40, parts=(Part(group="Boys", count=18),), **SPRING),
        Observation(indicator="days", value=1250.5, **SPRING),
    )
    assert (found.added, found.changed, found.empty) == (3, 0, 0)


def test_the_columns_may_stand_in_any_order_and_some_be_missing():
    found = read("33,2027-03-31,2027-01-01,found", headings="Count,Ends on,Starts on,Indicator")
    assert found.evaluation.observations == (Observation(indicator="found", count=33, **SPRING),)


def test_empty_cells_keep_what_is_known_and_filled_ones_take_its_place():
    known = Observation(
        indicator="found", count=40, note="Kept", parts=(Part(group="Girls", count=11),), **SPRING
    )
    before = EVALUATION.with_observation(known)
    found = read("found,2027-01-01,2027-03-31,19,,,Boys,", evaluation=before)
    (after,) = found.evaluation.observations
    assert (after.count, after.note) == (40, "Kept")
    assert after.parts == (Part(group="Boys", count=19), Part(group="Girls", count=11))
    assert (found.added, found.changed) == (0, 1)


def test_reading_the_same_again_changes_nothing():
    row = "found,2027-01-01,2027-03-31,40,,,,"
    once = read(row).evaluation
    again = read(row, evaluation=once)
    assert again.evaluation == once
    assert (again.added, again.changed) == (0, 0)


def test_rows_without_a_number_are_passed_over_and_counted():
    found = read("found,,,,,,Boys,", "found,2027-01-01,2027-03-31,40,,,,")
    assert found.empty == 1
    assert found.sentence == ("Periods read: 1 new, 0 changed. 1 row without a number passed over.")


def test_not_known_is_not_zero():
    (kept,) = read("linked,2027-01-01,2027-03-31,unknown,32,,,").evaluation.observations
    assert (kept.count, kept.of) == (None, 32)


@pytest.mark.parametrize(
    ("row", "place", "right"),
    [
        ("Linkd,2027-01-01,2027-03-31,4,9,,,", "row 2, column A", "“Linked to an advocate”"),
        (",2027-01-01,2027-03-31,4,9,,,", "row 2, column A", "No indicator is named."),
        ("found,1/1/2027,2027-03-31,40,,,,", "column B", "such as 2027-03-31"),
        ("found,2027-01-01,,40,,,,", "column C", "The day is missing."),
        ("found,2027-03-31,2027-01-01,40,,,,", "column C", "The last day comes before the first."),
        ("found,2027-01-01,2027-03-31,4.5,,,,", "column D", "Write a whole number of 0 or more."),
        ("found,2027-01-01,2027-03-31,-4,,,,", "column D", "Write a whole number of 0 or more."),
        ("found,2027-01-01,2027-03-31,many,,,,", "column D", "“many” is not one number."),
        ("found,2027-01-01,2027-03-31,10..20,,,,", "column D", "is not one number."),
        ("found,2027-01-01,2027-03-31,40,50,,,", "column E", "Leave this cell empty."),
        ("found,2027-01-01,2027-03-31,,,40,,", "column F", "Write the number in column count."),
        ("days,2027-01-01,2027-03-31,40,,,,", "column D", "Write it in column value."),
        ("found,2027-01-01,2027-03-31,4,,,Women,", "column G", "Its groups are “Boys” and “Girls”"),
        ("linked,2027-01-01,2027-03-31,4,9,,Boys,", "column G", "It has no groups"),
        ("linked,2027-01-01,2027-03-31,12,9,,,", "row 2 (Linked", "cannot be larger than"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_with_what_would_be_right(row, place, right):
    said = refused("days,2026-01-01,2026-03-31,,,7,,", row).replace("row 3", "row 2")
    assert place in said
    assert right in said


def test_every_bad_row_is_named_at_once():
    said = refused("a,2027-01-01,2027-03-31,1,,,,", "b,2027-01-01,2027-03-31,1,,,,")
    assert "“a”" in said
    assert "“b”" in said


def test_the_same_period_twice_is_refused():
    row = "found,2027-01-01,2027-03-31,40,,,,"
    assert "This period is there twice." in refused(row, row)
    part = "found,2027-01-01,2027-03-31,20,,,Boys,"
    assert "The group “Boys” is there twice." in refused(part, part)


def test_groups_that_are_more_than_the_total_are_refused_without_a_number():
    rows = ("found,2027-01-01,2027-03-31,13,,,,", "found,2027-01-01,2027-03-31,14,,,Boys,")
    said = refused(*rows)
    assert "The groups together are more than the total" in said
    assert "13" not in said.replace("row", "")


@pytest.mark.parametrize("heading", ["Child's name", "DOB", "Case number", "Initials"])
def test_a_column_about_a_person_is_refused(heading):
    said = refused("x", headings=f"{','.join(HEADINGS)},{heading}")
    assert "looks like data about a person" in said
    assert "Take the column out of the file." in said


def test_a_column_that_is_not_known_missing_or_twice_is_refused():
    assert "“Colour” is not known" in refused("x", headings=f"{','.join(HEADINGS)},Colour")
    assert "There is no column “starts_on”" in refused("x", headings="indicator,ends_on,count")
    assert "is there twice" in refused("x", headings=f"{','.join(HEADINGS)},count")


def test_a_column_without_a_heading_is_refused_where_it_holds_something():
    assert "has no heading" in refused("found,2027-01-01,2027-03-31,40,,,,,stray")


def test_two_indicators_of_one_name_are_told_apart_by_their_codes():
    twins = Evaluation(indicators=(FOUND, FOUND.model_copy(update={"id": "found-2"})))
    said = refused("Concerns found,2027-01-01,2027-03-31,40,,,,", evaluation=twins)
    assert "“found” and “found-2”" in said
    kept = read("found-2,2027-01-01,2027-03-31,40,,,,", evaluation=twins).evaluation
    assert kept.observations[0].indicator == "found-2"


def test_decimal_commas_are_read_where_the_column_shows_them():
    rows = ("days;2027-01-01;2027-03-31;;;6,5;;", "days;2027-04-01;2027-06-30;;;1.250,5;;")
    found = read(*rows, headings=";".join(HEADINGS)).evaluation
    assert [o.value for o in found.observations] == [6.5, 1250.5]


def test_points_and_commas_in_one_column_are_refused():
    rows = ('days,2027-01-01,2027-03-31,,,"6,5",,', "days,2027-04-01,2027-06-30,,,6.5,,")
    assert "mixes points and commas" in refused(*rows)


def test_an_empty_file_is_refused():
    with pytest.raises(TableError, match="empty"):
        read_observations(EVALUATION, ("spring.csv", b""))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_read_back_and_holds_nothing_yet(kind):
    data = observations_template(EVALUATION, kind)
    found = read_observations(EVALUATION, (f"empty.{kind}", data))
    assert found.evaluation == EVALUATION
    assert found.empty == 5


def test_a_filled_workbook_with_real_days_is_read():
    book = load_workbook(io.BytesIO(observations_template(EVALUATION, "xlsx")))
    sheet = book.active
    sheet["B2"], sheet["C2"], sheet["D2"], sheet["E2"] = *SPRING.values(), 24, 32
    out = io.BytesIO()
    book.save(out)
    found = read_observations(EVALUATION, ("filled.xlsx", out.getvalue())).evaluation
    assert found.observations == (Observation(indicator="linked", count=24, of=32, **SPRING),)


def test_a_name_that_looks_like_a_formula_makes_the_round():
    odd = Evaluation(indicators=(Indicator(id="a", name='=HYPERLINK("x")'),))
    data = observations_template(odd, "csv")
    assert b"'=HYPERLINK" in data
    row = ['=HYPERLINK("x")', date(2027, 1, 1), date(2027, 3, 31), 12, None, None, "", ""]
    found = read_observations(odd, ("a.csv", csv_bytes([HEADINGS, row]))).evaluation
    assert found.observations[0].count == 12


@pytest.mark.parametrize("written", ["1,500", "1.500", "1.000"])
@pytest.mark.parametrize("at", [3, 5])
def test_a_number_with_two_readings_is_refused_by_its_row_and_column(written, at):
    name = {3: "found", 5: "days"}[at]
    cells = [name, "2027-01-01", "2027-03-31", "", "", "", "", ""]
    cells[at] = written
    said = refused(";".join(cells), headings=";".join(HEADINGS))
    assert f"row 2, column {'ABCDEF'[at]}" in said
    assert f"“{written}” could be read in two ways: 1" in said
    assert "Write it without a separator for thousands." in said


def test_thousands_are_read_where_nothing_else_fits():
    row = 'found,2027-01-01,2027-03-31,"1,500",,,,'
    assert read(row).evaluation.observations[0].count == 1500
    rows = ("found;2027-01-01;2027-03-31;1.500;;;;", "days;2027-01-01;2027-03-31;;;6,5;;")
    found = read(*rows, headings=";".join(HEADINGS)).evaluation.observations
    assert (found[0].count, found[1].value) == (1500, 6.5)
    for written, count in (("1.500,0", 1500), ("12.345.678", 12_345_678)):
        row = f"found;2027-01-01;2027-03-31;{written};;;;"
        kept = read(row, headings=";".join(HEADINGS)).evaluation
        assert kept.observations[0].count == count


def test_a_point_for_thousands_beside_a_decimal_point_is_no_count():
    rows = ("found;2027-01-01;2027-03-31;1.500;;;;", "days;2027-01-01;2027-03-31;;;6.5;;")
    assert "“1.500” is not a count." in refused(*rows, headings=";".join(HEADINGS))
