"""A handover on the screens: offered with everything kept on an error, read by whoever answers it alone, and answered."""

import re

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_arrangements import HOSTILE
from visitapp.store import households, teams
from visitapp.wiring import Wired

HERE = f"/families/{place.FAMILY}/handover"


def said(**changes: str) -> dict[str, str]:
    return {"kind": "midwife", "to": "midwife", "words": "Ask Ada alone.", "safe": "A dog."} | changes


def offered(hv, **changes: str) -> str:
    response = hv.post(HERE, data=said(**changes))
    assert response.status_code == 302, response.text[:3000]
    return str(response.location)


def practitioner(wired: Wired) -> str:
    with wired.engine.read() as tx:
        return str((households.household(tx, place.FAMILY) or {})["practitioner"])


def test_of_many_teams_the_one_that_takes_it_is_looked_for_by_name(enter: Enter, wired: Wired) -> None:
    assert 'name="team"' not in enter("hv").get(HERE).text
    with wired.engine.write() as tx:
        for number in range(25):
            teams.add_team(tx, id=f"t-{number}", name=f"Hill {number:02}", area="eastmoor", phone="01632 960001", **place.STAMP)
    page = enter("hv").get(HERE).text
    assert ("Worker Midwife" in page, page.count("<optgroup"), "There are more teams" in page) == (True, 21, True)
    page = enter("hv").get(f"{HERE}?team=hill+24").text
    assert ("Worker Midwife" in page, page.count("<optgroup"), "team:t-24" in page) == (True, 2, True)
    assert "No other team has" in enter("hv").get(f"{HERE}?team=%3Cb%3E").text
    wrong = enter("hv").post(HERE, data=said(to="team:t-24", team="hill 24", safe=""))
    assert '<option value="team:t-24" selected>' in wrong.text
    assert offered(enter("hv"), to="team:t-24", team="hill 24")


def test_a_family_is_offered_read_and_accepted(enter: Enter, wired: Wired) -> None:
    hv, midwife, nurse, west = enter("hv"), enter("midwife"), enter("nurse"), enter("west")
    page = hv.get(HERE).text
    assert "Worker Midwife" in page
    assert "How it stands" in page
    wrong = hv.post(HERE, data=said(safe=""))
    assert wrong.status_code == 422
    assert "Say how to be safe there" in wrong.text
    assert "Ask Ada alone." in wrong.text
    assert '<option value="midwife" selected>' in wrong.text
    here = offered(hv)
    assert "Ask Ada alone." in hv.get(here).text
    assert "Offered to Worker Midwife" in hv.get(f"/families/{place.FAMILY}").text
    assert "Families offered to you" in midwife.get("/mine").text
    [told] = midwife.get("/tablet/api/caseload").json["handovers"]
    assert f"/handovers/{told['id']}" == here
    assert told["words"].startswith(
        "Ashdown and Okoro is offered to you by Worker Hv: with a connection, read it and answer by 24 November 2026"
    )
    assert "Accept the family" in midwife.get(here).text
    assert "Accept the family" not in nurse.get(here).text
    assert nurse.post(f"{here}/accept").status_code == 403
    assert west.get(here).status_code == 404
    assert west.post(f"{here}/accept").status_code == 404
    assert practitioner(wired) == "hv"
    assert midwife.post(f"{here}/accept").location == f"/families/{place.FAMILY}"
    assert practitioner(wired) == "midwife"
    assert midwife.post(f"{here}/accept").status_code == 404
    chronology = midwife.get(f"/families/{place.FAMILY}").text
    assert "Handover accepted" in chronology
    assert "Offered to Worker Midwife" in chronology


def test_a_refusal_needs_its_reason_and_is_shown_to_whoever_offered(enter: Enter, wired: Wired) -> None:
    hv, midwife = enter("hv"), enter("midwife")
    here = offered(hv)
    assert midwife.post(f"{here}/refuse", data={"reason": ""}).status_code == 422
    assert midwife.post(f"{here}/refuse", data={"reason": "Too many."}).status_code == 302
    assert "Too many." in hv.get(here).text
    assert "Refused" in hv.get("/handovers").text
    assert hv.post(f"{here}/keep", data={"reason": " "}).status_code == 422
    assert hv.post(f"{here}/keep", data={"reason": "They stay with me."}).status_code == 302
    assert practitioner(wired) == "hv"
    assert hv.get(here).status_code == 404


def test_somebody_leaves_only_when_a_supervisor_holds_their_families(enter: Enter, wired: Wired) -> None:
    lead, admin, hv = enter("lead"), enter("admin"), enter("hv")
    assert "Worker Hv leaves" in lead.get("/cover").text
    assert "/accounts/hv/leaving" in admin.get("/accounts").text
    assert hv.get("/accounts/hv/leaving").status_code == 403
    assert lead.get("/accounts/west/leaving").status_code == 404
    page = lead.get("/accounts/hv/leaving").text
    assert "Families named to them: <strong>1</strong>" in page
    wrong = lead.post("/accounts/hv/leaving", data={"why": "Retired on Friday."})
    assert wrong.status_code == 422
    assert "Retired on Friday." in wrong.text
    assert admin.post("/accounts/hv/leaving", data={"why": "Retired.", "supervisor": "lead"}).location == "/handovers"
    assert practitioner(wired) == "lead"
    assert hv.get("/mine").status_code in (302, 401)
    assert re.search(r"Nobody.s", lead.get("/handovers").text)
    [held] = set(re.findall(r'href="/handovers/([^"?]+)"', lead.get("/handovers").text))
    wrong = lead.post("/handovers", data={"offers": held})
    assert wrong.status_code == 422
    assert re.search(rf'value="{held}" checked', wrong.text)
    assert lead.post("/handovers", data={"account": "nurse"}).status_code == 422
    assert lead.post("/handovers", data={"offers": held, "account": "nurse"}).status_code == 302
    assert practitioner(wired) == "nurse"
    assert "Left on 22 November 2026" in admin.get("/accounts").text


def test_what_was_typed_is_shown_as_it_was(enter: Enter) -> None:
    hv, midwife = enter("hv"), enter("midwife")
    for text in HOSTILE:
        here = offered(hv, words=text, safe=text)
        assert midwife.get(here).status_code == 200
        assert midwife.post(f"{here}/refuse", data={"reason": text}).status_code == 302
        assert hv.get(here).status_code == 200
        assert hv.get(f"/families/{place.FAMILY}").status_code == 200
