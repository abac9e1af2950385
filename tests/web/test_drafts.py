"""Who may hand over, list, take and end an unfinished visit: its author's own devices, and nobody else."""

from typing import Any

import pytest

from tests.flow.carried import DRAFT, id_of, revision
from tests.web.conftest import Enter
from visitapp.flow import devices
from visitapp.wiring import Wired

AT = f"/tablet/api/drafts/{DRAFT}"
Credential = dict[str, str]


def device(wired: Wired, account: str = "hv", label: str = "Tablet 7") -> tuple[str, Credential]:
    new = devices.register(wired, account, label)
    return new.device, {"Authorization": f"Device {new.device}:{new.secret}"}


@pytest.fixture
def kept(wired: Wired, enter: Enter) -> tuple[str, Credential]:
    """A device of the practitioner, from which one revision went up."""
    id, credential = device(wired)
    answer = enter("").put(f"{AT}/{id_of(1)}", data=revision(1, device=id), headers=credential)
    assert answer.status_code == 201, answer.text
    assert answer.get_json()["heads"][0]["label"] == "Tablet 7"
    return id, credential


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, (answer.get_json() or {"problem": {"code": ""}})["problem"]["code"]


def test_a_device_hands_over_lists_and_ends_and_only_its_signed_in_author_takes(enter: Enter, wired: Wired, kept: Any) -> None:
    id, credential = kept
    alone = enter("")
    [told] = alone.get("/tablet/api/drafts", headers=credential).get_json()["drafts"]
    assert [head["revision"] for head in told["heads"]] == [id_of(1)]
    assert code(alone.get(f"{AT}/{id_of(1)}?device={id}", headers=credential)) == (401, "not_signed_in")
    taken = enter("hv").get(f"{AT}/{id_of(1)}?device={id}")
    assert (taken.data, taken.mimetype, taken.headers["Cache-Control"]) == (revision(1, device=id), "application/json", "no-store")
    assert alone.put(f"{AT}/{id_of(1)}", data=revision(1, device=id), headers=credential).status_code == 200
    assert alone.post(f"{AT}/end", json={"how": "discarded"}, headers=credential).status_code == 204
    assert code(alone.put(f"{AT}/{id_of(2)}", data=revision(2, 1, device=id), headers=credential)) == (409, "draft_ended")
    assert alone.put(f"{AT}/{id_of(2)}?resume=1", data=revision(2, 1, device=id), headers=credential).status_code == 201


def test_whoever_is_signed_in_may_do_the_same_for_a_device_of_their_own(enter: Enter, wired: Wired) -> None:
    id, _ = device(wired)
    hv = enter("hv")
    assert hv.put(f"{AT}/{id_of(1)}?device={id}", data=revision(1, device=id)).status_code == 201
    assert code(hv.put(f"{AT}/{id_of(1)}", data=revision(1, device=id))) == (404, "not_found")
    assert len(hv.get(f"/tablet/api/drafts?device={id}").get_json()["drafts"]) == 1
    assert hv.post(f"{AT}/end?device={id}", json={"how": "finished"}).status_code == 204
    for wrong in ({}, {"how": "read"}, {"how": ["finished"]}):
        assert hv.post(f"{AT}/end?device={id}", json=wrong).status_code == 422


def test_another_account_learns_nothing_and_changes_nothing(enter: Enter, wired: Wired, kept: Any) -> None:
    id, credential = kept
    theirs, other = device(wired, "midwife")
    alone, midwife = enter(""), enter("midwife")
    for mine in (id, theirs, "nothing", ""):
        assert code(midwife.get(f"{AT}/{id_of(1)}?device={mine}")) == (404, "not_found")
    assert midwife.get(f"/tablet/api/drafts?device={theirs}").get_json() == {"drafts": []}
    assert code(midwife.get(f"/tablet/api/drafts?device={id}")) == (404, "not_found")
    assert alone.get("/tablet/api/drafts", headers=other).get_json() == {"drafts": []}
    assert alone.post(f"{AT}/end", json={"how": "finished"}, headers=other).status_code == 204
    assert code(alone.put(f"{AT}/{id_of(2)}", data=revision(2, 1, device=id), headers=other)) == (422, "draft_unreadable")
    answer = alone.put(f"{AT}/{id_of(1)}", data=revision(1, device=theirs), headers=other)
    assert (answer.status_code, answer.get_json()["past"]) == (201, []), "a draft of their own, as if the other were not there"
    [told] = alone.get("/tablet/api/drafts", headers=credential).get_json()["drafts"]
    assert told["ended"] is None
    assert [head["device"] for head in told["heads"]] == [id]


def test_a_revoked_device_neither_puts_nor_gets_signed_in_or_not(enter: Enter, wired: Wired, kept: Any) -> None:
    id, credential = kept
    devices.revoke(wired, "admin", id)
    alone, hv = enter(""), enter("hv")
    put = {"data": revision(2, 1, device=id)}
    revoked = (401, "device_revoked")
    assert code(alone.put(f"{AT}/{id_of(2)}", headers=credential, **put)) == revoked
    assert code(alone.get("/tablet/api/drafts", headers=credential)) == revoked
    assert code(alone.post(f"{AT}/end", json={"how": "finished"}, headers=credential)) == revoked
    assert code(hv.put(f"{AT}/{id_of(2)}?device={id}", **put)) == revoked
    assert code(hv.get(f"{AT}/{id_of(1)}?device={id}")) == revoked
    assert code(hv.get(f"/tablet/api/drafts?device={id}")) == revoked
    assert hv.get(f"{AT}/{id_of(1)}?device={device(wired)[0]}").status_code == 200, "another device of theirs still has it"


def test_nobody_signed_in_and_other_roles_get_nothing(enter: Enter, kept: Any) -> None:
    id, _ = kept
    for who in ("", "lead", "duty", "admin"):
        someone, expected = enter(who), (403, "not_allowed") if who else (401, "not_signed_in")
        assert code(someone.get(f"/tablet/api/drafts?device={id}")) == expected
        assert code(someone.get(f"{AT}/{id_of(1)}?device={id}")) == expected
        assert code(someone.put(f"{AT}/{id_of(2)}?device={id}", data=b"{}")) == expected
        assert code(someone.post(f"{AT}/end?device={id}", json={"how": "finished"})) == expected


def test_another_sites_page_puts_nothing_and_too_much_is_refused_before_it_is_read(enter: Enter, kept: Any) -> None:
    id, credential = kept
    away = {"Origin": "https://elsewhere.example"}
    assert code(enter("hv").put(f"{AT}/{id_of(2)}?device={id}", data=revision(2, device=id), headers=away)) == (403, "cross_site")
    large = enter("").put(f"{AT}/{id_of(2)}", data=b"x" * 1_600_001, headers=credential)
    assert code(large) == (413, "too_large")


def test_an_address_that_can_be_no_draft_is_not_there(enter: Enter, kept: Any) -> None:
    id, credential = kept
    alone = enter("")
    for address in ("x/y", f"{DRAFT}/<b>", "مرحبا/🙂", f"{'9' * 10_000}/{id_of(1)}"):
        assert alone.put(f"/tablet/api/drafts/{address}", data=revision(2, device=id), headers=credential).status_code == 404
    assert code(alone.put(f"{AT}/{id_of(2)}", data="<b>🙂 مرحبا".encode(), headers=credential)) == (422, "draft_unreadable")
