"""What must be so of a plan, an agency, a meeting, help and an agreed level before it is kept, as marshmallow schemas made once
(`family_fields.py` reads them)."""

import re
from typing import Any

from marshmallow import fields

from visitapp.domain import agencies, duties, helping, plans
from visitapp.domain.findings import LEVELS
from visitapp.flow.family_fields import Found, Happened, Said, day, load, load_each, more, number, one_of, rule, words

__all__ = ["load", "load_each"]

EVIDENCE: dict[str, str] = {
    duties.DONE: "Say what was done, by whom and when, so that somebody else can see that it was.",
    duties.DECLINED: "Say who declined, and what reason they gave.",
    duties.EXCUSED: "Give the reason why this is not to be done.",
}
MOST_ACTIONS = 20
MOST_DECISIONS = 50
MOST_HOURS = 24 * 366


class _Owned(Said):
    """Something that somebody is to do: the account of ours that answers for it, or the words for whose it is, or both."""

    what = words("Say what is to be done.")
    owner = more()
    owner_account = more()

    @rule
    def _somebodys(self, said: dict[str, Any]) -> Found:
        if not said["owner"] and not said["owner_account"]:
            yield "owner", "Say who does this: a role and a name."


class _Action(_Owned):
    hours = number(1, MOST_HOURS, "Enter within how many hours of the clock, from 1 on. Weekends count.")
    backup = more()
    backup_account = more()
    after_declined = fields.Boolean(load_default=False, error_messages={"invalid": "Choose yes or no."})


class _Plan(Happened):
    source = words("Say what kind of plan this is, such as a child protection plan.")
    agreed_on = day("Enter when it was agreed.")
    agreed_by = words("Say who agreed it, parents included.")
    trigger_kind = words("Choose what is watched for.")
    trigger_words = words("Say what the plan watches for, in its own words: what stands after “if”.")
    trigger_count = number(1, 99, "Enter how many visits not completed, from 1 to 99.", required=False)
    trigger_days = number(1, 730, "Enter within how many days, from 1 to 730.", required=False)
    review_on = day("", required=False)

    @rule
    def _watchable(self, said: dict[str, Any]) -> Found:
        kind = said["trigger_kind"]
        if kind and kind not in plans.TRIGGERS and not plans.finding_code(kind):
            yield "trigger_kind", "Choose what is watched for."
        if kind in plans.NEEDS_COUNT and said["trigger_count"] is None:
            yield "trigger_count", "Enter how many visits not completed."
        if kind in plans.NEEDS_DAYS and said["trigger_days"] is None:
            yield "trigger_days", "Enter within how many days."
        if said["review_on"] and said["agreed_on"] and said["review_on"] < said["agreed_on"]:
            yield "review_on", "The review cannot be before the plan was agreed."


class _Closing(Said):
    how = one_of(duties.BY_A_PERSON, "Choose done, declined, or not to be done.")
    evidence = more()
    reference = more()

    @rule
    def _shown(self, said: dict[str, Any]) -> Found:
        if not said["evidence"]:
            yield "evidence", EVIDENCE.get(said["how"], EVIDENCE[duties.DONE])
        if said["how"] == duties.DECLINED and not said["reference"]:
            yield "reference", "Give their reference, such as an incident number; where they gave none, say so."


class _PlanEnd(Happened):
    on_date = day("Enter when it ended.")
    reason = words("Say why it ended and who agreed that.")


class _SaidMet(Happened):
    on_date = day("Enter when it happened.")
    why = words("Say what happened, and how it is known.")


class _Agency(Happened):
    kind = one_of(agencies.KINDS, "Choose the kind of agency.")
    name = words("Enter the name of the agency or of the person there.")
    contact = more()
    knows = more()
    worker = more()
    email = more()
    phone = more()
    manager = more()
    manager_email = more()
    manager_phone = more()
    from_on = day("Enter since when they have worked with the family.")

    @rule
    def _addresses(self, said: dict[str, Any]) -> Found:
        for name in ("email", "manager_email"):
            if said[name] and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+", said[name].strip()):
                yield name, "Enter an address such as name@council.gov.uk, or leave it out."


class _Told(Happened):
    how = one_of(agencies.HOWS, "Choose told, replied or not told.")
    on_date = day("Enter when.")
    words = more()

    @rule
    def _why_not(self, said: dict[str, Any]) -> Found:
        if said["how"] == agencies.NOT_TOLD and not said["words"]:
            yield "words", "Say why they were not told."


class _AgencyEnd(Happened):
    on_date = day("Enter when they ended their part.")
    reason = words("Give the reason that they gave.")
    unresolved = fields.List(fields.String(), load_default=list, error_messages={"invalid": "Choose from the findings."})


class _Lead(Happened):
    name = words("Enter the name of the lead professional and their role.")
    account = more()
    agency = more()
    from_on = day("Enter since when they lead.")


class _Decision(_Owned):
    due_on = day("Enter by which day.")


class _Meeting(Happened):
    on_date = day("Enter the day of the meeting.")
    attended = words("Say who was there, parents included.")
    agencies = number(1, 50, "Enter how many agencies were there, our own among them.")


class _Need(Said):
    what = one_of(helping.HELP, "Choose what is needed.")
    person = more()
    words = more()
    needed_on = day("Enter since when it is needed.")
    tonight = fields.Boolean(load_default=False, error_messages={"invalid": "Choose yes or no."})
    today = fields.String(load_only=True)

    @rule
    def _tonight_is_today(self, said: dict[str, Any]) -> Found:
        if said["tonight"] and said["needed_on"] and said["needed_on"] > said["today"]:
            yield "needed_on", "Tonight is today. Give today's date, or do not say tonight."
        if said["what"] == "other" and not said["words"]:
            yield "words", "Say what is needed."


class _HelpStep(Happened):
    step = one_of(helping.STEPS, "Choose what happened.")
    on_date = day("Enter when.")
    words = more()

    @rule
    def _why_not(self, said: dict[str, Any]) -> Found:
        if said["step"] == helping.NO_LONGER_NEEDED and not said["words"]:
            yield "words", "Say why it is no longer needed."


class _AgreedLevel(Said):
    level = number(LEVELS[0], LEVELS[-1], "Choose a level from 1 to 4.")
    reason = words("Say what this level rests on.")


class _CloseFamily(Said):
    reason = words("Say why our work ends, and who goes on seeing the children.")


class _Answer(Said):
    agrees = fields.Boolean(required=True, error_messages=dict.fromkeys(("required", "null", "invalid"), "Say whether you agree."))
    reason = more()

    @rule
    def _why_not(self, said: dict[str, Any]) -> Found:
        if said["agrees"] is False and not said["reason"]:
            yield "reason", "Say why not."


class _LifeEvent(Happened):
    person = words("Choose who.")
    on_date = day("Enter when.")
    words = more()


class _SameFamily(Said):
    why = words("Say how you know that this is the same family.")


PLAN, ACTION, PLAN_END, SAID_MET = _Plan(), _Action(), _PlanEnd(), _SaidMet()
AGENCY, TOLD, AGENCY_END, LEAD = _Agency(), _Told(), _AgencyEnd(), _Lead()
MEETING, DECISION, NEED, HELP_STEP = _Meeting(), _Decision(), _Need(), _HelpStep()
CLOSE_FAMILY = _CloseFamily()
CLOSING, AGREED_LEVEL, ANSWER, LIFE_EVENT, SAME_FAMILY = _Closing(), _AgreedLevel(), _Answer(), _LifeEvent(), _SameFamily()
