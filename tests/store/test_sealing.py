# SPDX-License-Identifier: MulanPSL-2.0
"""Keys and seals mean the same in every version: if one of these vectors fails, every sealed register is lost.

Do not change what is expected; give the new form another name beside the old one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.store import keyslots, sealed, sealing
from township_office.store.sealing import Broken, Slot

ROOT = bytes(range(16))
VAULT = "0123456789abcdef"
KEYS = {
    "sealed rows": "b79771ae4f8778b9a5d2336fc2a6d3ad4b42a67bd285e1c359e1931ab7445743",
    "total of sealed rows": "539b0bbeaac4e8ecf845ddee97ca0e5f1ddb01fbc977f626d5f326909a84e5df",
    "check": "6ddb7156b6514443d6065bc96982413cceaf7b4fdaa02cfc1f980595747b46ca",
}
PLACE = "0123456789abcdef|sealed|7|3"
BODY = {"kind": "entry", "number": "涉2026-007"}
SEALED = (
    "QEFCQ0RFRkdISUpL968+SbBLmA7p+H7i8Gxoif/AW5TQZ1S1xRZZeguWuPHRw6go8718Ffz3wmP9TqMZofDTYBgFFdqSwcVht25gQpRa8xYB0peH"
    "R6ER7nQqagYdH+YsQNchwJAZH8O3XBf8AyL/RHZZ/1hx4lOtebbAcblPmCPwpWeTTRM5wluTQAKHJUB2OaNtvHKUqqyKkMBDBQ1MCWjuMCkbUNjR"
    "ApCdQMYjK4lIRY6sKuaVJfcYnVrFMJhjwjo5GwguoXeOihfc2RfNaGQTNeFDvwjCwV2tMUuEbBMdD3z8FJSs5VBAY5YHpfoFJk6o+IS0CRx88eKW"
    "wBy+pAgeX8Dr+IaOifMjlzb/5Z8gjp+N6cF9fI2m8HJLRLNuzO0A7ggUm/sIBVHkEOpZuIGBNYvyHAtqjH42+/66RGRaCZ/22d4SruKnYLCSnhlL"
    "2NxlFcZGOSj6c2yX6f1Lw4//SLcPWdOSOsHUTtuRTyI6hhNTZhe8rlZbtCKbFkAWSKsUHvpIqxWzP69OEcz867LX/HkChQrzsfSbZSyeD361LgLG"
    "fm/MLHrbjQ0BicGQj6jLe6XlmX6N7v5p09H9YawUhHMsBkVTYtAvcnsRibO/gyxAHL8dXo1ey5EI2J+i4nbJX4nIkmWPuJ7JNasTHkStsLOt1Qty"
    "HEo4axh9LhfxdIFuY7ytJEgRPR3xp9BmW2+UGrXwipfbRJFq"
)

SLOT = Slot(
    "赵文静", 65536, 3, 1, "QEFCQ0RFRkdISUpLTE1OTw==", "QEFCQ0RFRkdISUpL",
    "BD1erobUjwShJLpf4mAs5JuLF6eLiIQGIwDZq6Ht4sc=",
)  # fmt: skip


@pytest.mark.parametrize(("purpose", "key"), KEYS.items())
def test_a_key_is_the_hkdf_of_rfc_5869(purpose: str, key: str):
    extracted = hmac.digest(bytes(32), ROOT, "sha256")
    assert hmac.digest(extracted, f"township-office/1/{purpose}".encode() + b"\x01", "sha256").hex() == key
    assert sealing.derive(ROOT, purpose).hex() == key


def test_todays_rows_open_in_every_version():
    ring = sealed._ring(VAULT, ROOT)
    assert (ring.key.hex(), ring.total_key.hex()) == (KEYS["sealed rows"], KEYS["total of sealed rows"])
    assert sealed._identity(ring, 7, 3) == PLACE
    assert sealed._check(ROOT) == KEYS["check"][:16]
    assert sealing.unseal(ring.key, PLACE, SEALED) == BODY
    assert sealed.opened(ring, 7, {"version": 3, "body": SEALED}) == BODY
    by_hand = hmac.digest(ring.total_key, f"{PLACE}|{SEALED}".encode(), hashlib.sha256)
    assert sealing.term(ring.total_key, PLACE, SEALED) == int.from_bytes(by_hand, "big")
    ring.total, ring.count = 5, 2
    assert sealing.unseal(ring.key, "0123456789abcdef|head", sealed._head_body(ring)) == {"count": 2, "total": "5"}


@pytest.mark.parametrize("place", [(8, 3), (7, 4), (7, 2), (37, 3)])
def test_a_seal_opens_in_its_own_place_only(place: tuple[int, int]):
    ring = sealed._ring(VAULT, ROOT)
    with pytest.raises(Broken):
        sealing.unseal(ring.key, sealed._identity(ring, *place), SEALED)
    with pytest.raises(Broken):
        sealing.unseal(ring.key, sealed._identity(sealed._ring("another", ROOT), 7, 3), SEALED)
    with pytest.raises(Broken):
        sealing.unseal(sealed._ring(VAULT, bytes(16)).key, PLACE, SEALED)


def test_todays_slot_opens_in_every_version():
    assert sealing.unwrap(VAULT, SLOT, "yun-shui-2026") == ROOT
    material = {name: getattr(SLOT, name) for name in SLOT.__slots__}
    assert keyslots.fingerprint_of(material) == "1e727f99b34c372be1c1d7951f60f105bdb7696b677e6204ce9aef9ad90aefae"


@given(body=st.dictionaries(st.text(max_size=9), st.text() | st.integers() | st.none() | st.lists(st.text(max_size=9))))
@settings(max_examples=150, deadline=None, database=None)
def test_any_body_comes_back_and_its_length_tells_whole_blocks(body: dict[str, object]):
    key = sealing.derive(ROOT, "sealed rows")
    text = sealing.seal(key, PLACE, body)
    assert sealing.unseal(key, PLACE, text) == body
    assert (len(base64.b64decode(text)) - 12 - 16) % 512 == 0
    assert text != sealing.seal(key, PLACE, body), "a nonce is never used again"


def test_half_characters_and_nul_are_no_fault():
    key = sealing.derive(ROOT, "sealed rows")
    body = {"place": "\ud800\x00\udfff", "\udc00": 1}
    assert sealing.unseal(key, PLACE, sealing.seal(key, PLACE, body)) == body


def test_papers_of_any_usual_length_look_the_same():
    key = sealing.derive(ROOT, "sealed rows")
    lengths = {len(sealing.seal(key, PLACE, {"holder": "甲" * n})) for n in range(160)}
    assert len(lengths) == 1
    assert len(json.dumps({"holder": "甲" * 159}, ensure_ascii=False).encode()) < 512
