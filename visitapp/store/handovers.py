"""Handovers: a family offered by one practitioner to the next, and how each offer ended. An offer is open until it is accepted, taken back,
or, when it was refused, until the family is offered to somebody else or kept."""

from collections.abc import Iterator

from visitapp.store.derivation import Derivation, column
from visitapp.store.seen import FAMILIES
from visitapp.store.today_source import LONGEST_SAID, Reason, Source
from visitapp.store.tx import Row, Tx

_ROW = (
    "SELECT o.*, h.name AS family, f.name AS from_name, f.role AS from_role, f.phone AS from_phone, t.name AS to_name, t.role AS to_role,"
    " m.name AS to_team_name, d.due_at, d.owner_account FROM handover_open o JOIN household_now h ON h.household = o.household"
    " LEFT JOIN account_now f ON f.account = o.from_account LEFT JOIN account_now t ON t.account = o.to_account"
    " LEFT JOIN team m ON m.seq = (SELECT max(x.seq) FROM team x WHERE x.id = o.to_team)"
    " LEFT JOIN duty d ON d.subject = o.duty"
)


def _answers(of: str) -> str:
    """Who may answer an offer, a row under that name: whom it was offered to, and a supervisor of their team."""
    lead = "(SELECT me.team FROM account_now me WHERE me.account = :actor AND me.role = 'supervisor')"
    return f"({of}.to_account = :actor OR {of}.to_team = {lead})"


def offer(
    tx: Tx, *, id: str, household: str, kind: str, from_account: str, to_account: str | None, to_team: str, words: str, safe: str,
    summary: str, duty: str, at: str, actor: str,
) -> int:  # fmt: skip
    """A family is offered to somebody of a team, or to the team. `summary` is what the next one must know, as it stood: JSON."""
    return tx.append(
        "handover", at=at, actor=actor, household=household, id=id, kind=kind, from_account=from_account, to_account=to_account,
        to_team=to_team, words=words, safe=safe, summary=summary, duty=duty,
    )  # fmt: skip


def end(tx: Tx, *, handover: str, household: str, how: str, reason: str, at: str, actor: str) -> int | None:
    """How an offer ended (`domain.handovers.ENDS`), with a reason where there is one; None when that was said before."""
    return tx.append_new("handover_ended", at=at, actor=actor, household=household, handover=handover, how=how, reason=reason)


def handover(tx: Tx, id: str) -> Row | None:
    """One offer as it was made. Not scoped."""
    return tx.one(
        "SELECT h.*, j.at, j.actor FROM handover h JOIN journal j ON j.seq = h.seq WHERE h.id = :id",
        id=id,
    )


def ended(tx: Tx, id: str) -> list[Row]:
    """What became of an offer, in order."""
    return tx.all(
        "SELECT e.how, e.reason, j.at, w.name AS by_name FROM handover_ended e JOIN journal j ON j.seq = e.seq"
        " LEFT JOIN account_now w ON w.account = j.actor WHERE e.handover = :id ORDER BY e.seq",
        id=id,
    )


def open_of(tx: Tx, household: str) -> Row | None:
    """The open offer of a family, refused ones among them; there is one at most."""
    return tx.one(f"{_ROW} WHERE o.household = :household ORDER BY o.opened_seq DESC LIMIT 1", household=household)


def seen_by(tx: Tx, actor: str, id: str) -> Row | None:
    """An open offer, for whoever may answer it or may see the family (`answers` 1: the first)."""
    return tx.one(
        f"SELECT q.*, CASE WHEN {_answers('q')} THEN 1 ELSE 0 END AS answers FROM ({_ROW} WHERE o.id = :id) q"
        f" WHERE {_answers('q')} OR EXISTS (SELECT 1 FROM {FAMILIES} s WHERE s.household = q.household)",
        actor=actor, id=id,
    )  # fmt: skip


def offered_to(tx: Tx, actor: str, after: int, limit: int) -> list[Row]:
    """What an account may answer and nobody has yet, the oldest first from after that seq."""
    return tx.all(
        f"{_ROW} WHERE {_answers('o')} AND o.refused = 0 AND o.opened_seq > :after ORDER BY o.opened_seq LIMIT :limit",
        actor=actor, after=after, limit=limit,
    )  # fmt: skip


def of_team(tx: Tx, actor: str, after: int, limit: int) -> list[Row]:
    """The open offers of the actor's team's families, refused ones among them, the oldest first from after that seq."""
    return tx.all(
        f"{_ROW} JOIN {FAMILIES} s ON s.household = o.household WHERE o.opened_seq > :after ORDER BY o.opened_seq LIMIT :limit",
        actor=actor, after=after, limit=limit,
    )  # fmt: skip


def to_account(tx: Tx, account: str) -> list[Row]:
    """The open offers to an account, not scoped: for when it can answer no more."""
    return tx.all("SELECT * FROM handover_open WHERE to_account = :account ORDER BY opened_seq", account=account)


def named_to(tx: Tx, account: str, after: str, limit: int) -> list[Row]:
    """The families named to an account, by id from after one. A record that is part of another goes along with that."""
    return tx.all(
        "SELECT household, name FROM household_now WHERE practitioner = :account AND household > :after AND joined_to IS NULL"
        " ORDER BY household LIMIT :limit",
        account=account, after=after, limit=limit,
    )  # fmt: skip


def how_many(tx: Tx, account: str) -> int:
    """How many families are named to an account."""
    found = tx.one("SELECT count(*) AS many FROM household_now WHERE practitioner = :account AND joined_to IS NULL", account=account)
    return int(found["many"]) if found else 0


def today_rows(tx: Tx, household: str) -> Iterator[Reason]:
    """A refusal, until the family is offered again or kept. An offer that is not answered in time is owed, and stands there as that."""
    rows = tx.all(
        "SELECT o.id, o.from_account, e.seq, e.reason, j.at FROM handover_open o JOIN handover_ended e ON e.handover = o.id"
        " AND e.how = 'refused' JOIN journal j ON j.seq = e.seq WHERE o.household = :household AND o.refused = 1",
        household=household,
    )
    for row in rows:
        yield Reason(
            "handover_refused", f"{row['id']}@{row['seq']}", since=row["at"], owner=row["from_account"], about=row["id"],
            said=row["reason"][:LONGEST_SAID],
        )  # fmt: skip


TODAY = Source("handovers", frozenset({"handover", "handover_ended"}), today_rows)


def _refresh(tx: Tx, id: str) -> None:
    tx.run("DELETE FROM handover_open WHERE id = :id", id=id)
    tx.run(
        "INSERT INTO handover_open (id, household, kind, from_account, to_account, to_team, duty, opened_seq, opened_at, refused)"
        " SELECT h.id, h.household, h.kind, h.from_account, h.to_account, h.to_team, h.duty, h.seq, j.at,"
        " CASE WHEN EXISTS (SELECT 1 FROM handover_ended r WHERE r.handover = h.id AND r.how = 'refused') THEN 1 ELSE 0 END"
        " FROM handover h JOIN journal j ON j.seq = h.seq WHERE h.id = :id"
        " AND NOT EXISTS (SELECT 1 FROM handover_ended e WHERE e.handover = h.id AND e.how <> 'refused')"
        " AND NOT EXISTS (SELECT 1 FROM handover n WHERE n.household = h.household AND n.seq > h.seq)",
        id=id,
    )


def _of_household(tx: Tx, fact: Row) -> list[str]:
    """A new offer takes the place of one that was refused."""
    rows = tx.all("SELECT id FROM handover_open WHERE household = :household", household=fact["household"])
    return [*(row["id"] for row in rows), fact["id"]]


HANDOVER_OPEN = Derivation(
    tables=("handover_open",),
    after={"handover": _of_household, "handover_ended": column("handover")},
    refresh=_refresh,
    every_key="SELECT id AS key FROM handover",
)
