"""The ``bestfit`` command: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

import mcda
from mcda import catalog, cli
from mcda.analysis import (
    CAVEAT,
    ILLUSTRATIVE,
    SETTLED_NOTE,
    comparison,
    difference,
    method_table,
    ranking,
)
from mcda.engine import METHODS
from mcda.project import (
    Criterion,
    Exact,
    LevelScale,
    MustHave,
    NumberScale,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Range,
    Score,
    Weighting,
    load,
    save,
)
from mcda.project.templates import example

ROOT = Path(mcda.__file__).resolve().parent.parent
WIDTH = 80


def in_a_shell(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    command = [sys.executable, "-m", "mcda.cli", *map(str, arguments)]
    env = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": str(WIDTH)} | environment
    return subprocess.run(command, capture_output=True, env=env, check=False)


def words(text: str) -> str:
    """Undo the wrapping of lines."""
    return " ".join(text.split())


@pytest.fixture
def small(tmp_path) -> Path:
    """A project of two programs and two criteria, all exact."""
    file = tmp_path / "small.json"
    save(small_project(), file)
    return file


def small_project() -> Project:
    project = (
        Project.new("Which program?")
        .without_program("continue")
        .with_program(Program(id="mentors", name="Mentors"))
        .with_program(Program(id="lessons", name="Lessons"))
        .with_criterion(
            Criterion(id="cost", name="Cost", scale=NumberScale(unit="$", worst=100.0, best=0.0))
        )
        .with_criterion(
            Criterion(id="proof", name="Proof", scale=NumberScale(worst=0.0, best=100.0))
        )
    )
    cells = {("mentors", "cost"): 60, ("mentors", "proof"): 80}
    cells |= {("lessons", "cost"): 30, ("lessons", "proof"): 50}
    project = project.with_scores(
        Score(program=p, criterion=c, amount=Exact(value=float(v)), source="Survey")
        for (p, c), v in cells.items()
    )
    for name, cost, proof in (("Group", 1, 3), ("Other", 3, 1)):
        shares = (
            PointShare(item="cost", points=float(cost)),
            PointShare(item="proof", points=float(proof)),
        )
        weighting = Weighting(id=name.lower(), name=name, judgement=PointsJudgement(points=shares))
        project = project.with_weighting(weighting)
    return project


def broken_project(small: Path) -> Path:
    """Give the file a score outside its range."""
    project = load(small)
    score = Score(program="mentors", criterion="cost", amount=Exact(value=999.0))
    save(project.with_score(score), small)
    return small


# --- rank


FIELDS = {
    "id",
    "name",
    "excluded",
    "score",
    "score_low",
    "score_high",
    "rank",
    "rank_best",
    "rank_worst",
}


def test_rank_prints_both_methods_reasons_and_what_it_is_not_about(run, small):
    code, out, err = run("rank", small)
    text = words(out)
    assert (code, err) == (0, "")
    # Weights 1/4 and 3/4: Mentors .25 * 40 + .75 * 80, Lessons .25 * 70 + .75 * 50.
    assert "Weights, as shares of 100%: Group. Proof 75%, Cost 25%." in text
    assert "Weighted sum: Mentors comes first (70.0 points); Lessons comes second (55.0" in text
    assert "TOPSIS (anchored): " in text
    assert f"Why: {words(difference(small_project(), 'mentors', 'lessons').sentence)}" in text
    assert text.endswith(CAVEAT)


def test_rank_says_that_the_example_is_illustrative(run, elm):
    assert ILLUSTRATIVE in run("rank", elm)[1]


def test_rank_shows_who_is_left_out_and_why(run, elm):
    assert "Not ranked: Short-stay safe home. Fails a must-have." in words(run("rank", elm)[1])


def test_rank_names_must_haves_that_are_not_settled(run, small):
    save(load(small).with_must_have(MustHave(id="legal", name="Legal here")), small)
    assert "Not settled for Mentors: Legal here." in words(run("rank", small)[1])


def test_rank_by_one_method_gives_its_own_answer_only(run, small):
    text = words(run("rank", small, "--method", "topsis_anchored")[1])
    assert "TOPSIS (anchored)" in text
    assert "Weighted sum" not in text
    assert "Why:" not in text


def test_methods_lists_each_with_what_it_does_and_its_source(run):
    code, out, err = run("methods")
    assert (code, err) == (0, "")
    assert max(cell_len(line) for line in out.splitlines()) <= WIDTH
    letters = "".join(out.split())
    ids = [line.split()[0] for line in out.splitlines() if not line.startswith(" ")]
    assert ids == ["Id", *METHODS]
    assert "Keshavarz" in letters


def test_methods_as_json_says_all_that_the_registry_does(run):
    content = {one["id"]: one for one in json.loads(run("methods", "--json")[1])}
    assert set(content) == set(METHODS)
    assert content["spotis"]["required"] == ["bounds"]
    assert content["vikor"]["higher_is_better"] is False
    assert content["waspas"]["promises"] == ["monotone", "scale_invariant"]
    assert "no_rank_reversal" in content["waspas"]["promises_with_bounds"]
    for name, one in content.items():
        assert one["promises"] == sorted(METHODS[name].promises_for({}))
        assert (one["formula"], one["source"]) == (METHODS[name].formula, METHODS[name].source)


def test_rank_by_one_method_says_what_it_does_and_which_scores_are_better(run, small):
    for method in ("vikor", "spotis"):
        text = words(run("rank", small, "--method", method)[1])
        assert f"{METHODS[method].description} The lowest score is the best." in text
    assert "lowest score" not in words(run("rank", small, "--method", "topsis")[1])


def test_rank_by_vikor_prints_its_proposal_and_both_conditions(run, small):
    # Mentors and Lessons on values: cost 40 and 70, proof 80 and 50; weights 1/4 and 3/4. Each
    # is 1 range behind on one of the two, so S = R = 1/4 and 3/4, and Q = 0 and 1.
    code, out, err = run("rank", small, "--method", "vikor")
    assert (code, err) == (0, "")
    text = words(out)
    assert "VIKOR proposes Mentors. Acceptable advantage (a clear lead): yes. Mentors leads by" in (
        text
    )
    assert "by 1.000; with 2 programs it takes 1.000." in text
    assert "Acceptable stability (also first by S or R): yes." in text
    assert "likely numbers" not in text
    content = json.loads(run("rank", small, "--method", "vikor", "--json")[1])
    assert content["compromise"] == {
        "programs": ["mentors"],
        "acceptable_advantage": True,
        "acceptable_stability": True,
        "at_likely_numbers": False,
    }
    assert "partial_order" not in content


def test_rank_by_promethee_prints_the_partial_order(run, small):
    # Differences of 30 points count (30 - 5) / 45 = 5/9, with weights 1/4 and 3/4.
    text = words(run("rank", small, "--method", "promethee_ii")[1])
    assert "Up to 5 points of difference count nothing, 50 or more in full." in text
    assert "PROMETHEE I leaves no pair open." in text
    assert "Mentors 0.417 0.139 - Lessons 0.139 0.417 -" in text
    content = json.loads(run("rank", small, "--method", "promethee_ii", "--json")[1])
    order = content["partial_order"]
    assert order["at_likely_numbers"] is False
    mentors, lessons = order["programs"]
    assert mentors["positive"] == pytest.approx(3 / 4 * 5 / 9)
    assert (mentors["id"], mentors["before"], lessons["before"]) == ("mentors", ["lessons"], [])
    assert (mentors["not_comparable"], mentors["same_as"]) == ([], [])
    assert "compromise" not in content


@pytest.mark.parametrize("method", ["vikor", "promethee_ii"])
def test_rank_says_that_likely_numbers_stood_in_for_ranges(run, elm, method):
    assert SETTLED_NOTE in words(run("rank", elm, "--method", method)[1])


def test_rank_json_of_other_methods_has_no_set_and_no_partial_order(run, small):
    content = json.loads(run("rank", small, "--json")[1])
    assert not {"compromise", "partial_order"} & set(content)


def test_promethee_of_the_command_is_that_of_the_app(run, elm):
    """One preference on values everywhere, so that no two places of the product disagree."""
    project = small_project()
    content = json.loads(run("rank", elm, "--json", "--method", "promethee_ii")[1])
    order = [p["id"] for p in content["partial_order"]["programs"]]
    ranks = method_table(load(elm)).ranks["promethee_ii"]
    assert order == sorted(ranks, key=lambda program: (ranks[program], order.index(program)))
    assert ranking(project, method="promethee_ii").result("mentors").score == pytest.approx(
        (3 / 4 - 1 / 4) * 5 / 9
    )


def test_rank_says_where_ends_were_sampled(run, elm):
    text = words(run("rank", elm, "--method", "topsis")[1])
    assert "TOPSIS (classic), on values: As far as 4,000 draws show: No single" in text


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ((), "mentors"),
        (("--weighting", "Other"), "lessons"),
        (("--weighting", "other"), "lessons"),
        (("--weights", "cost=3,proof=1"), "lessons"),
        (("--weights", "Cost = 3, PROOF = 1"), "lessons"),
        (("--weights", "proof=1"), "mentors"),
        (("--run", "run-1"), "mentors"),
    ],
)
def test_rank_takes_the_weights_and_run_it_is_told(run, small, options, first):
    code, out, _ = run("rank", small, *options, "--json")
    assert code == 0
    assert json.loads(out)["programs"][0]["id"] == first


def test_rank_json_has_the_promised_fields(run, elm):
    content = json.loads(run("rank", elm, "--json")[1])
    assert {"method", "weighting", "weights", "programs"} <= set(content)
    assert all(set(program) == FIELDS for program in content["programs"])


@pytest.mark.parametrize(("method", "higher"), [("topsis", True), ("vikor", False)])
def test_rank_json_says_which_scores_are_better(run, elm, method, higher):
    content = json.loads(run("rank", elm, "--json", "--method", method)[1])
    assert content["higher_is_better"] is higher
    ranked = [program for program in content["programs"] if not program["excluded"]]
    assert (ranked[0]["score_low"] > ranked[-1]["score_low"]) is higher


def test_rank_json_weights_are_shares_by_criterion_id(run, small):
    content = json.loads(run("rank", small, "--json")[1])
    assert (content["method"], content["weighting"]) == ("weighted_sum", "Group")
    assert content["weights"] == {"cost": 0.25, "proof": 0.75}


@pytest.mark.parametrize("method", ["weighted_sum", "topsis_anchored", "topsis"])
def test_rank_json_holds_the_very_numbers_of_the_api(run, elm, method):
    content = json.loads(run("rank", elm, "--json", "--method", method)[1])
    found = ranking(example(), method=method)
    expected = [{field: getattr(p, field) for field in FIELDS} for p in found.programs]
    assert content["programs"] == expected
    assert content["weights"] == dict(found.weighting.weights)


def test_rank_csv_has_a_row_for_each_program(run, elm):
    rows = list(csv.DictReader(io.StringIO(run("rank", elm, "--csv")[1])))
    found = ranking(example())
    assert set(rows[0]) == FIELDS | {"intervals"}
    assert [row["id"] for row in rows] == [p.id for p in found.programs]
    assert float(rows[0]["score_low"]) == pytest.approx(found.programs[0].score_low, rel=1e-12)
    assert rows[0]["excluded"] == ""


def test_rank_goes_on_where_somebody_elses_weighting_is_unfinished(run, small):
    shares = PointsJudgement(points=(PointShare(item="cost", points=1.0),))
    unfinished = Weighting(id="p1", name="Teacher", person="p1", judgement=shares)
    save(load(small).with_weighting(unfinished), small)
    assert run("rank", small, "--json")[0] == 0
    code, _, err = run("rank", small, "--weighting", "Teacher")
    assert code == 1
    assert "Teacher: It says nothing about Proof." in err


def test_rank_refuses_a_project_with_errors_and_names_the_place(run, small):
    code, out, err = run("rank", broken_project(small))
    assert (code, out) == (1, "")
    assert "Mentors, Cost: 999 is outside the range 0 to 100." in err


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--method", "ahp"), "no method 'ahp'"),
        (("--weighting", "nobody"), "no weighting 'nobody'"),
        (("--run", "run-9"), "no run 'run-9'"),
        (("--weights", "price=1"), "no criterion 'price'"),
        (("--weights", "cost"), "'cost' is not of the form ID=POINTS"),
        (("--weights", "cost="), "'cost=' is not of the form ID=POINTS"),
        (("--weights", ""), "is not of the form ID=POINTS"),
        (("--weights", "cost=much"), "'much' is not a number"),
        (("--weights", "cost=nan"), "'nan' is not a number"),
        (("--weights", "cost=inf"), "'inf' is not a number"),
        (("--weights", "cost=-1,proof=2"), "Points are 0 or more"),
        (("--weights", "cost=0"), "one of them is more than 0"),
        (("--weights", "cost=1,cost=2"), "'cost' is named twice"),
        (("--weights", "cost=1", "--weighting", "Group"), "not both"),
        (("--json", "--csv"), "not both"),
        (("--speed", "9"), "No such option"),
    ],
)
def test_rank_refuses_wrong_use(run, small, arguments, said):
    code, out, err = run("rank", small, *arguments)
    assert (code, out) == (2, "")
    assert said in words(err.replace("│", " "))


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank",),
        ("rank", "nowhere.json"),
        ("rank", "."),
        ("why", "nowhere.json", "a", "b"),
        ("new",),
        ("fly",),
        ("--port", "0"),
        ("--port", "70000"),
    ],
)
def test_arguments_that_are_missing_or_name_nothing_are_wrong_use(run, arguments):
    code, out, _ = run(*arguments)
    assert (code, out) == (2, "")


# --- why


def test_why_gives_the_sentence_and_a_line_for_each_criterion(run, small):
    code, out, _ = run("why", small, "lessons", "Mentors")
    text = words(out)
    assert code == 0
    assert difference(small_project(), "lessons", "mentors").sentence in text
    assert "Points for Mentors" in text
    # Mentors against Lessons: .75 * (80 - 50) and .25 * (40 - 70).
    assert "Proof 22.5 80 against 50" in text
    assert "Cost -7.5 60 against 30 $" in text
    assert "Weights: Group." in text


def test_why_goes_by_the_weights_it_is_told(run, small):
    assert "Lessons leads Mentors by" in words(
        run("why", small, "mentors", "lessons", "--weighting", "Other")[1]
    )
    assert "Lessons leads Mentors by 30.0 points." in words(
        run("why", small, "mentors", "lessons", "--weights", "cost=1")[1]
    )


def test_why_of_an_unknown_program_is_wrong_use(run, small):
    code, _, err = run("why", small, "mentors", "lesson")
    assert code == 2
    assert "no program 'lesson'. Did you mean 'lessons'?" in err


def test_why_of_a_program_that_is_not_ranked_gives_the_reason(run, elm):
    code, _, err = run("why", elm, "safe_home", "mentoring")
    assert code == 1
    assert "Short-stay safe home: Fails a must-have." in err


# --- compare


def test_compare_shows_places_side_by_side_and_what_moved(run, small):
    code, out, _ = run("compare", small)
    text = words(out)
    found = comparison(small_project())
    assert code == 0
    assert found.sentence in text
    assert "Program Group Other" in text
    assert "Mentors 1 2" in text
    assert f"Other: {found.moves[0].sentence}" in text


def test_compare_takes_the_weightings_it_is_told(run, small):
    assert "Program Other Group" in words(run("compare", small, "Other", "group")[1])


def test_compare_without_weightings_is_an_error(run, small):
    project = load(small).without_weighting("group").without_weighting("other")
    save(project, small)
    code, _, err = run("compare", small)
    assert code == 1
    assert "There is no weighting yet." in err


# --- check


def test_check_lists_findings_and_counts_them(run, elm):
    code, out, _ = run("check", elm)
    assert code == 0
    assert "warning: Programs: " in words(out)
    assert words(out).endswith("0 errors, 1 warning, 15 hints.")


def test_check_ends_with_1_where_there_are_errors(run, small):
    code, out, _ = run("check", broken_project(small))
    assert code == 1
    assert "error: Mentors, Cost: 999 is outside the range 0 to 100." in words(out)


def test_check_json_has_every_finding_with_its_place_and_mend(run, small):
    code, out, _ = run("check", broken_project(small), "--json")
    found = json.loads(out)
    assert code == 1
    assert found[0]["severity"] == "error"
    assert set(found[0]) == {"severity", "code", "place", "message", "mend"}


def test_check_looks_at_one_run_where_it_is_named(run, small):
    project = load(small).rerun(None, "run-2", "Again")
    wrong = Score(program="mentors", criterion="cost", amount=Exact(value=999.0))
    save(project.with_score(wrong, "run-2"), small)
    assert run("check", small, "--run", "run-1")[0] == 0
    assert run("check", small)[0] == 1


# --- new


def test_new_starts_an_empty_project(run, tmp_path):
    code, out, _ = run("new", "-o", tmp_path / "p.json", "--title", "For Elm County")
    project = load(tmp_path / "p.json")
    assert (code, project.info.title) == (0, "For Elm County")
    assert [p.name for p in project.run().candidates] == ["Continue as now"]
    assert "Written: " in out


@pytest.mark.parametrize(("template", "count"), [("full", 12), ("short", 8), ("hexagon", 6)])
def test_new_starts_from_a_template(run, tmp_path, template, count):
    assert run("new", "-o", tmp_path / "p.json", "--template", template)[0] == 0
    assert len(load(tmp_path / "p.json").run().active_criteria) == count


def test_new_writes_the_worked_example(run, tmp_path):
    assert run("new", "-o", tmp_path / "p.json", "--example")[0] == 0
    assert load(tmp_path / "p.json") == example()


def test_new_does_not_write_over_a_file(run, small):
    before = small.read_bytes()
    code, _, err = run("new", "-o", small)
    assert (code, small.read_bytes()) == (2, before)
    assert "--force" in err


def test_new_writes_over_a_file_when_forced(run, small):
    assert run("new", "-o", small, "--force")[0] == 0
    assert load(small).info.title == "Our choice"


@pytest.mark.parametrize(
    "options",
    [
        ("--template", "none"),
        ("--template", ""),
        ("--example", "--template", "short"),
        ("--example", "--title", "Mine"),
        ("--title", ""),
        ("--title", " "),
        ("--title", "x" * 501),
    ],
)
def test_new_refuses_wrong_use_and_writes_nothing(run, tmp_path, options):
    code, _, err = run("new", "-o", tmp_path / "p.json", *options)
    assert code == 2
    assert err
    assert not (tmp_path / "p.json").exists()


def test_a_folder_that_is_not_there_is_named(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a short name, which no line break parts
    code, _, err = run("new", "-o", Path("nowhere", "p.json"))
    assert code == 2
    assert "p.json cannot be written" in words(err.replace("│", " "))
    assert "bestfit-" not in err


def test_a_file_that_may_not_be_written_is_named(run, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", "/tmp/.bestfit-1.tmp")

    monkeypatch.setattr(cli.files, "save", refuse)
    monkeypatch.chdir(tmp_path)  # a short name, which no line break parts
    code, _, err = run("new", "-o", "p.json")
    assert code == 2
    assert "p.json cannot be written: Permission denied." in words(err.replace("│", " "))


# --- import and table


TABLE = "Program,Cost,Reach,Remarks\nMentors,$500,25%,good\nLessons,$900,75%,new\n"


@pytest.fixture
def table(tmp_path) -> Path:
    file = tmp_path / "programs.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_import_makes_a_project_that_can_be_ranked(run, table, tmp_path):
    made = tmp_path / "p.json"
    options = ("--cost", "Cost", "--range", "Cost=1000:0", "--range", "Reach=0:100")
    code, out, _ = run("import", table, "-o", made, *options, "--skip", "Remarks")
    assert code == 0
    assert "Written: " in out
    programs = json.loads(run("rank", made, "--json")[1])["programs"]
    # Equal weights: Mentors (50 + 25) / 2, Lessons (10 + 75) / 2.
    assert [(p["name"], p["score"]) for p in programs[:2]] == [("Lessons", 42.5), ("Mentors", 37.5)]


def test_import_takes_title_and_units(run, table, tmp_path):
    made = tmp_path / "p.json"
    code, *_ = run("import", table, "-o", made, "--title", "Ours", "--unit", "Cost=US dollars")
    project = load(made)
    assert (code, project.info.title) == (0, "Ours")
    assert {c.name: c.unit for c in project.run().active_criteria}["Cost"] == "US dollars"


def test_import_takes_names_from_the_column_it_is_told(run, tmp_path):
    file, made = tmp_path / "t.csv", tmp_path / "p.json"
    file.write_text("ID,Initiative,Cost\n1,Mentors,5\n2,Hotline,6\n", encoding="utf-8")
    for options in (("--skip", "ID"), ("--skip", "ID", "--name", "Initiative")):
        assert run("import", file, "-o", made, "--force", *options)[0] == 0
        assert [p.name for p in load(made).run().candidates] == ["Mentors", "Hotline"]
    out = words(run("import", file, "-o", made, "--force")[1])
    assert 'import again with --name "Initiative" --skip "ID".' in out


def test_check_of_a_large_imported_table_is_short(run, tmp_path):
    file, made = tmp_path / "big.csv", tmp_path / "p.json"
    rows = "".join(f"Program {i},{i},{i % 7}\n" for i in range(324))
    file.write_text(f"Program,Cost,Reach\n{rows}", encoding="utf-8")
    assert run("import", file, "-o", made)[0] == 0
    out = run("check", made)[1]
    assert len(out.splitlines()) < 30
    assert "324 programs have scores without a source, such as" in words(out)
    assert "and 316 more" in words(out)


def test_import_says_what_it_took_from_the_data(run, table, tmp_path):
    out = words(run("import", table, "-o", tmp_path / "p.json")[1])
    assert "hint: " in out or "warning: " in out


def test_import_reads_the_sheet_it_is_told(run, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Nothing here"])
    sheet = book.create_sheet("Scores")
    for row in (["Program", "Reach"], ["Mentors", 10], ["Lessons", 20]):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    made = tmp_path / "p.json"
    assert run("import", tmp_path / "t.xlsx", "-o", made, "--sheet", "Scores")[0] == 0
    assert [c.name for c in load(made).run().active_criteria] == ["Reach"]


def test_import_of_a_large_table_ranks(run, tmp_path):
    file, made = tmp_path / "big.csv", tmp_path / "p.json"
    head = ["Program", *(f"C{j}" for j in range(8))]
    rows = [[f"P{i}", *((i * (j + 3)) % 101 for j in range(8))] for i in range(324)]
    file.write_text("\n".join(",".join(map(str, row)) for row in [head, *rows]), encoding="utf-8")
    assert run("import", file, "-o", made)[0] == 0
    programs = json.loads(run("rank", made, "--json")[1])["programs"]
    assert sum(p["excluded"] is None for p in programs) == 324


@pytest.mark.parametrize(
    "options",
    [
        ("--range", "Cost"),
        ("--range", "Cost=5"),
        ("--range", "Cost=5:"),
        ("--range", "Cost=low:9"),
        ("--range", "Cost=0:nan"),
        ("--range", "Cost=9:0", "--range", "Cost=8:0"),
        ("--unit", "Cost"),
        ("--unit", "Cost=$", "--unit", "Cost=€"),
        ("--cost", "Nope"),
        ("--range", "Cost=5:5"),
        ("--range", "Nope=0:9"),
        ("--unit", "Nope=$"),
        ("--skip", "Nope"),
        ("--name", "Nope"),
        ("--name", "Program", "--skip", "Program"),
        ("--sheet", "Nope"),
    ],
)
def test_import_refuses_wrong_use_and_writes_nothing(run, table, tmp_path, options):
    code, _, err = run("import", table, "-o", tmp_path / "p.json", *options)
    assert code == 2
    assert options[0] in err
    assert not (tmp_path / "p.json").exists()


@pytest.mark.parametrize(
    ("content", "options", "place"),
    [
        ("Program,Cost\nA,1\nA,2\n", (), "row 3"),
        ("Program,Cost\nA,1\nB,oops\n", ("--range", "Cost=9:0"), "row 3"),
        ("Program,Cost\nA,1\nB,2\n", ("--range", "Cost=9:2"), "row 2"),
        ("Program,Cost,Cost\nA,1,2\n", ("--cost", "Price"), "Price"),
        ("", (), "programs.csv"),
    ],
)
def test_import_refuses_a_faulty_table_and_names_the_place(
    run, table, tmp_path, content, options, place
):
    table.write_text(content, encoding="utf-8")
    code, _, err = run("import", table, "-o", tmp_path / "p.json", *options)
    assert code == 1
    assert place in err
    assert not (tmp_path / "p.json").exists()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".CSV"])
def test_a_project_goes_out_as_a_table_and_comes_back(run, small, tmp_path, suffix):
    out, made = tmp_path / f"t{suffix}", tmp_path / "p.json"
    assert run("table", small, "-o", out)[0] == 0
    options = ("--range", "Cost=100:0", "--range", "Proof=0:100")
    assert run("import", out, "-o", made, *options)[0] == 0
    programs = json.loads(run("rank", made, "--weights", "cost=1,proof=3", "--json")[1])["programs"]
    assert [p["score"] for p in programs[:2]] == pytest.approx([70, 55])


def test_a_table_of_another_kind_is_wrong_use(run, small, tmp_path):
    code, _, err = run("table", small, "-o", tmp_path / "t.ods")
    assert code == 2
    assert ".csv or .xlsx" in err


# --- catalog


def test_catalog_lists_all_entries(run):
    code, out, _ = run("catalog")
    assert code == 0
    assert f"{len(catalog.entries())} entries" in words(out)


def test_catalog_goes_by_mark_kind_and_words(run):
    options = ("--mark", "juvenile", "--kind", "training", "--json")
    rows = json.loads(run("catalog", *options)[1])
    found = catalog.find(mark=["juvenile"], kind=["training"])
    assert rows
    assert [row["id"] for row in rows] == [entry.id for entry in found]


def test_catalog_csv_has_the_columns_even_where_nothing_is_found(run):
    columns = run("catalog", "--csv")[1].splitlines()[0]
    assert run("catalog", "--csv", "--words", "no such words anywhere")[1].splitlines() == [columns]


def test_catalog_refuses_an_unknown_kind_and_names_those_there_are(run):
    code, _, err = run("catalog", "--kind", "miracle")
    assert code == 2
    assert "publication" in err


def test_catalog_in_two_forms_at_once_is_wrong_use(run):
    assert run("catalog", "--json", "--csv")[0] == 2


# --- the app


@pytest.fixture
def served(monkeypatch):
    """Record how the app would be started, without starting it."""
    calls = []

    def serve(**options):
        calls.append(options)
        return 0

    monkeypatch.setattr("mcda.app.server.run", serve)
    return calls


def test_without_a_command_the_app_opens(run, served):
    assert run()[0] == 0
    assert served == [{"port": None, "project_file": None}]


def test_the_app_opens_on_the_port_it_is_told(run, served):
    assert run("--port", "9000")[0] == 0
    assert served == [{"port": 9000, "project_file": None}]


def test_open_hands_over_the_file(run, served, small):
    assert run("open", small, "--port", "9001")[0] == 0
    assert served == [{"port": 9001, "project_file": small.resolve()}]


def test_open_refuses_a_file_that_is_no_project_before_the_app_starts(run, served, table):
    assert run("open", table)[0] == 1
    assert served == []


def test_the_apps_own_exit_code_is_passed_on(run, monkeypatch):
    monkeypatch.setattr("mcda.app.server.run", lambda **_: 1)
    assert run()[0] == 1


def test_the_version_is_printed(run):
    assert run("--version") == (0, f"bestfit {mcda.__version__}\n", "")


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("rank", "--help")])
def test_help_is_there(run, arguments):
    code, out, _ = run(*arguments)
    assert code == 0
    assert "Usage: bestfit" in out


# --- broken files


BROKEN = {
    "empty": b"",
    "cut short": b'{"format": "bestfit-project", "version": 1, "info": {',
    "foreign": b'{"hello": "world"}',
    "a list": b"[1, 2]",
    "newer": b'{"format": "bestfit-project", "version": 99}',
    "binary": bytes(range(256)),
    "broken by hand": b'{"format": "bestfit-project", "version": 1, "info": {"title": 5}}',
    "not a number": b'{"format": "bestfit-project", "version": 1, "info": NaN}',
    "nested deep": b"[" * 100_000,
}


@pytest.mark.parametrize("command", ["rank", "check", "compare", "why", "table", "open"])
@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_by_name_with_1(run, served, tmp_path, command, content):
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    more = {"why": ("a", "b"), "table": ("-o", tmp_path / "t.csv")}.get(command, ())
    code, out, err = run(command, file, *more)
    assert (code, out, served) == (1, "", [])
    assert "- " in err


# --- hostile names


HOSTILE = {
    "terminal codes": "\x1b[31mred\x1b[0m",
    "a bell and backspaces": "a\x07b\x08\x08c",
    "C1 control codes": "a\x9b31mb\x85c",
    "reordering": "abc\u202egnp.exe\u2066x",
    "line breaks": "one\r\ntwo\nthree\u2028four",
    "markup": "[bold red]loud[/bold red] [link=x]y[/link] :smile:",
    "emoji": "\U0001f469\u200d\U0001f467 family \U0001f1fa\U0001f1f8",
    "300 characters": "long " * 60,
    "300 letters": "x" * 300,
    "a formula": '=HYPERLINK("http://x")',
    "a quote": "it's \"so\" <b>bold</b> & 'more'",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u200fabc",
    "braces": "{0} {name} %s %(x)s",
}


def hostile_project(name: str) -> str:
    """Return a project file in which every name is hostile, as somebody might have typed it."""
    content = json.loads(small_project().model_dump_json())
    content["info"]["title"] = name
    run_ = content["runs"][0]
    run_["title"] = name
    for number, item in enumerate(
        (*run_["evidence"]["programs"], *run_["evidence"]["criteria"], *run_["weightings"])
    ):
        item["name"] = f"{name} {number}"
    run_["evidence"]["criteria"][1]["scale"]["unit"] = name
    fails = {"id": "m", "name": name, "verdicts": [{"program": "third", "verdict": "fail"}]}
    fails["verdicts"][0]["reason"] = name
    run_["evidence"]["must_haves"] = [fails]
    run_["evidence"]["programs"].append({"id": "third", "name": f"{name} again"})
    return json.dumps(content)


def assert_harmless(text: str) -> None:
    """Nothing in a text can drive a terminal or reorder what stands around it."""
    rest = text.replace("\n", "")
    assert [c for c in rest if unicodedata.category(c) == "Cc"] == []
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(rest)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_reach_the_terminal_tamed_and_within_its_width(run, tmp_path, name):
    file = tmp_path / "p.json"
    file.write_text(hostile_project(name), encoding="utf-8")
    by_method = [("rank", "--method", method) for method in ("vikor", "promethee_ii")]
    others = (("rank",), ("why", "mentors", "lessons"), ("compare",), ("check",))
    for command in (*by_method, *others):
        code, out, err = run(command[0], file, *command[1:])
        assert code == 0, err
        assert_harmless(out + err)
        assert max(cell_len(line) for line in out.splitlines()) <= WIDTH


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_come_through_json_as_the_project_holds_them(run, tmp_path, name):
    file = tmp_path / "p.json"
    file.write_text(hostile_project(name), encoding="utf-8")
    programs = json.loads(run("rank", file, "--json")[1])["programs"]
    held = {p.id: p.name for p in load(file).run().evidence.programs}
    assert {p["id"]: p["name"] for p in programs} == held


def test_markup_and_emoji_codes_are_printed_as_they_are(run, tmp_path):
    file = tmp_path / "p.json"
    file.write_text(hostile_project(HOSTILE["markup"]), encoding="utf-8")
    assert HOSTILE["markup"] in words(run("rank", file)[1])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_no_cell_of_the_csv_runs_as_a_formula(run, tmp_path, start):
    file = tmp_path / "p.json"
    file.write_text(hostile_project(f"{start}1+1"), encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(run("rank", file, "--csv")[1])))
    assert all(row["name"].startswith("'") for row in rows)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_broken_file_with_a_hostile_name_is_refused_harmlessly(run, tmp_path, name):
    content = json.loads(hostile_project(name))
    content["runs"][0]["evidence"]["programs"][0]["role"] = name
    content["runs"][0][name] = 1
    file = tmp_path / "p.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    code, out, err = run("rank", file)
    assert (code, out) == (1, "")
    assert_harmless(err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank", "{file}", "--weighting", "\x1b[31m"),
        ("rank", "{file}", "--weights", "\x1b[31m=1"),
        ("rank", "{file}", "--weights", "\x1b[31m"),
        ("rank", "{file}", "--method", "\x1b[31m"),
        ("rank", "{file}", "--run", "\x1b[31m"),
        ("why", "{file}", "\x1b[31m", "\u202e"),
        ("new", "-o", "{folder}/\x1b[31m/p.json"),
        ("rank", "\x1b[31m.json"),
        ("catalog", "--kind", "\x1b[31m"),
    ],
)
def test_hostile_arguments_are_refused_harmlessly(run, small, arguments):
    given = [a.format(file=small, folder=small.parent) for a in arguments]
    code, out, err = run(*given)
    assert (code, out) == (2, "")
    assert_harmless(err)


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_table_with_hostile_names_is_read_or_refused_harmlessly(run, tmp_path, name):
    file = tmp_path / "t.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["Program", name], [name, 1], ["Other", 2]])
    code, out, err = run("import", file, "-o", tmp_path / "p.json")
    assert code in (0, 1)
    assert_harmless(out + err)


def test_a_file_of_a_hostile_name_is_written_and_reported_harmlessly(run, tmp_path):
    code, out, _ = run("new", "-o", tmp_path / "\x1b[31m\u202e.json")
    assert code == 0
    assert_harmless(out)


# --- readable at 80 columns


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank",),
        ("rank", "--method", "topsis_anchored"),
        ("why", "screening", "school"),
        ("compare",),
        ("check",),
    ],
)
def test_text_stays_within_80_columns(run, elm, arguments):
    code, out, _ = run(arguments[0], elm, *arguments[1:])
    assert code == 0
    assert max(cell_len(line) for line in out.splitlines()) <= WIDTH


def test_no_colour_codes_are_written_where_nobody_sees_colours(run, elm):
    assert "\x1b" not in run("rank", elm)[1]


def test_levels_and_ranges_are_told_in_words(run, elm):
    run_ = example().run()
    assert any(isinstance(c.scale, LevelScale) for c in run_.active_criteria)
    assert any(isinstance(s.amount, Range) for s in run_.evidence.scores)
    text = words(run("why", elm, "screening", "survivor_mentors")[1])
    assert "against level" in text
    assert "about 420 against about 32 people per year" in text


# --- as a process of its own


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}


@pytest.fixture
def foreign(tmp_path) -> Path:
    file = tmp_path / "foreign.json"
    save(small_project().with_program(Program(id="third", name="Écoles \U0001f600")), file)
    return file


def test_a_terminal_without_unicode_gets_text_it_can_show(foreign):
    done = in_a_shell("rank", foreign, **ASCII)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "?coles ?" in done.stdout.decode("ascii")


@pytest.mark.parametrize("form", ["--json", "--csv"])
def test_data_keep_every_letter_whatever_the_terminal_can_show(foreign, form):
    done = in_a_shell("rank", foreign, form, **ASCII)
    assert done.returncode == 0
    assert "Écoles \U0001f600" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("arguments", [("rank", "{elm}"), ("rank", "{elm}", "--json")])
def test_a_reader_that_goes_away_is_no_fault(elm, arguments):
    command = [sys.executable, "-m", "mcda.cli", *(a.format(elm=elm) for a in arguments)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as went:
        went.stdout.close()
        assert went.stderr.read() == b""
    assert went.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [("--version",), ("catalog", "--json")])
def test_output_that_cannot_be_written_is_said(arguments):
    command = [sys.executable, "-m", "mcda.cli", *arguments]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=env, check=False)
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_exit_codes_reach_the_shell(small, tmp_path):
    cut = tmp_path / "cut.json"
    cut.write_bytes(small.read_bytes()[:200])
    assert in_a_shell("check", cut).returncode == 1
    assert in_a_shell("check", tmp_path / "none.json").returncode == 2
