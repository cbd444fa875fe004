# SPDX-License-Identifier: MulanPSL-2.0
"""Print a form that goes with one document: 文件处理单, 传阅单, 发文稿纸, 分发表; with a day or an event on duty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from township_office.core.fields import Child, Register, Value
from township_office.core.progress import Progress, silent
from township_office.paper.blocks import Page
from township_office.paper.forms import (
    circulation_slip,
    distribution_list,
    draft_sheet,
    duty_event_sheet,
    duty_log_sheet,
    handling_sheet,
)
from township_office.paper.forms.office_sheet import LEAST_BINDING_MARGIN, Imprint
from township_office.registers.circulation import CIRCULATION
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT
from township_office.registers.duty.log import DUTY_CALL, DUTY_LOG
from township_office.registers.receipt import RECEIPT
from township_office.registers.series import open_number
from township_office.services import children, numbers, records
from township_office.services.checking import chain_head
from township_office.services.office import Office
from township_office.services.printing import Printed, suffix_of, write_page
from township_office.services.roster import log
from township_office.services.settings import get_setting, leaders, office_name
from township_office.store.records import Row

_FILES = (".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one document: its title, the register the document is in, and the rows of it that go on the form."""

    title: str
    register: Register
    child: Child
    build: Callable[..., Page]
    beside: Callable[[Office, Row], Sequence[Row]] | None = None  # what build wants besides, as events


FORMS: Mapping[str, Form] = {
    "handling_sheet": Form(handling_sheet.TITLE, RECEIPT, CIRCULATION, handling_sheet.build),
    "circulation_slip": Form(circulation_slip.TITLE, RECEIPT, CIRCULATION, circulation_slip.build),
    "draft_sheet": Form(draft_sheet.TITLE, DISPATCH, DISTRIBUTION, draft_sheet.build),
    "distribution_list": Form(distribution_list.TITLE, DISPATCH, DISTRIBUTION, distribution_list.build),
    "duty_log_sheet": Form(duty_log_sheet.TITLE, DUTY_LOG, DUTY_CALL, duty_log_sheet.build, log.events_of),
    **{
        f"duty_event_{key}": Form(
            f"{duty_event_sheet.TITLE}（{kind}）", DUTY_EVENT, DUTY_REPORT, partial(duty_event_sheet.build, kind)
        )
        for key, kind in duty_event_sheet.KINDS.items()
    },
}


@dataclass(frozen=True, slots=True)
class FormRequest:
    """Which form (a key of FORMS) of which row."""

    form: str
    row_id: int


def print_form(office: Office, request: FormRequest, path: Path, today: date, progress: Progress = silent) -> Printed:
    """Write a form to path as .pdf or .docx by its suffix; raise OfficeError saying what to do."""
    suffix_of(path, _FILES)
    form = FORMS[request.form]
    row = records.get(office, form.register, request.row_id)
    row["number"] = _number(office, form.register, row, today)
    rows = children.children(office, form.child, request.row_id)
    imprint = Imprint(office_name(office), "", today, chain_head(office))
    beside = {"events": form.beside(office, row)} if form.beside else {}
    page = form.build(row, rows, imprint, leaders(office), **beside)
    margin = max(float(get_setting(office, "print.binding_mm")), LEAST_BINDING_MARGIN)
    page = replace(page, sheet=replace(page.sheet, left=margin))
    return write_page(page, path, 1, (None, None), progress)


def note_on_paper(office: Office, request: FormRequest) -> None:
    """Note that a form bears the row's number now: for the rest of this sitting that number is not taken back."""
    register = FORMS[request.form].register
    if records.get(office, register, request.row_id)["number"] is not None:
        office.deeds.on_paper.add((register.name, request.row_id))


def _number(office: Office, register: Register, row: Mapping[str, Value], today: date) -> Value:
    """Return the number of a row; of a draft what is known of it before it is signed."""
    if register is not DISPATCH or row["number"] or row["entry"] == "imported":
        return row["number"]
    known = (series for series in numbers.all_series(office, register) if series.code == row["series"])
    return next((open_number(series, today) for series in known), None)
