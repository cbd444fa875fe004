# SPDX-License-Identifier: MulanPSL-2.0
"""A form is printed from the row in the book and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from township_office.core.errors import OfficeError
from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.registers.circulation import CIRCULATION
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.duty.event import DUTY_EVENT
from township_office.registers.duty.log import DUTY_LOG
from township_office.registers.receipt import RECEIPT
from township_office.services.children import add_child
from township_office.services.forms import FORMS, FormRequest, print_form
from township_office.services.office import Office
from township_office.services.records import register_document, void
from township_office.services.settings import set_setting

TODAY = date(2026, 11, 20)
Draft = Callable[..., dict[str, str]]


@pytest.fixture
def papers(office: Office, draft: Draft) -> dict[str, int]:
    """A receipt with two readers, a dispatch with one recipient, a day on duty with an event, by their registers."""
    receipt = register_document(office, RECEIPT, draft("receipt", secrecy_level="内部"), TODAY)
    add_child(office, CIRCULATION, int(receipt["id"]), {"reader": "孙志强", "purpose": "批示"}, TODAY)
    add_child(office, CIRCULATION, int(receipt["id"]), {"reader": "李晓梅", "sent_at": "2026-11-20 10:02"}, TODAY)
    dispatch = register_document(office, DISPATCH, draft("dispatch"), TODAY)
    add_child(office, DISTRIBUTION, int(dispatch["id"]), {"unit": "䶮山村", "copy_count": "3"}, TODAY)
    page = register_document(office, DUTY_LOG, draft("duty_log"), TODAY)
    event = register_document(office, DUTY_EVENT, draft("duty_event"), TODAY)
    rows = {"receipt": receipt, "dispatch": dispatch, "duty_log": page, "duty_event": event}
    return {name: int(row["id"]) for name, row in rows.items()}


def said_in(path: Path) -> str:
    document = Document(str(path))
    head = "".join(paragraph.text for paragraph in document.sections[0].header.paragraphs)
    return "".join((head + "".join(one.text for one in document.tables[0]._tbl.iter(qn("w:t")))).split())


@pytest.mark.parametrize("name", FORMS)
def test_every_form_prints(name: str, office: Office, papers: dict[str, int], tmp_path: Path) -> None:
    form = FORMS[name]
    request = FormRequest(name, papers[form.register.name])
    print_form(office, request, tmp_path / "form.docx", TODAY)
    said = said_in(tmp_path / "form.docx")
    assert form.title in said
    assert office_title(form.register.name) in said
    if not files_for(Face.SONG, find_fonts()):
        pytest.skip("no Chinese TrueType font on this machine (apt: fonts-arphic-uming)")
    printed = print_form(office, request, tmp_path / "form.pdf", TODAY)
    assert printed.pages == 1
    document = pypdfium2.PdfDocument(printed.path)
    foot = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "登记链" in foot


def office_title(register: str) -> str:
    return {
        "receipt": "森林草原防灭火隐患排查",
        "dispatch": "云水镇防汛应急预案",
        "duty_log": "石桥村后山滑坡（未报送）",
        "duty_event": "石桥村后山滑坡",
    }[register]


def test_rows_of_the_paper_are_on_it(office: Office, papers: dict[str, int], tmp_path: Path) -> None:
    set_setting(office, "office.leaders", "孙志强=书记")
    print_form(office, FormRequest("circulation_slip", papers["receipt"]), tmp_path / "slip.docx", TODAY)
    said = said_in(tmp_path / "slip.docx")
    assert "1孙志强（书记）" in said
    assert "2李晓梅11-2010:02" in said
    print_form(office, FormRequest("distribution_list", papers["dispatch"]), tmp_path / "list.docx", TODAY)
    assert "1䶮山村3" in said_in(tmp_path / "list.docx")


def test_number_of_a_draft_stays_open(office: Office, draft: Draft, tmp_path: Path) -> None:
    row = register_document(office, DISPATCH, draft("dispatch", signed_on="", signer="", series="云政函"), TODAY)
    print_form(office, FormRequest("draft_sheet", int(row["id"])), tmp_path / "draft.docx", TODAY)
    assert "发文字号云政函〔2026〕号文种" in said_in(tmp_path / "draft.docx")
    signed = register_document(office, DISPATCH, draft("dispatch", series="云政函"), TODAY)
    print_form(office, FormRequest("draft_sheet", int(signed["id"])), tmp_path / "signed.docx", TODAY)
    assert "发文字号云政函〔2026〕1号文种" in said_in(tmp_path / "signed.docx")


def test_void_paper_prints_as_void(office: Office, papers: dict[str, int], tmp_path: Path) -> None:
    void(office, RECEIPT, papers["receipt"], "重复登记", TODAY)
    print_form(office, FormRequest("handling_sheet", papers["receipt"]), tmp_path / "void.docx", TODAY)
    assert "文件处理单（作废）" in said_in(tmp_path / "void.docx")


def test_binding_margin_is_the_offices(office: Office, papers: dict[str, int], tmp_path: Path) -> None:
    set_setting(office, "print.binding_mm", "32")
    print_form(office, FormRequest("handling_sheet", papers["receipt"]), tmp_path / "wide.docx", TODAY)
    assert Document(str(tmp_path / "wide.docx")).sections[0].left_margin.mm == pytest.approx(32, abs=0.1)


def test_what_cannot_be_printed_says_so(office: Office, papers: dict[str, int], tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="docx"):
        print_form(office, FormRequest("handling_sheet", papers["receipt"]), tmp_path / "form.xlsx", TODAY)
    with pytest.raises(OfficeError, match="99"):
        print_form(office, FormRequest("handling_sheet", 99), tmp_path / "form.docx", TODAY)
    assert not list(tmp_path.glob("form.*"))
