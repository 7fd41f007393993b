"""Headings of columns about a person: a table here is about programs, never about people."""

from __future__ import annotations

import re
import unicodedata

from mcda.project.tables.places import Column, Place, Problems
from mcda.project.text import match_key, shorten


def _any(words: str) -> str:
    """Return a pattern for any one of these words; ``_`` in a word stands for a space."""
    return f"(?:{'|'.join(word.replace('_', ' ') for word in words.split())})"


# Every pattern is for a heading in small letters, one space around each word, and " | " for
# the punctuation between its parts: " victim | first name ".
_PERSON = _any(
    "child(?:ren|s)? kids? victims? minors? juveniles? youths? teens? teenagers? adolescents?"
    " survivors? clients? patients? students? pupils? participants? offenders? inmates?"
    " defendants? suspects? witness(?:es)? parents? mothers? fathers? guardians? caregivers?"
    " siblings? famil(?:y|ies) persons? individuals? residents? members? girls? boys?"
    " young_(?:person|people) case"
)
_ADJECTIVE = _any(
    "first last middle full given family maiden birth legal preferred real home street mailing"
    " postal personal cell mobile e_?mail phone current the a an and or his her their each"
)
_IDENTITY = _any(
    "names? first_?names? last_?names? full_?names? nick_?names? forenames? surnames? alias(?:es)?"
    " initials birth birth_?dates? birth_?days? birth_?years? (?:date|day|year)_of_birth dob d_o_b"
    " ssns? social_security mrns? medical_records? passport address(?:es)?(?:_line)? e_?mails?"
    " (?:cell_?|tele)?phones? ids? identifiers? codes? age gender sex race ethnicity"
    " photos? pictures? notes? narratives?"
)
# These mean a person wherever they stand.
_ALWAYS = _any(
    "(?:first|last|middle|maiden)_?names? surnames? dob d_o_b birth_?dates? birth_?days?"
    " (?:date|year)_of_birth date_born ssns? social_security ss_number mrns? medical_record"
    " (?:case|docket|file|cause|incident|police_report)_(?:number|no|id)"
    " (?:medicaid|medicare|alien|hmis)_(?:number|no|id) drivers?_licen[sc]e license_plate"
    " (?:fecha|ano)_de_nacimiento (?:numero|no)_de_caso (?:primer_)?nombre_completo"
)
_ALONE = _any(
    "(?:full|given|family|birth|legal|preferred|nick)_?names? case docket initials birth"
    " address(?:es)? e_?mails? (?:cell_?|tele)?phones? passport alias"
    " street(?:_name)? zip(?:_code)? zipcode cell mobile_(?:number|no) tel fname lname"
    " middle_initial aka"
    " born(?:_on)? ip_address username caso nombres? apellidos? direccion telefono correo"
    " contact_person emergency_contact next_of_kin unique_identifier"
)
# One person alone, as a heading; "Child" and "Family" may be what a criterion is about.
_ONE = _any(
    "victim survivor client patient participant offender inmate defendant suspect witness guardian"
    " individual person resident"
)
_SPANISH_PERSON = _any("nin[oa] menor joven victima cliente persona paciente")
# What follows a field without making it part of something else, as "support" in "phone support".
_GOES_ON = rf"(?= (?:$|\||{_PERSON} |{_IDENTITY} |{_any('number no and or in on at as if')} ))"
# What makes the person before it part of something else: "name of youth program".
_OF_WORK = _any(
    "program(?:me)?s? providers? agenc(?:y|ies) services? projects? organi[sz]ations? groups?"
    " schools? curricul(?:um|a) initiatives? cent(?:er|re)s? courses? campaigns? activit(?:y|ies)"
    " protection advocacy support court justice welfare homes? shelters? clinics? units? policy"
    " departments? trainings? hotlines? practices? intervention"
)
_ABOUT_A_PERSON = re.compile(
    "|".join(
        (
            # Child's home address; client number
            rf" {_PERSON} ?(?:(?:{_ADJECTIVE}|{_PERSON}) )*(?:{_IDENTITY}|number|no){_GOES_ON}",
            # Victim (name)
            rf"^ (?:{_ADJECTIVE} )*{_PERSON} (?:(?:{_ADJECTIVE}|\|) )*{_IDENTITY}{_GOES_ON}",
            # Name of child; phone number of the client
            rf" {_IDENTITY} (?:number )?of (?:{_ADJECTIVE} )*{_PERSON} (?!{_OF_WORK} )",
            # Initials (client)
            rf"^ (?:{_ADJECTIVE} )*{_IDENTITY} (?:number )?(?:\| )*{_PERSON} (?:\| )*$",
            rf"^ (?:{_ADJECTIVE} )*{_ONE} (?:number )?$",
            rf" {_ALWAYS}{_GOES_ON}",
            rf" (?:nombre|apellido|edad|direccion) de(?:l| la)? {_SPANISH_PERSON} ",
            rf"^ (?:{_ADJECTIVE} )*{_ALONE} (?:{_any('number no id line')} )*(?:\| )*$",
        )
    )
)
_NAMES_PEOPLE = re.compile(
    rf" (?:(?:{_ADJECTIVE}|{_PERSON}|\|) )*{_PERSON} (?:(?:{_ADJECTIVE}|\|) )*"
)

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s?\b|(?<=s)['’`´]")
_DOTTED = re.compile(r"\b[a-z](?:\. ?[a-z]\b)+\.?")
_BETWEEN = re.compile(r"[()\[\]{},;/|]+")
_OTHER = re.compile(r"[^a-z|]+")


def check_personal(file: str, name: Column, others: list[Column], problems: Problems) -> None:
    """Note the columns whose headings say that they are about a person, and how to go on."""
    for column in (name, *others):
        names_people = column == name and _NAMES_PEOPLE.fullmatch(_words(column.heading))
        if names_people or is_about_a_person(column.heading):
            problems.add(
                Place(file, column=column),
                "personal-data",
                "The column looks like data about a person; a project holds programs only.",
                "Take the column out of the file, or skip it with "
                f'--skip "{shorten(column.heading)}". If it is about programs, change its heading.',
            )


def is_about_a_person(heading: str) -> bool:
    """Tell whether a heading says that its column is about a person.

    >>> is_about_a_person("Child's name"), is_about_a_person("Children reached")
    (True, False)
    """
    return _ABOUT_A_PERSON.search(_words(heading)) is not None


def _words(heading: str) -> str:
    """Return a heading as the patterns want it.

    >>> _words("Victim's D.O.B."), _words("ChildName (Case #)")
    (' victim dob ', ' child name | case number | ')
    """
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", heading))
    visible = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn"))
    text = _POSSESSIVE.sub("", match_key(visible)).replace("#", " number ").replace("&", " and ")
    text = _DOTTED.sub(lambda found: re.sub("[^a-z]", "", found[0]) + " ", text)
    return f" {_OTHER.sub(' ', _BETWEEN.sub(' | ', text)).strip()} "
