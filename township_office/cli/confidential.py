# SPDX-License-Identifier: MulanPSL-2.0
"""The verbs of the guarded register: each unlocks it, does one thing and forgets the key.

Nothing that was typed with them is quoted but numbers and names of columns.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from township_office.cli.verbs import Answer, open_file
from township_office.core.errors import OfficeError
from township_office.core.fields import Field
from township_office.core.gate import clean_text, has_secret_mark
from township_office.core.text import t
from township_office.registers.confidential import CONFIDENTIAL, show_serials, shown_record, title_place
from township_office.registers.custody import STEPS
from township_office.services.guarded import confidential, custody
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office, check_clerk, sit_down

_LONGEST_KEY_FILE = 4096  # bytes
_LONGEST_NAME = 20  # of a field that there is not
_LINE_END = re.compile(r"\r\n|\r|\n")


def carry_out(options: argparse.Namespace) -> Answer:
    """Do what was asked with the guarded register."""
    if options.deed == "open":
        return _open(options)
    with open_file(options) as office, unlocked(options, office) as vault:
        return _DEEDS[options.deed](options, vault)


@contextmanager
def unlocked(options: argparse.Namespace, office: Office) -> Iterator[Vault]:
    """Open the guarded register with the key of the call; locked again however it ends."""
    custodian = clean_text(getattr(options, "custodian", ""))
    if options.password_file:
        vault = vaults.unlock(office, _password(options.password_file), custodian)
    else:
        check_clerk(custodian or office.clerk)
        vault = vaults.unlock_with_code(office, _read_key(options.code_file), custodian)
    if not options.clerk:
        sit_down(office, vault.custodian)
    try:
        yield vault
    finally:
        vaults.lock(vault)


# ---- open: the first custodian, and further ones ----


def _open(options: argparse.Namespace) -> Answer:
    password = _password(options.password_file)
    has_key = options.by_password_file or options.code_file
    with open_file(options) as office:
        name = _add_custodian(options, office, password) if has_key else _make(options, office, password)
    answer = {"custodian": name, "code_out": options.code_out}
    if options.code_out is None:
        return answer, t("guarded_cli.added_custodian", name=name)
    return answer, t("guarded_cli.opened", name=name, path=options.code_out)


def _make(options: argparse.Namespace, office: Office, password: str) -> str:
    """Make the guarded register; nothing is made where the recovery code cannot be kept first."""
    if vaults.is_made(office):
        raise OfficeError("guarded_cli.is_made")
    if options.code_out is None:
        raise OfficeError("guarded_cli.no_code_out")
    if not options.clerk:
        sit_down(office, options.custodian)
    kept: list[Path] = []

    def hand_over(code: str) -> None:
        _keep_code(options.code_out, code)
        kept.append(options.code_out)

    try:
        vault, _ = vaults.make(office, options.custodian, password, hand_over)
    except BaseException:
        if kept and not vaults.is_made(office):
            kept[0].unlink(missing_ok=True)
        raise
    vaults.lock(vault)
    return vault.custodian


def _add_custodian(options: argparse.Namespace, office: Office, password: str) -> str:
    """Give a further custodian a password, or one who is there another; who opens says so with a key of his own."""
    key = {"password_file": options.by_password_file, "code_file": options.code_file, "clerk": options.clerk}
    with unlocked(argparse.Namespace(**key), office) as vault:
        if options.code_out is not None:
            _keep_code(options.code_out, vaults.recovery_code(vault))
        vaults.set_password(vault, options.custodian, password)
    return clean_text(options.custodian)


def _keep_code(path: Path, code: str) -> None:
    """Write the recovery code whole into a new file that only its owner may read."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OfficeError("guarded_cli.code_out_exists", path=path) from None
    except OSError:
        raise OfficeError("guarded_cli.code_out_failed", path=path) from None
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(code + "\n")
            stream.flush()
            os.fsync(handle)
    except OSError:
        path.unlink(missing_ok=True)
        raise OfficeError("guarded_cli.code_out_failed", path=path) from None


# ---- papers and copies ----


def _add(options: argparse.Namespace, vault: Vault) -> Answer:
    draft = _draft(options.pairs, CONFIDENTIAL.fields)
    paper = confidential.register_paper(vault, draft, date.today())
    if paper is None:
        return _totals(vault, None), t("guarded_cli.counted")
    return _plain(vault, paper), t("cli.added", number=paper.number)


def _step(options: argparse.Namespace, vault: Vault) -> Answer:
    step = STEPS[options.key]
    draft = _draft(options.pairs, step.form.fields)
    paper = _paper(options, vault)
    serials = [copy.serial for copy in custody.copies_of(paper, options.copy)]
    paper = custody.take_step(vault, paper.id, serials, step.key, draft, datetime.now())
    words = t("guarded_cli.step", number=paper.number, serials=show_serials(serials), step=step.title)
    return _plain(vault, paper), words


def _take_back(options: argparse.Namespace, vault: Vault) -> Answer:
    paper = _paper(options, vault)
    serial = custody.copy_of(paper, options.copy).serial
    paper = custody.take_back_step(vault, paper.id, serial, options.why, datetime.now())
    return _plain(vault, paper), t("guarded_cli.taken_back", number=paper.number, serial=serial)


def _void(options: argparse.Namespace, vault: Vault) -> Answer:
    paper = confidential.void_paper(vault, _paper(options, vault).id, options.why, date.today())
    return _plain(vault, paper), t("cli.voided", number=paper.number)


def _list(options: argparse.Namespace, vault: Vault) -> Answer:
    papers = [paper for paper in confidential.papers(vault) if options.year in (None, _year(paper))]
    shown = [_plain(vault, paper) for paper in papers]
    lines = ["\t".join(str(value or "") for value in _line(paper, copy)) for paper in shown for copy in paper["copies"]]
    return shown, "\n".join(lines)


def _import(options: argparse.Namespace, vault: Vault) -> Answer:
    from township_office.services.guarded import importing

    plan = importing.plan_import(vault, importing.look_at(options.source), date.today(), options.sheet)
    papers = [] if options.dry_run else importing.run_import(vault, plan, date.today())
    answer = {"taken": plan.papers, "counted": plan.counted, "known": plan.known, "gone": plan.gone,
              "unread": list(plan.unread), "dry_run": options.dry_run,
              "numbers": [paper.number for paper in papers]}  # fmt: skip
    return answer, importing.words_of(plan, is_done=not options.dry_run)


def _print(options: argparse.Namespace, vault: Vault) -> Answer:
    from township_office.services.guarded import custody_printing

    request = custody_printing.SheetRequest(options.year, list_no=options.list_no)
    custody_printing.print_sheet(vault, options.kind, request, options.out, date.today())
    return None, t("cli.printed", path=options.out)


def _count(options: argparse.Namespace, vault: Vault) -> Answer:
    return _totals(vault, options.year), ""


_DEEDS: Mapping[str, Callable[[argparse.Namespace, Vault], Answer]] = {
    "add": _add, "step": _step, "take-back": _take_back, "void": _void, "list": _list, "count": _count,
    "import": _import, "print": _print,
}  # fmt: skip


def _paper(options: argparse.Namespace, vault: Vault) -> Paper:
    return confidential.by_number(vault, options.number, date.today())


def _year(paper: Paper) -> int:
    return int(str(paper.record["received_on"])[:4])


def _plain(vault: Vault, paper: Paper) -> dict[str, Any]:
    """Return a paper under its names of JSON: the number first, then its fields, what became of it, its copies."""
    is_strict = confidential.mode(vault).is_strict
    copies = [asdict(copy) | {"status": t(f"custody_book.{copy.state}")} for copy in paper.copies.values()]
    for copy in copies:
        del copy["steps"]
    return (
        {"number": paper.number}
        | dict(shown_record(paper.record, is_strict=is_strict))
        | {"title_place": title_place(paper.record, is_strict=is_strict), "void": paper.void}
        | {"entered_at": paper.entered_at, "entered_by": paper.entered_by, "copies": copies}
    )


def _line(paper: Mapping[str, Any], copy: Mapping[str, Any]) -> list[object]:
    """Return one copy as people read it."""
    status = t("custody_book.void") if paper["void"] else copy["status"]
    since = str(copy["since"]).replace("T", " ")[:16]
    return [paper["number"], paper["received_on"], paper["secrecy_level"], copy["serial"], status, copy["holder"],
            since, copy["due_on"], copy["cabinet_no"], copy["list_no"], paper["title_place"]]  # fmt: skip


def _totals(vault: Vault, year: int | None) -> dict[str, Any]:
    count = confidential.count(vault, year)
    return {"received": count.received, "in_hand": count.in_hand, "out": count.out, "cleared": count.cleared,
            "transferred": count.transferred, "destroyed": count.destroyed, "reading": count.reading,
            "lent": count.lent, "counters": confidential.counters(vault)}  # fmt: skip


# ---- what is typed behind a verb, and what lies in a file of its own ----


def _draft(words: Sequence[str], fields: Sequence[Field]) -> dict[str, str]:
    """Return field=value pairs; a name that is none is said, a value never."""
    known, draft = [field.name for field in fields], {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise OfficeError("guarded_cli.no_pair")
        if name.strip() not in known:
            shown = "…" if has_secret_mark(name) else clean_text(name)[:_LONGEST_NAME]
            raise OfficeError("cli.unknown_field", name=shown, known="、".join(known))
        draft[name.strip()] = value
    return draft


def _password(path: Path) -> str:
    """Return the first line of a password file, without its line end."""
    password = _LINE_END.split(_read_key(path), maxsplit=1)[0]
    if not password:
        raise OfficeError("guarded_cli.key_file_empty")
    return password


def _read_key(path: Path) -> str:
    """Return the text of a small file. Its name is not quoted: somebody may have typed the password there."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LONGEST_KEY_FILE + 1)
    except OSError:
        raise OfficeError("guarded_cli.key_file_missing") from None
    if len(raw) > _LONGEST_KEY_FILE:
        raise OfficeError("guarded_cli.key_file_large", limit=_LONGEST_KEY_FILE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeError:
        raise OfficeError("guarded_cli.key_file_unreadable") from None
