"""Safeguarding supervision of each practitioner, by its dates. What is said in it is not kept here: a decision about a child is part of
that child's record, and what a practitioner thinks over is their own."""

BOOKED, HELD, MISSED = "booked", "held", "missed"
WHAT: dict[str, str] = {BOOKED: "Booked", HELD: "Held", MISSED: "Missed"}
