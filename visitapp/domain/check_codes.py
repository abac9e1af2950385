"""The code on the last page of a letter, which leads to what the letter was when it was sent. It is chance and nothing else: it says
nothing about the letter, and of 24 to the power of 12 nobody guesses one.
"""

ALPHABET = "234679BCDFGHJKMNPQRTVWXY"
"""No two are mistaken for one another on paper, and without vowels no word comes about by chance."""
LENGTH = 12
BYTES = 16
"""How much chance a code is made of: so much more than it holds that no letter comes oftener than another."""


def from_chance(chance: bytes) -> str:
    """The code that these bytes make."""
    number, letters = int.from_bytes(chance, "big"), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def grouped(code: str) -> str:
    """As it is printed and read out: in fours."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed(words: str) -> str | None:
    """The code that somebody typed, however they grouped it; None when it cannot be one."""
    code = "".join(words[:64].upper().replace("-", " ").split())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
