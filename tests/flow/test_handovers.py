"""A family is never without a named practitioner: offered, accepted or refused by a time, and nothing that is owed is lost on the way."""

import json
import random
from typing import Any

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, agree, calling_for, owed, problem_of
from tests.flow.test_losses import home
from visitapp.flow import handovers, handovers_shown, helping, ladder, leaving, people, records, sign_in, standing_in, whose_turn
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem
from visitapp.store import accounts, households, scope


def offer(world, family, to="midwife", who="hv", **said: Any) -> str:
    plain = {"kind": "midwife", "to": world.who.get(to, to), "words": "Ask Ada alone.", "safe": "A dog; phone first."}
    return handovers.offer(world.w, world.who[who], family.household, **(plain | said))


def named(world, family) -> str | None:
    with world.w.engine.read() as tx:
        row = households.household(tx, family.household)
    return next((who for who, account in world.who.items() if row and account == row["practitioner"]), None)


def reasons(world, family) -> set[str]:
    """Why the family stands on today's list as nobody's, at once or later."""
    rows = world.rows("SELECT kind FROM today_row WHERE household = :h AND grave = 5", h=family.household)
    return {row["kind"] for row in rows}


def answers(world, family) -> list[tuple[str, str]]:
    ids = {account: who for who, account in world.who.items()}
    return [(ids[one["owner_account"]], one["due_at"]) for one in owed(world, family, "handover")]


@pytest.fixture
def world(world):
    """With a nursery nurse in the team, and a supervisor in the other area's."""
    world.westfen = next(row["team"] for row in world.rows("SELECT team FROM account_now WHERE username = 'west'"))
    for username, role, team in (("nurse", "nursery_nurse", world.team), ("westlead", "supervisor", world.westfen)):
        world.who[username] = people.add_account(
            world.w, "system", username=username, name=f"Worker {username}", role=role, team=team, password="four words are enough",
            email=f"{username}@visits.example",
        )  # fmt: skip
    return world


def test_until_it_is_accepted_whoever_offered_stays_named_and_then_everything_owed_is_theirs(world):
    calling_for(world)
    family = world.family()
    home(world, family, "Ava")
    agree(world, family)
    id = offer(world, family)
    assert named(world, family) == "hv"
    assert answers(world, family) == [("midwife", "2026-11-24T10:40:00.000Z")]
    with world.w.engine.read() as tx:
        kept = json.loads(tx.one("SELECT summary FROM handover")["summary"])
    assert {"How it stands", "Owed now", "Agreed plans", "Who lives there"} <= {title for title, _ in kept}
    assert any("See Ava at home" in line for title, lines in kept if title == "Owed now" for line in lines)
    handovers.accept(world.w, world.who["midwife"], id)
    assert named(world, family) == "midwife"
    assert [(one["kind"], one["owner_account"], one["due_at"]) for one in owed(world, family)] == [
        ("see_child", world.who["midwife"], "2026-11-22T23:59:59.999Z")
    ]
    assert world.rows("SELECT how FROM duty_closed") == [{"how": "done"}]
    with pytest.raises(Problem):
        handovers.accept(world.w, world.who["midwife"], id)


def test_a_refusal_with_its_reason_leaves_the_family_and_owes_somebody_else(world):
    family = world.family()
    id = offer(world, family, kind="neonatal")
    assert answers(world, family) == [("midwife", "2026-11-23T10:40:00.000Z")], "by the hour"
    assert problem_of(handovers.refuse, world.w, world.who["midwife"], id, reason=" ") == "reason"
    handovers.refuse(world.w, world.who["midwife"], id, reason="I have four hundred.")
    assert named(world, family) == "hv"
    assert [who for who, _ in answers(world, family)] == ["hv"]
    assert reasons(world, family) == {"handover", "handover_refused"}
    assert problem_of(offer, world, family, to="hv") == "to", "theirs already"
    other = offer(world, family, to="nurse")
    assert [who for who, _ in answers(world, family)] == ["nurse"]
    assert world.rows("SELECT id FROM handover_open") == [{"id": other}]
    assert problem_of(offer, world, family) == "to", "taken back first"
    handovers.keep(world.w, world.who["hv"], other, reason="She stays with me.")
    assert answers(world, family) == []
    assert reasons(world, family) == set()
    assert world.rows("SELECT id FROM handover_open") == []


def test_only_whom_it_is_offered_to_or_their_supervisor_answers(world):
    family = world.family()
    id = offer(world, family)
    for who in ("hv", "nurse"):
        with pytest.raises(Problem) as refused:
            handovers.accept(world.w, world.who[who], id)
        assert refused.value.code == "not_allowed"
    for who in ("west", "westlead", "duty", "admin"):
        with pytest.raises(Problem) as unseen:
            handovers.accept(world.w, world.who[who], id)
        assert unseen.value.code == "not_found"
        assert handovers_shown.shown(world.w, world.who[who], id) is None
    assert problem_of(handovers.accept, world.w, world.who["lead"], id, account=world.who["west"]) == "account"
    handovers.accept(world.w, world.who["lead"], id, account=world.who["nurse"])
    assert named(world, family) == "nurse"


def test_only_the_practitioner_a_deputy_or_a_supervisor_offers(world):
    family = world.family()
    assert problem_of(offer, world, family, who="nurse", to="midwife") == "to"
    standing_in.take_leave(
        world.w, world.who["lead"], account=world.who["hv"], from_on="2026-11-20", to_on="2026-11-30", deputy=world.who["nurse"]
    )
    assert offer(world, family, who="nurse", kind="sickness")


def test_another_areas_team_gets_the_whole_record_and_ours_sees_it_no_more(world):
    calling_for(world)
    family = world.family()
    family.untidy()
    helping.need(world.w, world.who["hv"], family.household, what="cot", person=family.people["Ava"], needed_on="2026-11-20")
    id = offer(world, family, to=f"{handovers.TEAM}{world.westfen}", kind="transfer")
    assert [who for who, _ in answers(world, family)] == ["westlead"]
    shown = handovers_shown.shown(world.w, world.who["westlead"], id)
    assert shown is not None
    assert list(shown.takes.values()) == ["Worker west"]
    with world.w.engine.read() as tx:
        assert not scope.may_see_family(tx, world.who["westlead"], family.household), "only the offer, until it is accepted"
    handovers.accept(world.w, world.who["westlead"], id, account=world.who["west"])
    with world.w.engine.read() as tx:
        assert scope.may_see_family(tx, world.who["west"], family.household)
        assert not scope.may_see_family(tx, world.who["hv"], family.household)
        assert tx.all("SELECT 1 AS x FROM visit WHERE household = :h", h=family.household)
    assert {one["owner_account"] for one in owed(world, family)} == {world.who["west"]}
    assert handovers_shown.shown(world.w, world.who["hv"], id) is None


def test_what_nobody_answers_climbs_where_it_is_to_be_answered(world):
    family = world.family()
    id = offer(world, family, to="west", kind="sickness")
    world.clock.on(hours=25)
    ladder.climb(world.w)
    told = world.rows("SELECT to_account, rung FROM climb WHERE subject = :s AND to_account IS NOT NULL", s=f"handover:{id}")
    assert told == [{"to_account": world.who["west"], "rung": "practitioner"}]
    world.clock.on(hours=2)
    ladder.climb(world.w)
    told = world.rows("SELECT to_account FROM climb WHERE subject = :s AND rung = 'supervisor'", s=f"handover:{id}")
    assert told == [{"to_account": world.who["westlead"]}]
    assert [one.duty["subject"] for one in whose_turn.mine(world.w, world.who["west"]).owed.turns] == [f"handover:{id}"]
    assert "overdue_handover" in [one.what for one in what_is_stuck(world.w)]
    assert [row["to_account"] for row in world.rows("SELECT to_account FROM notice_message WHERE kind = 'handover'")] == [world.who["west"]]


def test_an_account_is_not_ended_while_families_are_named_to_it_unless_a_supervisor_holds_them(world):
    calling_for(world)
    family, other = world.family(), world.family("Brook")
    home(world, family, "Ava")
    offered = offer(world, other, to="nurse")
    assert problem_of(leaving.end, world.w, world.who["lead"], world.who["hv"], why="Retired.") == "supervisor"
    assert problem_of(leaving.end, world.w, world.who["lead"], world.who["hv"], why="", supervisor=world.who["lead"]) == "why"
    assert leaving.end(world.w, world.who["lead"], world.who["hv"], why="Retired.", supervisor=world.who["lead"]) == 2
    assert (named(world, family), named(world, other)) == ("lead", "lead")
    assert [who for who, _ in answers(world, family)] == ["lead"]
    assert "practitioner_gone" in reasons(world, family)
    assert [who for who, _ in answers(world, other)] == ["nurse"], "what was offered stays offered"
    assert {one["owner_account"] for one in owed(world, family)} == {world.who["lead"]}
    with world.w.engine.read() as tx:
        row = accounts.account(tx, world.who["hv"])
        assert row is not None
        assert (row["ended_on"], row["team"], row["role"]) == ("2026-11-22", None, "health_visitor")
    with pytest.raises(Problem):
        sign_in.sign_in(world.w, row["username"], "four words are enough", "127.0.0.1")
    handovers.accept(world.w, world.who["nurse"], offered)
    [held] = world.rows("SELECT id FROM handover_open")
    assert problem_of(handovers.keep, world.w, world.who["lead"], held["id"], reason="I look after her.") == "reason"
    with pytest.raises(Problem):
        people.name_practitioner(world.w, world.who["lead"], family.household, account=world.who["hv"])
    again = offer(world, family, to="midwife", who="lead")
    handovers.accept(world.w, world.who["midwife"], again)
    assert named(world, family) == "midwife"
    assert reasons(world, family) == set()
    assert [one["kind"] for one in owed(world, family)] == ["see_child"]


def test_what_was_offered_to_somebody_who_leaves_is_refused_for_them(world):
    family = world.family()
    offer(world, family)
    leaving.end(world.w, world.who["lead"], world.who["midwife"], why="Moved away.")
    assert [who for who, _ in answers(world, family)] == ["hv"]
    assert leaving.page(world.w, world.who["lead"], world.who["midwife"]) is None
    assert leaving.page(world.w, world.who["lead"], world.who["lead"]) is None, "nobody ends their own"


def test_naming_somebody_directly_ends_an_offer(world):
    family = world.family()
    offer(world, family)
    people.name_practitioner(world.w, world.who["lead"], family.household, account=world.who["nurse"])
    assert answers(world, family) == []


def test_what_is_said_is_checked_and_kept_as_typed(world):
    family = world.family()
    for said, field in (
        ({"kind": "bored"}, "kind"), ({"to": ""}, "to"), ({"to": "team:nowhere"}, "to"), ({"to": "duty"}, "to"), ({"words": " "}, "words"),
        ({"safe": None}, "safe"), ({"words": TOO_LONG}, "words"),
    ):  # fmt: skip
        assert problem_of(offer, world, family, **said) == field, said
    for number, text in enumerate(HOSTILE.values()):
        one = world.family(f"Family {number}")
        id = offer(world, one, words=text, safe=text)
        shown = handovers_shown.shown(world.w, world.who["midwife"], id)
        assert shown is not None
        assert (shown.row["words"], shown.row["safe"]) == (text, text)
        handovers.refuse(world.w, world.who["midwife"], id, reason=text)


def test_whatever_happens_every_family_has_somebody_who_is_here_or_stands_on_todays_list(world):
    chosen, lead = random.Random(23), world.who["lead"]
    families = [world.family(f"Family {number}", born_on="2026-11-10") for number in range(3)]
    homes, joinings, hired = [one.household for one in families], [], 0
    for _ in range(60):
        here = [row["account"] for row in world.rows("SELECT account FROM account_now WHERE team IS NOT NULL AND ended_on IS NULL")]
        visits = [one for one in here if one not in (lead, world.who["westlead"], world.who["duty"], world.who["helper"])]
        one, who = chosen.choice(homes), chosen.choice(visits)
        world.clock.on(hours=chosen.choice([0, 1, 30]))
        if len(visits) < 4:
            hired += 1
            people.add_account(
                world.w, "system", username=f"new{hired}", name=f"New {hired}", role="health_visitor", team=world.team,
                password="four words are enough", email="new@visits.example",
            )  # fmt: skip
        step = chosen.choice(["offer", "accept", "accept", "refuse", "keep", "leave", "leave", "name", "join", "apart", "split", "away"])
        offers = [row["id"] for row in world.rows("SELECT id FROM handover_open")] or ["none"]
        try:
            if step == "offer":
                handovers.offer(world.w, lead, one, kind="midwife", to=chosen.choice([who, f"team:{world.team}"]), words="x", safe="x")
            elif step == "accept":
                handovers.accept(world.w, lead, chosen.choice(offers), account=who)
            elif step == "refuse":
                handovers.refuse(world.w, lead, chosen.choice(offers), reason="Too far.")
            elif step == "keep":
                handovers.keep(world.w, lead, chosen.choice(offers), reason="They stay.")
            elif step == "leave":
                leaving.end(world.w, lead, who, why="Moved.", supervisor=chosen.choice([lead, ""]))
            elif step == "name":
                people.name_practitioner(world.w, lead, one, account=who)
            elif step == "join":
                joinings.append(records.join(world.w, lead, one, duplicate=chosen.choice(homes), why="x", same={}))
            elif step == "apart" and joinings:
                records.joined_in_error(world.w, lead, chosen.choice(joinings), why="x")
            elif step == "split":
                with world.w.engine.read() as tx:
                    first = households.members(tx, one)[:1]
                homes.append(records.split(world.w, lead, one, name="x", why="x", people=[row["person"] for row in first]))
            elif step == "away":
                standing_in.take_leave(world.w, lead, account=who, deputy=lead, from_on=world.clock()[:10], to_on=world.clock()[:10])
        except Problem:
            pass  # what may not be done is refused
        everybodys(world)
    assert len(world.rows("SELECT DISTINCT account FROM account_ended")) > 1
    assert world.count("handover_ended") > 5


def everybodys(world) -> None:
    """Each family that is no part of another has somebody of a team; where they visit nobody, it is on today's list as nobody's."""
    rows = world.rows(
        "SELECT h.household, a.role, a.team, a.ended_on FROM household_now h LEFT JOIN account_now a ON a.account = h.practitioner"
        " WHERE h.joined_to IS NULL"
    )
    nobodys = {row["household"] for row in world.rows("SELECT household FROM today_row WHERE grave = 5")}
    for row in rows:
        assert row["team"] is not None
        assert row["ended_on"] is None
        assert row["role"] != "supervisor" or row["household"] in nobodys
