# SPDX-License-Identifier: MulanPSL-2.0
"""Reading the words of a call, and saying in one sentence what is off about them."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from township_office.cli.saying import tell
from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers import BY_NAME

DONE, REFUSED, WRONG_USAGE = 0, 1, 2

# What argparse says in English, and the same for the reader.
_FAULTS = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "cli.fault_missing"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "cli.fault_unknown"),
    (re.compile(r"argument [^:]+: invalid choice: '(?P<what>.*)' \(.*"), "cli.fault_verb"),
    (re.compile(r"argument (?P<what>[^:]+): expected .*"), "cli.fault_no_value"),
    (re.compile(r"one of the arguments (?P<what>.+) is required"), "cli.fault_one_of"),
    (re.compile(r"argument (?P<what>[^:]+): not allowed with argument (?P<other>.+)"), "cli.fault_both"),
    (re.compile(r"argument [^:]+: (?P<what>.+)"), "cli.fault_other"),
    (re.compile(r"(?P<what>.+)"), "cli.fault_other"),
)


class Parser(argparse.ArgumentParser):
    """Speaks Chinese, one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say in one sentence that the words of the call are off; exit 2."""
        message = " ".join(message.split())
        key, found = next((key, found) for pattern, key in _FAULTS if (found := pattern.fullmatch(message)))
        usage = " ".join(self.format_usage().split(":", 1)[1].split())
        tell(t("cli.wrong_usage", usage=usage, message=t(key, **found.groupdict())))
        raise SystemExit(WRONG_USAGE)


class GuardedParser(Parser):
    """Of the guarded register: names the options that are off, never what was typed with them."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Take pairs that stand behind an option too; refuse what is left over here, for the parser above quotes it."""
        found, left = super().parse_known_args(args, namespace)
        if isinstance(getattr(found, "pairs", None), list):
            found.pairs += [text_of(word) for word in left if _is_pair(word)]
            left = [word for word in left if not _is_pair(word)]
        if left:
            self.error("unrecognized arguments: " + (_option_names(left) or t("cli.spare_word")))
        return found, left


def text_of(typed: str) -> str:
    """Return a word of the call as it was typed: UTF-8, whatever the locale says (LANG=C)."""
    try:
        return os.fsencode(typed).decode("utf-8")
    except UnicodeError:
        return typed


def pair_of(word: str) -> tuple[str, str]:
    """Return key and value of KEY=VALUE; raise OfficeError where there is no sign between them."""
    name, sign, value = word.partition("=")
    if not sign:
        raise OfficeError("cli.no_pair", text=word)
    return name.strip(), value


def path_of(typed: str) -> Path:
    """Return a path; argparse's own error when it can be none."""
    if not typed or "\0" in typed:
        raise argparse.ArgumentTypeError(t("cli.bad_path"))
    return Path(typed)


def output_of(typed: str) -> Path:
    """Return the path of a file we know how to write."""
    path = path_of(typed)
    if path.suffix.lower() not in (".pdf", ".docx", ".xlsx"):
        raise argparse.ArgumentTypeError(t("cli.unknown_output", path=typed))
    return path


def workbook_of(typed: str) -> Path:
    """Return the path of a workbook to be written."""
    path = path_of(typed)
    if path.suffix.lower() != ".xlsx":
        raise argparse.ArgumentTypeError(t("cli.no_workbook", path=typed))
    return path


def register_of(name: str) -> Register:
    """Return a register by its name."""
    if name not in BY_NAME:
        raise argparse.ArgumentTypeError(t("cli.unknown_register", name=name, known="、".join(BY_NAME)))
    return BY_NAME[name]


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from low to high."""

    def read(typed: str) -> int:
        if not (typed.isdecimal() and len(typed) <= 9 and low <= int(typed) <= high):
            raise argparse.ArgumentTypeError(t("cli.bad_count", text=typed, low=low, high=high))
        return int(typed)

    return read


def _is_pair(word: str) -> bool:
    return "=" in word and not word.startswith("-")


def _option_names(words: Sequence[str]) -> str:
    return " ".join(word.partition("=")[0] for word in words if word.startswith("--"))
