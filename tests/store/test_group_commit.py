"""Many wait, one writes: each is told of its own work only, and only once it is kept."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

import pytest

from tests.store import build
from visitapp.store.engine import Engine
from visitapp.store.group_commit import LARGEST_BATCH, Closed, GroupCommit
from visitapp.store.tx import Tx


class Counting:
    """An engine that notes how many pieces of work shared each transaction, and can be made to fail."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.commits = 0
        self.fail: BaseException | None = None

    def busy(self) -> bool:
        return self.engine.busy()

    @contextmanager
    def write(self) -> Iterator[Tx]:
        if self.fail is not None:
            fault, self.fail = self.fail, None
            raise fault
        with self.engine.write() as tx:
            yield tx
        self.commits += 1


class Noting(SimpleQueue):  # type: ignore[type-arg]
    """A queue that lets a test wait until so much has come in."""

    def __init__(self) -> None:
        self.arrived = threading.Semaphore(0)

    def put(self, *entry: Any) -> None:  # type: ignore[override]
        super().put(*entry)
        self.arrived.release()


def group_commit(counting: Counting) -> GroupCommit:
    writer = GroupCommit(counting)  # type: ignore[arg-type]
    writer._queue = Noting()
    return writer


@pytest.fixture
def counting(engine: Engine) -> Counting:
    return Counting(engine)


@pytest.fixture
def writer(counting: Counting) -> Iterator[GroupCommit]:
    writer = group_commit(counting)
    yield writer
    writer.close()


def add(id: str) -> Callable[[Tx], int]:
    return lambda tx: tx.append("person", id=id, **build.STAMP)


def persons(engine: Engine) -> list[str]:
    with engine.read() as tx:
        return [row["id"] for row in tx.all("SELECT id FROM person ORDER BY id")]


def together(writer: GroupCommit, works: list[Callable[[Tx], Any]]) -> list[Any]:
    """Submit all of it while the writer is held up, so that it waits as one batch; results or exceptions in order."""
    held, go = threading.Event(), threading.Event()
    assert isinstance(writer._queue, Noting)
    writer._queue.arrived = threading.Semaphore(0)

    def hold(_tx: Tx) -> None:
        held.set()
        go.wait()

    def submit(work: Callable[[Tx], Any]) -> Any:
        try:
            return writer.submit(work)
        except Exception as fault:
            return fault

    with ThreadPoolExecutor(len(works) + 1) as pool:
        first = pool.submit(writer.submit, hold)
        held.wait()
        waiting = [pool.submit(submit, work) for work in works]
        for _ in range(len(works) + 1):
            writer._queue.arrived.acquire()
        go.set()
        first.result()
        return [one.result() for one in waiting]


def test_work_is_kept_before_its_result_is_told(engine: Engine, writer: GroupCommit) -> None:
    assert writer.submit(add("one")) == 1
    assert persons(engine) == ["one"]


def test_what_waits_together_is_committed_together(engine: Engine, counting: Counting, writer: GroupCommit) -> None:
    results = together(writer, [add(f"{n:02}") for n in range(20)])
    assert sorted(results) == list(range(1, 21))
    assert counting.commits == 2  # the one that held it up, and all the rest
    assert len(persons(engine)) == 20


def test_a_batch_has_a_largest_size(counting: Counting, writer: GroupCommit) -> None:
    together(writer, [add(f"{n:02}") for n in range(LARGEST_BATCH + 1)])
    assert counting.commits == 3


def test_one_fault_never_spoils_the_others(engine: Engine, writer: GroupCommit) -> None:
    def faulty(tx: Tx) -> None:
        tx.append("person", id="half", **build.STAMP)
        raise LookupError("mine alone")

    def refused(tx: Tx) -> None:
        tx.run("UPDATE person SET id = 'x'")

    writer.submit(add("0"))
    results = together(writer, [add("a"), faulty, add("b"), refused, add("c")])
    assert isinstance(results[1], LookupError)
    assert isinstance(results[3], Exception)
    assert persons(engine) == ["0", "a", "b", "c"]
    with engine.read() as tx:
        assert tx.one("SELECT count(*) AS n, max(seq) AS last FROM journal") == {"n": 4, "last": 4}


def test_a_failing_database_is_told_to_who_waits_and_the_next_is_kept(engine: Engine, counting: Counting, writer: GroupCommit) -> None:
    counting.fail = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        writer.submit(add("one"))
    writer.submit(add("two"))
    assert persons(engine) == ["two"]


def test_the_writer_starts_again_when_its_thread_died(engine: Engine, writer: GroupCommit) -> None:
    writer.submit(add("one"))
    writer._queue.put(None)  # its thread ends, as if it had died
    assert writer._thread is not None
    writer._thread.join()
    writer.submit(add("two"))
    assert persons(engine) == ["one", "two"]


def test_closing_keeps_what_waits_and_refuses_more(engine: Engine, counting: Counting) -> None:
    writer = group_commit(counting)
    results = together(writer, [add(f"{n}") for n in range(5)])
    writer.close()
    assert len(results) == len(persons(engine)) == 5
    with pytest.raises(Closed):
        writer.submit(add("late"))
    writer.close()  # twice is once


def test_submitting_inside_a_transaction_is_refused_at_once(engine: Engine, writer: GroupCommit) -> None:
    with engine.write(), pytest.raises(RuntimeError, match="for ever"):
        writer.submit(add("one"))
    with pytest.raises(RuntimeError, match="for ever"):
        writer.submit(lambda _tx: writer.submit(add("one")))
    assert persons(engine) == []
