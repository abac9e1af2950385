"""Checks what was typed of an answer, and of who gave it. Each fault names its field; nothing beside what an answer must have is required,
because an answer that was refused for a form's sake is a family that waits."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load, validate

from visitapp.domain.ages import day_number
from visitapp.domain.moments import is_instant
from visitapp.domain.replies import CHOICES, DECISION, EVENTS, NOT_FOR_US, RECEIVED, Reply, Speaker
from visitapp.flow.page_faults import Found, first_problem, rule
from visitapp.problems import wrong

LONGEST = 10_000
SHORTER = "Make this shorter."
OF: dict[str, tuple[str, ...]] = {
    RECEIVED: (),
    DECISION: ("outcome", "reason", "next_step", "next_on", "contact"),
    NOT_FOR_US: ("not_ours_reason", "whose"),
}
"""An answer -> what is kept with it."""


def _text(longest: int = LONGEST) -> fields.String:
    return fields.String(validate=validate.Length(max=longest, error=SHORTER))


class _Present(Schema):
    @pre_load
    def _present(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Only spaces is nothing; everything else stays as typed."""
        return {name: "" if isinstance(value, str) and not value.strip() else value for name, value in data.items()}


class ReplySchema(_Present):
    """One of the three answers, with what belongs to it."""

    answer = fields.String(required=True, validate=validate.OneOf(EVENTS, error="Choose which of the three answers this is."))
    outcome = _text()
    reason = _text()
    next_step = _text()
    next_on = fields.String(allow_none=True)
    contact = _text()
    not_ours_reason = _text()
    whose = _text()

    @rule
    def _hang_together(self, data: dict[str, Any]) -> Found:
        if data["answer"] == DECISION:
            if data["outcome"] not in CHOICES:
                yield "outcome", "Choose what was decided."
            if not data["reason"]:
                yield "reason", "Give the reason, in a sentence."
            if data["next_on"] and day_number(data["next_on"]) is None:
                yield "next_on", "Write the day as a date, such as 27 11 2026."
        if data["answer"] == NOT_FOR_US and not data["not_ours_reason"]:
            yield "not_ours_reason", "Say why it is not for this team."


class SpeakerSchema(_Present):
    """Somebody who answered without an account of their own."""

    said_by = fields.String(
        required=True, validate=[validate.Length(min=1, error="Say who answered."), validate.Length(max=LONGEST, error=SHORTER)]
    )
    said_role = fields.String(
        required=True, validate=[validate.Length(min=1, error="Say what their role is."), validate.Length(max=LONGEST, error=SHORTER)]
    )


def checked(reply: Reply) -> dict[str, Any]:
    """The answer with what belongs to it, as it is kept. Raises Problem with a field."""
    said = _loaded(ReplySchema(), asdict(reply) | {"next_on": reply.next_on or None})
    return {"answer": said["answer"]} | {name: said[name] for name in OF[said["answer"]]}


def who_said(speaker: Speaker, now: str) -> dict[str, Any]:
    """Who answered and when, as it is kept. Raises Problem with a field, `said_by`, `said_role` or `said_at`."""
    said = _loaded(SpeakerSchema(), {"said_by": speaker.name, "said_role": speaker.role})
    at = speaker.at or now
    if not is_instant(at):
        raise wrong("said_at", "Write when they said it as a date and a time.")
    if at > now:
        raise wrong("said_at", "This is still to come. Give when they said it, or leave it out.")
    return {"name": said["said_by"], "role": said["said_role"], "at": at}


def _loaded(schema: Schema, given: dict[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(given)
    except ValidationError as fault:
        raise first_problem(fault, list(given)) from fault
    return loaded
