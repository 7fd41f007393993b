"""Texts come back exactly, however they are packed; broken bytes are refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcda.project.document import Project
from mcda.store.packing import (
    UnpackError,
    canonical,
    fingerprint,
    pack,
    pack_change,
    unpack,
    unpack_change,
)

# Few letters, so that texts have much in common.
TEXTS = st.lists(st.sampled_from([b"a", b"b", b"ab", b"aaaa"]), max_size=40).map(b"".join)


@given(text=TEXTS, previous=TEXTS)
def test_a_change_leads_back_to_the_text(text, previous):
    assert unpack_change(pack_change(text, previous), previous) == text


@given(text=st.binary(max_size=200))
def test_a_whole_text_comes_back(text):
    assert unpack(pack(text)) == text


def test_a_long_text_with_changes_at_both_ends_comes_back():
    previous = b"first" + bytes(range(256)) * 800 + b"last"
    text = b"other" + bytes(range(256)) * 800 + b"end"
    assert unpack_change(pack_change(text, previous), previous) == text


@given(packed=st.binary(max_size=60), previous=TEXTS)
def test_any_bytes_are_unpacked_or_refused(packed, previous):
    for read in (lambda: unpack(packed), lambda: unpack_change(packed, previous)):
        with suppress(UnpackError):
            assert isinstance(read(), bytes)


def test_cut_bytes_are_refused():
    with pytest.raises(UnpackError):
        unpack(pack(b"some text")[:-3])
    with pytest.raises(UnpackError):
        unpack_change(pack_change(b"some text", b"another")[:-1], b"another")
    with pytest.raises(UnpackError):
        unpack_change(b"\x00\x00", b"another")


def test_the_text_of_a_project_reads_back_and_equal_content_has_equal_text():
    project = Project.new("Écoles 🙂")
    text = canonical(project)
    again = Project.model_validate_json(text)
    assert again == project
    assert canonical(again) == text
    assert canonical(Project.new("Écoles")) != text


def test_the_fingerprint_is_the_sha256_of_the_text():
    # FIPS 180-2, appendix B.1: the digest of "abc".
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert fingerprint(b"abc") == digest
