"""The link in a letter's message: whom it opens what for, until when, and that nothing can be learnt by trying."""

import hashlib
import json
import re
from dataclasses import replace

import pytest

from tests.flow.test_answers import HOSTILE, NOT_OURS
from tests.flow.test_refer import duty, events, refused
from tests.flow.world import World, settings
from visitapp.deliver import Outcome
from visitapp.domain.replies import DECISION, NOT_FOR_US, RECEIVED, Reply, Speaker
from visitapp.flow import answer_by_link, answer_link, notify, reply
from visitapp.flow.send_on import send_on
from visitapp.flow.updates import More, tell
from visitapp.look import by_link
from visitapp.store import teams

KIM = Speaker("Kim Ode", "duty social worker")
HERE, THERE = "10.0.0.1", "10.9.9.9"


def sent(world: World, surname: str = "Okoro") -> str:
    family = world.family(surname)
    family.sofa()
    return family.send()


def token(world: World, nth: int = -1) -> str:
    """The token in the nth message that went out."""
    return re.search(r"/answer/([0-9a-f]+)", world.post.sent[nth].text)[1]


def code(world: World) -> str:
    """The code in the newest message to the team."""
    return notify.one_time_code(world.w, world.rows("SELECT id FROM notice_message WHERE kind = 'answer_code' ORDER BY seq DESC")[0]["id"])


def enter(world: World, link: str, address: str = HERE) -> str:
    browser = answer_by_link.ask_code(world.w, link, "", address)
    return answer_by_link.enter_code(world.w, link, browser, code(world), address)


def asked(world: World) -> int:
    return world.rows("SELECT count(*) AS n FROM notice_message WHERE kind = 'answer_code'")[0]["n"]


def test_the_receivers_message_carries_the_link_and_the_pdf_does_not(world):
    sent(world)
    message = world.post.sent[0]
    assert len(bytes.fromhex(token(world))) == 16
    assert message.text.count(token(world)) == 1
    assert token(world).encode() not in message.pdf
    kept = world.rows("SELECT * FROM answer_link")[0]
    assert kept["token_hash"] == hashlib.sha256(token(world).encode()).hexdigest()
    assert token(world) not in json.dumps([row | {"bytes": ""} for row in world.rows("SELECT * FROM letter")] + [kept])


def test_a_letter_that_is_tried_again_carries_the_same_link(world):
    world.post.answers = [Outcome("unknown", "lost")]
    sent(world)
    world.clock.on(hours=1)
    world.work()
    assert len(world.post.sent) == 2
    assert token(world, 0) == token(world, 1)
    assert world.count("answer_link") == 1


@pytest.mark.parametrize("way", answer_link.WITHOUT_TEXT)
def test_where_no_text_travels_there_is_no_link(world, way):
    world.post.name = way
    with world.w.engine.write() as tx:
        known = teams.receiving_team(tx, world.front_door)
        teams.add_receiving_team(tx, **known | {"transport": way, "mailbox": "X26ABC2"}, at=world.clock(), actor="system")
    sent(world)
    assert not [message for message in world.post.sent if "/answer/" in message.text]
    assert world.count("answer_link") == 0


def test_a_code_goes_to_the_directorys_address_and_opens_the_letter(world):
    referral = sent(world)
    browser = answer_by_link.ask_code(world.w, token(world), "", HERE)
    message = world.rows("SELECT * FROM notice_message WHERE kind = 'answer_code'")[0]
    assert (message["to_address"], message["to_account"]) == ("desk@eastmoor.example", None)
    assert code(world) not in json.dumps(world.rows("SELECT * FROM notice_message") + world.rows("SELECT * FROM answer_visit"))
    assert answer_by_link.opened(world.w, token(world), browser) is None
    kept = answer_by_link.enter_code(world.w, token(world), browser, f" {code(world)[:3]} {code(world)[3:]}", HERE)
    assert kept != browser, "what the browser holds is another secret from then on"
    opened = answer_by_link.opened(world.w, token(world), kept)
    assert opened.referral == referral
    assert answer_by_link.opened(world.w, token(world), browser) is None


def test_a_code_goes_where_the_message_went_whoever_answers_for_that_team(world):
    """As for a team of nights, for which the front door answers in the morning."""
    sent(world)
    with world.w.engine.write() as tx:
        known = teams.receiving_team(tx, world.front_door)
        teams.add_receiving_team(tx, **known | {"email": "day@eastmoor.example"}, at=world.clock(), actor="system")
    answer_by_link.ask_code(world.w, token(world), "", HERE)
    assert world.rows("SELECT to_address FROM notice_message WHERE kind = 'answer_code'") == [{"to_address": world.post.sent[0].to}]


def test_each_of_the_three_answers_is_kept_with_who_gave_it(world):
    for answer, event in (
        (Reply(RECEIVED), "acknowledged"),
        (Reply(DECISION, "early_help", "They agree."), "decided"),
        (NOT_OURS, "returned"),
    ):
        referral = sent(world, event.title())
        kept = enter(world, token(world))
        answer_by_link.answer(world.w, token(world), kept, answer, KIM)
        row = world.rows("SELECT e.detail, j.actor FROM referral_event e JOIN journal j ON j.seq = e.seq ORDER BY e.seq DESC")[0]
        to = world.rows("SELECT id FROM recipient WHERE referral = :id", id=referral)[0]["id"]
        assert events(world, referral)[-1] == event
        assert json.loads(row["detail"])["by"] == {
            "via": "link", "name": "Kim Ode", "role": "duty social worker", "at": world.clock(), "recipient": to,
        }  # fmt: skip
        assert row["actor"] == f"recipient:{to}"


def test_received_stays_open_for_the_decision_and_the_decision_ends_the_link(world):
    referral = sent(world)
    link = token(world)
    kept = enter(world, link)
    answer_by_link.answer(world.w, link, kept, Reply(RECEIVED), KIM)
    assert refused(answer_by_link.answer, world.w, link, kept, Reply(RECEIVED), KIM).code == "state_wrong"
    answer_by_link.answer(world.w, link, kept, Reply(DECISION, "early_help", "They agree."), KIM)
    assert duty(world, referral) == {}
    assert answer_by_link.opened(world.w, link, kept) is None
    before = asked(world)
    answer_by_link.ask_code(world.w, link, "", HERE)
    assert asked(world) == before, "a link that has done its work sends no code"


def test_a_used_code_opens_nothing_again(world):
    sent(world)
    browser = answer_by_link.ask_code(world.w, token(world), "", HERE)
    kept = answer_by_link.enter_code(world.w, token(world), browser, code(world), HERE)
    for held in (browser, kept, ""):
        assert refused(answer_by_link.enter_code, world.w, token(world), held, code(world), HERE).field == "code"


def test_a_code_opens_only_in_the_browser_that_asked_for_it(world):
    sent(world)
    answer_by_link.ask_code(world.w, token(world), "", HERE)
    right = code(world)
    other = answer_by_link.ask_code(world.w, "0" * 32, "", THERE)
    assert refused(answer_by_link.enter_code, world.w, token(world), other, right, THERE).field == "code"


def test_a_code_runs_out_after_ten_minutes_and_after_five_tries(world):
    sent(world)
    browser = answer_by_link.ask_code(world.w, token(world), "", HERE)
    world.clock.on(minutes=10)
    assert refused(answer_by_link.enter_code, world.w, token(world), browser, code(world), HERE).field == "code"
    world.clock.on(minutes=1)
    answer_by_link.ask_code(world.w, token(world), browser, HERE)
    wrong = f"{(int(code(world)) + 1) % 10**6:06d}"
    for _ in range(5):
        world.clock.on(seconds=61)  # slower than what slows down
        assert refused(answer_by_link.enter_code, world.w, token(world), browser, wrong, HERE).field == "code"
    world.clock.on(seconds=61)
    assert refused(answer_by_link.enter_code, world.w, token(world), browser, code(world), HERE).field == "code"


def test_guessing_is_slowed_and_only_for_whoever_guesses(world):
    sent(world)
    browser = answer_by_link.ask_code(world.w, token(world), "", HERE)
    for _ in range(5):
        assert refused(answer_by_link.enter_code, world.w, token(world), browser, "000000", HERE).field == "code"
    assert refused(answer_by_link.enter_code, world.w, token(world), browser, "000000", HERE).code == "too_many_requests"
    assert refused(answer_by_link.ask_code, world.w, token(world), browser, HERE).code == "too_many_requests"
    answer_by_link.ask_code(world.w, token(world), "", THERE)


def test_nobodys_mailbox_is_filled(world):
    sent(world)
    for _ in range(9):
        answer_by_link.ask_code(world.w, token(world), "", HERE)
    assert asked(world) == answer_by_link.CODES_AT_ONCE
    world.clock.on(minutes=11)
    enter(world, token(world))


def test_a_code_for_one_referral_opens_no_other(world):
    first, second = sent(world, "Okoro"), sent(world, "Birch")
    kept = enter(world, token(world, 0))
    assert answer_by_link.opened(world.w, token(world, 0), kept).referral == first != second
    assert answer_by_link.opened(world.w, token(world, 1), kept) is None
    assert refused(answer_by_link.answer, world.w, token(world, 1), kept, Reply(RECEIVED), KIM).code == "not_found"
    both = answer_by_link.ask_code(world.w, token(world, 1), kept, HERE)
    both = answer_by_link.enter_code(world.w, token(world, 1), both, code(world), HERE)
    assert [answer_by_link.opened(world.w, token(world, nth), both).referral for nth in (0, 1)] == [first, second]


def test_the_link_of_whoever_gave_it_back_opens_nothing_of_whoever_has_it_now(world):
    referral = sent(world)
    link = token(world)
    kept = enter(world, link)
    answer_by_link.answer(world.w, link, kept, NOT_OURS, KIM)
    send_on(world.w, world.who["hv"], referral, world.early_help)
    world.work()
    assert token(world) != link
    assert answer_by_link.opened(world.w, link, kept) is None
    assert refused(answer_by_link.answer, world.w, link, kept, Reply(RECEIVED), KIM).code == "not_found"
    assert answer_by_link.opened(world.w, token(world), enter(world, token(world))).team == "Eastmoor early help"


def test_what_is_open_closes_after_an_hour_and_the_link_after_the_policys_days(world):
    sent(world)
    kept = enter(world, token(world))
    world.clock.on(minutes=60)
    assert answer_by_link.opened(world.w, token(world), kept) is None
    assert answer_by_link.opened(world.w, token(world), enter(world, token(world)))
    world.clock.on(days=world.w.catalogue.policy.number("answer_link"))
    before = asked(world)
    answer_by_link.ask_code(world.w, token(world), "", HERE)
    assert asked(world) == before


def test_withdrawn_or_answered_otherwise_ends_the_link(world):
    referral = sent(world)
    kept = enter(world, token(world))
    reply.told_by_phone(world.w, world.who["hv"], referral, Reply(DECISION, "early_help", "By phone."), KIM)
    assert answer_by_link.opened(world.w, token(world), kept) is None


def test_a_wrong_link_is_answered_as_one_that_works(world):
    sent(world)
    browser = answer_by_link.ask_code(world.w, token(world), "", HERE)
    right = refused(answer_by_link.enter_code, world.w, token(world), browser, "nope", HERE)
    for link in ("", "x", "0" * 32, "../../etc", "0" * 31, "\u202e" * 32):
        browser = answer_by_link.ask_code(world.w, link, "", HERE)
        assert browser
        wrong = refused(answer_by_link.enter_code, world.w, link, browser, "123456", HERE)
        assert (wrong.code, wrong.field, wrong.message) == (right.code, right.field, right.message)
    assert asked(world) == 1, "only the one that works sends a code"


def test_another_secret_makes_other_links(world):
    other = replace(world.w, settings=settings(world.w.settings.data_dir, secret=b"another secret of the tests, as long"))
    assert answer_link.token_of(world.w, "l", "r") != answer_link.token_of(other, "l", "r") != answer_link.token_of(other, "l", "s")


def test_every_read_is_in_the_journal_as_that_recipient(world):
    sent(world)
    opened = answer_by_link.opened(world.w, token(world), enter(world, token(world)))
    shown = by_link.read(world.w, opened.actor, opened.referral, opened.letter, opened.recipient)
    assert (shown.asked["asked_for"], shown.pages > 0) == ("Please visit today.", True)
    assert by_link.letter(world.w, opened.actor, opened.household, opened.letter).startswith(b"%PDF")
    assert by_link.letter(world.w, opened.actor, opened.household, "none") is None
    lines = world.rows("SELECT kind, household FROM journal WHERE actor = :actor AND kind LIKE 'read.%'", actor=opened.actor)
    assert lines == [{"kind": kind, "household": opened.household} for kind in ("read.referral", "read.letter")]


def test_whatever_is_typed_is_kept_as_it_was_typed(world):
    sent(world)
    text, kept = HOSTILE, enter(world, token(world))
    answer_by_link.answer(world.w, token(world), kept, Reply(NOT_FOR_US, not_ours_reason=text, whose=text), Speaker(text, text))
    found = json.loads(world.rows("SELECT detail FROM referral_event WHERE event = 'returned'")[0]["detail"])
    assert (found["reason"], found["whose"], found["by"]["name"], found["by"]["role"]) == (text,) * 4
    browser = answer_by_link.ask_code(world.w, token(world), "", HERE)
    assert refused(answer_by_link.enter_code, world.w, token(world), browser, text, HERE).field == "code"


def test_browsers_are_forgotten_after_a_day(world):
    sent(world)
    enter(world, token(world))
    answer_by_link.forget_ended(world.w)
    assert world.count("answer_visit") == 1
    world.clock.on(hours=25)
    answer_by_link.forget_ended(world.w)
    assert world.count("answer_visit") == 0


def test_whoever_comes_by_an_older_link_is_shown_what_was_put_right_since(world):
    referral, other = sent(world), sent(world, "Marsh")
    opened = answer_by_link.opened(world.w, token(world, 0), enter(world, token(world, 0)))
    told = More("correction", was_wrong="Ava slept on the sofa.", is_right="In her cot.", says_who="Her aunt.")
    tell(world.w, world.who["hv"], referral, told)
    tell(world.w, world.who["hv"], other, told)
    world.work()
    shown = by_link.read(world.w, opened.actor, opened.referral, opened.letter, opened.recipient)
    assert ([(one["document"], one["number"]) for one in shown.others], shown.newer) == ([("correction", 2)], 2)
    letter = by_link.numbered(world.w, opened.referral, opened.recipient, 2)
    assert letter == shown.others[0]["letter"] != by_link.numbered(world.w, opened.referral, opened.recipient, 1)
    assert by_link.numbered(world.w, opened.referral, opened.recipient, 3) is None
    assert by_link.numbered(world.w, other, opened.recipient, 2) is None  # nothing of another referral
    newest = answer_by_link.opened(world.w, token(world, 2), enter(world, token(world, 2), THERE))
    by_newest = by_link.read(world.w, newest.actor, newest.referral, newest.letter, newest.recipient)
    assert ([one["number"] for one in by_newest.others], by_newest.newer) == ([1], None)
    assert by_link.letter(world.w, opened.actor, opened.household, letter) == world.post.sent[2].pdf
