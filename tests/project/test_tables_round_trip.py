"""Export: what is written, that no cell runs, and that import gives it back."""

import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcda.project.criteria import Criterion, Level, LevelScale, NumberScale, ValuePoint
from mcda.project.document import Project
from mcda.project.errors import UnknownItemError
from mcda.project.evidence import Evidence, Exact, Program, Range, Score, Unknown
from mcda.project.tables import export_table, import_table
from mcda.project.templates import example

LEVELS = LevelScale(
    levels=(Level(level=1, anchor="none: nothing found"), Level(level=3, anchor="")),
    values=(0, 100),
    confirmed=True,
)
NUMBERS = NumberScale(
    unit="$", worst=900, best=-5.5, points=(ValuePoint(score=3, value=40),), confirmed=True
)


def project_with(programs=(), criteria=(), scores=(), title="Elm County"):
    project = Project.new(title)
    baseline = project.run().evidence.programs
    evidence = Evidence(
        programs=(*programs, *baseline), criteria=tuple(criteria), scores=tuple(scores)
    )
    return project.with_evidence(evidence)


def named(*names, **details):
    return [Program(id=f"p{i}", name=name, **details) for i, name in enumerate(names)]


def score(program, criterion, amount):
    return Score(program=program, criterion=criterion, amount=amount)


def scores_of(project):
    """Every recorded amount by program and criterion name."""
    run = project.run()
    return {
        (run.program(s.program).name, run.criterion(s.criterion).name): s.amount
        for s in run.evidence.scores
    }


def back(project, kind):
    data = export_table(project, kind=kind)
    return import_table((f"table.{kind}", data)).project


def csv_rows(project):
    text = export_table(project, kind="csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


EXAMPLE = project_with(
    named("Mentors", "Hotline", "Shelter"),
    [
        Criterion(id="cost", name="Cost", scale=NUMBERS, definition="What\nit costs."),
        Criterion(id="proof", name="Evidence", scale=LEVELS),
    ],
    [
        score("p0", "cost", Exact(value=-5)),
        score("p0", "proof", Exact(value=3)),
        score("p1", "cost", Range(low=-2.5, high=10)),
        score("p2", "cost", Range(low=1, high=10, likely=4)),
        score("p1", "proof", Unknown()),
    ],
)


def test_csv_cells():
    assert csv_rows(EXAMPLE) == [
        ["Program", "Cost", "Evidence"],
        ["Mentors", "-5", "3"],
        ["Hotline", "'-2.5..10", "unknown"],
        ["Shelter", "1..4..10", ""],
        ["Continue as now", "", ""],
    ]


def test_xlsx_sheets():
    book = openpyxl.load_workbook(io.BytesIO(export_table(EXAMPLE, kind="xlsx")))
    assert book.sheetnames == ["Programs", "Criteria"]
    programs, criteria = book.worksheets
    assert [cell.value for cell in programs[2]] == ["Mentors", -5, 3]
    assert programs["B3"].value == "-2.5..10"
    assert [cell.value for cell in criteria[2]] == [
        "Cost",
        "cost",
        "$",
        "Less is better",
        900,
        -5.5,
        "What\nit costs.",
        None,
        "3 = 40",
        "yes",
    ]
    assert criteria["H3"].value == "1: none: nothing found\n3: "
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes == "B2"
    assert book.properties.title == "Elm County"


def test_an_illustrative_project_says_so():
    info = EXAMPLE.info.model_copy(update={"illustrative": True})
    data = export_table(EXAMPLE.with_info(info), kind="xlsx")
    title = openpyxl.load_workbook(io.BytesIO(data)).properties.title
    assert title == "Elm County (illustrative)"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_scores_come_back(kind):
    again = back(EXAMPLE, kind)
    assert scores_of(again) == scores_of(EXAMPLE)
    assert scores_of(back(again, kind)) == scores_of(EXAMPLE)


def test_criteria_come_back_from_a_workbook():
    assert back(EXAMPLE, "xlsx").run().evidence.criteria == EXAMPLE.run().evidence.criteria


def test_a_project_without_scores_gives_a_template():
    criteria = EXAMPLE.run().evidence.criteria
    template = project_with(named("A", "B"), criteria)
    again = back(template, "xlsx").run()
    assert again.evidence.criteria == criteria
    assert again.evidence.scores == ()
    assert [p.name for p in again.candidates] == ["A", "B"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_texts_about_programs_come_back(kind):
    programs = [
        Program(id="a", name="A", kind="training", role="support", description="@home"),
        Program(id="b", name="B", unit_reached="families"),
    ]
    source = project_with(
        programs, [Criterion(id="c", name="C", scale=NUMBERS)], [score("b", "c", Exact(value=1))]
    )
    assert back(source, kind).run().evidence.programs[:2] == tuple(programs)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_names_that_import_would_take_for_the_same_are_told_apart(kind):
    names = ["A", "a", "A (p3)", "A"]
    criteria = [
        Criterion(id=f"c{i}", name=name, scale=NUMBERS)
        for i, name in enumerate(["Cost", "cost", "Program", "Kind"])
    ]
    scores = [score(f"p{i}", "c0", Exact(value=i)) for i in range(4)]
    scores += [score("p0", f"c{i}", Exact(value=i)) for i in range(1, 4)]
    run = back(project_with(named(*names), criteria, scores), kind).run()
    assert [p.name for p in run.candidates] == ["A", "a (p1)", "A (p3)", "A (p3) (p3)"]
    assert [c.name for c in run.evidence.criteria] == [
        "Cost",
        "cost (c1)",
        "Program (c2)",
        "Kind (c3)",
    ]


def test_unknown_runs_and_kinds_are_refused():
    with pytest.raises(UnknownItemError):
        export_table(EXAMPLE, "run-9", kind="csv")
    with pytest.raises(ValueError, match="csv"):
        export_table(EXAMPLE, kind="ods")  # type: ignore[arg-type]


HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "''-1",
    "＝1",
    "<r><t>x</t></r>",
    "_x0041_",
    '"a";b|c,d\te',
    "a\ufffe\uffff",
    "\u200fعربي",
    "nan",
    "=" * 300,
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_hostile_names_come_back(kind):
    names = [p.name for p in named(*HOSTILE)]
    scores = [score(f"p{i}", "c", Exact(value=i)) for i in range(len(names))]
    criterion = Criterion(id="c", name="=cmd|x", scale=NUMBERS, definition="=1+1")
    again = back(project_with(named(*HOSTILE), [criterion], scores), kind)
    assert [p.name for p in again.run().candidates] == names
    assert again.run().evidence.criteria[0].name == "=cmd|x"


def test_no_exported_cell_runs_as_a_formula():
    criterion = Criterion(id="c", name="=cmd|x", scale=NUMBERS, definition="=1+1")
    project = project_with(named(*HOSTILE, description="@x"), [criterion])
    for row in csv_rows(project):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)
    with zipfile.ZipFile(io.BytesIO(export_table(project, kind="xlsx"))) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "sheets/" in name]
    assert len(sheets) == 2
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


# --- any scores, any names

texts = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=30))


def valid(name):
    """Return a name as the model keeps it, or None where it would be blank."""
    try:
        return Program(id="x", name=name).name
    except ValueError:
        return None


def apart(items):
    """Names no two of which read the same."""
    kept = {}
    for name in items:
        clean = valid(name)
        if clean is not None:
            kept.setdefault(" ".join(clean.replace("_", " ").split()).casefold(), clean)
    reserved = {"name", "program", "programme", "alternative", "option", "continue as now"}
    texts_about = {"kind", "role", "description", "unit reached"}
    return [name for key, name in kept.items() if key not in reserved | texts_about]


# As many digits as a spreadsheet keeps.
numbers = st.floats(-1e14, 1e14, allow_nan=False).map(lambda x: float(f"{x:.15g}") + 0.0)
names = st.lists(texts, max_size=6).map(apart).filter(bool)


@st.composite
def amount(draw):
    kind = draw(st.sampled_from(["none", "unknown", "exact", "range", "likely"]))
    if kind == "none":
        return None
    if kind == "unknown":
        return Unknown()
    low, likely, high = sorted(draw(st.lists(numbers, min_size=3, max_size=3)))
    if kind == "exact" or low == high:
        return Exact(value=low)
    return Range(low=low, high=high, likely=likely if kind == "likely" else None)


@st.composite
def projects(draw):
    programs = named(*draw(names))
    scale = NumberScale(worst=-1e15, best=1e15, confirmed=draw(st.booleans()))
    criteria = [Criterion(id=f"c{i}", name=name, scale=scale) for i, name in enumerate(draw(names))]
    cells = [(p.id, c.id, draw(amount())) for p in programs for c in criteria]
    scores = [score(*cell) for cell in cells if cell[2] is not None]
    # One number in each column, so that a text file shows it to be a criterion.
    scores += [score("continue", c.id, Exact(value=1)) for c in criteria]
    return project_with(programs, criteria, scores)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_any_scores_and_names_come_back(kind, project):
    again = back(project, kind)
    assert scores_of(again) == scores_of(project)
    assert [p.name for p in again.run().candidates] == [p.name for p in project.run().candidates]
    if kind == "xlsx":
        assert again.run().evidence.criteria == project.run().evidence.criteria


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_of_the_examples_supports_no_score_is_missed(kind):
    imported = import_table((f"elm.{kind}", export_table(example(), kind=kind)))
    supports = [p.name for p in example().run().supports]
    missed = [note.message for note in imported.notes if note.code == "nothing-recorded"]
    assert not [name for name in supports for message in missed if name in message]
