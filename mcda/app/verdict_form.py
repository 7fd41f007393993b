"""The form to judge every program on one must-have."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from mcda.analysis import MustHaveTable, limit_text, must_have_table
from mcda.app import place, widgets
from mcda.app.fields import Field, Row, Values
from mcda.app.form_drafts import thing, waits
from mcda.app.forms import Form
from mcda.app.lexicon import HELP
from mcda.app.locked import LOCKED, is_locked
from mcda.app.state import project, run, state, with_problem
from mcda.app.verdict_table import given, standing
from mcda.project import MustHave, Program, Project, ProjectError, Verdict
from mcda.project.entering import entered
from mcda.project.must_haves import verdict_on
from mcda.project.recording import with_verdict, without_verdict
from mcda.project.text import counted, quoted

JUDGED = "judge-on"
"""The key of the choice of the must-have that is judged."""

_CHOICES = {"open": "Not looked at yet", "pass": "Pass", "fail": "Fail", "unknown": "Unknown"}
_BY_LIMIT = {"pass": "By its score: pass", "fail": "By its score: fail", "unknown": "No score yet"}
_COMMON: Row = (
    Field("reason", "Reason for the passes that have none of their own"),
    Field("source", "Source of these passes"),
)


def judge(table: MustHaveTable) -> None:
    """Ask for the verdict on each program, one must-have at a time."""
    must_have = _choose(table)
    if must_have.definition:
        widgets.say(must_have.definition)
    widgets.note(_how(table, must_have))
    VerdictForm(must_have, table.programs).show()


def _choose(table: MustHaveTable) -> MustHave:
    """Ask which must-have; at first one that was left half judged, else the next to be judged."""
    must_haves, programs = {m.id: m for m in table.must_haves}, table.programs
    if st.session_state.get(JUDGED) not in must_haves:
        left = (i for i in must_haves if waits(place_of(i)))
        st.session_state[JUDGED] = (
            next(left, None) or _next_open(table, None) or next(iter(must_haves))
        )
    counts = {
        m.id: f"{m.name} · {_looked_at(m, programs)} of {len(programs)}" for m in table.must_haves
    }
    with st.container(key="judge-choose"):
        chosen = st.selectbox(
            "On this must-have",
            list(counts),
            format_func=counts.__getitem__,
            key=JUDGED,
            persist_state="session",
        )
        must_have = must_haves[chosen]
        st.header(widgets.escape(must_have.name), anchor=False, help=HELP["must-have"])
    place.mark(f"must-have {must_have.id}", ".st-key-judge-choose")
    return must_have


def _looked_at(must_have: MustHave, programs: Iterable[Program]) -> int:
    """Count the programs that people, or the limit, have something to say about."""
    return sum(
        standing(must_have, verdict_on(run(), must_have, p)) not in ("open", "score")
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


def _how(table: MustHaveTable, must_have: MustHave) -> str:
    """Say how it is judged, and how far this has gone."""
    programs = table.programs
    done = sum(_looked_at(m, programs) == len(programs) for m in table.must_haves)
    return (
        f"{limit_text(run(), must_have)} {_looked_at(must_have, programs)} of {len(programs)} "
        f"programs looked at; {done} of {len(table.must_haves)} must-haves done."
    )


def place_of(must_have: str) -> str:
    """Return the place of the form of the verdicts on a must-have."""
    return f"verdicts-{run().id}-{must_have}"


class VerdictForm:
    """The form of the verdicts on every program, for one must-have."""

    def __init__(self, must_have: MustHave, programs: Iterable[Program]) -> None:
        self.must_have = must_have
        self.programs = tuple(programs)
        self.form = Form(
            place_of(must_have.id),
            (*(_fields(must_have, p) for p in self.programs), _COMMON),
            _recorded(must_have, self.programs),
            about=f"the verdicts on {quoted(must_have.name)} (Scores, Must-haves)",
            thing=thing(must_have),
        )

    def show(self) -> None:
        """Show the verdicts, then what all passes share, then what can be done with them."""
        self.form.show_overtaken()
        with st.container(key="verdicts"):
            for program in self.programs:
                self._ask(program)
        for field, column in zip(_COMMON, st.columns(2), strict=True):
            with column:
                self.form.ask(field.name)
        blocked = LOCKED if is_locked() else ""
        row = self.form.buttons("Save the verdicts", self._save, blocked=blocked)
        if self.must_have.threshold is None:
            row.button(
                "All others pass",
                key="others-pass",
                on_click=self._let_others_pass,
                disabled=bool(blocked),
                help=blocked or None,
            )

    def _ask(self, program: Program) -> None:
        """Ask for one verdict; a fail wants its reason at once, any other may have one."""
        verdict, reason, source = (field.name for field in _fields(self.must_have, program))
        choices = _choices(self.must_have, program)
        key = self.form.key(verdict)
        st.session_state.setdefault(key, self.form.values()[verdict])
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
                    self.form.ask(reason)
                    self.form.ask(source)
        if chosen == "fail":
            self.form.ask(reason)
            self.form.ask(source)

    def _let_others_pass(self) -> None:
        """Choose a pass for every program that nobody has looked at; nothing is saved by this."""
        now = self.form.values()
        names = [_fields(self.must_have, p)[0].name for p in self.programs]
        self.form.put({name: "pass" for name in names if now[name] == "open"})

    def _save(self) -> None:
        with_problem(self._save_what_changed)

    def _save_what_changed(self) -> None:
        """Save every verdict that was changed in one step, then go on to what is still open."""
        must_have = self.must_have
        typed = {p: self._typed(p) for p in self.programs}
        changes = {p: v for p, v in typed.items() if v != given(must_have, p.id)}
        if not changes:
            state().notice = "There was nothing new to save."
            return

        def change(decision: Project, _typed: Values) -> Project:
            for program, verdict in changes.items():
                decision = _with_verdict(decision, must_have, program, verdict)
            return decision

        count = counted(len(changes), "verdict")
        if self.form.save(f"{count} on {must_have.name}", change):
            state().notice = f"Saved: {count} on {must_have.name}."
            following = _next_open(must_have_table(project()), must_have.id)
            st.session_state[JUDGED] = following or must_have.id

    def _typed(self, program: Program) -> Verdict | None:
        """Return the verdict on a program as saving would make it; None where it is left open."""
        now = self.form.outcome()
        choice, reason, source = (now[f.name] for f in _fields(self.must_have, program))
        if choice == "open":
            return None
        if choice == "pass" and not reason.strip():
            reason, source = now["reason"], source.strip() or now["source"]
        fields = {"program": program.id, "verdict": choice, "reason": reason, "source": source}
        return entered(Verdict, fields)


def _fields(must_have: MustHave, program: Program) -> Row:
    """Return the fields of the verdict on one program."""
    name = program.name
    return (
        Field(f"{program.id}/verdict", name, "radio", _choices(must_have, program)),
        Field(f"{program.id}/reason", f"Reason: {name}"),
        Field(f"{program.id}/source", f"Source (who, or which document): {name}"),
    )


def _choices(must_have: MustHave, program: Program) -> dict[str, str]:
    """Return the verdicts to choose from, in words; a limit speaks where people do not."""
    if must_have.threshold is None:
        return _CHOICES
    alone = verdict_on(run(), must_have.model_copy(update={"verdicts": ()}), program)
    return _CHOICES | {"open": _BY_LIMIT[alone.verdict]}


def _recorded(must_have: MustHave, programs: Iterable[Program]) -> Values:
    """Return what the fields show of the verdicts that people have given."""
    shown: Values = {}
    for program in programs:
        verdict = given(must_have, program.id)
        fields = (f.name for f in _fields(must_have, program))
        values = (verdict.verdict, verdict.reason, verdict.source) if verdict else ("open", "", "")
        shown |= dict(zip(fields, values, strict=True))
    return shown


def _with_verdict(
    decision: Project, must_have: MustHave, program: Program, verdict: Verdict | None
) -> Project:
    if verdict is None:
        return without_verdict(decision, must_have.id, program.id)
    if verdict.verdict != "unknown" and not verdict.reason:
        raise ProjectError(
            f"{program.name}: write the reason: a pass or a fail that people give needs one."
        )
    return with_verdict(decision, must_have.id, verdict)
