"""How a story's receiving team answers: from an account of its own, by phone to somebody of the family's team, or from the message that
the letter came in, with the code that went to its address. Each through what a person would use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.domain import referrals as states
from visitapp.domain.replies import DECISION, LINK, NOT_FOR_US, PHONE, RECEIVED, Reply, Speaker
from visitapp.flow import answer_by_link, answer_link, notify, reply, send_on
from visitapp.problems import wrong
from visitapp.store import answer_links, letters, recipients

if TYPE_CHECKING:
    from visitapp.flow.stories.acts import Doing
    from visitapp.store.tx import Row
    from visitapp.wiring import Wired

ACCOUNT = "account"
WAYS = (ACCOUNT, PHONE, LINK)
NOWHERE = "a story"
"""The network address that an answer of a story comes from."""


def acknowledge(doing: Doing) -> None:
    _answer(doing, Reply(RECEIVED), states.DELIVERED)


def decide(doing: Doing) -> None:
    said = doing.said
    given = Reply(DECISION, said["outcome"], said["reason"], said["next_step"], said.get("next_on"), said.get("contact", ""))
    _answer(doing, given, states.DELIVERED, states.ACKNOWLEDGED)


def not_for_us(doing: Doing) -> None:
    said = doing.said
    given = Reply(NOT_FOR_US, not_ours_reason=said["reason"], whose=said.get("whose", ""))
    _answer(doing, given, states.DELIVERED, states.ACKNOWLEDGED)


def pass_on(doing: Doing) -> None:
    said = doing.said
    row = doing.referral(states.RETURNED)
    send_on.send_on(doing.teller.w, doing.actor, row["id"], _team(doing, said["team"]), said.get("why", ""))


def _answer(doing: Doing, given: Reply, *fitting: str) -> None:
    w, row, said = doing.teller.w, doing.referral(*fitting), doing.said
    speaker = Speaker(said.get("said_by", ""), said.get("said_role", ""))
    if said.get("via") == PHONE:
        reply.told_by_phone(w, doing.actor, row["id"], given, speaker)
    elif said.get("via") == LINK:
        _by_link(w, row["id"], given, speaker)
    else:
        reply.answer(w, _receiver(doing, row), row["id"], given)


def _by_link(w: Wired, referral: str, given: Reply, speaker: Speaker) -> None:
    with w.engine.read() as tx:
        to, letter = recipients.receiver(tx, referral), letters.letter_of(tx, referral)
    assert to is not None
    assert letter is not None
    token = answer_link.token_of(w, letter["id"], to["id"])
    browser = answer_by_link.ask_code(w, token, "", NOWHERE)
    with w.engine.read() as tx:
        asked = answer_links.visit(tx, answer_link.hash_of(browser), answer_link.hash_of(token))
    if asked is None:
        raise wrong("via", "The link in the message does not work then.")
    kept = answer_by_link.enter_code(w, token, browser, notify.one_time_code(w, asked["message"]), NOWHERE)
    answer_by_link.answer(w, token, kept, given, speaker)


def _receiver(doing: Doing, referral: Row) -> str:
    """Who answers: whom the story names, else somebody of the team that has it."""
    opened = doing.teller.opened
    theirs = [one for one in opened.services.accounts if one.team and opened.ids[one.team] == referral["receiving_team"]]
    return doing.actor if doing.act.by or not theirs else opened.ids[theirs[0].username]


def _team(doing: Doing, key: str) -> Any:
    """The id of a receiving team of the story's services."""
    return doing.teller.opened.ids[key]
