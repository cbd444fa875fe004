# SPDX-License-Identifier: MulanPSL-2.0
"""The register on paper: as the office sets it, below the last printed line, from a page on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from tests.services.importing import TODAY, book, receipts, take_in
from township_office.core.errors import Cancelled, OfficeError
from township_office.paper import typecase
from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import checking, numbers, printing, records, settings, sheets
from township_office.services.office import Office
from township_office.services.printing import Printed, PrintRequest

YEAR = PrintRequest(2026)
FACES: dict[tuple[str, int], object] = {}


@pytest.fixture(autouse=True)
def chinese_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip where nothing can be printed; open each font file once."""
    if not files_for(Face.SONG, find_fonts()):
        pytest.skip("no Chinese TrueType font on this machine (apt: fonts-arphic-uming)")
    opened = typecase.TTFontFace

    def face(path: str, subfontIndex: int) -> object:  # noqa: N803
        return FACES.setdefault((path, subfontIndex), opened(path, subfontIndex=subfontIndex))

    monkeypatch.setattr(typecase, "TTFontFace", face)


def pages_of(path: Path) -> list[str]:
    """The text of each page, blanks dropped."""
    document = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def words_of(path: Path) -> str:
    """The text of a .docx, tags dropped."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode().replace("<w:noBreakHyphen/>", "-")
    return "".join(re.sub("<[^>]+>", "", xml).split())


def place_of(word: str, path: Path) -> float:
    """How far from the left edge word stands on the first page, in points."""
    document = pypdfium2.PdfDocument(path)
    try:
        text = document[0].get_textpage()
        found: tuple[float, ...] = text.get_charbox(text.search(word).get_next()[0])
        return found[0]
    finally:
        document.close()


def fill(office: Office, draft, count: int, first: int = 1) -> None:
    for place in range(first, first + count):
        day = str(date(2026, 1, 1) + timedelta(place))
        records.register_document(
            office, RECEIPT, draft("receipt", title=f"关于第{place}事的通知", received_on=day), TODAY
        )


class Desk:
    """An office and its printer: prints, and remembers what is on paper."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self._folder, self._count = office, folder, 0

    def make(self, request: PrintRequest = YEAR, suffix: str = ".pdf", register=RECEIPT) -> Printed:
        self._count += 1
        return printing.print_register(self.office, register, request, self._folder / f"{self._count}{suffix}", TODAY)

    def put_on_paper(self, request: PrintRequest = YEAR) -> Printed:
        printed = self.make(request)
        printing.remember_printed(self.office, RECEIPT, request, printed)
        return printed


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office, tmp_path)


class TestTheBook:
    def test_says_office_year_rows_and_chain_head(self, desk: Desk, draft):
        fill(desk.office, draft, 30)
        records.void(desk.office, RECEIPT, 3, "重复登记", TODAY)
        printed = desk.make()
        texts = pages_of(printed.path)
        assert (printed.pages, printed.rows) == (len(texts), 30)
        for place, text in enumerate(texts, start=1):
            assert text.startswith("收文登记簿单位：青山县云水镇党政综合办公室2026年")
            assert f"第{place}页共{len(texts)}页" in text
            assert f"登记链{checking.chain_head(desk.office).replace(' ', '')}" in text
        whole = "".join(texts)
        assert all(whole.count(f"2026-{number:04d}") >= 1 for number in range(1, 31))
        assert "作废：重复登记" in whole
        assert printed.missing == ""

    def test_changes_nothing_in_the_office(self, desk: Desk, draft):
        fill(desk.office, draft, 3)
        before = desk.office.path.read_bytes()
        for suffix in (".pdf", ".docx", ".xlsx"):
            desk.make(suffix=suffix)
        assert desk.office.path.read_bytes() == before
        desk.office.is_readonly = True
        assert desk.make().rows == 3

    def test_as_word_and_as_excel(self, desk: Desk, draft):
        fill(desk.office, draft, 12)
        printed = desk.make(suffix=".docx")
        words = words_of(printed.path)
        assert all(words.count(f"2026-{number:04d}") >= 1 for number in range(1, 13))
        assert printed.rows == 12
        (sheet,) = sheets.look_at(desk.make(suffix=".XLSX").path).sheets
        assert [row[0] for row in sheet.rows[2:]] == [f"2026-{number:04d}" for number in range(1, 13)]

    @pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
    def test_an_empty_book(self, suffix: str, desk: Desk):
        printed = desk.make(suffix=suffix)
        assert printed.rows == 0
        if suffix == ".pdf":
            assert "（本期没有登记）" in pages_of(printed.path)[0]
        elif suffix == ".docx":
            assert "（本期没有登记）" in words_of(printed.path)

    def test_the_columns_order_and_widths_are_the_offices(self, desk: Desk, draft):
        fill(desk.office, draft, 1)
        head = "收文编号收文日期来文单位来文字号文件标题份数紧急程度密级办理时限承办单位承办人签收人备注状态"
        assert head in pages_of(desk.make().path)[0]
        settings.set_setting(desk.office, "receipt.columns", "title,status,number,handler")
        wide = pages_of(desk.make().path)[0]
        assert "文件标题状态收文编号承办人关于第1事的通知" in wide
        places = []
        for width in ("6", "40"):
            settings.set_setting(desk.office, "receipt.widths", f"title={width},handler=40,status=4,number=10")
            places.append(place_of("2026-0001", desk.make().path))
        assert places[0] + 100 < places[1]

    def test_margin_row_height_and_signatures_are_the_offices(self, desk: Desk, draft):
        fill(desk.office, draft, 40)
        usual = desk.make()
        settings.set_setting(desk.office, "print.row_mm", "20")
        settings.set_setting(desk.office, "print.signatures", "经手人")
        changed = desk.make()
        assert changed.pages > usual.pages
        last = pages_of(changed.path)[-1]
        assert "经手人：" in last
        assert "审核人" not in last

    def test_days_from_and_until(self, desk: Desk, draft):
        fill(desk.office, draft, 40)
        first, last = date(2026, 1, 11), date(2026, 1, 20)
        for request, count, period in (
            (PrintRequest(first=first, last=last), 10, "2026-01-11至2026-01-20"),
            (PrintRequest(first=first), 31, "2026-01-11起"),
            (PrintRequest(last=last), 19, "至2026-01-20"),
            (PrintRequest(2025, first=first), 0, "2026-01-11起"),
            (PrintRequest(), 40, "历年"),
        ):
            for suffix in (".pdf", ".docx", ".xlsx"):
                printed = desk.make(request, suffix)
                assert printed.rows == count, suffix
                if suffix == ".pdf":
                    assert f"综合办公室{period}" in pages_of(printed.path)[0]

    def test_dispatches_too(self, desk: Desk, draft):
        records.register_document(desk.office, DISPATCH, draft("dispatch"), TODAY)
        text = pages_of(desk.make(register=DISPATCH).path)[0]
        assert "发文登记簿" in text
        assert "云政发〔2026〕1号" in text

    @pytest.mark.parametrize("name", ["a.txt", "a", "a.db", "a.pdf.exe"])
    def test_another_kind_of_file_is_refused(self, name: str, desk: Desk, tmp_path: Path):
        with pytest.raises(OfficeError, match=r"文件名请以 \.pdf、\.docx、\.xlsx 结尾"):
            printing.print_register(desk.office, RECEIPT, YEAR, tmp_path / name, TODAY)

    def test_a_missing_folder_is_told_and_a_stopped_print_leaves_nothing(self, desk: Desk, tmp_path: Path, draft):
        fill(desk.office, draft, 2)
        with pytest.raises(OfficeError, match="找不到文件夹"):
            printing.print_register(desk.office, RECEIPT, YEAR, tmp_path / "无" / "a.pdf", TODAY)
        (tmp_path / "out").mkdir()

        def stop(done: int, total: int) -> None:
            raise Cancelled

        for suffix in (".pdf", ".docx", ".xlsx"):
            with pytest.raises(Cancelled):
                printing.print_register(desk.office, RECEIPT, YEAR, tmp_path / "out" / f"a{suffix}", TODAY, stop)
        assert list((tmp_path / "out").iterdir()) == []

    def test_a_page_is_drawn_for_the_screen(self, desk: Desk, draft):
        fill(desk.office, draft, 2)
        path = desk.make().path
        assert printing.page_count(path) == 1
        picture = printing.render_page(path, 1, 36)
        assert (picture.width, picture.height) == (421, 298)
        assert len(picture.pixels) >= picture.stride * picture.height
        with pytest.raises(OfficeError, match="没有这一页"):
            printing.render_page(path, 2, 36)
        assert all(wanted and used for wanted, used in printing.fonts_replaced())


class TestGoingOn:
    def test_only_what_came_since_is_printed(self, desk: Desk, draft):
        fill(desk.office, draft, 30)
        first = desk.put_on_paper()
        assert printing.last_print(desk.office, RECEIPT, YEAR).rows == 30
        fill(desk.office, draft, 5, first=31)
        since = desk.make(PrintRequest(2026, since_last=True))
        whole = "".join(pages_of(since.path))
        assert [number for number in range(1, 36) if f"关于第{number}事" in whole] == [31, 32, 33, 34, 35]
        assert since.rows == 35
        assert since.pages <= desk.make().pages - first.pages + 1
        printing.remember_printed(desk.office, RECEIPT, YEAR, since)
        with pytest.raises(OfficeError, match="没有新的登记"):
            desk.make(PrintRequest(2026, since_last=True))

    def test_sheet_by_sheet_through_a_year_gives_the_whole_book(self, desk: Desk, draft):
        """However the year is cut into prints, each row is on paper once, where the whole book has it."""
        written: list[str] = []
        for part, count in enumerate((1, 14, 1, 23, 2, 40)):
            fill(desk.office, draft, count, first=sum((1, 14, 1, 23, 2, 40)[:part]) + 1)
            printed = desk.put_on_paper(PrintRequest(2026, since_last=part > 0))
            written += pages_of(printed.path)
        whole = "".join(written)
        assert all(whole.count(f"关于第{number}事的通知") == 1 for number in range(1, 82))
        assert desk.make().pages == printing.page_count(desk.make().path)

    def test_words_changed_on_paper_are_told_page_by_page(self, desk: Desk, draft):
        fill(desk.office, draft, 40)
        desk.put_on_paper()
        records.correct(desk.office, RECEIPT, 2, {"handler": "刘敏"}, TODAY)
        fill(desk.office, draft, 1, first=41)
        assert desk.make(PrintRequest(2026, since_last=True)).stale_pages == (1,)

    def test_lines_that_moved_are_refused_and_can_be_printed_from_that_page(self, desk: Desk, draft):
        fill(desk.office, draft, 60)
        desk.put_on_paper()
        records.correct(desk.office, RECEIPT, 30, {"title": "很长的标题" * 80}, TODAY)
        fill(desk.office, draft, 2, first=61)
        with pytest.raises(OfficeError, match=r"请从第 (\d+) 页起重新打印") as refusal:
            desk.make(PrintRequest(2026, since_last=True))
        page = refusal.value.words["page"]
        assert page > 1
        again = desk.make(PrintRequest(2026, from_page=page))
        whole = desk.make()
        assert again.pages == whole.pages - page + 1
        assert pages_of(again.path) == pages_of(whole.path)[page - 1 :]
        printing.remember_printed(desk.office, RECEIPT, YEAR, again)
        fill(desk.office, draft, 1, first=63)
        last = desk.make(PrintRequest(2026, since_last=True))
        assert "关于第63事的通知" in pages_of(last.path)[-1]
        assert "关于第62事的通知" not in pages_of(last.path)[-1]

    def test_from_a_page_without_an_earlier_print(self, desk: Desk, draft):
        fill(desk.office, draft, 60)
        whole = pages_of(desk.make().path)
        for page in (1, 2, len(whole)):
            assert pages_of(desk.make(PrintRequest(2026, from_page=page)).path) == whole[page - 1 :]
        assert pages_of(desk.make(PrintRequest(2026, from_page=0)).path) == whole
        with pytest.raises(OfficeError, match=f"本次共 {len(whole)} 页"):
            desk.make(PrintRequest(2026, from_page=len(whole) + 1))

    def test_there_must_be_something_to_go_on_from(self, desk: Desk, draft):
        fill(desk.office, draft, 1)
        assert printing.last_print(desk.office, RECEIPT, YEAR) is None
        with pytest.raises(OfficeError, match="还没有打印过"):
            desk.make(PrintRequest(2026, since_last=True))

    @pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
    def test_word_and_excel_hold_the_whole_book_only(self, suffix: str, desk: Desk, draft):
        fill(desk.office, draft, 1)
        desk.put_on_paper()
        for request in (PrintRequest(2026, since_last=True), PrintRequest(2026, from_page=1)):
            with pytest.raises(OfficeError, match="只能生成 PDF"):
                desk.make(request, suffix)

    def test_days_are_no_part_of_it(self, desk: Desk, draft):
        fill(desk.office, draft, 3)
        desk.put_on_paper()
        days = PrintRequest(2026, first=date(2026, 1, 1))
        printing.remember_printed(desk.office, RECEIPT, days, desk.make(days))
        assert printing.last_print(desk.office, RECEIPT, YEAR).rows == 3
        with pytest.raises(OfficeError, match="请不要再选日期"):
            desk.make(PrintRequest(2026, first=date(2026, 1, 1), since_last=True))

    def test_every_year_and_all_years_go_on_by_themselves(self, desk: Desk, draft):
        fill(desk.office, draft, 3)
        desk.put_on_paper()
        desk.put_on_paper(PrintRequest())
        assert printing.last_print(desk.office, RECEIPT, PrintRequest(2025)) is None
        assert printing.last_print(desk.office, RECEIPT, PrintRequest()).rows == 3
        assert printing.last_print(desk.office, DISPATCH, YEAR) is None
        assert checking.verify(desk.office).findings == ()

    def test_a_broken_note_of_the_last_print_is_told(self, desk: Desk, draft):
        fill(desk.office, draft, 1)
        settings.set_setting(desk.office, "receipt.printed", '{"2026": "[9]"}')
        with pytest.raises(OfficeError, match="整本重新打印"):
            printing.last_print(desk.office, RECEIPT, YEAR)
        assert desk.make().rows == 1


class TestTheNumberLedger:
    def test_has_every_number_once(self, desk: Desk, tmp_path: Path, draft):
        office = desk.office
        lines = [*receipts([1, 2, 4, 2, 7], 2026)]
        take_in(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=lines))
        records.void(office, RECEIPT, 3, "重复登记", TODAY)
        numbers.reserve(office, RECEIPT, "收文", 9, {"name": "防汛会议", "reason": "待印"}, TODAY)
        (series,) = numbers.all_series(office, RECEIPT)
        printed = printing.print_number_ledger(office, series, 2026, tmp_path / "ledger.pdf", TODAY)
        text = "".join(pages_of(printed.path))
        assert "收文登记簿号序台账（收文）" in text
        assert "2026年" in text
        counts = {number: text.count(f"2026-{number:04d}") for number in range(1, 11)}
        assert counts == {1: 1, 2: 2, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 0}
        for word in ("作废", "重复登记", "缺号", "预留", "防汛会议", "重号", "共10个号"):
            assert word in text, word
        assert (printed.rows, printed.pages) == (10, 1)

    def test_names_its_period(self, desk: Desk, tmp_path: Path):
        series = numbers.all_series(desk.office, DISPATCH)[-1]
        printed = printing.print_number_ledger(desk.office, series, 0, tmp_path / "ledger.pdf", TODAY)
        assert "不分年度" in pages_of(printed.path)[0]
        assert "（没有用过号）" in pages_of(printed.path)[0]
        words = [numbers.period_words(one, 5) for one in (series, numbers.all_series(desk.office, DISPATCH)[0])]
        assert words == ["不分年度", "5年"]
        numbers.set_series(desk.office, "series.dispatch.云任.reset", "per_term", TODAY)
        (term,) = (one for one in numbers.all_series(desk.office, DISPATCH) if one.code == "云任")
        assert numbers.period_words(term, 18) == "第18届"

    def test_as_word_but_not_as_anything_else(self, desk: Desk, tmp_path: Path):
        (series,) = numbers.all_series(desk.office, RECEIPT)
        printing.print_number_ledger(desk.office, series, 2026, tmp_path / "a.docx", TODAY)
        assert "（没有用过号）" in words_of(tmp_path / "a.docx")
        with pytest.raises(OfficeError, match=r"文件名请以 \.pdf、\.docx 结尾"):
            printing.print_number_ledger(desk.office, series, 2026, tmp_path / "a.xlsx", TODAY)


def test_the_libraries_of_paper_wait_until_something_is_printed():
    """The window imports this module as it opens the print dialog; a verb that prints nothing never needs them."""
    code = (
        "import sys, township_office.services.printing, township_office.services.numbers, township_office.cli\n"
        "heavy = {'reportlab', 'docx', 'pypdfium2', 'xlsxwriter', 'python_calamine', 'PySide6', 'pypinyin'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "[]\n"
