"""What the page that completes a referral asks and offers: each child with what the visit said of tonight, the sentences that the letter
will say, and what is asked for on account of where the referral goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.flow import raised, telling, whose
from visitapp.flow.letter_people import given_names
from visitapp.flow.letter_sentences import sentences
from visitapp.flow.protected import address_kept_back
from visitapp.letter.facts import Evidence, Reworded
from visitapp.problems import problem
from visitapp.store import assessments, households, life_events, referrals, same, scope, submissions
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

TONIGHT = "sleep.tonight_place"
PARENTS = ("mother", "father", "partner")


@dataclass(frozen=True)
class Child:
    """A child of the family, and what was said at the visit of where this child sleeps tonight."""

    person: str
    name: str
    said: str


@dataclass(frozen=True)
class Parent:
    """A parent of the family, or a parent's partner: each may have said something of the referral."""

    person: str
    name: str


@dataclass(frozen=True)
class Asking:
    """`agreement`: the parents must have agreed. `not_enough`: why early help is not enough is asked. `kept_back`: an adult's address must
    be kept from somebody, so it is to be written nowhere."""

    children: tuple[Child, ...]
    sentences: tuple[Evidence, ...]
    agreement: bool
    not_enough: bool
    kept_back: bool = False
    parents: tuple[Parent, ...] = ()


def asking(w: Wired, actor: str, referral: str) -> Asking:
    """What is asked of whoever completes this referral, or tells that a later visit found it graver. Raises
    Problem when it is not there or not theirs to see."""
    with w.engine.read() as tx:
        row = referrals.referral(tx, referral)
        if row is None or not scope.may_see_family(tx, actor, row["household"]):
            raise problem("not_found")
        row |= {"household": whose.recorded(tx, row["household"])}
        graver = raised.untold(tx, referral)
        kept = submissions.submission(tx, graver["submission"] if graver else row["submission"])
        assert kept is not None  # a referral is proposed from a visit
        form, members = w.catalogue.form(kept["form"], kept["form_version"]), households.members(tx, row["household"])
        body = json.loads(same.body(tx, kept["household"], kept["body"]))
        told = telling.tell(form, body, given_names(tx, members, form, body))
        children = tuple(
            Child(one["person"], one["given_names"], _tonight(told, one["given_names"])) for one in members if _is_somewhere(one)
        )
        began_at = json.loads(kept["envelope"]).get("began_at", "")
        made = sentences(form, _found(tx, kept["id"]), told, kept["occurred_on"], began_at)
        kept_back = address_kept_back(w, tx, life_events.earlier(tx, row["household"]))
    parents = tuple(Parent(one["person"], one["given_names"]) for one in members if one["role"] in PARENTS)
    return Asking(children, made, row["destination"] == "early_help", row["destination"].startswith("social_care"), kept_back, parents)


def _is_somewhere(member: Row) -> bool:
    """Whether it can be asked where a child is tonight: not of one who is not born."""
    return bool(member["role"] == "child" and (member["born_on"] or not member["due_on"]))


def _found(tx: Tx, submission: str) -> list[dict[str, object]]:
    judged = assessments.of_kind(tx, submission, "today")
    return assessments.found(tx, judged["id"]) if judged else []


def _tonight(told: telling.Told, name: str) -> str:
    lines = (line for line in told.by_path.values() if line.question.measure == TONIGHT and line.whose == name)
    return next((line.said for line in lines), "")


def changes(asked: Asking, typed: Mapping[str, str]) -> tuple[Reworded, ...]:
    """The sentences that were changed: of each what the service wrote and what was made of it. `typed` is sentence id -> text; line ends
    of the browser are no change."""
    found = ((one, typed[one.id].replace("\r\n", "\n").strip()) for one in asked.sentences if one.id in typed)
    return tuple(Reworded(one.id, one.text, made) for one, made in found if made != one.text)
