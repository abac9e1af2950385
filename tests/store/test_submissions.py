"""The first bytes under an id are kept, all others beside them, and what is put aside waits for its owner."""

import hashlib
from typing import Any

from tests.store import build
from visitapp.store import sessions, submissions
from visitapp.store.engine import Engine
from visitapp.store.tx import Tx


def put_aside(tx: Tx, id: str, *, body: bytes = b"other", **choices: Any) -> int | None:
    given: dict[str, Any] = {
        "submission": "sub", "household": "fam", "author": "hv", "reason": "other_bytes", "owner": "sup", "envelope": "{}",
        "sha256": hashlib.sha256(body).hexdigest(), "received_at": build.AT,
    }  # fmt: skip
    return submissions.put_aside(tx, id=id, body=body, **(given | choices))


def test_the_first_bytes_stay_and_the_receipt_is_theirs(engine: Engine) -> None:
    with engine.write() as tx:
        seq = build.submission(tx, "sub", body=b"first")
        assert build.submission(tx, "sub", body=b"second") is None
        assert submissions.receipt(tx, "sub") == {
            "id": "sub", "seq": seq, "author": "hv", "sha256": hashlib.sha256(b"first").hexdigest(), "received_at": build.AT,
        }  # fmt: skip
        assert submissions.receipt(tx, "none such") is None
        kept = submissions.submission(tx, "sub")
        assert kept is not None
        assert bytes(kept["body"]) == b"first"


def test_what_is_put_aside_waits_until_it_is_resolved(engine: Engine) -> None:
    with engine.write() as tx:
        assert put_aside(tx, "q1") is not None
        assert put_aside(tx, "q2") is None  # the same bytes again
        assert put_aside(tx, "q3", body=b"third") is not None
        assert [row["id"] for row in submissions.quarantined(tx, "sub")] == ["q1", "q3"]
        submissions.resolve_quarantine(tx, quarantine="q1", outcome="discarded", reason="sent twice", **build.STAMP)
        assert [row["id"] for row in submissions.quarantined(tx, "sub")] == ["q3"]


def test_a_reading_is_kept_once(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx)
        build.family(tx)
        assert build.visit(tx, "sub", outcome="first", measures=[("p", "child.seen", "awake", ""), ("", "home.kitchen", "good", "")])
        assert build.visit(tx, "sub", outcome="second") is None
        assert tx.all("SELECT outcome FROM visit") == [{"outcome": "first"}]
        assert tx.all("SELECT person, measure, value FROM visit_measure") == [{"person": "p", "measure": "child.seen", "value": "awake"}]


def test_a_session_follows_its_account_and_ends(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx, "hv")
        sessions.open_session(tx, token_hash="t", account="hv", at=build.AT)
        build.staff(tx, "hv", team="west")
        found = sessions.session(tx, "t")
        assert found is not None
        assert (found["account"], found["team"], found["seen_at"]) == ("hv", "west", build.AT)
        assert sessions.close_sessions_of(tx, "hv") == 1
        assert sessions.session(tx, "t") is None


def test_a_lost_tablet_is_revoked_once(engine: Engine) -> None:
    with engine.write() as tx:
        sessions.add_device(tx, id="d", account="hv", label="Tablet 7", secret_hash="s", at=build.AT)
        assert [sessions.revoke_device(tx, "d", build.AT) for _ in range(2)] == [1, 0]
        found = sessions.device(tx, "d")
        assert found is not None
        assert found["revoked_at"] == build.AT
        assert [sessions.restore_device(tx, "d") for _ in range(2)] == [1, 0]
        assert sessions.device(tx, "d") == found | {"revoked_at": None}


def test_refusals_are_counted_by_name_and_by_address(engine: Engine) -> None:
    with engine.write() as tx:
        for username, address, succeeded in (("u", "a", False), ("u", "b", False), ("v", "a", False), ("u", "a", True)):
            sessions.note_attempt(tx, username_hash=username, address_hash=address, at=build.AT, succeeded=succeeded)
        asked = {"username_hash": "u", "address_hash": "a"}
        assert sessions.refusals_since(tx, since=build.AT, **asked) == {"by_username": 2, "by_address": 2}
        assert sessions.refusals_since(tx, since="2027-01-01T00:00:00.000Z", **asked) == {"by_username": 0, "by_address": 0}
        assert sessions.forget_attempts_before(tx, "2027-01-01T00:00:00.000Z") == 4
