# SPDX-License-Identifier: MulanPSL-2.0
"""What each verb does: one service each, its answer as plain data and in words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from township_office.cli.call import pair_of
from township_office.cli.saying import write
from township_office.core.errors import OfficeError
from township_office.core.fields import Register, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers import DOCUMENTS
from township_office.registers.archive.care import CARE
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing, numbers, records, settings
from township_office.services.browsing import View
from township_office.services.office import Office, change, check_clerk, create_office, open_office
from township_office.services.standing import standing_of

# What only some verbs need is imported by those verbs: reading a workbook, drawing a page, unlocking.

Answer = tuple[object, str]  # what --json prints, and the words for people


def _new(options: argparse.Namespace) -> Answer:
    with create_office(options.file, options.name, options.clerk or t("cli.clerk"), date.today()):
        pass
    return {"path": str(options.file), "name": clean_text(options.name)}, t("cli.created", path=options.file)


def _demo(options: argparse.Namespace) -> Answer:
    from township_office.services import demo

    counts = demo.create(options.file, date.today())
    if options.clerk:
        with open_file(options) as office:
            settings.add_clerk(office, options.clerk)
    return {"path": str(options.file), **counts}, t("cli.created", path=options.file)


def _set(options: argparse.Namespace) -> Answer:
    pairs = [pair_of(text) for text in options.pairs]
    with open_file(options) as office, change(office):
        for name, value in pairs:
            key = settings.full_key(name)
            if key.startswith("series."):
                numbers.set_series(office, key, value, date.today())
            else:
                settings.set_setting(office, key, value)
    return dict(pairs), "\n".join(f"{key}={value}" for key, value in pairs)


def _add(options: argparse.Namespace) -> Answer:
    register: Register = options.register
    draft = dict(pair_of(text) for text in options.pairs)
    known = ["series", register.number_name, *(field.name for field in register.fields)]
    for name in draft:
        if name not in known:
            raise OfficeError("cli.unknown_field", name=name, known="、".join(known))
    usual = {field.name: field.default for field in register.fields if field.default}  # as an empty form shows them
    with open_file(options) as office:
        row = _register(office, register, usual | draft)
        return _plain(office, register, row), t("cli.added", number=row["number"]) if row["number"] else t(
            "draft.saved"
        )


def _register(office: Office, register: Register, draft: dict[str, str]) -> Mapping[str, Value]:
    """Enter it by the rules of its book; what comes of a list of items is made where the items are chosen."""
    today = date.today()
    if register in DOCUMENTS:
        return records.register_document(office, register, draft, today)
    from township_office.services.archive import care, items

    if register is ARCHIVE_ITEM:
        return items.add_item(office, draft, today)
    if register in CARE:
        return care.register(office, register, draft, today)
    raise OfficeError("cli.not_added", name=register.name)


def _import(options: argparse.Namespace) -> Answer:
    from township_office.services import sheets

    with open_file(options) as office:
        source = sheets.look_at(options.source)
        choices = sheets.choose(office, options.register, source, sheet=options.sheet)
        plan = sheets.plan_import(office, options.register, source, choices, date.today())
        if options.problems:
            sheets.write_problems(plan, options.problems)
        batch = None if options.dry_run else sheets.run_import(office, plan, date.today())
    answer = sheets.as_plain(plan) | {"dry_run": options.dry_run, "batch": batch.id if batch else None}
    counts = {"taken": len(plan.taken), "not_taken": len(plan.not_taken), "clashes": len(plan.clashes)}
    words = t("cli.imported", **counts) if batch else t("cli.tried", **counts)
    if choices.left_out:
        words += "\n" + t("cli.left_out", names=sheets.names_left_out(choices))
    return answer, words


def _list(options: argparse.Namespace) -> Answer:
    with open_file(options) as office:
        ids = browsing.row_ids(office, options.register, View(options.year), date.today())
        return _rows(office, options.register, browsing.rows(office, options.register, ids))


def _find(options: argparse.Namespace) -> Answer:
    from township_office.services import search

    with open_file(options) as office:
        return _rows(office, options.register, search.find(office, options.register, options.text, options.limit))


def _void(options: argparse.Namespace) -> Answer:
    with open_file(options) as office:
        row = records.by_number(office, options.register, options.number)
        row = records.void(office, options.register, int(str(row["id"])), options.why, date.today())
        return _plain(office, options.register, row), t("cli.voided", number=row["number"] or row["original_number"])


def _print(options: argparse.Namespace) -> Answer:
    from township_office.services import printing

    with open_file(options) as office:
        request = printing.PrintRequest(year=options.year)
        printed = printing.print_register(office, options.register, request, options.out, date.today())
    return None, t("cli.printed", path=printed.path)


def _backup(options: argparse.Namespace) -> Answer:
    from township_office.services import backup

    with open_file(options) as office:
        path = backup.backup_to(office, options.folder)
    return {"path": str(path)}, t("cli.backed_up", path=path)


def _verify(options: argparse.Namespace) -> Answer:
    from township_office.services import checking

    with open_file(options) as office:
        report = checking.verify(office)
        findings = (*report.findings, *_guarded_findings(options, office))
    answer = {
        "ok": not findings, "rows": report.rows, "changes": report.changes, "head": report.head,
        "findings": list(findings),
    }  # fmt: skip
    words = findings or (t("cli.verified", rows=report.rows, changes=report.changes),)
    return answer, "\n".join(words)


def _guarded_findings(options: argparse.Namespace, office: Office) -> tuple[str, ...]:
    """Return what is wrong with the guarded rows, where the call has a key to them."""
    if not (options.password_file or options.code_file):
        return ()
    from township_office.cli import confidential

    with confidential.unlocked(options, office) as vault:
        return vault.findings


def _tour(options: argparse.Namespace) -> Answer:
    from township_office.services import tour

    for line in tour.take(options.file, date.today()):
        if not options.json:
            write(sys.stdout, line)
    return {"path": str(tour.data_file(options.file))}, t("tour.done")


def _confidential(options: argparse.Namespace) -> Answer:
    from township_office.cli import confidential

    return confidential.carry_out(options)


def _archive(options: argparse.Namespace) -> Answer:
    from township_office.cli import archive

    return archive.carry_out(options)


def _roster(options: argparse.Namespace) -> Answer:
    from township_office.cli import roster

    return roster.carry_out(options)


def _calendar(options: argparse.Namespace) -> Answer:
    from township_office.cli import calendar

    return calendar.carry_out(options)


def open_file(options: argparse.Namespace) -> Office:
    """Open the office of a call in the name it gives."""
    clerk = clean_text(options.clerk or t("cli.clerk"))
    check_clerk(clerk)
    return open_office(options.file, clerk)


def _rows(office: Office, register: Register, rows: Sequence[Mapping[str, Value]]) -> Answer:
    shown = [field for field in register.fields if field.shown]
    lines = ["\t".join([str(row["number"] or ""), *(show(field, row[field.name]) for field in shown)]) for row in rows]
    return [_plain(office, register, row) for row in rows], "\n".join(line.replace("\n", " ") for line in lines)


def _plain(office: Office, register: Register, row: Mapping[str, Value]) -> dict[str, Value]:
    """Return a row under its names of JSON: the number first, then fields, standing and the columns of ours."""
    state = standing_of(office, register, row, date.today())
    names = ["series", "year", "period", "sequence", "entry", "original_number", "batch_id", "voided_on", "voided_by",
             "void_reason", "entered_at", "entered_by", "id"]  # fmt: skip
    return (
        {register.number_name: row["number"]}
        | {field.name: row[field.name] for field in register.fields}
        | {"status": state.label, "state": state.key}
        | {name: row[name] for name in names}
    )


VERBS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    "new": _new, "demo": _demo, "set": _set, "add": _add, "import": _import, "list": _list, "find": _find,
    "void": _void, "print": _print, "backup": _backup, "verify": _verify, "tour": _tour, "confidential": _confidential,
    "archive": _archive, "roster": _roster,
    "calendar": _calendar,
}  # fmt: skip
