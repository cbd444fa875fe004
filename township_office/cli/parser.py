# SPDX-License-Identifier: MulanPSL-2.0
"""Every verb with what is typed behind it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from township_office import __version__
from township_office.cli.call import (
    GuardedParser,
    Parser,
    output_of,
    path_of,
    register_of,
    text_of,
    whole,
    workbook_of,
)
from township_office.cli.verbs import VERBS
from township_office.core.dates import EARLIEST, LATEST
from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers import BY_NAME
from township_office.registers.confidential import CONFIDENTIAL, REASONS
from township_office.registers.custody import STEPS
from township_office.services import settings

TOUR_FOLDER = "township-demo"
SHEETS = ("circulation", "loan", "copy", "distribution", "clearance", "destruction", "inventory", "handover")

_LONGEST_LIST = 1_000_000
_Argument = tuple[str, dict[str, Any]]
_REGISTER: _Argument = ("register", {"type": register_of, "metavar": "REGISTER"})
_PAIRS: _Argument = ("pairs", {"nargs": "+", "type": text_of, "metavar": "KEY=VALUE"})
_YEAR: _Argument = ("--year", {"type": whole(EARLIEST.year, LATEST.year), "metavar": "YEAR"})
_NUMBER: _Argument = ("number", {"type": text_of, "metavar": "NUMBER"})
_COPY: _Argument = ("copy", {"type": text_of, "metavar": "COPY"})
_WHY: _Argument = ("--why", {"required": True, "type": text_of, "metavar": "TEXT"})
_SOURCE: _Argument = ("source", {"type": path_of, "metavar": "SOURCE"})
_SHEET: _Argument = ("--sheet", {"type": text_of, "metavar": "SHEET"})
_DRY_RUN: _Argument = ("--dry-run", {"action": "store_true"})
_PROBLEMS: _Argument = ("--problems", {"type": path_of, "metavar": "OUT.csv"})
_OUT: _Argument = ("--out", {"type": output_of, "required": True, "metavar": "X.pdf"})


def make_parser() -> argparse.ArgumentParser:
    """Return the reader of a whole call."""
    parser = Parser(prog="township-office", description=t("cli.about"))
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(required=True, metavar=t("cli.verb"))

    def verb(name: str, *arguments: _Argument) -> argparse.ArgumentParser:
        one: argparse.ArgumentParser = verbs.add_parser(
            name, help=t(f"cli.help_{name}"), description=t(f"cli.help_{name}")
        )
        one.set_defaults(verb=VERBS[name])
        if name == "tour":
            one.add_argument("--to", type=path_of, default=Path(TOUR_FOLDER), dest="file", metavar="FOLDER")
        else:
            one.add_argument("file", type=path_of, metavar="FILE")
        _add_to(one, *arguments, has_json=name != "print")
        return one

    limit = {"type": whole(0, _LONGEST_LIST), "default": 50, "metavar": "N"}
    verb("new", ("--name", {"required": True, "type": text_of, "metavar": "NAME"}))
    verb("demo")
    verb("set", _PAIRS).epilog = t("cli.keys", keys=" ".join(settings.OFFICE_KEYS))
    verb("add", _REGISTER, _PAIRS).epilog = t("cli.fields", **{name: _names(BY_NAME[name]) for name in BY_NAME})
    verb("import", _REGISTER, _SOURCE, _SHEET, _DRY_RUN, _PROBLEMS)
    verb("list", _REGISTER, _YEAR)
    verb("find", _REGISTER, ("text", {"type": text_of, "metavar": "TEXT"}), ("--limit", limit))
    verb("void", _REGISTER, _NUMBER, _WHY)
    verb("print", _REGISTER, _YEAR, _OUT)
    verb("backup", ("folder", {"type": path_of, "metavar": "DIR"}))
    _add_keys(verb("verify"), is_needed=False)
    verb("tour")
    _add_confidential(verbs)
    _add_archive(verbs)
    _add_roster(verbs)
    _add_calendar(verbs)
    return parser


def _add_confidential(verbs: Any) -> None:
    """The verbs of the guarded register: behind its file, each with a key."""
    words = t("cli.help_confidential")
    whole_verb = verbs.add_parser("confidential", help=words, description=words)
    whole_verb.set_defaults(verb=VERBS["confidential"])
    whole_verb.add_argument("file", type=path_of, metavar="FILE")
    deeds = whole_verb.add_subparsers(required=True, metavar=t("cli.deed"), dest="deed", parser_class=GuardedParser)

    def deed(name: str, *arguments: _Argument, has_json: bool = True) -> argparse.ArgumentParser:
        words = t("guarded_cli.help_" + name.replace("-", "_"))
        one: argparse.ArgumentParser = deeds.add_parser(name, help=words, description=words, allow_abbrev=False)
        _add_to(one, *arguments, has_json=has_json)
        if name != "open":
            one.add_argument("--custodian", type=text_of, default="", metavar="NAME", help=t("guarded_cli.help_who"))
            _add_keys(one)
        return one

    key = ("key", {"choices": tuple(STEPS), "metavar": "|".join(STEPS)})
    kind = ("kind", {"choices": SHEETS, "metavar": "|".join(SHEETS)})
    why = ("--why", _WHY[1] | {"help": "、".join(REASONS)})
    _add_opening(deed("open"))
    deed("add", _PAIRS).epilog = " ".join(field.name for field in CONFIDENTIAL.fields)
    deed("step", _NUMBER, _COPY, key, ("pairs", _PAIRS[1] | {"nargs": "*"})).epilog = "; ".join(
        f"{name}: {' '.join(field.name for field in step.form.fields)}" for name, step in STEPS.items()
    )
    deed("list", _YEAR)
    deed("count", _YEAR).set_defaults(json=True)
    list_no = ("--list", {"type": text_of, "default": "", "dest": "list_no", "metavar": "NO"})
    deed("print", kind, _YEAR, list_no, _OUT, has_json=False)
    deed("void", _NUMBER, why)
    deed("take-back", _NUMBER, _COPY, why)
    deed("import", _SOURCE, _SHEET, _DRY_RUN)


def _add_archive(verbs: Any) -> None:
    """The verbs of the archive: behind its file, from the year's proposal to the printed set."""
    words = t("cli.help_archive")
    whole_verb = verbs.add_parser("archive", help=words, description=words)
    whole_verb.set_defaults(verb=VERBS["archive"])
    whole_verb.add_argument("file", type=path_of, metavar="FILE")
    deeds = whole_verb.add_subparsers(required=True, metavar=t("cli.deed"), dest="deed")

    def deed(name: str, *arguments: _Argument) -> None:
        words = t(f"archive_cli.help_{name}")
        _add_to(deeds.add_parser(name, help=words, description=words, allow_abbrev=False), *arguments)

    year = ("--year", _YEAR[1] | {"required": True})
    unfinished = ("--with-unfinished", {"action": "store_true", "help": t("archive_cli.help_with_unfinished")})
    for name in ("propose", "commit"):
        deed(name, year, unfinished)
    deed("box", year)
    deed("list", _YEAR)
    deed("print", year, ("--out", {"type": path_of, "required": True, "metavar": "DIR"}))
    deed("import", _SOURCE, _SHEET, _DRY_RUN, _PROBLEMS)
    columns = ("--columns", {"type": path_of, "metavar": "COLUMNS.json", "help": t("archive_cli.help_columns")})
    deed("export", _YEAR, ("--out", {"type": workbook_of, "required": True, "metavar": "X.xlsx"}), columns)


def _add_roster(verbs: Any) -> None:
    """The verbs of the duty roster: behind its file, from people and lines to the printed month."""
    words = t("cli.help_roster")
    whole_verb = verbs.add_parser("roster", help=words, description=words)
    whole_verb.set_defaults(verb=VERBS["roster"])
    whole_verb.add_argument("file", type=path_of, metavar="FILE")
    deeds = whole_verb.add_subparsers(required=True, metavar=t("cli.deed"), dest="deed")

    def deed(name: str, *arguments: _Argument) -> None:
        words = t(f"duty_cli.help_{name}")
        _add_to(deeds.add_parser(name, help=words, description=words, allow_abbrev=False), *arguments)

    month: _Argument = ("month", {"type": text_of, "metavar": "YYYY-MM"})
    for name in ("people", "lines"):
        deed(name, _SOURCE)
    deed("draw", month, ("--seconds", {"type": whole(1, 3600), "default": 60, "metavar": "N"}))
    deed("publish", month, ("--signed-by", {"type": text_of, "default": "", "metavar": "NAME"}))
    deed("list", month)
    deed("print", month, _OUT)
    sheets: _Argument = ("sources", {"nargs": "+", "type": path_of, "metavar": "SHEET"})
    column = {"action": "append", "type": text_of, "metavar": "HEADING=LINE|GROUP", "help": t("duty_cli.help_column")}
    replace = {"action": "store_true", "help": t("duty_cli.help_replace")}
    deed("import", sheets, _YEAR, ("--column", column), ("--replace", replace), _DRY_RUN)


def _add_calendar(verbs: Any) -> None:
    """A year's days: of a year alone, of an office's file, or both in any order."""
    words = t("cli.help_calendar")
    one = verbs.add_parser("calendar", help=words, description=words, allow_abbrev=False)
    one.set_defaults(verb=VERBS["calendar"])
    one.add_argument("words", nargs="+", type=path_of, metavar="YEAR|FILE", help=t("calendar_cli.help_words"))
    source = {"type": path_of, "dest": "source", "metavar": "X.toml|X.txt", "help": t("calendar_cli.help_import")}
    _add_to(one, ("--import", source))
    one.set_defaults(json=True)  # it is for other programs


def _add_opening(one: argparse.ArgumentParser) -> None:
    one.add_argument("--custodian", type=text_of, required=True, metavar="NAME", help=t("guarded_cli.help_who"))
    one.add_argument("--password-file", type=path_of, required=True, metavar="P", help=t("guarded_cli.help_password"))
    one.add_argument("--code-out", type=path_of, metavar="C", help=t("guarded_cli.help_code_out"))
    keys = one.add_mutually_exclusive_group()
    keys.add_argument("--by-password-file", type=path_of, metavar="P", help=t("guarded_cli.help_by"))
    keys.add_argument("--code-file", type=path_of, metavar="C", help=t("guarded_cli.help_by"))


def _add_keys(one: argparse.ArgumentParser, *, is_needed: bool = True) -> None:
    keys = one.add_mutually_exclusive_group(required=is_needed)
    keys.add_argument("--password-file", type=path_of, metavar="P", help=t("guarded_cli.help_password"))
    keys.add_argument("--code-file", type=path_of, metavar="C", help=t("guarded_cli.help_code"))


def _add_to(one: argparse.ArgumentParser, *arguments: _Argument, has_json: bool = True) -> None:
    for names, kind in arguments:
        one.add_argument(*names.split(), **kind)
    one.add_argument("--clerk", type=text_of, metavar="NAME", help=t("cli.help_clerk"))
    if has_json:
        one.add_argument("--json", action="store_true", help=t("cli.help_json"))


def _names(register: Register) -> str:
    return " ".join([register.number_name, "series", *(field.name for field in register.fields)])
