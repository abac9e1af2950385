"""The part of a routes file that says who gets a referral: which document, who receives it, who is told, and which domains letters may be
mailed to."""

from typing import Any

from visitapp.domain.directory import KINDS
from visitapp.domain.findings import DESTINATIONS, URGENCIES
from visitapp.formlang.model import Assured, DocumentRule, RecipientRule, When
from visitapp.formlang.shape import Shape

TEAMS = tuple(KINDS)
WHO = (*TEAMS, "home_front_door", "worker", "manager", "early_help_worker", "placing_authority", "gp", "family")
"""Who can be named in a rule: a team of the area in which the children are, the front door of the area in which they live, or somebody of
this family."""
OPEN_TO = ("early_help", "child_in_need", "child_protection")
"""What a family may be open to, in the codes of the measure `family.open_to`."""
HOURS, FOUND, UNBORN, PARENTS = ("day", "out_of_hours"), ("home", "elsewhere"), ("all", "some", "none"), ("told", "not_told")
ASKS, TELLS = ("referral", "early_help", "pre_birth"), ("referral", "early_help", "pre_birth", "health_copy", "family_copy", "chronology")


def recipient_rules(shape: Shape) -> dict[str, Any]:
    """The parts of `Routes` that stand here, by name; all of them, or (in versions of before) none."""
    if "receivers" not in shape.value:
        return {}
    for key in ("documents", "copies", "assured"):
        if key not in shape.value:
            shape.fault(f"'{key}' is missing here.")
    documents = tuple(_document(one) for one in shape.items("documents"))
    receivers = tuple(_recipient(one, receives=True) for one in shape.items("receivers"))
    for key, last in (("documents", documents[-1:]), ("receivers", receivers[-1:])):
        if not last or last[0].when not in (When(), When(go=tuple(DESTINATIONS))):
            shape.fault("The last rule must take whatever is left: it has no 'when'.", key)
    copies = tuple(_recipient(one, receives=False) for one in shape.items("copies"))
    return {
        "documents": documents,
        "receivers": receivers,
        "copies": copies,
        "assured": tuple(_assured(one) for one in shape.items("assured")),
    }


def _document(shape: Shape) -> DocumentRule:
    shape.keys("document reason", "when")
    return DocumentRule(_when(shape), shape.one_of("document", ASKS), shape.text("reason"))


def _recipient(shape: Shape, *, receives: bool) -> RecipientRule:
    shape.keys("to reason" if receives else "to document reason", "when otherwise" if receives else "when otherwise offered")
    to = shape.words("to", tuple(one for one in WHO if not (receives and one == "family")))
    if not to:
        shape.fault("Somebody must be named.", "to")
    document = None if receives else shape.one_of("document", TELLS)
    if document and ("family" in to) != (document == "family_copy"):
        shape.fault("A copy for the family is for the family and nobody else, and they get no other.", "document")
    when = _when(shape)
    if "family" in to and not (when.parents == "told" and when.safe):
        shape.fault("A copy for the family needs 'parents: told' and 'safe: true' in its 'when'.", "to")
    return RecipientRule(when, to, shape.text("reason"), shape.maybe_text("otherwise") or "", document, shape.flag("offered"))


def _when(shape: Shape) -> When:
    if "when" not in shape.value:
        return When()
    when = Shape(shape.document, (*shape.where, "when"))
    when.keys("", "go level urgency hours open_to found unborn age_under looked_after parents safe")
    return When(
        when.words("go", DESTINATIONS), when.integer("level", 1, 4) or 1, when.words("urgency", URGENCIES), _one(when, "hours", HOURS),
        when.words("open_to", OPEN_TO), _one(when, "found", FOUND), _one(when, "unborn", UNBORN), when.integer("age_under", 1, 6_600),
        when.flag("looked_after"), _one(when, "parents", PARENTS), when.flag("safe"),
    )  # fmt: skip


def _one(shape: Shape, key: str, allowed: tuple[str, ...]) -> str | None:
    return shape.one_of(key, allowed) or None if key in shape.value else None


def _assured(shape: Shape) -> Assured:
    shape.keys("domain source", "demonstration")
    domain, demonstration = shape.text("domain").casefold(), shape.flag("demonstration")
    if not demonstration and domain.endswith((".example", ".test", ".invalid", ".localhost")):
        shape.fault("A domain that cannot exist is for the demonstration: say 'demonstration: true'.", "domain")
    if not domain.strip(".") or "@" in domain or " " in domain or "." not in domain.strip("."):
        shape.fault("A domain such as nhs.net belongs here, or .council.gov.uk for every domain under it.", "domain")
    return Assured(domain, shape.text("source"), demonstration)
