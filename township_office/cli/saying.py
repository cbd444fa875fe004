# SPDX-License-Identifier: MulanPSL-2.0
"""What a verb says: one answer on stdout, one sentence on stderr, whatever the locale and the reader."""

from __future__ import annotations

import os
import re
import sys
from typing import TextIO

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text

_LONGEST_SENTENCE = 600
# Half characters that do not stand for a byte Python could not decode.
_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")


def tell(sentence: str) -> None:
    """Say one sentence on stderr, on one line, however much of what was typed it quotes."""
    sentence = clean_text(readable(sentence))
    if len(sentence) > _LONGEST_SENTENCE:
        sentence = sentence[:_LONGEST_SENTENCE] + "…"
    try:
        write(sys.stderr, sentence)
    except OSError:
        return  # nobody listens; the exit code says it all


def write(stream: TextIO | None, words: str) -> None:
    """Write words to stream at once; raise OfficeError where there is no room, BrokenPipeError where nobody reads."""
    if stream is None:  # closed by the caller
        return
    try:
        stream.write(readable(words) + "\n")
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OfficeError("cli.cannot_answer") from error


def settle() -> None:
    """Leave nothing in the streams that Python would stumble over when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def readable(words: str) -> str:
    """Return words without half characters: bytes that Python could not decode are read as UTF-8 where they are."""
    if words.isascii():
        return words
    return _HALVES.sub("\ufffd", words).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
