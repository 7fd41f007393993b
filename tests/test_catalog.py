"""The catalogue agrees with its two source documents and can be searched."""

import csv
import pickle
import re
import subprocess
import sys
from collections import Counter
from dataclasses import FrozenInstanceError

import pytest

from mcda import catalog
from mcda.resources import resource_path

TOPICS = ("victimization", "juvenile", "outreach")
ROLES = ("tta_provider", "researcher", "practitioner")

# Typed from the tables of "Resource Guide: Commercial Sexual Exploitation of Children", OJP
# Diagnostic Center, June 2015. One line per printed row, in print order: the start of its title
# and its three cells, √ for a check and a dot for an empty cell.
GUIDE = {
    # Section 2, "Federal": TTA Provider, Researcher, Practitioner
    "af": (
        ROLES,
        [
            ("Bureau of Justice Assistance", "√√√"),
            ("U.S. Department of Education", ".√."),
            ("U.S. Department of Justice Civil Rights Division", "..√"),
            ("National Institute of Justice", ".√."),
            ("Office of Juvenile Justice and Delinquency Prevention", "√√√"),
            ("Office for Victims of Crime", "√.√"),
            ("U.S. Department of Homeland Security (DHS) Blue Campaign", "√.√"),
            ("U.S. Department of Homeland Security (DHS) Immigration", "..√"),
            ("U.S. Department of State Office to Monitor", "..√"),
        ],
    ),
    # Section 2, "Non-Federal": TTA Provider, Researcher, Practitioner
    "an": (
        ROLES,
        [
            ("International Association of Chiefs of Police", "√√."),
            ("National Center for Missing & Exploited Children", "√√√"),
            ("National Human Trafficking Resource Center", "√√."),
            ("Polaris Project", "√√√"),
        ],
    ),
    # Section 3, "Training and Technical Assistance": Victimization, Juvenile, Outreach
    "tt": (
        TOPICS,
        [
            ("Child Sex Trafficking: Awareness & Response (CSTAR)", "√√."),
            ("Child Sex Trafficking: A Training Series for Front line", "√√."),
            ("Human Trafficking Awareness Training", "√.."),
            ("Introduction to Child Sex Trafficking Awareness", "√√."),
            ("OVC Training and Technical Assistance Center", "√√√"),
            ("Polaris Training and Technical Assistance", "√√√"),
        ],
    ),
    # Section 4, "Promising Practices and Models": Victimization, Juvenile, Outreach
    "pr": (
        TOPICS,
        [
            ("Clearwater/Tampa Bay (FL) Area Task Force", "..√"),
            ("Creating and Sustaining a Local Response", "√√."),
            ("Identifying Victims when Limited Data Exists", "√.."),
            ("Juvenile Mentoring Programs", ".√."),
            ("Model Policy on Human Trafficking", "√.."),
            ("Protect Oakland Kids", "√√√"),
            ("School-Based Child Sexual Abuse (CSA) Prevention", ".√."),
        ],
    ),
    # Section 5, "Guidance and Publications": Victimization, Juvenile, Outreach
    "gp": (
        TOPICS,
        [
            ("Blue Campaign Resource Catalog", "..√"),
            ("Human Trafficking Fact Sheets for Schools", "√√√"),
            ("Human Trafficking in America’s Schools", "√√√"),
            ("Human Trafficking Task Force E-Guide", "..√"),
            ("National NIJ Publications", "√.."),
            ("National Strategy for Child Exploitation Prevention", "√√."),
            ("OJP Human Trafficking Special Focus and Fact Sheet", "√.√"),
            ("Services Available to Victims of Human Trafficking", "√√."),
            ("“What I Would Miss” Social Campaign", ".√√"),
        ],
    ),
}
GUIDE_ROWS = [
    pytest.param(f"{table}{number}", number, columns, title, cells, id=f"{table}{number}")
    for table, (columns, rows) in GUIDE.items()
    for number, (title, cells) in enumerate(rows, start=1)
]
SECTION_OF = {
    "af": ("federal", "Section 2, Federal"),
    "an": ("non_federal", "Section 2, Non-Federal"),
    "tt": ("training", "Section 3, Training and Technical Assistance"),
    "pr": ("practices", "Section 4, Promising Practices and Models"),
    "gp": ("publications", "Section 5, Guidance and Publications"),
}

# What the guide names under a row: the courses, documents and services.
GUIDE_CHILDREN = {
    "af1-a": "Anti-Human Trafficking Task Force Initiative",
    "af2-a": "National Center on Safe Supportive Learning Environments",
    "af3-a": "Human Trafficking Prosecution Unit",
    "an1-a": "Training series toolkit",
    "tt3-a": "Individuals",
    "tt3-b": "First Responders",
    "tt3-c": "Law Enforcement",
    "tt5-a": "Training by Request",
    "tt5-b": "Customized Training and Technical Assistance",
    "tt6-a": "Trainings & Presentations",
    "tt6-b": "Technical Assistance Consultations",
    "tt6-c": "Resource Library",
    "tt6-c1": "Trafficking Public Outreach Campaigns",
    "tt6-c2": "Coalition Building",
    "tt6-c3": "Non-Governmental Organizations (NGOs)",
    "pr2-a": "Rescue & Restore Regional Program",
    "gp2-a": "Human Trafficking 101",
    "gp2-b": "Human Trafficking of Children in the United States",
    "gp5-a": "Commercial Sexual Exploitation of Children: What Do We Know",
    "gp5-b": "Victims No Longer",
    "gp7-a": "OJP Special Focus",
    "gp7-b": "OJP Fact Sheet",
}

# Paragraph by paragraph, "How OJJDP Is Combating the Sexual Exploitation and Trafficking of
# Children", January/February 2018; then its list "Resources".
ARTICLE = {
    "ojjdp18-prevention-month": 1,
    "ojjdp18-mentoring": 2,
    "ojjdp18-mentoring-center": 2,
    "ojjdp18-shining-light": 3,
    "ojjdp18-judicial-institute": 4,
    "ojjdp18-missing-exploited-tta": 5,
    "ojjdp18-amber-alert": 6,
    "ojjdp18-amber-alert-a": 6,
    "ojjdp18-tta360": 6,
    "ojjdp18-icac": 7,
    "ojjdp18-ncmec": 8,
    "ojjdp18-ncmec-a": 8,
    "ojjdp18-ncmec-b": 8,
    "ojjdp18-model-programs-guide": 1,
    "ojjdp18-model-programs-guide-a": 1,
    "ojjdp18-survivor-services": 2,
    "ojjdp18-minors-report": 3,
}

AVOIDED_TERMS = re.compile(
    r"\b(prostitut\w*|sex workers?|child pornography|johns?|customers?|clients?|pimps?"
    r"|rescu\w*|runaways?|promiscuous|sex tourism|modern-day|slave(s|ry)?|epidemic|offenders?"
    r"|lost|broken)\b",
    re.IGNORECASE,
)


def ids(selection):
    return [entry.id for entry in selection]


class TestAgreesWithTheGuide:
    @pytest.mark.parametrize(("entry_id", "number", "columns", "title", "cells"), GUIDE_ROWS)
    def test_row(self, entry_id, number, columns, title, cells):
        entry = catalog.get(entry_id)
        expected = dict.fromkeys(catalog.MARKS) | {
            mark: cell == "√" for mark, cell in zip(columns, cells, strict=True)
        }
        assert entry.title.startswith(title)
        assert entry.marks == expected
        assert (entry.section, entry.table) == SECTION_OF[entry_id[:2]]
        assert (entry.row, entry.parent, entry.year) == (number, None, 2015)

    def test_it_has_35_rows(self):
        rows = [e for e in catalog.entries() if e.source == "guide_2015" and e.parent is None]
        counts = Counter(entry.section for entry in rows)
        assert counts == {
            "federal": 9,
            "non_federal": 4,
            "training": 6,
            "practices": 7,
            "publications": 9,
        }

    def test_children(self):
        named = {e.id: e.title for e in catalog.entries() if e.source == "guide_2015" and e.parent}
        assert named.keys() == GUIDE_CHILDREN.keys()
        for entry_id, title in GUIDE_CHILDREN.items():
            assert named[entry_id].startswith(title)

    @pytest.mark.parametrize(
        "entry_id",
        ["an1", "an3", "tt3", "pr1", "pr4", "pr5", "pr7", "gp4", "gp5"],
    )
    def test_surprising_marks_have_a_note(self, entry_id):
        assert "Copied as printed." in catalog.get(entry_id).note


class TestAgreesWithTheArticle:
    def test_every_initiative_in_order(self):
        found = {e.id: e.row for e in catalog.entries() if e.source == "ojjdp_2018"}
        assert list(found.items()) == list(ARTICLE.items())

    @pytest.mark.parametrize(
        ("entry_id", "figure", "year"),
        [
            ("ojjdp18-icac", "61 coordinated task forces", "2018"),
            ("ojjdp18-icac", "more than 2,000", "fiscal year 2017"),
            ("ojjdp18-ncmec", "26,041", "2017"),
            ("ojjdp18-ncmec", "24-hour", "2018"),
        ],
    )
    def test_figures(self, entry_id, figure, year):
        parts = [part for part in catalog.get(entry_id).figures.split(";") if figure in part]
        assert len(parts) == 1
        assert year in parts[0]

    def test_it_carries_no_marks(self):
        for entry in catalog.find(section=["initiatives_2018", "resources_2018"]):
            assert set(entry.marks.values()) == {None}

    def test_ncmec_is_cross_referenced(self):
        assert "an2" in catalog.get("ojjdp18-ncmec").see_also
        assert "ojjdp18-ncmec" in catalog.get("an2").see_also


class TestEveryEntry:
    def test_ids_are_unique(self):
        assert max(Counter(ids(catalog.entries())).values()) == 1

    def test_parents_come_first_in_the_same_section_and_row(self):
        seen = {}
        for entry in catalog.entries():
            if entry.parent is not None:
                parent = seen[entry.parent]
                assert (parent.section, parent.row) == (entry.section, entry.row)
            seen[entry.id] = entry

    def test_children_carry_no_marks(self):
        for entry in catalog.entries():
            if entry.parent is not None:
                assert set(entry.marks.values()) == {None}

    def test_texts_are_there_and_trimmed(self):
        for entry in catalog.entries():
            for text in (entry.title, entry.provider, entry.summary, entry.audience, entry.table):
                assert text
                assert text == text.strip()

    def test_kinds_sections_and_sources_are_known(self):
        for entry in catalog.entries():
            assert entry.kind in catalog.KINDS
            assert entry.section in catalog.SECTIONS
            assert entry.source in catalog.SOURCES

    def test_see_also_goes_both_ways(self):
        for entry in catalog.entries():
            for other in entry.see_also:
                assert entry.id in catalog.get(other).see_also

    def test_our_own_words_use_the_right_terms(self):
        for entry in catalog.entries():
            for text in (entry.summary, entry.audience, entry.figures, entry.note):
                assert not AVOIDED_TERMS.search(text), f"{entry.id}: {text}"

    def test_it_cannot_be_changed(self):
        with pytest.raises(FrozenInstanceError):
            catalog.get("pr4").title = "Other"

    def test_it_can_be_cached_and_compared(self):
        entry = catalog.get("pr4")
        assert pickle.loads(pickle.dumps(entry)) == entry
        assert len(set(catalog.entries())) == len(catalog.entries())


class TestGet:
    def test_unknown_id_names_close_ones(self):
        with pytest.raises(catalog.UnknownEntryError, match=r"no entry 'PR4'.*pr4"):
            catalog.get("PR4")

    def test_unknown_id_without_a_close_one(self):
        with pytest.raises(LookupError, match=r"no entry 'zzzzzz'\.$"):
            catalog.get("zzzzzz")

    def test_children_are_the_direct_ones(self):
        assert ids(catalog.children("tt6-c")) == ["tt6-c1", "tt6-c2", "tt6-c3"]
        assert catalog.children("pr4") == ()

    def test_children_of_an_unknown_id(self):
        with pytest.raises(catalog.UnknownEntryError):
            catalog.children("tt60")


class TestFind:
    def test_no_filter_gives_everything(self):
        assert catalog.find() == catalog.entries()

    def test_all_marks_must_be_checked(self):
        found = ids(catalog.find(mark=["victimization", "juvenile", "outreach"]))
        assert found == ["tt5", "tt6", "pr6", "gp2", "gp3"]

    def test_marks_of_different_tables_never_meet(self):
        assert catalog.find(mark=["juvenile", "researcher"]) == ()

    def test_a_mark_filter_leaves_children_out(self):
        assert all(entry.parent is None for entry in catalog.find(mark="victimization"))

    def test_any_kind_will_do(self):
        assert ids(catalog.find(kind=["policy", "campaign"])) == [
            "pr5",
            "pr6",
            "gp9",
            "ojjdp18-prevention-month",
        ]

    def test_any_section_will_do(self):
        found = catalog.find(section=["non_federal", "resources_2018"], include_children=False)
        assert ids(found) == [
            "an1",
            "an2",
            "an3",
            "an4",
            "ojjdp18-model-programs-guide",
            "ojjdp18-survivor-services",
            "ojjdp18-minors-report",
        ]

    def test_provider_whatever_the_case(self):
        assert ids(catalog.find(provider="POLARIS", include_children=False)) == ["an4", "tt6"]

    def test_audience(self):
        assert ids(catalog.find(audience="high school")) == ["gp9"]

    def test_every_word_must_occur_in_any_of_the_texts(self):
        assert ids(catalog.find(words="26,041 missing")) == ["ojjdp18-ncmec"]
        assert ids(catalog.find(words="crimesolutions mentoring")) == ["pr4"]
        assert catalog.find(words="mentoring nowhere-to-be-found") == ()

    def test_words_whatever_the_case_accents_and_quotes(self):
        found = catalog.find(words="AMERICA'S schoóls")
        assert ids(found) == ["gp3"]
        assert catalog.find(words='"what i would miss"') == (catalog.get("gp9"),)

    def test_filters_narrow_each_other(self):
        found = catalog.find(kind="practice", mark="juvenile", words="school", audience="children")
        assert ids(found) == ["pr7"]

    def test_children_can_be_left_out(self):
        everything = catalog.find(include_children=False)
        assert all(entry.parent is None for entry in everything)
        assert "tt3" in ids(everything)

    @pytest.mark.parametrize("what", ["mark", "kind", "section"])
    def test_unknown_choice_names_the_allowed_ones(self, what):
        allowed = {"mark": "victimization", "kind": "task force", "section": "non_federal"}[what]
        with pytest.raises(ValueError, match=rf"Unknown {what} 'typo'\. Allowed: .*{allowed}"):
            catalog.find(**{what: "typo"})


class TestKinds:
    def test_candidates_and_supports(self):
        supports = {kind for kind in catalog.KINDS if not catalog.is_candidate_kind(kind)}
        assert supports == {"training", "agency", "publication"}

    def test_unknown_kind(self):
        with pytest.raises(ValueError, match="Unknown kind 'gadget'"):
            catalog.is_candidate_kind("gadget")


class TestAvailabilityQuestion:
    def test_it_always_names_the_year_and_asks(self):
        for entry in catalog.entries():
            question = catalog.availability_question(entry)
            assert question.startswith(f"Listed in {entry.year}. Is it still ")
            assert question.endswith("note the date.")

    def test_2018(self):
        question = catalog.availability_question(catalog.get("ojjdp18-mentoring"))
        assert question == (
            "Listed in 2018. Is it still offered here? Ask the provider and note the date."
        )


class TestToRows:
    def test_it_gives_back_the_file(self):
        with resource_path("data/catalog.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            assert catalog.to_rows(catalog.entries()) == list(reader)
            assert tuple(reader.fieldnames) == catalog.COLUMNS


def test_importing_it_loads_no_pandas():
    code = "import sys, mcda.catalog as c; c.entries(); sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
