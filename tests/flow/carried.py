"""Revisions of unfinished visits as a device makes them, for tests: shaped as the real ones, with nothing in them that could be read."""

import json
from typing import Any

WRAP = {"salt": "c2FsdHNhbHRzYWx0c2E", "rounds": 600_000, "iv": "aXZpdml2aXZpdml2", "data": "d3JhcHBlZA"}
AT = "2026-11-22T10:39:00.000Z"


def id_of(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


DRAFT = id_of(1)


def revision(number: int, *parents: int, device: str, draft: str = DRAFT, **other: Any) -> bytes:
    said = {
        "v": 1, "draft": draft, "revision": id_of(number), "parents": [id_of(each) for each in parents], "device": device, "at": AT,
        "wrap": WRAP, "iv": "aXZpdml2aXZpdml2", "data": "c2VhbGVk",
    }  # fmt: skip
    return json.dumps(said | other).encode()
