# SPDX-License-Identifier: MulanPSL-2.0
"""The verbs for a screen without a window: for the county's IT people and for tests, thin over services."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from township_office.cli.call import DONE, REFUSED
from township_office.cli.parser import TOUR_FOLDER, make_parser
from township_office.cli.saying import settle, tell, write
from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.logbook import keep_log

__all__ = ["DONE", "REFUSED", "TOUR_FOLDER", "run", "toured"]

log = logging.getLogger(__name__)


def run(arguments: Sequence[str]) -> int:
    """Carry out one verb; return 0 when done, 1 when refused with a sentence on stderr, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    keep_log()
    try:
        options = make_parser().parse_args(arguments)
        answer, words = options.verb(options)
        if getattr(options, "json", False):
            words = json.dumps(answer, ensure_ascii=False, default=str)
        if words:
            write(sys.stdout, words)
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
        settle()
    if isinstance(answer, Mapping) and answer.get("ok") is False:
        return _refuse(t("cli.not_sound"))
    return DONE


def toured(arguments: Sequence[str]) -> Path | None:
    """Return the folder of a tour that was just taken and that somebody wants to look at; None for any other verb."""
    if arguments[0] != "tour" or {"-h", "--help"} & set(arguments):
        return None
    options = make_parser().parse_args(arguments)
    return None if options.json else options.file


def _refuse(sentence: str) -> int:
    tell(sentence)
    return REFUSED
