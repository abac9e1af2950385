"""Families whose story is about sleep: twins in one cot, a premature baby and one doze, a bed shared with a smoker, a night on a sofa."""

from visitapp.flow.demonstration.story import Acknowledge, Answers, Call, Family, Person, Planned, Send, Visit
from visitapp.flow.demonstration.usual import ALONE, adult, arriving, asleep, at_home, baby, beside, done, night, takes_nothing, uses
from visitapp.flow.stories.answers import NOT_ASKED, Absent, Row, seen, shown, told
from visitapp.flow.stories.pictures import Photo

TOGETHER = night(
    how="seen", shared=True, dozed="planned", sharers=[beside("twin")], which_sleep="last_night",
    sleep_words="One wide cot beside the parents' bed, the girls feet to foot at opposite ends, on their backs.",
)  # fmt: skip

HUSSAIN = Family(
    name="Hussain",
    address="88 Linden Road",
    postcode="EM1 9TR",
    practitioner="hv",
    since=62,
    people=(
        Person(key="aisha", given="Aisha", role="child", born=49, gestation_days=260, birth_weight_g=2610, birth_order=1),
        Person(key="maryam", given="Maryam", role="child", born=49, gestation_days=260, birth_weight_g=2540, birth_order=2),
        Person(key="zainab", given="Zainab", role="mother", years=29, phone="07700 900331", language="Urdu", interpreter=True),
        Person(key="imran", given="Imran", role="father", years=34, phone="07700 900332"),
    ),
    holders={"zainab": "Gave birth", "imran": "Married to the mother"},
    events=(
        Visit(
            ago=37, at="13:00", by="hv", minutes=75,
            answers=arriving(present="Imran's aunt cooked in the kitchen and said hello.", interpreter="professional", interpreter_who="Nadia Aziz, the trust's interpreting service")
            | {
                "adults": [adult("zainab"), adult("imran")],
                "adult_use": [takes_nothing("zainab"), takes_nothing("imran")],
                "children": [
                    baby("aisha", [TOGETHER, night("day_nap", seen("carrycot"), how="seen")], birth=shown(["multiple"]), day="Aisha is fed by whoever wakes first, held upright after it, and put down awake."),
                    asleep("maryam", [TOGETHER, night("day_nap", seen("carrycot"), how="seen")], birth=shown(["multiple"]), day="Maryam is the slower feeder, is changed and talked to in the lamplight, and sleeps beside her sister."),
                ],
                **at_home(),
                "strengths": "Each parent wakes for one baby and writes the feeds on the same sheet. Both spoke to the girls by name.",
                "parents_view": "Through the interpreter Zainab said that she is well and would like to meet other mothers of twins.",
                "concern": "Nothing to worry about. Both girls are fed, held and put down awake in the day.",
                "plan": "A second cot before either rolls, which Imran has ordered. Twins group on Thursdays; I sent the address.",
            },
        ),
    ),
    planned=(Planned(ahead=0, what="Six to eight week review, interpreter booked for 14:00"),),
)  # fmt: skip

DOZE = night(
    "doze", told("adult_bed"), mattress=told("sound"), bedding=told(["nothing"]), shared=True, dozed="dozed_once", sharers=[beside("mother", exhausted=True)],
    sleep_words="“I woke at five with her on my chest and I was frightened.” Siân had fed sitting up in bed. It has happened once.",
)  # fmt: skip


def pryce(*nights: Row, day: str, strengths: str, concern: str, plan: str) -> Answers:
    """A visit to Efa, who was born at 31 weeks."""
    return arriving() | {
        "adults": [adult("sian"), adult("tom", here=False)],
        "adult_use": [takes_nothing("sian"), takes_nothing("tom")],
        "children": [
            baby(
                "efa",
                list(nights),
                low_birth_weight=shown(True),
                birth=shown(["neonatal"]),
                feeding=shown("worry_followed"),
                feeding_method=told("mixed"),
                next_unusual="A night at Tom's mother's on Saturday week. The crib goes with them.",
                day=day,
            )
        ],
        **at_home(),
        "strengths": strengths,
        "parents_view": "“I count every feed.” Siân asked twice whether Efa is growing as she should.",
        "concern": concern,
        "plan": plan,
    }


PRYCE = Family(
    name="Pryce",
    address="3 Weir Cottages",
    postcode="EM4 1HN",
    practitioner="hv",
    since=81,
    people=(
        Person(key="efa", given="Efa", family="Whitlock", role="child", born=77, gestation_days=217, birth_weight_g=1620),
        Person(key="sian", given="Siân", role="mother", years=32, phone="07700 900341"),
        Person(key="tom", given="Tom", family="Whitlock", role="father", years=32, phone="07700 900342"),
    ),
    holders={"sian": "Gave birth", "tom": "Birth certificate"},
    events=(
        Visit(
            ago=28, at="11:15", by="hv",
            answers=pryce(
                night(surface=seen("bedside_crib")), day="Efa is fed each three hours by the clock, held skin to skin, and is awake for twenty minutes at a time.", strengths="Efa was alert for twenty minutes and turned to her mother's voice. Tom does the late feed.",
                concern="Efa came home ten days ago. The hospital's outreach nurse weighs her each week.",
                plan="The crib stays beside the bed. Visit in three weeks; the outreach nurse and I talk after each weighing.",
            ),
        ),
        Visit(
            ago=5, at="11:00", by="hv",
            answers=pryce(
                night(surface=seen("bedside_crib")), DOZE, day="Efa feeds, looks about for longer each day, and is passed from one parent to the other through the night.", strengths="Siân told me about the night herself. Efa was alert and turned to her voice.",
                concern="One doze in bed, told freely, beside a mother who takes nothing and does not smoke.",
                plan="Feed sitting in bed with the lamp on and the phone's alarm at 20 minutes; Tom takes Efa after the feed at five.",
            ),
        ),
    ),
    planned=(Planned(ahead=2, what="Weighing at home"),),
)  # fmt: skip

HARGREAVES = Family(
    name="Hargreaves",
    address="9 Station Terrace",
    postcode="EM2 1JD",
    practitioner="hv",
    since=110,
    people=(
        Person(key="mason", given="Mason", role="child", born=96, gestation_days=275, birth_weight_g=3080),
        Person(key="kelly", given="Kelly", role="mother", years=25, phone="07700 900351"),
        Person(key="maureen", given="Maureen", role="grandparent", years=52, phone="07700 900352"),
    ),
    holders={"kelly": "Gave birth"},
    events=(
        Visit(
            ago=81, at="10:00", by="hv",
            answers=arriving(present="Maureen made tea and stayed for the second half.", contact="new_birth")
            | {
                "adults": [adult("kelly"), adult("maureen", alone=True)],
                "adult_use": [takes_nothing("kelly", smokes="smokes", **ALONE), takes_nothing("maureen", **ALONE)],
                "smoke_indoors": told("outside"),
                "children": [baby("mason", [night(surface=seen("own_cot"))], day="Mason feeds, sleeps in the cot by Kelly's bed and is walked to Maureen's each afternoon.")],
                **at_home(floors=seen("minor")),
                "strengths": "Kelly picked Mason up before he cried. Maureen lives four doors away and comes each evening.",
                "parents_view": "“Mum's a star.”",
                "concern": "Nothing to worry about today.",
                "plan": "Next contact at six to eight weeks.",
            },
        ),
        Visit(
            ago=1, at="10:30", by="hv", agreed_by="Kelly",
            photographs=(Photo("where_baby_sleeps", "The cot by Kelly's bed, made up and not used"), Photo("kitchen")),
            answers=arriving()
            | {
                "adults": [adult("kelly"), adult("maureen", here=False)],
                "adult_use": [takes_nothing("kelly", smokes="smokes"), takes_nothing("maureen")],
                "smoke_indoors": told("outside"),
                "children": [
                    baby(
                        "mason",
                        [
                            night(
                                "usual", told("adult_bed"), mattress=seen("sound"), bedding=told(["duvet"]), shared=True, dozed="planned",
                                sharers=[beside("mother", smoker=True)],
                                sleep_words="Every night for a month. “He won't go down in the cot.” Kelly smokes on the step, last at about eleven.",
                            ),
                        ],
                        tonight_place=told("shared"),
                        day="Mason is out in the pram each morning and at Maureen's for tea, and sleeps all night against his mother under her duvet.",
                        next_unusual="Kelly's birthday on Saturday. Maureen has Mason that night, in his cot, and takes nothing.",
                    )
                ],
                **at_home(floors=seen("minor"), beds=seen("good")),
                "strengths": "Kelly asked what would make it safer and wrote it down. Mason smiled at her all through the visit.",
                "parents_view": "“I'd love to stop. I tried the patches when I was carrying.”",
                "concern": "Mason sleeps each night beside his mother, who smokes, under a duvet. The cot is made up and stands in the same room.",
                "plan": "Cot against the bed from tonight, without the duvet. Stop-smoking service phones Kelly tomorrow; I visit within a week.",
            },
        ),
    ),
    planned=(Planned(ahead=3, what="Return visit: sleep and smoking"),),
)  # fmt: skip

SOFA = night(
    surface=told("sofa"), mattress=Absent("not_seen"), put_down=told("side"), swaddled=told(False), bedding=told(["blanket"]), shared=True, dozed="dozed_often",
    sharers=[beside("father", ("alcohol",), alcohol_units=7, exhausted=True)],
    sleep_words="Liam: “I only meant to wind him. Grace found us at four.” He had three pints. Grace said that it was the second time this week.",
)  # fmt: skip

ASANTE = Family(
    name="Asante-Doyle",
    address="17 Ropewalk, first floor",
    postcode="EM1 6LK",
    practitioner="midwife",
    since=160,
    people=(
        Person(key="kofi", given="Kofi", role="child", born=11, due=-8, recorded=150, gestation_days=277, birth_weight_g=3320),
        Person(key="grace", given="Grace", family="Asante", role="mother", years=27, phone="07700 900361"),
        Person(key="liam", given="Liam", family="Doyle", role="father", years=28, phone="07700 900362"),
    ),
    holders={"grace": "Gave birth", "liam": "Birth certificate"},
    events=(
        Visit(
            ago=1, exact=True, at="16:05", by="midwife", minutes=70, waited=5,
            answers=arriving("father", today=["unsafe"])
            | {
                "adults": [adult("grace"), adult("liam")],
                "adult_use": [
                    takes_nothing("grace"),
                    uses("liam", ["alcohol"], "most_days", "yesterday", "“A few pints to come down after a late shift.” At home, after ten at night.",
                         sober_carer="sometimes", sober_carer_who="Grace, when she is awake."),
                ],
                "children": [
                    baby(
                        "kofi", [SOFA, night("usual", seen("own_cot"), sleep_words="In the Moses basket beside Grace, on the other nights.")],
                        feeding=shown("growing"), feeding_method=told("breast"), next_unusual="Liam's late shift on Friday. Grace's sister stays again.",
                        day="Kofi feeds and sleeps in his mother's arms by day, and twice this week lay on the sofa beside his father at night.", impact=told("possible"), impact_kinds=told(["sleep"]),
                        impact_words="Twice this week Kofi was asleep on the sofa beside Liam, who had been drinking.",
                        protection="said", protection_unusual=NOT_ASKED, protection_words="Grace says that she will take Kofi up before Liam comes in. Nobody else is near.",
                    )
                ],
                **at_home(floors=seen("minor")),
                "safety_risks": ["dog"],
                "safety_words": "A large dog that was new to me stood over the Moses basket and growled when I bent down. Grace shut it in the kitchen at once. Phone from the street first.",
                "attitude": ["open"],
                "strengths": "Both told me about it without being pressed. Kofi has regained his birth weight and fed well while I was there.",
                "parents_view": "Grace: “I lie awake listening for them.” Liam cried and said that he wants to stop doing it.",
                "concern": "A baby of ten days has slept twice this week on a sofa beside an adult who had been drinking.",
                "plan": "Tonight Grace's sister stays and takes nothing; I saw the Moses basket made up beside Grace's bed at 17:00.",
            },
            calls=(
                Call(after=40, who="Eastmoor children's social care, out of hours", number="01632 960199", reached=False, said="Engaged twice."),
                Call(after=48, who="Eastmoor children's social care, out of hours", number="01632 960199", reached=True,
                     spoke_to="The duty social worker", said="Sister to stay tonight; to be written today; seen by them tomorrow."),
            ),
        ),
        Send(
            later=0, at="18:40", by="midwife",
            asked_for="Please see Kofi tomorrow and decide with us what keeps him safe at night. Tonight is covered by Grace's sister.",
            asked_by=1, parents_told="yes", parents_said="Both agreed that I write. Liam asked what happens next and I told him what I know.",
            phoned_who="The duty social worker, out of hours", phoned="16:53", tonight=(("kofi", "At home, in the Moses basket", "Grace, Liam, and Grace's sister Abena, who takes nothing"),),
            safe_number="07700 900361", safe_times="Any time tonight: Abena answers.",
            why_not_early_help="Advice was given twice this week, and it happened again. Abena stays tonight; nobody is arranged for the nights after.",
            meanwhile="I phone Grace at nine in the morning and visit in the afternoon.",
        ),
        done("sleep_sofa_substances", "Abena Asante stays tonight and takes nothing. I saw the Moses basket made up beside Grace's bed at 17:00.", by="midwife", later=0, at="18:50"),
        Acknowledge(later=0, at="20:15", by="socialcare"),
    ),
    planned=(Planned(ahead=0, what="Day 11: weigh Kofi and see the night plan"),),
)  # fmt: skip

FAMILIES = (HUSSAIN, PRYCE, HARGREAVES, ASANTE)
