"""Counted shares as people read them: "83 in 100", never 100 unless it is proved."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from mcda.engine.robustness import wilson_interval

Proof = Literal["always", "never", ""]

ALL = 1.0 - 1e-12
"""A share counted as all: ties are counted in parts, which may not add up to 1 exactly."""

_DUST = 1e-9  # a share that is a whole percent but for rounding


_MORE, _FEWER = "more than 99", "fewer than 1"
_ANY = "any number"


@dataclass(frozen=True, slots=True)
class Share:
    """A share that was counted in a sample.

    Attributes:
        value: from 0 to 1.
        low: low end of its Wilson interval.
        high: high end of it.
        proof: "always" or "never" where that is proved for every weighting, not only seen.
    """

    value: float
    low: float
    high: float
    proof: Proof = ""

    @property
    def text(self) -> str:
        """How many in 100, rounded down; 0 and 100 only where proved.

        >>> Share(0.839, 0.83, 0.85).text, Share(1.0, 0.99, 1.0).text, Share(0.0, 0.0, 0.01).text
        ('83', 'more than 99', 'fewer than 1')
        """
        return self._rounded(math.floor(100 * self.value + _DUST))

    @property
    def text_up(self) -> str:
        """The same, rounded up: for the high end of a range."""
        return self._rounded(math.ceil(100 * self.value - _DUST))

    def _rounded(self, count: int) -> str:
        if self.proof:
            return "100" if self.proof == "always" else "0"
        if count > 99 or 100 * self.value > 99 + _DUST:
            return _MORE
        return str(count) if 100 * self.value > 1 - _DUST else _FEWER


@dataclass(frozen=True, slots=True)
class FirstShare:
    """How often a program, or several together, come first.

    Attributes:
        anywhere: ranges spread as recorded, unknown scores anywhere in their range.
        worst: everything not known exactly at its worst end for this one, best for the others.
        best: the reverse.
    """

    anywhere: Share
    worst: Share
    best: Share

    @property
    def text(self) -> str:
        """The count in 100, or its range: "83", "71 to 90", "up to 40", "95 or more".

        >>> one, other = Share(0.711, 0.7, 0.72), Share(0.894, 0.88, 0.9)
        >>> FirstShare(one, one, one).text, FirstShare(one, one, other).text
        ('71', '71 to 90')
        """
        low, high = self.worst.text, self.best.text_up
        if self.worst == self.best or high in ("0", _FEWER):
            return self.best.text
        if low in (_MORE, "100"):
            return low
        if low in ("0", _FEWER):
            return _ANY if high == _MORE else f"up to {high}"
        if high == _MORE:
            return f"{low} or more"
        return low if low == high else f"{low} to {high}"

    @property
    def is_range(self) -> bool:
        """Whether the two ends read differently."""
        return self.worst.text != self.best.text_up and self.worst != self.best

    @property
    def phrase(self) -> str:
        """The count as it stands in a sentence.

        >>> sure = Share(1.0, 0.99, 1.0, "always")
        >>> FirstShare(sure, sure, sure).phrase
        'in all'
        """
        whole = {"100": "in all", "0": "in none"}
        if self.text in whole:
            return whole[self.text]
        if self.text not in (_ANY, "up to 100"):
            return f"in {self.text} of 100"
        low = "none" if self.worst.proof == "never" else f"{_FEWER} of 100"
        return f"in {low} to {'all' if self.best.proof == 'always' else f'{_MORE} of 100'}"


BandId = Literal["firm", "usually", "leaning", "none", "unasked", "alike"]


@dataclass(frozen=True, slots=True)
class Band:
    """How firm a first place is.

    ``least`` is the smallest share it takes; ``advice`` what it means for the choice.
    """

    id: BandId
    title: str
    least: float
    advice: str


BANDS: tuple[Band, ...] = (
    Band("firm", "firm", 0.9, "The first place is firm."),
    Band("usually", "usually first", 0.7, "It usually comes first, but not always."),
    Band("leaning", "leaning, close", 0.5, "It leans this way, but it is close."),
    Band("none", "no clear winner", 0.0, "Choose on other grounds."),
)
"""The bands, the firmest first."""

UNASKED_BAND = Band("unasked", "not asked yet", 0.0, "Nobody has said what matters yet.")
"""In place of a band, where nobody has given weights."""

ALIKE_BAND = Band(
    "alike",
    "nothing tells them apart",
    0.0,
    "Nothing here tells them apart: choose on other grounds.",
)
"""In place of a band, where all programs are the same, or nearly so."""

BAND_LEVEL = 0.999
"""A band is decided at the low end of an interval of this level, to leave little to luck."""

EDGE = 0.015
"""A share this close to where a band begins asks for a larger sample."""


def band_of(share: Share, size: float) -> Band:
    """Return the band of a share, decided on the safe side: at the low end of its interval.

    Unless it is proved.

    Args:
        share: of the first places, everything not known exactly at its worst end.
        size: how many independent draws it was counted in.

    >>> band_of(Share(0.902, 0.896, 0.908), 10_000).title
    'usually first'
    """
    if share.proof:
        return _band(float(share.proof == "always"))
    low, _ = wilson_interval([share.value], size, BAND_LEVEL)
    return _band(float(low[0]))


def is_borderline(share: Share, size: float) -> bool:
    """Return whether only the doubt of sampling keeps a share from the next band."""
    return not share.proof and _band(share.value) != band_of(share, size)


def is_near_edge(share: Share) -> bool:
    """Return whether a share that was counted is close to where a band begins.

    >>> is_near_edge(Share(0.5104, 0.50, 0.52)), is_near_edge(Share(0.56, 0.55, 0.57))
    (True, False)
    """
    edges = (band.least for band in BANDS if band.least)
    return not share.proof and any(abs(share.value - edge) <= EDGE for edge in edges)


def _band(share: float) -> Band:
    return next(band for band in BANDS if share >= band.least)
