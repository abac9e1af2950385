"""The table of answers of docs/sync.md: what a tablet is told for each thing it can send, and what is kept of it."""

import base64
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.flow.notes import NIGHT_ON_THE_SOFA, SAFE_NIGHT, child
from tests.flow.world import World
from visitapp.domain.envelope import load_private_key, new_private_key, seal
from visitapp.flow import aside, assess, people
from visitapp.flow.devices import Sender
from visitapp.flow.receive import receive
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem
from visitapp.store import households

VISIT = "10000000-0000-4000-8000-000000000001"


def sealed(world: World, envelope: dict, body: bytes, key=None) -> bytes:
    envelope = (
        envelope | {"sha256": hashlib.sha256(body).hexdigest()} if envelope.get("sha256") != "wrong" else envelope | {"sha256": "0" * 64}
    )
    public = (key or world.w.seal_keys.keys[0][1]).public_key()
    return json.dumps(seal(json.dumps(envelope), body, public, bytes(12)).as_json()).encode()


def outside(payload: bytes) -> dict:
    return json.loads(json.loads(payload)["envelope"])


def owner_of(world: World, quarantine: dict) -> str:
    return next(name for name, id in world.who.items() if id == quarantine["owner"])


def test_a_new_visit_is_kept_to_the_byte_and_its_receipt_says_so(world):
    family = world.family()
    payload = family.written(id=VISIT)
    received = world.tablet().send(payload)
    kept = world.rows("SELECT * FROM submission")[0]
    assert received.status == 201
    assert received.body == {"id": VISIT, "seq": kept["seq"], "sha256": outside(payload)["sha256"], "received_at": world.clock()}
    assert hashlib.sha256(kept["body"]).hexdigest() == kept["sha256"] == outside(payload)["sha256"]
    assert kept["envelope"] == json.loads(payload)["envelope"]


def test_the_same_bytes_again_get_the_first_receipt_again(world):
    payload = world.family().written()
    first = world.tablet().send(payload)
    world.clock.on(minutes=10)
    again = world.tablet().send(payload)
    assert (again.status, again.body) == (200, first.body)
    assert world.count("submission") == 1


def test_eight_tablets_sending_the_same_visit_at_once_keep_it_once(world):
    payload = world.family().written()
    tablet = world.tablet()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(tablet.send, [payload] * 16))
    assert sorted(answer.status for answer in answers) == [200] * 15 + [201]
    assert len({json.dumps(answer.body) for answer in answers}) == 1
    assert world.count("submission") == 1


def test_other_words_under_the_same_id_are_both_kept_and_somebody_looks(world):
    family = world.family()
    world.tablet().send(family.written(id=VISIT))
    other = family.written(family.child(SAFE_NIGHT) | {"plan": "Weigh again."}, id=VISIT)
    for _ in range(2):
        refused = world.tablet().send(other)
        assert (refused.status, refused.body["problem"]["code"]) == (409, "id_differs")
    put_aside = world.rows("SELECT * FROM quarantine")
    assert [owner_of(world, one) for one in put_aside] == ["lead"]
    assert put_aside[0]["sha256"] == outside(other)["sha256"] == hashlib.sha256(put_aside[0]["body"]).hexdigest()
    assert world.count("submission") == 1
    assert [one["kind"] for one in world.rows("SELECT kind FROM duty")] == ["quarantine"]


def test_another_author_learns_nothing_and_leaves_nothing(world):
    family = world.family()
    first = world.tablet().send(family.written(id=VISIT))
    refused = world.tablet("midwife").send(family.written(id=VISIT, who="midwife"))
    assert (refused.status, refused.body["problem"]["code"]) == (409, "id_taken")
    assert first.body["sha256"] not in json.dumps(refused.body)
    assert world.count("quarantine") == 0


def test_nobody_sends_in_the_name_of_somebody_else(world):
    payload = world.family().written()
    refused = receive(world.w, Sender(world.who["midwife"]), payload)
    assert (refused.status, refused.body["problem"]["code"]) == (422, "not_the_author")
    assert world.count("submission") == 0


KEPT_ASIDE = {
    "form_unknown": {"form": "home_visit", "form_version": 999},
    "form_differs": {"form_hash": "0" * 64},
}


@pytest.mark.parametrize(("reason", "changes"), KEPT_ASIDE.items())
def test_what_cannot_be_judged_is_kept_with_a_receipt_and_an_owner(world, reason, changes):
    received = world.tablet().send(world.family().written(**changes))
    assert received.status == 201
    put_aside = world.rows("SELECT * FROM quarantine")[0]
    assert (put_aside["reason"], owner_of(world, put_aside), put_aside["submission"]) == (reason, "lead", received.body["id"])
    world.work()
    assert world.count("assessment") == 0
    assert [(one.what, one.owner) for one in what_is_stuck(world.w)] == [("quarantine", world.who["lead"])]


def test_a_body_that_cannot_be_read_is_kept_as_it_is(world):
    envelope = outside(world.family().written())
    received = world.tablet().send(sealed(world, envelope, b"\xff\x00 not a visit"))
    assert received.status == 201
    assert world.rows("SELECT reason FROM quarantine") == [{"reason": "body_unreadable"}]
    assert world.rows("SELECT body, occurred_on FROM submission") == [{"body": b"\xff\x00 not a visit", "occurred_on": None}]


def test_a_visit_whose_inside_names_another_family_is_put_aside(world):
    envelope = outside(world.family().written())
    elsewhere = {
        "v": 1,
        "household": world.family("Birchall").household,
        "form": "home_visit",
        "form_version": 1,
        "occurred_on": "2026-11-22",
    }
    assert world.tablet().send(sealed(world, envelope, json.dumps(elsewhere).encode())).status == 201
    assert world.rows("SELECT reason FROM quarantine") == [{"reason": "body_differs"}]


def test_answers_about_another_familys_child_are_kept_and_shown_under_nobody(world):
    family, other = world.family(), world.family("Birchall")
    rows = [child(other.people["Ava"], NIGHT_ON_THE_SOFA)]
    received = world.tablet().send(family.written({"children": rows}, id=VISIT))
    world.work()
    assert received.status == 201
    assert world.rows("SELECT reason, household FROM quarantine") == [{"reason": "person_not_of_family", "household": family.household}]
    assert (world.count("finding"), world.count("visit_measure"), world.count("visit")) == (0, 0, 0)
    assert [one.what for one in what_is_stuck(world.w)] == ["quarantine"]


def test_somebody_who_left_the_family_meanwhile_still_belongs_in_the_visit(world):
    family = world.family()
    payload = family.written(family.child(SAFE_NIGHT))
    membership = world.rows("SELECT id FROM membership WHERE person = :p", p=family.people["Ava"])[0]["id"]
    with world.w.engine.write() as tx:
        end = {"membership": membership, "on_date": "2026-11-22", "reason": "moved", "at": world.clock(), "actor": world.who["lead"]}
        households.end_membership(tx, **end)
    assert world.tablet().send(payload).status == 201
    assert world.count("quarantine") == 0


@pytest.mark.parametrize("on", ["0001-01-01", "1899-12-31"])
def test_a_date_that_no_visit_can_have_is_kept_aside_and_stops_no_worker(world, on):
    assert world.tablet().send(world.family().written(on=on)).status == 201
    assert world.work() == 0
    assert world.rows("SELECT reason FROM quarantine") == [{"reason": "body_unreadable"}]


@pytest.mark.parametrize("at", ["2026-13-40T25:61:61.000Z", "0001-01-01T00:00:00.000Z"])
def test_a_history_of_no_day_is_an_envelope_that_cannot_be_read(world, at):
    assert world.tablet().send(world.family().written(as_of={"seq": 0, "at": at})).status == 422


def test_a_family_that_is_no_longer_theirs_is_kept_and_can_be_taken_in(world):
    family = world.family()
    payload = family.written()
    people.name_practitioner(world.w, world.who["west"], family.household, account=world.who["west"])
    assert world.tablet().send(payload).status == 201
    put_aside = world.rows("SELECT * FROM quarantine")[0]
    assert put_aside["reason"] == "household_not_theirs"
    world.work()
    assert world.count("visit") == 0
    aside.resolve(world.w, world.who["lead"], put_aside["id"], "take_in", "The family moved on the day of the visit.")
    world.work()
    assert world.count("visit") == 1
    assert what_is_stuck(world.w) == []


def test_only_its_owner_or_their_supervisor_settles_what_was_set_aside(world):
    world.tablet().send(world.family().written(form_version=999))
    id = world.rows("SELECT id FROM quarantine")[0]["id"]
    for who, outcome, reason, code in (
        ("hv", "keep_aside", "Not mine.", "not_found"),
        ("lead", "keep_aside", "  ", "reason_missing"),
        ("lead", "burn", "Because.", "field_wrong"),
        ("lead", "take_in", "It is ours.", "field_wrong"),
    ):
        with pytest.raises(Problem) as refused:
            aside.resolve(world.w, world.who[who], id, outcome, reason)
        assert refused.value.code == code
    aside.resolve(world.w, world.who["lead"], id, "keep_aside", "A form that was tried out and never published.")
    assert what_is_stuck(world.w) == []
    assert world.count("duty") == 0


def test_where_there_is_no_supervisor_an_administrator_looks(world):
    family = world.family(practitioner="west", area="westfen")
    world.tablet("west").send(family.written(who="west", form_version=999))
    assert [owner_of(world, one) for one in world.rows("SELECT * FROM quarantine")] == ["admin"]


@pytest.mark.parametrize("payload", [b"", b"{}", b"null", b"\xff\xfe", b'{"envelope":"{}"}', b"[" * 50_000])
def test_what_is_no_submission_is_refused_in_the_one_error_shape(world, payload):
    refused = world.tablet().send(payload)
    assert refused.status == 422
    assert set(refused.body["problem"]) == {"code", "message"}
    assert world.count("submission") == 0


def test_a_hash_or_a_seal_that_does_not_fit_is_refused_and_nothing_is_acknowledged(world):
    envelope = outside(world.family().written())
    stranger = load_private_key(new_private_key())
    changed = json.loads(sealed(world, envelope, b"{}"))
    changed["sealed"] = base64.urlsafe_b64encode(b"x" * 40).decode()
    for payload, code in (
        (sealed(world, envelope | {"sha256": "wrong"}, b"{}"), "hash_wrong"),
        (sealed(world, envelope, b"{}", key=stranger), "seal_unreadable"),
        (sealed(world, envelope | {"key": "another"}, b"{}"), "seal_unreadable"),
        (json.dumps(changed).encode(), "seal_unreadable"),
    ):
        refused = world.tablet().send(payload)
        assert (refused.status, refused.body["problem"]["code"]) == (422, code)
    assert world.count("submission") == 0


def test_one_bad_submission_never_holds_up_the_others(world):
    family = world.family()
    tablet = world.tablet()
    payloads = [family.written() for _ in range(6)] + [b"{}", family.written(form_version=999), family.written() + b"}"]
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(answer.status for answer in pool.map(tablet.send, payloads))
    assert statuses == [201] * 7 + [422] * 2


def test_a_fault_of_the_judgement_leaves_the_visit_kept_and_is_announced(world, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("a fault in a rule")

    with monkeypatch.context() as here:
        here.setattr(assess, "find_in", broken)
        id = world.family().visit()
        world.clock.on(hours=1)
        world.work()
        assert [(one.what, one.id) for one in what_is_stuck(world.w)] == [("not_assessed", id)]
        assert world.count("visit_reading") == 0
    world.clock.on(hours=2)
    world.work()
    assert what_is_stuck(world.w) == []
    assert world.count("visit") == 1


def test_hostile_text_is_kept_as_it_was_typed(world):
    words = "<script>alert(1)</script> \u202eRobert'); DROP TABLE visit;-- \U0001f642"
    family = world.family()
    family.visit(family.child(SAFE_NIGHT) | {"plan": words})
    body = json.loads(world.rows("SELECT body FROM submission")[0]["body"])
    assert body["answers"]["plan"]["value"] == words
