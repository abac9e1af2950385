"""The envelope and its seal: what a tablet makes opens here and nowhere else, and anything else is named."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from visitapp.domain import envelope as e
from visitapp.domain.outside import Unreadable

KEY = ec.derive_private_key(7, ec.SECP256R1())
BODY = '{"v":1,"answers":{"who":{"value":"Siân \ud83d\ude42"}}}'.encode("utf-16", "surrogatepass").decode("utf-16").encode()


def outside(**changes):
    said = {
        "v": 1, "id": "10000000-0000-4000-8000-000000000001", "household": "20000000-0000-4000-8000-000000000001",
        "form": "home_visit", "form_version": 1, "form_hash": "a" * 64, "lang": 1,
        "author": "30000000-0000-4000-8000-000000000001", "device": "40000000-0000-4000-8000-000000000001",
        "began_at": "2026-11-22T10:00:00.000Z", "sealed_at": "2026-11-22T10:40:00.000Z", "clock_offset_ms": -250,
        "as_of": {"seq": 12, "at": "2026-11-22T08:00:00.000Z"},
        "shown": {"findings": [["sleep_sofa", "", "present"]], "level": {"at_least": 1, "could_be": 4}},
        "sha256": "b" * 64, "key": e.key_id(KEY.public_key()),
    }  # fmt: skip
    said.update(changes)
    return json.dumps(said)


def test_what_is_sealed_opens_to_the_same_bytes():
    sealed = e.seal(outside(), BODY, KEY.public_key(), bytes(12))
    wire = json.dumps(sealed.as_json()).encode()
    assert e.open_seal(e.parse_wire(wire), KEY) == BODY


def test_every_visit_has_its_own_key():
    first, second = (e.seal(outside(), BODY, KEY.public_key(), bytes(12)) for _ in range(2))
    assert first.sealed != second.sealed


@pytest.mark.parametrize("part", ["envelope", "epk", "iv", "sealed"])
def test_a_change_on_the_way_breaks_the_seal(part):
    sealed = e.seal(outside(), BODY, KEY.public_key(), bytes(12))
    parts = {"envelope": sealed.envelope, "epk": sealed.epk, "iv": sealed.iv, "sealed": sealed.sealed}
    changed = parts[part]
    parts[part] = changed[:-1] + (" " if isinstance(changed, str) else bytes([changed[-1] ^ 1]))
    with pytest.raises(e.SealBroken):
        e.open_seal(e.Sealed(**parts), KEY)


def test_another_key_does_not_open_it():
    with pytest.raises(e.SealBroken):
        e.open_seal(e.seal(outside(), BODY, KEY.public_key(), bytes(12)), ec.derive_private_key(8, ec.SECP256R1()))


def test_an_envelope_is_read_whole():
    read = e.parse(outside())
    assert (read.form, read.form_version, read.as_of_seq, read.clock_offset_ms) == ("home_visit", 1, 12, -250)
    assert read.shown == e.Shown((("sleep_sofa", "", "present"),), 1, 4)


NO_LEVEL: dict = {"findings": [], "level": {}}
A_FOURTH_STATE: dict = {"findings": [["a", "", "maybe"]], "level": {"at_least": 1, "could_be": 1}}
WRONG = {
    "v": [2, True, None],
    "id": ["", "10000000-0000-4000-8000-00000000000G", 5],
    "form": ["", "x" * 65, "a\nb"],
    "form_version": [0, "1", True, 1.0],
    "form_hash": ["A" * 64],
    "author": [None],
    "began_at": ["2026-11-22"],
    "sealed_at": ["٢٠٢٦-11-22T10:00:00.000Z"],
    "clock_offset_ms": ["0"],
    "as_of": [{}, [], {"seq": -1, "at": "2026-11-22T08:00:00.000Z"}],
    "sha256": ["b" * 63],
    "key": [""],
    "shown": [None, NO_LEVEL, A_FOURTH_STATE],
}
NOT_SUBMISSIONS = [b"", b"[]", b"\xff", b"{", b'{"envelope":1}', b"[" * 100_000, b'{"envelope":"{}","epk":"*","iv":"","sealed":""}']


@pytest.mark.parametrize(("part", "value"), [(part, value) for part, values in WRONG.items() for value in values])
def test_what_is_not_an_envelope_is_refused(part, value):
    with pytest.raises(Unreadable):
        e.parse(outside(**{part: value}))


@pytest.mark.parametrize("payload", NOT_SUBMISSIONS)
def test_what_is_not_a_submission_is_refused(payload):
    with pytest.raises(Unreadable):
        e.parse_wire(payload)


def test_the_public_half_is_what_a_browser_imports():
    jwk = e.public_jwk(KEY.public_key())
    x = base64.urlsafe_b64decode(jwk["x"] + "=")
    assert (jwk["kty"], jwk["crv"], len(x)) == ("EC", "P-256", 32)
    assert e.load_private_key(e.new_private_key()).curve.name == "secp256r1"
