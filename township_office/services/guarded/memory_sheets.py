# SPDX-License-Identifier: MulanPSL-2.0
"""The sheets around the guarded register that hold nothing of its rows; made in memory, so that no disk keeps them."""

from __future__ import annotations

from datetime import date

from township_office.paper.forms import mishap_sheet, recovery_sheet
from township_office.paper.forms.office_sheet import Imprint
from township_office.services.guarded.mishap import Mishap, shown
from township_office.services.guarded.recovery import groups
from township_office.services.printing import drawn


def recovery(office_name: str, code: str, today: date) -> bytes:
    """Return the recovery code's sheet for the envelope as a PDF; for a worker thread."""
    return drawn(recovery_sheet.build(groups(code), Imprint(office_name, "", today)))


def mishap(office_name: str, case: Mishap | None, today: date) -> bytes:
    """Return the 误录处置单 of a case as a PDF, to be filled in by hand without one; for a worker thread."""
    said, done = {}, {}
    if case:
        said = {"found_at": shown(case.found_at), "deadline": shown(case.deadline)}
        said |= {"ended_at": case.ended_at, "reported_to": case.reported_to}
        done = {key: (one.at, one.by) for key, one in case.ticks.items()}
    return drawn(mishap_sheet.build(said, done, Imprint(office_name, "", today)))
