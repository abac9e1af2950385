"""Families with nothing to worry about: most of a caseload is like them, and the pages must read well for them first."""

from visitapp.flow.demonstration.answers import seen
from visitapp.flow.demonstration.story import Family, Person, Planned, Visit
from visitapp.flow.demonstration.usual import adult, arriving, at_home, baby, night, takes_nothing

TAYLOR = Family(
    name="Taylor-Raman",
    address="3 Coopers Yard",
    postcode="EM1 2QP",
    practitioner="hv",
    since=70,
    people=(
        Person(key="leo", given="Leo", role="child", born=54, gestation_days=281, birth_weight_g=3460),
        Person(key="beth", given="Beth", family="Taylor", role="mother", years=31, phone="07700 900311"),
        Person(key="priya", given="Priya", family="Raman", role="mother", years=33, phone="07700 900312"),
    ),
    holders={"beth": "Gave birth", "priya": "Civil partner of the mother, both names on the birth certificate"},
    events=(
        Visit(
            ago=42,
            at="10:00",
            by="hv",
            minutes=65,
            answers=arriving(present="Priya's mother came in with shopping near the end. I was introduced.")
            | {
                "adults": [adult("beth"), adult("priya")],
                "adult_use": [takes_nothing("beth"), takes_nothing("priya")],
                "children": [
                    baby(
                        "leo",
                        [
                            night(
                                surface=seen("bedside_crib"),
                                sleep_words="Wakes twice, fed sitting up in bed with the lamp on, and put back in the crib.",
                            ),
                            night(
                                "day_nap",
                                seen("own_cot"),
                                how="seen",
                                sleep_words="Asleep in the Moses basket in the living room when I came, on his back.",
                            ),
                        ],
                        next_unusual="Staying with Beth's parents in three weeks. They will take the travel cot.",
                    )
                ],
                **at_home(),
                "strengths": "Both mothers share the nights and notice early when Leo is hungry. He settled to Priya's voice at once.",
                "parents_view": "“We are tired and very happy.” Beth asked how much babies cry and was glad to hear that it peaks now.",
                "concern": "Nothing to worry about. Leo's day is feeds, sleep and being carried; he was alert and followed my face.",
                "plan": "Weigh at the clinic in two weeks. I gave the safer-sleep card and the crying line.",
            },
        ),
    ),
    planned=(Planned(ahead=0, what="Six to eight week review"),),
)

FAMILIES = (TAYLOR,)
