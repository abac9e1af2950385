"""What must be so of a person, a family, a team and an account before it is kept, as marshmallow schemas made once. Each message stands
beside its field and says what to do. Nothing is tidied: a name is kept as typed.
"""

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load, validate

from visitapp.domain import directory, roles
from visitapp.domain.ages import TERM_DAYS, day_number
from visitapp.domain.nhs_number import bare, is_nhs_number
from visitapp.domain.staff_numbers import LONGEST as LONGEST_NUMBER
from visitapp.domain.staff_numbers import bare as bare_number
from visitapp.flow.page_faults import Found, first_problem, rule

VISITING = roles.VISITING
TEAMED = (*VISITING, "supervisor")
NUMBER_WORDS = "Give the number by which the register or the employer knows this person, such as an NMC PIN of eight letters and digits."
SHORTEST_PASSWORD = 12
DEMONSTRATION_PASSWORD = "eastmoor-demo"
LONGEST = 500
MOST_TOGETHER = 9
"""Children of one birth."""
AHEAD_DAYS = TERM_DAYS + 14
"""How far ahead a due date can be."""


def _words(missing: str, *, required: bool = True) -> fields.String:
    length = validate.Length(max=LONGEST, error=f"Use at most {LONGEST} characters.")
    if not required:
        return fields.String(allow_none=True, validate=length, load_default=None)
    messages: dict[str, Any] = {"required": missing, "null": missing, "invalid": missing}
    return fields.String(required=True, error_messages=messages, validate=validate.And(validate.Length(min=1, error=missing), length))


def _day(missing: str, *, required: bool = True) -> fields.String:
    def is_day(text: str) -> None:
        if day_number(text) is None:
            raise ValidationError("Write a date that exists, such as 27 11 2026.")

    messages: dict[str, Any] = {"required": missing, "null": missing, "invalid": missing}
    if not required:
        return fields.String(allow_none=True, validate=is_day, load_default=None)
    return fields.String(required=True, error_messages=messages, validate=is_day)


class Said(Schema):
    """Only spaces is nothing said; everything else stays as typed."""

    class Meta:
        unknown = EXCLUDE

    @pre_load
    def _blank_is_nothing(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: None if isinstance(value, str) and not value.strip() else value for name, value in data.items()}


class _Person(Said):
    given_names = _words("Enter the given names. For a baby without a name yet, write Baby.")
    family_name = _words("Enter the family name.")
    born_on = _day("", required=False)
    due_on = _day("", required=False)
    gestation_days = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(140, 320, error="Enter the length of the pregnancy in days, from 140 to 320."),
    )
    birth_weight_g = fields.Integer(
        allow_none=True, load_default=None, validate=validate.Range(200, 8000, error="Enter the weight in grams, from 200 to 8000.")
    )
    birth_order = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(1, MOST_TOGETHER, error=f"Enter 1 for the one born first, 2 for the next, up to {MOST_TOGETHER}."),
    )
    nhs_number = fields.String(allow_none=True, load_default=None)
    nhs_number_absent_why = _words("", required=False)
    phone = _words("", required=False)
    language = _words("", required=False)
    interpreter = fields.Boolean(allow_none=True, load_default=None)
    today = fields.String(load_only=True)

    @rule
    def _possible(self, said: dict[str, Any]) -> Found:
        number, today = said["nhs_number"], day_number(said["today"] or "") or 0
        if number and not is_nhs_number(bare(number)):
            yield "nhs_number", "This is not an NHS number: check the ten digits, or leave it empty and say why."
        if (day_number(said["born_on"] or "") or 0) > today:
            yield "born_on", "The date of birth is in the future. For a baby not born yet, give the due date instead."
        if (day_number(said["due_on"] or "") or 0) > today + AHEAD_DAYS:
            yield "due_on", "This due date is too far ahead. Check the year."


class _Household(Said):
    name = _words("Enter what this family is called, such as its family name.")


class _Residence(Said):
    address = _words("Enter the address. Where there is none, say where the family can be found.")
    postcode = fields.String(load_default="", allow_none=True)
    area = _words("Choose the council area.")
    from_on = _day("Enter since when they live there.")
    today = fields.String(load_only=True)


class _Member(Said):
    role = fields.String(
        required=True,
        error_messages={"required": "Choose who this person is to the children.", "null": "Choose who this person is to the children."},
        validate=validate.OneOf(roles.MEMBERS, error="Choose who this person is to the children."),
    )
    from_on = _day("Enter since when.")
    care_role = _words("", required=False)
    today = fields.String(load_only=True)


class _MemberEnd(Said):
    on_date = _day("Enter when this ended.")
    reason = _words("Give the reason, in a sentence.")
    today = fields.String(load_only=True)


class _Responsibility(Said):
    from_on = _day("Enter since when.")
    basis = _words("Say by what right: for example birth certificate, marriage, court order.")
    today = fields.String(load_only=True)


class _Practitioner(Said):
    capacity = fields.String(required=True, validate=validate.OneOf(["named", "lead"], error="Choose named or lead."))
    from_on = _day("Enter since when.")


class _Planned(Said):
    what = _words("Say what kind of visit it is.")
    on_date = _day("Enter the day of the visit.")


class _Team(Said):
    name = _words("Enter the name of the team.")
    area = _words("Choose the council area.")
    phone = _words("Enter the team's phone number.")


class _ReceivingTeam(_Team):
    kind = fields.String(load_default="front_door", validate=validate.OneOf(directory.KINDS, error="Choose the kind of team."))
    email = fields.Email(
        required=True,
        error_messages={"required": "Enter the team's secure address.", "invalid": "Enter an address such as team@council.example."},
    )
    phone_out_of_hours = _words("Enter the number for nights and weekends.")
    review_on = _day("Enter the day by which these details are to be checked again.")
    transport = fields.String(allow_none=True, validate=validate.OneOf(["mesh", "portal"], error="Choose how this team takes letters."))
    mailbox = fields.String(
        allow_none=True, validate=validate.Regexp(r"^[A-Za-z0-9]{1,40}\Z", error="Enter the name of a MESH mailbox, such as X26ABC1.")
    )
    portal = fields.String(allow_none=True)


def _number(*, required: bool) -> fields.String:
    """Something with letters or digits in it."""

    def is_number(text: str) -> None:
        if not 0 < len(bare_number(text)) <= LONGEST_NUMBER:
            raise ValidationError(NUMBER_WORDS)

    messages: dict[str, Any] = {"required": NUMBER_WORDS, "null": NUMBER_WORDS, "invalid": NUMBER_WORDS}
    if not required:
        return fields.String(allow_none=True, load_default=None, validate=is_number, error_messages=messages)
    return fields.String(required=True, validate=is_number, error_messages=messages)


class _Number(Said):
    number = _number(required=True)


class _Account(Said):
    username = fields.String(
        required=True,
        error_messages={"required": "Enter a user name.", "null": "Enter a user name."},
        validate=validate.Regexp(
            r"^[A-Za-z0-9][A-Za-z0-9.@_-]{1,79}\Z", error="Use letters, digits, dots, hyphens or an address, without spaces."
        ),
    )
    name = _words("Enter the name as colleagues know it.")
    role = fields.String(required=True, validate=validate.OneOf(roles.ACCOUNTS, error="Choose a role."))
    team = _words("", required=False)
    receiving_team = _words("", required=False)
    phone = _words("", required=False)
    email = _words("", required=False)
    number = _number(required=False)


PERSON, HOUSEHOLD, RESIDENCE = _Person(), _Household(), _Residence()
MEMBER, MEMBER_END, RESPONSIBILITY = _Member(), _MemberEnd(), _Responsibility()
PRACTITIONER, PLANNED = _Practitioner(), _Planned()
TEAM, RECEIVING_TEAM, ACCOUNT, NUMBER = _Team(), _ReceivingTeam(), _Account(), _Number()


def load(schema: Schema, said: dict[str, Any], *, today: str | None = None) -> dict[str, Any]:
    """What was said, as it may be kept. Raises Problem with every field to put right, in the order of the page."""
    try:
        loaded: dict[str, Any] = schema.load(said | ({"today": today} if today else {}))
    except ValidationError as fault:
        raise first_problem(fault, list(schema.fields)) from fault
    loaded.pop("today", None)
    return loaded
