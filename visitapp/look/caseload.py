"""What a tablet takes offline: every family of the actor's team, recorded as one read of each. The statements are the same however many
families there are, but for the given facts, which `store.given` works out for one family at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from visitapp.domain import referrals
from visitapp.look.reading import Desk, each_noted
from visitapp.store import caseload
from visitapp.store.given import Reach, history
from visitapp.store.tx import Row

PERSON = ("id", "given_names", "family_name", "role", "born_on", "due_on", "gestation_days", "nhs_number", "phone")


@dataclass(frozen=True)
class Caseload:
    """Everything up to `seq`: families with their parts, each still without the words that forms and policies give."""

    seq: int
    families: tuple[Row, ...]
    people: dict[str, list[Row]]
    planned: dict[str, list[Row]]
    earlier: dict[str, list[Row]]
    findings: dict[str, list[Row]]
    referrals: dict[str, list[dict[str, Any]]]
    contacts: dict[str, list[dict[str, str]]]
    given: dict[str, dict[str, Any]]


def of(desk: Desk, actor: str, today: str, reach: Reach) -> Caseload:
    """`reach` is how far history goes back, which is policy."""
    with desk.engine.read() as tx:
        seq, families = caseload.newest_seq(tx), caseload.families(tx, actor)
        found = Caseload(
            seq,
            tuple(families),
            by("household", caseload.people(tx, actor)),
            by("household", caseload.planned(tx, actor, today)),
            by("household", caseload.earlier(tx, actor)),
            by("submission", caseload.findings(tx, actor)),
            referred(caseload.referral_events(tx, actor)),
            contacts(caseload.receiving_teams(tx)),
            {family["household"]: history(tx, family["household"], today, seq, reach=reach) for family in families},
        )
    each_noted(desk, actor, "read.caseload", (family["household"] for family in found.families))
    return found


def by(key: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped


def referred(events: list[Row]) -> dict[str, list[dict[str, Any]]]:
    """The referrals of each family with their state, newest first."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rows in by("id", events).values():
        state = referrals.state_of(row["event"] for row in rows) or referrals.PROPOSED
        said = {"id": rows[0]["id"], "state": state, "words": referrals.words(state), "at": rows[-1]["at"]}
        grouped[rows[0]["household"]].insert(0, said)
    return grouped


def contacts(teams: list[Row]) -> dict[str, list[dict[str, str]]]:
    """Whom to phone in each council area, in the order to try; 999 is always last, and always there."""
    grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
    for team in teams:
        grouped[team["area"]].append({"who": team["name"], "number": team["phone"], "when": "in_hours"})
        grouped[team["area"]].append({"who": f"{team['name']}, out of hours", "number": team["phone_out_of_hours"], "when": "out_of_hours"})
    return grouped
