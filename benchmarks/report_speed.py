"""How fast a report is gathered and written in each of its forms.

    PYTHONPATH=. python benchmarks/report_speed.py

The worked example, and a project of 35 programs, 12 criteria and ten weightings. Each line has the
seconds on the clock and those of the processor, once everything is loaded.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from mcda.project import Project
from mcda.project.templates import example
from mcda.report import build_report, write_docx, write_html, write_pdf, write_xlsx

PROGRAMS, WEIGHTINGS = 35, 10
FORMS = (write_html, write_pdf, write_docx, write_xlsx)


def large() -> Project:
    """Return the worked example with copies of its programs and weightings."""
    project = example()
    run = project.run()
    evidence = run.evidence
    own = [p for p in run.candidates if p.role == "candidate"]
    programs, scores = list(evidence.programs), list(evidence.scores)
    for number in range(PROGRAMS - len(own)):
        model = own[number % len(own)]
        copy = model.model_copy(update={"id": f"more-{number}", "name": f"{model.name} {number}"})
        programs.append(copy)
        scores += [
            s.model_copy(update={"program": copy.id})
            for s in evidence.scores
            if s.program == model.id
        ]
    more = {"programs": tuple(programs), "scores": tuple(scores)}
    project = project.with_evidence(evidence.model_copy(update=more))
    given = run.weightings
    for number in range(WEIGHTINGS - len(given)):
        model = given[number % len(given)]
        name = f"{model.name} {number}"
        copy = model.model_copy(update={"id": f"more-{number}", "name": name})
        project = project.with_weighting(copy)
    return project


def timed(name: str, action: Callable[[], object]) -> object:
    start, used = time.perf_counter(), time.process_time()
    found = action()
    wall, cpu = time.perf_counter() - start, time.process_time() - used
    print(f"{name:40s} {wall:7.2f} s  {cpu:7.2f} s of the processor", flush=True)
    return found


def main() -> None:
    warm = build_report(example())
    for write in FORMS:
        write(warm)
    for name, project in (("worked example", example()), ("35 x 12, ten weightings", large())):
        start, used = time.perf_counter(), time.process_time()
        report = timed(f"{name}: findings", lambda project=project: build_report(project))
        for write in FORMS:
            timed(f"{name}: {write.__name__}", lambda report=report, write=write: write(report))
        wall, cpu = time.perf_counter() - start, time.process_time() - used
        print(f"{name + ': all':40s} {wall:7.2f} s  {cpu:7.2f} s of the processor")


if __name__ == "__main__":
    main()
