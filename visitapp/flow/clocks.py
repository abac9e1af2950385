"""When something is due under the policy of a family's area. No number stands in the code: each clock is a setting with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.decide import due as decide
from visitapp.formlang import Policy
from visitapp.store import households
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


def policy(w: Wired, tx: Tx, household: str | None) -> Policy:
    """The clocks of the area in which a family lives; the standard for what is no family's or whose area has none of its own."""
    family = households.household(tx, household) if household else None
    return w.catalogue.policy_of(family["area"] if family else None)


def due(policy: Policy, setting: str, at: str) -> str:
    """The instant by which something is due, counted from `at` in the setting's own units. KeyError when the policy has no such setting."""
    return decide.due(policy.settings[setting], at, policy.holidays)


def same_day(policy: Policy, setting: str, at: str) -> str:
    """The same, and never past midnight in England."""
    return decide.same_day(policy.settings[setting], at, policy.holidays)
