"""The referrals of one family, the newest first."""

from visitapp.store.chronology import NAMED
from visitapp.store.referrals import AS_IT_IS
from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx


def newest(tx: Tx, actor: str, here: str, household: str, limit: int) -> list[Row]:
    """Referrals of a household as they are now, for who may see the family `here`: itself, or a later one that it was confirmed to be the
    past of."""
    return tx.all(
        f"""SELECT r.seq, r.id, r.household, r.submission, r.assessment, r.level, r.urgency, r.destination, r.receiving_team,
                   t.name AS team_name, j.at AS proposed_at
            FROM (SELECT {AS_IT_IS} FROM referral r WHERE r.household = :household) r JOIN {FAMILIES} h ON h.household = :here
            JOIN journal j ON j.seq = r.seq LEFT JOIN {NAMED} ORDER BY r.seq DESC LIMIT :limit""",
        actor=actor, here=here, household=household, limit=limit,
    )  # fmt: skip
