"""Families whose story is about the home and what lies behind it: a landlord's damp, low mood, and use whose effect on the child was seen
to change."""

from typing import Any

from visitapp.flow.demonstration.story import Acknowledge, Answers, Arranged, Decide, Family, Made, Person, Planned, Send, Visit
from visitapp.flow.demonstration.usual import adult, arriving, at_home, baby, done, night, takes_nothing, toddler, uses
from visitapp.flow.stories.answers import NOT_ASKED, InDays, Known, Row, seen, told


def damp(wall: Known, day: str, **other: Any) -> Answers:
    """A visit to Kamsi's family: a good home with a wall that is not theirs to mend."""
    return (
        arriving()
        | {
            "adults": [adult("adaeze"), adult("chidi")],
            "adult_use": [takes_nothing("adaeze"), takes_nothing("chidi")],
            "children": [baby("kamsi", [night(surface=seen("own_cot"))], mobility=seen("rolling"), feeding_method=told("breast"), day=day)],
            **at_home(damp=wall, cause=told(["landlord"]), cause_says=["mother", "father"], help_taken=told("waits")),
            "tenure": told("private"),
            "strengths": "Kamsi laughed and reached for both parents. The cot was moved to the dry wall before anybody asked.",
        }
        | other
    )


OKONKWO = Family(
    name="Okonkwo",
    address="12 Cutler's Yard",
    postcode="EM1 3PD",
    practitioner="hv",
    since=140,
    people=(
        Person(key="kamsi", given="Kamsi", role="child", born=127, gestation_days=281, birth_weight_g=3510),
        Person(key="adaeze", given="Adaeze", role="mother", years=30, phone="07700 900371"),
        Person(key="chidi", given="Chidi", role="father", years=33, phone="07700 900372"),
    ),
    holders={"adaeze": "Gave birth", "chidi": "Married to the mother"},
    events=(
        Visit(
            ago=64, at="14:20", by="hv",
            answers=damp(
                seen("moderate"), day="Kamsi is fed, carried and sung to, and sleeps in the cot by the dry wall.",
                cause_test_by="The council's inspector", cause_test_on=InDays(14), cause_words="Chidi showed me two letters to the landlord, of August and September. To be tested by the council's inspector.",
                help_given="I wrote to the council's housing team with the parents' agreement.",
                parents_view="“We wipe it every morning and it is back by Friday.”",
                concern="Black mould, a hand wide, along the outside wall of the bedroom. Kamsi's chest was clear.",
                plan="Housing team to inspect within two weeks; I phone them on Thursday.",
            ),
        ),
        done("home_cold", "Written to the council's housing team, with the parents' two letters. They inspect within two weeks.", by="hv", later=1, at="09:20", reference="HT 2291"),
        Visit(
            ago=13, at="15:00", by="hv",
            answers=damp(
                seen("severe"), day="Kamsi plays on the bed in a warm suit because the floor is cold, laughs at her father's songs, and sleeps by the heater that was lent.",
                cause_test_by="The inspector, who has agreed", cause_test_on=InDays(-30), cause_words="The inspector agreed with the parents in writing: a broken gutter, which is the landlord's.",
                help_given="Inspected five weeks ago; the repair was ordered for last week and nobody came. A heater was lent by the children's centre.",
                parents_view="Adaeze asked me to say to anybody who reads this that they have paid every month.",
                concern="Water ran down the wall behind where the cot stood before. It is 15 degrees in the bedroom by my thermometer.",
                plan="I phone the housing team today and ask for emergency repair, and their manager if it is not booked by Friday.",
            ),
        ),
        done("home_cold", "Phoned the housing team and wrote again: an emergency repair is asked for, by Friday.", by="hv", later=0, at="16:40", reference="HT 2291"),
    ),
    planned=(Planned(ahead=1, what="Return visit: damp, with the housing officer"),),
)  # fmt: skip

MERCER = Family(
    name="Mercer",
    address="Flat 2, 5 Fuller's Lane",
    postcode="EM3 8GE",
    practitioner="hv",
    since=520,
    people=(
        Person(key="amelia", given="Amelia", role="child", born=152, gestation_days=276, birth_weight_g=3150),
        Person(key="kayden", given="Kayden", role="child", born=500, gestation_days=280, birth_weight_g=3400),
        Person(key="donna", given="Donna", role="mother", years=28, phone="07700 900381"),
    ),
    holders={"donna": "Gave birth"},
    events=(
        Visit(
            ago=140, at="09:40", by="hv",
            answers=arriving()
            | {
                "adults": [adult("donna")],
                "adult_use": [takes_nothing("donna")],
                "children": [
                    baby("amelia", [night(surface=seen("own_cot"))], day="Amelia is fed, winded and sung to by Donna, and sleeps between feeds."),
                    toddler("kayden", [night(surface=seen("own_bed"), room=seen("other"))], day="Kayden eats with Donna, pulls himself up on the sofa and is in bed by seven."),
                ],
                **at_home(floors=seen("minor"), kitchen=seen("minor")),
                "strengths": "Donna sings to both and Kayden joins in.",
                "parents_view": "“Busy, but we're all right.”",
                "concern": "Nothing to worry about today. Donna has nobody near since her sister moved.",
                "plan": "Next contact at six to eight weeks. Playgroup on Tuesdays.",
            },
        ),
        Visit(
            ago=9, at="10:10", by="hv", minutes=70,
            answers=arriving(announced="unannounced")
            | {
                "adults": [adult("donna")],
                "adult_use": [takes_nothing("donna")],
                "children": [
                    baby(
                        "amelia", [night(surface=seen("own_cot"), mattress=seen("worn"))], mobility=seen("rolling"), response=seen(["slow"]),
                        day="Amelia lies in the cot for most of a morning, and is picked up some minutes after she cries.",
                    ),
                    toddler(
                        "kayden", [night(surface=seen("own_bed"), room=seen("other"))],
                        day="Kayden walks among cups and nappies while Donna lies down, and eats what he finds until lunch.",
                    ),
                ],
                **at_home(
                    floors=seen("severe"), kitchen=seen("severe"), bathroom=seen("moderate"), beds=seen("minor"), home_impact=seen("actual"),
                    home_impact_words="Kayden has been treated twice in a month for a stomach upset. He picked a crust from the floor and ate it as I came in.",
                    cause=told(["low_mood"]), cause_says=["mother"], help_taken=told("offered"), cause_test_by="Donna's GP", cause_test_on=InDays(4), bottles=seen("severe"),
                    cause_words="Donna thinks so: “I look at it and I can't start.” To be tested with her GP, whom she sees on Monday.",
                ),
                "help_given": "I washed bottles with Donna and she boiled the kettle for them. She would take help in the mornings.",
                "strengths": "Donna told me how low she feels and asked for help. Both children were dressed warmly and Amelia has grown along her line.",
                "parents_view": "“I'm not a bad mum. I'm so tired that I could lie down on the floor.” She was asked, and has no thought of dying.",
                "concern": "Five used nappies and a broken cup lay where Kayden plays; three bottles held old milk. In the summer the same rooms were clear.",
                "plan": "Donna sees her GP on Monday and I phone her that afternoon. The floor was cleared with me before I left.",
            },
        ),
        Send(
            later=0, at="14:30", by="hv",
            asked_for="Please assess what help Donna and the children need under section 17, in the home and in the mornings first.",
            asked_by=7, parents_told="yes", parents_said="Donna read it with me and asked me to say that she wants help.",
            phoned_who="Duty desk", phoned="13:50", tonight=(("amelia", "At home", "Donna"), ("kayden", "At home", "Donna")), safe_number="07700 900381", safe_times="Any time.",
            why_not_early_help="What a family worker can do is agreed and starts on Monday. It does not reach what the home does to the children now: Kayden has been ill twice.",
            meanwhile="I phone Donna on Monday and visit within ten days.",
        ),
        Arranged(
            ago=1, at="11:30", by="hv", kind="disagreement", key="unanswered",
            said={"why": "Nobody has acknowledged the referral of a week ago. Kayden has been ill again and what I asked for cannot wait for a place in a queue.",
                  "meanwhile": "I phone Donna every morning, the family worker clears the floor with her, and she has my number."},
        ),
        Arranged(
            later=0, at="15:20", by="hv", kind="disagreement_said",
            said={"disagreement": Made("disagreement", "unanswered"), "who": "Hannah Osei with the duty worker of Eastmoor children's social care, by phone", "comes_to": "not_agreed",
                  "said": "The duty worker found the letter and said that neglect of this kind is for early help first. I said that help has begun and does not reach it.",
                  "meanwhile": "The same until somebody visits; my supervisor phones their team manager."},
        ),
        Visit(
            ago=1, at="16:00", by="hv", minutes=40,
            answers=arriving(announced="unannounced")
            | {
                "adults": [adult("donna")],
                "adult_use": [takes_nothing("donna")],
                "children": [
                    baby(
                        "amelia", [night(surface=seen("own_cot"), mattress=seen("worn"))], mobility=seen("rolling"), response=seen(["slow"]),
                        day="Amelia cried for some minutes before Donna got up, and there was no milk to give her.",
                    ),
                    toddler("kayden", [night(surface=seen("own_bed"), room=seen("other"))], day="Kayden ate dry cereal from the floor while I was there."),
                ],
                **at_home(
                    floors=seen("severe"), kitchen=seen("severe"), food=seen("severe"), home_impact=seen("likely"), cause=told(["low_mood"]), cause_says=["mother"],
                    help_taken=told("waits"), bottles=seen("severe"),
                ),
                "help_given": "I went to the shop with Donna for formula and nappies that last until tomorrow noon.",
                "strengths": "Donna phoned me herself this morning.",
                "concern": "There was no milk in the flat, and the gas meter is empty. It is worse than what I wrote of last week.",
                "plan": "I phone the duty desk now, and Donna at seven.",
            },
        ),
    ),
    planned=(Planned(ahead=1, what="Return visit, after the GP"),),
)  # fmt: skip


def georgiou(**other: Any) -> Answers:
    """A visit to Nico's family, where alcohol was spoken about."""
    return (
        arriving("father")
        | {"adults": [adult("eleni"), adult("andreas")]}
        | at_home()
        | {"strengths": "Nico walks between his parents and is caught by both. Books beside the bed."}
        | other
    )


GEORGIOU = Family(
    name="Georgiou",
    address="61 Park View",
    postcode="EM1 5XX",
    practitioner="hv",
    since=470,
    people=(
        Person(key="nico", given="Nico", role="child", born=455, gestation_days=282, birth_weight_g=3600),
        Person(key="eleni", given="Eleni", role="mother", years=36, phone="07700 900391"),
        Person(key="andreas", given="Andreas", role="father", years=41, phone="07700 900392"),
    ),
    holders={"eleni": "Gave birth", "andreas": "Married to the mother"},
    events=(
        Visit(
            ago=58, at="16:00", by="hv",
            answers=georgiou(
                adult_use=[
                    takes_nothing("eleni"),
                    uses("andreas", ["alcohol"], "most_days", "today", "“Half a bottle of wine while I cook, the rest when he's in bed.” Eleni works three nights a week.",
                         sober_carer="nobody"),
                ],
                children=[
                    toddler(
                        "nico", [night(surface=seen("own_cot"), room=seen("other"))], impact=told("possible"), protection="none",
                        day="Nico eats and plays with his mother by day, and on three nights a week wakes to a father who does not always hear him.",
                        impact_kinds=told(["watching"]), impact_words="On three nights a week Andreas is alone with Nico after drinking. Eleni came home once and could not wake him.",
                    )
                ],
                parents_view="Andreas: “I can see how it sounds when I say it.” Eleni wants it to change before the summer.",
                concern="On the nights that Eleni works, nobody who has taken nothing is with Nico.",
                plan="Both agreed to a referral. Andreas phones the alcohol service tomorrow; Eleni changes two nights this week.",
            ),
        ),
        Send(
            later=1, at="09:20", by="hv",
            asked_for="Please assess what keeps Nico safe on the nights that his mother works.", asked_by=10, parents_told="yes",
            parents_said="Both were told together and agreed.", where_child_is="At home, or at nursery on weekdays.",
            why_not_early_help="Both parents take the help there is. It covers no night, and the nights are the danger.",
            meanwhile="Eleni is at home at night this week. I visit in three weeks.",
        ),
        Acknowledge(later=1, at="09:15", by="socialcare"),
        Decide(
            later=0, at="16:20", via="link", said_by="Samira Holt", said_role="social worker, assessment team", outcome="assessment_s17", reason="A child of one year in the sole care of an adult who drinks, on set nights.",
            next_step="I visit within five working days and phone Hannah Osei after it.", next_in=7, contact="Samira Holt, 01632 960107",
        ),
        Visit(
            ago=16, at="16:00", by="hv",
            answers=georgiou(
                adult_use=[
                    takes_nothing("eleni"),
                    uses("andreas", ["alcohol"], "rarely", "longer", "Nothing for five weeks; a card from the alcohol service was shown to me.",
                         sober_carer_who="Andreas's mother stays on the nights that Eleni works."),
                ],
                children=[
                    toddler(
                        "nico", [night(surface=seen("own_cot"), room=seen("other"))], impact=told("none"), protection="seen", protection_unusual=True,
                        day="Nico has his tea with his grandmother and a story from his father, and sleeps through.",
                        protection_words="I met Andreas's mother, who lives with them from Monday to Thursday. It covers the unusual nights too.",
                    )
                ],
                present="Andreas's mother, Despina, who was introduced and spoke with me alone.",
                parents_view="“It's quieter. He comes to me in the morning now.” (Andreas)",
                concern="What was agreed is done and I saw it. The social worker's assessment is under way.",
                plan="Visit in six weeks, and a call with the social worker before it.",
            ),
        ),
    ),
    planned=(Planned(ahead=6, what="Visit with the social worker"),),
)  # fmt: skip

NOWAK = Family(
    name="Nowak",
    address="27 Orchard Close",
    postcode="EM5 6BW",
    practitioner="midwife",
    since=120,
    people=(
        Person(key="baby", given="Baby", role="child", due=47, recorded=120),
        Person(key="kasia", given="Kasia", role="mother", years=24, phone="07700 900401", language="Polish", interpreter=False),
        Person(key="piotr", given="Piotr", role="father", years=26, phone="07700 900402"),
    ),
    events=(
        Visit(
            ago=20, at="17:00", by="midwife", form="antenatal",
            answers={"present": "A lodger, Tomasz, was introduced. He has the back room until the new year."}
            | {
                "adults": [adult("kasia"), adult("piotr", alone=False, asked=NOT_ASKED)],
                "adult_use": [Row({"expecting": True}, "kasia")],
                "children": [Row({"baby_place": "promised", "place_help": "ordered"}, "baby")],
                "home_fit": "work",
                "cause": ["money"],
                "home_words": "Kasia: the cot comes with the wage of the last of the month.",
                "help_needed": ["cot"],
                "help_by": InDays(5),
                "help_words": "The baby bank has a crib for them, to be collected on Saturday.",
                "strengths": "Both parents know where the baby will sleep and talked with me about the first night at home.",
                "parents_view": "Kasia feels well and asked for the class in Polish.",
                "concern": "Nothing to worry about. I have not spoken with Piotr alone; he works until six.",
                "plan": "Crib seen in its place before the birth. The new birth visit is Hannah Osei's, who is told the date.",
            },
        ),
        done("home_help_practical", "The baby bank has put a crib and bedding aside for Saturday, and told Kasia so.", by="midwife", later=1, at="09:30"),
    ),
    planned=(Planned(ahead=1, what="Antenatal visit, 34 weeks"),),
)  # fmt: skip

FAMILIES = (OKONKWO, MERCER, GEORGIOU, NOWAK)
