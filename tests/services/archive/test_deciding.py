# SPDX-License-Identifier: MulanPSL-2.0
"""What a hand decides before the filing: kept at once, the same in many, gone back to what is proposed."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.archive.year import TODAY, commit, decide, issue, plan, proposed, put_behind, receive
from township_office.core.errors import Invalid, OfficeError
from township_office.services import checking
from township_office.services.archive import deciding
from township_office.services.office import Office, close_office

DECISIONS = {
    "retention_period": ("永久", "retention", "永久"), "category": ("ZP", "category", "ZP"),
    "doc_number": ("青水[2025]9号", "doc_number", "青水〔2025〕9号"),
    "responsible_body": ("镇政府", "responsible_body", "镇政府"),
    "title": ("[补拟题名]", "title", "[补拟题名]"), "dated_on": ("2025-01-02", "dated_on", date(2025, 1, 2)),
    "page_count": ("12页", "page_count", 12), "remarks": ("缺附件2", "remarks", "缺附件2"),
    "org_or_subject": ("经济发展办公室", "org", "JJ"), "archive_year": ("2025", "year", 2025),
}  # fmt: skip


@pytest.fixture
def three(office: Office) -> list[str]:
    from township_office.services.settings import set_setting

    set_setting(office, "archive.orgs", "BGS=党政综合办公室,JJ=经济发展办公室")
    return [receive(office, f"关于{name}工作的函", f"2025-05-0{at}") for at, name in enumerate("甲乙丙", start=1)]


def test_every_field_that_may_be_decided_is_tried():
    assert DECISIONS.keys() == set(deciding.DECIDED)


@pytest.mark.parametrize("name", DECISIONS)
def test_each_field_is_set_in_many_at_once_and_goes_back(name: str, office: Office, three: list[str]):
    typed, attribute, wanted = DECISIONS[name]
    before = [proposed(office, key) for key in three]
    decide(office, *three[:2], **{name: typed})
    for key in three[:2]:
        assert getattr(proposed(office, key), attribute) == wanted
        assert name in proposed(office, key).by_hand or name == "archive_year"
    assert getattr(proposed(office, three[2]), attribute) == getattr(before[2], attribute)
    decide(office, *three[:2], **{name: ""})
    for key, was in zip(three, before, strict=True):
        assert getattr(proposed(office, key), attribute) == getattr(was, attribute)
        assert proposed(office, key).by_hand == frozenset()
    assert checking.verify(office).findings == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"retention_period": "5年"}, {"retention_period": "长期"}, {"page_count": "0"}, {"page_count": "许多"},
        {"category": "XX"}, {"category": "WS·"}, {"dated_on": "昨年"}, {"archive_year": "25"}, {"title": "长" * 501},
        {"org_or_subject": "没有这个办"}, {"org_or_subject": "B-S"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_set(wrong: dict[str, str], office: Office, three):
    with pytest.raises(Invalid) as refused:
        decide(office, *three, remarks="都写", **wrong)
    assert [problem.field for problem in refused.value.problems] == list(wrong)
    assert {one.remarks for one in plan(office).items} == {""}


def test_periods_are_understood_in_every_spelling(office: Office, three):
    for typed, wanted in (("定期30年", "30年"), ("Y", "永久"), ("十年", "10年"), ("不归档", "不归档")):
        decide(office, three[0], retention_period=typed)
        assert proposed(office, three[0]).retention == wanted
    assert [one.key for one in plan(office).left_out] == [three[0]]


def test_a_name_nobody_may_decide(office: Office, three):
    with pytest.raises(KeyError):
        decide(office, three[0], box_no="3")


# ---- 组件 ----


def pages(office: Office, *keys: str) -> list[int | None]:
    return [proposed(office, key).page_count for key in keys]


def test_an_item_has_the_pages_of_all_that_lies_in_it(office: Office, three):
    first, second, third = three
    decide(office, first, page_count="5")
    decide(office, second, page_count="3")
    deciding.join(office, first, [second, third])
    one = proposed(office, first)
    assert (one.members, one.page_count) == ((second, third), 8)
    assert "关于乙工作的函" in one.components
    assert len(plan(office).items) == 1
    decide(office, first, page_count="9")
    deciding.split(office, [second])
    assert pages(office, first, second) == [6, 3]
    deciding.split(office, [third, first])
    assert pages(office, first, second, third) == [6, 3, None]


def test_pages_nobody_counted_are_not_made_up(office: Office, three):
    decide(office, three[1], page_count="3")
    deciding.join(office, three[0], [three[1]])
    assert pages(office, three[0]) == [None]
    deciding.split(office, [three[1]])
    assert pages(office, *three[:2]) == [None, 3]


def test_what_lay_in_an_item_comes_along(office: Office, three):
    first, second, third = three
    for key, count in zip(three, "123", strict=True):
        decide(office, key, page_count=count)
    deciding.join(office, second, [third])
    deciding.join(office, first, [second])
    assert (proposed(office, first).members, proposed(office, first).page_count) == ((second, third), 6)
    deciding.join(office, third, [first])  # and back into one of them
    assert (set(proposed(office, third).members), proposed(office, third).page_count) == ({first, second}, 6)
    with pytest.raises(OfficeError, match="不能并入它自己"):
        deciding.join(office, first, [second, first])


def test_what_lies_in_an_item_that_is_not_filed_is_not_filed_either(office: Office, three):
    deciding.join(office, three[0], three[1:])
    decide(office, three[0], retention_period="不归档")
    assert plan(office).items == ()
    assert [(one.key, one.members) for one in plan(office).left_out] == [(three[0], (three[1], three[2]))]


KEYS = st.integers(0, 4)


@settings(max_examples=int(os.environ.get("EXAMPLES", "15")), deadline=None, database=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.tuples(st.sampled_from(["join", "split", "move"]), KEYS, KEYS), min_size=1, max_size=12))
def test_every_paper_stands_in_the_plan_once(new_office, tmp_path_factory, deeds):
    office = new_office(tmp_path_factory.mktemp("plan") / "a.office.db")
    keys = [receive(office, f"关于{name}的函", f"2025-05-0{at}") for at, name in enumerate("甲乙丙丁戊", start=1)]
    decide(office, *keys, retention_period="30年", page_count="2")
    for verb, one, other in deeds:
        if verb == "join" and one != other:
            deciding.join(office, keys[one], [keys[other]])
        elif verb == "split":
            deciding.split(office, [keys[one]])
        elif verb == "move" and keys[one] in {item.key for item in plan(office).items}:
            before = [item.key for item in plan(office).items]
            anchor = keys[other] if keys[other] in before and one != other else ""
            put_behind(office, keys[one], anchor)
            wanted = [key for key in before if key != keys[one]]
            wanted.insert(wanted.index(anchor) + 1 if anchor else 0, keys[one])
            assert [item.key for item in plan(office).items] == wanted, "only this one moved"
        found = plan(office).items
        assert sorted(key for item in found for key in (item.key, *item.members)) == keys
        assert [item.page_count for item in found] == [2 * (1 + len(item.members)) for item in found]
        assert [item.item_no for item in found] == list(range(1, len(found) + 1))
    close_office(office)


def test_the_desk_shows_each_once_even_where_they_lie_in_each_other(office: Office, three):
    """Not to be made here; but what another tool wrote must not make a paper vanish."""
    for key in three:
        decide(office, key, remarks="甲")
    office.db.execute("UPDATE filing SET main_id = id % 3 + 1")
    assert sorted(one.key for one in plan(office).items) == three
    office.db.execute("UPDATE filing SET main_id = CASE id WHEN 1 THEN 2 WHEN 2 THEN 3 END")
    assert [(one.key, set(one.members)) for one in plan(office).items] == [(three[2], {three[0], three[1]})]


# ---- of no book ----


def test_a_document_that_stands_in_no_book(fonds: Office):
    draft = {"title": "2025年党委会会议记录", "responsible_body": "中共云水镇委员会", "dated_on": "2025-12-31"}
    key = deciding.add_unregistered(fonds, 2025, draft | {"retention_period": "永久"}, TODAY)
    one = proposed(fonds, key)
    assert (one.title, one.retention, one.org, one.year) == (draft["title"], "永久", "BGS", 2025)
    assert one.reference_code == "Z109-WS·2025-Y-BGS-0001"
    decide(fonds, key, archive_year="2024")
    assert plan(fonds).items == ()
    assert [item.key for item in plan(fonds, 2024).items] == [key]
    decide(fonds, key, archive_year="")
    assert [item.key for item in plan(fonds, 2024).items] == [key], "no date of a book says its year"
    decide(fonds, key, retention_period="不归档")
    assert plan(fonds, 2024).items == ()


@pytest.mark.parametrize("name", ["title", "responsible_body"])
def test_it_needs_a_title_and_somebody_who_wrote_it(name: str, office: Office):
    draft = {"title": "会议记录", "responsible_body": "镇政府"} | {name: " "}
    with pytest.raises(Invalid) as refused:
        deciding.add_unregistered(office, 2025, draft, TODAY)
    assert [problem.field for problem in refused.value.problems] == [name]


def test_what_is_filed_is_decided_no_more(office: Office):
    key, other = receive(office, "关于防汛的通知"), issue(office, "关于会议的通知")
    commit(office)
    late = receive(office, "关于防火的通知")
    for work in (
        lambda: decide(office, key, page_count="3"),
        lambda: deciding.join(office, late, [key]),
        lambda: deciding.join(office, other, [late]),
        lambda: deciding.split(office, [key]),
    ):
        with pytest.raises(OfficeError, match="已经归档"):
            work()
    assert proposed(office, late).members == ()
