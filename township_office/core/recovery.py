# SPDX-License-Identifier: MulanPSL-2.0
"""The recovery code: the office's root key as 48 digits on paper.

Eight groups of six digits, each 16 bits times eleven: a wrong digit, or two neighbours that changed places, is found in
its own group. Digits alone, so that no input method and no letter O comes between paper and keyboard.
"""

from __future__ import annotations

import unicodedata

from township_office.core.errors import OfficeError

ROOT_BYTES = 16
_GROUPS, _DIGITS, _FACTOR = 8, 6, 11


def code_of(root: bytes) -> str:
    """Return the recovery code of root (16 bytes): 8 groups of 6 digits, joined by "-"."""
    pairs = (int.from_bytes(root[at : at + 2], "big") for at in range(0, ROOT_BYTES, 2))
    return "-".join(f"{pair * _FACTOR:0{_DIGITS}d}" for pair in pairs)


def root_of(text: str) -> bytes:
    """Return the root key that text spells; raise OfficeError naming the group that was mistyped."""
    plain = unicodedata.normalize("NFKC", text[:500])
    digits = "".join(sign for sign in plain if sign in "0123456789")
    if len(digits) != _GROUPS * _DIGITS:
        raise OfficeError("recovery.length", count=len(digits))
    root = b""
    for group in range(_GROUPS):
        number = int(digits[group * _DIGITS : (group + 1) * _DIGITS])
        if number % _FACTOR or number // _FACTOR > 0xFFFF:
            raise OfficeError("recovery.group", group=group + 1)
        root += (number // _FACTOR).to_bytes(2, "big")
    return root
