"""What must be so of a plan, an agency, a meeting, help and an agreed level before it is kept, as marshmallow schemas made once. Each
message stands beside its field and says what to do. Nothing is tidied: what was typed is kept as typed.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate, validates_schema

from visitapp.domain import agencies, duties, helping, plans
from visitapp.domain.ages import day_number
from visitapp.domain.findings import LEVELS
from visitapp.flow.people_schemas import first_problem, within
from visitapp.problems import wrong

LONGEST = 10_000
EVIDENCE: dict[str, str] = {
    duties.DONE: "Say what was done, by whom and when, so that somebody else can see that it was.",
    duties.DECLINED: "Say who declined, and what reason they gave.",
    duties.EXCUSED: "Give the reason why this is not to be done.",
}
MOST_ACTIONS = 20
MOST_DECISIONS = 50
MOST_HOURS = 24 * 366


def _words(missing: str) -> fields.String:
    """Words that must be there."""
    messages: dict[str, Any] = {"required": missing, "null": missing, "invalid": missing}
    length = validate.Length(max=LONGEST, error=f"Make this shorter: at most {LONGEST:,} characters.")
    return fields.String(required=True, error_messages=messages, validate=length)


def _more() -> fields.String:
    """Words that may be left out; nothing is kept as ''."""
    length = validate.Length(max=LONGEST, error=f"Make this shorter: at most {LONGEST:,} characters.")
    return fields.String(load_default=None, allow_none=True, validate=length, error_messages={"invalid": "Write this in words."})


def _day(missing: str, *, required: bool = True) -> fields.String:
    def is_day(text: str) -> None:
        if day_number(text) is None:
            raise ValidationError("Write a date that exists, such as 27 11 2026.")

    if not required:
        return fields.String(load_default=None, allow_none=True, validate=is_day, error_messages={"invalid": "Write a date."})
    return fields.String(required=True, error_messages={"required": missing, "null": missing, "invalid": missing}, validate=is_day)


def _one_of(codes: Any, missing: str) -> fields.String:
    messages: dict[str, Any] = {"required": missing, "null": missing, "invalid": missing}
    return fields.String(required=True, error_messages=messages, validate=validate.OneOf(codes, error=missing))


class _Whole(fields.Integer):
    """A whole number, or its digits; half of one is not cut off."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **given: Any) -> Any:
        if isinstance(value, float) and not value.is_integer():
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **given)


def _number(first: int, last: int, error: str, *, required: bool = True) -> fields.Integer:
    messages: dict[str, Any] = {"required": error, "null": error, "invalid": error, "too_large": error}
    within = validate.Range(first, last, error=error)
    if required:
        return _Whole(required=True, error_messages=messages, validate=within)
    return _Whole(load_default=None, allow_none=True, error_messages=messages, validate=within)


class _Said(Schema):
    """Only spaces is nothing said; everything else stays as typed."""

    class Meta:
        unknown = EXCLUDE

    @pre_load
    def _blank_is_nothing(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: None if isinstance(value, str) and not value.strip() else value for name, value in data.items()}


class _Happened(_Said):
    """Something that happened on a day; `today` comes from the clock."""

    today = fields.String(load_only=True)

    @validates_schema(skip_on_field_errors=True)
    def _not_to_come(self, said: dict[str, Any], **_: Any) -> None:
        for name in ("agreed_on", "on_date", "from_on"):
            if said.get(name) and said[name] > said["today"]:
                raise ValidationError("This day is still to come. Give the day on which it happened.", name)


class _Owned(_Said):
    """Something that somebody is to do: the account of ours that answers for it, or the words for whose it is, or both."""

    what = _words("Say what is to be done.")
    owner = _more()
    owner_account = _more()

    @validates_schema(skip_on_field_errors=True)
    def _somebodys(self, said: dict[str, Any], **_: Any) -> None:
        if not said["owner"] and not said["owner_account"]:
            raise ValidationError("Say who does this: a role and a name.", "owner")


class _Action(_Owned):
    hours = _number(1, MOST_HOURS, "Enter within how many hours of the clock, from 1 on. Weekends count.")
    backup = _more()
    backup_account = _more()
    after_declined = fields.Boolean(load_default=False, error_messages={"invalid": "Choose yes or no."})


class _Plan(_Happened):
    source = _words("Say what kind of plan this is, such as a child protection plan.")
    agreed_on = _day("Enter when it was agreed.")
    agreed_by = _words("Say who agreed it, parents included.")
    trigger_kind = _words("Choose what is watched for.")
    trigger_words = _words("Say what the plan watches for, in its own words: what stands after “if”.")
    trigger_count = _number(1, 99, "Enter how many visits not completed, from 1 to 99.", required=False)
    trigger_days = _number(1, 730, "Enter within how many days, from 1 to 730.", required=False)
    review_on = _day("", required=False)

    @validates_schema(skip_on_field_errors=True)
    def _watchable(self, said: dict[str, Any], **_: Any) -> None:
        kind = said["trigger_kind"]
        if kind not in plans.TRIGGERS and not plans.finding_code(kind):
            raise ValidationError("Choose what is watched for.", "trigger_kind")
        if kind in plans.NEEDS_COUNT and said["trigger_count"] is None:
            raise ValidationError("Enter how many visits not completed.", "trigger_count")
        if kind in plans.NEEDS_DAYS and said["trigger_days"] is None:
            raise ValidationError("Enter within how many days.", "trigger_days")
        if said["review_on"] and said["review_on"] < said["agreed_on"]:
            raise ValidationError("The review cannot be before the plan was agreed.", "review_on")


class _Closing(_Said):
    how = _one_of(duties.BY_A_PERSON, "Choose done, declined, or not to be done.")
    evidence = _more()
    reference = _more()

    @validates_schema(skip_on_field_errors=True)
    def _shown(self, said: dict[str, Any], **_: Any) -> None:
        if not said["evidence"]:
            raise ValidationError(EVIDENCE[said["how"]], "evidence")
        if said["how"] == duties.DECLINED and not said["reference"]:
            raise ValidationError("Give their reference, such as an incident number; where they gave none, say so.", "reference")


class _PlanEnd(_Happened):
    on_date = _day("Enter when it ended.")
    reason = _words("Say why it ended and who agreed that.")


class _SaidMet(_Happened):
    on_date = _day("Enter when it happened.")
    why = _words("Say what happened, and how it is known.")


class _Agency(_Happened):
    kind = _one_of(agencies.KINDS, "Choose the kind of agency.")
    name = _words("Enter the name of the agency or of the person there.")
    contact = _more()
    knows = _more()
    from_on = _day("Enter since when they have worked with the family.")


class _Told(_Happened):
    how = _one_of(agencies.HOWS, "Choose told, replied or not told.")
    on_date = _day("Enter when.")
    words = _more()

    @validates_schema(skip_on_field_errors=True)
    def _why_not(self, said: dict[str, Any], **_: Any) -> None:
        if said["how"] == agencies.NOT_TOLD and not said["words"]:
            raise ValidationError("Say why they were not told.", "words")


class _AgencyEnd(_Happened):
    on_date = _day("Enter when they ended their part.")
    reason = _words("Give the reason that they gave.")
    unresolved = fields.List(fields.String(), load_default=list, error_messages={"invalid": "Choose from the findings."})


class _Lead(_Happened):
    name = _words("Enter the name of the lead professional and their role.")
    account = _more()
    agency = _more()
    from_on = _day("Enter since when they lead.")


class _Decision(_Owned):
    due_on = _day("Enter by which day.")


class _Meeting(_Happened):
    on_date = _day("Enter the day of the meeting.")
    attended = _words("Say who was there, parents included.")
    agencies = _number(1, 50, "Enter how many agencies were there, our own among them.")


class _Need(_Said):
    what = _one_of(helping.HELP, "Choose what is needed.")
    person = _more()
    words = _more()
    needed_on = _day("Enter since when it is needed.")
    tonight = fields.Boolean(load_default=False, error_messages={"invalid": "Choose yes or no."})
    today = fields.String(load_only=True)

    @validates_schema(skip_on_field_errors=True)
    def _tonight_is_today(self, said: dict[str, Any], **_: Any) -> None:
        if said["tonight"] and said["needed_on"] > said["today"]:
            raise ValidationError("Tonight is today. Give today's date, or do not say tonight.", "needed_on")
        if said["what"] == "other" and not said["words"]:
            raise ValidationError("Say what is needed.", "words")


class _HelpStep(_Happened):
    step = _one_of(helping.STEPS, "Choose what happened.")
    on_date = _day("Enter when.")
    words = _more()

    @validates_schema(skip_on_field_errors=True)
    def _why_not(self, said: dict[str, Any], **_: Any) -> None:
        if said["step"] == helping.NO_LONGER_NEEDED and not said["words"]:
            raise ValidationError("Say why it is no longer needed.", "words")


class _AgreedLevel(_Said):
    level = _number(LEVELS[0], LEVELS[-1], "Choose a level from 1 to 4.")
    reason = _words("Say what this level rests on.")


class _Answer(_Said):
    agrees = fields.Boolean(required=True, error_messages=dict.fromkeys(("required", "null", "invalid"), "Say whether you agree."))
    reason = _more()

    @validates_schema(skip_on_field_errors=True)
    def _why_not(self, said: dict[str, Any], **_: Any) -> None:
        if not said["agrees"] and not said["reason"]:
            raise ValidationError("Say why the level should not be lowered.", "reason")


class _LifeEvent(_Happened):
    on_date = _day("Enter when.")
    words = _more()


class _SameFamily(_Said):
    why = _words("Say how you know that this is the same family.")


PLAN, ACTION, PLAN_END, SAID_MET = _Plan(), _Action(), _PlanEnd(), _SaidMet()
AGENCY, TOLD, AGENCY_END, LEAD = _Agency(), _Told(), _AgencyEnd(), _Lead()
MEETING, DECISION, NEED, HELP_STEP = _Meeting(), _Decision(), _Need(), _HelpStep()
CLOSING, AGREED_LEVEL, ANSWER, LIFE_EVENT, SAME_FAMILY = _Closing(), _AgreedLevel(), _Answer(), _LifeEvent(), _SameFamily()


def load(schema: Schema, said: dict[str, Any], *, today: str = "") -> dict[str, Any]:
    """What was said, as it may be kept; what was left out is None. Raises Problem with the first field to put right, in the order of the
    page."""
    try:
        loaded: dict[str, Any] = schema.load(said | ({"today": today} if today else {}))
    except ValidationError as fault:
        raise first_problem(fault, list(schema.fields)) from fault
    loaded.pop("today", None)
    return loaded


def load_each(schema: Schema, name: str, each: Any, *, most: int) -> list[dict[str, Any]]:
    """Several of one kind, such as the actions of a plan; a problem names its field as `actions.0.what`."""
    if not isinstance(each, list | tuple) or len(each) > most:
        raise wrong(name, f"Give at most {most}, one after another.")
    return [_one_of_several(schema, f"{name}.{number}", one) for number, one in enumerate(each)]


def _one_of_several(schema: Schema, name: str, said: Any) -> dict[str, Any]:
    if not isinstance(said, Mapping):
        raise wrong(name, "This cannot be read. Fill it in again.")
    with within(name):
        return load(schema, dict(said))
