# SPDX-License-Identifier: MulanPSL-2.0
"""The verbs of the archive, from the year's documents to boxes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.importing import book

Told = Callable[..., dict]
KEYS = ["reference_code", "item_no", "doc_number", "responsible_body", "title", "doc_date", "page_count", "retention",
        "org", "box_no"]  # fmt: skip
YEAR = 2025


@pytest.fixture
def year(file: Path, told: Told) -> Path:
    """An office with its 全宗号 and 机构, and two papers of 2025 in each book, brought in as ledgers."""
    told("set", file, "fonds_no=Z109", "orgs=BGS=党政办,DW=党委")
    receipts = [("收文编号", "收文日期", "来文单位", "来文字号", "文件标题", "成文日期")]
    receipts += [
        (f"2025-{n}", f"2025-03-0{n}", "青山县财政局", f"青财〔2025〕{n}号", f"关于报送第{n}批报表的通知", "2025-03-01")
        for n in (1, 2)
    ]
    dispatches = [("发文字号", "签发日期", "文件标题", "主送机关")]
    dispatches += [(f"云政发〔2025〕{n}号", f"2025-04-0{n}", f"关于表彰第{n}批先进的决定", "各村") for n in (1, 2)]
    for register, lines in (("receipt", receipts), ("dispatch", dispatches)):
        path = book(file.parent / f"{register}.xlsx", 簿=lines)
        assert told("import", file, register, path)["taken"] == 2
    return file


def counted(file: Path) -> None:
    """Count the pages of every item, as the archive's screen does."""
    from township_office.registers.archive.item import ARCHIVE_ITEM
    from township_office.services import office as offices
    from township_office.store import records

    with offices.open_office(file, "王春燕") as office, offices.change(office) as pen:
        for row_id in records.ids_where(office.db, ARCHIVE_ITEM, "1", []):
            records.change(pen, ARCHIVE_ITEM, row_id, {"page_count": 7}, verb="change", why="")


class TestAYear:
    def test_settings_by_their_last_name(self, file: Path, told: Told):
        told("set", file, "fonds_no=Z109", "orgs=BGS=党政办,DW=党委，NY=农业办")
        from township_office.services import office as offices
        from township_office.services.archive.scheme import scheme_of

        with offices.open_office(file, "王春燕") as office:
            scheme = scheme_of(office)
        assert (scheme.fonds_no, dict(scheme.orgs)) == ("Z109", {"BGS": "党政办", "DW": "党委", "NY": "农业办"})

    def test_propose_writes_nothing(self, year: Path, told: Told):
        found = told("archive", year, "propose", "--year", YEAR)
        assert list(found[0])[: len(KEYS)] == KEYS
        assert len(found) == 4
        assert {one["retention"] for one in found} <= {"永久", "30年", "10年"}
        assert {one["org"] for one in found} == {"BGS"}
        assert all(one["reference_code"].startswith("Z109-WS·2025-") for one in found)
        assert all(one["reference_code"].endswith(f"{one['item_no']:04d}") for one in found)
        assert found[0]["box_no"] is None
        assert told("archive", year, "list", "--year", YEAR) == []

    def test_what_was_proposed_is_filed_and_listed(self, year: Path, told: Told):
        proposed = told("archive", year, "propose", "--year", YEAR)
        filed = told("archive", year, "commit", "--year", YEAR)
        assert (filed["year"], filed["count"], filed["documents"], filed["left_out"]) == (YEAR, 4, 4, 0)
        listed = told("archive", year, "list", "--year", YEAR)
        assert listed == filed["items"]
        for name in KEYS:
            assert sorted(str(one[name]) for one in listed) == sorted(str(one[name]) for one in proposed), name
        assert {one["doc_date"][:4] for one in listed} == {"2025"}
        assert told("archive", year, "list", "--year", 2024) == []
        assert told("archive", year, "list") == listed

    def test_a_void_item_is_not_listed(self, year: Path, told: Told):
        filed = told("archive", year, "commit", "--year", YEAR)
        code = filed["items"][0]["reference_code"]
        told("void", year, "archive_item", code, "--why", "重复归档")
        assert code not in [one["reference_code"] for one in told("archive", year, "list")]

    def test_what_is_not_done_with_is_counted_and_filed_on_demand(self, year: Path, told: Told, run):
        for done, title in (("2025-06-01", "关于防火的通知"), ("", "关于排查的通知")):
            told("add", year, "receipt", "received_on=2025-05-06", "sender=青山县水务局", "handling=办件",
                 f"title={title}", *([f"completed_on={done}"] if done else []))  # fmt: skip
        found = told("archive", year, "propose", "--year", YEAR)
        assert {one["is_open"] for one in found} == {False}
        whole = told("archive", year, "propose", "--year", YEAR, "--with-unfinished")
        assert "关于排查的通知" in {one["title"] for one in whole if one["is_open"]}
        filed = told("archive", year, "commit", "--year", YEAR)
        assert filed["unfinished"] == len(whole) - len(found) > 0
        assert filed["count"] == len(found)
        code, out, _ = run("archive", year, "commit", "--year", YEAR, "--with-unfinished")
        assert code == 0
        assert out.startswith(f"2025年已归档{filed['unfinished']}件")

    def test_nothing_to_file(self, file: Path, refused):
        assert refused("archive", file, "commit", "--year", 2020) == "2020年没有要归档的文件。"

    def test_words_for_people(self, year: Path, run):
        code, out, err = run("archive", year, "propose", "--year", YEAR)
        assert (code, err) == (0, "")
        assert out.endswith("2025年可归档4件，不归档0份。只是方案，没有写入。\n")
        assert out.count("Z109-WS·2025-") == 4
        assert run("archive", year, "commit", "--year", YEAR)[1] == "2025年已归档4件（4份文件），不归档0份。\n"
        assert run("archive", year, "list")[1].count("\n") == 4


class TestBoxes:
    def test_only_classes_whose_pages_are_counted(self, year: Path, told: Told):
        filed = told("archive", year, "commit", "--year", YEAR)
        answer = told("archive", year, "box", "--year", YEAR)
        assert answer["boxes"] == []
        assert len(answer["not_boxed"]) == len({one["reference_code"][:-5] for one in filed["items"]})
        assert "没有填页数" in answer["not_boxed"][0]["reason"]
        counted(year)
        answer = told("archive", year, "box", "--year", YEAR)
        assert answer["not_boxed"] == []
        assert sum(box["items"] for box in answer["boxes"]) == 4
        assert all(box["thickness"] in (20, 30, 40, 50) and box["box_no"] == 1 for box in answer["boxes"])
        assert {one["box_no"] for one in told("archive", year, "list")} == {1}
        assert told("archive", year, "box", "--year", YEAR)["boxes"] == []


class TestCatalogues:
    @pytest.fixture
    def old(self, file: Path, told: Told) -> Path:
        """A catalogue of the 2000 edition: two items of which the second is a state secret, and a 件号 given twice."""
        told("set", file, "fonds_no=Z109", "orgs=BGS=党政办")
        rows = [
            ("归档文件目录", ), ("年度：2003", "", "保管期限：长期", "机构（问题）：党政办"),
            ("件号", "责任者", "文号", "题名", "日期", "密级", "页数", "盒号"),
            (1, "青山县委", "青委[2003]5号", "关于春耕的通知", "20030512", "", "1-3", 1),
            (2, "青山县委", "", "青龙工程", "20030513", "机密", 2, 1),
            (1, "青山县委", "", "关于夏收的通知", "20030600", "", 2, 1),
        ]  # fmt: skip
        return book(file.parent / "旧目录.xlsx", 目录=rows)

    def test_dry_run_and_import(self, file: Path, old: Path, told: Told):
        tried = told("archive", file, "import", old, "--dry-run")
        assert (tried["taken"], tried["unnumbered"], tried["boxes"], tried["batch"]) == (2, 1, 1, None)
        assert tried["not_taken"][0]["row"] == 5
        assert told("archive", file, "list") == []
        done = told("archive", file, "import", old)
        assert done | {"dry_run": True, "batch": None} == tried
        first, second = told("archive", file, "list", "--year", 2003)
        assert {name: first[name] for name in KEYS} == {
            "reference_code": None, "item_no": None, "doc_number": None, "responsible_body": "青山县委",
            "title": "关于夏收的通知", "doc_date": None, "page_count": 2, "retention": "长期",
            "org": "BGS", "box_no": 1,
        }  # fmt: skip
        assert first["remarks"] == "日期：20030600"
        assert {name: second[name] for name in KEYS} == {
            "reference_code": "Z109-WS·2003-C-BGS-0001", "item_no": 1, "doc_number": "青委〔2003〕5号",
            "responsible_body": "青山县委", "title": "关于春耕的通知", "doc_date": "2003-05-12", "page_count": 3,
            "retention": "长期", "org": "BGS", "box_no": 1,
        }  # fmt: skip
        assert told("archive", file, "import", old, "--dry-run")["taken"] == 0

    def test_in_words(self, file: Path, old: Path, run, refused):
        _, said, err = run("archive", file, "import", old)
        assert said == (
            "已导入2件，不导入1行。有1件没有档号或档号重复，列为待编号。"
            "目录里有1个新盒号，盒厚按页数估计，请到档案盒里核对。\n"
        )  # fmt: skip
        assert "青龙工程" not in said + err
        assert refused("archive", file, "import", old).startswith("目录里有2件档案里已有，不用再导入")
        assert "找不到这个文件" in refused("archive", file, "import", file.parent / "没有.xlsx")

    def test_problems(self, file: Path, old: Path, told: Told):
        path = file.parent / "清单.csv"
        told("archive", file, "import", old, "--dry-run", "--problems", path)
        assert "青龙工程" not in path.read_text("utf-8-sig")
        assert "国家秘密标志" in path.read_text("utf-8-sig")

    def test_export_and_back(self, file: Path, old: Path, told: Told):
        told("archive", file, "import", old)
        out, other = file.parent / "目录.xlsx", file.parent / "乙.office.db"
        assert told("archive", file, "export", "--year", 2003, "--out", out) == {
            "path": str(out), "rows": 2, "left_out": 0,
        }  # fmt: skip
        told("new", other, "--name", "青山县白石乡党政办")
        told("archive", other, "import", out)
        assert told("archive", other, "list") == told("archive", file, "list")

    def test_export_in_the_columns_of_a_file(self, file: Path, old: Path, told: Told, refused):
        from township_office.exchange.workbooks import read_workbook
        from township_office.services.archive import exporting

        told("archive", file, "import", old)
        columns, out = file.parent / "栏目.json", file.parent / "目录.xlsx"
        exporting.save(exporting.Layout((("title", "文件题名"), ("dated_on", "日期"))), columns)
        told("archive", file, "export", "--out", out, "--columns", columns)
        (sheet,) = read_workbook(out)
        assert sheet.rows[1:] == [["文件题名", "日期"], ["关于夏收的通知", ""], ["关于春耕的通知", "20030512"]]
        assert "不是目录栏目文件" in refused("archive", file, "export", "--out", out, "--columns", old)


class TestPrint:
    def test_the_whole_set(self, year: Path, told: Told, tmp_path: Path):
        told("archive", year, "commit", "--year", YEAR)
        counted(year)
        told("archive", year, "box", "--year", YEAR)
        paths = told("archive", year, "print", "--year", YEAR, "--out", tmp_path / "整套")
        assert {Path(path).suffix for path in paths} == {".pdf", ".docx"}
        assert all(Path(path).stat().st_size for path in paths)


class TestWrongUse:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("archive",), "缺少"),
            (("fly",), "没有“fly”这个命令"),
            (("propose",), "缺少 --year"),
            (("print", "--year", "2025"), "缺少 --out"),
            (("export", "--out", "x.pdf"), "x.pdf 的后缀要是 .xlsx"),
            (("list", "--year", "25"), "“25”要是"),
        ],
    )
    def test_one_sentence(self, file: Path, refused, words, said):
        call = ("archive",) if words == ("archive",) else ("archive", file, *words)
        assert said in refused(*call, code=2)


def test_what_is_added_keeps_the_rules_of_its_book(year: Path, told: Told, refused):
    told("archive", year, "commit", "--year", YEAR)
    of_item = ("title=会议记录", "responsible_body=镇政府", "archive_year=2025", "retention_period=永久")
    told("add", year, "archive_item", *of_item, "org_or_subject=BGS")
    assert refused("add", year, "archive_box", "title=x")
