"""The project file: JSON in and out, refused with its place in words where it is broken."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mcda.project.document import FORMAT, VERSION, Project
from mcda.project.errors import ProjectError, ProjectFileError
from mcda.project.findings import Finding
from mcda.project.locks import check_decisions_kept
from mcda.project.text import clean_line, number_text, quoted

MAX_BYTES = 50_000_000
_MAX_FINDINGS = 30
_MAX_DIGITS = 300
# JSON Schema's own address of the dialect that pydantic writes.
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def load(path: str | os.PathLike[str]) -> Project:
    """Read a project file.

    Raises ``ProjectFileError``, which names every broken place, where the file is not there
    or is not a project this version can read.

    >>> load("nowhere.json")
    Traceback (most recent call last):
    ...
    mcda.project.errors.ProjectFileError: This file cannot be opened.
    - nowhere.json: The file cannot be read: No such file or directory. ...
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "there can be no file of this name"
        message = f"The file cannot be read: {reason}."
        mend = "Is it there, and may you open it?"
        raise _refused(_plain(file.name), "unreadable", message, mend) from error
    return read_project(data, file.name)


def save(project: Project, path: str | os.PathLike[str]) -> None:
    """Write a project file; a cut-off write leaves the old file as it was.

    A file that is there keeps who may read it; a link keeps pointing to the file it names.
    Raises ``ProjectError``, and writes nothing, where the file would be too large to be opened
    again, and ``LockedRunError`` where a decision in the file that is there would change or go;
    ``OSError`` where the folder cannot be written to.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     save(Project.new("Which?"), f"{folder}/which.json")
    ...     load(f"{folder}/which.json").info.title
    'Which?'
    """
    _check_kept(project, path)
    data = to_json(project).encode()
    if len(data) > MAX_BYTES:
        raise ProjectError(
            f"The project was not saved: its file would have {len(data) / 1e6:,.1f} MB, and one "
            f"of more than {MAX_BYTES / 1e6:,.0f} MB could not be opened again. Nothing is lost; "
            "take out programs, criteria or long texts that are not needed to choose."
        )
    file = Path(path).resolve()
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".bestfit-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if file.exists():
            shutil.copymode(file, temporary)
        else:
            Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _check_kept(project: Project, path: str | os.PathLike[str]) -> None:
    """Raise ``LockedRunError`` where the file that is there holds a decision that would be lost."""
    try:
        there = load(path)
    except ProjectFileError:
        return
    check_decisions_kept(there, project)


def to_json(project: Project) -> str:
    """Return the project as the text of its file.

    >>> read_project(to_json(Project.new("Which?")).encode()) == Project.new("Which?")
    True
    """
    return project.model_dump_json(indent=1) + "\n"


def read_project(data: bytes, name: str = "The file") -> Project:
    """Read a project from the bytes of its file; ``name`` stands in the messages.

    Raises ``ProjectFileError``.

    >>> read_project(b'{"format": "bestfit-project", "version": 9}')
    Traceback (most recent call last):
    ...
    mcda.project.errors.ProjectFileError: This file cannot be opened.
    - The file: It was made by a newer Best Fit (file version 9; this one reads 1). ...
    """
    name = _plain(name)
    content = _parse(data, name)
    _check_header(content, name)
    try:
        return Project.model_validate(content)
    except ValidationError as error:
        details = [d for d in error.errors(include_url=False) if not _is_echo(d)]
        findings = [_finding(detail, content) for detail in details[:_MAX_FINDINGS]]
        if len(details) > _MAX_FINDINGS:
            rest = f"There are {len(details) - _MAX_FINDINGS} more places like these."
            findings.append(Finding("error", "more", name, rest))
        headline = f"{name} is a project file, but parts of it are broken."
        raise ProjectFileError(headline, findings) from None


def project_schema() -> dict[str, Any]:
    """Return the JSON Schema of the project file, as published in ``data/``.

    >>> project_schema()["title"]
    'Best Fit project file'
    """
    schema = Project.model_json_schema()
    schema["title"] = "Best Fit project file"
    schema["description"] = "A whole decision: what it is about, and its runs, the latest last."
    schema["required"] = ["format", "version", *schema["required"]]
    return {"$schema": _DIALECT} | schema


class _ContentError(ValueError):
    """Valid to Python's JSON reader, but not to be counted with; its text is for people."""


def _plain(name: str) -> str:
    return str(clean_line(name))


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        ((repeated, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise _ContentError(f"The field {_field(repeated)} stands twice in one place.")
    return content


def _no_constants(text: str) -> float:
    raise _ContentError(f"{text} is not a number that can be counted with.")


def _whole_number(text: str) -> int | float:
    """Read a whole number; one with hundreds of digits is taken as endlessly large."""
    return int(text) if len(text) <= _MAX_DIGITS else float(text)


def _field(name: str) -> str:
    """Return the name of a field as it is shown: in straight quotes, cut where it is long."""
    return repr(_plain(name)[:60])


def _parse(data: bytes, name: str) -> object:
    if len(data) > MAX_BYTES:
        message = "The file is larger than 50 MB, far larger than any project."
        raise _refused(name, "too-large", message, "Choose another one.")
    text = _decode(data, name)
    if not text.strip():
        raise _refused(name, "empty", "The file is empty.", "Choose another one.")
    try:
        return json.loads(
            text,
            object_pairs_hook=_no_repeats,
            parse_constant=_no_constants,
            parse_int=_whole_number,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        message = f"It is not complete JSON: the trouble starts at {place}."
        mend = (
            "It may have been cut short or edited by hand; use an earlier copy or mend that line."
        )
        raise _refused(name, "not-json", message, mend) from None
    except RecursionError:
        message = "Its brackets stand inside each other far deeper than in any project."
        raise _refused(name, "too-deep", message, "Choose another one.") from None
    except _ContentError as error:
        mend = "Mend it there, or use an earlier copy."
        raise _refused(name, "not-json", str(error), mend) from None


def _decode(data: bytes, name: str) -> str:
    try:
        if b"\x00" not in data:
            return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    message = "It is not text, or not text of the usual kind (UTF-8)."
    mend = "Choose a Best Fit project file (.json); if you edited it, save it as UTF-8."
    raise _refused(name, "not-text", message, mend)


def _check_header(content: object, name: str) -> None:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        message = "It is not a Best Fit project."
        mend = f'A project file says "format": "{FORMAT}" near its start.'
        raise _refused(name, "foreign", message, mend)
    version = content.get("version")
    if isinstance(version, int) and version > VERSION:
        versions = f"file version {version:.15g}; this one reads {VERSION}"
        message = f"It was made by a newer Best Fit ({versions})."
        raise _refused(name, "newer", message, "Update Best Fit.")
    if type(version) is not int or version != VERSION:
        raise _refused(name, "version", 'Its "version" is missing or wrong.', "It should be 1.")


def _refused(name: str, code: str, message: str, mend: str = "") -> ProjectFileError:
    finding = Finding("error", code, name, message, mend)
    return ProjectFileError("This file cannot be opened.", [finding])


_MESSAGES = {
    "missing": "is missing.",
    "extra_forbidden": "is not a field of a project file.",
    "string_type": "must be text.",
    "string_unicode": "holds half of a broken character.",
    "string_too_long": "is longer than {max_length} characters.",
    "float_type": "must be a number.",
    "int_type": "must be a whole number.",
    "bool_type": "must be true or false.",
    "finite_number": "is too large to be counted with.",
    "greater_than_equal": "must be {ge} or more.",
    "less_than_equal": "must be {le} or less.",
    "too_short": "is too short: it needs at least {min_length}.",
    "too_long": "is too long: it may hold {max_length} at most.",
    "value_error": "is wrong: {error}.",
    "literal_error": "must be one of {expected}.",
    "union_tag_invalid": 'must have as its "type" one of {expected_tags}.',
    "union_tag_not_found": 'needs a "type".',
    "string_pattern_mismatch": (
        "must be made of small letters a to z, digits, - and _, begin with a letter or digit, "
        "and have 80 characters at most."
    ),
    "tuple_type": "must be a list.",
    "model_type": "must be a group of fields in {{ }}.",
    "model_attributes_type": "must be a group of fields in {{ }}.",
    "date_from_datetime_parsing": "must be a date such as 2026-03-31.",
    "date_type": "must be a date such as 2026-03-31.",
}
# The fields that hold one of several kinds of thing, told apart by its "type".
_UNIONS = ("scale", "amount", "judgement")


def _is_echo(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because its broken items were not counted."""
    if detail["type"] != "too_short":
        return False
    given = detail["input"]
    return isinstance(given, Sequence) and len(given) >= detail["ctx"]["min_length"]


def _finding(detail: ErrorDetails, content: object) -> Finding:
    kind, location = detail["type"], detail["loc"]
    known = {
        key: number_text(value) if isinstance(value, int | float) else value
        for key, value in detail.get("ctx", {}).items()
    }
    message = _MESSAGES.get(kind, "is wrong.").format(**known)
    if kind == "string_pattern_mismatch" and location[-1] == "lock":
        message = "must be the 64 letters and digits that were kept at the decision."
    mend = _closest_field(location) if kind == "extra_forbidden" else ""
    # A field whose very name is broken has no place that could be told.
    place = _place(location, content) or "The file"
    return Finding("error", kind, place, f"It {message}", mend)


def _closest_field(location: Sequence[int | str]) -> str:
    name = str(location[-1])[:60]
    close = get_close_matches(name, _field_names(), n=1)
    return f"Did you mean {close[0]!r}?" if close and close[0] != name else "Take it out."


@cache
def _field_names() -> tuple[str, ...]:
    fields: set[str] = set()
    for definition in project_schema()["$defs"].values():
        fields.update(definition.get("properties", {}))
    return tuple(sorted(fields))


def _place(location: Sequence[int | str], content: object) -> str:
    """Turn ('runs', 0, 'evidence', 'programs', 2) into words, with names where there are any."""
    words: list[str] = []
    here: object = content
    for before, step in pairwise((None, *location)):
        if before in _UNIONS:
            continue  # pydantic names the type of thing here; the file has no such step
        if isinstance(step, int):
            here = here[step] if isinstance(here, Sequence) else None
            words[-1] = f"{words[-1]} {step + 1}{_called(here)}"
        else:
            here = here.get(str(step)) if isinstance(here, Mapping) else None
            words.append(_plain(str(step))[:60])
    return " › ".join(words)


def _called(item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    label = item.get("name") or item.get("title") or item.get("id")
    return f" ({quoted(label)})" if isinstance(label, str) else ""
