"""Make the pictures of the documentation anew, from the running app.

    PYTHONPATH=. python docs/make_pictures.py

Every page of the worked example, 1280 and 390 pixels wide, in light colours; the Ranking page in
dark colours and in the projector view; the first page of its report. Needs Chromium, Poppler and
the test extras.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from mcda.project.templates import example
from mcda.report import build_report, write_pdf

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
KEPT = ("*-light.png", "ranking-1280-dark.png", "ranking-projector.png")


def main() -> None:
    """Take the pictures of the app and of the report."""
    PICTURES.mkdir(exist_ok=True)
    picture_pages()
    picture_report()


def picture_pages() -> None:
    """Take the pictures with the browser tests and keep the chosen ones."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = "accessible_and_fits or projector_view"
        tests = ["-q", "tests/browser/test_pages.py", "-k", wanted]
        command = [sys.executable, "-m", "pytest", *tests]
        subprocess.run(
            command, cwd=ROOT, env={**os.environ, "BESTFIT_SCREENSHOTS": folder}, check=True
        )
        for pattern in KEPT:
            for picture in sorted(Path(folder).glob(pattern)):
                keep(picture, picture.name)


def picture_report() -> None:
    """Take a picture of the first page of the worked example's report."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder, "page")
        command = ["pdftoppm", "-png", "-singlefile", "-r", "90", "-", str(drawn)]
        subprocess.run(command, input=write_pdf(build_report(example())), check=True)
        keep(drawn.with_suffix(".png"), "report-first-page.png")


def keep(picture: Path, name: str) -> None:
    """Keep a picture, small."""
    small = Image.open(picture).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    small.save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
