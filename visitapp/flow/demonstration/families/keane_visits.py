"""What was written of the Keane family at each visit, and of what others told us. The family's story is in `keane`."""

from typing import Any

from visitapp.flow.demonstration.story import Answers
from visitapp.flow.demonstration.usual import adult, arriving, at_home, at_the_door, baby, night, takes_nothing, toddler, uses
from visitapp.flow.stories.answers import NOT_ASKED, NOT_SEEN, REFUSED, InDays, Known, Row, by_agency, seen, shown, told

HERSELF: dict[str, Any] = {
    "background": ["care_experienced"], "background_help": "Her own leaving-care worker phones each month. She likes to be shown, and not told.",
    "smokes": told("smokes"),
}  # fmt: skip
SMOKE: dict[str, Any] = {"smoke_indoors": told("outside")}


def jordan(how_often: str, last: Any, words: str, **other: Any) -> Row:
    """Jordan, who was never there, by what Shannon says of him."""
    said = {"smokes": told("smokes"), "background": NOT_ASKED, "sober_carer": NOT_ASKED}
    return uses("jordan", ["cannabis"], how_often, last, words, **(said | other))


BEFORE_RILEY: Answers = arriving(
    present="A man left by the back door as I came in. Shannon said that he was a friend.", others_known="not_known", contact="two_years"
) | SMOKE | {
    "adults": [adult("shannon"), adult("jordan", here=False)],
    "adult_use": [
        takes_nothing("shannon", **HERSELF),
        jordan("weekly", NOT_ASKED, "Shannon: “He has a smoke at weekends, outside.” I have not spoken with Jordan.",
               sober_carer="always", sober_carer_who="Shannon says that she takes nothing."),
    ],
    "children": [
        toddler(
            "tyler",
            [night("last_night", seen("own_bed"), mattress=seen("soiled"))],
            impact=told("none"), protection="said", protection_unusual=NOT_ASKED,
            protection_words="Shannon says that Jordan smokes outside and never when he has Tyler. I did not see where.",
            day="Tyler wakes wet at six, watches television until Shannon is up, eats toast with her, plays at her feet and is in bed by eight.",
            said="“My bed is stinky.”",
        )
    ],
    **at_home(
        floors=seen("minor"), kitchen=seen("minor"), beds=seen("severe"), home_impact=seen("likely"), cause=told(["money"]),
        cause_says=["mother"], help_taken=told("offered"), cause_test_by="Hannah Osei", cause_test_on=InDays(21),
        home_impact_words="Tyler's nightclothes were damp at 11:00. His skin was clear when Shannon changed him.",
        cause_words="Shannon: “I can't get another one till next month.” To be tested: does a mattress that is brought stay dry?",
    ),
    "help_given": "A mattress and two waterproof covers asked for from the children's centre today; Shannon will collect them on Friday.",
    "strengths": "Tyler ran to Shannon when he fell and was picked up and comforted. She knew all his words.",
    "parents_view": "“I know it's not right. I was in care and I don't want anyone in my business.”",
    "concern": "On this day Tyler's mattress was wet through at 11:00. He was bright, talked to me and was dressed for the weather.",
    "plan": "Mattress and covers from the children's centre by Friday. I look at the bed with Shannon at the next visit.",
}  # fmt: skip

NOBODY_IN: Answers = at_the_door(
    "no_answer", signs=seen(["light"]), tries=["knocked", "phoned", "texted", "card"], know_baby_safe="relative", barrier=told(["daily_life"]),
    told_whom="Shannon's mother said by phone at 14:20 that Tyler was with her.", next_try=InDays(14), next_try_words="I phone first.",
)  # fmt: skip

MIDWIFE_TWICE: Answers = at_the_door(
    "no_answer", signs=seen(["car"]), tries=["knocked", "other_door", "phoned", "texted"], know_baby_safe="nobody", barrier=told(["unknown"]),
    told_whom="Hannah Osei, health visitor, at 11:40.", concern="Shannon is 30 weeks pregnant and has been to one of three appointments.",
)  # fmt: skip

AT_THE_CLINIC: Answers = {
    "where": "clinic",
    "present": "Shannon's mother, Denise Keane, waited outside with Tyler.",
    "booking": shown("by_20"), "care": shown("some_missed"), "care_why": "Shannon: “It's two buses with a buggy.” A lift to the last three is arranged.",
    "father": "not_met", "father_words": "Jordan works nights at the depot, says Shannon. He has been to neither scan.",
    "past": told(["nothing"]), "prebirth": by_agency("no"),
    "adults": [Row({"background": ["care_experienced"]}, "shannon"), adult("jordan", here=False)],
    "adult_use": [
        Row({"expecting": True, "smokes": told("smokes"), "audit_often": told("never")}, "shannon"),
        Row({"use_alone": False, "smokes": told("smokes"), "uses": told(["cannabis"]), "use_pattern": told("weekly"), "storage": NOT_ASKED,
             "audit_often": NOT_ASKED, "affected_today": NOT_SEEN}, "jordan"),
    ],
    "children": [
        Row({"baby_place": told("promised"), "planned_on": told("own_cot"), "place_help": "ordered", "impact": told("unknown"),
             "impact_test": "I ask Jordan himself, alone, before the birth."}, "riley"),
        Row({"seen": "not_seen", "not_seen_why": "With his grandmother in the corridor; I heard him and did not see him.",
             "impact": told("unknown"), "impact_test": "As for the baby."}, "tyler"),
    ],
    "home_fit": NOT_ASKED, "help_needed": ["cot", "transport"], "help_words": "Cot and mattress from the children's centre, asked today.", "help_by": InDays(28),
    "helpers": "said",
    "strengths": "Shannon spoke about this baby by name and has bought vests. She asked what she could do about the bed herself.",
    "parents_view": "Shannon: “I want to do it right this time.”",
    "concern": "I have not met Jordan. Tyler's bed has not been looked at since the spring.",
    "plan": "Three of us meet this week: Shannon, Megan and I. A home visit at 34 weeks.",
    "next_visit": InDays(14),
}  # fmt: skip

WE_CANCELLED: Answers = {
    "outcome": "cancelled_by_service", "cancelled_why": "I was ill. Nobody could go instead.", "next_try": InDays(10),
    "next_try_words": "I phone Shannon from home.",
}  # fmt: skip

WARD: Answers = {
    "source": "hospital", "told_by": "Sister Amina Rahman, neonatal unit", "first_hand": "record", "happened_on": InDays(0), "reference": "NNU 4471",
    "topics": ["hospital"], "fits": "fits",
    "said": "Riley feeds well by bottle and goes home in three days. Shannon has visited each day; Jordan has visited twice.",
    "children": [
        Row({"hospital": by_agency("coming_home"), "hospital_on": InDays(3), "hospital_words": "Born at 35 weeks. Weighed on the ward each week."}, "riley"),
        Row({"about_child": False}, "tyler"),
    ],
    "told_whom": "Megan Talbot, midwife, by phone at 15:10.",
    "next_step": "I visit on the second day at home and look at both beds.",
}  # fmt: skip

REFUSED_ENTRY: Answers = at_the_door(
    "refused_at_door", signs=seen(["baby_heard", "light"]), tries=["knocked", "other_door", "phoned"], know_baby_safe="professional",
    staff_safe="uneasy", barrier=told(["private"]), cancelled_why="Jordan: “She's asleep and he's fine. Come another day.”",
    adult_spoken_to="Jordan Pike opened, stood in the doorway and closed it. I had not met him before.",
    told_whom="Megan Talbot, midwife, at 15:50: she saw Riley weighed on the ward that morning.", next_try=InDays(2),
    next_try_words="Hannah Osei, with a time agreed by text.", children=[Row({"seen_since_home": "by_other"}, "riley")],
    concern="Riley came home two days ago and has not been seen at home by anybody. The plan that we made with Shannon names this moment.",
)  # fmt: skip

NEW_HOME: Answers = arriving(
    contact="extra", today=["kept_from_view", "agreed", "differs"], kept_words="The television was on upstairs, where the cots are. Shannon said that nobody else was in.",
    differs_about=["sleep"], differs_words="Shannon: Tyler sleeps in his own bed upstairs. Tyler, a minute later: on the settee at Nan's.",
    agreed_done=told("none"), change=seen("same"),
    agreed_words="The mattress of the spring was never collected: no lift. The police were asked when we were not let in, and declined. Nobody has spoken with Jordan.",
) | SMOKE | {
    "adults": [adult("shannon"), adult("jordan", here=False)],
    "adult_use": [
        takes_nothing("shannon", **HERSELF),
        jordan("most_days", told("yesterday"), "Shannon: “Most nights now. It helps him sleep.” Where, and who has the children then, was not said.",
               use_when=NOT_ASKED, use_where=NOT_ASKED, storage=NOT_ASKED),
    ],
    "children": [
        baby(
            "riley",
            [night("last_night", told("own_cot"), mattress=NOT_SEEN, put_down=told("back"), room=told("same"), bedding=told(["blanket", "not_all"]))],
            seen="asleep", low_birth_weight=shown(True), birth=shown(["smoke", "neonatal"]), feeding_method=told("formula"),
            feeding=seen("worry_followed"), weight_course=shown("steady"), weight_band=shown("c2_to_9"), weight_on=shown(InDays(-3)),
            impact=told("unknown"), impact_test="Hannah Osei asks Jordan alone, by the visit in twelve days.", protection="said",
            protection_words="Shannon says that she looks after both at night.", protection_unusual=NOT_ASKED, tonight_place=told("own_place"),
            next_unusual="Jordan's birthday on Saturday fortnight. Not planned yet.", response=seen(["content"]),
            day="Riley sleeps, feeds from a bottle every three hours and lies in the bouncer by the television between feeds; the nights I was only told of.",
        ),
        toddler(
            "tyler",
            [night("last_night", told("own_bed"), mattress=NOT_SEEN)],
            mark=NOT_SEEN, feeding=told("growing"), impact=told("unknown"), impact_test="As for Riley.", protection="said",
            protection_words="His nan, on the evenings when he is there.", protection_unusual=NOT_ASKED, tonight_place=told("own_place"), response=seen(["content"]),
            day="Tyler sits in his coat by the television when I come, eats crisps from the bag, and goes to his nan's most evenings; where he sleeps I do not know.",
            said="“I sleep on the settee at Nan's.”",
        ),
    ],
    "tonight_carer": told("named_sober"),
    **at_home(
        room_sleep="not_shown", room_bathroom="not_seen", beds=REFUSED, bathroom=NOT_SEEN, floors=seen("minor"), kitchen=seen("moderate"),
        food=seen("minor"), bottles=seen("moderate"), hazards=seen(["not_all"]), home_impact=NOT_SEEN, cause=told(["unknown"]),
        cause_words="To be tested with Shannon and Jordan together: what stops the washing-up and the bed from being done?",
        cause_test_by="Hannah Osei", cause_test_on=InDays(12), help_taken=told("waits"),
    ),
    "help_given": "The children's centre says that the mattress from the spring was never collected. Shannon said that she had no lift.",
    "strengths": "Riley was clean and warm, and Shannon woke the moment he stirred. She has been to both weighings on the ward.",
    "parents_view": "“You lot only come to look at the beds.” Later: “I'm shattered.”",
    "concern": "I do not know where Riley or Tyler sleeps, and I do not know what Jordan's cannabis means for them. Riley was born at 35 weeks "
    "and has been home nine days. Kitchen: bottles from the day before stood unwashed; Shannon washed two while I was there.",
    "plan": "Children's social care is asked to assess; I told Shannon. I come back and see both sleeping places; a lift for the mattress through the children's centre.",
    "next_visit": InDays(12),
}  # fmt: skip

NEIGHBOUR: Answers = {
    "source": "private", "private_kind": "neighbour", "private_name": "Mrs Ivy Cole, Flat 4", "informant_protected": "protected",
    "private_words": "She lives below them, and asked that nobody in the building learns of it.",
    "first_hand": "saw", "happened_on": InDays(-1), "topics": ["substances", "treated"],
    "said": "A baby cried for about an hour last night, and there is a smell of cannabis on the stairs on most evenings.",
    "borne_out": NOT_ASKED, "fits": "not_spoken_of",
    "children": [
        Row({"impact": told("possible"), "impact_words": "Crying for about an hour at night, with nobody heard.", "treated": told(["other_care"])}, "riley"),
        Row({"about_child": False}, "tyler"),
    ],
    "adults": [Row({"about_adult": False}, "shannon"), Row({"about_adult": True, "uses": told(["cannabis", "not_all"]), "affected_caring": NOT_ASKED}, "jordan")],
    "home_reach": Known(["not_all"], "told"),
    "next_step": "I ask at the next visit about evenings and who answers Riley at night. I say nothing of who told me.",
    "concern": "It fits what is not known about the evenings. One person's word, and nothing is decided by it.",
}  # fmt: skip

NOT_WEIGHED: Answers = {
    "source": "hospital", "told_by": "Sister Amina Rahman, neonatal unit", "first_hand": "record", "happened_on": InDays(-1), "reference": "NNU 4471",
    "topics": ["appointments"], "said": "Riley was not brought to his weighing yesterday. Shannon rang in the afternoon and has another time for next week.",
    "fits": "fits",
    "children": [
        Row({"missed_elsewhere": by_agency("once"), "missed_words": "The weekly weighing of babies born early."}, "riley"),
        Row({"about_child": False}, "tyler"),
    ],
    "next_step": "I weigh Riley at the visit if that is missed too.",
}  # fmt: skip

AT_THE_CENTRE: Answers = {
    "children": [
        Row({"surface": told("own_cot"), "mattress": NOT_SEEN, "put_down": told("back"), "room": told("same"), "bedding": told(["blanket"]),
             "shared": told(False), "usual": "same", "tonight_place": "own_place"}, "riley"),
        Row({"surface": told("own_bed"), "mattress": NOT_SEEN}, "tyler"),
    ],
    "advice": "partly", "barrier": told(["ours"]), "in_use": told("there"),
    "next_night": "party", "next_on": InDays(6), "next_place": "cot_there", "next_sober": "grandparent", "next_agreed": ["mother", "grandparent"],
    "help_needed": ["mattress", "transport"], "help_by": InDays(5),
    "plan": "On Jordan's birthday Riley and Tyler sleep at Nan's, 9 Weir Lane: Riley in the travel cot beside Nan's bed. Nan has nothing to drink. "
    "The children's centre brings the mattress for Tyler.",
    "parents_view": "Shannon: “That's one less thing.”",
    "concern": "At the children's centre, five minutes: both children were there and well. The beds I was told of, and have not seen.",
    "next_visit": InDays(4),
}  # fmt: skip
