"""Tables in and out: a row is a program, a column is a criterion, as CSV or XLSX."""

from mcda.project.tables.building import ImportedTable, import_table
from mcda.project.tables.places import OptionsError
from mcda.project.tables.writing import export_table

__all__ = ["ImportedTable", "OptionsError", "export_table", "import_table"]
