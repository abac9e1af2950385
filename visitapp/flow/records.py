"""Putting a record right: two records of one family are joined, one record of two families is split, and a joining in error is taken back.
Nothing is deleted: what was recorded stays where it was and is read from there; both chronologies say what was done and why, and both
families are judged again. Whoever does it must see both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from visitapp.domain.moments import day_of
from visitapp.flow import handovers as handing
from visitapp.flow import in_error, joined_referrals, phones, plans, twice, whose
from visitapp.flow.duties import HANDED_OVER
from visitapp.flow.family_fields import Said, load
from visitapp.flow.family_fields import words as must_say
from visitapp.flow.page_faults import Parts
from visitapp.flow.protected import address_kept_back, stays_kept_back
from visitapp.problems import problem, wrong
from visitapp.store import duties, households, life_events, losses, records, scope, submissions, visits
from visitapp.store import same as said_same
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

JOINED, JOINED_INTO, SPLIT, SPLIT_FROM = "joined", "joined_into", "split", "split_from"
APART, APART_FROM = "joined_in_error", "joined_into_in_error"
WORDS: dict[str, str] = {
    JOINED: "Another record of this family was joined to this one",
    JOINED_INTO: "This record was joined to another of the same family",
    SPLIT: "This record held two families: one is recorded by itself now",
    SPLIT_FROM: "This family was recorded in another’s record until now",
    APART: "A record was joined to this one in error",
    APART_FROM: "This record was joined to another in error",
}
REASON = "The record was put right."
TOLD = "Two records of a family that you look after are one now. Look at what stands planned and owed, and at its referrals."
KEPT_BACK = "The address was kept back before the record was put right. Whoever knows that it need not be says so here. {why}"
OLDEST = ("", 0)


class _Why(Said):
    why = must_say("Say how you know, and how it came about.")


class _New(Said):
    name = must_say("Enter the name of the other family.")
    why = must_say("Say how you know, and how it came about.")


WHY, NEW = _Why(), _New()


def join(w: Wired, actor: str, household: str, *, duplicate: str, why: str, same: Mapping[str, str]) -> str:
    """Two records are one family's: the duplicate is this record's past from now on, and stands in no list of its own; the id of the
    joining. `same`: who of the duplicate is who here (person -> person); whoever is left out belongs here too from now on. What stands
    planned and is owed there is planned and owed here. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    said = load(WHY, {"why": why})

    def write(tx: Tx) -> str:
        _see_both(tx, actor, household, duplicate)
        join_in(w, tx, id, household, duplicate, said, same, at, actor)
        return id

    return w.writer.submit(write)


def load_why(why: str) -> dict[str, Any]:
    """The reason of a joining, as it may be kept. Raises Problem with the field."""
    return load(WHY, {"why": why})


def join_in(
    w: Wired, tx: Tx, id: str, household: str, duplicate: str, said: dict[str, Any], same: Mapping[str, str], at: str, actor: str
) -> None:  # fmt: skip
    """Join two records in the transaction of whoever may: who sees both, or a second team that was asked (`joins.py`). Under the locks of
    both. Raises Problem with the field."""
    same = {other: stands for other, stands in same.items() if stands and other != stands}
    if household in life_events.earlier(tx, duplicate):
        raise wrong("duplicate", "The other one continues this record. Begin from there.")
    if records.joined_to(tx, duplicate) or records.joined_to(tx, household):
        raise wrong("duplicate", "One of these was joined to another record already. Open that one.")
    before = whose.practitioner(tx, duplicate)
    planned = losses.planned(tx, duplicate)  # once it is another's, nothing stands planned in it any more
    moved = _people_move(w, tx, household, duplicate, same, at, actor)
    life_events.join_earlier(tx, household=household, earlier=duplicate, at=at, actor=actor, **said)
    if duplicate not in life_events.earlier(tx, household):
        raise wrong("duplicate", "These two were taken apart before. If they are one after all, begin from the other record.")
    records.join(tx, id=id, household=household, duplicate=duplicate, moved=json.dumps(moved), at=at, actor=actor, **said)
    _say(tx, household, duplicate, JOINED, JOINED_INTO, said["why"], at, actor)
    _owed_move(tx, household, duplicate, at, actor)
    for row in planned:
        households.plan_visit(tx, id=w.new_id(), household=household, what=row["what"], on_date=row["on_date"], at=at, actor=actor)
    for other, stands in same.items():
        twice.say(tx, w.new_id(), household, other, stands, said["why"], id, {}, (household,), at, actor)
    handing.overtaken(tx, duplicate, at, actor)
    phones.phoned_on(tx, household, at, actor)
    _again(w, tx, household, at)
    joined_referrals.joined(w, tx, household, at=at, actor=actor)
    for one in dict.fromkeys((whose.practitioner(tx, household), before)):
        whose.tell_each(tx, [one], TOLD, household=household if whose.ours(tx, household, one) else None, at=at, actor=actor)


def _see_both(tx: Tx, actor: str, household: str, other: str) -> None:
    whose.act_for(tx, actor, household)
    if household == other or not scope.may_see_family(tx, actor, other):
        raise wrong("duplicate", "Choose another family that you may see. For one of another team, ask that team.")
    whose.act_for(tx, actor, other)


def _people_move(
    w: Wired, tx: Tx, household: str, duplicate: str, same: Mapping[str, str], at: str, actor: str
) -> dict[str, list[str]]:  # fmt: skip
    """End every membership of the duplicate; whoever is nobody here belongs here from now on. The memberships that ended and began."""
    here = {one["person"]: one for one in households.members(tx, household)}
    ended, began = [], []
    theirs = households.members(tx, duplicate)
    if not set(same) <= {row["person"] for row in theirs} - here.keys():
        raise wrong("duplicate", "Choose for people of the other record who they are in this one.")
    for row in theirs:
        stands = same.get(row["person"], row["person"])
        if row["person"] in same and stands not in here:
            raise wrong("duplicate", "Choose for each person who they are in this family, or that they are somebody else.")
        if row["person"] in same and (row["role"] == "child") != (here[stands]["role"] == "child"):
            raise wrong("duplicate", "A child and an adult are not one person. Choose again who is who.")
        entries = (here.get(stands, row), *(one for one in theirs if same.get(one["person"]) == stands))
        if twice.unlike(entries):
            raise wrong("duplicate", twice.UNLIKE)
        households.end_membership(
            tx, membership=row["membership"], on_date=day_of(at).isoformat(), reason=REASON, at=at, actor=actor
        )  # fmt: skip
        ended.append(row["membership"])
        if stands not in here:
            began.append(twice.belong(w, tx, household, row, at, actor))
    return {"ended": ended, "began": began}


def _owed_move(tx: Tx, household: str, duplicate: str, at: str, actor: str) -> None:
    """What is owed for the duplicate, beside its referrals, is owed here."""
    named = whose.practitioner(tx, household, actor)
    for duty in duties.of_household(tx, duplicate):
        if duty["referral"] is None:
            owner = whose.ours(tx, household, duty["owner_account"]) or named
            kept = {part: duty[part] for part in HANDED_OVER}
            duties.owe(tx, at=at, actor=actor, household=household, owner_account=owner, **kept)


def _say(tx: Tx, household: str, other: str, here: str, there: str, why: str, at: str, actor: str) -> None:
    records.put_right(tx, household=household, other=other, what=here, why=why, at=at, actor=actor)
    records.put_right(tx, household=other, other=household, what=there, why=why, at=at, actor=actor)


def _again(w: Wired, tx: Tx, household: str, at: str) -> None:
    """Judge every visit of a family again: it has another past now."""
    in_error.judge_from(w, tx, household, OLDEST, at)
    plans.watch(w, tx, household, at)


def joined_in_error(w: Wired, actor: str, joining: str, *, why: str) -> str:
    """They are two families after all: each stands by itself, with the people it had and what was owed for it before; the household that
    stays. What was planned and owed here since stays here, and a person says how it ends. Raises Problem with a field."""
    at = w.clock()
    said = load(WHY, {"why": why})

    def write(tx: Tx) -> str:
        row = records.joined(tx, joining)
        if row is None:
            raise problem("not_found")
        whose.act_for(tx, actor, row["household"])
        whose.act_for(tx, actor, row["duplicate"])
        kept_back = address_kept_back(w, tx, life_events.earlier(tx, row["household"]))
        if records.joined_in_error(tx, joined=joining, household=row["household"], at=at, actor=actor, **said) is None:
            raise wrong("why", "This was said before.")
        moved: dict[str, Any] = json.loads(row["moved"])
        _people_back(w, tx, row, moved, at, actor)
        phones.go_along(w, tx, row["household"], row["duplicate"], (), at, actor, since=row["seq"])
        _say(tx, row["household"], row["duplicate"], APART, APART_FROM, said["why"], at, actor)
        if kept_back:
            both = (row["household"], row["duplicate"])
            stays_kept_back(w, tx, both, KEPT_BACK.format(why=said["why"]), at=at, actor=actor)
        for one in (row["household"], row["duplicate"]):
            _again(w, tx, one, at)
        _owed_back(tx, row, at, actor)
        joined_referrals.taken_apart(w, tx, row, said["why"], at=at, actor=actor)
        for one in (row["household"], row["duplicate"]):
            whose.tell_each(tx, [whose.practitioner(tx, one)], in_error.TOLD, household=one, at=at, actor=actor)
        return str(row["household"])

    return w.writer.submit(write)


def _owed_back(tx: Tx, row: Row, at: str, actor: str) -> None:
    """What was owed for a record before it was joined, and is open still, is owed for it again."""
    there = life_events.family_of(tx, row["duplicate"])
    for duty in duties.of_household(tx, row["household"]):
        before = duties.owed_for(tx, duty["subject"], row["seq"])
        if duty["referral"] is None and before in there:
            owner = whose.ours(tx, row["duplicate"], duty["owner_account"]) or whose.practitioner(tx, row["duplicate"])
            kept = {part: duty[part] for part in HANDED_OVER}
            duties.owe(tx, at=at, actor=actor, household=row["duplicate"], owner_account=owner, **kept)


def _people_back(w: Wired, tx: Tx, row: Row, moved: Mapping[str, Sequence[str]], at: str, actor: str) -> None:
    for one in households.members(tx, row["household"]):
        if one["membership"] in moved["began"]:
            households.end_membership(
                tx, membership=one["membership"], on_date=day_of(at).isoformat(), reason=REASON, at=at, actor=actor
            )  # fmt: skip
    for membership in moved["ended"]:
        was = households.membership(tx, membership)
        if was is not None:
            twice.belong(w, tx, row["duplicate"], was, at, actor)
    for one in said_same.of_joining(tx, row["id"]):
        twice.apart(tx, one, json.loads(one["moved"]), at, actor)


def split(
    w: Wired, actor: str, household: str, *, name: str, why: str, people: Sequence[str], submissions_there: Sequence[str] = ()
) -> str:  # fmt: skip
    """Some of the people of a record are another family, recorded by itself from now on, at the same address and named to the same
    practitioner until somebody says otherwise; its household. `submissions_there`: the visits that are the other family's. Raises Problem
    with a field."""
    id, at = w.new_id(), w.clock()
    parts, said = Parts(), dict[str, Any]()
    with parts.each():
        said = load(NEW, {"name": name, "why": why})

    def write(tx: Tx) -> str:
        family = whose.act_for(tx, actor, household)
        here = households.members(tx, household)
        going = [one for one in here if one["person"] in set(people)]
        with parts.each():
            if not going or len(going) == len(here):
                raise wrong("people", "Choose who belongs to the other family. Somebody has to stay.")
        parts.check()
        _new_family(tx, id, family, said["name"], actor, at)
        kept_back = address_kept_back(w, tx, life_events.earlier(tx, household))
        for row in going:
            households.end_membership(
                tx, membership=row["membership"], on_date=day_of(at).isoformat(), reason=REASON, at=at, actor=actor
            )  # fmt: skip
            twice.belong(w, tx, id, row, at, actor)
        phones.go_along(w, tx, household, id, {row["person"] for row in going}, at, actor)
        _say(tx, household, id, SPLIT, SPLIT_FROM, said["why"], at, actor)
        _duties_of(tx, household, id, {one["person"] for one in going}, at, actor)
        for submission in submissions_there:
            visit = submissions.submission(tx, submission)
            if visit is None or visit["household"] != household:
                raise wrong("visits", "Choose visits of this record.")
            in_error.move(w, tx, visit, id, said["why"], at, actor, field="visits")
        if kept_back:
            stays_kept_back(w, tx, (household, id), KEPT_BACK.format(why=said["why"]), at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _new_family(tx: Tx, id: str, family: Row, name: str, actor: str, at: str) -> None:
    today = day_of(at).isoformat()
    households.form(tx, id=id, name=name, at=at, actor=actor)
    if family["area"]:
        home = {part: family[part] or "" for part in ("address", "postcode", "area")}
        households.set_residence(tx, household=id, from_on=today, at=at, actor=actor, **home)
    households.name_practitioner(
        tx, household=id, account=family["practitioner"] or actor, capacity="named", from_on=today, at=at, actor=actor
    )  # fmt: skip


def _duties_of(tx: Tx, household: str, other: str, people: set[str], at: str, actor: str) -> None:
    """What is owed about somebody goes with them."""
    for duty in duties.of_household(tx, household):
        if duty["referral"] is None and any(f":{person}" in duty["subject"] for person in people):
            kept = {part: duty[part] for part in HANDED_OVER}
            duties.owe(tx, at=at, actor=actor, household=other, owner_account=duty["owner_account"], **kept)


def of_family(w: Wired, actor: str, household: str) -> tuple[Row, ...]:
    """The joinings of a record that stand, for its page, whose reading is journalled already."""
    with w.engine.read() as tx:
        return tuple(records.joinings(tx, household)) if scope.may_see_family(tx, actor, household) else ()


def visits_of(w: Wired, actor: str, household: str) -> tuple[Row, ...]:
    """The newest visits of a record, for the page on which it is split, whose reading is journalled already."""
    with w.engine.read() as tx:
        return tuple(visits.visits(tx, household, 50)) if scope.may_see_family(tx, actor, household) else ()
