"""What a cell says: a number, a range, that it is unknown, or text; with its unit."""

from __future__ import annotations

import math
import re
from typing import Literal, NamedTuple

from mcda.project.evidence import Amount, Exact, Range
from mcda.project.tables.grid import Cell, Fault, Quantity
from mcda.project.text import number_text, quoted

# How decimals are written: 1,234.5 or 1.234,5.
Style = Literal["point", "comma"]
LARGEST = 1e15

UNKNOWN_WORDS = {"unknown", "?", "n/a", "na", "-", "–", "—"}
_UNITS = {"US$": "$", "USD": "$", "$": "$", "EUR": "€", "€": "€", "GBP": "£", "£": "£", "%": "%"}
_UNIT = re.compile(r"US\$|USD|EUR|GBP|[$€£%]", re.IGNORECASE)
# A number with its trimmings, and no more than one of: minus, parentheses.
_NUMBER = re.compile(
    r"""(?P<outer>\(\s?)?
        (?P<sign>[-+\u2212])?\s?
        (?P<before>US\$|USD|EUR|GBP|[$€£])?\s?
        (?P<inner>[-+\u2212(])?\s?
        (?P<digits>[0-9.,][0-9., ]*(?:e[-+]?[0-9]+)?)
        (?P<close>\s?\))?\s?
        (?P<after>US\$|USD|EUR|GBP|[$€£%])?
        (?P<end>\s?\))?""",
    re.IGNORECASE | re.VERBOSE,
)
# The most usual way to write a number, read without taking it apart.
_PLAIN = re.compile(r"(-?)([0-9]+(?:\.[0-9]+)?)")
_MINUS = {"-", "\u2212"}
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_NOT_FINITE = re.compile(r"[-+]?(?:nan|inf|infinity|∞)", re.IGNORECASE)
_ERROR = re.compile(r"#[A-Z0-9_/]+[!?]?")
# Longer text is prose, whatever it is made of.
_LONGEST = 80
_SEPARATORS = {"point": (",", "."), "comma": (".", ",")}
_DIGITS = {
    style: re.compile(
        rf"(?:[1-9][0-9]{{0,2}}([{re.escape(group)} ])[0-9]{{3}}(?:\1[0-9]{{3}})*|[0-9]+)?"
        rf"(?:{re.escape(mark)}[0-9]+)?(?:e[-+]?[0-9]+)?",
        re.IGNORECASE,
    )
    for style, (group, mark) in _SEPARATORS.items()
}


class Part(NamedTuple):
    """One number of a cell: as a value, or as digits whose style is not yet known."""

    digits: str | float
    negative: bool = False

    def value(self, style: Style) -> float | None:
        """Return the number; None where its digits are not written in this style."""
        if isinstance(self.digits, float):
            return self.digits
        plain = read_digits(self.digits, style)
        return -plain if plain is not None and self.negative else plain


class Reading(NamedTuple):
    """What a cell says, before its column and its style of decimals are known.

    ``kind`` is ``blank``, ``unknown``, ``number`` (with one to three parts), ``text`` or
    ``fault``; ``shown`` is the cell as text; a fault has its ``problem`` and ``mend``.
    """

    kind: Literal["blank", "unknown", "number", "text", "fault"]
    shown: str = ""
    parts: tuple[Part, ...] = ()
    unit: str = ""
    problem: str = ""
    mend: str = ""


BLANK = Reading("blank")


def unit_in(text: str) -> str:
    """Return the first unit sign found in text: ``$``, ``€``, ``£``, ``%`` or nothing.

    >>> unit_in("12 USD"), unit_in("12")
    ('$', '')
    """
    found = _UNIT.search(text)
    return _UNITS[found[0].upper()] if found else ""


def read_digits(digits: str, style: Style) -> float | None:
    """Read digits with their separators; None where they are not written in this style.

    >>> read_digits("1,234.5", "point"), read_digits("1.234,5", "comma")
    (1234.5, 1234.5)
    >>> read_digits("1,5", "point") is None
    True
    """
    if not _DIGITS[style].fullmatch(digits):
        return None
    group, mark = _SEPARATORS[style]
    return float(digits.replace(group, "").replace(" ", "").replace(mark, "."))


def read_cell(cell: Cell) -> Reading:
    """Read one cell of a column that may hold scores.

    >>> read_cell("$1,200").unit, read_cell("10..20").kind, read_cell("n/a").kind
    ('$', 'number', 'unknown')
    """
    match cell:
        case None:
            return BLANK
        case Fault(shown=shown, problem=problem, mend=mend):
            return Reading("fault", shown, problem=problem, mend=mend)
        case Quantity(value=value, unit=unit):
            return Reading("number", _shown(value, unit), (Part(value),), unit)
    return _read_text(_SPACES.sub(" ", cell).strip())


def _shown(value: float, unit: str) -> str:
    """Return a number about as its cell shows it, with its unit.

    >>> _shown(20.0, "%"), _shown(-5.0, "$"), _shown(0.2, "")
    ('20%', '$-5', '0.2')
    """
    number = number_text(value)
    return f"{number}%" if unit == "%" else f"{unit}{number}"


def _read_text(text: str) -> Reading:
    if not text:
        return BLANK
    if text.casefold() in UNKNOWN_WORDS:
        return Reading("unknown", text)
    return _fault_in(text) or _read_number(text) or Reading("text", text)


def _read_number(text: str) -> Reading | None:
    """Read a number or a range with its unit; None where text is neither."""
    plain = _PLAIN.fullmatch(text)
    if plain is not None and len(text) <= _LONGEST:
        return Reading("number", text, (Part(plain[2], plain[1] == "-"),))
    peeled = [_peel(part) for part in _range_parts(text)] if len(text) <= _LONGEST else [None]
    numbers = [number for number in peeled if number is not None]
    if len(numbers) < len(peeled):
        return None
    units = {unit for _, found in numbers for unit in found}
    if len(units) > 1:
        both = " and ".join(sorted(units))
        return Reading("fault", text, problem=f"has two units, {both}", mend="Keep one.")
    return Reading("number", text, tuple(part for part, _ in numbers), "".join(units))


def _fault_in(text: str) -> Reading | None:
    if text.startswith("="):
        mend = "Save the table with the results of its formulas, as numbers."
        return Reading("fault", text, problem="is a formula, not its result", mend=mend)
    if _ERROR.fullmatch(text):
        mend = "Mend its formula, or clear the cell."
        return Reading("fault", text, problem="is an error", mend=mend)
    if _NOT_FINITE.fullmatch(text):
        mend = "Write a number, or “unknown”."
        return Reading("fault", text, problem="is not a finite number", mend=mend)
    return None


def _range_parts(text: str) -> list[str]:
    """Split a range into two or three numbers; a cell that is no range stays whole."""
    if ".." in text and "..." not in text:
        parts = text.split("..")
    elif " to " in text:
        parts = text.split(" to ")
    else:
        parts = text.split("–")
        signed = any(part.strip()[:1] in {"", "+", "(", *_MINUS} for part in parts)
        parts = [text] if signed else parts
    allowed = {1, 2, 3} if ".." in text else {1, 2}
    return [part.strip() for part in parts] if len(parts) in allowed else [text]


def _peel(text: str) -> tuple[Part, set[str]] | None:
    """Take sign, parentheses and units off a number; None where it is not one."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    signs = [found["sign"], found["inner"] if found["inner"] != "(" else None]
    opened = (found["outer"] is not None) + (found["inner"] == "(")
    closed = (found["close"] is not None) + (found["end"] is not None)
    if opened != closed or opened + sum(sign is not None for sign in signs) > 1:
        return None
    digits = found["digits"].strip()
    if read_digits(digits, "point") is None and read_digits(digits, "comma") is None:
        return None
    negative = opened == 1 or any(sign in _MINUS for sign in signs)
    units = {_UNITS[mark.upper()] for mark in (found["before"], found["after"]) if mark}
    return Part(digits, negative), units


def style_shown(part: Part) -> Style | Literal["either", "unclear"]:
    """Tell which style of decimals a number shows.

    ``either`` reads the same in both; ``unclear`` reads as two different numbers.

    >>> [style_shown(Part(d)) for d in ("1.5", "1,5", "15", "1,500")]
    ['point', 'comma', 'either', 'unclear']
    """
    point, comma = part.value("point"), part.value("comma")
    if point == comma:
        return "either"
    if comma is None:
        return "point"
    return "comma" if point is None else "unclear"


def read_amount(reading: Reading, style: Style) -> Amount | str:
    """Return the amount a number cell stands for, or what is wrong with it.

    >>> read_amount(read_cell("10..15..20"), "point")
    Range(type='range', low=10.0, high=20.0, likely=15.0)
    """
    values = [part.value(style) for part in reading.parts]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values):
        return "has a decimal comma, or a comma in the wrong place"
    if not all(math.isfinite(n) and abs(n) <= LARGEST for n in numbers):
        return "is too large a number"
    low, high = numbers[0], numbers[-1]
    likely = numbers[1] if len(numbers) == 3 else None
    if low > high:
        return "is a range whose first number is above its last"
    if likely is not None and not low <= likely <= high:
        return "is a range whose middle number is not between the others"
    return Exact(value=low) if low == high else Range(low=low, high=high, likely=likely)


def mend_for(reading: Reading) -> str:
    """Say what would be right in place of text that is not a number."""
    if re.fullmatch(r"[0-9.,]+ ?- ?[0-9.,]+%?", reading.shown):
        return "Write a range with two dots: 10..20."
    return (
        f"Write a number, a range such as 10..20, or “unknown” in place of {quoted(reading.shown)}."
    )
