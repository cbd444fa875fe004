# SPDX-License-Identifier: MulanPSL-2.0
"""One file per printed form; each builds a Page from plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from township_office.paper.blocks import Page
from township_office.paper.forms import (
    archive_box,
    archive_catalogue,
    archive_destruction,
    archive_figures,
    archive_stamp,
    archive_transfer,
    circulation_slip,
    clearance_check,
    custody_list,
    day_check_sheet,
    distribution_list,
    draft_sheet,
    duty_event_sheet,
    duty_log_sheet,
    duty_roster,
    duty_tally,
    handling_sheet,
    mishap_sheet,
    number_ledger,
    recovery_sheet,
    register_book,
)

ALL: Mapping[str, Callable[..., Page]] = {
    "register_book": register_book.build,
    "number_ledger": number_ledger.build,
    "handling_sheet": handling_sheet.build,
    "circulation_slip": circulation_slip.build,
    "draft_sheet": draft_sheet.build,
    "distribution_list": distribution_list.build,
    "duty_log_sheet": duty_log_sheet.build,
    **{f"duty_event_{key}": partial(duty_event_sheet.build, kind) for key, kind in duty_event_sheet.KINDS.items()},
    "archive_figures": archive_figures.build,
    "recovery_sheet": recovery_sheet.build,
    "mishap_sheet": mishap_sheet.build,
    "day_check_sheet": day_check_sheet.build,
    "clearance_check": clearance_check.build,
    "archive_catalogue": archive_catalogue.build,
    "archive_cover": archive_catalogue.cover,
    "archive_box_front": archive_box.front,
    "archive_spines": archive_box.spines,
    "archive_labels": archive_stamp.labels,
    "archive_stamp": archive_stamp.on_documents,
    "archive_stamp_grid": archive_stamp.position_grid,
    "archive_deed": archive_transfer.deed,
    "archive_transfer_list": archive_transfer.build,
    "archive_destruction_cover": archive_destruction.cover,
    "archive_destruction": archive_destruction.build,
    "duty_roster": duty_roster.build,
    "duty_tally": duty_tally.build,
    **{f"custody_{key}": partial(custody_list.build, key) for key in custody_list.SHEETS},
}
