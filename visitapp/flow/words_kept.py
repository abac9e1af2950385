"""Says once of each form which of its questions are answered in somebody's own words, for the search in notes (`store/notes.py`): the store
knows no forms, and only the form knows what is kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.flow.refer import SERVICE
from visitapp.formlang import Form
from visitapp.store import notes
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.formlang import Catalogue
    from visitapp.store.engine import Engine


def say_form(tx: Tx, form: Form, at: str) -> None:
    """Keep it of one form, unless it is known: before the first visit on it is read."""
    if not notes.knows_form(tx, form.name, form.version):
        texts = {id: _apart(form, id) for id, (question, _) in form.placed.items() if question.kind == "text"}
        plain, apart = ([id for id, kept in texts.items() if kept is wanted] for wanted in (False, True))
        notes.add_form(tx, form=form.name, form_version=form.version, plain=plain, apart=apart, at=at, actor=SERVICE)


def say_forms(engine: Engine, catalogue: Catalogue, at: str) -> None:
    """Keep it of every form, for a database that is older than the search."""
    with engine.write() as tx:
        for form in catalogue.forms:
            say_form(tx, form, at)


def _apart(form: Form, id: str) -> bool:
    """Whether the question, or any row that it stands in, is confidential."""
    question, parent = form.placed[id]
    return question.confidential or bool(parent and _apart(form, parent))
