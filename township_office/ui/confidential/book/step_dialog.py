# SPDX-License-Identifier: MulanPSL-2.0
"""One step of custody, with one copy or with several at once: who, on whose word, when. All of them or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from township_office.core.errors import Invalid
from township_office.core.fields import Field
from township_office.core.text import t
from township_office.registers.confidential import show_serials
from township_office.registers.custody import STEPS
from township_office.services import settings, tripwire
from township_office.services.guarded import custody
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.confidential import get_paper
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.book.guarded_editors import guarded_editor
from township_office.ui.form.record_form import Strip
from township_office.ui.form.small_form import SmallForm
from township_office.ui.life.name_chips import NameChips
from township_office.ui.widgets import plain_button, rename

DESTROY = "destroy"
_TO_LEADERS = ("out", "lend")  # whose holder is mostly a leader


class StepDialog(SmallForm):
    """The fields of a step. 销毁 says that it is final, and is pressed twice."""

    def __init__(
        self,
        vault: Vault,
        copies: Sequence[tuple[int, str]],
        key: str,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        self._vault, self._copies, self._key, self._now = vault, list(copies), key, now
        self._step = STEPS[key]
        title = self._step.title
        if len(copies) > 1:
            title = t("custody_step.title_many", step=title, count=len(copies))
        super().__init__(title, self._about(), self._step.title, parent)
        self._is_sure = False
        self._has_keys = False
        said = self._first_texts()
        if key == DESTROY:
            self.add_row(self._warning())
        for field in self._fields():
            editor = guarded_editor(vault, field, self._today, self._names(field.name))
            editor.set_text(said.get(field.name, ""))
            editor.settle()
            self.add(editor)
            self._add_chips(field)
        self.sure = Strip("red")
        self.sure.add(plain_button(t("custody_step.not_sure")), self._on_not_sure)
        rename(self.sure.add(plain_button(t("custody_step.sure")), self._on_sure), "danger")
        self.body.addWidget(self.sure)
        for block in self.blocks.values():  # what was asked about is not there any more
            block.editor.edited.connect(lambda: self.sure.say(""))
        self.settle_down()

    def write(self) -> None:
        """Take the step with every copy."""
        custody.take_steps(self._vault, self._copies, self._key, self.texts(), self._now())

    def save(self) -> None:
        """See SmallForm; what cannot be taken back asks once more, when everything is filled in."""
        if self._key != DESTROY or self._is_sure:
            super().save()
            self._is_sure = False
            return
        for block in self.blocks.values():
            block.editor.settle()
        self.trouble.say("")
        try:
            tripwire.clean(self._step.form, self.texts(), self._today(), self._vault.custodian)
        except Invalid as error:
            self.show_problems(error)
            return
        self.sure.say(t("custody_step.ask", count=len(self._copies), what=self._about()))
        self.fit_soon()
        self.sure.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)  # a hasty Enter goes back

    def _on_sure(self) -> None:
        self.sure.say("")
        self._is_sure = True
        self.save()

    def _on_not_sure(self) -> None:
        self.sure.say("")
        self.do.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- putting it together ----

    def _today(self) -> date:
        return self._now().date()

    def _about(self) -> str:
        """涉2026-003　000101-000103、涉2026-005　000210."""
        parts = []
        for paper_id, group in groupby(self._copies, key=lambda one: one[0]):
            number = get_paper(self._vault, paper_id).number
            parts.append(t("custody_step.about", number=number, serials=show_serials(serial for _, serial in group)))
        return "；".join(parts)

    def _fields(self) -> list[Field]:
        """The step's fields; copies made of several originals get their numbers by themselves."""
        return [field for field in self._step.form.fields if field.name != "copy_serial" or len(self._copies) == 1]

    def _first_texts(self) -> dict[str, str]:
        """What the form says at first; who held it only where all were held by the same."""
        held = [get_paper(self._vault, paper_id).copies[serial] for paper_id, serial in self._copies]
        said = custody.draft_of(self._vault, self._step, held[0], self._now())
        if len({copy.holder for copy in held}) > 1:
            said.pop("holder", None)
        return said

    def _names(self, name: str) -> list[str]:
        """Names that are likely in a field, likeliest first."""
        office = self._vault.office
        custodians, leaders, clerks = vaults.custodians(office), list(settings.leaders(office)), settings.clerks(office)
        if name == "by":
            return [*custodians, *clerks]
        return (
            [*leaders, *clerks, *custodians] if name == "approver" or self._key in _TO_LEADERS else [*clerks, *leaders]
        )

    def _add_chips(self, field: Field) -> None:
        """The likeliest names in sight: leaders below who reads or approves, custodians below the last row."""
        office = self._vault.office
        if field.name == "approver" or (field.name == "holder" and self._key in _TO_LEADERS):
            self._put_chips(field.name, settings.leaders(office))
        elif field.name == "at" and len(custodians := vaults.custodians(office)) > 1:
            self._put_chips("by", dict.fromkeys(custodians, ""))

    def _put_chips(self, name: str, names: Mapping[str, str]) -> None:
        if names:
            self.add_row(NameChips(self.blocks[name].editor, names, several=False, has_keys=not self._has_keys))
            self._has_keys = True

    def _warning(self) -> QWidget:
        strip = Strip("amber")
        strip.say(t("custody_step.final"))
        return strip
