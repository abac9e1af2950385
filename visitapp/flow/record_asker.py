"""Whose copy of the record it is, and what the service proposes to take out of it for that: what is about other adults, what others said,
an address that must be kept back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from visitapp.domain import record_requests as words
from visitapp.domain.names import folded
from visitapp.flow.family_plan import readable
from visitapp.flow.protected import MOST_VISITS, address_kept_back, addresses, said_of_safety
from visitapp.letter.withheld import stands_in
from visitapp.store import letters, life_events, phones, referrals, search, visits
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

SHORTEST_NAME = 3
OF_A_NAME = re.compile(r"\bnames?\b", re.IGNORECASE)
A_NAME = re.compile(r"\b[^\W\d_][\w’'-]+")
NO_NAMES = frozenset(
    [
        "the",
        "she",
        "her",
        "his",
        "him",
        "they",
        "them",
        "who",
        "and",
        "with",
        "for",
        "from",
        "next",
        "door",
        "over",
        "street",
        "road",
        "lane",
        "row",
        "flat",
        "house",
        "number",
        "phone",
        "tel",
        "mobile",
        "call",
        "only",
        "lives",
        "live",
        "works",
        "work",
        "not",
        "mrs",
        "miss",
        "neighbour",
        "neighbor",
        "friend",
        "aunt",
        "uncle",
        "sister",
        "brother",
        "mother",
        "father",
        "grandmother",
        "grandfather",
        "mum",
        "dad",
        "reach",
        "through",
        "school",
        "nursery",
        "church",
    ]
)
"""Words of such answers that are nobody's name."""
PARENTS = ("mother", "father")


@dataclass(frozen=True)
class Asker:
    """Whose request it is, and what the proposals look for: adults beside the asker by person with the words of their names, children for
    whom others alone are recorded as responsible, and the address where it must be kept back. `guarded`: another adult was not safe with
    somebody, would not or could not say, or the parents were not told of a referral, so that what anybody else said may do harm in the
    asker's hands. `unasked`: no other adult was ever asked, which says nothing. `kept_from`: referrals of which it is not recorded that the
    parents were told; `informants`: words of the names of people who told us something in confidence, and
    `others` of those beside the family whose number we have."""

    person: str
    adults: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    not_theirs: frozenset[str] = frozenset()
    address: tuple[str, ...] = ()
    role: str = ""
    own: frozenset[str] = frozenset()
    guarded: bool = False
    unasked: bool = False
    kept_from: frozenset[str] = frozenset()
    informants: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def about(self, person: str) -> str:
        """Why something about this person is proposed to be taken out."""
        if person in self.not_theirs:
            return words.THIRD_PARTY
        role = self.adults.get(person)
        return "" if role is None else words.OTHER_PARENT if role in PARENTS else words.THIRD_PARTY

    def of_role(self, role: str) -> str:
        """Why something about whoever has that part in the family is, unless only the asker has it."""
        if role == self.role and role not in self.adults.values():
            return ""
        return words.OTHER_PARENT if role in PARENTS else words.THIRD_PARTY

    def in_words(self, said: str) -> str:
        """Why a text is: it holds the address, the name of who told us, or the name of another adult."""
        if self.address and stands_in(said, self.address):
            return words.ADDRESS
        spoken = {*folded(said).split(), *folded(re.sub("[’']", " ", said)).split()}  # "Jordan's" is Jordan
        if spoken & self.informants:
            return words.INFORMANT
        if spoken & self.others:
            return words.THIRD_PARTY
        return next((self.about(person) for word, person in self.names.items() if word in spoken), "")

    def said_by_others(self, person: str = "") -> str:
        """Why what was said or typed, of this person or of nobody in particular, is: the asker must not learn who said what."""
        return words.SERIOUS_HARM if self.guarded and person != self.person else ""


def asker(w: Wired, tx: Tx, household: str, person: str) -> Asker:
    """What to look for in the record of this family, former members and names included."""
    every = life_events.earlier(tx, household)
    known = search.people_of(tx, Families.several(every))
    adults = {row["person"]: row["role"] for row in known if row["role"] != "child" and row["person"] != person}
    ours = {word for row in known if row["person"] not in adults for word in _name_words(row)}
    names = {word: row["person"] for row in known if row["person"] in adults for word in _name_words(row) if word not in ours}
    holders: dict[str, set[str]] = {}
    for row in letters.responsibility(tx, household):
        holders.setdefault(row["child"], set()).add(row["holder"])
    kept_back = address_kept_back(w, tx, every)
    told, beside = _told(tx, Families.several(every)), phones.standing(tx, Families.several(every))
    said = [safe for one, safe in said_of_safety(w, tx, every) if one != person]
    return Asker(
        person, adults, names, frozenset(child for child, held in holders.items() if person not in held),
        addresses(tx, every) if kept_back else (),
        role=next((row["role"] for row in known if row["person"] == person), ""),
        own=frozenset(word for row in known if row["person"] == person for word in _name_words(row)),
        guarded=bool(adults) and (kept_back or False in said or "no" in told.values()),
        unasked=bool(adults) and not said,
        informants=_informants(w, tx, every) - ours - set(names),
        others=frozenset(word for row in beside for word in _names_in(row["whose"])) - ours - set(names),
        kept_from=frozenset(referral for referral, how in told.items() if how != "yes"),
    )  # fmt: skip


def _informants(w: Wired, tx: Tx, households: tuple[str, ...]) -> frozenset[str]:
    """The words of the answers that were given apart to who somebody is."""
    found: set[str] = set()
    for row in (row for household in households for row in visits.bodies(tx, household, MOST_VISITS)):
        form = w.catalogue.form(row["form"], row["form_version"])
        asked = [id for id, (one, _) in form.placed.items() if one.kind == "text" and one.confidential and OF_A_NAME.search(one.label)]
        answers = readable(row["body"]).get("answers") if asked else None
        said = [answers[id].get("value") for id in asked if isinstance(answers.get(id), dict)] if isinstance(answers, dict) else []
        found.update(*(_names_in(text) for text in said if isinstance(text, str)))
    return frozenset(found)


def _names_in(text: str) -> set[str]:
    """The words of a text that may be a name: those with a capital, or where none has one the first two."""
    each = A_NAME.findall(text)
    names = [word for word in each if word[0].isupper()] or each[:2]
    return {word for name in names for word in folded(name).split() if len(word) >= SHORTEST_NAME and word not in NO_NAMES}


def _told(tx: Tx, families: Families) -> dict[str, str]:
    """Whether the parents were told of each referral that was sent: yes, no, or empty where that is not recorded."""
    return {row["referral"]: str(json.loads(row["detail"] or "{}").get("parents_told") or "") for row in referrals.requests(tx, families)}


def _name_words(row: Row) -> list[str]:
    return [word for word in folded(f"{row['given_names']} {row['family_name']}").split() if len(word) >= SHORTEST_NAME]
