"""What only a person can say before a referral is sent, and how that is checked. Only what a duty social worker cannot do without is
required; nothing else may hold a referral up, and what is urgent waits for less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load, validate, validates_schema

from visitapp.domain.ages import day_number
from visitapp.domain.moments import day_of, is_instant
from visitapp.flow.page_faults import every_problem, first_problem
from visitapp.letter.facts import Completion
from visitapp.store.tx import Row

LONGEST = 10_000
FEWEST_DIGITS = 5
NOT_TOLD = ("raises_risk", "endangers", "hinders_police", "delay")
WAYS_TO_AGREE = ("yes", "no", "not_asked")
WAITS_FOR_LESS = "tonight"
TOLD = "Say whether the parents were told. If you have not yet, choose no and say why."
WHY_NOT = "Say why the parents were not told: choose a reason, or write one."
NO_NUMBER = "Write a telephone number, or leave this empty and say below why there is none."
NOT_YET = "No information available yet"
"""What stands in the letter for what nobody knew when it could not wait."""


def _words(**more: Any) -> fields.String:
    return fields.String(validate=validate.Length(max=LONGEST, error="Make this shorter."), **more)


class _TonightSchema(Schema):
    """Where one child is tonight, and with whom."""

    person = fields.String(required=True)
    where = _words()
    with_whom = _words()


class _SentenceSchema(Schema):
    """One sentence of the letter: what the service wrote and what the practitioner made of it; made of nothing, it is left out."""

    id = fields.String(required=True)
    wrote = fields.String(required=True)
    made = _words()


class _SaidBySchema(Schema):
    """What one parent said of the referral."""

    person = fields.String(required=True)
    name = fields.String(required=True)
    words = _words()


class _CompletionSchema(Schema):
    """The practitioner's part, in the order of the page."""

    asked_for = fields.String(
        required=True,
        validate=validate.And(
            validate.Length(min=1, error="Say what you are asking for."),
            validate.Length(max=LONGEST, error="Make this shorter."),
        ),
    )
    asked_by_on = fields.String(allow_none=True)
    parents_told = fields.String(required=True, validate=validate.OneOf(["yes", "no", ""], error=TOLD))
    parents_said = _words()
    not_told_why = fields.List(fields.String(validate=validate.OneOf(NOT_TOLD, error="Choose from the reasons given.")))
    not_told_detail = _words()
    agreement = fields.String(validate=validate.OneOf(["", *WAYS_TO_AGREE], error="Choose from the answers given."))
    agreed_by = _words()
    why_not_early_help = _words()
    phoned_who = _words()
    phoned_at = fields.String(allow_none=True)
    tonight = fields.List(fields.Nested(_TonightSchema))
    where_child_is = _words()
    area_now = _words()
    safe_number = _words()
    safe_times = _words()
    meanwhile = _words()
    as_known = fields.Boolean()
    sentences = fields.List(fields.Nested(_SentenceSchema))
    said_by = fields.List(fields.Nested(_SaidBySchema))
    said_may_stand = fields.Boolean()

    @pre_load
    def _present(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Only spaces is nothing; everything else stays as typed."""
        return {name: "" if isinstance(value, str) and not value.strip() else value for name, value in data.items()}

    @validates_schema(skip_on_field_errors=False)
    def _hang_together(self, data: dict[str, Any], **_: Any) -> None:
        found: dict[str, list[str]] = {}
        for field, message, is_wrong in self._rules(data):
            if is_wrong:
                found.setdefault(field, [message])
        if found:
            raise ValidationError(found)

    def _rules(self, data: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
        """Field, what to put right, and whether it is to be; of a field that cannot be read nothing more is asked."""
        said, told = data.get, data.get("parents_told", "yes")
        day, phoned_at = str(said("asked_by_on") or ""), str(said("phoned_at") or "")
        no_reason = not said("not_told_why") and not said("not_told_detail")
        number = said("safe_number") or ""
        yield "parents_told", TOLD, not told and not said("as_known")
        yield "not_told_why", WHY_NOT, told == "no" and not said("as_known") and no_reason
        yield "asked_by_on", "Write the day as a date, such as 27 11 2026.", bool(day) and day_number(day) is None
        yield "asked_by_on", "This day has passed. Give a day from today on.", bool(day) and day < self.context_day
        yield "phoned_at", "Write when you phoned as a date and a time.", bool(phoned_at) and not is_instant(phoned_at)
        yield "phoned_at", "This is still to come. Give when you phoned, or leave it out.", phoned_at > self.context_at
        yield "phoned_who", "Say whom you spoke to, or leave out when.", bool(phoned_at) and not said("phoned_who")
        yield "safe_number", NO_NUMBER, bool(number) and sum(character.isdigit() for character in number) < FEWEST_DIGITS
        yield "safe_times", "Say when it is safe to phone. If it always is, write: at any time.", bool(number) and not said("safe_times")

    context_day = ""
    context_at = ""


def complete(completion: Completion, at: str, row: Row) -> dict[str, Any]:
    """The completion of a referral as it is kept, or a Problem with everything that is to be put right, in the order of the page."""
    schema = _CompletionSchema()
    schema.context_day, schema.context_at = day_of(at).isoformat(), at
    given = asdict(completion) | {"not_told_why": list(completion.not_told_why), "parents_told": completion.parents_told or ""}
    given.update({name: list(given[name]) for name in ("tonight", "sentences", "said_by")})
    given["asked_by_on"], given["phoned_at"] = given["asked_by_on"] or None, given["phoned_at"] or None
    wrong_for_it = list(fits_where_it_goes(row, given))
    try:
        loaded: dict[str, Any] = schema.load(given)
    except ValidationError as fault:
        first = first_problem(fault, list(given))
        found = {str(first.field): first.message} | dict(first.others)
        more = [one for one in wrong_for_it if one[0] not in found]
        raise every_problem(sorted([*found.items(), *more], key=lambda one: _place(given, one[0]))) from fault
    if wrong_for_it:
        raise every_problem(sorted(wrong_for_it, key=lambda one: _place(given, one[0])))
    return _as_known(loaded) if loaded["as_known"] else loaded


def _place(given: dict[str, Any], field: str) -> int:
    return list(given).index(field) if field in given else len(given)


def _as_known(said: dict[str, Any]) -> dict[str, Any]:
    """What is not known yet is said as such, and never left blank."""
    filled = {name: said[name] or NOT_YET for name in ("meanwhile", "where_child_is")}
    if said["tonight"] and not said["where_child_is"]:
        filled["where_child_is"] = ""
    return said | filled | {"parents_told": said["parents_told"] or None}


def cannot_wait(row: Row) -> bool:
    """Whether nothing may delay a referral, a page that is not complete least of all."""
    return row["urgency"] == WAITS_FOR_LESS or row["level"] >= 4


def fits_where_it_goes(row: Row, said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is asked for on account of where a referral goes and is not there: field, and what to do.

    Early help is offered and not imposed, so it needs the parents' agreement. Social care asks first why early help is not enough; what
    cannot wait until tomorrow goes without. What is sent as it is known is what cannot wait."""
    if said["as_known"] and not cannot_wait(row):
        yield "as_known", "This one is not urgent: complete it, and send it then."
    if row["destination"] == "early_help":
        if said["agreement"] != "yes":
            advice = "Without it, phone early help for advice, take this back with the reason, or propose a referral to social care."
            yield "agreement", f"Early help is asked for with the parents' agreement. {advice}"
        elif not said["agreed_by"].strip():
            yield "agreed_by", "Say who agreed, and when."
    if row["destination"] == "social_care" and row["urgency"] != WAITS_FOR_LESS and not said["why_not_early_help"].strip():
        yield "why_not_early_help", "Say why early help is not enough: what was tried and how that went, or why it cannot be tried."
