"""People, apart from any household: the same person before birth and after, in one family or in two."""

from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx

_DETAIL = (
    "given_names, family_name, born_on, due_on, gestation_days, birth_weight_g, birth_order,"
    " nhs_number, nhs_number_absent_why, phone, language, interpreter"
)


def add_person(tx: Tx, *, id: str, at: str, actor: str) -> int:
    """A person exists; who they are is said by `add_detail`."""
    return tx.append("person", at=at, actor=actor, id=id)


def add_detail(
    tx: Tx,
    *,
    person: str,
    given_names: str,
    family_name: str,
    at: str,
    actor: str,
    household: str | None = None,
    born_on: str | None = None,
    due_on: str | None = None,
    gestation_days: int | None = None,
    birth_weight_g: int | None = None,
    birth_order: int | None = None,
    nhs_number: str | None = None,
    nhs_number_absent_why: str | None = None,
    phone: str | None = None,
    language: str | None = None,
    interpreter: bool | None = None,
) -> int:
    """All that is now known of a person, whole: the latest stands. `household` is where it was learnt, for the journal."""
    return tx.append(
        "person_detail",
        at=at,
        actor=actor,
        household=household,
        person=person,
        given_names=given_names,
        family_name=family_name,
        born_on=born_on,
        due_on=due_on,
        gestation_days=gestation_days,
        birth_weight_g=birth_weight_g,
        birth_order=birth_order,
        nhs_number=nhs_number,
        nhs_number_absent_why=nhs_number_absent_why,
        phone=phone,
        language=language,
        interpreter=interpreter,
    )


def person(tx: Tx, id: str) -> Row | None:
    """What is now known of a person."""
    return tx.one("SELECT * FROM person_now WHERE person = :id", id=id)


def persons_with_nhs_number(tx: Tx, nhs_number: str) -> list[Row]:
    """Everybody who carries this NHS number: more than one means that a person was entered twice."""
    return tx.all("SELECT * FROM person_now WHERE nhs_number = :nhs_number ORDER BY person", nhs_number=nhs_number)


def _refresh(tx: Tx, person: str) -> None:
    tx.run("DELETE FROM person_now WHERE person = :person", person=person)
    tx.run(
        f"INSERT INTO person_now (person, {_DETAIL})"
        f" SELECT person, {_DETAIL} FROM person_detail WHERE person = :person ORDER BY seq DESC LIMIT 1",
        person=person,
    )


PERSON_NOW = Derivation(
    tables=("person_now",),
    after={"person_detail": column("person")},
    refresh=_refresh,
    every_key="SELECT DISTINCT person AS key FROM person_detail",
)
