"""Attacks on what is told after a referral was sent, and by what comes back: each got through once, and is held here."""

import ssl
from dataclasses import replace
from email.message import EmailMessage

import pytest

from tests.flow.test_answer_by_link import enter, token
from tests.flow.test_answers import NOT_OURS
from tests.flow.test_refer import events, refused
from tests.flow.world import World
from tests.letter.samples import ordinary
from visitapp.deliver import Outcome
from visitapp.deliver.mail_server import MailServer
from visitapp.deliver.returns import Return
from visitapp.domain.replies import Speaker
from visitapp.flow import answer_by_link, recipients, refer, reply, returns, routing, sweep, updates
from visitapp.flow.protected import for_others
from visitapp.flow.send_on import send_on
from visitapp.flow.stuck import what_is_stuck
from visitapp.letter.withheld import without
from visitapp.look import letters
from visitapp.look import recipients as look
from visitapp.look import returned as look_returned
from visitapp.problems import Problem
from visitapp.store import notices, teams

WRONG = updates.More("correction", was_wrong="On the sofa.", is_right="In her cot.", says_who="Her aunt, by phone.")
FIRST_DESK, NEXT_DESK = "desk@eastmoor.example", "help@eastmoor.example"

POLICE = routing.Added("Police", "police@eastmoor.example", "referral", "Joint visit.")


@pytest.fixture
def given_back(world: World) -> str:
    """A referral that its team gave back; the next one it could go to has an address of its own."""
    with world.w.engine.write() as tx:
        known = teams.receiving_team(tx, world.early_help)
        teams.add_receiving_team(tx, **known | {"email": NEXT_DESK}, at=world.clock(), actor="system")
    family = world.family()
    family.sofa()
    referral = family.send()
    reply.answer(world.w, world.who["duty"], referral, NOT_OURS)
    return referral


def tell(world: World, referral: str, more: updates.More) -> dict[str, bool]:
    """Who is written to, and whether what they get lets them answer."""
    before = len(world.post.sent)
    updates.tell(world.w, world.who["hv"], referral, more)
    world.work()
    return {one.to: "/answer/" in one.text for one in world.post.sent[before:]}


def came_back(world: World, letter: str) -> None:
    with world.w.engine.write() as tx:
        returns.keep(world.w, tx, "folder", Return(world.w.new_id(), "refused", letter, "550"), world.clock())


def test_a_team_that_gave_it_back_learns_nothing_new_and_of_what_was_wrong_without_a_way_in(world, given_back):
    assert tell(world, given_back, updates.More(words="She was found.")) == {}
    assert tell(world, given_back, WRONG) == {FIRST_DESK: False}
    before = len(world.post.sent)
    send_on(world.w, world.who["hv"], given_back, world.early_help)
    world.work()
    assert sorted((one.to, one.reference[-2:]) for one in world.post.sent[before:] if one.reference[-2] == "-") == [
        (NEXT_DESK, "-2"), (NEXT_DESK, "-3"),
    ], "whoever has it now is told what was told before"  # fmt: skip
    assert tell(world, given_back, updates.More(words="They went home.")) == {NEXT_DESK: True}
    assert tell(world, given_back, WRONG) == {FIRST_DESK: False, NEXT_DESK: True}
    assert events(world, given_back)[-1] == "news"


def test_a_copy_that_is_added_later_brings_what_was_told_before(world, given_back):
    tell(world, given_back, WRONG)
    before = len(world.post.sent)
    routing.add_copy(world.w, world.who["hv"], given_back, POLICE)
    world.work()
    assert sorted(one.reference[-2:] == "-2" for one in world.post.sent[before:]) == [False, True]


def test_a_letter_of_before_that_comes_back_late_moves_nothing_of_whoever_has_it_now(world, given_back):
    first = world.post.sent[-1].letter_id
    send_on(world.w, world.who["hv"], given_back, world.early_help)
    world.work()
    second = world.post.sent[-1].letter_id
    came_back(world, first)
    assert events(world, given_back)[-1] == "delivered"
    with world.w.engine.write() as tx:
        row = refer.referrals.referral(tx, given_back)
        old = tx.one("SELECT * FROM recipient WHERE id = :id", id=second)
        mended = replace(recipients.of_row(old), id=None, address="mended@eastmoor.example", instead_of=second)
        recipients.record(world.w, tx, row, (mended,), at=world.clock(), actor=world.who["hv"])
    world.work()
    came_back(world, second)
    assert events(world, given_back)[-1] == "delivered"
    came_back(world, world.post.sent[-1].letter_id)
    assert events(world, given_back)[-1] == "bounced"


def test_a_receiver_reads_its_own_letter_and_no_copy_that_says_more(world, given_back):
    """Early help is asked with the family's agreement and told less than the police, whose copy is written after it."""
    send_on(world.w, world.who["hv"], given_back, world.early_help)
    with world.w.engine.write() as tx:  # the newest copy is of a kind that asks somebody to act
        row = refer.referrals.referral(tx, given_back)
        police = recipients.of_team(world.w, tx, row, world.front_door, ("They asked.",))
        copies = (replace(police, place="copy", document="pre_birth"),)
        recipients.record(world.w, tx, row, copies, at=world.clock(), actor=world.who["hv"])
    world.work()
    [theirs] = world.rows("SELECT id FROM letter WHERE document = 'pre_birth'")
    helper = world.who["helper"]
    assert letters.letter(world.w, "received", helper, given_back).content["title"] == "Referral: Ava Okoro"
    assert look.letter(world.w, "received", helper, given_back, theirs["id"]) is None


def test_one_that_cannot_be_kept_holds_up_none_behind_it(world, given_back):
    class Mailbox:
        name = "imap"

        def __init__(self):
            self.waits = [Return("bad", None, None, "of no kind that the table knows"), Return("good", "message", None, "An e-mail")]

        def waiting(self):
            return list(self.waits)

        def done(self, back):
            self.waits.remove(back)

    mailbox = Mailbox()
    world.w = replace(world.w, returns=(mailbox,))
    assert returns.read_returns(world.w) == 1
    assert [one.id for one in mailbox.waits] == ["bad"]
    assert world.rows("SELECT failed_since FROM mailbox_read")[0]["failed_since"] == world.clock(), "and it is announced"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("Flat 3, 12 Rowan Court, Leeds", "12 rowan court"), ("Flat 3, 12 Rowan Court, Leeds", "Rowan  Court"),
        ("4 Mill Row", "Mill Row"), ("Rose Cottage\nMill Row", "Rose Cottage"), ("12a Mill Row; Leeds", "12A, Mill Row"),
        ("Flat 3, 12 Rowan Court, Leeds", "flat 3,12 Rowan Court, Leeds"),
    ],
)  # fmt: skip
def test_an_address_that_is_kept_back_is_so_however_much_of_it_was_written(address, said):
    told = replace(ordinary(), analysis=f"Ask Leeds MASH. She is at {said}, she said.")
    assert without(told, (address, "LS1 4AB")).analysis == "Ask Leeds MASH. She is at [kept back], she said."


def test_a_mailbox_full_of_strangers_letters_hides_no_answer(world, given_back):
    with world.w.engine.write() as tx:
        for nth in range(201):
            returns.keep(world.w, tx, "imap", Return(f"junk {nth}", "message", None, "An e-mail"), world.clock())
        returns.keep(world.w, tx, "imap", Return("answer", "message", world.post.sent[-1].letter_id, "An e-mail"), world.clock())
    assert "answer" in [one.id for one in what_is_stuck(world.w) if one.what == "returned"]
    assert [row["id"] for row in look_returned.waiting(world.w, world.who["hv"]).rows] == ["answer"]
    returns.settle(world.w, world.who["admin"], "junk 200", "Thrown away.")
    returns.settle(world.w, world.who["hv"], "answer", "Read.")


def test_somebody_without_an_address_hides_no_message_of_another(world):
    with world.w.engine.write() as tx:
        for nth in range(202):
            whom = {"to_account": world.who["hv"], "to_address": None} if nth < 201 else {"to_account": None, "to_address": FIRST_DESK}
            notices.add(tx, id=f"{nth:03}", kind="any", said={}, at=world.clock(), actor="system", **whom)
            if nth < 201:
                notices.add_attempt(
                    tx, message=f"{nth:03}", transport="smtp", address="", attempt=1, outcome="refused", proof="", at=world.clock(),
                    actor="system",
                )  # fmt: skip
    world.clock.on(hours=5)
    assert sorted((one.what, one.id) for one in what_is_stuck(world.w)) == [("notice_not_sent", "201"), ("notice_refused", "000")]


def test_a_letter_that_arrives_after_it_was_given_back_and_sent_on_says_nothing_of_the_next(world):
    family = world.family()
    family.sofa()
    world.post.answers = [Outcome("unknown", "lost")]
    referral = family.send()
    world.clock.on(hours=1)
    hv, post = world.who["hv"], world.post

    class Slow:
        name = post.name

        def send(self, _message):
            world.w = replace(world.w, transports=(post,))
            reply.told_by_phone(world.w, hv, referral, NOT_OURS, Speaker("Kim Ode", "duty social worker"))
            send_on(world.w, hv, referral, world.early_help)
            post.answers = [Outcome("try_again", "busy")]
            world.work()
            return Outcome("sent", "250 taken")

    world.w = replace(world.w, transports=(Slow(),))
    world.work()
    assert events(world, referral)[-2:] == ["sent_on", "lettered"], "the next team has no letter yet"


def test_a_code_is_not_found_by_trying_for_weeks(world, given_back):
    send_on(world.w, world.who["hv"], given_back, world.early_help)
    world.work()
    link, wrong, let_in = token(world), 0, []
    for hour in range(20):
        browser = answer_by_link.ask_code(world.w, link, "", f"10.0.0.{hour}")
        for _ in range(4):
            try:
                answer_by_link.enter_code(world.w, link, browser, "x", f"10.0.0.{hour}")
            except Problem as fault:
                wrong += fault.field == "code"
                let_in.append(fault.code)
        world.clock.on(minutes=30)
        if let_in[-1] == "too_many_requests":
            break
    assert wrong == answer_by_link.WRONG_A_DAY
    world.clock.on(hours=25)
    enter(world, link)


OUTSIDE = [
    "<eve@evil.example>desk@eastmoor.example", "eve@evil.example,desk@eastmoor.example", "eve@evil.example;desk@eastmoor.example",
    "eve@evil.example(desk@eastmoor.example", "eve@evil.example <desk@eastmoor.example", "desk@evil.example\u2028@eastmoor.example",
    "eve@evil.example>desk@eastmoor.example", '"eve@evil.example"@eastmoor.example', "eve@evil.example\n@eastmoor.example",
]  # fmt: skip


@pytest.mark.parametrize("address", OUTSIDE)
def test_no_copy_goes_outside_by_an_address_that_is_two(world, address):
    """A mail program takes the first of each for the address, and what stands behind the last @ is of an assured domain."""
    with world.w.engine.read() as tx:
        routes = routing.routes_of(world.w, tx, "")
    copy = replace(POLICE, address=address)
    assert refused(routing.also, world.w, routes, copy).field == "add_address"
    server = MailServer("smtps://a:b@mail.example?from=a@visits.example", ssl.create_default_context())
    assert server.hand_over(EmailMessage, address).kind == "refused"


def test_a_letter_with_an_address_that_is_kept_back_since_goes_to_nobody_more(world):
    family = world.family()
    family.sofa()
    referral = family.send()
    ada = {"person": family.people["Ada"], "met": "alone", "abuse_asked": "nothing_said", "address_protected": True}
    family.visit({"adults": [ada]})
    assert refused(routing.add_copy, world.w, world.who["hv"], referral, POLICE).field == "add_document"
    routing.add_copy(world.w, world.who["hv"], referral, replace(POLICE, document="health_copy"))
    asked = {"asked_for": "Go to 4 mill row.", "tonight": [{"where": "EM1 4AB"}], "level": 4}
    kept = for_others(world.w, family.household, asked)
    assert kept == {"asked_for": "Go to [kept back].", "tonight": [{"where": "[kept back]"}], "level": 4}


def test_a_clock_that_ran_ahead_for_a_while_puts_no_letter_off_for_as_long(world):
    world.post.answers = [Outcome("try_again", "busy")] * 2
    family = world.family()
    family.sofa()
    referral = family.send()
    before = world.clock()
    world.clock.on(days=300)
    world.work()
    world.clock.at = before
    world.clock.on(minutes=1)
    sweep.put_back(world.w)
    world.work()
    assert events(world, referral)[-1] == "delivered"
