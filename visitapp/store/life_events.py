"""What happened to a person, and which household's past is this family's own."""

from visitapp.store.tx import Row, Tx

HOME, HOSPITAL = "home_from_hospital", "into_hospital"
LAST = 2**62
"""Later than any seq."""


def add(tx: Tx, *, person: str, household: str, kind: str, on_date: str, words: str, at: str, actor: str) -> int:
    """Something happened to a person on a day: `home_from_hospital` or `into_hospital`."""
    return tx.append("life_event", at=at, actor=actor, household=household, person=person, kind=kind, on_date=on_date, words=words)


def newest(tx: Tx, person: str, kind: str) -> Row | None:
    """When it last happened to this person, under whichever entry that was recorded."""
    return tx.one(
        "SELECT e.on_date, e.words, e.seq FROM life_event e WHERE (e.person = :person OR e.person IN"
        " (SELECT s.person FROM stands_for s WHERE s.stands = :person)) AND e.kind = :kind ORDER BY e.on_date DESC, e.seq DESC LIMIT 1",
        person=person, kind=kind,
    )  # fmt: skip


def of_household(tx: Tx, household: str) -> list[Row]:
    """What happened to the people of a family, in order."""
    return tx.all("SELECT * FROM life_event WHERE household = :household ORDER BY on_date, seq", household=household)


def join_earlier(tx: Tx, *, household: str, earlier: str, why: str, at: str, actor: str) -> int | None:
    """An earlier household is this family's own past; None when that was said before."""
    return tx.append_new("earlier_household", at=at, actor=actor, household=household, earlier=earlier, why=why)


ENDED = """(SELECT min(x.seq) FROM record_joined j JOIN record_joined_error x ON x.joined = j.id
    WHERE j.household = {0}.household AND j.duplicate = {0}.earlier)"""
"""The seq from which a confirmation is known to be an error, as an expression over its row; NULL for one that stands."""
_HELD = f"NOT coalesce({ENDED.format('e')} <= :seq, 1 = 0)"


def earlier(tx: Tx, household: str, seq: int = LAST) -> tuple[str, ...]:
    """The household and every earlier one that was confirmed to be the same family, up to a seq; itself first."""
    return _walk(
        tx,
        household,
        f"SELECT e.earlier AS next FROM earlier_household e WHERE e.household = :household AND e.seq <= :seq AND {_HELD} ORDER BY e.seq",
        seq,
    )  # fmt: skip


def later(tx: Tx, household: str, seq: int = LAST) -> tuple[str, ...]:
    """The household and every later one that continues it; itself first, so that the last is where the family is recorded now."""
    return _walk(
        tx,
        household,
        f"SELECT e.household AS next FROM earlier_household e WHERE e.earlier = :household AND e.seq <= :seq AND {_HELD} ORDER BY e.seq",
        seq,
    )  # fmt: skip


def family_of(tx: Tx, household: str) -> tuple[str, ...]:
    """Every record of a family, from any of them: the one in which it is recorded now, first, and those that this continues."""
    return earlier(tx, later(tx, household)[-1])


def _walk(tx: Tx, household: str, onward: str, seq: int) -> tuple[str, ...]:
    found = [household]
    for here in found:
        found += [row["next"] for row in tx.all(onward, household=here, seq=seq) if row["next"] not in found]
    return tuple(found)
