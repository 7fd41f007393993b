"""Must-haves: who passes, a form to judge a program, and a form to change a must-have."""

from __future__ import annotations

import html
from collections.abc import Callable

import streamlit as st

from mcda.analysis import MustHaveTable, limit_text
from mcda.app import widgets
from mcda.app.lexicon import HELP
from mcda.app.score_drafts import begin_anew, stamp
from mcda.app.score_form import LOCKED, is_locked, privacy
from mcda.app.state import edit, run, state
from mcda.charts import Column, DataTable
from mcda.project import (
    Criterion,
    Exact,
    LevelScale,
    MustHave,
    Program,
    Project,
    ProjectError,
    Threshold,
    Verdict,
)
from mcda.project.entering import entered
from mcda.project.must_haves import verdict_on
from mcda.project.recording import read_score, with_verdict, without_verdict
from mcda.project.text import MAX_NAME, MAX_TEXT, make_id, number_text

_WORDS = {"pass": "pass", "fail": "fail", "unknown": "not settled"}
_SHOWN = {
    "pass": "✓ pass",
    "fail": "<strong>✗ fail</strong>",
    "unknown": "<strong>? not settled</strong>",
}
_CHOICES = {
    "limit": "Leave it to the limit",
    "pass": "Pass",
    "fail": "Fail",
    "unknown": "Not settled",
}
_CAPTION = "Must-haves, program by program"
_NEW = "new"
_BY = {"people": "By people, with a reason", "limit": "By a limit on a criterion"}
_CASES = {"worst": "Its worst end", "likely": "Its likely number"}


def show_must_haves(table: MustHaveTable) -> None:
    """Show who fails and why, every verdict, then the forms to judge and to change."""
    if table.must_haves:
        _show_fails(table)
        st.html(verdicts_html(table, [limit_text(run(), m) for m in table.must_haves]))
        with st.expander("Every reason and source", key="reasons", on_change="rerun") as box:
            if box.open:
                widgets.table(_reasons(table))
        st.header("Judge a program", anchor=False, help=HELP["must-have"])
        _judge(table)
    st.header("Change the must-haves", anchor=False)
    with st.expander("Add or change a must-have", expanded=not table.must_haves):
        _change()


def _show_fails(table: MustHaveTable) -> None:
    """List the reasons of those that fail."""
    items = "".join(
        f"<li><strong>{html.escape(p.name)}</strong>, {html.escape(m.name)}: "
        f"{html.escape(v.reason or 'no reason is given.')}</li>"
        for p, verdicts in zip(table.programs, table.verdicts, strict=True)
        for m, v in zip(table.must_haves, verdicts, strict=True)
        if v.verdict == "fail"
    )
    if items:
        st.html(f"<ul>{items}</ul>")


def verdicts_html(table: MustHaveTable, limits: list[str]) -> str:
    """Return the verdicts as HTML: a row for each must-have, a column for each program."""
    fails = [any(v.verdict == "fail" for v in own) for own in table.verdicts]
    head = "".join(
        f'<th scope="col"{_muted(out)}>{html.escape(p.name)}'
        f"{'<small>leaves the ranking</small>' if out else ''}</th>"
        for p, out in zip(table.programs, fails, strict=True)
    )
    rows = "".join(
        f'<tr><th scope="row">{html.escape(m.name)}<small>{html.escape(limit)}</small></th>'
        + "".join(
            f"<td{_muted(out and own[j].verdict != 'fail')}>{_SHOWN[own[j].verdict]}</td>"
            for own, out in zip(table.verdicts, fails, strict=True)
        )
        + "</tr>"
        for j, (m, limit) in enumerate(zip(table.must_haves, limits, strict=True))
    )
    return (
        '<div class="bf-table bf-heat bf-verdicts" role="region" '
        f'aria-label="{_CAPTION}" tabindex="0"><table><caption>{_CAPTION}</caption>'
        f'<thead><tr><th scope="col">Must-have</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _muted(out: bool) -> str:
    return ' class="bf-muted"' if out else ""


def _reasons(table: MustHaveTable) -> DataTable:
    columns = [Column(t) for t in ("Program", "Must-have", "Verdict", "Reason", "Source")]
    rows = [
        (p.name, m.name, _WORDS[v.verdict], v.reason, v.source)
        for p, verdicts in zip(table.programs, table.verdicts, strict=True)
        for m, v in zip(table.must_haves, verdicts, strict=True)
    ]
    return DataTable("Every verdict with its reason and source", tuple(columns), tuple(rows))


# --- one program on one must-have


def _judge(table: MustHaveTable) -> None:
    programs = {p.id: p for p in table.programs}
    must_haves = {m.id: m for m in table.must_haves}
    left, right = st.columns(2)
    with left:
        program = programs[
            _choose("Program to judge", {i: p.name for i, p in programs.items()}, "judge-program")
        ]
    with right:
        must_have = must_haves[
            _choose("On this must-have", {i: m.name for i, m in must_haves.items()}, "judge-on")
        ]
    if must_have.definition:
        widgets.say(must_have.definition)
    widgets.note(_how(must_have, program))
    given = next((v for v in must_have.verdicts if v.program == program.id), None)
    choices = [c for c in _CHOICES if c != "limit" or must_have.threshold]
    st.radio(
        "Verdict",
        choices,
        index=choices.index(
            given.verdict if given else choices[0] if must_have.threshold else "unknown"
        ),
        format_func=_CHOICES.__getitem__,
        key=_judge_key(must_have, program, "verdict"),
        horizontal=True,
        help=HELP["not settled"],
        persist_state="session",
    )
    st.text_area(
        "Reason (needed for a pass or a fail)",
        value=given.reason if given else "",
        key=_judge_key(must_have, program, "reason"),
        height=80,
        max_chars=MAX_TEXT,
        persist_state="session",
    )
    st.text_input(
        "Source: who, or which document",
        value=given.source if given else "",
        key=_judge_key(must_have, program, "source"),
        max_chars=MAX_TEXT,
        persist_state="session",
    )
    privacy()
    _locked_button("Save the verdict", "save-verdict", _save_verdict, must_have, program)


def _choose(label: str, names: dict[str, str], key: str) -> str:
    if st.session_state.get(key) not in names:
        st.session_state[key] = next(iter(names))
    return st.selectbox(
        label, list(names), format_func=names.__getitem__, key=key, persist_state="session"
    )


def _how(must_have: MustHave, program: Program) -> str:
    """Say how it is judged, and what the limit alone would say."""
    text = limit_text(run(), must_have)
    if must_have.threshold is None:
        return text
    alone = verdict_on(run(), must_have.model_copy(update={"verdicts": ()}), program)
    return f"{text} The limit alone says: {_CHOICES[alone.verdict].lower()}. {alone.reason}"


def _judge_key(must_have: MustHave, program: Program, name: str) -> str:
    given = next((v for v in must_have.verdicts if v.program == program.id), None)
    mark = stamp((must_have.id, program.id), given, must_have.threshold is None)
    return f"verdict-{must_have.id}-{program.id}-{name}-{mark}"


def _save_verdict(must_have: MustHave, program: Program) -> None:
    def typed(name: str) -> str:
        return str(st.session_state.get(_judge_key(must_have, program, name)) or "")

    choice, reason = typed("verdict"), typed("reason").strip()

    def change(decision: Project) -> Project:
        if choice == "limit" or (choice == "unknown" and not must_have.threshold and not reason):
            return without_verdict(decision, must_have.id, program.id)
        fields = {"program": program.id, "verdict": choice, "reason": reason}
        verdict = entered(Verdict, fields | {"source": typed("source").strip()})
        return with_verdict(decision, must_have.id, verdict)

    if edit(f"verdict on {program.name}, {must_have.name}", change):
        begin_anew([(must_have.id, program.id)])
        state().notice = f"Saved: {program.name}, {must_have.name}."


# --- the must-haves themselves


def _change() -> None:
    must_haves = {m.id: m for m in run().evidence.must_haves}
    names = {_NEW: "A new must-have"} | {i: m.name for i, m in must_haves.items()}
    chosen = _choose("Must-have", names, "change-must-have")
    old = must_haves.get(chosen)
    key = _Keys(old)
    st.text_input(
        "Name",
        value=old.name if old else "",
        key=key("name"),
        max_chars=MAX_NAME,
        persist_state="session",
    )
    st.text_area(
        "What it means",
        value=old.definition if old else "",
        key=key("definition"),
        height=80,
        max_chars=MAX_TEXT,
        persist_state="session",
    )
    privacy()
    _ask_limit(old, key)
    with st.container(horizontal=True):
        _locked_button("Save the must-have", "save-must-have", _save_must_have, old)
        if old is not None:
            _locked_button("Remove this must-have", "remove-must-have", _remove, old)


class _Keys:
    """The session keys of a must-have's fields, new whenever it is changed."""

    def __init__(self, old: MustHave | None) -> None:
        self.item = old.id if old else _NEW
        self.mark = stamp(("must-have", self.item), old)

    def __call__(self, name: str) -> str:
        return f"must-have-{self.item}-{name}-{self.mark}"


def _ask_limit(old: MustHave | None, key: _Keys) -> None:
    """Ask how it is judged; for a limit, on which criterion and where."""
    criteria = {c.id: c for c in run().evidence.criteria}
    threshold = old.threshold if old else None
    if not criteria:
        return
    by = st.radio(
        "How is it judged?",
        list(_BY),
        index=1 if threshold else 0,
        format_func=_BY.__getitem__,
        key=key("by"),
        horizontal=True,
        persist_state="session",
    )
    if by != "limit":
        return
    ids = list(criteria)
    chosen = st.selectbox(
        "Criterion",
        ids,
        index=ids.index(threshold.criterion) if threshold else None,
        format_func=lambda i: criteria[i].name,
        key=key("criterion"),
        placeholder="Choose a criterion",
        persist_state="session",
    )
    if chosen is None:
        return
    kept = threshold if threshold and threshold.criterion == chosen else None
    _limit_field(criteria[chosen], kept, key)
    st.radio(
        "Where a score is a range, what counts?",
        list(_CASES),
        index=list(_CASES).index(threshold.case) if threshold else 0,
        format_func=_CASES.__getitem__,
        key=key("case"),
        horizontal=True,
        help=HELP["which case"],
        persist_state="session",
    )


def _limit_field(criterion: Criterion, kept: Threshold | None, key: _Keys) -> None:
    scale = criterion.scale
    bound = "At least" if scale.direction == 1 else "At most"
    if isinstance(scale, LevelScale):
        words = {str(level.level): f"{level.level}: {level.anchor}" for level in scale.levels}
        options = list(words)
        limit = number_text(kept.limit) if kept else ""
        st.selectbox(
            f"{bound} this level",
            options,
            index=options.index(limit) if limit in words else None,
            format_func=words.__getitem__,
            key=key(f"limit-{criterion.id}"),
            placeholder="Choose a level",
            persist_state="session",
        )
        return
    unit = f", in {scale.unit}" if scale.unit else ""
    st.text_input(
        widgets.escape(f"{bound}{unit}"),
        value=number_text(kept.limit) if kept else "",
        key=key(f"limit-{criterion.id}"),
        persist_state="session",
    )


def _save_must_have(old: MustHave | None) -> None:
    typed = _Keys(old)
    name = str(st.session_state.get(typed("name")) or "")

    def change(decision: Project) -> Project:
        evidence = decision.run().evidence
        fields = {
            "id": old.id if old else make_id(name, {m.id for m in evidence.must_haves}),
            "name": name,
            "definition": str(st.session_state.get(typed("definition")) or ""),
            "threshold": _threshold(decision, typed),
            "verdicts": [v.model_dump() for v in old.verdicts] if old else [],
        }
        return decision.with_must_have(entered(MustHave, fields))

    if edit(f"must-have {name.strip()}", change):
        begin_anew([("must-have", typed.item)])
        state().notice = f"Saved: must-have {name.strip()}."


def _threshold(decision: Project, typed: _Keys) -> dict[str, object] | None:
    """Return the limit as typed; raises ``ProjectError`` where it is none."""
    get = st.session_state.get
    if get(typed("by")) != "limit":
        return None
    chosen = get(typed("criterion"))
    if chosen is None:
        raise ProjectError("Choose the criterion that the limit stands on.")
    criterion = decision.run().criterion(chosen)
    amount = read_score(criterion, str(get(typed(f"limit-{chosen}")) or ""))
    if not isinstance(amount, Exact):
        raise ProjectError(f"{criterion.name}: give the limit as one number.")
    return {"criterion": chosen, "limit": amount.value, "case": get(typed("case")) or "worst"}


def _remove(old: MustHave) -> None:
    if edit(f"remove must-have {old.name}", lambda p: p.without_must_have(old.id)):
        state().notice = f"Removed: {old.name}. Undo brings it back."


def _locked_button(label: str, key: str, action: Callable[..., None], *args: object) -> None:
    st.button(
        label,
        key=key,
        type="primary" if label.startswith("Save") else "secondary",
        on_click=action,
        args=args,
        disabled=is_locked(),
        help=LOCKED if is_locked() else None,
    )
