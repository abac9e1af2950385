"""Reflections: what a practitioner writes for themselves. Only its author reads it; no list, search, export or chronology has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.flow.family_fields import Said, load, words
from visitapp.problems import problem
from visitapp.store import reflections, scope, submissions
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


class _Reflection(Said):
    reflection = words("Write something, or leave this page.")


REFLECTION = _Reflection()


def write(w: Wired, actor: str, *, reflection: str, submission: str | None = None) -> None:
    """Keep a reflection, about a visit that its author may see or about none. Raises Problem with a field."""
    at, id = w.clock(), w.new_id()
    said = load(REFLECTION, {"reflection": reflection})

    def keep(tx: Tx) -> None:
        row = submissions.submission(tx, submission) if submission else None
        if submission and (row is None or not scope.may_see_family(tx, actor, row["household"])):
            raise problem("not_found")
        reflections.write(tx, id=id, author=actor, submission=submission, words=said["reflection"], at=at)

    w.writer.submit(keep)
