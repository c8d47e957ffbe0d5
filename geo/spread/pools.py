"""Where parts are read: processes of this machine, or the workers of a Dask scheduler.

Each is an executor behind one small protocol that also says what a lost worker looks like.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from geo.errors import InputError, WorkersError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor, Future
    from types import TracebackType

Result = TypeVar("Result")
AHEAD: Final = 3
"""Tasks on their way for each worker: one it reads, the others so that it never waits."""
CONNECT_S: Final = 15.0
COUNT_S: Final = 5.0
"""Seconds for which the number of a cluster's workers is remembered."""
NOBODY_S: Final = 60.0
"""Seconds without any worker after which a cluster is given up."""


class Pool(Protocol):
    """An executor with what is needed to go on when a worker is lost."""

    lost: tuple[type[BaseException], ...]
    """Exceptions of a future whose worker died."""

    @property
    def window(self) -> int:
        """How many tasks may be on their way."""
        ...

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Hand out a task."""
        ...

    def renew(self) -> None:
        """Take lost workers' places, where nobody else does."""
        ...

    def look(self) -> None:
        """Raise :class:`WorkersError` if nobody works any more."""
        ...

    def __enter__(self) -> Pool: ...

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None: ...


class LocalPool:
    """Processes of this machine, or threads of this process.

    Parameters
    ----------
    jobs : int
        How many.
    threads : bool, default False
        Threads: for a reader that mostly waits for a service.
    """

    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, jobs: int, *, threads: bool = False) -> None:
        self.jobs, self.threads = jobs, threads
        self._executor = self._new()

    @property
    def window(self) -> int:
        """How many tasks may be on their way."""
        return self.jobs * AHEAD

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Hand out a task, to new workers if the old ones died meanwhile."""
        try:
            return self._executor.submit(function, *arguments)
        except BrokenExecutor:
            self.renew()
            return self._executor.submit(function, *arguments)

    def renew(self) -> None:
        """Start other workers in the place of a pool that broke: one dead process makes all of it unusable."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = self._new()

    def look(self) -> None:
        """Its own processes cannot be away: a dead one is told at once."""

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._executor.shutdown(wait=kind is None, cancel_futures=True)

    def _new(self) -> Executor:
        if self.threads:
            return ThreadPoolExecutor(self.jobs)
        # Not forked: a fork would copy open connections and locks of other threads.
        return ProcessPoolExecutor(self.jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Begin a worker: Ctrl+C is the parent's to handle, and a worker ends when its parent does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


class DaskPool:
    """Workers of a Dask scheduler, which gives the tasks of a lost worker to the others by itself.

    Parameters
    ----------
    scheduler : str
        Its address, as "tcp://10.0.0.5:8786".

    Raises
    ------
    InputError
        Dask is not installed.
    WorkersError
        Nobody answers at the address, or no worker is there.
    """

    def __init__(self, scheduler: str) -> None:
        try:
            from distributed import Client
            from distributed.client import FutureCancelledError
            from distributed.scheduler import KilledWorker
        except ImportError as error:
            remedy = "Install it: pip install -r requirements-extra.txt"
            raise InputError("--scheduler needs Dask distributed, which is not installed", remedy=remedy) from error
        self.lost: tuple[type[BaseException], ...] = (KilledWorker, FutureCancelledError)
        self._scheduler, self._known, self._ask_again = scheduler, 0, 0.0
        try:
            self._client: Any = _untyped(Client)(scheduler, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise WorkersError(f"no Dask scheduler answers at {scheduler} ({error})") from error
        try:
            self._client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError as error:
            self._client.close()
            raise WorkersError(
                f"the scheduler {scheduler} has no worker. Start one: python -m dask worker {scheduler}"
            ) from error
        self._demand_program()
        # Not "pure": Dask would hash every task to look for one it already knows.
        self._executor = self._client.get_executor(pure=False)

    @property
    def window(self) -> int:
        """How many tasks may be on their way; more when workers join, of whom the scheduler is asked now and then."""
        if time.monotonic() >= self._ask_again:
            self._known, self._ask_again = self._workers(), time.monotonic() + COUNT_S
        return max(1, self._known) * AHEAD

    def submit(self, function: Callable[..., Result], *arguments: Any) -> Future[Result]:
        """Hand out a task."""
        future: Future[Result] = self._executor.submit(function, *arguments)
        return future

    def renew(self) -> None:
        """Do nothing: the scheduler does it."""

    def look(self) -> None:
        """Raise :class:`WorkersError` if the scheduler is gone or has had no worker for a while."""
        if self._client.status != "running":
            raise WorkersError(f"the scheduler {self._scheduler} is gone. What was read is stored; run it again")
        if self._workers() == 0:
            try:
                self._client.wait_for_workers(1, timeout=NOBODY_S)
            except TimeoutError as error:
                raise WorkersError(
                    f"the scheduler {self._scheduler} has no worker any more. What was read is stored; run it again"
                ) from error

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._executor.shutdown(wait=kind is None)
        self._client.close()

    def _demand_program(self) -> None:
        """Refuse workers that have not this program: Dask ends a worker that is handed what it cannot import."""
        try:
            self._client.run(importlib.import_module, "geo.spread.work")
        except ImportError as error:
            self._client.close()
            raise WorkersError(
                f"a worker of {self._scheduler} cannot import this program ({error}). "
                f"Start it in a checkout: python -m dask worker {self._scheduler} --nthreads 1"
            ) from error

    def _workers(self) -> int:
        threads: Mapping[str, int] = self._client.nthreads()
        return sum(threads.values())


def _untyped(thing: Any) -> Any:
    """Take for untyped what tells only half of its types."""
    return thing


def _dask(*, scheduler: str) -> Pool:
    return DaskPool(scheduler)


def _processes(*, jobs: int) -> Pool:
    return LocalPool(jobs)


def _threads(*, jobs: int) -> Pool:
    return LocalPool(jobs, threads=True)


POOLS: Mapping[str, Callable[..., Pool]] = {"processes": _processes, "threads": _threads, "dask": _dask}
"""Ways to spread a build, by name."""


def open_pool(name: str, **options: Any) -> Pool:
    """Make a pool: "processes" and "threads" want ``jobs``, "dask" wants ``scheduler``."""
    return POOLS[name](**options)
