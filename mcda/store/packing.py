"""How a version is kept: canonical text, and small differences from the version before."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib

from mcda.project.document import Project

MAX_TEXT = 20_000_000  # bytes, far past any project
_ENDS = struct.Struct(">II")
# zlib looks no further back than this.
_WINDOW = 32_768


class UnpackError(ValueError):
    """Packed bytes that cannot be turned back into the text they were made from."""


def canonical(project: Project) -> bytes:
    """Return the one text that stands for a project as kept; equal content, equal text.

    Every field is written, defaults too, so that the text is read back by later versions
    whose defaults differ.

    >>> project = Project.new("Elm")
    >>> Project.model_validate_json(canonical(project)) == project
    True
    """
    return canonical_json(project.model_dump(mode="json"))


def canonical_json(content: object) -> bytes:
    """Return plain JSON content as canonical text.

    >>> canonical_json({"b": [1.0, None], "a": "x"})
    b'{"a":"x","b":[1.0,null]}'
    """
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def fingerprint(text: bytes) -> str:
    """Return the SHA-256 of a canonical text, by which a kept version is proved unharmed."""
    return hashlib.sha256(text).hexdigest()


def pack(text: bytes) -> bytes:
    """Compress a text so that it can be read by itself.

    >>> unpack(pack(b"whole text"))
    b'whole text'
    """
    return zlib.compress(text)


def unpack(packed: bytes) -> bytes:
    """Return the text that ``pack`` was given; raises ``UnpackError``."""
    return _inflate(zlib.decompressobj(), packed)


def pack_change(text: bytes, previous: bytes) -> bytes:
    """Compress a text to what it takes to make it out of the previous one.

    The equal beginning and end are only counted; what is between them is compressed with
    the previous version's middle as dictionary.

    >>> old = b'{"score":3,"note":"from the survey of schools"}'
    >>> new = b'{"score":4,"note":"from the survey of schools"}'
    >>> len(pack_change(new, old)) < len(pack(new)) / 2
    True
    >>> unpack_change(pack_change(new, old), old) == new
    True
    """
    start = _common_start(text, previous)
    end = _common_start(text[start:][::-1], previous[start:][::-1])
    middle, old = text[start : len(text) - end], previous[start : len(previous) - end]
    squeeze = zlib.compressobj(wbits=-15, zdict=old[-_WINDOW:])
    return _ENDS.pack(start, end) + squeeze.compress(middle) + squeeze.flush()


def unpack_change(packed: bytes, previous: bytes) -> bytes:
    """Return the text ``pack_change`` was given; raises ``UnpackError``."""
    try:
        start, end = _ENDS.unpack_from(packed)
    except struct.error as error:
        raise UnpackError("the packed version is cut short") from error
    old = previous[start : len(previous) - end]
    inflate = zlib.decompressobj(wbits=-15, zdict=old[-_WINDOW:])
    middle = _inflate(inflate, packed[_ENDS.size :])
    return previous[:start] + middle + previous[len(previous) - end :]


def _inflate(inflate: zlib._Decompress, packed: bytes) -> bytes:
    try:
        text = inflate.decompress(packed, MAX_TEXT)
    except zlib.error as error:
        raise UnpackError("the packed version is broken") from error
    if not inflate.eof:
        raise UnpackError("the packed version is cut short")
    return text


def _common_start(first: bytes, second: bytes) -> int:
    """Count the bytes that two texts begin with alike, by halving."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
