"""A copy of the record for a parent: gone through by one, checked by another, given by hand; what was taken out is nowhere in the file."""

import hashlib
from io import BytesIO

import pikepdf
import pytest
from flask.testing import FlaskClient
from pikepdf import pdfa
from PIL import Image

from tests.letter.reading import pages
from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_photographs import consented, taken
from visitapp.domain.record_requests import AFTER, EVENTS, answer_by, state, without
from visitapp.domain.referrals import REQUESTED
from visitapp.domain.working_days import is_working_day
from visitapp.letter.blocks import LetterContent, Paragraph, Section
from visitapp.store import duties, households, letters, people, photographs
from visitapp.wiring import Wired

NEW = f"/families/{place.FAMILY}/copies/new"
ASKED = {
    "person": "p-2",
    "received_on-day": "20",
    "received_on-month": "11",
    "received_on-year": "2026",
    "identity": "I know her",
    "said": "",
}
SECRET, OTHERS = "Afraid of the uncle Zebedee", "Partner drinks vodka"
HOSTILE = "<b>Kettle</b> \u202eשלום 👩🏽‍🍼 on the stove"


@pytest.fixture
def visited(app: object, wired: Wired) -> None:
    with wired.engine.write() as tx:
        people.add_person(tx, id="p-9", **place.STAMP)
        households.add_member(tx, id="m-9", household=place.FAMILY, person="p-9", role="partner", from_on="2026-01-02", **place.STAMP)
        people.add_detail(tx, person="p-9", household=place.FAMILY, given_names="Quentin", family_name="Marlowe", **place.STAMP)
    placed = wired.catalogue.form("home_visit", 1).placed
    text = [id for id, (one, parent) in placed.items() if one.kind == "text" and parent is None and not one.confidential]
    inner, rows = next((id, parent) for id, (one, parent) in placed.items() if one.kind == "text" and parent and not one.confidential)
    apart = {"id": "r-1", "person": "p-2", "answers": {"abuse_said": {"value": SECRET}}}
    other = {"id": "r-2", "person": "p-9", "answers": {inner: {"value": OTHERS}}}
    said = {text[0]: {"value": HOSTILE}, text[1]: {"value": "Quentin slept here. " + "x" * 10_000}}
    place.visit(wired, answers=said | {"adults": {"rows": [apart]}, rows: {"rows": [other]}})


def asked(client: FlaskClient) -> str:
    answer = client.post(NEW, data=ASKED)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.location


def field(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def shown(client: FlaskClient, here: str) -> dict[str, str]:
    """What an entry's page sends back for what it showed."""
    return {"shown": field(client.get(here).get_data(as_text=True), "shown")}


def gone_through(client: FlaskClient, path: str, **chosen: str) -> None:
    """Every entry kept as it is proposed, and each photograph as chosen."""
    while (here := client.get(f"{path}/next").location) != path:
        page = client.get(here).get_data(as_text=True)
        pictures = {one.split('"')[0]: chosen for one in page.split('name="does:photograph/')[1:]}
        typed = {f"{part}:photograph/{id}": value for id, each in pictures.items() for part, value in each.items()}
        assert client.post(here, data=typed | {"shown": field(page, "shown")}).status_code == 302


def read_by(client: FlaskClient, path: str) -> None:
    """Every page of the copy read by the second person."""
    while "/check" in (here := client.get(f"{path}/check/next").location) and "#" not in here:
        page = client.get(here).get_data(as_text=True)
        key = {name: field(page, name) for name in ("before", "seq") if f'name="{name}"' in page}
        assert client.post(f"{path}/check/read", data=key | {"shown": field(page, "shown")}).status_code == 302


def everywhere(file: bytes) -> bytes:
    """Every byte of a file as it is and as its streams say, and the words that are read out."""
    whole = pikepdf.open(BytesIO(file))
    inside = [one.read_bytes() for one in whole.objects if isinstance(one, pikepdf.Stream)]
    said = " ".join(str(one) for one in whole.objects) + "".join(pages(file))
    return b"\n".join([file, *inside, said.encode(), said.encode("utf-16-be")])


@pytest.mark.usefixtures("visited")
def test_from_the_request_to_the_parents_hand(enter: Enter, wired: Wired) -> None:
    hv, lead = enter("hv"), enter("lead")
    path = asked(hv)
    assert "20 December 2026" not in hv.get(path).get_data(as_text=True)  # a Sunday
    assert "21 December 2026" in hv.get(path).get_data(as_text=True)
    assert "Go through every entry first" in hv.post(f"{path}/for-check", data={"answer": "copy"}).get_data(as_text=True)
    gone_through(hv, path)
    grounds = hv.post(f"{path}/for-check", data={"answer": "copy", "grounds": "yes"})  # of what was said in confidence none is said
    assert "A place without its ground would tell of it" in grounds.get_data(as_text=True)
    assert hv.post(f"{path}/for-check", data={"answer": "copy"}).status_code == 302
    assert f'href="{path}"' in lead.get("/mine").get_data(as_text=True)
    refused = hv.post(f"{path}/check", data={"agrees": "yes"})
    assert refused.status_code == 422
    assert "cannot check it" in refused.get_data(as_text=True)
    page = lead.get(f"{path}/taken-out").get_data(as_text=True)
    for words in (SECRET, OTHERS, "Quentin Marlowe"):
        assert words in page
    unread = lead.post(f"{path}/check", data={"agrees": "yes"})
    assert "Read every page first" in unread.get_data(as_text=True)
    read_by(lead, path)
    assert lead.post(f"{path}/check", data={"agrees": "yes"}).status_code == 302
    with wired.engine.read() as tx:
        paper = tx.one("SELECT bytes FROM paper")
        assert {row["kind"] for row in duties.of_household(tx, place.FAMILY)} == {"record_request"}
    assert paper
    read = "".join(pages(file := bytes(paper["bytes"])))
    assert pdfa.check(pikepdf.open(BytesIO(file)), "2b").findings == []
    for words in ("Copy of the record: for Ada Okoro", "Isla Ashdown", "Kettle", "passages were taken out", "[Taken out]"):
        assert words in read
    found = everywhere(file)
    for words in ("Zebedee", "Afraid", "vodka", "Quentin", "Marlowe", "slept here"):
        for form in (words.encode(), words.encode("utf-16-be")):
            assert form not in found, words
    given = {"on_date-day": "21", "on_date-month": "11", "on_date-year": "2026", "how": "To her, at home"}
    assert hv.post(f"{path}/give", data=given).status_code == 302
    with wired.engine.read() as tx:
        assert duties.of_household(tx, place.FAMILY) == []


@pytest.mark.usefixtures("visited")
def test_one_entry_is_decided_item_by_item_and_nothing_typed_is_lost(enter: Enter, wired: Wired) -> None:
    lead = enter("lead")
    path = asked(lead)
    with wired.engine.read() as tx:
        visit = tx.one("SELECT seq FROM submission WHERE id = :id", id=place.VISIT)
    assert visit
    here = f"{path}/entries/{visit['seq']}"
    key = next(
        line.split('name="does:')[1].split('"')[0]
        for line in lead.get(here).get_data(as_text=True).split("<")
        if 'name="does:' in line and "adults" not in line
    )
    now = shown(lead, here)
    assert "Read it again" in lead.post(here, data={f"does:{key}": "shown"}).get_data(as_text=True)  # passed without its page
    wrong = lead.post(
        here, data=now | {f"does:{key}": "words", f"words:{key}": "Teapot", f"reason:{key}": "third_party", f"why:{key}": "<i>Ask</i>"}
    )
    assert wrong.status_code == 422
    page = wrong.get_data(as_text=True)
    assert "do not stand in the text" in page
    assert "Teapot</textarea>" in page
    assert "&lt;i&gt;Ask" in page
    assert lead.post(here, data=now | {f"does:{key}": "out"}).status_code == 422  # no reason
    words = {f"does:{key}": "words", f"words:{key}": "KETTLE", f"reason:{key}": "third_party"}
    assert lead.post(here, data=now | words).status_code == 302
    assert "Words taken out" in lead.get(here).get_data(as_text=True)


@pytest.mark.usefixtures("app")
def test_letters_and_photographs_are_in_it_and_nothing_stays_that_nobody_looked_at(enter: Enter, wired: Wired) -> None:
    hv, lead = enter("hv"), enter("lead")
    place.visit(wired, photographs=consented(taken(1, caption="Where Isla sleeps"), taken(2, place="kitchen"), taken(3, lost=True)))
    for number in (1, 2):
        kept(wired, number)
    letter(wired)
    path = asked(hv)
    page = hv.get(here := hv_entry(hv, path)).get_data(as_text=True)
    assert page.count("/photographs/") == 2
    picture = next(one.split('"')[0] for one in page.split('src="')[1:] if one.startswith("/copies/"))
    assert hv.get(picture).mimetype == "image/jpeg"
    assert enter("west").get(picture).status_code == 404
    assert hv.get(picture[:-1] + "f").status_code == 404
    nobody_looked = hv.post(here, data=shown(hv, here))
    assert "Look at the photograph" in nobody_looked.get_data(as_text=True)
    gone_through(hv, path, does="shown")
    assert hv.post(f"{path}/for-check", data={"answer": "copy"}).status_code == 302
    read_by(lead, path)
    assert lead.post(f"{path}/check", data={"agrees": "yes"}).status_code == 302
    with wired.engine.read() as tx:
        paper = tx.one("SELECT bytes FROM paper")
    assert paper
    file = bytes(paper["bytes"])
    whole = pikepdf.open(BytesIO(file))
    assert pdfa.check(whole, "2b").findings == []
    pictures = [one for one in whole.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    assert len(pictures) == 1  # the same picture twice
    assert b"GPS" not in pictures[0].read_raw_bytes()
    read = "".join(pages(file))
    for said in ("Where Isla sleeps", "The tablet could not keep it", "Letter: Referral", "A kettle stood on the floor"):
        assert said in read, said


@pytest.mark.usefixtures("app")
def test_what_is_passed_together_has_nobody_else_in_it_and_is_kept_with_who_passed_it(enter: Enter, wired: Wired) -> None:
    hv = enter("hv")
    placed = wired.catalogue.form("home_visit", 1).placed
    text = next(id for id, (one, parent) in placed.items() if one.kind == "text" and parent is None)
    place.visit(wired, answers={text: {"value": "Typed"}})
    path = asked(hv)
    page = hv.get(path).get_data(as_text=True)
    assert hv.post(f"{path}/plain", data={"shown": "0" * 32}).status_code == 422
    assert hv.post(f"{path}/plain", data={"shown": field(page, "shown")}).status_code == 302
    with wired.engine.read() as tx:
        passed = {row["entry"] for row in tx.all("SELECT entry FROM record_entry")}
        visit = tx.one("SELECT seq FROM submission")
    assert passed
    assert visit
    assert visit["seq"] not in passed
    assert 0 not in passed
    said = hv.get(f"{path}/entries/{min(passed)}").get_data(as_text=True)
    assert "Passed with others of its page by Worker Hv" in said


@pytest.mark.usefixtures("visited")
def test_what_is_decided_anew_is_read_anew(enter: Enter) -> None:
    hv, lead = enter("hv"), enter("lead")
    path = asked(hv)
    gone_through(hv, path)
    hv.post(f"{path}/for-check", data={"answer": "copy"})
    read_by(lead, path)
    assert lead.post(f"{path}/check", data={"agrees": "no", "reason": "The kettle too"}).status_code == 302
    here = f"{path}/entries/0"
    assert hv.post(here, data=shown(hv, here)).status_code == 302
    assert hv.post(f"{path}/for-check", data={"answer": "copy"}).status_code == 302
    assert lead.get(f"{path}/check/next").location == f"{path}/check"  # the people stand on the first page
    assert lead.post(f"{path}/check/read", data={"shown": "0" * 32}).status_code == 422
    assert hv.post(f"{path}/check/read", data={"shown": "0" * 32}).status_code == 403


def hv_entry(client: FlaskClient, path: str) -> str:
    """The entry with photographs."""
    page = client.get(path).get_data(as_text=True)
    entries = [one.split('"')[0] for one in page.split('href="')[1:] if one.startswith(f"{path}/entries/")]
    return next(one for one in entries if "photographs/" in client.get(one).get_data(as_text=True))


def kept(wired: Wired, number: int) -> None:
    """A photograph that has arrived, with where it was taken written into it."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x8825] = {1: "N", 29: "GPS 2026"}
    Image.new("RGB", (1600, 1200), "teal").save(out, "JPEG", exif=exif)
    with wired.engine.write() as tx:
        photographs.keep(
            tx, submission=place.VISIT, id=str(taken(number)["id"]), household=place.FAMILY, author="hv", device="d", envelope="{}",
            bytes=out.getvalue(), sha256=hashlib.sha256(out.getvalue()).hexdigest(), received_at=place.BEFORE,
        )  # fmt: skip


def letter(wired: Wired) -> None:
    """A letter of which the parents were told."""
    referral = place.referral(wired)
    place.happened(wired, referral, REQUESTED, parents_told="yes")
    said = Section("", (Paragraph("A kettle stood on the floor."),))
    content = LetterContent("R-1", "Referral", "", "en-GB", (said,), (), Section("", ())).as_json()
    with wired.engine.write() as tx:
        letters.add(
            tx, id="l-1", referral=referral, household=place.FAMILY, bytes=b"%PDF", sha256="0" * 64, pages=1, content=content, **place.STAMP
        )  # fmt: skip


def test_a_refusal_is_checked_too_and_a_request_given_back_is_open_again(enter: Enter) -> None:
    hv, lead = enter("hv"), enter("lead")
    path = asked(hv)
    assert hv.post(f"{path}/for-check", data={"answer": "refusal"}).status_code == 422
    refusal = {"answer": "refusal", "ground": "serious_harm", "reason": "The paediatrician says so"}
    assert hv.post(f"{path}/for-check", data=refusal).status_code == 302
    assert lead.post(f"{path}/check", data={"agrees": "no"}).status_code == 422
    assert lead.post(f"{path}/check", data={"agrees": "no", "reason": "Ask the child’s doctor"}).status_code == 302
    assert hv.post(f"{path}/for-check", data=refusal).status_code == 302
    assert lead.post(f"{path}/check", data={"agrees": "yes"}).status_code == 302
    assert hv.post(f"{path}/extend", data={"why": "late"}).status_code == 409
    assert hv.post(f"{path}/withdraw", data={"why": "She phoned"}).status_code == 302


def test_more_time_is_taken_once_and_moves_the_clock(enter: Enter) -> None:
    path = asked(hv := enter("hv"))
    assert hv.post(f"{path}/extend", data={"why": "Ten years; told her today"}).status_code == 302
    assert "22 February 2027" in hv.get(path).get_data(as_text=True)  # the 20th is a Saturday
    assert hv.post(f"{path}/extend", data={"why": "Again"}).status_code == 422


def test_who_may_not_read_what_is_apart_does_not_work_on_a_request(enter: Enter) -> None:
    path = asked(enter("hv"))
    for account in ("midwife", "nurse", "west"):
        assert enter(account).get(NEW).status_code == 404
        assert enter(account).get(path).status_code == 404
        assert enter(account).get(f"{path}/taken-out").status_code == 404
        assert enter(account).get(f"{path}/check").status_code == 404
        assert enter(account).get(f"{path}/check/next").status_code == 404
        for what in ("plain", "check/read", "entries/0"):
            assert enter(account).post(f"{path}/{what}", data={"shown": "x"}).status_code == 404
        assert enter(account).post(f"{path}/withdraw", data={"why": "x"}).status_code == 404
    assert enter("hv").post(NEW, data={}).status_code == 422


def test_the_month_is_counted_as_the_commissioner_counts_it() -> None:
    from datetime import date

    for received, months, by in (
        ("2026-09-03", 1, "2026-10-05"), ("2026-08-31", 1, "2026-09-30"), ("2027-01-31", 1, "2027-03-01"), ("2026-11-25", 1, "2026-12-29"),
        ("2026-11-30", 3, "2027-03-01"),
    ):  # fmt: skip
        assert answer_by(date.fromisoformat(received), months, is_working_day).isoformat() == by


def test_states_and_words() -> None:
    for before, event in AFTER:
        assert event in EVENTS
        assert before is None or before in AFTER.values()
    assert state(["asked", "for_check", "returned", "for_check", "approved", "given"]) == "answered"
    with pytest.raises(ValueError, match="cannot happen"):
        state(["asked", "given"])
    assert without("Aunt  Bea and aunt bea", ["Aunt Bea"], "[…]") == "[…] and […]"
