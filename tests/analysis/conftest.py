"""Small projects to analyse, built from a table of scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from mcda.project import (
    Criterion,
    Evidence,
    Exact,
    Framing,
    Info,
    LeftOut,
    MustHave,
    NumberScale,
    PointShare,
    PointsJudgement,
    Program,
    Project,
    Range,
    Run,
    Score,
    Unknown,
    Weighting,
)

Cell = float | tuple[float, float] | tuple[float, float, float] | None


def amount(cell: Cell) -> Exact | Range | Unknown:
    """A number, (low, high), (low, likely, high), or None for unknown."""
    match cell:
        case None:
            return Unknown()
        case (low, high):
            return Range(low=float(low), high=float(high))
        case (low, likely, high):
            return Range(low=float(low), likely=float(likely), high=float(high))
        case number:
            return Exact(value=float(number))


def points(weights: Mapping[str, float], name: str = "Group") -> Weighting:
    shares = tuple(PointShare(item=c, points=float(p)) for c, p in weights.items())
    return Weighting(id=name.lower(), name=name, judgement=PointsJudgement(points=shares))


def build(
    rows: Mapping[str, Mapping[str, Cell]],
    weights: Mapping[str, float] | None = None,
    *,
    ends: Mapping[str, tuple[float, float]] | None = None,
    units: Mapping[str, str] | None = None,
    roles: Mapping[str, str] | None = None,
    out: Mapping[str, str] | None = None,
    criteria_out: tuple[str, ...] = (),
    must_haves: tuple[MustHave, ...] = (),
    weightings: tuple[Weighting, ...] = (),
    names: Mapping[str, str] | None = None,
) -> Project:
    """Return a project; a criterion runs from 0 (worst) to 100 (best) unless ``ends`` differ.

    The id of a program or criterion is its name in small letters; ``names`` gives others.
    """
    ends, units, roles, names = ends or {}, units or {}, roles or {}, names or {}
    columns = list(dict.fromkeys(c for row in rows.values() for c in row))
    scales = {
        c: NumberScale(
            unit=units.get(c, ""),
            worst=float(ends.get(c, (0, 100))[0]),
            best=float(ends.get(c, (0, 100))[1]),
        )
        for c in columns
    }
    evidence = Evidence(
        programs=tuple(
            Program(id=p, name=names.get(p, p.capitalize()), role=roles.get(p, "candidate"))
            for p in rows
        ),
        criteria=tuple(
            Criterion(id=c, name=names.get(c, c.capitalize()), scale=scales[c]) for c in columns
        ),
        scores=tuple(
            Score(program=p, criterion=c, amount=amount(cell))
            for p, row in rows.items()
            for c, cell in row.items()
        ),
        must_haves=must_haves,
    )
    own = (points(weights),) if weights else ()
    run = Run(
        id="run-1",
        title="First selection",
        evidence=evidence,
        framing=Framing(
            programs_out=tuple(LeftOut(item=p, reason=r) for p, r in (out or {}).items()),
            criteria_out=tuple(LeftOut(item=c) for c in criteria_out),
        ),
        weightings=(*own, *weightings),
    )
    return Project(info=Info(title="Which program?"), runs=(run,))


Build = Callable[..., Project]


@pytest.fixture(scope="session", name="build")
def build_fixture() -> Build:
    return build


@pytest.fixture(scope="session")
def decision() -> Build:
    """Return a project of programs on criteria c0, c1, ..., all with the same weight."""

    def made(cells: Mapping[str, tuple[Cell, ...]], weights: tuple[float, ...] = ()) -> Project:
        columns = [f"c{n}" for n in range(len(next(iter(cells.values()))))]
        rows = {name: dict(zip(columns, row, strict=True)) for name, row in cells.items()}
        return build(rows, dict(zip(columns, weights or (1,) * len(columns), strict=True)))

    return made


@pytest.fixture(scope="session", name="points")
def points_fixture() -> Callable[..., Weighting]:
    return points
