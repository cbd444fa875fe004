# SPDX-License-Identifier: MulanPSL-2.0
"""The main job once through: everything it names is there and sound, and nobody's own folder is touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.services.importing import TODAY
from township_office.core.errors import OfficeError
from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, checking, demo, printing, sheets, tour
from township_office.services.browsing import View
from township_office.services.office import Office, open_office
from township_office.store.records import Row

pytestmark = pytest.mark.skipif(
    not files_for(Face.SONG, find_fonts()), reason="no Chinese TrueType font on this machine (apt: fonts-arphic-uming)"
)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo office of a few papers: each is saved as durably as a clerk's."""
    create = demo.create
    monkeypatch.setattr(demo, "create", lambda path, today: create(path, today, 12, 4))


def filed_items(office: Office) -> list[Row]:
    return browsing.rows(office, ARCHIVE_ITEM, browsing.row_ids(office, ARCHIVE_ITEM, View(2025), TODAY))


def named_in(lines: list[str]) -> list[Path]:
    found = [re.search(r"：(/[^（]*(?:（示例）\.xlsx)?)", line) for line in lines]
    return [Path(one[1]) for one in found if one]


def test_everything_it_names_is_there_and_sound(tmp_path: Path):
    folder = tmp_path / "我的 示例"
    lines = list(tour.take(folder, TODAY))
    made = named_in(lines)
    assert [path.suffix for path in made] == [".db", ".xlsx", ".pdf", ".docx", ".db"]
    assert all(path.is_file() for path in made)
    assert "（导入8行，不导入0行，需留意1行）" in lines[1]
    for path in (made[0], made[4]):
        with open_office(path, "王春燕") as office:
            assert checking.verify(office).findings == ()
            rows = browsing.rows(office, RECEIPT, browsing.row_ids(office, RECEIPT, View(2025), TODAY))
            assert len([row for row in rows if row["batch_id"]]) == 8
            assert len(sheets.batches(office, RECEIPT)) == 1
            codes = {item["number"] for item in filed_items(office)}
            filed = [row for row in rows if row["batch_id"] and row["volume_number"] in codes]
            assert len(filed) >= 6
            assert lines[2] == f"已归档：旧登记簿上2025年度的{len(filed)}件编了档号"
    assert tour.data_file(folder) == made[0]
    assert printing.page_count(made[2]) == 1


def test_an_earlier_tour_is_set_aside(tmp_path: Path):
    folder = tmp_path / "demo"
    for _ in range(3):
        first = next(iter(tour.take(folder, TODAY)))
        assert named_in([first])[0].is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo", "demo-1", "demo-2"]
    assert all(tour.data_file(path).is_file() for path in tmp_path.iterdir())


def test_an_empty_or_a_deep_folder_is_used(tmp_path: Path):
    (tmp_path / "空").mkdir()
    for folder in (tmp_path / "空", tmp_path / "a" / "b" / "c"):
        next(iter(tour.take(folder, TODAY)))
        assert tour.data_file(folder).is_file()
    assert not (tmp_path / "空-1").exists()


def test_anything_else_there_is_left_alone(tmp_path: Path):
    (tmp_path / "资料").mkdir()
    (tmp_path / "资料" / "年度总结.txt").write_text("不要动", "utf-8")
    (tmp_path / "文件").write_text("不要动", "utf-8")
    for name in ("资料", "文件"):
        with pytest.raises(OfficeError, match="没有动它"):
            next(iter(tour.take(tmp_path / name, TODAY)))
    with pytest.raises(OfficeError):
        next(iter(tour.take(tmp_path / "文件" / "里面", TODAY)))
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(["资料", "年度总结.txt", "文件"])


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tour, "write_messy_ledger", full)
    with pytest.raises(OfficeError, match="磁盘已满"):
        list(tour.take(tmp_path / "demo", TODAY))
