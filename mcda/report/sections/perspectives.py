"""What each of those who gave weights would choose, by their weights alone."""

from __future__ import annotations

from mcda.analysis import Ranking
from mcda.analysis.wording import and_list, few, or_list
from mcda.charts import Column, DataTable
from mcda.report.material import Material
from mcda.report.model import Paragraph, Section, Table
from mcda.report.sections.common import heaviest

_MOST_NAMES = 4
_ABOUT = (
    "Each perspective is one set of weights: that of a person, named by role, or of the group. "
    "Where ranges of points overlap, more than one program may come first."
)


def perspectives(material: Material) -> Section | None:
    """Return each perspective's first choice, with its points and what counts most in it."""
    found = material.perspectives
    if len(found) < 2:
        return None
    columns = ("Perspective", "First choice", "Points out of 100", "What counts most")
    rows = tuple(_row(material, one) for one in found)
    table = DataTable("Each perspective's first choice", tuple(map(Column, columns)), rows)
    blocks = (Paragraph(_sentence(found)), Table(table), Paragraph(_ABOUT, "note"))
    return Section("perspectives", "Each perspective's first choice", blocks)


def _firsts(one: Ranking) -> str:
    return or_list(few([p.name for p in one.possible_firsts], _MOST_NAMES))


def _sentence(found: tuple[Ranking, ...]) -> str:
    """Say whether all have the same first choice, and which have which."""
    chosen: dict[str, list[str]] = {}
    for one in found:
        chosen.setdefault(_firsts(one), []).append(one.weighting.name)
    if len(chosen) == 1:
        (first,) = chosen
        return f"All {len(found)} perspectives have the same first choice: {first}."
    said = [f"{first} for {and_list(few(own, _MOST_NAMES))}" for first, own in chosen.items()]
    start = f"The {len(found)} perspectives do not all have the same first choice"
    return f"{start}: {'; '.join(few(said, _MOST_NAMES))}."


def _row(material: Material, one: Ranking) -> tuple[str, ...]:
    names, share = heaviest(material.run, one.weighting)
    each = " each" if len(names) > 1 else ""
    firsts = few([one.score_text(p.id) for p in one.possible_firsts], _MOST_NAMES)
    return (
        one.weighting.name,
        _firsts(one),
        "; ".join(firsts),
        f"{and_list(names)} ({share}{each})",
    )
