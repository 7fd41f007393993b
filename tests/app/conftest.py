"""The app as a visitor sees it, on a data folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from mcda.app import drafts
from mcda.app.state import State, store
from mcda.project import Project, Run
from mcda.project.templates import apply_template, example
from mcda.store import Store

MAIN = Path(__file__).parents[2] / "mcda" / "app" / "main.py"


@pytest.fixture(scope="session", autouse=True)
def _components_sought_once() -> Iterator[None]:
    """Seek Streamlit's components among all that is installed once, not for each ``AppTest``.

    It takes longer than most pages do; what is found is the same each time.
    """
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store in which nothing is kept yet; to make its tables takes a while."""
    file = tmp_path_factory.mktemp("store") / "bestfit.db"
    Store.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what a test saves in a folder of its own, and forget the store of the test before."""
    shutil.copy(empty_store, tmp_path)
    monkeypatch.setenv("BESTFIT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("BESTFIT_DATABASE_URL", raising=False)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch):
    """The browser that visits, which AppTest has none of: ``browser("another one")`` changes it."""

    def use(number: str | None) -> None:
        monkeypatch.setattr(drafts, "visitor", lambda: number)

    use("0123456789abcdef")
    return use


@pytest.fixture
def reload():
    """Reload the page as a browser does: ``reload(app)`` returns it in a session of its own."""

    def anew(app: AppTest) -> AppTest:
        fresh = AppTest.from_file(str(MAIN), default_timeout=30)
        for name, values in app.query_params.items():
            fresh.query_params[name] = values
        return fresh.run()

    return anew


@pytest.fixture
def open_app():
    """Open a project in the app: ``open_app(project)`` returns the app on its home page."""

    def opened(project: Project) -> AppTest:
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        app.query_params["project"] = store().create(project, "start").key
        return app.run()

    return opened


@pytest.fixture
def app(open_app) -> AppTest:
    """The app with the worked example open."""
    return open_app(example())


@pytest.fixture
def blank(open_app) -> AppTest:
    """The app with a new short-form project open."""
    return open_app(apply_template(Project.new("Which program first?"), "short"))


@pytest.fixture
def on_page():
    """Go to a page: ``on_page(app, "scores")``."""

    def go(app: AppTest, page: str) -> AppTest:
        return app.switch_page(f"views/{page}.py").run()

    return go


@pytest.fixture
def kept():
    """Read what is kept of the open project: ``kept(app)`` returns its latest run."""

    def read(app: AppTest) -> Run:
        here: State = app.session_state["bestfit"]
        assert here.saved is not None
        return store().get(here.saved.key).project.run()

    return read


@pytest.fixture
def problem():
    """Read the messages about what went wrong: ``problem(app)``."""

    def read(app: AppTest) -> str:
        return " ".join(error.value for error in app.error).replace("\\", "")

    return read


@pytest.fixture
def undo():
    """Take back the last edit and draw the page again: ``undo(app)``."""

    def take_back(app: AppTest) -> AppTest:
        here: State = app.session_state["bestfit"]
        assert here.saved is not None
        here.saved = store().undo(here.saved.key, here.saved.revision)
        return app.run()

    return take_back


@pytest.fixture
def edit_elsewhere():
    """Save a change as another tab would: ``edit_elsewhere(app, change)``."""

    def save(app: AppTest, change) -> None:
        here: State = app.session_state["bestfit"]
        assert here.saved is not None
        latest = store().get(here.saved.key)
        store().save(latest.key, change(latest.project), latest.revision, "elsewhere")

    return save
