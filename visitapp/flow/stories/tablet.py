"""A tablet in Python: what the visits of a story are written on. It carries the facts a caseload carries, finds with the same
rules, and seals as the real one does, so that everything the service does afterwards is the real path.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.decide.findings import find
from visitapp.decide.level import level
from visitapp.domain.envelope import key_id, seal
from visitapp.domain.moments import day_of, later
from visitapp.flow.devices import NewDevice, Sender, register
from visitapp.flow.given import given
from visitapp.flow.receive import Received, receive
from visitapp.formlang import Catalogue, Form
from visitapp.formlang.model import LANGUAGE
from visitapp.store.caseload import newest_seq

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Carried:
    """What the tablet took with it for one family."""

    seq: int
    at: str
    given: dict[str, Any]


@dataclass(frozen=True)
class Tablet:
    """One practitioner's tablet."""

    w: Wired
    account: str
    device: NewDevice

    @classmethod
    def of(cls, w: Wired, account: str) -> Tablet:
        return cls(w, account, register(w, account, "Demonstration tablet"))

    def take(self, household: str) -> Carried:
        """The family's facts as they stand now."""
        at = self.w.clock()
        with self.w.engine.read() as tx:
            seq = newest_seq(tx)
            return Carried(seq, at, given(self.w, tx, household, day_of(at).isoformat(), seq))

    def write(
        self,
        household: str,
        form: str,
        on: str,
        answers: dict[str, Any],
        *,
        version: int | None = None,
        id: str | None = None,
        carried: Carried | None = None,
        calls: list[dict[str, Any]] | None = None,
        adds_to: str = "",
        photographs: dict[str, Any] | None = None,
        **outside: Any,
    ) -> bytes:
        """A finished visit, sealed and ready to send, on the newest version of the form unless another is named. `outside` replaces parts
        of the envelope, for tests of what can go wrong."""
        known, took = form_of(self.w.catalogue, form, version), carried or self.take(household)
        body = body_of(household, known, on, answers, calls or [], adds_to) | ({} if photographs is None else {"photographs": photographs})
        written = json.dumps(body, ensure_ascii=False).encode()
        envelope = self._envelope(body, written, known, took, id or self.w.new_id()) | outside
        public = self.w.seal_keys.keys[0][1].public_key()
        sealed = seal(json.dumps(envelope, ensure_ascii=False), written, public, self.w.random_bytes(12))
        return json.dumps(sealed.as_json()).encode()

    def _envelope(self, body: dict[str, Any], written: bytes, form: Form, took: Carried, id: str) -> dict[str, Any]:
        found = find(form, body, took.given)
        reached = level(found, self.w.catalogue.levels)
        at = self.w.clock()
        return {
            "v": 1,
            "id": id,
            "household": body["household"],
            "form": form.name,
            "form_version": form.version,
            "form_hash": form.hash,
            "lang": LANGUAGE,
            "author": self.account,
            "device": self.device.device,
            "began_at": later(at, minutes=-50),
            "sealed_at": at,
            "clock_offset_ms": 0,
            "as_of": {"seq": took.seq, "at": took.at},
            "shown": {
                "findings": [[one.finding, one.row, one.state] for one in found],
                "level": {"at_least": reached.at_least, "could_be": reached.could_be},
            },
            "sha256": hashlib.sha256(written).hexdigest(),
            "key": key_id(self.w.seal_keys.keys[0][1].public_key()),
        }

    def send(self, payload: bytes) -> Received:
        """Deliver one submission with the tablet's own credential."""
        return receive(self.w, Sender(self.account, self.device.device), payload)


def form_of(catalogue: Catalogue, form: str, version: int | None) -> Form:
    """That version of a form, or the newest. KeyError when there is none."""
    return catalogue.current(form) if version is None else catalogue.form(form, version)


def body_of(household: str, form: Form, on: str, answers: dict[str, Any], calls: list[dict[str, Any]], adds_to: str = "") -> dict[str, Any]:
    """A visit body in the order in which the tablet writes it; `adds_to` is the visit that an addition stands beside."""
    return {
        "v": 1, "household": household, "form": form.name, "form_version": form.version, **({"adds_to": adds_to} if adds_to else {}),
        "occurred_on": on, "answers": answers, "calls": calls, "unasked_reasons": [],
    }  # fmt: skip
