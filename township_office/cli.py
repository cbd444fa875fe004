# SPDX-License-Identifier: MulanPSL-2.0
"""The verbs for a screen without a window: for the county's IT people and for tests, thin over services."""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TextIO

from township_office import __version__
from township_office.core.dates import EARLIEST, LATEST
from township_office.core.errors import OfficeError
from township_office.core.fields import Register, Value
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers import BY_NAME
from township_office.services import browsing, numbers, records, settings
from township_office.services.browsing import View
from township_office.services.logbook import keep_log
from township_office.services.office import Office, change, check_clerk, create_office, open_office
from township_office.services.standing import standing_of

# What only some verbs need is imported by those verbs: reading a workbook, drawing a page.

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
TOUR_FOLDER = "township-demo"

Answer = tuple[object, str]  # what --json prints, and the words for people

log = logging.getLogger(__name__)

_LONGEST_SENTENCE = 600
_LONGEST_LIST = 1_000_000
# Half characters that do not stand for a byte Python could not decode.
_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
# What argparse says in English, and the same for the reader.
_FAULTS = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "cli.fault_missing"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "cli.fault_unknown"),
    (re.compile(r"argument [^:]+: invalid choice: '(?P<what>.*)' \(.*"), "cli.fault_verb"),
    (re.compile(r"argument (?P<what>[^:]+): expected .*"), "cli.fault_no_value"),
    (re.compile(r"argument [^:]+: (?P<what>.+)"), "cli.fault_other"),
    (re.compile(r"(?P<what>.+)"), "cli.fault_other"),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in one sentence that the words of the call are off; exit 2."""
        message = " ".join(message.split())
        key, found = next((key, found) for pattern, key in _FAULTS if (found := pattern.fullmatch(message)))
        usage = " ".join(self.format_usage().split(":", 1)[1].split())
        _tell(t("cli.wrong_usage", usage=usage, message=t(key, **found.groupdict())))
        raise SystemExit(WRONG_USAGE)


def run(arguments: Sequence[str]) -> int:
    """Carry out one verb; return 0 when done, 1 when refused with a sentence on stderr, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    keep_log()
    try:
        options = _parser().parse_args(arguments)
        answer, words = options.verb(options)
        if getattr(options, "json", False):
            words = json.dumps(answer, ensure_ascii=False, default=str)
        if words:
            _write(sys.stdout, words)
    except SystemExit as end:
        return int(end.code or DONE)
    except OfficeError as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _refuse(t("cli.stopped"))
    except BrokenPipeError:
        return DONE  # the reader has seen enough
    except Exception:
        log.exception("unexpected")
        return _refuse(t("cli.unexpected"))
    finally:
        _settle()
    if isinstance(answer, Mapping) and answer.get("ok") is False:
        return _refuse(t("cli.not_sound"))
    return DONE


def toured(arguments: Sequence[str]) -> Path | None:
    """Return the folder of a tour that was just taken and that somebody wants to look at; None for any other verb."""
    if arguments[0] != "tour" or {"-h", "--help"} & set(arguments):
        return None
    options = _parser().parse_args(arguments)
    return None if options.json else options.file


def _new(options: argparse.Namespace) -> Answer:
    with create_office(options.file, options.name, options.clerk or t("cli.clerk"), date.today()):
        pass
    return {"path": str(options.file), "name": clean_text(options.name)}, t("cli.created", path=options.file)


def _demo(options: argparse.Namespace) -> Answer:
    from township_office.services import demo

    counts = demo.create(options.file, date.today())
    if options.clerk:
        with _open(options) as office:
            settings.add_clerk(office, options.clerk)
    return {"path": str(options.file), **counts}, t("cli.created", path=options.file)


def _set(options: argparse.Namespace) -> Answer:
    pairs = [_pair(text) for text in options.pairs]
    with _open(options) as office, change(office):
        for key, value in pairs:
            if key.startswith("series."):
                numbers.set_series(office, key, value, date.today())
            else:
                settings.set_setting(office, key, value)
    return dict(pairs), "\n".join(f"{key}={value}" for key, value in pairs)


def _add(options: argparse.Namespace) -> Answer:
    register: Register = options.register
    draft = dict(_pair(text) for text in options.pairs)
    known = ["series", register.number_name, *(field.name for field in register.fields)]
    for name in draft:
        if name not in known:
            raise OfficeError("cli.unknown_field", name=name, known="、".join(known))
    usual = {field.name: field.default for field in register.fields if field.default}  # as an empty form shows them
    with _open(options) as office:
        row = records.register_document(office, register, usual | draft, date.today())
        return _plain(office, register, row), t("cli.added", number=row["number"]) if row["number"] else t(
            "draft.saved"
        )


def _import(options: argparse.Namespace) -> Answer:
    from township_office.services import sheets

    with _open(options) as office:
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
    with _open(options) as office:
        ids = browsing.row_ids(office, options.register, View(options.year), date.today())
        return _rows(office, options.register, browsing.rows(office, options.register, ids))


def _find(options: argparse.Namespace) -> Answer:
    from township_office.services import search

    with _open(options) as office:
        return _rows(office, options.register, search.find(office, options.register, options.text, options.limit))


def _void(options: argparse.Namespace) -> Answer:
    with _open(options) as office:
        row = records.by_number(office, options.register, options.number)
        row = records.void(office, options.register, int(str(row["id"])), options.why, date.today())
        return _plain(office, options.register, row), t("cli.voided", number=row["number"] or row["original_number"])


def _print(options: argparse.Namespace) -> Answer:
    from township_office.services import printing

    with _open(options) as office:
        request = printing.PrintRequest(year=options.year)
        printed = printing.print_register(office, options.register, request, options.out, date.today())
    return None, t("cli.printed", path=printed.path)


def _backup(options: argparse.Namespace) -> Answer:
    from township_office.services import backup

    with _open(options) as office:
        path = backup.backup_to(office, options.folder)
    return {"path": str(path)}, t("cli.backed_up", path=path)


def _verify(options: argparse.Namespace) -> Answer:
    from township_office.services import checking

    with _open(options) as office:
        report = checking.verify(office)
    answer = {
        "ok": not report.findings, "rows": report.rows, "changes": report.changes, "head": report.head,
        "findings": list(report.findings),
    }  # fmt: skip
    words = report.findings or (t("cli.verified", rows=report.rows, changes=report.changes),)
    return answer, "\n".join(words)


def _tour(options: argparse.Namespace) -> Answer:
    from township_office.services import tour

    for line in tour.take(options.file, date.today()):
        if not options.json:
            _write(sys.stdout, line)
    return {"path": str(tour.data_file(options.file))}, t("tour.done")


def _open(options: argparse.Namespace) -> Office:
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


def _refuse(sentence: str) -> int:
    _tell(sentence)
    return REFUSED


def _tell(sentence: str) -> None:
    """Say one sentence on stderr, on one line, however much of what was typed it quotes."""
    sentence = clean_text(_readable(sentence))
    if len(sentence) > _LONGEST_SENTENCE:
        sentence = sentence[:_LONGEST_SENTENCE] + "…"
    try:
        _write(sys.stderr, sentence)
    except OSError:
        return  # nobody listens; the exit code says it all


def _write(stream: TextIO | None, words: str) -> None:
    """Write words to stream at once; raise OfficeError where there is no room, BrokenPipeError where nobody reads."""
    if stream is None:  # closed by the caller
        return
    try:
        stream.write(_readable(words) + "\n")
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OfficeError("cli.cannot_answer") from error


def _settle() -> None:
    """Leave nothing in the streams that Python would stumble over when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _readable(words: str) -> str:
    """Return words without half characters: bytes that Python could not decode are read as UTF-8 where they are."""
    if words.isascii():
        return words
    return _HALVES.sub("\ufffd", words).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


# — what is typed behind a verb —


def _text(typed: str) -> str:
    """Return a word of the call as it was typed: UTF-8, whatever the locale says (LANG=C)."""
    try:
        return os.fsencode(typed).decode("utf-8")
    except UnicodeError:
        return typed


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise OfficeError("cli.no_pair", text=text)
    return name.strip(), value


def _path(typed: str) -> Path:
    if not typed or "\0" in typed:
        raise argparse.ArgumentTypeError(t("cli.bad_path"))
    return Path(typed)


def _output(typed: str) -> Path:
    path = _path(typed)
    if path.suffix.lower() not in (".pdf", ".docx", ".xlsx"):
        raise argparse.ArgumentTypeError(t("cli.unknown_output", path=typed))
    return path


def _register(name: str) -> Register:
    if name not in BY_NAME:
        raise argparse.ArgumentTypeError(t("cli.unknown_register", name=name, known="、".join(BY_NAME)))
    return BY_NAME[name]


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(typed: str) -> int:
        if not (typed.isdecimal() and len(typed) <= 9 and low <= int(typed) <= high):
            raise argparse.ArgumentTypeError(t("cli.bad_count", text=typed, low=low, high=high))
        return int(typed)

    return read


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="township-office", description=t("cli.about"))
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(required=True, metavar=t("cli.verb"))

    def verb(name: str, work: Callable[[argparse.Namespace], Answer], *arguments: Any) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = verbs.add_parser(
            name, help=t(f"cli.help_{name}"), description=t(f"cli.help_{name}")
        )
        one.set_defaults(verb=work)
        if name == "tour":
            one.add_argument("--to", type=_path, default=Path(TOUR_FOLDER), dest="file", metavar="FOLDER")
        else:
            one.add_argument("file", type=_path, metavar="FILE")
        for names, kind in arguments:
            one.add_argument(*names.split(), **kind)
        one.add_argument("--clerk", type=_text, metavar="NAME", help=t("cli.help_clerk"))
        if name != "print":
            one.add_argument("--json", action="store_true", help=t("cli.help_json"))
        return one

    register: tuple[str, dict[str, object]] = ("register", {"type": _register, "metavar": "REGISTER"})
    pairs: tuple[str, dict[str, object]] = ("pairs", {"nargs": "+", "type": _text, "metavar": "KEY=VALUE"})
    year: tuple[str, dict[str, object]] = ("--year", {"type": _whole(EARLIEST.year, LATEST.year), "metavar": "YEAR"})
    limit = {"type": _whole(0, _LONGEST_LIST), "default": 50, "metavar": "N"}
    verb("new", _new, ("--name", {"required": True, "type": _text, "metavar": "NAME"}))
    verb("demo", _demo)
    verb("set", _set, pairs).epilog = t("cli.keys", keys=" ".join(settings.OFFICE_KEYS))
    verb("add", _add, register, pairs).epilog = t("cli.fields", **{name: _names(BY_NAME[name]) for name in BY_NAME})
    verb(
        "import", _import, register, ("source", {"type": _path, "metavar": "SOURCE"}),
        ("--sheet", {"type": _text, "metavar": "SHEET"}), ("--dry-run", {"action": "store_true"}),
        ("--problems", {"type": _path, "metavar": "OUT.csv"}),
    )  # fmt: skip
    verb("list", _list, register, year)
    verb("find", _find, register, ("text", {"type": _text, "metavar": "TEXT"}), ("--limit", limit))
    why = {"required": True, "type": _text, "metavar": "TEXT"}
    verb("void", _void, register, ("number", {"type": _text, "metavar": "NUMBER"}), ("--why", why))
    verb("print", _print, register, year, ("--out", {"type": _output, "required": True, "metavar": "X.pdf"}))
    verb("backup", _backup, ("folder", {"type": _path, "metavar": "DIR"}))
    verb("verify", _verify)
    verb("tour", _tour)
    return parser


def _names(register: Register) -> str:
    return " ".join([register.number_name, "series", *(field.name for field in register.fields)])
