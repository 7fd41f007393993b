"""The answers of one person, or the group, while they are being given; no drawing here."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from mcda.analysis.wording import few
from mcda.app.weight_pairs import PairAnswers, apart, begin, plan, reopen
from mcda.project import (
    AskedRange,
    ComparisonsJudgement,
    Criterion,
    Equal,
    OrderJudgement,
    PointShare,
    PointsJudgement,
    ProjectError,
    Run,
    SwingJudgement,
    SwingRating,
    Weighting,
)
from mcda.project.checks import stale_criteria
from mcda.project.text import MAX_NAME, clean_line, make_id
from mcda.project.weightings import Judgement

Method = Literal["swing", "points", "order", "pairs"]
METHODS: dict[Method, str] = {
    "swing": "Swing, in four steps",
    "points": "100 points",
    "order": "Plain ranking",
    "pairs": "Compare in pairs",
}
RATE, READ_BACK = 3, 4
TOP = 100.0
_MOST_POINTS = 1e9
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")
_NAME_ROOM = MAX_NAME - 40  # characters; what tells a name from another one comes behind it
_Ends = tuple[float, float]


@dataclass
class Draft:
    """What has been answered so far.

    ``numbers`` holds ratings, points or places by criterion, only where given; ``former`` the
    answers to a range that has been changed since, to be shown and asked again. ``pairs`` holds
    the answers where pairs are compared; then there are no ``numbers``. ``weighting``
    is the id of the one that is being changed, None for a new one. ``key`` makes the widgets
    of one draft its own; ``id`` is the draft's own for as long as it is kept. ``copied`` says that
    it began as a copy of a weighting, and so is of the same person.
    """

    key: str
    method: Method
    name: str
    person: str | None
    role: str
    asked: dict[str, _Ends]
    weighting: str | None = None
    note: str = ""
    step: int = 1
    numbers: dict[str, float] = field(default_factory=dict)
    former: dict[str, float] = field(default_factory=dict)
    top: str | None = None
    pairs: PairAnswers = field(default_factory=PairAnswers)
    back_to: str | None = None
    copied: bool = False
    problem: str | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def whose(self) -> str:
        """Who answers, in words: the name, and the code where it says more."""
        return f"{self.name} ({self.person})" if self.person else self.name

    def choose_top(self, criterion: str) -> None:
        """Take one lift as the most wanted: 100. What stood at 100 before is asked again."""
        if self.top is not None and self.top != criterion:
            self.numbers.pop(self.top, None)
        self.top = criterion
        self.numbers[criterion] = TOP

    def answer(self, criterion: str, number: float | None) -> None:
        """Keep one answer, or take it back."""
        if number is None:
            self.numbers.pop(criterion, None)
        else:
            self.numbers[criterion] = float(number)


def new_draft(run: Run, key: str, method: Method, person: str | None, role: str) -> Draft:
    """Begin the answers of a person, or of the group where there is no person."""
    wanted = (role or person or "") if person is not None else "The group"
    return Draft(
        key=key,
        method=method,
        name=free_name(run, wanted, person),
        person=person,
        role=role,
        asked=_ends(run.active_criteria),
        pairs=begin(run) if method == "pairs" else PairAnswers(),
    )


def draft_of(run: Run, weighting: Weighting, key: str, back_to: str | None = None) -> Draft:
    """Open a weighting to be changed.

    Where a range has changed since, every number is asked again, with the old ones kept to be
    shown beside the empty boxes: a number says little once its range is another. Of pairs only
    those are asked again that have to do with it.
    """
    given = answers(weighting.judgement)
    draft = Draft(
        key=key,
        method=method_of(weighting.judgement),
        name=weighting.name,
        person=weighting.person,
        role=weighting.role,
        asked=_ends(run.active_criteria),
        weighting=weighting.id,
        note=weighting.note,
        back_to=back_to,
    )
    stale = stale_criteria(run, weighting)
    if isinstance(weighting.judgement, ComparisonsJudgement):
        draft.pairs = reopen(run, weighting.judgement, [c.id for c in stale])
        return draft
    known = {c.id: given[c.id] for c in run.active_criteria if c.id in given}
    if stale:
        draft.former = known
        return draft
    draft.numbers = known
    if draft.method == "swing":
        draft.top = next((c for c, rating in known.items() if rating == TOP), None)
        draft.step = RATE if draft.top else 1
    return draft


def draft_of_copy(run: Run, weighting: Weighting, key: str, back_to: str | None = None) -> Draft:
    """Open a copy of a weighting to be changed; the copy is not recorded before it is saved."""
    draft = draft_of(run, copy_of(run, weighting), key, back_to)
    return replace(draft, weighting=None, copied=True)


def resumed(draft: Draft, run: Run, key: str) -> Draft:
    """Return a draft that was left, to be gone on with, as far as it still fits the run.

    Answers to a weighting that has been deleted meanwhile are answers of their own, and a code
    under which someone else has answered meanwhile gives way to another one.
    """
    if draft.weighting in {w.id for w in run.weightings}:
        return replace(draft, key=key, problem=None)
    person = draft.person
    if not draft.copied and person in {w.person for w in run.weightings} - {None}:
        person = next_code(run)
    name = free_name(run, draft.name, person)
    return replace(draft, key=key, problem=None, weighting=None, person=person, name=name)


def method_of(judgement: Judgement) -> Method:
    """Return the way of asking that a judgement came from; swing where nobody was asked."""
    match judgement:
        case PointsJudgement():
            return "points"
        case OrderJudgement():
            return "order"
        case ComparisonsJudgement():
            return "pairs"
        case SwingJudgement() | Equal():
            return "swing"


def answers(judgement: Judgement) -> dict[str, float]:
    """Return the numbers of a judgement over criteria, by criterion.

    There are none where branches were shared out, pairs were compared, or nobody was asked.

    >>> answers(OrderJudgement(tiers=(("reach",), ("cost", "time"))))
    {'reach': 1.0, 'cost': 2.0, 'time': 2.0}
    """
    if judgement.over == "tree":
        return {}
    match judgement:
        case SwingJudgement(ratings=ratings):
            return {r.item: r.rating for r in ratings}
        case PointsJudgement(points=points):
            return {p.item: p.points for p in points}
        case OrderJudgement(tiers=tiers):
            places = enumerate(tiers, start=1)
            return {item: float(place) for place, tier in places for item in tier}
        case ComparisonsJudgement() | Equal():
            return {}


def catch_up(draft: Draft, run: Run) -> tuple[str, ...]:
    """Ask again for what has changed while people answered; return the names of the criteria.

    A criterion whose range was changed is asked again for the new one. Where it was the top
    lift, so are all ratings, which were given against it.
    """
    now = _ends(run.active_criteria)
    changed = [c for c in run.active_criteria if draft.asked.get(c.id, now[c.id]) != now[c.id]]
    gone = draft.top is not None and draft.top not in now
    if gone or draft.top in [c.id for c in changed]:
        draft.former |= draft.numbers
        draft.numbers, draft.top, draft.step = {}, None, 1
    for criterion in changed:
        if criterion.id in draft.numbers:
            draft.former[criterion.id] = draft.numbers.pop(criterion.id)
        draft.step = min(draft.step, RATE)
    if draft.method == "pairs":
        draft.pairs.catch_up(run, [c.id for c in changed])
    draft.asked = now
    return tuple(c.name for c in changed)


def is_news(draft: Draft, run: Run) -> bool:
    """Say whether a draft holds anything that is not recorded."""
    weighting = next((w for w in run.weightings if w.id == draft.weighting), None)
    recorded = weighting.judgement if weighting else Equal()
    if draft.method == "pairs":
        before = recorded.comparisons if isinstance(recorded, ComparisonsJudgement) else ()
        return set(draft.pairs.given) != set(before)
    return draft.numbers != answers(recorded)


def progress(draft: Draft, run: Run) -> str:
    """Say how much of a draft is answered, such as "3 of 8"."""
    if draft.method == "pairs":
        return f"{len(draft.pairs.given)} of {len(plan(draft.pairs, run))} pairs"
    active = [c.id for c in run.active_criteria]
    return f"{sum(c in draft.numbers for c in active)} of {len(active)}"


def problem_with(draft: Draft, run: Run) -> str | None:
    """Say what keeps the answers from being saved, or None."""
    if draft.method == "pairs":
        return _problem_with_pairs(draft.pairs, run)
    if draft.method == "swing" and draft.top is None:
        return "Say first which lift you would make first."
    empty = [c.name for c in run.active_criteria if c.id not in draft.numbers]
    if empty:
        shown = ", ".join(empty[:4]) + (f" and {len(empty) - 4} more" if len(empty) > 4 else "")
        least = "" if draft.method == "order" else " If it does not matter, answer 0."
        return f"Still empty: {shown}.{least}"
    low, high = limits(draft.method, len(run.active_criteria))
    for criterion in run.active_criteria:
        given = draft.numbers[criterion.id]
        if not (math.isfinite(given) and low <= given <= high):
            return f"{criterion.name}: give a number from {low:g} to {high:,.0f}."
    if draft.method == "points" and not any(draft.numbers[c.id] for c in run.active_criteria):
        return "Give points to at least one criterion."
    return None


def _problem_with_pairs(pairs: PairAnswers, run: Run) -> str | None:
    parts = apart(pairs, run)
    if not parts:
        return None
    names = {node.id: node.name for node in run.evidence.nodes}
    named = few([" with ".join(names[item] for item in part) for part in parts], 4)
    return (
        f"The answers do not join everything yet. Still apart: {'; '.join(named)}. "
        "Answer more pairs."
    )


def limits(method: Method, criteria: int) -> tuple[float, float]:
    """Return the lowest and the highest number that may be answered, where numbers are."""
    if method == "order":
        return 1.0, float(criteria)
    return 0.0, _MOST_POINTS if method == "points" else TOP


def judgement(draft: Draft, run: Run, *, confirmed: bool = False) -> Judgement:
    """Return the judgement that the answers make; call it once nothing is missing."""
    if draft.method == "pairs":
        return ComparisonsJudgement(over=draft.pairs.over, comparisons=draft.pairs.given)
    given = {c.id: draft.numbers[c.id] for c in run.active_criteria}
    match draft.method:
        case "points":
            shares = tuple(PointShare(item=c, points=p) for c, p in given.items())
            return PointsJudgement(points=shares)
        case "order":
            return OrderJudgement(tiers=tiers(given))
        case _:
            ratings = tuple(SwingRating(item=c, rating=r) for c, r in given.items())
            return SwingJudgement(ratings=ratings, confirmed=confirmed)


def tiers(places: dict[str, float]) -> tuple[tuple[str, ...], ...]:
    """Return the items by place, the most important first; equal places are level.

    >>> tiers({"cost": 3.0, "reach": 1.0, "time": 3.0})
    (('reach',), ('cost', 'time'))
    """
    return tuple(
        tuple(item for item, given in places.items() if given == place)
        for place in sorted(set(places.values()))
    )


def weighting_of(draft: Draft, run: Run, today: date, *, confirmed: bool = False) -> Weighting:
    """Return the weighting to be saved, with the ranges that were in view."""
    taken = {w.id for w in run.weightings}
    return Weighting(
        id=draft.weighting or make_id(draft.person or draft.name, taken),
        name=draft.name,
        person=draft.person,
        role=draft.role,
        judgement=judgement(draft, run, confirmed=confirmed),
        asked=tuple(AskedRange(criterion=c, worst=a, best=b) for c, (a, b) in draft.asked.items()),
        given_on=today,
        note=draft.note,
    )


def problem_with_person(run: Run, code: str, role: str, begun: Iterable[Draft] = ()) -> str | None:
    """Say why a code and a role cannot be taken, or None; ``begun`` is what was left unsaved."""
    if not _CODE.fullmatch(code):
        return "Use a short code such as p1: small letters and digits, no spaces and no names."
    if any(w.person == code for w in run.weightings):
        return f"{code} has answered already. Take another code, or change those answers below."
    if any(draft.person == code for draft in begun):
        return f"{code} has begun to answer. Go on with those answers, or take another code."
    if not role.strip():
        return "Write a role, such as school counselor."
    return None


def next_code(run: Run, begun: Iterable[Draft] = ()) -> str:
    """Return the first code p1, p2, … that nobody has, nor has begun to answer under."""
    taken = {w.person for w in run.weightings} | {draft.person for draft in begun}
    return next(f"p{n}" for n in range(1, len(taken) + 2) if f"p{n}" not in taken)


def copy_of(run: Run, weighting: Weighting) -> Weighting:
    """Return a copy of a weighting, with an id and a name of its own."""
    taken = {w.id for w in run.weightings}
    name = free_name(run, f"{weighting.name[:_NAME_ROOM]} (copy)")
    return weighting.model_copy(update={"id": make_id(weighting.id, taken), "name": name})


def renamed(run: Run, weighting: Weighting, name: str) -> Weighting:
    """Return a weighting under another name.

    Raises ``ProjectError`` where there is no name, or one that another weighting has.
    """
    wanted = str(clean_line(name))
    if any(w.id != weighting.id and w.name.casefold() == wanted.casefold() for w in run.weightings):
        raise ProjectError("Another weighting has this name already.")
    try:
        return Weighting.model_validate(weighting.model_dump() | {"name": wanted})
    except ValueError as error:
        raise ProjectError(f"Write a name of up to {MAX_NAME} letters.") from error


def free_name(run: Run, wanted: str, code: str | None = None) -> str:
    """Return a name that no weighting has: as wanted, with the code, or with a number."""
    taken = {w.name.casefold() for w in run.weightings}
    wanted = str(clean_line(wanted))
    stem = wanted[:_NAME_ROOM]
    tries = [wanted, f"{stem} ({code})"] if code else [wanted]
    tries += [f"{stem} {n}" for n in range(2, len(taken) + 3)]
    return next(name for name in tries if name.casefold() not in taken)


def _ends(criteria: tuple[Criterion, ...]) -> dict[str, _Ends]:
    return {c.id: (c.scale.worst, c.scale.best) for c in criteria}
