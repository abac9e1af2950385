"""What is derived can be thrown away: rebuilt from the facts it is the same as it was written, fact by fact."""

import json
import random
from typing import Any

from tests.store import build
from visitapp.domain.past import NOT_COMPLETED
from visitapp.store import (
    accounts,
    additions,
    agreed_levels,
    agreement,
    assessments,
    danger,
    duties,
    filed,
    handovers,
    homes,
    households,
    joins,
    letters,
    life_events,
    losses,
    notes,
    notices,
    people,
    phones,
    photographs,
    plans,
    raised,
    recipients,
    records,
    referral_calls,
    referrals,
    returned,
    reviews,
    risks,
    same,
    submissions,
    supervision,
    teams,
    today,
    together,
)
from visitapp.store.derived import DERIVED, derived_tables, rebuild
from visitapp.store.engine import Engine
from visitapp.store.migrate import append_only_tables
from visitapp.store.tx import Tx

ROLES = ("child", "mother", "partner")


class Life:
    """A seeded run of facts, in any order that life might bring them."""

    def __init__(self, seed: int) -> None:
        self.chosen = random.Random(seed)
        self.families: list[str] = []
        self.people: list[str] = []
        self.memberships: list[str] = []
        self.ended: set[str] = set()
        self.visits: dict[str, str] = {}
        self.staff: list[str] = []
        self.referrals: list[str] = []
        self.messages: list[str] = []
        self.offers: list[str] = []

    def step(self, tx: Tx, number: int) -> None:
        does = [self.new_family, self.new_person, self.new_staff]
        if self.families and self.people and self.staff:
            does += [self.join, self.join, self.leave, self.move, self.rename]
            does += [self.hand_over, self.reassign, self.visit, self.photograph, self.judge, self.owe, self.end, self.set_aside]
            does += [self.lose, self.lose, self.agree, self.offer, self.offer, self.answer, self.let_go]
            does += [self.misfile, self.put_together, self.visit, self.judge, self.judge]
            does += [self.send, self.send, self.notify, self.attempt, self.attempt, self.come_back]
            does += [self.review, self.review]
            does += [self.due, self.call, self.mark, self.plan, self.continue_as]
            does += [self.for_staff, self.who_is_who]
        self.chosen.choice(does)(tx, f"n{number}")

    def day(self) -> str:
        return f"2026-{self.chosen.randrange(1, 12):02}-{self.chosen.randrange(1, 28):02}"

    def new_family(self, tx: Tx, id: str) -> None:
        self.families.append(build.family(tx, id, practitioner=self.chosen.choice(self.staff) if self.staff else None))

    def new_person(self, tx: Tx, id: str) -> None:
        people.add_person(tx, id=id, **build.STAMP)
        self.people.append(id)

    def new_staff(self, tx: Tx, id: str) -> None:
        self.staff.append(build.staff(tx, id, team=self.chosen.choice(["east", "west"])))

    def reassign(self, tx: Tx, _id: str) -> None:
        build.staff(tx, self.chosen.choice(self.staff), team=self.chosen.choice(["east", "west", None]))

    def join(self, tx: Tx, id: str) -> None:
        households.add_member(
            tx, id=id, household=self.chosen.choice(self.families), person=self.chosen.choice(self.people),
            role=self.chosen.choice(ROLES), from_on=self.day(), **build.STAMP,
        )  # fmt: skip
        self.memberships.append(id)

    def leave(self, tx: Tx, _id: str) -> None:
        here = [id for id in self.memberships if id not in self.ended]
        if here:
            gone = self.chosen.choice(here)
            self.ended.add(gone)
            households.end_membership(tx, membership=gone, on_date=self.day(), reason="moved", **build.STAMP)

    def move(self, tx: Tx, _id: str) -> None:
        """To a new address, which some say was wrong."""
        family = self.chosen.choice(self.families)
        lives = households.set_residence(
            tx, household=family, address="1 New Road", postcode=f"EM{self.chosen.randrange(9)} 2XY", area="westfen", from_on=self.day(),
            **build.STAMP,
        )  # fmt: skip
        if self.chosen.random() < 0.3:
            homes.put_right(tx, residence=lives, household=family, why="next door", **build.STAMP)

    def rename(self, tx: Tx, _id: str) -> None:
        people.add_detail(
            tx, person=self.chosen.choice(self.people), given_names=self.chosen.choice(["Siân", "Łucja"]), family_name="Ashdown",
            born_on=self.day(), nhs_number=self.chosen.choice([None, "9990000018"]), **build.STAMP,
        )  # fmt: skip

    def hand_over(self, tx: Tx, _id: str) -> None:
        households.name_practitioner(
            tx, household=self.chosen.choice(self.families), account=self.chosen.choice(self.staff),
            capacity=self.chosen.choice(["named", "lead"]), from_on=self.day(), **build.STAMP,
        )  # fmt: skip

    def visit(self, tx: Tx, id: str) -> None:
        family = self.chosen.choice(self.families)
        kind = self.chosen.choice(["visit", "visit_not_completed"])
        measures = [
            ("p", "child.seen", "awake", ""),
            ("p", "adult.smokes", "false", "told", "2026-01-05"),
            ("", "home.kitchen", "", "not_seen"),
        ] * self.chosen.randrange(3)
        measures += [("", "visit.contact", "new_birth", "")] * self.chosen.randrange(2)
        said = {name: {"value": f"{name} in words {id}"} for name in ("notes", "disclosed")}
        build.visit(
            tx, id, on=self.day(), household=family, kind=kind, child_seen=self.chosen.choice([True, False, None]), measures=measures,
            body=json.dumps({"answers": said}).encode(),
        )  # fmt: skip
        self.visits[id] = family

    def for_staff(self, tx: Tx, id: str) -> None:
        self.chosen.choice([self.risk, self.supervise])(tx, id)

    def risk(self, tx: Tx, id: str) -> None:
        """A known risk, which some confirm and some end."""
        family = self.chosen.choice(self.families)
        risks.add(
            tx, id=id, household=family, submission=None, kind="dog", words="", known="seen", source="", protected=False,
            from_on=self.day(), until_on=self.day(), **build.STAMP,
        )  # fmt: skip
        word = self.chosen.choice(["", "confirmed", "ended"])
        if word:
            until = None if word == "ended" else self.day()
            risks.say(
                tx, risk=id, household=family, word=word, on_date=self.day(), words="", known="seen", until_on=until, **build.STAMP
            )  # fmt: skip

    def supervise(self, tx: Tx, _id: str) -> None:
        """What is owed for as long as an account visits families, whichever way it moves afterwards."""
        account = self.chosen.choice(self.staff)
        duties.owe(tx, subject=f"supervision:{account}", kind="supervision", what="", due_at=build.AT, owner_account="lead", **build.STAMP)

    def photograph(self, tx: Tx, id: str) -> None:
        """A visit that names a photograph, which has come or not."""
        taken = {"id": "00000000-0000-4000-8000-000000000001", "sha256": "a" * 64}
        family = self.chosen.choice(self.families)
        build.submission(tx, id, household=family, body=json.dumps({"id": id, "photographs": {"taken": [taken]}}).encode())
        if self.chosen.random() < 0.5:
            photographs.keep(
                tx, submission=id, id=taken["id"], household=family, author="hv", device="d", envelope="{}", bytes=b"", sha256="a" * 64,
                received_at=build.AT,
            )  # fmt: skip

    def judge(self, tx: Tx, _id: str) -> None:
        if self.visits:
            visit = self.chosen.choice(list(self.visits))
            least = self.chosen.randrange(1, 5)
            build.assessment(
                tx, visit, household=self.visits[visit], at_least=least, could_be=4, kind=self.chosen.choice(["today", "as_shown"]),
                findings=self.chosen.sample([("home_harms", "home", "present"), ("care_basic", "care", "cannot_tell")], 1),
                urgency=self.chosen.choice(["tonight", "routine"]),
            )  # fmt: skip

    def review(self, tx: Tx, id: str) -> None:
        """A second person says something of a visit, or it is to be read for one reason or another."""
        if not self.visits:
            return
        visit = self.chosen.choice(list(self.visits))
        of: dict[str, Any] = {"submission": visit, "household": self.visits[visit], "at": build.AT, "actor": self.chosen.choice(self.staff)}
        asked = tx.one("SELECT id, household FROM review_question ORDER BY seq DESC LIMIT 1")
        rule = {"form": "home_visit", "form_version": 1, "code": self.chosen.choice(["a", "b"]), "row_id": "", "person": ""}
        does = self.chosen.choice(["ask", "answer", "sign", "sample", "owe", "end", "say", "say"])
        if does == "ask":
            reviews.ask(tx, id=id, to_account="hv", words="Who was there?", **of)
            self.duty(tx, f"question:{visit}:{id}", "question", of["household"])
        elif does == "answer" and asked:
            reviews.answer(tx, question=asked["id"], household=asked["household"], words="Nobody.", **build.STAMP)
        elif does == "sign":
            reviews.sign(tx, capacity=self.chosen.choice(["reviewed", "countersigned"]), words="", **of)
        elif does == "sample":
            reviews.sample(tx, why=self.chosen.choice(["danger", "month"]), **of)
        elif does == "owe":
            self.duty(tx, f"countersign:{visit}", "countersign", of["household"])
        elif does == "end":
            duties.close(tx, {"household": of["household"], "subject": f"countersign:{visit}"}, how="done", evidence="", **build.STAMP)
        else:
            said = {"agrees": self.chosen.random() < 0.5, "reason": "", "by_author": self.chosen.random() < 0.3}
            agreement.say(tx, **rule, **said, **of)

    def duty(self, tx: Tx, subject: str, kind: str, household: str) -> None:
        owner = self.chosen.choice(self.staff)
        duties.owe(
            tx, subject=subject, kind=kind, what="", due_at=build.AT, household=household, owner_account=owner, **build.STAMP
        )  # fmt: skip

    def agree(self, tx: Tx, id: str) -> None:
        """A level that people agreed, lowered or not, answered or not; some of it is another household's past."""
        family = self.chosen.choice(self.families)
        stands = agreed_levels.standing(tx, family)
        agreed_levels.propose(
            tx, id=id, household=family, level=self.chosen.randrange(1, 5), from_level=stands["level"] if stands else None, reason="",
            **build.STAMP,
        )  # fmt: skip
        if self.chosen.random() < 0.5:
            agreed_levels.answer(tx, id, household=family, agrees=self.chosen.random() < 0.5, reason="", **build.STAMP)
        if self.chosen.random() < 0.3:
            life_events.join_earlier(tx, household=self.chosen.choice(self.families), earlier=family, why="", **build.STAMP)

    def set_aside(self, tx: Tx, id: str) -> None:
        """Put aside with a visit's own bytes, or with others under its id; some are settled, each way."""
        visit = self.chosen.choice([*self.visits, id])
        kept = submissions.submission(tx, visit)
        sha256 = kept["sha256"] if kept and self.chosen.random() < 0.7 else "other"
        put = submissions.put_aside(
            tx, id=id, submission=visit, household=None, author="hv", reason="id_differs", owner="hv", envelope="{}", body=b"",
            sha256=sha256, received_at=build.AT,
        )  # fmt: skip
        if put and self.chosen.random() < 0.5:
            outcome = self.chosen.choice(["take_in", "keep_aside"])
            submissions.resolve_quarantine(tx, quarantine=id, outcome=outcome, reason="", **build.STAMP)

    def send(self, tx: Tx, id: str) -> None:
        """A referral of a judged visit is sent to a receiver and a copy; some of it is handed over, replaced, or answered."""
        judged = tx.one("SELECT id, submission FROM assessment ORDER BY seq DESC LIMIT 1")
        if judged is None or judged["submission"] not in self.visits:
            return
        household, delivered = (
            self.visits[judged["submission"]],
            self.chosen.choice([["sent"], ["try_again"], ["sent", "refused"], ["sent", "collected"]]),
        )
        referrals.add(
            tx, id=id, household=household, submission=judged["submission"], assessment=judged["id"], level=3, urgency="routine",
            destination="social_care", receiving_team=None, **build.STAMP,
        )  # fmt: skip
        whose = {"referral": id, "household": household, "number": 1, "receiving_team": None, "name": "", "address": "", "phone": ""}
        for place, document in (("receiver", "referral"), ("copy", "health_copy")):
            as_well = {"transport": "folder", "reasons": (), "place": place, "document": document}
            recipients.add(tx, id=f"{id}-{place}", **whose, **as_well, **build.STAMP)
            if self.chosen.random() < 0.3:
                recipients.add(tx, id=f"{id}-{place}-other", instead_of=f"{id}-{place}", **whose, **as_well, **build.STAMP)
        letters.add(tx, id=id, referral=id, household=household, bytes=b"", sha256="", pages=1, content={}, **build.STAMP)
        for outcome in delivered:  # the second came back, or was collected
            letters.add_delivery(
                tx, letter=id, household=household, transport=self.chosen.choice(["folder", "mesh"]), address="", attempt=1,
                outcome=outcome, proof="", recipient=f"{id}-receiver", **build.STAMP,
            )  # fmt: skip
        if self.chosen.random() < 0.5:
            row = {"id": id, "record": household}
            referrals.add_event(tx, row, self.chosen.choice(["acknowledged", "proposed"]), detail={}, **build.STAMP)

    def lose(self, tx: Tx, _id: str) -> None:
        """A loss or a homecoming; some of it recorded in error, and letters that may go again."""
        household, event = self.chosen.choice(self.families), 0
        for kind in self.chosen.choice([("died",), ("stillborn", "miscarried"), ("home_from_hospital",)]):
            event = life_events.add(
                tx, person=self.chosen.choice(self.people), household=household, kind=kind, on_date=self.day(), words="", **build.STAMP
            )
        if self.chosen.random() < 0.3:
            losses.in_error(tx, event=event, household=household, why="wrong child", **build.STAMP)
        if self.chosen.random() < 0.3:
            losses.resume(tx, household=household, why="they asked", **build.STAMP)

    def misfile(self, tx: Tx, _id: str) -> None:
        """A visit was entered in error: for another family, or for nobody."""
        if self.visits and self.chosen.random() < 0.4:
            visit = self.chosen.choice(list(self.visits))
            filed.in_error(
                tx, submission=visit, household=self.visits[visit], belongs_to=self.chosen.choice([None, *self.families]), why="",
                **build.STAMP,
            )  # fmt: skip

    def put_together(self, tx: Tx, id: str) -> None:
        """Two records are joined, some of them in error."""
        household, duplicate = self.chosen.choice(self.families), self.chosen.choice(self.families)
        if household != duplicate:
            life_events.join_earlier(tx, household=household, earlier=duplicate, why="", **build.STAMP)
            records.join(tx, id=id, household=household, duplicate=duplicate, why="", moved="{}", **build.STAMP)
            if self.chosen.random() < 0.5:
                records.joined_in_error(tx, joined=id, household=household, why="", **build.STAMP)

    def who_is_who(self, tx: Tx, id: str) -> None:
        self.chosen.choice([self.one_person, self.ask_a_team])(tx, id)

    def ask_a_team(self, tx: Tx, id: str) -> None:
        """Whether another team has a record of the same family, which is found or not, and answered or not: owed meanwhile."""
        family, other = self.chosen.choice(self.families), self.chosen.choice([None, *self.families])
        said = {"to_team": "west", "nhs_number": None, "words": "", "goes_on": "us"}
        joins.ask(tx, id=id, household=family, other=other, **said, **build.STAMP)
        if other:
            self.duty(tx, f"join:{id}", "join_asked", other)
        if self.chosen.random() < 0.4:
            joins.answer(tx, asked=id, household=family, how="refused", reason="", joined=None, **build.STAMP)

    def one_person(self, tx: Tx, id: str) -> None:
        """Two entries are one person, by themselves or with a joining; some of it in error. Nobody is read as who is read as them."""
        person, stands = self.chosen.choice(self.people), self.chosen.choice(self.people)
        chain = [stands]
        while (after := same.stands(tx, chain[-1:]).get(chain[-1])) is not None:
            chain.append(after)
        if person in chain or same.stands(tx, [person]):
            return
        joined = tx.one("SELECT id FROM record_joined ORDER BY seq DESC LIMIT 1") if self.chosen.random() < 0.4 else None
        family = self.chosen.choice(self.families)
        said = {"household": family, "joined": joined["id"] if joined else None, "why": "", "moved": "{}"}
        same.add(tx, id=id, person=person, stands=stands, **said, **build.STAMP)
        if self.chosen.random() < 0.4:
            same.in_error(tx, same=id, household=family, why="", **build.STAMP)

    def offer(self, tx: Tx, id: str) -> None:
        handovers.offer(
            tx, id=id, household=self.chosen.choice(self.families), kind="midwife", from_account=self.chosen.choice(self.staff),
            to_account=self.chosen.choice([None, *self.staff]), to_team="east", words="", safe="", summary="[]", duty="s1", **build.STAMP,
        )  # fmt: skip
        self.offers.append(id)

    def answer(self, tx: Tx, _id: str) -> None:
        if self.offers:
            how = self.chosen.choice(["accepted", "refused", "refused", "kept", "taken_back"])
            offer = self.chosen.choice(self.offers)
            row = handovers.handover(tx, offer)
            assert row is not None
            handovers.end(tx, handover=offer, household=row["household"], how=how, reason="", **build.STAMP)

    def let_go(self, tx: Tx, _id: str) -> None:
        if self.chosen.random() < 0.3:
            accounts.end(tx, account=self.chosen.choice(self.staff), on_date=self.day(), why="left", **build.STAMP)

    def owe(self, tx: Tx, id: str) -> None:
        """Owed anew or for the first time; some of it is a visit set aside."""
        duties.owe(
            tx, subject=self.chosen.choice(["s1", "s2", "s3", id]), kind=self.chosen.choice(["plan_action", "finding", "quarantine"]),
            what="act", due_at=build.AT, household=self.chosen.choice(self.families), owner_account=self.chosen.choice(self.staff),
            backup_account=self.chosen.choice([None, *self.staff]), finding=self.chosen.choice([None, "code"]), **build.STAMP,
        )  # fmt: skip

    def come_back(self, tx: Tx, id: str) -> None:
        """Something came back that somebody must look at, or nobody; some of it was looked at."""
        owner = self.chosen.choice([None, *self.staff])
        more: dict[str, Any] = {"letter": None, "referral": None, "household": None, "proof": ""}
        returned.add(tx, id=id, source="imap", kind="message", owner=owner, **more, **build.STAMP)
        if self.chosen.random() < 0.3:
            returned.settle(tx, {"id": id, "household": None}, what="read", **build.STAMP)

    def due(self, tx: Tx, id: str) -> None:
        """A baby who is due, or of whose birth nothing is known."""
        due_on = self.chosen.choice([None, self.day()])
        build.member(tx, id, household=self.chosen.choice(self.families), due_on=due_on)

    def call(self, tx: Tx, _id: str) -> None:
        """Somebody is phoned about a visit, and is reached or not."""
        if self.visits:
            visit = self.chosen.choice(list(self.visits))
            danger.add_call(
                tx, submission=visit, household=self.visits[visit], whom="", number="", reached=self.chosen.random() < 0.5, spoke_to="",
                at_time=build.AT, agreed="", **build.STAMP,
            )  # fmt: skip

    def mark(self, tx: Tx, _id: str) -> None:
        """Somebody says of a reason whose it is, or that it waits."""
        family, reasons = self.chosen.choice(self.families), [("danger", self.chosen.choice(["one", "two"])), ("unseen", "three")]
        today.assign(tx, family, reasons, account="hv", words="", **build.STAMP)
        today.wait(tx, family, reasons[:1], waits_for="a call", until_at=build.AT, **build.STAMP)

    def plan(self, tx: Tx, id: str) -> None:
        """A plan is agreed, which makes the time of a family's babies shorter, or had been and has ended."""
        family, source = self.chosen.choice(self.families), self.chosen.choice(["child_protection", "early_help"])
        plans.add(
            tx, id=id, household=family, source=source, agreed_on=self.day(), agreed_by="", trigger_kind="said", trigger_words="",
            trigger_count=None, trigger_days=None, actions=(), review_on=None, **build.STAMP,
        )  # fmt: skip
        if self.chosen.random() < 0.3:
            plans.end(tx, plan=id, household=family, on_date=self.day(), reason="", **build.STAMP)

    def continue_as(self, tx: Tx, _id: str) -> None:
        """A household that is confirmed to be a later one's past, always the one that was formed before."""
        if len(self.families) > 1:
            earlier, later = sorted(self.chosen.sample(range(len(self.families)), 2))
            life_events.join_earlier(tx, household=self.families[later], earlier=self.families[earlier], why="", **build.STAMP)

    def notify(self, tx: Tx, id: str) -> None:
        """A message to one of few, so that a later one reaches whom an earlier one did not."""
        whom = self.chosen.choice([{"to_account": self.staff[0], "to_address": None}, {"to_account": None, "to_address": "a@b.example"}])
        notices.add(tx, id=id, kind="any", said={}, **whom, **build.STAMP)
        self.messages.append(id)

    def attempt(self, tx: Tx, _id: str) -> None:
        if self.messages:
            outcome = self.chosen.choice(["sent", "refused", "refused", "unknown"])
            notices.add_attempt(
                tx, message=self.chosen.choice(self.messages), transport="x", address="a@b.example", attempt=1, outcome=outcome, proof="",
                **build.STAMP,
            )  # fmt: skip

    def end(self, tx: Tx, _id: str) -> None:
        """A duty is ended: one that is open, or, as two people who act at once might, one that is not."""
        duty = duties.duty(tx, self.chosen.choice(["s1", "s2"])) or {"household": self.families[0], "subject": "s3"}
        duties.close(tx, duty, how=self.chosen.choice(["done", "declined", "excused"]), evidence="seen", **build.STAMP)


def contents(engine: Engine) -> dict[str, list[list[Any]]]:
    with engine.read() as tx:
        rows = {table: tx.all(f"SELECT * FROM {table}") for table in derived_tables()}
    return {table: sorted((list(row.values()) for row in found), key=repr) for table, found in rows.items()}


def test_rebuilt_equals_written_fact_by_fact(engine: Engine) -> None:
    for seed in range(3):
        life = Life(seed)
        with engine.write() as tx:
            notes.add_form(tx, form="home_visit", form_version=1, plain=("notes",), apart=("disclosed",), **build.STAMP)
            teams.add_team(tx, id=f"team{seed}", name="East", area="eastmoor", phone="01632 960001", **build.STAMP)
            for number in range(220):
                life.step(tx, seed * 1000 + number)
    written = contents(engine)
    assert [table for table in derived_tables() if not written[table]] == []  # each was tried
    rebuild(engine)
    assert contents(engine) == written


def test_rebuilding_writes_no_fact(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx)
        build.family(tx)
        before = tx.one("SELECT count(*) AS n FROM journal")
    rebuild(engine)
    with engine.read() as tx:
        assert tx.one("SELECT count(*) AS n FROM journal") == before


def test_every_derivation_follows_facts_and_fills_no_fact() -> None:
    facts = append_only_tables()
    for derivation in DERIVED:
        assert set(derivation.after) <= facts
        assert not set(derivation.tables) & facts


def test_an_account_that_changes_team_takes_its_families_along(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx, team="east")
        build.family(tx)
        build.staff(tx, team="west")
        found = households.household(tx, "fam")
    assert found is not None
    assert found["team"] == "west"


def test_a_family_summary_is_the_newest_visit_in_clinical_order(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx)
        build.family(tx)
        build.visit(tx, "new", on="2026-11-20", child_seen=False)
        build.visit(tx, "old", on="2026-11-01", child_seen=True)  # arrived later
        build.assessment(tx, "new", at_least=3, could_be=4)
        build.assessment(tx, "old", at_least=1, could_be=1)
        build.assessment(tx, "new", kind="as_shown", at_least=2, could_be=2)  # what the tablet had: a check on it, not the judgement
        found = households.household(tx, "fam")
    assert found is not None
    assert (found["level_at_least"], found["last_visit_on"], found["last_seen_child_on"]) == (3, "2026-11-20", "2026-11-01")


def test_a_door_that_stayed_shut_raises_what_the_last_visit_made_suggests_and_never_lowers_it(engine: Engine) -> None:
    with engine.write() as tx:
        build.staff(tx)
        build.family(tx)
        seen = []
        for id, on, kind, least in (
            ("shut", "2026-10-01", NOT_COMPLETED, 2), ("made", "2026-11-01", "visit", 3), ("ours", "2026-11-09", NOT_COMPLETED, 1),
            ("refused", "2026-11-10", NOT_COMPLETED, 4), ("again", "2026-11-12", NOT_COMPLETED, 1), ("in", "2026-11-20", "visit", 2),
        ):  # fmt: skip
            build.visit(tx, id, on=on, kind=kind)
            build.assessment(tx, id, at_least=least, could_be=least)
            seen.append((households.household(tx, "fam") or {})["level_at_least"])
    assert seen == [2, 3, 3, 4, 4, 2]


def test_a_visit_is_unassessed_until_it_is_judged_for_today_or_set_aside(engine: Engine) -> None:
    def waiting(tx: Tx) -> list[str]:
        return [row["id"] for row in assessments.unassessed(tx, build.AT)]

    with engine.write() as tx:
        build.staff(tx)
        build.family(tx)
        for id in ("one", "two"):
            build.visit(tx, id)
        assert assessments.unassessed(tx, "2026-11-22T10:39:59.999Z") == []
        build.assessment(tx, "one", kind="as_shown")
        assert waiting(tx) == ["one", "two"]
        build.assessment(tx, "one")
        assert waiting(tx) == ["two"]
        kept = submissions.submission(tx, "two")
        assert kept is not None
        aside = {part: kept[part] for part in ("household", "author", "envelope", "body", "sha256", "received_at")}
        submissions.put_aside(tx, id="q", submission="two", reason="household_not_theirs", owner="hv", **aside)
        assert waiting(tx) == []
        submissions.resolve_quarantine(tx, quarantine="q", outcome="take_in", reason="", **build.STAMP)
        assert waiting(tx) == ["two"]


def test_a_duty_is_open_until_it_is_ended_and_again_when_it_is_owed_again(engine: Engine) -> None:
    def owe(tx: Tx, **more: Any) -> None:
        owed: dict[str, Any] = {"subject": "plan:m:1", "kind": "plan_action", "what": "Call", "due_at": build.AT, "household": "fam"}
        duties.owe(tx, **(owed | more), **build.STAMP)

    def open_now(tx: Tx) -> list[str]:
        return [row["what"] for row in duties.of_household(tx, "fam")]

    with engine.write() as tx:
        build.staff(tx)
        build.family(tx)
        owe(tx)
        owe(tx, what="Call again")  # owed anew: the newest stands
        assert open_now(tx) == ["Call again"]
        duty = duties.duty(tx, "plan:m:1")
        assert duty is not None
        duties.close(tx, duty, how="done", evidence="Seen by PC 12", reference="INC-7", **build.STAMP)
        assert open_now(tx) == []
        assert (duties.last_closed(tx, "plan:m:1") or {})["evidence"] == "Seen by PC 12"
        owe(tx, what="Call a third time")
        assert open_now(tx) == ["Call a third time"]


def test_a_visit_set_aside_is_owed_until_it_is_settled_and_not_until_it_is_ended(engine: Engine) -> None:
    with engine.write() as tx:
        submissions.put_aside(
            tx, id="q", submission="s", household="fam", author="hv", reason="id_differs", owner="hv", envelope="{}", body=b"",
            sha256="x", received_at=build.AT,
        )  # fmt: skip
        duties.owe(tx, subject="q", kind="quarantine", what="Look", due_at=build.AT, household="fam", **build.STAMP)
        duties.close(tx, {"subject": "q", "household": "fam"}, how="done", evidence="no", **build.STAMP)
        assert duties.duty(tx, "q") is not None
        submissions.resolve_quarantine(tx, quarantine="q", outcome="keep_aside", reason="", **build.STAMP)
        assert duties.duty(tx, "q") is None


class Worse(Life):
    """The same life with what follows a visit: things added to it, calls, referrals that became graver, agencies."""

    def step(self, tx: Tx, number: int) -> None:
        after = [self.add_to, self.phone, self.phone, self.raise_one, self.agency, self.put_right, self.decide, self.talk]
        after += [self.reached, self.second_home, self.one_person, self.seen]
        if self.visits and self.chosen.random() < 0.4:
            self.chosen.choice(after)(tx, f"w{number}")
        else:
            super().step(tx, number)

    def add_to(self, tx: Tx, _id: str) -> None:
        added, visit = self.chosen.choice(list(self.visits)), self.chosen.choice(list(self.visits))
        additions.add(tx, submission=added, household=self.visits[added], adds_to=visit, **build.STAMP)

    def phone(self, tx: Tx, id: str) -> None:
        """From the visit itself, or about a referral; reached or not."""
        said = {"number": "1", "spoke_to": "", "reached": self.chosen.random() < 0.2, "at_time": build.AT}
        visit, referral = self.chosen.choice(list(self.visits)), self.a_referral(tx)
        if referral is not None and self.chosen.random() < 0.5:
            referral_calls.add(
                tx, id=id, referral=referral["id"], household=referral["household"], whom="", agreed="", **said, **build.STAMP
            )  # fmt: skip
        else:
            assessments.add_call(
                tx, submission=visit, household=self.visits[visit], call={"call": id, "who": "", "said": "", **said}, **build.STAMP
            )  # fmt: skip

    def misfile(self, tx: Tx, _id: str) -> None:
        """From the record in which it stands to another, where it is found from then on."""
        visit, to = self.chosen.choice(list(self.visits)) if self.visits else None, self.chosen.choice(self.families)
        if visit is not None:
            filed.in_error(tx, submission=visit, household=self.visits[visit], belongs_to=to, why="", **build.STAMP)
            self.visits[visit] = to

    def a_referral(self, tx: Tx) -> dict[str, Any] | None:
        rows = tx.all("SELECT r.*, r.household AS record FROM referral r ORDER BY seq")
        return self.chosen.choice(rows) if rows else None

    def raise_one(self, tx: Tx, id: str) -> None:
        """By a later visit; and told, let stand, answered, or not yet."""
        referral, visit = self.a_referral(tx), self.chosen.choice(list(self.visits))
        if referral is None:
            return
        before = {f"from_{name}": referral[name] for name in ("level", "urgency", "destination")}
        raised.add(
            tx, id=id, referral=referral["id"], household=referral["record"], submission=visit,
            assessment=referral["assessment"], level=4, urgency="tonight", destination="social_care_urgent", reasons=(), **before,
            **build.STAMP,
        )  # fmt: skip
        for event in ("raised", *self.chosen.choice([(), ("let_stand",), ("requested_again",), ("requested_again", "acknowledged")])):
            detail = {"submission": visit, "phoned_who": self.chosen.choice(["", "J. Lane"])}
            referrals.add_event(tx, referral, event, detail=detail, **build.STAMP)

    def agency(self, tx: Tx, id: str) -> None:
        family = self.chosen.choice(self.families)
        kind = self.chosen.choice(["social_worker", "police", "early_help"])
        together.involve(tx, id=id, household=family, kind=kind, name="", contact="", knows="", from_on=self.day(), **build.STAMP)
        if self.chosen.random() < 0.5:
            together.tell(tx, agency=id, household=family, how="told", on_date=self.day(), words="heard", **build.STAMP)
        if self.chosen.random() < 0.3:
            together.close(tx, agency=id, household=family, on_date=self.day(), reason="better", unresolved=(), **build.STAMP)

    def put_right(self, tx: Tx, _id: str) -> None:
        family, other = self.chosen.choice(self.families), self.chosen.choice(self.families)
        records.put_right(tx, household=family, other=other, what="joined", why="the same", **build.STAMP)

    def seen(self, tx: Tx, id: str) -> None:
        """A visit that says of everybody who ever belonged whether it saw them."""
        family = self.chosen.choice(self.families)
        who = sorted(households.ever_members(tx, family))
        measures = [(one, "child.seen", self.chosen.choice(["awake", "asleep", "not_seen"]), "") for one in who]
        measures += [(one, "adult.smokes", "false", "told", "2026-01-05") for one in who]
        measures += [("", "visit.contact", "new_birth", "")]
        build.visit(tx, id, on=self.day(), household=family, kind="visit", child_seen=True, measures=measures)
        self.visits[id] = family

    def reached(self, tx: Tx, id: str) -> None:
        """A number, in use or no more."""
        family, person = self.chosen.choice(self.families), self.chosen.choice([None, *self.people])
        said = {"whose": "" if person else "Rose", "number": f"07700 9004{self.chosen.randrange(10, 99)}", "safe": "never", "times": ""}
        phones.add(tx, id=id, household=family, person=person, **said, **build.STAMP)
        if self.chosen.random() < 0.3:
            phones.end(tx, phone_number=id, household=family, why="", **build.STAMP)

    def second_home(self, tx: Tx, id: str) -> None:
        family, person = self.chosen.choice(self.families), self.chosen.choice(self.people)
        homes.add_second(
            tx, id=id, household=family, person=person, address="", with_whom="Jon", days="", from_on=self.day(), membership=None,
            **build.STAMP,
        )  # fmt: skip
        if self.chosen.random() < 0.3:
            homes.end_second(tx, second_home=id, household=family, on_date=self.day(), why="", **build.STAMP)

    def decide(self, tx: Tx, id: str) -> None:
        supervision.decide(
            tx, id=id, household=self.chosen.choice(self.families), person=None, what="go on", why="as said", decided_by="",
            review_on=self.day(), decided_on=self.day(), **build.STAMP,
        )  # fmt: skip

    def talk(self, tx: Tx, id: str) -> None:
        visit = self.chosen.choice(list(self.visits))
        subject = f"debrief:{visit}"
        self.duty(tx, subject, "debrief", self.visits[visit])
        if self.chosen.random() < 0.5:
            duties.close(tx, {"household": self.visits[visit], "subject": subject}, how="done", evidence="held", **build.STAMP)


def test_rebuilt_equals_written_at_every_turn_of_what_follows_a_visit(engine: Engine) -> None:
    life, kinds = Worse(31), set()
    for turn in range(2):
        with engine.write() as tx:
            for number in range(90):
                life.step(tx, 90 * turn + number)
        written = contents(engine)
        kinds |= {row["kind"] for row in today_rows(engine)}
        rebuild(engine)
        assert contents(engine) == written
    assert {"danger", "debrief"} <= kinds


def today_rows(engine: Engine) -> list[dict[str, Any]]:
    with engine.read() as tx:
        return tx.all("SELECT kind FROM today_row")
