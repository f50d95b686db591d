"""The filter of system calls: what no parser needs fails with "not permitted".

A list of what is closed and not of what is open, since the C library of the next system calls what this one doesn't.
Numbers are those of the kernel's own tables, for x86-64 and for 64-bit ARM (none where a call does not exist there).
"""

import ctypes
import os
import platform
import struct

PR_SET_SECCOMP, MODE_FILTER = 22, 2
LOAD, EQUAL, AT_LEAST, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
ALLOW, KILL, NOT_PERMITTED, UNKNOWN = 0x7FFF0000, 0x80000000, 0x00050000 | 1, 0x00050000 | 38
NUMBER, ARCHITECTURE, FIRST_ARGUMENT, ARGUMENT = 0, 4, 16, 8  # offsets in bytes
X32 = 0x40000000  # the same kernel under other numbers
CLONE_THREAD = 0x00010000
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

CLOSED = (
    # sockets
    *((41, 198), (53, 199), (42, 203), (49, 200), (50, 201), (43, 202), (288, 242), (44, 206), (46, 211), (307, 269)),
    # programs and processes: execve, execveat, fork, vfork
    *((59, 221), (322, 281), (57, None), (58, None)),
    # other processes: kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, ptrace, process_vm_*, kcmp, pidfd_*
    *((62, 129), (200, 130), (129, 138), (297, 240), (101, 117), (310, 270), (311, 271), (312, 272)),
    *((424, 424), (434, 434), (438, 438)),
    # what changes files without opening them: creat, unlink*, rename*, mkdir*, rmdir, link*, symlink*, mknod*
    *((85, None), (87, None), (263, 35), (82, None), (264, 38), (316, 276), (83, None), (258, 34), (84, None)),
    *((86, None), (265, 37), (88, None), (266, 36), (133, None), (259, 33)),
    # chmod and chown in all their forms, truncate, utimensat, extended attributes, memfd_create, fallocate
    *((90, None), (91, 52), (268, 53), (452, 452), (92, None), (93, 55), (94, None), (260, 54), (76, 45), (77, 46)),
    *((280, 88), (188, 5), (189, 6), (190, 7), (197, 14), (198, 15), (199, 16), (319, 279), (285, 47)),
    # file systems and namespaces: mount, umount2, pivot_root, chroot, unshare, setns, handles, the new mount calls
    *((165, 40), (166, 39), (155, 41), (161, 51), (272, 97), (308, 268), (303, 264), (304, 265)),
    *((428, 428), (429, 429), (430, 430), (431, 431), (432, 432), (433, 433), (442, 442)),
    # the kernel itself: bpf, perf, userfaultfd, io_uring, aio, keys, modules, kexec, reboot, swap, personality
    *((321, 280), (298, 241), (323, 282), (425, 425), (426, 426), (427, 427), (206, 0), (248, 217), (249, 218)),
    *((250, 219), (246, 104), (175, 105), (313, 273), (176, 106), (169, 142), (167, 224), (168, 225), (135, 92)),
    # memory and queues shared with others: shmget, shmat, semget, msgget, mq_open
    *((29, 194), (30, 196), (64, 190), (68, 186), (240, 180)),
)
# clone3 and openat2 hide their flags from filters: the C library then takes clone and openat.
UNKNOWN_HERE = ((435, 435), (437, 437))
OPEN, OPENAT, CLONE = (2, None), (257, 56), (56, 220)
ON_ITSELF = ((234, 131), (302, 261))  # tgkill and prlimit64: on itself alone


def install(libc: ctypes.CDLL) -> bool:
    """Put the filter in force for good; False where the machine is unknown or the kernel refuses."""
    if platform.machine() not in MACHINES:
        return False
    code = b"".join(_program(*MACHINES[platform.machine()]))
    held = ctypes.create_string_buffer(code, len(code))
    # struct sock_fprog: the number of instructions, and where they are
    program = struct.pack("@HP", len(code) // 8, ctypes.addressof(held))
    return bool(libc.prctl(PR_SET_SECCOMP, MODE_FILTER, program, 0, 0) == 0)


def _program(column: int, machine: int) -> list[bytes]:
    made = [
        _step(LOAD, ARCHITECTURE),
        _step(EQUAL, machine, 1, 0),
        _step(RETURN, KILL),
        _step(LOAD, NUMBER),
        _step(AT_LEAST, X32, 0, 1),
        _step(RETURN, NOT_PERMITTED),
    ]
    made += _always(CLOSED, column, NOT_PERMITTED) + _always(UNKNOWN_HERE, column, UNKNOWN)
    for call, argument, bits in ((OPEN, 1, WRITING), (OPENAT, 2, WRITING)):
        made += _asked(call[column], argument, _step(ANY_BIT, bits, 0, 1))
    made += _asked(CLONE[column], 0, _step(ANY_BIT, CLONE_THREAD, 1, 0))
    for pair in ON_ITSELF:
        made += _asked(pair[column], 0, _step(EQUAL, 0, 2, 0), _step(EQUAL, os.getpid(), 1, 0))
    return [*made, _step(RETURN, ALLOW)]


def _always(calls: tuple[tuple[int | None, int | None], ...], column: int, answer: int) -> list[bytes]:
    numbers = [call[column] for call in calls]
    return [
        step for number in numbers if number is not None for step in (_step(EQUAL, number, 0, 1), _step(RETURN, answer))
    ]


def _asked(number: int | None, argument: int, *tests: bytes) -> list[bytes]:
    """Refuse one call by the low half of one of its arguments; the tests jump over the refusal where it is allowed."""
    if number is None:
        return []
    told = [_step(LOAD, FIRST_ARGUMENT + ARGUMENT * argument), *tests, _step(RETURN, NOT_PERMITTED)]
    return [_step(EQUAL, number, 0, len(told) + 1), *told, _step(LOAD, NUMBER)]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
