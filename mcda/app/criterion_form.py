"""The form of one criterion: what it means, its scale, and what a change would bring with it.

Its fields are laid out by hand: which of them are asked for follows from the others, and the curve
and the warnings follow each entry. Nothing is saved until Save.
"""

from __future__ import annotations

import streamlit as st

from mcda.analysis.consequences import ScaleChange, scale_change, weightings_silent_on
from mcda.analysis.wording import and_list, few
from mcda.app import theme, widgets
from mcda.app.fields import Field, Values
from mcda.app.form_drafts import thing
from mcda.app.forms import Form
from mcda.app.lexicon import HELP
from mcda.app.state import project_key, run, state
from mcda.charts import direction_words, scored, value_curve, value_sentence
from mcda.project import Criterion, LevelScale, NumberScale, Project, ProjectError, Run
from mcda.project.entering import entered
from mcda.project.text import make_id, number_text, quoted

_KINDS = {"number": "A number", "levels": "Levels in words"}
_MOST_POINTS, _FEWEST_LEVELS, _MOST_LEVELS = 10, 2, 21
_LOWEST_LEVEL, _HIGHEST_LEVEL = -100, 100
_USUAL_LEVELS = 5
NEW_BOX = "add-criterion"
"""The key of the box that holds the form of a new criterion."""


class CriterionForm:
    """The form of a criterion that is there (``base``), or of a new one."""

    def __init__(self, base: Criterion | None) -> None:
        self.base = base
        scale = base.scale if base else None
        number = scale if isinstance(scale, NumberScale) else None
        levels = scale if isinstance(scale, LevelScale) else None
        most = max(_MOST_POINTS, len(number.points) if number else 0)
        fields = (*_about_fields(), *_number_fields(most), *_level_fields())
        self.form = Form(
            place_of(base),
            tuple((field,) for field in fields),
            _about_values(base) | _number_values(number) | _level_values(levels),
            about=f"the criterion {quoted(base.name)} (Criteria)"
            if base
            else "a new criterion (Criteria)",
            thing=thing(base) if base else (),
        )
        self.now = self.form.outcome()

    def show(self) -> None:
        """Show the fields, then Save, then what would be kept and what follows from it."""
        self.form.show_overtaken()
        for name in ("name", "definition", "parent", "kind"):
            self.form.ask(name)
        if self.now["kind"] == "levels":
            self._ask_levels()
        else:
            self._ask_numbers()
        self._ask_confirmed()
        self.form.buttons(
            "Add it" if self.base is None else "Save",
            self._save,
            cancel=self._close if self.base else None,
        )
        self._show_draft()

    # --- the fields

    def _ask_numbers(self) -> None:
        self.form.ask("unit")
        self._ask_side_by_side("worst", "best")
        self.form.ask("points")
        for i in range(self.now["points"] or 0):
            self._ask_side_by_side(f"score-{i}", f"worth-{i}")
        self.form.ask("counts_people")

    def _ask_side_by_side(self, *names: str) -> None:
        for name, column in zip(names, st.columns(len(names)), strict=True):
            with column:
                self.form.ask(name)

    def _ask_levels(self) -> None:
        widgets.note("List the levels from worst to best. The first is worth 0, the last 100.")
        self.form.ask("levels")
        self.form.ask("even")
        count = self._level_count()
        for i in range(count):
            plain = self.now["even"] or i in {0, count - 1}
            names = [f"level-{i}", f"anchor-{i}", *([] if plain else [f"level-worth-{i}"])]
            columns = st.columns([1, 4] if plain else [1, 3, 1], vertical_alignment="bottom")
            for name, column in zip(names, columns, strict=True):
                with column:
                    self.form.ask(name)

    def _level_count(self) -> int:
        count: int = self.now["levels"] or _FEWEST_LEVELS
        return count

    def _ask_confirmed(self) -> None:
        """Ask for the group's word on the scale; a changed scale asks anew."""
        try:
            scale = self._draft().scale
        except ProjectError:
            return
        label = "We agree on this range and on what its steps are worth"
        if isinstance(scale, LevelScale):
            label = "We agree on what each level is worth"
        key = self.form.key(f"confirmed-{scale.curve!r}")
        st.checkbox(
            label,
            scale.confirmed,
            key=key,
            help=HELP["confirmed"],
            on_change=self._confirm,
            args=(scale, key),
        )

    def _confirm(self, scale: NumberScale | LevelScale, key: str) -> None:
        self.form.put({"confirmed": _curve(scale) if st.session_state[key] else ""})

    # --- what the fields say

    def _draft(self) -> Criterion:
        """Return the criterion as the fields describe it; raises ``ProjectError``."""
        base, now = self.base, self.form.outcome()
        nodes = {node.id for node in run().evidence.nodes}
        fields = {
            "id": base.id if base else make_id(now["name"], nodes),
            "name": now["name"],
            "definition": now["definition"],
            "parent": now["parent"],
            "based_on": base.based_on if base else "",
            "counts_people": now["counts_people"],
            "scale": self._levels(now) if now["kind"] == "levels" else _numbers(now),
        }
        draft = entered(Criterion, fields)
        confirmed = now["confirmed"] == _curve(draft.scale)
        scale = draft.scale.model_copy(update={"confirmed": confirmed})
        return draft.model_copy(update={"scale": scale})

    def _levels(self, now: Values) -> dict[str, object]:
        count = self._level_count()
        numbers = [now[f"level-{i}"] for i in range(count)]
        anchors = [now[f"anchor-{i}"].strip() for i in range(count)]
        worths = [0.0, *(now[f"level-worth-{i}"] for i in range(1, count - 1)), 100.0]
        missing = [f"level {i + 1}" for i in range(count) if numbers[i] is None or not anchors[i]]
        if not now["even"]:
            missing += [f"the worth of level {i + 1}" for i in range(count) if worths[i] is None]
        if missing:
            raise ProjectError(f"Still to be filled in: {and_list(few(missing))}.")
        levels = [{"level": n, "anchor": a} for n, a in zip(numbers, anchors, strict=True)]
        return {"type": "levels", "levels": levels, "values": None if now["even"] else worths}

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
        widgets.chart(value_curve(draft, theme.colours()), key=self.form.key("curve"))

    def _warn(self, draft: Criterion, change: ScaleChange) -> None:
        if change.outside:
            st.error(widgets.escape(_outside_text(change)))
            if change.wider is not None:
                st.button(
                    f"Widen the range: {widgets.escape(_ends_text(draft, *change.wider))}",
                    key=self.form.key("widen"),
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
        worst, best = ends
        self.form.put({"worst": float(worst), "best": float(best)})

    # --- what is kept

    def _save(self) -> None:
        try:
            draft = self._draft()
            _refuse(self, run(), draft)
        except ProjectError as error:
            state().problem = str(error)
            return
        what = "add" if self.base is None else "change"
        label = f"{what} {quoted(draft.name)}"
        if self.form.save(label, lambda project, _: self._kept(project, draft)):
            self._close()
            state().notice = f"Saved: {quoted(draft.name)}."

    def _kept(self, project: Project, draft: Criterion) -> Project:
        if self.base is not None:
            project.run().criterion(self.base.id)
        return project.with_criterion(draft)

    def _close(self) -> None:
        """Show the criterion instead of its form; the box of a new one closes."""
        st.session_state[NEW_BOX if self.base is None else editing_key(self.base.id)] = False


def place_of(criterion: Criterion | None) -> str:
    """Return the place of the form of a criterion, or of a new one."""
    return f"criterion-{run().id}-{criterion.id}" if criterion else "criterion-new"


def editing_key(criterion_id: str) -> str:
    """Return the name under which a page remembers that a criterion is being changed."""
    return f"criterion-editing-{project_key()}-{criterion_id}"


# --- the fields, and what is recorded in them


def _about_fields() -> tuple[Field, ...]:
    objectives = {o.id: o.name for o in run().evidence.objectives}
    return (
        Field("name", "Name"),
        Field("definition", "What it means", "text"),
        Field("parent", "Objective", "choice", objectives, "None", HELP["objective"]),
        Field("kind", "It is scored by", "radio", _KINDS, help=HELP["scale"]),
        Field("counts_people", "It counts people reached", "flag", help=HELP["counts people"]),
        # The curve that the group agreed on; asked for by a tick beside the curve as it is typed.
        Field("confirmed", ""),
    )


def _about_values(base: Criterion | None) -> Values:
    if base is None:
        return {"kind": "number"}
    scale = base.scale
    confirmed = _curve(scale) if scale.confirmed else ""
    return base.model_dump() | {"kind": scale.type, "confirmed": confirmed}


def _number_fields(most: int) -> tuple[Field, ...]:
    points = (
        field
        for i in range(most)
        for field in (
            Field(f"score-{i}", f"Point {i + 1}: score", "number"),
            Field(f"worth-{i}", f"Point {i + 1}: worth", "number"),
        )
    )
    between = Field(
        "points", "Points in between", "whole", help=HELP["middle points"], least=0, most=most
    )
    return (
        Field("unit", "Unit", placeholder="months"),
        Field("worst", "Worst that could be chosen", "number"),
        Field("best", "Best that could be chosen", "number"),
        between,
        *points,
    )


def _number_values(scale: NumberScale | None) -> Values:
    if scale is None:
        return {"points": 0}
    points: Values = {}
    for i, point in enumerate(scale.points):
        points |= {f"score-{i}": point.score, f"worth-{i}": point.value}
    ends = {"unit": scale.unit, "worst": scale.worst, "best": scale.best}
    return ends | {"points": len(scale.points)} | points


def _level_fields() -> tuple[Field, ...]:
    levels = (
        field
        for i in range(_MOST_LEVELS)
        for field in (
            Field(
                f"level-{i}", f"Level {i + 1}", "whole", least=_LOWEST_LEVEL, most=_HIGHEST_LEVEL
            ),
            Field(f"anchor-{i}", f"What level {i + 1} means", warns=False),
            Field(f"level-worth-{i}", f"Worth of {i + 1}", "number"),
        )
    )
    count = Field("levels", "How many levels", "whole", least=_FEWEST_LEVELS, most=_MOST_LEVELS)
    return count, Field("even", "Each step is worth the same", "flag"), *levels


def _level_values(scale: LevelScale | None) -> Values:
    """Return what is recorded of the levels; further ones go on counting as they do."""
    levels = scale.levels if scale else ()
    numbers = [level.level for level in levels] or [1]
    step = numbers[-1] - numbers[-2] if len(numbers) > 1 else 1
    while len(numbers) < _MOST_LEVELS:
        numbers.append(max(_LOWEST_LEVEL, min(_HIGHEST_LEVEL, numbers[-1] + step)))
    worths = scale.level_values if scale else ()
    return (
        {
            "levels": len(levels) or _USUAL_LEVELS,
            "even": scale is None or scale.values is None,
        }
        | {f"level-{i}": number for i, number in enumerate(numbers)}
        | {f"anchor-{i}": level.anchor for i, level in enumerate(levels)}
        | {f"level-worth-{i}": worth for i, worth in enumerate(worths)}
    )


def _numbers(now: Values) -> dict[str, object]:
    names = {"worst": "the worst end", "best": "the best end"}
    missing = [text for name, text in names.items() if now[name] is None]
    pairs = [(now[f"score-{i}"], now[f"worth-{i}"]) for i in range(now["points"] or 0)]
    missing += [f"point {i}" for i, pair in enumerate(pairs, start=1) if None in pair]
    if missing:
        raise ProjectError(f"Still to be filled in: {and_list(missing)}.")
    points = [{"score": score, "value": worth} for score, worth in pairs]
    ends = {name: now[name] for name in names}
    return {"type": "number", "unit": now["unit"], "points": points, **ends}


def _curve(scale: NumberScale | LevelScale) -> str:
    """Return a text that is another one as soon as a score would be worth something else."""
    return repr(scale.curve)


# --- words


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


def _agreed(form: CriterionForm, draft: Criterion) -> str:
    """Return the name of the field that accepts what this range brings with it."""
    return form.form.key(f"agreed-{draft.scale.worst!r}-{draft.scale.best!r}")


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
