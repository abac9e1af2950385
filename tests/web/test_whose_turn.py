"""Who stands in, what is mine now, and how far something has climbed: recorded on screens and said there."""

import re
from html import unescape

import pytest

from tests.web import place
from tests.web.conftest import Enter, Visitor
from visitapp.domain.moments import later
from visitapp.flow import ladder, stuck
from visitapp.store import duties
from visitapp.web.screens import oversight
from visitapp.wiring import Wired

HOSTILE = ['<b>bold</b> & "quoted"', "🧸" * 40, "‮שלום ہے", "x" * 10_000]


def on(name: str, day: str) -> dict[str, str]:
    year, month, number = day.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


SPAN = on("from_on", "2026-11-22") | on("to_on", "2026-11-29")


def overdue(wired: Wired, hours: int = 9) -> None:
    """Something of the family that was due so long ago, and has climbed."""
    with wired.engine.write() as tx:
        duties.owe(
            tx, subject="see:f-1:p-1", kind="see_child", what="See Isla awake", due_at=later(place.NOW, hours=-hours), at=place.BEFORE,
            actor="service", household=place.FAMILY, owner_account="hv",
        )  # fmt: skip
    ladder.climb(wired)


def record(client: Visitor, path: str, said: dict[str, str], status: int = 302) -> str:
    response = client.post(path, data=said)
    assert response.status_code == status, response.text[:3000]
    return response.text


def test_leave_rota_and_posts_are_recorded_and_shown(enter: Enter, wired: Wired) -> None:
    hv, lead = enter("hv"), enter("lead")
    record(hv, "/cover/leave", SPAN | {"account": "hv", "deputy": "midwife"})
    record(lead, "/cover/team/weekend", SPAN | {"account": "nurse"})
    record(lead, "/cover/team/post", on("from_on", "2026-01-01") | {"post": "named_nurse", "name": "Ruth Named", "email": "r@icb.example"})
    overdue(wired)
    for path in ("/today", f"/families/{place.FAMILY}", "/families"):
        assert "Worker Hv, on leave: Worker Midwife stands in" in lead.get(path).text, path
    page = hv.get("/cover").text
    for words in ("Worker Midwife</span>", "stands in", "Worker Nurse", "Ruth Named", "Nobody is named: it goes on to the next"):
        assert words.removesuffix("</span>") in page, words
    assert "/cover/team/post" not in page
    end = page.split('action="')[-1].split('"')[0]
    assert hv.post(end).status_code == 302
    assert "Nobody’s leave is recorded" in hv.get("/cover").text


WRONG = [
    ("/cover/leave", SPAN | {"account": "hv", "deputy": ""}, "Choose who stands in"),
    ("/cover/leave", SPAN | on("to_on", "2026-11-21") | {"account": "hv", "deputy": "midwife"}, "cannot be before the first"),
    ("/cover/team/weekend", SPAN | {"account": "west"}, "Choose somebody of the team"),
    ("/cover/team/post", on("from_on", "2026-01-01") | {"post": "designated", "name": "N"}, "Enter where they are told"),
    ("/cover/team/post", on("from_on", "2026-02-31") | {"post": "designated", "name": "kept as typed"}, "kept as typed"),
]


def test_what_is_wrong_stands_beside_its_field_as_typed(enter: Enter) -> None:
    lead = enter("lead")
    for path, said, message in WRONG:
        assert message in record(lead, path, said, 422)


def test_every_text_meets_what_people_paste(enter: Enter) -> None:
    lead = enter("lead")
    for text in HOSTILE:
        record(
            lead,
            "/cover/team/post",
            on("from_on", "2026-01-01") | {"post": "designated", "name": text, "email": "r@icb.example", "phone": text},
        )
        assert lead.get("/cover").status_code == 200


def test_rota_and_posts_are_a_supervisors_and_no_teams_page_is_anothers(enter: Enter) -> None:
    assert enter("hv").get("/cover/team/post").status_code == 403
    assert enter("hv").post("/cover/team/weekend", data=SPAN | {"account": "hv"}).status_code == 403
    assert enter("duty").get("/mine").status_code == 403
    assert enter("lead").get("/cover/team/throne").status_code == 404
    assert enter("west").post("/cover/leave/nothing/end").status_code == 404


def test_what_has_climbed_stands_on_its_owners_list_the_supervisors_and_the_familys_page(enter: Enter, wired: Wired) -> None:
    overdue(wired)
    lead, west = enter("lead"), enter("west")
    page = lead.get("/mine").text  # a Sunday with nobody on the rota: the supervisor answers
    assert "See Isla awake" in page
    assert "nobody is on the weekend rota" in page
    assert "See Isla awake" not in enter("hv").get("/mine").text
    shown = enter("hv").get(f"/families/{place.FAMILY}").text
    for words in ("Overdue, and who was told", "Supervisor: Worker Lead was told", "Named nurse: nobody is there, it went on to the next"):
        assert words in shown, words
    assert "See Isla awake" not in west.get("/mine").text
    assert [row["kind"] for row in place.reads(wired) if row["household"] == place.FAMILY and row["kind"] == "read.mine"]


def test_status_shows_a_supervisor_their_own_teams_stuck_things(enter: Enter, wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    overdue(wired)
    json = {"Accept": "application/json"}
    assert [one["what"] for one in enter("lead").get("/status", headers=json).json["stuck"]] == ["overdue_see_child"]
    assert [one["what"] for one in enter("admin").get("/status", headers=json).json["stuck"]] == ["overdue_see_child"]
    for where in (stuck, oversight):
        monkeypatch.setattr(where, "MOST_OVERDUE", 1)
    for who in ("lead", "admin"):
        assert "the oldest 1 are here" in enter(who).get("/status").text


def test_everybodys_own_list_is_shown_by_page_and_each_once(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        for number in range(45):
            duties.owe(
                tx, subject=f"help:{number}", kind="help", what=f"Number {number:02}.", due_at=later(place.NOW, hours=number // 2),
                at=place.BEFORE, actor="service", household=place.FAMILY, owner_account="hv",
            )  # fmt: skip
    hv, path, found = enter("hv"), "/mine", []
    while path:
        page = hv.get(path).text
        assert "(45)" in page
        found.append(re.findall(r"Number \d\d", page))
        more = re.search(r'href="(/mine[?]list=owed[^"]*)"', page)
        path = unescape(more[1]) if more else ""
    assert [len(one) for one in found] == [20, 20, 5]
    assert len({one for page in found for one in page}) == 45
    assert hv.get("/mine?list=everything").status_code == 404
