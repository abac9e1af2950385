"""Reviews on their screens: the queue, a visit with the form beside it, questions and answers, decisions, and reflections that are read by
their author alone."""

import re
from typing import Any

from flask.testing import FlaskClient

from tests.web import place
from tests.web.conftest import Enter, Visitor
from visitapp.domain.findings import Level
from visitapp.flow import countersigning, reviewing
from visitapp.look import reviews as look
from visitapp.store import duties, reviews
from visitapp.wiring import Wired

HOSTILE = ['<b>bold</b> & "quoted"', "🧸" * 40, "‮שלום ہے", "x" * 10_000]
PATH = f"/reviews/{place.VISIT}"
ABOUT = {"about-0": "sleep_sofa/r1"}
SECRET = "heartwood-of-mine"


def visited(wired: Wired, **how: Any) -> None:
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN), **how)


def question_of(visitor: Visitor, path: str = PATH) -> str:
    found = re.search(r"/answers/([^\"]+)\"", visitor.get(path).text)
    assert found is not None
    return found[1]


def test_a_visit_is_read_asked_about_answered_and_signed_off(enter: Enter, wired: Wired) -> None:
    lead = enter("lead")
    visited(wired)
    assert "Review this visit" in lead.get(f"/visits/{place.VISIT}").text
    page = lead.get(PATH).text
    assert "Isla slept on a sofa." in page
    assert "What was recorded" in page, "the answers stay in view beside the form"
    assert "Say whether you agree with each finding before you sign" in lead.post(PATH, data=ABOUT | {"do": "sign"}).text
    typed = ABOUT | {"agrees-0": "no", "reason-0": "It was a <chair>.", "question": "Whose sofa?", "words": "Thank you."}
    kept = lead.post(PATH, data=typed | {"do": "sign"})
    assert kept.status_code == 422
    for words in ("It was a &lt;chair&gt;.", "Whose sofa?", "Thank you.", "Ask it first"):
        assert words in kept.text, words
    assert lead.post(PATH, data=typed | {"do": "keep"}).status_code == 302
    assert "A question waits for an answer" in lead.get("/reviews").text

    hv = enter("hv")
    assert f'href="{PATH}"' in hv.get("/mine").text
    assert "A question was asked about a visit that you made" in hv.get("/told").text
    assert f'href="{PATH}"' in hv.get("/reviews").text
    question = question_of(hv)
    answered = f"{PATH}/answers/{question}"
    assert "Write your answer." in hv.post(answered, data={f"answer-{question}": " "}).text
    assert hv.post(answered, data={f"answer-{question}": "Her mother’s."}).status_code == 302
    page = hv.get(PATH).text
    for words in ("Whose sofa?", "Her mother’s.", "does not agree", "It was a &lt;chair&gt;."):
        assert words in page, words
    assert "Sign off</button>" not in page

    assert "Answered: read it, and sign off" in lead.get("/reviews").text
    assert lead.post(PATH, data={"do": "sign"} | ABOUT | {"rest": "yes", "words": "Clear now."}).status_code == 302
    assert "Nothing waits here" in lead.get("/reviews").text
    assert "Reviewed and signed off by Worker Lead" in lead.get(f"/visits/{place.VISIT}").text
    assert lead.get("/reviews/findings").status_code == 200


def test_what_was_not_agreed_with_leads_to_its_visits(enter: Enter, wired: Wired) -> None:
    lead = enter("lead")
    visited(wired)
    lead.post(PATH, data=ABOUT | {"agrees-0": "no", "reason-0": "A chair.", "do": "keep"})
    page = lead.get("/reviews/findings").text
    assert "1 of 1" in page
    behind = "/reviews/findings/home_visit-1:sleep_sofa"
    assert behind in page
    assert PATH in lead.get(behind).text
    assert PATH not in enter("west").get(behind).text, "only of families that the reader may see"
    assert lead.get("/reviews/findings/none-1:such").status_code == 404


def test_the_author_sees_it_on_the_tablet_and_answers_there(enter: Enter, wired: Wired) -> None:
    lead, hv = enter("lead"), enter("hv")
    visited(wired)
    lead.post(PATH, data=ABOUT | {"agrees-0": "no", "reason-0": "A chair.", "question": "Whose sofa?", "do": "keep"})
    carried = hv.get("/tablet/api/caseload").get_json()["reviews"]
    assert [(one["submission"], one["family"], one["title"], one["signed"]) for one in carried] == [
        (place.VISIT, "Ashdown and Okoro", "Home visit", None)
    ]
    (asked,) = carried[0]["questions"]
    assert (asked["words"], asked["by"], asked["answer"]) == ("Whose sofa?", "Worker Lead", None)
    assert carried[0]["not_agreed"] == [{"said": "Isla slept on a sofa.", "reason": "A chair.", "by": "Worker Lead"}]
    assert enter("midwife").get("/tablet/api/caseload").get_json()["reviews"] == [], "each their own visits alone"
    path = f"/tablet/api/questions/{asked['id']}/answer"
    assert hv.post(path, json={"answer": 5}).get_json()["problem"]["field"] == "answer"
    assert enter("midwife").post(path, json={"answer": "Mine."}).status_code == 403
    for _ in range(2):  # the first answer did not reach the tablet
        assert hv.post(path, json={"answer": "Her mother’s."}).get_json() == {"submission": place.VISIT}
    assert hv.get("/tablet/api/caseload").get_json()["reviews"][0]["questions"][0]["answer"] == "Her mother’s."
    lead.post(PATH, data={"do": "sign"} | ABOUT | {"agrees-0": "yes"})
    (told,) = hv.get("/tablet/api/caseload").get_json()["reviews"]
    assert (told["not_agreed"], told["signed"]["by"]) == ([], "Worker Lead")


def test_who_is_accountable_countersigns(enter: Enter, wired: Wired) -> None:
    hv, lead = enter("hv"), enter("lead")
    visited(wired, author="nurse")
    countersigned = wired.catalogue.current("home_visit")
    with wired.engine.write() as tx:
        row = tx.one("SELECT * FROM submission WHERE id = :id", id=place.VISIT)
        assert row is not None
        from visitapp.flow.kept_visit import Visit

        countersigning.owed_for(wired, tx, Visit(row, countersigned, {}, {}, None), place.NOW)  # type: ignore[arg-type]
    assert "To be countersigned" in hv.get("/reviews").text
    assert "Countersign this visit" not in enter("nurse").get(PATH).text
    assert enter("nurse").post(PATH, data={"do": "countersign", "rest": "yes"} | ABOUT).status_code == 403
    assert "Sign off</button>" not in hv.get(PATH).text
    assert lead.post(PATH, data={"do": "countersign", "question": "Whose sofa?"} | ABOUT).status_code == 422
    assert hv.post(PATH, data={"do": "countersign", "rest": "yes"} | ABOUT).status_code == 302
    assert "Countersigned by Worker Hv" in lead.get(f"/visits/{place.VISIT}").text
    for late, status in ((lead, 422), (hv, 422)):  # each had the page open meanwhile
        kept = late.post(PATH, data={"do": "countersign", "words": "Seen by me too."} | ABOUT)
        assert (kept.status_code, "Seen by me too." in kept.text, "somebody else meanwhile" in kept.text) == (status, True, True)
    assert "Nurse: " not in lead.get("/cover").text
    assert lead.post("/cover/team/registrant", data={"account": "nurse", "registrant": "midwife"}).status_code == 302
    assert "Worker Nurse: Worker Midwife" in lead.get("/cover").text


def test_others_see_neither_the_queue_nor_the_review(enter: Enter, wired: Wired) -> None:
    lead = enter("lead")
    visited(wired)
    lead.post(PATH, data={"question": "Whose sofa?", "do": "keep"})
    question = question_of(enter("hv"))
    for who, status in (("west", 404), ("duty", 403), ("admin", 403)):
        assert enter(who).get(PATH).status_code == status, who
        assert enter(who).post(f"{PATH}/answers/{question}", data={f"answer-{question}": "Mine."}).status_code == status, who
    assert "Okoro" not in enter("west").get("/reviews").text
    assert enter("midwife").post(f"{PATH}/answers/{question}", data={f"answer-{question}": "Mine."}).status_code == 403
    assert any(line["kind"] == "read.visit" and line["actor"] == "hv" for line in place.reads(wired))
    enter("hv").get("/reviews")
    assert any(line["kind"] == "read.reviews" and line["household"] == place.FAMILY for line in place.reads(wired))


def test_a_decision_is_in_the_chronology_and_watched(enter: Enter, wired: Wired) -> None:
    lead = enter("lead")
    path = f"/families/{place.FAMILY}/record/decision"
    days = {"on_date-day": "20", "on_date-month": "11", "on_date-year": "2026", "review_on-day": "1", "review_on-month": "12"}
    typed = days | {
        "review_on-year": "2026",
        "what": "Visit <together>.",
        "why": "Two doors.",
        "decided_by": "Worker Lead",
        "person": "p-1",
    }
    kept = lead.post(path, data=typed | {"why": ""})
    assert (kept.status_code, "Visit &lt;together&gt;." in kept.text) == (422, True)
    assert lead.post(path, data=typed).status_code == 302
    for page in (f"/families/{place.FAMILY}", f"/families/{place.FAMILY}/arrangements"):
        text = enter("hv").get(page).text
        assert "Visit &lt;together&gt;." in text, page
        assert "1 December 2026" in text, page
    assert "Look again at what supervision decided" in lead.get("/mine").text


def test_a_reflection_is_read_by_its_author_and_by_nobody_else_on_any_page(enter: Enter, wired: Wired, app: Any) -> None:
    hv = enter("hv")
    visited(wired)
    reviewing.keep(wired, "lead", place.VISIT, [], question="Whose sofa?")
    for text in (*HOSTILE, SECRET):
        assert hv.post(f"{PATH}/reflections", data={"reflection": text}).status_code == 302
        assert hv.post("/reflections", data={"reflection": text}).status_code == 302
    assert hv.post("/reflections", data={"reflection": " "}).status_code == 422
    assert hv.get("/reflections").text.count(SECRET) == 2
    assert SECRET in hv.get(PATH).text
    known = {"household": place.FAMILY, "submission": place.VISIT, "what": "plan"}
    shell = ("/static", "/tablet/forms", "/tablet/sw", "/tablet/manifest")  # the same for everybody, and no person in it
    paths = {rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.rule.startswith(shell)}
    paths.discard("/tablet/")
    pages = sorted(re.sub(r"<(?:\w+:)?(\w+)>", lambda name: known.get(name[1], "none"), path) for path in paths)
    app.test_client_class = FlaskClient  # only the words are looked at here
    near = [page for page in pages if place.VISIT in page or place.FAMILY in page or "refl" in page]
    for who, asked in {"lead": pages, "midwife": near, "west": near, "duty": near, "admin": near}.items():
        visitor = enter(who)
        assert [page for page in asked if SECRET.encode() in visitor.get(page).data] == [], who
    own = enter("hv")
    seen = [page for page in pages if SECRET.encode() in own.get(page).data]
    assert seen == ["/reflections", PATH], "its author’s two pages, and none of theirs besides"


def test_every_text_meets_what_people_paste(enter: Enter, wired: Wired) -> None:
    lead, hv = enter("lead"), enter("hv")
    visited(wired)
    for text in HOSTILE:
        said = ABOUT | {"agrees-0": "no", "reason-0": text, "question": text, "do": "keep"}
        assert lead.post(PATH, data=said).status_code == 302
        question = question_of(hv)
        assert hv.post(f"{PATH}/answers/{question}", data={f"answer-{question}": text}).status_code == 302
        assert lead.post(PATH, data={"do": "sign", "words": text}).status_code == 302
        assert lead.get(PATH).status_code == lead.get("/reviews/findings/home_visit-1:sleep_sofa").status_code == 200


def test_a_tablet_asks_whether_anything_is_new_and_is_told_nothing_while_nothing_is(enter: Enter, wired: Wired) -> None:
    lead, hv = enter("lead"), enter("hv")
    visited(wired)
    news, reads = hv.get("/tablet/api/caseload").get_json()["news"], len(place.reads(wired))
    asked = {"If-None-Match": f'"{news}"'}

    def heard() -> tuple[int, bytes]:
        answer = hv.get("/tablet/api/results", headers=asked)
        asked["If-None-Match"] = answer.headers["ETag"]
        return answer.status_code, answer.data

    nothing, something = (304, b""), (200, b"[]\n")
    assert heard() == heard() == nothing
    assert len(place.reads(wired)) == reads, "nothing of a family was read"
    assert hv.get(f"/tablet/api/results?ids={place.VISIT}", headers=asked).status_code == 200, "what it asked for it is told"
    for does in (
        lambda: lead.post(PATH, data=ABOUT | {"do": "keep", "agrees-0": "no", "reason-0": "A chair.", "question": "Whose?"}),
        lambda: hv.post(f"{PATH}/answers/{question_of(hv)}", data={f"answer-{question_of(hv)}": "Hers."}),
        lambda: lead.post(PATH, data=ABOUT | {"do": "keep", "agrees-0": "no", "reason-0": "An armchair."}),
        lambda: lead.post(PATH, data=ABOUT | {"do": "sign"}),
    ):
        assert does().status_code == 302
        assert (heard(), heard()) == (something, nothing)
    midwife = enter("midwife").get("/tablet/api/results", headers=asked)
    assert (midwife.status_code, midwife.headers["ETag"]) == (200, '"midwife.0.0.0"'), "nobody hears what another was told"


def test_what_matters_stands_first_and_each_row_says_why(wired: Wired, enter: Enter) -> None:
    """Danger, then the level, then what was to be countersigned by now, then age; page by page the same."""
    for number, (level, urgency) in enumerate(((1, "routine"), (2, "routine"), (1, "routine"), (3, "this_week"), (2, "tonight"))):
        place.visit(wired, f"v-{number}", level=Level(level, 4, ()), urgency=urgency)
    with wired.engine.write() as tx:
        for number in (0, 1, 2, 3, 4):
            kept = {"submission": f"v-{number}", "household": place.FAMILY, "actor": "system"}
            reviews.sample(tx, why="danger" if number == 4 else "month", at=f"2026-11-0{number + 1}T09:00:00.000Z", **kept)
        duties.owe(
            tx, subject="countersign:v-2", kind="countersign", what="Countersign", at="2026-11-10T09:00:00.000Z", actor="system",
            household=place.FAMILY, due_at="2026-11-12T09:00:00.000Z", owner_account="lead",
        )  # fmt: skip
    page = enter("lead").get("/reviews").text
    order = re.findall(r'<h2[^>]*><a href="/reviews/(v-\d)"', page)
    assert order == ["v-4", "v-3", "v-1", "v-2", "v-0"]
    assert page.count("Danger was found") == 1
    assert "overdue, due by 12 November 2026" in page
    found, after = [], look.FIRST
    with wired.engine.read() as tx:
        while row := next(iter(reviews.waiting(tx, "lead", wired.clock(), after, 1)), None):
            after = (row["place"], row["since"], row["submission"])
            found.append(row["submission"])
    assert found == order
