"""The command line, run in this process, on data of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mcda import cli
from mcda.project import save
from mcda.project.templates import example

WIDTH = 80


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command in this process; return its exit code, output and errors."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.setenv("TERMINAL_WIDTH", str(WIDTH))
    monkeypatch.setenv("BESTFIT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("BESTFIT_DATABASE_URL", raising=False)

    def run(*arguments: object):
        monkeypatch.setattr(sys, "argv", ["bestfit", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run


@pytest.fixture
def elm(tmp_path) -> Path:
    """The worked example as a file."""
    file = tmp_path / "elm.json"
    save(example(), file)
    return file
