"""What is said once the service answers: where it is, and in demonstration mode who can sign in."""

from visitapp.config import Settings


def welcome(settings: Settings) -> str:
    lines = [f"visitapp is at {settings.origin} (Ctrl-C stops it)"]
    if settings.demonstration:
        lines += ["", *sign_ins(), ""]
    return "\n".join(lines)


def sign_ins() -> list[str]:
    """One line for each role."""
    from visitapp.flow.demonstration.cast import ACCOUNTS, PASSWORD

    width = max(len(account.username) for account in ACCOUNTS)
    words = [f"  {account.username:<{width}}  {account.what}" for account in ACCOUNTS]
    return [f"These are families that do not exist. Every password is: {PASSWORD}", *words]
