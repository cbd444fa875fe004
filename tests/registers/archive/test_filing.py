# SPDX-License-Identifier: MulanPSL-2.0
"""归档: from whom a paper is, whose it is, in which order items stand."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.registers.archive.filing import arranged, behind, issuer_of, matter_key, origin_of, town_of
from township_office.registers.archive.retention import OWN, PEER, SUBORDINATE, SUPERIOR

MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "200")), deadline=None, database=None)
OFFICE = "青山县云水镇党政综合办公室"


@pytest.mark.parametrize(
    ("sender", "origin"),
    [
        ("青山县人民政府", SUPERIOR), ("青山县财政局", SUPERIOR),
        ("中共青山县委组织部", SUPERIOR), ("县委办公室", SUPERIOR),
        ("省政府", SUPERIOR), ("镇江市人民政府", SUPERIOR), ("国务院", SUPERIOR), ("", SUPERIOR),
        ("青山县石桥镇人民政府", PEER), ("石桥镇党委", PEER),
        ("柳河乡党政综合办公室", PEER), ("青山县供电公司营业所", SUPERIOR),
        ("张家村村民委员会", SUBORDINATE), ("云水镇张家村", SUBORDINATE), ("青山县云水镇中心小学", SUBORDINATE),
        ("和平社区居委会党支部", SUBORDINATE),
        ("青山县云水镇人民政府", OWN), ("云水镇人民政府", OWN),
        ("中共云水镇委员会", OWN), ("中共青山县云水镇委员会", OWN),
        ("镇政府", OWN), ("镇党委", OWN), ("本镇人大", OWN), ("本机关", OWN), ("云水镇 财政所", OWN),
    ],
)  # fmt: skip
def test_where_a_paper_comes_from(sender: str, origin: str):
    assert origin_of(sender, OFFICE) == origin


@pytest.mark.parametrize(
    ("office", "town"),
    [
        (OFFICE, "青山县云水镇"), ("云水镇党政办", "云水镇"), ("景德镇市浮梁县江村乡党政办", "景德镇市浮梁县江村乡"),
        ("镇江市丹徒区谷阳镇办公室", "镇江市丹徒区谷阳镇"),
        ("广州市番禺区市桥街道办事处", "广州市番禺区市桥街道"), ("青山县政府办", ""),
    ],
)  # fmt: skip
def test_the_town_of_an_office(office: str, town: str):
    assert town_of(office) == town


@pytest.mark.parametrize(
    ("number", "body"),
    [
        ("云政发〔2025〕1号", "青山县云水镇人民政府"), ("云委发〔2025〕1号", "中共青山县云水镇委员会"),
        ("云党发[2025]1号", "中共青山县云水镇委员会"), ("云人大〔2025〕3号", "青山县云水镇人民代表大会"),
        ("云政办发〔2025〕1号", OFFICE), ("云纪要第3期", OFFICE), ("", OFFICE), ("云工〔2025〕1号", "云水镇总工会"),
    ],
)  # fmt: skip
def test_whose_an_own_document_is(number: str, body: str):
    assert issuer_of(number, OFFICE, {"云工": "云水镇总工会"}) == body


def test_without_a_town_it_is_the_office_itself():
    assert issuer_of("青政发〔2025〕1号", "青山县政府办", {}) == "青山县政府办"


# ---- order ----


def test_time_combined_with_matter():
    """A matter stands where its first paper stands; its papers stand together by date (DA/T 22 5.3.1)."""
    given = [
        (date(2025, 3, 1), "云水镇人民政府关于2025年预算的请示"), (date(2025, 4, 1), "关于防汛工作的通知"),
        (date(2025, 5, 1), "青山县人民政府关于2025年预算的批复"),
        (date(2025, 2, 1), "关于春耕的通知"), (None, "没有日期的记录"),
        (date(2025, 4, 1), "关于防火工作的通知"),
    ]  # fmt: skip
    assert arranged(given) == [3, 0, 2, 1, 5, 4]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于报送预算的请示", "青山县人民政府关于报送预算的批复"),
        ("关于 防汛 的紧急通知", "云水镇关于防汛的补充通知"),
        ("《大事记》", "大事记"),
    ],
)  # fmt: skip
def test_one_matter(one: str, other: str):
    assert matter_key(one) == matter_key(other)
    assert matter_key(one) != matter_key("关于换届的通知")


DAYS = st.one_of(st.none(), st.integers(0, 5).map(lambda days: date(2025, 1, 1) + timedelta(days)))
TITLES = st.sampled_from(["关于甲的请示", "县政府关于甲的批复", "关于乙的通知", "丙", ""])


@MANY
@given(st.lists(st.tuples(DAYS, TITLES), max_size=12))
def test_arranged_is_an_order_and_keeps_matters_together(items: list[tuple[date | None, str]]):
    order = arranged(items)
    assert sorted(order) == list(range(len(items)))
    matters = [matter_key(items[at][1]) for at in order]
    runs = [matter for at, matter in enumerate(matters) if at == 0 or matters[at - 1] != matter]
    assert len(runs) == len(set(runs)), "a matter is torn apart"
    firsts = [min(day or date.max for day, title in items if matter_key(title) == matter) for matter in runs]
    assert firsts == sorted(firsts)


@st.composite
def moved(draw: st.DrawFn) -> tuple[list[tuple[int, int | None]], list[int]]:
    count = draw(st.integers(0, 8))
    own = [draw(st.sampled_from([0, at + 1])) for at in range(count)]
    after = [draw(st.one_of(st.none(), st.integers(0, count + 2))) for _ in range(count)]
    return list(zip(own, after, strict=True)), draw(st.permutations(range(count)))


@MANY
@given(moved())
def test_moved_items_stand_behind_their_own(given: tuple[list[tuple[int, int | None]], list[int]]):
    ids, order = given
    found = behind(ids, order)
    assert sorted(found) == sorted(order), "none is lost, none doubled"
    assert behind(ids, found) == found, "and so they stay"
    unmoved = [at for at in order if ids[at][1] is None]
    assert [at for at in found if ids[at][1] is None] == unmoved, "the others keep their order"


def test_several_behind_one_another():
    ids = [(1, None), (2, 0), (3, 2), (4, 1), (5, 1), (6, 99), (7, 8), (8, 7), (9, 9)]
    assert [ids[at][0] for at in behind(ids, range(9))] == [2, 3, 1, 4, 5, 6, 9, 7, 8]
