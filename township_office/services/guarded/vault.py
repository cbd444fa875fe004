# SPDX-License-Identifier: MulanPSL-2.0
"""The guarded part of the office file: who opens it, and the sealed rows while it is open.

Locked, the program holds no key and nothing of what the rows say. Open, it holds them all: a township has some hundred
a year. Everything is read and written through one Vault, which is closed and thrown away.
"""

from __future__ import annotations

import math
import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.recovery import code_of, root_of
from township_office.core.text import t
from township_office.services import tripwire
from township_office.services.office import Office, change, check_clerk, pen_of
from township_office.store import changelog, database, keyslots, seal_head, sealed, sealing
from township_office.store.keyslots import SlotRow
from township_office.store.sealed import Item

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 200
_COMMON = frozenset(
    {
        "12345678", "123456789", "1234567890", "87654321", "password", "qwertyui", "abcd1234", "a1234567", "admin123",
        "admin888", "woaini1314", "5201314520",
    }
)  # fmt: skip
_RUNS = ("0123456789" * 2, "9876543210" * 2)
_DELAYS = (0, 0, 0, 5, 15, 30, 60, 120, 300)  # seconds after so many wrong passwords


@dataclass(slots=True, repr=False)
class Vault:
    """The guarded rows, open for one custodian; only services.guarded.vault and those that build on it look inside.

    findings are sentences on rows that were tampered with; while there are any, nothing is written.
    failures are the wrong passwords given since the last right one. worked_out is what a service made of a row and of
    the rows that hang on it (body["paper"]); writing one of them throws it away.
    is_by_code: the recovery code opened it.
    """

    office: Office
    custodian: str
    root: bytes | None
    ring: sealed.Ring | None
    items: dict[int, Item] = field(default_factory=dict)
    findings: tuple[str, ...] = ()
    failures: int = 0
    worked_out: dict[int, Any] = field(default_factory=dict)
    is_by_code: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the key is still here."""
        return self.ring is not None

    @property
    def is_writable(self) -> bool:
        """Whether a row can be written: not in a file that is only read, nor after tampering."""
        return self.is_open and not self.findings and not self.office.is_readonly


def is_made(office: Office) -> bool:
    """Say whether this office ever opened its guarded part, even where its head was taken out since."""
    return seal_head.is_there(office.db)


def custodians(office: Office) -> list[str]:
    """Return the 保密员 who can unlock, the first of them first."""
    return keyslots.names(office.db)


def make(
    office: Office, custodian: str, password: str, hand_over: Callable[[str], None] = lambda _: None
) -> tuple[Vault, str]:
    """Open the guarded part for the first time; return it with the recovery code, which is shown this once.

    hand_over gets the code before anything is kept; when it fails, nothing is. Raise OfficeError when there is a
    guarded part already, or when the password is too easy.
    """
    if is_made(office):
        raise OfficeError("vault.is_made")
    custodian = _checked_name(custodian)
    check_password(password, custodian)
    root, vault = sealing.new_root(), os.urandom(8).hex()
    slot = sealing.wrap(vault, custodian, password, root)
    with change(office) as pen:
        ring = sealed.begin(pen, vault, root)
        keyslots.put(pen, asdict(slot))
        hand_over(code_of(root))
    return Vault(office, custodian, root, ring), code_of(root)


def unlock(office: Office, password: str, custodian: str = "", now: datetime | None = None) -> Vault:
    """Open with a custodian's password; without a name every slot is tried.

    Raise OfficeError for a wrong password, and while the time to wait after too many of them runs.
    """
    slots = _slots_of(office, custodian)
    now = now or datetime.now()
    _check_wait(slots, now)
    broken = []
    for slot in slots:  # one that was damaged keeps no other from opening
        try:
            root = _unwrapped(office, slot, password)
        except sealing.Broken:
            broken.append(slot.material["name"])
            continue
        if root is not None:
            opened = _opened(office, root, str(slot.material["name"]), "vault.head_broken")
            opened.failures = slot.failures
            _forgive(office, slot)
            return opened
    _note_failure(office, slots, now)
    if broken:
        raise OfficeError("vault.slot_broken", name=broken[0])
    raise OfficeError("vault.wrong_password")


def unlock_with_code(office: Office, code: str, clerk: str = "") -> Vault:
    """Open with the printed recovery code, in the name of the clerk; raise OfficeError when it is mistyped."""
    _check_made(office)
    opened = _opened(office, root_of(code), clerk or office.clerk, "vault.wrong_code")
    opened.is_by_code = True
    return opened


def lock(vault: Vault) -> None:
    """Forget the key and everything that was read with it."""
    vault.items.clear()
    vault.worked_out.clear()
    vault.root = vault.ring = None
    vault.findings = ()


def set_password(vault: Vault, custodian: str, password: str) -> None:
    """Give a custodian a password, the first or another: one transaction, so that one of the two always opens."""
    custodian = _checked_name(custodian)
    check_password(password, custodian)
    ring, root = _ring(vault), vault.root
    assert root is not None
    slot = sealing.wrap(ring.vault, custodian, password, root)
    with change(vault.office) as pen:
        keyslots.put(pen, asdict(slot))


def remove_custodian(vault: Vault, custodian: str, today: date) -> None:
    """Close a custodian's slot on change of post; raise OfficeError for the last one, or somebody who has none."""
    _ring(vault)
    names = custodians(vault.office)
    if custodian not in names:
        raise OfficeError("vault.no_custodian", name=custodian)
    if len(names) == 1:
        raise OfficeError("vault.last_custodian")
    with change(vault.office) as pen:
        keyslots.close(pen, custodian, today.isoformat())


def recovery_code(vault: Vault) -> str:
    """Return the recovery code, for printing it anew."""
    _ring(vault)
    assert vault.root is not None
    return code_of(vault.root)


def is_recovery_code(vault: Vault, typed: str) -> bool:
    """核对恢复码: say whether what was typed is the code; raise OfficeError naming the group that was mistyped."""
    _ring(vault)
    return root_of(typed) == vault.root


def check_password(password: str, name: str = "") -> None:
    """Raise OfficeError unless a password can stand against guessing."""
    password = unicodedata.normalize("NFKC", password)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise OfficeError("vault.password_length", low=SHORTEST_PASSWORD, high=LONGEST_PASSWORD)
    is_run = any(password in run for run in _RUNS)
    if is_run or password.casefold() in _COMMON or len(set(password)) < 4 or (name and password == name):
        raise OfficeError("vault.password_easy")


# ---- rows, for the services that build on it ----


def of_kind(vault: Vault, kind: str) -> list[Item]:
    """Return the open rows of one kind in the order they were made; raise OfficeError when the vault is locked."""
    _ring(vault)
    return [item for item in vault.items.values() if item.body.get("kind") == kind]


def get(vault: Vault, row_id: int) -> Item:
    """Return one row; raise OfficeError when the vault is locked, KeyError when there is no such row."""
    _ring(vault)
    return vault.items[row_id]


def write(vault: Vault, bodies: Sequence[tuple[Item | None, Mapping[str, Any]]]) -> list[Item]:
    """Keep all of bodies or none: new rows (None), or new words of rows that are there.

    Raise OfficeError when the vault is locked, the office read-only, a row was tampered with, or where a door forgot
    to look for a state-secret mark: sealed or not, such a text is not kept.
    """
    ring = _ring(vault)
    if vault.findings:
        raise OfficeError("vault.tampered", what=vault.findings[0])
    for _, body in bodies:
        tripwire.refuse("confidential.row", *_texts_in(body), clerk=vault.custodian)
    pen_of(vault.office)
    before = replace(ring)
    try:
        with change(vault.office) as pen:
            written = sealed.write(pen, ring, bodies)
    except BaseException:
        vault.ring = before
        raise
    for item in written:
        vault.items[item.id] = item
        vault.worked_out.pop(item.body.get("paper", item.id), None)
    return written


def past(vault: Vault, row_id: int) -> list[dict[str, Any]]:
    """Return what a row said, oldest first: at (ISO seconds), clerk, body; body is None where the log was altered."""
    ring = _ring(vault)
    try:
        entries = changelog.of_row(vault.office.db, sealed.TABLE, row_id)
    except ValueError:  # no JSON any more
        raise OfficeError("error.damaged") from None
    found = []
    for entry in entries:
        try:
            after: Any = entry["after"]
            body: Mapping[str, Any] | None = sealed.opened(ring, row_id, after)
        except (sealing.Broken, KeyError, TypeError, ValueError):
            body = None
        found.append({"at": entry["at"], "clerk": entry["clerk"], "body": body})
    return found


def _texts_in(value: Any) -> Iterator[str]:
    """Yield every text of a row but the kind of paper it counts, which is 密码电报 itself."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _texts_in(part) if name != "of" else ()
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts_in(part)


def _unwrapped(office: Office, slot: SlotRow, password: str) -> bytes | None:
    if not slot.is_whole:
        raise sealing.Broken
    return sealing.unwrap(str(seal_head.vault_of(office.db)), sealing.Slot(**slot.material), password)


def _opened(office: Office, root: bytes, custodian: str, is_strange: str) -> Vault:
    ring = sealed.ring_of(office.db, root)
    if ring is None:
        raise OfficeError(is_strange)
    with database.reading(office.db):  # rows and total of one moment: else a row just written looks tampered with
        content = sealed.read(office.db, ring)
    return Vault(office, custodian, root, ring, content.items, _findings(content))


def _findings(content: sealed.Content) -> tuple[str, ...]:
    names = {row_id: str(item.body.get("number") or "") for row_id, item in content.items.items()}
    found = [t("vault.row_broken", row=row_id) for row_id in content.broken]
    found += [t("vault.row_old", row=row_id, name=names.get(row_id, "")) for row_id in content.old]
    return tuple(found if found or content.is_whole else [t("vault.total_off")])


def _ring(vault: Vault) -> sealed.Ring:
    if vault.ring is None:
        raise OfficeError("vault.locked")
    return vault.ring


def _slots_of(office: Office, custodian: str) -> list[SlotRow]:
    _check_made(office)
    custodian = clean_text(custodian)
    slots = [slot for slot in keyslots.open_slots(office.db) if custodian in ("", slot.material["name"])]
    if not slots:
        raise OfficeError("vault.no_custodian", name=custodian)
    return slots


def _check_made(office: Office) -> None:
    if not is_made(office):
        raise OfficeError("vault.not_made")
    if seal_head.vault_of(office.db) is None:
        raise OfficeError("vault.head_broken")


def _check_wait(slots: list[SlotRow], now: datetime) -> None:
    """A clock that was set back makes nobody wait longer than the longest delay."""
    for slot in slots:
        delay = timedelta(seconds=_DELAYS[min(max(slot.failures, 0), len(_DELAYS) - 1)])
        since = delay
        with suppress(TypeError, ValueError):  # none, or no time of ours
            since = now - datetime.fromisoformat(slot.failed_at or "")
        if timedelta(0) <= since < delay:
            raise OfficeError("vault.wait", seconds=math.ceil((delay - since).total_seconds()))


def _note_failure(office: Office, slots: list[SlotRow], now: datetime) -> None:
    _quietly(office, lambda: keyslots.note_failure(office.db, [slot.id for slot in slots], now))


def _forgive(office: Office, slot: SlotRow) -> None:
    if slot.failures:
        _quietly(office, lambda: keyslots.forgive(office.db, slot.id))


def _quietly(office: Office, work: Callable[[], None]) -> None:
    """Keep a count that is no change of the register; a file that cannot be written goes without."""
    if not office.is_readonly:
        with suppress(OfficeError), database.writing(office.db):
            work()


def _checked_name(name: str) -> str:
    name = clean_text(name)
    check_clerk(name)
    return name
