"""Help that a family needs, and what became of it."""

from visitapp.store.same import WHO
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

LAST = 2**62
"""Later than any seq."""


def need(tx: Tx, *, id: str, household: str, what: str, person: str | None, words: str, needed_on: str, at: str, actor: str) -> int:
    """The family needs something; `what` is one of `domain.helping.HELP`."""
    return tx.append(
        "help_order", at=at, actor=actor, household=household, id=id, what=what, person=person, words=words, needed_on=needed_on
    )  # fmt: skip


def step(tx: Tx, *, order: str, household: str, step: str, on_date: str, words: str, at: str, actor: str) -> int:
    """What happened to it: one of `domain.helping.STEPS`."""
    return tx.append("help_step", at=at, actor=actor, household=household, help_order=order, step=step, on_date=on_date, words=words)


def order(tx: Tx, id: str) -> Row | None:
    """One order. Not scoped: screens ask through `look`."""
    return tx.one("SELECT * FROM help_order WHERE id = :id", id=id)


def steps(tx: Tx, order: str) -> list[Row]:
    """What happened to it, in the order in which it was recorded."""
    return tx.all(
        "SELECT s.step, s.on_date, s.words, s.seq, j.at, j.actor FROM help_step s JOIN journal j ON j.seq = s.seq"
        " WHERE s.help_order = :order ORDER BY s.seq",
        order=order,
    )


def orders(tx: Tx, families: Families, seq: int = LAST) -> list[Row]:
    """What these families needed up to a seq, each with its newest step (`step` None: needed, and nothing since)."""
    return tx.all(
        f"SELECT o.household, o.id, o.what, {WHO.format('o.person')} AS person, o.words, o.needed_on, o.seq, s.step,"
        " s.on_date AS step_on, s.words AS step_words"
        " FROM help_order o LEFT JOIN help_step s ON s.help_order = o.id"
        " AND s.seq = (SELECT max(x.seq) FROM help_step x WHERE x.help_order = o.id AND x.seq <= :seq)"
        f" WHERE o.household IN ({families.among}) AND o.seq <= :seq ORDER BY o.seq",
        seq=seq, **families.params,
    )  # fmt: skip
