"""What stands agreed and arranged for a family at a moment, as rules read it: plans and their triggers, the agencies, who leads, meetings,
help and the agreed level. Another agency's closure ends their part, and what they left unresolved stays in view."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from visitapp.decide.limits import Limits
from visitapp.decide.plans import Progress
from visitapp.domain.helping import DELIVERED, ENDS
from visitapp.domain.past import Moment, PastVisit
from visitapp.domain.plans import Plan

Row = dict[str, Any]

IMPLIED: dict[str, str] = {"social_worker": "child_in_need", "early_help": "early_help"}
"""An agency that is involved -> what the family is then open to, in the codes of the measure `family.open_to`."""
PLANNED: dict[str, str] = {
    "child_protection": "child_protection",
    "pre_birth": "child_protection",
    "child_in_need": "child_in_need",
    "early_help": "early_help",
}
"""Where a plan comes from -> what the family is open to while it stands. Our own safety plan opens nothing at another agency."""
STATUTORY = ("child_in_need", "child_protection")
NOBODY = "nobody"


@dataclass(frozen=True)
class Arranged:
    """What was known of it up to a moment, of the family and its confirmed earlier households, in order; `level` is the one that stands,
    `referred` whether a referral that was sent is not decided, and `proposed` the highest level that one not ended was proposed for."""

    plans: Sequence[Progress] = ()
    agencies: Sequence[Row] = ()
    leads: Sequence[Row] = ()
    meetings: Sequence[Row] = ()
    orders: Sequence[Row] = ()
    level: int | None = None
    referred: bool = False
    proposed: int = 0


def standing(arranged: Arranged, moment: Moment, limits: Limits, missed: Sequence[PastVisit] = ()) -> dict[str, Any]:
    """The given facts of that name (docs/forms-language.md). `missed` are the visits not completed that count."""
    plans = [one for one in arranged.plans if _stands(one, moment.on)]
    watched = [one for one in arranged.plans if _stands(one, moment.on) or one.not_done]
    agencies = involved(arranged.agencies, moment.on)
    met = [row["on_date"] for row in arranged.meetings if row["on_date"] <= moment.on]
    return {
        "level_agreed": arranged.level,
        "triggers_met": sum(one.met for one in watched),
        "actions_not_done": sum(one.not_done for one in watched),
        "plan_open": bool(plans),
        "concern_open": arranged.referred or max(arranged.level or 0, arranged.proposed) >= limits.concern_level,
        "plan_moments": sorted({one.plan.trigger_kind for one in plans if _next_meets(one.plan, missed, moment)}),
        "agencies": len(agencies),
        "lead_named": lead(arranged, moment.on) is not None,
        "days_since_meeting": moment.days_since(max(met)) if met else None,
        "meeting_overdue": _overdue(agencies, met, moment, limits.meeting_days),
        "closed_unresolved": any(_left_unresolved(row, moment, limits.closed_days) for row in arranged.agencies),
        "help_outstanding": sorted({row["what"] for row in outstanding(arranged.orders, moment.on)}),
        "help_awaited": sorted({row["what"] for row in outstanding(arranged.orders, moment.on) if not _came(row, moment.on)}),
    }


def _next_meets(plan: Plan, missed: Sequence[PastVisit], moment: Moment) -> bool:
    """Whether one more of what the plan waits for is its moment: of a plan that waits for several, the first is not."""
    if (plan.trigger_count or 1) == 1:
        return True
    first = max(plan.agreed_on, moment.days_ago(plan.trigger_days or 0))
    since = [one for one in missed if one.on >= first and (one.on > plan.agreed_on or one.kept > plan.seq)]
    return len(since) + 1 >= (plan.trigger_count or 1)


def involved(agencies: Sequence[Row], on: str) -> list[Row]:
    """The agencies that work with the family on a day, the first of each kind and name, in the order in which they began."""
    found: dict[tuple[str, str], Row] = {}
    for row in sorted(agencies, key=lambda one: (one["from_on"], one["seq"])):
        if row["from_on"] <= on and not closed(row, on):
            found.setdefault((row["kind"], row["name"].strip().casefold()), row)
    return list(found.values())


def closed(agency: Row, on: str) -> bool:
    return agency["closed_on"] is not None and agency["closed_on"] <= on


def outstanding(orders: Sequence[Row], on: str) -> list[Row]:
    """Help that was needed by a day and was neither seen in use by then nor given up."""
    return [row for row in orders if row["needed_on"] <= on and not (row["step"] in ENDS and row["step_on"] <= on)]


def _came(order: Row, on: str) -> bool:
    """Whether help that is not known to be in use has at least been brought: what it was for is no want of ours any more."""
    return order["step"] == DELIVERED and order["step_on"] <= on


def open_to(said: tuple[str, ...] | None, said_on: str, arranged: Arranged, on: str) -> list[str] | None:
    """What the family is open to: the newest that a visit learnt (on `said_on`), and what the agencies that are involved and the plans that
    stand imply. An agency that has closed since ends what it stood for. None while nobody has said and nothing of it is known."""
    agencies = arranged.agencies
    plans = {PLANNED[one.plan.source] for one in arranged.plans if _stands(one, on) and one.plan.source in PLANNED}
    implied = {IMPLIED[row["kind"]] for row in involved(agencies, on) if row["kind"] in IMPLIED}
    if said is None and not implied and not plans:
        return None
    since = {IMPLIED[row["kind"]] for row in agencies if row["kind"] in IMPLIED and closed(row, on) and row["closed_on"] >= said_on}
    ended = since - implied
    gone = {NOBODY, *ended, *(STATUTORY if "child_in_need" in ended else ())}
    codes = {code for code in said or () if code not in gone} | plans
    return sorted(codes | (implied - set(STATUTORY) if codes.intersection(STATUTORY) else implied)) or [NOBODY]


def _stands(one: Progress, on: str) -> bool:
    return one.plan.agreed_on <= on and (one.plan.ended_on is None or one.plan.ended_on > on)


def lead(arranged: Arranged, on: str) -> Row | None:
    """Who leads for every agency on a day; one whose agency has closed leads no more."""
    leads = [row for row in arranged.leads if row["from_on"] <= on]
    last = max(leads, key=lambda row: (row["from_on"], row["seq"]), default=None)
    gone = last is not None and any(row["id"] == last["agency"] and closed(row, on) for row in arranged.agencies)
    return None if gone else last


def _overdue(agencies: Sequence[Row], met: Sequence[str], moment: Moment, days: int) -> bool:
    """Whether two agencies or more have worked with the family for longer than the policy's time since they last met, or since the second
    began."""
    if len(agencies) < 2:
        return False
    return moment.days_since(max([agencies[1]["from_on"], *met])) > days


def _left_unresolved(agency: Row, moment: Moment, days: int) -> bool:
    return closed(agency, moment.on) and agency["closed_on"] >= moment.days_ago(days) and agency["unresolved"] not in (None, "", "[]")
