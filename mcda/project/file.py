"""The project file: JSON in and out, refused with its place in words where it is broken."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mcda.project.document import FORMAT, VERSION, Project
from mcda.project.errors import ProjectFileError
from mcda.project.findings import Finding

MAX_BYTES = 50_000_000
_MAX_FINDINGS = 30
# JSON Schema's own address of the dialect that pydantic writes.
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def load(path: str | os.PathLike[str]) -> Project:
    """Read a project file.

    Raises ``ProjectFileError``, which names every broken place, where the file is not there
    or is not a project this version can read.
    """
    file = Path(path)
    try:
        if file.is_file() and file.stat().st_size > MAX_BYTES:
            raise _refused(file.name, "too-large", "The file is larger than 50 MB.")
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise _refused(file.name, "unreadable", f"The file cannot be read: {reason}.") from error
    return read_project(data, file.name)


def save(project: Project, path: str | os.PathLike[str]) -> None:
    """Write a project file; a cut-off write leaves the old file as it was.

    Raises ``OSError`` where the folder cannot be written to.
    """
    file = Path(path)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".bestfit-", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(to_json(project))
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def to_json(project: Project) -> str:
    """Return the project as the text of its file."""
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
    """Return the JSON Schema of the project file, as published in ``data/``."""
    schema = Project.model_json_schema()
    return {"$schema": _DIALECT, "title": "Best Fit project file"} | schema


class _RepeatedKeyError(ValueError):
    pass


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise _RepeatedKeyError(f"The field {repeated!r} stands twice in one place.")
    return content


def _no_constants(text: str) -> float:
    raise _RepeatedKeyError(f"{text} is not a number that can be counted with.")


def _parse(data: bytes, name: str) -> object:
    if len(data) > MAX_BYTES:
        raise _refused(name, "too-large", "The file is larger than 50 MB.")
    if not data.strip():
        raise _refused(name, "empty", "The file is empty.", "Choose another one.")
    try:
        text = data.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_no_constants)
    except UnicodeDecodeError:
        message, mend = "It is not text.", "Choose a Best Fit project file (.json)."
        raise _refused(name, "not-text", message, mend) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        message = f"It is not complete JSON: the trouble starts at {place}."
        mend = (
            "It may have been cut short or edited by hand; use an earlier copy or mend that line."
        )
        raise _refused(name, "not-json", message, mend) from None
    except RecursionError:
        message = "It is nested far deeper than any project."
        raise _refused(name, "too-deep", message) from None
    except ValueError as error:
        raise _refused(name, "not-json", str(error)) from None


def _check_header(content: object, name: str) -> None:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        message = "It is not a Best Fit project."
        mend = f'A project file says "format": "{FORMAT}" near its start.'
        raise _refused(name, "foreign", message, mend)
    version = content.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        versions = f"file version {version}; this one reads {VERSION}"
        message = f"It was made by a newer Best Fit ({versions})."
        raise _refused(name, "newer", message, "Update Best Fit.")
    if version != VERSION or isinstance(version, bool):
        raise _refused(name, "version", 'Its "version" is missing or wrong.', "It should be 1.")


def _refused(name: str, code: str, message: str, mend: str = "") -> ProjectFileError:
    finding = Finding("error", code, name, message, mend)
    return ProjectFileError("This file cannot be opened.", [finding])


_MESSAGES = {
    "missing": "is missing.",
    "extra_forbidden": "is not a field of a project file.",
    "string_type": "must be text.",
    "float_type": "must be a number.",
    "int_type": "must be a whole number.",
    "bool_type": "must be true or false.",
    "finite_number": "must be a number that can be counted with.",
    "string_pattern_mismatch": "may hold small letters a to z, digits, - and _ only.",
    "tuple_type": "must be a list.",
    "model_type": "must be a group of fields in { }.",
    "model_attributes_type": "must be a group of fields in { }.",
    "date_from_datetime_parsing": "must be a date such as 2026-03-31.",
    "date_parsing": "must be a date such as 2026-03-31.",
    "date_type": "must be a date such as 2026-03-31.",
}


def _is_echo(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because its broken items were not counted."""
    given = detail.get("input")
    return detail["type"] == "too_short" and isinstance(given, Sequence) and len(given) > 0


def _finding(detail: ErrorDetails, content: object) -> Finding:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _MESSAGES:
        message = _MESSAGES[kind]
    elif kind == "value_error":
        message = f"is wrong: {context['error']}."
    elif kind == "string_too_long":
        message = f"is longer than {context['max_length']} characters."
    elif kind in ("literal_error", "union_tag_invalid"):
        message = f"must be one of {context.get('expected') or context.get('expected_tags')}."
    elif kind == "union_tag_not_found":
        message = 'needs a "type".'
    else:
        message = f"is wrong: {detail['msg']}."
    location = detail["loc"]
    mend = _closest_field(location) if kind == "extra_forbidden" else ""
    return Finding("error", kind, _place(location, content), f"It {message}", mend)


def _closest_field(location: Sequence[int | str]) -> str:
    fields: set[str] = set()
    for definition in Project.model_json_schema()["$defs"].values():
        fields.update(definition.get("properties", {}))
    close = get_close_matches(str(location[-1]), sorted(fields), n=1)
    return f"Did you mean {close[0]!r}?" if close else "Take it out."


def _place(location: Sequence[int | str], content: object) -> str:
    """Turn ('runs', 0, 'evidence', 'programs', 2) into words, with names where there are any."""
    words: list[str] = []
    here: object = content
    for step in location:
        if isinstance(step, int):
            here = here[step] if isinstance(here, Sequence) and step < len(here) else None
            words[-1:] = [f"{words[-1] if words else 'item'} {step + 1}{_called(here)}"]
        elif isinstance(here, Mapping) and step not in here and step == here.get("type"):
            continue  # pydantic names the variant of a union here; the file has no such step
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
            words.append(str(step))
    return " › ".join(words) or "The file"


def _called(item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    label = item.get("name") or item.get("title") or item.get("id")
    return f" ({label[:60]!r})" if isinstance(label, str) else ""
