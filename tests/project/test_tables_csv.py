"""Text tables: how cells are read, what columns become, and what is refused."""

import os
import random
import time
from pathlib import Path

import pytest

from mcda.project.document import Project
from mcda.project.errors import TableError
from mcda.project.evidence import Exact, Range, Score, Unknown
from mcda.project.file import MAX_BYTES, to_json
from mcda.project.tables import OptionsError, building, import_table
from mcda.project.tables.building import MAX_SCORES


def read(text, name="programs.csv", **options):
    data = text if isinstance(text, bytes) else text.encode()
    return import_table((name, data), **options)


def amounts(imported):
    """Every recorded amount by program and criterion name."""
    run = imported.project.run()
    return {
        (run.program(s.program).name, run.criterion(s.criterion).name): s.amount
        for s in run.evidence.scores
    }


def cost_of(cell, name="programs.csv", **options):
    """The amount read from one cell, beside a plain number."""
    imported = read(f'Name,Cost\nA,"{cell}"\nB,7\n', name, **options)
    return amounts(imported).get(("A", "Cost"))


def refused(text, name="programs.csv", **options):
    with pytest.raises(TableError) as caught:
        read(text, name, **options)
    return caught.value


def codes(findings):
    return [finding.code for finding in findings]


# --- numbers


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("-12.5", -12.5),
        ("+3", 3),
        ("\u22123", -3),
        (".5", 0.5),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567),
        ("1 234", 1234),
        ("1\u00a0234\u202f567", 1234567),
        ("1e3", 1000),
        ("(1,200)", -1200),
        ("( 5 )", -5),
        ("$1,200", 1200),
        ("-$5", -5),
        ("$-5", -5),
        ("($5)", -5),
        ("$(5)", -5),
        ("US$ 5", 5),
        ("5 usd", 5),
        ("$5 USD", 5),
        ("007", 7),
        ("5..5", 5),
    ],
)
def test_numbers_are_read_with_their_trimmings(cell, value):
    assert cost_of(cell) == Exact(value=value)


@pytest.mark.parametrize(
    ("cell", "low", "high", "likely"),
    [
        ("10..20", 10, 20, None),
        ("10..15..20", 10, 20, 15),
        ("-5..10", -5, 10, None),
        ("1,000 to 2,000", 1000, 2000, None),
        ("10–20", 10, 20, None),
        ("$10 – $20", 10, 20, None),
        (".5 .. 1.5", 0.5, 1.5, None),
    ],
)
def test_ranges_are_read(cell, low, high, likely):
    assert cost_of(cell) == Range(low=low, high=high, likely=likely)


@pytest.mark.parametrize("cell", ["unknown", "UNKNOWN", "?", "n/a", "NA", "-", "–", "—"])
def test_words_for_unknown_are_recorded_as_unknown(cell):
    assert cost_of(cell) == Unknown()


def test_an_empty_cell_records_nothing():
    assert cost_of("  ") is None


@pytest.mark.parametrize(
    "cell",
    [
        "high",
        "12-15",
        "1.2.3",
        "1,5",
        "1,23",
        "5–",
        "–5",
        "5)",
        "(5",
        "((5))",
        "-(5)",
        "0...5",
        "1..2..3..4",
        "1 to 2 to 3",
        "~5",
        "<5",
        "5k",
        "٣",
        "2026-03-04",
        "1" * 90,
        "20..10",
        "10..30..20",
        "$5%",
        "$5..€9",
        "inf",
        "-Infinity",
        "nan",
        "∞",
        "#REF!",
        "#DIV/0!",
        "#N/A",
        "=1+1",
        "1e16",
        "1e999",
    ],
)
def test_anything_else_among_numbers_is_an_error_at_its_cell(cell):
    error = refused(f'Name,Cost\nB,7\nA,"{cell}"\n')
    assert codes(error.findings) == ["not-a-number"]
    assert error.findings[0].place == "programs.csv, row 3 (A), column B (Cost)"
    assert cell[:30] in error.findings[0].message
    assert error.findings[0].mend


def test_every_wrong_cell_is_named_and_a_long_list_is_cut():
    rows = "".join(f"P{i},5,word\n" for i in range(35))
    error = refused(f"Name,Cost,Reach\n{rows}Z,x,5\n")
    assert len(error.findings) == 21
    assert str(error.findings[0]).startswith("programs.csv, row 37 (Z), column B (Cost): “x”")
    assert error.findings[20].message == "And 16 more like these."


def test_ranges_with_a_hyphen_are_told_how_to_write_them():
    assert "10..20" in refused("Name,Cost\nA,12-15\nB,7\n").findings[0].mend


# --- decimal commas


def test_a_semicolon_file_with_decimal_commas():
    imported = read("Name;Cost, each;Rate\nA;1.234,5;10 %\nB;1.234;2,5..7,5%\n")
    assert amounts(imported) == {
        ("A", "Cost, each"): Exact(value=1234.5),
        ("B", "Cost, each"): Exact(value=1234),
        ("A", "Rate"): Exact(value=10),
        ("B", "Rate"): Range(low=2.5, high=7.5),
    }
    assert "decimal-comma" in codes(imported.notes)


def test_a_semicolon_file_with_decimal_points():
    imported = read("Name;Cost\nA;1,234\nB;0.5\n")
    assert amounts(imported)["A", "Cost"] == Exact(value=1234)


def test_a_semicolon_file_that_could_be_either_is_refused():
    error = refused("Name;Cost;Reach\nA;1.234;5\nB;7;1,500\n")
    assert codes(error.findings) == ["unclear-number", "unclear-number"]
    assert "“1.234” could be read in two ways" in str(error)


def test_a_semicolon_file_with_both_is_refused():
    error = refused("Name;Cost\nA;1,5\nB;2.5\n")
    assert "mixed-decimals" in codes(error.findings)
    assert "row 3 (B)" in str(error)


# --- units


def test_percentages_give_the_unit():
    imported = read("Name,Rate\nA,25%\nB,30 %\n")
    assert imported.project.run().criterion("rate").unit == "%"
    assert amounts(imported)["A", "Rate"] == Exact(value=25)


def test_some_percent_and_some_not_is_an_error_that_names_cells():
    error = refused("Name,Rate\nA,25%\nB,unknown\nC,30\n")
    assert codes(error.findings) == ["mixed-units"]
    assert "“25%” in row 2 and “30” in row 4" in str(error)


def test_bare_numbers_are_percentages_where_the_unit_says_so():
    imported = read("Name,Rate\nA,25%\nB,30\n", units={"rate": "% of families"})
    assert imported.project.run().criterion("rate").unit == "% of families"
    assert "bare-numbers" not in codes(imported.notes)


def test_two_currencies_are_an_error():
    assert codes(refused("Name,Cost\nA,$5\nB,€5\n").findings) == ["mixed-units"]


def test_bare_numbers_beside_money_count_as_money_with_a_warning():
    imported = read("Name,Cost\nA,$5\nB,7\n")
    assert imported.project.run().criterion("cost").unit == "$"
    assert "bare-numbers" in codes(imported.notes)


# --- columns


def test_ranges_come_from_the_data_to_be_confirmed():
    imported = read("Name,Cost,Reach\nA,5,10..30\nB,9,20\n", cost=["COST"])
    cost, reach = imported.project.run().evidence.criteria
    assert (cost.scale.worst, cost.scale.best, cost.scale.confirmed) == (9, 5, False)
    assert (reach.scale.worst, reach.scale.best) == (10, 30)
    notes = [n for n in imported.notes if n.code == "range-from-data"]
    assert [str(n) for n in notes] == [
        "programs.csv: These ranges were taken from the table: Cost, 5 to 9 (less is better); "
        "Reach, 10 to 30 (more is better). Confirm or change each range and its direction."
    ]
    assert notes[0].severity == "warning"


def test_many_ranges_from_the_data_are_one_warning():
    header = ",".join(f"C{i}" for i in range(12))
    imported = read(f"Name,{header}\nA{',1' * 12}\nB{',2' * 12}\n")
    (note,) = [n for n in imported.notes if n.code == "range-from-data"]
    assert note.message.endswith("C7, 1 to 2 (more is better); and 4 more.")


@pytest.mark.parametrize(
    "heading",
    ["Cost", "Unit price", "Expenses", "Time_to_start", "Months", "Wait", "Waiting list", "Delay",
     "Risk of harm", "COSTS PER CHILD"],
)  # fmt: skip
def test_a_column_that_looks_like_a_cost_is_named_first(heading):
    table = f"Name,Reach,{heading}\nA,5,6\nB,6,7\n"
    assert str(read(table).notes[0]) == (
        f"{heading}: More counts as better. If less is better, import again with "
        f'--cost "{heading}", or swap its worst and best end.'
    )
    assert "perhaps-cost" not in codes(read(table, cost=[heading]).notes)
    assert "perhaps-cost" not in codes(read(table, ranges={heading: (0, 9)}).notes)


@pytest.mark.parametrize(
    "heading",
    ["Reach", "Cost savings", "Full-time staff", "Sometimes", "Risk reduction", "Time saved",
     "Costume", "High-risk youth served", "Cost-effectiveness"],
)  # fmt: skip
def test_other_columns_are_not_taken_for_costs(heading):
    notes = read(f"Name,{heading}\nA,5\nB,6\n").notes
    assert "perhaps-cost" not in codes(notes)


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("50", (45, 55)),
        ("-50", (-55, -45)),
        ("0", (0, 1)),
        ("50%", (0, 100)),
        ("150%", (135, 165)),
        ("1e15", (9e14, 1e15)),
    ],
)
def test_a_constant_column_gets_a_wider_range_and_says_so(cell, ends):
    imported = read(f"Name,Rate\nA,{cell}\nB,{cell}\n")
    scale = imported.project.run().criterion("rate").scale
    assert (scale.worst, scale.best) == pytest.approx(ends)
    assert "widened" in imported.notes[0].message


def test_a_given_range_counts_as_confirmed():
    imported = read("Name,Cost\nA,5\nB,9\n", ranges={"Cost": (10, 0)}, units={"Cost": "$"})
    scale = imported.project.run().criterion("cost").scale
    assert (scale.worst, scale.best, scale.confirmed, scale.unit) == (10, 0, True, "$")
    assert "range-from-data" not in codes(imported.notes)


def test_a_score_outside_a_given_range_is_an_error_that_offers_to_widen():
    error = refused("Name,Cost\nA,5\nB,2..12\n", ranges={"Cost": (3, 9)})
    assert codes(error.findings) == ["out-of-range", "out-of-range"]
    assert "12 is outside the range 3 to 9. Widen the range to 3 to 12" in str(error)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"cost": ["Cost"], "ranges": {"Cost": (0, 9)}}, "direction-conflict"),
        ({"ranges": {"Cost": (5, 5)}}, "bad-range"),
        ({"ranges": {"Cost": (0, float("inf"))}}, "bad-range"),
        ({"ranges": {"Cost": (0, float("nan"))}}, "bad-range"),
        ({"units": {"Cost": "x" * 501}}, "long-unit"),
        ({"cost": ["Cots"]}, "unknown-column"),
        ({"units": {"Price": "$"}}, "unknown-column"),
        ({"ranges": {"Name": (0, 1)}}, "unknown-column"),
        ({"skip": ["Coast"]}, "unknown-column"),
        ({"name_column": "Naem"}, "unknown-column"),
    ],
)
def test_options_that_cannot_be(options, code):
    error = refused("Name,Cost\nA,5\nB,9\n", **options)
    assert codes(error.findings) == [code]
    assert isinstance(error, OptionsError)
    assert "option --" in error.findings[0].place


def test_a_wrong_option_beside_a_faulty_file_is_first_of_all_a_faulty_file():
    error = refused("Name,Cost,Cost\nA,5,6\n", skip=["Coast"])
    assert sorted(codes(error.findings)) == ["duplicate-heading", "unknown-column"]
    assert not isinstance(error, OptionsError)


def test_a_close_heading_is_offered_or_all_are_listed():
    assert "Did you mean “Cost”?" in str(refused("Name,Cost\nA,5\n", cost=["Cots"]))
    assert "There is: “Name” and “Cost”." in str(refused("Name,Cost\nA,5\n", cost=["zzz"]))


def test_a_cost_may_have_its_range_from_worst_to_best():
    imported = read("Name,Cost\nA,5\n", cost=["Cost"], ranges={"Cost": (9, 0)})
    assert imported.project.run().criterion("cost").scale.direction == -1


def test_the_name_column_is_found_by_its_heading_or_given_or_the_first():
    table = "No,Alternative,Who\n1,A,X\n2,B,Y\n"
    assert {name for name, _ in amounts(read(table))} == {"A", "B"}
    assert {name for name, _ in amounts(read(table, name_column="who"))} == {"X", "Y"}
    assert {name for name, _ in amounts(read(",Cost\nA,5\nB,6\n"))} == {"A", "B"}


def test_a_skipped_column_holds_no_names():
    table = "ID,Initiative,Cost\n1,Mentors,5\n2,Hotline,6\n"
    assert amounts(read(table, skip=["ID"])).keys() == {("Mentors", "Cost"), ("Hotline", "Cost")}
    named = read(table, skip=["id"], name_column="Initiative")
    assert amounts(named).keys() == {("Mentors", "Cost"), ("Hotline", "Cost")}
    headed = read("Name,Who,Cost\nA,X,5\nB,Y,6\n", skip=["Name"])
    assert amounts(headed).keys() == {("X", "Cost"), ("Y", "Cost")}


def test_skipping_the_names_or_everything_is_refused():
    table = "Name,Cost\nA,5\nB,6\n"
    error = refused(table, skip=["Name"], name_column="Name")
    assert codes(error.findings) == ["skipped-names"]
    assert codes(refused(table, skip=["Name", "Cost"]).findings) == ["nothing-left"]


def test_names_that_are_bare_numbers_are_a_warning_where_there_is_text():
    found = read("ID,Initiative,Cost\n1,Mentors,5\n2,Hotline,6\nContinue as now,,4\n").notes
    (note,) = [n for n in found if n.code == "names-are-numbers"]
    assert str(note) == (
        "programs.csv, column A (ID): The programs are named by numbers, but column B (Initiative) "
        'holds text. If these are the names, import again with --name "Initiative" --skip "ID".'
    )
    described = read("No,Description,Cost\n1,Mentors,5\n2,Hotline,6\n").notes
    assert "names-are-numbers" in codes(described)


@pytest.mark.parametrize(
    "table",
    [
        "ID,Cost,Reach\n1,5,6\n2,6,7\n",
        "ID,Initiative,Cost\n1,Mentors,5\nB,Hotline,6\n",
        "ID,Later,Cost\n1,?,5\n2,,6\n",
    ],
)
def test_names_that_are_numbers_are_fine_without_text_or_beside_other_names(table):
    assert "names-are-numbers" not in codes(read(table).notes)


def test_text_columns_go_into_the_program():
    imported = read(
        "Program,Kind,Unit_reached,Description,Role,Cost\n"
        "A,Training,5 families,Helps,support,5\n"
        f"{'Continue as now'},other,,,none,4\n"
        "B,school-based,,,lead,6\n"
    )
    a, baseline, b = imported.project.run().evidence.programs
    assert (a.kind, a.unit_reached, a.description) == ("training", "5 families", "Helps")
    assert a.role == "support"
    assert (b.kind, b.role) == ("program", "candidate")
    assert baseline.role == "baseline"
    warned = [n for n in imported.notes if n.code in {"unknown-kind", "unknown-role"}]
    assert "“school-based”" in warned[0].message
    assert "“lead”" in warned[1].message


def test_a_text_that_is_too_long_is_named():
    error = refused(f"Program,Unit reached,Cost\nA,{'x' * 501},5\n")
    assert "row 2 (A), column B (Unit reached)" in str(error)


def test_columns_without_numbers_are_left_out_with_a_warning():
    imported = read("Name,Cost,Notes,Later\nA,5,good,\nB,6,bad,n/a\n")
    left = [n for n in imported.notes if n.code == "column-left-out"]
    assert [n.place for n in left] == [
        "programs.csv, column C (Notes)",
        "programs.csv, column D (Later)",
    ]
    assert [c.id for c in imported.project.run().evidence.criteria] == ["cost"]


def test_a_column_without_numbers_stays_where_its_range_is_given():
    imported = read("Name,Cost,Later\nA,5,\nB,6,?\n", ranges={"Later": (0, 9)})
    assert amounts(imported)["B", "Later"] == Unknown()
    assert "not-a-number" in codes(
        refused("Name,Later\nA,good\n", ranges={"Later": (0, 9)}).findings
    )


def test_a_column_of_formulas_alone_is_an_error():
    assert codes(refused("Name,Cost,Sum\nA,5,=B2\nB,6,=B3\n").findings) == ["not-a-number"] * 2


def test_a_formula_in_a_column_of_text_is_no_matter():
    imported = read("Name,Cost,Notes\nA,5,=B2\nB,6,fine\n")
    assert "column-left-out" in codes(imported.notes)


def test_skipped_columns_are_not_read():
    imported = read("Name,Cost,Notes\nA,5,bad\nB,6,7\n", skip=["notes"])
    assert [c.name for c in imported.project.run().evidence.criteria] == ["Cost"]


# --- rows and headings


def test_duplicate_headings_name_both_columns():
    error = refused("Name,Cost,cost \nA,5,6\n")
    assert "row 1, column C (cost): Column B has the same heading" in str(error)


def test_duplicate_names_name_both_rows():
    error = refused("Name,Cost\nA,5\nB,6\n a,7\n")
    assert "row 4 (a), column A (Name): Row 2 has the same name" in str(error)


def test_a_row_without_a_name_and_numbers_without_a_heading_are_errors():
    assert codes(refused("Name,Cost\n,5\nB,6\n").findings) == ["no-name"]
    error = refused("Name,Cost\nA,1,234\nB,6\n")
    assert codes(error.findings) == ["no-heading"]
    assert "row 2, column C" in str(error)


def test_a_name_with_nothing_to_see_is_none():
    assert codes(refused("Name,Cost\n\u200f,5\nB,6\n").findings) == ["no-name"]
    assert codes(refused("Name,\u200f\nA,5\n").findings) == ["no-heading"]
    assert read("Name,Cost\nA,5\n", "\u200f.csv").project.info.title == "Imported table"


def test_long_names_are_cut_where_a_place_is_named():
    error = refused(f"Name,Cost\n{'n' * 300},x\nB,5\n")
    assert error.findings[0].place == f"programs.csv, row 2 ({'n' * 59}…), column B (Cost)"


def test_names_and_headings_over_the_limit_are_errors():
    assert codes(refused(f"Name,Cost\n{'x' * 501},5\n").findings) == ["long-name"]
    assert codes(refused(f"Name,{'x' * 501}\nA,5\n").findings) == ["long-heading"]


def test_empty_rows_and_columns_are_skipped_with_a_hint():
    imported = read("Name,,Cost,,,Reach\nA,,5,,,1\n,,,,,\n\nB,,6,,,2\n,,,,,\nC,,7,,,3\n,,\n")
    hints = {n.code: n.message for n in imported.notes if n.severity == "hint"}
    assert hints["empty-rows"] == "Empty rows were skipped: “3 to 4” and “6”."
    assert hints["empty-columns"] == "Empty columns were skipped: “B”, “D” and “E”."
    assert len(amounts(imported)) == 6


def test_leading_blank_lines_do_not_hide_the_delimiter():
    assert len(amounts(read("\n\nName;Cost\nA;5\nB;6\n"))) == 2


def test_hostile_names_are_kept():
    names = [
        '"Big" Brothers',
        "<script>alert(1)</script>",
        "👩‍👧 families",
        "\u200fعربي",
        "=HYPERLINK(1)",
        "x" * 300,
        "'quoted'",
        "two\nlines",
    ]
    rows = "".join('"{}",{}\n'.format(name.replace('"', '""'), i) for i, name in enumerate(names))
    imported = read(f"Name,Cost\n{rows}")
    kept = [p.name for p in imported.project.run().candidates]
    assert kept == [*names[:-1], "two lines"]


def test_many_names_without_latin_letters_get_ids_of_their_own():
    rows = "".join(f"程序{chr(0x4E00 + i)},5\n" for i in range(3000))
    started = time.perf_counter()
    programs = read(f"Name,Cost\n{rows}").project.run().evidence.programs
    assert len({p.id for p in programs}) == 3001
    assert time.perf_counter() - started < 20


# --- the project


def test_the_project_has_equal_weights_with_the_ranges_asked():
    project = read("Name,Cost\nA,5\nB,9\n", "My table.csv").project
    assert project.info.title == "My table"
    (weighting,) = project.run().weightings
    assert (weighting.id, weighting.judgement.type) == ("equal", "equal")
    assert weighting.name == "Equal weights (nobody has said what matters yet)"
    assert [(a.criterion, a.worst, a.best) for a in weighting.asked] == [("cost", 5, 9)]


@pytest.mark.parametrize(("title", "shown"), [("Elm", "Elm"), (" ", "programs"), ("x" * 600, None)])
def test_titles(title, shown):
    assert read("Name,Cost\nA,5\n", title=title).project.info.title == shown or "x" * 500


def test_a_missing_baseline_is_set_aside():
    imported = read("Name,Cost\nA,5\nContinue,9\n")
    run = imported.project.run()
    assert [p.id for p in run.candidates] == ["a", "continue-2"]
    assert [(o.item, o.reason) for o in run.framing.programs_out] == [
        ("continue", "Nothing recorded about it yet.")
    ]
    assert "baseline-set-aside" in codes(imported.notes)


def test_a_baseline_in_the_table_is_ranked_where_something_is_recorded():
    run = read("Name,Cost\nA,5\ncontinue as NOW,9\n").project.run()
    assert [(p.id, p.role) for p in run.candidates] == [
        ("a", "candidate"),
        ("continue", "baseline"),
    ]
    silent = read("Name,Cost\nA,5\nContinue as now,?\n").project.run()
    assert [p.id for p in silent.candidates] == ["a"]


def test_programs_without_a_score_are_named():
    imported = read("Name,Cost\nSchools:,\nA,5\nB,?\n")
    (note,) = [n for n in imported.notes if n.code == "nothing-recorded"]
    assert "“Schools:” and “B”" in note.message


def test_supports_need_no_score():
    notes = read("Name,Role,Cost\nA,,5\nB,,6\nCourse,support,\n").notes
    assert "nothing-recorded" not in codes(notes)


# --- files of text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_delimiters_and_encodings(delimiter, encoding):
    text = "\r\n".join(delimiter.join(row) for row in [("Name", "Coût", "R"), ("É–1", "5", "6")])
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    imported = read((mark + text).encode(encoding))
    assert amounts(imported) == {("É–1", "Coût"): Exact(value=5), ("É–1", "R"): Exact(value=6)}
    assert ("encoding" in codes(imported.notes)) == (encoding == "cp1252")


def test_a_first_line_that_names_the_delimiter():
    imported = read("sep=;\nName;Cost\nA;5\nB;x,y\n".replace("x,y", "6"))
    assert len(amounts(imported)) == 2
    assert "row 3 (A)" in str(refused("sep=;\nName;Cost\nA;x\nB;5\n"))


def test_the_delimiter_that_fits_most_rows_wins():
    imported = read("Name;Cost, per child, a year\nA;5\nB;6\n")
    assert [c.name for c in imported.project.run().evidence.criteria] == ["Cost, per child, a year"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\xef\xbb\xbf \r\n", "empty"),
        ("a.csv", b"Name,Cost\n", "no-rows"),
        ("a.csv", b"\xef\xbb\xbfName,Cost\n", "no-rows"),
        ("a.csv", b",,\n;", "no-rows"),
        ("a.csv", b"Name,Note\nA,b\n", "no-scores"),
        ("a.csv", b"Name\nA\n", "no-scores"),
        ("a.csv", b"PK\x03\x04...", "wrong-content"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "wrong-content"),
        ("a.csv", b"%PDF-1.7", "wrong-content"),
        ("a.csv", b"\x89PNG\0\0", "wrong-content"),
        ("a.csv", b"\xff\xfeN\0\0\0", "wrong-content"),
        ("a.csv", b"Name,Cost\nA\x81,5\n", "encoding"),
        ("a.csv", b'Name,Cost\nA,5\n"B,6\n', "broken-row"),
        ("a.csv", b'Name,Cost\n"A" x,5\n', "broken-row"),
        ("a.csv", b"Name,Cost\n" + b"A" * 20_001 + b",5\n", "cell-too-long"),
        ("a.csv", b"Name,Cost\n" + b"A" * 200_000 + b",5\n", "broken-row"),
        ("a.xlsx", b"Name,Cost\nA,5\n", "wrong-content"),
        ("a.xlsx", b"\x89PNG\0\0", "wrong-content"),
        ("a.xls", b"x", "wrong-kind"),
        ("a.ods", b"x", "wrong-kind"),
        ("a.xlsm", b"x", "wrong-kind"),
        ("a.numbers", b"x", "wrong-kind"),
        ("a.pdf", b"x", "wrong-kind"),
        ("a", b"x", "wrong-kind"),
        ("", b"x", "wrong-kind"),
    ],
)
def test_files_that_are_refused(name, data, code):
    error = refused(data, name)
    assert codes(error.findings)[0] == code
    assert str(error).startswith(name or "the table")


def test_a_sheet_of_a_text_file_is_refused():
    assert codes(refused("Name,Cost\nA,5\n", sheet="Data").findings) == ["no-sheets"]


def test_limits_on_rows_columns_scores_and_size():
    rows = "".join(f"P{i},5\n" for i in range(5_002))
    assert codes(refused(f"Name,Cost\n{rows}").findings) == ["too-many-rows"]
    assert codes(refused("Name" + ",C" * 205 + "\n").findings) == ["too-many-columns"]
    wide = "".join(f"P{i}{',1' * 100}\n" for i in range(1_001))
    header = "Name," + ",".join(f"C{i}" for i in range(100))
    assert codes(refused(f"{header}\n{wide}").findings) == ["too-many-scores"]
    assert codes(refused(b"x" * 20_000_001).findings) == ["too-large"]


def test_the_most_scores_with_the_longest_ids_and_numbers_fit_a_project_file():
    low, likely, high = -9.2345678901234567e-300, -8.2345678901234567e-300, -1.2345678901234567e-300
    assert max(len(repr(n)) for n in (low, likely, high)) >= 22
    amount = Range(low=low, high=high, likely=likely)
    score = Score(program="p" * 80, criterion="c" * 80, amount=amount)
    sizes = []
    for count in (1, 101):
        project = Project.new("Elm County")
        evidence = project.run().evidence.model_copy(update={"scores": (score,) * count})
        sizes.append(len(to_json(project.with_evidence(evidence)).encode()))
    assert (sizes[1] - sizes[0]) / 100 * MAX_SCORES < 0.96 * MAX_BYTES


def test_a_table_whose_project_could_not_be_opened_again_is_refused(monkeypatch):
    table = f"Name,Description,Cost\nA,{'x' * 9_000},5\nB,,6\n"
    size = len(to_json(read(table).project).encode())
    monkeypatch.setattr(building, "MAX_BYTES", size)
    read(table)
    monkeypatch.setattr(building, "MAX_BYTES", size - 1)
    assert codes(refused(table).findings) == ["too-large"]


def test_files_on_disk(tmp_path):
    file = tmp_path / "programs.csv"
    file.write_text("Name,Cost\nA,5\nB,6\n", encoding="utf-8")
    assert import_table(file).project.info.title == "programs"
    (tmp_path / "big.csv").write_bytes(b"x" * 20_000_001)
    (tmp_path / "folder.csv").mkdir()
    for name, code in [("none.csv", "missing"), ("folder.csv", "folder"), ("big.csv", "too-large")]:
        with pytest.raises(TableError) as caught:
            import_table(tmp_path / name)
        assert codes(caught.value.findings) == [code]
        assert str(tmp_path) not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_file_that_is_no_ordinary_file_or_may_not_be_read(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(TableError, match="not an ordinary file"):
        import_table(tmp_path / "pipe.csv")

    def locked(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "locked.csv").write_text("x")
    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(TableError, match="Permission denied"):
        import_table(tmp_path / "locked.csv")


# --- a table of real size


def published_table(rows=324, seed=2018):
    """Text of a table like those agencies publish, with the numbers that stand in it."""
    rng = random.Random(seed)
    headings = [
        "Program",
        "Cost per participant",
        "Annual budget (thousands)",
        "Completion rate",
        "Effect size",
        "Months to start",
        "Youth served",
        "Net benefit",
        "Staff hours",
    ]
    lines, truth = [",".join(headings)], {}
    for i in range(rows):
        name = f"Program {i:03d}, county {i % 58}"
        cost, budget = rng.randint(120, 98_000), round(rng.uniform(10, 12_000), 1)
        rate, effect = round(rng.uniform(20, 99), 1), round(rng.uniform(-0.4, 1.2), 2)
        months, served = rng.randint(1, 18), rng.randint(10, 40_000)
        net, hours = rng.randint(-9_000, 30_000), rng.randint(1, 40)
        written = {
            "Cost per participant": (f"${cost:,}", Exact(value=cost)),
            "Annual budget (thousands)": (f"{budget:,}", Exact(value=budget)),
            "Completion rate": (f"{rate}%", Exact(value=rate)),
            "Effect size": (str(effect), Exact(value=effect)),
            "Months to start": (f"{months}..{months + 6}", Range(low=months, high=months + 6)),
            "Youth served": (f"{served:,}", Exact(value=served)),
            "Net benefit": (
                f"({-net:,})" if net < 0 else f"{net:,}",
                Exact(value=net),
            ),
            "Staff hours": (str(hours), Exact(value=hours)),
        }
        for gap in rng.sample(sorted(written), rng.choice([0, 0, 0, 1, 2])):
            written[gap] = (rng.choice(["n/a", "?", "—"]), Unknown())
        lines.append(",".join(f'"{text}"' for text in [name, *(w[0] for w in written.values())]))
        truth.update({(name, heading): w[1] for heading, w in written.items()})
    return "\n".join(lines), truth


def test_a_table_of_324_rows_and_8_columns():
    text, truth = published_table()
    started = time.perf_counter()
    imported = read(text, cost=["Cost per participant", "Months to start"])
    assert time.perf_counter() - started < 10
    assert amounts(imported) == truth
    run = imported.project.run()
    assert len(run.candidates) == 324
    assert [c.unit for c in run.evidence.criteria] == ["$", "", "%", "", "", "", "", ""]
    numbers = [a.value for (_, c), a in truth.items() if c == "Youth served" and a != Unknown()]
    assert run.criterion("youth-served").scale.ends == (min(numbers), max(numbers))


def test_ten_megabytes_of_cells_are_read_in_time():
    row = ",".join(["1234.123456789012345678901234567890123"] * 20)
    header = f"Name,Description,{','.join(f'C{i}' for i in range(20))}\n"
    table = header + "".join(f"P{i},{'words ' * 220},{row}\n" for i in range(5_000))
    assert len(table) > 10_000_000
    started = time.perf_counter()
    imported = read(table)
    assert time.perf_counter() - started < 60
    assert len(imported.project.run().evidence.scores) == 100_000
