"""The teams that visit, and the teams in social care that referrals go to. The latest fact for an id stands."""

from visitapp.store.tx import Row, Tx

_LATEST_RECEIVING = (
    "SELECT id, name, area, kind, email, phone, phone_out_of_hours, review_on, transport, mailbox, portal FROM receiving_team r"
    " WHERE seq = (SELECT max(seq) FROM receiving_team WHERE id = r.id)"
)


def add_team(tx: Tx, *, id: str, name: str, area: str, phone: str, at: str, actor: str) -> int:
    """A visiting team as it now is."""
    return tx.append("team", at=at, actor=actor, id=id, name=name, area=area, phone=phone)


def team(tx: Tx, id: str) -> Row | None:
    """A visiting team."""
    return tx.one("SELECT id, name, area, phone FROM team WHERE id = :id ORDER BY seq DESC LIMIT 1", id=id)


def teams(tx: Tx) -> list[Row]:
    """Every visiting team, by name."""
    return tx.all("SELECT id, name, area, phone FROM team t WHERE seq = (SELECT max(seq) FROM team WHERE id = t.id) ORDER BY name, id")


def without_supervisor(tx: Tx) -> list[Row]:
    """The visiting teams that have families and nobody who supervises, by name."""
    return tx.all(
        "SELECT t.id, t.name FROM team t WHERE t.seq = (SELECT max(n.seq) FROM team n WHERE n.id = t.id)"
        " AND EXISTS (SELECT 1 FROM household_now h WHERE h.team = t.id)"
        " AND NOT EXISTS (SELECT 1 FROM account_now a WHERE a.team = t.id AND a.role = 'supervisor') ORDER BY t.name, t.id"
    )


def add_receiving_team(
    tx: Tx,
    *,
    id: str,
    name: str,
    area: str,
    email: str,
    phone: str,
    phone_out_of_hours: str,
    review_on: str,
    at: str,
    actor: str,
    kind: str = "front_door",
    transport: str | None = None,
    mailbox: str | None = None,
    portal: str | None = None,
) -> int:
    """Where referrals of one kind (`front_door`, `early_help`) for a council area go, and until when that has been checked. `transport` is
    the way it takes letters, None for the service's own first way; `mailbox` is its mailbox of MESH, `portal` the name of its own form."""
    return tx.append(
        "receiving_team", at=at, actor=actor, id=id, name=name, area=area, kind=kind, email=email, phone=phone,
        phone_out_of_hours=phone_out_of_hours, review_on=review_on, transport=transport, mailbox=mailbox, portal=portal,
    )  # fmt: skip


def receiving_team(tx: Tx, id: str) -> Row | None:
    """A receiving team as it stands."""
    return tx.one(_LATEST_RECEIVING + " AND id = :id", id=id)


def by_address(tx: Tx, address: str) -> list[Row]:
    """Every version of an entry that takes, or took, letters at an address, the oldest first. The directory is short."""
    return tx.all(
        "SELECT id, name, seq FROM receiving_team WHERE :address IN (email, coalesce(mailbox, ''), coalesce(portal, '')) ORDER BY seq",
        address=address,
    )


def receiving_team_for(tx: Tx, area: str, kind: str = "front_door") -> Row | None:
    """The team that receives this kind of referral for an area: the latest named, or None."""
    return tx.one(_LATEST_RECEIVING + " AND area = :area AND kind = :kind ORDER BY seq DESC LIMIT 1", area=area, kind=kind)


def receiving_teams_for(tx: Tx, area: str, kind: str) -> list[Row]:
    """Every team that receives this kind of referral for an area, the latest named first."""
    return tx.all(_LATEST_RECEIVING + " AND area = :area AND kind = :kind ORDER BY seq DESC", area=area, kind=kind)


def receiving_teams(tx: Tx) -> list[Row]:
    """Every receiving team, by name."""
    return tx.all(_LATEST_RECEIVING + " ORDER BY name, id")
