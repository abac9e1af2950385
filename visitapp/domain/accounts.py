"""Accounts of one thing that can contradict one another: which answers say "none of it". Everything else that is known says "some"."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Compared:
    """`lasting` is so from one week to the next, so two sources that differ contradict one another. What is not lasting belongs to one
    night: two visits speak of two nights, so only what was learnt from outside is held against what was said at a visit. `comes_and_goes`
    are answers that between two visits of ours are as good as none: they may well have changed, and were said openly."""

    none: frozenset[str]
    lasting: bool
    why: str
    comes_and_goes: frozenset[str] = frozenset()


COMPARED: dict[str, Compared] = {
    "adult.uses": Compared(
        frozenset({"nothing"}), True, "Different people are told different things of it (brief 3.3, woolmore: conflicting accounts).",
        comes_and_goes=frozenset({"alcohol", "sedating", "substitute"}),
    ),
    "child.impact": Compared(frozenset({"no_use", "none"}), True, "That there is no effect on the child, and that there is one."),
    "sleep.shared": Compared(frozenset({"false"}), False, "Parents are afraid to say that a surface was shared (brief 1.2, lullaby-40)."),
    "sleep.surface": Compared(
        frozenset({"own_cot", "bedside_crib", "travel_cot", "carrycot", "own_bed"}), False, "A place of the child's own, and another place."
    ),
    "sleep.taken": Compared(frozenset({"nothing"}), False, "What a sharer had taken."),
}  # fmt: skip
"""By measure. What is not here is never held against another source: a mark, a level of income or a mood can change between two visits."""
