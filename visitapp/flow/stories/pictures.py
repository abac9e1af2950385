"""Photographs of a story: drawn, because nobody's home may be shown, and sent as a tablet sends them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from visitapp.domain.envelope import key_id, seal
from visitapp.domain.photographs import INFO, PIECE
from visitapp.flow import photographs
from visitapp.flow.devices import Sender

if TYPE_CHECKING:
    from visitapp.flow.stories.tablet import Tablet

SIZE = (800, 600)


@dataclass(frozen=True)
class Photo:
    """One photograph: which place it shows (`domain/photographs.py`), and what the visitor wrote under it."""

    place: str
    caption: str = ""


def drawn(photo: Photo) -> bytes:
    """A room with a cot in it, as a JPEG; another wall for another place."""
    from PIL import Image, ImageDraw

    wall = "#e8dcc8" if photo.place == "where_baby_sleeps" else "#d5e3ea"
    picture = Image.new("RGB", SIZE, wall)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 430, 800, 600), fill="#a88b6a")
    draw.rectangle((560, 90, 720, 260), fill="#b9d6ee", outline="#ffffff", width=12)
    draw.rectangle((120, 300, 500, 330), fill="#f6f1e7", outline="#7a5c3e", width=6)
    for left in range(120, 501, 38):
        draw.rectangle((left, 240, left + 10, 500), fill="#7a5c3e")
    draw.rectangle((120, 232, 510, 248), fill="#7a5c3e")
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def listed(by: str, at: str, taken: dict[str, tuple[Photo, bytes]]) -> dict[str, Any]:
    """The part of a visit's body that names its photographs, by their ids, and who agreed to them."""
    each = [
        {"id": id, "sha256": hashlib.sha256(picture).hexdigest(), "size": len(picture), "place": photo.place, "caption": photo.caption,
         "taken_at": at}
        for id, (photo, picture) in taken.items()
    ]  # fmt: skip
    return {"consent": {"who": by, "agreed": True, "at": at}, "taken": each}


def send(tablet: Tablet, visit: str, at: str, taken: dict[str, tuple[Photo, bytes]]) -> None:
    """Each photograph after its visit, sealed and in pieces."""
    for id, (_, picture) in taken.items():
        public = tablet.w.seal_keys.keys[0][1].public_key()
        envelope = {
            "v": 1, "photograph": id, "visit": visit, "author": tablet.account, "device": tablet.device.device, "sealed_at": at,
            "sha256": hashlib.sha256(picture).hexdigest(), "key": key_id(public),
        }  # fmt: skip
        sealed = seal(json.dumps(envelope), picture, public, tablet.w.random_bytes(12), INFO)
        cut = [sealed.sealed[start : start + PIECE] for start in range(0, len(sealed.sealed), PIECE)]
        pieces = {hashlib.sha256(one).hexdigest(): one for one in cut}
        outside = {name: part for name, part in sealed.as_json().items() if name != "sealed"}
        asked = json.dumps(outside | {"pieces": list(pieces)}).encode()
        sender = Sender(tablet.account, tablet.device.device)
        for name in photographs.missing(tablet.w, sender, visit, id, asked).body.get("missing", []):
            photographs.piece(tablet.w, sender, visit, id, name, pieces[name])
        photographs.missing(tablet.w, sender, visit, id, asked)
