"""Make an item out of what a person typed; what does not fit is refused in words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mcda.project.errors import ProjectError
from mcda.project.text import number_text

ModelT = TypeVar("ModelT", bound=BaseModel)

_MESSAGES = {
    "string_too_long": "it is longer than {max_length} characters",
    "float_type": "a number is missing",
    "int_type": "a whole number is missing",
    "greater_than_equal": "it must be {ge} or more",
    "less_than_equal": "it must be {le} or less",
    "too_short": "there must be at least {min_length}",
    "too_long": "there may be {max_length} at most",
    "value_error": "{error}",
}


def entered(model: type[ModelT], fields: Mapping[str, object]) -> ModelT:
    """Return the item these fields make.

    Raises ``ProjectError``, which names every field that does not fit.

    >>> from mcda.project import Program
    >>> entered(Program, {"id": "a", "name": " "})
    Traceback (most recent call last):
    ...
    mcda.project.errors.ProjectError: Name: a name is needed here.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        found = dict.fromkeys(_in_words(e) for e in error.errors(include_url=False))
        raise ProjectError(" ".join(found)) from None


def revised(item: ModelT, **changes: object) -> ModelT:
    """Return an item with some fields changed, checked as a whole.

    Raises ``ProjectError``, which names every field that does not fit.

    >>> from mcda.project import Program
    >>> revised(Program(id="a", name="A"), name="B").name
    'B'
    """
    return entered(type(item), {**item.model_dump(), **changes})


def fingerprint(item: BaseModel) -> str:
    """Return a short text that is another one as soon as anything in the item is.

    >>> from mcda.project import Program
    >>> fingerprint(Program(id="a", name="A")) == fingerprint(Program(id="a", name="B"))
    False
    """
    return hashlib.sha256(item.model_dump_json().encode()).hexdigest()[:16]


def _in_words(detail: ErrorDetails) -> str:
    context = {
        key: number_text(value) if isinstance(value, int | float) else value
        for key, value in detail.get("ctx", {}).items()
    }
    message = _MESSAGES.get(detail["type"], "this does not fit here").format(**context)
    return f"{_place(detail['loc'])}: {message}."


def _place(location: tuple[int | str, ...]) -> str:
    """Turn ('scale', 'levels', 'levels', 2, 'anchor') into "Anchor 3"."""
    names = [step for step in location if isinstance(step, str)]
    counts = [f" {step + 1}" for step in location if isinstance(step, int)]
    name = "scale" if names[:1] == ["scale"] and len(names) < 3 else (names or ["entry"])[-1]
    return f"{name.replace('_', ' ').capitalize()}{counts[-1] if counts else ''}"
