"""The form of one criterion: what it means, its scale, and what a change would bring with it.

Its fields are no Streamlit form: the curve and the warnings follow each entry, and nothing is
kept until Save. Every field is named after ``key``, which holds the criterion's fingerprint, so
that the fields start anew as soon as the kept criterion is another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from mcda.analysis.consequences import ScaleChange, scale_change, weightings_silent_on
from mcda.analysis.wording import and_list, few
from mcda.app import theme, widgets
from mcda.app.lexicon import HELP
from mcda.app.state import edit, run, state
from mcda.charts import direction_words, scored, value_curve, value_sentence
from mcda.project import Criterion, LevelScale, NumberScale, Project, ProjectError, Run
from mcda.project.entering import entered, fingerprint
from mcda.project.text import MAX_NAME, MAX_TEXT, make_id, number_text, quoted

_KINDS = {"number": "A number", "levels": "Levels in words"}
_MOST_POINTS, _FEWEST_LEVELS, _MOST_LEVELS = 10, 2, 21
_NEW = "new-criterion-number"
_EVERY_DECIMAL = "%.12g"


@dataclass(frozen=True, slots=True)
class CriterionForm:
    """The form of a criterion that is there (``base``), or of a new one."""

    base: Criterion | None

    @property
    def key(self) -> str:
        """What the names of all its fields begin with."""
        if self.base is None:
            return f"criterion-new-{st.session_state.setdefault(_NEW, 0)}"
        return f"criterion-{self.base.id}-{fingerprint(self.base)}"

    def show(self) -> None:
        """Show the fields, then Save, then what would be kept and what follows from it."""
        self._start_fields()
        self._ask_meaning()
        self._ask_scale()
        self._ask_confirmed()
        with st.container(horizontal=True):
            label = "Add it" if self.base is None else "Save"
            st.button(label, type="primary", key=f"{self.key}-save", on_click=self._save)
            if self.base is not None:
                st.button("Cancel", key=f"{self.key}-cancel", on_click=self._close)
        self._show_draft()

    # --- the fields

    def _field(self, name: str) -> str:
        return f"{self.key}-{name}"

    def _value(self, name: str) -> Any:  # noqa: ANN401
        return st.session_state.get(self._field(name))

    def _start(self, name: str, value: object) -> str:
        """Start a field from a value, once, and return its name."""
        st.session_state.setdefault(self._field(name), value)
        return self._field(name)

    def _start_fields(self) -> None:
        base = self.base
        self._start("name", base.name if base else "")
        self._start("definition", base.definition if base else "")
        self._start("parent", (base.parent or "") if base else "")
        self._start("kind", base.scale.type if base else "number")
        self._start("counts", base.counts_people if base else False)

    def _ask_meaning(self) -> None:
        names = {o.id: o.name for o in run().evidence.objectives}
        st.text_input("Name", max_chars=MAX_NAME, key=self._field("name"))
        st.text_area("What it means", max_chars=MAX_TEXT, height=136, key=self._field("definition"))
        st.selectbox(
            "Objective",
            ["", *names],
            format_func=lambda o: names.get(o, "None"),
            key=self._field("parent"),
            help=HELP["objective"],
        )

    def _ask_scale(self) -> None:
        st.radio(
            "It is scored by",
            list(_KINDS),
            format_func=_KINDS.__getitem__,
            horizontal=True,
            key=self._field("kind"),
            help=HELP["scale"],
        )
        if self._value("kind") == "levels":
            self._ask_levels()
        else:
            self._ask_numbers()

    def _ask_numbers(self) -> None:
        scale = self.base.scale if self.base else None
        old = scale if isinstance(scale, NumberScale) else None
        st.text_input(
            "Unit",
            max_chars=MAX_NAME,
            key=self._start("unit", old.unit if old else ""),
            placeholder="months",
        )
        worst, best = st.columns(2)
        with worst:
            self._number("Worst that could be chosen", "worst", old.worst if old else None)
        with best:
            self._number("Best that could be chosen", "best", old.best if old else None)
        points = old.points if old else ()
        count = st.number_input(
            "Points in between",
            0,
            max(_MOST_POINTS, len(points)),
            step=1,
            key=self._start("points", len(points)),
            help=HELP["middle points"],
        )
        for i in range(count):
            point = points[i] if i < len(points) else None
            left, right = st.columns(2)
            with left:
                self._number(f"Point {i + 1}: score", f"score-{i}", point.score if point else None)
            with right:
                self._number(f"Point {i + 1}: worth", f"worth-{i}", point.value if point else None)
        st.checkbox(
            "It counts people reached", key=self._field("counts"), help=HELP["counts people"]
        )

    def _ask_levels(self) -> None:
        scale = self.base.scale if self.base else None
        old = scale if isinstance(scale, LevelScale) else None
        widgets.note("List the levels from worst to best. The first is worth 0, the last 100.")
        count = st.number_input(
            "How many levels",
            _FEWEST_LEVELS,
            _MOST_LEVELS,
            step=1,
            key=self._start("levels", len(old.levels) if old else 5),
        )
        even = st.checkbox(
            "Each step is worth the same",
            key=self._start("even", old is None or old.values is None),
        )
        for i in range(count):
            self._ask_level(i, count, old, even)

    def _ask_level(self, i: int, count: int, old: LevelScale | None, even: bool) -> None:
        level = old.levels[i] if old and i < len(old.levels) else None
        ends = even or i in {0, count - 1}
        columns = st.columns([1, 4] if ends else [1, 3, 1], vertical_alignment="bottom")
        with columns[0]:
            st.number_input(
                f"Level {i + 1}",
                -100,
                100,
                value=None,
                step=1,
                key=self._start(f"level-{i}", level.level if level else self._next_level(i)),
            )
        with columns[1]:
            st.text_input(
                f"What level {i + 1} means",
                max_chars=MAX_NAME,
                key=self._start(f"anchor-{i}", level.anchor if level else ""),
            )
        if not ends:
            with columns[2]:
                start = old.level_values[i] if old and level else None
                self._number(f"Worth of {i + 1}", f"level-worth-{i}", start)

    def _next_level(self, i: int) -> int:
        """Return the number after the two levels before, in their direction."""
        before, earlier = self._value(f"level-{i - 1}"), self._value(f"level-{i - 2}")
        if before is None:
            return i + 1
        step = before - earlier if earlier is not None else 1
        return int(max(-100, min(100, before + step)))

    def _number(self, label: str, name: str, start: float | None) -> None:
        """Ask for a number that shows all its decimals and may stay empty."""
        whole = start is None or float(start).is_integer()
        st.number_input(
            label,
            value=None,
            step=1.0 if whole else 0.1,
            format=_EVERY_DECIMAL,
            key=self._start(name, start),
        )

    def _ask_confirmed(self) -> None:
        """Ask for the group's word on the scale; a changed scale asks anew."""
        try:
            scale = self._draft().scale
        except ProjectError:
            return
        kept = self.base.scale if self.base else None
        same = kept is not None and kept.confirmed and kept.curve == scale.curve
        label = "We agree on this range and on what its steps are worth"
        if isinstance(scale, LevelScale):
            label = "We agree on what each level is worth"
        st.checkbox(label, key=self._start(_confirmed(scale), same), help=HELP["confirmed"])

    # --- what the fields say

    def _draft(self) -> Criterion:
        """Return the criterion as the fields describe it; raises ``ProjectError``."""
        base = self.base
        name = self._value("name") or ""
        nodes = {node.id for node in run().evidence.nodes}
        fields = {
            "id": base.id if base else make_id(name, nodes),
            "name": name,
            "definition": self._value("definition") or "",
            "parent": self._value("parent") or None,
            "based_on": base.based_on if base else "",
            "counts_people": bool(self._value("counts")),
            "scale": self._levels() if self._value("kind") == "levels" else self._numbers(),
        }
        draft = entered(Criterion, fields)
        confirmed = bool(self._value(_confirmed(draft.scale)))
        scale = draft.scale.model_copy(update={"confirmed": confirmed})
        return draft.model_copy(update={"scale": scale})

    def _numbers(self) -> dict[str, object]:
        names = {"worst": "the worst end", "best": "the best end"}
        missing = [text for name, text in names.items() if self._value(name) is None]
        count = self._value("points") or 0
        pairs = [(self._value(f"score-{i}"), self._value(f"worth-{i}")) for i in range(count)]
        missing += [f"point {i}" for i, pair in enumerate(pairs, start=1) if None in pair]
        if missing:
            raise ProjectError(f"Still to be filled in: {and_list(missing)}.")
        points = [{"score": score, "value": worth} for score, worth in pairs]
        ends = {name: self._value(name) for name in names}
        return {"type": "number", "unit": self._value("unit") or "", "points": points, **ends}

    def _levels(self) -> dict[str, object]:
        count = self._value("levels") or _FEWEST_LEVELS
        numbers = [self._value(f"level-{i}") for i in range(count)]
        anchors = [(self._value(f"anchor-{i}") or "").strip() for i in range(count)]
        worths = [0.0, *(self._value(f"level-worth-{i}") for i in range(1, count - 1)), 100.0]
        missing = [f"level {i + 1}" for i in range(count) if numbers[i] is None or not anchors[i]]
        if not self._value("even"):
            missing += [f"the worth of level {i + 1}" for i in range(count) if worths[i] is None]
        if missing:
            raise ProjectError(f"Still to be filled in: {and_list(few(missing))}.")
        levels = [{"level": n, "anchor": a} for n, a in zip(numbers, anchors, strict=True)]
        return {
            "type": "levels",
            "levels": levels,
            "values": None if self._value("even") else worths,
        }

    # --- what would follow

    def _show_draft(self) -> None:
        try:
            draft = self._draft()
        except ProjectError as error:
            widgets.note(str(error))
            return
        change = scale_change(run(), draft)
        self._warn(draft, change)
        widgets.say(value_sentence(draft))
        colours = theme.palette(dark=theme.is_dark())
        widgets.chart(value_curve(draft, colours), key=f"{self.key}-curve")

    def _warn(self, draft: Criterion, change: ScaleChange) -> None:
        if change.outside:
            st.error(widgets.escape(_outside_text(change)))
            if change.wider is not None:
                st.button(
                    f"Widen the range: {widgets.escape(_ends_text(draft, *change.wider))}",
                    key=f"{self.key}-widen",
                    on_click=self._widen,
                    args=(change.wider,),
                )
        elif change.stale:
            names = widgets.escape(and_list(few(change.stale)))
            st.warning(
                f"These weights were given for the range as it was: {names}. Once you save, they "
                "have to be asked again."
            )
            st.checkbox("Save it although these have to be asked again", key=_agreed(self, draft))
        elif self.base is None and (silent := weightings_silent_on(run(), draft.id)):
            names = widgets.escape(and_list(few(silent)))
            st.warning(f"Nobody has weighed this yet. Ask again for the weights of {names}.")

    def _widen(self, ends: tuple[float, float]) -> None:
        for name, end in zip(("worst", "best"), ends, strict=True):
            st.session_state[self._field(name)] = float(end)

    # --- what is kept

    def _save(self) -> None:
        try:
            draft = self._draft()
            _refuse(self, run(), draft)
        except ProjectError as error:
            state().problem = str(error)
            return
        what = "add" if self.base is None else "change"
        if edit(f"{what} {quoted(draft.name)}", lambda project: self._kept(project, draft)):
            self._close()

    def _kept(self, project: Project, draft: Criterion) -> Project:
        if self.base is not None:
            project.run().criterion(self.base.id)
        return project.with_criterion(draft)

    def _close(self) -> None:
        """Show the criterion instead of its form; a new one's form starts anew."""
        if self.base is None:
            st.session_state[_NEW] += 1
        else:
            st.session_state.pop(editing_key(self.base.id), None)


def editing_key(criterion_id: str) -> str:
    """Return the name under which a page remembers that a criterion is being changed."""
    saved = state().saved
    return f"criterion-editing-{saved.key if saved else ''}-{criterion_id}"


def range_text(criterion: Criterion) -> str:
    """Write a criterion's range, worst end first, and which way is better.

    >>> months = NumberScale(unit="months", worst=18, best=0)
    >>> range_text(Criterion(id="t", name="Time", scale=months))
    '18 to 0 months, less is better'
    """
    worst, best = criterion.scale.worst, criterion.scale.best
    if isinstance(criterion.scale, LevelScale):
        return f"level {worst:g} to {best:g}, {direction_words(criterion)}"
    return f"{_ends_text(criterion, worst, best)}, {direction_words(criterion)}"


def _ends_text(criterion: Criterion, worst: float, best: float) -> str:
    """Write two ends of a range, with the unit once, or twice where it is a percent sign."""
    first = scored(criterion, worst) if criterion.unit == "%" else number_text(worst)
    return f"{first} to {scored(criterion, best)}"


def _confirmed(scale: NumberScale | LevelScale) -> str:
    """Return the name of the field that confirms exactly this scale."""
    return f"confirmed-{scale.curve!r}"


def _agreed(form: CriterionForm, draft: Criterion) -> str:
    """Return the name of the field that accepts what this range brings with it."""
    return f"{form.key}-agreed-{draft.scale.worst!r}-{draft.scale.best!r}"


def _outside_text(change: ScaleChange) -> str:
    offer = "Widen the range" if change.wider else "Keep these levels"
    return (
        f"These scores are recorded outside: {'; '.join(few(change.outside))}. "
        f"{offer}, or change the scores first."
    )


def _refuse(form: CriterionForm, of: Run, draft: Criterion) -> None:
    """Refuse what would break recorded scores, or given weights without anyone's agreement."""
    change = scale_change(of, draft)
    if change.outside:
        raise ProjectError(_outside_text(change))
    if change.stale and not st.session_state.get(_agreed(form, draft)):
        raise ProjectError(
            f"Not saved yet: the weights of {and_list(few(change.stale))} were given for the "
            "range as it was. Tick below the form that they have to be asked again, then save."
        )
