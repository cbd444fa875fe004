# SPDX-License-Identifier: MulanPSL-2.0
"""What the register itself knows of a paper that is being typed: its sender's 代字, its sender, its title.

Proposals only; the clerk takes them or not. A register without senders or without numbers of others proposes nothing.
"""

from __future__ import annotations

from township_office.core.fields import Register
from township_office.core.gate import clean_text
from township_office.core.searchkeys import fold, initials
from township_office.registers import habits
from township_office.services.office import Office
from township_office.store import views

_YEARS = 3  # so far back a title is remembered
_PAPERS = 6000  # the newest that are looked through: some years of a township
_ORGANS = 3000  # of these the senders are known by name
_SHORTEST = 2  # characters of a title before one is proposed


def usual_code(office: Office, register: Register, sender: str, year: int) -> str:
    """Return the 代字 this sender used most in year and the year before; "" when there is none."""
    sender = clean_text(sender)
    if not sender or not _knows_senders(register):
        return ""
    papers = views.of_sender(office.db, register, sender, year - 1, _PAPERS)
    return habits.usual_code(number for _, number, _ in papers if number)


def likely_sender(office: Office, register: Register, title: str, number: str) -> str:
    """Return the sender of a paper: the organ its title begins with, or the only one that used its 代字; else ""."""
    if not _knows_senders(register):
        return ""
    title = clean_text(title, lines=True)
    known = (name for name, _, _ in views.distinct(office.db, register, "sender", _ORGANS)) if title else ()
    if organ := habits.organ_before(title, known):
        return organ
    code = habits.code_of(number)
    users = views.senders_with_code(office.db, register, code) if code else []
    return users[0] if len(users) == 1 else ""


def recurring_titles(
    office: Office, register: Register, sender: str, typed: str, year: int, limit: int = 5
) -> list[str]:
    """Return titles of this sender's last years that begin with, or hold, what was typed, told with this year's number.

    Those that begin so come first, of these the latest. Pinyin initials do as well.
    """
    key, sender = fold(clean_text(typed)), clean_text(sender)
    if len(key) < _SHORTEST or not sender or not _knows_senders(register):
        return []
    papers = views.of_sender(office.db, register, sender, year - _YEARS, _PAPERS)
    titles = dict.fromkeys(habits.retold(title.replace("\n", ""), of, year) for of, _, title in papers if title)
    fitting = [title for title in titles if title != typed.strip() and _fits(key, title)]
    return sorted(fitting, key=lambda title: not fold(title).startswith(key))[:limit]


def _knows_senders(register: Register) -> bool:
    names = {field.name for field in register.fields}
    return {"sender", "doc_number", "title"} <= names


def _fits(key: str, title: str) -> bool:
    folded = fold(title)
    return key in folded or (key.isascii() and any(letters.startswith(key) for letters in initials(folded).split()))
