"""The caseload as a tablet receives it: the families that `look` found, in the words and with the settings of the forms and policies."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from visitapp.domain import curiosity, homes, losses, risks, roles
from visitapp.domain.answers import HOW_KNOWN
from visitapp.domain.moments import date_words, day_of, later, moment_words
from visitapp.domain.working_days import holidays_between
from visitapp.flow import second_workers
from visitapp.flow.remembering import remember
from visitapp.look import caseload, reviews
from visitapp.web.words import DECISIONS, form_title, outcome_words

if TYPE_CHECKING:
    from visitapp.formlang.model import Form
    from visitapp.look.caseload import Row
    from visitapp.web.session import Somebody
    from visitapp.wiring import Wired

EMERGENCY = {"who": "Emergency services", "number": "999", "when": "always"}
UNWELL = {"who": "NHS 111, for a child who is unwell", "number": "111", "when": "always"}
AHEAD = 60
"""Days of office holidays that a tablet carries."""


def as_json(wired: Wired, account: Somebody) -> dict[str, Any]:
    at = wired.clock()
    today, policy = day_of(at).isoformat(), wired.catalogue.policy
    until = (day_of(at) + timedelta(days=policy.number("planned_visits_carried"))).isoformat()
    past = partial(remember, wired.catalogue, now=at)
    found = caseload.of(wired, account.id, today, until, policy.number("earlier_visits_shown"), past)
    several = several_choices(wired)
    return {
        "as_of": {"seq": found.seq, "at": at},
        "news": found.news,
        "account": {"id": account.id, "name": account.name, "role": account.role},
        "service_key": {"id": wired.seal_keys.current, "jwk": wired.seal_keys.jwk()},
        "forms": [form_json(form) for form in newest_forms(wired)],
        "office_hours": office_hours(wired, today),
        "opens_offline": policy.number("opens_offline"),
        "reviews": [review_json(one) for one in reviews.of_author(wired, account.id, later(at, days=-policy.number("reviews_carried")))],
        "handovers": [handover_json(row) for row in found.offered],
        "help": [help_json(code, one) for code, one in curiosity.HELP.items()],
        "families": [family_json(found, family, several) for family in found.families],
    }


def review_json(one: reviews.Own) -> dict[str, Any]:
    """What a second person said of a visit that this account made: questions with their answers, what they do not agree with, sign-off."""
    return {
        "submission": one.row["submission"],
        "household": one.row["household"],
        "family": one.row["family"],
        "occurred_on": one.row["occurred_on"],
        "title": form_title(one.row),
        "at": one.row["last_at"],
        "questions": [
            {"id": asked["id"], "words": asked["words"], "by": asked["actor_name"] or "", "at": asked["at"], "answer": asked["answer"]}
            for asked in one.questions
        ],
        "not_agreed": [{"said": said["said"], "reason": said["reason"], "by": said["actor_name"] or ""} for said in one.not_agreed],
        "signed": {"by": one.signed["actor_name"] or "", "at": one.signed["at"], "words": one.signed["words"]} if one.signed else None,
    }


def newest_forms(wired: Wired) -> list[Form]:
    """The forms that can be begun now; a draft finishes under the version it began with, which the tablet already has."""
    return [wired.catalogue.current(name) for name in dict.fromkeys(form.name for form in wired.catalogue.forms)]


def form_json(form: Form) -> dict[str, Any]:
    where = f"/tablet/forms/{form.name}/{form.version}"
    plain = {"name": form.name, "version": form.version, "hash": form.hash, "title": form.title, "kind": form.kind}
    return plain | {"page": f"{where}/page", "bundle": f"{where}/bundle"}


def office_hours(wired: Wired, today: str) -> dict[str, Any]:
    first = date.fromisoformat(today)
    policy = wired.catalogue.policy
    shut = holidays_between(first, first + timedelta(days=AHEAD), policy.holidays)
    return {"opens": policy.text("office_opens"), "closes": policy.text("office_closes"), "holidays": [day.isoformat() for day in shut]}


def several_choices(wired: Wired) -> frozenset[str]:
    """The measures that are answered with several choices, by the forms that can be begun now."""
    asked = [question for form in newest_forms(wired) for question, _ in form.placed.values() if question.kind == "choices"]
    return frozenset(question.measure for question in asked if question.measure)


def family_json(found: caseload.Caseload, family: Row, several: frozenset[str]) -> dict[str, Any]:
    id = family["household"]
    past, lost = found.remembered[id], [loss_words(row) for row in found.losses[id]]
    return dict(family) | {
        "due": [{"what": row["what"], "on": row["on_date"]} for row in found.planned[id]],
        "people": [{part: row[part] for part in caseload.PERSON} for row in found.people[id]],
        "losses": lost,
        "given": past.given,
        "established": {whose: established_json(theirs, several) for whose, theirs in past.established.items()},
        "plans": past.plans,
        "duties": [{part: row[part] for part in ("what", "due_at", "owner")} for row in found.duties[id]],
        "memory": {"lines": [*lost, *also_lives(found, past.households), *past.lines], "courses": past.courses},
        "phones": [phone_json(row) for here in past.households for row in found.phones[here]],
        "risks": [risk_json(row, found.today) for here in past.households for row in found.risks[here]],
        "second": next((second_workers.as_json(row) for row in found.seconds[id]), None),
        "talk": next(({"on": row["on_date"], "changes": row["changes"]} for row in found.talks[id]), None),
        "curious": past.curious,
        "contacts": contacts(found, family["area"]),
        "earlier": [earlier_json(found, row) for row in found.earlier[id]],
        "referrals": [referral_json(one) for one in found.referrals[id]],
    }


def handover_json(row: Row) -> dict[str, str]:
    """A family that waits for an answer, as the tablet says it before the link; what the next one must know is read at the desk."""
    by = f" by {row['from_name']}" if row["from_name"] else ""
    until = f" by {moment_words(row['due_at'])}" if row["due_at"] else ""
    return {"id": row["id"], "words": f"{row['family']} is offered to you{by}: with a connection, read it and answer{until}"}


def loss_words(row: Row) -> str:
    """A loss as the screen says it first; a pregnancy that ended has no name to say."""
    return f"{losses.words(row['kind'], row['given_names'])} on {date_words(date.fromisoformat(row['on_date']))}"


def phone_json(row: Row) -> dict[str, Any]:
    """A number, whose it is and when it may be used."""
    whose = {"person": row["person"] or "", "whose": row["whose"] or row["given_names"] or ""}
    return whose | {"number": row["number"], "words": homes.words(row["safe"], row["times"]), "never": row["safe"] == homes.NEVER}


def also_lives(found: caseload.Caseload, households: tuple[str, ...]) -> list[str]:
    """With whom and when a child lives elsewhere too. Not where: a tablet is shown at a door."""
    rows = [row for here in households for row in found.second_homes[here] if not row["until"]]
    names = {one["id"]: one["given_names"] for here in households for one in found.people[here]}
    return [f"{names[row['person']]} also lives with {row['with_whom']}: {row['days']}" for row in rows if row["person"] in names]


def risk_json(row: Row, today: str) -> dict[str, Any]:
    """A known risk, and how it stands. Who said so is never carried where that would give them away: a tablet is shown at a door."""
    return {
        "kind": risks.KINDS[row["kind"]],
        "words": row["words"],
        "known": HOW_KNOWN[row["known"]],
        "on": row["from_on"],
        "until": row["until_on"],
        "source": "" if row["protected"] else row["source"],
        "protected": bool(row["protected"]),
        "stands": risks.state(row, today) == risks.STANDS,
    }


def help_json(code: str, one: curiosity.Help) -> dict[str, Any]:
    return {"code": code, "found": one.found, "tries": list(one.tries), "source": one.source, "findings": list(one.findings)}


def established_json(theirs: dict[str, dict[str, Any]], several: frozenset[str]) -> dict[str, dict[str, Any]]:
    """What earlier visits established, by measure. One question that was answered in two ways at one visit was not established."""
    found = {}
    for measure, one in theirs.items():
        values = list(dict.fromkeys(one["values"]))
        if measure in several or len(values) == 1:
            value = values if measure in several else values[0]
            found[measure] = {"value": value} | {part: one[part] for part in ("known", "on", "by")}
    return found


def referral_json(one: dict[str, Any]) -> dict[str, Any]:
    """A decision is said with what was decided, in the words of the desk; what else the team answered stands beside it, whole."""
    outcome = DECISIONS.get(one["decided"])
    words = f"{one['words']}: {outcome[0].lower()}{outcome[1:]}" if outcome else one["words"]
    answer = one["answer"] and one["answer"] | {"outcome": DECISIONS.get(one["answer"]["outcome"], one["answer"]["outcome"])}
    return {part: one[part] for part in ("id", "state", "at", "graver")} | {"words": words, "answer": answer}


def contacts(found: caseload.Caseload, area: str) -> list[dict[str, Any]]:
    """Whom to phone about what cannot wait, in the order to try: whoever takes it for the area, 999, 111, then the supervisors, who can
    send a second worker."""
    behind = [
        {"who": f"{roles.ACCOUNTS['supervisor']}, {one['name']}", "number": one["phone"], "when": "always", "second": True}
        for one in found.supervisors
    ]
    return [*found.contacts.get(area, ()), EMERGENCY, UNWELL, *behind]


def earlier_json(found: caseload.Caseload, row: Row) -> dict[str, Any]:
    findings = [
        {part: one[part] for part in ("area", "state", "severity", "said")} | {"about": one["about"] or ""}
        for one in found.findings[row["submission"]]
    ]
    return {
        "submission": row["submission"],
        "occurred_on": row["occurred_on"],
        "title": form_title(row),
        "kind": row["kind"],
        "author": row["author"] or "",
        "outcome": outcome_words(row),
        "level": {"at_least": row["at_least"], "could_be": row["could_be"]} if row["at_least"] else None,
        "findings": findings,
    }
