"""The form for one program: each criterion with its words, what is known, and from where."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date

import streamlit as st

from mcda import catalog
from mcda.analysis import EvidenceTable, by_objective, evidence_cell
from mcda.analysis.wording import with_unit
from mcda.app import place, widgets
from mcda.app.lexicon import HELP
from mcda.app.score_drafts import (
    CONFIDENCES,
    KNOWN,
    Fields,
    bare_cells,
    catch_up,
    changed_cells,
    common_source,
    drop_program,
    field_key,
    is_changed,
    is_overtaken,
    keep_common_source,
    recorded_fields,
    refusal,
    save_program,
    typed_fields,
    unsaved,
)
from mcda.app.state import edit, run, state
from mcda.project import Criterion, LevelScale, NumberScale, Program, Run
from mcda.project.checks import stale_criteria
from mcda.project.recording import RefusedScoreError, widened, with_wider_range
from mcda.project.tables.places import shorten
from mcda.project.text import MAX_TEXT, number_text

PRIVACY = "Programs only: never a child's name, case, birth date, address or story."
LOCKED = "This selection has been decided and is locked. Select again to change it."
_PROGRAM = "score-program"
_SHORT = 24  # characters of a name on a button
_NUMBER_CHOICES = {"one": "One number", "range": "A range", "unknown": "Not known yet"}
_LEVEL_CHOICES = {"range": "Between two levels", "unknown": "Not known yet"}
_ENDS = {"low": "Lowest", "likely": "Likely (may stay empty)", "high": "Highest"}
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)


def is_locked() -> bool:
    """Say whether the selection has been decided, so that nothing in it may change."""
    return run().status == "decided"


def privacy() -> None:
    """Warn, beside free text, of what must not be written."""
    st.html(f'<p class="bf-muted bf-small">{PRIVACY}</p>')


def show_form(table: EvidenceTable) -> Program:
    """Show the form for the program that is chosen, and return that program."""
    catch_up(run())
    program = _choose_program(table)
    _about(program, table.excluded.get(program.id))
    _common_source(program)
    for objective, criteria in by_objective(run()):
        if objective:
            st.subheader(widgets.escape(objective), anchor=False)
        for criterion in criteria:
            _criterion(run(), program, criterion)
    _say_done(table)
    _save_bar(program, _next_with_gaps(table, program))
    return program


def _next_with_gaps(table: EvidenceTable, program: Program) -> Program | None:
    """Return the next program that is ranked and has cells with nothing in them, going round."""
    at = table.programs.index(program)
    gaps = _with_gaps(table)
    return next((p for p in table.programs[at + 1 :] + table.programs[:at] if p in gaps), None)


def _with_gaps(table: EvidenceTable) -> list[Program]:
    return [
        program
        for program, cells in zip(table.programs, table.cells, strict=True)
        if program.id not in table.excluded and any(cell.state == "nothing" for cell in cells)
    ]


def _say_done(table: EvidenceTable) -> None:
    """Lead on once every program has been gone through."""
    if is_locked() or unsaved(run()) or _with_gaps(table):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="score-done"):
        st.markdown("Every program has been gone through.", width="content")
        st.page_link("views/weights.py", label="Go to Weights")


def _choose_program(table: EvidenceTable) -> Program:
    """Ask which program, with a step back and a step on."""
    programs = {p.id: p for p in table.programs}
    ids = list(programs)
    first = next((i for i in ids if programs[i].role == "candidate"), ids[0])
    kept = st.session_state.get(_PROGRAM)
    # Set in every run: else the browser goes on showing the option's text of the first one.
    st.session_state[_PROGRAM] = kept if kept in ids else first
    labels = {p.id: _option(table, at) for at, p in enumerate(table.programs)}
    with st.container(key="score-choose"):
        with st.container(horizontal=True, vertical_alignment="bottom", key="score-choose-row"):
            chosen = st.selectbox(
                "Program",
                ids,
                format_func=labels.__getitem__,
                key=_PROGRAM,
                persist_state="session",
            )
            at = ids.index(chosen)
            _step("Previous", ids[at - 1] if at else None, "This is the first program.")
            _step("Next", next(iter(ids[at + 1 :]), None), "This is the last program.")
        st.header(widgets.escape(programs[chosen].name), anchor=False)
        widgets.note(_progress(table))
    typed_in = {program for program, _ in unsaved(run())}
    waiting = [p.name for p in table.programs if p.id in typed_in - {chosen}]
    if waiting:
        widgets.note(f"Typed but not saved yet: {', '.join(waiting)}.")
    place.mark(chosen, ".st-key-score-choose")
    return programs[chosen]


def _progress(table: EvidenceTable) -> str:
    """Say how many of the programs that are ranked have something on every criterion."""
    ranked = len(table.programs) - len(table.excluded)
    return f"{ranked - len(_with_gaps(table))} of {ranked} programs done."


def _option(table: EvidenceTable, at: int) -> str:
    """Return a program's name with how much is recorded of it."""
    program, cells = table.programs[at], table.cells[at]
    done = sum(cell.state != "nothing" for cell in cells)
    out = ", not ranked" if program.id in table.excluded else ""
    return f"{program.name} ({done} of {len(cells)} recorded{out})"


def _step(label: str, to: str | None, why_not: str) -> None:
    st.button(
        label,
        key=f"score-{label.lower()}",
        on_click=_go_to,
        args=(to,),
        disabled=to is None,
        help=why_not if to is None else None,
    )


def _go_to(program: str | None) -> None:
    if program is not None:
        st.session_state[_PROGRAM] = program


def _about(program: Program, excluded: str | None) -> None:
    """Remind of what the program is, from the catalogue where it comes from there."""
    if excluded:
        st.info(widgets.escape(f"Not ranked, but kept here. {excluded}"))
    if program.description:
        widgets.say(program.description)
    if program.catalog_id is None:
        return
    try:
        entry = catalog.get(program.catalog_id)
    except catalog.UnknownEntryError:
        return
    with st.expander(f"In the catalogue: {widgets.escape(entry.title)}"):
        widgets.say(entry.summary)
        widgets.note(f"{entry.citation}. {catalog.availability_question(entry)}")


def _common_source(program: Program) -> None:
    """Ask once for the source of all that has none of its own."""
    # Set in every run, and kept apart from the field: it outlives a look at another program.
    st.session_state[_common_key(program.id)] = common_source(program.id)
    st.text_input(
        "Source for all of this program’s scores",
        key=_common_key(program.id),
        max_chars=MAX_TEXT,
        on_change=_take_common_source,
        args=(program.id,),
        help=(
            "Saving writes it into each score that has no source of its own. A score that is not "
            "known yet does not take it."
        ),
        disabled=is_locked(),
    )
    privacy()


def _common_key(program: str) -> str:
    return f"score-common-{program}"


def _criterion(of: Run, program: Program, criterion: Criterion) -> None:
    """Show one criterion: a line that says what is known; opened, the fields to say it."""
    cell = evidence_cell(program, criterion, of.score(program.id, criterion.id))
    wrong = refusal(of, program.id, criterion)
    changed = is_changed(of, program.id, criterion)
    mark = " · **to mend, not saved**" if wrong else " · **not saved yet**" if changed else ""
    box = st.expander(
        f"**{widgets.escape(criterion.name)}** · {widgets.escape(cell.meaning)}{mark}",
        expanded=cell.state in ("nothing", "unknown") or changed,
        key=f"score-box-{program.id}-{criterion.id}",
        on_change="rerun",
    )
    with box:
        if not box.open:
            return
        _definition(criterion)
        if changed and is_overtaken(program.id, criterion):
            st.warning(
                widgets.escape(
                    f"Meanwhile someone else recorded: {cell.meaning}. What you typed is still "
                    "here and not saved; to save it puts it in place of theirs."
                )
            )
        now = _what_is_known(of, program, criterion)
        if wrong is not None:
            st.error(widgets.escape(str(wrong)))
            if isinstance(wrong, RefusedScoreError):
                offer_wider(criterion, wrong.outside)
        if now.known is not None:
            _where_from(of, program, criterion, now)


def _definition(criterion: Criterion) -> None:
    """Show the first sentence of what the criterion means; the rest of it behind a click."""
    first, stop, rest = criterion.definition.partition(". ")
    if not rest:
        widgets.say(criterion.definition)
        return
    st.html(
        f'<details class="bf-more"><summary>{html.escape(first + stop.strip())}</summary>'
        f"<p>{html.escape(rest)}</p></details>"
    )


def _what_is_known(of: Run, program: Program, criterion: Criterion) -> Fields:
    """Ask for the level, or for the number, as one, as a range, or not known yet.

    While nothing is chosen the single number is offered: to give it is to choose it.
    """
    if isinstance(criterion.scale, LevelScale):
        return _level(of, program, criterion)
    recorded = recorded_fields(of.score(program.id, criterion.id))
    left, right = st.columns(2, vertical_alignment="bottom")
    left.radio(
        "What is known?",
        KNOWN,
        index=None if recorded.known is None else KNOWN.index(recorded.known),
        format_func=_NUMBER_CHOICES.__getitem__,
        key=field_key(of, program.id, criterion, "known"),
        help=HELP["unknown"],
        horizontal=True,
        persist_state="session",
    )
    now = typed_fields(of, program.id, criterion)
    with right:
        if now.known == "range":
            _ends(of, program, criterion, recorded)
        elif now.known != "unknown":
            _amount(of, program, criterion, "one", "Number", recorded.one)
    if now.known != "unknown":
        widgets.note(_range_words(criterion))
    return now


def _level(of: Run, program: Program, criterion: Criterion) -> Fields:
    """Ask for the level in its words; two levels, or not known yet, stand below them."""
    now = typed_fields(of, program.id, criterion)
    words = _level_words(criterion)
    options = [*words, *_LEVEL_CHOICES]
    shown = now.one if now.known == "one" else now.known
    key = field_key(of, program.id, criterion, "pick")
    st.session_state[key] = shown if shown in options else None
    known, one = (field_key(of, program.id, criterion, name) for name in ("known", "one"))
    st.radio(
        "Level",
        options,
        index=None,
        format_func=lambda o: widgets.escape(words.get(o) or _LEVEL_CHOICES[o]),
        key=key,
        on_change=_pick,
        args=(key, known, one),
        help=HELP["anchor"],
    )
    if now.known == "range":
        _ends(of, program, criterion, recorded_fields(of.score(program.id, criterion.id)))
    return typed_fields(of, program.id, criterion)


def _level_words(criterion: Criterion) -> dict[str, str]:
    scale = criterion.scale
    levels = scale.levels if isinstance(scale, LevelScale) else ()
    return {str(level.level): f"{level.level}: {level.anchor}" for level in levels}


def _pick(key: str, known: str, one: str) -> None:
    """Take a level, or that there are two or none, into the fields of the cell."""
    chosen = st.session_state[key]
    if chosen in _LEVEL_CHOICES:
        st.session_state[known] = chosen
    else:
        st.session_state[known], st.session_state[one] = "one", chosen


def _ends(of: Run, program: Program, criterion: Criterion, recorded: Fields) -> None:
    """Show the three fields of a range."""
    for (name, label), column in zip(_ENDS.items(), st.columns(3), strict=True):
        with column:
            _amount(of, program, criterion, name, label, getattr(recorded, name))


def _amount(  # noqa: PLR0913, PLR0917 - what a field is, and of what
    of: Run, program: Program, criterion: Criterion, name: str, label: str, recorded: str | None
) -> None:
    """Show one field for a number in the criterion's unit, or for one of its levels."""
    key = field_key(of, program.id, criterion, name)
    scale = criterion.scale
    if isinstance(scale, NumberScale):
        unit = f", in {scale.unit}" if scale.unit and name == "one" else ""
        st.text_input(
            widgets.escape(f"{label}{unit}"),
            value=recorded or "",
            key=key,
            on_change=_choose_one if name == "one" else None,
            args=(field_key(of, program.id, criterion, "known"),),
            persist_state="session",
        )
        return
    words = _level_words(criterion)
    options = list(words)
    index = options.index(recorded) if recorded in words else None
    st.selectbox(
        label,
        options,
        index=index,
        format_func=words.__getitem__,
        key=key,
        placeholder="Choose a level",
        persist_state="session",
    )


def _choose_one(known: str) -> None:
    """Take a number or level that is given for the choice of one."""
    st.session_state[known] = "one"


def _range_words(criterion: Criterion) -> str:
    scale = criterion.scale
    worst = with_unit(criterion, number_text(scale.worst))
    return f"Range: {worst} at worst, {number_text(scale.best)} at best."


def offer_wider(criterion: Criterion, outside: tuple[float, ...], *, named: bool = False) -> None:
    """Offer to widen the range where numbers lie outside it."""
    scale = criterion.scale
    if not outside or isinstance(scale, LevelScale):
        return
    low, high = widened(scale, outside).ends
    of = f" of {criterion.name}" if named else ""
    st.button(
        widgets.escape(f"Widen the range{of} to {number_text(low)} to {number_text(high)}"),
        key=f"widen-{criterion.id}",
        on_click=_widen,
        args=(criterion.id, outside),
        disabled=is_locked(),
        help=LOCKED if is_locked() else HELP["widen"],
    )


def _widen(criterion_id: str, numbers: tuple[float, ...]) -> None:
    name = run().criterion(criterion_id).name
    if not edit(f"wider range of {name}", lambda p: with_wider_range(p, criterion_id, numbers)):
        return
    stale = [
        w.name for w in run().weightings if criterion_id in (c.id for c in stale_criteria(run(), w))
    ]
    again = f" Ask for these weights again: {', '.join(stale)}." if stale else ""
    state().notice = f"The range of {name} is wider now. Save next.{again}"


def _where_from(of: Run, program: Program, criterion: Criterion, now: Fields) -> None:
    """Ask who said so, when, and how sure they are."""
    recorded = recorded_fields(of.score(program.id, criterion.id))

    def key(name: str) -> str:
        return field_key(of, program.id, criterion, name)

    unknown = now.known == "unknown"
    box = st.expander(
        "Source and note",
        key=f"score-about-{program.id}-{criterion.id}",
        on_change="rerun",
    )
    with box:
        if box.open:
            _about_fields(unknown, recorded, key)


def _about_fields(unknown: bool, recorded: Fields, key: Callable[[str], str]) -> None:
    st.text_input(
        "Who was asked, or where did you look?" if unknown else "Source: who, or which document",
        value=recorded.source,
        key=key("source"),
        max_chars=MAX_TEXT,
        persist_state="session",
    )
    left, right = st.columns(2)
    left.date_input(
        "Date of the source",
        value=recorded.as_of,
        min_value=min(_EARLIEST, recorded.as_of or _EARLIEST),
        max_value=max(_LATEST, recorded.as_of or _LATEST),
        key=key("as_of"),
        format="YYYY-MM-DD",
        persist_state="session",
    )
    if not unknown:
        right.segmented_control(
            "How sure?",
            CONFIDENCES,
            default=recorded.confidence,
            format_func=str.capitalize,
            key=key("confidence"),
            help=HELP["confidence"],
            persist_state="session",
        )
    st.text_area(
        "Note",
        value=recorded.note,
        key=key("note"),
        height=80,
        max_chars=MAX_TEXT,
        persist_state="session",
    )


def _save_bar(program: Program, following: Program | None) -> None:
    """Show the buttons that save what was typed about the program, always within reach."""
    changed = (*changed_cells(run(), program.id), *bare_cells(run(), program.id))
    locked = is_locked()
    with st.container(horizontal=True, vertical_alignment="center", key="score-save"):
        if following is not None:
            st.button(
                f"Save, then next: {_short(following)}",
                key="save-next",
                type="primary",
                on_click=_save_and_go,
                args=(program.id, following.id),
                disabled=locked,
                help=LOCKED if locked else None,
            )
        st.button(
            f"Save · {_short(program)}",
            key="save-scores",
            type="secondary" if following else "primary",
            on_click=_save,
            args=(program.id,),
            disabled=locked,
            help=LOCKED if locked else None,
        )
        if changed or common_source(program.id):
            st.button(
                "Drop what is not saved",
                key="drop-scores",
                type="tertiary",
                on_click=drop_program,
                args=(program.id,),
            )
        widgets.note(_waiting(len(changed)))


def _short(program: Program) -> str:
    return widgets.escape(shorten(program.name, _SHORT))


def _waiting(changed: int) -> str:
    if not changed:
        return "All that was typed is saved."
    return "1 score is not saved yet." if changed == 1 else f"{changed} scores are not saved yet."


def _take_common_source(program: str) -> None:
    keep_common_source(program, str(st.session_state.get(_common_key(program)) or ""))


def _save(program: str) -> None:
    save_program(program)


def _save_and_go(program: str, following: str) -> None:
    if save_program(program):
        _go_to(following)
