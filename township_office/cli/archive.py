# SPDX-License-Identifier: MulanPSL-2.0
"""The verbs of the archive: a year proposed, filed, boxed, listed and printed; old catalogues in, the county's out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from township_office.cli.verbs import Answer, open_file
from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.core.text import t
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing
from township_office.services.archive import boxing, committing, items, proposal
from township_office.services.archive.boxing import Boxed
from township_office.services.archive.proposal import Proposed
from township_office.services.browsing import View
from township_office.services.office import Office, change

# A row of an item under its names of JSON.
_NAMES = {
    "reference_code": "number", "item_no": "sequence", "doc_number": "doc_number",
    "responsible_body": "responsible_body", "title": "title", "doc_date": "dated_on", "page_count": "page_count",
    "retention": "retention_period", "org": "org_or_subject", "box_no": "box_no",
}  # fmt: skip


def carry_out(options: argparse.Namespace) -> Answer:
    """Do what was asked with the archive."""
    with open_file(options) as office:
        return _DEEDS[options.deed](options, office)


def _propose(options: argparse.Namespace, office: Office) -> Answer:
    plan = proposal.propose_year(office, options.year, with_unfinished=options.with_unfinished or None)
    words = t("archive_cli.proposed", count=len(plan.items), left_out=len(plan.left_out), year=options.year)
    shown = [_proposed(one) for one in plan.items]
    out = [t("archive_cli.waiting", title=one.title, reason=one.reason) for one in plan.waiting]
    undone = [t("archive_cli.unfinished", title=one.title) for one in plan.unfinished]
    return shown, "\n".join([*map(_line, shown), words, *out, *undone])


def _commit(options: argparse.Namespace, office: Office) -> Answer:
    chosen = options.with_unfinished or None
    filed = committing.commit_year(office, options.year, date.today(), with_unfinished=chosen)
    rows = [row for row in _rows(office, options.year) if row["batch_id"] == filed.batch]
    answer = {"year": filed.year, "batch": filed.batch, "count": filed.items, "documents": filed.documents,
              "left_out": filed.left_out, "waiting": filed.waiting, "unfinished": filed.unfinished,
              "items": [_plain(row) for row in rows]}  # fmt: skip
    words = t("archive_cli.committed", count=filed.items, documents=filed.documents, left_out=filed.left_out,
              year=filed.year)  # fmt: skip
    words += t("archive_cli.left_waiting", count=filed.waiting) if filed.waiting else ""
    return answer, words + (t("archive_cli.left_unfinished", count=filed.unfinished) if filed.unfinished else "")


def _list(options: argparse.Namespace, office: Office) -> Answer:
    shown = [_plain(row) for row in _rows(office, options.year) if row["voided_on"] is None]
    return shown, "\n".join(map(_line, shown))


def _box(options: argparse.Namespace, office: Office) -> Answer:
    """Box every class of the year whose pages are counted; name the others."""
    boxed: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    said: list[str] = []
    with change(office):
        for one in items.classes(office):
            if one.year != options.year:
                continue
            before = {box.number for box in boxing.boxes(office, one.series, one.year)}
            try:
                made = boxing.commit_boxes(office, one.series, one.year, date.today())
            except OfficeError as error:
                if error.key != "boxing.nothing":
                    waiting.append({"series": one.series, "reason": str(error)})
                    said.append(t("archive_cli.not_boxed", series=one.series, reason=error))
                continue
            boxed += [_box_plain(one.series, box) for box in made if box.number not in before]
    said.insert(0, t("archive_cli.boxed", count=len(boxed)))
    return {"year": options.year, "boxes": boxed, "not_boxed": waiting}, "\n".join(said)


def _print(options: argparse.Namespace, office: Office) -> Answer:
    from township_office.services.archive import printing

    paths = [str(path) for path in printing.print_set(office, options.year, options.out, date.today())]
    return paths, "\n".join(t("cli.printed", path=path) for path in paths)


def _import(options: argparse.Namespace, office: Office) -> Answer:
    from township_office.services import sheets
    from township_office.services.archive import importing

    source = sheets.look_at(options.source)
    plan = importing.plan_import(office, source, importing.choose(office, source, options.sheet), date.today())
    if options.problems:
        sheets.write_problems(plan, options.problems)
    batch = None if options.dry_run else importing.run_import(office, plan, date.today())
    counts = {"taken": len(plan.taken), "not_taken": len(plan.not_taken), "unnumbered": len(plan.unnumbered)}
    answer = sheets.as_plain(plan) | counts | {
        "dry_run": options.dry_run, "batch": batch.id if batch else None, "boxes": plan.boxes,
        "unread": list(plan.unread), "items": [_plain(planned.values) for planned in plan.taken],
        "not_taken": sheets.as_plain(plan)["not_taken"],
    }  # fmt: skip
    return answer, importing.words_of(plan, is_done=batch is not None)


def _export(options: argparse.Namespace, office: Office) -> Answer:
    from township_office.services.archive import exporting

    layout = exporting.load(options.columns) if options.columns else exporting.layout_of(office)
    out = exporting.export_catalogue(office, View(options.year), layout, options.out, date.today())
    answer = {"path": str(options.out), "rows": out.rows, "left_out": out.left_out}
    words = t("archive_cli.exported", count=out.rows, path=options.out)
    return answer, words + (t("catalogue.left_out", count=out.left_out) if out.left_out else "")


_DEEDS: Mapping[str, Callable[[argparse.Namespace, Office], Answer]] = {
    "propose": _propose, "commit": _commit, "list": _list, "box": _box, "print": _print, "import": _import,
    "export": _export,
}  # fmt: skip


def _rows(office: Office, year: int | None) -> Sequence[Mapping[str, Value]]:
    """Return the items of a year by their 档号."""
    return browsing.rows(office, ARCHIVE_ITEM, browsing.row_ids(office, ARCHIVE_ITEM, View(year), date.today()))


def _plain(row: Mapping[str, Value]) -> dict[str, Any]:
    """Return an item under its names of JSON."""
    return {key: row[name] for key, name in _NAMES.items()} | {
        "original_number": row["original_number"], "year": row["archive_year"], "category": row["category"],
        "fonds_no": row["fonds_no"], "secrecy_level": row["secrecy_level"], "remarks": row["remarks"],
    }  # fmt: skip


def _proposed(one: Proposed) -> dict[str, Any]:
    return {
        "reference_code": one.reference_code, "item_no": one.item_no, "doc_number": one.doc_number or None,
        "responsible_body": one.responsible_body or None, "title": one.title or None, "doc_date": one.dated_on,
        "page_count": one.page_count, "retention": one.retention, "org": one.org or None, "box_no": None,
        "year": one.year, "category": one.category, "key": one.key, "members": list(one.members),
        "number": one.number or None, "components": one.components or None, "matter": one.matter or None,
        "source": one.source or None, "look_at": one.reason or None, "is_open": one.is_open,
    }  # fmt: skip


def _box_plain(series: str, box: Boxed) -> dict[str, Any]:
    return {"series": series, "box_no": box.number, "thickness": box.row["thickness"], "first": box.first,
            "last": box.last, "items": len(box.items), "pages": box.pages}  # fmt: skip


def _line(item: Mapping[str, Any]) -> str:
    """Return an item as people read it."""
    names = ("reference_code", "doc_number", "responsible_body", "title", "doc_date", "page_count", "box_no")
    return "\t".join(str(item[name]).replace("\n", " ") if item[name] is not None else "" for name in names)
