# SPDX-License-Identifier: MulanPSL-2.0
"""The program's log: warnings and worse in a file of its own, for whoever looks after the PC. Never a clerk's words."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_BYTES, _COPIES = 500_000, 2
_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


def keep_log() -> None:
    """Write warnings and worse to the log, unless this process keeps one already; one that cannot be stops nobody."""
    root = logging.getLogger()
    if root.handlers:
        return
    root.addHandler(log_handler())
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a full disk is told by whoever fails to save, not by the log
    logging.captureWarnings(capture=True)


def log_handler() -> logging.Handler:
    """Return what writes a line into the log; the file is made with the first."""
    handler = _LogFile()
    handler.setFormatter(_Silent(_LINE))
    return handler


def lines() -> Iterator[str]:
    """Yield what the log says, the oldest line first; nothing where there is none."""
    name = _path()
    for path in (*(name.with_name(f"{name.name}.{age}") for age in range(_COPIES, 0, -1)), name):
        try:
            yield from path.read_text("utf-8", "replace").splitlines()
        except OSError:
            continue


class _Silent(logging.Formatter):
    """Tells of a fault its kind and the way to it. What it says itself may be a title, a name or a 份号."""

    def format(self, record: logging.LogRecord) -> str:
        """Word a line; what another handler made of its fault is made anew."""
        record.exc_text = None
        return super().format(record)

    def formatException(  # noqa: N802 — the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return the trace of a fault, and of those it came from, without their words."""
        error, lines, seen = ei[1], [], set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            frames = "".join(traceback.format_tb(error.__traceback__))
            lines.append(f"{frames}{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


class _LogFile(logging.Handler):
    """A file that is made with its first line: on most days nothing is logged, and the window need not wait for it."""

    _file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        if self._file is None:
            self._file = _opened()
            self._file.setFormatter(self.formatter)
        self._file.handle(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


def _opened() -> logging.Handler:
    # It loads sockets and pickles: as long as the first page takes to be painted.
    from logging.handlers import RotatingFileHandler

    try:
        path = _path()
        path.parent.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(
            path, maxBytes=_BYTES, backupCount=_COPIES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return logging.NullHandler()


def _path() -> Path:
    import platformdirs  # with the first line only: it brings 5 MB along

    return platformdirs.user_log_path("township-office", appauthor=False) / "program.log"
