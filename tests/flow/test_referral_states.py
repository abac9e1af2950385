"""Every pair of state and event is walked: what is in the table happens, and nothing else does."""

import itertools

import pytest

from visitapp.domain import referrals

ALLOWED = {
    None: {"proposed"},
    "proposed": {"withdrawn", "requested", "news"},
    "withdrawn": set(),
    "requested": {"lettered", "news", "raised", "requested_again", "let_stand"},
    "lettered": {"delivered", "acknowledged", "decided", "returned", "news", "raised", "requested_again", "let_stand"},
    "delivered": {"acknowledged", "decided", "returned", "bounced", "news", "raised", "requested_again", "let_stand"},
    "acknowledged": {"decided", "returned", "news", "raised", "requested_again", "let_stand"},
    "returned": {"sent_on", "withdrawn", "news", "raised", "let_stand"},
    "decided": set(),
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(ALLOWED, referrals.EVENTS)))
def test_a_referral_moves_only_as_agreed(state, event):
    assert (referrals.after(state, event) is not None) == (event in ALLOWED[state])


def test_every_state_can_be_said_and_every_event_is_used():
    assert set(referrals.STATES) == {state for state in ALLOWED if state}
    assert set(referrals.TRANSITIONS.values()) <= set(referrals.STATES)
    assert {event for _, event in referrals.TRANSITIONS} == set(referrals.EVENTS)


def test_the_state_is_what_the_events_lead_to():
    assert referrals.state_of([]) is None
    assert referrals.state_of(["proposed", "news", "requested", "lettered", "delivered"]) == "delivered"
    assert referrals.state_of(["proposed", "requested", "lettered", "delivered", "acknowledged", "decided"]) == "decided"


def test_a_letter_that_came_back_is_on_its_way_again():
    assert referrals.state_of(["proposed", "requested", "lettered", "delivered", "bounced"]) == "lettered"
    assert referrals.state_of(["proposed", "requested", "lettered", "delivered", "bounced", "delivered", "acknowledged"]) == "acknowledged"


def test_what_was_given_back_goes_round_again():
    first = ["proposed", "requested", "lettered", "delivered", "acknowledged", "returned"]
    assert referrals.state_of(first) == "returned"
    assert referrals.state_of([*first, "sent_on"]) == "requested"
    assert referrals.state_of([*first, "sent_on", "lettered", "delivered", "decided"]) == "decided"
    assert referrals.state_of([*first, "withdrawn"]) == "withdrawn"


def test_one_that_became_graver_stays_where_it_is_until_they_are_asked_again():
    first = ["proposed", "requested", "lettered", "delivered", "acknowledged"]
    assert (referrals.state_of([*first, "raised"]), referrals.is_untold([*first, "raised"])) == ("acknowledged", True)
    assert "not told yet" in referrals.words_of([*first, "raised"])
    assert referrals.state_of([*first, "raised", "requested_again"]) == "requested"
    for told in ("requested_again", "let_stand"):
        assert not referrals.is_untold([*first, "raised", told])
        assert referrals.is_untold([*first, "raised", told, "raised"])
    assert not referrals.is_untold([*first, "raised", "decided"]), "closed: it is proposed anew"


def test_every_state_is_one_sides_or_closed():
    sides = (*referrals.OURS, *referrals.THEIRS, *referrals.CLOSED)
    assert sorted(sides) == sorted(referrals.STATES)
    answers = ("acknowledged", "decided", "returned")
    assert {state for state in referrals.STATES if all(referrals.after(state, one) for one in answers[1:])} == set(referrals.ANSWERABLE)


def test_an_event_out_of_place_moves_nothing():
    assert referrals.state_of(["proposed", "delivered", "withdrawn", "requested"]) == "withdrawn"


def test_nothing_leaves_the_end_and_only_the_ends_are_closed():
    for state in referrals.STATES:
        leads_on = {after for (before, _), after in referrals.TRANSITIONS.items() if before == state} - {state}
        assert referrals.is_open(state) == bool(leads_on)
