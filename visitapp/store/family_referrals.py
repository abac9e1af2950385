"""The referrals of one family, the newest first, with what happened to each and what is owed for it: three statements, however many."""

from collections.abc import Sequence
from typing import Any

from visitapp.store.chronology import NAMED, NAMED_THEN
from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx

_AS_SHOWN = (
    "r.seq, r.id, r.household, r.submission, r.assessment, r.level, r.urgency, r.destination, r.receiving_team, t.name AS team_name,"
    " j.at AS proposed_at"
)


def newest(tx: Tx, actor: str, here: str, household: str, limit: int) -> list[Row]:
    """Referrals of a household, for who may see the family `here`: itself, or a later one that it was confirmed to be the past of."""
    return tx.all(
        f"SELECT {_AS_SHOWN} FROM referral r JOIN {FAMILIES} h ON h.household = :here JOIN journal j ON j.seq = r.seq LEFT JOIN {NAMED}"
        " WHERE r.household = :household ORDER BY r.seq DESC LIMIT :limit",
        actor=actor, here=here, household=household, limit=limit,
    )  # fmt: skip


def events(tx: Tx, ids: Sequence[str]) -> list[Row]:
    """What happened to these referrals, in order; the caller has shown that the actor may see them."""
    among, values = _among(ids)
    return tx.all(
        "SELECT e.referral, e.event, e.detail, e.seq, j.at, w.name AS actor_name, t.name AS team_name FROM referral_event e"
        " JOIN referral r ON r.id = e.referral JOIN journal j ON j.seq = e.seq LEFT JOIN account_now w ON w.account = j.actor"
        f" LEFT JOIN {NAMED_THEN} WHERE e.referral IN ({among}) ORDER BY e.seq",
        **values,
    )


def duties(tx: Tx, ids: Sequence[str]) -> list[Row]:
    """What is owed for these referrals, soonest first; the caller has shown that the actor may see them."""
    among, values = _among(ids)
    return tx.all(
        "SELECT d.referral, d.kind, d.what, d.due_at, d.owner_account, o.name AS owner, d.owner_team FROM duty d"
        f" LEFT JOIN account_now o ON o.account = d.owner_account WHERE d.referral IN ({among}) ORDER BY d.due_at",
        **values,
    )


def _among(ids: Sequence[str]) -> tuple[str, dict[str, Any]]:
    values = {f"id{number}": id for number, id in enumerate(ids)}
    return ", ".join(f":{name}" for name in values), values
