"""Who may see which family, as conditions that stand inside the queries: a screen cannot forget what the database decides.

Each fragment is put after WHERE or AND and needs the parameter `:actor`, an account's id.
"""

from visitapp.store.tx import Tx

FAMILY = (
    "household_now.team = (SELECT actor.team FROM account_now actor WHERE actor.account = :actor"
    " AND actor.role IN ('health_visitor', 'midwife', 'nursery_nurse', 'student', 'supervisor'))"
)
"""Visiting staff and supervisors: the families whose named practitioner is in their own team. For queries that read `household_now`."""


MUST_ANSWER = "{row}.place = 'receiver' AND ({row}.number = 1 OR {row}.answers = 1)"
"""A recipient `{row}` who must answer: the receiver of the referral itself, or of an update that asks for it again."""


def as_raised(referral: str, what: str) -> str:
    """The level, urgency or destination of a referral as a later visit raised it, else as it was proposed, as an expression over its row
    under that name."""
    newest = f"FROM referral_raised up WHERE up.referral = {referral}.id ORDER BY up.seq DESC LIMIT 1"
    return f"coalesce((SELECT up.{what} {newest}), {referral}.{what})"


def stands(record: str) -> str:
    """The record that one is part of now, or itself, as an expression over the column that holds its id: what belongs to a record that was
    joined to another stands with the whole, and with its own again when the joining is taken back."""
    return f"coalesce((SELECT part.joined_to FROM household_now part WHERE part.household = {record}), {record})"


def receiver(referral: str, until: str = "") -> str:
    """The team that a referral is with, as an expression over its row under that name: that of whoever must answer it, which is none of the
    directory's where it went to somebody by name; before it was sent, the team that it was proposed to. `until` names a row of an event,
    for the team that it was with then."""
    then = f" AND has.seq < {until}.seq" if until else ""
    whom = f"FROM recipient has WHERE has.referral = {referral}.id AND {MUST_ANSWER.format(row='has')}{then}"
    return (
        f"CASE WHEN EXISTS (SELECT 1 {whom}) THEN (SELECT has.receiving_team {whom} ORDER BY has.seq DESC LIMIT 1)"
        f" ELSE {referral}.receiving_team END"
    )


_THEIRS = "(SELECT actor.receiving_team FROM account_now actor WHERE actor.account = :actor AND actor.role = 'social_care')"
REFERRAL_RECEIVED = (
    f"referral.id IN (SELECT first.id FROM referral first WHERE first.receiving_team = {_THEIRS}"
    f" UNION SELECT named.referral FROM recipient named WHERE named.receiving_team = {_THEIRS})"
    f" AND {receiver('referral')} = {_THEIRS}"
    " AND EXISTS (SELECT 1 FROM referral_event delivered WHERE delivered.referral = referral.id AND delivered.event = 'delivered'"
    f" AND {receiver('referral', 'delivered')} = {_THEIRS} AND NOT EXISTS (SELECT 1 FROM referral_event gone"
    " WHERE gone.referral = referral.id AND gone.event = 'sent_on' AND gone.seq > delivered.seq))"
)
"""Social care: referrals that are with their receiving team, once they have been delivered to it. One that they gave back and that was
sent on since is no more theirs to read. For queries that read `referral`."""


def may_see_family(tx: Tx, actor: str, household: str) -> bool:
    """Whether this account may see this family now. An administrator sees none."""
    found = tx.one(f"SELECT 1 AS seen FROM household_now WHERE household = :household AND {FAMILY}", actor=actor, household=household)
    return found is not None
