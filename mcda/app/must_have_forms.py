"""Must-haves: who passes, a form to judge the programs, and a form to change a must-have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import streamlit as st

from mcda.analysis import MustHaveTable
from mcda.app import widgets
from mcda.app.fields import Field, Values, score_field
from mcda.app.form_drafts import thing, waits
from mcda.app.forms import Form
from mcda.app.item_forms import choose_form
from mcda.app.lexicon import HELP
from mcda.app.locked import LOCKED, is_locked
from mcda.app.state import edit, run, state
from mcda.app.verdict_form import judge
from mcda.app.verdict_table import reasons, show_fails, show_limits, verdicts_html
from mcda.project import (
    Criterion,
    Exact,
    LevelScale,
    MustHave,
    Project,
    ProjectError,
)
from mcda.project.entering import entered
from mcda.project.recording import read_score
from mcda.project.text import make_id, number_text, quoted

_CHANGED = "change-must-have"
_BOX = "change-must-haves"
_NEW = "new"
_BY = {"people": "By people, with a reason", "limit": "By a limit on a criterion"}
_CASES = {"worst": "Its worst end", "likely": "Its likely number"}


def show_must_haves(table: MustHaveTable) -> None:
    """Show who fails and why, the form to judge, every verdict, then the form to change."""
    if table.must_haves:
        show_fails(table)
        widgets.privacy()
        judge(table)
        st.header("All verdicts at once", anchor=False)
        st.html(verdicts_html(table))
        title = "How each is judged, every reason and source"
        with st.expander(title, key="reasons", on_change="rerun") as box:
            if box.open:
                show_limits(table)
                widgets.table(reasons(table))
    st.header("Change the must-haves", anchor=False)
    opened = not table.must_haves or any(waits(place_of(m)) for m in (None, *table.must_haves))
    st.session_state.setdefault(_BOX, opened)
    with st.expander("Add or change a must-have", key=_BOX, on_change="rerun") as box:
        if box.open:
            _change()


def _change() -> None:
    """Ask which must-have, or a new one, and show its form."""
    must_haves = {m.id: m for m in run().evidence.must_haves}
    old = must_haves.get(_choose(must_haves))
    form = Form(
        place_of(old),
        tuple((field,) for field in _fields()),
        _recorded(old),
        about=f"the must-have {quoted(old.name)} (Scores)" if old else "a new must-have (Scores)",
        thing=thing(old) if old else (),
    )
    form.show_overtaken()
    form.ask("name")
    form.ask("definition")
    _ask_limit(form)
    blocked = LOCKED if is_locked() else ""
    row = form.buttons("Save the must-have", partial(_save, old, form), blocked=blocked)
    if old is not None:
        row.button(
            "Remove this must-have",
            key="remove-must-have",
            on_click=_remove,
            args=(old, form),
            disabled=bool(blocked),
            help=blocked or None,
        )


def _choose(must_haves: dict[str, MustHave]) -> str:
    """Ask for the id of a must-have; at first the one whose form was left unsaved."""
    names = {_NEW: "A new must-have"} | {i: m.name for i, m in must_haves.items()}
    return choose_form("Must-have", names, _CHANGED, lambda i: place_of(must_haves.get(i)))


def place_of(must_have: MustHave | None) -> str:
    """Return the place of the form of a must-have, or of a new one."""
    return f"must-have-{run().id}-{must_have.id}" if must_have else f"must-have-{_NEW}"


def _fields() -> tuple[Field, ...]:
    criteria = {c.id: c.name for c in run().evidence.criteria}
    return (
        Field("name", "Name"),
        Field("definition", "What it means", "text"),
        Field("by", "How is it judged?", "radio", _BY),
        Field("criterion", "Criterion", "choice", criteria),
        *(_limit_field(criterion) for criterion in run().evidence.criteria),
        Field(
            "case",
            "Where a score is a range, what counts?",
            "radio",
            _CASES,
            help=HELP["which case"],
        ),
    )


def _limit_field(criterion: Criterion) -> Field:
    bound = criterion.bound.capitalize()
    what = f"{bound} this level" if isinstance(criterion.scale, LevelScale) else bound
    return score_field(_limit_name(criterion.id), what, criterion)


def _limit_name(criterion: str) -> str:
    return f"limit-{criterion}"


def _recorded(must_have: MustHave | None) -> Values:
    """Return what the fields show of a must-have."""
    named = {"name": must_have.name, "definition": must_have.definition} if must_have else {}
    limit = must_have.threshold if must_have else None
    if limit is None:
        return named | {"by": "people", "case": "worst"}
    amount = {_limit_name(limit.criterion): number_text(limit.limit)}
    return named | {"by": "limit", "criterion": limit.criterion, "case": limit.case} | amount


def _ask_limit(form: Form) -> None:
    """Ask how it is judged; for a limit, on which criterion and where."""
    for name in _asked_of_limit(form):
        form.ask(name)


def _asked_of_limit(form: Form) -> Iterator[str]:
    """Name the fields to ask for: which they are follows from those before."""
    if not run().evidence.criteria:
        return
    yield "by"
    if form.values()["by"] != "limit":
        return
    yield "criterion"
    chosen = form.values()["criterion"]
    if chosen in {c.id for c in run().evidence.criteria}:
        yield _limit_name(chosen)
        yield "case"


def _save(old: MustHave | None, form: Form) -> None:
    now = form.outcome()
    name = now["name"].strip()

    def change(decision: Project, _typed: Values) -> Project:
        must_haves = {m.id: m for m in decision.run().evidence.must_haves}
        recorded = must_haves.get(old.id) if old else None
        fields = {
            "id": old.id if old else make_id(name, set(must_haves)),
            "name": name,
            "definition": now["definition"],
            "threshold": _threshold(decision, now),
            "verdicts": [v.model_dump() for v in recorded.verdicts] if recorded else [],
        }
        return decision.with_must_have(entered(MustHave, fields))

    if form.save(f"must-have {name}", change):
        state().notice = f"Saved: must-have {name}."


def _threshold(decision: Project, now: Values) -> dict[str, object] | None:
    """Return the limit as typed; raises ``ProjectError`` where it is none."""
    if now["by"] != "limit":
        return None
    chosen = now["criterion"]
    if chosen is None:
        raise ProjectError("Choose the criterion that the limit stands on.")
    criterion = decision.run().criterion(chosen)
    amount = read_score(criterion, now[_limit_name(chosen)] or "")
    if not isinstance(amount, Exact):
        raise ProjectError(f"{criterion.name}: give the limit as one number.")
    return {"criterion": chosen, "limit": amount.value, "case": now["case"]}


def _remove(old: MustHave, form: Form) -> None:
    if edit(f"remove must-have {old.name}", lambda p: p.without_must_have(old.id)):
        form.begin_anew()
        state().notice = f"Removed: {old.name}. Undo brings it back."
