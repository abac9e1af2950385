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


def passed(tx: Tx, request: str, entry: int) -> list[Row]:
    """Who decided of one entry and when, the newest last."""
    return tx.all(
        """SELECT e.seq, e.marks, j.at, w.name AS actor_name FROM record_entry e JOIN journal j ON j.seq = e.seq
           LEFT JOIN account_now w ON w.account = j.actor WHERE e.request = :request AND e.entry = :entry ORDER BY e.seq""",
        request=request, entry=entry,
    )  # fmt: skip


def check(tx: Tx, request: Row, entry: int, *, at: str, actor: str) -> int:
    """Somebody read an entry as it would be given, with what is decided of it now."""
    return tx.append(
        "record_checked", at=at, actor=actor, household=request["household"], request=request["id"], entry=entry,
        of_mark=newest_mark(tx, request["id"], entry),
    )  # fmt: skip


def newest_mark(tx: Tx, request: str, entry: int) -> int:
    """The seq of what was decided of an entry last; 0 where nobody did."""
    row = tx.one(
        "SELECT coalesce(max(seq), 0) AS seq FROM record_entry WHERE request = :request AND entry = :entry", request=request, entry=entry
    )
    return int(row["seq"]) if row else 0


def checked(tx: Tx, request: str, actor: str) -> set[int]:
    """The entries that somebody read as they stand now."""
    rows = tx.all(f"SELECT DISTINCT c.entry FROM record_checked c WHERE c.request = :request AND {_READ}", request=request, actor=actor)
    return {row["entry"] for row in rows}


_READ = """c.of_mark = (SELECT coalesce(max(m.seq), 0) FROM record_entry m WHERE m.request = c.request AND m.entry = c.entry)
    AND EXISTS (SELECT 1 FROM journal j WHERE j.seq = c.seq AND j.actor = :actor)"""
_DECIDED = "SELECT 1 FROM record_entry e WHERE e.request = :request AND e.entry = l.seq"
_CHECKED = f"SELECT 1 FROM record_checked c WHERE c.request = :request AND c.entry = l.seq AND {_READ}"


def next_line(tx: Tx, request: Row, families: Families) -> int | None:
    """The newest line or letter of these households that nobody went through; None where there is none."""
    found = _first(tx, request, families, _DECIDED, {})
    return found["seq"] if found else None


def next_unread(tx: Tx, request: Row, families: Families, actor: str) -> Row | None:
    """The newest line or letter that somebody did not read yet as it would be given, with when it happened."""
    return _first(tx, request, families, _CHECKED, {"actor": actor})


def _first(tx: Tx, request: Row, families: Families, done: str, more: dict[str, Any]) -> Row | None:
    params = families.params | {"as_of": request["as_of"], "request": request["id"]} | more
    here = f"household IN ({families.among}) AND l.seq <= :as_of AND NOT EXISTS ({done})"
    lines = tx.one(f"SELECT l.seq, l.happened FROM chronology_line l WHERE l.{here} ORDER BY l.happened DESC, l.seq DESC LIMIT 1", **params)
    letters = tx.one(
        f"""SELECT l.seq, j.at AS happened FROM referral r JOIN letter l ON l.referral = r.id JOIN journal j ON j.seq = l.seq
            WHERE r.{here} ORDER BY j.at DESC, l.seq DESC LIMIT 1""",
        **params,
    )  # fmt: skip
    return max((one for one in (lines, letters) if one), key=lambda row: (row["happened"], row["seq"]), default=None)


def lines(tx: Tx, request: Row, families: Families) -> int:
    """How many lines and letters of these households the copy is made of."""
    row = tx.one(
        f"""SELECT (SELECT count(*) FROM chronology_line l WHERE l.household IN ({families.among}) AND l.seq <= :as_of)
            + (SELECT count(*) FROM referral r JOIN letter t ON t.referral = r.id WHERE r.household IN ({families.among})
               AND t.seq <= :as_of) AS many""",
        **(families.params | {"as_of": request["as_of"]}),
    )
    return int(row["many"]) if row else 0


def newest_line(tx: Tx) -> int:
    """The newest journal line."""
    row = tx.one("SELECT coalesce(max(seq), 0) AS seq FROM journal")
    return int(row["seq"]) if row else 0
