"""Messages by e-mail: asked for with the fact that calls for them, sent by the worker, tried for ever, announced when they cannot go; and
nobody is named in one."""

import string

import pytest

from tests.flow.world import World
from visitapp.deliver import Outcome
from visitapp.flow import notice_words, notify, people, sweep
from visitapp.flow.stuck import what_is_stuck

LATER, REFUSED = Outcome("try_again", "451 later"), Outcome("refused", "550 nobody here")
SAID = {"reference": "R-0000000A", "link": "/referrals/1", "time": "2026-11-22T10:40:00.000Z"}


def ask(world: World, **how) -> str:
    given = {"to_account": world.who["hv"], "reference": "R-0000000A", "link": "/referrals/1"} | how
    with world.w.engine.write() as tx:
        return notify.ask(world.w, tx, given.pop("kind", "letter_refused"), at=world.clock(), actor="service", **given)


def stuck(world: World) -> list[tuple[str, str]]:
    return [(one.what, one.owner) for one in what_is_stuck(world.w)]


def test_a_refused_letter_is_told_by_mail_with_a_reference_and_a_link_and_nobody_named(world):
    family = world.family()
    family.sofa()
    world.post.answers = [REFUSED]
    referral = family.send()
    [sent] = world.pigeon.sent
    assert sent.to == "hv@visits.example"
    assert f"http://localhost:8130/referrals/{referral}" in sent.text
    assert f"R-{referral[:8].upper()}" in sent.text
    for name in ("Okoro", "Ava", "Ada", "Mill Row", "07700", "Worker"):
        assert name not in sent.subject + sent.text
    assert [row["outcome"] for row in world.rows("SELECT outcome FROM notice_attempt")] == ["sent"]


def test_what_may_work_later_is_tried_with_the_back_off_of_letters_and_the_same_id(world):
    world.pigeon.answers = [LATER, Outcome("unknown", "the line went dead"), LATER]
    id = ask(world)
    for seconds in (30, 60, 120):
        world.work()
        world.clock.on(seconds=seconds - 1)
        assert world.work() == 0
        world.clock.on(seconds=1)
    world.work()
    assert [notice.id for notice in world.pigeon.sent] == [id] * 4
    assert [row["attempt"] for row in world.rows("SELECT attempt FROM notice_attempt ORDER BY seq")] == [1, 2, 3, 4]
    assert world.count("notice_unsent") == world.count("outbox") == 0


def test_one_that_cannot_go_is_announced_until_it_goes(world):
    world.pigeon.answers = [LATER] * 20
    ask(world)
    world.work()
    assert stuck(world) == []
    world.clock.on(hours=3)
    assert stuck(world) == [("notice_not_sent", world.who["hv"])]
    world.pigeon.answers = []
    world.work()
    assert stuck(world) == []


def test_a_refused_one_is_announced_once_for_each_address_and_goes_when_the_address_is_put_right(world):
    world.pigeon.answers = [REFUSED, REFUSED]
    ask(world)
    ask(world)
    world.work()
    assert stuck(world) == [("notice_refused", world.who["hv"])]
    world.clock.on(minutes=5)
    sweep.put_back(world.w)
    assert world.work() == 0  # the same address is not tried again
    with world.w.engine.write() as tx:
        row = tx.one("SELECT * FROM account_now WHERE username = 'hv'")
        people.accounts.add_account(
            tx, id=row["account"], at=world.clock(), actor="admin",
            **{name: row[name] for name in ("username", "name", "role", "team")}, email="mended@visits.example",
        )  # fmt: skip
    sweep.put_back(world.w)
    world.work()
    assert [notice.to for notice in world.pigeon.sent[2:]] == ["mended@visits.example"] * 2
    assert stuck(world) == []


def test_a_refusal_is_over_when_a_later_message_reaches_the_same_address(world):
    world.pigeon.answers = [REFUSED]
    for _ in range(2):
        ask(world, to_account=None, to_address="desk@eastmoor.example")
        world.work()
    assert stuck(world) == []


def test_an_account_without_an_address_is_announced(world):
    with world.w.engine.write() as tx:
        tx.append("account", at=world.clock(), actor="admin", id="new", username="new", name="N", role="supervisor", team=world.team,
                  receiving_team=None, phone=None, email=None)  # fmt: skip
    ask(world, to_account="new")
    world.work()
    assert world.pigeon.sent == []
    assert stuck(world) == [("notice_refused", "new")]
    assert world.rows("SELECT proof FROM notice_attempt") == [{"proof": notify.NO_ADDRESS}]


def test_a_lost_queue_is_put_back(world):
    ask(world)
    with world.w.engine.write() as tx:
        tx.run("DELETE FROM outbox")
    world.clock.on(minutes=2)
    assert sweep.put_back(world.w) == 1
    world.work()
    assert len(world.pigeon.sent) == 1


def test_one_that_is_of_no_more_use_is_not_sent(world):
    ask(world, until=world.clock())
    world.clock.on(seconds=1)
    world.work()
    assert world.pigeon.sent == []
    assert world.rows("SELECT outcome, proof FROM notice_attempt") == [{"outcome": "refused", "proof": notify.TOO_LATE}]


def test_a_code_belongs_to_one_message_and_is_kept_nowhere(world, monkeypatch):
    monkeypatch.setitem(notice_words.NOTICES, "code", notice_words.Words("Your code", "{code}, until {time}\n"))
    given = {"kind": "code", "reference": None, "link": None, "time": "2026-11-22T10:50:00.000Z"}
    ids = [ask(world, **given) for _ in range(2)]
    world.work()
    codes = [notify.one_time_code(world.w, id) for id in ids]
    assert [notice.text for notice in world.pigeon.sent] == [f"{code}, until 10:50 on 22 November 2026\n" for code in codes]
    assert len({*codes}) == 2
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    kept = repr([world.rows(f"SELECT * FROM {table}") for table in ("notice_message", "notice_attempt", "journal")])
    assert not any(code in kept for code in codes)


@pytest.mark.parametrize("kind", notice_words.NOTICES)
def test_no_message_has_a_place_for_a_person(kind):
    words = notice_words.NOTICES[kind]
    places = {name for part in (words.subject, words.text) for _, name, _, _ in string.Formatter().parse(part) if name is not None}
    assert places <= {"reference", "link", "time", "code"}
    assert "code" not in words.subject
    assert "\n" not in words.subject


@pytest.mark.parametrize("name", ["reference", "link", "time"])
@pytest.mark.parametrize(
    "value",
    ["Ava Okoro", "ava okoro", "/families/Ava", "/x?name=ava", "https://elsewhere.example/", "//elsewhere.example", "<b>", "🙂", "هدى",
     "\u202eava", "x" * 10_000, "", "R-0000000A\r\nBcc: a@b.example"],
)  # fmt: skip
def test_a_value_that_could_name_somebody_or_lead_elsewhere_is_never_kept(world, monkeypatch, name, value):
    monkeypatch.setitem(notice_words.NOTICES, "all", notice_words.Words("All", "{reference} {link} {time}"))
    with pytest.raises(ValueError, match="A message of the kind all"):
        ask(world, kind="all", **(SAID | {name: value}))
    assert world.count("notice_message") == world.count("outbox") == 0


def test_a_message_has_a_kind_and_one_recipient(world):
    with pytest.raises(ValueError, match="No message has the kind"):
        ask(world, kind="never")
    for whom in ({"to_address": "a@b.example"}, {"to_account": None}):
        with pytest.raises(ValueError, match="to an account or to an address"):
            ask(world, **whom)
