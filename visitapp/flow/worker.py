"""Does the steps that wait in the outbox. It holds a step for a while, does it, and the step's own transaction removes the row; a worker
that dies in between leaves a row whose hold runs out. What fails is tried again for ever, later each time, and is announced by the sweep.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from visitapp.domain.moments import later
from visitapp.flow.assess import assess
from visitapp.flow.check import forget_look_ups
from visitapp.flow.delivering import deliver
from visitapp.flow.follow import follow
from visitapp.flow.letters import write_letter
from visitapp.flow.notify import send_notice
from visitapp.flow.portals import fill
from visitapp.flow.returns import read_returns
from visitapp.flow.sign_in import forget_attempts
from visitapp.flow.sweep import keep_watch
from visitapp.store import outbox

if TYPE_CHECKING:
    from visitapp.store.tx import Row
    from visitapp.wiring import Wired

log = logging.getLogger("visitapp.worker")

STEPS: dict[str, Callable[[Wired, str], None]] = {
    "assess": assess, "write_letter": write_letter, "deliver": deliver, "send_notice": send_notice, "follow": follow, "fill_portal": fill,
}  # fmt: skip

AT_ONCE = 20
HOLD_MINUTES = 5  # longer than any step takes; after it another worker may take the step over
LONGEST_WAIT_MINUTES = 60
IDLE_SECONDS = 0.25
MAILBOX_SECONDS = 60.0
FINISH_SECONDS = 5.0
SWEEP_EVERY_ROUNDS = 240  # about a minute of idle rounds


def work_once(w: Wired) -> int:
    """Do what is due now, each step once; how many were done."""
    with w.engine.read() as tx:
        waiting = outbox.due(tx, w.clock(), AT_ONCE)
    return sum(_do(w, row) for row in waiting)


def run(w: Wired, stop: threading.Event) -> None:
    """Work until told to stop; about once a minute, look for what was lost or is overdue, and let go of what is of no more use."""
    reader = threading.Thread(target=_read_mailboxes, args=(w, stop), name="mailboxes", daemon=True)
    if w.returns:  # in a thread of its own: a mail server that hangs holds up no letter
        reader.start()
    rounds = 0
    while not stop.is_set():
        try:
            if rounds % SWEEP_EVERY_ROUNDS == 0:
                keep_watch(w)
                forget_attempts(w)
                forget_look_ups(w)
            if work_once(w) == 0:
                stop.wait(IDLE_SECONDS)
        except Exception as fault:  # the database may be away for a while; the worker outlives it
            log.error("worker: %s", type(fault).__name__)
            stop.wait(IDLE_SECONDS)
        rounds += 1
    if w.returns:  # whoever stopped us closes the database next, and this thread may be writing to it
        reader.join(FINISH_SECONDS)


def _read_mailboxes(w: Wired, stop: threading.Event) -> None:
    """Read what comes back, about once a minute, until told to stop."""
    while not stop.is_set():
        try:
            read_returns(w)
        except Exception as fault:  # the database may be away for a while
            log.error("mailboxes: %s", type(fault).__name__)
        stop.wait(MAILBOX_SECONDS)


def _do(w: Wired, row: Row) -> bool:
    now = w.clock()
    with w.engine.write() as tx:
        if not outbox.claim(tx, row["step"], row["key"], now=now, until=later(now, minutes=HOLD_MINUTES)):
            return False
    try:
        STEPS[row["step"]](w, row["key"])
    except Exception as fault:  # whatever it is, the step is tried again and the sweep says so
        log.error("step %s %s: %s", row["step"], row["key"], type(fault).__name__)
        try_later(w, row["step"], row["key"], row["attempts"] + 1, type(fault).__name__)
        return False
    return True


def try_later(w: Wired, step: str, key: str, attempts: int, error: str) -> None:
    """Try the step again, doubling the wait up to an hour."""
    wait = min(2 ** min(attempts, 12), LONGEST_WAIT_MINUTES * 60)
    with w.engine.write() as tx:
        outbox.again(tx, step, key, due_at=later(w.clock(), seconds=wait), error=error)
