"""Where the files that travel with the package are: data, entry script, settings."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_BUNDLE = _PACKAGE / "_bundle"


def resource_path(name: str) -> Path:
    """Return the path of a shipped file or folder, such as ``data/catalog.csv`` or ``app.py``.

    An installed wheel carries these files inside the package; a checkout has them at its top
    level. Raises ``FileNotFoundError`` naming the file if it is in neither.

    >>> resource_path("data").is_dir()
    True
    """
    base = _BUNDLE if _BUNDLE.is_dir() else _PACKAGE.parent
    path = base / name
    if not path.exists():
        raise FileNotFoundError(f"Best Fit's own file {name!r} is missing; install it again.")
    return path
