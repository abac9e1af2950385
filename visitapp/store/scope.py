"""Who may see which family, as conditions that stand inside the queries: a screen cannot forget what the database decides.

Each fragment is put after WHERE or AND and needs the parameter `:actor`, an account's id.
"""

from visitapp.store.tx import Tx

FAMILY = (
    "household_now.team = (SELECT actor.team FROM account_now actor WHERE actor.account = :actor"
    " AND actor.role IN ('health_visitor', 'midwife', 'nursery_nurse', 'supervisor'))"
)
"""Visiting staff and supervisors: the families whose named practitioner is in their own team. For queries that read `household_now`."""

REFERRAL_RECEIVED = (
    "referral.receiving_team = (SELECT actor.receiving_team FROM account_now actor WHERE actor.account = :actor"
    " AND actor.role = 'social_care')"
    " AND EXISTS (SELECT 1 FROM referral_event delivered WHERE delivered.referral = referral.id AND delivered.event = 'delivered')"
)
"""Social care: referrals addressed to their receiving team, once they have been delivered. For queries that read `referral`."""


def may_see_family(tx: Tx, actor: str, household: str) -> bool:
    """Whether this account may see this family now. An administrator sees none."""
    found = tx.one(f"SELECT 1 AS seen FROM household_now WHERE household = :household AND {FAMILY}", actor=actor, household=household)
    return found is not None
