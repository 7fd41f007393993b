"""The fields of one score as they stand in a form, from what is recorded and back; no drawing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from mcda.project import Criterion, Exact, LevelScale, Range, Score, Unknown
from mcda.project.entering import entered
from mcda.project.evidence import Amount
from mcda.project.recording import IncompleteScoreError, on_scale, read_range, read_score
from mcda.project.text import number_text

Known = Literal["one", "range", "unknown"]
KNOWN: tuple[Known, ...] = get_args(Known)
Confidence = Literal["low", "medium", "high"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one cell as they stand in the form; numbers and levels as text."""

    known: Known | None = None
    one: str | None = None
    low: str | None = None
    likely: str | None = None
    high: str | None = None
    source: str = ""
    as_of: date | None = None
    confidence: Confidence | None = None
    note: str = ""

    @property
    def amount(self) -> tuple[str | None, ...]:
        """What says how much: everything but where it comes from."""
        if self.known == "one":
            return self.known, self.one
        if self.known == "range":
            return self.known, self.low, self.likely, self.high
        return (self.known,)


def recorded_fields(score: Score | None) -> Fields:
    """Return the fields that show what is recorded."""
    if score is None:
        return Fields()
    about = Fields(
        source=score.source, as_of=score.as_of, confidence=score.confidence, note=score.note
    )
    match score.amount:
        case Exact(value=value):
            return replace(about, known="one", one=number_text(value))
        case Range(low=low, likely=likely, high=high):
            middle = None if likely is None else number_text(likely)
            first, last = number_text(low), number_text(high)
            return replace(about, known="range", low=first, likely=middle, high=last)
        case Unknown():
            return replace(about, known="unknown")


def read_fields(program: str, criterion: Criterion, now: Fields, saved: Score | None) -> Score:
    """Return the score that fields make; what says how much stays as saved where it is the same.

    Raises ``ProjectError`` where they make none: ``IncompleteScoreError`` where something is
    missing, ``RefusedScoreError`` where a number does not fit.
    """
    if saved is not None and now.amount == recorded_fields(saved).amount:
        amount = on_scale(criterion, saved.amount)
    else:
        amount = _read_amount(criterion, now)
    return entered(
        Score,
        {
            "program": program,
            "criterion": criterion.id,
            "amount": amount.model_dump(),
            "source": now.source,
            "as_of": now.as_of,
            "note": now.note,
            "confidence": None if now.known == "unknown" else now.confidence,
        },
    )


def _read_amount(criterion: Criterion, now: Fields) -> Amount:
    if now.known == "unknown":
        return Unknown()
    if now.known == "range":
        return read_ends(criterion, now.low or "", now.likely or "", now.high or "")
    amount = read_score(criterion, now.one or "")
    if amount is None:
        what = "level" if isinstance(criterion.scale, LevelScale) else "number"
        mend = "Fill it in, or choose “not known yet”."
        raise IncompleteScoreError(criterion, f"the {what} is missing", mend)
    return amount


def read_ends(criterion: Criterion, low: str, likely: str, high: str) -> Amount:
    """Return a range; of two levels the lower one comes first, however they were given."""
    if isinstance(criterion.scale, LevelScale) and low and high:
        low, high = sorted((low, high), key=int)
    return read_range(criterion, low, likely, high)
