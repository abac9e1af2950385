"""The one table of kinds of question. A kind is complete when it is here, has a macro on the page, a binding on the tablet and words in
the letter; the tests of each room walk this table."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Kind:
    """`reads` is how a rule may read the answer (None: never); the rest says which keys a question of this kind may or must have."""

    reads: str | None
    needs_options: bool = False
    has_limits: bool = False
    has_questions: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "choice": Kind(reads="code", needs_options=True),
        "choices": Kind(reads="codes", needs_options=True),
        "yes_no": Kind(reads="truth"),
        "integer": Kind(reads="number", has_limits=True),
        "date": Kind(reads="date"),
        "text": Kind(reads=None),
        "rows": Kind(reads="rows", has_questions=True),
    }
)

_NUMBERS = """
    visits_not_completed_90d days_since_child_seen level_agreed children_before
    no_answer refused_entry cancelled_by_family not_brought not_completed_recent not_completed_since_seen
    home_last home_best home_worst home_rises rooms_last rooms_falls announced_visits unannounced_visits
    triggers_met actions_not_done agencies days_since_meeting
"""
_TRUTHS = "advice_repeated_sleep worse_unannounced closed_unresolved lead_named meeting_overdue plan_open concern_open"
_CODES = """
    earlier_findings_present findings_ever findings_repeated still_unknown accounts_conflict plan_moments help_outstanding help_awaited
    open_to open_by_agency past areas_worse
"""
HISTORY: Mapping[str, str] = MappingProxyType(
    {name: reads for reads, names in (("number", _NUMBERS), ("truth", _TRUTHS), ("codes", _CODES)) for name in names.split()}
)
"""The given facts a rule may read as `history.<name>`, and how. A closed list: it travels to the tablet with the caseload. What each
one says is in docs/forms-language.md."""

CHILD_FACTS: Mapping[str, str] = MappingProxyType(
    {
        "age_days": "born_on",
        "corrected_age_days": "gestation_days",
        "days_since_seen": "seen_on",
        "days_home": "home_on",
        "days_to_due": "due_on",
        "birth_weight_g": "birth_weight_g",
    }
)
"""What a rule may read of a child, in that child's row or a row inside it, with the given fact that it waits for."""

LAYOUTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"body_map": ("choice", "choices")})
"""Ways of drawing a question other than its kind's own, with the kinds that may be drawn so. They change nothing that is read."""

SENSITIVE_KINDS = ("choice", "choices", "yes_no")
"""Kinds in which reassurance and disclosure can be told apart."""

DUTY_KINDS = ("do", "see", "tell", "lead", "meet")
DUTY_OWNERS = ("practitioner", "supervisor")
