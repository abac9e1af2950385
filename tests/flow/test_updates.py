"""Later news is a numbered update of the same referral, and a correction says what was wrong, what is right and who says so: each to
everybody who had the letter, and neither as a second referral."""

import pytest

from tests.flow.test_additions import add
from tests.flow.test_routing import HOSTILE, entry, refused, send, worker
from tests.flow.world import World
from visitapp.domain.replies import DECISION, NOT_FOR_US, Reply
from visitapp.flow import hand_over, phoning, refer, reply, routing, send_on, updates
from visitapp.store import letter_files
from visitapp.store.derived import rebuild

WRONG = {
    "kind": "correction",
    "was_wrong": "Ava slept on the sofa.",
    "is_right": "She slept in her cot.",
    "says_who": "Her aunt, on the phone.",
}


def tell(world: World, referral: str, **said) -> int:
    return updates.tell(world.w, world.who["hv"], referral, updates.More(**said))


def letters(world: World) -> list[tuple[str, int]]:
    return [(row["document"], row["number"]) for row in world.rows("SELECT document, number FROM letter ORDER BY number, document")]


def content(world: World, document: str, number: int) -> str:
    rows = world.rows("SELECT content FROM letter WHERE document = :d AND number = :n", d=document, n=number)
    return str(rows[0]["content"])


def test_news_goes_to_everybody_who_had_the_letter_as_an_update_of_the_same_referral(world):
    world.clock.at = "2026-11-24T10:40:00.000Z"
    entry(world, "named_nurse")
    family = world.family()
    worker(world, family)
    family.sofa(on="2026-11-24")
    referral = send(world, family)
    first = [message.to for message in world.post.sent]
    world.clock.on(hours=2)
    assert tell(world, referral, words=HOSTILE) == 2
    assert tell(world, referral, words="She was found.") == 3
    world.work()
    assert sorted(message.to for message in world.post.sent) == sorted(first * 3)
    assert letters(world) == [
        ("health_copy", 1), ("referral", 1), ("health_copy", 2), ("update", 2), ("health_copy", 3), ("update", 3),
    ]  # fmt: skip
    third = [message.to for message in world.post.sent if "number 3 of a referral that was sent before" in message.text]
    assert sorted(third) == sorted(first)
    assert "She was found." in content(world, "update", 3)
    assert "takes the place of any copy that you have" in content(world, "health_copy", 3)
    assert f"R-{referral[:8].upper()}-3" in content(world, "update", 3)
    assert world.count("referral") == 1
    assert family.state_of(referral) == "delivered"
    rebuild(world.w.engine)
    assert world.rows("SELECT * FROM handing_over") == []


def test_a_later_visit_is_told_once_and_stands_in_the_update(world):
    family = world.family()
    family.sofa()
    referral = send(world, family)
    world.clock.on(days=1)
    later = family.visit(family.child({"which_sleep": "last_night", "surface": "cot", "shared": False}), on="2026-11-23")
    [news] = updates.shown(world.w, referral).news
    assert (news["submission"], news["number"]) == (later, None)
    assert refused(lambda: tell(world, referral, submission="another"))[0] == "news"
    tell(world, referral, submission=later)
    world.work()
    assert updates.shown(world.w, referral).news[0]["number"] == 2
    assert "There was a visit since" in content(world, "update", 2)
    assert "23 November 2026" in content(world, "update", 2)


def test_a_correction_says_what_was_wrong_and_supersedes_the_letter_before_even_after_the_decision(world):
    family = world.family()
    asked = {"person": family.people["Ada"], "met": "alone", "abuse_asked": "nothing_said"}
    family.visit(family.child({"which_sleep": "last_night", "surface": "sofa", "shared": True, "sharers": []}) | {"adults": [asked]})
    family.sofa()
    referral = send(world, family, routing.Wishes(ask_for=("family",)))
    [parents] = world.rows("SELECT id FROM recipient WHERE document = 'family_copy'")
    hand_over.handed_over(world.w, world.who["hv"], referral, parents["id"], "Given to Ada at the door.")
    decided = Reply(DECISION, "assessment_s17", "To be assessed.", "A visit on Tuesday.")
    reply.answer(world.w, world.who["duty"], referral, decided)
    world.clock.on(hours=2)
    assert tell(world, referral, **WRONG) == 2
    world.work()
    assert letters(world) == [("family_copy", 1), ("referral", 1), ("correction", 2), ("family_copy", 2)]
    for words in ("Ava slept on the sofa.", "She slept in her cot.", "Her aunt, on the phone."):
        assert words in content(world, "correction", 2)
        assert words not in content(world, "family_copy", 2)  # only that it takes the place of the first
    assert family.state_of(referral) == "decided"
    sql = (
        "SELECT f.code FROM letter_file f JOIN letter l ON l.id = f.letter WHERE l.document IN ('referral', 'correction') ORDER BY l.number"
    )
    with world.w.engine.read() as tx:
        kept = [letter_files.by_code(tx, row["code"]) for row in tx.all(sql)]
    assert [one["superseded_at"] is not None for one in kept] == [True, False]


def test_an_update_ends_what_was_owed_of_a_referral_that_could_not_wait(world):
    family = world.family()
    family.sofa()
    referral = family.referral()
    phoning.record(world.w, world.who["hv"], referral, phoning.Call("Desk", "1", "yes", "J. Lane"))
    refer.send(world.w, world.who["hv"], referral, refer.Completion("Please go there now.", as_known=True))
    world.work()
    assert [row["kind"] for row in world.rows("SELECT kind FROM duty WHERE kind = 'follow_up'")] == ["follow_up"]
    tell(world, referral, words="The parents were told at noon, and agree.")
    assert world.rows("SELECT kind FROM duty WHERE kind = 'follow_up'") == []
    assert world.rows("SELECT evidence FROM duty_closed")[0]["evidence"] == "Number 2 was sent."


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "words"), ({"words": "x" * 10_001}, "words"), ({"kind": "rumour"}, "kind"), (WRONG | {"was_wrong": " "}, "was_wrong"),
        (WRONG | {"is_right": ""}, "is_right"), (WRONG | {"says_who": ""}, "says_who"),
    ],
)  # fmt: skip
def test_what_is_not_said_is_asked_for(world, said, field):
    family = world.family()
    family.sofa()
    assert refused(lambda: tell(world, send(world, family), **said))[0] == field
    assert world.count("letter") == 1


def test_nothing_is_told_of_a_referral_that_was_not_sent_nor_by_another_team(world):
    family = world.family()
    family.sofa()
    assert refused(lambda: tell(world, family.referral(), words="x"))[0] is None
    referral = send(world, family)
    said = updates.More(words="x")
    assert refused(lambda: updates.tell(world.w, world.who["west"], referral, said))[0] is None


def test_a_copy_may_be_left_out_with_a_reason_and_the_receiver_never(world):
    entry(world, "named_nurse")
    family = world.family()
    family.sofa()
    referral = send(world, family)
    ids = {row["place"]: row["id"] for row in world.rows("SELECT id, place FROM recipient")}
    assert refused(lambda: tell(world, referral, words="x", leave_out={ids["receiver"]: "why"}))[0] == "leave_out"
    assert refused(lambda: tell(world, referral, words="x", leave_out={ids["copy"]: ""}))[0] == f"leave_out_why-{ids['copy']}"
    tell(world, referral, words="x", leave_out={ids["copy"]: "She was there."})
    world.work()
    assert [row["document"] for row in world.rows("SELECT document FROM letter WHERE number = 2")] == ["update"]


def test_a_team_that_gave_it_back_hears_of_a_mistake_and_of_nothing_else(world):
    other = entry(world, "early_help", email="other@eastmoor.example", name="Another team")
    family = world.family()
    family.sofa()
    referral = send(world, family)
    reply.answer(world.w, world.who["duty"], referral, Reply(NOT_FOR_US, not_ours_reason="They moved.", whose=""))
    send_on.send_on(world.w, world.who["hv"], referral, other)
    world.work()
    tell(world, referral, words="New.")
    tell(world, referral, **WRONG)
    rows = world.rows("SELECT place, name, document, number FROM recipient WHERE number > 1 ORDER BY seq")
    assert [(row["place"], row["name"], row["document"], row["number"]) for row in rows] == [
        ("receiver", "Another team", "update", 2), ("receiver", "Another team", "correction", 3),
        ("copy", "Eastmoor front door", "correction", 3),
    ]  # fmt: skip
    world.work()
    assert family.state_of(referral) == "delivered"


def test_an_addition_to_the_visit_is_told_with_the_visit_that_it_stands_beside(world):
    family = world.family()
    visit = family.sofa()
    referral = send(world, family)
    added = add(family, visit)
    assert [one["submission"] for one in updates.shown(world.w, referral).news] == [added]
    tell(world, referral, submission=added)
    world.work()
    said = content(world, "update", 2)
    assert "Something was added to the visit" in said
    assert "Added: It was the neighbour" in said
    assert "slept on a sofa" in said.lower()


def test_a_team_that_it_is_sent_on_to_reads_what_was_put_right_on_page_one_of_its_own_letter(world):
    family = world.family()
    family.sofa()
    referral = send(world, family)
    world.clock.on(days=1)
    later = family.visit(family.child({"which_sleep": "last_night", "surface": "cot", "shared": False}), on="2026-11-23")
    tell(world, referral, words=HOSTILE, submission=later)
    tell(world, referral, **WRONG)
    world.work()
    reply.answer(world.w, world.who["duty"], referral, Reply(NOT_FOR_US, not_ours_reason="Help is enough."))
    send_on.send_on(world.w, world.who["hv"], referral, world.early_help)
    world.work()
    anew = world.rows("SELECT document, number, content FROM letter WHERE round = 2 ORDER BY number")
    assert [(row["document"], row["number"]) for row in anew] == [("referral", 1), ("update", 2), ("correction", 3)]
    for words in ("Ava slept on the sofa.", "She slept in her cot.", "Her aunt, on the phone.", "comes to you as number 2"):
        assert words in anew[0]["content"]
    first = world.rows("SELECT content FROM letter WHERE round = 1 AND number = 1")[0]["content"]
    nights = ("where they are tonight", "where they were")  # what was said of one night is not said of a later one
    assert [[words in content for words in nights] for content in (first, anew[0]["content"])] == [[True, False], [False, True]]
    assert "since it was first sent" in anew[0]["content"].split("What could not be established")[0], "on page one"
    assert {message.to for message in world.post.sent[-2:]} == {"desk@eastmoor.example"}


def test_an_update_names_whoever_wrote_it_as_the_one_to_phone(world):
    family = world.family()
    family.sofa()
    referral = send(world, family)
    updates.tell(world.w, world.who["lead"], referral, updates.More(words="The police are there."))
    world.work()
    assert "or lead@visits.example" in content(world, "update", 2)
    assert "or hv@visits.example" in content(world, "referral", 1)


def test_what_is_told_later_goes_by_the_directory_of_today(world):
    entry(world, "named_nurse")
    family = world.family()
    family.sofa()
    referral = send(world, family)
    entry(world, "front_door", id=world.front_door, name="Eastmoor front door", email="new@eastmoor.example")
    tell(world, referral, words="One.")
    world.work()
    moved = world.rows("SELECT address, reasons FROM recipient WHERE number = 2 AND place = 'receiver'")[0]
    assert (moved["address"], "another address" in moved["reasons"]) == ("new@eastmoor.example", True)
    world.clock.at = "2027-02-01T10:00:00.000Z"
    tell(world, referral, words="Two.")
    rows = world.rows("SELECT address, transport, reasons FROM recipient WHERE number = 3 ORDER BY seq")
    assert [(row["address"], row["transport"]) for row in rows] == [("", "by_hand")] * 2
    assert all("was to be checked by 1 January 2027" in row["reasons"] for row in rows)
