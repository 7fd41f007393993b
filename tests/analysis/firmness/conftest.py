"""People's weightings, and the reading grade of a text."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="session", name="person")
def person_fixture(points):
    def person(weights, code):
        given = points(weights, code)
        return given.model_copy(update={"person": code, "name": f"Person {code}"})

    return person


@pytest.fixture(scope="session", name="grade")
def grade_fixture():
    return grade


def grade(text: str) -> float:
    """Return the U.S. school grade a text asks for, by Flesch and Kincaid.

    0.39 words a sentence + 11.8 syllables a word - 15.59; a number counts as one syllable a
    figure, at most three.

    Kincaid, J., Fishburne, R., Rogers, R., Chissom, B. (1975). Derivation of new readability
    formulas for Navy enlisted personnel. Naval Technical Training Command, report 8-75.

    >>> round(grade("The cat sat on the mat."), 2)
    -1.45
    """
    sentences = max(1, len(re.findall(r"[.?!](?=\s|$)", text)))
    words = re.findall(r"[A-Za-z][A-Za-z'-]*|\d[\d,.]*", text)
    count = sum(map(syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * count / len(words) - 15.59


def syllables(word: str) -> int:
    """Count the groups of vowels, less a silent end.

    >>> [syllables(word) for word in ("the", "weighting", "came", "table", "looked", "ended")]
    [1, 2, 1, 2, 1, 2]
    """
    if word[0].isdigit():
        return min(3, sum(c.isdigit() for c in word))
    bare = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", bare))
    silent = re.search(r"[^aeiouy]e$", bare) and not re.search(r"[^aeiouyl]le$", bare)
    muted = re.search(r"[^aeiouytd]ed$", bare) or re.search(r"[^aeioucgszx]es$", bare)
    return max(1, groups - bool(silent or muted))
