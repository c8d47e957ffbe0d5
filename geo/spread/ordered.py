"""Runs a function over many tasks on an executor and gives the results in order, with few of them in memory at once."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.spread.pools import Pool

Task = TypeVar("Task")
Result = TypeVar("Result")

ALONE: Final = 2
"""Times that a task whose worker died is tried by itself before it is given up."""
LOOK_S: Final = 20.0
"""Seconds without a result after which it is asked whether anybody works at all."""


def ordered(
    pool: Pool,
    function: Callable[[Any], Result],
    tasks: Iterable[Task],
    *,
    ready: Callable[[Task], Result | None] = lambda _: None,
) -> Iterator[tuple[Task, Result | None]]:
    """Run a function over tasks.

    Parameters
    ----------
    pool : Pool
        Where it runs; it says how many may be on their way.
    function : callable
        Gives the same for the same task, so a task may run twice.
    tasks : iterable
        Taken only as fast as results are.
    ready : callable, optional
        Gives the result of a task that needs no worker, else None.

    Yields
    ------
    (task, result or None)
        In the order of the tasks; None where worker after worker died of a task.

    Raises
    ------
    WorkersError
        Nobody is left to work.
    Exception
        What the function raises.
    """
    source, waiting = iter(tasks), deque[tuple[Task, Future[Result]]]()
    try:
        while True:
            while len(waiting) < pool.window and (task := next(source, None)) is not None:
                made = ready(task)
                waiting.append((task, pool.submit(function, task) if made is None else _done(made)))
            if not waiting:
                return
            task, future = waiting[0]
            _await(pool, future)
            try:
                result: Result | None = future.result()
            except pool.lost:
                pool.renew()
                result = by_itself(pool, function, task)
                for position in range(1, len(waiting)):
                    other, its = waiting[position]
                    if its.done() and (its.cancelled() or isinstance(its.exception(), pool.lost)):
                        waiting[position] = other, pool.submit(function, other)
            waiting.popleft()
            yield task, result
    finally:
        for _, future in waiting:
            future.cancel()


def by_itself(pool: Pool, function: Callable[[Any], Result], task: object) -> Result | None:
    """Run a task with nothing beside it; None if workers die again, so that it is this task which kills them."""
    for _ in range(ALONE):
        future = pool.submit(function, task)
        _await(pool, future)
        try:
            return future.result()
        except pool.lost:
            pool.renew()
    return None


def _done(result: Result) -> Future[Result]:
    future: Future[Result] = Future()
    future.set_result(result)
    return future


def _await(pool: Pool, future: Future[Result]) -> None:
    while not wait([future], timeout=LOOK_S).done:
        pool.look()
