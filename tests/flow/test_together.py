"""Working together: what an agency was told is a fact, its closure is its own, and what a meeting decides is owed by name."""

import pytest

from tests.flow.family_work import HOSTILE, TOO_LONG, agree, calling_for, owed, problem_of, refused, seen
from visitapp.flow import agreed_level, duties, together
from visitapp.formlang.model import Duty
from visitapp.store import agreed_levels
from visitapp.store import duties as kept_duties
from visitapp.store import together as kept
from visitapp.store.seen import Families


def involve(world, family, who="hv", **said):
    plain = {"kind": "social_worker", "name": "Eastmoor team 2", "contact": "01632 960150", "knows": "The plan", "from_on": "2026-11-01"}
    return together.involve(world.w, world.who[who], family.household, **(plain | said))


def tell(world, agency, who="hv", **said):
    together.tell_agency(world.w, world.who[who], agency, **({"how": "told", "on_date": "2026-11-20"} | said))


def close(world, agency, who="hv", **said):
    plain = {"on_date": "2026-11-22", "reason": "They say that the home is better.", "unresolved": ["home_cold", "home_cold"]}
    together.close_agency(world.w, world.who[who], agency, **(plain | said))


def lead(world, family, who="hv", **said):
    together.name_lead(world.w, world.who[who], family.household, **({"name": "Jo, social worker", "from_on": "2026-11-20"} | said))


def meet(world, family, *decisions, who="hv", **said):
    plain = {"on_date": "2026-11-20", "attended": "Both parents, Jo, Ruth", "agencies": 3, "decisions": list(decisions)}
    return together.meet(world.w, world.who[who], family.household, **(plain | said))


def agencies(world, family):
    with world.w.engine.read() as tx:
        return kept.agencies(tx, Families.one(family.household))


REVIEW = {"what": "Review the plan", "owner": "Jo, social worker", "due_on": "2026-12-04"}


def test_an_agency_that_is_involved_was_told_replied_or_not_told_with_the_day(world):
    family = world.family()
    agency = involve(world, family)
    assert [row["told_how"] for row in agencies(world, family)] == [None]
    tell(world, agency, words="By phone")
    tell(world, agency, how="replied", on_date="2026-11-21")
    tell(world, agency, how="not_told", on_date="2026-11-22", words="Not safe yet")
    [now] = agencies(world, family)
    assert (now["told_how"], now["told_on"], now["told_words"]) == ("not_told", "2026-11-22", "Not safe yet")


def test_given_another_agency_closes_then_nothing_of_ours_ends_and_no_level_moves(world):
    family = world.family()
    agree(world, family)
    refused(family)
    agreed_level.agree(world.w, world.who["hv"], family.household, level=3, reason="As the plan says.")
    agency = involve(world, family)
    before = owed(world, family)
    close(world, agency)
    assert owed(world, family) == before
    with world.w.engine.read() as tx:
        standing = agreed_levels.standing(tx, family.household)
    assert standing is not None
    assert standing["level"] == 3
    [now] = agencies(world, family)
    assert (now["closed_on"], now["closed_why"], now["unresolved"]) == ("2026-11-22", "They say that the home is better.", '["home_cold"]')
    assert problem_of(close, world, agency) == "reason"


def test_given_a_meeting_then_each_decision_is_owed_by_name_until_the_end_of_its_day(world):
    family = world.family()
    meeting = meet(world, family, REVIEW, {"what": "Ask the GP", "owner_account": world.who["midwife"], "due_on": "2026-11-27"})
    ask, review = owed(world, family)
    assert (ask["subject"], ask["owner_account"], ask["due_at"]) == (
        f"meeting:{meeting}:2",
        world.who["midwife"],
        "2026-11-27T23:59:59.999Z",
    )
    assert (review["what"], review["owner_account"], review["kind"]) == (
        "Review the plan (Jo, social worker)", world.who["hv"], "meeting_action",
    )  # fmt: skip
    duties.close(world.w, world.who["midwife"], ask["subject"], how="done", evidence="Spoke to the GP today.")
    assert owed(world, family) == [review]
    assert problem_of(duties.close, world.w, world.who["hv"], review["subject"], how="declined", evidence="x", reference="y") == "how"


def test_who_leads_is_of_ours_of_an_agency_or_in_words(world):
    family = world.family()
    agency = involve(world, family)
    lead(world, family, agency=agency)
    lead(world, family, account=world.who["lead"], from_on="2026-11-21")
    lead(world, family, from_on="2026-11-22")
    with world.w.engine.read() as tx:
        rows = kept.leads(tx, Families.one(family.household))
    assert [(row["agency"], row["account"]) for row in rows] == [(agency, None), (None, world.who["lead"]), (None, None)]


@pytest.mark.parametrize(
    ("field", "act", "said"),
    [
        ("kind", involve, {"kind": "neighbour"}), ("kind", involve, {"kind": None}), ("name", involve, {"name": " "}),
        ("from_on", involve, {"from_on": "2026-11-23"}), ("from_on", involve, {"from_on": "soon"}), ("knows", involve, {"knows": TOO_LONG}),
        ("name", lead, {"name": ""}), ("from_on", lead, {"from_on": None}), ("agency", lead, {"agency": "nobody"}),
        ("account", lead, {"account": "nobody"}),
        ("on_date", meet, {"on_date": "2026-11-23"}), ("attended", meet, {"attended": ""}), ("agencies", meet, {"agencies": 0}),
        ("decisions.0.due_on", meet, {"decisions": [REVIEW | {"due_on": "2026-11-19"}]}),
        ("decisions.0.due_on", meet, {"decisions": [REVIEW | {"due_on": ""}]}),
        ("decisions.1.owner", meet, {"decisions": [REVIEW, REVIEW | {"owner": " "}]}),
        ("decisions.0.what", meet, {"decisions": [REVIEW | {"what": None}]}),
        ("decisions.0.owner_account", meet, {"decisions": [REVIEW | {"owner_account": "nobody"}]}),
        ("decisions", meet, {"decisions": [REVIEW] * 51}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(world, field, act, said):
    assert problem_of(act, world, world.family(), **said) == field
    assert [world.count(table) for table in ("agency", "lead_professional", "meeting", "owed")] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("field", "act", "said"),
    [
        ("how", tell, {"how": "emailed"}), ("on_date", tell, {"on_date": "2026-11-23"}), ("words", tell, {"how": "not_told"}),
        ("words", tell, {"words": TOO_LONG}), ("reason", close, {"reason": ""}), ("on_date", close, {"on_date": "2026-10-01"}),
        ("unresolved", close, {"unresolved": ["home_cold", "no_such_finding"]}), ("unresolved", close, {"unresolved": [7]}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_word_to_an_agency_is_said_beside_its_field(world, field, act, said):
    agency = involve(world, world.family())
    assert problem_of(act, world, agency, **said) == field


def test_another_team_sees_none_of_it(world):
    family, other = world.family(), world.family("Brook", practitioner="midwife")
    agency = involve(world, family)
    for act, whose in ((involve, family), (lead, family), (meet, family), (tell, agency), (close, agency)):
        assert problem_of(act, world, whose, who="west") is None
    assert problem_of(lead, world, other, agency=agency) == "agency"
    assert problem_of(tell, world, "nobody") is None


@pytest.mark.parametrize("address", ["desk", "desk@", "@council.gov.uk", "two words@council.gov.uk", "<desk@council.gov.uk>"])
def test_an_address_for_letters_must_look_like_one(world, address):
    family = world.family()
    for part in ("email", "manager_email"):
        assert problem_of(lambda world, family, part=part, **_: involve(world, family, **{part: address}), world, family) == part


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_typed_is_kept_as_typed(world, name):
    text, family = HOSTILE[name], world.family()
    agency = involve(world, family, name=text, contact=text, knows=text, worker=text, phone=text, manager=text, manager_phone=text)
    tell(world, agency, words=text)
    close(world, agency, reason=text)
    lead(world, family, name=text)
    meet(world, family, {"what": text, "owner": text, "due_on": "2026-12-01"}, attended=text)
    [now] = agencies(world, family)
    kept = ("name", "contact", "knows", "worker", "phone", "manager", "manager_phone", "told_words", "closed_why")
    assert {now[part] for part in kept} == {text}
    assert world.rows("SELECT name FROM lead_professional") == [{"name": text}]
    assert owed(world, family)[0]["what"] == f"{text} ({text})"


# what a finding asks to be arranged

NAME = Duty("the agencies agreed who leads", "this_week", "lead", "supervisor")
MEET = Duty("those who work with the family meet", "this_week", "meet", "supervisor")


def two_agencies(world, family, since="2026-08-01"):
    for kind in ("social_worker", "early_help"):
        involve(world, family, kind=kind, name=kind, from_on=since)


def test_given_a_lead_is_named_then_the_duty_to_name_one_has_ended_and_who_leads_is_the_evidence(world):
    calling_for(world, lead_missing=[NAME])
    family = world.family()
    two_agencies(world, family)
    seen(family)
    [duty] = owed(world, family)
    assert (duty["kind"], duty["owner_account"]) == ("lead", world.who["lead"])
    assert problem_of(duties.close, world.w, world.who["hv"], duty["subject"], how="done", evidence="They will.") == "how"
    lead(world, family)
    assert owed(world, family) == []
    with world.w.engine.read() as tx:
        ended = kept_duties.last_closed(tx, duty["subject"])
    assert (ended["how"], ended["evidence"], ended["actor"]) == ("done", "Jo, social worker leads from 20 November 2026.", world.who["hv"])


def test_given_a_visit_arrives_after_the_lead_was_named_then_nothing_is_asked_again(world):
    calling_for(world, lead_missing=[NAME])
    family = world.family()
    two_agencies(world, family)
    lead(world, family)
    seen(family, on="2026-11-18")
    assert owed(world, family) == []


def test_given_a_meeting_then_the_duty_to_meet_has_ended_and_one_of_long_ago_ends_nothing(world):
    calling_for(world, meeting_overdue=[MEET])
    family = world.family()
    two_agencies(world, family, since="2025-11-01")
    seen(family)
    [duty] = owed(world, family)
    meet(world, family, on_date="2026-01-10")
    assert owed(world, family) == [duty]
    meet(world, family)
    assert owed(world, family) == []


def test_given_nobody_can_lead_then_a_supervisor_who_does_not_owe_it_says_why(world):
    calling_for(world, lead_missing=[Duty("the agencies agreed who leads", "this_week", "lead", "practitioner")])
    family = world.family()
    two_agencies(world, family)
    seen(family)
    [duty] = owed(world, family)
    duties.close(world.w, world.who["lead"], duty["subject"], how="excused", evidence="One of the two has only written once.")
    assert owed(world, family) == []
