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
from visitapp.flow.protected import address_kept_back, said_of_safety
from visitapp.letter.withheld import stands_in
from visitapp.store import letters, life_events, referrals, search
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

SHORTEST_NAME = 3
PARENTS = ("mother", "father")


@dataclass(frozen=True)
class Asker:
    """Whose request it is, and what the proposals look for: adults beside the asker by person with the words of their names, children for
    whom others alone are recorded as responsible, and the address where it must be kept back. `guarded`: another adult was not safe with
    somebody, would not or could not say, or the parents were not told of a referral, so that what anybody else said may do harm in the
    asker's hands. `unasked`: no other adult was ever asked, which says nothing. `kept_from`: referrals of which it is not recorded that the
    parents were told."""

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
        """Why a text is: it holds the address, or the name of another adult."""
        if self.address and stands_in(said, self.address):
            return words.ADDRESS
        spoken = {*folded(said).split(), *folded(re.sub("[’']", " ", said)).split()}  # "Jordan's" is Jordan
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
    homes = search.homes_of(tx, Families.several(every)) if kept_back else []
    told = _told(tx, Families.several(every))
    said = [safe for one, safe in said_of_safety(w, tx, every) if one != person]
    return Asker(
        person, adults, names, frozenset(child for child, held in holders.items() if person not in held),
        tuple(part for row in homes for part in (row["address"], row["postcode"]) if part),
        role=next((row["role"] for row in known if row["person"] == person), ""),
        own=frozenset(word for row in known if row["person"] == person for word in _name_words(row)),
        guarded=bool(adults) and (kept_back or False in said or "no" in told.values()),
        unasked=bool(adults) and not said,
        kept_from=frozenset(referral for referral, how in told.items() if how != "yes"),
    )  # fmt: skip


def _told(tx: Tx, families: Families) -> dict[str, str]:
    """Whether the parents were told of each referral that was sent: yes, no, or empty where that is not recorded."""
    return {row["referral"]: str(json.loads(row["detail"] or "{}").get("parents_told") or "") for row in referrals.requests(tx, families)}


def _name_words(row: Row) -> list[str]:
    return [word for word in folded(f"{row['given_names']} {row['family_name']}").split() if len(word) >= SHORTEST_NAME]
