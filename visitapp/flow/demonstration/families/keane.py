"""The family that the product is for: an older brother's bed, visits that could not be completed, cannabis whose effect nobody knows, help
that was agreed and not done, a plan whose moment came, and then a baby home from hospital. Each alone looks small; together they are why
history counts."""

from visitapp.flow.demonstration.families import keane_visits as written
from visitapp.flow.demonstration.story import (
    Account,
    Acknowledge,
    Arranged,
    Decide,
    Family,
    Made,
    NotForUs,
    Of,
    Person,
    Planned,
    Send,
    SendOn,
    Visit,
    Withdraw,
)
from visitapp.flow.demonstration.usual import done
from visitapp.flow.stories.answers import InDays

SAFETY_PLAN = {
    "source": "safety", "agreed_by": "Shannon Keane, Megan Talbot (midwife) and Hannah Osei (health visitor)", "trigger_kind": "refused_entry",
    "trigger_words": "entry is refused once the baby is at home",
    "actions": [
        {"what": "Ask the police to see both children the same day", "owner": "Hannah Osei", "owner_account": Account("hv"),
         "backup": "Ruth Abernethy", "backup_account": Account("supervisor"), "hours": 4},
        {"what": "Ask children's social care to go with us the same day, and start a strategy discussion", "owner": "Hannah Osei",
         "owner_account": Account("hv"), "backup": "Ruth Abernethy", "backup_account": Account("supervisor"), "hours": 4, "after_declined": True},
    ],
}  # fmt: skip

KEANE = Family(
    name="Keane",
    address="Flat 6, 41 Tanner Street",
    postcode="EM2 7QA",
    practitioner="hv",
    since=1010,
    people=(
        Person(key="riley", given="Riley", role="child", born=36, due=-1, recorded=170, gestation_days=245, birth_weight_g=2310),
        Person(key="tyler", given="Tyler", role="child", born=1003, gestation_days=273, birth_weight_g=2890),
        Person(key="shannon", given="Shannon", role="mother", years=20, phone="07700 900321"),
        Person(key="jordan", given="Jordan", family="Pike", role="partner", years=24, phone="07700 900322"),
    ),
    holders={"shannon": "Gave birth"},
    events=(
        Visit(ago=215, at="10:40", by="hv", answers=written.BEFORE_RILEY),
        Arranged(
            later=0, at="12:10", by="hv", kind="help", key="mattress",
            said={"what": "mattress", "person": Of("tyler"), "words": "From the children's centre, with two waterproof covers.", "tonight": False},
        ),
        Arranged(
            later=0, at="12:20", by="hv", kind="agency", key="gp",
            said={"kind": "gp", "name": "Fellgate surgery", "contact": "01632 960150", "email": "fellgate@nhs.example", "knows": "That Shannon was low after Tyler."},
        ),
        Arranged(later=1, at="09:30", by="hv", kind="help_step", said={"order": Made("help", "mattress"), "step": "ordered", "words": "For collection on Friday."}),
        done("home_help_practical", "The children's centre has a mattress, for Friday.", by="hv", later=0, at="09:35"),
        Visit(ago=171, at="14:00", by="hv", form="not_let_in", minutes=15, answers=written.NOBODY_IN),
        done("Tell your supervisor", "Spoke with Ruth Abernethy: I visit again in two weeks.", by="hv", later=1, at="09:10"),
        Withdraw(later=0, at="09:20", by="hv", level=2, reason="Shannon rang back: they were at her mother's. She does not want early help and would see me again."),
        Arranged(
            ago=76, at="09:10", by="midwife", kind="agency", key="midwives",
            said={"kind": "midwife", "name": "Eastmoor community midwives, Megan Talbot", "contact": "07700 900102", "knows": "The pregnancy, booked at 19 weeks."},
        ),
        Visit(ago=75, at="11:00", by="midwife", form="not_let_in", minutes=15, answers=written.MIDWIFE_TWICE),
        done("Tell your supervisor", "Spoke with Ruth Abernethy and Hannah Osei.", by="midwife", later=1, at="09:15"),
        Withdraw(later=0, at="09:30", by="hv", level=2, reason="Shannon has agreed to meet me at the clinic next week, and I ask her about early help there."),
        Visit(ago=66, at="13:15", by="hv", form="antenatal", minutes=40, answers=written.AT_THE_CLINIC),
        Arranged(
            later=0, at="14:10", by="hv", kind="help", key="cot",
            said={"what": "cot", "person": Of("riley"), "words": "A Moses basket and a cot, before the birth.", "tonight": False},
        ),
        Arranged(later=1, at="09:40", by="hv", kind="help_step", said={"order": Made("help", "cot"), "step": "ordered", "words": "By the children's centre."}),
        Send(
            later=0, at="10:10", by="hv", level=2,
            asked_for="Please offer Shannon a family worker before the baby comes: for Tyler's bed, for lifts, and for the evenings.",
            parents_told="yes", parents_said="Shannon: “As long as it's somebody who's had kids.”", where_child_is="Tyler at home, or with his grandmother.",
            agreed_by="Shannon, today, in her own words.", safe_number="07700 900321", safe_times="Any time. She reads texts sooner than she answers.",
            meanwhile="I meet Shannon and Megan Talbot this week.",
        ),
        Acknowledge(later=1, at="09:30", by="earlyhelp"),
        Decide(
            later=0, at="15:20", by="earlyhelp", outcome="no_further_action",
            reason="Shannon did not answer two calls today. We close after two calls; she can ring us.", next_step="Ask us again when the family is ready.",
        ),
        Arranged(
            later=1, at="11:00", by="hv", kind="meeting",
            said={
                "attended": "Shannon Keane, Megan Talbot (midwife), Hannah Osei (health visitor)", "agencies": 2,
                "decisions": [
                    {"what": "Bring the mattress to the flat, because there is no lift", "owner": "Megan Talbot", "owner_account": Account("midwife"), "due_on": InDays(14)},
                    {"what": "Meet Jordan, and ask him about cannabis and who has the children then", "owner": "Hannah Osei", "owner_account": Account("hv"), "due_on": InDays(28)},
                ],
            },
        ),
        Arranged(later=0, at="11:50", by="hv", kind="plan", key="entry", said=SAFETY_PLAN),
        Visit(ago=52, at="09:30", by="hv", form="not_let_in", minutes=5, answers=written.WE_CANCELLED),
        Arranged(ago=44, at="16:00", by="hv", kind="help_step", said={"order": Made("help", "cot"), "step": "delivered", "words": "Taken to the flat by the children's centre, and left with a neighbour."}),
        Arranged(ago=35, at="10:30", by="midwife", kind="into_hospital", said={"person": Of("riley"), "words": "Born at 35 weeks; the neonatal unit."}),
        Visit(ago=24, at="14:40", by="hv", form="information_received", minutes=10, answers=written.WARD),
        done("Tell the ward", "Sister Rahman, by phone: I go on the second day at home.", by="hv", later=0, at="15:40"),
        Arranged(ago=21, exact=True, at="17:10", by="midwife", kind="home_from_hospital", said={"person": Of("riley"), "words": "Home with Shannon."}),
        Visit(ago=19, at="15:15", by="hv", form="not_let_in", minutes=20, answers=written.REFUSED_ENTRY),
        Arranged(
            later=0, at="16:40", by="hv", kind="plan_action",
            said={
                "plan": Made("plan", "entry"), "action": "1", "how": "declined", "reference": "EM 0417",
                "evidence": "PC 2210 Larkin: no crime and no immediate danger was described, and no officer was free.",
            },
        ),
        done("Tell your supervisor what was heard", "Ruth Abernethy, by phone at 16:50.", by="hv", later=0, at="16:55"),
        Arranged(
            later=1, at="09:00", by="supervisor", kind="debrief",
            said={
                "with_whom": "Hannah Osei and Ruth Abernethy", "how_is": "shaken", "how_words": "No visit alone to an unknown adult this week.",
                "judged": "cannot_tell", "judged_why": "One visit was not wanted, by an adult whom nobody of us had met. Shannon answered a text within the hour and chose a day.",
                "changes": "Two go next time. Hannah asks for Jordan by name and sees each child, and where each sleeps.",
            },
        ),
        Arranged(
            later=0, at="09:03", by="hv", kind="risk",
            said={
                "kind": "person", "known": "seen", "source": "Hannah Osei",
                "words": "An adult whom we had not met stood in the doorway and closed it. Two go, and one stays where the door can be seen.",
            },
        ),
        done("Tell your supervisor that the moment", "Ruth Abernethy, by phone at 16:50, with the incident number.", by="hv", later=0, at="09:05"),
        done("Write to the family", "A text at 09:00: Shannon chose a day next week. The ward saw Riley; I ask the surgery.", by="hv", later=0, at="09:10"),
        done("Offer another time", "The same text.", by="hv", later=0, at="09:12"),
        Withdraw(
            later=0, at="09:15", by="hv", level=3,
            reason="Riley was seen and weighed on the ward yesterday morning, and Shannon answered my text: a visit is agreed. I propose again if it is not kept.",
        ),
        Visit(ago=12, at="13:30", by="hv", minutes=40, answers=written.NEW_HOME),
        Send(
            later=0, at="16:30", by="hv", level=3,
            asked_for="Please assess Riley and Tyler under section 17 and visit with me. I have not been shown where either child sleeps, Tyler's "
            "mattress of the spring was not replaced, and what Jordan's cannabis means for them is not known.",
            asked_by=7, parents_told="yes", parents_said="Shannon: “If it's help and not a telling-off.” Jordan was not there.",
            phoned_who="Duty desk", phoned="16:05", where_child_is="Tyler is at his grandmother's, 9 Weir Lane, on most evenings.",
            tonight=(("tyler", "At home", "Shannon, and Jordan from about ten"), ("riley", "At home", "Shannon, and Jordan from about ten")),
            safe_number="07700 900321", safe_times="Mornings, when Shannon is alone. Not in the evening.",
            why_not_early_help="It was asked for in the pregnancy, and closed after two calls that Shannon did not answer. Since then three visits were not completed.",
            meanwhile="I phone Shannon on Monday and visit in twelve days; the ward weighs Riley each week.",
        ),
        done("The supervisor knows today", "Ruth Abernethy, by phone: the second action is still to be done.", by="hv", later=0, at="16:40"),
        done("Tell your supervisor", "The same call.", by="hv", later=0, at="16:42"),
        Arranged(later=0, at="16:50", by="hv", kind="agency_told", said={"agency": Made("agency", "midwives"), "how": "told", "words": "That a referral was sent, and why."}),
        Arranged(
            later=0, at="16:55", by="hv", kind="agency_told",
            said={"agency": Made("agency", "gp"), "how": "not_told", "words": "Riley is not registered there yet. I tell them once he is."},
        ),
        Arranged(later=0, at="17:00", by="hv", kind="level", said={"level": 3, "reason": "Neither child's bed was shown, and what the cannabis means for them is not known."}),
        Acknowledge(later=1, at="10:05", by="socialcare"),
        NotForUs(
            later=1, at="11:10", by="socialcare", whose="Eastmoor early help",
            reason="Shannon said by phone that the baby is well and that she would like help with the beds. No earlier referral is on our system. This is for early help.",
        ),
        SendOn(later=0, at="11:45", by="hv", team="early_help", why="They closed in the summer before anybody met her: this time with both children's beds unseen."),
        Decide(
            later=0, at="15:40", by="hv", via="phone", said_by="Marta Lewandowska", said_role="early help", outcome="early_help",
            reason="Shannon wants help with the beds, and told social care so.",
            next_step="A family worker phones Shannon this week about the mattress. Refer again if something new is seen.", next_in=4,
            contact="Marta Lewandowska, 01632 960121",
        ),
        Arranged(
            later=0, at="16:10", by="hv", kind="agency", key="hub",
            said={"kind": "early_help", "name": "Eastmoor early help", "contact": "01632 960120", "knows": "Shannon's wish for help with the beds."},
        ),
        Arranged(later=0, at="16:20", by="hv", kind="agency_told", said={"agency": Made("agency", "hub"), "how": "told", "words": "The letter, and that the beds have not been seen."}),
        Arranged(
            ago=7, at="12:00", by="midwife", kind="agency_closed",
            said={
                "agency": Made("agency", "midwives"), "reason": "Discharged to the health visitor at 28 days. Riley's weight is rising.",
                "unresolved": ["home_sleep_place_not_shown", "substance_impact_unknown"],
            },
        ),
        Visit(ago=6, at="16:10", by="hv", form="information_received", minutes=10, answers=written.NEIGHBOUR),
        Visit(ago=5, at="09:20", by="hv", form="information_received", minutes=5, answers=written.NOT_WEIGHED),
        Visit(ago=4, at="11:30", by="hv", form="safer_sleep_review", minutes=10, answers=written.AT_THE_CENTRE),
        done("This child is seen awake", "Riley was awake at the centre.", by="hv", later=0, at="12:20"),
        Arranged(ago=3, at="09:00", by="hv", kind="level", key="lower", said={"level": 2, "reason": "Early help has begun, and Shannon came to the centre with both children."}),
        Arranged(ago=1, at="16:45", by="hv", kind="second_worker", said={"for_on": None, "words": "Two adults and two children's beds to see, and Jordan has not let us in before. One talks with Jordan while the other sees where the children sleep."}),
    ),
    planned=(Planned(ahead=0, what="Follow-up visit: see where both children sleep"), Planned(ahead=13, what="Six to eight week review")),
)  # fmt: skip
