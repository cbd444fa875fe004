# SPDX-License-Identifier: MulanPSL-2.0
"""Open a doubtful workbook in a process of its own, with little memory and little time: only that process can die."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

from township_office.core.errors import OfficeError
from township_office.exchange.archives import Archive
from township_office.exchange.natives import Sheet, read_natively

MEMORY = 192 << 20  # bytes the process may take beyond what it had when it began

_starting = threading.Lock()


def read_confined(path: Path, archive: Archive, seconds: float) -> list[Sheet]:
    """Return the sheets of the workbook at path, opened by a helper process that has so many seconds.

    Raises OfficeError: "exchange.damaged", "exchange.has_password", "exchange.too_big" (also when the helper died
    for want of memory), "exchange.too_slow", or "exchange.no_helper" when this computer lets us start none.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    helper = context.Process(target=_serve, args=(sender, str(path), archive), daemon=True)
    try:
        with _starting, _nameless_main():
            helper.start()
    except (OSError, RuntimeError) as error:
        raise OfficeError("exchange.no_helper") from error
    sender.close()
    try:
        if not receiver.poll(seconds):
            raise OfficeError("exchange.too_slow")
        answer = receiver.recv()
    except (EOFError, OSError) as error:
        helper.join(1)
        # A Python error ends it with 1; want of memory, with a signal or a Windows status.
        raise OfficeError("exchange.damaged" if helper.exitcode == 1 else "exchange.too_big") from error
    finally:
        receiver.close()
        helper.kill()
        helper.join()
        helper.close()
    if isinstance(answer, str):
        raise OfficeError(answer)
    sheets: list[Sheet] = answer
    return sheets


def _serve(sender: Connection, path: str, archive: Archive) -> None:
    """Be the helper: send the sheets, or the key of what is wrong."""
    _be_silent()
    _limit_memory()
    answer: list[Sheet] | str
    try:
        answer = read_natively(Path(path).read_bytes(), archive)
    except OfficeError as error:
        answer = error.key
    except OSError:
        answer = "exchange.unreadable"
    try:
        sender.send(answer)
    except MemoryError:
        sender.send("exchange.too_big")


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep the helper from running the program's own start again: it needs this module only.

    multiprocessing imports the parent's main module in every child. Here that would be the whole window, and
    from a script that was piped in, a file that does not exist.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _be_silent() -> None:
    """A dying reader prints a page of its own; the clerk gets our sentence instead."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


if sys.platform == "win32":

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("per_process_user_time", ctypes.c_int64),
            ("per_job_user_time", ctypes.c_int64),
            ("limit_flags", ctypes.c_uint32),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_process_limit", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t),
            ("priority_class", ctypes.c_uint32),
            ("scheduling_class", ctypes.c_uint32),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("basic", _BasicLimits),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    def _limit_memory() -> None:
        """Put this process into a job that may hold MEMORY and what Python takes; without a job, time remains."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = _ExtendedLimits()
        limits.basic.limit_flags = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        limits.process_memory = MEMORY + (32 << 20)
        extended = 9  # JobObjectExtendedLimitInformation
        kernel.SetInformationJobObject(job, extended, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))

else:
    import resource

    def _limit_memory() -> None:
        """Bound the address space of this process: what it has now and MEMORY more."""
        bound = MEMORY
        statistics = Path("/proc/self/statm")
        if statistics.exists():
            bound += int(statistics.read_text("ascii").split()[0]) * resource.getpagesize()
        else:
            bound += 512 << 20
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
