"""Today: why each family is there, what ends each reason and what does not, whose it is made, and what is put off. Whatever happens, the
numbers are the lists behind them."""

import random
from datetime import timedelta

import pytest

from tests.flow.carried import id_of
from tests.flow.family_work import HOSTILE, agree, owed, refused, seen
from tests.flow.test_raised import again, early_help_that_became_graver
from tests.flow.test_routing import refused as refusal
from tests.flow.world import World
from tests.store import build
from visitapp.domain.moments import day_of, later
from visitapp.domain.replies import NOT_FOR_US, Reply
from visitapp.domain.today import KINDS
from visitapp.flow import agreed_level, aside, devices, duties, life_events, people, records, reply, standing_in, today, today_marks, unsent
from visitapp.flow.phoning import Call
from visitapp.problems import Problem
from visitapp.store import danger, households
from visitapp.store.duties import owe
from visitapp.store.tx import Tx

REACHED = Call("Front door", "01632 960100", "yes", "J. Lane, duty worker", None, "They visit by six.")


def kinds(world: World, family, who: str = "lead") -> list[str]:
    """The reasons that stand for a family now, the gravest first."""
    line = today.of_family(world.w, world.who[who], family.household)
    return [one.row["kind"] for one in line.reasons] if line else []


def listed(world: World, show: str = "") -> list[str]:
    """Every family of a list, page after page."""
    found, after = [], today.BEGINNING
    while True:
        page = today.today(world.w, world.who["lead"], show, after)
        found += [line.household for line in page.lines]
        assert len(page.lines) <= today.PAGE
        assert sorted(line.key for line in page.lines) == [line.key for line in page.lines]
        if page.after is None:
            return found
        after = page.after


def counts(world: World) -> dict[str, int]:
    return today.today(world.w, world.who["lead"]).counts


def test_danger_ends_with_a_call_in_which_somebody_was_reached_and_with_nothing_else(world):
    family = world.family()
    family.sofa(on="2026-11-21")
    assert kinds(world, family)[0] == "danger"
    assert counts(world)["danger"] == 1
    seen(family)  # a good visit the day after says nothing of that night
    today_marks.spoke(world.w, world.who["lead"], family.household, Call("Front door", "01632 960100", "no"))
    assert kinds(world, family)[0] == "danger"
    line = today.of_family(world.w, world.who["lead"], family.household)
    assert "sofa" in line.reasons[0].row["said"]
    today_marks.spoke(world.w, world.who["lead"], family.household, REACHED)
    assert "danger" not in kinds(world, family)
    assert refusal(lambda: today_marks.spoke(world.w, world.who["lead"], family.household, REACHED))[0] in ("whom", None)


def test_danger_ends_with_the_receivers_answer_but_not_with_giving_it_back_or_with_the_letter(world):
    family, other = world.family(), world.family("Birch")
    for one in (family, other):
        one.sofa()
        one.send()
        assert "danger" in kinds(world, one)  # delivered is not spoken to
    reply.acknowledge(world.w, world.who["duty"], family.referral())
    reply.answer(world.w, world.who["duty"], other.referral(), Reply(NOT_FOR_US, not_ours_reason="They live in Westfen.", whose="Westfen"))
    assert "danger" not in kinds(world, family)
    assert {"danger", "given_back"} <= set(kinds(world, other))


def test_a_call_from_the_visit_itself_counts_when_somebody_was_reached(world):
    family = world.family()
    call = {"id": world.w.new_id(), "at": "2026-11-22T09:40:00.000Z", "who": "Front door", "number": "1", "spoke_to": "J. Lane", "said": ""}
    family.sofa(calls=[call | {"reached": True}])
    assert "danger" not in kinds(world, family)


def test_a_met_trigger_stands_until_its_action_is_done_and_no_good_visit_ends_it(world):
    family = world.family()
    agree(world, family)
    refused(family)
    assert kinds(world, family).count("plan_action") == 2
    assert listed(world, "overdue").count(family.household) == 1  # the baby was never seen
    seen(family)
    assert kinds(world, family).count("plan_action") == 2
    assert listed(world, "overdue") == []
    world.clock.on(hours=5)
    assert listed(world, "overdue") == [family.household]
    first, second = owed(world, family, "plan_action")
    duties.close(world.w, world.who["hv"], first["subject"], how="done", evidence="PC 12 saw Ava.")
    assert kinds(world, family).count("plan_action") == 1
    duties.close(world.w, world.who["lead"], second["subject"], how="excused", evidence="They moved abroad with the police.")
    assert "plan_action" not in kinds(world, family)


def test_a_baby_is_unseen_past_the_limit_of_what_is_agreed_for_the_family(world):
    family = world.family(born_on="2026-11-01")
    assert kinds(world, family) == []  # three weeks old: the new birth contact has its window and its grace
    world.clock.on(days=8)
    assert kinds(world, family) == ["never_seen"]
    seen(family, on="2026-11-30")
    assert kinds(world, family) == []
    world.clock.on(days=30)
    assert kinds(world, family) == []  # the next contact is not due yet
    agree(world, family, agreed_on="2026-11-30", source="child_in_need")
    assert kinds(world, family) == ["unseen"]  # thirty days, and with a plan it is twenty
    world.clock.at = "2027-11-01T00:00:00.000Z"
    assert kinds(world, family) == []  # one year old today


def test_where_a_plan_protects_only_a_baby_seen_awake_was_seen(world):
    family = world.family(born_on="2026-11-01")
    family.visit({"children": [{**family.child()["children"][0], "seen": "asleep"}]}, on="2026-11-14")
    agree(world, family, agreed_on="2026-11-15")
    assert kinds(world, family) == ["never_seen"]


def test_no_date_of_birth_and_a_birth_that_is_awaited_are_not_fine(world):
    unknown, due = world.family("Unknown", born_on=None), world.family("Due", born_on=None, due_on="2026-11-10")
    assert kinds(world, unknown) == ["birth_unknown"]
    assert kinds(world, due) == []
    world.clock.on(days=3)
    assert kinds(world, due) == ["birth_awaited"]
    people.add_detail(
        world.w, world.who["lead"], unknown.people["Ava"], household=unknown.household, given_names="Ava", family_name="Unknown",
        born_on="2026-11-20",
    )  # fmt: skip
    assert kinds(world, unknown) == []


def test_home_from_hospital_and_not_seen_in_time(world):
    family = world.family(born_on="2026-11-10")
    life_events.home_from_hospital(world.w, world.who["hv"], family.people["Ava"], household=family.household, on_date="2026-11-22")
    assert kinds(world, family) == []
    world.clock.on(hours=49)
    assert kinds(world, family) == ["home_unseen"]
    seen(family, on="2026-11-24")
    assert kinds(world, family) == []


def test_a_referral_that_nobody_completes_or_answers_stands_once_it_is_late(world):
    family = world.family(born_on="2026-11-10")
    family.untidy()
    assert kinds(world, family) == []
    world.clock.on(days=6)
    assert "referral" in kinds(world, family)
    family.send()
    assert "referral" not in kinds(world, family)
    world.clock.on(days=4)
    assert "referral" in kinds(world, family)
    reply.decide(world.w, world.who["helper"], family.referral(), outcome="early_help", reason="As asked", next_step="A visit.")
    assert "referral" not in kinds(world, family)


def test_a_family_whose_practitioner_has_left_is_nobodys_and_still_in_sight(world):
    family = world.family(born_on="2026-11-10")
    with world.w.engine.write() as tx:
        gone = tx.one("SELECT * FROM account WHERE id = :id ORDER BY seq DESC LIMIT 1", id=world.who["hv"])
        tx.append("account", at=world.clock(), actor="system", **{k: v for k, v in gone.items() if k != "seq"} | {"team": None})
    assert kinds(world, family) == ["practitioner_gone"]
    assert counts(world)["nobodys"] == 1
    people.name_practitioner(world.w, world.who["lead"], family.household, account=world.who["midwife"])
    assert kinds(world, family) == []
    bare = people.form_household(world.w, world.who["lead"], name="Bare", address="1", postcode="", area="eastmoor")
    assert [(line.family, line.reasons[0].row["kind"]) for line in today.today(world.w, world.who["lead"], "nobodys").lines] == [
        ("Bare", "nobody_named")
    ]
    assert people.may_see(world.w, world.who["midwife"], bare)
    assert not people.may_see(world.w, world.who["west"], bare)


def test_somebody_away_is_nobody_only_while_nobody_who_is_here_stands_in(world):
    family = world.family(born_on="2026-11-10")
    span = {"from_on": "2026-11-22", "to_on": "2026-11-27"}
    leave = standing_in.take_leave(world.w, world.who["hv"], account=world.who["hv"], deputy=world.who["midwife"], **span)
    assert kinds(world, family) == []
    with world.w.engine.write() as tx:  # the deputy falls ill, and says that the first one stands in
        tx.append(
            "on_leave", at=world.clock(), actor="x", id="ill", account=world.who["midwife"], deputy=world.who["hv"], **span
        )  # fmt: skip
    assert kinds(world, family) == ["absent"]
    assert listed(world, "nobodys") == [family.household]
    standing_in.end_leave(world.w, world.who["hv"], leave)
    assert kinds(world, family) == []


def test_a_lower_level_waits_for_a_second_person(world):
    family = world.family(born_on="2026-11-10")
    agreed_level.agree(world.w, world.who["hv"], family.household, level=4, reason="As the visit found.")
    id = agreed_level.agree(world.w, world.who["hv"], family.household, level=2, reason="They left the partner.")
    assert kinds(world, family) == ["second_opinion"]
    agreed_level.answer(world.w, world.who["lead"], id, agrees=False, reason="Not yet.")
    assert kinds(world, family) == []


def test_assigned_and_waiting_hold_for_what_stands_and_for_nothing_new(world):
    family, text = world.family(), HOSTILE["markup"]
    assert listed(world) == [family.household]
    today_marks.assign(world.w, world.who["lead"], family.household, account=world.who["midwife"], words=text)
    today_marks.wait(world.w, world.who["lead"], family.household, waits_for=text, until="week")
    assert world.rows("SELECT to_account, what FROM notice") == [{"to_account": world.who["midwife"], "what": today_marks.ASSIGNED}]
    assert [row["kind"] for row in world.rows("SELECT kind FROM notice_message")] == ["assigned"]
    [mine] = today.assigned(world.w, world.who["midwife"]).lines
    assert mine.reasons[0].row["assigned_words"] == text
    assert today.assigned(world.w, world.who["hv"]).lines == ()
    assert (listed(world), listed(world, "waiting"), listed(world, "overdue")) == ([], [family.household], [family.household])
    family.sofa()  # a new reason is on the list at once, and nobody's yet
    [line] = today.today(world.w, world.who["lead"]).lines
    new = [("danger", False, False), ("sampled", False, False)]  # each visit in which danger was found is read
    assert [(one.row["kind"], one.waits, bool(one.row["assigned_to"])) for one in line.reasons] == new
    assert world.rows("SELECT kind, actor FROM journal WHERE kind LIKE 'today%' ORDER BY seq") == [
        {"kind": "today_assigned", "actor": world.who["lead"]}, {"kind": "today_waiting", "actor": world.who["lead"]},
    ]  # fmt: skip


def test_what_waits_comes_back_by_itself_and_danger_soon(world):
    family = world.family()
    lead = world.who["lead"]
    today_marks.wait(world.w, lead, family.household, waits_for="The hospital", until="week")
    assert listed(world) == []
    world.clock.on(days=8)
    assert listed(world) == [family.household]
    today_marks.wait(world.w, lead, family.household, waits_for="The hospital", until="other", until_at="2026-12-10T09:00:00.000Z")
    assert listed(world) == []
    today_marks.bring_back(world.w, lead, family.household)
    assert listed(world) == [family.household]
    family.sofa(on="2026-11-30")
    said = {"waits_for": "Their call back"}
    assert refusal(lambda: today_marks.wait(world.w, lead, family.household, until="next_day", **said))[0] == "until"
    today_marks.wait(world.w, lead, family.household, until="two_hours", **said)
    assert (listed(world), listed(world, "danger"), counts(world)["danger"]) == ([], [family.household], 1)
    world.clock.on(hours=2)
    assert listed(world) == [family.household]


REFUSED = [
    ({"waits_for": "", "until": "week"}, "waits_for"), ({"waits_for": "x" * 10_001, "until": "week"}, "waits_for"),
    ({"waits_for": "x", "until": ""}, "until"), ({"waits_for": "x", "until": "other"}, "until_at"),
    ({"waits_for": "x", "until": "other", "until_at": "2026-11-22T10:40:00.000Z"}, "until_at"),
    ({"waits_for": "x", "until": "other", "until_at": "2027-11-22T10:40:00.000Z"}, "until"),
]  # fmt: skip


def test_waiting_is_refused_with_its_field_and_keeps_any_text_as_typed(world):
    family, lead = world.family(), world.who["lead"]
    for said, field in REFUSED:
        assert refusal(lambda said=said: today_marks.wait(world.w, lead, family.household, **said))[0] == field
    assert world.count("today_waiting") == 0
    for text in HOSTILE.values():
        today_marks.wait(world.w, lead, family.household, waits_for=text, until="week")
        today_marks.assign(world.w, lead, family.household, account=world.who["midwife"], words=text)
        [why] = today.of_family(world.w, lead, family.household).reasons
        assert (why.row["waits_for"], why.row["assigned_words"]) == (text, text)


def test_only_the_families_own_team_assigns_and_only_to_its_own(world):
    family = world.family()
    assert refusal(lambda: today_marks.assign(world.w, world.who["lead"], family.household, account=world.who["west"]))[0] == "account"
    for act in (today_marks.bring_back, lambda *given: today_marks.assign(*given, account=world.who["west"])):
        with pytest.raises(Problem):
            act(world.w, world.who["west"], family.household)
    assert today.today(world.w, world.who["west"]).lines == ()
    assert today.of_family(world.w, world.who["west"], family.household) is None


def test_each_number_is_the_list_behind_it_whatever_happens(world):
    chosen = random.Random(6)
    families = [world.family(f"Family {number}", born_on=f"2026-{chosen.randrange(8, 12):02}-10") for number in range(26)]
    for number, family in enumerate(families):
        with world.w.engine.write() as tx:
            happens(chosen, tx, family, f"s{number}", world.who["hv"])
        if chosen.random() < 0.4 and kinds(world, family):
            today_marks.wait(world.w, world.who["lead"], family.household, waits_for="x", until="hour")
    for hours in (0, 1, 24, 24 * 9):
        world.clock.on(hours=hours)
        found = {show: listed(world, show) for show in today.SHOWN}
        assert {show: len(each) for show, each in found.items()} == counts(world)
        assert all(len(set(each)) == len(each) for each in found.values())
        assert not set(found[""]) & set(found["waiting"])
        everything = set(found[""]) | set(found["waiting"])
        assert everything == {one.household for one in families if kinds(world, one)}
        assert all(set(each) <= everything for each in found.values())
    assert len(found[""]) > today.PAGE  # more than a page was tried
    assert all(found[show] for show in ("danger", "overdue", "nobodys"))


def happens(chosen: random.Random, tx: Tx, family, id: str, practitioner: str) -> None:
    """What may bring a family onto the list: danger with or without a call, something owed, nobody to look after it, or none of these."""
    here = {"household": family.household}
    if chosen.random() < 0.5:
        build.visit(tx, id, author=practitioner, **here)
        build.assessment(tx, id, urgency=chosen.choice(["tonight", "tonight", "routine"]), **here)
    if chosen.random() < 0.3:
        danger.add_call(
            tx, submission=id, whom="", number="", reached=True, spoke_to="", at_time=build.AT, agreed="", **here, **build.STAMP
        ) if tx.one("SELECT 1 AS kept FROM submission WHERE id = :id", id=id) else None  # fmt: skip
    if chosen.random() < 0.5:
        kind = chosen.choice(["plan_action", "help", "see_child", "second_opinion"])
        due_at = chosen.choice(["2026-11-20T09:00:00.000Z", "2026-11-23T09:00:00.000Z", "2026-12-20T09:00:00.000Z"])
        owe(tx, subject=id, kind=kind, what="Do it.", due_at=due_at, owner_account=practitioner, **here, **build.STAMP)
    if chosen.random() < 0.2:
        households.name_practitioner(tx, account="left", capacity="named", from_on="2026-11-22", **here, **build.STAMP)


def test_every_kind_of_reason_has_words_that_say_what_ends_it():
    for kind in KINDS.values():
        assert kind.why.endswith((".", ":"))
        assert kind.clears.endswith(".")
        assert kind.link.startswith("/")


def test_a_visit_that_lies_on_a_tablet_for_a_day_is_nobodys_until_it_arrives_or_is_discarded(world):
    family, device = world.family(born_on="2026-11-10"), world.tablet()
    sealed, begun = (id_of(number) for number in (71, 72))
    held = {"id": sealed, "household": family.household, "since": world.clock()}
    sender = devices.Sender(world.who["hv"], device.device.device)
    unsent.told(world.w, sender, {"sealed": [held], "unfinished": [held | {"id": begun}]})
    assert kinds(world, family) == []
    world.clock.on(hours=25)
    assert kinds(world, family) == ["unsent", "unsent"]
    assert listed(world, "nobodys") == [family.household]
    today_marks.assign(world.w, world.who["lead"], family.household, account=world.who["midwife"])
    assert [one.row["kind"] for line in today.assigned(world.w, world.who["midwife"]).lines for one in line.reasons] == ["unsent", "unsent"]
    unsent.told(world.w, sender, {"sealed": [held], "unfinished": None})  # it is locked: what it holds unfinished is not known anew
    assert kinds(world, family) == ["unsent", "unsent"]
    family.visit(id=sealed)
    assert kinds(world, family).count("unsent") == 1
    unsent.told(world.w, sender, {"sealed": [], "unfinished": []})
    assert "unsent" not in kinds(world, family)


def test_what_a_tablet_tells_is_ids_and_times_or_nothing(world):
    device = world.tablet()
    for said in ({}, {"sealed": "x"}, {"sealed": [{"id": "Isla", "household": "x", "since": "now"}]}, {"sealed": [7]}):
        assert refusal(lambda said=said: unsent.told(world.w, devices.Sender(world.who["hv"], device.device.device), said))[0] == "sealed"


def test_a_tablet_tells_nothing_of_families_that_its_practitioner_may_not_see(world):
    family, device = world.family(), world.tablet("west")
    held = [{"id": id_of(7), "household": family.household, "since": world.clock()}]
    unsent.told(world.w, devices.Sender(world.who["west"], device.device.device), {"sealed": held, "unfinished": None})
    assert world.count("tablet_unsent") == 0


def test_a_visit_set_aside_stands_with_its_family_and_one_of_no_family_beside_the_list(world):
    family, stranger = world.family(born_on="2026-11-10"), world.family("Western", practitioner="west")
    id, lead = world.w.new_id(), world.who["lead"]
    for on in ("2026-11-21", "2026-11-22"):
        world.tablet().send(family.written(id=id, on=on))  # the same visit with other words in it
    world.tablet().send(stranger.written(id=world.w.new_id()))  # a family of another team
    page = today.today(world.w, lead)
    assert kinds(world, family) == ["quarantine"]
    assert page.aside == 1
    for one in world.rows("SELECT id FROM quarantine"):
        aside.resolve(world.w, lead, one["id"], "keep_aside", "Looked at.")
    assert kinds(world, family) == []
    assert today.today(world.w, lead).aside == 0


def test_a_baby_in_hospital_is_unseen_all_the_same_and_says_so(world):
    family = world.family()
    life_events.into_hospital(world.w, world.who["hv"], family.people["Ava"], household=family.household, on_date="2026-11-20")
    [why] = today.of_family(world.w, world.who["lead"], family.household).reasons
    assert (why.row["kind"], why.row["said"]) == ("never_seen", "2026-11-20")


def test_danger_of_a_visit_that_made_a_referral_graver_ends_once_they_were_asked_again_and_somebody_was_phoned(world):
    family, referral, _ = early_help_that_became_graver(world)
    assert "danger" in kinds(world, family)  # they took the first one, and know nothing of this night
    again(world, referral, phoned_who="J. Lane, duty worker", phoned_at=world.clock())
    assert "danger" not in kinds(world, family)


def test_what_stands_for_a_record_that_was_joined_stands_in_the_line_of_its_family(world):
    family, twice = world.family(born_on="2026-11-10"), world.family(born_on="2026-11-10")
    twice.sofa()
    same = {twice.people["Ava"]: family.people["Ava"], twice.people["Ada"]: family.people["Ada"]}
    joining = records.join(world.w, world.who["hv"], family.household, duplicate=twice.household, why="The same number.", same=same)
    assert listed(world) == [family.household]
    assert kinds(world, family)[0] == "danger"
    today_marks.assign(world.w, world.who["lead"], family.household, account=world.who["midwife"])
    assert [line.household for line in today.assigned(world.w, world.who["midwife"]).lines] == [family.household]
    today_marks.spoke(world.w, world.who["lead"], family.household, REACHED)
    assert "danger" not in kinds(world, family)
    records.joined_in_error(world.w, world.who["hv"], joining, why="Cousins.")
    assert kinds(world, twice) == ["sampled"]  # in a line of its own again


MIDNIGHTS = (
    ("2024-02-29", "2025-03-01T00:00:00.000Z"),  # one year old on 1 March
    ("2025-12-31", "2026-12-31T00:00:00.000Z"),
    ("2026-03-28", "2027-03-28T00:00:00.000Z"),  # the day on which the clock goes forward
    ("2026-06-30", "2027-06-29T23:00:00.000Z"),  # in summer midnight comes an hour sooner than in an instant
    ("2026-10-31", "2027-10-30T23:00:00.000Z"),  # the day on which the clock goes back
)


def test_a_baby_is_one_at_midnight_in_england(world):
    for born_on, one_year in MIDNIGHTS:
        world.clock.at = f"{born_on}T12:00:00.000Z"
        family = world.family(born_on=born_on)
        agree(world, family, agreed_on=born_on, source="child_in_need")
        world.clock.at = later(one_year, seconds=-1)
        assert kinds(world, family) == ["never_seen"], born_on
        world.clock.at = one_year
        assert kinds(world, family) == [], born_on


def test_a_baby_is_unseen_past_a_limit_from_the_midnight_after_its_last_day(world):
    for last in ("2026-12-31T23:59:59.999Z", "2027-03-28T22:59:59.999Z", "2027-10-31T23:59:59.999Z"):
        born = day_of(last) - timedelta(days=20)  # the limit where others work with the family
        world.clock.at = f"{born}T12:00:00.000Z"
        family = world.family(born_on=born.isoformat())
        agree(world, family, agreed_on=born.isoformat(), source="child_in_need")
        world.clock.at = last
        assert kinds(world, family) == [], last
        world.clock.on(seconds=0.001)
        assert kinds(world, family) == ["never_seen"], last
        assert family.household in listed(world, "overdue")


def test_what_begins_on_a_summer_day_begins_at_its_midnight_in_england(world):
    world.clock.at = "2027-06-30T23:00:00.000Z"
    family = world.family(born_on=None)
    span = {"from_on": "2027-07-01", "to_on": "2027-07-02"}
    with world.w.engine.write() as tx:  # both are ill, and each is said to stand in for the other
        for id, ill, deputy in (("one", "hv", "midwife"), ("two", "midwife", "hv")):
            tx.append("on_leave", at=world.clock(), actor="x", id=id, account=world.who[ill], deputy=world.who[deputy], **span)
    assert sorted(kinds(world, family)) == ["absent", "birth_unknown"]
    subjects = [one.row["subject"] for one in today.of_family(world.w, world.who["lead"], family.household).reasons]
    world.clock.on(hours=1)
    assert subjects == [one.row["subject"] for one in today.of_family(world.w, world.who["lead"], family.household).reasons]


def test_what_waits_until_offices_open_comes_back_then_over_new_year_and_both_changes_of_the_clock(world):
    family = world.family(born_on=None)
    for now, opens in (
        ("2026-12-31T16:30:00.000Z", "2027-01-04T09:00:00.000Z"),  # a bank holiday and a weekend
        ("2027-03-25T16:30:00.000Z", "2027-03-30T08:00:00.000Z"),  # Easter, and the clock goes forward
        ("2027-10-29T15:30:00.000Z", "2027-11-01T09:00:00.000Z"),  # the clock goes back
    ):
        world.clock.at = now
        assert listed(world) == [family.household]
        today_marks.wait(world.w, world.who["lead"], family.household, waits_for="The register", until="next_day")
        world.clock.at = later(opens, seconds=-1)
        assert listed(world) == []
        world.clock.at = opens
        assert listed(world) == [family.household]
