"""Whether another team's record is of the same family: what was asked, what was answered, and what waits. A record of another team is in no
row that whoever asked may read; who answers reads the asking side through `asked`, and their own record as always."""

from visitapp.store.derivation import Derivation, column
from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx

_LEAD = "(SELECT me.team FROM account_now me WHERE me.account = :actor AND me.role = 'supervisor')"
_TEAM = "team t ON t.seq = (SELECT max(x.seq) FROM team x WHERE x.id = {0})"


def ask(
    tx: Tx, *, id: str, household: str, to_team: str, other: str | None, nhs_number: str | None, words: str, goes_on: str, at: str,
    actor: str,
) -> int:  # fmt: skip
    """A team asks another. `other`: the record of theirs that an NHS number led to."""
    return tx.append(
        "join_asked", at=at, actor=actor, household=household, id=id, to_team=to_team, other=other, nhs_number=nhs_number, words=words,
        goes_on=goes_on,
    )  # fmt: skip


def answer(tx: Tx, *, asked: str, household: str, how: str, reason: str, joined: str | None, at: str, actor: str) -> int | None:
    """How it ended (`domain.joins.ENDS`); None when that was said before."""
    return tx.append_new("join_answered", at=at, actor=actor, household=household, asked=asked, how=how, reason=reason, joined=joined)


def carriers(tx: Tx, nhs_numbers: list[str], team: str, but: str) -> list[str]:
    """The records of a team, other than one, to which somebody with one of these NHS numbers belongs now. For asking alone: nothing of it
    is shown to whoever asks."""
    found = []
    for number in nhs_numbers:
        found += tx.all(
            "SELECT m.household FROM person_now p JOIN member_now m ON m.person = p.person"
            " JOIN household_now h ON h.household = m.household"
            " WHERE p.nhs_number = :number AND h.team = :team AND h.household <> :but ORDER BY m.household",
            number=number, team=team, but=but,
        )  # fmt: skip
    return list(dict.fromkeys(row["household"] for row in found))


def asked(tx: Tx, actor: str, id: str) -> Row | None:
    """One question that waits, for a supervisor of the team that is to answer: that of the record that was found, else the one asked."""
    return tx.one(
        "SELECT a.*, j.at, j.actor AS asked_by, w.name AS by_name, w.role AS by_role, w.phone AS by_phone,"
        " t.name AS from_team, t.phone AS from_phone, d.due_at"
        " FROM join_open o JOIN join_asked a ON a.id = o.id JOIN journal j ON j.seq = a.seq LEFT JOIN account_now w ON w.account = j.actor"
        " JOIN household_now ours ON ours.household = o.household"
        f" LEFT JOIN {_TEAM.format('ours.team')} LEFT JOIN household_now h ON h.household = o.other"
        f" LEFT JOIN duty d ON d.subject = 'join:' || o.id WHERE o.id = :id AND coalesce(h.team, o.to_team) = {_LEAD}",
        actor=actor, id=id,
    )  # fmt: skip


def open_one(tx: Tx, id: str) -> Row | None:
    """One question that waits. Not scoped."""
    return tx.one("SELECT * FROM join_open WHERE id = :id", id=id)


def waiting(tx: Tx, actor: str, after: int, limit: int) -> list[Row]:
    """What waits for a supervisor of the actor's team, the oldest first from after that seq."""
    return tx.all(
        "SELECT q.id, q.household, q.other, q.opened_seq, j.at, t.name AS from_team, d.due_at, d.owner_account FROM"
        f" (SELECT o.* FROM join_open o WHERE o.to_team = {_LEAD} AND o.other IS NULL UNION ALL"
        f" SELECT o.* FROM {FAMILIES} f CROSS JOIN join_open o WHERE o.other = f.household) q"
        " JOIN journal j ON j.seq = q.opened_seq LEFT JOIN household_now h ON h.household = q.household"
        f" LEFT JOIN {_TEAM.format('h.team')} LEFT JOIN duty d ON d.subject = 'join:' || q.id"
        " WHERE q.opened_seq > :after ORDER BY q.opened_seq LIMIT :limit",
        actor=actor, after=after, limit=limit,
    )  # fmt: skip


def unplaced(tx: Tx, actor: str) -> int:
    """How many questions wait for the actor's team that name no record of it: no line of a family says so."""
    found = tx.one(f"SELECT count(*) AS many FROM join_open o WHERE o.to_team = {_LEAD} AND o.other IS NULL", actor=actor)
    return int(found["many"]) if found else 0


def of_household(tx: Tx, household: str) -> list[Row]:
    """What was asked for a record, the newest first, with the team asked and how each ended; nothing of the other record."""
    return tx.all(
        "SELECT a.id, a.to_team, a.words, a.goes_on, j.at, w.name AS by_name, t.name AS to_team_name, t.phone AS to_team_phone, e.how,"
        " e.reason, k.at AS answered_at, d.due_at FROM join_asked a JOIN journal j ON j.seq = a.seq"
        f" LEFT JOIN account_now w ON w.account = j.actor LEFT JOIN {_TEAM.format('a.to_team')}"
        " LEFT JOIN join_answered e ON e.asked = a.id LEFT JOIN journal k ON k.seq = e.seq LEFT JOIN duty d ON d.subject = 'join:' || a.id"
        " WHERE a.household = :household ORDER BY a.seq DESC LIMIT 20",
        household=household,
    )


def open_of(tx: Tx, household: str) -> list[Row]:
    """What waits and has to do with a record, as the one that asks or the one that was found."""
    return tx.all(
        "SELECT * FROM join_open WHERE household = :household UNION SELECT * FROM join_open WHERE other = :household ORDER BY opened_seq",
        household=household,
    )


def _refresh(tx: Tx, id: str) -> None:
    tx.run("DELETE FROM join_open WHERE id = :id", id=id)
    tx.run(
        "INSERT INTO join_open (id, household, to_team, other, opened_seq) SELECT a.id, a.household, a.to_team, a.other, a.seq"
        " FROM join_asked a WHERE a.id = :id AND NOT EXISTS (SELECT 1 FROM join_answered e WHERE e.asked = a.id)",
        id=id,
    )


JOIN_OPEN = Derivation(
    tables=("join_open",),
    after={"join_asked": column("id"), "join_answered": column("asked")},
    refresh=_refresh,
    every_key="SELECT id AS key FROM join_asked",
)
