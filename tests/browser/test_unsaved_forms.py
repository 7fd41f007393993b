"""What is typed in a form and not saved outlives a reload of the page, and a killed server."""

import signal
from collections.abc import Callable
from dataclasses import dataclass

import pytest

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Case:
    """A form: how to come to it, what is typed in it, and how it is named."""

    show: Callable
    fields: dict[str, str]
    about: str
    role: str = "textbox"


def programs(me):
    me.go("Programs")
    return me.open("Add a program of your own")


def criteria(me):
    me.go("Criteria")
    return me.open("Add a criterion")


def verdicts(me):
    me.go("Scores")
    me.tick("Must-haves")
    return me.page


def milestones(me):
    me.go("Implement")
    return me.page


def factors(me):
    me.go("Diagnose")
    me.tick("Factors")
    return me.page


CASES = {
    "program": Case(
        programs,
        {"Name": "Safe home", "What it is": "Six beds.\nOpen at night."},
        "a program of your own (Programs)",
    ),
    "criterion": Case(
        criteria,
        {"Worst that could be chosen": "12", "Best that could be chosen": "3"},
        "a new criterion (Criteria)",
        "spinbutton",
    ),
    "verdicts": Case(
        verdicts,
        {
            "Reason: Short-stay safe home": "Two beds cost as much.",
            "Source of these passes": "Budget office",
        },
        "the verdicts on “Within the money we have” (Scores, Must-haves)",
    ),
    "plan item": Case(
        milestones,
        {"What is to be reached": "The advocate is hired", "Who sees to it": "Director"},
        "a new milestone (Implement)",
    ),
    "diagnosis item": Case(
        factors,
        {
            "The factor, in one line": "Nobody asks at intake",
            "How do we know? Totals, reports, meetings": "Survey, 2026",
        },
        "a new factor (Diagnose)",
    ),
}


def shown(me, case: Case) -> dict[str, str]:
    """Come to the form and return what stands in its fields."""
    place = case.show(me)
    boxes = {
        label: place.get_by_role(case.role, name=label, exact=True).first for label in case.fields
    }
    return {label: box.input_value() for label, box in boxes.items()}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_typed_outlives_a_reload_and_a_killed_server(me, own_server, case):
    me.visit(own_server.url)
    me.press("Open the worked example")
    me.press("End the tour")
    place = case.show(me)
    for label, text in case.fields.items():
        me.fill(label, text, place, case.role)
    me.see("1 form not saved yet")

    me.page.reload()
    me.idle()
    me.see(f"Brought back, typed before and not saved yet: {case.about}.")
    assert shown(me, case) == case.fields

    own_server.end(signal.SIGKILL)
    own_server.start()
    me.page.reload()
    me.idle()
    me.see("1 form not saved yet")
    assert shown(me, case) == case.fields

    me.press("Cancel")
    me.page.reload()
    me.idle()
    assert not me.page.get_by_text("not saved yet").count()
