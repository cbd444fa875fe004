# SPDX-License-Identifier: MulanPSL-2.0
"""What this PC remembers for its clerks beside the office file: half-typed forms, recent files, open folds.

Nothing of it belongs to the office's books: it may be lost with the PC and nobody misses a row. A memory that
cannot be read or written is no reason to stop anybody's work, so nothing here raises.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from township_office.core.gate import has_secret_mark

log = logging.getLogger(__name__)

_NOTES = "screen.json"
_RECENT, _CLERK = "recent_files", "clerk"
_OFFICES_KEPT = 6


def folder() -> Path:
    """Return where this PC keeps the clerk's own data of this program."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(place) / "township-office"


def read(name: str) -> object:
    """Return what write() kept under name; None when there is nothing or it cannot be read."""
    try:
        return json.loads((folder() / name).read_text("ascii"))
    except (OSError, ValueError):
        return None


def write(name: str, value: object) -> bool:
    """Keep value (plain JSON) under name, whole or not at all; False when the disk refused.

    Nothing that bears a state-secret mark is kept beside the office file either (保密法 art. 31).
    """
    if has_secret_mark(json.dumps(value, ensure_ascii=False)):
        return False
    path = folder() / name
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # ASCII with escapes: a lone half character typed by mistake must survive the round trip too.
        partial.write_text(json.dumps(value), "ascii")
        partial.replace(path)
    except OSError as error:
        log.warning("cannot keep %s: %s", name, type(error).__name__)
        return False
    return True


def forget(name: str) -> None:
    """Drop what was kept under name."""
    try:
        (folder() / name).unlink(missing_ok=True)
    except OSError as error:
        log.warning("cannot drop %s: %s", name, type(error).__name__)


def recall(key: str) -> object:
    """Return one small habit of the screen (an open fold, the recent files), None when never set."""
    notes = read(_NOTES)
    return notes.get(key) if isinstance(notes, dict) else None


def recall_texts(key: str) -> list[str]:
    """Return a remembered list of texts; whatever else lies there is left out."""
    kept = recall(key)
    return [text for text in kept if isinstance(text, str)] if isinstance(kept, list) else []


def remember(key: str, value: object) -> None:
    """Keep one small habit of the screen."""
    notes = read(_NOTES)
    write(_NOTES, {**(notes if isinstance(notes, dict) else {}), key: value})


def remember_first(key: str, text: str, keep: int) -> None:
    """Put text at the head of a remembered list of at most keep texts, once."""
    remember(key, [text, *(other for other in recall_texts(key) if other != text)][:keep])


def recent_offices() -> list[Path]:
    """Return the office files opened here, the last one first."""
    return [Path(text) for text in recall_texts(_RECENT)][:_OFFICES_KEPT]


def remember_office(path: Path) -> None:
    """Note that this office file was opened just now."""
    remember_first(_RECENT, str(path), _OFFICES_KEPT)


def last_clerk(path: Path) -> str:
    """Return who sat at an office file last, "" when nobody did here."""
    kept = recall(f"{_CLERK}.{path}")
    return kept if isinstance(kept, str) else ""


def remember_clerk(path: Path, name: str) -> None:
    """Note that this clerk sits at an office file now."""
    remember(f"{_CLERK}.{path}", name)
