"""A few processes that work through a list of files; a file on which one of them dies costs that file only.

Not ``concurrent.futures``: its pool breaks as a whole when one process dies, and cannot say on which task.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, NamedTuple, TypeVar

Task = TypeVar("Task")
_CONTEXT = multiprocessing.get_context("spawn")  # not fork: the caller has threads
_STOP_SECONDS = 5


class Done(NamedTuple, Generic[Task]):
    """A task that is over: ``fault`` is a sentence, "" where all went well."""

    task: Task
    fault: str


class _Worker(Generic[Task]):
    """One process, at one task at a time."""

    def __init__(self, work: Callable[[Task], str]) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process: SpawnProcess = _CONTEXT.Process(target=_serve, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None

    def give(self, task: Task) -> None:
        self.task = task
        # A process that has died meanwhile is noticed when its answer is waited for.
        with contextlib.suppress(OSError):
            self.pipe.send(task)

    def stop(self) -> None:
        self.pipe.close()
        if self.task is not None:
            self.process.terminate()
        self.process.join(_STOP_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def work_through(tasks: Iterable[Task], work: Callable[[Task], str], processes: int) -> Iterator[Done[Task]]:
    """Do each task in one of some processes, and give it back as it is done, in any order.

    ``work`` is a function of a module and answers with a fault as a sentence, or "". When the caller stops asking
    (an exception, Ctrl+C) the processes are stopped too; when the caller is killed they end with their task.
    """
    waiting = iter(tasks)
    workers: list[_Worker[Task]] = []
    try:
        for task in waiting:
            workers.append(_Worker(work))
            workers[-1].give(task)
            if len(workers) == processes:
                break
        while busy := {worker.pipe: worker for worker in workers if worker.task is not None}:
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]  # what is waited for are the pipes given
                done, fault = worker.task, _answer(worker)
                if fault is None:
                    workers.remove(worker)
                    worker = _Worker(work)
                    workers.append(worker)
                    fault = "It ended the process that read it (out of memory?)."
                worker.task = None
                if (following := next(waiting, None)) is not None:
                    worker.give(following)
                if done is not None:
                    yield Done(done, fault)
    finally:
        for worker in workers:
            worker.stop()


def _answer(worker: _Worker[Task]) -> str | None:
    """Give the worker's answer; None where its process is gone."""
    try:
        return str(worker.pipe.recv())
    except (EOFError, OSError):
        worker.task = None
        worker.stop()
        return None


def _serve(pipe: Connection, work: Callable[[Task], str]) -> None:
    """Work for the process at the other end of the pipe until it hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process; the caller decides
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))
