"""Each number that the report prints is one of the findings, asked for without the report."""

from __future__ import annotations

import dataclasses
import datetime
import re
import subprocess
from collections.abc import Iterator, Mapping

import numpy as np
import pydantic
import pytest

import mcda
from mcda.analysis import (
    agreement,
    comparison,
    contributions,
    difference,
    evidence_table,
    firmness,
    method_table,
    ranking,
    read_back,
    sentences,
    usable_weightings,
    what_flips,
)
from mcda.analysis.between_runs import between_runs
from mcda.analysis.firmness.shares import Share
from mcda.analysis.wording import number, percent, points, score_text, span
from mcda.engine.methods import METHODS
from mcda.lifecycle import budget_by, budget_totals, day_of, overview, schedule
from mcda.lifecycle.evaluating import evaluation_headline
from mcda.lifecycle.indicators import indicator_states, value_text
from mcda.lifecycle.selecting_again import proposed_scores
from mcda.lifecycle.triggers import review_triggers
from mcda.project import LevelScale
from mcda.project.templates import TWO_YEARS_ON, example
from mcda.project.text import day_text, short_day_text
from mcda.report import build_report, redact, write_pdf
from mcda.report.model import Facts, Paragraph, Table

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
DAY = re.compile(rf"\b{MONTH}\s+\d\d?,\s+\d{{4}}")
MONTH_OF_YEAR = re.compile(rf"\b{MONTH}\s+\d{{4}}")
HASH = re.compile(r"\b[0-9a-f]{64}\b")
COMPUTED = {*NUMBER.findall(f"{mcda.__version__} {np.__version__} SHA-256")} | {
    n for method in METHODS.values() for n in NUMBER.findall(method.source)
}
AXES = {"0", "20", "40", "60", "80", "100", "0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}


def leaves(found: object) -> Iterator[object]:
    """Yield every single value in findings or in a document."""
    if isinstance(found, pydantic.BaseModel):
        found = {name: getattr(found, name) for name in type(found).model_fields}
    elif dataclasses.is_dataclass(found):
        found = {f.name: getattr(found, f.name) for f in dataclasses.fields(found)}
    if isinstance(found, np.ndarray):
        found = found.tolist()
    if isinstance(found, Mapping):
        found = [*found.keys(), *found.values()]
    if isinstance(found, list | tuple | set | frozenset):
        for part in found:
            yield from leaves(part)
    else:
        yield found


def texts(found: object) -> list[str]:
    """Return every text in findings; numbers in them are not written here."""
    return [leaf for leaf in leaves(found) if isinstance(leaf, str)]


def days(found: object) -> set[datetime.date]:
    return {leaf for leaf in leaves(found) if isinstance(leaf, datetime.date)}


def numbers(*said: object) -> set[str]:
    return {n for text in said for n in NUMBER.findall(HASH.sub("", str(text)))}


def entered(project) -> set[str]:
    """Return the numbers that people entered, as they are written."""
    told = [leaf for leaf in leaves(project) if isinstance(leaf, str)]
    given = [x for x in leaves(project) if isinstance(x, int | float) and not isinstance(x, bool)]
    return numbers(*told, *map(number, given))


class Findings:
    """What the analysis and the life cycle find in a project, without the report."""

    def __init__(self, project, run_id: str, day: datetime.date) -> None:
        self.project, self.run = project, project.run(run_id)
        self.day = day_of(project, day)
        run = self.run.id
        self.both = agreement(project, run)
        self.ranking = ranking(project, run)
        self.others = [ranking(project, run, w.id) for w in self.run.weightings]
        self.parts = contributions(project, run)
        order = [p.id for p in self.ranking.ranked]
        after = order[1:3]
        if self.run.status == "decided" and self.run.record.choice in order[3:]:
            after.append(self.run.record.choice)
        self.differences = [difference(project, order[0], other, run) for other in after]
        self.firmness = firmness(project, run)
        self.flips = what_flips(project, run)
        self.evidence = evidence_table(project, run)
        self.states = indicator_states(project)

    def scores(self) -> set[str]:
        return numbers(*(self.ranking.score_text(p.id) for p in self.ranking.ranked))

    def leads(self) -> set[str]:
        ends = [x for d in self.differences for x in (d.lead_low, d.lead, d.lead_high)]
        return numbers(*(points(x) for x in ends if x is not None))

    def said(self) -> set[str]:
        """Return the numbers in the sentences of the ranking and of how firm it is."""
        run, project = self.run.id, self.project
        told = [self.ranking.sentence, self.both.sentence, self.evidence.sentence]
        told += [*texts(sentences(project, run)), self.firmness.space.phrase]
        if len(self.others) > 1:
            compared = comparison(project, run, [w.id for w in self.run.weightings])
            told += [compared.sentence, compared.headline]
        cells = [c for c in self.evidence.asked if c.program.id not in self.evidence.excluded]
        missing = [c for c in cells if c.state in ("unknown", "nothing")]
        return numbers(*told, len(cells), len(missing))

    def budget(self) -> set[str]:
        plan = self.project.plan
        groups = [*budget_by(plan, "period").values(), *budget_by(plan, "source").values()]
        sums = [number(x) for own in groups for x in (own.lines, own.planned, own.actual)]
        return numbers(budget_totals(plan).sentence(""), *sums)

    def of_weights(self) -> set[str]:
        used, _ = usable_weightings(self.run)
        shares = [share for own in used for share in own.weights.values()]
        per_criterion = [[own.weights[c] for own in used] for c in used[0].weights]
        spread = [percent(f(own)) for own in per_criterion for f in (min, max)]
        told = texts(read_back(self.project, self.run.id))
        return numbers(*(f"{100 * s:.1f}" for s in shares), *map(percent, shares), *spread, *told)

    def of_firmness(self) -> set[str]:
        found = self.firmness
        counted: list[object] = []
        for p in found.programs:
            first = p.first
            counted += [s.text for s in (first.worst, first.best, first.anywhere)]
            counted += [first.text, first.phrase, p.rank_low, p.rank_high]
            counted.append(f"{p.expected_rank:.1f}")
            shares = [*p.rank_shares, *p.wins.values()]
            counted += [Share(s, s, s).text for s in shares if not np.isnan(s)]
            counted += [percent(w) for w in (p.central_weights or {}).values()]
        frames = (self.flips.weights_frame(), self.flips.scores_frame(), self.flips.steps_frame())
        counted += [cell for frame in frames for cell in frame.to_numpy().ravel()]
        return numbers(*counted, *texts(self.flips))

    def of_parts(self) -> set[str]:
        """Return the points that each criterion gives to each program."""
        ends = [*self.parts.low.ravel(), *self.parts.high.ravel()]
        topsis = [self.both.rankings[1].score_text(p.id) for p in self.ranking.ranked]
        told = texts(method_table(self.project, self.run.id))
        return numbers(*map(points, ends), *topsis, *told) | self.scores()

    def of_reasons(self) -> set[str]:
        ends = [x for d in self.differences for p in d.parts for x in (p.low, p.likely, p.high)]
        return numbers(*(points(x) for x in ends if x is not None), *texts(self.differences))

    def of_perspectives(self) -> set[str]:
        firsts = [one.score_text(p.id) for one in self.others for p in one.possible_firsts]
        most = [percent(max(one.weighting.weights.values())) for one in self.others]
        return numbers(*firsts, *most, len(self.others))

    def of_criteria(self) -> set[str]:
        scales = [c.scale for c in self.run.active_criteria]
        worth = [x for s in scales if isinstance(s, LevelScale) for x in s.level_values]
        worth += [y for s in scales if not isinstance(s, LevelScale) for _, y in s.curve]
        return numbers(*map(points, worth))

    def of_trainings(self) -> set[str]:
        asked = self.project.plan.trainings
        return numbers(*(number(t.hours * t.planned_people) for t in asked if t.planned_people))

    def observed(self) -> set[str]:
        shown = [
            value_text(state.indicator, value)
            for state in self.states
            for point in state.points
            for value in (point.shown_value, point.expected)
        ]
        # A chart writes the values of a series with the same decimals.
        shown += [f"{p.shown_value:.1f}" for s in self.states for p in s.points if p.shown_value]
        told = [s.sentence for s in self.states] + [evaluation_headline(self.states)]
        return numbers(*shown, *told)

    def again(self) -> set[str]:
        told = texts(review_triggers(self.project, self.day))
        told += texts(proposed_scores(self.project, self.run.id))
        if self.run.parent:
            told += texts(between_runs(self.project, self.run.parent, self.run.id))
        return numbers(*told) | self.observed()

    def glance(self) -> set[str]:
        return numbers(*texts(overview(self.project, self.day, self.run.id)))

    def sources(self) -> set[str]:
        """Return the numbers under which the sources stand below the table of the evidence."""
        return set(map(str, range(1, 1 + len({s.source for s in self.run.evidence.scores}))))

    def known(self, section: str) -> set[str]:
        """Return the numbers that a section may print beside what people entered."""
        return {
            "answer": lambda: self.scores() | self.leads() | self.said(),
            "overview": self.glance,
            "criteria": self.of_criteria,
            "weights": self.of_weights,
            "results": lambda: self.of_parts() | self.said() | AXES,
            "reasons": self.of_reasons,
            "firmness": lambda: self.of_firmness() | self.said(),
            "perspectives": self.of_perspectives,
            "cost": lambda: self.scores() | self.budget(),
            "equity": lambda: self.scores() | self.budget() | self.of_trainings() | self.observed(),
            "plan": self.budget,
            "evaluation": self.observed,
            "again": self.again,
            "evidence": lambda: self.said() | self.sources(),
            "appendix": lambda: COMPUTED,
            "brief": lambda: self.scores() | self.said() | self.observed(),
        }.get(section, set)()


def printed(report, data: bytes) -> dict[str, str]:
    """Return the text of a PDF below each section's title; contents and running heads are off."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    out = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    lines = [" ".join(line.split()) for line in out.replace("\u200b", "").splitlines()]
    contents = re.compile(r"\. \. |\.\.\.\.")
    whole = "\n".join(line for line in lines if not contents.search(line))
    whole = re.sub(r"Page \d+ of \d+", "", whole)
    starts, at = [], 0
    for section in report.sections:
        title = r"\s+".join(map(re.escape, section.title.split()))
        found = re.compile(rf"^{title}$", re.MULTILINE).search(whole, at)
        assert found, section.title
        starts.append(found.start())
        at = found.end()
    ends = [*starts[1:], len(whole)]
    pieces = zip(report.sections, starts, ends, strict=True)
    return {section.id: whole[a:b] for section, a, b in pieces}


MADE = [
    (number, run, edition)
    for number, run in ((1, "run-1"), (2, "run-2"))
    for edition in ("full", "public", "one-page")
] + [(2, "run-1", "full")]


@pytest.fixture(scope="module", params=MADE, ids=str)
def read(request, day):
    """What a PDF says under each heading, and what is found in its project without the report."""
    which, run, edition = request.param
    project = example() if which == 1 else example(TWO_YEARS_ON)
    report = build_report(project, run, edition=edition, date=day)
    shown = redact(project, "full" if edition == "full" else "public")
    return printed(report, write_pdf(report)), Findings(shown, run, day), day


@pytest.mark.poppler
def test_each_number_in_the_pdf_is_one_of_the_findings(read):
    said, found, _ = read
    common = entered(found.project)
    for section, text in said.items():
        bare = MONTH_OF_YEAR.sub("", DAY.sub("", HASH.sub("", text)))
        wrong = numbers(bare) - common - found.known(section)
        assert not wrong, f"{section}: {sorted(wrong)}"


@pytest.mark.poppler
def test_each_day_in_the_pdf_is_one_of_the_findings(read):
    said, found, made = read
    written = [day for text in texts(found.project) for day in DAY.findall(text)]
    known = days(found.project) | days(schedule(found.project.plan, found.day)) | {found.day, made}
    told = {" ".join(f(day).split()) for day in known for f in (day_text, short_day_text)} | {
        *written
    }
    for section, text in said.items():
        wrong = {" ".join(day.split()) for day in DAY.findall(text)} - told
        assert not wrong, f"{section}: {sorted(wrong)}"


def table(report, caption: str) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Return a table's headings but the first, and its rows by their first cell."""
    blocks = [b for s in report.sections for b in s.blocks if isinstance(b, Table)]
    (content,) = (b.content for b in blocks if b.content.caption == caption)
    assert len({row[0] for row in content.rows}) == len(content.rows)
    return [c.title for c in content.columns[1:]], {row[0]: row[1:] for row in content.rows}


def fact(report, name: str) -> str:
    pairs = [p for s in report.sections for b in s.blocks if isinstance(b, Facts) for p in b.pairs]
    return dict(pairs)[name]


@pytest.fixture(scope="module", params=[m for m in MADE if m[2] == "full"], ids=str)
def whole(request, day):
    """A full report and the findings of its project."""
    which, run, _ = request.param
    project = example() if which == 1 else example(TWO_YEARS_ON)
    return build_report(project, run, date=day), Findings(project, run, day)


def spans(low: float, high: float) -> str:
    return span(points(low), points(high))


def standing(found: Findings, program) -> tuple[str, str]:
    """Return a program's points and its place, from their ends."""
    result = found.ranking.result(program.id)
    if result.excluded is not None:
        return "–", "not ranked"
    place = span(str(result.rank_best), str(result.rank_worst))
    return spans(result.score_low, result.score_high), place


@pytest.mark.parametrize(
    ("caption", "criteria"),
    [
        ("What each program costs", ("cost",)),
        (
            "Whom each program is for, and how many it reaches",
            ("population_fit", "cultural", "reach"),
        ),
    ],
)
def test_scores_points_and_places_are_those_of_their_program(whole, caption, criteria):
    report, found = whole
    run = found.run
    heads, rows = table(report, caption)
    assert [h.partition(" (")[0] for h in heads[:-2]] == [run.criterion(c).name for c in criteria]
    assert heads[-2:] == ["Points out of 100", "Place"]
    considered = {p.id for p in found.evidence.programs}
    assert list(rows) == [p.name for p in found.ranking.programs if p.id in considered]
    for program in found.evidence.programs:
        scores = tuple(score_text(run.score(program.id, c)) for c in criteria)
        assert rows[program.name] == (*scores, *standing(found, program))
    assert len({points for *_, points, _ in rows.values()}) > 3


@pytest.mark.parametrize(
    ("caption", "field"), [("The budget by period", "period"), ("Who pays", "source")]
)
def test_money_planned_and_spent_is_that_of_the_lines(whole, caption, field):
    report, found = whole
    heads, rows = table(report, caption)
    assert heads == ["Lines", "Planned", "Spent"]
    lines = found.project.plan.budget
    assert list(rows) == list(dict.fromkeys(getattr(line, field) for line in lines))
    for name, cells in rows.items():
        own = [line for line in lines if getattr(line, field) == name]
        planned = [line.planned for line in own if line.planned is not None]
        spent = [line.actual for line in own if line.actual is not None]
        money = [number(sum(known)) if known else "–" for known in (planned, spent)]
        assert cells == (str(len(own)), *money)
    assert {planned for _, planned, _ in rows.values()} != {spent for *_, spent in rows.values()}


def test_the_budget_of_the_plan_is_its_lines_and_their_sums(whole):
    report, found = whole
    lines = found.project.plan.budget
    blocks = [b for s in report.sections if s.id == "plan" for b in s.blocks]
    (budget,) = (
        b.content for b in blocks if isinstance(b, Table) and b.content.caption[:6] == "Budget"
    )
    at = {c.title: n for n, c in enumerate(budget.columns)}
    rows = [(r[at["Item"]], r[at["Planned"]], r[at["Actual"]]) for r in budget.rows]

    def money(value):
        return "" if value is None else number(value)

    planned = sum(line.planned or 0 for line in lines)
    spent = sum(line.actual or 0 for line in lines)
    sums = ("All together", number(planned), number(spent))
    assert rows == [*((n.name, money(n.planned), money(n.actual)) for n in lines), sums]
    both = [line for line in lines if line.planned is not None and line.actual is not None]
    left = sum(line.planned - line.actual for line in both)
    said = " ".join(b.text for b in blocks if isinstance(b, Paragraph))
    assert f"Planned: {number(planned)} US dollars. Spent: {number(spent)} US dollars." in said
    assert f"{number(left)} of what is planned has not been spent so far" in said


def test_hours_of_training_are_those_of_all_who_take_part(whole):
    report, found = whole
    _, rows = table(report, "Time asked of staff in training")
    for training in found.project.plan.trainings:
        hours = training.hours * training.planned_people
        asked = (number(training.planned_people), number(training.hours), number(hours))
        assert rows[training.audience] == (training.name, *asked)


def test_each_perspective_has_its_own_first_choice_and_points(whole):
    report, found = whole
    _, rows = table(report, "Each perspective's first choice")
    assert list(rows) == [w.name for w in found.run.weightings]
    names = {c.id: c.name for c in found.run.active_criteria}
    for own in found.others:
        firsts = [p for p in own.ranked if p.rank_best == 1]
        choice = " or ".join(p.name for p in firsts)
        ends = "; ".join(spans(p.score_low, p.score_high) for p in firsts)
        weights = own.weighting.weights
        share = max(weights.values())
        most = [names[c] for c in names if weights[c] > share - 1e-9]
        each = " each" if len(most) > 1 else ""
        heaviest = f"{' and '.join(most)} ({percent(share)}{each})"
        assert rows[own.weighting.name] == (choice, ends, heaviest)


def test_parts_of_the_points_are_the_contributions(whole):
    report, found = whole
    heads, rows = table(report, "Where each program's points come from")
    parts = found.parts
    assert heads == [p.name for p in parts.programs]
    for at, criterion in enumerate(parts.criteria):
        ends = zip(parts.low[:, at], parts.high[:, at], strict=True)
        assert rows[criterion.name] == tuple(spans(low, high) for low, high in ends)
    standings = [standing(found, p) for p in parts.programs]
    assert rows["Points out of 100"] == tuple(ends for ends, _ in standings)
    assert rows["Place"] == tuple(place for _, place in standings)
    totals = zip(parts.low.sum(axis=1), parts.high.sum(axis=1), strict=True)
    assert rows["Points out of 100"] == tuple(spans(low, high) for low, high in totals)


def test_the_parts_of_a_lead_are_those_of_the_difference(whole):
    report, found = whole
    for between in found.differences:
        caption = f"{between.a.name} and {between.b.name}, criterion by criterion"
        _, rows = table(report, caption)
        for part in between.parts:
            told = rows[part.name][0].replace("+", "").replace("\N{MINUS SIGN}", "-")
            assert told == spans(part.low, part.high)


def test_the_margin_is_the_lead_before_the_next(whole):
    report, found = whole
    if len(found.flips.firsts) > 1:
        pytest.skip("no single program is ahead")
    lead = found.differences[0]
    ends = spans(lead.lead_low, lead.lead_high)
    assert lead.lead_low < lead.lead < lead.lead_high
    likely = f"{points(lead.lead)} points at the likely numbers"
    said = f"{likely}; {ends} points, wherever in their ranges the scores turn out"
    assert fact(report, "Margin") == said.replace("-", "\N{MINUS SIGN}")
