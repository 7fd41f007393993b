"""What a leader corrects in a report that has been passed on already."""

from __future__ import annotations

from pydantic import field_validator

from mcda.project.text import Day, Frozen, Text


class Erratum(Frozen):
    """What was wrong in the report of a day (``of``), and what is right.

    It belongs to a report, not to the project, and is printed first.

    >>> from datetime import date
    >>> Erratum(of=date(2026, 11, 1), text="The cost is 140,000 dollars, not 14,000.").of.year
    2026
    """

    of: Day
    text: Text

    @field_validator("text")
    @classmethod
    def _say_it(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("say what was wrong, and what is right")
        return text.strip()
