"""Who somebody is: an account to the service, and a member of a household to its children. The codes and their words stand here alone; the
tablet has the words again in `static/tablet/people.js`, and a test holds the two together.
"""

ACCOUNTS: dict[str, str] = {
    "health_visitor": "Health visitor",
    "midwife": "Midwife",
    "nursery_nurse": "Community nursery nurse",
    "student": "Student health visitor or midwife",
    "supervisor": "Supervisor",
    "social_care": "Children’s social care",
    "administrator": "Administrator",
}
REGISTERED = ("health_visitor", "midwife")
"""Who answers for their own records, and for those of whom they are accountable for (brief 7.1)."""
COUNTERSIGNED = ("nursery_nurse", "student")
"""Whose visits a registrant countersigns."""
VISITING = (*REGISTERED, *COUNTERSIGNED)
MEMBERS: dict[str, str] = {
    "child": "child",
    "mother": "mother",
    "father": "father",
    "partner": "parent’s partner",
    "grandparent": "grandparent",
    "other_adult": "another adult",
}
ADULTS = tuple(role for role in MEMBERS if role != "child")
