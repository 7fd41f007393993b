"""The answer on one page: what comes first, by how much, and what to bear in mind."""

from __future__ import annotations

from mcda.analysis import CAVEAT, DEFAULT_METHOD, Comparison, Difference, Ranking
from mcda.analysis.wording import and_list, few, or_list, points, span
from mcda.project import Record
from mcda.project.text import cut
from mcda.report.material import Material, Results
from mcda.report.model import Block, Callout, Facts, Paragraph, Section
from mcda.report.sections.common import NOT_SAID, by_weights, day, help_notice, reasons_in

SUPPORTS = "This report supports the decision. It does not make it: people do."
_MOST_TEXT = 600
_MOST_NAMES = 4
NOT_AHEAD = "Why not the program ahead"
_NOTHING = "Nothing is decided."
_NOT_YET = "The new choice is not decided."


def answer(material: Material) -> Section:
    """Return the choice so far, the runner-up, the margin and the main caveat."""
    title = "The decision, and what supports it" if material.is_decided else "The answer so far"
    blocks: list[Block] = []
    if material.decision is not None:
        blocks += _decided(material, material.decision)
    results = material.results
    if results is None:
        blocks += _no_answer(material)
    else:
        sentence = by_weights(results.ranking, results.ranking.sentence)
        blocks.append(Paragraph(sentence, "plain" if material.is_decided else "answer"))
        blocks.append(Facts(tuple(_facts(material, results))))
    blocks.append(Callout("Please bear in mind", f"{CAVEAT} {SUPPORTS}"))
    blocks += help_notice(material.project)
    return Section("answer", title, tuple(blocks))


def _no_answer(material: Material) -> list[Block]:
    trouble = material.trouble
    if trouble is None:
        return []
    said = Paragraph(f"There is no ranking yet. {trouble.headline}", "answer")
    return [said, reasons_in(trouble)]


def _decided(material: Material, record: Record) -> list[Block]:
    choice = material.run.program(record.choice)
    when = f" on {day(record.decided_on)}" if record.decided_on else ""
    blocks: list[Block] = [Paragraph(f"{choice.name} was chosen{when}.", "answer")]
    results = material.results
    if results is not None:
        places = {p.id: f"place {p.rank_text}" for p in results.ranking.ranked}
        if choice.id not in [p.id for p in results.ranking.possible_firsts]:
            place = places.get(choice.id, "not ranked")
            blocks.append(Paragraph(f"It does not come first in the ranking: {place}."))
    approved = [a.role or NOT_SAID for a in record.approvals]
    pairs = (
        ("Reasons for the choice", _cut(record.reasons) or NOT_SAID),
        (NOT_AHEAD, _cut(record.departure)),
        ("Approved by", and_list(few(approved)) or NOT_SAID),
    )
    return [*blocks, Facts(tuple(pair for pair in pairs if pair[1]))]


def in_place(material: Material) -> str:
    """Say what an earlier run chose, where the report is on the run that looks again."""
    run = material.run
    earlier = next((r for r in material.project.runs if r.id == run.parent), None)
    if material.is_decided or earlier is None or earlier.status != "decided":
        return ""
    record = earlier.record
    if record is None:
        return ""
    when = f", chosen {day(record.decided_on)}" if record.decided_on else ""
    return f"{earlier.program(record.choice).name}{when}"


def _cut(text: str) -> str:
    """Return the beginning of a long text, as there is one page."""
    whole = text.strip()
    if len(whole) <= _MOST_TEXT:
        return whole
    return f"{cut(whole, _MOST_TEXT)} (all of it stands in the part on the decision)"


def _facts(material: Material, results: Results) -> list[tuple[str, str]]:
    ranking = results.ranking
    facts: list[tuple[str, str]] = []
    if not material.is_decided:
        facts.append(("Who decides", material.project.info.decided_by or NOT_SAID))
    stays = in_place(material)
    if stays:
        facts.append(("In place now", f"{stays}."))
    facts += _places(material, results, _NOT_YET if stays else _NOTHING)
    facts.append(("How firm", results.said.brief))
    facts.append(("Second opinion", results.both.sentence))
    if material.compared is not None:
        facts.append(("Other weights", _other_weights(material.compared)))
    return [*facts, ("Main caveat", main_caveat(material, ranking))]


def _places(material: Material, results: Results, undecided: str) -> list[tuple[str, str]]:
    """Tell who is first and who next, by how much, and where the choice stands."""
    ranking, choice = results.ranking, results.to_choice
    start = "" if material.is_decided else f"{undecided} "
    level = [results.flips.names[i] for i in results.flips.firsts]
    if len(level) > 1:
        told = [("Level so far", f"{start}Level: {and_list(few(level, _MOST_NAMES))}.")]
        return told + (_behind(ranking, choice) if choice else [])
    if not results.differences:
        return []
    ahead = results.differences[0]
    first = _placed(ranking, ahead.a.id)
    told = [("First in the ranking", first)]
    if not material.is_decided:
        told = [("Choice so far", f"{start}Ahead: {first}")]
        if material.drafted_choice:
            said = f"{material.drafted_choice}. It is drafted, not decided."
            told.append(("Drafted choice", said))
    if choice is ahead:
        return told + _behind(ranking, choice)
    told += [("Runner-up", _placed(ranking, ahead.b.id)), ("Margin", margin(ahead))]
    return told + (_behind(ranking, choice) if choice else [])


def _behind(ranking: Ranking, choice: Difference) -> list[tuple[str, str]]:
    return [
        ("The choice", _placed(ranking, choice.b.id)),
        ("Behind the first by", margin(choice)),
    ]


def _other_weights(found: Comparison) -> str:
    """Say what comes first under which weightings; many are counted, not listed."""
    under: dict[str, list[str]] = {}
    for one in found.rankings:
        names = or_list(few([p.name for p in one.possible_firsts], _MOST_NAMES))
        under.setdefault(names, []).append(one.weighting.name)
    if len(under) == 1 or max(len(under), *map(len, under.values())) <= _MOST_NAMES:
        return found.sentence
    said = [f"{first} under {and_list(few(own, _MOST_NAMES))}" for first, own in under.items()]
    return f"{found.headline} First: {'; '.join(few(said, _MOST_NAMES))}."


def _placed(ranking: Ranking, program: str) -> str:
    result = ranking.result(program)
    unit = " points" if ranking.method == DEFAULT_METHOD else ""
    return f"{result.name}, place {result.rank_text}, {ranking.score_text(program)}{unit}"


def margin(found: Difference) -> str:
    """Write by how much the first leads: one number, or at the likely numbers and over all."""
    whole = f"{span(points(found.lead_low), points(found.lead_high))} points"
    if found.is_exact or found.lead is None:
        return whole
    likely = f"{points(found.lead)} points at the likely numbers"
    return f"{likely}; {whole}, wherever in their ranges the scores turn out"


def main_caveat(material: Material, ranking: Ranking) -> str:
    """Return the one thing that most limits what the ranking says."""
    unsettled = [p.name for p in ranking.ranked if p.unsettled]
    if unsettled:
        names = and_list(few(unsettled))
        return f"Must-haves are not settled for {names}. Nothing can be decided until they are."
    if not material.run.weightings:
        return "Nobody has said yet what matters. Every criterion counts the same here."
    firsts = ranking.possible_firsts
    if not any(p.rank_worst == 1 for p in firsts):
        names = and_list(few([p.name for p in firsts], _MOST_NAMES))
        return f"{names} may change places as more is known: the ranges of their points overlap."
    compared = material.compared
    if compared is not None and compared.headline != compared.sentence:
        return compared.headline
    return _how_much_is_known(material)


def _how_much_is_known(material: Material) -> str:
    """Say how much is known of the programs that are ranked."""
    found = material.evidence
    cells = [c for c in found.asked if c.program.id not in found.excluded]
    missing = [c for c in cells if c.state in ("unknown", "nothing")]
    if not missing:
        return "Every score of the ranked programs is recorded, each as good as its source."
    verb = "is" if len(missing) == 1 else "are"
    names = and_list(few(list(dict.fromkeys(c.program.name for c in missing)), _MOST_NAMES))
    start = f"{len(missing)} of the {len(cells)} scores of the ranked programs {verb} not known"
    return f"{start}: {names}."
