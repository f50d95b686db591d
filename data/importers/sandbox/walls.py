"""Wall a process in, so that a parser taken over by a file can neither reach anything nor change anything.

Loaded by its path into child.py, which runs isolated: this file imports nothing of the program. Each wall stands or
falls alone, since kernels and containers differ in what they allow; what stands is answered by name:

- limits: memory, processor time, open files, new processes, and no byte into any file;
- quiet: no rights ever to be gained, none kept, no core dumps, and the end comes with the parent's;
- nobody: root has become a user without rights (not where Python itself lies below a closed folder);
- network: a network namespace of its own, with nothing in it;
- files: Landlock, which leaves the scratch folder and Python's own libraries to be read, and nothing to be written;
- calls: a filter of system calls: no sockets, no programs, no processes, no writing, no mounts, no spying.
"""

import ctypes
import os
import resource
import runpy
import signal
import struct
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Any

CPU_S = 100
OPEN_FILES = 64
NOBODY = 65534
CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC = 0x10000000, 0x40000000, 0x08000000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
CAPABILITY_VERSION_3 = 0x20080522
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446  # the same number on every architecture
READ = 1 << 2 | 1 << 3  # files and folders
# How many rights over files, and over the network and other processes, each version of Landlock knows.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
FILE_RIGHTS_NOW = 16
TCP, SCOPES = 0b11, 0b11
WITH_TCP, WITH_SCOPES = 4, 6

_libc = ctypes.CDLL(None, use_errno=True)


def close(folder: Path, memory_mib: int, *, open_to_all: bool) -> list[str]:
    """Close the door when all libraries are loaded, and no thread is started; name the walls that stand."""
    root = os.geteuid() == 0
    # Whoever has become nobody may no longer find these.
    readable = [os.open(path, os.O_PATH | os.O_CLOEXEC) for path in (folder, *_libraries())]
    calls: dict[str, Any] = runpy.run_path(str(Path(__file__).with_name("calls.py")))
    _limit(memory_mib)
    network = root and _libc.unshare(CLONE_NEWNET | CLONE_NEWIPC) == 0
    nobody = root and open_to_all and _become_nobody()
    network = network or _libc.unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0
    quiet = _be_quiet()
    files = _landlock(readable)
    filtered = calls["install"](_libc)
    walls = {"nobody": nobody, "network": network, "quiet": quiet, "files": files, "calls": filtered}
    return ["limits", *(name for name, stands in walls.items() if stands)]


def _libraries() -> set[Path]:
    return {Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib", "platlib")}


def _become_nobody() -> bool:
    try:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError:  # in a container that keeps root from it
        return False
    return True


def _be_quiet() -> bool:
    # Set last: a change of user takes it back.
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    kept = struct.pack("=6I", *([0] * 6))
    return not any(
        (
            _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
            _libc.capset(struct.pack("=Ii", CAPABILITY_VERSION_3, 0), kept),
        )
    )


def _limit(memory_mib: int) -> None:
    memory = memory_mib * 1024 * 1024
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _landlock(readable: Iterable[int]) -> bool:
    version = _libc.syscall(LANDLOCK_CREATE, None, 0, 1)
    if version < 1:
        return False
    handled = [
        (1 << FILE_RIGHTS.get(version, FILE_RIGHTS_NOW)) - 1,
        *([TCP] if version >= WITH_TCP else []),
        *([SCOPES] if version >= WITH_SCOPES else []),
    ]
    rules = struct.pack(f"={len(handled)}Q", *handled)
    ruleset = _libc.syscall(LANDLOCK_CREATE, rules, len(rules), 0)
    if ruleset < 0:
        return False
    for folder in readable:
        _libc.syscall(LANDLOCK_ADD, ruleset, 1, struct.pack("=Qi", READ, folder), 0)
        os.close(folder)
    closed = _libc.syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0
    os.close(ruleset)
    return bool(closed)
