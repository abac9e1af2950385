"""What must be so of a disagreement that is raised, of what was said at a stage, and of its end, before it is kept."""

from typing import Any

from marshmallow import fields

from visitapp.domain import disagreements as words
from visitapp.flow import family_fields as schemas


class _Raise(schemas.Said):
    why = schemas.words("Say what you do not agree with, and why.")
    meanwhile = schemas.words("Say what keeps the child safe meanwhile, and who does it.")
    at_risk = fields.Boolean(load_default=False, error_messages={"invalid": "Choose yes or no."})


class _Said(schemas.Happened):
    who = schemas.words("Say who spoke with whom: names and roles.")
    on_date = schemas.day("Enter when it was said.")
    said = schemas.words("Say what was said, by both.")
    comes_to = schemas.one_of(words.COMES_TO, "Choose what it came to.")
    meanwhile = schemas.more()

    @schemas.rule
    def _safe_meanwhile(self, said: dict[str, Any]) -> schemas.Found:
        if said["comes_to"] != words.AGREED and not said["meanwhile"]:
            yield "meanwhile", "Say what keeps the child safe until it is agreed, and who does it."


class _End(schemas.Said):
    how = schemas.words("Say how it was resolved, and by whom.")


RAISE, SAID, END = _Raise(), _Said(), _End()
