# SPDX-License-Identifier: MulanPSL-2.0
"""A scripted hand that types the same twenty receipts here and, as rows, into a spreadsheet: keys and seconds of both.

The spreadsheet's hand is a good one: its numbers are filled down beforehand, Ctrl+D takes over what stands above, dates
are written short, pasted words are cut with as few keys as can be. A character counts as one key on both
sides, though an input method takes two or three: what must be typed out costs the spreadsheet more than is counted.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import python_calamine
import xlsxwriter

from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, records, settings
from township_office.services.browsing import View
from township_office.services.office import create_office, open_office

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "xdotool", "xmodmap", "xclip", "soffice")
TODAY = date.today()
_SIZE = "1366x768x24"
_PAUSE_MS = 40  # between two keys, on both sides: a quick hand
_PASTED = 0.3  # seconds until the eye sees what was pasted
_HEADS = ("收文编号", "收文日期", "来文单位", "来文字号", "文件标题", "份数", "紧急程度", "承办人")
_COLUMNS = "number,received_on,sender,doc_number,title,copy_count,urgency,handler,status"  # those of the ledger
# Keys that must stay what they are: letters, figures, signs, and what moves, holds or erases.
_NEEDED = re.compile(
    r"[a-z0-9]|Return|Tab|BackSpace|Escape|Delete|Home|End|Left|Right|Up|Down|Prior|Next|F\d+"
    r"|Shift|Control|Alt|Super|Meta|Hyper|Mode_|ISO_|Num_|Caps_|Scroll_"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document as it lies before the clerk; a line is what came by the county's own network, to be pasted."""

    sender: str
    initials: str  # what the clerk types for the sender
    code: str  # 机关代字
    number: int
    title: str
    handler: str
    handler_initials: str
    comes_as_line: bool

    @property
    def doc_number(self) -> str:
        """As printed on it."""
        return f"{self.code}〔{TODAY.year}〕{self.number}号"

    @property
    def line(self) -> str:
        """Title and number in one, as other programs copy them."""
        return f"{self.title}（{self.doc_number}）"


_SENDERS = (
    ("青山县委组织部", "zzb", "青组通", "王春燕", "wcy"),
    ("青山县应急管理局", "yjglj", "青应急", "李向东", "lxd"),
    ("青山县财政局", "czj", "青财", "赵国平", "zgp"),
    ("青山县水务局", "swj", "青水函", "陈海", "ch"),
    ("青山县民政局", "mzj", "青民", "刘敏", "lm"),
)
_MATTERS = (
    "党员信息采集更新", "森林防灭火隐患排查", "部门预算数据报送", "小型水库管护人员信息核对", "困难群众走访慰问",
    "基层党支部换届", "安全生产月活动", "村级财务公开", "农村饮水安全巡查", "养老服务设施排查",
)  # fmt: skip


def papers() -> list[Paper]:
    """Return the twenty: every other one came as a line, the rest on paper only."""
    made = []
    for place in range(20):
        sender, initials, code, handler, handler_initials = _SENDERS[place % len(_SENDERS)]
        matter = _MATTERS[(place * 3 + place // 10) % len(_MATTERS)]
        title = f"关于做好{matter}工作的{('通知', '函')[place // 10]}"
        number = 41 + place * 7
        made.append(Paper(sender, initials, code, number, title, handler, handler_initials, place % 2 == 1))
    return made


def former() -> list[Paper]:
    """Return what stands in both books already: a year's papers of the same senders."""
    return [
        Paper(sender, "", code, number, f"关于印发{_MATTERS[place]}方案的通知", handler, "", comes_as_line=False)
        for number in (3, 9, 21)
        for place, (sender, _, code, handler, _) in enumerate(_SENDERS)
    ]


class Hand:
    """Presses keys on a screen of its own, and counts them."""

    def __init__(self, display: str, home: Path) -> None:
        """home: where the programs on this screen may keep what they remember."""
        homes = dict.fromkeys(("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"), str(home))
        self._env = os.environ | homes | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self.keys = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other: "Tab", "ctrl+v"."""
        self.keys += len(keys)
        self._run("key", "--delay", str(_PAUSE_MS), *keys)

    def write(self, text: str) -> None:
        """Type text, a key a character."""
        self.keys += len(text)
        self._run("type", "--delay", str(_PAUSE_MS), text)

    def copy(self, text: str) -> None:
        """Put text on the clipboard, as another program did; no key of this hand."""
        subprocess.run(["xclip", "-selection", "clipboard"], input=text.encode(), env=self._env, check=True)

    def find(self, name: str, seconds: float = 60) -> str:
        """Wait for the window called name, give it the keyboard, return its id."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", name],
                env=self._env, capture_output=True, text=True, check=False,
            ).stdout.split()  # fmt: skip
            if found:
                time.sleep(1.5)
                self._run("windowfocus", "--sync", found[-1])
                return found[-1]
            time.sleep(0.2)
        raise TimeoutError(name)

    @contextmanager
    def program(self, *words: str) -> Iterator[None]:
        """Run a program on this hand's screen, and end it."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(words, cwd=ROOT, env=self._env, **quiet) as running:
            try:
                yield
            finally:
                running.terminate()
                with suppress(subprocess.TimeoutExpired):
                    running.wait(10)
                running.kill()

    def _run(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._env, check=True, capture_output=True)


@contextmanager
def screen(folder: Path, characters: str) -> Iterator[Hand]:
    """Give a screen of its own whose keyboard has a key for each of these characters."""
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-noreset", "-screen", "0", _SIZE],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            assert server.stdout is not None
            display = f":{server.stdout.readline().decode().strip()}"
            _map_keys(display, characters)
            yield Hand(display, folder / "home")
        finally:
            server.terminate()


def _map_keys(display: str, characters: str) -> None:
    """Put the characters on keys nobody needs: a key that is made while one types comes too late."""
    env = os.environ | {"DISPLAY": display}
    table = subprocess.run(["xmodmap", "-pke"], env=env, capture_output=True, text=True, check=True).stdout
    spare = []
    for line in table.splitlines():
        _, code, _, *symbols = line.split()
        if code != "8" and not any(_NEEDED.match(symbol) for symbol in symbols):  # 8 is below what X sends
            spare.append(code)
    signs = [f"U{ord(sign):04X}" for sign in sorted(set(characters)) if not sign.isascii()]
    if len(signs) > len(spare):
        raise ValueError(f"{len(signs)} characters on {len(spare)} keys")
    lines = "\n".join(f"keycode {code} = {sign} {sign}" for code, sign in zip(spare, signs, strict=False))
    subprocess.run(["xmodmap", "-"], input=lines, env=env, text=True, check=True, capture_output=True)


def into_program(folder: Path) -> tuple[int, float]:
    """Type the papers into the row above the table; return keys and seconds, proven by reading the file."""
    path = folder / "hand.office.db"
    before, new = former(), papers()
    with create_office(path, "青山县云水镇党政综合办公室", "王春燕", TODAY) as office:
        settings.set_setting(office, "receipt.columns", _COLUMNS)
        for paper in before:
            draft = {"received_on": "今天", "sender": paper.sender, "doc_number": paper.doc_number}
            draft |= {"title": paper.title, "handler": paper.handler, "copy_count": "1", "urgency": "平件"}
            records.register_document(office, RECEIPT, draft, TODAY)
    with screen(folder, "".join(_typed(new))) as hand, hand.program(sys.executable, "-m", "township_office", str(path)):
        hand.find("云水镇")
        hand.press("ctrl+Tab", "F3")
        hand.keys, began = 0, time.perf_counter()
        for paper in new:
            _paper_by_hand(hand, paper)
        taken, keys = time.perf_counter() - began, hand.keys
        time.sleep(2)
    with open_office(path, "王春燕") as office:
        ids = browsing.row_ids(office, RECEIPT, View(), TODAY)[: len(new)]
        rows = browsing.rows(office, RECEIPT, ids)
        _compare([[str(row[name]) for name in ("sender", "doc_number", "title")] for row in reversed(rows)], new)
        assert {row["handler"] for row in rows} == {paper.handler for paper in new}
    return keys, taken


def _paper_by_hand(hand: Hand, paper: Paper) -> None:
    """One paper in our row: initials, the bare number, the title or a pasted line."""
    if paper.comes_as_line:
        hand.copy(paper.line)
        hand.press("Return", "ctrl+v")  # past the sender: the line says who it is
        time.sleep(_PASTED)
        hand.press("Return", "Return", "Return")  # the sender that is proposed, the number and the title it brought
    else:
        hand.write(paper.initials)
        hand.press("Return")
        hand.write(str(paper.number))
        hand.press("Return")
        hand.write(paper.title)
        hand.press("Return")
    hand.write(paper.handler_initials)
    hand.press("Return")


def missing() -> str:
    """Return the tools that are not here, "" when the hand can type."""
    return "、".join(tool for tool in TOOLS if shutil.which(tool) is None)


def into_spreadsheet(folder: Path) -> tuple[int, float]:
    """Type the papers as rows of a ledger in LibreOffice Calc; return keys and seconds, proven by reading the file."""
    made = folder / "ledger.xlsx"
    before, new = former(), papers()
    with xlsxwriter.Workbook(str(made)) as book:
        sheet = book.add_worksheet("收文")
        sheet.write_row(0, 0, _HEADS)
        for row, paper in enumerate(before, 1):
            sheet.write_row(row, 0, [_number(row), TODAY.isoformat(), *_cells(paper)])
        for row in range(len(before) + 1, len(before) + len(new) + 1):
            sheet.write(row, 0, _number(row))
    calc = ["soffice", "--norestore", "--nologo", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    subprocess.run([*calc, "--convert-to", "ods", "--outdir", str(folder), str(made)], check=True, capture_output=True)
    ledger = made.with_suffix(".ods")
    with screen(folder, "".join(_typed(new))) as hand, hand.program(*calc, "--calc", str(ledger)):
        hand.find("ledger.ods")
        hand.press("ctrl+Home", *["Down"] * (len(before) + 1), "Right")
        hand.keys, began = 0, time.perf_counter()
        known = [_cells(paper) for paper in before]
        for paper in new:
            _row_by_hand(hand, paper, known)
            known.append(_cells(paper))
        taken, keys = time.perf_counter() - began, hand.keys
        hand.press("ctrl+s")
        time.sleep(3)
    rows = python_calamine.CalamineWorkbook.from_path(str(ledger)).get_sheet_by_index(0).to_python()
    _compare([[str(cell) for cell in row[2:5]] for row in rows[len(before) + 1 :]], new)
    return keys, taken


def _row_by_hand(hand: Hand, paper: Paper, known: Sequence[Sequence[str]]) -> None:
    """One row of the spreadsheet, from the date on, with as few keys as a good clerk needs."""
    cells, above = _cells(paper), known[-1]
    hand.write(f"{TODAY:%-m-%-d}")
    hand.press("Tab")
    for place, text in enumerate(cells):
        if text == above[place]:
            hand.press("ctrl+d")
        elif text == paper.title and paper.comes_as_line:
            hand.copy(paper.line)
            hand.press("F2", "ctrl+v")
            time.sleep(_PASTED)
            hand.press(*["BackSpace"] * (len(paper.line) - len(text)))
        else:
            hand.write(text)
        hand.press("Tab" if place < len(cells) - 1 else "Return")  # back to the column the row began in


def _cells(paper: Paper) -> list[str]:
    return [paper.sender, paper.doc_number, paper.title, "1", "平件", paper.handler]


def _typed(many: Sequence[Paper]) -> list[str]:
    return [word for paper in many for word in (*_cells(paper), paper.line)]


def _number(row: int) -> str:
    return f"{TODAY.year}-{row:04d}"


def _compare(found: Sequence[Sequence[str]], wanted: Sequence[Paper]) -> None:
    """What was typed must stand there, or the comparison is worth nothing."""
    for row, paper in zip(found, wanted, strict=True):
        if list(row) != _cells(paper)[:3]:
            raise AssertionError(f"{row} instead of {_cells(paper)[:3]}")
