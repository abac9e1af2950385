"""The other agencies that work with a family: who, what each was told, when they met, what was decided, and who leads."""

from typing import Any

from visitapp.store.assessments import compact
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

LAST = 2**62
"""Later than any seq."""


def involve(
    tx: Tx,
    *,
    id: str,
    household: str,
    kind: str,
    name: str,
    contact: str,
    knows: str,
    from_on: str,
    at: str,
    actor: str,
    worker: str = "",
    email: str = "",
    phone: str = "",
    manager: str = "",
    manager_email: str = "",
    manager_phone: str = "",
) -> int:
    """Another agency works with the family; `kind` is one of `domain.agencies.KINDS`. `worker` is who there works with this family, and
    `manager` who is above them; letters go to `email`."""
    return tx.append(
        "agency", at=at, actor=actor, household=household, id=id, kind=kind, name=name, contact=contact, knows=knows, from_on=from_on,
        worker=worker, email=email, phone=phone, manager=manager, manager_email=manager_email, manager_phone=manager_phone,
    )  # fmt: skip


def tell(tx: Tx, *, agency: str, household: str, how: str, on_date: str, words: str, at: str, actor: str) -> int:
    """It was told, replied, or was not told and why: one of `domain.agencies.HOWS`."""
    return tx.append("agency_told", at=at, actor=actor, household=household, agency=agency, how=how, on_date=on_date, words=words)


def close(
    tx: Tx, *, agency: str, household: str, on_date: str, reason: str, unresolved: tuple[str, ...], at: str, actor: str
) -> int | None:
    """The agency ended its part, with the findings that we still find; None when it had before."""
    return tx.append_new(
        "agency_closed", at=at, actor=actor, household=household, agency=agency, on_date=on_date, reason=reason,
        unresolved=compact(list(unresolved)),
    )  # fmt: skip


def name_lead(
    tx: Tx, *, household: str, name: str, account: str | None, agency: str | None, from_on: str, at: str, actor: str
) -> int:  # fmt: skip
    """Who leads for every agency from a day on."""
    return tx.append(
        "lead_professional", at=at, actor=actor, household=household, name=name, account=account, agency=agency, from_on=from_on
    )  # fmt: skip


def meet(
    tx: Tx, *, id: str, household: str, on_date: str, attended: str, agencies: int, decisions: list[dict[str, Any]], at: str, actor: str
) -> int:
    """The agencies met; `agencies` is how many were there, and each decision has what, owner, owner_account and due_on."""
    return tx.append(
        "meeting", at=at, actor=actor, household=household, id=id, on_date=on_date, attended=attended, agencies=agencies,
        decisions=compact(decisions),
    )  # fmt: skip


def agency(tx: Tx, id: str) -> Row | None:
    """One agency. Not scoped: screens ask through `look`."""
    return tx.one("SELECT * FROM agency WHERE id = :id", id=id)


def agencies(tx: Tx, families: Families, seq: int = LAST) -> list[Row]:
    """The agencies of these families up to a seq, each with how and when it was last told (`told_how` None: nothing was recorded) and
    when and how it ended its part (`closed_on` None: it has not)."""
    return tx.all(
        "SELECT a.household, a.id, a.kind, a.name, a.contact, a.knows, a.from_on, a.worker,"
        " a.email, a.phone, a.manager, a.manager_email, a.manager_phone, a.seq, t.how AS told_how, t.on_date AS told_on,"
        " t.words AS told_words, c.on_date AS closed_on, c.reason AS closed_why, c.unresolved FROM agency a"
        " LEFT JOIN agency_told t ON t.agency = a.id"
        " AND t.seq = (SELECT max(x.seq) FROM agency_told x WHERE x.agency = a.id AND x.seq <= :seq)"
        " LEFT JOIN agency_closed c ON c.agency = a.id AND c.seq <= :seq"
        f" WHERE a.household IN ({families.among}) AND a.seq <= :seq ORDER BY a.seq",
        seq=seq, **families.params,
    )  # fmt: skip


def told(tx: Tx, agency: str) -> list[Row]:
    """Each time that an agency was told, replied, or was not told, in order."""
    return tx.all(
        "SELECT t.how, t.on_date, t.words, t.seq, j.at, j.actor FROM agency_told t JOIN journal j ON j.seq = t.seq"
        " WHERE t.agency = :agency ORDER BY t.seq",
        agency=agency,
    )


def leads(tx: Tx, families: Families, seq: int = LAST) -> list[Row]:
    """Who led for each of these families up to a seq; of one household the last stands."""
    return tx.all(
        "SELECT l.household, l.name, l.account, l.agency, l.from_on, l.seq FROM lead_professional l"
        f" WHERE l.household IN ({families.among}) AND l.seq <= :seq ORDER BY l.from_on, l.seq",
        seq=seq, **families.params,
    )  # fmt: skip


def meetings(tx: Tx, families: Families, seq: int = LAST) -> list[Row]:
    """When the agencies of these families met, in order of the days."""
    return tx.all(
        "SELECT m.household, m.id, m.on_date, m.attended, m.agencies, m.decisions, m.seq FROM meeting m"
        f" WHERE m.household IN ({families.among}) AND m.seq <= :seq ORDER BY m.on_date, m.seq",
        seq=seq, **families.params,
    )  # fmt: skip
