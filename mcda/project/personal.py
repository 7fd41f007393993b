"""Free text that looks like data about one person: a project holds programs and totals only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = rf"(?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|{_MONTH}\.? \d{{1,2}},? \d{{4}})"
_YOUNG = (
    r"(?:girl|boy|child|youth|teen|teenager|victim|survivor|minor|student"
    r"|young (?:person|woman|man))"
)
_STREET = r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place)"

# What a text looks like, and the pattern that says so. Each looks at a stretch of bounded length,
# so that no text takes long.
_SIGNS: Final = (
    ("an e-mail address", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}")),
    (
        "a phone number",
        re.compile(
            r"(?<![\d$,.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])"
        ),
    ),
    ("a social security number", re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")),
    (
        "a date of birth",
        re.compile(
            rf"\b(?:d\.?o\.?b\.?|born(?: on)?|birth ?date|date of birth)\W{{0,4}}{_DATE}", re.I
        ),
    ),
    (
        "a case number",
        re.compile(
            r"\b(?:case|docket|cause|file|report|incident|mrn)"
            r"(?: (?:no|number|id)\b\.?:?| ?#) ?#?[a-z]{0,4}-?\d[\w/-]{1,20}",
            re.I,
        ),
    ),
    (
        "a street address",
        re.compile(
            rf"\b\d{{1,6}} (?:[NSEW]\.? )?(?:[A-Z][\w'’.-]{{0,30}} ){{1,3}}(?i:{_STREET})\b"
        ),
    ),
    (
        "one young person",
        re.compile(
            rf"\b(?i:{_YOUNG})(?:,)? (?i:named|called|whose name is) [A-Z]"
            rf"|\b(?:an? )?\d{{1,2}}[- ]year[- ]old (?i:{_YOUNG})\b"
        ),
    ),
)


def personal_signs(text: str) -> tuple[str, ...]:
    """Return what in a text looks like data about one person; mostly nothing.

    It knows the shapes of addresses, numbers and dates, not every name: a text in which it finds
    nothing may still tell of someone.

    >>> personal_signs("A 14-year-old girl, case no. 23-0815, was seen at the mall.")
    ('a case number', 'one young person')
    >>> personal_signs("We served 140 young people in 2026.")
    ()
    """
    return tuple(sign for sign, pattern in _SIGNS if pattern.search(text))


def texts_of(part: BaseModel, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text in a part of a project, with its place in words."""
    here = getattr(part, "name", None)
    where = f"{place}, {here}" if isinstance(here, str) and here else place
    for field in type(part).model_fields:
        value = getattr(part, field)
        if isinstance(value, str):
            yield where, value
        elif isinstance(value, tuple):
            for each in value:
                if isinstance(each, BaseModel):
                    yield from texts_of(each, where)
