"""What is plainly right is right: the short way never lets through what the schema would not."""

import copy
import json
from random import Random
from typing import Any

import pytest

from tests.decide.chance import SEED, chance_body
from visitapp.formlang import Catalogue
from visitapp.formlang.plain import plainly_right
from visitapp.formlang.schema import _schema, _too_late

ROUNDS = 300


def whole(form: Any, answers: Any) -> dict[str, Any]:
    return {
        "v": 1, "household": "h", "form": form.name, "form_version": form.version, "occurred_on": "2026-11-22", "answers": answers,
        "calls": [], "unasked_reasons": [],
    }  # fmt: skip


def right(form: Any, body: Any) -> bool:
    return not _schema(form).validate(body) and not list(_too_late(form, body))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_plainly_right_is_right(catalogue: Catalogue, seed: int) -> None:
    random = Random(SEED + seed)
    agreed = 0
    for _ in range(ROUNDS):
        form = random.choice(catalogue.forms)
        made = chance_body(random, form)
        body = whole(form, made.get("answers") if isinstance(made, dict) else made)
        if random.random() < 0.3:
            bend(random, body)
        if plainly_right(form, body):
            agreed += 1
            assert right(form, body), json.dumps(body)[:2000]
    assert agreed > 0


def bend(random: Random, body: dict[str, Any]) -> None:
    """One part of the body becomes something else, or goes, or is one too many."""
    part = random.choice([*body, "more"])
    body[part] = random.choice([None, [], {}, "", 1, 2, True, "2026-02-30", [{}], {"rows": []}, 1.0])
    if random.random() < 0.3:
        body.pop(part)


def test_a_visit_as_a_tablet_writes_it_is_plainly_right(catalogue: Catalogue) -> None:
    form = catalogue.current("home_visit")
    carried = next(question for question, parent in form.placed.values() if question.carry and parent is None and question.kind == "choice")
    said = {"value": carried.options[0].code, "since": "2026-01-05"} | ({"known": carried.known[0]} if carried.known else {})
    body = whole(form, {carried.id: said, "outcome": {"value": "completed"}})
    assert plainly_right(form, body)
    for wrong in ({"since": "2026-11-23"}, {"since": "soon"}, {"value": "nothing of the kind"}, {"more": 1}):
        bent = copy.deepcopy(body)
        bent["answers"][carried.id] |= wrong
        assert not plainly_right(form, bent)
        assert not right(form, bent)
