"""From a ranking to the report as PDF and back, as a visitor and as an archive does it."""

from pathlib import Path

import pytest

from mcda.project import read_project
from mcda.report import read_any

pytestmark = pytest.mark.browser

TABLE = "Both methods side by side"
BUTTON = "Document for the record (PDF)"


def save_pdf(me, folder: Path) -> Path:
    """Make the PDF; the button says that it is at work until the file is there."""
    with me.page.expect_download() as found:
        me.page.get_by_role("button", name=BUTTON).click()
    me.idle()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


def open_on_home(me, url: str, file: Path) -> None:
    me.visit(url)
    me.upload(file.name, file.read_bytes())
    me.press("Open this file")


def test_the_pdf_opens_the_same_decision_on_home_and_by_the_command_line(
    me, visitor, new_page, app_server, opened_with, tmp_path
):
    me.visit(app_server)
    me.press("Open the worked example")
    me.press("End the tour")
    me.go("Ranking")
    shown = me.table(TABLE)
    me.go("Export")
    pdf = save_pdf(me, tmp_path)
    project = me.download_project(tmp_path).read_bytes()
    assert read_any(pdf.read_bytes()) == read_project(project)

    archive = visitor(new_page())
    open_on_home(archive, app_server, pdf)
    archive.go("Ranking")
    assert archive.table(TABLE) == shown
    assert archive.download_project(tmp_path / "again").read_bytes() == project

    archive.visit(opened_with(pdf))
    archive.go("Ranking")
    assert archive.table(TABLE) == shown
    archive.tick("School counselor")
    assert archive.table(TABLE) != shown


def test_the_public_pdf_opens_as_a_public_copy(me, visitor, new_page, app_server, tmp_path):
    me.visit(app_server)
    me.press("Open the worked example")
    me.press("End the tour")
    me.go("Export")
    me.page.get_by_role("radio", name="Public:").press("Space")
    me.idle()
    pdf = save_pdf(me, tmp_path)
    reader = visitor(new_page())
    open_on_home(reader, app_server, pdf)
    reader.see("public copy")
    reader.go("Export")
    assert not reader.page.get_by_role("radio", name="Full:").count()
