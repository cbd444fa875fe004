# SPDX-License-Identifier: MulanPSL-2.0
"""What must not be kept of a paper, in either mode (domain 4.3)."""

from __future__ import annotations

import pytest

from tests.services.guarded.conftest import NOON, OUT, PAPER, TODAY, refused, registered
from township_office.services.guarded import confidential, custody, vault
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.vault import Vault


@pytest.mark.parametrize("number", ["青委密电〔2026〕3号", "密电3号", "密传 3", "密码电报3"])
@pytest.mark.parametrize("is_strict", [True, False])
def test_a_telegram_never_gets_in_by_its_number(number: str, is_strict: bool, opened: Vault, paper: Paper):
    if not is_strict:
        confidential.set_mode(opened, "relaxed", "县保密局李科", "2026-11-20", TODAY)
    assert "录入" in refused(lambda: registered(opened, PAPER | {"doc_number": number}), "doc_number")
    work = lambda: confidential.correct_paper(opened, paper.id, {"doc_number": number}, TODAY, "登记错误")  # noqa: E731
    assert "录入" in refused(work, "doc_number")


@pytest.mark.parametrize("level", ["绝密★", "绝密★长期", "绝 密", "机密★10年", "内部"])
def test_a_level_in_other_words_is_chosen_anew(level: str, opened: Vault):
    assert "机密、秘密、绝密" in refused(lambda: registered(opened, PAPER | {"secrecy_level": level}), "secrecy_level")


@pytest.mark.parametrize("name", ["summary", "title2", "remarks", "attachment", "", "secrecy_level "])
def test_a_column_that_is_not_on_the_list_is_refused(name: str, opened: Vault, paper: Paper):
    assert "没有这一栏" in refused(lambda: registered(opened, PAPER | {name: ""}))
    assert "没有这一栏" in refused(lambda: confidential.correct_paper(opened, paper.id, {name: ""}, TODAY, "登记错误"))


@pytest.mark.parametrize("why", ["", "别的原因", "登记错误：原为关于防汛的密件"])
def test_a_reason_is_chosen_never_written(why: str, opened: Vault, paper: Paper):
    custody.take_step(opened, paper.id, ["101"], "out", OUT, NOON)
    other = registered(opened, PAPER)
    for work in (
        lambda: confidential.correct_paper(opened, paper.id, {"cabinet_no": "乙"}, TODAY, why),
        lambda: confidential.void_paper(opened, other.id, why, TODAY),
        lambda: custody.take_back_step(opened, paper.id, "101", why, NOON),
    ):
        assert "登记错误、重复登记" in refused(work)


def test_only_a_signed_mode_is_relaxed(opened: Vault):
    with pytest.raises(ValueError, match="strikt"):
        confidential.set_mode(opened, "strikt", "县保密局李科", "2026-11-20", TODAY)
    for by, on in (("", "2026-11-20"), ("李", "2026-11-20"), ("县保密局", ""), ("县保密局", "2026-11-21"), ("县", "x")):
        refused(lambda by=by, on=on: confidential.set_mode(opened, "relaxed", by, on, TODAY))
    vault.write(opened, [(None, {"kind": "mode", "mode": "unheard of", "by": "x", "on": "2026-11-20"})])
    assert confidential.mode(opened).is_strict, "a mode of another version is strict"
    confidential.set_mode(opened, "relaxed", "县保密局李科", "2026-11-20", TODAY)
    assert confidential.mode(opened) == confidential.Mode(False, "县保密局李科", "2026-11-20")


def test_in_strict_mode_what_was_kept_before_does_not_bar_a_correction(opened: Vault):
    confidential.set_mode(opened, "relaxed", "县保密局李科", "2026-11-20", TODAY)
    more = {
        "sender": "青山县委办",
        "title": "关于某事的通知",
        "is_title_cleared": "是",
        "doc_number": "青委〔2026〕3号",
    }
    paper = registered(opened, PAPER | more)
    confidential.set_mode(opened, "strict", "", "", TODAY)
    again = confidential.correct_paper(opened, paper.id, {"cabinet_no": "乙2"}, TODAY, "登记错误")
    assert (again.record["cabinet_no"], again.record["title"]) == ("乙2", "关于某事的通知")
    words = refused(lambda: confidential.correct_paper(opened, paper.id, {"title": "别的"}, TODAY, "登记错误"), "title")
    assert "严格模式" in words
    bare = confidential.correct_paper(opened, paper.id, dict.fromkeys(more, ""), TODAY, "登记错误")
    assert {name: bare.record[name] for name in more} == dict.fromkeys(more)


def test_a_title_that_was_cleared_does_not_clear_another(opened: Vault):
    confidential.set_mode(opened, "relaxed", "县保密局李科", "2026-11-20", TODAY)
    paper = registered(opened, PAPER | {"title": "关于开展检查的通知", "is_title_cleared": "是"})
    other = {"title": "关于另一件事的通知"}
    words = refused(lambda: confidential.correct_paper(opened, paper.id, other, TODAY, "登记错误"), "title")
    assert "须经保密员确认" in words
    again = confidential.correct_paper(opened, paper.id, other | {"is_title_cleared": "是"}, TODAY, "登记错误")
    assert again.record["title"] == "关于另一件事的通知"


@pytest.mark.parametrize("more", [{"secrecy_level": "绝密"}, {"secrecy_level": "机密", "carrier_kind": "密码电报"}])
def test_what_is_only_counted_does_not_come_tomorrow_either(opened: Vault, more):
    tomorrow = {"received_on": "2026-11-21"}
    words = refused(lambda: confidential.register_paper(opened, more | tomorrow, TODAY), "received_on")
    assert "还没有到" in words
    assert set(confidential.counters(opened).values()) == {0}
