"""How firm it is and what would change it, in words: the same ones everywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.analysis.agreement import topsis_reason
from mcda.analysis.firmness.alike import NEAR_TWIN_POINTS
from mcda.analysis.firmness.counting import KEPT
from mcda.analysis.firmness.finding import SAMPLING, Firmness, firmness
from mcda.analysis.firmness.flips import Flips, what_flips
from mcda.analysis.firmness.shares import (
    ALIKE_BAND,
    BANDS,
    UNASKED_BAND,
    FirstShare,
    Share,
    band_of,
    is_borderline,
)
from mcda.analysis.firmness.spaces import nobody_asked
from mcda.analysis.firmness.unknowns import UnknownCell
from mcda.analysis.ranking import CAVEAT
from mcda.analysis.rounding import at_least
from mcda.analysis.table import decision_table, settled_values
from mcda.analysis.weights import UsedWeights
from mcda.analysis.wording import and_list, few, number, or_list, percents
from mcda.engine.robustness import Sampling
from mcda.project import Project, Run

_CONTENDS = 0.1  # to be chosen among, a program has to be first so often at its best
_WORTH_SAYING = 0.01


@dataclass(frozen=True, slots=True)
class Sentences:
    """What there is to say, each part in a sentence or two; empty where there is nothing.

    Attributes:
        headline: the answer as briefly as it can be said.
        counted: how often the leaders come first, in which weightings.
        parting: who leads by the weights alone, where that is not who comes first most often.
        verdict: how often the leaders come first, in which weightings, and what that means; it
            goes on from the headline and does not say it again.
        twins: programs that are the same, or nearly the same.
        runner_up: what the next in line needs; begins with ``parting``.
        second: what TOPSIS says and, if it differs, why.
        unknown: which unknown score matters most.
        sampled: how it was counted.
        caveat: what it is about.
    """

    headline: str
    counted: str
    parting: str
    verdict: str
    twins: str
    runner_up: str
    second: str
    unknown: str
    sampled: str
    caveat: str

    @property
    def answer(self) -> str:
        """The headline and the verdict, for where they are one paragraph."""
        return f"{self.headline} {self.verdict}".strip()

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is to be said after the headline, in order."""
        said = (self.verdict, self.twins, self.runner_up, self.second, self.unknown)
        return tuple(line for line in (*said, self.sampled, self.caveat) if line)

    @property
    def brief(self) -> str:
        """The headline, how often the leaders come first, and who leads by the weights alone."""
        return " ".join(part for part in (self.headline, self.counted, self.parting) if part)


def sentences(
    project: Project,
    run_id: str | None = None,
    weighting: str | Mapping[str, float] | None = None,
    space: str | None = None,
    sampling: Sampling = SAMPLING,
) -> Sentences:
    """Say how firm the first place is and what would change it.

    Takes and raises what :func:`firmness` does.

    >>> from mcda.project.templates import example
    >>> print(sentences(example(), weighting="p2").headline)
    Survivor mentor program: firm.
    """
    found = firmness(project, run_id, weighting, space, sampling)
    flips = what_flips(project, run_id, weighting)
    run = project.run(run_id)
    weights = _by_weights(run, flips.weighting, weighting is None)
    return Sentences(
        headline=_headline(found),
        counted=_counted(found),
        parting=_parting(found, flips, weights),
        verdict=_verdict(found),
        twins=_twins(found),
        runner_up=_runner_up(run, found, flips, weights),
        second=_second(run, found),
        unknown=_unknown(found),
        sampled=_sampled(found),
        caveat=CAVEAT,
    )


def _leaders(found: Firmness) -> str:
    return or_list(few([p.name for p in found.leaders]))


def _headline(found: Firmness) -> str:
    if len(found.programs) == 1:
        return f"{_leaders(found)} is the only program left to rank."
    if found.band in (UNASKED_BAND, ALIKE_BAND):
        return found.band.advice
    if _depends(found):
        return _DEPENDS
    if found.band.id == "none":
        return "There is no clear winner."
    return f"{_leaders(found)}: {found.band.title}."


# --- the verdict


def _counted(found: Firmness) -> str:
    if len(found.programs) == 1 or found.band == ALIKE_BAND:
        return ""
    phrase = found.together.phrase
    return f"{phrase[0].upper()}{phrase[1:]} {found.space.phrase}, {_leaders(found)} came first."


def _verdict(found: Firmness) -> str:
    counted = _counted(found)
    if not counted:
        return ""
    said = [counted, _why_a_range(found)]
    if found.band != UNASKED_BAND:
        said.append(_what_it_depends_on(found) if _depends(found) else _meaning(found))
    return " ".join(part for part in said if part)


def _why_a_range(found: Firmness) -> str:
    if not found.together.is_range:
        return ""
    return "That is a range, as some scores are not known exactly."


_DEPENDS = "It depends on what is not known."
_FAR_BELOW = 2  # bands


def _depends(found: Firmness) -> bool:
    """Whether the band is far below what it is with each unknown spread over its range."""
    if found.band not in BANDS:
        return False
    spread = band_of(found.together.anywhere, found.effective_samples)
    return BANDS.index(found.band) - BANDS.index(spread) >= _FAR_BELOW


def _what_it_depends_on(found: Firmness) -> str:
    """Say how often the leaders are first over all that is not known, and what to find out."""
    count = _of_100(found.together.anywhere)
    spread = f"With each of these spread over its range, it is {count}."
    cell = found.unknowns[0]
    first = "Find out more of them first."
    if _matters(cell):
        first = f"Find out {cell.criterion_name} for {cell.program_name} first."
    return f"{spread} {first}"


def _of_100(share: Share) -> str:
    return "all" if share.proof == "always" else f"{share.text} of 100"


def _matters(cell: UnknownCell) -> bool:
    return cell.changes_first or cell.swing >= _WORTH_SAYING


def _meaning(found: Firmness) -> str:
    said = found.band.advice
    if found.band.id == "none":
        names = _contenders(found)
        which = "between" if len(names) == 2 else "among"
        said = f"Choose {which} {and_list(few(names))} on other grounds."
    if is_borderline(found.together.worst, found.effective_samples):
        return f"{said} It is close to the next band, but a sample cannot settle it."
    return said


def _contenders(found: Firmness) -> list[str]:
    """Return the names of those to choose among where there is no clear winner.

    The leaders, all that are first in 10 of 100 or more at their best, and at least two.
    """
    leading = [p.name for p in found.leaders]
    rest = [p for p in found.programs if p not in found.leaders]
    others = [p.name for p in rest if p.first.best.value >= _CONTENDS]
    return leading + (others or [p.name for p in rest[:1]])


def _twins(found: Firmness) -> str:
    names = {p.id: p.name for p in found.programs}
    said = [
        f"{and_list(few([names[i] for i in group]))} are identical on all that counts."
        for group in found.identical
    ]
    leading = tuple(p.id for p in found.leaders)
    alike = any(set(leading) <= set(group) for group in found.identical)
    if len(leading) > 1 and not alike:
        listed = and_list(few([names[i] for i in leading]))
        apart = number(NEAR_TWIN_POINTS)
        said.append(
            f"{listed} are near-twins: at most {apart} points apart, so we name them together."
        )
    return " ".join(said)


# --- what would change it


def _parting(found: Firmness, flips: Flips, weights: str) -> str:
    """Say where the weights alone put another program first than most of the weightings do."""
    has_next = flips.runners_up and found.band != ALIKE_BAND
    if not has_next or not set(flips.firsts).isdisjoint(p.id for p in found.leaders):
        return ""
    over = found.space.phrase
    if found.space.people:
        over = f"the mixtures of {len(found.space.people)} people's weights"
    return f"{weights} alone, {_leads(flips)}; over {over}, {_leaders(found)} is first most often."


def _leads(flips: Flips) -> str:
    return f"{flips.named(flips.firsts)} {'leads' if len(flips.firsts) == 1 else 'lead'}"


def _runner_up(run: Run, found: Firmness, flips: Flips, weights: str) -> str:
    """Say who is next by the weights the flips start from, and what it needs to come first."""
    if not flips.runners_up or found.band == ALIKE_BAND:
        return ""
    names = flips.named(flips.runners_up)
    follow = "is next" if len(flips.runners_up) == 1 else "are next, level with each other"
    start = f"{weights}, {_leads(flips)} and {names} {follow}."
    parting = _parting(found, flips, weights)
    if parting:
        start = f"{parting} Behind {flips.named(flips.firsts)}, {names} {follow}."
    table = decision_table(run)
    exact = (table.low == table.high).all()
    return f"{start} {_needs(flips)}{'' if exact else f' {_LIKELY}'}"


_LIKELY = "This takes each score at its likely number or half-way."


def _by_weights(run: Run, used: UsedWeights, chosen_for_them: bool) -> str:
    """Name the weights; of several people's, where none were asked for, they are the first."""
    if used.id is None:
        return "By these weights"
    if nobody_asked(run, used):
        return "By equal weights"
    whose = next(w for w in run.weightings if w.id == used.id)
    first = chosen_for_them and whose.person is not None and len(run.weightings) > 1
    return f"By the weights of {used.name}{', the first listed' if first else ''}"


def _needs(flips: Flips) -> str:
    """Say the smallest change that puts one of those next first: of one weight, else of several."""
    single = _nearest(flips)
    if single is not None:
        return f"{single}."
    wanted = {*flips.runners_up}
    move = next(move for move in flips.changes if wanted & {*move.programs})
    if move.distance is not None:
        need = "needs" if len(move.programs) == 1 else "each need"
        return (
            f"{move.name} {need} several weights to change. To be first, or level with the "
            f"first, {at_least(move.distance)} of all the weight has to move."
        )
    return f"No weights at all would put {or_list(few(_names(flips, flips.runners_up)))} first."


def _names(flips: Flips, ids: Sequence[str]) -> list[str]:
    return [flips.names[i] for i in ids]


def _nearest(flips: Flips) -> str | None:
    """Return the smallest change of one weight that puts one of those next first, in words.

    It may share the place with others, but with none that is first now.
    """
    wanted = {*flips.runners_up}
    found = [
        (abs(past.exact - flip.now), flip.name, past.stated, flip.now, past.firsts)
        for flip in flips.weights
        for past in (flip.up, flip.down)
        if past is not None and wanted & {*past.firsts} and not {*past.firsts} & {*flips.firsts}
    ]
    if not found:
        return None
    _, name, stated, now, firsts = min(found)
    then, before = percents(stated, now)
    come = "come first" if len(firsts) == 1 else "share the first place"
    return f"{flips.named(firsts)} would {come} if {name} counted for {then} instead of {before}"


# --- the second opinion


def _second(run: Run, found: Firmness) -> str:
    if len(found.programs) == 1 or found.band == ALIKE_BAND:
        return ""
    second = found.second
    topsis = "Over these mixtures, TOPSIS" if found.space.people else "TOPSIS"
    names = _named(found, second.leaders)
    counted = f"{names} came first {second.together.phrase}"
    if second.stance == "agrees":
        return _same_leader(found, topsis, counted)
    if second.stance == "leans":
        return f"{topsis} leans to {names}, which came first by it {second.together.phrase}."
    if second.stance == "open" and second.rival is not None:
        rival = f"{_named(found, second.rivals)} {second.rival.phrase}"
        return f"{topsis} does not settle it. By it, {counted}, and {rival}."
    said = f"{topsis} differs from this. By it, {counted}."
    if not _wins(found, found.together):
        said = f"{topsis} puts {names} first most often: {second.together.phrase}."
    return f"{said} {_reason(run, found)}".strip()


def _same_leader(found: Firmness, topsis: str, counted: str) -> str:
    """Say what it means that both put the same ones first most often: not yet that these win."""
    clear, by_topsis = (_wins(found, t) for t in (found.together, found.second.together))
    if clear and by_topsis:
        return f"{topsis} agrees with this. By it, too, {counted}."
    if clear:
        return f"{topsis} has the same leader, but no clear winner. By it, {counted}."
    if by_topsis:
        return f"{topsis} has the same leader, and is more sure. By it, {counted}."
    return f"{topsis} has no clear winner, either. By it, {counted}, which is most often."


def _wins(found: Firmness, together: FirstShare) -> bool:
    """Whether a leader's share is in a band that names a winner; else there is none to agree on."""
    return band_of(together.worst, found.effective_samples).least > 0


def _named(found: Firmness, ids: Sequence[str]) -> str:
    return or_list(few([found.program(i).name for i in ids]))


def _reason(run: Run, found: Firmness) -> str:
    """Say what does most for the leader by TOPSIS, if its score on that is known to be higher."""
    table = decision_table(run)
    pair = (found.leaders[0].id, found.second.leaders[0])
    weights = np.array([found.mean_weights.get(c.id, 0.0) for c in table.criteria])
    ids = [p.id for p in table.programs]
    leader, other = (ids.index(i) for i in pair)
    middle, settled = (table.low + table.high) / 2, settled_values(table)
    j = int((weights**2 * (middle[other] - middle[leader])).argmax())
    unknown = (table.high - table.low)[[leader, other], j] >= _WHOLE_RANGE
    if unknown.any() or settled[other, j] <= settled[leader, j]:
        return ""
    return topsis_reason(run, table, weights, pair, "on average there")


_WHOLE_RANGE = 100.0  # points, of a score that could be anything


# --- what is not known


def _unknown(found: Firmness) -> str:
    if not found.unknowns:
        return ""
    cell = found.unknowns[0]
    if not _matters(cell):
        return "No unknown score changes this much on its own."
    ends = (cell.share_worst, cell.share_best)
    counts = [Share(share, share, share).text for share in ends]
    start = (
        f"The score to find out first is {cell.criterion_name} for {cell.program_name}. "
        f"It is now {cell.recorded}."
    )
    moved = (
        f"At its worst end, {_leaders(found)} came first in {counts[0]} of 100. "
        f"At its best end, that is {counts[1]}."
    )
    turns = " It could change who comes first." if cell.changes_first else ""
    return f"{start} {moved}{turns} All else is taken at its likely number or at the middle."


# --- how it was counted


def _sampled(found: Firmness) -> str:
    said = [f"We drew {found.samples:,} sets of weights at random (seed {found.seed})."]
    if found.space.people:
        said.append(f"They mix the weights of {and_list(few(list(found.space.people)))}.")
    if found.space.left_out:
        listed = and_list(few(list(found.space.left_out)))
        said.append(f"Left out, as not finished: {listed}.")
    doubt = _doubt(found.half_width)
    said.append(f"Before it is rounded, each count is good to about {doubt} in 100 either way.")
    if not found.reached:
        said.append("That is less sure than was asked for.")
    if found.unknowns and found.samples > KEPT:
        said.append(f"For the score to find out first, we used {KEPT:,} of them.")
    return " ".join(said)


def _doubt(half_width: float) -> str:
    """Write how far a count may be off, in 100, rounded up to tenths.

    >>> _doubt(0.0098), _doubt(0.01391), _doubt(0.00098)
    ('1', '1.4', '0.1')
    """
    return number(math.ceil(1000 * half_width - _DUST) / 10)


_DUST = 1e-9
