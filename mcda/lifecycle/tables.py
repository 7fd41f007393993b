"""The diagnosis and the plan as tables, for a page, a report and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mcda.analysis.wording import number
from mcda.catalog import UnknownEntryError
from mcda.catalog import get as catalogue_entry
from mcda.project import (
    Adaptation,
    Asset,
    BudgetLine,
    Condition,
    CoreComponent,
    Factor,
    FeedbackEntry,
    FeedbackLoop,
    FidelityCheck,
    Goal,
    Milestone,
    Project,
    ReadinessItem,
    Risk,
    Stakeholder,
    Training,
    UnknownItemError,
)
from mcda.project.csv_writer import csv_bytes
from mcda.project.items import Item, Lists
from mcda.project.text import short_day_text

Value = str | float | date


@dataclass(frozen=True, slots=True)
class ItemTable:
    """One list as a table: numbers, days or text; ``numeric`` says which columns are numbers.

    ``id`` is the name of the list's field, such as "milestones".
    """

    id: str
    title: str
    headings: tuple[str, ...]
    numeric: tuple[bool, ...]
    cells: tuple[tuple[Value, ...], ...]

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as they are read: numbers with separated thousands, days written out."""
        return tuple(tuple(map(_text, row)) for row in self.cells)


def _text(cell: Value) -> str:
    match cell:
        case str():
            return cell
        case date():
            return short_day_text(cell)
    return number(cell)


def diagnosis_tables(project: Project) -> tuple[ItemTable, ...]:
    """Return the lists of the diagnosis that are not empty.

    >>> diagnosis_tables(Project.new("Which?"))
    ()
    """
    return _tables(project.diagnosis)


def plan_tables(project: Project) -> tuple[ItemTable, ...]:
    """Return the lists of the plan that are not empty, the budget with its sum.

    >>> plan_tables(Project.new("Which?"))
    ()
    """
    return _tables(project.plan)


def table_csv(table: ItemTable) -> bytes:
    """Return a table as CSV in which no cell runs as a formula and days are YYYY-MM-DD.

    >>> risks = ItemTable("risks", "Risks", ("Risk",), (False,), (("=1+1",),))
    >>> print(table_csv(risks).decode("utf-8-sig").splitlines()[1])
    "'=1+1"
    """
    return csv_bytes([list(table.headings), *map(list, table.cells)])


def lifecycle_table(project: Project, table_id: str) -> ItemTable:
    """Return the table of one list by its field; raises ``UnknownItemError`` where it is empty.

    >>> from mcda.project import Plan, Project, Risk
    >>> plan = Plan(risks=(Risk(id="leave", name="Staff leave"),))
    >>> lifecycle_table(Project.new("Which?").with_plan(plan), "risks").headings[0]
    'Risk'
    """
    tables = {t.id: t for t in (*diagnosis_tables(project), *plan_tables(project))}
    if table_id not in tables:
        raise UnknownItemError("table", table_id, list(tables))
    return tables[table_id]


def entry_title(catalog_id: str | None) -> str:
    """Return the title of a catalogue entry; the id itself where the catalogue has none.

    >>> entry_title("pr4"), entry_title("gone"), entry_title(None)
    ('Juvenile Mentoring Programs', 'gone', '')
    """
    if catalog_id is None:
        return ""
    try:
        return catalogue_entry(catalog_id).title
    except UnknownEntryError:
        return catalog_id


Cell = str | int | float | date | None
Names = Mapping[type[Item], Mapping[str, str]]
Getter = Callable[[Any, Names], Cell]
Columns = Sequence[tuple[str, Getter | str]]


def _listed(field: str, kind: type[Item]) -> Getter:
    """Return a getter of the names of the items that a field lists by id."""
    return lambda item, names: "; ".join(names[kind].get(i, i) for i in getattr(item, field))


def _named(field: str, kind: type[Item]) -> Getter:
    """Return a getter of the name of the item that a field gives by id."""
    return lambda item, names: names[kind].get(getattr(item, field), getattr(item, field))


def _entry(item: Any, names: Names) -> Cell:  # noqa: ANN401
    return entry_title(item.catalog_id)


_COUNTED = frozenset(
    {"rating", "planned_people", "trained_people", "hours", "refresh_months", "planned", "actual"}
)
# The columns of each list after the first, which is the item's name: its heading, and the field
# or how it is told.
_COLUMNS: dict[type[Item], tuple[str, str, Columns]] = {
    Factor: (
        "What drives the problem, and what guards against it",
        "Factor",
        [
            ("Kind", "kind"),
            ("Priority", "priority"),
            ("Trend", "trend"),
            ("Confidence", "confidence"),
            ("Source", "source"),
        ],
    ),
    Asset: (
        "What is there already",
        "Service",
        [
            ("Provider", "provider"),
            ("Serves", "serves"),
            ("Acts on", _listed("factors", Factor)),
            ("What is missing", "gap"),
            ("In the catalogue", _entry),
        ],
    ),
    ReadinessItem: (
        "How ready we are, from 1 (not at all) to 5 (fully)",
        "What it takes",
        [
            ("Part", "part"),
            ("Rating", "rating"),
            ("What we will do", "action"),
            ("Who", "owner"),
            ("By", "act_by"),
        ],
    ),
    Goal: (
        "Goals",
        "Goal",
        [("For whom", "for_whom"), ("By", "by"), ("Answers to", _listed("factors", Factor))],
    ),
    Condition: (
        "What any program must meet here",
        "Must-have",
        [("What it means", "definition"), ("Why", "reason")],
    ),
    Stakeholder: (
        "Who takes part",
        "Organization",
        [
            ("Sector", "sector"),
            ("What it does", "role"),
            ("Agreement", "agreement"),
            ("Signed on", "signed_on"),
            ("Ends on", "ends_on"),
        ],
    ),
    Milestone: (
        "Milestones",
        "Milestone",
        [
            ("Stage", "stage"),
            ("Who", "owner"),
            ("Starts", "starts_on"),
            ("Due", "due_on"),
            ("Done", "done_on"),
            ("Status", "status"),
            ("After", _listed("after", Milestone)),
        ],
    ),
    Training: (
        "Training",
        "Course",
        [
            ("For whom", "audience"),
            ("In the catalogue", _entry),
            ("People planned", "planned_people"),
            ("People trained", "trained_people"),
            ("Hours each", "hours"),
            ("Who", "owner"),
            ("Due", "due_on"),
            ("Repeated after months", "refresh_months"),
            ("When staff change", "turnover_cover"),
        ],
    ),
    CoreComponent: (
        "Core components: what may not change",
        "Component",
        [("What it is", "definition"), ("Met when", "standard"), ("Source", "source")],
    ),
    FidelityCheck: (
        "Is it delivered as meant?",
        "What was looked at",
        [
            ("Component", _named("component", CoreComponent)),
            ("On", "checked_on"),
            ("Met", "met"),
            ("By", "by"),
        ],
    ),
    Adaptation: (
        "Adaptations",
        "Change",
        [
            ("Light", "light"),
            ("Why", "reason"),
            ("Touches", _named("component", CoreComponent)),
            ("Developer", "developer"),
            ("Decided on", "decided_on"),
        ],
    ),
    FeedbackLoop: (
        "How we hear how it goes",
        "Feedback loop",
        [
            ("Who speaks", "who"),
            ("How", "channel"),
            ("Every", "every"),
            ("Who acts", "acts"),
            ("Safe way for young people", "safe_route"),
        ],
    ),
    FeedbackEntry: (
        "What we heard and did",
        "What was said",
        [
            ("Loop", _named("loop", FeedbackLoop)),
            ("On", "heard_on"),
            ("What was done", "action"),
            ("Closed on", "closed_on"),
        ],
    ),
    Risk: (
        "Risks",
        "Risk",
        [
            ("Likelihood", "likelihood"),
            ("Impact", "impact"),
            ("Answer", "response"),
            ("Who", "owner"),
            ("State", lambda risk, names: "closed" if risk.closed else "open"),
        ],
    ),
    BudgetLine: (
        "Budget",
        "Item",
        [
            ("Period", "period"),
            ("Planned", "planned"),
            ("Actual", "actual"),
            ("Paid by", "source"),
        ],
    ),
}


def _tables(part: Lists) -> tuple[ItemTable, ...]:
    names = {kind: {item.id: item.name for item in part.items(kind)} for kind in part.LISTS}
    return tuple(
        _table(field, kind, part.items(kind), names)
        for kind, (field, _) in part.LISTS.items()
        if part.items(kind)
    )


def _table(field: str, kind: type[Item], items: Iterable[Item], names: Names) -> ItemTable:
    title, first, columns = _COLUMNS[kind]
    headings = (first, *(heading for heading, _ in columns), "Note")
    numeric = (False, *(told in _COUNTED for _, told in columns), False)
    rows = tuple(
        (item.name, *(_cell(item, told, names) for _, told in columns), item.note) for item in items
    )
    if kind is BudgetLine:
        rows = (*rows, _sum(rows, numeric))
    return ItemTable(field, title, headings, numeric, rows)


def _cell(item: Item, told: Getter | str, names: Names) -> Value:
    value = getattr(item, told) if isinstance(told, str) else told(item, names)
    if value is None:
        return ""
    if isinstance(value, date):
        return value
    return float(value) if isinstance(value, int | float) else str(value)


def _sum(rows: Sequence[tuple[Value, ...]], numeric: Sequence[bool]) -> tuple[Value, ...]:
    """Return the last row of the budget: what the known numbers of each column come to."""
    columns = [[row[i] for row in rows] for i in range(len(numeric))]
    sums = (sum(c for c in column if isinstance(c, float)) for column in columns)
    told = (
        float(total) if counted and any(c != "" for c in column) else ""
        for total, counted, column in zip(sums, numeric, columns, strict=True)
    )
    return ("All together", *tuple(told)[1:])
