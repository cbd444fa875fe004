# SPDX-License-Identifier: MulanPSL-2.0
"""An open vault with a dozen classified papers of an invented office, and the custody book on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from tests.ui.life.hands import Hands
from township_office.services import settings
from township_office.services.guarded import confidential, custody
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office
from township_office.ui.confidential.book.custody_book import CustodyBook

CUSTODIAN = "赵保密"


@pytest.fixture
def now(today) -> datetime:
    return datetime(today.year, today.month, today.day, 16, 30)


@pytest.fixture
def vault(office: Office) -> Iterator[Vault]:
    """The guarded part of a fresh office, open, without a paper."""
    settings.set_setting(office, "office.leaders", "孙志强=书记,何文斌=镇长,林静=组织委员")
    settings.set_setting(office, "office.clerks", "王春燕,刘敏")
    made, _ = vaults.make(office, CUSTODIAN, "Feng-2026xy")
    yield made
    vaults.lock(made)


@pytest.fixture
def registered(vault, today) -> Callable[..., Paper]:
    """Register a paper, believable where nothing else is said."""

    def register(days_ago: int = 0, **fields: str) -> Paper:
        day = (today - timedelta(days=days_ago)).isoformat()
        draft = {"received_on": day, "secrecy_level": "秘密", "secrecy_period": "10年", "source_class": "县",
                 "cabinet_no": "甲1"} | fields  # fmt: skip
        paper = confidential.register_paper(vault, draft, today)
        assert paper is not None
        return paper

    return register


@pytest.fixture
def step(vault, now) -> Callable[..., Paper]:
    """Take a step with one copy; hours is how long ago."""

    def take(paper: Paper, serial: str, key: str, hours: float = 0, **fields: str) -> Paper:
        at = f"{now - timedelta(hours=hours):%Y-%m-%d %H:%M}"
        return custody.take_step(vault, paper.id, [serial], key, {"at": at, **fields}, now)

    return take


@pytest.fixture
def papers(vault, registered, step, today) -> dict[str, Paper]:
    """Twelve papers, sixteen copies, one of each standing, by what they are there for."""
    made = {
        "last_year": registered(400, copy_serial="000900", book_page="2-7"),
        "three": registered(30, copy_serial="000101-000103", secrecy_level="机密", cabinet_no="甲3", book_page="3-12"),
        "cleared": registered(20, copy_serial="000201"),
        "moved": registered(20, copy_serial="000202"),
        "burnt": registered(20, copy_serial="000203"),
        "late": registered(9, copy_serial="000301"),
        "read": registered(3, copy_serial="000302"),
        "lent": registered(3, copy_serial="000303", book_page="3-19"),
        "plain": registered(2, copy_count="2"),
        "disc": registered(2, copy_serial="000401", carrier_kind="光盘", cabinet_no="乙2"),
        "wrong": registered(1, copy_serial="000402"),
        "new": registered(0, copy_serial="000403-000404", cabinet_no="乙2"),
    }
    step(made["cleared"], "000201", "clear", 60, list_no="清2026-07", holder="张敏")
    step(made["moved"], "000202", "transfer", 60, holder="李家明")
    step(made["burnt"], "000203", "destroy", 60, approver="孙志强", supervisor_1="王春燕", supervisor_2="刘敏",
         place="县销毁中心")  # fmt: skip
    step(made["late"], "000301", "out", 30, holder="何文斌")
    step(made["read"], "000302", "out", 2, holder="孙志强")
    due = (today + timedelta(days=5)).isoformat()
    step(made["lent"], "000303", "lend", 40, holder="林静", approver="孙志强", due_on=due)
    confidential.void_paper(vault, made["wrong"].id, "重复登记", today)
    for counted in ({"secrecy_level": "绝密", "copy_count": "2"},
                    {"secrecy_level": "机密", "carrier_kind": "密码电报", "copy_count": "3"}):  # fmt: skip
        confidential.register_paper(vault, counted, today)
    return {name: confidential.get_paper(vault, paper.id) for name, paper in made.items()}


@pytest.fixture
def book(qtbot, vault, papers, clock, now, asker, put_away) -> Iterator[CustodyBook]:
    """The custody book as wide as a small screen leaves it."""
    made = CustodyBook(vault, clock, lambda: now, asker)
    made.resize(1326, 620)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    yield made
    made.forget()
    put_away(made)


@pytest.fixture
def opened(qtbot) -> Callable[..., Hands]:
    """Open a dialog on screen, with hands on it; what is left open is put away."""

    def show(dialog):
        qtbot.addWidget(dialog, before_close_func=lambda widget: widget.done(0))
        with qtbot.waitActive(dialog):
            dialog.open()
            dialog.activateWindow()
        return Hands(qtbot, dialog)

    return show
