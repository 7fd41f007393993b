"""The form that gives something kept beside the ranking another name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mcda.app.fields import Field
from mcda.app.form_drafts import thing
from mcda.app.forms import Form
from mcda.project import Project, Scenario, Weighting
from mcda.project.text import quoted

_NAME = ((Field("name", "New name"),),)

Renamed = Callable[[Project, str], Project]


def rename_form(item: Weighting | Scenario, what: str, page: str, renamed: Renamed) -> None:
    """Ask for another name.

    Args:
        item: what is renamed.
        what: what it is, such as "the weights of".
        page: the title of the page the form stands on.
        renamed: takes the project and the name that was typed.
    """
    name = item.name if isinstance(item, Weighting) else item.title
    form = Form(
        "-".join(("rename", *thing(item))),
        _NAME,
        {"name": name},
        about=f"the name of {what} {quoted(name)} ({page})",
        thing=thing(item),
    )
    form.show()
    label = f"name of {what} {quoted(name)}"
    form.buttons("Rename it", partial(_save, form, label, renamed), primary=False)


def _save(form: Form, label: str, renamed: Renamed) -> None:
    form.save(label, lambda decision, _typed: renamed(decision, str(form.values()["name"])))
