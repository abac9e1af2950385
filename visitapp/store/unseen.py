"""The babies of a family and when each was last seen: what a limit of the policy is held against (`flow/today.py`). A child without a date
of birth, one never seen, and one who was due and is not known to be born are here too: none of them is "fine"."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from visitapp.domain.ages import day_number
from visitapp.domain.measures import said_of
from visitapp.domain.today import BIRTH, FOREVER, PROTECTION, TARGETED, UNIVERSAL
from visitapp.store import closings, households, life_events, plans, same, together
from visitapp.store.filed import both
from visitapp.store.seen import Families
from visitapp.store.today_source import Reason, Source
from visitapp.store.tx import Row, Tx

PROTECTS = ("child_protection", "pre_birth")
"""Plans that protect a child, and what a family is then open to (`domain.plans.SOURCES`)."""
WORKS_WITH = ("social_worker", "early_help", "placing_authority")
"""Agencies whose part makes a family's time shorter than every family's."""
LOOKED_BACK = 20
"""Of so many newest visits, what the family is open to is the newest that was said."""


def band(tx: Tx, families: Families) -> str:
    """How closely this family's babies are watched: by what is agreed now, who works with them, and what visits last learnt of it."""
    sources = {one.source for one in plans.plans(tx, families) if one.stands}
    open_to = set(_open_to(tx, families))
    if open_to.union(sources).intersection(PROTECTS):
        return PROTECTION
    working = any(row["kind"] in WORKS_WITH and row["closed_on"] is None for row in together.agencies(tx, families))
    return TARGETED if sources or working or open_to - {"nobody"} or _referred(tx, families) else UNIVERSAL


def _open_to(tx: Tx, families: Families) -> tuple[str, ...]:
    rows = tx.all(
        f"SELECT s.said FROM visit v JOIN visit_said s ON s.submission = v.submission WHERE v.household IN ({families.among})"
        " ORDER BY v.occurred_on DESC, v.seq DESC LIMIT :most",
        most=LOOKED_BACK, **families.params,
    )  # fmt: skip
    return next((codes for row in rows if (codes := said_of(row["said"]).open_to)), ())


def _referred(tx: Tx, families: Families) -> bool:
    """Whether a referral is neither decided nor withdrawn: an open concern."""
    found = tx.one(
        f"SELECT 1 AS referred FROM referral r WHERE r.household IN ({families.among}) AND NOT EXISTS (SELECT 1 FROM referral_event e"
        " WHERE e.referral = r.id AND e.event IN ('withdrawn', 'decided')) LIMIT 1",
        **families.params,
    )
    return found is not None


def last_seen(tx: Tx, families: Families) -> dict[str, Row]:
    """When each person was last seen by a visit, and last seen awake (None: never)."""
    rows = tx.all(
        "SELECT m.person, max(m.occurred_on) AS seen, max(CASE WHEN m.value = 'awake' THEN m.occurred_on END) AS awake"
        f" FROM visit_measure m WHERE m.household IN ({families.among}) AND m.measure = 'child.seen' AND m.value IN ('awake', 'asleep')"
        " GROUP BY m.person",
        **families.params,
    )
    return {row["person"]: row for row in rows}


def today_rows(tx: Tx, household: str) -> Iterator[Reason]:
    """One row a child: `since` is the day on which they were last seen, or born, or due; `from_at` the day of birth or the due date, and
    `band` the limit; `said` the day since when the child is in hospital, as recorded. A child is seen asleep in a family that nobody else
    works with, and otherwise only awake (clinical brief, where practice overrides the tables).
    None where two people agreed that our work ended and nothing came since."""
    everybody = households.members(tx, household)
    children = list({one["person"]: one for one in everybody if one["role"] == "child"}.values())  # two at once may have recorded one child
    if not children or closings.stands(tx, household):
        return
    families = Families.several(life_events.earlier(tx, household))
    here, seen, away = band(tx, families), last_seen(tx, families), _in_hospital(tx, household)
    for child in children:
        how = seen.get(child["person"], {})
        reason = _reason(child, here, (how.get("seen") if here == UNIVERSAL else how.get("awake")) or "")
        yield replace(reason, said=away.get(child["person"], ""))


def _in_hospital(tx: Tx, household: str) -> dict[str, str]:
    """Since which day each person is in hospital, as far as anybody recorded: that they came home may be what nobody did."""
    stays = (life_events.HOSPITAL, life_events.HOME)
    who = same.of_household(tx, household)
    newest = {str(who.get(row["person"], row["person"])): row for row in life_events.of_household(tx, household) if row["kind"] in stays}
    return {person: row["on_date"] for person, row in newest.items() if row["kind"] == life_events.HOSPITAL}


def _reason(child: Row, here: str, seen: str) -> Reason:
    person, born, due = child["person"], child["born_on"], child["due_on"]
    if born:
        kind = "unseen" if seen else "never_seen"
        return Reason(
            kind, f"{person}@{seen}@{here}", since=seen or born, from_at=born, until_at=first_birthday(born), band=here, person=person
        )
    if due:
        return Reason("birth_awaited", f"{person}@{due}", since=due, from_at=due, band=BIRTH, person=person)
    return Reason("birth_unknown", person, since=child["from_on"], from_at=child["from_on"], person=person)


def first_birthday(born_on: str) -> str:
    """The day on which a child is one; never for a text that is no date, because then nobody knows how old they are."""
    number = day_number(born_on)
    if number is None:
        return FOREVER
    born = date.fromordinal(number)
    return (date(born.year + 1, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + 1)).isoformat()


def _of_person(tx: Tx, detail: Row) -> list[str]:
    """The households that a person belongs to now: whatever is put right of them, such as a date of birth."""
    return [row["household"] for row in tx.all("SELECT household FROM member_now WHERE person = :person", person=detail["person"])]


def _of_membership(tx: Tx, ended: Row) -> list[str]:
    return [row["household"] for row in tx.all("SELECT household FROM membership WHERE id = :id", id=ended["membership"])]


TODAY = Source(
    "unseen",
    frozenset({
        "membership", "life_event", "visit_reading", "plan", "plan_ended", "agency", "agency_closed", "referral",
        "referral_event", "earlier_household", "closing_answer", "planned_visit",
    }),
    today_rows,
    {"person_detail": _of_person, "membership_end": _of_membership, "visit_error": both,
     **dict.fromkeys(("record_joined_error", "person_same", "person_same_error"), same.homes_of)},
)  # fmt: skip
