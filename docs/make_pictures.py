"""Make the pictures of the documentation anew, from the running app.

    python docs/make_pictures.py

Every page of the worked example, 1280 and 390 pixels wide, in light colours; the Ranking page in
dark colours and in the projector view. Needs Chromium and the test extras.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
KEPT = ("*-light.png", "ranking-1280-dark.png", "ranking-projector.png")


def main() -> None:
    """Take the pictures with the browser tests and keep the chosen ones, small."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = "light or projector or (1280px and ranking)"
        tests = ["-q", "tests/browser/test_pages.py", "-k", wanted]
        command = [sys.executable, "-m", "pytest", *tests]
        subprocess.run(
            command, cwd=ROOT, env={**os.environ, "BESTFIT_SCREENSHOTS": folder}, check=True
        )
        PICTURES.mkdir(exist_ok=True)
        for pattern in KEPT:
            for picture in sorted(Path(folder).glob(pattern)):
                small = Image.open(picture).convert("RGB").quantize(64, dither=Image.Dither.NONE)
                small.save(PICTURES / picture.name, optimize=True)


if __name__ == "__main__":
    main()
