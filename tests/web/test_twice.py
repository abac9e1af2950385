"""One person recorded twice, on the screens: both entries in view before it is done, said afterwards, taken back, and nothing is lost."""

import re

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_arrangements import HOSTILE
from visitapp.store import households, people
from visitapp.wiring import Wired

HERE = f"/families/{place.FAMILY}"


def again(w: Wired) -> None:
    with w.engine.write() as tx:
        people.add_person(tx, id="p-9", **place.STAMP)
        households.add_member(tx, id="p-9@f-1", household=place.FAMILY, person="p-9", role="child", from_on="2026-11-02", **place.STAMP)
        people.add_detail(
            tx, person="p-9", household=place.FAMILY, given_names="Ayla", family_name="Ashdown", born_on="2026-09-20",
            nhs_number="9990000026", **place.STAMP,
        )  # fmt: skip


def test_both_entries_stand_in_view_and_one_stands_afterwards(enter: Enter, wired: Wired) -> None:
    again(wired)
    hv, west = enter("hv"), enter("west")
    assert f"{HERE}/twice" in hv.get(HERE).text
    for path in ("twice", "twice/x/error"):
        assert west.get(f"{HERE}/{path}").status_code == 404
        assert west.post(f"{HERE}/{path}", data={"stands": "p-1", "other": "p-9", "why": "x"}).status_code == 404
    assert "They are one person" not in hv.get(f"{HERE}/twice").text
    page = hv.get(f"{HERE}/twice?stands=p-1&other=p-9").text
    assert "This one is read as it" in page
    assert "They have two NHS numbers" in page
    wrong = hv.post(f"{HERE}/twice", data={"stands": "p-1", "other": "p-9", "why": " "})
    assert wrong.status_code == 422
    assert "This one is read as it" in wrong.text
    assert hv.post(f"{HERE}/twice", data={"stands": "p-1", "other": "p-2", "why": "x"}).status_code == 422
    assert hv.post(f"{HERE}/twice", data={"stands": "p-1", "other": "p-9", "why": "One red book."}).location == f"{HERE}/people"
    people_page = hv.get(f"{HERE}/people").text
    assert "Also as Ayla Ashdown, born 20 September 2026, NHS number 999 000 0026" in people_page
    assert "Isla Ashdown was recorded twice: one entry stands" in hv.get(HERE).text
    assert "Ayla" not in re.sub(r"(?s)<ol.*?</ol>", "", hv.get(HERE).text), "she belongs to the family once"
    [error] = re.findall(rf'href="({HERE}/twice/[^"]+/error)"', people_page)
    assert hv.post(error, data={"why": ""}).status_code == 422
    assert hv.post(error, data={"why": "Two babies after all."}).location == f"{HERE}/people"
    assert hv.get(error).status_code == 404
    assert "are two people after all" in hv.get(HERE).text
    assert "Ayla" in hv.get(f"{HERE}/siblings").text
    kinds = {row["kind"] for row in place.reads(wired) if row["household"] == place.FAMILY and row["actor"] == "hv"}
    assert "read.same" in kinds


def test_what_was_typed_is_shown_as_it_was(enter: Enter, wired: Wired) -> None:
    again(wired)
    hv = enter("hv")
    for text in HOSTILE:
        assert hv.post(f"{HERE}/twice", data={"stands": "p-1", "other": "p-9", "why": text}).status_code == 302
        [error] = re.findall(rf'href="({HERE}/twice/[^"]+/error)"', hv.get(f"{HERE}/people").text)
        assert hv.post(error, data={"why": text}).status_code == 302
        assert "<b>bold" not in hv.get(HERE).text
