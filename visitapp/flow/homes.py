"""Where a family lives: a move, an address put right, one that is kept back from others, and a child's second home. What was recorded stays
and is said to have been wrong or to be over. A move into another council's area changes who receives what is sent from then on and nothing
that was sent before; whoever looks after the family owes that it is offered to the team there, or says why it stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import duties as owed
from visitapp.domain.moments import day_of
from visitapp.flow import clocks, whose
from visitapp.flow.family_fields import Happened, Said, day, load, more, one_of
from visitapp.flow.family_fields import words as must_say
from visitapp.flow.page_faults import Parts
from visitapp.flow.people_schemas import RESIDENCE
from visitapp.flow.people_schemas import load as load_home
from visitapp.problems import wrong
from visitapp.store import duties, homes, households, losses, scope, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

MOVED = "The family lives in {area} now. Offer it to the team there, or say why it stays with this one."
OFFERED = "The family was offered to the team of the area in which it lives."
HERE_AGAIN = "The family lives in its team’s own area."


class _Why(Said):
    why = must_say("Say why, and how you know.")


class _KeptBack(Said):
    kept_back = one_of(("yes", "no"), "Choose yes or no.")
    why = must_say("Say why, and how you know.")


class _Second(Happened):
    person = must_say("Choose the child.")
    with_whom = must_say("Say with whom the child lives there: a name, and who they are to the child.")
    days = must_say("Say on which days or nights. Where nobody knows, say that.")
    address = more()
    from_on = day("Enter since when.")


class _SecondEnd(Happened):
    on_date = day("Enter when this ended.")
    why = must_say("Say why, and how you know.")


WHY, KEPT_BACK, SECOND, SECOND_END = _Why(), _KeptBack(), _Second(), _SecondEnd()


@dataclass(frozen=True)
class Elsewhere:
    """A family that lives outside its team's area: both areas, who receives referrals there from now on, the teams that visit there, what
    stands planned with the team that it has, and whether the transfer is owed still."""

    area: str
    team_area: str
    receives: tuple[Row, ...]
    visits: tuple[Row, ...]
    planned: tuple[Row, ...]
    owed: bool


def move(w: Wired, actor: str, household: str, **said: Any) -> None:
    """A new address from a day on, or one of before. `said`: address, postcode, area, from_on. Raises Problem with a field."""
    at = w.clock()
    home = _home(w, said, at)

    def write(tx: Tx) -> None:
        _stands_alone(whose.act_for(tx, actor, household))
        households.set_residence(tx, household=household, at=at, actor=actor, **home)
        settle(w, tx, household, at, actor)

    w.writer.submit(write)


def put_right(w: Wired, actor: str, household: str, residence: int, *, why: str, **said: Any) -> None:
    """An address was wrong: what is right stands in its place where an address is given, and both are kept. Raises Problem with a field."""
    at = w.clock()
    parts, reason, right = Parts(), dict[str, Any](), None
    with parts.each():
        right = _home(w, said, at) if (said.get("address") or "").strip() else None
    with parts.each():
        reason = load(WHY, {"why": why})
    parts.check()

    def write(tx: Tx) -> None:
        _stands_alone(whose.act_for(tx, actor, household))
        if homes.residence(tx, household, residence) is None:
            raise wrong("address", "This address was put right before. Open the page again.")
        if right is None and not homes.others(tx, household, residence):
            raise wrong("address", "Enter the right address: there is no other. Where they have none, say where the family can be found.")
        homes.put_right(tx, residence=residence, household=household, at=at, actor=actor, **reason)
        if right is not None:
            households.set_residence(tx, household=household, at=at, actor=actor, **right)
        settle(w, tx, household, at, actor)

    w.writer.submit(write)


def _home(w: Wired, said: dict[str, Any], at: str) -> dict[str, Any]:
    today = day_of(at).isoformat()
    home = load_home(RESIDENCE, said, today=today)
    home["postcode"], parts = home["postcode"] or "", Parts()
    with parts.each():
        if home["area"] not in w.catalogue.routes_by_area:
            raise wrong("area", "Choose the council area.")
    with parts.each():
        if home["from_on"] > today:
            raise wrong("from_on", "This day is still to come. Record the move when they live there; until then plan the visit.")
    parts.check()
    return home


def _stands_alone(family: Row) -> None:
    if family["joined_to"]:
        raise wrong("address", "This record was joined to another of the same family. Record it there.")


def settle(w: Wired, tx: Tx, household: str, at: str, actor: str) -> None:
    """Owe the transfer of a family that lives outside its team's area, and end that once it does not. Under the household's lock."""
    family, subject = households.household(tx, household), owed.moved_subject(household)
    settled(tx, household, at, actor)
    if family is None or _outside(tx, family) is None:
        return
    what, duty = MOVED.format(area=family["area"].capitalize()), duties.duty(tx, subject)
    if duty is None or duty["what"] != what:
        duties.owe(
            tx, subject=subject, kind=owed.MOVED, what=what, due_at=clocks.due(clocks.policy(w, tx, household), "handover_accept", at),
            at=at, actor=actor, household=household, owner_account=whose.practitioner(tx, household, actor),
        )  # fmt: skip


def settled(tx: Tx, household: str, at: str, actor: str) -> None:
    """End what is owed of a move once the family lives in its team's own area: it was given to the team there, or came back."""
    family, duty = households.household(tx, household), duties.duty(tx, owed.moved_subject(household))
    if family and duty is not None and _outside(tx, family) is None:
        duties.close(tx, duty, how=owed.NOT_NEEDED, evidence=HERE_AGAIN, at=at, actor=actor)


def offered(tx: Tx, family: Row, team: str, at: str, actor: str) -> None:
    """End what is owed of a move once the family is offered to a team of the area in which it lives: the answer to that is owed then."""
    to, duty = teams.team(tx, team), duties.duty(tx, owed.moved_subject(family["household"]))
    if to and duty is not None and to["area"] == family["area"]:
        duties.close(tx, duty, how=owed.DONE, evidence=OFFERED, at=at, actor=actor)


def _outside(tx: Tx, family: Row) -> Row | None:
    """The team of a family that lives in another area than it."""
    team = teams.team(tx, family["team"]) if family["team"] else None
    return team if team and family["area"] and team["area"] != family["area"] else None


def elsewhere(w: Wired, actor: str, household: str) -> Elsewhere | None:
    """For a page of a family whose reading is journalled; None for one that lives in its team's own area."""
    with w.engine.read() as tx:
        family = households.household(tx, household) if scope.may_see_family(tx, actor, household) else None
        team = _outside(tx, family) if family else None
        if family is None or team is None:
            return None
        return Elsewhere(
            family["area"],
            team["area"],
            tuple(teams.receiving_teams_for(tx, family["area"], "front_door")),
            tuple(one for one in teams.teams(tx) if one["area"] == family["area"]),
            tuple(losses.planned(tx, household)),
            duties.duty(tx, owed.moved_subject(household)) is not None,
        )


def keep_back(w: Wired, actor: str, household: str, **said: Any) -> None:
    """The family's address must be kept from somebody, or need not be. `said`: kept_back (yes or no), why. Raises Problem with a field."""
    at = w.clock()
    kept = load(KEPT_BACK, said)

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        homes.keep_back(tx, household=household, kept_back=kept["kept_back"] == "yes", why=kept["why"], at=at, actor=actor)

    w.writer.submit(write)


def add_second(w: Wired, actor: str, household: str, other: str = "", **said: Any) -> str:
    """A child lives in another home too; its id. `other`: that home's own record, where it has one that the actor may see: the child then
    belongs to both. `said`: person, with_whom, days, address, from_on. Raises Problem with a field."""
    id, at = w.new_id(), w.clock()
    second = load(SECOND, said, today=day_of(at).isoformat())
    second["address"] = second["address"] or ""

    def write(tx: Tx) -> str:
        whose.act_for(tx, actor, household)
        if not any(one["person"] == second["person"] and one["role"] == "child" for one in households.members(tx, household)):
            raise wrong("person", "Choose a child of this family.")
        membership = _belongs_there(w, tx, household, other, second, at, actor) if other else None
        homes.add_second(tx, id=id, household=household, membership=membership, at=at, actor=actor, **second)
        return id

    return w.writer.submit(write)


def _belongs_there(w: Wired, tx: Tx, household: str, other: str, second: dict[str, Any], at: str, actor: str) -> str:
    if other == household or not scope.may_see_family(tx, actor, other):
        raise wrong("other", "Choose another family that you may see. Of a home that another team looks after, write down what you know.")
    _stands_alone(whose.act_for(tx, actor, other))
    if any(one["person"] == second["person"] for one in households.members(tx, other)):
        raise wrong("other", "The child belongs to that record already.")
    id = w.new_id()
    households.add_member(
        tx, id=id, household=other, person=second["person"], role="child", from_on=second["from_on"], at=at, actor=actor
    )  # fmt: skip
    return id


def end_second(w: Wired, actor: str, household: str, second: str, **said: Any) -> None:
    """A child lives in a second home no more, and belongs to its record no more where that began with it. Raises Problem with a field."""
    at = w.clock()
    end = load(SECOND_END, said, today=day_of(at).isoformat())

    def write(tx: Tx) -> None:
        whose.act_for(tx, actor, household)
        row = homes.second(tx, second)
        if row is None or row["household"] != household:
            raise wrong("why", "This was said before. Open the page again.")
        homes.end_second(tx, second_home=second, household=household, at=at, actor=actor, **end)
        if row["membership"] and households.stands(tx, row["membership"]):
            households.end_membership(
                tx, membership=row["membership"], on_date=end["on_date"], reason=end["why"], at=at, actor=actor
            )  # fmt: skip

    w.writer.submit(write)
