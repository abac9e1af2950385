"""A visit is read by a second person: questions back, agreement with findings, sign-off, countersigning, sampling."""

from typing import Any

import pytest

from tests.flow.world import PASSWORD, Family, World
from visitapp.decide.sampling import chosen
from visitapp.domain import duties as kinds
from visitapp.domain import reviews as words
from visitapp.domain.moments import later
from visitapp.flow import countersigning, entered_in_error, ladder, people, reflecting, reviewing, sampling, standing_in, supervision
from visitapp.flow.stuck import what_is_stuck
from visitapp.look import reviews as looked
from visitapp.problems import Problem
from visitapp.store import agreement, chronology, duties, reviews
from visitapp.store import sampling as drawn

HOSTILE = ['<b>bold</b> & "quoted"', "🧸" * 40, "‮שלום ہے", "x" * 10_000]


def joined(world: World, name: str, role: str) -> str:
    world.who[name] = people.add_account(
        world.w, "system", password=PASSWORD, username=name, name=f"Worker {name}", role=role, team=world.team, phone="07700 900123",
        email=f"{name}@visits.example",
    )  # fmt: skip
    return world.who[name]


def findings(world: World, visit: str, agrees: str = "yes", reason: str = "") -> list[reviewing.Word]:
    with world.w.engine.read() as tx:
        rows = reviewing.present(tx, visit)
    return [reviewing.Word(one["code"], one["row_id"], agrees, reason, f"agrees-{place}") for place, one in enumerate(rows)]


def state(world: World, visit: str) -> str:
    with world.w.engine.read() as tx:
        row = reviews.now(tx, visit)
    return row["state"] if row else ""


def duty(world: World, subject: str) -> dict[str, Any] | None:
    with world.w.engine.read() as tx:
        return duties.duty(tx, subject)


def today(world: World, visit: str) -> set[str]:
    """Why the visit stands on the supervisor's list."""
    return {row["kind"] for row in world.rows("SELECT kind FROM today_row WHERE about = :visit AND kind <> 'danger'", visit=visit)}


def asked(world: World, visit: str, who: str = "lead", question: str = "Who else was in the flat?") -> str:
    reviewing.keep(world.w, world.who[who], visit, [], question=question)
    with world.w.engine.read() as tx:
        return str(reviews.questions(tx, visit)[-1]["id"])


@pytest.fixture
def home(world: World) -> Family:
    return world.family()


def test_a_question_is_owed_an_answer_and_a_sign_off_waits_for_it(world: World, home: Family) -> None:
    visit, (hv, lead) = home.untidy(), (world.who["hv"], world.who["lead"])
    id = asked(world, visit)
    owed = duty(world, words.question_subject(visit, id))
    assert owed is not None
    assert (owed["kind"], owed["owner_account"]) == (kinds.QUESTION, hv)
    assert state(world, visit) == words.QUESTION
    assert today(world, visit) == {"question"}
    with pytest.raises(Problem, match="not answered yet"):
        reviewing.sign(world.w, lead, visit, findings(world, visit), capacity=words.REVIEWED)
    assert reviewing.answer(world.w, hv, id, "Her sister, awake.") == visit
    reviewing.answer(world.w, hv, id, "Her sister, awake.")  # a tablet that did not hear the first answer
    with pytest.raises(Problem, match="answered already"):
        reviewing.answer(world.w, hv, id, "Nobody.")
    assert duty(world, words.question_subject(visit, id)) is None
    assert state(world, visit) == words.ANSWERED
    assert today(world, visit) == {"answered"}
    reviewing.sign(world.w, lead, visit, findings(world, visit), capacity=words.REVIEWED, words_too="Clear.")
    assert state(world, visit) == ""
    assert today(world, visit) == set()
    asked(world, visit, question="And the cot?")
    assert state(world, visit) == words.QUESTION, "a later question opens it again"
    assert world.count("review_signed") == 1, "signed off stays"
    told = [row["what"] for row in world.rows("SELECT what FROM notice WHERE to_account = :hv ORDER BY seq", hv=hv)]
    assert told.count(reviewing.ASKED) == 2
    assert any("signed off" in one for one in told)


def test_nobody_reviews_their_own_visit_or_one_of_another_team(world: World, home: Family) -> None:
    visit = home.untidy()
    for who, code in (("hv", "not_allowed"), ("midwife", "not_allowed"), ("west", "not_found"), ("admin", "not_found")):
        with pytest.raises(Problem) as refused:
            reviewing.sign(world.w, world.who[who], visit, findings(world, visit), capacity=words.REVIEWED)
        assert refused.value.code == code, who
    with pytest.raises(Problem, match="somebody else’s to ask"):
        reviewing.keep(world.w, world.who["hv"], visit, [], question="Was I right?")


def test_nobody_reads_or_signs_what_they_made_under_another_account_of_theirs(world: World, home: Family) -> None:
    visit = home.sofa()
    assert reviewing.allowed(world.w, world.who["lead"], visit).review
    for account in ("hv", "lead"):
        people.say_number(world.w, people.SYSTEM, world.who[account], "12A3456B")
    allowed = reviewing.allowed(world.w, world.who["lead"], visit)
    assert (allowed.author, allowed.review, allowed.countersign) == (True, False, False)
    with pytest.raises(Problem):
        reviewing.sign(world.w, world.who["lead"], visit, findings(world, visit), capacity=words.REVIEWED)
    with pytest.raises(Problem) as fault:
        people.say_number(world.w, people.SYSTEM, world.who["hv"], " - ")
    assert fault.value.field == "number"


def test_a_finding_is_agreed_with_or_not_with_a_reason_before_a_visit_is_signed(world: World, home: Family) -> None:
    visit, lead = home.sofa(), world.who["lead"]
    assert state(world, visit) == words.SAMPLE, "danger was found: it is always read"
    assert today(world, visit) == {"sampled"}
    with pytest.raises(Problem, match="Say whether you agree"):
        reviewing.sign(world.w, lead, visit, [], capacity=words.REVIEWED)
    with pytest.raises(Problem) as why:
        reviewing.keep(world.w, lead, visit, findings(world, visit, "no"))
    assert why.value.field == "reason-0"
    assert world.count("finding_word") == 0, "nothing of it is kept"
    for text in HOSTILE:
        reviewing.keep(world.w, lead, visit, findings(world, visit, "no", text)[:1])
    with pytest.raises(Problem, match="Nothing was said yet"):
        reviewing.keep(world.w, lead, visit, findings(world, visit, "no", HOSTILE[-1])[:1])
    with pytest.raises(Problem, match="shorter"):
        reviewing.keep(world.w, lead, visit, findings(world, visit, "no", "x" * 10_001)[:1])
    reviewing.sign(world.w, lead, visit, findings(world, visit), capacity=words.REVIEWED)
    assert state(world, visit) == ""
    with world.w.engine.read() as tx:
        rows = agreement.of_the_last_fifty(tx)
        kept = agreement.words(tx, visit)
    assert {row["disagreed"] for row in rows} == {0}, "the newest word of a reviewer counts"
    assert (kept[0]["form"], kept[0]["form_version"]) == ("home_visit", 3)


def test_who_visited_may_disagree_and_then_somebody_reads_it(world: World, home: Family) -> None:
    visit = home.untidy()
    assert state(world, visit) == ""
    reviewing.keep(world.w, world.who["hv"], visit, findings(world, visit, "no", "She had moved in that day.")[:1])
    assert state(world, visit) == words.SAMPLE
    with world.w.engine.read() as tx:
        assert agreement.of_the_last_fifty(tx) == [], "an author’s own word is not counted"


def test_past_half_of_the_last_fifty_goes_to_the_safety_officer_once(world: World, home: Family) -> None:
    lead = world.who["lead"]
    standing_in.hold_post(world.w, lead, post="safety_officer", name="Dr Ames", email="safety@eastmoor.example", from_on="2026-01-01")
    visit = home.untidy()
    with world.w.engine.read() as tx:
        found = reviewing.present(tx, visit)[0]
    kept = world.rows("SELECT * FROM submission WHERE id = :id", id=visit)[0]
    rule = {"form": kept["form"], "form_version": kept["form_version"], "code": found["code"], "person": ""}
    with world.w.engine.write() as tx:
        for place in range(30):  # other rows of the same rule, of which a reviewer said no twenty-five times
            agreement.say(
                tx, submission=visit, household=home.household, row_id=f"r{place}", agrees=place >= 25, reason="Not so.", by_author=False,
                at=world.clock(), actor=lead, **rule,
            )  # fmt: skip
    before = len(world.pigeon.sent)
    for text in ("Not so.", "Still not so."):
        reviewing.keep(world.w, lead, visit, findings(world, visit, "no", text)[:1])
    world.work()
    mail = world.pigeon.sent[before:]
    assert [(one.to, "half of the last fifty" in one.text) for one in mail if "disagreed" in one.subject] == [
        ("safety@eastmoor.example", True)
    ]
    with world.w.engine.read() as tx:
        stands = agreement.of_rule_now(tx, rule["form"], rule["form_version"], rule["code"])
        behind = agreement.disagreed(tx, lead, rule["form"], rule["form_version"], rule["code"], 2**62, 100)
    assert stands == {"reviewed": 31, "disagreed": 26}
    assert len(behind) == 26, "each figure equals the list behind it"
    assert world.count("safety_told") == 1


@pytest.mark.parametrize("role", ["nursery_nurse", "student"])
def test_what_no_registrant_recorded_is_countersigned_by_the_accountable_one(world: World, home: Family, role: str) -> None:
    joined(world, "dev", role)
    visit, hv = home.untidy(who="dev"), world.who["hv"]
    owed = duty(world, words.countersign_subject(visit))
    assert owed is not None
    assert (owed["owner_account"], state(world, visit)) == (hv, words.COUNTERSIGN)
    assert today(world, visit) == {"countersign"}
    with pytest.raises(Problem, match="Say whether you agree"):
        reviewing.sign(world.w, hv, visit, [], capacity=words.COUNTERSIGNED)
    for who, capacity in (("dev", words.COUNTERSIGNED), ("midwife", words.COUNTERSIGNED), ("hv", words.REVIEWED)):
        with pytest.raises(Problem):
            reviewing.sign(world.w, world.who[who], visit, findings(world, visit), capacity=capacity)
    reviewing.sign(world.w, hv, visit, findings(world, visit), capacity=words.COUNTERSIGNED)
    assert duty(world, words.countersign_subject(visit)) is None
    assert state(world, visit) == ""


def test_who_is_accountable_where_the_named_practitioner_is_not_registered(world: World) -> None:
    dev, lead = joined(world, "dev", "nursery_nurse"), world.who["lead"]
    theirs = world.family("Adeyemi", practitioner="dev")
    owed = duty(world, words.countersign_subject(theirs.untidy(who="dev")))
    assert owed is not None
    assert owed["owner_account"] == lead, "nobody was named: a supervisor"
    for account, registrant, field in ((dev, dev, "registrant"), (None, lead, "account"), (dev, world.who["west"], "registrant")):
        with pytest.raises(Problem) as refused:
            countersigning.name_registrant(world.w, lead, account=account, registrant=registrant)
        assert refused.value.field == field
    with pytest.raises(Problem):
        countersigning.name_registrant(world.w, dev, account=dev, registrant=world.who["midwife"])
    countersigning.name_registrant(world.w, lead, account=dev, registrant=world.who["midwife"])
    owed = duty(world, words.countersign_subject(theirs.untidy(who="dev")))
    assert owed is not None
    assert owed["owner_account"] == world.who["midwife"]


def test_what_is_added_is_countersigned_too_and_what_stands_apart_is_read_by_who_signs(world: World) -> None:
    dev, midwife = joined(world, "dev", "student"), world.who["midwife"]
    countersigning.name_registrant(world.w, world.who["lead"], account=dev, registrant=midwife)
    theirs = world.family("Adeyemi", practitioner="dev")
    visit = theirs.untidy(who="dev")

    def apart() -> bool:
        with world.w.engine.read() as tx:
            row = chronology.submission(tx, midwife, visit)
        return bool(row and row["sees_apart"])

    assert apart()
    reviewing.sign(world.w, midwife, visit, findings(world, visit), capacity=words.COUNTERSIGNED)
    assert not apart(), "for as long as it is theirs to sign"
    said = {"why": "left_out", "words": "The back door was open.", "danger": "none"}
    added = theirs.visit(said, who="dev", form="addition", adds_to=visit)
    assert state(world, added) == words.COUNTERSIGN


def test_a_countersignature_that_is_late_climbs_and_a_supervisor_may_give_it(world: World, home: Family) -> None:
    joined(world, "dev", "nursery_nurse")
    visit = home.untidy(who="dev")
    subject = words.countersign_subject(visit)
    world.clock.on(days=8)
    ladder.climb(world.w)
    assert world.rows("SELECT 1 AS told FROM climb WHERE subject = :s AND rung = 'supervisor'", s=subject)
    assert any(one.what == "overdue_countersign" for one in what_is_stuck(world.w))
    reviewing.sign(world.w, world.who["lead"], visit, findings(world, visit), capacity=words.COUNTERSIGNED)
    assert duty(world, subject) is None


def test_a_month_is_drawn_by_a_seed_when_it_is_over_and_can_be_drawn_again(world: World, home: Family) -> None:
    visits = [home.not_let_in(on="2026-11-02") for _ in range(5)]
    assert sampling.draw_last_month(world.w) == 0, "the month is not over"
    world.clock.on(days=14)
    assert sampling.draw_last_month(world.w) == 1
    assert sampling.draw_last_month(world.w) == 0, "once"
    with world.w.engine.read() as tx:
        how = drawn.drawn(tx, world.who["hv"], "2026-11")
    assert how is not None
    assert (how["wanted"], how["among"]) == (2, 5)
    taken = {visit for visit in visits if state(world, visit) == words.SAMPLE}
    assert taken == set(chosen(how["seed"], reversed(visits), 2)), "anybody can choose again"
    assert looked.of_visit(world.w, taken.pop()).draw == how


def test_chance_is_even_and_follows_the_seed_alone() -> None:
    visits = [f"visit-{number}" for number in range(10)]
    times = dict.fromkeys(visits, 0)
    for seed in range(1000):
        for visit in chosen(str(seed), visits, 2):
            times[visit] += 1
    assert max(times.values()) - min(times.values()) < 80
    assert chosen("a", visits, 20) == chosen("a", visits[::-1], 20)


def test_a_supervision_decision_is_looked_at_again_by_its_day(world: World, home: Family) -> None:
    lead, said = world.who["lead"], {"what": "Visit together.", "why": "Two doors.", "decided_by": "Worker lead, supervisor"}
    days = {"on_date": "2026-11-20", "review_on": "2026-12-01"}
    for wrong, field in ((days | {"review_on": "2026-11-22"}, "review_on"), (days | {"on_date": "2026-11-30"}, "on_date")):
        with pytest.raises(Problem) as refused:
            supervision.decide(world.w, lead, home.household, **said, **wrong)
        assert refused.value.field == field
    with pytest.raises(Problem):
        supervision.decide(world.w, world.who["hv"], home.household, **said, **days)
    with pytest.raises(Problem) as refused:
        supervision.decide(world.w, lead, home.household, person="somebody else", **said, **days)
    assert refused.value.field == "person"
    for text in HOSTILE:
        id = supervision.decide(
            world.w, lead, home.household, person=home.people["Ava"], **days, **(dict.fromkeys(said, text))
        )  # fmt: skip
    owed = duty(world, words.decision_subject(id))
    assert owed is not None
    assert (owed["due_at"] > "2026-12-01", owed["due_at"] < "2026-12-03") == (True, True)
    world.clock.at = later(owed["due_at"], hours=1)
    assert any(one.what == "overdue_decision_review" for one in what_is_stuck(world.w))
    from visitapp.flow import duties as ending

    ending.close(world.w, lead, words.decision_subject(id), how="done", evidence="We visit together until Christmas.")
    assert duty(world, words.decision_subject(id)) is None


def test_a_reflection_is_nowhere_but_in_its_own_table(world: World, home: Family) -> None:
    visit, secret = home.untidy(), "heartwood-of-mine"
    for text in (*HOSTILE, secret):
        reflecting.write(world.w, world.who["hv"], reflection=text, submission=visit)
    with pytest.raises(Problem):
        reflecting.write(world.w, world.who["west"], reflection=secret, submission=visit)
    tables = [row["name"] for row in world.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")]
    holds = {table for table in tables for row in world.rows(f"SELECT * FROM {table}") if secret in str(row)}
    assert holds == {"reflection"}
    lines = world.rows("SELECT household, detail FROM journal WHERE kind = 'reflection'")
    assert {(line["household"], line["detail"]) for line in lines} == {(None, "")}, "no family’s audit shows that there is one"


def test_what_is_owed_for_a_visit_goes_to_nobody_who_did_not_make_it_or_may_not_sign_it(world: World) -> None:
    w, lead, hv, midwife = world.w, world.who["lead"], world.who["hv"], world.who["midwife"]
    dev, home = joined(world, "dev", "nursery_nurse"), world.family()
    made, theirs = home.untidy(), home.untidy(who="dev")
    question = words.question_subject(made, asked(world, made))
    people.name_practitioner(w, lead, home.household, account=dev)
    owed = [duty(world, subject) for subject in (question, words.countersign_subject(theirs))]
    assert [one["owner_account"] for one in owed if one] == [hv, lead], "the author answers, and no author signs their own"
    people.name_practitioner(w, lead, home.household, account=midwife)
    owed = [duty(world, subject) for subject in (question, words.countersign_subject(theirs))]
    assert [one["owner_account"] for one in owed if one] == [hv, lead], "nobody who owes nothing hands it on"


def test_a_sample_of_a_visit_that_was_entered_in_error_goes_with_it_or_away(world: World, home: Family) -> None:
    other, visit = world.family("Adeyemi"), home.not_let_in()
    with world.w.engine.write() as tx:
        sampling.found_danger(tx, visit, home.household, "tonight", world.clock())
    entered_in_error.enter(world.w, world.who["lead"], visit, why="It was next door.", belongs_to=other.household)
    rows = world.rows("SELECT household FROM today_row WHERE kind = 'sampled' AND about = :visit", visit=visit)
    assert [row["household"] for row in rows] == [other.household]
    entered_in_error.enter(world.w, world.who["lead"], visit, why="It was neither.")
    assert (state(world, visit), today(world, visit)) == ("", set())
