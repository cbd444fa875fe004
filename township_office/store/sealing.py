# SPDX-License-Identifier: MulanPSL-2.0
"""Keys and seals: argon2id for passwords, AES-256-GCM for what is kept. Nothing else in the program knows a cipher.

One root key per office (16 random bytes; on paper as the recovery code). Every other key is derived from it by HKDF,
so that a key for backups opens no register.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from township_office.core.recovery import ROOT_BYTES

_SALT, _NONCE, _KEY = 16, 12, 32
_MEMORY_KIB, _ROUNDS, _LANES = 65_536, 3, 1  # RFC 9106, second choice, on one core: 0.2 s here, below 1 s on an old PC
_MEMORY_LIMITS, _ROUND_LIMITS, _LANE_LIMITS = (8_192, 1_048_576), (1, 10), (1, 8)  # of a slot somebody else wrote
_BLOCK = 512  # what is sealed is filled up to whole blocks: its length says nothing
_DIGEST = 1 << 256


class Broken(Exception):
    """What was sealed does not open: altered, moved, or sealed by another key."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The root key, wrapped by one person's password. Texts are base64; memory is in KiB."""

    name: str
    memory: int
    rounds: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str


def new_root() -> bytes:
    """Return a fresh root key."""
    return os.urandom(ROOT_BYTES)


def derive(root: bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose; one key tells nothing of another."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), _KEY, None, f"township-office/1/{purpose}".encode()).derive(root)


def wrap(vault: str, name: str, password: str, root: bytes) -> Slot:
    """Return the slot by which name opens root with password in the office file called vault."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    plain = Slot(name, _MEMORY_KIB, _ROUNDS, _LANES, _text(salt), _text(nonce), "")
    wrapped = _encrypted(_password_key(plain, password), nonce, root, _slot_identity(vault, plain))
    return Slot(name, _MEMORY_KIB, _ROUNDS, _LANES, plain.salt, plain.nonce, _text(wrapped))


def unwrap(vault: str, slot: Slot, password: str) -> bytes | None:
    """Return the root key, None for a wrong password; raise Broken for a slot that cannot be ours."""
    limits = ((slot.memory, _MEMORY_LIMITS), (slot.rounds, _ROUND_LIMITS), (slot.lanes, _LANE_LIMITS))
    if not all(low <= value <= high for value, (low, high) in limits):
        raise Broken
    try:
        key = _password_key(slot, password)
        return _decrypted(key, _bytes(slot.nonce), _bytes(slot.wrapped), _slot_identity(vault, slot))
    except ValueError as fault:
        raise Broken from fault


def seal(key: bytes, identity: str, body: Mapping[str, Any]) -> str:
    """Return body sealed to its place: it opens under this identity only. The length tells whole blocks, no more."""
    plain = _json(body)
    plain = plain.ljust(-(-len(plain) // _BLOCK) * _BLOCK)
    nonce = os.urandom(_NONCE)
    return _text(nonce + _encrypted(key, nonce, plain, identity.encode()))


def unseal(key: bytes, identity: str, sealed: str) -> dict[str, Any]:
    """Return the body that was sealed under identity; raise Broken when it was not."""
    try:
        whole = _bytes(sealed)
        plain = _decrypted(key, whole[:_NONCE], whole[_NONCE:], identity.encode())
        if plain is None:
            raise Broken
        body: dict[str, Any] = json.loads(plain)
    except (ValueError, TypeError) as fault:
        raise Broken from fault
    return body


def term(key: bytes, identity: str, sealed: str) -> int:
    """Return what one row adds to the total over all rows: without the key nobody can make two totals agree."""
    return int.from_bytes(hmac.digest(key, f"{identity}|{sealed}".encode(), "sha256"), "big")


def total(terms: int) -> int:
    """Return a sum of terms as it is kept."""
    return terms % _DIGEST


def _encrypted(key: bytes, nonce: bytes, plain: bytes, identity: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key).encrypt(nonce, plain, identity)


def _decrypted(key: bytes, nonce: bytes, sealed: bytes, identity: bytes) -> bytes | None:
    """Return what was encrypted, None when it was altered or belongs to another key or identity."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(nonce, sealed, identity)
    except InvalidTag:
        return None


def _password_key(slot: Slot, password: str) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    # Full-width digits of an input method are the same password.
    secret = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    try:
        return hash_secret_raw(secret, _bytes(slot.salt), slot.rounds, slot.memory, slot.lanes, _KEY, Type.ID)
    except HashingError as fault:  # a salt that was cut short; no room for so much memory
        raise ValueError from fault


def _slot_identity(vault: str, slot: Slot) -> bytes:
    return _json([vault, slot.name, slot.memory, slot.rounds, slot.lanes])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
