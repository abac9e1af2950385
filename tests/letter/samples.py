"""Invented families for the letter's tests: an ordinary case, a large one, one where almost nothing is known, and a hostile one."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from visitapp.letter.facts import (
    Adult,
    Agency,
    AgreedPlan,
    CannotTell,
    Child,
    Completion,
    CoursePoint,
    EarlierFinding,
    Event,
    Evidence,
    Finding,
    HelpOrder,
    HomeItem,
    LetterFacts,
    Level,
    NotCompleted,
    PersonSeen,
    PlanAction,
    ReceivingTeam,
    Referrer,
    Responsibility,
    Sleep,
    Substance,
    UrgentCall,
    VisitLine,
)


def ordinary() -> LetterFacts:
    return LetterFacts(
        reference="EM-2026-0117",
        made_at="2026-11-22T12:05:00.000Z",
        visit_on="2026-11-22",
        urgency="tonight",
        destination="Children’s social care, urgent",
        level=Level(
            4,
            4,
            "Acute: children in need of protection",
            "Acute: children in need of protection",
            "A child may be suffering significant harm.",
        ),
        referrer=Referrer(
            "Rosa Field",
            "Health visitor",
            "Eastmoor Community Health",
            "07700 900142",
            "rosa.field@eastmoor.example",
            "Joan Abara",
            "01632 960204",
        ),
        receiving_team=ReceivingTeam("Eastmoor Children’s Front Door", "01632 960100", "01632 960101"),
        completion=Completion(
            asked_for="A joint visit today, before Ava’s next sleep, and an assessment of whether Ava and Leo are safe at home while their "
            "parents drink in the evening.",
            asked_by_on="2026-11-22",
            parents_told="yes",
            parents_said="“I know it looks bad. I want somebody to help me sort the cot out.” (Kim Marsh)",
            phoned_who="Dee Okoro, duty social worker",
            phoned_at="2026-11-22T11:02:00.000Z",
            where_child_is="Both children are at home with their mother. Their father is expected back at about 18:00.",
            safe_number="07700 900301",
            safe_times="Before 17:00, when Kim is alone. Leave no message.",
            agreement="yes",
            agreed_by="Kim Marsh, today at the visit",
            why_not_early_help="An early help plan was agreed on 2 October. Its two actions are not done, and it does not reach tonight.",
            meanwhile="I will phone Kim Marsh at 17:00 today, bring a travel cot by 18:30, and visit again tomorrow at 9:30.",
        ),
        children=(
            Child(
                "Ava Marsh", born_on="2026-09-20", age="9 weeks", nhs_number="9990000018", where_now="At home", with_whom="with her mother"
            ),
            Child(
                "Leo Marsh",
                born_on="2024-03-02",
                age="2 years 8 months",
                nhs_number="9990000026",
                where_now="At home",
                with_whom="with his mother",
            ),
        ),
        adults=(
            Adult("Kim Marsh", "Mother", "07700 900301", True, "2004-05-11"),
            Adult("Dan Price", "Father of Ava", "07700 900302", None, "2001-01-30"),
            Adult("Sue Marsh", "Grandmother", "07700 900303", False, address="9 Quay Street, Eastmoor"),
        ),
        household_address="14 Mill Lane, Eastmoor, EM4 2AB",
        household_phone="07700 900301",
        responsibility=(Responsibility("Ava", ("Kim Marsh", "Dan Price")), Responsibility("Leo", ("Kim Marsh",))),
        language="Kim speaks English; Dan speaks Welsh and needs no interpreter",
        goes_to="social_care_urgent",
        people_seen=(
            PersonSeen("Ava", "awake, undressed and weighed"),
            PersonSeen("Leo", "awake, heard speaking"),
            PersonSeen("Kim Marsh", "seen alone for part of the visit"),
            PersonSeen("Dan Price", "not seen, said to be at work"),
        ),
        findings=(
            Finding("home", "this_week", "Leo’s mattress was wet and stained.", "Leo", "2026-11-22", "seen", shareable=True),
            Finding(
                "sleep",
                "tonight",
                "Ava slept on a sofa beside an adult who had drunk alcohol.",
                "Ava",
                "2026-11-21",
                "told",
                shareable=True,
            ),
            Finding(
                "sleep", "this_week", "Ava’s cot could not be used: it was full of washing.", "Ava", "2026-11-22", "seen", shareable=True
            ),
            Finding("substances", "this_week", "Nobody sober was named to look after Ava and Leo at night.", known="told", shareable=True),
        ),
        evidence=(
            Evidence(
                "2026-11-22",
                "seen",
                "The cot in the bedroom was full of washing, with no mattress to be seen under it",
                "Rosa Field",
                "sleep",
                shareable=True,
            ),
            Evidence(
                "2026-11-22",
                "seen",
                "Leo’s mattress was wet in the middle, with brown rings; the room smelled of urine",
                "Rosa Field",
                "home",
                shareable=True,
            ),
            Evidence(
                "2026-11-22",
                "seen",
                "Four empty 440 ml lager cans and a bottle of vodka, a third full, on the floor beside the sofa",
                "Rosa Field",
                "substances",
                shareable=True,
            ),
            Evidence(
                "2026-11-22",
                "told",
                "“We fell asleep with her on the sofa. We’d had about six cans between us.”",
                "Kim Marsh",
                "sleep",
                shareable=True,
            ),
            Evidence(
                "2026-11-22", "told", "This has happened three or four times since Ava came home", "Kim Marsh", "sleep", shareable=True
            ),
            Evidence(
                "2026-11-19",
                "told_by_agency",
                "Leo has missed four of his last six nursery mornings",
                "Little Oaks Nursery",
                "engagement",
                shareable=True,
            ),
        ),
        cannot_tell=(
            CannotTell("Where Ava will sleep tonight if nobody can clear the cot", "not asked", shareable=True),
            CannotTell("What Dan Price had drunk on other nights", "not asked; he was out", shareable=True),
            CannotTell("Whether any other drug is used in the home", "refused by Kim Marsh", shareable=True),
        ),
        visits=(
            VisitLine("2026-11-22", "Seen at home: Ava awake, Leo awake", "Rosa Field"),
            VisitLine("2026-11-10", "No answer; voices heard inside", "Rosa Field"),
            VisitLine("2026-11-03", "Cancelled by the service (visitor ill)", "Rosa Field"),
            VisitLine("2026-10-06", "Seen at home: Ava asleep, Leo awake", "Tom Reyes"),
        ),
        not_completed=(NotCompleted("No answer", 1), NotCompleted("Cancelled by the service", 1)),
        sleeps=(
            Sleep(
                "Ava",
                "last night",
                "Sofa",
                "Kim Marsh (about 3 cans of lager), Dan Price (about 3 cans of lager)",
                "told",
                "Put down on her back, found on her side; a cushion by her head",
                shareable=True,
            ),
            Sleep("Ava", "usual night", "Own cot, same room", "Nobody", "told", shareable=True),
            Sleep("Leo", "last night", "Own bed", "Nobody", "seen", "Mattress wet in the middle; no sheet", shareable=True),
        ),
        home=(
            HomeItem("Kitchen", "Clean; formula and food for several days", "seen", shareable=True),
            HomeItem("Children’s bedroom", "Floor covered in washing; smell of urine", "seen", shareable=True),
            HomeItem("Bathroom", "Not seen: not asked", None, shareable=True),
            HomeItem("Heating", "Works; 19 °C in the living room", "seen", shareable=True),
        ),
        substances=(
            Substance(
                "Kim Marsh",
                "Lager, about 3 cans, 3 or 4 evenings a week",
                "Seen for Ava: shares a sofa after drinking. For Leo: not established",
                "Says that Sue Marsh comes when asked; not seen",
                "told",
                shareable=True,
            ),
            Substance("Dan Price", "Lager on the same evenings; amount on other nights not asked", "", "", "told", shareable=True),
        ),
        strengths=(
            "Ava is feeding well and has gained 420 g since 6 October",
            "Kim Marsh spoke openly, and asked for a cot mattress before it was suggested",
            "Sue Marsh lives ten minutes away and has had both children overnight before",
        ),
        parents_view="Kim Marsh says that the evenings are the only time she and Dan have together, that they did not mean to fall "
        "asleep, and that she is frightened of the children being taken. She would like help with the bedroom and with a cot.",
        analysis="Ava is nine weeks old and was born at 36 weeks. Sleeping on a sofa with adults who have been drinking is among the "
        "most dangerous things that can happen to a baby of her age, and it is said to have happened more than once. It could happen "
        "again tonight: the cot cannot be used, and both parents are expected at home. In 2024 the same was found for Leo. Advice alone "
        "was given then.",
        urgent_calls=(
            UrgentCall("2026-11-22T10:55:00.000Z", "Duty desk", "01632 960100", False),
            UrgentCall(
                "2026-11-22T11:02:00.000Z",
                "Duty desk",
                "01632 960100",
                True,
                "Dee Okoro",
                "Send the letter at once; a social worker will call back by 13:00",
            ),
        ),
        earlier_findings=(
            EarlierFinding("2024-04-18", "Slept on a sofa beside an adult", "Leo", shareable=True),
            EarlierFinding("2024-06-02", "Mattress was wet", "Leo", shareable=True),
        ),
        plans=(
            AgreedPlan(
                "Early help plan",
                "2026-10-02",
                "Kim Marsh, Tom Reyes and the family hub",
                "two visits in four weeks cannot be completed",
                "1 trigger met, 0 of 2 actions done",
                True,
                (
                    PlanAction(
                        "Phone Sue Marsh and ask who has seen the children", "Rosa Field", "not done", "due by 11 November 2026 at 15:00"
                    ),
                    PlanAction("Tell the family hub", "Tom Reyes", "asked for and declined: not done", "due by 12 November 2026 at 15:00"),
                ),
                shareable=True,
            ),
        ),
        agencies=(
            Agency("Little Oaks Nursery", "Nursery or school", "told on 12 November 2026, no reply recorded", shareable=True),
            Agency("Dr Amari, Mill Lane Surgery", "GP", "not told: not yet", shareable=True),
        ),
        help_orders=(HelpOrder("A mattress", "delivered on 20 October 2026, not seen in use", "Leo", shareable=True),),
        agreed_level="Level 2, agreed on 2 October 2026",
        history=(("Earlier children", "A child had a child protection plan (told by another agency)"),),
        disagreement=(("Accounts differ about", "Where Ava sleeps on the evenings before (said to the visitor)"),),
        home_course=tuple(
            CoursePoint(*one) for one in (("2026-06-02", 3, 3), ("2026-08-11", 5, 5), ("2026-10-06", 6, 9), ("2026-11-22", 8, 11))
        ),
        chronology=(
            Event("2024-03-02", "Leo was born.", weight=2),
            Event("2024-04-18", "Let in. Leo slept on a sofa beside an adult.", "Tom Reyes", 1),
            Event("2026-09-20", "Ava was born.", weight=2),
            Event("2026-10-02", "A plan was agreed with the family.", weight=2),
            Event("2026-11-10", "No answer; voices heard inside.", "Rosa Field", 1),
            Event("2026-11-22", "Let in. Ava slept on a sofa beside an adult who had drunk alcohol.", "Rosa Field", 1),
        ),
        courses=("The home over 4 visits: 3, 5, 6, then 8 today, where higher is worse",),
        scores=(("AUDIT-C, Kim Marsh, 22 November 2026", "8 of 12"),),
        versions=(("Form", "home_visit 1"), ("Levels", "standard 1"), ("Policy", "standard 1"), ("Routes", "eastmoor 1")),
    )


def large() -> LetterFacts:
    """Five children, one unborn and one elsewhere, much found and much not established."""
    base = ordinary()
    more = (
        Child(
            "Mia Price-Marsh",
            born_on="2021-07-14",
            age="5 years 4 months",
            nhs_number="9990000034",
            where_now="At school until 15:15",
            with_whom="to be met by Sue Marsh",
        ),
        Child(
            "Noah Price",
            born_on="2018-01-05",
            age="8 years 10 months",
            nhs_number="9990000042",
            address="3 Harbour Row, Westfen, WF1 3CD",
            where_now="With his own mother",
            with_whom="Jo Lane, 3 Harbour Row, Westfen",
        ),
        Child("Baby Marsh", due_on="2027-05-30", age="12 weeks of pregnancy", where_now="Unborn"),
    )
    findings = tuple(
        Finding("home", "this_week", f"{words}.", on="2026-11-22", known="seen", shareable=True)
        for words in (
            "Two used needles lay on the kitchen worktop, within Leo’s reach",
            "There was no food in the home for the children beyond today",
            "The stair gate was broken and off its hinges",
            "A dog was loose in the room where Ava was lying on the floor",
        )
    )
    unknown = tuple(
        CannotTell(f"Whether {words}", "not asked", shareable=True)
        for words in ("Mia has her own bed", "the smoke alarm works", "Noah stays on Fridays", "the pregnancy is booked")
    )
    seen = tuple(Evidence(one.on, "seen", one.said, "Rosa Field", "home", shareable=True) for one in findings)
    return replace(
        base, children=base.children + more, findings=base.findings + findings, evidence=base.evidence + seen,
        cannot_tell=base.cannot_tell + unknown,
        responsibility=(*base.responsibility, Responsibility("Mia", ("Kim Marsh",)), Responsibility("Noah", ("Jo Lane",))),
    )  # fmt: skip


def minimal() -> LetterFacts:
    """A letter in which almost nothing is known: it must say so rather than look reassuring."""
    return LetterFacts(
        reference="EM-2026-0118",
        made_at="2026-06-30T22:30:00.000Z",
        visit_on="2026-06-30",
        urgency="routine",
        destination="Early help",
        level=Level(1, 4),
        referrer=Referrer("Rosa Field"),
        receiving_team=ReceivingTeam("Eastmoor Family Hub"),
        completion=Completion(asked_for=""),
        children=(Child("Sam Dale"),),
    )


def hostile(words: str) -> LetterFacts:
    """The ordinary letter with `words` in every free-text field it has."""
    return _poisoned(ordinary(), words)


NOT_FREE_TEXT = frozenset(
    (
        "urgency",
        "known",
        "severity",
        "area",
        "parents_told",
        "agreement",
        "goes_to",
        "not_told_why",
        "born_on",
        "due_on",
        "on",
        "at",
        "made_at",
        "visit_on",
        "reference",
        "versions",
        "phoned_at",
        "asked_by_on",
        "agreed_on",
        "ended_on",
    )
)


def _poisoned(value: Any, words: str) -> Any:
    if isinstance(value, str):
        return words
    if isinstance(value, tuple):
        return tuple(_poisoned(item, words) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _poisoned(getattr(value, f.name), words) for f in fields(value) if f.name not in NOT_FREE_TEXT})
    return value
