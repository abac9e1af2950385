"""Finding a family by what somebody remembers: a name as heard or spelled, an NHS number, a postcode. Names that people and households had
before still find them. Looked up by range and joined to scope, never by LIKE."""

from visitapp.domain.names import folded, sound
from visitapp.store.derivation import Derivation, column
from visitapp.store.scope import FAMILY
from visitapp.store.tx import Row, Tx

_LAST = "\U0010ffff"
LONGEST_TERM = 40
"""Characters of a word that it can be found by: what is in an index must be short."""


def find_families(tx: Tx, actor: str, text: str, limit: int = 20) -> list[Row]:
    """The families in scope that answer to every word: a name begun like it or sounding like it, an NHS number or a postcode begun so."""
    words = [word[:LONGEST_TERM] for word in folded(text).split()]
    matching = [_households(tx, actor, word) for word in words] + ([_households(tx, actor, "".join(words))] if len(words) > 1 else [])
    if not words:
        return []
    found = set.intersection(*matching[: len(words)]).union(*matching[len(words) :])
    rows = [tx.one("SELECT * FROM household_now WHERE household = :household", household=household) for household in found]
    return sorted((row for row in rows if row), key=lambda row: (row["name"], row["household"]))[:limit]


def _households(tx: Tx, actor: str, word: str) -> set[str]:
    rows = tx.all(
        "SELECT DISTINCT search_term.household FROM search_term JOIN household_now ON household_now.household = search_term.household"
        " WHERE ((kind IN ('name', 'number', 'postcode') AND term >= :first AND term < :last) OR (kind = 'sound' AND term = :heard))"
        f" AND {FAMILY}",
        first=word,
        last=word + _LAST,
        heard=sound(word)[:LONGEST_TERM],
        actor=actor,
    )
    return {row["household"] for row in rows}


def _refresh(tx: Tx, household: str) -> None:
    tx.run("DELETE FROM search_term WHERE household = :household", household=household)
    for term, kind, person in sorted(_terms(tx, household)):
        tx.run(
            "INSERT INTO search_term (term, kind, household, person) VALUES (:term, :kind, :household, :person)",
            term=term, kind=kind, household=household, person=person,
        )  # fmt: skip


def _terms(tx: Tx, household: str) -> set[tuple[str, str, str]]:
    people = tx.all(
        "SELECT d.person, d.given_names, d.family_name, d.nhs_number FROM membership m JOIN person_detail d ON d.person = m.person"
        " WHERE m.household = :household",
        household=household,
    )
    terms = {term for row in people for term in _name_terms(f"{row['given_names']} {row['family_name']}", row["person"])}
    terms |= {(row["nhs_number"], "number", row["person"]) for row in people if row["nhs_number"]}
    for row in tx.all("SELECT name FROM household WHERE id = :household", household=household):
        terms |= _name_terms(row["name"], "")
    for row in tx.all("SELECT postcode FROM residence WHERE household = :household", household=household):
        terms.add((folded(row["postcode"]).replace(" ", ""), "postcode", ""))
    return {(term[:LONGEST_TERM], kind, person) for term, kind, person in terms if term}


def _name_terms(name: str, person: str) -> set[tuple[str, str, str]]:
    words = [word[:LONGEST_TERM] for word in folded(name).split()]
    return {(word, "name", person) for word in words} | {(sound(word), "sound", person) for word in words}


def _of_person(tx: Tx, detail: Row) -> list[str]:
    found = tx.all("SELECT DISTINCT household FROM membership WHERE person = :person", person=detail["person"])
    return [row["household"] for row in found]


SEARCH_TERM = Derivation(
    tables=("search_term",),
    after={
        "household": column("id"),
        "membership": column("household"),
        "person_detail": _of_person,
        "residence": column("household"),
    },
    refresh=_refresh,
    every_key="SELECT id AS key FROM household",
)
