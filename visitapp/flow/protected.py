"""Whether an adult's address must be kept from somebody. It is said in confidence, so it is no measure and reaches no tablet, chart or
letter; what reaches them is that the address is not there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from visitapp.flow.reading import rows
from visitapp.store import submissions, visits
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.formlang import Form
    from visitapp.wiring import Wired

ADDRESS = "adult.address_protected"
MOST_VISITS = 1_000


def address_kept_back(w: Wired, tx: Tx, households: Iterable[str]) -> bool:
    """Whether any adult of these households said so, as far as each was asked last."""
    said: dict[str, bool] = {}
    for row in (row for household in households for row in visits.visits(tx, household, MOST_VISITS)):
        form = w.catalogue.form(row["form"], row["form_version"])
        asked = [id for id, (question, _) in form.placed.items() if question.measure == ADDRESS]
        if asked and (kept := submissions.submission(tx, row["submission"])):
            for person, value in _said(form, json.loads(kept["body"]), asked):
                said.setdefault(person, value)  # the newest visit comes first
    return any(said.values())


def _said(form: Form, body: dict[str, Any], asked: Iterable[str]) -> Iterator[tuple[str, bool]]:
    for id in asked:
        parent = form.placed[id][1]
        answers = body.get("answers")
        for row in rows(answers.get(parent)) if isinstance(answers, dict) and parent else ():
            answer = row["answers"].get(id)
            if isinstance(answer, dict) and isinstance(answer.get("value"), bool):
                yield str(row.get("person")), answer["value"]
