"""One way to get a published case: the fixture ``case``, called with the case's id."""

import json
from pathlib import Path

import pytest

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))[
        "cases"
    ]
}


@pytest.fixture
def case():
    return CASES.__getitem__
