"""Widths of columns: no long word or long note takes the room of the other columns."""

from __future__ import annotations

import pytest

from mcda.charts import Column, DataTable
from mcda.charts.static.canvas import text_width
from mcda.report.columns import broken, column_widths

ROOM, SIZE, PADS = 526.9, 8.0, (7, 7, 7, 7, 0)
NOTE = (
    "We agreed on it after long talks, as nobody else could start so early; what is still open is "
    "who pays after the second year, and whether the county takes it over by then."
)


def _widths(name: str) -> list[float]:
    columns = tuple(map(Column, ("Program", "Who", "When", "State", "Note")))
    row = (name, "Wraparound services team", "March 2027", "under way", NOTE)
    return column_widths(DataTable("Plan", columns, (row, row)), ROOM, SIZE, PADS)


@pytest.mark.parametrize("name", ["Survivor mentor program", "n" * 60, "W" * 300])
def test_a_note_has_room_beside_any_name(name):
    widths = _widths(name)
    assert sum(widths) == pytest.approx(ROOM)
    assert text_width(NOTE, SIZE) / widths[-1] < 5


def test_words_of_usual_length_are_whole():
    for word, width, pad in zip(
        ("Survivor", "Wraparound"), _widths("Survivor"), PADS, strict=False
    ):
        assert broken(word, width - pad, SIZE) == word
