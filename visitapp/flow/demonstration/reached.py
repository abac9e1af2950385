"""How the families of the demonstration are reached and recorded, as the desk kept it in the last days: a move to another area that is not
handed over yet, an address put right, numbers with when each may be used, a child's second home, a baby who was recorded twice, and a team
that asks another for a record of the same family."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from visitapp.flow import children, homes, joins, phones, twice
from visitapp.flow.stories.model import Key
from visitapp.flow.stories.teller import Teller
from visitapp.store import households, people_over_time
from visitapp.store.seen import Families
from visitapp.store.tx import Row

if TYPE_CHECKING:
    from visitapp.wiring import Wired

MOVED = ("Georgiou", {"address": "3 Sluice Cottages", "postcode": "WF2 3DN", "area": "westfen"})
WRONG = ("Lindqvist", "11a Weaver Street", "The card came back: 11 is the shop, and they live above it.")
NUMBERS = (
    ("Keane", {"of": "Shannon", "safe": "at_times", "times": "Weekdays from ten to two"}),
    ("Keane", {"number": "01632 960733", "whose": "Denise Keane, Shannon’s mother", "safe": "any_time"}),
    ("Keane", {"of": "Jordan", "safe": "never"}),
)
SECOND = (
    "Mercer",
    "Kayden",
    {"with_whom": "Kyle Sutton, his father, at Kyle’s mother’s", "days": "Every other weekend"},
)
AGAIN = (
    "Lindqvist",
    "Alva",
    {"given_names": "Alwa", "birth_weight_g": 3210},
    "One baby: her red book came with her and has one NHS number. She was entered again from the letter of the clinic they left.",
)
ASKED = (
    "Penhaligon",
    {
        "words": "Tamsin stayed with her mother in Tanner Street in the summer and says that a midwife of yours came twice before birth. "
        "Was a record begun there, perhaps under her mother’s name, Trevena?",
        "goes_on": "us",
    },
)
TWO_DAYS, TWO_MONTHS = timedelta(days=2), timedelta(days=60)


def record(w: Wired, teller: Teller, practitioner: str, today: date) -> None:
    """As of the end of the stories."""

    def home(family: str) -> str:
        return teller.id(Key("household", family))

    def named(family: str, given: str) -> Row:
        with w.engine.read() as tx:
            return next(one for one in households.members(tx, home(family)) if one["given_names"] == given)

    for family, said in NUMBERS:
        whose = named(family, said["of"]) if "of" in said else None
        known = {"person": whose["person"], "number": whose["phone"]} if whose else {}
        phones.add(w, practitioner, home(family), **(known | {name: value for name, value in said.items() if name != "of"}))
    family, given, second = SECOND
    from_on = (today - TWO_MONTHS).isoformat()
    homes.add_second(w, practitioner, home(family), person=named(family, given)["person"], from_on=from_on, **second)
    family, moved = MOVED
    homes.move(w, practitioner, home(family), from_on=(today - TWO_DAYS).isoformat(), **moved)
    _put_right(w, practitioner, home(WRONG[0]))
    family, given, again, why = AGAIN
    stands = named(family, given)
    other = children.add(w, practitioner, home(family), family_name=stands["family_name"], born_on=stands["born_on"], **again)
    twice.are_one(w, practitioner, home(family), stands=stands["person"], other=other, why=why)


def ask(w: Wired, teller: Teller, practitioner: str, team: str) -> None:
    """Westfen asks Eastmoor whether it has a record of one of its families."""
    family, said = ASKED
    joins.ask(w, practitioner, teller.id(Key("household", family)), to_team=team, **said)


def _put_right(w: Wired, practitioner: str, household: str) -> None:
    with w.engine.read() as tx:
        [row] = people_over_time.residences(tx, Families.one(household))
    kept = {part: row[part] for part in ("postcode", "area", "from_on")}
    homes.put_right(w, practitioner, household, row["seq"], why=WRONG[2], address=WRONG[1], **kept)
