"""From one practitioner to the next: why a family is handed over, and how an offer of it ends."""

MIDWIFE, NEONATAL, LEAVER, SICKNESS, TRANSFER, OTHER = "midwife", "neonatal", "leaver", "sickness", "transfer", "other"

KINDS: dict[str, str] = {
    MIDWIFE: "From the midwife to the health visitor",
    NEONATAL: "From the neonatal unit to home",
    LEAVER: "The practitioner leaves",
    SICKNESS: "The practitioner is ill",
    TRANSFER: "The family moves to another area",
    OTHER: "Another change of practitioner",
}
URGENT = (NEONATAL, SICKNESS)
"""Kinds whose clock runs in hours."""

ACCEPTED, REFUSED, TAKEN_BACK, KEPT = "accepted", "refused", "taken_back", "kept"
ENDS: dict[str, str] = {
    ACCEPTED: "Accepted",
    REFUSED: "Refused",
    TAKEN_BACK: "Taken back by whoever offered it",
    KEPT: "Kept by whoever had offered it, after it was refused",
}


def setting(kind: str) -> str:
    """The setting of the policy that says by when an offer is answered."""
    return "handover_accept_urgent" if kind in URGENT else "handover_accept"


def subject(handover: str) -> str:
    """The duty to answer an offer, or after a refusal to find somebody else."""
    return f"handover:{handover}"


def of_subject(duty: str) -> str:
    """The handover that a duty is about."""
    return duty.partition(":")[2]
