# SPDX-License-Identifier: MulanPSL-2.0
"""Opening the guarded register where nobody waits for it: in a worker thread, on a connection of its own.

A password takes 0.2 to 1 s to try. The key comes back to the screen's office; nothing else leaves the thread.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from township_office.services.guarded.vault import Vault, lock, make, set_password, unlock, unlock_with_code
from township_office.services.office import Office, twin


def unlock_apart(office: Office, password: str, custodian: str, now: datetime) -> Vault:
    """See services.guarded.vault.unlock."""
    return _apart(office, lambda own: unlock(own, password, custodian, now))


def unlock_with_code_apart(office: Office, code: str) -> Vault:
    """See services.guarded.vault.unlock_with_code."""
    return _apart(office, lambda own: unlock_with_code(own, code))


def make_apart(office: Office, custodian: str, password: str) -> Vault:
    """See services.guarded.vault.make; the recovery code is asked of the vault where it is shown."""
    return _apart(office, lambda own: make(own, custodian, password)[0])


def prove_apart(office: Office, password: str, custodian: str, now: datetime) -> None:
    """Raise OfficeError unless this is the custodian's password: asked again before something grave."""
    lock(unlock_apart(office, password, custodian, now))


def set_password_apart(office: Office, code: str, custodian: str, password: str) -> None:
    """See services.guarded.vault.set_password; code is that of the open vault, which stays on its own thread."""
    with twin(office) as own:
        opened = unlock_with_code(own, code)
        set_password(opened, custodian, password)
        lock(opened)


def _apart(office: Office, opening: Callable[[Office], Vault]) -> Vault:
    with twin(office) as own:
        vault = opening(own)
    vault.office = office
    return vault
