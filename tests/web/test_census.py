"""Every route of the service stands here on exactly one access list. A new one fails this test until it is decided who may use it."""

import pytest
from flask import Flask

from tests.web import place
from tests.web.conftest import Enter
from visitapp.web import access
from visitapp.wiring import Wired

LISTS = {
    "public": {
        "static",
        "sign_in.page",
        "sign_in.submit",
        "check.ask",
        "check.one",
        "check.certificates",
        "oversight.health",
        "tablet.shell",
        "tablet.worker",
        "tablet.manifest",
        "tablet.form_page",
        "tablet.form_bundle",
    },
    "link": {"answer_link.page", "answer_link.send_code", "answer_link.enter", "answer_link.letter", "answer_link.answer"},
    "signed_in": {"sign_in.home", "sign_in.leave", "api.whoami"},
    "visiting_staff": {
        "api.answer",
        "api.register",
        "api.recovery",
        "api.caseload",
        "api.openings",
        "api.outcomes",
        "drafts.one",
        "bring_in.page",
        "bring_in.read",
        "visits.refer",
        "referrals.send",
        "portals.sent",
    },
    "registered": {"referrals.withdraw"},
    "team": {
        "today.one",
        "today.call",
        "arrangements.form",
        "arrangements.one",
        "arrangements.record",
        "families.index",
        "families.one",
        "family.over_the_visits",
        "family.people",
        "siblings.beside",
        "compare.two",
        "families.notices",
        "handovers.index",
        "handovers.form",
        "handovers.offer",
        "handovers.one",
        "handovers.accept",
        "handovers.refuse",
        "handovers.keep",
        "twice.form",
        "twice.record",
        "twice.error",
        "twice.take_back",
        "joins.ask",
        "joins.asked",
        "joins.back",
        "joins.take_back",
        "records.visit",
        "homes.move",
        "homes.moved",
        "homes.wrong_address",
        "homes.right_address",
        "homes.lives_elsewhere",
        "homes.kept_back",
        "homes.keep_back",
        "homes.phone",
        "homes.add_phone",
        "homes.phone_ends",
        "homes.end_phone",
        "homes.second",
        "homes.add_second",
        "homes.second_ends",
        "homes.end_second",
        "records.enter",
        "records.join",
        "records.joined",
        "records.apart",
        "records.take_apart",
        "records.split",
        "records.was_split",
        "losses.form",
        "losses.record",
        "losses.error",
        "losses.take_back",
        "visits.one",
        "visits.photograph",
        "family_plan.page",
        "find.page",
        "papers.index",
        "record_requests.form",
        "record_requests.ask",
        "record_requests.one",
        "record_requests.left",
        "record_requests.taken_out",
        "record_requests.entry",
        "record_requests.mark",
        "record_requests.happen",
        "record_requests.unread",
        "record_requests.check",
        "record_requests.check_read",
        "record_requests.plain",
        "record_requests.photograph",
        "papers.make",
        "papers.one",
        "find.results",
        "reviews.queue",
        "reviews.findings",
        "reviews.finding",
        "reviews.one",
        "reviews.review",
        "reviews.answer",
        "reviews.reflect",
        "reviews.reflections",
        "reviews.reflect_on_none",
        "disagreements.form",
        "disagreements.raise_one",
        "disagreements.one",
        "disagreements.said_form",
        "disagreements.said",
        "disagreements.resolved_form",
        "disagreements.resolved",
        "portals.one",
        "staff.debrief",
        "staff.record_debrief",
        "staff.second",
        "staff.answer_second",
        "staff.ask",
        "staff.ask_for_second",
        "staff.risks",
        "staff.new_risk",
        "staff.record_risk",
        "staff.risk",
        "staff.say_of_risk",
        "whose_turn.mine",
        "whose_turn.cover",
        "whose_turn.leave",
        "whose_turn.take_leave",
        "whose_turn.end_leave",
        "registration.form",
        "registration.register",
        "answers.told_by_phone",
        "answers.pass_on",
        "recipients.add_copy",
        "recipients.call",
        "recipients.update",
        "recipients.who",
        "referrals.ask_again",
        "recipients.correct",
        "recipients.handed_over",
        "letter.one_page",
        "letter.one_bundle",
    },
    "accountable": {"referrals.let_stand"},
    "staff": {"returned.index", "returned.settle"},
    "casework": {"recipients.one_letter", "referrals.index", "referrals.one", "referrals.letter", "letter.page", "letter.bundle"},
    "supervisor": {
        "find.looked",
        "today.index",
        "today.assign",
        "today.wait",
        "today.back",
        "families.set_aside",
        "families.settle",
        "team.page",
        "team.families",
        "team.figures_file",
        "team.each_family_file",
        "team.families_file",
        "whose_turn.of_team",
        "staff.index",
        "staff.supervised",
        "staff.supervision",
        "staff.record_supervision",
        "handovers.accept_several",
        "joins.index",
        "joins.one",
        "joins.agree",
        "joins.refuse",
        "losses.may_write",
        "losses.resume",
        "visits.photographs_given_up",
        "whose_turn.record_of_team",
    },
    "oversight": {"oversight.status", "handovers.leaves", "handovers.let_go"},
    "social_care": {"referrals.acknowledge", "answers.decide", "answers.not_for_us"},
    "administrator": {"oversight.people"},
    "device": {
        "api.submissions",
        "api.missing",
        "api.unsent_held",
        "api.piece",
        "api.receipt",
        "api.device",
        "api.second_worker",
        "drafts.put",
        "drafts.index",
        "drafts.end",
    },
}


def test_every_route_is_on_exactly_one_list_and_the_list_it_says(app: Flask) -> None:
    known = {endpoint: name for name, endpoints in LISTS.items() for endpoint in endpoints}
    served = {rule.endpoint: access.list_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert served == known


def test_no_endpoint_stands_on_two_lists() -> None:
    everything = [endpoint for endpoints in LISTS.values() for endpoint in endpoints]
    assert len(everything) == len(set(everything))


def test_a_view_without_a_list_is_refused_to_everybody(app: Flask, enter: Enter) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "all the families")
    for account in ("hv", "lead", "duty", "admin"):
        answer = enter(account).get("/forgotten")
        assert answer.status_code == 403
        assert "all the families" not in answer.text
    assert enter("").get("/forgotten").status_code == 302


def test_a_view_cannot_be_put_on_two_lists_or_on_one_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="not an access list"):
        access.access("everyone")
    with pytest.raises(ValueError, match="already"):
        access.access("team")(access.access("public")(lambda: ""))


@pytest.mark.parametrize("name", LISTS)
def test_the_decision_for_every_role(name: str) -> None:
    for role in (None, *access.EVERYBODY):
        code = access.decide(name, role, by_device=False)
        expected = (
            None if name in ("public", "link") or role in access.LISTS[name] else ("not_signed_in" if role is None else "not_allowed")
        )
        assert code == expected, (name, role)
    assert (access.decide(name, None, by_device=True) is None) == (name in ("public", "link", "device"))


def test_every_page_of_a_family_leaves_a_line_that_it_was_read(app: Flask, enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    about = {"household": place.FAMILY, "submission": place.VISIT, "what": "plan"}
    lead, opened = enter("lead"), 0
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.arguments and rule.arguments <= set(about):
            before, path = len(place.reads(wired)), rule.rule
            for name, id in about.items():
                path = path.replace(f"<{name}>", id)
            if lead.get(path).status_code == 200:
                opened += 1
                assert place.FAMILY in [row["household"] for row in place.reads(wired)[before:]], path
    assert opened > 20
