"""Files that were once good, with something in them changed: what fuzz tests feed the readers."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

TOKENS = (
    *(b"", b"\x00", b"\xff\xfe", b'"', b"'", b"{", b"}", b"[", b"]", b"<", b">", b"&#0;"),
    *(b"null", b"true", b"NaN", b"1e999", b"-1", b"99999999999999999999", b"\\u0000", b"\\ud800"),
    *(b"<template>", b"</template>", b"endobj", b"stream", b"/Type", b"%%EOF"),
    *(b"\n" * 50, b"[" * 2000),
)
VALUES = (
    *(None, True, 0, -1, 1, 0.5, 1e308, -1e308, 5e-324, 10**30),
    *("", " ", "x", "x" * 3000, "\u202e<b>", "=1+1", "\x00", "2026-02-30", "2026-11-22"),
    *([], {}, [[]], ["x", "x"], {"kind": "exact"}, {"kind": "unknown"}),
)


@st.composite
def changed_bytes(draw: st.DrawFn, good: bytes) -> bytes:
    """Draw a file with up to four spans of it replaced."""
    data = good
    for _ in range(draw(st.integers(1, 4))):
        start = int(draw(st.floats(0, 1)) * len(data))
        length = draw(st.sampled_from((0, 1, 2, 8, 100, 5000)))
        token = draw(st.sampled_from(TOKENS) | st.binary(max_size=8))
        data = data[:start] + token + data[start + length :]
    return data


@st.composite
def changed_json(draw: st.DrawFn, good: dict[str, Any]) -> bytes:
    """Draw a document with up to three values replaced, left out, repeated or exchanged."""
    document = copy.deepcopy(good)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(document))
        if not places:
            break
        holder, key = places[int(draw(st.floats(0, 1, exclude_max=True)) * len(places))]
        match draw(st.sampled_from(("value", "other", "out", "twice"))):
            case "value":
                # A copy: what is changed in it later must not be there in the next example.
                holder[key] = copy.deepcopy(draw(st.sampled_from(VALUES)))
            case "other":
                other, place = places[int(draw(st.floats(0, 1, exclude_max=True)) * len(places))]
                holder[key] = copy.deepcopy(other[place])
            case "out":
                del holder[key]
            case "twice" if isinstance(holder, list):
                holder.insert(key, copy.deepcopy(holder[key]))
    return json.dumps(document).encode()


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each place in a document that holds a value, as its holder and the key there."""
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        yield node, key
        yield from _places(node[key])
