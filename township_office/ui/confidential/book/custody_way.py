# SPDX-License-Identifier: MulanPSL-2.0
"""The commands of what happens to copies: each step, taken with one copy or with several, and taking the last back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.custody import STEPS, State, refusal
from township_office.services.guarded.custody import Held
from township_office.services.guarded.vault import Vault
from township_office.ui import actions
from township_office.ui.messages import Asker

# In the order of a copy's life; the menu of a line is made from it. 收回 is 归还 where the copy was lent.
WAY = (
    "reader_send", "reader_back", "custody_lend", "custody_copy", "custody_keep", "custody_clear", "custody_transfer",
    "custody_destroy",
)  # fmt: skip
_STEP = {
    "reader_send": "out", "custody_lend": "lend", "custody_copy": "copy", "custody_keep": "keep",
    "custody_clear": "clear", "custody_transfer": "transfer", "custody_destroy": "destroy",
}  # fmt: skip
TAKE_BACK = "custody_take_back"


class CustodyWay(QObject):
    """Made by the book; `chosen` are the copies the commands are about, `show` opens a dialog over the window."""

    written = Signal(str)  # what was done, in words

    def __init__(
        self,
        book: QWidget,
        vault: Vault,
        now: Callable[[], datetime],
        asker: Asker,
        chosen: Callable[[], list[Held]],
        show: Callable[[QDialog], None],
    ) -> None:
        super().__init__(book)
        self._book, self._vault, self._now = book, vault, now
        self._asker, self._chosen, self._show = asker, chosen, show
        self.commands = {name: actions.make(name, book, getattr(self, f"on_{name}")) for name in (*WAY, TAKE_BACK)}

    def look_at(self, helds: Sequence[Held]) -> set[str]:
        """Name 收回 after what was done with these copies; return the commands that can be taken with all of them.

        The others stay alive: who presses their keys is told the rule that forbids it.
        """
        back = self.commands["reader_back"]
        back.setText(STEPS[_way_back(helds)].title + "…")
        back.setToolTip(f"{STEPS[_way_back(helds)].title}　{actions.shown_shortcut('reader_back')}")
        possible = {name for name in WAY if helds and not why_not(helds, self._key(name, helds))}
        if len(helds) == 1 and can_take_back(helds[0]):
            possible.add(TAKE_BACK)
        return possible

    # ---- commands ----

    def on_reader_send(self) -> None:
        """送阅: to one reader, and back before the next (不得横传)."""
        self._open("reader_send")

    def on_reader_back(self) -> None:
        """收回, or 归还 of what was lent."""
        self._open("reader_back")

    def on_custody_lend(self) -> None:
        """借阅: with approval, until a day."""
        self._open("custody_lend")

    def on_custody_copy(self) -> None:
        """复制: approved, and each copy becomes a copy of its own."""
        self._open("custody_copy")

    def on_custody_keep(self) -> None:
        """换柜: into another cabinet."""
        self._open("custody_keep")

    def on_custody_clear(self) -> None:
        """清退: back to whom it came from, on a list."""
        self._open("custody_clear")

    def on_custody_transfer(self) -> None:
        """移交: to another office or a successor."""
        self._open("custody_transfer")

    def on_custody_destroy(self) -> None:
        """销毁: approved, supervised by two, and final."""
        self._open("custody_destroy")

    def on_custody_take_back(self) -> None:
        """误记更正: the last step of a copy was entered wrongly."""
        from township_office.ui.confidential.book.reason_dialog import TakeBackStepDialog

        helds = self._chosen()
        if not helds:
            return
        if len(helds) > 1:
            self._refuse(t("custody_book.take_back_one"))
        elif not can_take_back(helds[0]):
            self._refuse(_no_step_words(helds[0]))
        else:
            dialog = TakeBackStepDialog(self._vault, helds[0], self._now, self._book.window())
            dialog.accepted.connect(lambda: self.written.emit(t("custody_book.taken_back")))
            self._show(dialog)

    def _open(self, name: str) -> None:
        from township_office.ui.confidential.book.step_dialog import StepDialog

        helds = self._chosen()
        if not helds:
            return
        key = self._key(name, helds)
        if words := why_not(helds, key):
            self._refuse(words)
            return
        copies = [(held.paper.id, held.copy.serial) for held in helds]
        dialog = StepDialog(self._vault, copies, key, self._now, self._book.window())
        words = t("custody_book.done_many" if len(helds) > 1 else "custody_book.done_one",
                  step=STEPS[key].title, number=helds[0].paper.number, serial=helds[0].copy.serial,
                  count=len(helds))  # fmt: skip
        dialog.accepted.connect(lambda: self.written.emit(words))
        self._show(dialog)

    def _key(self, name: str, helds: Sequence[Held]) -> str:
        return _STEP.get(name) or _way_back(helds)

    def _refuse(self, words: str) -> None:
        self._asker.report(OfficeError("custody.refused", why=words))


def why_not(helds: Sequence[Held], key: str) -> str:
    """Return why a step cannot be taken with all of these copies, in the words of the first rule; "" when it can."""
    for held in helds:
        if held.paper.void is not None:
            return t("confidential.is_void", number=held.paper.number)
        if words := refusal(held.copy, STEPS[key]):
            return words
    return ""


def can_take_back(held: Held) -> bool:
    """Say whether the last step of a copy can be voided: what was destroyed stays so."""
    return held.paper.void is None and bool(held.copy.steps) and held.copy.state is not State.DESTROYED


def _no_step_words(held: Held) -> str:
    if held.paper.void is not None:
        return t("confidential.is_void", number=held.paper.number)
    key = "custody.is_destroyed" if held.copy.state is State.DESTROYED else "custody.no_step"
    return t(key, serial=held.copy.serial)


def _way_back(helds: Sequence[Held]) -> str:
    return "return" if helds and helds[0].copy.state is State.LENT else "back"
