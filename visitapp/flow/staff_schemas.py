"""What must be so of a talk after a visit, a second worker, a known risk and a date of supervision, before it is kept."""

from typing import Any

from marshmallow import fields

from visitapp.domain import debriefs, risks
from visitapp.domain.answers import HOW_KNOWN
from visitapp.domain.plain_words import pointed_out
from visitapp.flow.family_fields import Found, Happened, Said, day, more, one_of, rule
from visitapp.flow.family_fields import words as in_words

ON = "Enter the day on which it happened."


def factual(text: str | None, field: str) -> Found:
    """The field, where a word of it judges and stands outside quotation marks: whoever goes next needs what was seen or said, and the
    family may read it."""
    found = pointed_out(text or "")
    if found:
        yield field, f"Write what was seen or said in place of “{found[0].word}”: {found[0].instead}."


class _Debrief(Happened):
    on_date = day("Enter the day on which you spoke.")
    with_whom = in_words("Say who spoke: names and roles.")
    how_is = one_of(debriefs.HOW_IS, "Choose how the worker is.")
    how_words = more()
    judged = one_of(debriefs.JUDGED, "Choose what you judge together.")
    judged_why = in_words("Say what that rests on.")
    changes = in_words("Say what changes before the next visit, and who sees to it. If nothing does, say why.")


class _Ask(Said):
    for_on = day("", required=False)
    words = in_words("Say why two should go.")
    today = fields.String(load_only=True)

    @rule
    def _to_come(self, said: dict[str, Any]) -> Found:
        if said["for_on"] and said["for_on"] < said["today"]:
            yield "for_on", "This day is over. Leave it empty for the next visit."


class _Answer(Said):
    goes = one_of(("yes", "no"), "Choose whether somebody goes along.")
    account = more()
    name = more()
    words = more()

    @rule
    def _whole(self, said: dict[str, Any]) -> Found:
        if said["goes"] == "yes" and not (said["account"] or said["name"]):
            yield "name", "Name who goes along."
        if said["goes"] == "no" and not said["words"]:
            yield "words", "Say why nobody goes along, and what is done instead."


class _Risk(Happened):
    kind = one_of(risks.KINDS, "Choose what kind of risk it is.")
    words = in_words("Say what it is, and what to do: where the dog is, which stairs, whom not to meet alone.")
    known = one_of(HOW_KNOWN, "Choose how it is known.")
    source = in_words("Say who says so, or who saw it.")
    protected = fields.Boolean(load_default=False, error_messages={"invalid": "Choose yes or no."})
    from_on = day("Enter since when it is known.")

    @rule
    def _factual(self, said: dict[str, Any]) -> Found:
        yield from factual(said["words"], "words")


class _RiskWord(Happened):
    on_date = day(ON)
    words = in_words("Say what shows it.")
    known = one_of(HOW_KNOWN, "Choose how it is known.")

    @rule
    def _factual(self, said: dict[str, Any]) -> Found:
        yield from factual(said["words"], "words")


class _Booked(Said):
    on_date = day("Enter the day for which it is booked.")
    words = more()
    today = fields.String(load_only=True)

    @rule
    def _to_come(self, said: dict[str, Any]) -> Found:
        if said["on_date"] and said["on_date"] < said["today"]:
            yield "on_date", "This day is over. Say that it was held or missed instead."


class _Held(Happened):
    on_date = day("Enter the day on which it was held.")


class _Missed(Happened):
    on_date = day("Enter the day for which it was booked.")
    words = in_words("Say why it was not held: nobody’s fault is an answer too.")


DEBRIEF, ASK, ANSWER, RISK, RISK_WORD = _Debrief(), _Ask(), _Answer(), _Risk(), _RiskWord()
BOOKED, HELD, MISSED = _Booked(), _Held(), _Missed()
