"""Signing in, sessions and tablets: guessing is slowed and nobody is locked out, what ends trust ends it at once."""

import base64
import hashlib
from dataclasses import replace

import pytest

from tests.flow.world import PASSWORD
from visitapp.flow import devices, people, sign_in
from visitapp.flow.passwords import Passwords
from visitapp.flow.people_schemas import DEMONSTRATION_PASSWORD
from visitapp.problems import Problem

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.9"


def enter(world, username="hv", password=PASSWORD, address=HERE):
    return sign_in.sign_in(world.w, username, password, address)


def refusal(world, **how) -> str:
    with pytest.raises(Problem) as problem:
        enter(world, **how)
    return problem.value.code


def test_signing_in_opens_a_session_that_only_its_token_opens(world):
    signed_in = enter(world, username="  HV ")
    assert (signed_in.account.id, signed_in.account.role) == (world.who["hv"], "health_visitor")
    assert sign_in.account_of_session(world.w, signed_in.token) == signed_in.account
    assert sign_in.account_of_session(world.w, signed_in.token + "x") is None
    assert sign_in.account_of_session(world.w, "") is None
    kept = world.rows("SELECT token_hash FROM session")[0]["token_hash"]
    assert kept == hashlib.sha256(signed_in.token.encode()).hexdigest()


def test_each_sign_in_has_a_token_of_its_own(world):
    assert enter(world).token != enter(world).token


def test_a_session_ends_when_it_is_idle_and_when_it_is_old(world):
    idle = enter(world)
    world.clock.on(hours=8, minutes=1)
    assert sign_in.account_of_session(world.w, idle.token) is None
    old = enter(world)
    for _ in range(13):
        assert sign_in.account_of_session(world.w, old.token) is not None
        world.clock.on(hours=1)
    world.clock.on(seconds=1)
    assert sign_in.account_of_session(world.w, old.token) is None


def test_signing_out_and_a_new_password_end_a_session_at_once(world):
    first, second = enter(world), enter(world)
    assert sign_in.account_of_session(world.w, first.token)
    sign_in.sign_out(world.w, first.token)
    assert sign_in.account_of_session(world.w, first.token) is None
    assert sign_in.account_of_session(world.w, second.token)
    people.set_password(world.w, "system", world.who["hv"], "another four words here")
    assert sign_in.account_of_session(world.w, second.token) is None
    assert refusal(world) == "sign_in_wrong"
    assert enter(world, password="another four words here").account.id == world.who["hv"]


@pytest.mark.parametrize(
    ("username", "password"), [("hv", "wrong"), ("nobody", PASSWORD), ("", ""), ("hv", "x" * 5_000), ("hv' OR 1=1 --", "x")]
)
def test_a_wrong_pair_is_refused_in_the_same_words(world, username, password):
    assert refusal(world, username=username, password=password) == "sign_in_wrong"


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(world, monkeypatch):
    checked = []
    monkeypatch.setattr(Passwords, "fits", lambda _self, kept, _password: checked.append(kept is not None) or False)
    for username in ("hv", "nobody"):
        refusal(world, username=username, password="wrong")
    assert checked == [True, False]
    assert Passwords().fits(None, "nobody signs in with this") is False


def test_guessing_is_slowed_and_forgiven_after_a_minute(world):
    for _ in range(5):
        assert refusal(world, password="guess") == "sign_in_wrong"
    assert refusal(world) == "sign_in_slow"
    world.clock.on(seconds=61)
    assert enter(world).account.id == world.who["hv"]


def test_nobody_is_kept_out_by_somebody_who_guesses_elsewhere(world):
    for _ in range(5):
        refusal(world, password="guess", address=ELSEWHERE)
    assert enter(world, address=HERE).account.id == world.who["hv"]


def test_one_address_that_tries_many_names_is_slowed(world):
    for number in range(20):
        refusal(world, username=f"name{number}", password="guess", address=ELSEWHERE)
    assert refusal(world, address=ELSEWHERE) == "sign_in_slow"
    assert enter(world, address=HERE).account.id == world.who["hv"]


def test_the_table_of_attempts_names_nobody(world):
    refusal(world, password="guess")
    assert "hv" not in str([row["username_hash"] + row["address_hash"] for row in world.rows("SELECT * FROM sign_in_attempt")])


def test_a_tablet_has_a_credential_of_its_own_that_is_revoked_at_once(world):
    made = devices.register(world.w, world.who["hv"], "Tablet 12")
    header = f"Device {made.device}:{made.secret}"
    assert devices.authenticate(world.w, header) == devices.Sender(world.who["hv"], made.device)
    assert made.secret not in str(world.rows("SELECT * FROM device"))
    for wrong in (
        "",
        "Device",
        "Device x",
        f"Device {made.device}:",
        f"Device {made.device}:x",
        f"Bearer {made.device}:{made.secret}",
        f"Device x:{made.secret}",
    ):
        assert devices.authenticate(world.w, wrong) is None
    devices.revoke(world.w, world.who["lead"], made.device)
    assert devices.authenticate(world.w, header) is None


def test_a_revoked_tablet_is_told_so_and_nobody_else_is_until_it_is_found(world):
    made = devices.register(world.w, world.who["hv"], "Tablet 12")
    header = f"Device {made.device}:{made.secret}"
    assert not devices.is_revoked(world.w, header)
    devices.revoke(world.w, world.who["lead"], made.device)
    assert devices.is_revoked(world.w, header)
    for other in ("", "Device", f"Device {made.device}:x", f"Device x:{made.secret}", f"Bearer {made.device}:{made.secret}"):
        assert not devices.is_revoked(world.w, other), "one that is not known must not be closed"
    with pytest.raises(Problem) as problem:
        devices.recovery(world.w, world.who["hv"], made.device)
    assert problem.value.code == "device_revoked"
    devices.restore(world.w, world.who["lead"], made.device)
    devices.restore(world.w, world.who["lead"], made.device)
    assert devices.authenticate(world.w, header) == devices.Sender(world.who["hv"], made.device)
    assert devices.recovery(world.w, world.who["hv"], made.device) == made.recovery
    kinds = [row["kind"] for row in world.rows("SELECT kind FROM journal WHERE kind LIKE 'device.re%' ORDER BY seq")]
    assert kinds == ["device.registered", "device.revoked", "device.restored", "device.recovery"]


def test_the_recovery_half_is_the_same_again_for_its_own_account_and_tablet_only(world):
    made, other = (devices.register(world.w, world.who["hv"], "Tablet") for _ in range(2))
    assert len(base64.urlsafe_b64decode(made.recovery + "=")) == 32
    assert devices.recovery(world.w, world.who["hv"], made.device) == made.recovery != other.recovery
    assert made.recovery not in str(world.rows("SELECT * FROM device"))
    for account, device in ((world.who["midwife"], made.device), (world.who["hv"], "nothing")):
        with pytest.raises(Problem) as problem:
            devices.recovery(world.w, account, device)
        assert problem.value.code == "not_found"


@pytest.mark.parametrize("label", ["", "  ", "x" * 81])
def test_a_tablet_needs_a_label(world, label):
    with pytest.raises(Problem) as problem:
        devices.register(world.w, world.who["hv"], label)
    assert problem.value.field == "label"


def test_another_process_trusts_for_a_few_seconds_at_most(world):
    made = devices.register(world.w, world.who["hv"], "Tablet")
    header = f"Device {made.device}:{made.secret}"
    assert devices.authenticate(world.w, header)
    with world.w.engine.write() as tx:  # as another process would
        tx.run("UPDATE device SET revoked_at = :at", at=world.clock())
    assert devices.authenticate(world.w, header)
    world.clock.on(seconds=6)
    assert devices.authenticate(world.w, header) is None


def test_the_published_password_opens_nothing_outside_the_demonstration(world):
    people.set_password(world.w, "system", world.who["hv"], DEMONSTRATION_PASSWORD)
    assert enter(world, password=DEMONSTRATION_PASSWORD).account.id == world.who["hv"]
    real = replace(world.w, settings=replace(world.w.settings, mode="production"))
    with pytest.raises(Problem) as problem:
        sign_in.sign_in(real, "hv", DEMONSTRATION_PASSWORD, HERE)
    assert problem.value.code == "sign_in_wrong"


def test_attempts_are_forgotten_after_a_week_and_not_before(world):
    refusal(world, password="not the password")
    world.clock.on(days=6)
    refusal(world, password="not the password")
    world.clock.on(days=2)
    sign_in.forget_attempts(world.w)
    assert len(world.rows("SELECT at FROM sign_in_attempt")) == 1
