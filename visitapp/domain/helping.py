"""Help that a family needs, and its way from needed to seen in use. Delivered is not the end: only what was seen in use helps a child."""

HELP: dict[str, str] = {
    "cot": "A cot",
    "bedding": "Bedding",
    "mattress": "A mattress",
    "repair": "A repair",
    "heating": "Heating",
    "food": "Food",
    "money": "Money",
    "transport": "Transport",
    "other": "Other help",
}
NEEDED, ORDERED, DELIVERED, SEEN_IN_USE, NO_LONGER_NEEDED = "needed", "ordered", "delivered", "seen_in_use", "no_longer_needed"
STEPS: dict[str, str] = {
    ORDERED: "Ordered",
    DELIVERED: "Delivered",
    SEEN_IN_USE: "Seen in use",
    NO_LONGER_NEEDED: "No longer needed",
}
"""What can happen to it after it was needed. Any may be left out; after one of the last two nothing more happens."""
ENDS = (SEEN_IN_USE, NO_LONGER_NEEDED)
