# SPDX-License-Identifier: MulanPSL-2.0
"""The program's log: warnings and worse in a file of its own, for whoever looks after the PC. Never a clerk's words."""

from __future__ import annotations

import logging

import platformdirs

_BYTES, _COPIES = 500_000, 2
_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


def keep_log() -> None:
    """Write warnings and worse to the log, unless this process keeps one already; one that cannot be stops nobody."""
    root = logging.getLogger()
    if root.handlers:
        return
    handler = _LogFile()
    handler.setFormatter(logging.Formatter(_FORM))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a full disk is told by whoever fails to save, not by the log
    logging.captureWarnings(capture=True)


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
        folder = platformdirs.user_log_path("township-office", appauthor=False, ensure_exists=True)
        return RotatingFileHandler(
            folder / "program.log", maxBytes=_BYTES, backupCount=_COPIES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return logging.NullHandler()
