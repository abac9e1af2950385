"""What came back and waits for a person: shown to whom it belongs, without what it says, and nothing typed is lost."""

import pytest

from tests.web.conftest import Enter
from visitapp.deliver.returns import Return
from visitapp.flow import returns
from visitapp.wiring import Wired


@pytest.fixture
def back(wired: Wired) -> str:
    with wired.engine.write() as tx:
        returns.keep(
            wired, tx, "imap", Return("b" * 64, "message", None, "An e-mail that is no delivery report"), "2026-11-22T10:00:00.000Z"
        )
    return "b" * 64


def test_what_belongs_to_no_letter_is_shown_to_who_looks_after_the_service(enter: Enter, back: str) -> None:
    for who, sees in (("admin", True), ("lead", True), ("hv", False)):
        page = enter(who).get("/returned")
        assert page.status_code == 200
        assert ("It names no letter of ours." in page.text) == sees
    for who in ("lead", "admin"):
        assert 'href="/returned"' in enter(who).get("/status").text
    assert enter("duty").get("/returned").status_code == 403


def test_it_is_settled_with_what_was_done_and_nothing_typed_is_lost(enter: Enter, back: str) -> None:
    admin = enter("admin")
    refused = admin.post(f"/returned/{back}", data={"what": "<b>🙂</b>" + "x" * 10_000})
    assert refused.status_code == 422
    assert "Make this shorter." in refused.text
    assert "&lt;b&gt;🙂" in refused.text
    assert admin.post(f"/returned/{back}", data={"what": " "}).status_code == 422
    assert enter("hv").post(f"/returned/{back}", data={"what": "x"}).status_code == 404
    assert admin.post(f"/returned/{back}", data={"what": "\u202eRead, nothing to do"}).headers["Location"] == "/returned"
    assert "Nothing waits for you here." in admin.get("/returned").text
