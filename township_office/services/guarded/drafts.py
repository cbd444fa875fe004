# SPDX-License-Identifier: MulanPSL-2.0
"""Half-typed forms of the guarded register, kept sealed when it locks under the hand; never beside the office file."""

from __future__ import annotations

from collections.abc import Mapping

from township_office.core.gate import has_secret_mark
from township_office.services import tripwire
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.vault import Vault
from township_office.store.sealed import Item

DRAFT = "draft"  # kind of sealed row


def keep(vault: Vault, name: str, texts: Mapping[str, str]) -> None:
    """Keep what was typed into the form called name, in place of what was kept of it before.

    Of a form in which a state-secret mark was typed nothing is kept, sealed or not (保密法 art. 31).
    """
    texts = {field: text.lstrip("★☆ ") for field, text in texts.items()}  # ★10年 is how a period is written
    if any(map(has_secret_mark, texts.values())):
        tripwire.note("confidential.draft", vault.custodian)
        texts = {}
    kept = _kept(vault, name)
    if kept is None or kept.body["texts"] != texts:
        vaults.write(vault, [(kept, {"kind": DRAFT, "name": name, "texts": texts})])


def is_kept(vault: Vault, name: str) -> bool:
    """Say whether something is kept of the form called name."""
    kept = _kept(vault, name)
    return kept is not None and bool(kept.body["texts"])


def take(vault: Vault, name: str) -> dict[str, str]:
    """Return what was kept of a form, {} when nothing was, and forget it; it stays where nothing can be written."""
    kept = _kept(vault, name)
    texts = dict(kept.body["texts"]) if kept else {}
    if texts and vault.is_writable:
        keep(vault, name, {})
    return texts


def _kept(vault: Vault, name: str) -> Item | None:
    return next((item for item in vaults.of_kind(vault, DRAFT) if item.body["name"] == name), None)
