"""What a tablet takes offline, recorded as one read of each family. The statements are the same however many families there are."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from visitapp.domain import referrals
from visitapp.domain.remembered import Remembered
from visitapp.look import results
from visitapp.look.reading import Desk, each_noted
from visitapp.store import caseload, debriefs, handovers, homes, inbox, losses, past, phones, risks, second_workers
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

PERSON = ("id", "given_names", "family_name", "role", "born_on", "due_on", "gestation_days", "birth_order", "nhs_number", "phone")

Remember = Callable[[Tx, Families, str, int], dict[str, Remembered]]
"""The past of several families as it is known on a date up to a seq (`flow.remembering.remember`)."""
OFFERS = 20
"""How many families that are offered to somebody a tablet names; their own page has them all."""
ANSWERED = (referrals.ACKNOWLEDGED, referrals.DECIDED, referrals.RETURNED)


@dataclass(frozen=True)
class Caseload:
    """Everything up to `seq`: families with their parts, each still without the words that forms and policies give. `news` is the mark of
    what the actor knows with it (`results.news`)."""

    seq: int
    news: str
    today: str
    families: tuple[Row, ...]
    people: dict[str, list[Row]]
    planned: dict[str, list[Row]]
    earlier: dict[str, list[Row]]
    findings: dict[str, list[Row]]
    referrals: dict[str, list[dict[str, Any]]]
    contacts: dict[str, list[dict[str, str]]]
    supervisors: tuple[Row, ...]
    duties: dict[str, list[Row]]
    losses: dict[str, list[Row]]
    offered: tuple[Row, ...]
    risks: dict[str, list[Row]]
    seconds: dict[str, list[Row]]
    talks: dict[str, list[Row]]
    phones: dict[str, list[Row]]
    second_homes: dict[str, list[Row]]
    remembered: dict[str, Remembered]


def of(desk: Desk, actor: str, today: str, until: str, earlier: int, remember: Remember) -> Caseload:
    """The families named to the actor, and those of the team that somebody is planned to visit until a day, or should have
    visited. `earlier` is how many visits of each family are carried."""
    with desk.engine.read() as tx:
        seq, rows = caseload.newest_seq(tx), caseload.families(tx, actor, until)
        families = caseload.carried(rows, actor, until)
        with_earlier = past.with_earlier(families)
        found = Caseload(
            seq,
            results.mark(actor, inbox.newest(tx, actor)),
            today,
            tuple(rows),
            by("household", caseload.people(tx, families)),
            by("household", caseload.planned(tx, families)),
            by("household", caseload.earlier(tx, families, earlier)),
            by("submission", caseload.findings(tx, families, earlier)),
            referred(caseload.referral_events(tx, with_earlier)),
            contacts(caseload.front_doors(tx)),
            tuple(caseload.supervisors(tx, actor)),
            by("household", caseload.duties(tx, families)),
            by("household", losses.of(tx, families)),
            tuple(handovers.offered_to(tx, actor, 0, OFFERS)),
            by("household", risks.open_of(tx, with_earlier)),
            by("household", second_workers.newest_of(tx, families)),
            by("household", debriefs.newest_of(tx, families)),
            by("household", phones.standing(tx, with_earlier)),
            by("household", homes.seconds(tx, actor, with_earlier)),
            remember(tx, families, today, seq),
        )
    each_noted(desk, actor, "read.caseload", dict.fromkeys((*families.ids, *(row["household"] for row in found.offered))))
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
        happened = [row["event"] for row in rows]
        said = {"id": rows[0]["id"], "state": state, "words": referrals.words_of(happened), "graver": referrals.is_untold(happened)}
        said |= {"at": rows[-1]["at"], "decided": decided(rows)}
        said |= {"team": rows[-1]["team"] or "", "answer": answered(rows, state)}
        grouped[rows[0]["household"]].insert(0, said)
    return grouped


def decided(events: list[Row]) -> str:
    """The code of what was decided; empty while nothing is."""
    answer = next((row["detail"] for row in reversed(events) if row["event"] == referrals.DECIDED), None)
    return str(json.loads(answer).get("outcome", "")) if answer else ""


def answered(events: list[Row], state: str) -> dict[str, Any] | None:
    """What the team that has it answered last; None while they owe an answer. Who said it and when is theirs where it came by phone."""
    given = next((row for row in reversed(events) if row["event"] == state), None)
    if given is None or state not in ANSWERED:
        return None
    detail = json.loads(given["detail"]) if given["detail"] else {}
    by = detail.get("by") or {}
    said = {part: detail.get(part) or "" for part in ("outcome", "reason", "next_step", "next_on", "contact", "whose")}
    return said | {
        "team": given["team"] or "",
        "at": by.get("at") or given["at"],
        "by": ", ".join(filter(None, (by.get("name"), by.get("role")))),
    }


def contacts(teams: list[Row]) -> dict[str, list[dict[str, str]]]:
    """Whom to phone in each council area about what cannot wait, in the order to try."""
    grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
    for team in teams:
        grouped[team["area"]].append({"who": team["name"], "number": team["phone"], "when": "in_hours"})
        grouped[team["area"]].append({"who": f"{team['name']}, out of hours", "number": team["phone_out_of_hours"], "when": "out_of_hours"})
    return grouped
