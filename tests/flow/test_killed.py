"""The worker is killed at every statement of every step, and started again: nothing is lost, nothing is there twice, and what stands in
the end is what stands when nothing goes wrong."""

import itertools

import pytest

from tests.flow import world as worlds
from tests.flow.world import World, completion
from visitapp.flow import assess, delivering, letters, notify, refer
from visitapp.store.derived import rebuild
from visitapp.store.tx import Tx

FACTS = (
    *("submission", "visit_reading", "answer_problems", "assessment", "finding", "urgent_call", "referral", "referral_event", "owed"),
    *(
        "recipient",
        "answer_link",
        "letter",
        "delivery",
        "notice",
        "notice_message",
        "notice_attempt",
        "notice_unsent",
        "visit",
        "visit_measure",
        "duty",
    ),
    *("outbox", "handing_over"),
)


class Killed(BaseException):
    """Not an Exception: nothing in the program may catch it."""


class Axe:
    """Falls at the nth statement from now; `struck` once it has."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        self.struck = False
        monkeypatch.setattr(Tx, "_run", self._counting(Tx._run))

    def _counting(self, run):
        def counted(tx, sql, params):
            if self.left is not None:
                self.left -= 1
                if self.left < 0:
                    self.left, self.struck = None, True
                    raise Killed
            return run(tx, sql, params)

        return counted

    def at(self, statement: int) -> None:
        self.left, self.struck = statement, False

    def away(self) -> None:
        self.left = None


def counts(world: World) -> dict[str, int]:
    return {table: world.count(table) for table in FACTS}


def ready_to_assess(world: World) -> str:
    family = world.family()
    call = {"id": "c", "at": "2026-11-22T10:45:00.000Z", "who": "Duty", "number": "1", "reached": True, "spoke_to": "", "said": ""}
    given = family.written(family.child(worlds.NIGHT_ON_THE_SOFA), calls=[call])
    return world.tablet().send(given).body["id"]


def ready_to_write(world: World) -> str:
    family = world.family()
    family.sofa()
    refer.send(world.w, world.who["hv"], family.referral(), completion())
    return family.referral()


def ready_to_deliver(world: World) -> str:
    referral = ready_to_write(world)
    letters.write_letter(world.w, referral)
    return str(world.rows("SELECT key FROM outbox WHERE step = 'deliver'")[0]["key"])


def ready_to_notify(world: World) -> str:
    with world.w.engine.write() as tx:
        return notify.ask(
            world.w, tx, "letter_refused", to_account=world.who["hv"], reference="R-0000000A", link="/referrals/1", at=world.clock(),
            actor="service",
        )  # fmt: skip


STEPS = {
    "assess": (ready_to_assess, assess.assess),
    "write_letter": (ready_to_write, letters.write_letter),
    "deliver": (ready_to_deliver, delivering.deliver),
    "send_notice": (ready_to_notify, notify.send_notice),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_killed_at_every_statement_in_turn_ends_as_if_it_never_was(tmp_path, monkeypatch, step):
    ready, do = STEPS[step]
    whole, world = (worlds.build(_folder(tmp_path, name)) for name in ("whole", "killed"))
    do(whole.w, ready(whole))
    key, axe = ready(world), Axe(monkeypatch)
    for statement in itertools.count():
        axe.at(statement)
        try:
            do(world.w, key)
        except Killed:
            assert world.count("outbox") == 1  # something still says that there is work
        axe.away()
        if not axe.struck:
            break
    do(world.w, key)
    assert statement > 5
    assert counts(world) == counts(whole)
    for one in (whole, world):
        one.w.close()


def _folder(parent, name):
    made = parent / name
    made.mkdir()
    return made


def test_killed_after_handing_over_the_same_letter_goes_again_and_is_known_for_the_first(world, monkeypatch):
    key = ready_to_deliver(world)
    handing_over = world.post.send

    def dies(message):
        handing_over(message)
        raise Killed

    with monkeypatch.context() as here:
        here.setattr(world.post, "send", dies)
        with pytest.raises(Killed):
            delivering.deliver(world.w, key)
    assert world.count("delivery") == 0
    delivering.deliver(world.w, key)
    assert [row["outcome"] for row in world.rows("SELECT outcome FROM delivery")] == ["sent"]
    assert len({(message.letter_id, message.pdf) for message in world.post.sent}) == 1
    assert len(world.post.sent) == 2


def test_a_worker_that_died_holding_a_step_is_followed_by_another(world, monkeypatch):
    ready_to_assess(world)

    def dies(*_):
        raise Killed

    with monkeypatch.context() as here:
        here.setitem(worlds.worker.STEPS, "assess", dies)
        with pytest.raises(Killed):
            world.work()
    assert world.work() == 0  # the dead one still holds it
    world.clock.on(minutes=worlds.worker.HOLD_MINUTES)
    assert world.work() == 1
    assert world.count("visit") == 1


def test_what_is_derived_is_the_same_when_rebuilt(world):
    ready_to_deliver(world)
    family = world.family("Birchall")
    family.untidy()
    world.tablet().send(family.written(form_version=999))
    kept = {table: world.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("duty", "visit", "visit_measure", "household_now")}
    assert len(kept["duty"]) >= 3
    rebuild(world.w.engine)
    assert kept == {table: world.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in kept}
