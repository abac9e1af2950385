"""The lists of referrals: what cannot wait stands first however many are open, nothing is on no page, and a team that has a referral keeps
it in sight while we have not told them that it became graver."""

import re

import pytest

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_graver import became_graver
from visitapp.flow import refer
from visitapp.look import referrals as look
from visitapp.wiring import Wired

OPEN = look.PAGE + 3


@pytest.fixture
def many(wired: Wired) -> list[str]:
    """More than fit on a page, proposed one after another; the last is for tonight."""
    place.visit(wired)
    each = [place.proposal(f"a-{place.VISIT}", place.VISIT, urgency="routine")] * (OPEN - 1)
    with wired.engine.write() as tx:
        found = [refer.open_referral(wired, tx, one, place.BEFORE) for one in (*each, place.proposal(f"a-{place.VISIT}", place.VISIT))]
    return [row["id"] for row in found]


def links(page: str) -> list[str]:
    return re.findall(r'href="/referrals/([^"/]+)"', page)


def test_what_cannot_wait_stands_first_and_every_page_has_the_next(enter: Enter, many: list[str]) -> None:
    hv = enter("hv")
    first = hv.get("/referrals").text
    assert links(first)[0] == many[-1]
    assert len(links(first)) == look.PAGE
    assert f"Our next step ({OPEN})" in first
    more = re.search(r'href="(/referrals\?list=[^"]+)"', first)
    assert more is not None
    second = hv.get(more[1].replace("&amp;", "&")).text
    assert sorted(links(first) + links(second)) == sorted(many)
    assert "list=ours" not in second
    assert 'href="/referrals"' in second, "and back to all"


@pytest.mark.parametrize("asked", ["list=theirs", "list=ours&after=x", "list=ours&after=1~2", "list=ours&after=1~2~3~4", "before=x"])
def test_a_list_or_key_that_there_is_none_of_is_a_page_that_there_is_none_of(enter: Enter, asked: str) -> None:
    assert enter("hv").get(f"/referrals?{asked}").status_code == 404


def test_who_has_it_keeps_it_in_sight_until_they_are_told_that_it_is_graver(enter: Enter, wired: Wired) -> None:
    id = became_graver(wired)
    page = enter("duty").get("/referrals").text
    assert (links(page), "To acknowledge (1)" in page) == ([id], True)


def test_what_an_area_has_no_team_for_is_proposed_to_whoever_receives_what_comes_to_nobody_else(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    early_help = place.proposal(f"a-{place.VISIT}", place.VISIT, level=2, urgency="routine", code="early_help")
    with wired.engine.write() as tx:
        assert refer.open_referral(wired, tx, early_help, place.BEFORE)["receiving_team"] == "front"
    assert "no team is named" not in enter("lead").get("/today").text
    assert "has no team to go to" not in enter("lead").get("/status").text
