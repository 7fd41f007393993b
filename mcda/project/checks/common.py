"""What several rules need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mcda.project.document import Run
from mcda.project.evidence import Score


def repeated(values: Iterable[str]) -> list[str]:
    """Return the values that stand more than once, each once."""
    return [value for value, count in Counter(values).items() if count > 1]


def listed(names: Iterable[str]) -> str:
    """Return the names in one line of text."""
    return ", ".join(names)


def cell(run: Run, score: Score) -> str:
    """Return the place of a score in words: program and criterion."""
    return f"{run.program(score.program).name}, {run.criterion(score.criterion).name}"
