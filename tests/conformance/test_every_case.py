"""Every published case has a test of its own, with its citation."""

import ast
import re
from pathlib import Path

import pytest

from .conftest import CASES


def docstrings_by_case():
    """The docstrings of the test functions that name each case."""
    found = {name: [] for name in CASES}
    for file in Path(__file__).parent.glob("test_*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                words = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
                for name in found.keys() & words:
                    found[name].append(ast.get_docstring(node) or "")
    return found


SAID = docstrings_by_case()


@pytest.mark.parametrize("name", CASES)
def test_the_case_has_a_test_with_a_citation(name):
    assert SAID[name]
    said = " ".join(SAID[name])
    assert re.search(r"\b(?:19|20)\d\d\b|test/mcdm/|revision|smaa", said)
