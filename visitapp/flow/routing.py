"""Who gets a referral that is about to be sent: the facts of it gathered, the choice made by the area's routes (`decide/recipients.py`),
and what the practitioner wished otherwise, each wish with its reason. The same is shown before sending and kept when it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from visitapp.decide.recipients import BY_HAND_WHY, COPY, WHAT_TO_DO, Candidate, Choice, Chosen, Facts, added, choose, refusal
from visitapp.decide.route import open_to
from visitapp.domain import referrals as states
from visitapp.domain.ages import age_days
from visitapp.domain.moments import day_of, london
from visitapp.domain.working_days import is_working_day
from visitapp.flow import clocks, updates, whose
from visitapp.flow.candidates import could_get_it, open_agencies
from visitapp.flow.candidates import team as candidate
from visitapp.flow.given import given
from visitapp.flow.kept_visit import routes_of
from visitapp.flow.protected import address_kept_back, addresses, safe_to_tell
from visitapp.flow.recipients import IN_PERSON, Recipient, record
from visitapp.letter.withheld import stands_in
from visitapp.problems import problem, wrong
from visitapp.store import households, letters, life_events, referrals, submissions, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.formlang import Policy, Routes
    from visitapp.wiring import Wired

LONGEST = 10_000
ADDRESS_IN_IT = "This letter was written before the address was to be kept back, and gives it. Choose what else they get, or phone them."
OPEN_BY_AGENCY = {"social_worker": "child_in_need", "early_help": "early_help"}
ADDABLE = ("referral", "early_help", "pre_birth", "health_copy", "chronology")
"""Kinds of document that the practitioner may send to somebody else."""


@dataclass(frozen=True)
class Added:
    """Somebody else whom the practitioner wants told, and why."""

    name: str = ""
    address: str = ""
    document: str = "health_copy"
    why: str = ""

    @property
    def asked(self) -> bool:
        return any(text.strip() for text in (self.name, self.address, self.why))


@dataclass(frozen=True)
class Wishes:
    """What the practitioner wants otherwise than the routes say. `leave_out`: key of a copy -> why it does not go; `ask_for`: keys of
    copies that are offered; `receiver` is the key of the one that the page named, None where nobody looked."""

    leave_out: Mapping[str, str] = field(default_factory=dict)
    ask_for: tuple[str, ...] = ()
    also: Added = Added()
    receiver: str | None = None


@dataclass(frozen=True)
class Said:
    """What of a completion decides who gets it."""

    area_now: str = ""
    parents_told: str | None = None


def proposed(w: Wired, tx: Tx, referral: Row, said: Said, at: str) -> Chosen:
    """Who gets it by the routes, before anybody wished otherwise."""
    routes = routes_of(w, tx, referral["household"])
    facts, home, here = facts_of(w, tx, referral, said, at)
    return choose(routes, facts, could_get_it(w, tx, referral["household"], home, here, routes, facts.hours))


def has_last_resort(w: Wired, tx: Tx, area: str | None) -> bool:
    """Whether a letter may go today to somebody who receives in an area what comes to nobody else: then no referral of it is without a
    route."""
    routes = w.catalogue.routes_by_area.get(area or "")
    return routes is not None and any(
        not candidate(w, tx, row, routes, "day").refused
        for kind in routes.last_resort
        for row in teams.receiving_teams_for(tx, area or "", kind)
    )


def facts_of(w: Wired, tx: Tx, referral: Row, said: Said, at: str) -> tuple[Facts, str, str]:
    """The facts that decide, with the area in which the children live and the one in which they are."""
    household = whose.recorded(tx, referral["household"])
    family = households.household(tx, household)
    home = (family["area"] if family else None) or ""
    here = said.area_now or home
    born = [age_days(one["born_on"], day_of(at).isoformat()) for one in households.members(tx, household) if one["role"] == "child"]
    ages = [age for age in born if age is not None]
    kinds = {row["kind"] for row in open_agencies(tx, household)}
    facts = Facts(
        referral["destination"],
        referral["level"],
        referral["urgency"],
        hours_at(clocks.policy(w, tx, household), at),
        _open_to(w, tx, referral) | {OPEN_BY_AGENCY[kind] for kind in kinds if kind in OPEN_BY_AGENCY},
        "home" if here == home else "elsewhere",
        "none" if len(ages) == len(born) else "some" if ages else "all",
        min(ages, default=None),
        "placing_authority" in kinds,
        {"yes": "told", "no": "not_told"}.get(said.parents_told or ""),
        safe_to_tell(w, tx, life_events.earlier(tx, household)),
    )
    return facts, home, here


def hours_at(policy: Policy, at: str) -> str:
    """Whether the offices of an area are open at an instant: `day` or `out_of_hours`."""
    now = london(at)
    opens, closes = policy.text("office_opens"), policy.text("office_closes")
    return "day" if is_working_day(now.date(), policy.holidays) and opens <= f"{now:%H:%M}" < closes else "out_of_hours"


def _open_to(w: Wired, tx: Tx, referral: Row) -> frozenset[str]:
    row = submissions.submission(tx, referral["submission"])
    if row is None:
        return frozenset()
    form = w.catalogue.form(row["form"], row["form_version"])
    return open_to(form, json.loads(row["body"]), given(w, tx, referral["household"], row["occurred_on"]))


def wished(w: Wired, tx: Tx, referral: Row, chosen: Chosen, wishes: Wishes) -> Chosen:
    """The choice with what the practitioner wished. Raises Problem with the field to put right."""
    if chosen.receiver is None:
        raise wrong("receiving_team", chosen.refused)
    if wishes.receiver is not None and wishes.receiver != chosen.receiver.who.key:
        raise wrong("receiver", f"It now goes to {chosen.receiver.who.name}, because of what changed since. Look at that, and send again.")
    if not set(wishes.ask_for) <= {one.who.key for one in chosen.copies if one.offered}:
        raise wrong("ask_for", "A copy for the parents goes only where they were told and nothing that is recorded speaks against it.")
    kept = [chosen.receiver]
    for one in chosen.copies:
        why = wishes.leave_out.get(one.who.key)
        if why is not None and not why.strip():
            raise wrong(f"leave_out_why-{one.who.key}", "Say why this copy does not go.")
        if why is None and (not one.offered or one.who.key in wishes.ask_for):
            kept.append(one)
    left = [f"{_named(chosen, key)} gets no copy: {why.strip()}" for key, why in wishes.leave_out.items() if _named(chosen, key)]
    kept[0] = replace(kept[0], reasons=(*kept[0].reasons, *left))
    choice = replace(chosen, choices=tuple(kept))
    return added(choice, also(w, routes_of(w, tx, referral["household"]), wishes.also)) if wishes.also.asked else choice


def also(w: Wired, routes: Routes, one: Added) -> Choice:
    """A copy that the practitioner adds. Raises Problem with the field to put right."""
    for name, text, missing in (
        ("add_name", one.name, "Say who it is for."), ("add_address", one.address, "Enter an address for letters."),
        ("add_why", one.why, "Say why they are to have it."),
    ):  # fmt: skip
        if not text.strip():
            raise wrong(name, missing)
        if len(text) > LONGEST:
            raise wrong(name, "Make this shorter.")
    if one.document not in ADDABLE:
        raise wrong("add_document", "Choose what they get.")
    refused = refusal(routes, one.address, day_of(w.clock()), demonstration=w.settings.demonstration)
    if refused or "@" not in one.address:
        raise wrong("add_address", f"Nothing can be mailed there: {refused or 'it is no e-mail address.'} Phone them instead.")
    who = Candidate(f"added:{one.address.strip().casefold()}", one.name.strip(), one.address.strip())
    return Choice(COPY, one.document, who, (f"The practitioner added this copy: {one.why.strip()}",))


def _named(chosen: Chosen, key: str) -> str:
    return next((one.who.name for one in chosen.copies if one.who.key == key and not one.offered), "")


def as_recipients(w: Wired, chosen: Chosen) -> tuple[Recipient, ...]:
    """The choice as it is kept, the receiver first; what the practitioner should know of those who get none stands with the receiver."""
    found = [_kept(w, one) for one in chosen.choices]
    return (replace(found[0], reasons=(*found[0].reasons, *chosen.notes)), *found[1:])


def _kept(w: Wired, one: Choice) -> Recipient:
    way = IN_PERSON if one.by_hand else one.who.transport or w.transports[0].name
    address = "" if one.by_hand else one.who.address
    return Recipient(
        one.place, one.document, one.who.name, address, way, one.reasons, one.who.receiving_team, one.who.phone
    )  # fmt: skip


def able(w: Wired, tx: Tx, referral: Row, to: Recipient, at: str, field: str) -> Recipient:
    """A team of the directory that somebody chose, if letters may be mailed to it today. What cannot wait is written all the same, and
    handed over by hand. Raises Problem with the field."""
    team = teams.receiving_team(tx, to.receiving_team or "")
    routes, hours = routes_of(w, tx, referral["household"]), hours_at(clocks.policy(w, tx, referral["household"]), at)
    entry = candidate(w, tx, team, routes, hours) if team else Candidate("", to.name, "", refused="no address is recorded.")
    if not entry.refused:
        return replace(to, name=entry.name, phone=entry.phone)
    why = f"Nothing can be mailed to {entry.name}: {entry.refused}"
    if not Facts("", referral["level"], referral["urgency"], hours).urgent:
        raise wrong(field, f"{why} {WHAT_TO_DO}")
    return replace(to, phone=entry.phone, address="", transport=IN_PERSON, reasons=(*to.reasons, f"{why} {BY_HAND_WHY}"))


def areas(w: Wired) -> tuple[str, ...]:
    """Every council area with routes or an entry in the directory."""
    with w.engine.read() as tx:
        named = {row["area"] for row in teams.receiving_teams(tx)}
    return tuple(sorted({*w.catalogue.routes_by_area, *named}))


def before_sending(w: Wired, referral: str, said: Said) -> Chosen | None:
    """What the page shows of a referral that is not sent yet; the caller has shown that the actor may see it."""
    with w.engine.read() as tx:
        row = referrals.referral(tx, referral)
        unsent = row is not None and referrals.state(tx, referral) == states.PROPOSED
        return proposed(w, tx, row, said, w.clock()) if row and unsent else None


def add_copy(w: Wired, actor: str, referral: str, one: Added) -> None:
    """Somebody else is to have a copy of a referral that was sent. Raises Problem with a field."""
    at = w.clock()

    def write(tx: Tx) -> None:
        row = referrals.referral(tx, referral)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        if referrals.state(tx, referral) in (None, states.PROPOSED, states.WITHDRAWN):
            raise problem("state_wrong", state=states.words(states.PROPOSED))
        chosen = Chosen((also(w, routes_of(w, tx, row["household"]), one),))
        [copy] = as_recipients(w, chosen)
        _check_kept_back(w, tx, row, copy)
        record(w, tx, row, (copy,), at=at, actor=actor)
        updates.told_before(w, tx, row, copy, at=at, actor=actor)

    w.writer.submit(write)


def _check_kept_back(w: Wired, tx: Tx, row: Row, copy: Recipient) -> None:
    """A letter that is written stays as it is; if it gives an address that must be kept back since, nobody more gets it."""
    earlier = letters.of_kind(tx, row["id"], copy.document, copy.number, referrals.round_of(tx, row["id"]))
    every = life_events.earlier(tx, row["household"])
    if earlier and address_kept_back(w, tx, every) and stands_in(earlier["content"], addresses(tx, every)):
        raise wrong("add_document", ADDRESS_IN_IT)
