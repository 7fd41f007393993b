"""What all tests share: tests that need a program not installed here are left out, and say so."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("bestfit", deadline=None, print_blob=True)
settings.load_profile("bestfit")

# Coverage is asked of the first three, so only tests of their own count, and only these bear the
# time it takes.
_MEASURED = {"engine", "project", "analysis", "conformance"}
_LEFT_OUT = pytest.StashKey[dict[str, int]]()


def _postgres() -> str | None:
    found = shutil.which("initdb") or next(
        iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None
    )
    return str(found) if found else None


def _office() -> str | None:
    """Return where LibreOffice is, with what opens workbooks and what opens documents."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return None
    folder = Path(found).resolve().parent
    return found if all((folder / part).exists() for part in ("scalc", "swriter")) else None


_NEEDS = {
    "browser": ("Chromium", lambda: shutil.which("chromium") or shutil.which("chromium-browser")),
    "postgres": ("PostgreSQL", _postgres),
    "poppler": ("pdftotext (Poppler)", lambda: shutil.which("pdftotext")),
    "office": ("LibreOffice Calc and Writer", _office),
}


def pytest_configure(config: pytest.Config) -> None:
    for marker, (program, _) in _NEEDS.items():
        config.addinivalue_line("markers", f"{marker}: needs {program}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if _MEASURED.isdisjoint(item.path.relative_to(config.rootpath).parts):
            item.add_marker("no_cover")
    missing = {marker: what for marker, (what, found) in _NEEDS.items() if not found()}
    left_out = [i for i in items if any(i.get_closest_marker(m) for m in missing)]
    if not left_out:
        return
    if os.environ.get("BESTFIT_TEST_ALL"):
        raise pytest.UsageError(f"not installed: {', '.join(missing.values())}")
    config.hook.pytest_deselected(items=left_out)
    items[:] = [i for i in items if i not in set(left_out)]
    config.stash[_LEFT_OUT] = {
        what: sum(bool(i.get_closest_marker(m)) for i in left_out) for m, what in missing.items()
    }


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = terminalreporter.config.stash.get(_LEFT_OUT, {})
    for what, count in left_out.items():
        if count:
            terminalreporter.write_line(f"{count} tests left out: {what} is not installed here.")
