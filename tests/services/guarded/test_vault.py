# SPDX-License-Identifier: MulanPSL-2.0
"""Who opens the guarded register: either custodian or the printed code, and nobody else."""

from __future__ import annotations

import base64
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.services.guarded.slots import NOON, QIAN, QIANS, TODAY, ZHAO, ZHAOS, refused, set_raw
from township_office.core.errors import OfficeError
from township_office.core.recovery import code_of
from township_office.services import backup, checking
from township_office.services.guarded import confidential, custody, vault
from township_office.services.office import Office, close_office, open_office
from township_office.store import keyslots

FIXTURE = Path(__file__).parents[2] / "fixtures" / "office-0004.db"


# ---- the three slots ----


def test_either_custodian_or_the_code_opens(guarded):
    office, opened, code = guarded
    vault.lock(opened)
    ways = [
        (vault.unlock(office, ZHAOS, ZHAO), ZHAO),
        (vault.unlock(office, QIANS, f" {QIAN} "), QIAN),
        (vault.unlock(office, ZHAOS), ZHAO),
        (vault.unlock(office, QIANS), QIAN),
        (vault.unlock_with_code(office, code), office.clerk),
        (vault.unlock_with_code(office, code.replace("-", " "), QIAN), QIAN),
    ]
    for way, who in ways:
        assert (way.custodian, way.findings, way.failures, way.is_open) == (who, (), 0, True)
        assert [paper.number for paper in confidential.papers(way)] == ["涉2026-001"]
        assert vault.recovery_code(way) == code
        assert vault.is_recovery_code(way, code)
        assert not vault.is_recovery_code(way, code_of(bytes(16)))


@pytest.mark.parametrize(
    ("password", "custodian", "key"),
    [
        (QIANS, ZHAO, "vault.wrong_password"),
        (ZHAOS.upper(), ZHAO, "vault.wrong_password"),
        (f"{ZHAOS} ", "", "vault.wrong_password"),
        ("", "", "vault.wrong_password"),
        ("\udcff\x00", "", "vault.wrong_password"),
        (ZHAOS, "孙志强", "vault.no_custodian"),
    ],
)
def test_nothing_else_opens(password: str, custodian: str, key: str, guarded):
    assert refused(lambda: vault.unlock(guarded[0], password, custodian)) == key


def test_an_office_that_never_made_one_says_so(office: Office):
    assert not vault.is_made(office)
    assert vault.custodians(office) == []
    assert refused(lambda: vault.unlock(office, ZHAOS)) == "vault.not_made"
    assert refused(lambda: vault.unlock_with_code(office, code_of(bytes(16)))) == "vault.not_made"


def test_it_is_made_once(guarded):
    office, *_ = guarded
    before = office.db.conn.serialize()
    assert refused(lambda: vault.make(office, "孙志强", "another-1234")) == "vault.is_made"
    assert office.db.conn.serialize() == before
    assert vault.custodians(office) == [ZHAO, QIAN]


def test_the_code_of_another_office_is_refused(guarded, new_office, tmp_path: Path):
    office, _, code = guarded
    other = new_office(tmp_path / "other.office.db")
    _, others = vault.make(other, ZHAO, ZHAOS)
    assert refused(lambda: vault.unlock_with_code(office, others)) == "vault.wrong_code"
    assert refused(lambda: vault.unlock_with_code(other, code)) == "vault.wrong_code"
    # The whole slot carried over from there, with its password known, opens nothing here.
    row = other.db.execute("SELECT memory, rounds, lanes, salt, nonce, wrapped, fingerprint FROM key_slot").fetchone()
    set_raw(office, "UPDATE key_slot SET memory=?, rounds=?, lanes=?, salt=?, nonce=?, wrapped=?, fingerprint=?", *row)
    assert refused(lambda: vault.unlock(office, ZHAOS, ZHAO)) == "vault.wrong_password"
    close_office(other)


def test_a_locked_vault_gives_nothing(guarded):
    _, opened, code = guarded
    item = vault.of_kind(opened, "entry")[0]
    vault.lock(opened)
    assert (opened.items, opened.worked_out, opened.root, opened.ring, opened.is_open) == ({}, {}, None, None, False)
    calls: list[Callable[[], object]] = [
        lambda: vault.of_kind(opened, "entry"),
        lambda: vault.get(opened, 1),
        lambda: vault.write(opened, []),
        lambda: vault.past(opened, 1),
        lambda: vault.recovery_code(opened),
        lambda: vault.is_recovery_code(opened, code),
        lambda: vault.set_password(opened, ZHAO, "another-1234"),
        lambda: vault.remove_custodian(opened, QIAN, TODAY),
        lambda: confidential.papers(opened),
        lambda: confidential.get_paper(opened, item.id),
        lambda: confidential.by_number(opened, "1", TODAY),
        lambda: confidential.count(opened),
        lambda: confidential.counters(opened),
        lambda: confidential.mode(opened),
        lambda: confidential.set_mode(opened, "strict", "", "", TODAY),
        lambda: confidential.register_paper(opened, {"secrecy_level": "秘密"}, TODAY),
        lambda: confidential.register_paper(opened, {"secrecy_level": "绝密"}, TODAY),
        lambda: confidential.correct_paper(opened, item.id, {}, TODAY, "登记错误"),
        lambda: confidential.void_paper(opened, item.id, "登记错误", TODAY),
        lambda: custody.take_step(opened, item.id, ["1"], "out", {"holder": "孙志强"}, NOON),
        lambda: custody.take_back_step(opened, item.id, "1", "步骤记错", NOON),
        lambda: custody.out_now(opened),
        lambda: custody.to_clear(opened, TODAY),
        lambda: custody.to_check_mark(opened, TODAY),
    ]
    assert {refused(call) for call in calls} == {"vault.locked"}


def test_what_is_open_has_no_words_of_its_own(guarded):
    """A trace, a warning, or a job that logs what it was given must not spell a key or a row."""
    _, opened, _ = guarded
    assert opened.ring is not None
    for thing in (opened, opened.ring, *vault.of_kind(opened, "entry")):
        for shown in (repr(thing), str(thing), f"{thing}"):
            assert "秘密" not in shown
            assert "key" not in shown
            assert len(shown) < 120


# ---- passwords ----


def test_a_slot_costs_what_rfc_9106_asks(office: Office):
    vault.make(office, ZHAO, ZHAOS)
    (slot,) = keyslots.open_slots(office.db)
    memory, rounds, lanes = (slot.material[name] for name in ("memory", "rounds", "lanes"))
    assert memory >= 64 * 1024
    assert rounds >= 3
    salt, nonce, wrapped = (base64.b64decode(slot.material[name]) for name in ("salt", "nonce", "wrapped"))
    assert (len(salt), len(nonce)) == (16, 12)
    key = hash_secret_raw(ZHAOS.encode(), salt, rounds, memory, lanes, 32, Type.ID)
    name = f'["{office.db.execute("SELECT vault FROM seal_head").fetchone()[0]}","{ZHAO}",{memory},{rounds},{lanes}]'
    root = AESGCM(key).decrypt(nonce, wrapped, name.encode())
    assert vault.unlock_with_code(office, code_of(root)).is_open


def test_a_file_of_today_opens_in_every_version(tmp_path: Path):
    path = Path(shutil.copy(FIXTURE, tmp_path / "a.office.db"))
    with open_office(path, "李向东") as office:
        assert vault.custodians(office) == [ZHAO]
        opened = vault.unlock(office, ZHAOS)
        assert (opened.custodian, opened.findings) == (ZHAO, ())
        (paper,) = confidential.papers(opened)
        assert (paper.number, paper.record["secrecy_level"], paper.record["book_page"]) == (
            "涉2026-001",
            "秘密",
            "3-12",
        )
        assert [(one.serial, one.state, one.holder) for one in paper.copies.values()] == [
            ("000101", "reading", "孙志强"), ("000102", "in_hand", ""),
        ]  # fmt: skip
        custody.take_step(opened, paper.id, ["101"], "back", {}, NOON)
        assert confidential.count(vault.unlock_with_code(office, vault.recovery_code(opened))).in_hand == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ｙｕｎ－ｓｈｕｉ－２０２６", ZHAOS), ("云水镇①号口令甲", "云水镇1号口令甲"), ("ﬁn-office-Å", "fin-office-Å")],
)
def test_an_input_method_makes_no_other_password(typed: str, meant: str, guarded):
    office, opened, _ = guarded
    vault.set_password(opened, ZHAO, meant)
    assert vault.unlock(office, typed, ZHAO).is_open
    vault.set_password(opened, ZHAO, typed)
    assert vault.unlock(office, meant, ZHAO).is_open


@pytest.mark.parametrize(
    "password", ["\ud800half-1234", "nul\x00inside-1", "𠮷㙍乡䶮村喜雨润田", "秘密丙丁" * 50, " blanks kept "]
)
def test_any_text_can_be_a_password(password: str, guarded):
    office, opened, _ = guarded
    vault.set_password(opened, ZHAO, password)
    assert vault.unlock(office, password, ZHAO).is_open
    assert refused(lambda: vault.unlock(office, password[:-1], ZHAO)) == "vault.wrong_password"


@pytest.mark.parametrize(
    "password",
    ["", "short-7", "密" * 201, "ﬃ" * 2, "PASSWORD", "Admin888", "12345678", "１２３４５６７８", "23456789",
     "87654321", "0987654321", "11112222", "aaaaaaaa"]
)  # fmt: skip
def test_an_easy_password_is_refused(password: str, guarded):
    office, opened, _ = guarded
    before = office.db.conn.serialize()
    assert refused(lambda: vault.set_password(opened, ZHAO, password)) in {
        "vault.password_length",
        "vault.password_easy",
    }
    assert office.db.conn.serialize() == before
    assert vault.unlock(office, ZHAOS, ZHAO).is_open


def test_nobody_is_a_password_of_his_own():
    assert refused(lambda: vault.check_password("欧阳文静欧阳文静", "欧阳文静欧阳文静")) == "vault.password_easy"


@pytest.mark.parametrize("name", ["", " ", "赵" * 21, "赵、钱", "机密★10年"])
def test_a_custodian_has_a_persons_name(name: str, guarded):
    office, opened, _ = guarded
    refused(lambda: vault.set_password(opened, name, "another-1234"))
    assert vault.custodians(office) == [ZHAO, QIAN]


def test_a_changed_password_opens_neither_this_file_nor_a_later_copy(guarded, tmp_path: Path):
    office, opened, code = guarded
    slot = next(one for one in keyslots.open_slots(office.db) if one.material["name"] == ZHAO)
    old = [slot.material[name] for name in ("salt", "nonce", "wrapped")]
    assert all(text.encode() in office.path.read_bytes() for text in old), "or there is nothing to look for"
    vault.set_password(opened, ZHAO, "another-1234")
    (tmp_path / "stick").mkdir()
    copy = backup.backup_to(office, tmp_path / "stick")
    kept = "".join(str(row) for row in office.db.execute("SELECT * FROM change_log"))
    for text in old:
        assert text not in kept
        for spelling in (text.encode(), base64.b64decode(text), base64.b64decode(text).hex().encode()):
            assert spelling not in office.path.read_bytes()
            assert spelling not in copy.read_bytes()
    assert refused(lambda: vault.unlock(office, ZHAOS)) == "vault.wrong_password"
    assert vault.unlock(office, "another-1234", ZHAO).is_open
    assert vault.unlock(office, QIANS, QIAN).is_open, "the other is not concerned"
    with open_office(copy, "王春燕") as later:
        assert refused(lambda: vault.unlock(later, ZHAOS, ZHAO)) == "vault.wrong_password"
        assert vault.unlock(later, "another-1234").is_open
        assert vault.unlock_with_code(later, code).is_open
    assert checking.verify(office).findings == ()


def test_who_left_opens_nothing_and_the_last_cannot_leave(guarded):
    office, opened, code = guarded
    old = [slot.material["wrapped"] for slot in keyslots.open_slots(office.db) if slot.material["name"] == ZHAO]
    vault.remove_custodian(opened, ZHAO, TODAY)
    assert vault.custodians(office) == [QIAN]
    assert old[0].encode() not in office.path.read_bytes()
    assert refused(lambda: vault.unlock(office, ZHAOS)) == "vault.wrong_password"
    assert refused(lambda: vault.unlock(office, ZHAOS, ZHAO)) == "vault.no_custodian"
    assert refused(lambda: vault.remove_custodian(opened, ZHAO, TODAY)) == "vault.no_custodian"
    assert refused(lambda: vault.remove_custodian(opened, QIAN, TODAY)) == "vault.last_custodian"
    assert vault.unlock(office, QIANS).is_open
    vault.set_password(opened, ZHAO, "back-again-1")
    assert vault.custodians(office) == [QIAN, ZHAO]
    assert vault.unlock(office, "back-again-1").custodian == ZHAO
    assert vault.unlock_with_code(office, code).is_open
    assert checking.verify(office).findings == ()


def test_there_is_always_a_way_in(guarded):
    """A few hundred random changes of slots, each tried out."""
    office, opened, code = guarded
    chance, present = random.Random(5), {ZHAO: ZHAOS, QIAN: QIANS}
    for turn in range(150):
        name = chance.choice([ZHAO, QIAN, "孙志强", "何文斌"])
        if chance.random() < 0.4:
            with suppress(OfficeError):
                vault.remove_custodian(opened, name, TODAY)
                del present[name]
        else:
            vault.set_password(opened, name, f"password-{turn}")
            present[name] = f"password-{turn}"
        assert set(vault.custodians(office)) == present.keys()
        tried = chance.choice(sorted(present))
        opened = vault.unlock(office, present[tried], chance.choice(["", tried]), NOON + timedelta(hours=turn))
        assert (opened.custodian, opened.findings) == (tried, ())
    assert checking.verify(office).findings == ()
    assert vault.unlock_with_code(office, code).is_open


# ---- wrong passwords ----


def waited(office: Office, now: datetime, custodian: str = "") -> int:
    """Seconds that are still to wait; 0 when a wrong password is simply wrong."""
    with pytest.raises(OfficeError) as caught:
        vault.unlock(office, "wrong-password", custodian, now)
    return int(str(caught.value.words.get("seconds", 0)))


def test_guessing_takes_longer_and_longer_and_never_for_ever(guarded):
    office, _, code = guarded
    now, waits = NOON, []
    for _ in range(14):
        told = waited(office, now, ZHAO)
        waits.append(told)
        if told:
            assert waited(office, now + timedelta(seconds=told - 1), ZHAO) == 1
            assert waited(office, now + timedelta(seconds=told), ZHAO) == 0
            now += timedelta(seconds=told)
    assert waits == [0, 0, 0, 5, 15, 30, 60, 120, 300, 300, 300, 300, 300, 300]
    assert vault.unlock(office, QIANS, QIAN, now).failures == 0, "the other custodian does not wait"
    assert vault.unlock_with_code(office, code).is_open, "nor does the code"
    assert refused(lambda: vault.unlock(office, ZHAOS, ZHAO, now)) == "vault.wait", (
        "nor is the right one tried meanwhile"
    )
    now += timedelta(seconds=300)
    assert vault.unlock(office, ZHAOS, ZHAO, now).failures == 14, "and is told of them"
    assert vault.unlock(office, ZHAOS, ZHAO, now).failures == 0
    assert waited(office, now, ZHAO) == 0


def test_without_a_name_every_slot_counts(guarded):
    office, _, _ = guarded
    for _ in range(3):
        waited(office, NOON)
    assert [slot.failures for slot in keyslots.open_slots(office.db)] == [3, 3]
    assert waited(office, NOON) == 5
    assert waited(office, NOON, QIAN) == 5
    assert vault.unlock(office, QIANS, "", NOON + timedelta(seconds=5)).failures == 3


@pytest.mark.parametrize("moved", [-timedelta(days=4000), -timedelta(hours=1), timedelta(days=9000)])
def test_a_clock_that_was_moved_locks_nobody_out(moved: timedelta, guarded):
    office, _, _ = guarded
    set_raw(office, "UPDATE key_slot SET failures = 99, failed_at = ?", NOON.isoformat())
    assert waited(office, NOON) == 300
    assert vault.unlock(office, ZHAOS, ZHAO, NOON + moved).failures == 99


@pytest.mark.parametrize("at", ["", "昨天", "2026-13-41T25:61:00", "2026-11-20T12:00:00+08:00", "9999-12-31T23:59:59"])
@pytest.mark.parametrize("failures", [-(10**12), -1, 10**12])
def test_a_count_that_was_edited_is_no_lock(failures: int, at: str, guarded):
    office, _, _ = guarded
    set_raw(office, "UPDATE key_slot SET failures = ?, failed_at = ?", failures, at)
    assert vault.unlock(office, ZHAOS, ZHAO, NOON).is_open


def test_wrong_passwords_are_no_change_of_the_register(guarded):
    office, _, _ = guarded
    head = checking.chain_head(office)
    waited(office, NOON)
    assert checking.chain_head(office) == head
    assert checking.verify(office).findings == ()


def test_a_disk_without_room_keeps_nobody_out(guarded, monkeypatch):
    office, _, _ = guarded
    waited(office, NOON)

    def full(*_: object) -> None:
        raise sqlite_full()

    monkeypatch.setattr(keyslots, "forgive", full)
    monkeypatch.setattr(keyslots, "note_failure", full)
    assert refused(lambda: vault.unlock(office, "wrong-password", ZHAO)) == "vault.wrong_password"
    assert vault.unlock(office, ZHAOS, ZHAO).failures == 1
    assert not office.db.conn.in_transaction


def sqlite_full() -> sqlite3.Error:
    fault = sqlite3.OperationalError("database or disk is full")
    fault.sqlite_errorname = "SQLITE_FULL"
    return fault
