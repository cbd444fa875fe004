# SPDX-License-Identifier: MulanPSL-2.0
"""Classified papers with words that occur nowhere else, what people do with them, and a search for those words."""

from __future__ import annotations

import base64
import json
import urllib.parse
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pypdfium2

from township_office.core.errors import OfficeError
from township_office.services.guarded import confidential, custody
from township_office.services.guarded.vault import Vault

TODAY, NOON = date(2026, 11, 20), datetime(2026, 11, 20, 12)
# Entered before the scan, corrected away, voided, taken back: each word in its field.
ENTRY = {
    "received_on": "2026-11-20", "source_class": "中央", "carrier_kind": "图纸", "secrecy_level": "机密",
    "secrecy_period": "17年零3月", "copy_serial": "773101-773104", "cabinet_no": "丁柜XK-9078", "book_page": "884-4179",
    "deliverer": "公孙望舒", "sender": "青峦县机要联络站",
    "doc_number": "青峦〔2026〕77301号", "title": "绀珠计划收官方案",
    "is_title_cleared": "是",
}  # fmt: skip
CORRECTED = {"title": "赭石行动部署纪要", "cabinet_no": "戊柜QJ-5512", "deliverer": "澹台扶摇",
             "is_title_cleared": "是"}  # fmt: skip
STEPS = {
    "out": {"holder": "欧阳觅霜", "by": "司徒砚秋"},
    "lend": {"holder": "百里听雪", "approver": "慕容知远", "by": "司徒砚秋", "due_on": "2027-02-13"},
    "copy": {"approver": "慕容知远", "copy_serial": "LF88231", "by": "司徒砚秋"},
    "clear": {"list_no": "清册QX-58213", "holder": "轩辕怀瑾", "by": "司徒砚秋"},
    "destroy": {"approver": "慕容知远", "supervisor_1": "令狐问渠", "supervisor_2": "端木清和", "place": "云岭销毁车间",
                "list_no": "回执HZ-30417"},
}  # fmt: skip
# Too short or too common to be looked for by itself.
_COMMON = {"2026-11-20", "中央", "图纸", "机密", "是"}
WORDS = sorted(
    {word for said in (ENTRY, CORRECTED, *STEPS.values()) for word in said.values()} - _COMMON
    | {"773101", "773104", "涉2026-001", "份号记错", "步骤记错", "cabinet_no", "supervisor_1", "is_title_cleared"}
)


def begin(opened: Vault) -> int:
    """Sign the relaxed mode off, so that even a title is kept; enter a paper and a wrong one; return its id."""
    confidential.set_mode(opened, "relaxed", "上官明烛", "2026-11-20", TODAY)
    paper = confidential.register_paper(opened, ENTRY, TODAY)
    assert paper is not None
    return paper.id


def live(opened: Vault, paper_id: int) -> None:
    """Correct, void, send, bring back, lend, copy, take back, clear, destroy; be refused in between."""
    confidential.correct_paper(opened, paper_id, CORRECTED, TODAY, "份号记错")
    wrong = confidential.register_paper(opened, ENTRY | {"copy_serial": "773199"}, TODAY)
    assert wrong is not None
    confidential.void_paper(opened, wrong.id, "份号记错", TODAY)
    custody.take_step(opened, paper_id, ["773101", "773102"], "out", STEPS["out"], NOON)
    for key in STEPS:
        with suppress(OfficeError):
            custody.take_step(opened, paper_id, ["773101"], key, STEPS[key] | {"by": "欧阳觅霜"}, NOON)
    custody.take_back_step(opened, paper_id, "773102", "步骤记错", NOON)
    custody.take_step(opened, paper_id, ["773101"], "back", {"by": "司徒砚秋"}, NOON)
    custody.take_step(opened, paper_id, ["773102"], "lend", STEPS["lend"], NOON)
    custody.take_step(opened, paper_id, ["773103"], "copy", STEPS["copy"], NOON)
    custody.take_step(opened, paper_id, ["LF88231"], "destroy", STEPS["destroy"], NOON)
    custody.take_step(opened, paper_id, ["773104"], "clear", STEPS["clear"], NOON)


def spellings(word: str) -> dict[str, bytes]:
    """The bytes a word may be written in; of base64 what is the same wherever in a longer text the word stands."""
    plain = word.encode()
    found = {
        "UTF-8": plain,
        "UTF-16": word.encode("utf-16-le"),
        "UTF-16, high byte first": word.encode("utf-16-be"),
        "GBK": word.encode("gb18030"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "JSON": json.dumps(word)[1:-1].encode(),
        "in an address": urllib.parse.quote(word).encode(),
        "backwards": word[::-1].encode(),
        "repr": ascii(word)[1:-1].encode(),
    }
    for name, coded in (("UTF-8", plain), ("UTF-16", word.encode("utf-16-le")), ("GBK", word.encode("gb18030"))):
        for ahead in range(3):
            whole = base64.b64encode(b"\0" * ahead + coded)
            found[f"base64 of {name} +{ahead}"] = whole[-(-ahead * 4 // 3) + 1 : -4 if whole.endswith(b"=") else None]
    return {name: data for name, data in found.items() if len(data) > 4}


_WANTED = [(word, how, data) for word in WORDS for how, data in spellings(word).items()]


def in_data(data: bytes, wanted: Iterable[tuple[str, str, bytes]] = _WANTED) -> list[tuple[str, str]]:
    """The planted words in some bytes, each with how it is written there."""
    return [(word, how) for word, how, coded in wanted if coded in data]


def contents(path: Path) -> Iterator[bytes]:
    """What a file holds, packed or not."""
    data = path.read_bytes()
    yield path.name.encode() + b"\n" + data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        yield "".join(text.split()).encode()  # a word may be set in two lines
        document.close()


def leaks(*folders: Path) -> list[tuple[str, str, str]]:
    """Every planted word in every file below some folders: where, which, how written."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [(path.name, *hit) for path in files for data in contents(path) for hit in in_data(data)]
