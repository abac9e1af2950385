"""Photographs over HTTP: a tablet's own credential delivers them and reads none; at the desk they stand with their visit, for whoever may
read it, and each look is written down."""

import hashlib
import json
from typing import Any

import pytest
from flask import Flask

from tests.flow.pictures import Photograph, consented, jpeg
from tests.web import place
from tests.web.conftest import Enter
from visitapp.domain.photographs import PIECE
from visitapp.flow import devices
from visitapp.flow.stories.tablet import Tablet
from visitapp.store import photographs
from visitapp.wiring import Wired

HOSTILE = "<script>alert(1)</script> 👶🏽 مرحبا " + "x" * 10_000
AT = "2026-11-19T10:00:00.000Z"
PICTURE = jpeg()


def taken(number: int, **changes: Any) -> dict[str, Any]:
    plain = {
        "id": f"20000000-0000-4000-8000-{number:012d}", "sha256": hashlib.sha256(PICTURE).hexdigest(), "size": len(PICTURE),
        "place": "kitchen", "caption": "The cooker has no guard", "taken_at": AT,
    }  # fmt: skip
    return plain | changes


def keep(w: Wired, number: int, household: str = place.FAMILY) -> str:
    """A photograph of the visit that has arrived; its address."""
    id = str(taken(number)["id"])
    with w.engine.write() as tx:
        photographs.keep(
            tx, submission=place.VISIT, id=id, household=household, author="hv", device="d", envelope="{}", bytes=PICTURE,
            sha256=hashlib.sha256(PICTURE).hexdigest(), received_at=place.NOW,
        )  # fmt: skip
    return f"/visits/{place.VISIT}/photographs/{id}"


def test_the_page_of_a_visit_shows_them_with_place_caption_time_and_who_agreed(enter: Enter, wired: Wired, app: Flask) -> None:
    place.visit(wired, photographs=consented(taken(1), taken(2, caption=HOSTILE, place="a place of its own"), taken(3, lost=True)))
    address = keep(wired, 1)
    page = enter("hv").get(f"/visits/{place.VISIT}").text
    assert f'<img src="{address}" alt="Photograph. Kitchen: The cooker has no guard"' in page
    assert page.count("<img") == 1
    assert "Agreed to by Ada, 22 November 2026" in page
    assert "19 November 2026 at 10:00" in page
    assert "Not arrived yet." in page
    assert "was not on the device on which the visit was finished" in page
    assert "&lt;script&gt;" in page
    assert "no letter has them" in page


def test_a_visit_without_photographs_says_nothing_of_them_and_one_that_cannot_be_read_is_shown(
    enter: Enter, wired: Wired, app: Flask
) -> None:
    place.visit(wired)
    assert "Photographs" not in enter("hv").get(f"/visits/{place.VISIT}").text
    place.visit(wired, id=place.EARLIER, photographs={"taken": [7, {"id": []}, taken(1, place=["kitchen"])], "consent": 7})
    assert "Nobody is recorded who agreed" in enter("hv").get(f"/visits/{place.EARLIER}").text


def test_a_photograph_is_for_whoever_may_read_the_visit_is_written_down_and_stays_in_no_cache(
    enter: Enter, wired: Wired, app: Flask
) -> None:
    place.visit(wired, photographs=consented(taken(1)))
    address = keep(wired, 1)
    for account in ("hv", "midwife", "lead"):
        answer = enter(account).get(address)
        assert (answer.status_code, answer.data, answer.mimetype) == (200, PICTURE, "image/jpeg")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        last = place.reads(wired)[-1]
        assert (last["kind"], last["actor"], last["household"]) == ("read.photograph", account, place.FAMILY)
    before = len(place.reads(wired))
    assert enter("west").get(address).status_code == 404
    assert enter("hv").get(address[:-1] + "9").status_code == 404
    assert enter("hv").get(address.replace(place.VISIT, place.NOT_LET_IN)).status_code == 404
    for account in ("duty", "admin"):
        assert enter(account).get(address).status_code == 403
    assert enter("").get(address).status_code == 302
    assert len(place.reads(wired)) == before


def test_what_cannot_be_written_down_is_not_shown(enter: Enter, wired: Wired, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    place.visit(wired, photographs=consented(taken(1)))
    address, hv = keep(wired, 1), enter("hv")

    def broken(_work: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(wired.writer, "submit", broken)
    answer = hv.get(address)
    assert answer.status_code == 500
    assert PICTURE not in answer.data


VISIT = "10000000-0000-4000-8000-000000000001"


def test_a_tablet_delivers_with_its_own_credential_and_reads_nothing(enter: Enter, wired: Wired, app: Flask) -> None:
    practitioner = "30000000-0000-4000-8000-000000000001"  # envelopes name accounts by ids as they are in life
    with wired.engine.write() as tx:
        from visitapp.store import accounts

        accounts.add_account(
            tx,
            id=practitioner,
            username="ann",
            name="Ann",
            role="health_visitor",
            team="east",
            receiving_team=None,
            phone="",
            **place.STAMP,
        )
    device = devices.register(wired, practitioner, "Tablet 7")
    tablet = Tablet(wired, practitioner, device)
    one = Photograph.of(tablet, VISIT, picture=PICTURE)
    household = "40000000-0000-4000-8000-000000000001"
    with wired.engine.write() as tx:
        place._family(tx, household, "Quill", practitioner)
    credential = {"Authorization": f"Device {device.device}:{device.secret}"}
    client = enter("")
    base = f"/tablet/api/submissions/{VISIT}/photographs/{one.id}"
    asked = {"data": json.dumps(one.manifest), "headers": credential}
    assert client.post(f"{base}/missing", **asked).status_code == 404
    visit = tablet.write(household, "home_visit", "2026-11-22", {}, id=VISIT, photographs=consented(one.listed()))
    assert client.post("/tablet/api/submissions", data=visit, headers=credential).status_code == 201
    missing = client.post(f"{base}/missing", **asked).get_json()["missing"]
    assert missing == list(one.pieces)
    too_large = client.put(f"{base}/pieces/{missing[0]}", data=bytes(PIECE + 1), headers=credential)
    assert (too_large.status_code, too_large.get_json()["problem"]["code"]) == (413, "piece_too_large")
    for name in missing:
        assert client.put(f"{base}/pieces/{name}", data=one.pieces[name], headers=credential).get_json() == {"sha256": name}
    receipt = client.post(f"{base}/missing", **asked)
    assert (receipt.status_code, receipt.get_json()["sha256"]) == (201, one.sha256)
    assert receipt.headers["Cache-Control"] == "no-store"
    assert client.get(f"/visits/{VISIT}/photographs/{one.id}", headers=credential).status_code in (302, 401, 403)
    assert enter("hv").get(f"/visits/{VISIT}/photographs/{one.id}").data == PICTURE


def test_nothing_is_taken_from_another_site_or_from_nobody(enter: Enter) -> None:
    path = f"/tablet/api/submissions/{VISIT}/photographs/{VISIT}"
    for method, end in (("POST", "missing"), ("PUT", f"pieces/{'0' * 64}")):
        assert enter("hv").open(f"{path}/{end}", method=method, headers={"Origin": "https://elsewhere.example"}).status_code == 403
        said = {"Origin": "http://localhost:8150"}
        assert enter("").open(f"{path}/{end}", method=method, headers=said).get_json()["problem"]["code"] == "not_signed_in"
        assert enter("lead").open(f"{path}/{end}", method=method, headers=said).status_code == 403
        answer = enter("").open(f"{path}/{end}", method=method, headers={"Authorization": "Device nobody:nothing"})
        assert answer.get_json()["problem"]["code"] == "not_signed_in"
    assert enter("hv").post(f"{path}/missing", data=b"\xff\x00").get_json()["problem"]["code"] == "photograph_unreadable"


def test_a_supervisor_says_why_those_missing_will_not_come(enter: Enter, wired: Wired) -> None:
    place.visit(wired, photographs=consented(taken(1), taken(2)))
    keep(wired, 1)
    here, lead = f"/visits/{place.VISIT}", enter("lead")
    assert "Those missing will not come" in lead.get(here).text
    assert "Those missing will not come" not in enter("hv").get(here).text
    assert enter("hv").post(f"{here}/photographs", data={"photographs_reason": "Lost."}).status_code == 403
    assert lead.post(f"{here}/photographs", data={"photographs_reason": " "}).status_code == 422
    assert "Make this shorter" in lead.post(f"{here}/photographs", data={"photographs_reason": HOSTILE}).text
    assert lead.post(f"{here}/photographs", data={"photographs_reason": HOSTILE[:60]}).status_code == 302
    page = lead.get(here).text
    assert "It will not come." in page
    assert "said on 22 November 2026 that those missing will not come" in page
    assert page.count("<img") == 1
