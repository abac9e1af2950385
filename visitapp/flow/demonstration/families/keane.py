"""The family that the product is for: an older brother's bed, visits that could not be completed, cannabis whose effect nobody knows, help
that was agreed and not done, and then a baby home from hospital. Each alone looks small; together they are why history counts."""

from visitapp.flow.demonstration.story import Acknowledge, Arranged, Decide, Family, Made, Of, Person, Planned, Send, Visit, Withdraw
from visitapp.flow.demonstration.usual import adult, arriving, at_home, at_the_door, baby, night, takes_nothing, toddler, uses
from visitapp.flow.stories.answering import UNANSWERED
from visitapp.flow.stories.answers import NOT_ASKED, NOT_SEEN, REFUSED, InDays, Row, seen, shown, told

BEFORE_RILEY = arriving(present="A man left by the back door as I came in. Shannon said that he was a friend.", others_known="not_known", contact="two_years") | {
    "adults": [adult("shannon"), adult("jordan", here=False)],
    "adult_use": [
        takes_nothing("shannon"),
        uses("jordan", ["cannabis"], "weekly", NOT_ASKED, "Shannon: “He has a smoke at weekends, outside.” I have not spoken with Jordan.",
             affected_today=NOT_SEEN, sober_carer_who="Shannon says that she takes nothing."),
    ],
    "children": [
        toddler(
            "tyler",
            [
                night(surface=seen("own_bed"), mattress=seen("soiled"), bedding=seen(["duvet", "pillow"]), room=seen("other"),
                      sleep_words="The mattress was wet through at 11:00 and smelled of urine. Shannon said that she turns it over."),
            ],
            impact=told("none"),
            protection="said",
            protection_words="Shannon says that Jordan smokes outside and never when he has Tyler. I did not see where.",
            protection_unusual=NOT_ASKED,
        )
    ],
    **at_home(
        floors=seen("minor"), kitchen=seen("minor"), beds=seen("severe"), home_impact=seen("likely"), cause=told(["money"]), cause_says=["mother"],
        help_taken=told("offered"),
        home_impact_words="Tyler's nightclothes were damp at 11:00. His skin was clear when Shannon changed him.",
        cause_words="Shannon: “I can't get another one till next month.” To be tested: does a mattress that is brought stay dry?",
    ),
    "help_given": "A mattress and two waterproof covers asked for from the children's centre today; Shannon will collect them on Friday.",
    "strengths": "Tyler ran to Shannon when he fell and was picked up and comforted. She knew all his words.",
    "parents_view": "“I know it's not right. I was in care and I don't want anyone in my business.”",
    "concern": "On this day Tyler's mattress was wet through at 11:00. He was bright, talked to me and was dressed for the weather.",
    "plan": "Mattress and covers from the children's centre by Friday. I look at the bed with Shannon at the next visit.",
}  # fmt: skip

NEW_HOME = arriving(
    contact="extra", today=["kept_from_view"], kept_words="The television was on upstairs, where the cots are. Shannon said that nobody else was in.",
    open_to=told("nobody"),
) | {
    "adults": [adult("shannon"), adult("jordan", here=False)],
    "adult_use": [
        takes_nothing("shannon"),
        uses("jordan", ["cannabis"], "most_days", told("yesterday"), "Shannon: “Most nights now. It helps him sleep.” Where, and who has the children then, was not said.",
             affected_today=NOT_SEEN, sober_carer=NOT_ASKED, use_when=NOT_ASKED, use_where=NOT_ASKED, storage=NOT_ASKED),
    ],
    "children": [
        baby(
            "riley",
            [
                night(surface=told("own_cot"), mattress=NOT_SEEN, put_down=told("back"), room=told("same"), bedding=told(["not_all", "blanket"]),
                      sleep_words="Shannon: “In the Moses basket next to me.” The basket was upstairs and I was not shown it."),
            ],
            seen="asleep",
            low_birth_weight=shown(True),
            birth=shown(["neonatal"]),
            feeding=seen("worry_followed"),
            impact=told("unknown"),
            impact_test="Hannah Osei asks Jordan alone, by the visit in twelve days.",
            protection="said",
            protection_unusual=NOT_ASKED,
            tonight_place=told("own_place"),
        ),
        toddler(
            "tyler",
            [night(surface=told("own_bed"), mattress=NOT_SEEN, room=told("other"), bedding=NOT_ASKED)],
            seen="not_seen",
            not_seen_why="Shannon said that Tyler was at his nan's, and did not know until when.",
            mobility=told("walking"),
            mark=NOT_SEEN,
            feeding=told("growing"),
            impact=told("unknown"),
            impact_test="As for Riley.",
            protection="said",
            protection_unusual=NOT_ASKED,
            response=UNANSWERED,
        ),
    ],
    **at_home(
        room_sleep="not_shown", room_bathroom="not_seen", beds=REFUSED, bathroom=NOT_SEEN, floors=seen("minor"), kitchen=seen("moderate"),
        bottles=seen("moderate"), hazards=seen(["not_all"]), home_impact=NOT_SEEN, cause=told(["unknown"]),
    ),
    "help_given": "The children's centre says that the mattress from the spring was never collected. Shannon said that she had no lift.",
    "strengths": "Riley was clean and warm, and Shannon woke the moment he stirred. She has been to both weighings on the ward.",
    "parents_view": "“You lot only come to look at the beds.” Later: “I'm shattered.”",
    "concern": "I do not know where Riley or Tyler sleeps, and I do not know what Jordan's cannabis means for them. Riley was born at 35 weeks "
    "and has been home nine days. Kitchen: bottles from the day before stood unwashed; Shannon washed two while I was there.",
    "plan": "Children's social care is asked to assess; I told Shannon. I come back and see both sleeping places; a lift for the mattress through the children's centre.",
    "next_visit": InDays(12),
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
        Visit(ago=215, at="10:40", by="hv", answers=BEFORE_RILEY),
        Arranged(
            later=0, at="12:10", by="hv", kind="help", key="mattress",
            said={"what": "mattress", "person": Of("tyler"), "words": "From the children's centre, with two waterproof covers.", "tonight": False},
        ),
        Arranged(later=1, at="09:30", by="hv", kind="help_step", said={"order": Made("help", "mattress"), "step": "ordered", "words": "For collection on Friday."}),
        Arranged(later=0, at="09:40", by="hv", kind="agency", key="gp", said={"kind": "gp", "name": "Fellgate surgery", "contact": "01632 960150", "knows": "That Shannon was low after Tyler."}),
        Visit(
            ago=171, at="14:00", by="hv", form="not_let_in", minutes=15,
            answers=at_the_door(
                "no_answer", signs=seen(["light"]), tries=["knocked", "phoned", "texted", "card"], know_baby_safe="relative",
                told_whom="Shannon's mother said by phone at 14:20 that Tyler was with her.", next_try=InDays(14), next_try_words="I phone first.",
            ),
        ),
        Visit(
            ago=75, at="11:00", by="midwife", form="not_let_in", minutes=15,
            answers=at_the_door(
                "no_answer", signs=seen(["car"]), tries=["knocked", "other_door", "phoned", "texted"], know_baby_safe="nobody",
                told_whom="Hannah Osei, health visitor, at 11:40.", concern="Shannon is 30 weeks pregnant and has been to one of three appointments.",
            ),
        ),
        Visit(
            ago=52, at="09:30", by="hv", form="not_let_in", minutes=5,
            answers=at_the_door("cancelled_by_service", cancelled_why="I was ill. Nobody could go instead.", tries=["phoned"], next_try=InDays(10)),
        ),
        Visit(
            ago=19, at="15:15", by="hv", form="not_let_in", minutes=20,
            answers=at_the_door(
                "signs_no_answer", signs=seen(["baby_heard", "light"]), tries=["knocked", "other_door", "phoned", "card"], know_baby_safe="professional",
                told_whom="Megan Talbot, midwife, at 15:50: she saw Riley weighed on the ward that morning.", next_try=InDays(2),
                next_try_words="Hannah Osei, with a time agreed by text.", children=[Row({"seen_since_home": "by_other"}, "riley")], concern="Riley came home two days ago and has not been seen at home by anybody.",
            ),
        ),
        Withdraw(
            later=1, at="09:15", by="hv", level=2,
            reason="Riley was seen and weighed on the ward yesterday morning, and Shannon answered my text: a visit is agreed. I propose again if it is not kept.",
        ),
        Visit(ago=12, at="13:30", by="hv", minutes=40, answers=NEW_HOME),
        Send(
            later=0, at="16:30", by="hv", level=3,
            asked_for="Please assess Riley and Tyler under section 17 and visit with me. I have not been shown where either child sleeps, Tyler's "
            "mattress of the spring was not replaced, and what Jordan's cannabis means for them is not known.",
            asked_by=7, parents_told="yes", parents_said="Shannon: “If it's help and not a telling-off.” Jordan was not there.",
            where_child_is="Riley at home with Shannon. Tyler said to be at his grandmother's, 9 Weir Lane.",
            meanwhile="I phone Shannon on Monday and visit in twelve days; the ward weighs Riley each week.",
        ),
        Arranged(later=0, at="16:50", by="hv", kind="agency_told", said={"agency": Made("agency", "gp"), "how": "told", "words": "That a referral was sent, and why."}),
        Acknowledge(later=1, at="10:05", by="socialcare"),
        Decide(
            later=1, at="15:40", by="socialcare", outcome="early_help",
            reason="Shannon said by phone that the baby is well and that she would like help with the beds. No earlier referral is on our system.",
            next_step="Early help phones Shannon this week about the mattress. Refer again if something new is seen.",
        ),
        Arranged(later=1, at="09:10", by="hv", kind="agency", key="hub", said={"kind": "early_help", "name": "Eastmoor early help", "contact": "01632 960120", "knows": ""}),
        Arranged(later=0, at="09:20", by="hv", kind="level", said={"level": 3, "reason": "Neither child's bed was shown, and what the cannabis means for them is not known."}),
        Arranged(
            later=0, at="09:30", by="hv", kind="plan", key="beds",
            said={
                "source": "early_help", "agreed_by": "Shannon, Hannah Osei and Eastmoor early help", "trigger_kind": "not_completed", "trigger_count": 1, "trigger_days": 14,
                "trigger_words": "the visit to see both beds cannot be made",
                "actions": [
                    {"what": "Phone Shannon and her mother, and visit again the same day", "owner": "Hannah Osei", "hours": 8},
                    {"what": "Tell children's social care and the midwife", "owner": "Hannah Osei", "backup": "Ruth Abernethy", "hours": 24},
                ],
            },
        ),
    ),
    planned=(Planned(ahead=0, what="Follow-up visit: see where both children sleep"), Planned(ahead=13, what="Six to eight week review")),
)  # fmt: skip
