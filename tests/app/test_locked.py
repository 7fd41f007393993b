"""What stands above the pages of a selection that has been decided."""

from __future__ import annotations

from textwrap import dedent

import pytest
from streamlit.testing.v1 import AppTest

from mcda.app.state import store
from mcda.lifecycle import decide
from mcda.project import Project
from mcda.project.templates import example


@pytest.fixture
def shown(tmp_path):
    """``shown(page, project)`` is what the banner shows above a page: its words and its links."""

    def show(page: str, project: Project | None) -> tuple[str, list[str]]:
        script = f"""
            import streamlit as st
            from mcda.app.locked import banner
            from mcda.app.state import begin

            def here():
                begin()
                banner({page!r})

            st.navigation([st.Page(here, title="Here"), st.Page("views/decide.py")]).run()
        """
        (tmp_path / "script" / "views").mkdir(parents=True)
        (tmp_path / "script" / "views" / "decide.py").write_text("")
        main = tmp_path / "script" / "main.py"
        main.write_text(dedent(script))
        app = AppTest.from_file(str(main), default_timeout=30)
        if project is not None:
            app.query_params["project"] = store().create(project, "start").key
        app.run()
        assert not app.exception
        words = " ".join(h.proto.body for h in app.get("html"))
        return words, [link.proto.label for link in app.get("page_link")]

    return show


def decided(**changes: object) -> Project:
    return decide(example(), example().run().record.model_copy(update=changes))


def test_a_page_of_a_locked_selection_says_so_and_shows_the_way_on(shown):
    words, links = shown("scores", decided())
    assert "Decided on December 1, 2026 and locked: nothing on this page changes any more." in words
    assert links == ["See the decision, or select again from it"]


def test_without_a_day_it_says_no_day(shown):
    words, _ = shown("ranking", decided(decided_on=None, review_on=None))
    assert "Decided and locked" in words


@pytest.mark.parametrize("page", ["home", "overview", "diagnose", "decide", "implement"])
def test_pages_that_stay_open_say_nothing(shown, page):
    assert shown(page, decided()) == ("", [])


def test_a_draft_and_a_rerun_are_not_locked(shown):
    assert shown("scores", decided().rerun(None, "again", "Again")) == ("", [])


def test_without_a_project_there_is_nothing_to_say(shown):
    assert shown("scores", None) == ("", [])
