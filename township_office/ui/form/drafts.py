# SPDX-License-Identifier: MulanPSL-2.0
"""Forms that were begun and not saved: written through while the clerk types, offered again at the next opening.

One small file per office file and register. A text that carries a state-secret mark is never written; nor is
anything else of that form, for a title beside 机密★ is as secret as the mark (保密法 art. 31).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from township_office.core.fields import Book
from township_office.core.gate import has_secret_mark
from township_office.core.values import SECRET_LEVELS
from township_office.registers.common import SECRECY_LEVELS
from township_office.ui import memory

KEPT = 9  # unfinished forms of one register; a clerk with more has forgotten them


@dataclass(frozen=True, slots=True)
class Begun:
    """One unfinished form: the row it corrects (None for a new one) and the texts as typed."""

    id: str
    row: int | None
    at: str  # ISO seconds
    texts: dict[str, str]


class Drafts:
    """The unfinished forms of one book of one office file; row is that of the register where the book is a child.

    part: of one step of it, which has a form of its own.
    """

    def __init__(self, office_file: Path, register: Book, part: str = "") -> None:
        from hashlib import sha256  # it brings OpenSSL along: not before somebody types

        where = sha256(str(office_file.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self._name = f"drafts/{where}-{'-'.join(filter(None, (register.name, part)))}.json"

    def last(self, row: int | None) -> Begun | None:
        """Return the newest unfinished form for row (None: for a new record)."""
        return next((begun for begun in reversed(self._all()) if begun.row == row), None)

    def keep(self, draft_id: str, row: int | None, texts: Mapping[str, str]) -> bool:
        """Write texts through under draft_id; False when the disk refused. A secret form is dropped instead."""
        others = [begun for begun in self._all() if begun.id != draft_id]
        if is_secret(texts):
            return self._write(others)
        now = datetime.now().isoformat(timespec="seconds")
        return self._write([*others, Begun(draft_id, row, now, dict(texts))][-KEPT:])

    def drop(self, draft_id: str) -> None:
        """The form was saved, or the clerk does not want it any more."""
        everything = self._all()
        others = [begun for begun in everything if begun.id != draft_id]
        if len(others) < len(everything):
            self._write(others)

    def _all(self) -> list[Begun]:
        kept = memory.read(self._name)
        return [begun for item in kept if (begun := _begun(item))] if isinstance(kept, list) else []

    def _write(self, everything: list[Begun]) -> bool:
        if everything:
            return memory.write(self._name, [asdict(begun) for begun in everything])
        memory.forget(self._name)
        return True


def new_id() -> str:
    """Return the name of a form that is about to be typed."""
    return uuid4().hex


def is_secret(texts: Mapping[str, str]) -> bool:
    """Say whether a form is about a state secret: a mark anywhere, or its level as the level."""
    level = texts.get("secrecy_level", "").strip()
    is_state_secret = level not in SECRECY_LEVELS and any(mark in level for mark in SECRET_LEVELS)
    return is_state_secret or any(map(has_secret_mark, texts.values()))


def _begun(item: object) -> Begun | None:
    """Read one kept form; a file edited by another hand may hold anything."""
    match item:
        case {"id": str(draft_id), "row": int() | None as row, "at": str(at), "texts": dict(texts)}:
            sound = {str(name): text for name, text in texts.items() if isinstance(text, str)}
            return Begun(draft_id, row, at, sound)
        case _:
            return None
