"""Must-haves: who passes, a form to judge a program, and a form to change a must-have."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from mcda.analysis import MustHaveTable, limit_text, must_have_table
from mcda.app import place, widgets
from mcda.app.lexicon import HELP
from mcda.app.score_drafts import begin_anew, stamp
from mcda.app.score_form import LOCKED, is_locked, privacy
from mcda.app.state import edit, project, run, state
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
    "unknown": "<strong>? unknown</strong>",
    "open": "not yet",
    "score": "no score yet",
}
_CHOICES = {"open": "Not looked at yet", "pass": "Pass", "fail": "Fail", "unknown": "Unknown"}
_BY_LIMIT = {"pass": "By its score: pass", "fail": "By its score: fail", "unknown": "No score yet"}
_JUDGED = "judge-on"
_CAPTION = "Must-haves, program by program"
_NEW = "new"
_BY = {"people": "By people, with a reason", "limit": "By a limit on a criterion"}
_CASES = {"worst": "Its worst end", "likely": "Its likely number"}


def show_must_haves(table: MustHaveTable) -> None:
    """Show who fails and why, every verdict, then the forms to judge and to change."""
    if table.must_haves:
        _show_fails(table)
        privacy()
        _judge(table)
        st.header("All verdicts at once", anchor=False)
        st.html(verdicts_html(table))
        title = "How each is judged, every reason and source"
        with st.expander(title, key="reasons", on_change="rerun") as box:
            if box.open:
                st.html(_limits_html(table))
                widgets.table(_reasons(table))
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


def verdicts_html(table: MustHaveTable) -> str:
    """Return the verdicts as HTML: a row for each program, a column for each must-have."""
    head = "".join(f'<th scope="col">{html.escape(m.name)}</th>' for m in table.must_haves)
    rows = "".join(
        _program_row(table, p, own) for p, own in zip(table.programs, table.verdicts, strict=True)
    )
    return (
        '<div class="bf-table bf-heat bf-verdicts" role="region" '
        f'aria-label="{_CAPTION}" tabindex="0"><table><caption>{_CAPTION}</caption>'
        f'<thead><tr><th scope="col">Program</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _program_row(table: MustHaveTable, program: Program, own: Sequence[Verdict]) -> str:
    out = any(v.verdict == "fail" for v in own)
    note = "<small>leaves the ranking</small>" if out else ""
    cells = "".join(
        f"<td{_muted(out and v.verdict != 'fail')}>{_SHOWN[_standing(m, v)]}</td>"
        for m, v in zip(table.must_haves, own, strict=True)
    )
    return f'<tr><th scope="row"{_muted(out)}>{html.escape(program.name)}{note}</th>{cells}</tr>'


def _limits_html(table: MustHaveTable) -> str:
    """Return as HTML how each must-have is judged."""
    items = "".join(
        f"<li><strong>{html.escape(m.name)}</strong>: {html.escape(limit_text(run(), m))}</li>"
        for m in table.must_haves
    )
    return f"<ul>{items}</ul>"


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


def _standing(must_have: MustHave, verdict: Verdict) -> str:
    """Tell what nobody has looked at, or has no score yet, from what people call unknown."""
    if verdict.verdict != "unknown" or _given(must_have, verdict.program):
        return verdict.verdict
    return "open" if must_have.threshold is None else "score"


def _given(must_have: MustHave, program: str) -> Verdict | None:
    return next((v for v in must_have.verdicts if v.program == program), None)


# --- every program on one must-have


def _looked_at(must_have: MustHave, programs: Iterable[Program]) -> int:
    """Count the programs that people, or the limit, have something to say about."""
    return sum(
        _standing(must_have, verdict_on(run(), must_have, p)) not in ("open", "score")
        for p in programs
    )


def _next_open(table: MustHaveTable, after: str | None) -> str | None:
    """Return the next must-have that people have to judge and have not, going round."""
    ids = [m.id for m in table.must_haves]
    at = ids.index(after) + 1 if after in ids else 0
    order = (*table.must_haves[at:], *table.must_haves[:at])
    return next(
        (
            m.id
            for m in order
            if m.threshold is None and _looked_at(m, table.programs) < len(table.programs)
        ),
        None,
    )


def _judge(table: MustHaveTable) -> None:
    """Ask for the verdict on each program, one must-have at a time."""
    must_haves, programs = {m.id: m for m in table.must_haves}, table.programs
    if st.session_state.get(_JUDGED) not in must_haves:
        st.session_state[_JUDGED] = _next_open(table, None) or next(iter(must_haves))
    counts = {
        m.id: f"{m.name} · {_looked_at(m, programs)} of {len(programs)}" for m in table.must_haves
    }
    with st.container(key="judge-choose"):
        must_have = must_haves[_choose("On this must-have", counts, _JUDGED)]
        st.header(widgets.escape(must_have.name), anchor=False, help=HELP["must-have"])
    place.mark(f"must-have {must_have.id}", ".st-key-judge-choose")
    if must_have.definition:
        widgets.say(must_have.definition)
    widgets.note(_how(table, must_have))
    with st.container(key="verdicts"):
        for program in programs:
            _ask_verdict(must_have, program)
    _ask_common(must_have)
    with st.container(horizontal=True, vertical_alignment="center", key="verdicts-save"):
        _locked_button("Save the verdicts", "save-verdicts", _save_verdicts, must_have)
        if must_have.threshold is None:
            _locked_button("All others pass", "others-pass", _let_others_pass, must_have)


def _how(table: MustHaveTable, must_have: MustHave) -> str:
    """Say how it is judged, and how far this has gone."""
    programs = table.programs
    done = sum(_looked_at(m, programs) == len(programs) for m in table.must_haves)
    return (
        f"{limit_text(run(), must_have)} {_looked_at(must_have, programs)} of {len(programs)} "
        f"programs looked at; {done} of {len(table.must_haves)} must-haves done."
    )


def _ask_verdict(must_have: MustHave, program: Program) -> None:
    """Ask for one verdict; a fail wants its reason at once, any other may have one."""
    given = _given(must_have, program.id)
    choices = dict(_CHOICES)
    if must_have.threshold is not None:
        alone = verdict_on(run(), must_have.model_copy(update={"verdicts": ()}), program)
        choices["open"] = _BY_LIMIT[alone.verdict]
    key = _judge_key(must_have, program, "verdict")
    if key not in st.session_state:
        st.session_state[key] = given.verdict if given else "open"
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.segmented_control(
            widgets.escape(program.name),
            list(choices),
            required=True,
            format_func=choices.__getitem__,
            key=key,
            disabled=is_locked(),
            wrap=True,
            persist_state="session",
        )
        if chosen in ("pass", "unknown"):
            with st.popover("Own reason", type="tertiary", key=f"{key}-own"):
                _ask_reason(must_have, program, given)
    if chosen == "fail":
        _ask_reason(must_have, program, given)


def _ask_reason(must_have: MustHave, program: Program, given: Verdict | None) -> None:
    for name, label in (("reason", "Reason"), ("source", "Source: who, or which document")):
        st.text_input(
            label,
            value=getattr(given, name) if given else "",
            key=_judge_key(must_have, program, name),
            max_chars=MAX_TEXT,
            persist_state="session",
        )


def _ask_common(must_have: MustHave) -> None:
    left, right = st.columns(2)
    for column, name, label in (
        (left, "reason", "Reason for the passes that have none of their own"),
        (right, "source", "Source of these passes"),
    ):
        column.text_input(
            label,
            key=_common_key(must_have, name),
            max_chars=MAX_TEXT,
            persist_state="session",
        )


def _common_key(must_have: MustHave, name: str) -> str:
    return f"verdicts-{must_have.id}-{name}-{stamp(('verdicts', must_have.id))}"


def _let_others_pass(must_have: MustHave) -> None:
    """Choose a pass for every program that nobody has looked at; nothing is saved by this."""
    for program in run().candidates:
        key = _judge_key(must_have, program, "verdict")
        if st.session_state.get(key, "open") == "open":
            st.session_state[key] = "pass"


def _choose(label: str, names: dict[str, str], key: str) -> str:
    if st.session_state.get(key) not in names:
        st.session_state[key] = next(iter(names))
    return st.selectbox(
        label, list(names), format_func=names.__getitem__, key=key, persist_state="session"
    )


def _judge_key(must_have: MustHave, program: Program, name: str) -> str:
    given = next((v for v in must_have.verdicts if v.program == program.id), None)
    mark = stamp((must_have.id, program.id), given, must_have.threshold is None)
    return f"verdict-{must_have.id}-{program.id}-{name}-{mark}"


def _save_verdicts(must_have: MustHave) -> None:
    """Save every verdict that was changed in one step, then go on to what is still open."""
    changes = {p: _typed_verdict(must_have, p) for p in run().candidates}
    changes = {p: v for p, v in changes.items() if v != _given(must_have, p.id)}

    def change(decision: Project) -> Project:
        for program, typed in changes.items():
            decision = _with_typed(decision, must_have, program, typed)
        return decision

    count = "1 verdict" if len(changes) == 1 else f"{len(changes)} verdicts"
    if not changes:
        state().notice = "There was nothing new to save."
    elif edit(f"{count} on {must_have.name}", change):
        begin_anew([("verdicts", must_have.id)])
        begin_anew((must_have.id, p.id) for p in changes)
        state().notice = f"Saved: {count} on {must_have.name}."
    else:
        return
    following = _next_open(must_have_table(project()), must_have.id)
    st.session_state[_JUDGED] = following or must_have.id


def _with_typed(
    decision: Project, must_have: MustHave, program: Program, typed: Verdict | None
) -> Project:
    if typed is None:
        return without_verdict(decision, must_have.id, program.id)
    if typed.verdict != "unknown" and not typed.reason:
        raise ProjectError(
            f"{program.name}: write the reason: a pass or a fail that people give needs one."
        )
    return with_verdict(decision, must_have.id, typed)


def _typed_verdict(must_have: MustHave, program: Program) -> Verdict | None:
    """Return the verdict on one program as it stands in the form; None where it is left open."""
    given = _given(must_have, program.id)

    def typed(name: str) -> str:
        recorded = getattr(given, name) if given else ""
        return str(st.session_state.get(_judge_key(must_have, program, name), recorded)).strip()

    choice = typed("verdict") or "open"
    if choice == "open":
        return None
    reason, source = typed("reason"), typed("source")
    if choice == "pass" and not reason:
        reason, common = _common(must_have, "reason"), _common(must_have, "source")
        source = source or common
    fields = {"program": program.id, "verdict": choice, "reason": reason, "source": source}
    return entered(Verdict, fields)


def _common(must_have: MustHave, name: str) -> str:
    return str(st.session_state.get(_common_key(must_have, name)) or "").strip()


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
