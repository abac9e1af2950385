"""Families with nothing to worry about: most of a caseload is like them, and the pages must read well for them first."""

from visitapp.flow.demonstration.story import Family, Person, Planned, Visit
from visitapp.flow.demonstration.usual import ALONE, adult, arriving, at_home, at_the_door, baby, night, takes_nothing, toddler, uses
from visitapp.flow.stories.answers import InDays, seen, told

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
            answers=arriving(present="Priya's mother came in with shopping near the end. I was introduced.", contact="new_birth")
            | {
                "adults": [adult("beth"), adult("priya")],
                "adult_use": [takes_nothing("beth", **ALONE), takes_nothing("priya", **ALONE)],
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
                        feeding_method=told("breast"),
                        next_unusual="Staying with Beth's parents in three weeks. They will take the travel cot.",
                        day="Leo feeds every two hours, is carried in a sling by whoever is free, and watches faces from a mat.",
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

BRENNAN = Family(
    name="Brennan",
    address="40 Canal Street",
    postcode="EM2 4RS",
    practitioner="nursery",
    since=400,
    people=(
        Person(key="finn", given="Finn", role="child", born=371, gestation_days=279, birth_weight_g=3720),
        Person(key="aoife", given="Aoife", role="mother", years=34, phone="07700 900411"),
        Person(key="michael", given="Michael", role="father", years=37, phone="07700 900412"),
    ),
    holders={"aoife": "Gave birth", "michael": "Married to the mother"},
    events=(
        Visit(
            ago=359, at="10:20", by="hv",
            answers=arriving(contact="new_birth")
            | {
                "adults": [adult("aoife"), adult("michael")],
                "adult_use": [takes_nothing("aoife", **ALONE), takes_nothing("michael", **ALONE)],
                "children": [baby("finn", [night(surface=seen("own_cot"))], feeding_method=told("mixed"), day="Finn feeds, is changed and talked to, and sleeps between feeds.")],
                **at_home(),
                "strengths": "Michael changed Finn while talking to him all the while.",
                "parents_view": "“He's the best thing.”",
                "concern": "Nothing to worry about.",
                "plan": "Clinic at eight weeks.",
            },
        ),
        Visit(
            ago=6, at="09:30", by="nursery",
            answers=arriving(present="Finn's cousin, who is three, played in the garden with Michael.", contact="twelve_months")
            | {
                "adults": [adult("aoife"), adult("michael")],
                "adult_use": [
                    takes_nothing("aoife", **ALONE),
                    uses("michael", ["alcohol"], "monthly", "week", "Two pints after football on Sundays.", sober_carer_who="Aoife", use_when="away", use_where="elsewhere",
                         treatment="not_needed", use_alone=True, audit_often="two_four_month", audit_units="five_six", audit_six="never"),
                ],
                "children": [
                    toddler("finn", [night(surface=seen("own_cot"), room=seen("other"))], impact=told("none"), protection="seen", protection_unusual=True,
                            day="Finn breakfasts with both parents, is outdoors most mornings, naps in the cot and has three books at bedtime.",
                            protection_words="Aoife was there and takes nothing; Michael stays out when he has been drinking. Christmas is at her parents'.")
                ],
                **at_home(floors=seen("minor")),
                "strengths": "Finn points, brings books and comes back to Aoife for a hug. He walked six steps for me.",
                "parents_view": "“Is it all right that he only says three words?” We talked about what comes next.",
                "concern": "Nothing to worry about.",
                "plan": "One-year review done. Library card and the two-year review.",
            },
        ),
    ),
    planned=(Planned(ahead=9, what="Weaning and sleep: a call"),),
)  # fmt: skip

PENHALIGON = Family(
    name="Penhaligon",
    address="2 Chapel Row",
    postcode="WF7 3BD",
    area="westfen",
    practitioner="westfen",
    since=40,
    people=(
        Person(key="rose", given="Rose", role="child", born=26, gestation_days=284, birth_weight_g=3390),
        Person(key="tamsin", given="Tamsin", role="mother", years=29, phone="07700 900421"),
        Person(key="jowan", given="Jowan", role="father", years=30, phone="07700 900422"),
    ),
    holders={"tamsin": "Gave birth", "jowan": "Birth certificate"},
    events=(
        Visit(
            ago=14, at="11:30", by="westfen",
            answers=arriving(contact="new_birth")
            | {
                "adults": [adult("tamsin"), adult("jowan")],
                "adult_use": [takes_nothing("tamsin", **ALONE), takes_nothing("jowan", **ALONE)],
                "children": [baby("rose", [night(surface=seen("bedside_crib"))], feeding_method=told("breast"), day="Rose feeds, dozes on a shoulder and is put down awake in the crib.")],
                **at_home(),
                "strengths": "Rose was fed, winded and talked to while we spoke.",
                "parents_view": "“We thought we would be more scared.”",
                "concern": "Nothing to worry about.",
                "plan": "Six to eight week review at home.",
            },
        ),
    ),
    planned=(Planned(ahead=0, what="Weighing at home"),),
)  # fmt: skip

LINDQVIST = Family(  # moved here before anybody saw the baby: on the list of today
    name="Lindqvist",
    address="11 Weaver Street",
    postcode="EM1 4RT",
    practitioner="nursery",
    since=12,
    people=(
        Person(key="alva", given="Alva", role="child", born=37, gestation_days=278, birth_weight_g=3210),
        Person(key="maja", given="Maja", role="mother", years=27, phone="07700 900441", language="Swedish"),
    ),
    holders={"maja": "Gave birth"},
    events=(
        Visit(
            ago=9,
            at="09:10",
            by="hv",
            form="not_let_in",
            minutes=3,
            answers=at_the_door(
                "cancelled_by_family",
                cancelled_hours=25,
                cancelled_why="Maja, by text: the boxes are not unpacked.",
                next_try=InDays(4),
                next_try_words="A time that Maja named.",
                tries=["phoned", "texted"],
                open_to=told("nobody"),
                barrier=told(["daily_life"]),
                know_baby_safe="nobody",
            ),
        ),
        Visit(
            ago=4,
            at="08:40",
            by="hv",
            form="not_let_in",
            minutes=3,
            answers=at_the_door(
                "cancelled_by_family",
                cancelled_hours=26,
                cancelled_why="Maja, by text: she would rather come to us.",
                next_try=InDays(6),
                next_try_words="Hannah Osei, with Dev Lakhani, whom she met at the hub.",
                tries=["phoned", "texted"],
                open_to=told("nobody"),
                barrier=told(["private"]),
                know_baby_safe="nobody",
            ),
        ),
    ),
    planned=(Planned(ahead=2, what="First visit: they moved here from another area"),),
)

FAMILIES = (TAYLOR, BRENNAN, PENHALIGON, LINDQVIST)
