"""Who of a team answers at one moment: the owner of a duty, whoever stands in for them, or whoever is on duty for the weekend. Pure: what
it knows was read before."""

from collections.abc import Mapping
from dataclasses import dataclass

from visitapp.domain.ladder import POSTS, RUNGS


@dataclass(frozen=True)
class Member:
    """Somebody of ours who may act for the team's families."""

    account: str
    name: str
    role: str


@dataclass(frozen=True)
class Holder:
    """Who holds a post: by account where they have one, and by address."""

    post: str
    name: str
    email: str
    phone: str
    account: str | None


@dataclass(frozen=True)
class Answering:
    """Who answers (None for nobody), and why it is not the owner; empty when it is."""

    account: str | None
    why: str = ""


@dataclass(frozen=True)
class Cover:
    """A team at one moment. `away`: account -> its deputy, for those on leave; `weekend`: who is on duty while offices are shut;
    `opens_at`: when they open again, None while they are open or it is a night between two working days."""

    team: str
    members: Mapping[str, Member]
    away: Mapping[str, str]
    posts: Mapping[str, Holder]
    weekend: str | None = None
    opens_at: str | None = None

    def present(self, account: str | None) -> str | None:
        """The account itself, or whoever stands in for it, one after another; None when that leads to nobody of the team."""
        asked: set[str] = set()
        while account and account in self.away and account not in asked:
            asked.add(account)
            account = self.away[account]
        return account if account in self.members and account not in self.away else None

    def supervisors(self) -> tuple[str, ...]:
        """The team's supervisors or who stands in for them, none twice; who holds a post is told as that, unless there is nobody else."""
        holding = {holder.account for holder in self.posts.values() if holder.post in RUNGS}
        all_of_them = [one.account for one in self.members.values() if one.role == "supervisor"]
        lead = [one for one in all_of_them if one not in holding] or all_of_them
        return tuple(dict.fromkeys(there for one in lead if (there := self.present(one))))

    def holder(self, post: str) -> Holder | None:
        """Who is to be told as that post: its holder, or their deputy while they are on leave; None when nobody is."""
        held = self.posts.get(post)
        if held is None or held.account is None or held.account not in self.away:
            return held
        deputy = self.present(held.account)
        return Holder(post, self.members[deputy].name, "", "", deputy) if deputy else None

    def answers(self, owner: str | None, *, hourly: bool, due_at: str) -> Answering:
        """Who answers for a duty now. What runs by the hour and falls due before offices open again is the weekend's."""
        lead = next(iter(self.supervisors()), None)
        if self.opens_at and hourly and due_at < self.opens_at:
            on_duty = self.present(self.weekend)
            if on_duty or lead:
                why = "on duty while offices are shut" if on_duty else "nobody is on the weekend rota"
                return Answering(on_duty or lead, "" if (on_duty or lead) == owner else why)
        there = self.present(owner)
        if there == owner and there:
            return Answering(owner)
        if there:
            return Answering(there, "stands in for somebody on leave")
        return Answering(lead, "its owner is not there and nobody stands in")


def posts_of(holders: list[Holder]) -> dict[str, Holder]:
    """By post; a post that nobody holds is left out."""
    return {one.post: one for one in holders if one.post in POSTS and one.name}
