"""What has been typed about a program but not saved yet; no drawing here.

Every field of a cell lives in the session under a key that changes with what is recorded there.
So a half-typed field outlives whatever else happens on the page, and after a save, an undo or
another person's edit the fields show the project again. What is typed is also kept as a draft,
which outlives the page itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from mcda.app import drafts
from mcda.app.score_cell import Fields, read_fields, recorded_fields
from mcda.app.state import edit, project_key, run, state
from mcda.project import Criterion, LevelScale, ProjectError, Run, Score, Unknown
from mcda.project.entering import entered
from mcda.project.recording import IncompleteScoreError
from mcda.project.text import counted

Cell = tuple[str, str]
Place = tuple[str, ...]
_SESSION = "score-drafts"
_GRID_SESSION = "score-grid"


@dataclass
class _Session:
    """How often a cell's fields were begun anew, and for which cells saving was tried.

    ``shown`` is what was recorded when the fields were drawn last; ``overtaken`` names the cells
    that someone else has recorded since something was typed in them. ``brought_back`` names the
    runs whose drafts have been put back into their fields. ``sources`` is what is typed as the
    source of all scores of a program.
    """

    epochs: dict[Place, int] = field(default_factory=dict)
    tried: set[Place] = field(default_factory=set)
    shown: dict[Place, Score | None] = field(default_factory=dict)
    overtaken: set[Place] = field(default_factory=set)
    brought_back: set[Place] = field(default_factory=set)
    sources: dict[Place, str] = field(default_factory=dict)


def _session() -> _Session:
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = _Session()
    found: _Session = st.session_state[_SESSION]
    return found


_FIELDS = tuple(f.name for f in fields(Fields))
_PICK = "pick"  # One radio for levels stands for the fields "known" and "one".
_AMOUNT = {"known", "one", "low", "likely", "high"}


def stamp(cell: Place, *about: object) -> str:
    """Return what makes a key new: when what is recorded changes, or the cell is begun anew."""
    whole = (project_key(), run().id, _session().epochs.get(cell, 0), about)
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:12]


def field_key(of: Run, program: str, criterion: Criterion, name: str) -> str:
    """Return the session key of one field of a cell."""
    return _keys(program, criterion, of.score(program, criterion.id))[name]


def _keys(program: str, criterion: Criterion, score: Score | None) -> dict[str, str]:
    """Return the session key of each field of a cell, while a score is what is recorded."""
    levels = criterion.scale.levels if isinstance(criterion.scale, LevelScale) else ()
    words = [(level.level, level.anchor) for level in levels]
    recorded = score.model_dump_json() if score else ""
    mark = stamp((program, criterion.id), recorded, words)
    return {name: f"score-{program}-{criterion.id}-{name}-{mark}" for name in (*_FIELDS, _PICK)}


def catch_up(of: Run) -> None:
    """Keep what is typed in cells that someone else has recorded in the meantime."""
    shown, here, scores = _session().shown, _here(of), of.score_index()
    for program in of.evidence.programs:
        for criterion in of.active_criteria:
            place = (*here, program.id, criterion.id)
            now = scores.get((program.id, criterion.id))
            before = shown.setdefault(place, now)
            if before != now:
                _carry_over(program.id, criterion, before, now)
                shown[place] = now


def _carry_over(
    program: str, criterion: Criterion, before: Score | None, now: Score | None
) -> None:
    """Move what was typed against one recorded score to the fields of another.

    What says how much goes as a whole: the ends of a range mean little beside another's number.
    """
    old, new = _keys(program, criterion, before), _keys(program, criterion, now)
    was, shows = asdict(recorded_fields(before)), asdict(recorded_fields(now))
    typed = {name: st.session_state.get(old[name], value) for name, value in was.items()}
    changed = {name for name in _FIELDS if (typed[name] or None) != (was[name] or None)}
    if changed & _AMOUNT:
        changed |= _AMOUNT
    for name in changed:
        if (typed[name] or None) != (shows[name] or None):
            st.session_state[new[name]] = typed[name]
            _session().overtaken.add((program, criterion.id))


def _here(of: Run) -> Place:
    return (project_key(), of.id)


def is_overtaken(program: str, criterion: Criterion) -> bool:
    """Say whether someone else has recorded a cell since something was typed in it."""
    return (program, criterion.id) in _session().overtaken


def typed_fields(of: Run, program: str, criterion: Criterion) -> Fields:
    """Return the fields of a cell as they stand now: as typed, else as recorded."""
    score = of.score(program, criterion.id)
    recorded, keys = asdict(recorded_fields(score)), _keys(program, criterion, score)
    typed: dict[str, Any] = {
        name: st.session_state.get(keys[name], value) for name, value in recorded.items()
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


def common_source(program: str) -> str:
    """Return what is typed as the source of all scores of a program, else nothing."""
    return _session().sources.get((*_here(run()), program), "")


def keep_common_source(program: str, text: str) -> None:
    """Take what is typed as the source of all scores of a program; nothing takes it back."""
    _session().sources[*_here(run()), program] = text.strip()


def bare_cells(of: Run, program: str) -> tuple[Criterion, ...]:
    """Return the criteria whose recorded score would take the common source on saving.

    A score that is not known yet takes none: that somebody has a source does not say that they
    looked for this in it.
    """
    if not common_source(program):
        return ()
    return tuple(
        criterion
        for criterion in of.active_criteria
        if not is_changed(of, program, criterion)
        and (score := of.score(program, criterion.id)) is not None
        and _takes_source(score)
    )


def _takes_source(score: Score) -> bool:
    return not score.source.strip() and not isinstance(score.amount, Unknown)


def _with_source(score: Score, source: str) -> Score:
    """Return a score with the common source, where it has none of its own."""
    if not source or not _takes_source(score):
        return score
    return entered(Score, score.model_dump() | {"source": source})


def drop_program(program: str) -> None:
    """Let go of all that is typed about a program and not saved."""
    begin_anew((program, c.id) for c in changed_cells(run(), program))
    keep_common_source(program, "")


def read_cell(of: Run, program: str, criterion: Criterion) -> Score:
    """Return the score that the fields of a cell make.

    Raises ``ProjectError`` where they make none: ``IncompleteScoreError`` where something is
    missing, ``RefusedScoreError`` where a number does not fit.
    """
    now, saved = typed_fields(of, program, criterion), of.score(program, criterion.id)
    return read_fields(program, criterion, now, saved)


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
    refused: list[str] = []
    source = common_source(program)
    scores = [
        _with_source(score, source)
        for criterion in bare_cells(of, program)
        if (score := of.score(program, criterion.id)) is not None
    ]
    for criterion in changed_cells(of, program):
        try:
            scores.append(_with_source(read_cell(of, program, criterion), source))
        except ProjectError as error:
            refused.append(str(error))
            _session().tried.add((program, criterion.id))
    saved = not scores or edit(_label(of, program, scores), lambda p: p.with_scores(scores))
    if saved:
        begin_anew(s.place for s in scores)
        state().notice = _notice(of, program, scores, refused)
    if refused:
        count = counted(len(refused), "score is", "scores are")
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
        return f"Saved: {counted(len(scores), 'score')} of {of.program(program).name}."
    return None if refused else "There was nothing new to save."


# --- what outlives the page


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is typed in a cell, what was recorded then, and whether that was someone else's."""

    before: Score | None
    typed: Fields
    overtaken: bool


_DRAFT = TypeAdapter(_Draft)


@dataclass
class Typed:
    """What was typed in the grid and is not saved yet, by cell; and of which project."""

    of: str = ""
    cells: dict[Cell, str] = field(default_factory=dict)


def typed() -> Typed:
    """Return what was typed in the grid of the open project, also before a reload."""
    of = project_key()
    found: Typed | None = st.session_state.get(_GRID_SESSION)
    if found is None or found.of != of:
        cells = {_cell(place): text for place, text in drafts.kept(_GRID_SESSION).items()}
        found = st.session_state[_GRID_SESSION] = Typed(of, cells)
    return found


def unsaved(of: Run) -> tuple[tuple[str, Criterion], ...]:
    """Return the cells of the form in which something is typed that is not saved."""
    if not _session().shown:
        return ()
    catch_up(of)
    drawn, scores = set(st.session_state), of.score_index()
    return tuple(
        (program.id, criterion)
        for program in of.evidence.programs
        for criterion in of.active_criteria
        if not drawn.isdisjoint(
            _keys(program.id, criterion, scores.get((program.id, criterion.id))).values()
        )
        and is_changed(of, program.id, criterion)
    )


def count_unsaved(of: Run) -> int:
    """Return how many scores are typed, in the form and in the grid, and not saved."""
    bare = sum(len(bare_cells(of, p.id)) for p in of.evidence.programs)
    return len(unsaved(of)) + bare + len(typed().cells)


def keep_unsaved(of: Run) -> None:
    """Keep what is typed and not saved as drafts; what has been saved or dropped is forgotten."""
    cells = {f"{program}/{c.id}": _draft(of, program, c) for program, c in unsaved(of)}
    drafts.keep(_kind(of), cells)
    here = _here(of)
    sources = {p[-1]: text for p, text in _session().sources.items() if p[:-1] == here and text}
    drafts.keep(_source_kind(of), sources)
    drafts.keep(_GRID_SESSION, {"/".join(cell): text for cell, text in typed().cells.items()})


def _kind(of: Run) -> str:
    return f"scores/{of.id}"


def _source_kind(of: Run) -> str:
    return f"score-sources/{of.id}"


def _cell(place: str) -> Cell:
    program, _, criterion = place.partition("/")
    return program, criterion


def _draft(of: Run, program: str, criterion: Criterion) -> str:
    now = typed_fields(of, program, criterion)
    before = of.score(program, criterion.id)
    draft = _Draft(before, now, is_overtaken(program, criterion))
    return _DRAFT.dump_json(draft).decode()


def bring_back(of: Run) -> int | None:
    """Put the drafts of a run back into their fields; return how many scores are unsaved.

    Once a session: None where it has been done. What someone else has recorded meanwhile is not
    hidden by it: see :func:`catch_up`.
    """
    here = _here(of)
    if here in _session().brought_back:
        return None
    _session().brought_back.add(here)
    criteria = {c.id: c for c in of.active_criteria}
    programs = {p.id for p in of.evidence.programs}
    for place, text in drafts.kept(_kind(of)).items():
        program, criterion = _cell(place)
        if program in programs and criterion in criteria:
            _bring_back(here, program, criteria[criterion], text)
    for program, text in drafts.kept(_source_kind(of)).items():
        if program in programs:
            _session().sources[*here, program] = text
    return count_unsaved(of)


def _bring_back(here: Place, program: str, criterion: Criterion, text: str) -> None:
    """Put one draft back; one that an older version wrote in another way is left out."""
    try:
        draft = _DRAFT.validate_json(text)
    except ValidationError:
        return
    keys, recorded = _keys(program, criterion, draft.before), recorded_fields(draft.before)
    for name, value in asdict(draft.typed).items():
        if (value or None) != (getattr(recorded, name) or None):
            st.session_state[keys[name]] = value
    _session().shown[*here, program, criterion.id] = draft.before
    if draft.overtaken:
        _session().overtaken.add((program, criterion.id))
