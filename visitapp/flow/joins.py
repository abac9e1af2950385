"""A family recorded twice by two teams, neither of which sees the other's record. One asks, with an NHS number or what it knows; a
supervisor of the other looks at both sides (of the asking one only who the people are) and agrees, which joins the records, or does not and
says why. Whoever asks is never told whether there is such a record. Who goes on with the family has all of it from then on, and the other
team sees it no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import duties as owed
from visitapp.domain import joins as terms
from visitapp.domain.nhs_number import bare, is_nhs_number
from visitapp.flow import clocks, handovers, notify, records, whose
from visitapp.flow.family_fields import Said, load, more, one_of
from visitapp.flow.family_fields import words as must_say
from visitapp.flow.page_faults import Found, rule
from visitapp.flow.protected import address_kept_back, kept_from_others
from visitapp.problems import problem, wrong
from visitapp.store import accounts, duties, family_list, households, joins, life_events, scope, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

ANSWER = "Another team asks whether a record of yours is of the same family as one of theirs. Look at both, and answer."
TOLD_AGREED = "Two records of a family were joined, as was asked. Please open the record, if it is still your team’s."
TOLD_REFUSED = "Another team answered: it did not agree that two records are one family. The reason is on the family’s page."
PAGE, MOST_TEAMS = 25, 20


class _Asked(Said):
    to_team = must_say("Choose the team that has the other record, as far as you know.")
    nhs_number = more()
    words = must_say("Say what you know of the other record, and how you know that it is the same family.")
    goes_on = one_of(terms.GOES_ON, "Choose who goes on with the family when they are one.")

    @rule
    def _a_number(self, said: dict[str, Any]) -> Found:
        if said["nhs_number"] and not is_nhs_number(bare(said["nhs_number"])):
            yield "nhs_number", "This is not an NHS number: check the ten digits, or leave it empty."


class _Why(Said):
    reason = must_say("Say why, in a sentence.")


ASKED, WHY = _Asked(), _Why()


@dataclass(frozen=True)
class Asking:
    """The page of a question to be asked: the teams that may be asked, id -> words, and whether there are more of that name."""

    family: Row
    teams: dict[str, str]
    more_teams: bool


@dataclass(frozen=True)
class Shown:
    """A question as the other team's supervisor reads it: who asks, and of the asking family who the people are and where they live, unless
    that must be kept back (None)."""

    row: Row
    family: str
    people: tuple[Row, ...]
    address: str | None


def page(w: Wired, actor: str, household: str, sought: str = "") -> Asking | None:
    """None when the family is not there or not this actor's to see. `sought`: a part of the name of the team. The page records the read."""
    part = " ".join(sought.split()).casefold()
    with w.engine.read() as tx:
        family = family_list.one(tx, actor, household)
        known = households.household(tx, household) or {"team": None, "area": None}
        found = [row for row in teams.teams(tx) if row["id"] != known["team"] and part in row["name"].casefold()]
    if family is None:
        return None
    found.sort(key=lambda row: (row["area"] != known["area"], row["name"]))
    return Asking(family, {row["id"]: row["name"] for row in found[:MOST_TEAMS]}, len(found) > MOST_TEAMS)


def ask(w: Wired, actor: str, household: str, **said: Any) -> str:
    """Another team is asked whether it has a record of the same family; the id of the question. `said`: to_team, nhs_number, words,
    goes_on. What is found by the number is for that team alone. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    asked = load(ASKED, said)
    number = bare(asked["nhs_number"] or "")

    def write(tx: Tx) -> str:
        family = whose.act_for(tx, actor, household)
        lead = _may_be_asked(tx, family, asked["to_team"])
        ours = [row["nhs_number"] for row in households.members(tx, household) if row["nhs_number"]]
        found = joins.carriers(tx, [number] if number else ours, asked["to_team"], household)
        other = found[0] if found else None
        joins.ask(
            tx, id=id, household=household, to_team=asked["to_team"], other=other, nhs_number=number or None, words=asked["words"],
            goes_on=asked["goes_on"], at=at, actor=actor,
        )  # fmt: skip
        due = clocks.due(clocks.policy(w, tx, household), "handover_accept", at)  # by what they know: it tells them nothing
        duties.owe(
            tx, subject=terms.subject(id), kind=owed.JOIN_ASKED, what=ANSWER, due_at=due, at=at, actor=actor, household=other,
            owner_account=lead,
        )  # fmt: skip
        whose.tell_each(tx, [row["account"] for row in accounts.accounts_in_team(tx, asked["to_team"], "supervisor")], ANSWER,
                        household=other, at=at, actor=actor)  # fmt: skip
        notify.ask(w, tx, "join_asked", to_account=lead, link=f"/joins/{id}", time=due, household=other, at=at, actor=actor)
        return id

    return w.writer.submit(write)


def _may_be_asked(tx: Tx, family: Row, team: str) -> str:
    """The supervisor of that team who is to answer. Raises Problem with the field."""
    if family["joined_to"]:
        raise wrong("to_team", "This record was joined to another of the same family. Ask from there.")
    if not family["practitioner"]:
        raise wrong("to_team", "Nobody is named to this family. Name a practitioner first, so that somebody goes on with it.")
    row = teams.team(tx, team)
    if row is None or team == family["team"]:
        raise wrong("to_team", "Choose another team. Records of your own team you join yourself.")
    if any(one["to_team"] == team for one in joins.open_of(tx, family["household"]) if one["household"] == family["household"]):
        raise wrong("to_team", "This team is asked already. Wait for the answer, phone them, or take the question back.")
    lead = next(iter(accounts.accounts_in_team(tx, team, "supervisor")), None)
    if lead is None:
        raise wrong("to_team", f"No supervisor of {row['name']} uses this service. Phone them: {row['phone']}.")
    return str(lead["account"])


def take_back(w: Wired, actor: str, household: str, asked: str, *, reason: str) -> None:
    """Whoever may act for the asking family asks no more. Raises Problem with a field."""
    at = w.clock()
    said = load(WHY, {"reason": reason})

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        row = joins.open_one(tx, asked)
        if row is None or row["household"] != household:
            raise wrong("reason", "This was answered, or taken back, before. Open the page again.")
        _end(tx, row, terms.TAKEN_BACK, said["reason"], None, at, actor)

    w.writer.submit(write)


def _end(tx: Tx, row: Row, how: str, reason: str, joined: str | None, at: str, actor: str) -> None:
    """The answer ends what was owed."""
    joins.answer(tx, asked=row["id"], household=row["household"], how=how, reason=reason, joined=joined, at=at, actor=actor)


# --- the answer ------------------------------------------------------------------------------------------------------------------------


def shown(w: Wired, actor: str, asked: str) -> Shown | None:
    """None for who is no supervisor of the team that is to answer, and when it was answered. The reading of the asking family is
    journalled."""
    with w.engine.read() as tx:
        row = joins.asked(tx, actor, asked)
        family = households.household(tx, row["household"]) if row else None
        if row is None or family is None:
            return None
        hidden = address_kept_back(w, tx, life_events.earlier(tx, row["household"]))
        address = None if hidden else ", ".join(part for part in (family["address"], family["postcode"]) if part)
        said = {"words": kept_from_others(w, tx, row["household"], row["words"])}
        found = Shown(row | said, family["name"], tuple(households.members(tx, row["household"])), address)
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.join_asked", at=at, actor=actor, household=found.row["household"], detail=asked))
    return found


def waiting(w: Wired, actor: str, after: int = 0) -> tuple[tuple[Row, ...], int | None]:
    """What waits for the actor's team, and the key of the next page. Names no family of another team."""
    with w.engine.read() as tx:
        rows = joins.waiting(tx, actor, after, PAGE + 1)
    return tuple(rows[:PAGE]), rows[PAGE - 1]["opened_seq"] if len(rows) > PAGE else None


def agree(w: Wired, actor: str, asked: str, *, other: str, same: Mapping[str, str], why: str) -> str:
    """They are one family: the records are joined, and the one that goes on has all of it; its household. `other`: the record of the
    actor's own team; `same`: who of the record that is joined is who in the one that stays. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    said = records.load_why(why)

    def write(tx: Tx) -> str:
        row = _to_answer(tx, actor, asked)
        if not other or not scope.may_see_family(tx, actor, other):
            raise wrong("other", "Choose which of your team’s families it is.")
        stays, goes = (row["household"], other) if row["goes_on"] == terms.US else (other, row["household"])
        for household in sorted((stays, goes)):
            tx.lock_household(household)
        named = (households.household(tx, stays) or {}).get("practitioner")
        if not named:
            raise wrong("other", "Nobody is named to the record that stays. Name a practitioner first.")
        before = whose.practitioner(tx, goes)
        records.join_in(w, tx, id, stays, goes, said, same, at, actor)
        handovers.give(tx, goes, named, at, actor)
        _end(tx, row, terms.AGREED, said["why"], id, at, actor)
        for one in joins.open_of(tx, goes):
            _end(tx, one, terms.TAKEN_BACK, terms.ENDS[terms.AGREED], None, at, actor)
        for one in dict.fromkeys((whose.practitioner(tx, stays), before, row["asked_by"])):
            whose.tell_each(tx, [one], TOLD_AGREED, household=stays if whose.ours(tx, stays, one) else None, at=at, actor=actor)
        return stays

    return w.writer.submit(write)


def refuse(w: Wired, actor: str, asked: str, *, reason: str) -> None:
    """They are not one family, or this team has no such record, or does not agree who goes on. Raises Problem with a field."""
    at = w.clock()
    said = load(WHY, {"reason": reason})

    def write(tx: Tx) -> None:
        row = _to_answer(tx, actor, asked)
        tx.lock_household(row["household"])
        _end(tx, row, terms.REFUSED, said["reason"], None, at, actor)
        by = whose.practitioner(tx, row["household"])
        whose.tell_each(tx, [by, row["asked_by"]], TOLD_REFUSED, household=row["household"], at=at, actor=actor)

    w.writer.submit(write)


def _to_answer(tx: Tx, actor: str, asked: str) -> Row:
    row = joins.asked(tx, actor, asked)
    if row is None:
        raise problem("not_found")
    return row


def of_family(w: Wired, actor: str, household: str) -> tuple[Row, ...]:
    """What was asked for a family, for its page, whose reading is journalled already."""
    with w.engine.read() as tx:
        return tuple(joins.of_household(tx, household)) if scope.may_see_family(tx, actor, household) else ()


def kept_back(w: Wired, actor: str, household: str) -> bool:
    """Whether the address of the actor's own family must be kept back, so that it is said before another team has the record."""
    with w.engine.read() as tx:
        return scope.may_see_family(tx, actor, household) and address_kept_back(w, tx, life_events.earlier(tx, household))


def unplaced(w: Wired, actor: str) -> int:
    """How many questions wait for the actor's team that no family of it stands for on today's list."""
    with w.engine.read() as tx:
        return joins.unplaced(tx, actor)
