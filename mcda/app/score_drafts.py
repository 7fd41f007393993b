"""What has been typed about a program but not saved yet; no drawing here.

Every field of a cell lives in the session under a key that changes with what is recorded there.
So a half-typed field outlives whatever else happens on the page, and after a save, an undo or
another person's edit the fields show the project again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal, get_args

import streamlit as st

from mcda.app.state import edit, run, state
from mcda.project import (
    Criterion,
    Exact,
    LevelScale,
    ProjectError,
    Range,
    Run,
    Score,
    Unknown,
)
from mcda.project.entering import entered
from mcda.project.evidence import Amount
from mcda.project.recording import (
    IncompleteScoreError,
    on_scale,
    read_range,
    read_score,
)
from mcda.project.text import number_text

Known = Literal["one", "range", "unknown"]
KNOWN: tuple[Known, ...] = get_args(Known)
Confidence = Literal["low", "medium", "high"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
Cell = tuple[str, str]
Place = tuple[str, ...]
_SESSION = "score-drafts"


@dataclass
class _Session:
    """How often a cell's fields were begun anew, and for which cells saving was tried.

    ``shown`` is what was recorded when the fields were drawn last; ``overtaken`` names the cells
    that someone else has recorded since something was typed in them.
    """

    epochs: dict[Place, int] = field(default_factory=dict)
    tried: set[Place] = field(default_factory=set)
    shown: dict[Place, Score | None] = field(default_factory=dict)
    overtaken: set[Place] = field(default_factory=set)


def _session() -> _Session:
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = _Session()
    found: _Session = st.session_state[_SESSION]
    return found


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


def stamp(cell: Place, *about: object) -> str:
    """Return what makes a key new: when what is recorded changes, or the cell is begun anew."""
    saved = state().saved
    whole = (saved.key if saved else "", run().id, _session().epochs.get(cell, 0), about)
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:12]


def field_key(of: Run, program: str, criterion: Criterion, name: str) -> str:
    """Return the session key of one field of a cell."""
    return _key(program, criterion, name, of.score(program, criterion.id))


def _key(program: str, criterion: Criterion, name: str, score: Score | None) -> str:
    levels = criterion.scale.levels if isinstance(criterion.scale, LevelScale) else ()
    words = [(level.level, level.anchor) for level in levels]
    recorded = score.model_dump_json() if score else ""
    mark = stamp((program, criterion.id), recorded, words)
    return f"score-{program}-{criterion.id}-{name}-{mark}"


def catch_up(of: Run) -> None:
    """Keep what is typed in cells that someone else has recorded in the meantime."""
    shown = _session().shown
    saved = state().saved
    for program in of.evidence.programs:
        for criterion in of.active_criteria:
            place = (saved.key if saved else "", of.id, program.id, criterion.id)
            now = of.score(program.id, criterion.id)
            before = shown.setdefault(place, now)
            if before != now:
                _carry_over(program.id, criterion, before, now)
                shown[place] = now


def _carry_over(
    program: str, criterion: Criterion, before: Score | None, now: Score | None
) -> None:
    """Move what was typed against one recorded score to the fields of another."""
    for name, value in asdict(recorded_fields(before)).items():
        typed = st.session_state.get(_key(program, criterion, name, before), value)
        if (typed or None) != (value or None):
            st.session_state[_key(program, criterion, name, now)] = typed
            _session().overtaken.add((program, criterion.id))


def is_overtaken(program: str, criterion: Criterion) -> bool:
    """Say whether someone else has recorded a cell since something was typed in it."""
    return (program, criterion.id) in _session().overtaken


def typed_fields(of: Run, program: str, criterion: Criterion) -> Fields:
    """Return the fields of a cell as they stand now: as typed, else as recorded."""
    recorded = asdict(recorded_fields(of.score(program, criterion.id)))
    typed: dict[str, Any] = {
        name: st.session_state.get(field_key(of, program, criterion, name), value)
        for name, value in recorded.items()
    }
    for name in ("one", "low", "likely", "high"):
        typed[name] = typed[name] or None
    return Fields(**typed)


def is_changed(of: Run, program: str, criterion: Criterion) -> bool:
    """Say whether something was typed in a cell that is not saved."""
    recorded = recorded_fields(of.score(program, criterion.id))
    now = typed_fields(of, program, criterion)
    about = (now.source, now.as_of, now.confidence, now.note)
    before = (recorded.source, recorded.as_of, recorded.confidence, recorded.note)
    return now.amount != recorded.amount or about != before


def changed_cells(of: Run, program: str) -> tuple[Criterion, ...]:
    """Return the criteria on which something was typed for a program that is not saved."""
    return tuple(c for c in of.active_criteria if is_changed(of, program, c))


def read_cell(of: Run, program: str, criterion: Criterion) -> Score:
    """Return the score that the fields of a cell make.

    Raises ``ProjectError`` where they make none: ``IncompleteScoreError`` where something is
    missing, ``RefusedScoreError`` where a number does not fit.
    """
    saved, now = of.score(program, criterion.id), typed_fields(of, program, criterion)
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
        return _read_ends(criterion, now)
    amount = read_score(criterion, now.one or "")
    if amount is None:
        what = "level" if isinstance(criterion.scale, LevelScale) else "number"
        mend = "Fill it in, or choose “not known yet”."
        raise IncompleteScoreError(criterion, f"the {what} is missing", mend)
    return amount


def _read_ends(criterion: Criterion, now: Fields) -> Amount:
    low, high = now.low or "", now.high or ""
    if isinstance(criterion.scale, LevelScale) and low and high:
        low, high = sorted((low, high), key=int)
    return read_range(criterion, low, now.likely or "", high)


def refusal(of: Run, program: str, criterion: Criterion) -> ProjectError | None:
    """Return why the fields of a changed cell make no score, once that may be said.

    What is only begun is no fault until someone tries to save it.
    """
    if not is_changed(of, program, criterion):
        return None
    try:
        read_cell(of, program, criterion)
    except IncompleteScoreError as error:
        return error if (program, criterion.id) in _session().tried else None
    except ProjectError as error:
        return error
    return None


def begin_anew(cells: Iterable[Place]) -> None:
    """Let the fields of these cells show what is recorded; what was typed is gone."""
    here = _session()
    for cell in cells:
        here.epochs[cell] = here.epochs.get(cell, 0) + 1
        here.tried.discard(cell)
        here.overtaken.discard(cell)


def save_program(program: str) -> bool:
    """Save what was typed about a program; say what was not, and leave it in its fields.

    Returns whether nothing is left unsaved. To be called in a widget's callback.
    """
    of = run()
    scores: list[Score] = []
    refused: list[str] = []
    for criterion in changed_cells(of, program):
        try:
            scores.append(read_cell(of, program, criterion))
        except ProjectError as error:
            refused.append(str(error))
            _session().tried.add((program, criterion.id))
    saved = not scores or edit(_label(of, program, scores), lambda p: p.with_scores(scores))
    if saved:
        begin_anew(s.place for s in scores)
        state().notice = _notice(of, program, scores, refused)
    if refused:
        count = "1 score is" if len(refused) == 1 else f"{len(refused)} scores are"
        state().problem = f"{state().problem or ''} {count} not saved. {' '.join(refused)}".strip()
    return saved and not refused


def _label(of: Run, program: str, scores: Sequence[Score]) -> str:
    """Return what the undo button will say."""
    name = of.program(program).name
    if len(scores) == 1:
        return f"score of {name} on {of.criterion(scores[0].criterion).name}"
    return f"{len(scores)} scores of {name}"


def _notice(of: Run, program: str, scores: Sequence[Score], refused: Sequence[str]) -> str | None:
    if scores:
        count = "1 score" if len(scores) == 1 else f"{len(scores)} scores"
        return f"Saved: {count} of {of.program(program).name}."
    return None if refused else "There was nothing new to save."
