"""The worked example, which carries a diagnosis, a drafted record and a plan."""

from __future__ import annotations

import pytest

from mcda.project import Project
from mcda.project.templates import example


@pytest.fixture(scope="session")
def elm() -> Project:
    return example()
