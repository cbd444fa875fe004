# SPDX-License-Identifier: MulanPSL-2.0
"""Any order of registering, deciding, joining, moving, filing, appending, voiding, taking back, boxing and undoing.

What must hold at every moment: no 档号 twice, 件号 without a gap in each class, what is printed stands as printed,
nothing mixes in a box, and every paper lies in the item its book names.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import defaultdict
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from tests.services.archive.year import TODAY, append, by_code, count_pages, issue, number, put_behind, receive
from township_office.core.errors import Invalid, OfficeError
from township_office.registers import BY_NAME, DOCUMENTS
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import checking, records, undoing
from township_office.services import settings as office_settings
from township_office.services.archive import boxing, committing, deciding, items
from township_office.services.archive.proposal import propose_year
from township_office.services.office import Office, close_office, create_office
from township_office.store import filing

YEARS = (2024, 2025)
PERIODS = ("永久", "30年", "10年")
TITLES = ("关于防汛工作的请示", "关于防汛工作的批复", "关于换届工作的通知", "党委会议纪要")
DAYS = st.sampled_from(["2024-12-31", "2025-01-02", "2025-06-01", "2025-06-02"])
YEAR = st.sampled_from(YEARS)
DRAFTS = st.fixed_dictionaries(
    {"retention_period": st.sampled_from((*PERIODS, "不归档", ""))},
    optional={
        "org_or_subject": st.sampled_from(["BGS", "JJ", ""]), "archive_year": st.sampled_from(["2024", "2025", ""]),
        "page_count": st.just("7"),
    },
)  # fmt: skip


class Archive(RuleBasedStateMachine):
    """An archive, and what was on paper when."""

    keys = Bundle("keys")

    @initialize(target=keys, kept=st.lists(st.sampled_from(PERIODS), min_size=4, max_size=4))
    def begin(self, kept: list[str]) -> object:
        """Begin with papers of both years, so that a few rules reach far."""
        self.folder = Path(tempfile.mkdtemp(prefix="archive-"))
        self.office: Office = create_office(self.folder / "a.office.db", "青山县云水镇党政综合办公室", "王春燕", TODAY)
        self.office.db.conn.execute("PRAGMA synchronous = OFF")
        number(self.office)
        office_settings.set_setting(self.office, "archive.orgs", "BGS=党政综合办公室,JJ=经济发展办公室")
        self.printed: dict[str, int] = {}  # which item bore a number when it was printed
        papers = [
            receive(self.office, f"关于{name}的通知", f"2025-03-{at:02d}") for at, name in enumerate("甲乙丙丁戊", 1)
        ]
        papers += [issue(self.office, f"关于{name}的函", "2024-05-06") for name in "己庚辛"]
        for key, period in zip(papers, kept, strict=False):
            deciding.decide(self.office, [key], {"retention_period": period}, TODAY)
        return multiple(*papers)

    # ---- before the filing ----

    @rule(target=keys, book=st.sampled_from(["receipt", "dispatch", ""]), title=st.sampled_from(TITLES), day=DAYS)
    def register(self, book: str, title: str, day: str) -> str:
        if book == "receipt":
            return receive(self.office, title, day, doc_number="青水〔2025〕8号")
        if book == "dispatch":
            return issue(self.office, title, day)
        draft = {"title": title, "responsible_body": "镇政府", "dated_on": day}
        return deciding.add_unregistered(self.office, int(day[:4]), draft, TODAY)

    @rule(key=keys, draft=DRAFTS)
    def decide(self, key: str, draft: dict[str, str]) -> None:
        with suppress(OfficeError):
            deciding.decide(self.office, [key], draft, TODAY)

    @rule(key=keys, other=keys, is_apart=st.booleans())
    def join_or_split(self, key: str, other: str, is_apart: bool) -> None:
        with suppress(OfficeError):
            if is_apart:
                deciding.split(self.office, [key])
            else:
                deciding.join(self.office, key, [other])

    @rule(key=keys, anchor=keys)
    def move(self, key: str, anchor: str) -> None:
        with suppress(OfficeError, KeyError):
            put_behind(self.office, key, anchor)

    # ---- the filing and after ----

    @rule(year=st.sampled_from((2025, 2025, 2024)))
    def commit(self, year: int) -> None:
        plan, codes = propose_year(self.office, year), set(by_code(self.office))
        if not plan.items:
            with pytest.raises(OfficeError, match="没有要归档的文件"):
                committing.commit_year(self.office, year, TODAY)
            return
        done = committing.commit_year(self.office, year, TODAY)
        assert set(by_code(self.office)) - codes == {one.reference_code for one in plan.items}
        assert done.items == len(plan.items)

    @rule(year=YEAR, period=st.sampled_from(PERIODS), org=st.sampled_from(["BGS", "JJ", ""]))
    def append_late(self, year: int, period: str, org: str) -> None:
        append(self.office, archive_year=str(year), retention_period=period, org_or_subject=org)

    @rule(pick=st.data(), key=keys, is_paper=st.sampled_from((False, False, True)))
    def void(self, pick: st.DataObject, key: str, is_paper: bool) -> None:
        name, _, row_id = key.partition(":")
        rows = by_code(self.office)
        live = sorted(code for code, row in rows.items() if row["voided_on"] is None)
        if is_paper and name in BY_NAME:
            with suppress(OfficeError):
                records.void(self.office, BY_NAME[name], int(row_id), "重复登记", TODAY)
        elif live:
            row_id = str(rows[pick.draw(st.sampled_from(live))]["id"])
            records.void(self.office, ARCHIVE_ITEM, int(row_id), "重复", TODAY)

    @rule(back=st.integers(1, 2))
    def revoke(self, back: int) -> None:
        """The last filing, or the one before."""
        if len(filings := committing.filings(self.office)) < back:
            self.commit(2025)
        else:
            with suppress(OfficeError):
                committing.revoke(self.office, filings[back - 1].id, "重来", TODAY)

    @rule(year=st.sampled_from((2024, 2024, 2024, 2025)))
    def print_year(self, year: int) -> None:
        committing.note_printed(self.office, [year], datetime(2026, 3, 2))
        self.printed |= {code: row["id"] for code, row in by_code(self.office).items() if row["year"] == year}

    @rule(pages=st.sampled_from([5, 150, 400]), thickness=st.sampled_from([0, 20, 50]))
    def box(self, pages: int, thickness: int) -> None:
        count_pages(self.office, pages)
        for one in items.classes(self.office):
            if one.unboxed:
                boxing.commit_boxes(self.office, one.series, one.year, TODAY, thickness)

    @rule(pick=st.data(), number=st.integers(1, 3))
    def unbox(self, pick: st.DataObject, number: int) -> None:
        if found := items.classes(self.office):
            one = pick.draw(st.sampled_from(found))
            boxing.unbox(self.office, one.series, one.year, number, TODAY)

    @rule(redo=st.booleans())
    def undo(self, redo: bool) -> None:
        with suppress(OfficeError, Invalid):
            (undoing.redo if redo else undoing.undo)(self.office, TODAY)

    # ---- what must hold ----

    @invariant()
    def numbers_are_unique_gapless_and_stable(self) -> None:
        rows = by_code(self.office)
        ids = [row_id for (row_id,) in self.office.db.execute("SELECT id FROM archive_item WHERE entry <> 'revoked'")]
        assert len(rows) == len(ids), "a 档号 twice"
        given: dict[object, list[int]] = defaultdict(list)
        for code, row in rows.items():
            assert code == f"{row['series']}-{row['sequence']:04d}"
            given[row["series"]].append(int(str(row["sequence"])))
        for numbers in given.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1)), "void ones keep theirs"
        for code, row_id in self.printed.items():
            assert rows[code]["id"] == row_id, "what is printed stands as printed"
        for one in items.classes(self.office):
            assert (one.gaps, one.first, one.last) == (0, 1, len(given[one.series]))

    @invariant()
    def nothing_mixes_in_a_box(self) -> None:
        rows = [row for row in by_code(self.office).values() if row["voided_on"] is None]
        inside = {box_id: {item["id"] for item in box.items} for box_id, box in self.boxes()}
        assert sum(map(len, inside.values())) == sum(row["box_no"] is not None for row in rows)
        for one in items.classes(self.office):
            boxes = [box for box in boxing.boxes(self.office, one.series, one.year) if box.items]
            for box in boxes:
                alike = {
                    tuple(item[name] for name in ("year", "retention_period", "org_or_subject")) for item in box.items
                }
                assert len(alike) == 1
            assert all(box.last < following.first for box, following in pairwise(boxes))

    def boxes(self) -> list[tuple[object, boxing.Boxed]]:
        places = {(str(row["series"]), int(str(row["year"]))) for row in by_code(self.office).values()}
        return [(box.row["id"], box) for place in places for box in boxing.boxes(self.office, *place)]

    @invariant()
    def every_paper_lies_where_its_book_says(self) -> None:
        rows = {row["id"]: row for row in by_code(self.office).values()}
        for book in DOCUMENTS:
            lies = dict(filing.filed(self.office.db, book))
            for (row_id,) in self.office.db.execute(f"SELECT id FROM {book.name} WHERE entry <> 'revoked'").fetchall():
                paper = records.get(self.office, book, row_id)
                if row_id in lies:
                    item = rows[lies[row_id]]
                    assert (paper["filed_on"], paper["volume_number"]) == (TODAY, item["number"])
                    assert item["voided_on"] is None
                else:
                    assert (paper["filed_on"], paper["volume_number"]) == (None, None)

    @invariant()
    def every_paper_waits_once_or_is_filed(self) -> None:
        plans = [propose_year(self.office, year) for year in YEARS]
        waiting = [key for plan in plans for one in plan.all for key in (one.key, *one.members)]
        assert len(waiting) == len(set(waiting))
        wanted = {
            f"{book.name}:{row_id}"
            for book in DOCUMENTS
            for (row_id,) in self.office.db.execute(
                f"SELECT id FROM {book.name} WHERE filed_on IS NULL AND voided_on IS NULL AND entry <> 'revoked'"
            )
        }
        assert {key for key in waiting if not key.startswith("filing")} == wanted

    def teardown(self) -> None:
        if hasattr(self, "office"):
            assert checking.verify(self.office).findings == ()
            revoked = "SELECT count(*) FROM archive_box WHERE entry = 'revoked' AND sequence IS NOT NULL"
            assert self.office.db.execute(revoked).fetchone() == (0,), ARCHIVE_BOX.title
            close_office(self.office)
            shutil.rmtree(self.folder)


TestArchive = Archive.TestCase
TestArchive.settings = settings(
    max_examples=int(os.environ.get("EXAMPLES", "30")), stateful_step_count=40, deadline=None, database=None
)
