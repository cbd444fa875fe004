# SPDX-License-Identifier: MulanPSL-2.0
"""The office's own words for standings: everywhere a person reads them, nowhere a program does."""

from __future__ import annotations

from datetime import date

import pytest

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.registers import ALL
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import STATES, state_of
from township_office.services import exporting, printing, records, settings, sheets, steps
from township_office.services.browsing import View, row_ids
from township_office.services.office import Office
from township_office.services.standing import standing_of, standings, status_words

TODAY = date(2026, 11, 20)
KEY = "receipt.status_words"


@pytest.fixture
def worded(office: Office, draft) -> Office:
    settings.set_setting(office, KEY, "open=承办中,completed=办毕")
    records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    records.register_document(office, RECEIPT, draft("receipt", completed_on="2026-11-20"), TODAY)
    return office


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
def test_without_words_of_its_own_an_office_has_the_usual_ones(register: Register, office: Office):
    assert tuple(standings(office, register).values()) == STATES[register.name]
    assert status_words(office, register) == {}


def test_keys_and_tones_stay(worded: Office):
    (done, opened) = (records.get(worded, RECEIPT, row_id) for row_id in row_ids(worded, RECEIPT, View(), TODAY))
    assert standing_of(worded, RECEIPT, opened, TODAY).label == "承办中"
    state = standing_of(worded, RECEIPT, done, TODAY)
    assert (state.key, state.label, state.tone) == ("completed", "办毕", state_of(RECEIPT, done, TODAY).tone)
    assert list(row_ids(worded, RECEIPT, View(None, "completed"), TODAY)) == [done["id"]]


@pytest.mark.parametrize(
    "value",
    ["nothing=办", "open=", "open=一二三四五六七八九", "open=逾期", "open=甲,completed=甲", "open=甲,open=乙", "open",
     "open= 甲", "voided=废止", "=甲", "open=甲，completed=乙丙丁戊己庚"],
)  # fmt: skip
def test_words_that_would_mislead_are_refused(value: str, office: Office):
    with pytest.raises(OfficeError, match="状态用词"):
        settings.set_setting(office, KEY, value)
    assert settings.get_setting(office, KEY) == ""


@pytest.mark.parametrize(
    "value", ["", "open=办", "open=一二三四五六七八", "open=逾期,overdue=在办", "open=甲,overdue=乙"]
)
def test_words_may_be_long_short_or_exchanged(value: str, office: Office):
    settings.set_setting(office, KEY, value)
    assert settings.get_setting(office, KEY) == value


def test_the_printed_book_and_the_sheet_speak_as_the_office(worded: Office, tmp_path):
    exporting.export_register(worded, RECEIPT, View(), tmp_path / "a.xlsx", TODAY)
    cells = {cell for sheet in sheets.look_at(tmp_path / "a.xlsx").sheets for row in sheet.rows for cell in row}
    assert {"承办中", "办毕"} <= cells
    assert not {"在办", "已办结"} & cells
    printing.print_register(worded, RECEIPT, printing.PrintRequest(2026), tmp_path / "a.docx", TODAY)
    from docx import Document

    (table,) = Document(str(tmp_path / "a.docx")).tables
    assert {"承办中", "办毕"} <= {cell.text for row in table.rows for cell in row.cells}


def test_a_refused_step_names_the_standing_as_the_office_does(worded: Office):
    with pytest.raises(OfficeError, match="承办中"):
        steps.take_step(worded, RECEIPT, 1, "file", {"is_for_archive": "是"}, TODAY)
