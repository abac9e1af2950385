"""Kinds of entry in the directory of those who receive referrals and copies, and what an e-mail address of one is. The codes and their
words stand here alone."""

import re

ONE_ADDRESS = re.compile(r"[!-~]+@[!-~]+")
NOT_IN_ONE = re.compile(r"[\s<>()\[\],;:\"\\]")


def is_one_address(text: str) -> bool:
    """Whether this is one e-mail address and nothing else. A mail program reads a name, a list or a remark around one, and takes another
    address out of it than whoever looks at what stands behind the last @."""
    return bool(ONE_ADDRESS.fullmatch(text)) and text.count("@") == 1 and not NOT_IN_ONE.search(text)


KINDS: dict[str, str] = {
    "front_door": "Front door of children’s social care",
    "early_help": "Early help",
    "out_of_hours": "Children’s social care at nights and weekends",
    "pre_birth": "Planning before a birth",
    "named_nurse": "Named nurse for safeguarding",
}
