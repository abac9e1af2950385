"""The services of two places that do not exist, Eastmoor and Westfen: their teams, and one account for each role.

The password is published in the README. Production refuses it, and refuses a database that has the demonstration in it.
"""

from visitapp.flow.people_schemas import DEMONSTRATION_PASSWORD as PASSWORD
from visitapp.flow.stories.services import Account, Receiving, Services, Team

__all__ = ["ACCOUNTS", "ACTOR", "BEGAN", "LOADED", "PASSWORD", "SERVICES"]

ACTOR = "demonstration"  # who set the demonstration up, in the journal
BEGAN, LOADED = "demonstration.began", "demonstration.loaded"

TEAMS = (
    Team("riverside", "Eastmoor Riverside community team", "eastmoor", "01632 960110"),
    Team("westfen", "Westfen community team", "westfen", "01632 960210"),
)

RECEIVING = (
    Receiving(
        "front_door", "Eastmoor children's social care", "eastmoor", "front_door", "frontdoor@eastmoor.example", "01632 960100",
        "01632 960199",
    ),
    Receiving(
        "early_help", "Eastmoor early help", "eastmoor", "early_help", "earlyhelp@eastmoor.example", "01632 960120", "01632 960199"
    ),
    Receiving(
        "out_of_hours", "Eastmoor emergency duty team", "eastmoor", "out_of_hours", "duty@eastmoor.example", "01632 960199", "01632 960199"
    ),
    Receiving(
        "named_nurse", "Named nurse for safeguarding, Eastmoor", "eastmoor", "named_nurse", "named-nurse@nhs.example", "01632 960130",
        "01632 960199",
    ),
    Receiving(
        "westfen_front_door", "Westfen children's social care", "westfen", "front_door", "frontdoor@westfen.example", "01632 960200",
        "01632 960299",
    ),
    Receiving(
        "westfen_early_help", "Westfen early help", "westfen", "early_help", "earlyhelp@westfen.example", "01632 960220", "01632 960299"
    ),
)  # fmt: skip

ACCOUNTS = (
    Account("hv", "Hannah Osei", "health_visitor", "health visitor, Eastmoor", "riverside", "07700 900101", "99E0101A"),
    Account("midwife", "Megan Talbot", "midwife", "midwife, Eastmoor", "riverside", "07700 900102", "99E0102A"),
    Account("nursery", "Dev Lakhani", "nursery_nurse", "community nursery nurse, Eastmoor", "riverside", "07700 900103", "EM 20103"),
    Account("supervisor", "Ruth Abernethy", "supervisor", "supervisor, Eastmoor", "riverside", "07700 900104", "99E0104A"),
    Account("socialcare", "Colin Adeyemi", "social_care", "Eastmoor children's social care", "front_door", "01632 960101"),
    Account("earlyhelp", "Marta Lewandowska", "social_care", "Eastmoor early help, answers its own", "early_help", "01632 960121"),
    Account(
        "westfen",
        "Joanne Fairweather",
        "health_visitor",
        "health visitor, Westfen: another team",
        "westfen",
        "07700 900201",
        "99W0201A",
    ),
    Account("admin", "Imogen Clarke", "administrator", "administrator: no family"),
)

POSTS = (
    {"post": "named_nurse", "name": "Grace Mensah", "email": "grace.mensah@eastmoor.example", "phone": "01632 960140"},
    {"post": "designated", "name": "Dr Idris Vaughan", "email": "idris.vaughan@eastmoor.example", "phone": "01632 960150"},
    {"post": "safety_officer", "name": "Dr Lena Hartwell", "email": "lena.hartwell@eastmoor.example", "phone": "01632 960160"},
)
"""Who is told in Eastmoor when something overdue has climbed above the supervisor, and when a finding is not agreed with."""
ON_DUTY = "midwife"
"""Who is on duty at the weekends to come."""

UNSENT = ("midwife", "Brennan")
"""Whose tablet has not sent a visit to whom since the day before yesterday."""
ASSIGNED = ("Mercer", "hv", "Phone their duty manager this morning, please, and write down what is said.")
"""What the supervisor asked somebody to see to."""

HANDOVERS = (
    (
        "Nowak",
        "midwife",
        {
            "kind": "midwife",
            "to": "hv",
            "words": "Kasia manages well and asks good questions. I would watch two things: the crib was promised and nobody has seen it "
            "in its place, and I have never spoken with Piotr alone. A lodger, Tomasz, has the back room. I see them once more tomorrow.",
            "safe": "Nothing known that is not safe. The stairwell light is broken: come in daylight. Phone Kasia, not the landline.",
        },
    ),
)
"""Families that are being handed over: which, by whom, and what is said."""

COPY_ASKED = ("Hargreaves", "hv", "Known to me since the booking visit, and asked me at home.", "Everything since the baby was born.")
"""A parent who asked for a copy of the record six days ago: which family, whom they asked, and how it is known that it was they."""
COPY_ASKED_DAYS_AGO = 6

SERVICES = Services(ACTOR, PASSWORD, TEAMS, RECEIVING, ACCOUNTS)
