"""Who belonged to a family when, where it lived and who looked after it. Each is as many rows as there were people and homes, by index."""

from visitapp.store.same import WHO
from visitapp.store.seen import FAMILIES, Families
from visitapp.store.tx import Row, Tx


def memberships(tx: Tx, families: Families) -> list[Row]:
    """Everybody who ever belonged, in the order in which they came, with what is known of each and when it ended (None: it has not)."""
    return tx.all(
        f"SELECT m.household, {WHO.format('m.person')} AS person, m.person AS entry, m.role, m.care_role,"
        " m.from_on, e.on_date AS until, e.reason, p.given_names, p.family_name,"
        " p.born_on, p.due_on, p.gestation_days, p.birth_order FROM membership m LEFT JOIN membership_end e ON e.membership = m.id"
        f" LEFT JOIN person_now p ON p.person = {WHO.format('m.person')} WHERE m.household IN ({families.among})"
        " ORDER BY m.from_on, m.seq",
        **families.params,
    )


def residences(tx: Tx, families: Families) -> list[Row]:
    """Every address, in the order of the days, those that were recorded in error with why (`in_error`)."""
    return tx.all(
        "SELECT r.seq, r.household, r.address, r.postcode, r.area, r.from_on, x.why AS in_error FROM residence r"
        " LEFT JOIN residence_error x ON x.residence = r.seq"
        f" WHERE r.household IN ({families.among}) ORDER BY r.from_on, r.seq",
        **families.params,
    )


def events(tx: Tx, families: Families) -> list[Row]:
    """What happened to people of the family, in the order of the days; nothing that was recorded in error."""
    return tx.all(
        f"SELECT {WHO.format('e.person')} AS person, e.kind, e.on_date, e.words FROM life_event e WHERE e.household IN ({families.among})"
        " AND NOT EXISTS (SELECT 1 FROM life_event_error x WHERE x.event = e.seq) ORDER BY e.on_date, e.seq",
        **families.params,
    )


def practitioners(tx: Tx, families: Families) -> list[Row]:
    """Who was the named practitioner from which day on."""
    return tx.all(
        "SELECT n.household, n.from_on, a.name, a.role FROM named_practitioner n LEFT JOIN account_now a ON a.account = n.account"
        f" WHERE n.household IN ({families.among}) AND n.capacity = 'named' ORDER BY n.from_on, n.seq",
        **families.params,
    )


def responsibility(tx: Tx, families: Families) -> list[Row]:
    """Who holds parental responsibility for each child of the family, since when and by what right."""
    return tx.all(
        f"SELECT {WHO.format('r.child')} AS child, r.holder, r.from_on, r.basis, p.given_names, p.family_name"
        " FROM parental_responsibility r"
        f" LEFT JOIN person_now p ON p.person = {WHO.format('r.holder')} WHERE r.child IN"
        f" (SELECT m.person FROM membership m WHERE m.household IN ({families.among}) AND m.role = 'child') ORDER BY r.from_on, r.seq",
        **families.params,
    )


def other_homes(tx: Tx, actor: str, families: Families) -> list[Row]:
    """The other households to which somebody of the family belongs too. Of one that the actor may not see the name and address are None."""
    return tx.all(
        "SELECT o.person, o.household, o.from_on, o.role, h.name, h.address, h.postcode FROM member_now o"
        f" LEFT JOIN {FAMILIES} h ON h.household = o.household WHERE o.person IN"
        f" (SELECT m.person FROM member_now m WHERE m.household IN ({families.among})) AND o.household NOT IN ({families.among})"
        " ORDER BY o.from_on, o.membership",
        **{**families.params, "actor": actor},
    )
