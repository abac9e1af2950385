"""Kinds of entry in the directory of those who receive referrals and copies. The codes and their words stand here alone."""

KINDS: dict[str, str] = {
    "front_door": "Front door of children’s social care",
    "early_help": "Early help",
    "out_of_hours": "Children’s social care at nights and weekends",
    "pre_birth": "Planning before a birth",
    "named_nurse": "Named nurse for safeguarding",
}
