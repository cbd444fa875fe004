# SPDX-License-Identifier: MulanPSL-2.0
"""Reasons that were typed and not used yet: who leaves to put something right first finds his words again.

Kept until the program is closed; a form of several fields is kept in ui.form.drafts.
"""

from __future__ import annotations

from township_office.services.office import Office

_WORDS: dict[tuple[str, str, int], str] = {}


def words(office: Office, what: str, row_id: int) -> str:
    """Return what was typed last about doing what to a row; "" when nothing was, or it was done."""
    return _WORDS.get((str(office.path), what, row_id), "")


def keep(office: Office, what: str, row_id: int, text: str) -> None:
    """Keep what is typed; "" forgets it."""
    key = (str(office.path), what, row_id)
    _WORDS[key] = text
    if not text:
        del _WORDS[key]
