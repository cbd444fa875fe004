# SPDX-License-Identifier: MulanPSL-2.0
"""The sheets of the guarded register say what happened to each copy, and nothing of them is left on the disk."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from township_office.core.errors import OfficeError
from township_office.paper.blocks import Table
from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.paper.forms import custody_list
from township_office.services.guarded import confidential, vault
from township_office.services.guarded.custody import take_step
from township_office.services.guarded.custody_printing import (
    SHEETS,
    SheetRequest,
    list_numbers,
    prepare_sheet,
    print_sheet,
    years,
)
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office

TODAY, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 18, 0)
THIS_YEAR = SheetRequest(2026)
LEVELS = re.compile("绝密|机密|秘密")
Line = dict[str, str]


@pytest.fixture
def opened(office: Office) -> Vault:
    """An empty register, open for 赵保密."""
    made, code = vault.make(office, "赵保密", "Feng-2026xy")
    vault.lock(made)
    return vault.unlock_with_code(office, code, "赵保密")


@pytest.fixture
def kept(opened: Vault) -> Vault:
    """涉2026-001 of six copies that went every way there is, 涉2026-002 of one, and some that are only counted."""
    draft = {"received_on": "2026-11-01", "secrecy_level": "机密", "secrecy_period": "10年", "book_page": "3-12",
             "copy_serial": "000101-000106", "cabinet_no": "甲3", "doc_number": "15", "source_class": "县"}  # fmt: skip
    one = confidential.register_paper(opened, draft, TODAY)
    other = draft | {"secrecy_level": "秘密", "copy_serial": "7", "received_on": "2025-12-01", "doc_number": ""}
    old = confidential.register_paper(opened, other, TODAY)
    for of, count in (("绝密", "2"), ("机密", "5")):
        kind = "密码电报" if of == "机密" else "纸介质"
        confidential.register_paper(opened, {"secrecy_level": of, "carrier_kind": kind, "copy_count": count}, TODAY)
    assert one is not None
    assert old is not None

    def step(serials: list[str], key: str, at: str, paper: int = one.id, **draft: str) -> None:
        take_step(opened, paper, serials, key, draft | {"at": at}, NOW)

    step(["000101", "000102", "000103"], "out", "2026-11-02 09:00", holder="䶮立国")
    step(["000101", "000103"], "back", "2026-11-02 16:00")
    step(["000102"], "back", "2026-11-03 08:00", by="钱机要")
    step(["000104"], "lend", "2026-11-02 10:00", holder="何文斌", approver="孙志强", due_on="2026-11-09")
    step(["000105"], "copy", "2026-11-04 09:00", approver="孙志强", copy_count="2")
    step(["000101", "000102"], "clear", "2026-11-10 09:00", holder="周接收", list_no="Q-1")
    watched = {"approver": "孙志强", "supervisor_1": "㙍大山", "supervisor_2": "𠮷永福", "place": "县销毁中心"}
    step(["000103"], "destroy", "2026-11-12 09:00", list_no="X-1", **watched)
    step(["7"], "out", "2025-12-02 09:00", paper=old.id, holder="何文斌")
    return opened


@pytest.fixture
def lines(kept: Vault) -> Callable[..., list[Line]]:
    """Return a function that says what stands in each column of each row of a sheet, by its label."""

    def read(key: str, request: SheetRequest = THIS_YEAR) -> list[Line]:
        page = prepare_sheet(kept, key, request, TODAY).page
        table = next(block for block in page.body if isinstance(block, Table))
        labels = [column.label for column in table.columns]
        return [{label: cell for label, cell in zip(labels, row.cells, strict=True) if cell} for row in table.rows]

    return read


def paper_id(kept: Vault, number: str) -> int:
    return confidential.by_number(kept, number, TODAY).id


# ---- what they say ----


def test_copies_that_went_together_are_one_row(lines: Callable[..., list[Line]]) -> None:
    common = {"文件编号": "涉2026-001", "阅文人": "䶮立国", "送阅时间": "2026-11-02 09:00"}
    assert lines("circulation") == [
        common | {"份号": "000101、000103", "阅毕退回时间": "2026-11-02 16:00", "保密员": "赵保密"},
        common | {"份号": "000102", "阅毕退回时间": "2026-11-03 08:00", "保密员": "赵保密、钱机要"},
    ]
    (before,) = lines("circulation", SheetRequest(2025))
    assert before["份号"] == "7"
    assert "阅毕退回时间" not in before


def test_hundreds_of_single_numbers_take_several_rows(opened: Vault) -> None:
    draft = {"received_on": "2026-11-01", "secrecy_level": "机密", "copy_serial": "101-200"}
    paper = confidential.register_paper(opened, draft, TODAY)
    assert paper is not None
    take_step(opened, paper.id, list(paper.copies)[::2], "out", {"holder": "何文斌"}, NOW)
    page = prepare_sheet(opened, "distribution", THIS_YEAR, TODAY).page
    rows = [row.cells[1] for row in page.body[0].rows]
    assert [said.count("、") + 1 for said in rows] == [16, 16, 16, 2]
    assert "、".join(rows) == "、".join(list(paper.copies)[::2])
    held = prepare_sheet(opened, "handover", SheetRequest(), TODAY).page.body[0].rows
    assert sum(int(row.cells[4]) for row in held) == 100


def test_a_loan_waits_for_its_return(lines: Callable[..., list[Line]]) -> None:
    assert lines("loan") == [
        {"日期": "2026-11-02", "借阅人": "何文斌", "文件编号": "涉2026-001", "密级": "机密", "份号": "000104",
         "批准人": "孙志强", "预计归还": "2026-11-09"}
    ]  # fmt: skip


def test_copies_that_were_made(kept: Vault, lines: Callable[..., list[Line]]) -> None:
    said = {"holder": "何文斌", "at": "2026-11-05 09:00"}
    take_step(kept, paper_id(kept, "涉2026-001"), ["000105复2"], "out", said, NOW)
    assert lines("copy") == [
        {"原件编号": "涉2026-001\n000105", "密级": "机密", "复制份数": "2", "复制件编号": "000105复1-000105复2",
         "批准人": "孙志强", "复制人": "赵保密", "日期": "2026-11-04", "去向": "在柜、何文斌"}
    ]  # fmt: skip


def test_what_was_left_when_it_was_distributed(kept: Vault, lines: Callable[..., list[Line]]) -> None:
    take_step(kept, paper_id(kept, "1"), ["000106"], "out", {"holder": "何文斌", "at": "2026-11-14 09:00"}, NOW)
    said = [(one["份号起止"], one["份数"], one["余份"]) for one in lines("distribution")]
    # 16:00 came after 10:00, and of eight with the two 复制件 four had left for good or were lent on the 14th.
    assert said == [("000101-000103", "3", "3"), ("000104", "1", "2"), ("000106", "1", "3")]


def test_a_list_of_what_was_cleared(kept: Vault, lines: Callable[..., list[Line]]) -> None:
    assert lines("clearance", SheetRequest(list_no="Q-1")) == lines("clearance") == [
        {"序号": "1", "文号": "涉2026-001\n尾号15", "密级": "机密", "份号": "000101-000102", "份数": "2",
         "标题": "［标题见纸质登记簿第3册第12页］", "清退日期": "2026-11-10", "清退人": "赵保密", "接收人": "周接收",
         "清单编号": "Q-1"}
    ]  # fmt: skip
    assert list_numbers(kept, "clearance") == ["Q-1"]
    assert list_numbers(kept, "destruction") == ["X-1"]
    assert list_numbers(kept, "loan") == []
    head = prepare_sheet(kept, "clearance", SheetRequest(list_no="Q-1"), TODAY).page.head
    assert head[-1].right == "清单编号：Q-1"


def test_what_was_destroyed(lines: Callable[..., list[Line]]) -> None:
    (line,) = lines("destruction")
    assert (line["地点"], line["日期"], line["份号"]) == ("县销毁中心", "2026-11-12", "000103")
    assert {"页数", "形成时间", "销毁原因", "方式"}.isdisjoint(line)  # not held, written by hand


def test_chosen_copies_make_a_list_before_they_go(kept: Vault, lines: Callable[..., list[Line]]) -> None:
    one = paper_id(kept, "涉2026-001")
    wanted = SheetRequest(chosen=((one, "000105"), (one, "000106"), (one, "000101")))
    gone, still = lines("clearance", wanted)
    assert (gone["份号"], gone["清单编号"]) == ("000101", "Q-1")
    assert still["份号"] == "000105-000106"
    assert {"清退日期", "清退人", "接收人", "清单编号"}.isdisjoint(still)
    with pytest.raises(OfficeError, match="涉2026-001 的 000104 还在外面"):
        lines("destruction", SheetRequest(chosen=((one, "000104"),)))


def test_inventory_by_year_and_level(kept: Vault, lines: Callable[..., list[Line]]) -> None:
    row = {"已移交": "0", "差异": "0"}
    here = row | {"年度": "2026", "密级": "机密", "应存": "5", "实存": "4", "借出": "1", "已清退": "2", "已销毁": "1"}
    old = row | {"年度": "2025", "密级": "秘密", "应存": "1", "实存": "0", "借出": "1", "已清退": "0", "已销毁": "0"}
    whole = row | {"年度": "合计", "应存": "6", "实存": "4", "借出": "2", "已清退": "2", "已销毁": "1"}
    counted = [
        {"密级": "绝密", "说明": custody_list.counted_only(2)},
        {"密级": "密码电报", "说明": custody_list.counted_only(5)},
    ]
    assert lines("inventory", SheetRequest()) == [old, here, whole, *counted]
    assert lines("inventory") == [here, *({"年度": "2026"} | one for one in counted)]
    assert lines("inventory", SheetRequest(2025)) == [old]
    with pytest.raises(OfficeError, match="按年度"):
        prepare_sheet(kept, "inventory", SheetRequest(first=TODAY), TODAY)


def test_handover_lists_all_that_is_answered_for(kept: Vault, lines: Callable[..., list[Line]]) -> None:
    said = [(one["份号"], one["现状"], one.get("持有人"), one.get("应还日期")) for one in lines("handover")]
    assert said == [
        ("7", "传阅在外", "何文斌", None),
        ("000104", "借出", "何文斌", "2026-11-09"),
        ("000105-000106、000105复1-000105复2", "在柜", None, None),
    ]
    assert prepare_sheet(kept, "handover", SheetRequest(), TODAY).page.head[-1].right.startswith("截至2026年11月20日")
    chosen = SheetRequest(chosen=((paper_id(kept, "2025-1"), "7"),))
    assert [one["份号"] for one in lines("handover", chosen)] == ["7"]


def test_days_and_years(kept: Vault, lines: Callable[..., list[Line]]) -> None:
    assert years(kept) == [2026, 2025]
    assert len(lines("distribution", SheetRequest())) == 3
    assert len(lines("distribution", SheetRequest(first=date(2026, 11, 2), last=date(2026, 11, 2)))) == 2
    with pytest.raises(OfficeError, match="请换一个年度或日期"):
        lines("distribution", SheetRequest(first=date(2026, 11, 3)))


def test_only_a_cleared_title_is_printed_and_only_in_relaxed_mode(
    kept: Vault, lines: Callable[..., list[Line]]
) -> None:
    confidential.set_mode(kept, confidential.RELAXED, "县保密局 周某", "2026-11-01", TODAY)
    draft = {"received_on": "2026-11-15", "secrecy_level": "机密", "title": "关于某事的通知", "is_title_cleared": "是",
             "doc_number": "青办发〔2026〕9号", "sender": "青山县委"}  # fmt: skip
    confidential.register_paper(kept, draft, TODAY)
    shown = lines("handover")[-1]
    assert (shown["标题"], shown["编号/文号"]) == ("关于某事的通知", "涉2026-002\n青办发〔2026〕9号")
    confidential.set_mode(kept, confidential.STRICT, "", "", TODAY)
    masked = lines("handover")[-1]
    assert (masked["标题"], masked["编号/文号"]) == ("［标题见纸质登记簿］", "涉2026-002\n尾号9")
    assert "青山县委" not in repr([lines(key, SheetRequest()) for key in SHEETS])


@pytest.mark.parametrize("key", SHEETS)
def test_an_empty_sheet_says_what_to_do(key: str, opened: Vault) -> None:
    with pytest.raises(OfficeError, match="没有") as refused:
        print_sheet(opened, key, THIS_YEAR, None, TODAY)
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize("key", SHEETS)
def test_a_locked_register_prints_nothing(key: str, kept: Vault) -> None:
    vault.lock(kept)
    with pytest.raises(OfficeError) as refused:
        prepare_sheet(kept, key, THIS_YEAR, TODAY)
    assert refused.value.key == "vault.locked"


# ---- where they go ----


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[Path]]:
    """Every path this process opens for writing, and a temporary folder of its own to look into."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    paths: set[Path] = set()
    is_watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if is_watching and event == "open":
            path, mode, flags = arguments
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if isinstance(path, str | bytes) and (writes or (isinstance(mode, str) and set(mode) & set("wax+"))):
                paths.add(Path(os.fsdecode(path)))

    sys.addaudithook(watch)  # there is no taking it away again; afterwards it looks at nothing
    yield paths
    is_watching = False


@pytest.mark.parametrize("key", SHEETS)
def test_no_level_is_a_mark_and_nothing_is_left_on_the_disk(
    key: str, kept: Vault, written: set[Path], tmp_path: Path
) -> None:
    request = SheetRequest()
    (tmp_path / "out").mkdir()
    targets = [tmp_path / "out" / "sheet.docx"]
    print_sheet(kept, key, request, targets[0], TODAY)
    assert {path.name for path in written} == {"sheet.docx.partial"}
    written.clear()
    if not files_for(Face.SONG, find_fonts()):
        pytest.skip("no Chinese TrueType font on this machine (apt: fonts-arphic-uming)")
    printed = print_sheet(kept, key, request, None, TODAY)
    assert written == set()
    assert list((tmp_path / "temporary").iterdir()) == []
    assert sorted((tmp_path / "out").iterdir()) == targets
    assert not printed.path.exists()
    assert repr(printed.content)[:20] not in repr(printed)
    document = pypdfium2.PdfDocument(printed.content)
    pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    assert len(pages) == printed.pages
    levels = [line["level"] for line in lines_of(kept, key, request) if LEVELS.search(line["level"])]
    for page in pages:
        assert page.startswith("内部资料注意保管")
        assert sorted(LEVELS.findall(page)) == sorted(levels)  # in the rows, and nowhere else


def lines_of(kept: Vault, key: str, request: SheetRequest) -> list[Line]:
    """Return the levels a sheet's own column shows, row by row."""
    page = prepare_sheet(kept, key, request, TODAY).page
    table = next(block for block in page.body if isinstance(block, Table))
    place = next((at for at, column in enumerate(table.columns) if column.label == "密级"), None)
    return [{"level": row.cells[place] if place is not None else ""} for row in table.rows]


def test_a_file_is_written_where_it_was_asked_for(kept: Vault, tmp_path: Path) -> None:
    with pytest.raises(OfficeError):
        print_sheet(kept, "loan", THIS_YEAR, tmp_path / "sheet.xlsx", TODAY)
    with pytest.raises(OfficeError):
        print_sheet(kept, "loan", THIS_YEAR, tmp_path / "nowhere" / "sheet.pdf", TODAY)
    if not files_for(Face.SONG, find_fonts()):
        pytest.skip("no Chinese TrueType font on this machine (apt: fonts-arphic-uming)")
    printed = print_sheet(kept, "loan", THIS_YEAR, tmp_path / "sheet.pdf", TODAY)
    assert printed.path.read_bytes().startswith(b"%PDF")
    assert (printed.pages, printed.rows, printed.source) == (1, 1, tmp_path / "sheet.pdf")
