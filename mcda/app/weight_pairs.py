"""Answers about two lifts at a time: which pairs are asked, in what order; no drawing here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from mcda.project import Comparison, ComparisonsJudgement, Criterion, Run, Weighting
from mcda.project.checks import joined
from mcda.project.tree import sibling_groups
from mcda.project.weightings import Over

Pair = tuple[str, str]
MORE = 5
"""How many further pairs are asked when more are wanted."""


@dataclass
class PairAnswers:
    """The answers about pairs so far, and which pair is in view.

    Attributes:
        over: whether all criteria are compared, or what stands side by side in the tree.
        given: the answers, each pair once.
        former: answers whose ranges have been changed since, to be shown and asked again.
        wanted: pairs to be asked beyond the first round.
        passed: pairs that were passed over.
        at: the pair in view; None once what was to be asked is answered.
    """

    over: Over = "criteria"
    given: tuple[Comparison, ...] = ()
    former: tuple[Comparison, ...] = ()
    wanted: tuple[Pair, ...] = ()
    passed: tuple[Pair, ...] = ()
    at: Pair | None = None

    def answer(self, pair: Pair, answer: Comparison | None) -> None:
        """Keep one answer in place of the one before, or take it back."""
        others = tuple(c for c in self.given if not _is_about(c, pair))
        self.given = others if answer is None else (*others, answer)
        self.passed = tuple(p for p in self.passed if p != pair)

    def pass_over(self, run: Run) -> None:
        """Leave the pair in view without an answer, and go on."""
        if self.at is not None:
            self.answer(self.at, None)
            self.passed = (*self.passed, self.at)
        self.go_on(run)

    def go_on(self, run: Run) -> None:
        """Turn to the next pair that is still to be asked; to none where all are done."""
        planned = plan(self, run)
        here = planned.index(self.at) + 1 if self.at in planned else 0
        open_pairs = (p for p in planned[here:] + planned[:here] if self.is_open(p))
        self.at = next(open_pairs, None)

    def go_back(self, run: Run) -> None:
        """Turn to the pair before the one in view."""
        planned = plan(self, run)
        here = planned.index(self.at) if self.at in planned else 0
        self.at = planned[max(here - 1, 0)]

    def is_open(self, pair: Pair) -> bool:
        """Say whether a pair is neither answered nor passed over."""
        return pair not in self.passed and about(self.given, pair) is None

    def ask_more(self, run: Run) -> None:
        """Ask about some of the pairs that are left, first of all those that join parts."""
        chosen = left(self, run)[:MORE]
        self.wanted = (*self.wanted, *chosen)
        self.passed = tuple(p for p in self.passed if p not in chosen)
        self.at = None
        self.go_on(run)

    def catch_up(self, run: Run, changed: Collection[str] = ()) -> None:
        """Drop what compares nothing any more; ask again where the range of a criterion changed."""
        now = {item for pair in _all_pairs(run, self.over) for item in pair}
        stale = {i for i in now if any(c.id in changed for c in criteria_under(run, i))}
        fit = _fitting(run, self.over, self.given)
        again = tuple(c for c in fit if {c.item, c.than} & stale)
        self.given = tuple(c for c in fit if c not in again)
        self.former = (*self.former, *again)
        planned = plan(self, run)
        if self.at is None:
            self.at = next((pair for pair in planned if about(again, pair)), None)
        elif self.at not in planned:
            self.go_on(run)


def begin(run: Run) -> PairAnswers:
    """Begin with no answer: branch by branch where criteria stand in branches."""
    in_branches = any(c.parent is not None for c in run.active_criteria)
    answers = PairAnswers(over="tree" if in_branches else "criteria")
    answers.go_on(run)
    return answers


def reopen(run: Run, judgement: ComparisonsJudgement, changed: Collection[str]) -> PairAnswers:
    """Open recorded answers to be changed; ``changed`` are criteria with another range now."""
    answers = PairAnswers(over=judgement.over, given=judgement.comparisons)
    answers.catch_up(run, changed)
    if answers.at is None and apart(answers, run):
        answers.go_on(run)
    return answers


def groups(run: Run, over: Over) -> list[tuple[str, ...]]:
    """Return the items that are compared with each other, the top of the tree last."""
    nothing_said = ComparisonsJudgement(over=over, comparisons=())
    found = sibling_groups(run, Weighting(id="asked", name="Asked", judgement=nothing_said))
    top_last = sorted(found, key=lambda parent: parent is None)
    return [found[parent] for parent in top_last if len(found[parent]) > 1]


def asking_order(group: tuple[str, ...]) -> list[Pair]:
    """Return all pairs of a group in the order they are asked.

    A chain joins all items; then the ring is closed, and pairs across it follow, so that few
    answers check each other well; then the rest.

    >>> asking_order(("a", "b", "c", "d"))
    [('a', 'b'), ('b', 'c'), ('c', 'd'), ('a', 'd'), ('a', 'c'), ('b', 'd')]
    """
    steps = [1, len(group) - 1, len(group) // 2, *range(2, len(group))]
    return list(dict.fromkeys(pair for step in steps for pair in _at_step(group, step)))


def first_round(group: tuple[str, ...]) -> list[Pair]:
    """Return the pairs of a group that are asked first: about three for each item.

    >>> len(first_round(tuple("abc"))), len(first_round(tuple("abcdefgh")))
    (3, 12)
    """
    ring = dict.fromkeys(_at_step(group, 1) + _at_step(group, len(group) - 1))
    across = _at_step(group, len(group) // 2)
    return list(ring | dict.fromkeys(across))


def plan(answers: PairAnswers, run: Run) -> list[Pair]:
    """Return the pairs that are asked: the first round, what was answered, what was wanted."""
    chosen, ever = [], (*answers.given, *answers.former)
    for group in groups(run, answers.over):
        first = set(first_round(group))
        chosen += [
            pair
            for pair in asking_order(group)
            if pair in first or pair in answers.wanted or about(ever, pair)
        ]
    return chosen


def left(answers: PairAnswers, run: Run) -> list[Pair]:
    """Return the pairs without an answer: those that join parts first, those passed over last."""
    part_of = {
        item: (n, m)
        for n, group in enumerate(groups(run, answers.over))
        for m, part in enumerate(joined(group, answers.given))
        for item in part
    }
    unanswered = [p for p in _all_pairs(run, answers.over) if about(answers.given, p) is None]
    return sorted(unanswered, key=lambda p: (part_of[p[0]] == part_of[p[1]], p in answers.passed))


def apart(answers: PairAnswers, run: Run) -> list[list[str]]:
    """Return the parts that no answer joins yet, of the first group that has such; else nothing."""
    parts = (joined(group, answers.given) for group in groups(run, answers.over))
    return next((found for found in parts if len(found) > 1), [])


def are_checked(answers: PairAnswers, run: Run) -> bool:
    """Say whether more pairs are answered than it takes to join all: only then can they differ."""
    least = sum(len(group) - 1 for group in groups(run, answers.over))
    return len(answers.given) > least


def about(given: Iterable[Comparison], pair: Pair) -> Comparison | None:
    """Return the answer about a pair, whichever way round it was given."""
    return next((c for c in given if _is_about(c, pair)), None)


def criteria_under(run: Run, item: str) -> tuple[Criterion, ...]:
    """Return the criteria in use at or below an item: of a criterion itself, of a branch all."""
    parents = {node.id: node.parent for node in run.evidence.nodes}

    def is_under(criterion: str) -> bool:
        node: str | None = criterion
        while node is not None and node != item:
            node = parents.get(node)
        return node is not None

    return tuple(c for c in run.active_criteria if is_under(c.id))


def _is_about(comparison: Comparison, pair: Pair) -> bool:
    return {comparison.item, comparison.than} == set(pair)


def _at_step(group: tuple[str, ...], step: int) -> list[Pair]:
    return list(zip(group, group[step:], strict=False)) if step > 0 else []


def _all_pairs(run: Run, over: Over) -> list[Pair]:
    return [pair for group in groups(run, over) for pair in asking_order(group)]


def _fitting(run: Run, over: Over, given: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """Return the answers that compare two of one group, the first about each pair."""
    asked = {frozenset(pair) for pair in _all_pairs(run, over)}
    first: dict[frozenset[str], Comparison] = {}
    for comparison in given:
        first.setdefault(frozenset((comparison.item, comparison.than)), comparison)
    return tuple(comparison for pair, comparison in first.items() if pair in asked)
