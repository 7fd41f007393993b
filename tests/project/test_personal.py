"""What in free text looks like one person, and what does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.project.personal import personal_signs, texts_of
from mcda.project.plan import Plan, Risk


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Write to jane.doe+x@school.example.org", "an e-mail address"),
        ("Call (555) 123-4567", "a phone number"),
        ("Call 555-123-4567.", "a phone number"),
        ("+1 555.123.4567", "a phone number"),
        ("SSN 123-45-6789", "a social security number"),
        ("DOB: 3/4/2011", "a date of birth"),
        ("born on March 4, 2011", "a date of birth"),
        ("date of birth 2011-03-04", "a date of birth"),
        ("Case No. 23-0815", "a case number"),
        ("docket number: JV-2023-11", "a case number"),
        ("case #4711", "a case number"),
        ("at 12 Old Mill Road", "a street address"),
        ("a girl named Ana", "one young person"),
        ("The student, called Ben, said", "one young person"),
        ("a 14-year-old boy", "one young person"),
        ("one 15 year old young person", "one young person"),
    ],
)
def test_what_looks_like_a_person_is_seen(text, sign):
    assert sign in personal_signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We served 140 young people in 2026, ages 11 to 17.",
        "34 U.S.C. 12291(b)(2), 28 CFR 22",
        "$1,250,000 over 3 years; 2027-03-31; 555 forms",
        "In case 3 partners leave, we meet.",
        "12 months after the first service",
        "Young people called for help. A program called Safe Harbor.",
        "National Center, section 3, row 5; WestCoast pilot (5,537 young people)",
        "Report 2 of 3: no file is kept.",
        "5 Ways to respond",
    ],
)
def test_plain_words_and_numbers_are_no_person(text):
    assert personal_signs(text) == ()


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert isinstance(personal_signs(text), tuple)


@pytest.mark.parametrize(
    "stretch", ["a" * 20_000, "1-" * 10_000, "1 A " * 5_000, "case no " * 2_500]
)
def test_the_longest_text_is_read_at_once(stretch):
    started = time.perf_counter()
    personal_signs(stretch)
    assert time.perf_counter() - started < 1


def test_texts_have_their_place():
    plan = Plan(risks=(Risk(id="r", name="Staff leave", response="Train two."),))
    assert ("Plan, Staff leave", "Train two.") in list(texts_of(plan, "Plan"))
