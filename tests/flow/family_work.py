"""Plans and duties written shortly, as case notes; and the forms of the house with duties of the test's own."""

from dataclasses import replace
from typing import Any

import pytest

from tests.flow.notes import SAFE_NIGHT, child
from tests.flow.world import Family, World
from visitapp.domain.duties import OF_STAFF
from visitapp.flow import plans
from visitapp.formlang.model import Duty, Form
from visitapp.problems import Problem
from visitapp.store.duties import of_household

POLICE: dict[str, Any] = {"what": "Call the police for a welfare check", "owner": "Duty social worker", "hours": 4}
PROTECT: dict[str, Any] = {"what": "Start child protection steps", "owner": "Team manager", "hours": 24}
DISCUSS: dict[str, Any] = {"what": "Ask for a strategy discussion", "owner": "Health visitor", "hours": 2, "after_declined": True}

HOSTILE = {
    "markup": '<img src=x onerror=alert(1)> & "quotes" -- ; DROP TABLE plan; {child} %s :x \\',
    "emoji": "👩🏽‍🍼👶🏿",
    "right_to_left": "\u202eשלום\u202c محمد",
    "long": "ż" * 10_000,
    "lines": "one\r\ntwo\u2028three\ttab",
}
TOO_LONG = "x" * 10_001


def agree(world: World, family: Family, *actions: dict[str, Any], who: str = "hv", **said: Any) -> str:
    """An agreed plan: what the police do where entry is refused, unless the test says otherwise."""
    plain: dict[str, Any] = {
        "source": "child_protection", "agreed_on": "2026-11-01", "agreed_by": "Both parents and the core group",
        "trigger_kind": "refused_entry", "trigger_words": "they refuse entry", "actions": list(actions) or [POLICE, PROTECT],
    }  # fmt: skip
    return plans.agree(world.w, world.who[who], family.household, **(plain | said))


def refused(family: Family, on: str = "2026-11-22", **how: Any) -> str:
    return family.not_let_in("refused_at_door", on=on, **how)


def seen(family: Family, on: str = "2026-11-22", **how: Any) -> str:
    """A good visit: let in, the baby seen awake, a safe night."""
    return family.visit(family.child(SAFE_NIGHT), on=on, **how)


def unseen(family: Family, on: str = "2026-11-22", **how: Any) -> str:
    return family.visit({"children": [child(family.people["Ava"], SAFE_NIGHT, seen="not_seen")]}, on=on, **how)


def owed(world: World, family: Family, kind: str = "") -> list[dict[str, Any]]:
    """What is open for the family now, soonest first: all of a kind, or all but referrals and what is owed to staff."""
    with world.w.engine.read() as tx:
        rows = of_household(tx, family.household)
    return [row for row in rows if row["referral"] is None and (row["kind"] == kind if kind else row["kind"] not in OF_STAFF)]


def counted(world: World, family: Family) -> list[str]:
    with world.w.engine.read() as tx:
        return [one.counted for one in plans.progress_of(tx, family.household)]


def problem_of(act: Any, *arguments: Any, **said: Any) -> str | None:
    """The field that a problem names; its message says what to do."""
    with pytest.raises(Problem) as problem:
        act(*arguments, **said)
    assert len(problem.value.message) > 10
    return problem.value.field


def calling_for(world: World, **duties: list[Duty]) -> None:
    """From here on the findings of these codes call for these duties, and no other does."""

    def with_duties(form: Form) -> Form:
        return replace(form, findings=tuple(replace(rule, duties=tuple(duties.get(rule.code, ()))) for rule in form.findings))

    forms = tuple(with_duties(form) for form in world.w.catalogue.forms)
    world.w = replace(world.w, catalogue=replace(world.w.catalogue, forms=forms))
