"""Columns about a person are refused with a way on; criteria about people served are not."""

from __future__ import annotations

import time

import pytest

from mcda.project.errors import TableError
from mcda.project.tables import import_table
from mcda.project.templates import example

PERSONAL = [
    "Victim name",
    "Case number",
    "Initials",
    "Name of child",
    "Minor's name",
    "Juvenile name",
    "Survivor name",
    "Address",
    "Email",
    "MRN",
    "Full name",
    "Victim's first name",
    "D.O.B.",
    "Minor’s name",
    "Minors' names",
    "child_name",
    "ChildName",
    "childname",
    "Child-Name",
    "CHILD NAME",
    "Name (child)",
    "Name, victim",
    "Victim (name)",
    "Victim, name",
    "Victim: name",
    "Date of Birth",
    "DOB",
    "Client DOB",
    "SSN",
    "S.S.N.",
    "Social Security Number",
    "Social Security No.",
    "Social security #",
    "Case #",
    "Case No.",
    "Case ID",
    "Case",
    "Docket",
    "Docket number",
    "Docket no.",
    "E-mail",
    "E-mail address",
    "Home address",
    "Address line 1",
    "Phone",
    "Phone number",
    "Cell phone",
    "Client ID",
    "Patient MRN",
    "Medical record number",
    "Student ID #",
    "Student number",
    "Youth participant name",
    "Child's home address",
    "Parent/guardian phone",
    "Parent or guardian's name",
    "First name",
    "Last name",
    "FirstName",
    "LastName",
    "Surname",
    "Birth date",
    "Birthdate",
    "Year of birth of child",
    "Child's birth year",
    "Names of children",
    "Name of child served",
    "Phone number of client",
    "Name of the minor",
    "ID of client",
    "Client's initials",
    "Initials of minor",
    "Initials (client)",
    "Youth email address",
    "Juvenile's legal name",
    "Child's first and last name",
    "Child name (confidential)",
    "Child 1 name",
    "Name of young person",
    "Young person's name",
    "patient id",
    "clientid",
    "Fullname",
    "Full names",
    "Victim/survivor name",
    "Survivor's e-mail",
    "Vic\u200btim name",
    "Child’s  Name",
    "Youth DOB",
    "Juvenile case number",
    "Court case number",
    "Birthday",
    "Mother's maiden name",
    "Student last name",
    "Email (client)",
    "Nickname",
    "Client address line 1",
    "Client",
    "Survivor",
    "Client code",
    "Age of child",
    "Gender of victim",
    "Photo of victim",
    "Case notes",
    "Street",
    "street_name",
    "ZIP code",
    "Tel.",
    "Born on",
    "Year of birth",
    "SS#",
    "File no.",
    "Police report #",
    "Driver's license",
    "Medicaid number",
    "HMIS ID",
    "Nombre",
    "Nombre del niño",
    "Nombre de la víctima",
    "Fecha de nacimiento",
    "Número de caso",
    "Dirección",
    "Teléfono",
    "Alias",
    "Case name",
    "Phone number of the client",
    "Inmate number",
]
HONEST = [
    "Youth served per year",
    "Survivor input",
    "Cost per child",
    "Number of young people reached",
    "Case management capacity",
    "Provider name",
    "Program name",
    "Phone support hours",
    "Number of children",
    "No. of victims",
    "# of clients",
    "Number of clients",
    "Children (number)",
    "Client numbers",
    "Youth program name",
    "Names of youth programs",
    "Teen birth rate",
    "Births to minors",
    "Minor changes needed",
    "Name recognition",
    "Name of program",
    "Full name of program",
    "Full program name",
    "Client contact hours",
    "Client no-show rate",
    "Youth phone line access",
    "Student ID checks",
    "Survivor phone support",
    "Support for youth (phone)",
    "Address root causes",
    "Addresses trauma",
    "Email reminders per month",
    "Cases per year",
    "Caseload",
    "Caseworker ratio",
    "Case closure rate",
    "Patient satisfaction",
    "Minor",
    "Child",
    "Agency address",
    "Provider email",
    "Hotline phone",
    "Contact hours",
    "Initial cost",
    "Initial training days",
    "Identifies victims",
    "Number of students",
    "Family engagement",
    "Open to youth (yes/no)",
    "Name of juvenile court",
    "Child protection",
    "Clients by phone",
    "Youth reached (number)",
    "Short name",
    "Juvenile Code compliance",
    "Idea",
    "Reaches minors",
    "Number of survivors named as partners",
    "ID",
    "No",
    "Number",
    "Cost",
    "Effect size",
    "Victim identification",
    "Victims identified per year",
    "Survivor-led",
    "Students trained",
    "Parent involvement",
    "Member retention",
    "Child welfare name",
    "Number of families",
    "Number of minor victims",
    "Number of cases",
    "Case studies",
    "Individual and family therapy",
    "Children under 12 (number)",
    "Phone coverage",
    "Mobile phone app",
    "Child birth weight",
    "Young people reached in a year",
    "Client address changes",
    "Match to the child",
    "Cost per case",
    "Parent training hours",
    "Name of client group",
    "Address of the agency",
    "Case load",
    "Start date",
    "Program code",
    "Youth code of conduct",
    "Race equity",
    "Street outreach",
    "Mobile team",
    "Survivor involvement",
    "ZIP codes served",
    "Case notes quality",
    "Ages of youth served",
]
NAMES_OF_PEOPLE = ["Victim", "Child", "Clients", "Youth", "Young person", "Minor (first, last)"]


def read(text, **options):
    return import_table(("programs.csv", text.encode()), **options)


def refused(text):
    with pytest.raises(TableError) as caught:
        read(text)
    (finding,) = caught.value.findings
    return finding


@pytest.mark.parametrize("heading", PERSONAL)
def test_a_column_about_a_person_is_refused_unless_skipped(heading):
    table = f'Program,"{heading}",Cost\nA,1,5\nB,2,6\n'
    assert refused(table).code == "personal-data"
    criteria = read(table, skip=[heading]).project.run().evidence.criteria
    assert [c.name for c in criteria] == ["Cost"]


@pytest.mark.parametrize("heading", [*PERSONAL, *NAMES_OF_PEOPLE])
def test_a_first_column_that_names_people_is_refused(heading):
    assert refused(f'"{heading}",Cost\nJane D.,5\nJohn E.,6\n').code == "personal-data"


def test_the_refusal_says_why_and_how_to_go_on():
    assert str(refused("Victim name,Program,Cost\nJane D.,Mentors,5\n")) == (
        "programs.csv, column A (Victim name): The column looks like data about a person; a "
        "project holds programs only. Take the column out of the file, or skip it with "
        '--skip "Victim name". If it is about programs, change its heading.'
    )
    table = "Victim name,Initiative,Cost\nJane D.,Mentors,5\n"
    (program, _) = read(table, skip=["Victim name"]).project.run().evidence.programs
    assert program.name == "Mentors"


@pytest.mark.parametrize("heading", HONEST)
def test_an_honest_criterion_is_taken(heading):
    imported = read(f'Program,"{heading}"\nA,5\nB,6\n')
    assert [c.name for c in imported.project.run().evidence.criteria] == [heading]


@pytest.mark.parametrize("heading", ["Provider name", "Program name", "Name", "ID", "Initiative"])
def test_an_honest_column_of_names_is_taken(heading):
    assert read(f"{heading},Cost\nA,5\nB,6\n").project.run().program("a").name == "A"


@pytest.mark.parametrize("criterion", example().run().evidence.criteria, ids=lambda c: c.id)
def test_the_criteria_of_the_example_are_taken(criterion):
    assert read(f'Program,"{criterion.name}"\nA,5\nB,6\n')


def test_a_long_heading_is_looked_at_in_time():
    started = time.perf_counter()
    for words in ("child ", "phone mail ", "first ", "case | "):
        read(f"{(words * 500)[:490]} zz,Cost\nA,5\nB,6\n")
    assert time.perf_counter() - started < 5
