# SPDX-License-Identifier: MulanPSL-2.0
"""The program's log: warnings and worse in a file of its own, for whoever looks after the PC. Never a clerk's words."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

import platformdirs

_BYTES, _COPIES = 500_000, 2
_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


def keep_log() -> None:
    """Write warnings and worse to the log, unless this process keeps one already; one that cannot be stops nobody."""
    root = logging.getLogger()
    if root.handlers:
        return
    handler: logging.Handler
    try:
        folder = platformdirs.user_log_path("township-office", appauthor=False, ensure_exists=True)
        handler = RotatingFileHandler(
            folder / "program.log", maxBytes=_BYTES, backupCount=_COPIES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORM))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.raiseExceptions = False  # a full disk is told by whoever fails to save, not by the log
    logging.captureWarnings(capture=True)
