# SPDX-License-Identifier: MulanPSL-2.0
"""保管期限 — how long an item is kept, and which period the office's own table proposes for a document.

Each organ makes its own table, approved by the archive authority of its level (档案法 art. 19). Ours starts from the
annex of 国家档案局令第18号 as far as it is known; what is not certain is marked to be checked.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from township_office.core.errors import OfficeError


@dataclass(frozen=True, slots=True)
class Retention:
    """One period: its code in a 档号 (DA/T 22 5.4.3 c), its word in full, and its years (None: for ever)."""

    code: str
    word: str
    years: int | None


PERMANENT, THIRTY, TEN = Retention("Y", "永久", None), Retention("D30", "30年", 30), Retention("D10", "10年", 10)
RETENTIONS = (PERMANENT, THIRTY, TEN)
# Until 2006 periods were 永久, 长期, 短期: old catalogues have them, new items never.
LONG, SHORT = Retention("C", "长期", 50), Retention("D", "短期", 15)
ALL_RETENTIONS = (*RETENTIONS, LONG, SHORT)
_LAST_OLD_YEAR = 2006

SUPERIOR, PEER, SUBORDINATE, OWN = "superior", "peer", "subordinate", "own"
ORIGINS = (SUPERIOR, PEER, SUBORDINATE, OWN)
NOT_FILED = "不归档"
_BLANK = re.compile(r"[\s（）()]+")
_SPELT = re.compile(r"(?:保管期限|期限)?:?(?:定期)?(.+?)(?:年期?|保管|保存)?")
_CHINESE = {"三十": "30", "十": "10", "永": "永久"}
_OPEN = "重要"  # 重要的永久: the rule leaves the period to judgement
_LONGEST = 300  # characters of a rule


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: documents of these origins whose title holds one of the words.

    retention is None for what is not filed at all (8号令 art. 4). source says where the line is from; is_certain is
    False where the period or the line has to be checked with the county.
    """

    group: str
    matter: str
    retention: Retention | None
    words: tuple[str, ...]
    origins: tuple[str, ...]
    source: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table says of a document: the rule, whether a person should look at it, and the word that decided."""

    rule: Rule
    needs_look: bool
    word: str = ""  # "" where the rule is a last resort


def retentions_in(year: int | None) -> tuple[Retention, ...]:
    """Return the periods a new item of a year may have (None: it is not known yet); 8号令 art. 6."""
    return RETENTIONS if year is None or year > _LAST_OLD_YEAR else ALL_RETENTIONS


@lru_cache(256)
def retention_of(text: str) -> Retention | None:
    """Return the period that text names (永久, 定期30年, D30, 三十年, 长期), None when it names none."""
    found = _SPELT.fullmatch(_BLANK.sub("", unicodedata.normalize("NFKC", text)).upper())
    plain = _CHINESE.get(found[1], found[1]) if found else ""
    return next((one for one in ALL_RETENTIONS if plain in (one.code, one.word.removesuffix("年"))), None)


def read_table(path: Path) -> list[Rule]:
    """Read an office's table; raise OfficeError naming the line that cannot be used."""
    try:
        lines = tomllib.loads(path.read_text("utf-8-sig"))["rule"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise OfficeError("archive.table_unreadable", path=path) from fault
    return rules_of(lines if isinstance(lines, list) else [lines])


def rules_of(lines: Iterable[Any]) -> list[Rule]:
    """Return the rules of a table's lines; raise OfficeError naming the line that cannot be used."""
    return [_rule(at, line) for at, line in enumerate(lines, start=1)]


def as_line(rule: Rule) -> dict[str, Any]:
    """Return a rule as a line that rules_of reads."""
    return {
        "group": rule.group, "matter": rule.matter, "retention": rule.retention.word if rule.retention else NOT_FILED,
        "words": list(rule.words), "origins": list(rule.origins), "source": rule.source, "certain": rule.is_certain,
    }  # fmt: skip


def propose(rules: Sequence[Rule], title: str, origin: str) -> Proposal | None:
    """Return what the table says of a document with this title: the longest matching word decides, then the order.

    A rule without words is its origin's last resort. What a rule leaves to judgement (重要的永久) somebody should look
    at. None when the table says nothing.
    """
    title = _BLANK.sub("", title)
    best, decided = None, ""
    for rule in rules:
        if origin not in rule.origins:
            continue
        word = max((word for word in rule.words if word in title), key=len, default="")
        if len(word) > len(decided) or (best is None and not rule.words):
            best, decided = rule, word
    return None if best is None else Proposal(best, _OPEN in best.matter, decided)


def _rule(at: int, line: Any) -> Rule:
    try:
        word = str(line["retention"])
        retention = None if word == NOT_FILED else retention_of(word)
        origins, words = tuple(line.get("origins", ORIGINS)), line.get("words", ())
        rule = Rule(
            str(line["group"]).strip(), str(line["matter"]).strip(), retention,
            tuple(_BLANK.sub("", str(one)) for one in words), origins, str(line["source"]).strip(),
            bool(line.get("certain", False)),
        )  # fmt: skip
        is_sound = bool(origins) and set(origins) <= set(ORIGINS) and not isinstance(words, str) and all(rule.words)
    except (KeyError, TypeError, AttributeError) as fault:
        raise OfficeError("archive.table_line", line=at) from fault
    is_known = word == NOT_FILED or retention in RETENTIONS
    is_said = rule.group and rule.source and 0 < len(rule.matter) <= _LONGEST
    if not (is_known and is_sound and is_said):
        raise OfficeError("archive.table_line", line=at)
    return rule
