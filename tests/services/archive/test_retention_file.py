# SPDX-License-Identifier: MulanPSL-2.0
"""The retention table as a file: what is written is read again, and nothing else is taken for one."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from township_office.core.errors import OfficeError
from township_office.registers.archive.retention import (
    NOT_FILED,
    ORIGINS,
    OWN,
    PEER,
    RETENTIONS,
    SUBORDINATE,
    SUPERIOR,
    TEN,
    Rule,
    propose,
    read_table,
)
from township_office.services.archive import scheme
from township_office.services.archive.retention_file import load_table, save_table
from township_office.services.office import Office
from township_office.services.settings import set_setting

BASE = read_table(scheme.BASE_TABLE)
PLAIN = st.text(st.sampled_from("防汛党员\"\\'#=[]{}、，a1."), min_size=1, max_size=12).map(str.strip).filter(bool)
RULES = st.builds(
    Rule, group=PLAIN, matter=PLAIN, retention=st.sampled_from([None, *RETENTIONS]),
    words=st.lists(PLAIN, max_size=40, unique=True).map(tuple),
    origins=st.lists(st.sampled_from(ORIGINS), min_size=1, unique=True).map(tuple), source=PLAIN,
    is_certain=st.booleans(),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rules=st.lists(RULES, min_size=1, max_size=6))
def test_there_and_back(office: Office, tmp_path: Path, rules: list[Rule]):
    path = tmp_path / "表.toml"
    save_table(office, rules, path)
    assert load_table(office, path) == rules


def test_the_base_table_is_what_would_be_written(office: Office, tmp_path: Path):
    """So that a township's file and ours can be compared line by line."""
    path = tmp_path / "表.toml"
    save_table(office, BASE, path)
    text, base = path.read_text("utf-8"), scheme.BASE_TABLE.read_text("utf-8")
    assert text[text.index("[[rule]]") :] == base[base.index("[[rule]]") :]


def test_whose_it_is_stands_above(office: Office, tmp_path: Path):
    set_setting(office, "archive.retention_approval", "青档发〔2022〕5号")
    save_table(office, BASE, tmp_path / "表.toml")
    head = (tmp_path / "表.toml").read_text("utf-8").splitlines()[:2]
    assert head == ["# 青山县云水镇党政综合办公室的保管期限表。", "# 批准文号和日期：青档发〔2022〕5号"]


def test_what_the_notepad_of_windows_saves_is_read(office: Office, tmp_path: Path):
    path = tmp_path / "表.toml"
    path.write_bytes(b"\xef\xbb\xbf" + scheme.BASE_TABLE.read_bytes().replace(b"\n", b"\r\n"))
    assert load_table(office, path) == BASE


@pytest.mark.parametrize(
    "text",
    ["", "保管期限", "rule = 5", 'rule = "甲"', "[rule]", "[[rule]]", "a = " + "[" * 5000, '[[rule]]\ngroup = "甲"'],
)
def test_what_is_no_table_is_told(office: Office, tmp_path: Path, text: str):
    path = tmp_path / "表.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(OfficeError, match="保管期限表"):
        load_table(office, path)


def test_a_line_that_cannot_be_used_is_named(office: Office, tmp_path: Path):
    path = tmp_path / "表.toml"
    good = scheme.BASE_TABLE.read_text("utf-8")
    path.write_text(good + good[good.index("[[rule]]") :].replace('"永久"', '"长期"', 1), "utf-8")
    with pytest.raises(OfficeError, match=f"第 {len(BASE) + 1} 条"):
        load_table(office, path)


def test_missing_and_huge_files_are_told(office: Office, tmp_path: Path):
    with pytest.raises(OfficeError, match="读不出来"):
        load_table(office, tmp_path / "没有.toml")
    (tmp_path / "大.toml").write_text("#" * 1_000_001)
    with pytest.raises(OfficeError, match="读不出来"):
        load_table(office, tmp_path / "大.toml")


def test_a_folder_that_is_not_there_is_told(office: Office, tmp_path: Path):
    with pytest.raises(OfficeError):
        save_table(office, BASE, tmp_path / "没有" / "表.toml")


# ---- the table that comes with the program (domain: retention schedule) ----


def decided(title: str, origin: str) -> tuple[str, str]:
    """The period and the group of the line that decides."""
    found = propose(BASE, title, origin)
    assert found is not None
    return (found.rule.retention.word if found.rule.retention else NOT_FILED), found.rule.group


@pytest.mark.parametrize(
    ("title", "origin", "period"),
    [
        ("中共云水镇委员会党委会会议纪要", OWN, "永久"),
        ("关于李某等同志任职的通知", OWN, "永久"),
        ("关于印发《云水镇财务管理办法》的通知", OWN, "永久"),
        ("关于2025年度工作总结的报告", OWN, "永久"),
        ("关于2025年党建工作总结的报告", OWN, "永久"),
        ("关于上半年工作总结的报告", OWN, "10年"),
        ("关于上半年安全生产工作总结的报告", OWN, "10年"),
        ("关于第三季度工作总结的报告", OWN, "10年"),
        ("关于成立防汛指挥部的通知", OWN, "30年"),
        ("关于印发《云水镇防汛应急预案》的通知", OWN, "30年"),
        ("关于国庆节放假安排的通知", OWN, NOT_FILED),
        ("关于党费收缴管理的通知", OWN, "30年"),
        ("关于同意召开云水镇党员代表大会的批复", SUPERIOR, "永久"),
        ("关于印发《云水镇职能配置、内设机构和人员编制规定》的通知", SUPERIOR, "永久"),
        ("关于印发青山县科学技术局职能配置、内设机构和人员编制规定的通知", SUPERIOR, "10年"),
        ("关于做好汛期地质灾害防范工作的通知", SUPERIOR, "30年"),
        ("关于加强知识产权保护的意见", SUPERIOR, "10年"),
        ("关于成立县推进营商环境工作领导小组的通知", SUPERIOR, "10年"),
        ("关于表彰全县安全生产先进单位的决定", SUPERIOR, NOT_FILED),
        ("关于召开全县信访工作联席会议的通知", SUPERIOR, NOT_FILED),
        ("关于成立全域土地综合整治联席会议的通知", SUPERIOR, "10年"),
        ("关于人民政府门户网站改版的通知", SUPERIOR, "10年"),
        ("关于商请协助调处林地纠纷的函", PEER, "30年"),
        ("关于修建便民桥的请示", SUBORDINATE, "30年"),
        ("关于村民委员会换届选举结果的报告", SUBORDINATE, "永久"),
        ("关于年度工作总结的报告", SUBORDINATE, "10年"),
        ("防汛工作简报第3期", SUBORDINATE, NOT_FILED),
    ],
)
def test_the_base_table_decides_as_the_schedule_says(title: str, origin: str, period: str):
    assert decided(title, origin)[0] == period


def test_every_origin_has_a_last_resort_and_no_line_is_there_twice():
    for origin in ORIGINS:
        last = propose(BASE, "甲", origin)
        assert last is not None
        assert last.word == ""
    assert len({(rule.group, rule.matter) for rule in BASE}) == len(BASE)
    assert all(rule.source for rule in BASE)
    assert all(len(set(rule.words)) == len(rule.words) for rule in BASE)


def test_only_what_was_found_in_a_source_is_certain():
    """From memory is to be checked; the annex of 第18号令 and 第8号令 are sources."""
    for rule in BASE:
        assert not (rule.is_certain and ("待核" in rule.source or "凭经验" in rule.source)), rule.matter
        assert rule.is_certain or "待核" in rule.source, rule.matter


def test_the_word_that_decided_is_told():
    rules = [Rule("甲", "兜底", TEN, (), (OWN,), "", is_certain=True),
             Rule("甲", "有词", None, ("防汛", "防汛抗旱"), (OWN,), "", is_certain=True)]  # fmt: skip
    found, last = propose(rules, "关于防汛抗旱的通知", OWN), propose(rules, "关于植树的通知", OWN)
    assert (found.rule, found.word) == (rules[1], "防汛抗旱")
    assert (last.rule, last.word) == (rules[0], "")


def test_few_real_titles_fall_to_a_last_resort(shared_data: Path):
    with (shared_data / "documents_real.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    own = [row for row in rows if row["level"] in ("乡镇", "县区")]
    higher = [row for row in rows if row["level"] in ("省级", "中央")]
    assert share_of_last_resorts([row["title"] for row in own], OWN) < 0.15
    assert share_of_last_resorts([row["title"] for row in higher], SUPERIOR) < 0.4
    kept = [propose(BASE, row["title"], SUPERIOR) for row in higher]
    assert sum(one.needs_look for one in kept) / len(kept) < 0.2, "what wants a look must stay few"


def share_of_last_resorts(titles: list[str], origin: str) -> float:
    found = [propose(BASE, title, origin) for title in titles]
    return sum(one is None or not one.word for one in found) / len(found)


def test_the_base_table_is_plain_toml():
    lines = tomllib.loads(scheme.BASE_TABLE.read_text("utf-8"))["rule"]
    assert {key for line in lines for key in line} == {
        "group", "matter", "retention", "words", "origins", "source", "certain",
    }  # fmt: skip
