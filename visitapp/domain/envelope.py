"""Envelope v1: the words on the outside of a sealed visit, and the seal itself.

The envelope's exact text is authenticated with the ciphertext (it is the additional data), so nothing on the outside can be
changed without the seal failing to open. The service's key opens it; a tablet holds only the public half. The same code seals
in tests and in the demonstration families as the tablet does in JavaScript.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visitapp.domain.moments import is_instant
from visitapp.domain.outside import SHA256, UUID, Unreadable, bytes_in, matching, object_in

VERSION = 1
INFO = b"visitapp sealed visit v1"
LONGEST_FORM_NAME = 64
EARLIEST = "1900-01-01"
"""No visit and no history is older; before it, counting back the days of the history would leave the calendar."""

_STATES = ("present", "absent", "cannot_tell")


class SealBroken(ValueError):
    """The seal does not open: another key, or something was changed on the way."""


@dataclass(frozen=True)
class Shown:
    """What the tablet told the practitioner: (finding, row, state) in order, and the level as an interval."""

    findings: tuple[tuple[str, str, str], ...]
    at_least: int
    could_be: int


@dataclass(frozen=True)
class Envelope:
    """The outside of one sealed visit. `as_of_seq` is how much of the history the tablet had; `clock_offset_ms` is its clock less ours."""

    id: str
    household: str
    form: str
    form_version: int
    form_hash: str
    lang: int
    author: str
    device: str
    began_at: str
    sealed_at: str
    clock_offset_ms: int
    as_of_seq: int
    as_of_at: str
    shown: Shown
    sha256: str
    key: str


@dataclass(frozen=True)
class Sealed:
    """One submission as it travels: the envelope's exact text and what opens with it."""

    envelope: str
    epk: bytes
    iv: bytes
    sealed: bytes

    def as_json(self) -> dict[str, str]:
        return {"envelope": self.envelope, "epk": _b64(self.epk), "iv": _b64(self.iv), "sealed": _b64(self.sealed)}


def parse_wire(payload: bytes) -> Sealed:
    """The submission these bytes carry; raises Unreadable."""
    body = object_in(payload, "submission")
    envelope = body.get("envelope")
    if not isinstance(envelope, str):
        raise Unreadable("envelope")
    return Sealed(envelope, bytes_in(body, "epk", 65), bytes_in(body, "iv", 12), bytes_in(body, "sealed", None))


def parse(text: str) -> Envelope:
    """The envelope this text is; raises Unreadable naming the first part that is wrong."""
    said = object_in(text, "envelope")
    if said.get("v") != VERSION or said["v"] is True:
        raise Unreadable("v")
    as_of = _inner(said, "as_of")
    return Envelope(
        id=matching(said, "id", UUID),
        household=matching(said, "household", UUID),
        form=_words(said, "form", LONGEST_FORM_NAME),
        form_version=_number(said, "form_version", 1),
        form_hash=matching(said, "form_hash", SHA256),
        lang=_number(said, "lang", 1),
        author=matching(said, "author", UUID),
        device=matching(said, "device", UUID),
        began_at=_instant(said, "began_at"),
        sealed_at=_instant(said, "sealed_at"),
        clock_offset_ms=_number(said, "clock_offset_ms", -(2**53)),
        as_of_seq=_number(as_of, "seq", 0),
        as_of_at=_instant(as_of, "at", EARLIEST),
        shown=_shown(_inner(said, "shown")),
        sha256=matching(said, "sha256", SHA256),
        key=_words(said, "key", 64),
    )


def _shown(said: dict[str, Any]) -> Shown:
    level = _inner(said, "level")
    findings = said.get("findings")
    if not isinstance(findings, list) or not all(map(_is_shown, findings)):
        raise Unreadable("findings")
    return Shown(tuple(map(tuple, findings)), _number(level, "at_least", 1), _number(level, "could_be", 1))


def _is_shown(one: Any) -> bool:
    return type(one) is list and len(one) == 3 and type(one[0]) is str and type(one[1]) is str and one[2] in _STATES


def _inner(said: dict[str, Any], name: str) -> dict[str, Any]:
    value = said.get(name)
    if not isinstance(value, dict):
        raise Unreadable(name)
    return value


def _instant(said: dict[str, Any], name: str, earliest: str = "") -> str:
    value = said.get(name)
    if not isinstance(value, str) or not is_instant(value) or value < earliest:
        raise Unreadable(name)
    return value


def _words(said: dict[str, Any], name: str, longest: int) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= longest:
        raise Unreadable(name)
    return value


def _number(said: dict[str, Any], name: str, least: int) -> int:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 2**53:
        raise Unreadable(name)
    return value


def _b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


# --- the seal -----------------------------------------------------------------------------------------------------------------


def new_private_key() -> bytes:
    """A fresh P-256 private key in PEM, unencrypted: the file's permissions guard it."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def load_private_key(pem: bytes) -> ec.EllipticCurvePrivateKey:
    """The service's key; raises ValueError when it is not an EC P-256 key."""
    try:
        key = serialization.load_pem_private_key(pem, None)
    except TypeError as fault:
        raise ValueError("the key is protected by a passphrase") from fault
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not an EC P-256 key")
    return key


def raw_public(key: ec.EllipticCurvePublicKey) -> bytes:
    """The uncompressed point, 65 bytes."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def public_jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """The public half as a browser imports it."""
    point = raw_public(key)
    return {"kty": "EC", "crv": "P-256", "x": _b64(point[1:33]), "y": _b64(point[33:])}


def key_id(key: ec.EllipticCurvePublicKey) -> str:
    """The name of a key: the beginning of its public half's hash, so that it says nothing and cannot be mistyped."""
    return hashlib.sha256(raw_public(key)).hexdigest()[:16]


def _cipher(private: ec.EllipticCurvePrivateKey, public: ec.EllipticCurvePublicKey, info: bytes) -> AESGCM:
    shared = private.exchange(ec.ECDH(), public)
    return AESGCM(HKDF(algorithm=hashes.SHA256(), length=32, salt=bytes(32), info=info).derive(shared))


def open_seal(sealed: Sealed, key: ec.EllipticCurvePrivateKey, info: bytes = INFO) -> bytes:
    """The body's bytes, exactly as the tablet sealed them; raises SealBroken. `info` says what was sealed: no kind opens as another."""
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sealed.epk)
        return _cipher(key, public, info).decrypt(sealed.iv, sealed.sealed, sealed.envelope.encode())
    except (InvalidTag, ValueError) as fault:
        raise SealBroken from fault


def seal(envelope: str, body: bytes, key: ec.EllipticCurvePublicKey, iv: bytes, info: bytes = INFO) -> Sealed:
    """Seal as a tablet does: a key pair for this one visit, its private half forgotten. `iv` is 12 random bytes."""
    once = ec.generate_private_key(ec.SECP256R1())
    return Sealed(envelope, raw_public(once.public_key()), iv, _cipher(once, key, info).encrypt(iv, body, envelope.encode()))


@dataclass(frozen=True)
class SealKeys:
    """The service's private keys by their id. New visits are sealed for the first; visits sealed for an older one still open."""

    keys: tuple[tuple[str, ec.EllipticCurvePrivateKey], ...]

    @classmethod
    def of(cls, *private: ec.EllipticCurvePrivateKey) -> "SealKeys":
        return cls(tuple((key_id(key.public_key()), key) for key in private))

    @property
    def current(self) -> str:
        """The id of the key that tablets seal for."""
        return self.keys[0][0]

    def jwk(self) -> dict[str, str]:
        """The public half of it, as the caseload carries it."""
        return public_jwk(self.keys[0][1].public_key())

    def private(self, id: str) -> ec.EllipticCurvePrivateKey | None:
        """The key of that id, or None when it was never ours."""
        return next((key for known, key in self.keys if known == id), None)
