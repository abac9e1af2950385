"""Whatever happens to a tablet, to its service and on the way between them: a visit that was acknowledged is kept once, byte for byte, and
one that was not is still on the tablet, with a reason and a next time. At length in `make soak`."""

from pathlib import Path

from tests.sending.trials import SEED, cuts, trials

FIRST = 20261122
FEW = 30


def test_whatever_happens_no_visit_is_lost_and_none_is_kept_twice(tmp_path: Path) -> None:
    done = trials(tmp_path, first=FIRST, many=FEW)
    print(f"Trials from seed {FIRST}; one alone with {SEED}=<seed>: {done}")  # noqa: T201
    if done["trials"] == FEW:  # else one was asked for by its seed
        assert done["network"]["clear"] > FEW
        assert done["photographs"] > FEW
        assert min(done["network"][what] for what in ("other_receipt", "cut_answer", "tablet_dies")) > 0
        assert min(done["steps"][what] for what in ("power", "full", "years", "restoreImage", "serviceDies", "revoked", "expires")) > 0


def test_a_connection_cut_at_any_byte_is_no_receipt_and_ends_with_one_visit(tmp_path: Path) -> None:
    done = cuts(tmp_path, seed=FIRST, of_each=30)
    assert done["tried"] == {"up": 30, "down": 30}
    assert done["kept"] == 61
