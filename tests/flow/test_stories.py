"""Stories: read with every fault at its line, told through the code of a submission, and judged by what they expect."""

import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from visitapp.cli import main
from visitapp.cli import story as command
from visitapp.flow.stories import as_json, report
from visitapp.flow.stories.events import OF_A_VISIT
from visitapp.flow.stories.expect import READERS
from visitapp.flow.stories.happenings import HAPPENINGS
from visitapp.flow.stories.saying import VISITS
from visitapp.flow.stories.told import Told
from visitapp.formlang import FormFault

PEOPLE = """
people:
  ada: {role: mother, age: 24}
  ava: {born: 2026-09-20, gestation: 39+2}
"""
SOFA = """
  - on: 2026-11-22
    visit: home_visit
    answers:
      outcome: completed
      children:
        ava: {seen: awake, nights: {surface: sofa, shared: yes, sharers: {who: mother, taken: alcohol, alcohol_units: 4}}}
"""


@pytest.fixture(scope="module")
def stage() -> Iterator[command.Stage]:
    with command.staged() as made:
        yield made


@pytest.fixture
def tell(stage, tmp_path):
    """A story in words, told."""

    def told(words: str) -> Told:
        return command.tell(stage, command.read(stage, written(tmp_path, words)))

    return told


def written(folder: Path, words: str, name: str = "story.yaml") -> Path:
    path = folder / name
    path.write_text(textwrap.dedent(words))
    return path


def faults(stage, folder: Path, words: str) -> list[tuple[int, str]]:
    """Every fault of a story, by line."""
    with pytest.raises(FormFault) as caught:
        command.tell(stage, command.read(stage, written(folder, words)))
    return [(one.line, one.message) for one in caught.value.faults]


def family(events: str, more: str = "") -> str:
    return f"{PEOPLE}{more}\nevents:{textwrap.indent(textwrap.dedent(events), '  ') if not events.startswith(chr(10) + '  -') else events}"


# --- what comes out ---------------------------------------------------------------------------------------------------------------------


def test_a_visit_is_judged_as_a_submission_is(tell):
    told = tell(family(SOFA + "    expect: {raised: [{sleep_sofa: ava}], level: 4, urgency: tonight, interrupts: yes}"))
    (happened,) = told.happened
    judged = happened.outcome.judged
    assert told.holds
    assert (judged.level.at_least, judged.urgency, judged.destination) == (4, "tonight", "social_care_urgent")
    assert judged.as_shown
    assert judged.problems == ()
    assert [one.state for one in happened.outcome.standing.referrals] == ["proposed"]


def test_what_does_not_hold_says_its_line_what_came_out_and_why(tell):
    words = family(SOFA + "    expect:\n      not_raised: [sleep_sofa]\n      level: 2\n")
    told = tell(words)
    first, second = told.unmet
    line = next(number for number, one in enumerate(textwrap.dedent(words).splitlines(), 1) if "not_raised" in one)
    assert (first.wanted.line, second.wanted.line) == (line, line + 1)
    assert first.came == "it is raised for ava"
    assert any("sofa" in why.casefold() for why in first.why)
    assert second.came == "at least level 4, could be 4"


def test_the_report_is_words_that_a_lead_reads(tell):
    lines = "\n".join(
        report.report(
            tell(
                family(SOFA + "    expect: {level: 4}"),
            )
        )
    )
    assert "22 November 2026 at 10:00: home visit" in lines
    assert "Ava slept on a sofa" in lines
    assert "proposed 22 November 2026 at 10:55" in lines
    assert "1 of 1 expectations hold." in lines


def test_machines_get_one_object(tell):
    said = json.loads(json.dumps(as_json.as_json(tell(family(SOFA)))))
    (event,) = said["events"]
    assert event["visit"]["level"]["at_least"] == 4
    assert {"code", "person", "state", "severity", "level", "said", "because", "missing", "under", "area"} == set(
        event["visit"]["findings"][0]
    )
    assert said["ends"]["home"]["referrals"][0]["state"] == "proposed"


def test_the_same_story_comes_out_the_same(tell):
    one, other = (as_json.as_json(tell(family(SOFA))) for _ in range(2))
    assert one == other


def test_an_answer_that_was_not_given_is_not_no(tell):
    told = tell(
        family(
            """
            - on: 2026-11-22
              visit: home_visit
              answers:
                children: {ava: {nights: {surface: sofa, shared: ~}}}
              expect: {cannot_tell: [{sleep_sofa: ava}], not_raised: [sleep_sofa], level: {could_be: 4}, no_concern: no}
            """
        )
    )
    assert told.holds, [one.came for one in told.unmet]


def test_a_child_of_whom_nothing_was_said_is_a_child_of_whom_nothing_is_known(tell):
    """As on the tablet, where each of the family stands ready: leaving a brother out of the answers does not make him nobody."""
    told = tell(
        f"story: One of two\n{PEOPLE}  tom: {{born: 2023-05-02}}\nevents:{SOFA}"
        "    expect: {cannot_tell: [{child_older_not_seen: tom}]}\n"
        "  - on: 2026-11-23\n    information: {source: social_worker, topics: [before], past: [removed]}\n"
        "    expect: {not_raised: [told_past_unborn]}\n"
        "  - {on: 2026-11-24, visit: home_visit, expect: {cannot_tell: [{sleep_sofa: ava}, {child_older_not_seen: tom}]}}\n"
    )
    assert told.holds


def test_events_are_told_by_date_in_whatever_order_they_stand(tell):
    told = tell(
        family(
            """
            - {on: 2026-11-20, not_completed: no_answer, expect: {patterns: {no_answer: 2}}}
            - {on: 2026-11-01, not_completed: no_answer, expect: {patterns: {no_answer: 1}}}
            """
        )
    )
    assert told.holds, [one.came for one in told.unmet]


def test_a_visit_sent_late_changes_the_judgement_of_those_after_it(tell):
    told = tell(
        family(
            """
            - {on: 2026-11-10, not_completed: no_answer, sent_on: 2026-11-18}
            - {on: 2026-11-15, not_completed: no_answer, expect: {not_raised: [not_completed_again]}}
            """,
            "today: 2026-11-20\nexpect: {raised: [not_completed_again]}",
        )
    )
    assert told.holds, [one.came for one in told.unmet]


# --- duties, plans, people --------------------------------------------------------------------------------------------------------------


def test_a_story_ends_when_its_last_visit_has_been_sent(tell):
    told = tell(f"""{PEOPLE}
events:
  - {{on: 2026-11-20, not_completed: no_answer, ordinary: yes, sent_on: 2026-11-25}}
expect: {{patterns: {{no_answer: 1}}}}
""")
    assert told.holds
    assert told.story.today.isoformat() == "2026-11-25"


def test_a_met_trigger_is_not_ended_by_a_later_good_visit(tell):
    told = tell(
        family(
            """
            - on: 2026-11-01
              plan:
                if: refused_entry
                then: [{what: Ask the police to see the children, hours: 4}, {what: Tell the social worker, hours: 24}]
            - on: 2026-11-10
              not_completed: refused_at_door
              expect: {plans: {met: 1, done: 0, actions: 2}, duties: {open: [plan_action, Ask the police]}}
            - on: 2026-11-12
              visit: home_visit
              answers: {outcome: completed, children: {ava: {seen: awake}}}
              expect: {plans: {met: 1, done: 0}, duties: {overdue: [plan_action]}}
            - on: 2026-11-13
              plan_action: {action: 1, how: done, evidence: Seen at home by two officers, reference: EM-1}
              expect: {plans: {done: 1, not_done: 1}}
            """
        )
    )
    assert told.holds, [one.came for one in told.unmet]


def test_what_one_form_called_for_may_be_expected_beside_a_visit_on_another(tell):
    told = tell(f"""{PEOPLE}
events:
  - {{on: 2026-11-20, not_completed: refused_at_door, ordinary: yes, answers: {{staff_safe: safe, child_seen_at_door: yes}}}}
  - {{on: 2026-11-20, at: "15:00", visit: home_visit, ordinary: yes, expect: {{duties: {{open: refused_entry, not_open: danger_at_door}}}}}}
""")
    assert told.holds


def test_what_the_service_refuses_is_a_fault_unless_it_is_expected(stage, tell, tmp_path):
    lowered = """
        - {on: 2026-11-01, level: 3, reason: Agreed at a meeting}
        - {on: 2026-11-05, level: 2, reason: The home is better}
        - {on: 2026-11-06, level_answer: no, by: hv%s}
    """
    told = tell(family(lowered % ", expect: {refused: yes, level_agreed: 3, duties: {open: [second_opinion]}}"))
    assert told.holds, [one.came for one in told.unmet]
    ((_, message),) = faults(stage, tmp_path, family(lowered % ""))
    assert "Somebody else has to agree" in message


def test_a_baby_known_before_birth_is_the_same_person_after_it(tell):
    told = tell(
        """
        people: {ada: {role: mother, age: 24}, kit: {due: 2026-11-20}}
        events:
          - {on: 2026-10-01, planned: Antenatal visit}
          - {on: 2026-11-12, birth: {person: kit, birth_weight: 2450}}
          - {on: 2026-11-14, home_from_hospital: kit, expect: {duties: {open: [{see_child: kit}]}}}
          - on: 2026-11-15
            visit: home_visit
            answers: {outcome: completed, children: {kit: {seen: asleep, nights: []}}}
            expect: {duties: none}
        """
    )
    assert told.holds, [one.came for one in told.unmet]
    kit = told.story.people["kit"]
    assert (str(kit.born_on), kit.gestation_days) == ("2026-11-12", 272)


def test_counts_carry_to_a_new_address_once_somebody_confirms_it(tell):
    told = tell(
        """
        people: {ada: {role: mother, age: 24}, ava: {born: 2026-09-20}}
        households:
          before: {members: {ada: {to: 2026-11-10}, ava: {to: 2026-11-10}}, address: 4 Mill Row}
          now: {members: {ada: 2026-11-10, ava: 2026-11-10}, address: 7 Quay Street}
        events:
          - {on: 2026-11-01, household: before, not_completed: no_answer}
          - {on: 2026-11-12, household: now, not_completed: no_answer, expect: {patterns: {no_answer: 1}}}
          - {on: 2026-11-13, household: now, same_family: before, expect: {patterns: {no_answer: 2}}}
        """
    )
    assert told.holds, [one.came for one in told.unmet]


# --- faults -----------------------------------------------------------------------------------------------------------------------------


def test_every_fault_is_said_at_once_with_its_line_and_the_nearest_right_word(stage, tmp_path):
    said = faults(
        stage,
        tmp_path,
        """\
        people:
          ada: {role: mothr}
          ava: {born: 2026-09-31}
        events:
          - on: 2026-11-22
            visit: home_vist
          - on: 2026-11-22
            visit: home_visit
            answers:
              outcom: completed
              children:
                avva: {seen: awake}
                ava: {sen: awake, mobility: crawlling, nights: [{alcohol: yes}]}
            expect:
              raised: [sleep_soffa]
              levl: 3
          - {on: 2026-11-23, plan: {if: refused_entri, then: Phone}}
          - {on: 2026-11-24, agency_told: gp}
          - {on: 2026-11-24, meetin: all}
          - {visit: home_visit}
        """,
    )
    expected = [
        (2, "'mothr' is no role. Did you mean 'mother'?"),
        (3, "'born' is a date that exists"),
        (6, "There is no form 'home_vist'. Did you mean 'home_visit'?"),
        (10, "'outcom' is no question of home_visit"),
        (12, "Nobody in this story is called 'avva'. Did you mean 'ava'?"),
        (13, "'sen' is no question"),
        (13, "'crawlling' is no answer to 'mobility'. Did you mean 'crawling'?"),
        (13, "'alcohol' is no question"),
        (15, "'sleep_soffa' is nothing that can come out here. Did you mean 'sleep_sofa'?"),
        (16, "'levl' is nothing that can be said in what is expected. Did you mean 'level'?"),
        (17, "'refused_entri' is nothing that a plan can wait for. Did you mean 'refused_entry'?"),
        (18, "No event before this one has 'agency'."),
        (19, "Say what happened, such as 'visit: home_visit'. Did you mean 'meeting'?"),
        (20, "Say when this was"),
    ]
    for line, words in expected:
        assert any(at == line and words in message for at, message in said), (line, words, said)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "What belongs in a story"),
        ("- a list", "What belongs in a story"),
        ("story: [unclosed", "This is not YAML"),
        ("people: {}\nevents: []", "names everybody"),
        ("people: {ava: {born: 2026-09-20}}", "'events' is missing"),
        ("people: {x: {given: Sam}}\nevents: [{on: 2026-11-01, planned: Visit}]", "Say who 'x' is"),
        ("people: {ava: {born: 2026-09-20}}\nevents: [7]", "An event is 'on: date'"),
        ("people: {ava: {born: 2026-09-20}}\ntoday: 2026-09-01\nevents: []", "after 'today'"),
        (
            "people: {ava: {born: 2026-09-20}}\nevents: [{on: 2026-11-01, visit: home_visit, not_completed: no_answer}]",
            "One event is one thing",
        ),
        ("people: {ava: {born: 2026-09-20}}\nevents: [{on: 2026-11-01, not_completed: no_answer, at: noon}]", "a time of day in quotes"),
        ("people: {ava: {born: 2026-09-20}}\nevents: [{on: 2026-11-01, level: 7}]", "The service refuses this (level)"),
        ("people: {ava: {born: 2026-09-20}}\nevents: [{on: 2026-11-01, duty_done: help}]", "No duty 'help' is open then"),
        ("people: {ava: {born: 2026-09-20, due: 2025-09-20}}\nevents: [{on: 2026-11-01, planned: Visit}]", "do not go together"),
        ("people: {ava: {born: 2026-09-20}}\nevents: [{on: 2026-11-01, not_completed: no_answer, by: westfen}]", "kept and set aside"),
    ],
)
def test_what_cannot_be_is_said_and_is_no_traceback(stage, tmp_path, words, expected):
    assert any(expected in message for _, message in faults(stage, tmp_path, words)), faults(stage, tmp_path, words)


# --- docs/stories.md ---------------------------------------------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[2] / "docs" / "stories.md").read_text()
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES_FAMILY = next(block for block in BLOCKS if "The family of the examples" in block)


def whole(block: str) -> str:
    """A story, or events that happen to the family of the examples."""
    return block if not block.startswith("- ") else EXAMPLES_FAMILY.replace("events: []", "events:\n" + textwrap.indent(block, "  "))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.strip().splitlines()[0][:60])
def test_every_example_of_the_page_comes_out_as_it_says(tell, block):
    told = tell(whole(block))
    assert told.holds, [(one.wanted.line, one.wanted.words, one.came) for one in told.unmet]


def test_the_page_has_an_example_of_everything_that_can_be_said():
    examples = "\n".join(BLOCKS)
    words = {*VISITS, *HAPPENINGS, *OF_A_VISIT, *(field for one in HAPPENINGS.values() for field in one.fields)}
    assert sorted(word for word in words if not re.search(rf"\b{word}\b", PAGE)) == []
    assert sorted(word for word in (*VISITS, *HAPPENINGS) if not re.search(rf"\b{word}:", examples)) == []
    assert sorted(word for word in READERS if f"`{word}`" not in PAGE) == []


# --- the command ------------------------------------------------------------------------------------------------------------------------


def test_the_exit_status_says_whether_everything_holds(tmp_path, capsys):
    good = written(tmp_path, family(SOFA + "    expect: {level: 4}"), "a.yaml")
    bad = written(tmp_path, family(SOFA + "    expect: {level: 1}"), "b.yaml")
    wrong = written(tmp_path, "people: 3", "c.yaml")
    assert main(["story", str(good)]) == 0
    assert main(["story", str(good), str(bad)]) == 1
    assert f"{bad}:" in capsys.readouterr().err
    assert main(["story", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert f"{wrong}:1:" in said.err
    assert "3 stories: 1 do not hold, 1 cannot be told." in said.out


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    assert main(["story", str(tmp_path / "nothing.yaml")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_json_is_one_object_whatever_happens(tmp_path, capsys):
    written(tmp_path, family(SOFA), "a.yaml")
    written(tmp_path, "people: 3", "b.yaml")
    assert main(["story", "--json", str(tmp_path)]) == 2
    said = json.loads(capsys.readouterr().out)
    assert [one["holds"] for one in said["stories"]] == [True, False]
    assert said["stories"][1]["faults"][0]["line"] == 1
