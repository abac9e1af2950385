"""How a visit can fail to be completed, by the codes that outlive versions of a form (measure `visit.outcome`; clinical brief 3.1)."""

NEVER_COUNTED = (
    "cancelled_by_service",
    "practitioner_ill",
    "no_answer_unannounced",
    "wrong_address",
    "moved",
    "service_declined",
)
"""Outcomes that never count against a family: we cancelled or were ill, nobody knew that we came, we were at the wrong door, they have
moved, or the family lawfully declined (clinical brief 3.1, and what every assessment must respect, 5)."""

NO_ANSWER = ("no_answer", "signs_no_answer")
REFUSED_ENTRY = ("refused_at_door",)
CANCELLED_BY_FAMILY = ("cancelled_by_family",)
NOT_BROUGHT = ("not_brought",)

BY_NAME: dict[str, tuple[str, ...]] = {
    "no_answer": NO_ANSWER,
    "refused_entry": REFUSED_ENTRY,
    "cancelled_by_family": CANCELLED_BY_FAMILY,
    "not_brought": NOT_BROUGHT,
}
"""The given fact that counts them -> its outcomes. What is not here counts only among all that were not completed."""

ENDED_EARLY = "ended_early"
"""A visit made in which not everything could be asked."""
