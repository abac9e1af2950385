"""Whether the database can be read at all."""

from visitapp.look.reading import Desk
from visitapp.store.caseload import newest_seq


def well(desk: Desk) -> bool:
    with desk.engine.read() as tx:
        return newest_seq(tx) >= 0
