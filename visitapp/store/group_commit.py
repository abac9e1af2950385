"""One thread writes for everybody. A durable commit costs the same for one record as for many, so requests queue their work and wait, and
whatever waits when the writer is free goes into one transaction. Nobody is told that something is kept before it is on disk.

A batch never suffers from one of its members: when any fails, the batch is rolled back and each is done again alone. Work must therefore be
safe to do twice: it may only speak to its transaction.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

from visitapp.store.engine import Engine
from visitapp.store.tx import Tx

T = TypeVar("T")
LARGEST_BATCH = 64
"""Enough to amortise a commit, few enough that nobody waits long for the others."""


class Closed(RuntimeError):
    """The writer has been closed: nothing more is kept."""


class _Work:
    """Something to write, and the promise to whoever waits for it."""

    def __init__(self, do: Callable[[Tx], Any]) -> None:
        self.do = do
        self.promise: Future[Any] = Future()


class GroupCommit:
    """The writer of one process. Its thread starts with the first work, and starts again should it ever have died."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Work | None] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, work: Callable[[Tx], T]) -> T:
        """Do the work in a writing transaction and return its result once that is committed; raises whatever the work raised."""
        if self._engine.busy() or threading.current_thread() is self._thread:
            raise RuntimeError("This thread has a transaction open: the writer would wait for it for ever.")
        waiting = _Work(work)
        with self._starting:
            if self._closed:
                raise Closed("The service is stopping; nothing more is kept.")
            self._queue.put(waiting)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._write_all, name="writer", daemon=True)
                self._thread.start()
        return cast(T, waiting.promise.result())

    def close(self) -> None:
        """Take no more, finish what waits, and stop."""
        with self._starting:
            self._closed = True
            thread = self._thread
            self._queue.put(None)
        if thread is not None:
            thread.join()

    def _write_all(self) -> None:
        stopping = False
        while not stopping:
            batch, stopping = self._next_batch()
            if batch:
                self._write(batch)

    def _next_batch(self) -> tuple[list[_Work], bool]:
        """What waits now, at least one; and whether the writer is to stop after it."""
        batch: list[_Work] = []
        entry = self._queue.get()
        while entry is not None:
            batch.append(entry)
            if len(batch) == LARGEST_BATCH:
                return batch, False
            try:
                entry = self._queue.get_nowait()
            except Empty:
                return batch, False
        return batch, True

    def _write(self, batch: list[_Work]) -> None:
        try:
            with self._engine.write() as tx:
                results = [work.do(tx) for work in batch]
        except BaseException as fault:
            if len(batch) == 1:
                batch[0].promise.set_exception(fault)
            else:
                for work in batch:
                    self._write([work])
            return
        for work, result in zip(batch, results, strict=True):
            work.promise.set_result(result)
