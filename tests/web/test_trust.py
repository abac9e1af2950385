"""Who is let in, from where, with how much, and what an answer tells the browser: the part of docs/security.md that this room holds."""

import pytest
from flask import Flask

from tests.web import place
from tests.web.conftest import ORIGIN, Enter
from visitapp.flow import devices
from visitapp.wiring import Wired

ELSEWHERE = ("https://elsewhere.example", "null", "http://localhost:8151", "")


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_form_of_another_site_changes_nothing(enter: Enter, origin: str) -> None:
    for path in ("/sign-in", "/sign-out", "/tablet/api/submissions", "/referrals/x/send"):
        answer = enter("hv").post(path, headers={"Origin": origin, "Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 403, path


def test_without_an_origin_the_browser_must_say_same_origin(enter: Enter) -> None:
    assert enter("hv").post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert enter("hv").post("/sign-out", headers={"Sec-Fetch-Site": "none"}).status_code == 403
    assert enter("hv").post("/sign-out", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302


def test_with_neither_header_nothing_is_done(app: Flask, wired: Wired) -> None:
    client = app.test_client()
    client.set_cookie("visitapp", place.session(wired, "hv"))
    assert client.open("/sign-out", method="POST", headers={"Authorization": ""}).status_code == 403
    assert client.get("/families").status_code == 200, "still signed in"


def test_a_device_credential_needs_no_origin_and_is_not_added_to_a_session(enter: Enter) -> None:
    hv = enter("hv")
    new = hv.post("/tablet/api/devices", json={"label": "Tablet 7"}).get_json()
    credential = {"Authorization": f"Device {new['device']}:{new['secret']}"}
    assert hv.get("/tablet/api/receipts/x", headers=credential).status_code == 404
    assert hv.post("/tablet/api/submissions", data=b"{}", headers=credential).status_code == 422
    for path in (
        "/tablet/api/caseload",
        "/tablet/api/whoami",
        f"/tablet/api/recovery?device={new['device']}",
        "/tablet/api/results?ids=x",
        "/families",
    ):
        answer = hv.get(path, headers=credential)
        assert answer.status_code in (302, 401), f"{path}: the cookie that came along counted"
    assert hv.get("/tablet/api/results?ids=x", headers={"Authorization": "Device a:b"}).status_code == 401


def test_a_tablet_asks_whether_it_still_counts_and_a_revoked_one_is_told(enter: Enter, wired: Wired) -> None:
    hv = enter("hv")
    new = hv.post("/tablet/api/devices", json={"label": "Tablet 7"}).get_json()
    credential = {"Authorization": f"Device {new['device']}:{new['secret']}"}
    assert hv.get("/tablet/api/device", headers=credential).get_json() == {"account": "hv", "device": new["device"]}
    devices.revoke(wired, "system", new["device"])
    for path in ("/tablet/api/device", "/tablet/api/receipts/x", "/tablet/api/caseload", "/families"):
        answer = hv.get(path, headers=credential | {"Accept": "application/json"})
        assert (answer.status_code, answer.get_json()["problem"]["code"]) == (401, "device_revoked"), path
    other = hv.get("/tablet/api/device", headers={"Authorization": f"Device {new['device']}:guessed"})
    assert other.get_json()["problem"]["code"] == "not_signed_in", "only the tablet itself learns it"
    assert hv.get("/tablet/sw.js", headers=credential).status_code == 200


@pytest.mark.parametrize("path", ["/sign-in", "/tablet/api/submissions", "/families"])
def test_fifty_megabytes_are_refused_unread(enter: Enter, path: str) -> None:
    class Unread:
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("the body was read")

        readline = readinto = read

    environ = {"wsgi.input": Unread(), "CONTENT_LENGTH": "50000000"}
    answer = enter("hv").post(path, environ_overrides=environ, content_type="application/octet-stream")
    assert answer.status_code == 413
    if path.startswith("/tablet"):
        assert answer.get_json()["problem"]["code"] == "too_large"


def test_signing_in_gives_a_cookie_that_scripts_cannot_read_and_signing_out_takes_it_back(enter: Enter, wired: Wired) -> None:
    from visitapp.store import accounts

    with wired.engine.write() as tx:
        accounts.set_secret(tx, account="hv", hash=wired.hasher.hash("four plain words here"), **place.STAMP)
    visitor = enter("")
    answer = visitor.post("/sign-in", data={"username": "hv.user", "password": "four plain words here", "next": "/families"})
    assert answer.location == "/families"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie, "plain http on loopback"
    assert visitor.get("/families").status_code == 200
    visitor.post("/sign-out")
    assert visitor.get("/families").location == "/sign-in?next=/families"


def test_a_wrong_password_says_so_beside_the_field_and_keeps_the_user_name(enter: Enter) -> None:
    answer = enter("").post("/sign-in", data={"username": "hv.<b>user", "password": "wrong"})
    assert answer.status_code == 401
    assert "do not go together" in answer.text
    assert 'value="hv.&lt;b&gt;user"' in answer.text
    assert "wrong" not in answer.text.split("<form", 2)[-1].split("password")[1]


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "\t//elsewhere.example"]
)
def test_signing_in_leads_only_to_our_own_pages(wanted: str) -> None:
    from visitapp.web.screens.sign_in import local_path

    assert local_path(wanted) == "/"
    assert local_path("/families?show=visits") == "/families?show=visits"


def test_over_https_the_cookie_belongs_to_this_host_alone(wired: Wired, app: Flask) -> None:
    from dataclasses import replace

    from visitapp.web import build

    secure = replace(wired, settings=replace(wired.settings, origin="https://visits.example"))
    client = build(secure).test_client()
    client.set_cookie("__Host-visitapp", place.session(wired, "hv"))
    assert client.get("/families").status_code == 200
    left = client.post("/sign-out", headers={"Origin": "https://visits.example"})
    assert left.headers["Set-Cookie"].startswith("__Host-visitapp=;")
    assert "Secure" in left.headers["Set-Cookie"]
    assert left.headers["Strict-Transport-Security"].startswith("max-age=")


def test_what_a_person_may_have_read_is_kept_in_no_cache(enter: Enter) -> None:
    for path in ("/families", f"/families/{place.FAMILY}", "/tablet/api/whoami", "/nowhere"):
        assert enter("hv").get(path).headers["Cache-Control"] == "no-store", path
    with enter("hv").get("/static/css/visitapp.css") as style:
        assert "no-store" not in style.headers["Cache-Control"]


def test_an_administrator_and_social_care_open_no_family(enter: Enter, wired: Wired) -> None:
    place.visit(wired, findings=(place.PRESENT,))
    referral = place.referral(wired)
    for account in ("admin", "duty"):
        for path in ("/families", f"/families/{place.FAMILY}", f"/visits/{place.VISIT}", "/today", "/tablet/api/caseload"):
            assert enter(account).get(path).status_code == 403, (account, path)
    assert enter("admin").get("/referrals").status_code == 403
    assert enter("duty").get(f"/referrals/{referral}").status_code == 404, "not delivered yet"
    assert ORIGIN.startswith("http://")


def main(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def test_another_teams_family_is_not_there_and_nothing_is_learnt(enter: Enter, wired: Wired) -> None:
    place.visit(wired, findings=(place.PRESENT,))
    referral = place.referral(wired)
    place.lettered(wired, referral)
    stranger = enter("west")
    nowhere = stranger.get("/families/f-nowhere")
    for path in (f"/families/{place.FAMILY}", f"/visits/{place.VISIT}", f"/referrals/{referral}", f"/referrals/{referral}/letter.pdf"):
        answer = stranger.get(path)
        assert answer.status_code == 404, path
        assert main(answer.text) == main(nowhere.text), path
    page = stranger.get(f"/families?after={place.FAMILY}").text
    assert "Ashdown" not in page
    assert stranger.get("/tablet/api/results?ids=" + place.VISIT).get_json() == []
    assert not [row for row in place.reads(wired) if row["household"] == place.FAMILY]


@pytest.mark.parametrize(("proxies", "slowed"), [(0, True), (1, False)])
def test_behind_a_proxy_one_who_guesses_slows_nobody_else(wired: Wired, app: Flask, proxies: int, slowed: bool) -> None:
    from dataclasses import replace

    from visitapp.web import build

    client = build(replace(wired, settings=replace(wired.settings, proxies=proxies))).test_client()

    def tries(username: str, forwarded: str) -> int:
        said = {"username": username, "password": "a wrong guess"}
        return client.post("/sign-in", data=said, headers={"Origin": ORIGIN, "X-Forwarded-For": forwarded}).status_code

    for number in range(21):
        last = tries(f"guess-{number}", f"198.51.100.{number}, 203.0.113.7")
    assert last == 429, "what the guesser says of itself does not count"
    assert (tries("hv.user", "203.0.113.9") == 429) is slowed
