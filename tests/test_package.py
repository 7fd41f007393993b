"""``import mcda``: light until something is asked of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

import mcda
from mcda.project.file import to_json
from mcda.project.templates import example

ROOT = Path(mcda.__file__).resolve().parent.parent
HEAVY = ("scipy", "pandas", "pydantic", "streamlit", "plotly", "typer", "sqlalchemy")


def loaded_by(statement: str) -> set[str]:
    """Return which of the heavy packages a statement loads in a fresh interpreter."""
    code = f"{statement}\nimport sys\nprint(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement", ["import mcda", "import mcda.engine", "from mcda.engine import rank, rank_batch"]
)
def test_the_engine_needs_numpy_only(statement):
    assert loaded_by(statement) == set()


def test_a_project_is_read_without_pandas():
    assert loaded_by("import mcda; mcda.load") == {"pydantic"}


def test_load_reads_a_project_file(tmp_path):
    file = tmp_path / "elm.json"
    file.write_text(to_json(example()), encoding="utf-8")
    assert mcda.load(file) == example()


def test_a_project_can_be_started():
    assert mcda.Project.new("Which program?").info.title == "Which program?"


def test_the_catalogue_is_there():
    assert mcda.catalog.entries()


def test_a_data_frame_can_be_ranked():
    frame = pd.DataFrame({"x": [1, 2]}, index=["a", "b"])
    assert mcda.rank(frame, [1], ["max"]).ranks.to_dict() == {"b": 1, "a": 2}


def test_an_unknown_attribute_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'mcda' has no attribute 'ranking'"):
        mcda.ranking  # noqa: B018


def test_everything_that_is_listed_is_there():
    assert set(dir(mcda)) == {"Project", "__version__", "catalog", "load", "rank"}
    assert all(getattr(mcda, name) is not None for name in dir(mcda))


def test_the_version_is_the_one_that_is_packaged():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert mcda.__version__ == project["version"]


def test_the_picture_of_the_architecture_shows_the_layers_that_are_held():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    held = [
        {"mcda/" + name.strip().removeprefix("mcda.") for name in re.split("[|:]", layer)}
        for layer in layers
    ]
    beside = {"mcda/catalog", "mcda/resources"}
    drawing = ElementTree.parse(ROOT / "docs" / "pictures" / "architecture.svg").getroot()
    by_height: dict[str, set[str]] = {}
    for text in drawing.iter("{http://www.w3.org/2000/svg}text"):
        if (text.text or "").startswith("mcda/"):
            by_height.setdefault(text.attrib["y"], set()).add(text.text)
    drawn = list(by_height.values())
    # Two that know nothing of each other stand in one row, whichever of the two lies lower.
    assert drawn[:-1] == [layer - beside for layer in held[: len(drawn) - 1]]
    assert drawn[-1] == set().union(*held[len(drawn) - 1 :]) - beside
