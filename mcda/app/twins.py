"""One number with a slider and a box, each following the other."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass
class Twin:
    """A number that a slider and a box both show.

    The widget that is being moved keeps its key; the other one gets a new key and starts from
    the new number. Nothing is ever written into a widget that exists: a run that is cut short
    by the next move would leave the browser with the old number, and its next message would
    bring that back.
    """

    key: str
    number: float | None
    slid: int = 0
    typed: int = 0

    @property
    def slider_key(self) -> str:
        """The key of the slider, another one after each number typed in the box."""
        return f"{self.key}-slider-{self.typed}"

    @property
    def box_key(self) -> str:
        """The key of the box, another one after each move of the slider."""
        return f"{self.key}-box-{self.slid}"

    def slide(self, number: float | None) -> None:
        """Take a number from the slider."""
        self.number = number
        self.slid += 1

    def type(self, number: float | None) -> None:
        """Take a number from the box."""
        self.number = number
        self.typed += 1

    def slid_to(self, key: str, number: float | None) -> bool:
        """Take a slider's message; say whether it was news.

        A slider that has been replaced, or says what is known, is no longer heard.
        """
        if key != self.slider_key or number == self.number:
            return False
        self.slide(number)
        return True

    def typed_in(self, key: str, number: float | None) -> bool:
        """Take a box's message; say whether it was news, as for the slider."""
        if key != self.box_key or number == self.number:
            return False
        self.type(number)
        return True

    def follow(self, number: float | None) -> None:
        """Show a number that was changed elsewhere."""
        if number != self.number:
            self.slide(number)
            self.type(number)


def twin(key: str, start: float | None) -> Twin:
    """Return the twin with this key, made with the start on the first call of a session."""
    found = st.session_state.get(key)
    if not isinstance(found, Twin):
        found = st.session_state[key] = Twin(key, start)
    return found
