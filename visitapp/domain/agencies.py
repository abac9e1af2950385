"""Who else works with a family, and what they were told. The codes and their words stand here alone (clinical brief 3.6)."""

KINDS: dict[str, str] = {
    "gp": "GP",
    "midwife": "Midwife",
    "health_visitor": "Health visitor",
    "family_nurse": "Family nurse",
    "social_worker": "Social worker",
    "early_help": "Early help",
    "placing_authority": "Authority that placed a looked-after child",
    "nursery_or_school": "Nursery or school",
    "hospital": "Hospital",
    "adult_mental_health": "Adult mental health",
    "drug_and_alcohol": "Drug and alcohol service",
    "police": "Police",
    "probation": "Probation",
    "housing": "Housing",
    "voluntary": "Voluntary organisation",
    "other": "Another agency",
}
TOLD, REPLIED, NOT_TOLD = "told", "replied", "not_told"
HOWS: dict[str, str] = {TOLD: "Told", REPLIED: "Replied", NOT_TOLD: "Not told"}
