"""Losses that a family lives with: a child who died, a baby who was stillborn, a pregnancy that ended. Each is a life event; one that was
recorded in error is said to be so and counts no more. Reminders and family letters stand still from the loss until somebody says that they
may go again.
"""

from visitapp.domain.losses import KINDS
from visitapp.store.derivation import Derivation, column
from visitapp.store.seen import FAMILIES, STANDS, Families
from visitapp.store.tx import Row, Tx

_KINDS = ", ".join(f"'{kind}'" for kind in KINDS)


_CHILD = "EXISTS (SELECT 1 FROM membership m WHERE m.person = l.person AND m.household = l.household AND m.role = 'child')"
"""Whether a loss `l` is of somebody who was recorded as a child here; else the mother stands for it, and her name is not said."""


def in_error(tx: Tx, *, event: int, household: str, why: str, at: str, actor: str) -> int | None:
    """A loss was recorded in error; None when that was said before."""
    return tx.append_new("life_event_error", at=at, actor=actor, household=household, event=event, why=why)


def resume(tx: Tx, *, household: str, why: str, at: str, actor: str) -> int:
    """Reminders and family letters may go to this family again."""
    return tx.append("reminders_resumed", at=at, actor=actor, household=household, why=why)


def of(tx: Tx, families: Families) -> list[Row]:
    """The losses of these families that stand, the newest first, each with the given names of whom it is about, and whether everything
    stands still because of it (`stopped`)."""
    return tx.all(
        f"SELECT l.*, CASE WHEN {_CHILD} THEN p.given_names END AS given_names FROM loss l LEFT JOIN person_now p ON p.person = l.person"
        f" WHERE l.household IN ({families.among}) ORDER BY l.on_date DESC, l.event DESC",
        **families.params,
    )


def of_family(tx: Tx, actor: str, household: str) -> list[Row]:
    """The same for a screen, with the actor's scope."""
    return tx.all(
        f"SELECT l.*, CASE WHEN {_CHILD} THEN p.given_names END AS given_names FROM loss l JOIN {FAMILIES} h ON h.household = l.household"
        " LEFT JOIN person_now p ON p.person = l.person WHERE l.household = :household ORDER BY l.on_date DESC, l.event DESC",
        actor=actor, household=household,
    )  # fmt: skip


def stopped(tx: Tx, families: Families) -> bool:
    """Whether a loss of these families stops every reminder and every letter to them now."""
    found = tx.one(f"SELECT 1 AS stopped FROM loss l WHERE l.household IN ({families.among}) AND l.stopped = 1 LIMIT 1", **families.params)
    return found is not None


def children_left(tx: Tx, household: str) -> bool:
    """Whether a child belongs to the family, or is expected in it."""
    return tx.one("SELECT 1 AS here FROM member_now WHERE household = :household AND role = 'child'", household=household) is not None


def homes(tx: Tx, person: str) -> list[Row]:
    """The memberships of a person that stand, in every household."""
    return tx.all("SELECT * FROM member_now WHERE person = :person ORDER BY household, membership", person=person)


def ended_with(tx: Tx, event: int) -> list[Row]:
    """The memberships of the child that ended in the household of a loss when it was recorded."""
    return tx.all(
        "SELECT m.* FROM life_event l JOIN membership m ON m.person = l.person AND m.household = l.household"
        " JOIN membership_end e ON e.membership = m.id WHERE l.seq = :event AND e.seq > l.seq"
        " AND NOT EXISTS (SELECT 1 FROM member_now n WHERE n.person = m.person AND n.household = m.household)"
        " ORDER BY m.seq DESC LIMIT 1",
        event=event,
    )


def planned(tx: Tx, household: str) -> list[Row]:
    """What stands planned for a family, the soonest first. Not scoped."""
    return tx.all(
        f"SELECT planned_visit.* FROM planned_visit WHERE planned_visit.household = :household AND {STANDS}"
        " ORDER BY planned_visit.on_date, planned_visit.seq",
        household=household,
    )


def event(tx: Tx, seq: int) -> Row | None:
    """A life event by its seq."""
    return tx.one("SELECT * FROM life_event WHERE seq = :seq", seq=seq)


def of_person(tx: Tx, person: str, kind: str) -> list[Row]:
    """The losses that stand of one person and kind, in every household."""
    return tx.all("SELECT * FROM loss WHERE person = :person AND kind = :kind ORDER BY event", person=person, kind=kind)


def _refresh(tx: Tx, household: str) -> None:
    tx.run("DELETE FROM loss WHERE household = :household", household=household)
    tx.run(
        "INSERT INTO loss (event, household, person, kind, on_date, words, stopped)"
        " SELECT e.seq, e.household, e.person, e.kind, e.on_date, e.words, CASE WHEN EXISTS (SELECT 1 FROM reminders_resumed r"
        " WHERE r.household = e.household AND r.seq > e.seq) THEN 0 ELSE 1 END FROM life_event e"
        f" WHERE e.household = :household AND e.kind IN ({_KINDS})"
        " AND NOT EXISTS (SELECT 1 FROM life_event_error x WHERE x.event = e.seq)",
        household=household,
    )


LOSS = Derivation(
    tables=("loss",),
    after={"life_event": column("household"), "life_event_error": column("household"), "reminders_resumed": column("household")},
    refresh=_refresh,
    every_key="SELECT DISTINCT household AS key FROM life_event",
)
