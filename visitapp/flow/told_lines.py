"""What stands in a family's chronology, in words for paper: what happened, what was said of it, and who of ours was there. One function a
kind of entry; of a kind that has none its name is printed, so that nothing is left out in silence."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import agencies, disagreements, duties, handovers, helping, joins, plans, referrals, replies, roles
from visitapp.domain.measures import said_of
from visitapp.domain.past import NOT_COMPLETED
from visitapp.flow.letter_history import outcome_words
from visitapp.letter.sentences import day, stop

if TYPE_CHECKING:
    from visitapp.formlang import Catalogue
    from visitapp.store.tx import Row

EVENTS: dict[str, str] = {
    referrals.PROPOSED: "Referral proposed",
    referrals.WITHDRAWN: "Referral withdrawn",
    referrals.REQUESTED: "Referral sent",
    referrals.LETTERED: "Letter of the referral written",
    referrals.DELIVERED: "Letter of the referral delivered",
    referrals.ACKNOWLEDGED: "Referral received by the team that was asked",
    referrals.RETURNED: "Referral given back: not for that team",
    referrals.SENT_ON: "Referral sent on to another team",
    referrals.DECIDED: "Referral decided",
    referrals.NEWS: "Something new was attached to the referral",
    "bounced": "The letter of the referral came back",
}
DELIVERIES: dict[str, str] = {
    "sent": "Letter handed over", "refused": "Letter refused by the receiver’s system", "try_again": "Letter not handed over yet",
    "unknown": "It is not known whether the letter arrived", "collected": "Letter collected by the receiver’s system",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """`what` is a heading of a few words; `words` all that belongs to it; `who` of ours."""

    what: str
    words: str = ""
    who: str = ""


def tell(catalogue: Catalogue, kind: str, row: Row, findings: Sequence[Row] = ()) -> Said:
    """One entry in words."""
    if kind == "visit":
        return _visit(catalogue, row, findings)
    told = TOLD.get(kind)
    return told(row, _detail(row)) if told else Said(kind.replace("_", " ").capitalize())


def _visit(catalogue: Catalogue, row: Row, findings: Sequence[Row]) -> Said:
    known = any((form.name, form.version) == (row["form"], row["form_version"]) for form in catalogue.forms)
    how = outcome_words(catalogue, row["form"], row["form_version"], row["outcome"]) if known else row["form"]
    title = catalogue.form(row["form"], row["form_version"]).title if known else row["form"]
    announced = said_of(row["said"]).announced if row["said"] else None
    expected = "" if announced is None else "Arranged with the family." if announced else "Not arranged with the family."
    present = [stop(one["said"]) for one in findings if one["state"] == "present"]
    found = ["Found:", *present] if present else []
    unknown = sum(one["state"] == "cannot_tell" for one in findings)
    left = f"{unknown} more could not be told." if unknown else ""
    mark = "Visit not completed" if row["kind"] == NOT_COMPLETED else title
    added = f"Added to the visit of {day(row['adds_to_on'])}." if row["adds_to_on"] else ""
    words = " ".join(part for part in (stop(how) if how != mark else "", expected, added, *found, left) if part)
    role = roles.ACCOUNTS.get(row["author_role"] or "", "").lower()
    return Said(mark, words, ", ".join(part for part in (row["author_name"] or "", role) if part))


def _event(row: Row, detail: Any) -> Said:
    said = detail if isinstance(detail, dict) else {}
    parts = [
        f"To {row['team_name']}" if row["team_name"] and row["event"] == referrals.REQUESTED else row["team_name"] or "",
        f"Asked for: {said['asked_for']}" if said.get("asked_for") else "",
        replies.OUTCOMES.get(said.get("outcome", ""), ""),
        str(said.get("reason") or ""),
        f"It is for: {said['whose']}" if said.get("whose") else "",
        f"Next: {said['next_step']}" if said.get("next_step") else "",
        f"By {day(said['next_on'])}" if said.get("next_on") else "",
        f"Whom to ask: {said['contact']}" if said.get("contact") else "",
        _by(said.get("by")),
    ]
    return Said(str(EVENTS.get(row["event"], row["event"])), _sentences(*parts), row["actor_name"] or "")


def _by(said: Any) -> str:
    """Who of the team gave an answer that did not come from an account of theirs."""
    who = ", ".join(str(said[part]) for part in ("name", "role") if said.get(part)) if isinstance(said, dict) else ""
    return f"Answered by {who}" if who else ""


def _disagreement(row: Row, detail: Any) -> Said:
    said = detail if isinstance(detail, dict) else {}
    texts = [str(said[name]) for name in ("reason", "said", "words", "why") if said.get(name)]
    over = disagreements.OVER.get(row["over"], "")
    what = disagreements.EVENTS.get(row["event"], "Professional disagreement")
    return Said(what, _sentences(disagreements.STAGES.get(row["stage"], ""), over, *texts), row["actor_name"] or "")


def _delivery(row: Row, _detail: Any) -> Said:
    return Said(DELIVERIES.get(row["outcome"], "Attempt to hand over a letter"), f"Attempt {row['attempt']}.")


def _call(row: Row, _detail: Any) -> Said:
    reached = "Reached." if row["reached"] else "Nobody was reached."
    spoke = f"Spoke to {row['spoke_to']}" if row["spoke_to"] else ""
    return Said(f"Call to {row['who']}", _sentences(reached, spoke, row["said"] or ""), row.get("actor_name") or "")


def _plan(row: Row, detail: Any) -> Said:
    then = "; ".join(f"{one['what']} ({one['owner']})" if one.get("owner") else one["what"] for one in detail or [])
    agreed = f"Agreed by {row['agreed_by']}"
    return Said(f"Plan agreed: {plans.SOURCES.get(row['source'], row['source'])}", _sentences(f"If {row['trigger_words']}: {then}", agreed))


def _membership(row: Row, _detail: Any) -> Said:
    born = f", born {day(row['born_on'])}" if row["born_on"] else f", due {day(row['due_on'])}" if row["due_on"] else ""
    return Said(f"{_name(row)} belongs to the household", f"{str(roles.MEMBERS.get(row['role'], row['role'])).capitalize()}{born}.")


def _practitioner(row: Row, _detail: Any) -> Said:
    leads = "leads for every agency" if row["capacity"] == "lead" else "is the named practitioner"
    return Said(f"{row['name'] or 'Somebody'} {leads}")


def _meeting(row: Row, detail: Any) -> Said:
    decided = "; ".join(f"{one['what']} ({one['owner']})" if one.get("owner") else one["what"] for one in detail or [])
    return Said("Meeting", _sentences(row["attended"], f"Decided: {decided}" if decided else "No decision is recorded"))


def _level(row: Row, _detail: Any) -> Said:
    lower = row["from_level"] and row["level"] < row["from_level"]
    how = f"proposed in place of level {row['from_level']}" if lower else "agreed"
    return Said(f"Level of need {row['level']} {how}", _sentences(row["reason"]), row["actor_name"] or "")


def _decision(row: Row, _detail: Any) -> Said:
    about = f", for {row['about']}" if row["about"] else ""
    again = f"To be looked at again by {day(row['review_on'])}"
    return Said(f"Decided in supervision{about}", _sentences(row["what"], f"Why: {row['why']}", again), row["decided_by"])


def _life_event(row: Row, _detail: Any) -> Said:
    what = str(row["life_event"]).replace("_", " ")
    return Said(f"{_name(row)}: {what}", _sentences("Recorded in error" if row.get("in_error") else "", row["words"] or ""))


def _handover(row: Row, _detail: Any) -> Said:
    to = row["to_name"] or row["to_team"] or "another practitioner"
    kind = handovers.KINDS.get(row["handover_kind"], "")
    return Said(f"Handover offered to {to}", _sentences(kind, row["words"]), row["actor_name"] or "")


def _ended(row: Row) -> str:
    return f"Handover {str(handovers.ENDS.get(row['how'], row['how'])).lower()}"


def _visit_error(row: Row, _detail: Any) -> Said:
    """Nothing of the family that it belongs to: this paper is not theirs."""
    on = f" of {day(row['occurred_on'])}" if row["occurred_on"] else ""
    return Said(f"A visit{on} was entered in error", _sentences(row["why"]), row["actor_name"] or "")


def _duty(row: Row, _detail: Any) -> Said:
    how = str(duties.HOWS.get(row["how"], row["how"]))
    evidence = row["evidence"], duties.reference_words(row["reference"])
    return Said(how, _sentences(row["what"] or "", *evidence), row["actor_name"] or "")


def _agency(row: Row) -> str:
    return f"{row['name']}: {str(agencies.HOWS.get(row['how'], row['how'])).lower()}"


def _name(row: Row) -> str:
    return f"{row['given_names']} {row['family_name']}".strip() if row.get("given_names") else "Somebody whose name is not recorded"


TOLD: dict[str, Callable[[Row, Any], Said]] = {
    "event": _event,
    "disagreement": _disagreement,
    "delivery": _delivery,
    "call": _call,
    "referral_call": _call,
    "danger_call": _call,
    "plan": _plan,
    "plan_ended": lambda row, _: Said("The agreed plan was ended", _sentences(f"If {row['trigger_words']}", row["reason"])),
    "trigger": lambda row, _: Said("The moment of an agreed plan came", _sentences(f"If {row['trigger_words']}", row["why"])),
    "duty_closed": _duty,
    "help": lambda row, _: Said(f"Help needed: {helping.HELP.get(row['what'], 'help')}", _sentences(row["words"])),
    "help_step": lambda row, _: Said(
        f"{helping.HELP.get(row['what'], 'Help')}: {str(helping.STEPS.get(row['step'], row['step'])).lower()}", _sentences(row["words"])
    ),
    "level": _level,
    "closing": lambda row, _: Said("It was asked that our work ends", _sentences(row["reason"]), row["actor_name"] or ""),
    "closing_answer": lambda row, _: Said(
        "Our work ended, agreed by a second person" if row["agrees"] else "A second person did not agree that our work ends",
        _sentences(row["reason"]), row["actor_name"] or "",
    ),
    "level_answer": lambda row, _: Said(
        f"Lower level {row['level']}: {'agreed by a second person' if row['agrees'] else 'not agreed'}", _sentences(row["reason"]),
        row["actor_name"] or "",
    ),
    "decision": _decision,
    "agency": lambda row, _: Said(
        f"{row['name']} works with the family",
        _sentences(agencies.KINDS.get(row["agency_kind"], ""), f"They know: {row['knows']}" if row["knows"] else ""),
    ),
    "agency_told": lambda row, _: Said(_agency(row), _sentences(row["words"])),
    "agency_closed": lambda row, _: Said(f"{row['name']} ended their part", _sentences(row["reason"])),
    "lead": lambda row, _: Said(f"{row['name']} leads for every agency"),
    "meeting": _meeting,
    "residence": lambda row, _: Said(
        "Address, recorded in error" if row["in_error"] else "Address from this day",
        ", ".join(part for part in (row["address"], row["postcode"]) if part),
    ),
    "residence_error": lambda row, _: Said("An address was put right", _sentences(row["why"]), row["actor_name"] or ""),
    "phone_number": lambda row, _: Said(f"A phone number of {row['whose'] or _name(row)} was recorded", who=row["actor_name"] or ""),
    "person_same": lambda row, _: Said(
        f"{_name(row)} was recorded twice: one entry stands", _sentences(row["why"]), row["actor_name"] or ""
    ),
    "person_same_error": lambda row, _: Said(
        f"{_name(row)} and another entry are two people after all", _sentences(row["why"]), row["actor_name"] or ""
    ),
    "join_asked": lambda row, _: Said(
        f"{row['to_team'] or 'Another team'} was asked whether it has a record of the same family", _sentences(row["words"]),
        row["actor_name"] or "",
    ),
    "join_answered": lambda row, _: Said(
        f"The other team’s record: {joins.ENDS.get(row['how'], 'answered').lower()}", _sentences(row["reason"]), row["actor_name"] or ""
    ),
    "second_home": lambda row, _: Said(f"{_name(row)} lives in another home too", _sentences(f"With {row['with_whom']}", row["days"])),
    "second_home_ended": lambda row, _: Said(f"{_name(row)} lives in the other home no more", _sentences(row["why"])),
    "membership": _membership,
    "membership_end": lambda row, _: Said(f"{_name(row)} no longer belongs to the household", _sentences(row["reason"])),
    "life_event": _life_event,
    "life_event_error": lambda row, _: Said("Something was recorded in error and taken back", _sentences(row["why"])),
    "reminders_resumed": lambda row, _: Said("Reminders and letters may go to the family again", _sentences(row["why"])),
    "practitioner": _practitioner,
    "handover": _handover,
    "handover_ended": lambda row, _: Said(_ended(row), _sentences(row["reason"]), row["actor_name"] or ""),
    "visit_error": _visit_error,
    "record_put_right": lambda row, _: Said("The record was put right", _sentences(row["why"]), row["actor_name"] or ""),
}  # fmt: skip


def _sentences(*parts: str | None) -> str:
    return " ".join(stop(part.strip()) for part in parts if part and part.strip())


def _detail(row: Row) -> Any:
    try:
        return json.loads(row["detail"]) if row.get("detail") else None
    except ValueError:
        return None
