"""Where a family lives and how it is reached, on the screens and on the tablet: nothing typed is lost, nobody of another team gets in, and
what is recorded is read again where it counts."""

import re
from typing import Any

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_arrangements import HOSTILE
from visitapp.wiring import Wired

HERE = f"/families/{place.FAMILY}"
PAGES = ("move", "moved", "kept-back", "phone", "second-home")
SINCE = {"from_on-day": "20", "from_on-month": "11", "from_on-year": "2026"}
WEST = {"address": "7 Fen Lane", "postcode": "WF2 1AA", "area": "westfen", **SINCE}


def test_nobody_of_another_team_opens_or_records_any_of_it(enter: Enter) -> None:
    west, admin = enter("west"), enter("admin")
    for page in (*PAGES, "homes/1/error", "phone/x/end", "second-home/x/end"):
        assert west.get(f"{HERE}/{page}").status_code == 404
        assert admin.get(f"{HERE}/{page}").status_code == 403
        if page != "moved":
            assert west.post(f"{HERE}/{page}", data=WEST | {"why": "x", "kept_back": "yes", "number": "1"}).status_code in (404, 422)
    assert enter("hv").get(f"{HERE}/homes/99999/error").status_code == 404


def test_a_move_to_another_area_says_what_it_changes_and_offers_the_transfer(enter: Enter, wired: Wired) -> None:
    hv = enter("hv")
    wrong = hv.post(f"{HERE}/move", data=WEST | {"from_on-day": "31"})
    assert wrong.status_code == 422
    assert "7 Fen Lane" in wrong.text
    assert hv.post(f"{HERE}/move", data=WEST).location == f"{HERE}/moved"
    page = hv.get(f"{HERE}/moved").text
    assert "goes to Front door of Westfen" in page
    link = re.search(r'href="(/families/f-1/handover\?[^"]+)"', page)
    assert link
    form = hv.get(link.group(1).replace("&amp;", "&")).text
    assert re.search(r'value="transfer"[^>]* selected', form)
    assert re.search(r'value="team:west" selected', form)
    assert "The family lives in Westfen" in hv.get(HERE).text
    assert "lives in Westfen now. Offer it" in hv.get("/mine").text
    people = hv.get(f"{HERE}/people").text
    [first, second] = re.findall(rf'href="({HERE}/homes/\d+/error)"', people)[::-1]
    filled = hv.get(second).text
    assert "7 Fen Lane" in filled
    assert 'value="2026"' in filled
    assert hv.post(first, data={"why": "It was Mill Road."}).location == f"{HERE}/moved", "they moved all the same"
    assert "<strong>Recorded in error:</strong>" in hv.get(f"{HERE}/people").text
    said = hv.get(f"{HERE}?show=people").text
    assert "An address was put right" in said
    assert "Recorded in error" in said


def test_the_tablet_has_the_new_address_the_numbers_and_when_each_may_be_used(enter: Enter) -> None:
    hv = enter("hv")
    about = hv.get(f"{HERE}/phone?about=p-2").text
    assert 'value="07700 900456"' in about
    assert hv.post(f"{HERE}/phone", data={"number": "07700 900456", "person": "p-2", "safe": "at_times"}).status_code == 422
    for said in (
        {"number": "07700 900456", "person": "p-2", "safe": "at_times", "times": "Weekdays before three"},
        {"number": "01632 960777", "whose": "Rose, the grandmother", "safe": "never"},
    ):
        assert hv.post(f"{HERE}/phone", data=said).status_code == 302
    assert hv.post(f"{HERE}/move", data=WEST | {"area": "eastmoor"}).location == f"{HERE}/people"
    second = {"person": "p-1", "with_whom": "Jon, her father", "days": "Fridays", "address": "Above the bakery", **SINCE}
    assert hv.post(f"{HERE}/second-home", data=second).location == f"{HERE}/people"
    family = tablet(hv)
    assert family["address"] == "7 Fen Lane"
    assert [(one["whose"] if not one["person"] else one["person"], one["words"], one["never"]) for one in family["phones"]] == [
        ("Rose, the grandmother", "Do not phone this number", True), ("p-2", "Phone only: Weekdays before three", False),
    ]  # fmt: skip
    assert "Isla also lives with Jon, her father: Fridays" in family["memory"]["lines"]
    assert "bakery" not in str(family)
    page = hv.get(HERE).text
    assert "Weekdays before three" in page
    assert "Do not phone this number" in page
    over = hv.get(f"{HERE}/people").text
    assert "Above the bakery" in over
    [end] = re.findall(rf'href="({HERE}/second-home/[^"]+/end)"', over)
    on = {"on_date-day": "21", "on_date-month": "11", "on_date-year": "2026"}
    assert hv.post(end, data=on | {"why": "He moved."}).location == f"{HERE}/people"
    assert hv.get(end).status_code == 404
    [gone, *_] = re.findall(rf'href="({HERE}/phone/[^"]+/end)"', page)
    assert hv.post(gone, data={"why": ""}).status_code == 422
    assert hv.post(gone, data={"why": "Lost."}).status_code == 302


def tablet(hv: Any) -> dict[str, Any]:
    return next(one for one in hv.get("/tablet/api/caseload").json["families"] if one["household"] == place.FAMILY)


def test_that_the_address_is_kept_back_is_said_on_the_page_and_in_no_chronology(enter: Enter, wired: Wired) -> None:
    hv = enter("hv")
    assert hv.post(f"{HERE}/kept-back", data={"kept_back": "yes", "why": "Her brother looks for her."}).location == f"{HERE}/people"
    assert "Her brother looks for her." in hv.get(f"{HERE}/people").text
    assert "brother" not in hv.get(HERE).text
    with wired.engine.read() as tx:
        kinds = {row["kind"] for row in tx.all("SELECT kind FROM journal WHERE household = :h", h=place.FAMILY)}
    assert {"read.people", "address_kept_back"} <= kinds


def test_what_was_typed_is_shown_as_it_was(enter: Enter) -> None:
    hv = enter("hv")
    for text in HOSTILE:
        for page, said in (
            ("move", WEST | {"address": text, "postcode": text, "area": "eastmoor"}),
            ("kept-back", {"kept_back": "yes", "why": text}),
            ("phone", {"number": "1", "whose": text, "safe": "at_times", "times": text}),
            ("second-home", {"person": "p-1", "with_whom": text, "days": text, "address": text, **SINCE}),
        ):  # fmt: skip
            assert hv.post(f"{HERE}/{page}", data=said).status_code in (302, 422)
        for page in ("", "/people", "?show=people"):
            shown = hv.get(f"{HERE}{page}")
            assert shown.status_code == 200
            assert "<b>bold" not in shown.text
