# SPDX-License-Identifier: MulanPSL-2.0
"""Whatever stands in a title finds its row, however it is typed; no query is ever an error."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from township_office.core.gate import clean_text
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import STATES, state_of
from township_office.services import browsing, records, search
from township_office.services.browsing import View
from township_office.services.office import Office, change, close_office
from township_office.services.search import Finder
from township_office.store import records as store

TODAY = date(2026, 11, 20)
MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "150")), deadline=None, database=None)

# As rows may hold them: Ext-B and later, full width, brackets, accents, private use, emoji, padded numbers, blanks.
TITLES = (
    "关于转发《青政办发〔2026〕12号》文件的通知",
    "关于做好（第一批）防汛物资【紧急】调拨的通知",
    "𠮷县㙍乡䶮村𣗋塘䃥坝工程的批复",
    "ＡＢＣ全角Ｔｉｔｌｅ２０２６年第１号",
    "关于［补充］〖材料〗的函",
    "Café résumé naïve e\u0301",
    "㈠、①、Ⅲ类项目的ﬁ报告",
    "青应急字第0049号（2026）第007号抄告单",
    "生僻\ue000字\ue863与\U000f0001",
    "收到😀👍🏽的通知",
    "2026年11月20日至12月3日值班表",
    '100%完成_任务\'及"报告";--',
    "a b  c　d",
    "关于\n分两行的\n题目",
    "\U0002ebef\U00030edd\U0002f9ff兼容豈更",
    "ß Ω ﷺ 한글 ｶﾞ",
    "令第0号第00号",
)


@pytest.fixture(scope="module")
def titles(new_office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Finder, dict[str, int]]]:
    office: Office = new_office(tmp_path_factory.mktemp("titles") / "a.office.db")
    draft = {"received_on": "2026-11-20", "sender": "青山县民政局"}
    ids = {
        title: int(str(records.register_document(office, RECEIPT, draft | {"title": title}, TODAY)["id"]))
        for title in TITLES
    }
    finder = Finder(office, RECEIPT)
    finder.load()
    yield finder, ids
    close_office(office)


def found(finder: Finder, text: str, view: View | None = None) -> list[int]:
    return list(finder.hits(text, view or View(), TODAY))


@pytest.mark.parametrize("title", TITLES)
def test_every_piece_of_a_title_finds_it(titles: tuple[Finder, dict[str, int]], title: str):
    finder, ids = titles
    kept = clean_text(title, lines=True)
    missed = []
    for length in (1, 2, 3, 4, 7, len(kept)):
        for start in range(len(kept) - length + 1):
            piece = kept[start : start + length]
            if piece.strip() and ids[title] not in found(finder, piece):
                missed.append(piece)
    assert missed == []


@given(text=st.text(min_size=1, max_size=60), start=st.integers(0, 60), length=st.integers(1, 5))
@MANY
def test_every_piece_of_any_text_finds_it(any_office: Office, text: str, start: int, length: int):
    """A row just registered is found by any piece of its title."""
    title = clean_text(text, lines=True)
    piece = title[start : start + length]
    assume(piece.strip())
    assume("密" not in title)
    draft = {"received_on": "2026-11-20", "sender": "甲", "title": title}
    row = records.register_document(any_office, RECEIPT, draft, TODAY)
    finder = Finder(any_office, RECEIPT)
    finder.refresh(row["id"])
    assert row["id"] in found(finder, piece)
    assert row["id"] in found(finder, title)


@pytest.fixture(scope="module")
def any_office(new_office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = new_office(tmp_path_factory.mktemp("any") / "a.office.db")
    yield office
    close_office(office)


@given(
    query=st.text(max_size=80)
    | st.text(st.sampled_from('"*^:()-+~NEAR AND OR NOT %_\\\x00\ud800\ue000\U0010fffd〔〕2026号第0 '), max_size=40)
)
@MANY
def test_no_query_is_an_error(titles: tuple[Finder, dict[str, int]], query: str):
    finder, ids = titles
    for view in (View(), View(2026), View(None, "open"), View(2025, "voided")):
        assert set(found(finder, query, view)) <= set(ids.values())


@pytest.mark.parametrize("query", ["字" * 10_000_000, "\x00" * 10_000_000, "a " * 3_000_000, "〔2026〕" * 1_000_000])
def test_a_paste_of_megabytes_is_an_ordinary_query(titles: tuple[Finder, dict[str, int]], query: str):
    assert set(found(titles[0], query)) <= set(titles[1].values())


def test_private_signs_find_only_what_holds_them(titles: tuple[Finder, dict[str, int]]):
    finder, ids = titles
    holder = [ids["生僻\ue000字\ue863与\U000f0001"]]
    for sign in ("\ue000", "\ue863", "\U000f0001"):
        assert found(finder, sign) == holder
    for sign in ("\ue001", "\uf8ff", "\ue07e", "\U00100000"):
        assert found(finder, sign) == []


SPELLINGS = (
    "青应急〔2026〕12号",
    "青应急[2026]12号",
    "青应急（2026）12号",
    "青应急(2026)12号",
    "青应急【2026】12号",
    "青应急［2026］12号",
    "青应急｛2026｝12号",
    "青应急{2026}12号",
    "青应急《2026》12号",
    "青应急「2026」12号",
    "青应急『2026』12号",
    "青应急〖2026〗12号",
    "青应急〈2026〉12号",
    "青应急〔２０２６〕１２号",
    "青应急 〔2026〕 12 号",
    "青应急　〔2026〕　12号",
    "青应急〔2026〕第12号",
    "青应急〔2026〕012号",
    "青应急〔2026〕第0012号",
    "青应急[2026]第12号",
    "青应急〔2026〕12",
    "青应急2026-12",
    "青应急〔26〕12号",
    "青应急〔2026年〕12号",
    "青应急2026年12号",
    "青应急2026年第12号",
    "〔2026〕12号",
    "[2026]12",
    "（2026）第012号",
    "青应急〔2026",
    "应急[2026]1",
    "文号：青应急〔2026〕12号",
    "（青应急〔2026〕12号）",
    "青 应 急 〔2026〕12号",
    "青应急﹝2026﹞12號",
)


@pytest.fixture(scope="module")
def numbered(new_office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Finder, int]]:
    office: Office = new_office(tmp_path_factory.mktemp("numbered") / "a.office.db")
    draft = {"received_on": "2026-11-20", "sender": "甲", "title": "题"}
    for number in ("青应急〔2025〕12号", "青应急〔2026〕2号", "青急〔2026〕12号"):
        records.register_document(office, RECEIPT, draft | {"doc_number": number}, TODAY)
    row = records.register_document(office, RECEIPT, draft | {"doc_number": "青应急〔2026〕12号"}, TODAY)
    finder = Finder(office, RECEIPT)
    finder.load()
    yield finder, int(str(row["id"]))
    close_office(office)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_doc_number_in_any_spelling(numbered: tuple[Finder, int], spelling: str):
    hits = found(numbered[0], spelling)
    assert numbered[1] in hits
    if spelling.startswith("青应急") and "12" in spelling:
        assert hits == [numbered[1]]


def test_a_doc_number_half_typed_finds_what_it_may_become(office: Office, draft):
    ids = [
        records.register_document(office, RECEIPT, draft("receipt", doc_number=f"青政[2026]{n}号"), TODAY)["id"]
        for n in (1, 12, 123, 2)
    ]
    finder = Finder(office, RECEIPT)
    finder.load()
    wanted_of = {
        "青政（2026）1": ids[2::-1], "青政（2026）12": ids[2:0:-1], "青政（2026）12号": ids[1:2], "青政2026-1": ids[:1],
    }  # fmt: skip
    for typed, wanted in wanted_of.items():
        assert found(finder, typed) == wanted


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("qsxyjglj", True), ("QSXYJ", True), ("yjgl", True), ("gykzsl", True), ("防灭火 qsx", True), ("qsx sl", True),
        ("青山县 2026 应急", True), ("lxd", True), ("2026-0001", True), ("青山县,应急", False), ("xyz", False),
        ("防灭火 xyz", False),
    ],
)  # fmt: skip
def test_words_initials_and_numbers_together(typed: str, is_found: bool, office: Office, draft):
    row = records.register_document(office, RECEIPT, draft("receipt", handler="李向东"), TODAY)
    finder = Finder(office, RECEIPT)
    finder.load()
    assert found(finder, typed) == ([row["id"]] if is_found else [])
    assert [one["id"] for one in search.find(office, RECEIPT, typed, 5)] == found(finder, typed)


class TestViews:
    @pytest.fixture
    def filled(self, office: Office) -> Office:
        chance = random.Random(1)
        given = []
        for n in range(400):
            day = date(chance.choice((2024, 2025, 2026)), 3, 4)
            row = dict.fromkeys(field.name for field in RECEIPT.fields) | {
                "received_on": day,
                "sender": "甲",
                "year": day.year,
            }
            row |= {"title": chance.choice(("防汛", "低保")) + str(n), "entry": "imported"}
            row |= {name: day for name in ("due_on", "completed_on", "filed_on") if chance.random() < 0.4}
            given.append(row)
        with change(office) as pen:
            store.add_many(pen, RECEIPT, given, "import")
        return office

    def test_hits_are_the_rows_of_the_view_in_its_order(self, filled: Office):
        finder = Finder(filled, RECEIPT)
        finder.load()
        for year in (None, 2024, 2026, 2020):
            for state in ("", *(one.key for one in STATES["receipt"])):
                view = View(year, state)
                ids = browsing.row_ids(filled, RECEIPT, view, TODAY)
                rows = browsing.rows(filled, RECEIPT, ids)
                assert all(not state or state_of(RECEIPT, row, TODAY).key == state for row in rows)
                assert found(finder, "防汛", view) == [row["id"] for row in rows if "防汛" in str(row["title"])]
                assert found(finder, "", view) == found(finder, " \u3000", view) == []

    def test_a_standing_changes_with_the_day_and_with_the_row(self, office: Office, draft):
        row = records.register_document(office, RECEIPT, draft("receipt", due_on="2026-11-25"), TODAY)
        finder = Finder(office, RECEIPT)
        finder.load()
        assert list(finder.hits("排查", View(None, "overdue"), TODAY)) == []
        assert list(finder.hits("排查", View(None, "overdue"), TODAY + timedelta(6))) == [row["id"]]
        records.void(office, RECEIPT, row["id"], "重复", TODAY)
        finder.refresh(row["id"])
        assert list(finder.hits("排查", View(None, "overdue"), TODAY + timedelta(6))) == []
        assert list(finder.hits("排查", View(None, "voided"), TODAY)) == [row["id"]]


class TestRefresh:
    def test_changes_are_found_at_once_in_their_place(self, office: Office, draft):
        ids = [records.register_document(office, RECEIPT, draft("receipt"), TODAY)["id"] for _ in range(3)]
        finder = Finder(office, RECEIPT)
        finder.load()
        records.correct(office, RECEIPT, ids[0], {"title": "关于低保的通知"}, TODAY)
        finder.refresh(ids[0])
        assert found(finder, "排查") == [ids[2], ids[1]]
        assert found(finder, "低保") == [ids[0]]
        assert found(finder, "青山县") == ids[::-1], "a corrected row stays where it was"
        new = records.register_document(office, RECEIPT, draft("receipt"), TODAY)["id"]
        late = records.register_document(office, RECEIPT, draft("receipt", received_on="2025-01-05"), TODAY)["id"]
        finder.refresh(new)
        finder.refresh(late)
        assert found(finder, "青山县") == [new, *ids[::-1], late]
        assert found(finder, "青山县", View(2025)) == [late]
        records.void(office, RECEIPT, new, "重复", TODAY)
        finder.refresh(new)
        assert found(finder, "青山县") == list(browsing.row_ids(office, RECEIPT, View(), TODAY))

    def test_what_is_saved_while_the_index_is_read_is_not_lost(self, office: Office, draft, monkeypatch):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        finder = Finder(office, RECEIPT)
        is_read, may_end = threading.Event(), threading.Event()
        load = search.SearchIndex.load

        def slow(index, db) -> None:
            load(index, db)
            is_read.set()
            assert may_end.wait(20)

        monkeypatch.setattr(search.SearchIndex, "load", slow)
        thread = threading.Thread(target=finder.load)
        thread.start()
        assert is_read.wait(20)
        row = records.register_document(office, RECEIPT, draft("receipt", title="读的时候登记的"), TODAY)
        finder.refresh(row["id"])
        may_end.set()
        thread.join()
        assert finder.is_ready
        assert found(finder, "读的时候") == [row["id"]]

    def test_a_finder_is_not_ready_before_it_was_loaded(self, office: Office, draft):
        finder = Finder(office, DISPATCH)
        assert not finder.is_ready
        assert found(finder, "关于") == []
        finder.load()
        assert finder.is_ready


@pytest.mark.parametrize(("limit", "count"), [(0, 0), (-5, 0), (1, 1), (2, 2), (50, 3)])
def test_find_brings_the_newest_and_no_more_than_asked(limit: int, count: int, office: Office, draft):
    ids = [records.register_document(office, RECEIPT, draft("receipt"), TODAY)["id"] for _ in range(3)]
    assert [row["id"] for row in search.find(office, RECEIPT, "排查", limit)] == ids[::-1][:count]
