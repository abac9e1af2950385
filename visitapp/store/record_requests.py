"""Parents' requests for a copy of the record, what happened to each, and what was decided of each entry."""

import json
from typing import Any

from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx


def add(
    tx: Tx, *, id: str, household: str, person: str, received_on: str, identity: str, words: str, as_of: int, at: str, actor: str
) -> int:
    """A request begins; `as_of` is the newest journal line that its copy is made from."""
    return tx.append(
        "record_request", at=at, actor=actor, household=household, id=id, person=person, received_on=received_on, identity=identity,
        words=words, as_of=as_of,
    )  # fmt: skip


def happen(tx: Tx, request: Row, event: str, detail: dict[str, Any], *, at: str, actor: str) -> int:
    return tx.append(
        "record_request_event", at=at, actor=actor, household=request["household"], request=request["id"], event=event,
        detail=json.dumps(detail),
    )  # fmt: skip


def mark(tx: Tx, request: Row, entry: int, marks: dict[str, Any], *, at: str, actor: str) -> int:
    """What is decided of one entry, whole: the newest stands."""
    return tx.append(
        "record_entry", at=at, actor=actor, household=request["household"], request=request["id"], entry=entry, marks=json.dumps(marks)
    )  # fmt: skip


def request(tx: Tx, id: str) -> Row | None:
    """Not scoped: the caller asks whether the actor may work on the family's requests."""
    return tx.one("SELECT r.*, j.at, j.actor FROM record_request r JOIN journal j ON j.seq = r.seq WHERE r.id = :id", id=id)


def of_household(tx: Tx, household: str, limit: int) -> list[Row]:
    """A family's requests, the newest first, each with the name of who asked."""
    return tx.all(
        """SELECT r.id, r.person, r.received_on, j.at, p.given_names, p.family_name FROM record_request r JOIN journal j ON j.seq = r.seq
           LEFT JOIN person_now p ON p.person = r.person WHERE r.household = :household ORDER BY r.seq DESC LIMIT :limit""",
        household=household, limit=limit,
    )  # fmt: skip


def events(tx: Tx, request: str) -> list[Row]:
    """What happened to a request, in order, with who did it."""
    return tx.all(
        """SELECT e.seq, e.event, e.detail, j.at, j.actor, w.name AS actor_name FROM record_request_event e JOIN journal j ON j.seq = e.seq
           LEFT JOIN account_now w ON w.account = j.actor WHERE e.request = :request ORDER BY e.seq""",
        request=request,
    )  # fmt: skip


def marks(tx: Tx, request: str) -> dict[int, dict[str, Any]]:
    """Entry -> what was decided of it last; none of an entry that nobody went through."""
    rows = tx.all("SELECT entry, marks FROM record_entry WHERE request = :request ORDER BY entry, seq", request=request)
    return {row["entry"]: json.loads(row["marks"]) for row in rows}


def markers(tx: Tx, request: str) -> set[str]:
    """Everybody who decided something of an entry."""
    rows = tx.all("SELECT DISTINCT j.actor FROM record_entry e JOIN journal j ON j.seq = e.seq WHERE e.request = :request", request=request)
    return {row["actor"] for row in rows}


def next_line(tx: Tx, request: Row, families: Families) -> int | None:
    """The newest line of these households that nobody went through; None where there is none."""
    row = tx.one(
        f"""SELECT l.seq FROM chronology_line l WHERE l.household IN ({families.among}) AND l.seq <= :as_of
            AND NOT EXISTS (SELECT 1 FROM record_entry e WHERE e.request = :request AND e.entry = l.seq)
            ORDER BY l.happened DESC, l.seq DESC LIMIT 1""",
        **(families.params | {"as_of": request["as_of"], "request": request["id"]}),
    )  # fmt: skip
    return int(row["seq"]) if row else None


def lines(tx: Tx, request: Row, families: Families) -> int:
    """How many lines of these households the copy is made of."""
    row = tx.one(
        f"SELECT count(*) AS many FROM chronology_line l WHERE l.household IN ({families.among}) AND l.seq <= :as_of",
        **(families.params | {"as_of": request["as_of"]}),
    )
    return int(row["many"]) if row else 0


def newest_line(tx: Tx) -> int:
    """The newest journal line."""
    row = tx.one("SELECT coalesce(max(seq), 0) AS seq FROM journal")
    return int(row["seq"]) if row else 0
