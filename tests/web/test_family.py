"""The family as a supervisor reads it: one chronology of everything, what stands before a conference, the course, people, siblings, and two
visits compared."""

from typing import Any

import pytest

from tests.flow.family_work import HOSTILE
from tests.web import place
from tests.web.conftest import Enter
from visitapp.flow import agreed_level, helping, life_events, plans, together
from visitapp.store import households
from visitapp.store.tx import Tx
from visitapp.wiring import Wired


def arranged(w: Wired, words: str = "As agreed") -> dict[str, str]:
    """Something of everything that is agreed for a family, all of it in these words; the ids by what they are."""
    me, home = "hv", place.FAMILY
    action = {"what": words, "owner": words, "hours": 4}
    plan = plans.agree(
        w, me, home, source="safety", agreed_on="2026-11-01", agreed_by=words, trigger_kind="said", trigger_words=words, actions=[action]
    )  # fmt: skip
    plans.say_met(w, me, plan, on_date="2026-11-10", why=words)
    ended = plans.agree(
        w, me, home, source="safety", agreed_on="2026-11-01", agreed_by=words, trigger_kind="said", trigger_words=words, actions=[action]
    )  # fmt: skip
    plans.end(w, me, ended, on_date="2026-11-12", reason=words)
    agency = together.involve(w, me, home, kind="gp", name=words, contact=words, knows=words, from_on="2026-11-02")
    together.tell_agency(w, me, agency, how="told", on_date="2026-11-03", words=words)
    together.name_lead(w, me, home, name=words, from_on="2026-11-04")
    together.meet(w, me, home, on_date="2026-11-05", attended=words, agencies=2,
                  decisions=[{"what": words, "owner": words, "due_on": "2026-11-06"}])  # fmt: skip
    order = helping.need(w, me, home, what="cot", person="p-1", words=words, needed_on="2026-11-07", tonight=False)
    helping.step(w, me, order, step="ordered", on_date="2026-11-08", words=words)
    agreed_level.agree(w, me, home, level=3, reason=words)
    life_events.into_hospital(w, me, "p-1", household=home, on_date="2026-11-09", words=words)
    gone = together.involve(w, me, home, kind="housing", name=words, contact=words, knows=words, from_on="2026-11-02")
    together.close_agency(w, me, gone, on_date="2026-11-11", reason=words)
    return {"plan": plan, "agency": agency, "order": order}


@pytest.mark.parametrize("topic", ["", "agreed", "together", "people"])
def test_what_was_agreed_and_who_belongs_stand_in_the_one_chronology(enter: Enter, wired: Wired, topic: str) -> None:
    arranged(wired)
    page = enter("lead").get(f"/families/{place.FAMILY}?show={topic}").text
    said = {
        "agreed": ("Trigger of a plan met", "Plan agreed: Our own safety plan", "Plan ended", "Help needed: A cot", "A cot: ordered",
                   "Level of need 3 agreed"),
        "together": ("As agreed works with the family", "As agreed: told", "As agreed leads for every agency", "Meeting",
                     "As agreed ended their part"),
        "people": ("Isla Ashdown belongs to the household", "Isla Ashdown: into hospital", "Address from this day",
                   "Worker Hv is the named practitioner"),
    }  # fmt: skip
    for words in said.get(topic) or [one for each in said.values() for one in each]:
        assert words in page, words


def test_an_earlier_household_of_the_family_is_part_of_it_and_its_reading_is_written_down(enter: Enter, wired: Wired) -> None:
    place.visit(wired, "v-9", on="2025-05-01", household=place.QUIET, author="midwife")
    life_events.same_family(wired, "hv", place.FAMILY, earlier=place.QUIET, why="The same mother, by NHS number.")
    page = enter("lead").get(f"/families/{place.FAMILY}").text
    assert "/visits/v-9" in page
    assert "Recorded for an earlier household of this family" in page
    assert [row["kind"] for row in place.reads(wired) if row["household"] == place.QUIET] == ["read.family"]
    assert enter("west").get(f"/families/{place.FAMILY}").status_code == 404


def test_that_one_child_was_seen_says_nothing_of_another(enter: Enter, wired: Wired) -> None:
    assert "Isla: not seen at a visit in the last year." in enter("lead").get(f"/families/{place.FAMILY}").text
    for id, on, how in (("v-1", "2026-11-10", "awake"), ("v-2", "2026-11-19", "asleep")):
        place.visit(wired, id, on=on, measures=(("p-1", "child.seen", how, ""),))
    page = enter("lead").get(f"/families/{place.FAMILY}").text
    assert "Isla: last seen on 19 November 2026, asleep; awake on 10 November 2026." in page
    assert "Isla: not" not in page


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_whatever_was_typed_is_shown_and_does_nothing(enter: Enter, wired: Wired, words: str) -> None:
    arranged(wired, words[:400])
    assert enter("lead").get(f"/families/{place.FAMILY}").status_code == 200


def test_the_chronology_begins_at_the_end_of_a_year_too(enter: Enter, wired: Wired) -> None:
    for year in (2024, 2025, 2026):
        place.visit(wired, f"v-{year}", on=f"{year}-06-01", assessed=False)
    page = enter("lead").get(f"/families/{place.FAMILY}?year=2025").text
    assert ["/visits/v-2026" in page, "/visits/v-2025" in page, "/visits/v-2024" in page] == [False, True, True]


def test_what_a_conference_asks_stands_at_the_head_of_the_page(enter: Enter, wired: Wired) -> None:
    arranged(wired)
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN))
    place.visit(wired, place.NOT_LET_IN, on="2026-11-10", form="not_let_in", kind="visit_not_completed", outcome="refused_at_door")
    referral = place.referral(wired)
    page = enter("lead").get(f"/families/{place.FAMILY}").text
    glance = page[page.index("What got worse") : page.index("Over the visits")]
    for words in ("1 visit not completed in 90 days", "1 trigger met, 0 of 1 actions done", "no reply is recorded", "/visits/v-2"):
        assert words in glance, words
    assert f"/referrals/{referral}" in page[page.index('id="referrals"') :]


def test_the_course_shows_every_visit_with_its_table_and_goes_on_by_key(enter: Enter, wired: Wired) -> None:
    for number in range(104):
        place.visit(wired, f"v-{number:03}", on=f"20{10 + number // 12}-{1 + number % 12:02}-01")
    page = enter("lead").get(f"/families/{place.FAMILY}/course?tables=open").text
    assert page.count('<svg class="va-drawn"') == page.count("<table") > 0
    assert "/visits/v-004" in page
    assert "/visits/v-003" not in page
    older = page.split("/course?before=")[1].split('"')[0].replace("&amp;", "&")
    assert "/visits/v-003" in enter("lead").get(f"/families/{place.FAMILY}/course?before={older}").text
    assert enter("west").get(f"/families/{place.FAMILY}/course").status_code == 404
    assert [row["kind"] for row in place.reads(wired)].count("read.course") == 2


def words_of_a_child(words: str) -> dict[str, Any]:
    return {"children": {"rows": [{"id": "c1", "person": "p-1", "answers": {"mark_words": {"value": words}}}], "complete": True}}


def test_two_visits_are_compared_answer_by_answer_with_what_was_added(enter: Enter, wired: Wired) -> None:
    place.visit(wired, "v-old", on="2026-10-01", answers=words_of_a_child(HOSTILE["markup"]), findings=(place.PRESENT,))
    place.visit(wired, "v-new", on="2026-11-01", answers=words_of_a_child(HOSTILE["long"]), findings=(place.UNKNOWN,))
    page = enter("lead").get(f"/families/{place.FAMILY}/compare").text
    assert "&lt;img src=x onerror" in page
    assert "żżż" in page
    swapped = enter("lead").get(f"/families/{place.FAMILY}/compare?a=v-new&b=v-old&only=changed").text
    assert swapped.index("/visits/v-old") < swapped.index("/visits/v-new")
    assert {(row["kind"], row["detail"]) for row in place.reads(wired)} >= {
        ("read.compare", ""),
        ("read.visit", "v-old"),
        ("read.visit", "v-new"),
    }


def test_a_disclosure_stays_apart_where_visits_are_compared(enter: Enter, wired: Wired) -> None:
    for id, on, said in (("v-old", "2026-10-01", "He hit me"), ("v-new", "2026-11-01", "Nothing now")):
        adult = {"id": "a1", "person": "p-2", "answers": {"abuse_said": {"value": said}}}
        place.visit(wired, id, on=on, answers={"adults": {"rows": [adult], "complete": True}})
    for who, sees in (("lead", True), ("hv", True), ("midwife", False)):
        page = enter(who).get(f"/families/{place.FAMILY}/compare").text
        assert ("He hit me" in page) is sees, who
        assert "He hit me" not in page[: page.index("ecorded apart")]
        assert "0 answers are different" in page


def test_only_visits_of_the_family_are_compared(enter: Enter, wired: Wired) -> None:
    place.visit(wired, "v-own")
    place.visit(wired, "v-other", household=place.QUIET, author="midwife")
    place.visit(wired, "v-west", household=place.WESTERN, author="west")
    for other in ("v-other", "v-west", "v-none"):
        assert enter("lead").get(f"/families/{place.FAMILY}/compare?a=v-own&b={other}").status_code == 404
    assert enter("west").get(f"/families/{place.FAMILY}/compare?a=v-own").status_code == 404
    assert "There is only one visit so far" in enter("lead").get(f"/families/{place.FAMILY}/compare?a=v-own&b=v-own").text


def test_people_stand_over_time_with_births_moves_and_a_second_home(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        households.set_residence(
            tx, household=place.FAMILY, address="9 Quay Street", postcode="EM2 2BB", area="eastmoor", from_on="2026-06-01", **place.STAMP
        )  # fmt: skip
        for other in (place.QUIET, place.WESTERN):
            households.add_member(tx, id=f"m-{other}", household=other, person="p-1", role="child", from_on="2026-10-01", **place.STAMP)
        place._member(tx, "p-3", place.FAMILY, "partner", given_names=HOSTILE["markup"][:200], family_name=HOSTILE["emoji"])
        households.end_membership(
            tx, membership=f"p-3@{place.FAMILY}", on_date="2026-08-01", reason=HOSTILE["right_to_left"], **place.STAMP
        )
    life_events.into_hospital(wired, "hv", "p-1", household=place.FAMILY, on_date="2026-11-09", words="")
    page = enter("lead").get(f"/families/{place.FAMILY}/people").text
    said = (
        "9 Quay Street",
        "4 Mill Row",
        "until 1 August 2026",
        "Birchall",
        "a household of another team",
        "9 November 2026: into hospital",
    )
    for words in said:
        assert words in page, words
    assert "Westerly" not in page
    assert page.count("<svg") == page.count('role="img"') + 5
    assert enter("west").get(f"/families/{place.FAMILY}/people").status_code == 404


def test_siblings_stand_side_by_side_and_what_differs_is_said(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        place._member(tx, "p-9", place.FAMILY, "child", given_names="Tom", family_name="Ashdown", born_on="2024-01-02")
    rows = [
        {"id": f"c-{person}", "person": person, "answers": {"seen": {"value": how}, "mark_words": {"value": words}}}
        for person, how, words in (("p-1", "awake", "<i>A bruise</i>"), ("p-9", "not_seen", ""))
    ]
    place.visit(wired, answers={"children": {"rows": rows, "complete": True}}, findings=(place.PRESENT,))
    with wired.engine.write() as tx:
        of = {"submission": place.VISIT, "household": place.FAMILY, "occurred_on": "2026-11-19", "measure": "child.seen"}
        tx.insert("visit_measure", [of | {"number": 0, "person": "p-1", "value": "awake", "known": ""},
                                    of | {"number": 1, "person": "p-9", "value": "", "known": "not_seen"}])  # fmt: skip
    page = enter("lead").get(f"/families/{place.FAMILY}/siblings").text
    for words in ("Tom", "1 of 1 visits that asked", "0 of 1 visits that asked", "Isla slept on a sofa.", "&lt;i&gt;A bruise", "Differs"):
        assert words in page, words
    different = enter("lead").get(f"/families/{place.FAMILY}/siblings?only=different").text
    assert len(different) < len(page)
    assert enter("west").get(f"/families/{place.FAMILY}/siblings").status_code == 404
    assert {row["kind"] for row in place.reads(wired)} == {"read.siblings"}


def test_a_family_without_anybody_has_its_pages_too(enter: Enter) -> None:
    for rest in ("", "/course", "/people", "/siblings", "/compare"):
        assert enter("lead").get(f"/families/{place.QUIET}{rest}").status_code == 200, rest


def test_the_pages_of_a_family_ask_no_more_of_the_database_in_later_years(
    enter: Enter, wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = Tx._run
    monkeypatch.setattr(Tx, "_run", lambda self, sql, params: (asked.append(sql), run(self, sql, params))[1])

    def cost() -> list[int]:
        found = []
        for rest in ("", "/course", "/people", "/siblings", "/compare", "?show=not_completed"):
            asked.clear()
            assert enter("lead").get(f"/families/{place.FAMILY}{rest}").status_code == 200
            found.append(len(asked))
        return found

    def years(first: int, last: int) -> None:
        for year in range(first, last):
            place.visit(wired, f"v-{year}", on=f"{year}-05-01", findings=(place.PRESENT, place.UNKNOWN))
            place.visit(wired, f"n-{year}", on=f"{year}-06-01", form="not_let_in", kind="visit_not_completed", outcome="no_answer")

    arranged(wired)
    years(2024, 2026)
    few = cost()
    years(2010, 2024)
    assert all(later <= before for later, before in zip(cost(), few, strict=True))
