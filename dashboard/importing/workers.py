"""The server's side of the workers: a few processes, each with one request at a time."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Condition

from config.settings import ROOT
from dashboard.importing.worker import Answer, Fault, Heard, Refusal, Request, Stop, put

AT_ONCE = 2  # files at a time: more would only make each slower, and take a core from the pages
# Not -m: the messages' classes would be of __main__ there, and of this program's __main__ here.
COMMAND = [sys.executable, "-c", "from dashboard.importing.worker import main; main()"]


class Broken(Exception):
    """The worker has ended without an answer: it was stopped, or ran out of memory."""


class Stopped(Exception):
    """The worker has stopped on request, and nothing was written."""


class Unforeseen(Exception):
    """The worker met an error of ours; `kind` and `stack` say where."""

    def __init__(self, fault: Fault) -> None:
        self.kind, self.stack = fault.kind, fault.stack
        super().__init__(fault.kind)


class Worker:
    """Hold one process; `file` is the id of what it has read last."""

    def __init__(self) -> None:
        # A session of its own: Ctrl-C ends the server, whose pipes then break, and ending it takes its children too.
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            COMMAND, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
        self.file = ""
        self._broken = False

    def ask(self, request: Request, heard: Callable[[str, int, int], None]) -> Answer:
        """Send a request and listen until it is answered; raise Broken, Unforeseen or the refusal."""
        sink, source = self._process.stdin, self._process.stdout
        if sink is None or source is None:
            raise Broken
        self.file = request.staged.id
        try:
            put(sink, request)
            while isinstance(message := pickle.load(source), Heard):  # noqa: S301 - from our own worker
                heard(message.stage, message.done, message.total)
        except (EOFError, OSError, ValueError, pickle.PickleError) as error:
            self._bury()  # half a message may be on its way
            raise Broken from error
        if isinstance(message, Fault):
            self._bury()  # it was its last word
        return _answered(message)

    def _bury(self) -> None:
        self._broken = True  # a process that is dying may still look alive
        self.kill()

    @property
    def alive(self) -> bool:
        """Tell whether the process can take another request."""
        return not self._broken and self._process.poll() is None

    def stop(self) -> None:
        """Ask the process to stop its work at the next step."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process at once; the database rolls back what it had begun."""
        if self._process.poll() is None:  # else its number may be another's by now
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the process and let go of it."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _answered(message: object) -> Answer:
    if isinstance(message, Refusal):
        raise message.error()
    if isinstance(message, Fault):
        raise Unforeseen(message)
    if isinstance(message, Stop):
        raise Stopped
    if not isinstance(message, Answer):
        raise Broken
    return message


class Workers:
    """Lend workers, no more than AT_ONCE at a time, to whoever comes first."""

    def __init__(self) -> None:
        self._free: list[Worker] = []
        self._lent = 0
        self._change = Condition()

    def warm(self) -> None:
        """Start a worker while the user still looks for the file: loading its libraries takes seconds."""
        with self._change:
            if not self._free and not self._lent:
                self._free.append(Worker())

    def take(self, identity: str, patience_s: float | None = None) -> Worker | None:
        """Wait for a worker, best the one that has read the file already; None when patience ends first."""
        with self._change:
            if not self._change.wait_for(lambda: self._lent < AT_ONCE, patience_s):
                return None
            return self._lend(identity)

    def _lend(self, identity: str) -> Worker:
        dead = [worker for worker in self._free if not worker.alive]
        self._free = [worker for worker in self._free if worker.alive]
        for worker in dead:
            worker.end()
        self._free.sort(key=lambda worker: worker.file == identity)
        self._lent += 1
        return self._free.pop() if self._free else Worker()

    def give(self, worker: Worker) -> None:
        """Take a worker back; a dead one is buried."""
        if not worker.alive:
            worker.end()
        with self._change:
            self._lent -= 1
            if worker.alive:
                self._free.append(worker)
            self._change.notify()

    def close(self) -> None:
        """End all workers that are not at work."""
        with self._change:
            free, self._free = self._free, []
        for worker in free:
            worker.end()
