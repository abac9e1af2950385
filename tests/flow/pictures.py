"""Photographs as a tablet makes them: sealed for the service and cut into pieces."""

import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any

from PIL import Image

from visitapp.domain.envelope import _b64, key_id, seal
from visitapp.domain.photographs import INFO, PIECE
from visitapp.flow import photographs
from visitapp.flow.receive import Received
from visitapp.flow.stories.tablet import Tablet

AT = "2026-11-22T10:30:00.000Z"


def jpeg(width: int = 400, height: int = 300, **how: Any) -> bytes:
    """A real picture that does not compress away: no two points beside each other are the same."""
    points = bytes((x * 7 + y * 13 + (x * y) % 251) % 256 for y in range(height) for x in range(width) for _ in range(3))
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), points).save(out, "JPEG", quality=90, **how)
    return out.getvalue()


@dataclass(frozen=True)
class Photograph:
    id: str
    visit: str
    picture: bytes
    manifest: dict[str, Any]
    pieces: dict[str, bytes]

    @classmethod
    def of(cls, tablet: Tablet, visit: str, number: int = 1, picture: bytes = b"", author: str = "", **outside: Any) -> "Photograph":
        id = f"20000000-0000-4000-8000-{number:012d}"
        picture = picture or bytes(number) + bytes(range(256)) * 600  # 150 kB, three pieces
        public = tablet.w.seal_keys.keys[0][1].public_key()
        envelope = {
            "v": 1, "photograph": id, "visit": visit, "author": author or tablet.account, "device": tablet.device.device, "sealed_at": AT,
            "sha256": hashlib.sha256(picture).hexdigest(), "key": key_id(public),
        }  # fmt: skip
        sealed = seal(json.dumps(envelope | outside), picture, public, tablet.w.random_bytes(12), INFO)
        cut = [sealed.sealed[at : at + PIECE] for at in range(0, len(sealed.sealed), PIECE)]
        pieces = {hashlib.sha256(one).hexdigest(): one for one in cut}
        return cls(
            id,
            visit,
            picture,
            {"envelope": sealed.envelope, "epk": _b64(sealed.epk), "iv": _b64(sealed.iv), "pieces": list(pieces)},
            pieces,
        )

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.picture).hexdigest()

    def listed(self, **changes: Any) -> dict[str, Any]:
        plain = {
            "id": self.id, "sha256": self.sha256, "size": len(self.picture), "place": "kitchen", "caption": "The cooker", "taken_at": AT,
        }  # fmt: skip
        return plain | changes

    def ask(self, tablet: Tablet, **changes: Any) -> Received:
        return photographs.missing(tablet.w, sender(tablet), self.visit, self.id, json.dumps(self.manifest | changes).encode())

    def put(self, tablet: Tablet, name: str, payload: bytes | None = None) -> Received:
        return photographs.piece(tablet.w, sender(tablet), self.visit, self.id, name, self.pieces[name] if payload is None else payload)

    def send(self, tablet: Tablet) -> Received:
        """What a tablet does: asks what is missing, sends that, and asks again."""
        for name in self.ask(tablet).body.get("missing", []):
            self.put(tablet, name)
        return self.ask(tablet)


def sender(tablet: Tablet) -> Any:
    from visitapp.flow.devices import Sender

    return Sender(tablet.account, tablet.device.device)


def consented(*taken: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The part of a body that lists photographs."""
    return {"consent": {"who": "Ada", "agreed": True, "at": AT}, "taken": list(taken)} | changes
