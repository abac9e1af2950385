"""Photographs of a place in a real browser: taken with no network, encrypted at once, with nothing of where they were taken, through a
killed browser to the desk; and nothing of one stands in clear on the tablet's disk."""

import io
import shutil
from pathlib import Path

from flask import request
from PIL import ExifTags, Image
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser import profile
from tests.browser.begun import ready
from tests.browser.service import NOW, PASSWORD, Place, Service
from tests.browser.tablet import PHONE, Tablet, saved
from tests.browser.test_carried_to_the_desk import at_the_desk
from tests.browser.test_main_job_offline import choose, finish, open_offline
from tests.browser.test_taken_out_of_use import refused as opens_nothing
from tests.browser.test_undo import begin, see_changes
from tests.flow.pictures import jpeg
from visitapp.flow import devices, people
from visitapp.problems import problem

HOSTILE = "<img src=x onerror=alert(1)> 👶🏽 مرحبا " + "x" * 10_000


def from_a_camera(into: Path) -> Path:
    """A photograph as a camera writes it: where, when, with what, and turned on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "cormorant"
    exif[ExifTags.Base.Orientation] = 6
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (54.0, 58.0, 41.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "W", (1.0, 36.0, 48.0)
    into.write_bytes(jpeg(2400, 1200, exif=exif))
    with Image.open(into) as written:
        assert written.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    return into


def cuts(content: bytes) -> tuple[bytes, ...]:
    """Pieces from all over it, long enough that nothing else has them."""
    return tuple(content[at : at + 24] for at in range(600, len(content) - 24, 5_000))


def block(page: Page) -> Locator:
    return page.locator("#photographs")


def agree(page: Page, place: str = "kitchen") -> None:
    block(page).locator("summary").click()
    block(page).get_by_label("Who agreed?").fill("Kelly")
    block(page).get_by_label("They agreed to photographs of the room").check()
    block(page).locator("#photograph-place").select_option(place)


def take(page: Page, file: Path | dict) -> None:
    with page.expect_file_chooser() as choosing:
        block(page).get_by_role("button", name="Take a photograph").click()
    assert choosing.value.element.get_attribute("capture") == "environment"
    choosing.value.set_files(file)  # type: ignore[arg-type]
    expect(page.locator("#photograph-said")).not_to_have_text("Working on the photograph")


def said(page: Page) -> Locator:
    return page.locator("#photograph-said")


def test_a_photograph_goes_from_the_room_to_the_desk_and_stands_nowhere_in_clear(
    tablet: Tablet, service: Service, place: Place, playwright: Playwright, tmp_path: Path
) -> None:
    camera = from_a_camera(tmp_path / "camera.jpg")
    words = ready(tablet, service, place)
    page = tablet.page
    where = begin(page)
    choose(page.locator("#form"), "outcome", "completed")

    block(page).locator("summary").click()
    block(page).get_by_role("button", name="Take a photograph").click()
    expect(block(page)).to_contain_text("Write down first who agreed")
    block(page).get_by_label("Who agreed?").fill("Kelly")
    block(page).get_by_role("button", name="Take a photograph").click()
    expect(said(page)).to_contain_text("Tick first")
    block(page).get_by_label("They agreed to photographs of the room").check()
    block(page).get_by_role("button", name="Take a photograph").click()
    expect(said(page)).to_contain_text("Choose first which place")
    tablet.looks_right()
    block(page).locator("#photograph-place").select_option("kitchen")

    take(page, {"name": "list.txt", "mimeType": "text/plain", "buffer": b"no picture"})
    expect(said(page)).to_contain_text("cannot read that file as a picture")
    take(page, camera)
    expect(said(page)).to_contain_text("Encrypted and kept on this tablet")
    block(page).get_by_label("What does it show?").fill("The cooker has no guard")
    saved(page)
    tablet.looks_right()
    tablet.kill()
    as_draft = shutil.copytree(tablet.profile, tmp_path / "as-draft", symlinks=True)

    page = open_offline(tablet, service, words, where)
    expect(block(page).get_by_label("What does it show?")).to_have_value("The cooker has no guard")
    shown = block(page).get_by_role("img", name="Photograph: Kitchen")
    expect(shown).to_have_js_property("height", 720)
    expect(shown).to_have_js_property("width", 360)  # upright
    page.get_by_role("button", name="Take this photograph out").click()
    expect(block(page).locator("canvas")).to_have_count(0)
    page.locator("#undo").click()
    expect(page.locator("#undone")).to_contain_text("Taken back: A photograph, from nothing to Kitchen, “The cooker has no guard”.")
    expect(block(page).locator("canvas")).to_have_count(1)
    tablet.looks_right()

    finish(page)
    expect(page.locator("[data-waiting]")).to_contain_text("1 photograph, sent after the visit. A copy of this visit does not hold it.")
    tablet.looks_right()
    tablet.kill()
    as_sealed = shutil.copytree(tablet.profile, tmp_path / "as-sealed", symlinks=True)
    assert len(service.rows("SELECT id FROM submission")) == 1  # the earlier visit only

    service.start()
    page = tablet.open(f"{service.origin}/tablet/")  # and nobody unlocks it
    expect(page.locator("#state")).to_have_text("Everything is sent")
    [kept] = service.rows("SELECT * FROM photograph")
    tablet.kill()
    picture = bytes(kept["bytes"])
    with Image.open(io.BytesIO(picture)) as redrawn:
        assert (redrawn.format, redrawn.size, dict(redrawn.getexif())) == ("JPEG", (800, 1600), {})
    assert b"Exif" not in picture
    assert b"cormorant" not in picture
    assert service.rows("SELECT sha256 FROM photograph_piece") == []

    looked_for = (*cuts(picture), *cuts(camera.read_bytes()), b"cormorant", b"no guard", "no guard".encode("utf-16-le"))
    assert len(looked_for) > 100
    for disk in (as_draft, as_sealed, tablet.profile):
        assert profile.holds(disk, looked_for) == set()

    desk = Tablet(playwright, tmp_path / "desk", NOW)
    try:
        page = at_the_desk(desk, service, place)
        page.goto(f"{service.origin}/visits/{kept['submission']}")
        shown = page.get_by_role("img", name="Photograph. Kitchen: The cooker has no guard")
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("naturalWidth", 800)
        expect(page.get_by_text("Agreed to by Kelly, 23 November 2026")).to_be_visible()
        assert desk.violations() == "[]"
    finally:
        desk.kill()
    reads = service.rows("SELECT actor, household FROM journal WHERE kind = 'read.photograph'")
    assert reads == [{"actor": place.practitioner, "household": place.household}]


STORE = """(content) => new Promise((done) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const opening = indexedDB.open('plain', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('photographs', { autoIncrement: true });
  opening.onsuccess = () => {
    const tx = opening.result.transaction('photographs', 'readwrite', { durability: 'strict' });
    tx.objectStore('photographs').add({ bytes });
    for (let at = 0; at < bytes.length; at += 65536) tx.objectStore('photographs').add({ piece: bytes.slice(at, at + 65536) });
    tx.oncomplete = done;
  };
})"""


def test_the_search_finds_a_photograph_that_is_not_encrypted(tablet: Tablet, service: Service) -> None:
    """The control: without it, finding nothing would prove nothing."""
    import base64

    picture = jpeg(800, 600)
    page = tablet.open(f"{service.origin}/tablet/manifest.webmanifest")
    page.evaluate(STORE, base64.b64encode(picture).decode())
    tablet.kill()
    looked_for = cuts(picture)
    assert profile.holds(tablet.profile, looked_for) == set(range(len(looked_for)))


def test_what_is_taken_back_or_discarded_comes_back_with_its_photograph(
    tablet: Tablet, service: Service, place: Place, tmp_path: Path
) -> None:
    tablet.size = PHONE
    ready(tablet, service, place)
    page = tablet.page
    begin(page)
    agree(page, "stairs")
    take(page, from_a_camera(tmp_path / "camera.jpg"))
    block(page).get_by_label("What does it show?").fill(HOSTILE)
    take(page, {"name": "two.png", "mimeType": "image/png", "buffer": png()})
    saved(page)
    expect(block(page).locator("canvas")).to_have_count(2)
    tablet.looks_right()
    pressed = block(page).locator(":is(button, select, summary, .nhsuk-input, .app-options label)").all()
    assert [one.evaluate("one => one.outerHTML") for one in pressed if one.bounding_box()["height"] < 44] == []  # type: ignore[index]

    block(page).get_by_label("They agreed to photographs of the room").click()
    page.get_by_role("dialog", name="They no longer agree?").get_by_role("button", name="Take all 2 photographs out").click()
    expect(block(page).locator("canvas")).to_have_count(0)
    saved(page)
    page.locator("#undo").click()
    expect(block(page).locator("canvas")).to_have_count(2)
    expect(block(page).get_by_label("They agreed to photographs of the room")).to_be_checked()
    page.locator("h1").click()  # what was said of it stands over the link
    expect(see_changes(page).first).to_contain_text("A photograph")
    tablet.looks_right()
    page.get_by_role("link", name="Back to the visit").click()

    page.get_by_role("button", name="Discard this visit").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard this visit").click()
    page.get_by_role("link", name="Your families").click()
    page.get_by_role("link", name="Waiting and sent").click()
    page.get_by_role("button", name="Bring this visit back").click()
    page.get_by_role("link", name="Wrenfield").click()
    expect(block(page).locator("canvas")).to_have_count(2)
    expect(block(page).get_by_label("What does it show?").first).to_have_value(HOSTILE)

    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#words")).to_be_visible()
    expect(page.locator("canvas")).to_have_count(0)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (30, 20), (200, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


FULL = """() => {
  const put = window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row, ...more) {
    if (row.store === 'photograph' || this.name === 'pieces') throw new DOMException('full', 'QuotaExceededError');
    return put.call(this, row, ...more);
  };
}"""
"""Storage that has room for what is small and none for a photograph."""


def test_no_photograph_holds_up_a_visit(tablet: Tablet, service: Service, place: Place, tmp_path: Path) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    begin(page)
    agree(page)
    camera = from_a_camera(tmp_path / "camera.jpg")
    page.evaluate(FULL)
    take(page, camera)
    expect(said(page)).to_contain_text("The photograph is not kept")
    tablet.looks_right()
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    take(page, camera)
    saved(page)
    page.evaluate(FULL)
    finish(page)
    expect(page.locator("#state")).to_contain_text("1 waiting to be sent, 1 photograph waiting to be sent")
    service.start()
    tablet.context.set_offline(False)
    expect(page.locator("[data-sent]")).to_contain_text("The receipt matches.")
    expect(page.locator("[data-photographs]")).to_contain_text("0 of 1 photograph sent. There was no room on this tablet")
    tablet.looks_right()
    tablet.kill()
    page = open_online(tablet, service, words)
    page.get_by_role("link", name="Waiting and sent").first.click()
    expect(page.locator("[data-sent]")).to_contain_text("Its photograph is sent. The receipts match.")
    assert len(service.rows("SELECT id FROM photograph")) == 1


def test_one_that_the_service_does_not_take_is_counted_says_why_and_holds_up_nothing(
    tablet: Tablet, service: Service, place: Place, tmp_path: Path
) -> None:
    refused: list[str] = ["the first"]

    @service.app.before_request
    def refuse() -> None:
        if not request.path.endswith("/missing"):
            return
        id = request.path.split("/")[-2]
        if refused[0] in ("the first", id):
            refused[0] = id
            raise problem("photograph_unreadable", what="seal")

    ready(tablet, service, place)
    page = tablet.page
    begin(page)
    choose(page.locator("#form"), "outcome", "completed")
    agree(page)
    for _ in range(3):
        take(page, from_a_camera(tmp_path / "camera.jpg"))
    finish(page)
    service.start()
    tablet.context.set_offline(False)
    waits = page.locator("[data-photographs]")
    expect(waits).to_contain_text("2 of 3 photographs sent. Of the others: Tried once")
    expect(waits).to_contain_text("it is not what the visit speaks of. It is kept here, and the others go on: tell your supervisor.")
    expect(page.locator("[data-sent]")).to_contain_text("The receipt matches.")
    expect(page.locator("#state")).to_have_text("1 photograph waiting to be sent")
    tablet.looks_right()
    refused[0] = "none"
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("[data-sent]")).to_contain_text("All 3 photographs are sent. The receipts match.")
    expect(page.locator("#state")).to_have_text("Everything is sent")


def test_signing_out_and_being_taken_out_of_use_cost_no_photograph(tablet: Tablet, service: Service, place: Place, tmp_path: Path) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Visit not completed").click()
    choose(page.locator("#form"), "outcome", "cancelled_by_service")
    agree(page, "outside")
    take(page, from_a_camera(tmp_path / "camera.jpg"))
    page.get_by_role("button", name="Check and finish").click()
    expect(page.get_by_role("dialog")).to_contain_text("With it goes its photograph")
    tablet.looks_right()
    page.get_by_role("button", name="Finish and seal").click()
    expect(page.locator("[data-waiting]")).to_have_count(1)
    [device] = service.rows("SELECT id FROM device")
    devices.revoke(service.wired, people.SYSTEM, device["id"])

    tablet.context.clear_cookies()  # while there is no network: with a sign-in the visit would go at once
    service.start()
    tablet.context.set_offline(False)
    page.goto(f"{service.origin}/sign-in")
    page.locator("input[name=username]").fill(place.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{service.origin}/families")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{service.origin}/tablet/")
    opens_nothing(tablet, words, "taken out of use")
    expect(page.locator("#state")).to_have_text("1 waiting to be sent, 1 photograph waiting to be sent")
    tablet.looks_right()
    tablet.kill()

    devices.restore(service.wired, people.SYSTEM, device["id"])
    page = tablet.open(f"{service.origin}/tablet/")
    expect(page.locator("#state")).to_have_text("Everything is sent")
    assert len(service.rows("SELECT id FROM photograph")) == 1


def open_online(tablet: Tablet, service: Service, words: str) -> Page:
    page = tablet.open(f"{service.origin}/tablet/")
    page.locator("#words").fill(words)
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("#words")).to_have_count(0)
    return page
