"""What a letter says, before it is drawn."""

import json
from dataclasses import replace
from typing import get_args

import pytest

from tests.letter import samples
from tests.letter.reading import of_section, texts
from visitapp.domain.documents import KINDS, Kind
from visitapp.letter.blocks import Chart, Paragraph, Table
from visitapp.letter.content import compose
from visitapp.letter.facts import (
    CannotTell,
    Changed,
    Completion,
    Event,
    Evidence,
    Finding,
    HomeItem,
    LetterFacts,
    Level,
    SaidBy,
    Sleep,
    Substance,
    UrgentCall,
)
from visitapp.letter.render import render
from visitapp.letter.template import PARTS, TEMPLATES

JUDGING = ("failed", "denies", "chaotic", "disguised", "choice", "non-compliant", "no engagement", "refuses to engage")


def page_one(facts: LetterFacts) -> str:
    return "\n".join(text for section in compose(facts).page_one for text in of_section(section))


def section(facts: LetterFacts, title: str) -> str:
    return "\n".join(of_section(next(s for s in compose(facts).body if s.title.startswith(title))))


def completed(**changes: object) -> LetterFacts:
    base = samples.ordinary()
    return replace(base, completion=replace(base.completion, **changes))


@pytest.mark.parametrize("make", [samples.ordinary, samples.large, samples.minimal])
def test_content_is_plain_data_and_the_same_every_time(make):
    assert json.loads(json.dumps(compose(make()).as_json())) == json.loads(json.dumps(compose(make()).as_json()))


def test_every_kind_of_document_is_a_template_of_parts_that_are_there():
    assert set(TEMPLATES) == set(KINDS) == set(get_args(Kind))
    assert {id for one in TEMPLATES.values() for id in (*one.first, *one.then)} == set(PARTS)
    for kind, document in KINDS.items():
        content = compose(replace(samples.ordinary(), number=2), kind=kind)
        number = ", number 2" if document.numbered else ""
        assert content.document == kind
        assert content.title.startswith(f"{document.title}{number}: Ava Marsh and ")
        assert content.page_one


@pytest.mark.parametrize("make", [samples.ordinary, samples.large, samples.minimal])
def test_no_word_of_the_letter_judges_and_no_field_is_blank(make):
    content = compose(make())
    said = "\n".join(texts(content)).lower()
    assert not [word for word in JUDGING if word in said]
    cells = [cell for s in (*content.page_one, *content.body) for b in s.blocks if isinstance(b, Table) for row in b.rows for cell in row]
    assert all(cell.strip() for cell in cells)
    assert all(s.blocks for s in (*content.page_one, *content.body, content.last))


def test_levels_scores_and_versions_are_on_the_last_page_only():
    content = compose(samples.ordinary())
    before = "\n".join(text for s in (*content.page_one, *content.body) for text in of_section(s))
    last = "\n".join(of_section(content.last))
    for words in ("at least 4", "8 of 12", "home_visit 1", "AUDIT-C"):
        assert words in last
        assert words not in before


def test_the_words_of_the_local_threshold_stand_with_the_opinion_and_not_on_page_one():
    said = section(samples.ordinary(), "What the referrer thinks")
    assert "Acute: children in need of protection: A child may be suffering significant harm." in said
    assert "An early help plan was agreed on 2 October." in said
    assert "Acute" not in page_one(samples.ordinary())


def test_the_course_of_the_home_is_a_chart_that_says_the_same_in_words_and_stands_on_no_early_page():
    course = next(s for s in compose(samples.ordinary()).body if s.title.startswith("How it went"))
    chart = next(block for block in course.blocks if isinstance(block, Chart))
    assert course.from_page == 3
    assert chart.points[-1] == ("22 November 2026", 8, 11)
    assert chart.text.endswith("22 November 2026: 8 to 11")


def test_of_a_long_chronology_what_weighs_most_stays_and_it_runs_from_old_to_new():
    events = tuple(Event(f"2026-{1 + n // 28:02}-{1 + n % 28:02}", f"Visit {n}", weight=2 if n == 0 else 0) for n in range(60))
    said = section(replace(samples.ordinary(), chronology=events), "Chronology")
    assert said.index("Visit 0") < said.index("Visit 27") < said.index("Visit 59")
    assert "Visit 26" not in said
    assert "26 entries of less weight are left out here." in said


def test_a_chronology_of_long_entries_still_takes_one_page():
    long = "Let in, and the visit was completed (arranged). " + "Long words of a finding. " * 7
    events = tuple(Event(f"2026-01-{n:02}", long) for n in range(1, 29))
    content = compose(replace(samples.ordinary(), chronology=events), kind="chronology")
    assert render(content).pages <= 2


def test_an_update_or_a_correction_says_first_what_is_new_or_was_wrong():
    news = Changed("2026-11-23T09:00:00.000Z", "Rosa Field", words="Ava is with Sue Marsh.")
    right = Changed("2026-11-23T09:30:00.000Z", was_wrong="Leo is 3.", is_right="Leo is 2.", says_who="Kim, who has his red book.")
    facts = replace(samples.ordinary(), number=3, changed=(news, right))
    for kind in ("update", "correction"):
        content = compose(facts, kind=kind)
        assert "number 3" in content.title
        said = "\n".join(of_section(content.page_one[1]))
        assert "23 November 2026 at 09:00, Rosa Field." in said
        assert content.page_one[2].title == "The children, and where they were", "what was said of one night is not said of a later one"
        assert [words for words in ("Ava is with Sue Marsh.", "Leo is 3.", "Leo is 2.", "Kim, who has his red book.") if words in said][3:]
    for kind in ("health_copy", "family_copy", "chronology"):
        said = "\n".join(texts(compose(facts, kind=kind)))
        assert "takes the place of any copy" in said
        assert "Ava is with Sue Marsh." not in said


def test_what_one_parent_said_stands_in_no_copy_that_another_reads_unless_it_may():
    said = (SaidBy("1", "Kim", "He must not know of Tuesday."), SaidBy("2", "Lee", "I will be there."))
    for stands in (False, True):
        done = replace(samples.ordinary().completion, parents_told="yes", parents_said="We want help.", said_by=said, said_may_stand=stands)
        facts = replace(samples.ordinary(), completion=done)
        copy, letter = ("\n".join(texts(compose(facts, kind=kind))) for kind in ("family_copy", "referral"))
        for words in ("He must not know of Tuesday.", "I will be there.", "We want help."):
            assert words in letter
            assert (words in copy) == stands
        assert "Kim said: He must not know of Tuesday. Lee said: I will be there. Together, or somebody else: We want help." in letter
        assert "Tuesday" not in "\n".join(texts(compose(facts, kind="health_copy")))


def test_what_nothing_is_recorded_of_is_said_in_one_line():
    said = section(samples.minimal(), "Nothing is recorded of")
    assert "What life is like for each child; " in said
    assert "Agreed plans, and what became of them; " in said
    assert "This does not mean that there is nothing." in said


def test_history_and_what_accounts_differ_about_have_their_own_places():
    assert "Earlier children\nA child had a child protection plan (told by another agency)." in section(samples.ordinary(), "History")
    said = section(samples.ordinary(), "What the parents think")
    assert said.index("frightened") < said.index("I know it looks bad") < said.index("Accounts differ about")


def test_a_plan_whose_moment_came_says_on_page_one_what_was_not_done():
    first = page_one(samples.ordinary())
    assert "1 trigger met, 0 of 2 actions done. If two visits in four weeks cannot be completed." in first
    body = section(samples.ordinary(), "Agreed plans")
    assert "Phone Sue Marsh and ask who has seen the children" in body
    assert "asked for and declined: not done, due by 12 November 2026 at 15:00" in body


def test_a_plan_that_was_carried_out_and_one_that_may_not_be_shared_stay_off_page_one():
    plan = samples.ordinary().plans[0]
    assert "actions done" not in page_one(replace(samples.ordinary(), plans=(replace(plan, owing=False),)))
    hidden = replace(samples.ordinary(), plans=(replace(plan, shareable=False),))
    assert "two visits in four weeks" not in "\n".join(texts(compose(hidden))).lower()


def test_who_else_works_with_the_family_what_they_were_told_and_that_nobody_leads():
    said = section(samples.ordinary(), "Who else works with the family")
    assert "told on 12 November 2026, no reply recorded" in said
    assert "Nobody is named." in said
    assert "not seen in use" in section(samples.ordinary(), "Help that was asked for")


def test_an_open_level_is_said_as_an_interval():
    facts = replace(samples.ordinary(), level=Level(2, 4, "Early help", "Acute"))
    assert "at least 2 (Early help), and could be 4 (Acute)" in "\n".join(of_section(compose(facts).last))


def test_at_most_five_things_that_could_not_be_established_and_the_rest_counted():
    unknown = tuple(CannotTell(f"Point {n}", "not asked", shareable=True) for n in range(1, 9))
    facts = replace(samples.ordinary(), cannot_tell=(CannotTell("What a toy costs", "not asked", False, shareable=True), *unknown))
    said = page_one(facts)
    assert "Point 5: not asked." in said
    assert not [words for words in ("Point 6", "toy") if words in said]
    assert "4 further points are on the next pages. None of them is a “no”" in said
    assert "What a toy costs: not asked; Point 6: not asked" in section(facts, "What else")
    alone = replace(facts, cannot_tell=(CannotTell("What a toy costs", "not asked", False, shareable=True),))
    assert "1 point is on the next pages. It is not a “no”: ask me." in page_one(alone)


def test_an_empty_list_of_open_points_does_not_reassure():
    assert "This does not mean that everything was asked." in page_one(samples.minimal())


def test_the_gravest_finding_comes_first_whatever_the_form_order():
    said = page_one(replace(samples.ordinary(), evidence=()))
    assert said.index("Ava slept on a sofa") < said.index("Leo’s mattress")


def test_of_findings_as_urgent_as_each_other_the_graver_comes_first():
    base = samples.ordinary()
    graver = replace(base.findings[0], said="Leo called and nobody came.", level=3)
    said = page_one(replace(base, evidence=(), findings=(*base.findings, graver)))
    assert said.index("nobody came") < said.index("Leo’s mattress")


def test_page_one_has_the_practitioners_own_words_and_names_the_children_first():
    facts = replace(samples.ordinary(), analysis="Ava slept beside two adults who had drunk.")
    assert "Ava slept beside two adults who had drunk." in page_one(facts)
    assert compose(facts).title == "Referral: Ava Marsh and Leo Marsh"
    assert compose(samples.large()).title == "Referral: Ava Marsh, Leo Marsh and 3 other children"


def test_where_the_children_are_is_said_once_when_it_was_said_for_all_of_them():
    nowhere = tuple(replace(child, where_now="", with_whom="") for child in samples.ordinary().children)
    said = page_one(replace(samples.ordinary(), children=nowhere))
    assert "Where now, and with whom" not in said
    assert "Both children are at home with their mother." in said


def test_how_the_home_is_known_is_missing_only_where_it_was_to_be_said():
    items = (HomeItem("Rooms seen", "Kitchen", how_asked=False, shareable=True), HomeItem("Floors", "Littered", shareable=True))
    said = section(replace(samples.ordinary(), home=items), "The home")
    assert said.count("how known: not recorded") == 1


def test_what_page_one_has_no_room_for_is_announced_and_follows():
    facts = samples.large()
    assert "5 more are on the next pages." in page_one(facts)
    assert "The stair gate was broken" not in page_one(facts)
    assert "The stair gate was broken" in section(facts, "What was seen, said")


def test_page_one_says_what_was_seen_and_said_and_what_follows_from_it_is_inferred_and_stands_apart():
    said = page_one(samples.ordinary())
    assert "Ava slept on a sofa beside" not in said
    inferred = section(samples.ordinary(), "What was seen, said")
    assert inferred.index("Inferred by the form’s rules") < inferred.index("Ava slept on a sofa")
    assert "22 November 2026, Rosa Field" in said
    assert "The cot in the bedroom was full of washing" in said


def test_seen_said_and_told_by_others_stand_apart():
    said = section(samples.ordinary(), "What was seen, said")
    order = [
        "Seen",
        "The cot in the bedroom",
        "Said to the visitor",
        "We fell asleep",
        "Told by another",
        "Leo has missed",
        "Shown to the visitor; Shown by the record",
        "No information recorded.",
    ]
    places = [said.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"parents_told": "yes", "parents_said": ""}, "Yes, they have been told of this referral. They said: No information recorded."),
        ({"parents_told": "no", "not_told_why": ("endangers", "delay"), "not_told_detail": "Dan is in the room"},
         "No, they have not been told: telling them would put somebody in danger and reaching them would have caused undue delay. "
         "Dan is in the room. Please speak to me before you contact them."),
        ({"parents_told": "no", "not_told_why": ()}, "the reason was not recorded"),
        ({"parents_told": None}, "It is not recorded whether they have been told of this referral. Please speak to me before you contact "
         "them."),
    ],
)  # fmt: skip
def test_whether_the_parents_know_is_always_said(changes, words):
    assert words in page_one(completed(**changes))


def test_a_call_made_from_the_visit_is_never_reported_as_no_call():
    facts = completed(phoned_who="", phoned_at=None)
    assert "answered by Dee Okoro" in page_one(facts)
    lost = replace(facts, urgent_calls=(UrgentCall("2026-11-22T10:55:00.000Z", "Duty desk", "01632 960100", False),))
    assert "could not get through" in page_one(lost)
    assert "No call about this referral is recorded." in page_one(replace(facts, urgent_calls=()))


def test_a_call_that_was_answered_since_stands_beside_the_first():
    facts = samples.ordinary()
    assert "Since then" not in page_one(facts)
    later = UrgentCall("2026-11-22T16:20:00.000Z", "Emergency duty team", "01632 960199", True, "J. Lane", "They go at once")
    nobody = UrgentCall("2026-11-22T17:00:00.000Z", "Emergency duty team", "01632 960199", False)
    said = page_one(replace(facts, urgent_calls=(*facts.urgent_calls, later, nobody)))
    assert "Since then: 22 November 2026 at 16:20: phoned Emergency duty team (01632 960199), answered by J. Lane." in said
    assert "17:00" not in said.split("Already phoned")[1].split("Since then")[1].split("They go at once")[0]


def test_a_day_that_is_over_is_not_asked_for_as_if_it_were_to_come():
    facts = samples.ordinary()
    assert "By 22 November 2026." in page_one(facts)
    assert "By 22 November 2026: that day is over." in page_one(replace(facts, made_at="2026-11-23T00:00:00.000Z"))


def test_a_team_with_one_number_for_day_and_night_has_it_once():
    facts = samples.ordinary()
    team = replace(facts.receiving_team, phone="01632 960199", phone_out_of_hours="01632 960199")
    said = page_one(replace(facts, receiving_team=team))
    assert [said.count("960199"), "out of hours" in said, "out of hours" in page_one(facts)] == [1, False, True]


def test_an_instant_is_said_in_uk_time_summer_included():
    said = page_one(samples.minimal())
    assert "30 June 2026 at 23:30" in said


def test_a_baby_not_yet_born_has_a_due_date_and_no_missing_number():
    said = page_one(samples.large())
    assert "12 weeks of pregnancy, unborn, due 30 May 2027" in said
    assert "None yet" in said


def test_what_an_adult_uses_without_a_known_impact_is_never_without_impact():
    assert "What it does to a child\nNo information recorded." in section(samples.ordinary(), "Alcohol")


def test_lines_that_may_not_be_shared_are_nowhere_in_the_letter():
    base, secret = samples.ordinary(), "SECRETWORD"
    facts = replace(
        base,
        findings=(*base.findings, Finding("care", "tonight", secret, shareable=False)),
        evidence=(*base.evidence, Evidence("2026-11-22", "told", secret, shareable=False)),
        cannot_tell=(CannotTell(secret, shareable=False),),
        sleeps=(Sleep("Ava", "last night", secret, detail=secret, shareable=False),),
        home=(HomeItem(secret, secret, shareable=False),),
        substances=(Substance(secret, secret, shareable=False),),
        earlier_findings=tuple(replace(e, said=secret, shareable=False) for e in base.earlier_findings),
    )
    assert secret not in json.dumps(compose(facts).as_json())


def test_long_text_is_cut_on_page_one_and_in_tables_and_stands_in_full_later():
    long = "One thing after another. " * 300
    base = samples.ordinary()
    facts = replace(base, completion=Completion(asked_for=long, meanwhile=long), home=(HomeItem("Kitchen", long, "seen", shareable=True),))
    content = compose(facts)
    cells = [cell for s in (*content.page_one, *content.body) for b in s.blocks if isinstance(b, Table) for row in b.rows for cell in row]
    assert max(map(len, cells)) < 160
    assert len("".join(text for s in content.page_one for text in of_section(s))) < 4000
    paragraphs = [b.text for s in content.body for b in s.blocks if isinstance(b, Paragraph)]
    assert long.strip() in paragraphs
    assert "(in full: note 1)" in page_one(facts)


def test_dates_that_are_not_dates_are_said_as_written():
    facts = replace(samples.ordinary(), evidence=(Evidence("last Tuesday", "told", "She was ill", shareable=True),))
    assert "last Tuesday" in section(facts, "What was seen, said")
