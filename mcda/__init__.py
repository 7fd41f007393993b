"""Best Fit: choose an evidence-based program together, by multi-criteria decision analysis.

``load`` reads a project file into a ``Project``; ``catalog`` is the guide's resources;
``rank`` ranks the rows of a pandas DataFrame. Each is loaded on first use, so that
``import mcda.engine`` needs NumPy only.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mcda import catalog
    from mcda.analysis.frames import rank
    from mcda.project import Project, load

__version__ = "0.1.0"
__all__ = ["Project", "__version__", "catalog", "load", "rank"]

_HOMES = {
    "Project": "mcda.project",
    "load": "mcda.project",
    "rank": "mcda.analysis.frames",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  (PEP 562: any attribute of the package)
    if name == "catalog":
        return import_module("mcda.catalog")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'mcda' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
