"""What can happen in a story besides a visit, and what may be said of each thing: one table, from the word of an event to how it is read.
`acts.ACTS` says what is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from visitapp.flow.stories import arranged_happenings as arranged
from visitapp.flow.stories import family_happenings as family
from visitapp.flow.stories.happening import Happening

_WAY = ("via", "said_by", "said_role")
_ENDING = ("how", "evidence", "reference")
_COMPLETION = (
    "asked_for", "asked_by", "parents_told", "parents_said", "not_told_why", "not_told_detail", "phoned", "phoned_at", "agreed_by",
    "why_not_early_help", "where_child_is", "meanwhile", "level",
)  # fmt: skip
HAPPENINGS: Mapping[str, Happening] = MappingProxyType(
    {
        "send": Happening(family.send, _COMPLETION, "asked_for"),
        "ask_again": Happening(family.send, _COMPLETION, "asked_for"),
        "let_stand": Happening(family.reason, ("reason", "level"), "reason"),
        "withdraw": Happening(family.reason, ("reason", "level"), "reason"),
        "acknowledge": Happening(family.acknowledge, ("level", *_WAY), "level"),
        "decide": Happening(
            family.decide, ("outcome", "reason", "next_step", "next_on", "contact", "level", *_WAY), "outcome", ("outcome",),
        ),
        "not_for_us": Happening(family.not_for_us, ("reason", "whose", "level", *_WAY), "reason"),
        "send_on": Happening(family.send_on, ("team", "why", "level"), "team", ("team",)),
        "refer": Happening(family.by_hand, ("destination", "urgency", "reason"), "reason"),
        "planned": Happening(family.planned, ("what", "for"), "what"),
        "move": Happening(family.move, ("address", "postcode", "area"), "address", ("address",)),
        "practitioner": Happening(family.practitioner, ("account",), "account", ("account",)),
        "joins": Happening(family.joins, ("person", "role"), "person", ("person",)),
        "leaves": Happening(family.leaves, ("person", "reason"), "person", ("person",)),
        "birth": Happening(family.birth, ("person", "gestation", "birth_weight"), "person", ("person",)),
        "home_from_hospital": Happening(family.hospital, ("person", "words"), "person", ("person",)),
        "into_hospital": Happening(family.hospital, ("person", "words"), "person", ("person",)),
        "same_family": Happening(family.same_family, ("earlier", "why"), "earlier", ("earlier",)),
        "plan": Happening(
            arranged.plan, ("source", "agreed_by", "if", "count", "days", "words", "then", "review_on"), None, ("if", "then"), True,
        ),
        "plan_action": Happening(arranged.plan_action, ("plan", "action", *_ENDING), "how"),
        "plan_ended": Happening(arranged.plan_ended, ("plan", "reason"), "plan"),
        "trigger_said": Happening(arranged.trigger_said, ("plan", "why"), "why"),
        "duty_done": Happening(arranged.duty_done, ("duty", "person", *_ENDING), "duty", ("duty",)),
        "agency": Happening(
            arranged.agency, ("kind", "name", "contact", "knows", *arranged.WRITTEN_TO), "kind", ("kind",), True, "kind"
        ),
        "agency_told": Happening(arranged.agency_told, ("agency", "how", "words"), "agency"),
        "agency_closed": Happening(arranged.agency_closed, ("agency", "reason", "unresolved"), "agency"),
        "lead": Happening(arranged.lead, ("name", "agency"), "name", ("name",)),
        "meeting": Happening(arranged.meeting, ("attended", "agencies", "decisions"), "attended"),
        "help": Happening(arranged.help, ("what", "person", "words", "tonight"), "what", ("what",), True, "what"),
        "help_step": Happening(arranged.help_step, ("help", "step", "words"), "step", ("step",)),
        "level": Happening(arranged.level, ("level", "reason"), "level", ("level",), True),
        "level_answer": Happening(arranged.level_answer, ("level", "agrees", "reason"), "agrees"),
    }
)  # fmt: skip
