"""Who stands for whom: the one place that says which of two entries of a person is read in place of the other. What was recorded stays
under the entry under which it was recorded; what is derived of it (when a child was seen, what a form carries, contacts) is under the
standing one, a judgement reads a visit through `body`, and a look back at a moment takes from `known` what was known then."""

from collections.abc import Iterable, Iterator

from visitapp.domain.same import in_text, in_the_end
from visitapp.store import life_events
from visitapp.store.derivation import Derivation, Keys
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

ENDED = """(SELECT min(t.seq) FROM (SELECT x.seq FROM person_same_error x WHERE x.same = {0}.id
    UNION ALL SELECT x.seq FROM record_joined_error x WHERE x.joined = {0}.joined) t)"""
"""The seq from which it is known that two entries are two people after all, as an expression over its row; NULL while they are one."""
WHO = "coalesce((SELECT sf.stands FROM stands_for sf WHERE sf.person = {0}), {0})"
"""Who stands for the person of a column now, as an expression."""
MOST = 50
"""Entries of one chain that are walked: a person is not recorded more often."""


def add(
    tx: Tx, *, id: str, household: str, person: str, stands: str, why: str, joined: str | None, moved: str, at: str, actor: str
) -> int:  # fmt: skip
    """An entry is the same person as another, which stands from now on."""
    return tx.append(
        "person_same", at=at, actor=actor, household=household, id=id, person=person, stands=stands, why=why, joined=joined, moved=moved
    )  # fmt: skip


def in_error(tx: Tx, *, same: str, household: str, why: str, at: str, actor: str) -> int | None:
    """They are two people after all; None when that was said before."""
    return tx.append_new("person_same_error", at=at, actor=actor, household=household, same=same, why=why)


def one(tx: Tx, id: str) -> Row | None:
    """One saying that stands, with who said it and when. Not scoped."""
    return tx.one(
        "SELECT s.*, j.at, w.name AS by_name FROM person_same s JOIN journal j ON j.seq = s.seq"
        f" LEFT JOIN account_now w ON w.account = j.actor WHERE s.id = :id AND {ENDED.format('s')} IS NULL",
        id=id,
    )


def of_families(tx: Tx, families: Families) -> list[Row]:
    """What stands of these families, in order, with the names of both entries."""
    return tx.all(
        "SELECT s.id, s.household, s.person, s.stands, s.why, s.joined, j.at, p.given_names, p.family_name, p.born_on, p.due_on,"
        " p.nhs_number, o.given_names AS stands_name FROM person_same s JOIN journal j ON j.seq = s.seq"
        " LEFT JOIN person_now p ON p.person = s.person LEFT JOIN person_now o ON o.person = s.stands"
        f" WHERE s.household IN ({families.among}) AND {ENDED.format('s')} IS NULL ORDER BY s.seq",
        **families.params,
    )


def of_joining(tx: Tx, joined: str) -> list[Row]:
    """What was said with the joining of two records, in order."""
    return tx.all("SELECT * FROM person_same WHERE joined = :joined ORDER BY seq", joined=joined)


def known(tx: Tx, families: Families) -> list[Row]:
    """Everything that was ever said of people who ever belonged to these families, each with its seq and since when it is over (None)."""
    return tx.all(
        f"SELECT s.person, s.stands, s.seq, {ENDED.format('s')} AS ended FROM person_same s WHERE s.person IN"
        f" (SELECT m.person FROM membership m WHERE m.household IN ({families.among})) ORDER BY s.seq",
        **families.params,
    )


def stands(tx: Tx, persons: Iterable[str]) -> dict[str, str]:
    """Of these people, each who is read as another -> the other."""
    these = Families.several(tuple(dict.fromkeys(one for one in persons if one)))
    if not these.ids:
        return {}
    rows = tx.all(f"SELECT person, stands FROM stands_for WHERE person IN ({these.among})", **these.params)
    return {row["person"]: row["stands"] for row in rows}


def of_household(tx: Tx, household: str) -> dict[str, str]:
    """The same of everybody who ever belonged to a household."""
    rows = tx.all(
        "SELECT f.person, f.stands FROM membership m JOIN stands_for f ON f.person = m.person WHERE m.household = :household",
        household=household,
    )
    return {row["person"]: row["stands"] for row in rows}


def entries(tx: Tx, person: str) -> tuple[str, ...]:
    """A person's entries: the one that stands, and those that are read as it."""
    rows = tx.all("SELECT person FROM stands_for WHERE stands = :person ORDER BY person", person=person)
    return (person, *(row["person"] for row in rows))


def body(tx: Tx, household: str, sealed: bytes) -> bytes:
    """What a visit to a household says, with the standing entry in place of each person."""
    who = of_household(tx, household)
    return in_text(sealed.decode(errors="replace"), who).encode() if who else sealed


def standing_measures(tx: Tx, measures: list[list[str]]) -> list[list[str]]:
    """A visit's measures with the standing entry in place of each person."""
    who = stands(tx, (one[0] for one in measures))
    return [[who.get(one[0], one[0]), *one[1:]] for one in measures] if who else measures


# --- what is derived ------------------------------------------------------------------------------------------------------------------


def _direct(tx: Tx, person: str) -> str | None:
    row = tx.one(
        f"SELECT s.stands FROM person_same s WHERE s.person = :person AND {ENDED.format('s')} IS NULL ORDER BY s.seq DESC LIMIT 1",
        person=person,
    )
    return row["stands"] if row else None


def _refresh(tx: Tx, person: str) -> None:
    tx.run("DELETE FROM stands_for WHERE person = :person", person=person)
    chain: dict[str, str] = {}
    here = person
    while len(chain) < MOST and here not in chain and (after := _direct(tx, here)) is not None:
        chain[here] = after
        here = after
    if chain:
        tx.insert("stands_for", [{"person": person, "stands": in_the_end(chain)[person]}])


def _before(tx: Tx, person: str) -> Iterator[str]:
    """The person and everybody who was ever said to be read as them, in a chain."""
    found = [person]
    for here in found:
        rows = tx.all("SELECT DISTINCT person FROM person_same WHERE stands = :here ORDER BY person", here=here)
        found += [row["person"] for row in rows if row["person"] not in found]
    yield from found


def touched(tx: Tx, fact: Row) -> list[str]:
    """The entries that another is, or was, read as through this fact: one that says so, one that takes it back, or a joining in error."""
    if "stands" in fact:
        said = [fact["person"]]
    elif "same" in fact:
        said = [row["person"] for row in tx.all("SELECT person FROM person_same WHERE id = :same", same=fact["same"])]
    else:
        said = [row["person"] for row in tx.all("SELECT person FROM person_same WHERE joined = :joined", joined=fact["joined"])]
    return list(dict.fromkeys(person for one in said for person in _before(tx, one)))


def visits_of(tx: Tx, fact: Row) -> list[str]:
    """The visits that may speak of those entries: those of every household to which any of them ever belonged."""
    these = Families.several(tuple(touched(tx, fact)))
    if not these.ids:
        return []
    homes = f"IN (SELECT m.household FROM membership m WHERE m.person IN ({these.among}))"
    rows = tx.all(
        f"SELECT r.submission FROM visit_reading r WHERE r.household {homes}"
        f" UNION SELECT f.submission FROM visit_filed f WHERE f.household {homes}",
        **these.params,
    )
    return [row["submission"] for row in rows]


def homes_of(tx: Tx, fact: Row) -> list[str]:
    """The households to which any of those entries ever belonged, and those that continue each: when a child was seen is said in all."""
    these = Families.several((*touched(tx, fact), ""))
    rows = tx.all(f"SELECT DISTINCT household FROM membership WHERE person IN ({these.among}) ORDER BY household", **these.params)
    return list(dict.fromkeys([fact["household"], *(one for row in rows for one in life_events.later(tx, row["household"]))]))


AFTER: dict[str, Keys] = dict.fromkeys(("person_same", "person_same_error", "record_joined_error"), visits_of)
"""For what is derived of a visit's measures: after whatever changes who stands for whom."""

STANDS_FOR = Derivation(
    tables=("stands_for",),
    after=dict.fromkeys(AFTER, touched),
    refresh=_refresh,
    every_key="SELECT DISTINCT person AS key FROM person_same",
)
