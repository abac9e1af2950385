"""The contacts that every child is to have from before birth to two and a half years (clinical brief 7.1: the statutory five, guidance of
6 February 2026). When each is due is policy: the days of age from which and until which, before birth the days of pregnancy.
"""

from dataclasses import dataclass

CONTACT = "visit.contact"
"""The measure by which a form says which contact a visit was."""
ANTENATAL = "antenatal"
PREGNANCY = 280
"""Days of pregnancy that a due date is counted by."""


@dataclass(frozen=True)
class Contact:
    """`opens` and `closes` are settings of the policy, in days of age; the contact before birth opens by days of pregnancy and closes with
    the birth."""

    code: str
    name: str
    opens: str
    closes: str


MANDATED = (
    Contact(ANTENATAL, "Before birth", "contact_antenatal_from", ""),
    Contact("new_birth", "New birth", "contact_new_birth_from", "contact_new_birth_to"),
    Contact("six_to_eight_weeks", "Six to eight weeks", "contact_six_to_eight_weeks_from", "contact_six_to_eight_weeks_to"),
    Contact("twelve_months", "Twelve months", "contact_twelve_months_from", "contact_twelve_months_to"),
    Contact("two_years", "Two to two and a half years", "contact_two_years_from", "contact_two_years_to"),
)
CODES = tuple(one.code for one in MANDATED)
NOT_BY = ("midwife",)
"""Whose contacts are their own service's and none of these (brief 7.2)."""
