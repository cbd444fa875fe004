# SPDX-License-Identifier: MulanPSL-2.0
"""A slot that somebody edited with another tool is refused in a sentence, named by verify, and keeps no other out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.services.guarded.slots import NOON, QIAN, QIANS, TODAY, ZHAO, ZHAOS, refused, set_raw
from township_office.services import checking
from township_office.services.guarded import confidential, custody, vault
from township_office.services.office import close_office, open_office
from township_office.store import database, keyslots

EDITS = {
    "memory too large": "memory = 2000000000",
    "memory a gigabyte more": "memory = 1048577",
    "memory too small": "memory = 8",
    "memory none": "memory = 0",
    "memory negative": "memory = -65536",
    "rounds too many": "rounds = 1000000",
    "rounds none": "rounds = 0",
    "lanes too many": "lanes = 100000",
    "memory cheaper": "memory = memory + 1",
    "salt empty": "salt = ''",
    "salt short": "salt = 'AAAA'",
    "salt no base64": "salt = '密'",
    "nonce empty": "nonce = ''",
    "nonce short": "nonce = 'AAAA'",
    "wrapped empty": "wrapped = ''",
    "wrapped short": "wrapped = 'AAAA'",
    "wrapped no base64": "wrapped = '???'",
    "wrapped altered": "wrapped = 'AAAA' || substr(wrapped, 5)",
    "wrapped exchanged": "wrapped = (SELECT wrapped FROM key_slot WHERE id = 2)",
    "all exchanged": "(salt, nonce, wrapped) = (SELECT salt, nonce, wrapped FROM key_slot WHERE id = 2)",
    "name altered": "name = '孙志强'",
}


@pytest.mark.parametrize("is_signed", [False, True], ids=["", "and its fingerprint made to agree"])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_slot_is_refused_and_the_others_open(edit: str, is_signed: bool, guarded):
    office, _, code = guarded
    set_raw(office, f"UPDATE key_slot SET {edit} WHERE id = 1")
    slot = keyslots.open_slots(office.db)[0]
    if is_signed:
        set_raw(office, "UPDATE key_slot SET fingerprint = ? WHERE id = 1", keyslots.fingerprint_of(slot.material))
    name = str(slot.material["name"])
    is_absurd = any(edit.startswith(f"{name} =") for name in ("memory", "rounds", "lanes", "salt", "nonce"))
    is_plausible = is_signed and (not is_absurd or edit == "memory = memory + 1")
    wanted = {"vault.slot_broken"} | ({"vault.wrong_password"} if is_plausible else set())
    assert refused(lambda: vault.unlock(office, ZHAOS, name)) in wanted
    assert refused(lambda: vault.unlock(office, QIANS, name)) in wanted
    assert checking.verify(office).findings != ()
    now = datetime.now() + timedelta(minutes=10)
    assert vault.unlock(office, QIANS, "", now).custodian == QIAN
    opened = vault.unlock_with_code(office, code)
    vault.set_password(opened, name, "another-1234")  # and it is put right
    assert vault.unlock(office, "another-1234", name).is_open


def test_names_exchanged_open_nothing(guarded):
    office, _, code = guarded
    set_raw(office, "UPDATE key_slot SET name = '甲' WHERE id = 1")
    set_raw(office, "UPDATE key_slot SET name = ? WHERE id = 2", ZHAO)
    set_raw(office, "UPDATE key_slot SET name = ? WHERE id = 1", QIAN)
    for name in (ZHAO, QIAN):
        assert refused(lambda name=name: vault.unlock(office, ZHAOS, name)) == "vault.slot_broken"
        assert refused(lambda name=name: vault.unlock(office, QIANS, name)) == "vault.slot_broken"
    assert vault.unlock_with_code(office, code).is_open
    assert len(checking.verify(office).findings) >= 2


def test_a_check_of_the_key_that_was_edited_is_told(guarded):
    office, _, code = guarded
    set_raw(office, "UPDATE seal_head SET root_check = 'ffffffffffffffff'")
    assert refused(lambda: vault.unlock(office, ZHAOS)) == "vault.head_broken"
    assert refused(lambda: vault.unlock_with_code(office, code)) == "vault.wrong_code"


def test_a_read_only_office_is_opened_and_not_written(guarded, monkeypatch):
    office, _, code = guarded
    set_raw(office, "UPDATE key_slot SET failures = 2, failed_at = '2026-11-20T11:00:00'")
    path = office.path
    close_office(office)
    before = path.read_bytes()
    monkeypatch.setattr(database, "is_writable", lambda path: False)
    with open_office(path, "王春燕") as reading:
        assert reading.is_readonly
        assert refused(lambda: vault.unlock(reading, "wrong-password", ZHAO, NOON)) == "vault.wrong_password"
        for way in (vault.unlock(reading, ZHAOS, ZHAO, NOON), vault.unlock_with_code(reading, code)):
            (paper,) = confidential.papers(way)
            for work in (
                lambda way=way: confidential.register_paper(way, {"secrecy_level": "秘密"}, TODAY),
                lambda way=way, paper=paper: custody.take_step(way, paper.id, ["1"], "out", {"holder": "孙"}, NOON),
                lambda way=way: vault.set_password(way, ZHAO, "another-1234"),
                lambda way=way: vault.remove_custodian(way, ZHAO, TODAY),
            ):
                assert refused(work) == "error.read_only"
            assert confidential.papers(way) == [paper]
    assert path.read_bytes() == before
