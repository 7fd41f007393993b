"""Whatever a file holds, it opens or is refused in words, and what opens can be worked with.

``BESTFIT_FUZZ=50 pytest tests/fuzz`` tries fifty times as many files.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import sys
from collections.abc import Callable
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcda import cli
from mcda.engine.errors import InputError
from mcda.project import ProjectError, ProjectFileError, TableError, check, read_project, to_json
from mcda.project.tables.observations import observations_template, read_observations
from mcda.project.templates import example
from mcda.report import build_report, read_any, write_html, write_zip
from mcda.report.pdf import write_pdf

from .mutations import changed_bytes, changed_json

GOOD = example("elm_county_two_years_on")
SMALL = example()
DOCUMENT = json.loads(to_json(GOOD))
WRITERS: dict[str, Callable[..., bytes]] = {
    "html": write_html,
    "zip": write_zip,
    "pdf": write_pdf,
}
COMMANDS = ("check", "rank", "compare", "status", "review", "table -o again.csv --force")
some = settings(
    max_examples=40 * int(os.environ.get("BESTFIT_FUZZ", "1")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@functools.cache
def report(form: str) -> bytes:
    return WRITERS[form](build_report(SMALL))


@some
@given(changed_json(DOCUMENT))
def test_a_project_file_with_values_changed(data):
    try:
        findings = check(read_project(data))
    except ProjectFileError as error:
        findings = error.findings
        assert findings
    assert all(finding.message for finding in findings)


@some
@given(changed_bytes(to_json(GOOD).encode()))
def test_a_project_file_with_bytes_changed(data):
    with contextlib.suppress(ProjectFileError):
        read_project(data)


@pytest.mark.parametrize("form", WRITERS)
@some
@given(data=st.data())
def test_a_report_with_bytes_changed_is_refused_or_brings_the_same_project(form, data):
    changed = data.draw(changed_bytes(report(form)))
    with contextlib.suppress(ProjectFileError):
        assert read_any(changed) == SMALL


@some
@given(st.binary(max_size=400), st.sampled_from((b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>")))
def test_any_bytes_are_refused_in_words(data, start):
    with pytest.raises(ProjectFileError, match=r"\w"):
        read_any(start + data)


@some
@given(changed_bytes(observations_template(GOOD.evaluation, "csv")))
def test_observations_with_bytes_changed(data):
    findings = []
    try:
        read_observations(GOOD.evaluation, ("observations.csv", data))
    except TableError as error:
        findings = error.findings
    assert all(finding.place and finding.message for finding in findings)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz") / "project.json"


@some
@given(changed_json(DOCUMENT), st.sampled_from(COMMANDS))
def test_the_command_line_ends_in_words(file, data, command):
    file.write_bytes(data)
    output, errors = io.StringIO(), io.StringIO()
    name, *options = command.split()
    with (
        contextlib.chdir(file.parent),
        mock.patch.object(sys, "argv", ["bestfit", name, str(file), *options]),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(errors),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main()
    assert ended.value.code in (0, 1, 2)
    assert output.getvalue() or errors.getvalue()
    assert "Traceback" not in errors.getvalue()


@some
@given(changed_json(DOCUMENT))
def test_a_project_that_opens_can_be_written_up(data):
    try:
        project = read_project(data)
    except ProjectFileError:
        return
    with contextlib.suppress(ProjectError, InputError):
        assert write_html(build_report(project, edition="public"))
