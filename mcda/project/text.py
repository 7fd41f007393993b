"""The kinds of text and number a project holds, cleaned once, where they enter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

# Characters that reorder the text around them (a name could otherwise rewrite a printed line),
# and the two that no spreadsheet file can hold.
_DROPPED: Final = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF], None
)
_ANY_LINE_BREAK = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_AROUND_LINE_BREAKS = re.compile(r"\s*\n\s*")
_HYPHEN_OF_NUMBER = re.compile(r"(?<![\w.,/-])-(?=[0-9])")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def clean_text(value: object) -> object:
    r"""Drop control and reordering characters; replace halves of broken characters.

    Every kind of line break becomes a plain one. Right-to-left marks that real names need
    (U+200E, U+200F) stay. Anything but text is returned as it is, for the type check that
    follows.

    >>> clean_text("a\x00b\u202ec\ud800")
    'abc\ufffd'
    """
    if not isinstance(value, str):
        return value
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = _ANY_LINE_BREAK.sub("\n", whole).translate(_DROPPED)
    return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) != "Cc")


def clean_line(value: object) -> object:
    r"""Clean text that stands on one line: line breaks and tabs become single spaces.

    >>> clean_line("  two\nlines ")
    'two lines'
    """
    cleaned = clean_text(value)
    if not isinstance(cleaned, str):
        return cleaned
    return _AROUND_LINE_BREAKS.sub(" ", cleaned).replace("\t", " ").strip()


def quoted(text: str) -> str:
    """Return a name as it is shown within a sentence: on one line, cut where it is long.

    Names stand in curly quotes; ids and field names, which are typed as they are, in straight
    ones.

    >>> quoted("St. Mary's")
    "“St. Mary's”"
    """
    return f"“{shorten(text)}”"


def shorten(text: str, most: int = 60) -> str:
    """Return a name on one line, cut after ``most`` signs where it is longer.

    >>> shorten("a very long name", 8)
    'a very …'
    """
    line = str(clean_line(text))
    return line if len(line) <= most else line[: most - 1] + "…"


def cut(text: str, most: int) -> str:
    """Return prose on one line, its end left out where it is longer than ``most`` signs.

    It ends with a part of a sentence where half of it or more is kept by that, else with a word.

    >>> cut("Forms of 2025, read by the group; none has a question on it.", 60)
    'Forms of 2025, read by the group; none has a question on it.'
    >>> cut("Forms of 2025, read by the group; none has a question on it.", 50)
    'Forms of 2025, read by the group …'
    >>> cut("Ask early and often", 12), cut("Trafficking", 6)
    ('Ask early …', 'Traf …')
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    kept = line[: most - 1]  # with the sign after the last that fits: a word may end just there
    part = max(kept.rfind(end) for end in ("; ", ". ", ": "))
    end = part if part >= most // 2 else kept.rfind(" ")
    return f"{kept[: end if end > 0 else -1].rstrip(' ,;.:')} …"


def listed(names: Iterable[str], most: int = 8) -> str:
    """Write names as a list in a sentence, with a count of those past ``most``.

    >>> listed("ab"), listed("abcd", most=2)
    ('a and b', 'a, b and 2 more')
    """
    every = list(names)
    more = len(every) - most
    *first, last = [*every[:most], f"{more} more"] if more > 0 else every or [""]
    return " and ".join(part for part in (", ".join(first), last) if part)


def counted(number: int, one: str, many: str = "") -> str:
    """Write how many there are; ``many`` is for a plural that takes more than an "s".

    >>> counted(1, "score"), counted(0, "score"), counted(2, "criterion", "criteria")
    ('1 score', '0 scores', '2 criteria')
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def with_minus(text: str) -> str:
    """Return text with a minus sign before negative numbers: a hyphen may not be read aloud.

    >>> with_minus("-0.9 to 3.8 points on 2026-11-22, 555-0100")
    '\u22120.9 to 3.8 points on 2026-11-22, 555-0100'
    """
    return _HYPHEN_OF_NUMBER.sub("\N{MINUS SIGN}", text)


def match_key(text: str) -> str:
    """Return what two headings or names have in common that a person would call the same.

    >>> match_key("  Unit_reached ") == match_key("UNIT  reached")
    True
    """
    return " ".join(str(clean_line(text)).replace("_", " ").split()).casefold()


def number_text(value: float) -> str:
    """Return a number as people write it: separated thousands, no needless decimals.

    >>> number_text(1250000.0), number_text(-0.5), number_text(-0.0)
    ('1,250,000', '-0.5', '0')
    """
    return f"{value + 0.0:,.0f}" if abs(value) >= 1e12 else f"{value + 0.0:,.12g}"


def day_text(day: date) -> str:
    """Return a day as people read it, on screen and on paper; data files have YYYY-MM-DD.

    >>> day_text(date(2026, 9, 5))
    'September 5, 2026'
    """
    return f"{day:%B} {day.day}, {day.year}"


def short_day_text(day: date) -> str:
    """Return a day for a narrow column, in which it stays on one line.

    >>> short_day_text(date(2026, 9, 5)).split("\N{NO-BREAK SPACE}")
    ['Sep', '5,', '2026']
    """
    return f"{day:%b} {day.day}, {day.year}".replace(" ", "\N{NO-BREAK SPACE}")


def _not_blank(value: str) -> str:
    """Refuse a name with nothing to see in it: only spaces and invisible marks."""
    if all(c.isspace() or unicodedata.category(c) == "Cf" for c in value):
        raise ValueError("a name is needed here")
    return value


def _written_as_date(value: object) -> object:
    """Refuse what would otherwise be taken for a date: seconds since 1970, times of day."""
    text = isinstance(value, str) and _ISO_DATE.fullmatch(value)
    if not (text or isinstance(value, date)):
        raise PydanticCustomError("date_type", "Input should be a date such as 2026-03-31")
    return value


MAX_NAME = 500
MAX_TEXT = 20_000

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
Name = Annotated[
    str, Field(max_length=MAX_NAME), BeforeValidator(clean_line), AfterValidator(_not_blank)
]
Line = Annotated[str, Field(max_length=MAX_NAME), BeforeValidator(clean_line)]
Text = Annotated[str, Field(max_length=MAX_TEXT), BeforeValidator(clean_text)]
Day = Annotated[date, BeforeValidator(_written_as_date)]
Flag = Annotated[bool, Field(strict=True)]
# 1e15 is far past any count or budget and far below where float arithmetic overflows.
Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e15, le=1e15)]
Points = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=1e9)]
Times = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=1, le=9)]
Percent = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=100)]


class Frozen(BaseModel):
    """Base of everything in a project: immutable, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def make_id(name: str, taken: frozenset[str] | set[str] = frozenset()) -> str:
    """Return an id made from a name, unlike any in ``taken``.

    >>> make_id("Écoles & jeunes!", {"ecoles-jeunes"})
    'ecoles-jeunes-2'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-") or "item"
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
