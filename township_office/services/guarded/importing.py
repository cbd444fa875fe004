# SPDX-License-Identifier: MulanPSL-2.0
"""An office's own ledger of classified paper in: whitelisted columns, all of its lines or none.

Nothing of the workbook goes anywhere but into the sealed rows: no log, no temporary file, no note of its name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from township_office.core.dates import parse_date
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Kind, Problem, Record
from township_office.core.text import t
from township_office.exchange.guarded import Ledger, Line, read_guarded
from township_office.exchange.workbooks import Sheet, read_workbook
from township_office.registers.confidential import CONFIDENTIAL, RELAXED_ONLY, TELEGRAM
from township_office.services import tripwire
from township_office.services.guarded import confidential
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.vault import Vault

_MOST_SAID = 5  # lines that are named one by one
_COUNTED = ("received_on", "secrecy_level", "copy_count")
_OTHER_YEAR = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done: the drafts in their order, how many of them are only counted, and what stays on paper."""

    drafts: tuple[Draft, ...]
    counted: int
    known: int  # lines that are in the register already
    gone: int  # lines of papers that were cleared, handed over or destroyed
    unread: tuple[str, ...]  # headings of columns that are not read

    @property
    def papers(self) -> int:
        """How many papers would get a number."""
        return len(self.drafts) - self.counted


def look_at(path: Path) -> list[Sheet]:
    """Read a workbook into memory; raise OfficeError when it is none, is not safe, or is named like a secret."""
    tripwire.refuse_name("confidential.import", path)
    return read_workbook(path)


def plan_import(vault: Vault, sheets: list[Sheet], today: date, sheet: str | None = None) -> Plan:
    """Say what would come in of every sheet in sight, or of the one named; nothing is written.

    Raise OfficeError naming the columns for which the whole is refused (摘要, 内容, 附件 …), or the lines that are off.
    """
    allowed = _allowed(vault)
    named = [one for one in sheets if sheet is None or one.name.strip() == sheet.strip()]
    found = [(one, ledger) for one in named if (ledger := read_guarded(one, allowed)) is not None]
    forbidden = dict.fromkeys(heading for _, ledger in found for heading in ledger.forbidden)
    if forbidden:
        raise OfficeError("guarded_import.forbidden", columns="、".join(forbidden))
    ledgers = [ledger for one, ledger in found if sheet is not None or not one.hidden]
    if not ledgers:
        raise OfficeError("guarded_import.no_ledger")
    unread = dict.fromkeys(heading for ledger in ledgers for heading in ledger.unread)
    return _plan(vault, ledgers, tuple(unread), today)


def run_import(vault: Vault, plan: Plan, today: date) -> list[Paper]:
    """Write the plan, all of it or nothing; return the papers that got a number."""
    if not plan.drafts:
        raise OfficeError("guarded_import.nothing")
    return confidential.register_papers(vault, plan.drafts, today)


def words_of(plan: Plan, *, is_done: bool = False) -> str:
    """Return in words what a plan holds, or what came in, and what of the ledger stays on paper."""
    said = [
        t("guarded_import.imported" if is_done else "guarded_import.planned", papers=plan.papers, counted=plan.counted)
    ]
    said += [t(f"guarded_import.{key}", count=count) for key in ("known", "gone") if (count := getattr(plan, key))]
    if plan.unread:
        said.append(t("guarded_import.unread", columns="、".join(plan.unread)))
    return "".join(said)


def _allowed(vault: Vault) -> list[str]:
    """Return the fields that are read. A title never: each must be cleared by a custodian, one by one (domain 4.3)."""
    names = [field.name for field in CONFIDENTIAL.fields if field.name not in ("title", "is_title_cleared")]
    if not confidential.mode(vault).is_strict:
        return names
    return [name for name in names if name not in (*RELAXED_ONLY, "doc_number")]


def _plan(vault: Vault, ledgers: list[Ledger], unread: tuple[str, ...], today: date) -> Plan:
    present = Counter(_same(paper.record) for paper in confidential.papers(vault) if paper.void is None)
    drafts: list[Draft] = []
    troubles: list[str] = []
    counted = known = gone = 0
    for ledger in ledgers:
        for line in ledger.lines:
            try:
                draft = _draft(line, today)
                record = {} if line.is_gone else confidential.check_paper(vault, draft, today)
            except Invalid as error:
                troubles.append(t("guarded_import.line", sheet=ledger.sheet, line=line.at, what=error))
                continue
            if line.is_gone:
                gone += 1
            elif record and present[_same(record)]:
                present[_same(record)] -= 1
                known += 1
            else:
                counted += not record
                drafts.append(draft)
    if troubles:
        more = t("guarded_import.more", count=len(troubles) - _MOST_SAID) if len(troubles) > _MOST_SAID else ""
        raise OfficeError("guarded_import.lines", lines="".join(troubles[:_MOST_SAID]) + more)
    return Plan(tuple(drafts), counted, known, gone, unread)


def _draft(line: Line, today: date) -> Draft:
    """Return a line as a draft; of 绝密 and of 密码电报 only what is counted."""
    draft = dict(line.texts)
    for name, text in draft.items():
        if CONFIDENTIAL.field(name).kind is Kind.DATE:
            _check_year(name, text, today)
    if line.is_telegram:
        draft["carrier_kind"] = TELEGRAM
    if not confidential.is_counted(draft):
        return draft
    return {name: text for name, text in draft.items() if name in (*_COUNTED, "carrier_kind")}


def _check_year(name: str, text: str, today: date) -> None:
    """A day without its year cannot be taken from a ledger of years ago: it would be read as one of this year."""
    try:
        is_whole = parse_date(text, today) == parse_date(text, today - _OTHER_YEAR)
    except ValueError:
        return  # what cannot be read at all is said with the rest
    if not is_whole:
        raise Invalid([Problem(name, t("guarded_import.no_year", label=CONFIDENTIAL.field(name).label))])


def _same(record: Record) -> tuple[object, ...]:
    """Return by what a line is known again: a ledger is taken in once."""
    return tuple(record[field.name] for field in CONFIDENTIAL.fields if field.name not in ("title", "is_title_cleared"))
