"""Finding a family by what somebody remembers: a name as heard or spelled, an NHS or phone number, a date of birth, an address. Names,
numbers and addresses of before still find it. Each term stands beside the team that may find it and is looked up by range, never by LIKE,
so that a common name costs what the team's own families cost and never reads the service."""

from collections.abc import Callable, Mapping

from visitapp.domain.names import folded, in_latin, sound
from visitapp.domain.sought import LONGEST_TERM, Item, one_letter_apart, phone
from visitapp.store.derivation import Derivation, column
from visitapp.store.homes import RIGHT
from visitapp.store.household_summary import HOUSEHOLD_NOW
from visitapp.store.seen import FAMILIES, Families
from visitapp.store.tx import Row, Tx

LAST, NEXT = "\U0010ffff", "\x01"
"""After every word that begins so, and after the word itself alone. Not "\\0": what no database can keep is replaced on its way there."""
NAME, SOUND, SLIP, ADDRESS, POSTCODE = "name", "sound", "slip", "address", "postcode"
NUMBER, PHONE, BORN, DUE = "number", "phone", "born", "due"
SHORTEST_HEARD, SHORTEST_SLIP, SHORTEST_ADDRESS, SHORTEST_NUMBER, SHORTEST_PHONE = 3, 4, 3, 4, 6
"""Letters or digits from which on a word is looked for in that way: of fewer, it would be found in every family."""
MOST_WORDS, MOST_SLIPS = 20_000, 20
"""Different words of a team that are compared letter by letter, and how many of them a word may be one letter away from."""
BEST = {SOUND: 1, SLIP: 2}
"""What was only heard or is a slip stands after what was typed right."""
STREETS = {
    "street": "st", "saint": "st", "road": "rd", "avenue": "ave", "av": "ave", "lane": "ln", "close": "cl", "court": "ct", "drive": "dr",
    "place": "pl", "square": "sq", "terrace": "ter", "gardens": "gdns", "crescent": "cres", "apartment": "flat",
}  # fmt: skip
"""A word of an address -> how it is kept, so that both ways of writing it find it."""

_TEAM = "(SELECT actor.team FROM account_now actor WHERE actor.account = :actor)"


def hits(tx: Tx, actor: str, item: Item) -> list[Row]:
    """What of the families in scope answers to one thing that was typed: household, person, the term, and `kind`, how it was found."""
    found = []
    for kind, value in _ways(item):
        found += tx.all(
            f"""SELECT t.household, t.person, t.kind, t.term FROM search_term t JOIN {FAMILIES} h ON h.household = t.household
                WHERE t.team = {_TEAM} AND t.kind = :kind AND t.term >= :first AND t.term < :last""",
            actor=actor, kind=kind, first=value[0], last=value[1],
        )  # fmt: skip
    return found + (_slips(tx, actor, item.value) if item.kind == "word" and len(item.value) >= SHORTEST_SLIP else [])


def _ways(item: Item) -> list[tuple[str, tuple[str, str]]]:
    """(kind of term, from which term to before which) for each way in which it may be meant."""
    value = item.value
    begun, just = (value, value + LAST), (value, value + NEXT)
    if item.kind == "day":
        return [(BORN, begun), (DUE, begun)]
    if item.kind == "postcode":
        return [(POSTCODE, begun)]
    ways = [(NUMBER, begun, SHORTEST_NUMBER), (PHONE, begun, SHORTEST_PHONE)] if value.isascii() and value.isdigit() else []
    if item.kind == "word":
        latin = in_latin(value)[:LONGEST_TERM]
        ways += [(NAME, (latin, latin + LAST), 1), (SOUND, (sound(latin), sound(latin) + NEXT), 1)] if latin else []
        short = STREETS.get(value, value)
        heard = sound(value)[:LONGEST_TERM]
        ways += [
            (NAME, begun, 1),
            (SOUND, (heard, heard + NEXT), SHORTEST_HEARD),
            (ADDRESS, begun if short == value and len(value) >= SHORTEST_ADDRESS else (short, short + NEXT), 1),
            (POSTCODE, begun if any(c.isdigit() for c in value) else just, 2),
        ]
    return [(kind, between) for kind, between, shortest in ways if len(value) >= shortest]


def _slips(tx: Tx, actor: str, word: str) -> list[Row]:
    """What is one letter away from the word: the team's different words are few, and each is compared."""
    known = tx.all(
        f"SELECT DISTINCT kind, term FROM search_term WHERE team = {_TEAM} AND kind IN ('name', 'address') LIMIT :most",
        actor=actor, most=MOST_WORDS,
    )  # fmt: skip
    near = sorted({row["term"] for row in known if len(row["term"]) >= SHORTEST_SLIP and one_letter_apart(word, row["term"])})[:MOST_SLIPS]
    if not near:
        return []
    these = Families.several(tuple(near))
    return tx.all(
        f"""SELECT t.household, t.person, 'slip' AS kind, t.term FROM search_term t JOIN {FAMILIES} h ON h.household = t.household
            WHERE t.team = {_TEAM} AND t.kind IN ('name', 'address') AND t.term IN ({these.among})""",
        **(these.params | {"actor": actor}),
    )  # fmt: skip


def families(tx: Tx, actor: str, by_item: Mapping[Item, list[Row]]) -> list[Row]:
    """The families in scope that answer to every item, by what answers to each: what was typed right before what only sounds so or is a
    slip of it, then in the order of their names."""
    each = [{row["household"] for row in rows} for rows in by_item.values()]
    answering = set.intersection(*each) if each else set()
    rank = dict.fromkeys(answering, 0)
    for rows in by_item.values():
        best: dict[str, int] = {}
        for row in rows:
            best[row["household"]] = min(best.get(row["household"], len(BEST)), BEST.get(row["kind"], 0))
        rank = {household: max(before, best[household]) for household, before in rank.items()}
    rows = told(tx, actor, Families.several(tuple(sorted(answering)))) if answering else []
    return sorted(rows, key=lambda row: (rank[row["household"]], folded(row["name"]), row["household"]))


def told(tx: Tx, actor: str, families: Families) -> list[Row]:
    """The families of a page of results, with what a list shows of each; those in scope."""
    return tx.all(
        f"""SELECT h.household, h.name, h.address, h.postcode, p.name AS practitioner_name
            FROM {FAMILIES} h LEFT JOIN account_now p ON p.account = h.practitioner WHERE h.household IN ({families.among})""",
        **(families.params | {"actor": actor}),
    )  # fmt: skip


def people_of(tx: Tx, families: Families) -> list[Row]:
    """Everything that was ever known of whoever belongs or belonged to these families, what is known now first."""
    return tx.all(
        f"""SELECT m.household, m.role, d.person, d.given_names, d.family_name, d.nhs_number, d.phone, d.born_on, d.due_on
            FROM membership m JOIN person_detail d ON d.person = m.person WHERE m.household IN ({families.among}) ORDER BY d.seq DESC""",
        **families.params,
    )  # fmt: skip


def times_of(tx: Tx, person: str) -> list[Row]:
    """From when until when somebody belonged to which household; no end where they still do."""
    return tx.all(
        """SELECT m.household, m.from_on, e.on_date AS to_on FROM membership m LEFT JOIN membership_end e ON e.membership = m.id
           WHERE m.person = :person ORDER BY m.seq""",
        person=person,
    )  # fmt: skip


def homes_of(tx: Tx, families: Families) -> list[Row]:
    """Every address of these families, the one they live at now first."""
    return tx.all(
        f"SELECT household, address, postcode FROM residence WHERE household IN ({families.among}) AND {RIGHT}"
        " ORDER BY from_on DESC, seq DESC",
        **families.params,
    )  # fmt: skip


# --- what is derived ------------------------------------------------------------------------------------------------------------------


def _refresh(tx: Tx, household: str) -> None:
    tx.run("DELETE FROM search_term WHERE household = :household", household=household)
    family = tx.one("SELECT team FROM household_now WHERE household = :household", household=household)
    team = (family["team"] if family else None) or ""
    rows = [
        {"team": team, "kind": kind, "term": term, "household": household, "person": person} for term, kind, person in _all(tx, household)
    ]
    tx.insert("search_term", rows)


def _all(tx: Tx, household: str) -> list[tuple[str, str, str]]:
    people = tx.all(
        "SELECT d.person, d.given_names, d.family_name, d.nhs_number, d.phone, d.born_on, d.due_on"
        " FROM membership m JOIN person_detail d ON d.person = m.person WHERE m.household = :household",
        household=household,
    )
    terms = {term for row in people for term in _of_one(row)}
    for row in tx.all("SELECT name FROM household WHERE id = :household", household=household):
        terms |= name_terms(row["name"], "")
    for row in tx.all(f"SELECT address, postcode FROM residence WHERE household = :household AND {RIGHT}", household=household):
        terms |= {(word, ADDRESS, "") for word in address_words(row["address"])}
        terms.add((folded(row["postcode"]).replace(" ", ""), POSTCODE, ""))
    for row in tx.all("SELECT number FROM phone_number WHERE household = :household", household=household):
        terms.add((phone(row["number"]), PHONE, ""))
    return sorted({(term[:LONGEST_TERM], kind, person) for term, kind, person in terms if term})


def _of_one(row: Row) -> set[tuple[str, str, str]]:
    """What one saying of a person can be found by."""
    plain = {NUMBER: row["nhs_number"], PHONE: phone(row["phone"] or ""), BORN: row["born_on"], DUE: row["due_on"]}
    said = {(value, kind, row["person"]) for kind, value in plain.items() if value}
    return said | name_terms(f"{row['given_names']} {row['family_name']}", row["person"])


def name_terms(name: str, person: str) -> set[tuple[str, str, str]]:
    """A name's words and how each sounds."""
    words = name_words(name)
    return {(word, NAME, person) for word in words} | {(sound(word)[:LONGEST_TERM], SOUND, person) for word in words}


def name_words(name: str) -> list[str]:
    """The words of a name, and of those in another script also how they are spelled in ours."""
    words = [word[:LONGEST_TERM] for word in folded(name).split()]
    return words + [latin[:LONGEST_TERM] for word in words if (latin := in_latin(word))]


def address_words(address: str) -> set[str]:
    """The words of an address, each also as it is shortened."""
    words = {word[:LONGEST_TERM] for word in folded(address).split()}
    return words | {STREETS[word] for word in words if word in STREETS}


def _of_person(tx: Tx, detail: Row) -> list[str]:
    found = tx.all("SELECT DISTINCT household FROM membership WHERE person = :person", person=detail["person"])
    return [row["household"] for row in found]


_WHERE_IT_STANDS: Mapping[str, Callable[[Tx, Row], object]] = {
    fact: keys for fact, keys in HOUSEHOLD_NOW.after.items() if fact not in ("visit_reading", "visit_error", "assessment")
}
"""The facts that move a family to another team, or say where it lives: those of its summary that are no visit."""

SEARCH_TERM = Derivation(
    tables=("search_term",),
    after={**_WHERE_IT_STANDS, "membership": column("household"), "phone_number": column("household"), "person_detail": _of_person},  # type: ignore[dict-item]
    refresh=_refresh,
    every_key="SELECT id AS key FROM household",
)
