"""What to know about how a table was read: the warnings beside an imported project."""

from __future__ import annotations

import re

from mcda.project.findings import Finding
from mcda.project.tables.places import Column, Place, listing
from mcda.project.text import match_key, shorten

_RANGES_SHOWN = 8
# Words for what people want less of, and those beside them that turn the meaning round.
_COST = re.compile(
    r"\b(costs?|prices?|expenses?|(?<!full-)(?<!part-)(?<!full )(?<!part )time|months|wait(s|ing)?"
    r"|delays?|(?<!at.)(?<!high.)(?<!low.)risks?)\b"
)
_GAIN = re.compile(r"\b(sav(ed|ings?)|avoid(ed|ance)|averted|reduc(ed|tion)|effective(ness)?)\b")


def ranges_findings(file: str, ranges: list[str]) -> list[Finding]:
    """Say in one warning which ranges were taken from the numbers, and are to be confirmed."""
    if not ranges:
        return []
    rest = len(ranges) - _RANGES_SHOWN
    shown = [*ranges[:_RANGES_SHOWN], *([f"and {rest} more"] if rest > 0 else [])]
    which = "This range was" if len(ranges) == 1 else "These ranges were"
    message = f"{which} taken from the table: {'; '.join(shown)}."
    mend = "Confirm or change each range and its direction."
    return [Finding("warning", "range-from-data", file, message, mend)]


def looks_like_cost(heading: str) -> bool:
    """Tell whether a heading names something of which less is usually better.

    >>> looks_like_cost("Cost per child"), looks_like_cost("Cost savings")
    (True, False)
    """
    words = match_key(heading)
    return _COST.search(words) is not None and _GAIN.search(words) is None


def perhaps_cost_finding(column: Column) -> Finding:
    """Say that more counts as better in a column whose heading suggests otherwise."""
    name = shorten(column.heading)
    mend = f'If less is better, import again with --cost "{name}", or swap its worst and best end.'
    return Finding("warning", "perhaps-cost", name, "More counts as better.", mend)


def number_names_finding(file: str, names: Column, texts: Column) -> Finding:
    """Say that the names are bare numbers, and where the names may be."""
    return Finding(
        "warning",
        "names-are-numbers",
        str(Place(file, column=names)),
        f"The programs are named by numbers, but column {texts} holds text.",
        f'If these are the names, import again with --name "{shorten(texts.heading)}" '
        f'--skip "{shorten(names.heading)}".',
    )


def left_out_finding(file: str, column: Column) -> Finding:
    """Say that a column without numbers was left out."""
    return Finding(
        "warning",
        "column-left-out",
        str(Place(file, column=column)),
        "The column holds no number, so it was left out.",
        "If it is a criterion, write its scores as numbers.",
    )


def silent_finding(file: str, names: list[str]) -> Finding:
    """Say which programs have nothing recorded about them."""
    return Finding(
        "warning",
        "nothing-recorded",
        file,
        f"No score is recorded for {listing(names)}, so nobody's rank can be certain.",
        "Fill in what is known, or set these programs aside.",
    )
