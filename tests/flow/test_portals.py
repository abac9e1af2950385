"""A council that takes only its own form: nothing is sent, the answers stand in the form's order, and its reference is the proof."""

import json

import pytest

from tests.flow.notes import NIGHT_ON_THE_SOFA
from tests.flow.test_killed import Axe, Killed
from tests.flow.world import World, completion
from visitapp.flow import letters, people, portals, refer, sweep, updates
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem

SECRET = "He said he would find us wherever we went."


def by_form(world: World, kind: str = "front_door", portal: str = "westfen_front_door") -> None:
    """A team takes only that form from now on."""
    people.add_receiving_team(
        world.w, "admin", id=getattr(world, kind), name=f"Eastmoor {kind}", area="eastmoor", kind=kind,
        email="desk@eastmoor.example", phone="01632 960100", phone_out_of_hours="01632 960101", review_on="2027-01-01",
        transport="portal", portal=portal,
    )  # fmt: skip


@pytest.fixture
def family(world: World):
    by_form(world)
    made = world.family()
    adult = {"person": made.people["Ada"], "met": "not_alone", "abuse_asked": "disclosed", "abuse_said": SECRET}
    made.visit(made.child(NIGHT_ON_THE_SOFA | {"sleep_words": "<b>&</b> 🙂 \u202eہے " + "x" * 9_000}) | {"adults": [adult]})
    return made


def sheet(world: World) -> dict[str, str]:
    [row] = world.rows("SELECT answers FROM portal_sheet")
    return {one["ask"]: one["answer"] for one in json.loads(row["answers"])}


def stuck(world: World) -> list[tuple[str, str, str]]:
    return [(one.what, one.id, one.owner) for one in what_is_stuck(world.w)]


def recipient(world: World) -> str:
    return world.rows("SELECT id FROM recipient")[0]["id"]


def test_nothing_is_sent_and_the_answers_wait_for_whoever_sent_the_referral(world, family):
    referral = family.send(asked_for="Please visit. 🙂 <i>", asked_by_on="2026-11-23")
    assert world.post.sent == []
    assert family.state_of(referral) == "lettered"
    assert world.count("outbox") == 0
    said = sheet(world)
    assert list(said)[:3] == ["How urgent is this?", "Who is the child and where are they now?", "Describe your concern"]
    assert "Ava Okoro" in said["Who is the child and where are they now?"]
    assert said["What do you want us to do, and by when?"] == "Please visit. 🙂 <i>\n\nBy 23 November 2026"
    assert "slept on a sofa" in said["Describe your concern"]
    assert "next pages" not in repr(said)
    assert said["Your reference"] == f"R-{referral[:8].upper()}"
    assert "Worker hv" in said["Your details"]
    [told] = world.rows("SELECT to_account FROM notice WHERE what = :what", what=portals.WAITS)
    assert told["to_account"] == world.who["hv"]
    assert f"/referrals/{referral}/portal" in world.pigeon.sent[-1].text
    assert SECRET not in repr(world.rows("SELECT answers FROM portal_sheet"))
    assert "abuse" not in repr(world.rows("SELECT answers FROM portal_sheet")).lower()


def test_not_typed_in_by_its_clock_it_is_announced_like_any_other_letter(world, family):
    referral = family.send()
    assert stuck(world) == []
    world.clock.on(hours=3)
    sweep.put_back(world.w)
    assert world.work() == 0  # a person has it to do
    assert ("letter_by_hand", referral, world.who["hv"]) in stuck(world)


def test_the_forms_reference_is_the_proof_that_it_was_sent(world, family):
    referral = family.send()
    id = recipient(world)
    for wrong in ("", "  ", "x" * 201):
        with pytest.raises(Problem) as told:
            portals.sent(world.w, world.who["hv"], referral, id, wrong)
        assert told.value.field == "reference"
    for who in ("west", "duty", "admin"):
        with pytest.raises(Problem):
            portals.sent(world.w, world.who[who], referral, id, "EH-1")
    with pytest.raises(Problem):
        portals.sent(world.w, world.who["hv"], referral, "another", "EH-1")
    portals.sent(world.w, world.who["midwife"], referral, id, " <b>EH-7</b> 🙂 ")
    [row] = world.rows("SELECT d.transport, d.outcome, d.proof, j.actor FROM delivery d JOIN journal j ON j.seq = d.seq")
    assert row == {"transport": "portal", "outcome": "sent", "proof": "<b>EH-7</b> 🙂", "actor": world.who["midwife"]}
    assert family.state_of(referral) == "delivered"
    assert world.rows("SELECT kind FROM duty WHERE referral = :r", r=referral) == [{"kind": "acknowledge"}]
    with pytest.raises(Problem) as told:
        portals.sent(world.w, world.who["hv"], referral, id, "Twice")
    assert told.value.field == "reference"


def test_the_step_is_killed_at_every_statement_and_ends_as_if_it_never_was(world, family, monkeypatch):
    refer.send(world.w, world.who["hv"], family.referral(), completion())
    letters.write_letter(world.w, family.referral())
    [waiting] = world.rows("SELECT key FROM outbox WHERE step = 'fill_portal'")
    axe, statement = Axe(monkeypatch), 0
    while True:
        axe.at(statement)
        try:
            portals.fill(world.w, waiting["key"])
        except Killed:
            assert world.rows("SELECT count(*) AS n FROM outbox WHERE step = 'fill_portal'") == [{"n": 1}]
        axe.away()
        if not axe.struck:
            break
        statement += 7  # every seventh, and the next run begins at another
    assert world.count("portal_sheet") == 1
    assert world.rows("SELECT count(*) AS n FROM notice WHERE what = :what", what=portals.WAITS) == [{"n": 1}]


def test_later_news_is_typed_in_too_with_what_is_new_first(world, family):
    referral = family.send()
    portals.sent(world.w, world.who["hv"], referral, recipient(world), "EH-7")
    assert updates.tell(world.w, world.who["hv"], referral, updates.More(words="She was found. <b>🙂")) == 2
    world.work()
    assert world.post.sent == []
    first, second = (json.loads(row["answers"]) for row in world.rows("SELECT answers FROM portal_sheet ORDER BY seq"))
    assert [one["ask"] for one in second] == [portals.NEWS, *(one["ask"] for one in first)]
    assert "She was found. <b>🙂" in second[0]["answer"]
    [waiting] = world.rows("SELECT recipient FROM handing_over WHERE number = 2")
    portals.sent(world.w, world.who["hv"], referral, waiting["recipient"], "EH-8")
    assert family.state_of(referral) == "delivered"
    assert world.count("handing_over") == 0


def test_a_lost_step_is_put_back(world, family):
    referral = family.referral()
    refer.send(world.w, world.who["hv"], referral, completion())
    letters.write_letter(world.w, referral)
    with world.w.engine.write() as tx:
        tx.run("DELETE FROM outbox WHERE step = 'fill_portal'")
    world.clock.on(minutes=2)
    sweep.put_back(world.w)
    world.work()
    assert world.count("portal_sheet") == 1


def test_a_form_that_is_not_known_is_refused_and_announced(world, family):
    referral = family.referral()
    with world.w.engine.write() as tx:
        team = tx.one("SELECT * FROM receiving_team WHERE id = :id ORDER BY seq DESC LIMIT 1", id=world.front_door)
        tx.append("receiving_team", at=world.clock(), actor="admin", **({n: team[n] for n in team if n != "seq"} | {"portal": "gone"}))
    refer.send(world.w, world.who["hv"], referral, completion())
    world.work()
    assert [what for what, _, _ in stuck(world)] == ["letter_refused"]
    assert world.rows("SELECT proof FROM delivery") == [{"proof": portals.NOT_KNOWN}]


def test_a_team_says_how_it_takes_letters(world):
    for wrong, field in (({"transport": "mesh"}, "mailbox"), ({"transport": "portal", "portal": "none"}, "portal"),
                         ({"transport": "pigeon"}, "transport"), ({"transport": "mesh", "mailbox": "<b> 🙂"}, "mailbox")):  # fmt: skip
        with pytest.raises(Problem) as told:
            people.add_receiving_team(
                world.w, "admin", name="T", area="eastmoor", kind="front_door", email="a@b.example", phone="1", phone_out_of_hours="2",
                review_on="2027-01-01", **wrong,
            )  # fmt: skip
        assert told.value.field == field
