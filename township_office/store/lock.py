# SPDX-License-Identifier: MulanPSL-2.0
"""One program at a time per data file, by an operating-system lock that dies with its process."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from township_office.core.errors import OfficeError


class FileLock:
    """Holds `<data file>.lock`. The lock is the system's, not the file's presence: a crash leaves nothing to clean."""

    def __init__(self, data_file: Path) -> None:
        # Two names of one file (a link) must not make two locks.
        path = Path(os.path.realpath(data_file))
        self._path = path.with_name(path.name + ".lock")
        self._handle: IO[bytes] | None = None
        self._is_new = False

    def take(self, holder: str) -> None:
        """Take the lock for holder (a clerk's name); raise OfficeError naming who has it, OSError when there is no way.

        Without room on the disk, or in a lock file of another login, it holds all the same, only without a name.
        """
        self._is_new = not self._path.exists()
        handle = self._open()
        try:
            _lock(handle)
        except OSError:
            # Windows refuses to read the locked byte; the name lies behind it.
            handle.seek(1)
            name = handle.read(200).decode("utf-8", "replace").strip()
            handle.close()
            raise OfficeError("error.file_in_use", holder=name or "?") from None
        self._handle = handle
        with suppress(OSError):
            handle.truncate(0)
            handle.write(b" " + f"{holder} (PID {os.getpid()})".encode())

    def _open(self) -> IO[bytes]:
        try:
            return self._path.open("a+b", buffering=0)
        except PermissionError:
            if self._is_new:
                raise
            return self._path.open("rb", buffering=0)

    def release(self) -> None:
        """Give the lock back; harmless when not held."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    def withdraw(self) -> None:
        """Give the lock back and leave no new lock file behind: there was nothing of ours to lock."""
        is_held = self._handle is not None
        self.release()
        if is_held and self._is_new:
            with suppress(OSError):
                self._path.unlink()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: IO[bytes]) -> None:
        fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
