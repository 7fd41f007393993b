"""Whatever a file holds, it is imported or refused in words; nothing else comes out."""

import io
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcda.project.document import Project
from mcda.project.errors import TableError
from mcda.project.tables import export_table, import_table

PIECES = [
    *["a", "Name", "5", "1,5", "1.5", '"', ";", ",", "\t", "|", "\n", "\n", "\r", "%", "$", " to "],
    *["..", "–", "=1", "(", ")", "-", "unknown", "\u200f", "inf", "1e400", "5e-324", "kind"],
    *["Continue as now", "sep=;\n", "\ufffe", "<", "'"],
]
TOKENS = [b"0", b"9999999", b'"', b"<", b"/>", b"str", b"inlineStr", b"e", b"A1", b"-1", b"NaN"]
WORKBOOK = export_table(Project.new("Elm County"), kind="xlsx")
with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as packed:
    PARTS = {name: packed.read(name) for name in packed.namelist()}
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def imported_or_refused(name, data):
    try:
        findings = import_table((name, data)).notes
    except TableError as error:
        findings = error.findings
    assert findings
    assert all(f.place and f.message for f in findings)


@quick
@given(st.sampled_from(["", "Name,b,c\n", "Name;b;c\n"]), st.lists(st.sampled_from(PIECES)))
def test_any_text(header, pieces):
    imported_or_refused("a.csv", (header + "".join(pieces)).encode())


@quick
@given(st.sampled_from(["a.csv", "a.xlsx"]), st.binary(max_size=200))
def test_any_bytes(name, data):
    imported_or_refused(name, data)


@quick
@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=5))
def test_a_workbook_with_bytes_changed(changes):
    data = bytearray(WORKBOOK)
    for position, value in changes:
        data[position] = value
    imported_or_refused("a.xlsx", bytes(data))


@quick
@given(
    st.sampled_from(sorted(PARTS)),
    st.floats(0, 1),
    st.sampled_from([0, 1, 5, 30]),
    st.sampled_from(TOKENS),
)
def test_a_workbook_with_a_part_changed(name, position, length, token):
    part = PARTS[name]
    start = int(position * len(part))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as changed:
        for other, content in PARTS.items():
            new = part[:start] + token + part[start + length :] if other == name else content
            changed.writestr(other, new)
    imported_or_refused("a.xlsx", out.getvalue())
