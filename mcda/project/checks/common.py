"""What several rules need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mcda.project.evidence import Score
from mcda.project.findings import Finding
from mcda.project.run import Run

_APART = 5


def repeated(values: Iterable[str]) -> list[str]:
    """Return the values that stand more than once, each once."""
    return [value for value, count in Counter(values).items() if count > 1]


def together(
    found: Sequence[tuple[str, Finding]], place: str, message: str, mend: str
) -> Iterator[Finding]:
    """Yield what a rule found, or one finding for all where it is about more than five programs.

    ``found`` has the program's id beside each finding. In ``message``, ``{count}`` stands for
    the number of programs and ``{such}`` for the first places.
    """
    count = len({program for program, _ in found})
    if count <= _APART:
        yield from (finding for _, finding in found)
        return
    first = [finding.place for _, finding in found[:3]]
    such = ("; " if any("," in place for place in first) else ", ").join(first)
    said = message.format(count=count, such=such)
    yield replace(found[0][1], place=place, message=said, mend=mend)


def cell(run: Run, score: Score) -> str:
    """Return the place of a score in words: program and criterion."""
    return f"{run.program(score.program).name}, {run.criterion(score.criterion).name}"
