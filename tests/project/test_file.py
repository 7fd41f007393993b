"""A file is a project, whole and unchanged, or it is refused with the place in words."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest
from hypothesis import example as with_example
from hypothesis import given, settings
from hypothesis import strategies as st

from mcda.project import (
    Info,
    Program,
    Project,
    ProjectError,
    ProjectFileError,
    Record,
    check,
    load,
    project_schema,
    read_project,
    save,
    to_json,
)
from mcda.project import file as project_file
from mcda.resources import resource_path

EXAMPLE = resource_path("data/examples/elm_county.json").read_bytes()


def refusal(data: bytes) -> ProjectFileError:
    with pytest.raises(ProjectFileError) as caught:
        read_project(data, "elm.json")
    return caught.value


def only(data: bytes) -> str:
    """Return the one finding a file is refused with, as a person reads it."""
    (finding,) = refusal(data).findings
    assert finding.severity == "error"
    return str(finding)


def content() -> dict:
    return json.loads(EXAMPLE)


def changed(*path: str | int, to: object) -> bytes:
    """Return the example with one place set to another value."""
    whole = content()
    here = whole
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = to
    return json.dumps(whole).encode()


EVIDENCE = ("runs", 0, "evidence")


# --- there and back


def test_what_is_saved_is_loaded_again_the_same(full, tmp_path):
    file = tmp_path / "elm.json"
    save(full, file)
    assert load(file) == full
    first = file.read_bytes()
    save(load(file), file)
    assert file.read_bytes() == first


def test_a_decided_project_with_a_rerun_is_loaded_again_the_same(full, tmp_path):
    record = Record(choice="school", reasons="=cmd|' /C calc'!A0\n\u200fא 🧑‍🏫")
    project = full.decide(record).rerun(None, "run-2", "Second")
    save(project, tmp_path / "elm.json")
    assert load(tmp_path / "elm.json") == project
    assert [f for f in check(load(tmp_path / "elm.json")) if f.severity == "error"] == []


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=300))
@with_example("\"'<script>&amp;</script>\u202e\ud800\r\n=1+1\x00\x1b[31m")
@with_example("\ufeff\u200f\u2028\udfff😀")
def test_any_text_is_loaded_again_the_same(text):
    program = Program(id="a", name=f"A {text}", description=text)
    project = Project.new(f"Which? {text}").with_program(program)
    data = to_json(project).encode()
    assert read_project(data) == project
    assert to_json(read_project(data)).encode() == data


def test_the_file_is_text_a_person_can_read(sound):
    text = to_json(sound.with_info(Info(title="Für Élise <3")))
    assert '"title": "Für Élise <3"' in text
    assert text.startswith('{\n "format": "bestfit-project",\n "version": 1,\n')
    assert text.endswith("}\n")


def test_a_byte_order_mark_at_the_start_does_no_harm():
    assert read_project(b"\xef\xbb\xbf" + EXAMPLE) == read_project(EXAMPLE)


def test_fields_with_a_default_may_be_left_out():
    data = b"""{"format": "bestfit-project", "version": 1, "info": {"title": "Which?"},
               "runs": [{"id": "r", "title": "First"}]}"""
    assert read_project(data).run().evidence.programs == ()


# --- saving


def test_a_new_file_is_written_where_there_was_none(sound, tmp_path):
    save(sound, str(tmp_path / "new.json"))
    assert [p.name for p in tmp_path.iterdir()] == ["new.json"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_failing_write_leaves_the_old_file_and_nothing_else(
    sound, full, tmp_path, monkeypatch, broken
):
    def fail(*_):
        raise OSError("No space left on device")

    file = tmp_path / "elm.json"
    save(sound, file)
    monkeypatch.setattr(*((os, "fsync", fail) if broken == "fsync" else (Path, "replace", fail)))
    with pytest.raises(OSError, match="No space left"):
        save(full, file)
    monkeypatch.undo()
    assert load(file) == sound
    assert [p.name for p in tmp_path.iterdir()] == ["elm.json"]


def test_what_could_not_be_opened_again_is_not_written(sound, full, tmp_path, monkeypatch):
    file = tmp_path / "elm.json"
    save(sound, file)
    monkeypatch.setattr(project_file, "MAX_BYTES", len(to_json(full).encode()) - 1)
    with pytest.raises(ProjectError, match="not saved: its file would have"):
        save(full, file)
    assert load(file) == sound
    assert [p.name for p in tmp_path.iterdir()] == ["elm.json"]
    monkeypatch.setattr(project_file, "MAX_BYTES", len(to_json(full).encode()))
    save(full, file)
    assert load(file) == full


def test_a_folder_that_is_not_there_is_an_os_error(sound, tmp_path):
    with pytest.raises(FileNotFoundError):
        save(sound, tmp_path / "nowhere" / "elm.json")


def test_a_folder_is_not_overwritten_by_a_file(sound, tmp_path):
    (tmp_path / "elm.json").mkdir()
    with pytest.raises(OSError):  # noqa: PT011 - which one differs between systems
        save(sound, tmp_path / "elm.json")
    assert [p.name for p in tmp_path.iterdir()] == ["elm.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_kept_private_stays_private(sound, tmp_path):
    file = tmp_path / "elm.json"
    file.touch()
    file.chmod(0o640)
    save(sound, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert load(file) == sound


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for rights to make links")
def test_a_link_keeps_pointing_to_the_file_it_names(sound, tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(real)
    save(sound, link)
    assert link.is_symlink()
    assert load(real) == sound


# --- files that cannot be opened at all


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ProjectFileError, match=r"none\.json: The file cannot be read"):
        load(tmp_path / "none.json")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(ProjectFileError, match="The file cannot be read"):
        load(tmp_path)


def test_an_impossible_name_is_refused(tmp_path):
    with pytest.raises(ProjectFileError, match="there can be no file of this name"):
        load(tmp_path / "a\x00b.json")


def test_the_name_of_a_file_cannot_rewrite_the_message(tmp_path):
    file = tmp_path / "a\u202eb\nc.json"
    file.write_text("{}")
    with pytest.raises(ProjectFileError) as caught:
        load(file)
    assert str(caught.value).splitlines()[1].startswith("- ab c.json: It is not a Best Fit")


def test_a_file_of_60_megabytes_is_refused(tmp_path):
    with (tmp_path / "big.json").open("wb") as stream:
        stream.truncate(60_000_000)
    with pytest.raises(ProjectFileError, match=r"big\.json: The file is larger than 50 MB"):
        load(tmp_path / "big.json")


def test_the_limit_itself_is_allowed(monkeypatch):
    monkeypatch.setattr(project_file, "MAX_BYTES", len(EXAMPLE))
    assert read_project(EXAMPLE).info.illustrative
    assert "larger than" in only(EXAMPLE + b" ")


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_an_empty_file_is_refused(data):
    assert only(data) == "elm.json: The file is empty. Choose another one."


@pytest.mark.parametrize(
    "data",
    [
        EXAMPLE.decode().encode("utf-16"),
        EXAMPLE.decode().encode("utf-16-le"),
        EXAMPLE.decode().encode("utf-32"),
        '{"title": "Für Élise"}'.encode("latin-1"),
        b"PK\x03\x04\x14\x00\x00\x00",
        b"\x89PNG\r\n\x1a\n\x00",
        b"\x00" * 100,
        b'"\xed\xa0\x80"',
    ],
    ids=["UTF-16", "UTF-16-LE", "UTF-32", "Latin-1", "ZIP", "PNG", "zeros", "surrogate"],
)
def test_what_is_not_utf8_text_is_refused(data):
    assert only(data) == (
        "elm.json: It is not text, or not text of the usual kind (UTF-8). Choose a Best Fit "
        "project file (.json); if you edited it, save it as UTF-8."
    )


@pytest.mark.parametrize("cut", [1, 2, 20, 1000, len(EXAMPLE) // 2, len(EXAMPLE) - 3])
def test_a_file_cut_short_is_refused_with_the_line(cut):
    lines = EXAMPLE[:cut].decode("utf-8", "ignore").count("\n") + 1
    message = only(EXAMPLE[:cut])
    assert "It is not complete JSON: the trouble starts at line " in message
    told = int(message.partition("at line ")[2].partition(",")[0])
    assert lines - 1 <= told <= lines
    assert message.endswith("use an earlier copy or mend that line.")


def test_two_projects_in_one_file_are_refused():
    assert "It is not complete JSON" in only(EXAMPLE + EXAMPLE)


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_endless_nesting_is_refused(opening):
    assert only(opening * 1_000_000) == (
        "elm.json: Its brackets stand inside each other far deeper than in any project. "
        "Choose another one."
    )


def test_deep_nesting_within_a_field_is_refused():
    deep: list = []
    for _ in range(500):
        deep = [deep]
    assert only(changed("info", "title", to=deep)) == "info › title: It must be text."


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_none_are_refused(constant):
    data = changed("info", "planning_years", to=float(constant.lower()))
    assert only(data) == (
        f"elm.json: {constant} is not a number that can be counted with. "
        "Mend it there, or use an earlier copy."
    )


@pytest.mark.parametrize("repeats", [2, 100_000])
def test_a_field_that_stands_twice_is_refused(repeats):
    data = b'{"format": "bestfit-project", ' + b'"a": 1, ' * (repeats - 1) + b'"a": 1}'
    assert "The field 'a' stands twice in one place. Mend it there" in only(data)


def test_a_field_that_stands_twice_deep_inside_is_refused():
    data = EXAMPLE.replace(b'"role": "baseline",', b'"role": "baseline", "role": "candidate",', 1)
    assert "The field 'role' stands twice" in only(data)


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"7",
        b'"text"',
        b"null",
        b"{}",
        b'{"format": "other", "version": 1}',
        b'{"format":[]}',
    ],
)
def test_a_foreign_file_is_refused(data):
    assert only(data) == (
        'elm.json: It is not a Best Fit project. A project file says "format": '
        '"bestfit-project" near its start.'
    )


@pytest.mark.parametrize(
    ("version", "shown"), [(2, "2"), (9, "9"), (10**20, "1e+20")], ids=["2", "9", "huge"]
)
def test_a_newer_file_is_refused(version, shown):
    assert only(changed("version", to=version)) == (
        f"elm.json: It was made by a newer Best Fit (file version {shown}; this one reads 1). "
        "Update Best Fit."
    )


@pytest.mark.parametrize("version", [0, -1, None, "1", 1.0, 2.5, True, [1], {}])
def test_a_wrong_version_is_refused(version):
    data = changed("version", to=version)
    assert only(data) == 'elm.json: Its "version" is missing or wrong. It should be 1.'


def test_a_version_of_thousands_of_digits_is_refused():
    data = b'{"format": "bestfit-project", "version": 1' + b"0" * 5000 + b"}"
    assert '"version" is missing or wrong' in only(data)


def test_a_missing_version_is_refused():
    data = b'{"format": "bestfit-project", "info": {"title": "Which?"}, "runs": []}'
    assert '"version" is missing' in only(data)


# --- parts that are broken: the place in words, and what it must be

CRITERION = (*EVIDENCE, "criteria", 0)
LEVELS = [{"level": n, "anchor": ""} for n in (1, 2)]
CRITERION_PLACE = (
    "runs 1 (“First selection”) › evidence › criteria 1 (“Match to our problem factors”)"
)
PROGRAM_PLACE = "runs 1 (“First selection”) › evidence › programs 1 (“Continue as now”)"
WEIGHTING_PLACE = "runs 1 (“First selection”) › weightings 1 (“Planning group”)"
AN_ID = (
    "It must be made of small letters a to z, digits, - and _, begin with a letter or digit, "
    "and have 80 characters at most."
)


@pytest.mark.parametrize(
    ("path", "value", "finding"),
    [
        (("info", "title"), 7, "info › title: It must be text."),
        (("info", "title"), " ", "info › title: It is wrong: a name is needed here."),
        (("info", "title"), "x" * 501, "info › title: It is longer than 500 characters."),
        (("info", "notes"), "x" * 20_001, "info › notes: It is longer than 20,000 characters."),
        (("info", "illustrative"), "yes", "info › illustrative: It must be true or false."),
        (("info", "illustrative"), 1, "info › illustrative: It must be true or false."),
        (("info", "planning_years"), 3.5, "info › planning_years: It must be a whole number."),
        (("info", "planning_years"), 0, "info › planning_years: It must be 1 or more."),
        (("info", "planning_years"), 51, "info › planning_years: It must be 50 or less."),
        (("info", "tittle"), "x", "info › tittle: It is not a field of a project file. Did you "
         "mean 'title'?"),
        (("info", "zzz"), "x", "info › zzz: It is not a field of a project file. Take it out."),
        (("info", "scores"), [], "info › scores: It is not a field of a project file. Take it "
         "out."),
        (("info", "a\u202e" + "b" * 99), 1, f"info › a{'b' * 59}: It is not a field of a project "
         "file. Take it out."),
        (("info", "\ud800"), 1, "info: It holds half of a broken character."),
        (("runs",), [], "runs: It is too short: it needs at least 1."),
        (("runs",), {}, "runs: It must be a list."),
        (("runs", 0), 7, "runs 1: It must be a group of fields in { }."),
        (("runs", 0, "id"), "Run 1", f"runs 1 (“First selection”) › id: {AN_ID}"),
        (("runs", 0, "lock"), "abc", "runs 1 (“First selection”) › lock: It must be the 64 "
         "letters and digits that were kept at the decision."),
        (("runs", 0, "status"), "maybe", "runs 1 (“First selection”) › status: It must be one "
         "of 'draft' or 'decided'."),
        ((*EVIDENCE, "programs", 0, "name"), None, "runs 1 (“First selection”) › evidence › "
         "programs 1 (“continue”) › name: It must be text."),
        ((*EVIDENCE, "programs", 0, "availability", "checked_on"), "1.3.2026",
         f"{PROGRAM_PLACE} › availability › checked_on: It must be a date such as 2026-03-31."),
        ((*EVIDENCE, "programs", 0, "availability", "checked_on"), 86400,
         f"{PROGRAM_PLACE} › availability › checked_on: It must be a date such as 2026-03-31."),
        ((*EVIDENCE, "programs", 0, "availability", "checked_on"), "2026-02-30",
         f"{PROGRAM_PLACE} › availability › checked_on: It must be a date such as 2026-03-31."),
        ((*CRITERION, "scale"), {}, f'{CRITERION_PLACE} › scale: It needs a "type".'),
        ((*CRITERION, "scale"), [], f"{CRITERION_PLACE} › scale: It must be a group of fields "
         "in { }."),
        ((*CRITERION, "scale", "type"), "dice", f"{CRITERION_PLACE} › scale: It must have as its "
         "\"type\" one of 'number', 'levels'."),
        ((*CRITERION, "scale", "type"), ["levels"], f"{CRITERION_PLACE} › scale: It must have as "
         "its \"type\" one of 'number', 'levels'."),
        ((*CRITERION, "scale"), {"type": "levels", "levels": LEVELS[:1]},
         f"{CRITERION_PLACE} › scale › levels: It is too short: it needs at least 2."),
        ((*CRITERION, "scale"), {"type": "levels", "levels": [LEVELS[0], {"level": 2.5,
         "anchor": ""}]}, f"{CRITERION_PLACE} › scale › levels 2 › level: It must be a whole "
         "number."),
        ((*CRITERION, "scale"), {"type": "levels", "levels": LEVELS * 11},
         f"{CRITERION_PLACE} › scale › levels: It is too long: it may hold 21 at most."),
        ((*CRITERION, "scale"), {"type": "number", "worst": 1, "best": 1}, f"{CRITERION_PLACE} › "
         "scale: It is wrong: the worst and the best end are the same; they must differ."),
        ((*CRITERION, "scale"), {"type": "number", "worst": 0, "best": 10**300},
         f"{CRITERION_PLACE} › scale › best: It must be 1,000,000,000,000,000 or less."),
        ((*CRITERION, "scale"), {"type": "number", "worst": 0, "best": 10**310},
         f"{CRITERION_PLACE} › scale › best: It is too large to be counted with."),
        ((*CRITERION, "scale"), {"type": "number", "worst": "0", "best": 1},
         f"{CRITERION_PLACE} › scale › worst: It must be a number."),
        ((*CRITERION, "scale"), {"type": "number", "best": 1},
         f"{CRITERION_PLACE} › scale › worst: It is missing."),
        ((*EVIDENCE, "scores", 0, "amount"), {"type": "range", "low": 2, "high": 1},
         "runs 1 (“First selection”) › evidence › scores 1 › amount: It is wrong: the low end "
         "must be below the high end."),
        ((*EVIDENCE, "scores", 0, "amount"), {"type": "exact"},
         "runs 1 (“First selection”) › evidence › scores 1 › amount › value: It is missing."),
        (("runs", 0, "weightings", 0, "judgement"), {"type": "points", "points": [{"item": "cost",
         "points": -1}]}, f"{WEIGHTING_PLACE} › judgement › points 1 › points: It must be 0 or "
         "more."),
        (("runs", 0, "weightings", 0, "judgement"), {"type": "order", "tiers": [["cost"], [7]]},
         f"{WEIGHTING_PLACE} › judgement › tiers 2 1: It must be text."),
    ],
)  # fmt: skip
def test_a_broken_part_is_named_with_its_place_and_what_it_must_be(path, value, finding):
    data = changed(*path, to=value)
    assert only(data) == finding
    assert refusal(data).headline == "elm.json is a project file, but parts of it are broken."


def test_all_broken_places_are_told_at_once():
    whole = content()
    whole["info"]["title"] = 7
    whole["runs"][0]["evidence"]["programs"][2]["role"] = "boss"
    places = [f.place for f in refusal(json.dumps(whole).encode()).findings]
    assert places == [
        "info › title",
        "runs 1 (“First selection”) › evidence › programs 3 (“Juvenile mentoring”) › role",
    ]


def test_a_list_of_broken_things_is_not_also_called_too_short():
    data = b'{"format": "bestfit-project", "version": 1, "info": {"title": "W"}, "runs": [7]}'
    assert only(data) == "runs 1: It must be a group of fields in { }."


@pytest.mark.parametrize(("broken", "told"), [(30, 30), (31, 31), (500, 31)])
def test_very_many_broken_places_are_counted(broken, told):
    findings = refusal(changed(*EVIDENCE, "programs", to=[7] * broken)).findings
    assert len(findings) == told
    rest = f"elm.json: There are {broken - 30} more places like these."
    assert (str(findings[-1]) == rest) == (broken > 30)


def test_a_field_whose_name_is_half_a_broken_character_is_refused_with_a_place():
    data = EXAMPLE.replace(b'"info"', b'"\\ud8edition": 1, "info"', 1)
    assert [str(f) for f in refusal(data).findings] == [
        "The file: It holds half of a broken character."
    ]


# --- any damage at all: a project or a refusal, never anything else


def judged(data: bytes) -> None:
    """Read damaged bytes; a project that comes of them must be as good as any."""
    refused = None
    try:
        project = read_project(data)
    except ProjectFileError as error:
        refused = error
    if refused is None:
        assert read_project(to_json(project).encode()) == project
        assert isinstance(check(project), tuple)
    else:
        assert refused.findings
        assert all(f.place and f.message for f in refused.findings)


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data):
    with pytest.raises(ProjectFileError):
        read_project(data)


@settings(max_examples=150)
@given(
    start=st.integers(0, len(EXAMPLE)),
    length=st.integers(0, 40),
    between=st.one_of(
        st.binary(max_size=8), st.sampled_from([b'"', b"{", b"]", b",", b"\\ud800", b"1e999"])
    ),
)
def test_an_example_with_other_bytes_in_it_is_a_project_or_refused(start, length, between):
    judged(EXAMPLE[:start] + between + EXAMPLE[start + length :])


def places_in(value: object) -> Iterator[tuple[dict | list, str | int]]:
    """Yield every place in JSON content, as what holds it and its key there."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(items):
        yield value, key
        if isinstance(item, dict | list):
            yield from places_in(item)


SOME_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.sampled_from([10**400, -(10**400), 1e308, float("nan"), float("inf"), -0.0, 0.5]),
        st.text(st.characters(codec=None, exclude_categories=()), max_size=9),
        st.sampled_from(["run-1", "cost", "reach", "continue", "2026-03-31", "range", "levels"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)


def _drop(held: dict | list, key: str | int, _: object) -> None:
    del held[key]


def _replace(held: dict | list, key: str | int, value: object) -> None:
    held[key] = value


def _add(held: dict | list, key: str | int, value: object) -> None:
    if isinstance(held, list):
        held.insert(int(key), value)
    else:
        held[f"{key}x"] = value


def _double(held: dict | list, key: str | int, _: object) -> None:
    if isinstance(held, list):
        held.append(held[int(key)])
    else:
        held[key] = [held[key], held[key]]


Damage = Callable[[dict | list, str | int, object], None]


@settings(max_examples=150)
@given(data=st.data())
def test_an_example_with_other_content_in_it_is_a_project_or_refused(data):
    whole = content()
    for _ in range(data.draw(st.integers(1, 3))):
        places = list(places_in(whole))
        held, key = places[data.draw(st.integers(0, len(places) - 1))]
        damage: Damage = data.draw(st.sampled_from([_drop, _replace, _add, _double]))
        damage(held, key, data.draw(SOME_JSON))
    judged(json.dumps(whole).encode())


# --- a decided run that someone changed by hand


def _otherwise(value: object) -> object:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return f"{value}x"
        case None:
            return "2026-01-01"
        case _:
            return None


def test_no_leaf_of_a_decided_run_can_be_changed_unseen(full):
    decided = json.loads(to_json(full.decide(Record(choice="school", reasons="Reach."))))
    (run,) = decided["runs"]
    unseen = []
    for held, key in places_in(run):
        was = held[key]
        if key == "lock" or isinstance(was, dict | list):
            continue
        held[key] = _otherwise(was)
        try:
            found = check(read_project(json.dumps(decided).encode()))
        except ProjectFileError:
            found = ()
        else:
            if not {"lock-broken", "record-missing"} & {f.code for f in found}:
                unseen.append((key, was))
        held[key] = was
    assert unseen == []


# --- the published schema


SCHEMA_FILE = resource_path("data/project.schema.json")


def test_the_published_schema_is_in_step_with_the_code():
    published = SCHEMA_FILE.read_text(encoding="utf-8")
    assert published == json.dumps(project_schema(), indent=2, ensure_ascii=False) + "\n"


def test_the_published_schema_is_a_schema_with_a_name():
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"] == "Best Fit project file"
    assert ">>>" not in schema["description"]


def conforms(whole: object) -> bool:
    return jsonschema.Draft202012Validator(project_schema()).is_valid(whole)


def test_the_example_conforms_to_the_published_schema():
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(content())) == []


def test_a_saved_project_conforms_to_the_schema(full):
    decided = full.decide(Record(choice="school", reasons="Reach."))
    assert conforms(json.loads(to_json(decided.rerun(None, "run-2", "Second"))))


@pytest.mark.parametrize("field", ["format", "version", "info", "runs"])
def test_the_schema_asks_for_what_the_reader_asks_for(field):
    whole = content()
    del whole[field]
    assert not conforms(whole)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("info", "child"), "x"),
        (("runs", 0, "id"), "Run 1"),
        ((*EVIDENCE, "scores", 0, "amount", "value"), 1e300),
        ((*EVIDENCE, "criteria", 0, "scale", "type"), "dice"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(path, value):
    data = changed(*path, to=value)
    assert refusal(data).findings
    assert not conforms(json.loads(data))
