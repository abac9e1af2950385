"""A child who died and a pregnancy that was lost: what each is called, kindly."""

DIED, STILLBORN, MISCARRIED = "died", "stillborn", "miscarried"

KINDS: dict[str, str] = {
    DIED: "A child died",
    STILLBORN: "A baby was stillborn",
    MISCARRIED: "A pregnancy ended before 24 weeks",
}
"""Kinds of loss. From 24 weeks on a baby born without signs of life is stillborn (Stillbirth (Definition) Act 1992); before that the record
says that the pregnancy ended, whatever the reason was."""

OF_ONE: dict[str, str] = {DIED: "{child} died", STILLBORN: "{child} was stillborn", MISCARRIED: "The pregnancy ended"}
"""The same of one child, with the given names."""

BABY_GOODS = ("cot", "bedding", "mattress")
"""Help that was only for a child to sleep on (`domain.helping.HELP`)."""


def words(kind: str, given: str | None) -> str:
    """`Ava died`, as a line of a screen says it."""
    named = given if given and given.strip().casefold() != "baby" else "the baby"  # who has no name yet is registered as Baby
    said = OF_ONE[kind].replace("{child}", named)
    return said[:1].upper() + said[1:]
