"""Workbooks: which cells are read and how, and which files are refused before they are opened."""

import datetime
import io
import re
import time
import zipfile

import openpyxl
import pytest
import xlsxwriter

from mcda.project.criteria import LevelScale
from mcda.project.errors import TableError
from mcda.project.evidence import Exact, Range
from mcda.project.tables import archive as archive_module
from mcda.project.tables import import_table
from mcda.project.tables.criteria_sheet import HEADINGS

TABLE = [["Program", "Cost"], ["A", 5], ["B", 7]]
PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "xl/workbook.xml": b"<workbook/>",
}


def book(*sheets, names=("Data", "Criteria", "More"), formats=None):
    """Bytes of a workbook; each sheet is a list of rows."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in zip(names, sheets, strict=False):
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for cell, number_format in (formats or {}).items():
        workbook.worksheets[0][cell].number_format = number_format
    return saved(workbook)


def saved(workbook):
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def repacked(data, change):
    """The workbook with its parts changed by ``change(name, content)``."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return archive({n: change(n, packed.read(n)) for n in packed.namelist()})


def read(data, **options):
    return import_table(("programs.xlsx", data), **options)


def amounts(imported):
    run = imported.project.run()
    return {
        (run.program(s.program).name, run.criterion(s.criterion).name): s.amount
        for s in run.evidence.scores
    }


def refused(data, **options):
    with pytest.raises(TableError) as caught:
        read(data, **options)
    return caught.value


def codes(findings):
    return [finding.code for finding in findings]


# --- cells


def test_numbers_text_and_ranges():
    imported = read(book([["Program", "Cost"], ["A", 5], ["B", "1..3"], [2020, 7.5]]))
    assert amounts(imported) == {
        ("A", "Cost"): Exact(value=5),
        ("B", "Cost"): Range(low=1, high=3),
        ("2020", "Cost"): Exact(value=7.5),
    }


@pytest.mark.parametrize(
    ("number_format", "value", "unit"),
    [
        ("0%", 7, "%"),
        ("0.0%;[Red]-0.0%", 7, "%"),
        ('0.0"%"', 0.07, "%"),
        ("0.0\\%", 0.07, "%"),
        ("0_%", 0.07, ""),
        ('"$"#,##0.00', 0.07, "$"),
        ("$#,##0", 0.07, "$"),
        ("[$€-407] #,##0.00", 0.07, "€"),
        ("[$¥-411]#,##0", 0.07, "¥"),
        ('#,##0 "USD"', 0.07, "$"),
        ("[$-409]0.00", 0.07, ""),
        ("[Red]0.00", 0.07, ""),
        ("0.00", 0.07, ""),
    ],
)
def test_number_formats_give_the_unit(number_format, value, unit):
    rows = [["Program", "Rate"], ["A", 0.07], ["B", 0.5]]
    imported = read(book(rows, formats={"B2": number_format, "B3": number_format}))
    assert amounts(imported)["A", "Rate"] == Exact(value=value)
    assert imported.project.run().criterion("rate").unit == unit


def test_percent_and_plain_numbers_in_one_column_are_an_error():
    error = refused(book([["Program", "Rate"], ["A", 0.25], ["B", 25]], formats={"B2": "0%"}))
    assert codes(error.findings) == ["mixed-units"]
    assert "“25%” in row 2 and “25” in row 3" in str(error)


@pytest.mark.parametrize(
    "cell", [True, datetime.date(2026, 3, 4), datetime.datetime(2026, 3, 4, 5), "#REF!", "text"]
)
def test_other_cells_among_numbers_are_errors(cell):
    error = refused(book([["Program", "Cost"], ["A", 5], ["B", cell]]))
    assert codes(error.findings) == ["not-a-number"]
    assert error.findings[0].place == "programs.xlsx, row 3 (B), column B (Cost)"


def test_times_are_text():
    assert "05:00" in str(refused(book([["P", "C"], ["A", 5], ["B", datetime.time(5)]])))


def test_numbers_too_large_are_errors():
    for huge in ("1" * 400, "1e999"):
        data = repacked(book(TABLE), lambda _, c, v=huge: c.replace(b"<v>7<", f"<v>{v}<".encode()))
        assert "too large a number" in str(refused(data))


def test_formulas_have_their_results_read():
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out)
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["Program", "Cost", "Note"])
    sheet.write_row(1, 0, ["A"])
    sheet.write_formula(1, 1, "=2+3", None, 5)
    sheet.write_formula(1, 2, '=""', None, "none")
    sheet.write_row(2, 0, ["B", 7])
    workbook.close()
    data = repacked(out.getvalue(), lambda _, c: c.replace(b"<v>none</v>", b"<v></v>"))
    imported = read(data)
    assert amounts(imported)["A", "Cost"] == Exact(value=5)
    assert "column-left-out" in codes(imported.notes)


def test_formulas_without_a_result_are_errors():
    error = refused(book([["Program", "Cost"], ["A", "=2+3"], ["B", 7]]))
    assert error.findings[0].place == "programs.xlsx, row 2 (A), column B (Cost)"
    assert "save it again" in error.findings[0].mend


def test_names_and_headings_from_formulas_without_a_result_are_errors():
    error = refused(book([["Program", "Cost"], ['="A"', 5], ["B", 7]]))
    assert codes(error.findings) == ["no-name"]
    assert "whose result is not in the file" in str(error)
    assert codes(refused(book([["Program", '="Cost"'], ["A", 5]])).findings) == ["no-heading"]


def test_a_size_the_sheet_declares_wrongly_cuts_nothing_off():
    def lie(name, content):
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A2"', content)

    assert len(amounts(read(repacked(book(TABLE), lie)))) == 2


def test_hostile_names_are_kept():
    names = ["=1+1", "<r>x</r>", "_x0041_", "\u200fعربي", "👩‍👧", 'a"b', "x" * 300]
    imported = read(book([["Program", "Cost"], *([name, 5] for name in names[1:])]))
    kept = [p.name for p in imported.project.run().candidates]
    assert kept == names[1:]


def test_carriage_returns_are_dropped():
    imported = read(book([["Program", "Cost"], ["A_x000D_\nB", 5]]))
    assert imported.project.run().candidates[0].name == "A B"


# --- sheets


def test_the_first_visible_sheet_with_data_is_read():
    workbook = openpyxl.Workbook()
    workbook.active.sheet_state = "hidden"
    workbook.active.append(["hidden"])
    workbook.create_sheet("Empty")
    for name in ("First", "Second"):
        sheet = workbook.create_sheet(name)
        for row in TABLE:
            sheet.append(row)
    imported = read(saved(workbook))
    (hint,) = [n for n in imported.notes if n.code == "several-sheets"]
    assert hint.message == "The sheet “First” was read. Not read: “Second”."


def test_a_sheet_can_be_named():
    data = book(TABLE, [], [["Program", "Reach"], ["C", 1]])
    assert amounts(read(data, sheet="more")) == {("C", "Reach"): Exact(value=1)}
    assert "Did you mean “More”?" in str(refused(data, sheet="Mores"))
    assert "There is: “Data”, “Criteria” and “More”." in str(refused(data, sheet="zzz"))


def test_a_workbook_without_data_is_refused():
    assert codes(refused(book([])).findings) == ["empty"]


def test_a_sheet_of_criteria_that_is_not_ours_is_a_table_like_any_other():
    imported = read(book(TABLE, names=("Criteria",)))
    assert len(amounts(imported)) == 2


# --- the sheet of criteria


def described(*rows, table=TABLE, **options):
    return book(table, [list(HEADINGS), *rows]), options


def test_the_sheet_of_criteria_gives_units_directions_ranges_and_ids():
    row = ["Cost", "c_1", "$", "Less is better", 10, 0, "What it costs.", "", "5 = 80", "yes"]
    data, _ = described(row)
    imported = read(data)
    criterion = imported.project.run().criterion("c_1")
    assert (criterion.name, criterion.unit, criterion.definition) == ("Cost", "$", "What it costs.")
    assert (criterion.scale.worst, criterion.scale.best, criterion.scale.confirmed) == (10, 0, True)
    assert [(p.score, p.value) for p in criterion.scale.points] == [(5, 80)]
    assert codes(imported.notes) == ["baseline-set-aside"]


def test_options_go_before_the_sheet_of_criteria():
    data, _ = described(["Cost", "c", "$", "", 0, 10])
    given = read(data, ranges={"Cost": (20, 1)}).project.run().criterion("c")
    assert (given.scale.worst, given.scale.best, given.unit) == (20, 1, "$")
    assert read(data, units={"Cost": "€"}).project.run().criterion("c").unit == "€"
    assert codes(refused(data, cost=["Cost"]).findings) == ["direction-conflict"]


def test_levels_come_back_from_their_anchors():
    row = ["Cost", "c", "", "", 9, 5, "", "9: bad\n7: fair\n5: good", "9 = 0\n7 = 20\n5 = 100"]
    data, _ = described(row)
    scale = read(data, units={"Cost": "x"}).project.run().criterion("c").scale
    assert isinstance(scale, LevelScale)
    assert [(lv.level, lv.anchor) for lv in scale.levels] == [(9, "bad"), (7, "fair"), (5, "good")]
    assert (scale.values, scale.confirmed) == ((0, 20, 100), False)
    without = described([*row[:8]])[0]
    assert read(without).project.run().criterion("c").scale.values is None
    outside = described(row, table=[["Program", "Cost"], ["A", 6]])[0]
    assert "Give one of the levels" in str(refused(outside))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["Cost", "c", "", "", 0, 0], "must differ"),
        ([None, "c", "", "", 0, 9], "has no criterion name"),
        (["Cost", "c", "", "", "low", 9], "The worst end should be a number, but “low”"),
        (["Cost", "c", "", "", 0, None], "The best end should be a number"),
        (["Cost", "c", "", "Less is better", 0, 9], "The direction says “less is better”, but"),
        (["Cost", "c", "", "", 0, 9, "", "bad to good"], "one to a line"),
        (["Cost", "c", "", "", 0, 9, "", "0: a\n8: b"], "not the worst and the best level"),
        (["Cost", "c", "", "", 0, 9, "", "", "5"], "value points should be a number"),
        (["Cost", "c", "", "", 0, 9, "", "", "5 = 200"], "less than or equal to 100"),
        (["Cost", "c", "", "", 0, 9, "", "0: a\n9: b", "0 = 0"], "greater than or equal to 0"),
        (["Cost", "c", "x" * 501, "", 0, 9], "at most 500"),
    ],
)
def test_rows_of_the_sheet_of_criteria_that_cannot_be(cells, message):
    data, _ = described(cells)
    error = refused(data)
    assert error.findings[0].place.startswith("programs.xlsx, sheet Criteria, row 2")
    assert message in error.findings[0].message


def test_the_sheet_of_criteria_may_list_none_twice_and_some_without_a_column():
    row = ["Cost", "c", "", "", 0, 9]
    assert codes(refused(described(row, row)[0]).findings) == ["duplicate-criterion"]
    imported = read(described(row, ["Reach", "bad id", "", "", 0, 9])[0])
    assert "“Reach”" in next(n.message for n in imported.notes if n.code == "no-column")


def test_an_id_that_is_none_or_taken_gives_way():
    table = [["Program", "Cost", "Reach"], ["A", 5, 6]]
    rows = (["Cost", "Bad Id!", "", "", 0, 9], ["Reach", "cost", "", "", 0, 9])
    criteria = read(described(*rows, table=table)[0]).project.run().evidence.criteria
    assert [c.id for c in criteria] == ["cost", "reach"]


def test_bare_numbers_are_fine_where_the_sheet_says_percent():
    table = [["Program", "Rate"], ["A", 25], ["B", "30%"]]
    data, _ = described(["Rate", "r", "%", "", 0, 100], table=table)
    assert amounts(read(data))["B", "Rate"] == Exact(value=30)


# --- what is refused before it is opened


def test_a_zip_bomb_is_refused_from_its_directory():
    bomb = archive({**PARTS, "xl/worksheets/sheet1.xml": bytes(50_000_000)})
    assert len(bomb) < 100_000
    started = time.perf_counter()
    assert codes(refused(bomb).findings) == ["zip-bomb"]
    assert time.perf_counter() - started < 2


def test_many_parts_are_refused():
    assert codes(refused(archive({**PARTS, **{f"p{i}": b"" for i in range(5_000)}})).findings) == [
        "zip-bomb"
    ]


def test_a_directory_that_lies_about_sizes_is_not_believed():
    part = "xl/worksheets/sheet1.xml"
    data = archive({**PARTS, part: bytes(3_000_000)})
    entry = data.index(b"PK\x01\x02", data.rindex(part.encode()) - 60)
    lying = bytearray(data)
    lying[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    assert codes(refused(bytes(lying)).findings) == ["damaged"]


def test_what_really_comes_out_is_counted(monkeypatch):
    monkeypatch.setattr(archive_module, "_check_directory", lambda *_: None)
    monkeypatch.setattr(archive_module, "MAX_UNPACKED", 1_000)
    assert codes(refused(archive({**PARTS, "x.xml": bytes(2_000)})).findings) == ["zip-bomb"]


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><worksheet>&a;</worksheet>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE l []><worksheet/>'.encode("utf-16"),
        "<worksheet/>".encode("utf-16-le"),
        b'<?xml version="1.0" encoding="cp037"?><worksheet/>',
    ],
)
def test_xml_that_declares_or_could_hide_entities_is_refused(content):
    data = repacked(book(TABLE), lambda n, c: content if "sheet1" in n else c)
    assert codes(refused(data).findings) == ["unsafe-xml"]


def test_millions_of_empty_cells_are_refused(monkeypatch):
    monkeypatch.setattr(archive_module, "_MAX_TAGS", 10)
    assert codes(refused(book(TABLE)).findings) == ["too-many-cells"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 and then nothing", "damaged"),
        (book(TABLE)[:-200], "damaged"),
        (archive({"hello.txt": b"hello"}), "wrong-content"),
        (archive(PARTS), "damaged"),
        (archive(PARTS, zipfile.ZIP_LZMA), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "locked-or-old"),
        (repacked(book(TABLE), lambda n, c: c[:-20] if "sheet1" in n else c), "damaged"),
        (repacked(book(TABLE), lambda n, c: c.replace(b"<v>7<", b"<v>NaN<")), "damaged"),
        (repacked(book(TABLE), lambda n, c: c.replace(b'"A2"', b'"ZZZZ2"')), "damaged"),
        (repacked(book(TABLE), lambda n, c: b"" if "styles" in n else c), "damaged"),
    ],
)
def test_files_that_are_no_sound_workbook(data, code):
    assert codes(refused(data).findings) == [code]


def test_a_locked_zip_is_refused():
    data = bytearray(archive(PARTS))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert codes(refused(bytes(data)).findings) == ["locked"]


def test_rows_past_the_end_of_a_spreadsheet_are_refused():
    far = repacked(book(TABLE), lambda _, c: c.replace(b'<row r="3"', b'<row r="99999999999"'))
    started = time.perf_counter()
    assert codes(refused(far).findings) == ["too-many-rows"]
    assert time.perf_counter() - started < 60


def test_a_far_cell_is_too_many_columns():
    far = repacked(book(TABLE), lambda _, c: c.replace(b'"B3"', b'"XFD3"'))
    assert codes(refused(far).findings) == ["too-many-columns"]
