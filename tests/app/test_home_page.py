"""Home: the ways to start, and the projects that are kept."""

from __future__ import annotations

import pytest

from mcda.app import server
from mcda.app.state import store
from mcda.project import Project
from mcda.project.templates import TWO_YEARS_ON, example


def heads(page) -> list[str]:
    return [h.value for h in page.header]


def test_without_a_project_other_pages_lead_home(open_app, on_page):
    app = open_app(example())
    app.session_state["bestfit"].saved = None
    app.query_params.clear()
    assert app.run().title[0].value == "What do you want to decide?"


def test_the_later_example_opens_at_its_evaluation(app):
    app.button(key="open-later").click().run()
    assert app.session_state["bestfit"].saved.project == example(TWO_YEARS_ON)
    assert app.title[0].value.startswith("Is it working")


def test_the_worked_example_opens_with_its_tour(app):
    app.button(key="open-example").click().run()
    assert app.session_state["bestfit"].saved.project == example()
    assert app.session_state["bestfit"].tour == 0


def test_a_project_without_a_title_is_not_started(app):
    count = len(store().projects())
    app.button(key="new-start").click().run()
    assert any("Write what is to be decided" in e.value for e in app.error)
    assert len(store().projects()) == count


def test_a_new_project_has_its_criteria_and_place(app):
    app.text_input(key="new-title-0").set_value("Which program for Oak?")
    app.text_input(key="new-place-0").set_value("Oak")
    app.radio(key="new-criteria-0").set_value("hexagon")
    app.button(key="new-start").click().run()
    project = app.session_state["bestfit"].saved.project
    assert (project.info.title, project.info.place) == ("Which program for Oak?", "Oak")
    assert len(project.run().evidence.criteria) == 6


def test_what_is_typed_for_a_new_project_outlives_a_reload_and_ends_with_its_start(app, reload):
    app.text_input(key="new-title-0").set_value("Which <b>program</b>? & more").run()
    app.text_input(key="new-place-0").set_value("Oak").run()
    app.radio(key="new-criteria-0").set_value("hexagon").run()
    again = reload(app)
    assert again.text_input(key="new-title-0").value == "Which <b>program</b>? & more"
    assert again.text_input(key="new-place-0").value == "Oak"
    assert again.radio(key="new-criteria-0").value == "hexagon"
    again.button(key="new-start").click().run()
    assert again.session_state["bestfit"].saved.project.info.place == "Oak"
    assert not [name for name in again.query_params if name.startswith("new-")]
    again.switch_page("views/home.py").run()
    assert again.text_input(key="new-title-1").value == ""


def test_a_half_typed_name_outlives_a_reload(app, reload):
    named(app, "Where?").set_value("Oak").run()
    again = reload(app)
    assert named(again, "Where?").value == "Oak"
    next(b for b in again.button if b.label == "Rename it").click().run()
    assert again.session_state["bestfit"].saved.project.info.place == "Oak"
    assert named(reload(again), "Where?").value == "Oak"
    assert not again.success


def test_on_a_host_nobodys_projects_are_listed(app, monkeypatch):
    monkeypatch.setattr(server, "serves_this_machine_only", lambda: False)
    assert "Recent projects" not in heads(app.run())


def test_on_ones_own_machine_recent_projects_open(app, monkeypatch):
    monkeypatch.setattr(server, "serves_this_machine_only", lambda: True)
    other = store().create(Project.new("Another one"))
    app.run()
    app.button(key=f"recent-{other.key}").click().run()
    assert app.session_state["bestfit"].saved.key == other.key


def ways(page) -> list[str]:
    own = (
        "Recent projects",
        "Start your own",
        "Start from the catalogue",
        "See the worked example",
    )
    return [head for head in heads(page) if head in own]


def test_recent_projects_come_first_with_their_place_and_phase(app, monkeypatch):
    monkeypatch.setattr(server, "serves_this_machine_only", lambda: True)
    assert ways(app.run())[:2] == ["Recent projects", "Start your own"]
    key = app.session_state["bestfit"].saved.key
    label = app.button(key=f"recent-{key}").label
    assert " · Elm County (fictional) · at Select · changed " in label


def test_somebody_new_sees_the_example_first(app, monkeypatch):
    monkeypatch.setattr(server, "serves_this_machine_only", lambda: True)
    app.run().button(key=f"delete-{app.session_state['bestfit'].saved.key}").click().run()
    assert ways(app)[:2] == ["See the worked example", "Start your own"]


def test_a_deleted_project_can_be_brought_back(app, monkeypatch):
    monkeypatch.setattr(server, "serves_this_machine_only", lambda: True)
    other = store().create(Project.new("Another one"))
    app.run()
    app.button(key=f"delete-{other.key}").click().run()
    assert [p.key for p in store().projects()] != [other.key]
    assert other.key in {p.key for p in store().deleted()}
    app.button(key="undelete").click().run()
    assert other.key in {p.key for p in store().projects()}


def test_deleting_the_open_project_closes_it(app, monkeypatch):
    monkeypatch.setattr(server, "serves_this_machine_only", lambda: True)
    app.run()
    key = app.session_state["bestfit"].saved.key
    app.button(key=f"delete-{key}").click().run()
    assert app.session_state["bestfit"].saved is None


def test_the_catalogue_is_a_way_to_start(app):
    before = app.session_state["bestfit"].saved.key
    app.button(key="open-catalogue").click().run()
    saved = app.session_state["bestfit"].saved
    assert saved.key != before
    assert app.title[0].value == "Which programs could you choose?"
    assert "Catalogue" in heads(app)
    assert len(saved.project.run().evidence.criteria) == 8


def named(app, label):
    """The field of the project that is open, which stands before that of a new one."""
    return next(t for t in app.text_input if t.label == label)


def test_the_open_project_is_renamed(app):
    named(app, "What is to be decided?").set_value("Which first for Oak?")
    named(app, "Where?").set_value(" Oak ")
    next(b for b in app.button if b.label == "Rename it").click().run()
    saved = app.session_state["bestfit"].saved
    assert (saved.project.info.title, saved.project.info.place) == ("Which first for Oak?", "Oak")
    assert saved.can_undo == "name of the project"
    assert named(app, "What is to be decided?").value == "Which first for Oak?"


def test_a_project_is_not_renamed_to_nothing(app, problem):
    named(app, "What is to be decided?").set_value("  ")
    next(b for b in app.button if b.label == "Rename it").click().run()
    assert "Title: a name is needed here." in problem(app)
    assert app.session_state["bestfit"].saved.project == example()


def tour(app):
    return [b.label for b in app.button if b.key in ("tour-next", "tour-end")]


def test_the_tour_goes_on_after_a_reload(app, reload, on_page):
    app.button(key="open-example").click().run()
    app.button(key="tour-next").click().run()
    assert "2" in app.query_params["tour"]
    again = on_page(reload(app), "programs")
    assert tour(again) == ["Next stop", "End the tour"]
    again.button(key="tour-end").click().run()
    assert "tour" not in again.query_params
    assert tour(on_page(reload(again), "programs")) == []


def test_off_its_way_the_tour_is_paused_and_leads_back(app, on_page):
    app.button(key="open-example").click().run()
    on_page(app, "criteria")
    assert tour(app) == ["End the tour"]
    assert any("Tour paused at 1 of 8." in m.value for m in app.markdown)
    app.button(key="tour-on").click().run()
    assert tour(app) == ["Next stop", "End the tour"]
    on_page(app, "criteria").button(key="tour-end").click().run()
    assert not any("Tour paused" in m.value for m in app.markdown)


def test_the_tour_goes_on_to_how_firm_and_what_if(app):
    app.button(key="open-example").click().run()
    seen = []
    while "tour-next" in {b.key for b in app.button}:
        app.button(key="tour-next").click().run()
        seen.append(app.title[0].value)
    assert seen[-2:] == ["Can we stand by this ranking?", "What if something were different?"]


@pytest.mark.parametrize("stop", ["0", "9", "-1", "x", "2" * 5000, "²"])
def test_an_address_without_such_a_stop_has_no_tour(app, reload, stop):
    app.query_params["tour"] = stop
    again = reload(app)
    assert again.session_state["bestfit"].tour is None
    assert "tour" not in again.query_params
