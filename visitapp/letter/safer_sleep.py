"""Five lines about safe sleep in plain English, those first that fit what was said of this baby's nights. Advice is chosen by measures, the
names of answers that outlive versions of forms, so no form is named here. Sources: clinical brief 1.2, 1.6 and 1.7.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MOST = 5
HOW_MANY = ("Nothing", "One thing", "Two things", "Three things", "Four things", "Five things")
"""A heading's first words by how many lines stand under it."""

SIX_MONTHS, ONE_YEAR, TWO_YEARS = 183, 365, 730
SOFAS = ("sofa", "armchair")
SLEEPY = ("alcohol", "drugs", "sedating")
NOT_FLAT = ("car_seat", "bouncer", "pod_or_nest", "beanbag", "no_fixed_place")
LOOSE = ("duvet", "pillow", "bumper", "soft_toys", "weighted", "hot_water_bottle", "wedge", "cords", "over_head")
WARM = ("heater", "hot_water_bottle")
BAD_MATTRESS = ("worn", "soiled", "wet", "bare", "broken", "none")

Said = tuple[str, str]
"""(measure, value): one answer about a baby's sleep, or ("early", "true") for one who came early or small."""


@dataclass(frozen=True)
class Line:
    """A sentence for the family, the answers that it fits, and the age in days from which it is not said any more. `rank`: which stand on a
    page where nothing else was said, lowest first."""

    words: str
    fits: frozenset[Said]
    rank: int
    until: int = ONE_YEAR


def _of(measure: str, values: Iterable[str]) -> frozenset[Said]:
    return frozenset((measure, value) for value in values)


LINES = (
    Line(
        "Do not fall asleep with your baby on a sofa or in an armchair. If you feel sleepy, put your baby in the cot first.",
        _of("sleep.surface", SOFAS) | _of("sleep.planned", SOFAS),
        4,
        TWO_YEARS,
    ),
    Line(
        "If you have had a drink, drugs or a sleepy medicine, your baby sleeps in the cot. Somebody who has "
        "taken nothing looks after your baby.",
        _of("sleep.taken", SLEEPY) | _of("adult.uses", ("alcohol", "cannabis", "other_drugs", "sedating")),
        3,
        TWO_YEARS,
    ),
    Line(
        "If you or your partner smoke, your baby sleeps in the cot and not in your bed. Smoke outside, never near your baby.",
        _of("sleep.smoker", ("true",)) | _of("adult.smokes", ("smokes", "both")),
        7,
    ),
    Line("A baby who came early or was born small sleeps in the cot and not in your bed.", frozenset((("early", "true"),)), 8),
    Line("Put your baby down on the back, for each sleep, day and night.", _of("sleep.put_down", ("side", "front")), 0),
    Line("Keep the cot clear. No pillow, no duvet, no soft toys, nothing over the head.", _of("sleep.bedding", LOOSE), 1),
    Line(
        "Your baby sleeps on a firm, flat, clean and dry mattress. Car seats, bouncers, pods and nests are not for sleeping.",
        _of("sleep.surface", NOT_FLAT) | _of("sleep.planned", NOT_FLAT) | _of("sleep.mattress", BAD_MATTRESS),
        2,
        TWO_YEARS,
    ),
    Line(
        "For the first six months your baby sleeps in the room where you are, day and night.",
        _of("sleep.room", ("other", "other_home_apart")),
        5,
        SIX_MONTHS,
    ),
    Line("Other children and pets do not sleep in the cot or bed with your baby.", _of("sleep.shared_with", ("sibling", "pet")), 9),
    Line("Not too hot: a room of 16 to 20 degrees is best. No hat indoors.", _of("sleep.bedding", WARM), 6, TWO_YEARS),
)


def lines(said: Iterable[Said], youngest: int | None = None) -> tuple[str, ...]:
    """Up to five sentences: those that fit what was said, as far as there is room, then those for every family, in one fixed order.

    `youngest` is the age in days of the youngest child by the corrected age, None for a baby unborn or of unknown age."""
    heard = frozenset(said)
    open_to = [line for line in LINES if youngest is None or youngest < line.until]
    fitting = [line for line in open_to if line.fits & heard]
    others = sorted((line for line in open_to if line not in fitting), key=lambda line: line.rank)
    chosen = (fitting + others)[:MOST]
    return tuple(line.words for line in LINES if line in chosen)
