"""What is typed and not saved yet, kept so that it outlives a reload of the page.

It is kept in the store beside the project, under the number that the browser was given: only that
browser, with the project's link, gets it back. No drawing here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from mcda.app.server import VISITOR_COOKIE
from mcda.app.state import project_key, state, store
from mcda.store import StoreError

_SESSION = "drafts"
_NUMBER = re.compile(r"[A-Za-z0-9_-]{16,64}")
_log = logging.getLogger(__name__)


@dataclass
class _Kept:
    """What is kept for this browser in one project, as this session knows it."""

    project: str
    texts: dict[str, str] = field(default_factory=dict)


def visitor() -> str | None:
    """Return the number of this browser; None where it takes no cookies."""
    number = st.context.cookies.get(VISITOR_COOKIE, "")
    return number if _NUMBER.fullmatch(number) else None


def kept(kind: str) -> dict[str, str]:
    """Return the drafts of a kind in the open project, by place."""
    start = f"{kind}/"
    return {
        place.removeprefix(start): text
        for place, text in _kept().texts.items()
        if place.startswith(start)
    }


def keep(kind: str, texts: Mapping[str, str]) -> None:
    """Make these the drafts of a kind, by place: what is not among them is forgotten.

    Drafts that another window of the same browser has kept meanwhile stay. A store that takes no
    drafts just now is tried again the next time; what is typed stays in the page all the while.
    """
    before = kept(kind)
    changes: dict[str, str | None] = {
        **dict.fromkeys(before.keys() - texts.keys()),
        **{place: text for place, text in texts.items() if before.get(place) != text},
    }
    here, owner, saved = _kept(), visitor(), state().saved
    if not changes or saved is None:
        return
    placed = {f"{kind}/{place}": text for place, text in changes.items()}
    try:
        if owner is not None:
            store().keep_drafts(saved.key, owner, placed)
    except StoreError as error:
        _log.warning("drafts are not kept: %s", error)
        return
    here.texts = {
        place: text for place, text in {**here.texts, **placed}.items() if text is not None
    }


def _kept() -> _Kept:
    """Return what is kept, read once for each project that is opened."""
    key = project_key()
    found = st.session_state.get(_SESSION)
    if not isinstance(found, _Kept) or found.project != key:
        found = st.session_state[_SESSION] = _Kept(key, _read(key))
    return found


def _read(key: str) -> dict[str, str]:
    owner = visitor()
    if not key or owner is None:
        return {}
    try:
        return store().drafts(key, owner)
    except StoreError as error:
        _log.warning("drafts cannot be read: %s", error)
        return {}
