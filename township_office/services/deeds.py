# SPDX-License-Identifier: MulanPSL-2.0
"""What was done in this sitting, so that it can be undone: each deed is a run of entries of the change log."""

from __future__ import annotations

from dataclasses import dataclass, field

from township_office.core.text import t
from township_office.registers import BY_NAME, CHILDREN
from township_office.store import changelog, rows
from township_office.store.database import Database

LIMIT = 50
_NAME, _NUMBER = 20, 40  # characters of a title, or of its number, that stand for a row
_PARENTS = {child.name: child.parent for child in CHILDREN}


@dataclass(frozen=True, slots=True)
class Deed:
    """One action of the clerk: words say what ("登记 2026-0487"); its entries are those after seq, up to last.

    register and row_id name the row it was done to; register is "" for a reservation.
    """

    words: str
    register: str
    row_id: int
    after: int
    last: int


@dataclass(slots=True)
class Deeds:
    """The last deeds of a sitting, latest last; undone are those that can be redone, the next one last.

    on_paper: the numbered rows (register, id) a form of which was printed or saved.
    """

    done: list[Deed] = field(default_factory=list)
    undone: list[Deed] = field(default_factory=list)
    on_paper: set[tuple[str, int]] = field(default_factory=set)

    def note(self, deed: Deed) -> None:
        """Something was done: it can be undone if it has words, and what was undone before cannot be redone."""
        self.undone.clear()
        if deed.words:
            self.done.append(deed)
            del self.done[:-LIMIT]

    def forget(self) -> None:
        """Somebody else sits down."""
        self.done.clear()
        self.undone.clear()
        self.on_paper.clear()


def since(db: Database, after: int, verb: str) -> Deed | None:
    """Return what was written after an entry as one deed called verb; None when it was nothing, or settings only.

    Without a verb (an import, a series) it is a deed that cannot be undone.
    """
    if not changelog.is_about_rows(db, after):
        return None
    last, _ = changelog.head(db)
    if not verb:
        return Deed("", "", 0, after, last)
    entries = changelog.between(db, after, last)
    first = next((one for one in entries if one.table != "reservation"), entries[0])
    row = rows.get(db, first.table, first.row_id)
    register = _PARENTS.get(first.table, first.table)
    if register != first.table:
        row = rows.get(db, register, int(str(row["parent_id"])))
    number = None if first.table == "reservation" else row.get("number") or row.get("original_number")
    name = number or (row["name"] if first.table == "reservation" else row.get("title"))
    shown = " ".join(str(name or "").split())[: _NUMBER if number else _NAME]
    words = t("undo.deed", verb=verb, row=shown).strip()
    return Deed(words, register if register in BY_NAME else "", int(str(row["id"])), after, last)
