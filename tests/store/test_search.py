# SPDX-License-Identifier: MulanPSL-2.0
"""The index against the plainest search there is, for any rows, words, years and later changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.searchkeys import fold, spell
from township_office.registers.receipt import RECEIPT
from township_office.services.office import Office, create_office
from township_office.store import database, records
from township_office.store.changelog import Pen
from township_office.store.search import SearchIndex, holds

MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "60")), deadline=None, database=None)
WORDS = st.text(st.sampled_from("防汛低保县乡a1-𠮷\ue000\ue001\U0010fffd"), min_size=1, max_size=4)
YEARS = st.sampled_from([None, 1949, 2025, 2026, 2100])
ROWS = st.lists(st.tuples(YEARS, WORDS, st.booleans()), max_size=25)


@pytest.fixture(scope="module")
def fast_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    path: Path = tmp_path_factory.mktemp("search") / "a.office.db"
    with create_office(path, "云水镇党政综合办公室", "王春燕", date(2026, 11, 20)) as office:
        office.db.conn.execute("PRAGMA synchronous = OFF")
        yield office


def plainly(db: database.Database, tokens: list[str], year: int | None) -> list[int]:
    rows = db.conn.execute(
        "SELECT id, search_text, initials FROM receipt WHERE entry <> 'revoked' AND (?1 IS NULL OR year = ?1) "
        "ORDER BY year DESC, id DESC",
        [year],
    )
    return [row_id for row_id, *keys in rows if tokens and holds(keys, tokens)]


@given(before=ROWS, later=ROWS, words=st.lists(WORDS, max_size=3), picks=st.data())
@MANY
def test_the_index_finds_what_a_plain_search_finds(fast_office: Office, whole_row, before, later, words, picks):
    db, pen = fast_office.db, Pen(fast_office.db, "王春燕")
    db.conn.execute("DROP TRIGGER IF EXISTS receipt_never_delete")
    db.conn.execute("DELETE FROM receipt")
    index = SearchIndex(RECEIPT)

    def rows(given):
        return [
            whole_row(RECEIPT, year=year, title=title, entry="revoked" if is_revoked else "live")
            for year, title, is_revoked in given
        ]

    with database.writing(db):
        ids = records.add_many(pen, RECEIPT, rows(before), "import")
        index.load(db)
        new = records.add_many(pen, RECEIPT, rows(later), "import")
        changed = picks.draw(st.lists(st.sampled_from(ids), max_size=4)) if ids else []
        for row_id in changed:
            entry = picks.draw(st.sampled_from(["live", "revoked"]))
            year = picks.draw(YEARS)
            records.change(pen, RECEIPT, row_id, {"title": "防县", "entry": entry, "year": year}, verb="change", why="")
    for row_id in [*new, *changed]:
        index.refresh(db, row_id)
    tokens = [fold(word) for word in words]
    for year in (None, 2026, 2025, 1949, 2000):
        assert list(index.hits([tokens], year)) == plainly(db, tokens, year)
        two = list(index.hits([tokens, ["防"]], year))
        assert two == [
            one for one in plainly(db, [""], year) if one in {*plainly(db, tokens, year), *plainly(db, ["防"], year)}
        ]
        assert list(index.hits([tokens, tokens], year, within=frozenset(two[::2]))) == [
            one for one in plainly(db, tokens, year) if one in two[::2]
        ]


def test_before_it_is_loaded_nothing_is_found(db):
    index = SearchIndex(RECEIPT)
    assert not index.is_loaded
    assert list(index.hits([["a"]])) == []
    index.load(db)
    assert index.is_loaded
    assert list(index.hits([["a"]])) == []
    assert list(index.hits([])) == []
    assert list(index.hits([[]], 2026)) == []


def test_a_row_that_is_gone_is_forgotten(db, pen, whole_row):
    index = SearchIndex(RECEIPT)
    with database.writing(db):
        row_id = records.add(pen, RECEIPT, whole_row(RECEIPT, title="防汛"))
    index.load(db)
    assert list(index.hits([["防汛"]])) == [row_id]
    with database.writing(db):
        records.change(pen, RECEIPT, row_id, {"entry": "revoked"}, verb="revoke", why="")
    index.refresh(db, row_id)
    index.refresh(db, 99_999)
    assert list(index.hits([["防汛"]])) == []


def test_private_signs_find_what_holds_them_and_nothing_else(db, pen, whole_row):
    titles = ["甲", "\ue000乙", "丙\ue000\ue001", "\ue001", "\U0010fffd丁", "𠮷戊"]
    with database.writing(db):
        ids = records.add_many(pen, RECEIPT, [whole_row(RECEIPT, title=title) for title in titles], "import")
    index = SearchIndex(RECEIPT)
    index.load(db)
    for typed in ("\ue000", "\ue001", "\ue000\ue001", "\uf000", "\U0010fffd", "𠮷", "\ue07e"):
        assert set(index.hits([[spell(typed)]])) == {
            row_id for row_id, title in zip(ids, titles, strict=True) if typed in title
        }


def test_hits_already_begun_do_not_mind_a_change(db, pen, whole_row):
    with database.writing(db):
        ids = records.add_many(pen, RECEIPT, [whole_row(RECEIPT, title="防汛")] * 5, "import")
    index = SearchIndex(RECEIPT)
    index.load(db)
    hits = index.hits([["防汛"]])
    found = [next(hits)]
    index.refresh(db, ids[0])
    index.load(db)
    assert [*found, *hits] == ids[::-1]
