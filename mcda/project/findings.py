"""A finding: one thing a check has to say, with its place and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    ``code`` names the rule, for programs to tell findings apart; ``place`` says where in
    words a person knows; ``message`` what is so; ``mend`` what would be right.

    >>> print(Finding("error", "out-of-range", "Mentors", "-5 is outside 0 to 9.", "Widen it."))
    Mentors: -5 is outside 0 to 9. Widen it.
    """

    severity: Severity
    code: str
    place: str
    message: str
    mend: str = ""

    def __str__(self) -> str:
        """One line: place, message and mend."""
        return " ".join(part for part in (f"{self.place}:", self.message, self.mend) if part)
