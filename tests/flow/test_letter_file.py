"""A letter's file is made once, kept and sent again as it is; its certificate stays known; its code leads to what anybody may know."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fhir.resources.R4B.bundle import Bundle

from tests.flow.test_letters import LATER
from tests.flow.world import IDENTITY
from tests.letter.reading import pages
from tests.letter.test_signing import verified
from visitapp.domain.check_codes import grouped
from visitapp.flow import check
from visitapp.flow.stuck import what_is_stuck
from visitapp.letter import certificates
from visitapp.problems import Problem


def the_file(world):
    (letter,), (file,) = world.rows("SELECT * FROM letter"), world.rows("SELECT * FROM letter_file")
    return letter, file


def test_what_is_kept_and_sent_is_the_signed_file_and_holds_the_unsigned_one(world):
    family = world.family()
    family.sofa()
    family.send()
    letter, file = the_file(world)
    signed = bytes(letter["bytes"])
    assert world.post.sent[0].pdf == signed
    assert hashlib.sha256(signed).hexdigest() == letter["sha256"]
    assert hashlib.sha256(signed[: file["unsigned_length"]]).hexdigest() == file["unsigned_sha256"]
    (certificate,) = world.rows("SELECT * FROM signing_certificate")
    assert certificate["fingerprint"] == file["certificate"]
    assert verified(signed, certificate["pem"]).bottom_line
    assert grouped(file["code"]) in pages(signed)[-1]
    bundle = Bundle.model_validate_json(bytes(file["bundle"]))
    assert bundle.id == letter["id"]
    assert world.post.sent[0].bundle == bytes(file["bundle"])


def test_a_letter_that_is_sent_again_is_the_same_file(world):
    family = world.family()
    family.sofa()
    world.post.answers = [LATER] * 2
    family.send()
    for _ in range(2):
        world.clock.on(hours=1)
        world.work()
    assert len({message.pdf for message in world.post.sent}) == 1
    assert len(world.post.sent) == 3


def test_an_old_letter_is_verified_when_its_certificate_is_long_retired(world):
    family, later = world.family(), world.family("Dale")
    family.sofa()
    family.send()
    old = bytes(world.rows("SELECT bytes FROM letter")[0]["bytes"])
    following = certificates.of_nobody()
    world.w = replace(world.w, signing=lambda: following)
    later.sofa()
    later.send()
    new = bytes(world.rows("SELECT bytes FROM letter ORDER BY seq DESC")[0]["bytes"])
    listed = check.certificates(world.w)
    chains = [row["pem"] for row in world.rows("SELECT pem FROM signing_certificate ORDER BY seq")]
    assert [verified(letter, chain).bottom_line for letter, chain in zip((old, new), chains, strict=True)] == [True, True]
    assert all(chain in listed for chain in chains)
    assert "PRIVATE" not in listed


def test_a_certificate_near_its_end_is_announced_and_holds_up_no_letter(world):
    ends = datetime(2026, 12, 10, tzinfo=UTC)
    short = certificates.of_nobody(until=ends)
    world.w = replace(world.w, signing=lambda: short)
    family = world.family()
    family.sofa()
    assert family.state_of(family.send()) == "delivered"
    (told,) = [one for one in what_is_stuck(world.w) if one.what == "certificate_ends"]
    assert (told.id, told.since, told.owner) == (short.fingerprint[:16], "2026-12-10T00:00:00.000Z", "")
    world.w = replace(world.w, signing=lambda: IDENTITY)
    later = world.family("Dale")
    later.sofa()
    later.send()
    assert "certificate_ends" not in {one.what for one in what_is_stuck(world.w)}


def test_a_code_leads_to_reference_time_pages_and_hash_and_to_nothing_else(world):
    family = world.family()
    family.sofa()
    referral = family.send()
    letter, file = the_file(world)
    found = check.look_up(world.w, grouped(file["code"]).lower(), "192.0.2.1")
    assert found == check.Checked(
        file["code"], f"R-{referral[:8].upper()}", world.clock(), letter["pages"], letter["sha256"], None
    )  # fmt: skip
    assert [check.look_up(world.w, words, "192.0.2.1") for words in ("", "2" * 12, "<script>", "😀", "x" * 10_000)] == [None] * 5


def test_a_letter_with_a_later_update_or_correction_says_so(world):
    family = world.family()
    family.sofa()
    referral = family.send()
    letter, file = the_file(world)
    world.clock.on(hours=5)
    with world.w.engine.write() as tx:
        tx.append(
            "letter", at=world.clock(), actor="hv", household=family.household, id="later", referral=referral, bytes=b"x", sha256="x",
            pages=1, content="{}", document="update", number=2,
        )  # fmt: skip
    found = check.look_up(world.w, file["code"], "192.0.2.1")
    assert found.superseded_at == world.clock()
    assert found.sha256 == letter["sha256"]


def test_looking_up_many_codes_is_slowed_for_that_address_alone_and_known_ones_count_alike(world):
    for _ in range(check.LOOK_UPS):
        check.look_up(world.w, "2" * 12, "192.0.2.1")
    with pytest.raises(Problem) as slowed:
        check.look_up(world.w, "2" * 12, "192.0.2.1")
    assert slowed.value.status == 429
    assert check.look_up(world.w, "2" * 12, "192.0.2.2") is None
    assert "192.0.2" not in str(world.rows("SELECT * FROM check_attempt"))
    world.clock.on(minutes=2)
    assert check.look_up(world.w, "2" * 12, "192.0.2.1") is None
    world.clock.on(hours=30)
    check.forget_look_ups(world.w)
    assert world.rows("SELECT * FROM check_attempt") == []
