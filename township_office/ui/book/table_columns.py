# SPDX-License-Identifier: MulanPSL-2.0
"""Which columns the table of a register has, in the office's order and words."""

from __future__ import annotations

from township_office.core.fields import Field, Register
from township_office.core.text import t
from township_office.services import settings
from township_office.services.office import Office
from township_office.services.standing import standings
from township_office.ui.book.table_model import NUMBER, STATUS

_MARK_ROOM = 2  # characters beside a number, for the mark of a back-dated row


def table_columns(office: Office, register: Register, *, is_typing: bool = False) -> list[Field]:
    """Return the table's columns in the office's order; a table without the number could not be read aloud.

    is_typing: a row is typed in it, which no required field may be missing from.
    """
    shown = {field.name: field for field in settings.columns(office, register)}
    number, status = (settings.declared_width(register, name) for name in (NUMBER, STATUS))
    longest = max(len(state.label) for state in standings(office, register).values())
    status = max(status, 3 + longest * 3 // 2)  # the office's own words may be longer
    own = {
        NUMBER: Field(NUMBER, register.number_label, width=number + _MARK_ROOM),
        STATUS: Field(STATUS, t("ui.status"), width=status),
    }
    names = settings.column_names(office, register)
    required = [field for field in register.fields if field.required and field.name not in names]
    first = [] if NUMBER in names else [NUMBER]
    if is_typing:
        first += [field.name for field in required]
    known = own | shown | {field.name: field for field in required}
    return [known[name] for name in [*first, *names]]
