# SPDX-License-Identifier: MulanPSL-2.0
"""著录 of one item of a year's filing, or a document that stands in no book: 会议记录, 照片册 …"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from township_office.core.errors import Invalid
from township_office.core.fields import Field, Kind, Problem
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.codes import BY_CODE, WS
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services.archive import deciding
from township_office.services.archive.proposal import Plan, Proposed
from township_office.services.archive.scheme import Scheme
from township_office.services.office import Office
from township_office.ui.archive.filing.plan_model import BODY, DAY, NUMBER, ORG, PAGES, PERIOD, TITLE, field_of
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.editors import Today, make_editor
from township_office.ui.form.small_form import SmallForm

YEAR, CATEGORY, REMARKS = "archive_year", "category", "remarks"
_FIELDS = (TITLE, BODY, NUMBER, DAY, PAGES, PERIOD, ORG, YEAR, CATEGORY, REMARKS)
_REQUIRED = (TITLE, BODY, PERIOD)


class ItemForm(SmallForm):
    """one: the item that is described; None for a new one that stands in no book."""

    def __init__(self, office: Office, today: Today, plan: Plan, one: Proposed | None, parent: QWidget) -> None:
        is_new = one is None
        super().__init__(
            t("filing_desk.add") if is_new else t("filing_desk.edit"),
            t("filing_desk.add_about") if one is None else one.reference_code or one.number,
            t("filing_desk.add_do") if is_new else t("way.save"),
            parent,
        )
        self._office, self._today, self._plan, self._one = office, today, plan, one
        self.key = one.key if one is not None else ""
        self._is_loose = one is None or one.key.startswith("filing:")
        for name in _FIELDS:
            if name == CATEGORY and not self._is_loose:
                continue  # what came in or went out is a document
            if name == ORG and not plan.scheme.orgs:
                continue
            editor = make_editor(self._field(name), office, ARCHIVE_ITEM, today)
            editor.set_text(self._said(name))
            editor.settle()
            self.add(editor)
        self.settle_down()
        about = ("filing", str(plan.year), *self.key.split(":"))  # an item of a filing has no row of its own yet
        DraftKeeper(self, Drafts(office.path, ARCHIVE_ITEM, "-".join(filter(None, about))), None)

    @property
    def has_left_the_year(self) -> bool:
        """Whether the item was given to another year's filing."""
        return YEAR in self.changed()

    def write(self) -> None:
        """Keep what was typed; what is emptied goes back to what is proposed."""
        texts = {name: text.partition(" ")[0] if name == CATEGORY else text for name, text in self.texts().items()}
        if self._is_loose:
            missing = [name for name in _REQUIRED if not texts[name].strip()]
            if missing:
                raise Invalid([Problem(name, t("filing_desk.needs", what=_label(name))) for name in missing])
        if self._one is None:
            draft = {name: text for name, text in texts.items() if text.strip()}
            self.key = deciding.add_unregistered(self._office, self._plan.year, draft, self._today())
        elif changed := self.changed():
            draft = {name: texts[name] for name in changed}
            deciding.decide(self._office, [self.key], draft, self._today())

    def _field(self, name: str) -> Field:
        if name == CATEGORY:
            return replace(ARCHIVE_ITEM.field(name), kind=Kind.CHOICE, choices=_categories(self._plan.scheme))
        field = field_of(name, self._plan.scheme)
        return replace(field, label=t("filing_desk.title_hint", label=field.label)) if name == TITLE else field

    def _said(self, name: str) -> str:
        one = self._one
        if name == YEAR:
            return str(self._plan.year)
        if name == CATEGORY:
            code = one.category if one is not None else WS
            return next((words for words in _categories(self._plan.scheme) if words.startswith(code)), code)
        if name == ORG:
            org = one.org if one is not None else next(iter(self._plan.scheme.orgs), "")
            return self._plan.scheme.org_name(org)
        if one is None:
            return ""
        return one.retention if name == PERIOD else show(ARCHIVE_ITEM.field(name), getattr(one, name))


def _categories(scheme: Scheme) -> tuple[str, ...]:
    """Categories that are filed item by item: "WS 文书". The others have volumes, which a year's filing has not."""
    has_volumes = {code for code, template in scheme.templates.items() if "{volume" in template}
    return tuple(f"{one.code} {one.name}" for one in BY_CODE.values() if one.code not in has_volumes)


def _label(name: str) -> str:
    return ARCHIVE_ITEM.field(name).label
