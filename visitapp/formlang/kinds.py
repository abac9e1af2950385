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

HISTORY: Mapping[str, str] = MappingProxyType(
    {
        "visits_not_completed_90d": "number",
        "days_since_child_seen": "number",
        "earlier_findings_present": "codes",
        "advice_repeated_sleep": "truth",
        "level_agreed": "number",
        "children_before": "number",
    }
)
"""The given facts a rule may read as `history.<name>`, and how. A closed list: it travels to the tablet with the caseload."""

AGES = ("age_days", "corrected_age_days")
"""What a rule may read of a child, in that child's row or a row inside it."""
