"""The worked example, projects that are hard on a writer, and ways to read what was written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest

from mcda.project import Approval, Assessment, Exact, Project, Record
from mcda.project.document import Hotline
from mcda.project.templates import TWO_YEARS_ON, example
from mcda.report import build_report

HOSTILE = (
    "</script><img src=x onerror=document.title='ran'>",
    '=HYPERLINK("http://evil.invalid","click")',
    "abc\u202efdp.exe",
    "n" * 300,
    ']]> <!-- --> </template><template id="bestfit-project">',
    "<r>a</r>",
    "@SUM(1) & 'quoted' \"double\" $x^2$ \\frac",
    "中文 العربية 😀 e\u0301",
)


class Tables(HTMLParser):
    """Every table of a page by its caption: rows of cell texts, the headings first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self._rows: list[list[str]] = []
        self._caption = ""
        self._into: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td"):
            self._rows[-1].append("")
            self._into = "cell"
        elif tag == "caption":
            self._into = "caption"

    def handle_endtag(self, tag):
        if tag == "table":
            self.found[self._caption] = self._rows
        if tag in ("th", "td", "caption"):
            self._into = None

    def handle_data(self, data):
        if self._into == "cell":
            self._rows[-1][-1] += data
        elif self._into == "caption":
            self._caption += data


@pytest.fixture(scope="session")
def tables_in():
    """``tables_in(page)`` returns the tables of a page."""
    return lambda page: Tables(page.decode()).found


@pytest.fixture(scope="session")
def parts_of():
    """``parts_of(data)`` returns every file in a zip by its name."""
    return _parts_of


def _parts_of(data: bytes) -> dict[str, bytes]:
    """Every file in a zip, those in zips inside it too."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            found[name] = content
            if content.startswith(b"PK"):
                found |= {f"{name}/{n}": c for n, c in _parts_of(content).items()}
    return found


def renamed(project: Project, names: tuple[str, ...]) -> Project:
    """Give all that has a name such names, in turn; what stands in lists has them as notes too."""
    run = project.run()

    def named(items, number=0):
        return tuple(
            i.model_copy(update={"name": f"{names[(n + number) % len(names)]} {n}"})
            for n, i in enumerate(items)
        )

    evidence = run.evidence
    evidence = evidence.model_copy(
        update={
            "programs": named(evidence.programs),
            "criteria": named(evidence.criteria, 1),
            "objectives": named(evidence.objectives, 2),
            "must_haves": named(evidence.must_haves, 3),
            "scores": tuple(
                s.model_copy(update={"source": names[n % len(names)]})
                for n, s in enumerate(evidence.scores)
            ),
        }
    )
    weightings = tuple(
        w.model_copy(update={"role": names[n % len(names)], "note": names[0]})
        for n, w in enumerate(named(run.weightings, 4))
    )
    changed = run.model_copy(
        update={"title": names[0], "evidence": evidence, "weightings": weightings}
    )
    info = project.info.model_copy(update=dict.fromkeys(("title", "place", "question"), names[0]))

    def around(part):
        lists = {
            field: tuple(i.model_copy(update={"note": names[0]}) for i in named(part.items(kind)))
            for kind, (field, _) in part.LISTS.items()
        }
        return part.model_copy(update=lists)

    told = {"diagnosis": around(project.diagnosis), "plan": around(project.plan)}
    told |= {"info": info, "runs": (changed,)}
    raw = project.model_copy(update=told).model_dump(mode="json")
    return Project.model_validate(raw)


@pytest.fixture(scope="session", name="renamed")
def renamed_() -> Callable[[Project, tuple[str, ...]], Project]:
    """``renamed(project, names)`` gives all that has a name such names, in turn."""
    return renamed


@pytest.fixture(scope="session")
def day() -> date:
    """The day of every report here."""
    return date(2026, 11, 21)


@pytest.fixture(scope="session")
def elm() -> Project:
    """The worked example."""
    return example()


@pytest.fixture(scope="session")
def hostile(elm) -> Project:
    """The worked example under names that try to break out of every format."""
    return renamed(elm, HOSTILE)


@pytest.fixture(scope="session")
def decided(elm) -> Project:
    """The worked example with a person's own score, and decided for its second program."""
    own = Assessment(person="p1", program="school", criterion="reach", amount=Exact(value=800))
    record = Record(
        choice="survivor_mentors",
        reasons="p1 and the group agreed.",
        dissent="One member would have waited.",
        decided_on=date(2026, 10, 20),
    )
    return elm.with_assessment(own).decide(record)


@pytest.fixture(scope="session")
def report(elm, day):
    """The full report of the worked example."""
    return build_report(elm, date=day)


@pytest.fixture(scope="session")
def crowd(elm) -> Project:
    """The worked example with 324 candidates."""
    return _with_candidates(elm, 324)


def _with_candidates(elm: Project, count: int) -> Project:
    run = elm.run()
    source = [p for p in run.candidates if p.role == "candidate"]
    programs, scores = list(run.evidence.programs), list(run.evidence.scores)
    for n in range(count - len(source)):
        model = source[n % len(source)]
        copy = model.model_copy(update={"id": f"copy-{n}", "name": f"{model.name} {n}"})
        programs.append(copy)
        scores += [
            s.model_copy(update={"program": copy.id})
            for s in run.evidence.scores
            if s.program == model.id
        ]
    evidence = run.evidence.model_copy(
        update={"programs": tuple(programs), "scores": tuple(scores)}
    )
    return elm.with_evidence(evidence)


def _full_page(elm: Project) -> Project:
    """A decided project in which all that stands on one page is as long as it may be."""
    words = "a name of many words that goes on "
    run = elm.run()
    programs = tuple(
        p.model_copy(update={"name": f"{p.id} {words * 12}"[:480].strip()})
        for p in run.evidence.programs
    )
    evidence = run.evidence.model_copy(update={"programs": programs})
    long = elm.with_evidence(evidence).with_info(
        elm.info.model_copy(
            update={
                "title": words * 12,
                "question": words * 20,
                "hotline": Hotline(
                    name="County line", contact="555-0100", text=words * 9, checked_on=date.max
                ),
            }
        )
    )
    return long.with_record(None).decide(
        Record(
            choice="survivor_mentors",
            reasons="We agreed on it after long talks. " * 90,
            departure="It is closer to us and to ours. " * 60,
            dissent="One of us would have waited. " * 60,
            approvals=tuple(Approval(role=words * 4) for _ in range(6)),
            decided_on=date(2026, 10, 1),
            review_on=date(2027, 10, 1),
        )
    )


@pytest.fixture(scope="session", params=["draft", "decided", "longest", "crowd", "hostile"])
def on_one_page(request, elm, hostile, day):
    """Reports on one page, among them the longest that there can be."""
    project, run = {
        "draft": (elm, None),
        "decided": (example(TWO_YEARS_ON), "run-1"),
        "longest": (_full_page(elm), None),
        "crowd": (_with_candidates(elm, 60), None),
        "hostile": (hostile, None),
    }[request.param]
    return build_report(project, run, edition="one-page", date=day)
