"""Second workers who were asked for, and the answers."""

from visitapp.domain.duties import SECOND_WORKER
from visitapp.store.seen import FAMILIES, Families
from visitapp.store.tx import Row, Tx

ONE = """SELECT s.id, s.household, s.asked_by, s.asked_from, s.asked_at, s.for_on, s.words, s.seq, b.name AS asked_by_name,
       a.goes, a.account AS goes_account, a.name AS goes_name, a.words AS answer, a.seq AS answered
       FROM second_worker s LEFT JOIN account_now b ON b.account = s.asked_by
       LEFT JOIN second_worker_answer a ON a.second_worker = s.id"""


def ask(
    tx: Tx, *, id: str, household: str, asked_by: str, asked_from: str, asked_at: str, for_on: str | None, words: str, at: str, actor: str
) -> int | None:  # fmt: skip
    """Somebody asks for a second worker; None where this very request came before."""
    return tx.append_new(
        "second_worker", at=at, actor=actor, household=household, id=id, asked_by=asked_by, asked_from=asked_from, asked_at=asked_at,
        for_on=for_on, words=words,
    )  # fmt: skip


def answer(
    tx: Tx, *, request: str, household: str, goes: bool, account: str | None, name: str, words: str, at: str, actor: str
) -> int | None:  # fmt: skip
    """Somebody goes along, or nobody does; None where it was answered before."""
    return tx.append_new(
        "second_worker_answer", at=at, actor=actor, household=household, second_worker=request, goes=goes, account=account, name=name,
        words=words,
    )  # fmt: skip


def request(tx: Tx, id: str) -> Row | None:
    """One, with its answer. Not scoped: who asks has shown that they may act for the family."""
    return tx.one(f"{ONE} WHERE s.id = :id", id=id)


def newest(tx: Tx, household: str, limit: int) -> list[Row]:
    """The newest requests for a family, for a page whose reader has shown that they may see it."""
    return tx.all(f"{ONE} WHERE s.household = :household ORDER BY s.seq DESC LIMIT :limit", household=household, limit=limit)


def newest_of(tx: Tx, families: Families) -> list[Row]:
    """The newest request for each of these families."""
    return tx.all(
        f"{ONE} WHERE s.household IN ({families.among})"
        " AND s.seq = (SELECT max(x.seq) FROM second_worker x WHERE x.household = s.household)",
        **families.params,
    )  # fmt: skip


def owed(tx: Tx, actor: str, after_due: str, after_seq: int, limit: int) -> list[Row]:
    """Requests of the team's families that nobody answered yet, the soonest first, from after that key."""
    return tx.all(
        "SELECT d.subject, d.household, d.what, d.due_at, d.opened_seq, d.owner_account, o.name AS owner, h.name AS family"
        f" FROM {FAMILIES} h CROSS JOIN duty d LEFT JOIN account_now o ON o.account = d.owner_account"
        " WHERE d.household = h.household AND d.kind = :kind AND (d.due_at, d.opened_seq) > (:after_due, :after_seq)"
        " ORDER BY d.due_at, d.opened_seq LIMIT :limit",
        actor=actor, kind=SECOND_WORKER, after_due=after_due, after_seq=after_seq, limit=limit,
    )  # fmt: skip
