# SPDX-License-Identifier: MulanPSL-2.0
"""The rules of the house that no linter knows. Each test lists the offences it found: none, in a clean house."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from township_office.core.fields import Child, Field, Kind, Register
from township_office.registers import ALL, BOOKS, CHILDREN
from township_office.store.schema import CHILD_COLUMNS, KEY_COLUMNS, OWN_COLUMNS
from township_office.ui.actions import ACTIONS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "township_office"
SOURCES = sorted(PACKAGE.rglob("*.py"))
CODE = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "installer").rglob("*.py"))]
AREAS: dict[str, dict[str, str]] = tomllib.loads((ROOT / "resources/strings.toml").read_text("utf-8"))
STRINGS = {f"{area}.{name}": words for area, names in AREAS.items() for name, words in names.items()}

FILE_LINES, FUNCTION_LINES = 400, 50
KINDS, FIELD_ATTRIBUTES, REGISTER_ATTRIBUTES = 10, 10, 8
FILE_BYTES = 300_000
# A step of the file's history is frozen SQL, as long as the tables it makes.
LONG_BY_NATURE = "township_office/store/steps/"
# By name: the two ends of the program, of which one run needs only one.
LOADS_BY_NAME = {"__main__.py"}
VAGUE = {"util", "utils", "helper", "helpers", "manager", "handler", "base", "misc", "common", "stuff"}

# What the program says lies in strings.toml and what it prints in registers/ and paper/forms/. These files read or make
# Chinese themselves, and each says why.
SPEAKS_CHINESE = {
    "core/dates.py": "reads dates as clerks write them",
    "core/docnumber.py": "reads 文号 in every spelling",
    "core/gate.py": "knows the state-secret marks it stops",
    "core/searchkeys.py": "knows words whose character has another reading",
    "core/values.py": "reads 是, 否 and numerals",
    "exchange/cataloguehead.py": "reads what stands above other people's catalogues",
    "exchange/clearlist.py": "reads 份号 and counts of the superior's list",
    "exchange/codes.py": "reads 文号 of other people's ledgers",
    "exchange/dating.py": "reads dates of other people's ledgers",
    **dict.fromkeys((f"exchange/duty{what}.py" for what in ("days", "grid", "names")), "reads other people's rosters"),
    "exchange/guarded.py": "reads headings and levels of other people's ledgers",
    "exchange/headings.py": "reads their headings",
    "exchange/hints.py": "reads their titles and file names",
    "exchange/layout.py": "reads where their tables begin and end",
    "exchange/organs.py": "knows short names of organs",
    "exchange/reading.py": "reads their cells",
    "exchange/rowkinds.py": "reads 合计, 小计, 制表人",
    "exchange/sample.py": "is a ledger of invented papers",
    "exchange/stafflist.py": "is what offices call the columns of their staff",
    "exchange/synonyms.py": "is what offices call their columns",
    "exchange/tablereader.py": "reads 〃, 同上 and remarks",
    **dict.fromkeys(("paper/fonts.py", "paper/ink.py"), "knows typefaces by their names"),
    "paper/wordstyle.py": "names the styles of the document, which the office sees in Word",
    "paper/wrap.py": "knows which characters begin no line",
    "services/archive/claims.py": "reads 档号 and cells of other people's catalogues",
    "services/demo.py": "is an office of invented people",
    "services/demo_archive.py": "is what they filed",
    "services/demo_duty.py": "is who of them is on duty",
    "services/demo_life.py": "is what they do",
    "services/import_numbering.py": "knows what may stand around a number in their ledgers",
    "services/replies.py": "reads the title of a paper and makes that of its 复函",
    "services/settings.py": "knows who signs a sheet before the office says so",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text("utf-8"), str(path))))


def called(node: ast.AST) -> str:
    """The last name of what is called: t(…) → t, errors.OfficeError(…) → OfficeError."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def none_of(offences: Iterable[object]) -> None:
    """Fail with one line for each offence."""
    if lines := [str(offence) for offence in offences]:
        pytest.fail("\n".join(lines), pytrace=False)


def kept_files() -> list[Path]:
    """Every file that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    made = re.compile(
        r"__pycache__|build|dist|township-(demo|pictures).*|\.(?!ci$|gitignore|gitattributes|editorconfig).*"
    )

    def below(folder: Path) -> Iterator[Path]:
        for path in folder.iterdir():
            if not made.fullmatch(path.name):
                yield from below(path) if path.is_dir() else [path]

    return list(below(ROOT))


# --- words ------------------------------------------------------------------------------------------------------------


def keys_in(node: ast.expr) -> Iterator[str]:
    """The keys an expression may give, as patterns: the places of an f-string and what is added match anything."""
    match node:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+" for part in parts
            )
        case ast.BinOp(left=ast.Constant(value=str(start)), op=ast.Add()):
            yield re.escape(start) + "[a-z0-9_]+"
        case ast.IfExp(body=body, orelse=orelse):
            yield from keys_in(body)
            yield from keys_in(orelse)


def speakers() -> set[str]:
    """t, OfficeError, and every class that is an OfficeError and takes the same arguments."""
    found = {"t", "OfficeError"}
    for path in SOURCES:
        for node in nodes(path):
            if (
                isinstance(node, ast.ClassDef)
                and any(getattr(b, "id", "") == "OfficeError" for b in node.bases)
                and not any(getattr(f, "name", "") == "__init__" for f in node.body)
            ):
                found.add(node.name)
    return found


def spoken() -> Iterator[tuple[str, ast.Call]]:
    names = speakers()
    for path in SOURCES:
        for node in nodes(path):
            if isinstance(node, ast.Call) and called(node) in names and node.args:
                yield f"{name_of(path)}:{node.lineno}", node


def test_every_key_used_is_defined():
    offences = [
        f"{place}: {pattern.replace(chr(92), '')}"
        for place, call in spoken()
        for pattern in keys_in(call.args[0])
        if not any(re.fullmatch(pattern, key) for key in STRINGS)
    ]
    none_of(offences)


def test_every_key_defined_is_used():
    patterns = {pattern for _, call in spoken() for pattern in keys_in(call.args[0])}
    for path in SOURCES:  # a key may also lie in a table of the code, or be handed on
        for node in nodes(path):
            if isinstance(node, ast.expr):
                patterns |= {p for p in keys_in(node) if p.split(r"\.")[0] in AREAS}
    patterns -= {r"action\.[a-z0-9_]+"}
    used = "|".join(patterns | {re.escape(f"action.{action.id}") for action in ACTIONS})
    none_of(key for key in STRINGS if not re.fullmatch(used, key))


def test_every_place_in_the_words_is_filled():
    offences = []
    for place, call in spoken():
        given = {word.arg for word in call.keywords}
        key = getattr(call.args[0], "value", "")
        named = {name for _, name, _, _ in string.Formatter().parse(STRINGS.get(key, "")) if name is not None}
        if None not in given and named - given:  # None: **words, known only at run time
            offences.append(f"{place}: {key} wants {sorted(named - given)}")
    none_of(offences)


def test_places_in_the_words_are_named():
    for key, words in STRINGS.items():
        named = [name for _, name, _, _ in string.Formatter().parse(words) if name is not None]
        assert all(name.isidentifier() for name in named), key


def chinese_in(path: Path) -> list[int]:
    remarks = {id(node.value) for node in nodes(path) if isinstance(node, ast.Expr)}  # docstrings
    return [
        node.lineno
        for node in nodes(path)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in remarks
        and re.search("[\u3400-\u9fff\U00020000-\U0003ffff]", node.value)
    ]


def test_chinese_words_lie_where_a_colleague_can_correct_them():
    speaking = {path.relative_to(PACKAGE).as_posix(): chinese_in(path) for path in SOURCES}
    ours = {name for name, lines in speaking.items() if lines and not name.startswith(("registers/", "paper/forms/"))}
    none_of(f"{name}: lines {speaking[name]}" for name in sorted(ours - SPEAKS_CHINESE.keys()))
    none_of(f"{name} is listed, but speaks no Chinese" for name in SPEAKS_CHINESE.keys() - ours)


# --- commands and the screen ------------------------------------------------------------------------------------------


def test_every_action_has_words_an_icon_and_a_slot():
    slots = {node.name for path in SOURCES for node in nodes(path) if isinstance(node, ast.FunctionDef)}
    offences = []
    for action in ACTIONS:
        if f"action.{action.id}" not in STRINGS:
            offences.append(f"{action.id}: no words in strings.toml")
        if not (ROOT / f"resources/icons/{action.id}.svg").is_file():
            offences.append(f"{action.id}: no icon")
        if f"on_{action.id}" not in slots:
            offences.append(f"{action.id}: no slot on_{action.id}")
    none_of(offences)


def test_no_two_actions_share_an_id_or_a_shortcut():
    ids = [action.id for action in ACTIONS]
    shortcuts = [action.shortcut for action in ACTIONS]
    assert all(shortcuts), "every action has a key"
    assert len(ids) == len(set(ids))
    assert len(shortcuts) == len(set(shortcuts))


def test_every_icon_is_shown():
    style = (ROOT / "resources/style/office.qss").read_text("utf-8")
    named = {action.id for action in ACTIONS}
    for path in SOURCES:
        named |= {n.value for n in nodes(path) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    icons = {path.stem for path in (ROOT / "resources/icons").glob("*")}
    none_of(icon for icon in icons if icon not in named and f"{icon}.svg" not in style)


def test_dialogs_are_opened_in_one_place_and_never_executed():
    offences = []
    for path in SOURCES:
        name = path.relative_to(PACKAGE).as_posix()
        for node in nodes(path):
            where = f"{name}:{getattr(node, 'lineno', 0)}"
            if called(node) in {"exec", "exec_"} and name not in {"__main__.py", "ui/application.py"}:
                offences.append(f"{where}: .exec() blocks; open() and say what follows")
            boxes = {"QMessageBox", "QFileDialog", "QInputDialog", "QErrorMessage"}
            if isinstance(node, ast.ImportFrom) and name != "ui/messages.py":
                offences += [f"{where}: {a.name} outside ui/messages.py" for a in node.names if a.name in boxes]
            static = getattr(getattr(getattr(node, "func", None), "value", None), "id", "")
            if isinstance(node, ast.Call) and static in boxes:
                offences.append(f"{where}: {static}.{called(node)}() blocks; make one and open() it")
    none_of(offences)


def test_the_screen_never_spins_its_own_loop():
    none_of(f"{name_of(p)}:{n.lineno}" for p in SOURCES for n in nodes(p) if called(n) == "processEvents")


def test_the_style_has_one_source():
    none_of(
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and called(node) in {"setStyleSheet", "setPalette"}
        and path != PACKAGE / "ui/theme.py"
    )


# --- registers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
def test_register_is_well_formed(register: Register):
    names = [field.name for field in register.fields]
    assert len(names) == len(set(names))
    assert [name for name in [register.name, *names] if not name.isidentifier() or name != name.lower()] == []
    # What a book calls its own number is a column of every row, so no field may take it.
    assert {*OWN_COLUMNS, *KEY_COLUMNS, "status", register.number_name} & set(names) == set()
    assert [f.name for f in register.fields if (f.kind is Kind.CHOICE) != bool(f.choices)] == []
    assert [f.name for f in register.fields if f.kind is Kind.CHOICE and f.default not in {"", *f.choices}] == []
    assert register.field(register.dated_by).kind is Kind.DATE
    assert [f.name for f in register.fields if f.kind is Kind.DATE and not f.name.endswith("_on")] == []
    assert [f.name for f in register.fields if f.kind is Kind.YES_NO and not f.name.startswith(("is_", "has_"))] == []


@pytest.mark.parametrize("child", CHILDREN, ids=lambda child: child.name)
def test_child_is_well_formed(child: Child):
    names = [field.name for field in child.fields]
    assert len(names) == len(set(names))
    assert [name for name in [child.name, *names] if not name.isidentifier() or name != name.lower()] == []
    assert set(CHILD_COLUMNS) & set(names) == set()
    assert child.parent in {register.name for register in ALL}, "one level: no grandchildren"
    assert [f.name for f in child.fields if (f.kind is Kind.CHOICE) != bool(f.choices)] == []


def test_a_moment_is_named_after_its_time():
    books = BOOKS.values()
    assert [f.name for b in books for f in b.fields if (f.kind is Kind.MOMENT) != f.name.endswith("_at")] == []


def test_registers_have_their_own_names():
    for words in ([r.name for r in ALL], [r.title for r in ALL], [r.number_label for r in ALL]):
        assert len(words) == len(set(words))


def test_the_vocabulary_stays_small():
    assert len(Kind) <= KINDS
    assert len(fields(Field)) <= FIELD_ATTRIBUTES
    assert len(fields(Register)) <= REGISTER_ATTRIBUTES


# --- files ------------------------------------------------------------------------------------------------------------


def test_every_file_and_function_fits_in_the_head():
    offences = []
    for path in CODE:
        lines = len(path.read_text("utf-8").splitlines())
        if lines > FILE_LINES:
            offences.append(f"{name_of(path)}: {lines} lines")
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION_LINES and not name_of(path).startswith(LONG_BY_NATURE):
                    offences.append(f"{name_of(path)}:{node.lineno} {node.name}: {length} lines")
    none_of(offences)


def test_no_import_hides_from_the_linter_of_imports():
    offences = []
    for path in SOURCES:
        for node in nodes(path):
            where = f"{name_of(path)}:{getattr(node, 'lineno', 0)}"
            if called(node) in {"import_module", "__import__"} and path.name not in LOADS_BY_NAME:
                offences.append(f"{where}: imports by name")
            if isinstance(node, ast.Name | ast.Attribute) and "TYPE_CHECKING" in (
                getattr(node, "id", ""),
                getattr(node, "attr", ""),
            ):
                offences.append(f"{where}: TYPE_CHECKING")
    none_of(offences)


def test_every_file_names_its_licence():
    head = "# SPDX-License-Identifier: MulanPSL-2.0\n"
    none_of(name_of(path) for path in CODE if not path.read_text("utf-8").startswith(head))
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license"] == "MulanPSL-2.0"
    assert "木兰宽松许可证" in (ROOT / "LICENSE").read_text("utf-8")


def test_modules_are_named_after_what_they_hold():
    allowed = {"registers/common.py"}
    names = {path.relative_to(PACKAGE).as_posix() for path in SOURCES} - allowed
    none_of(name for name in sorted(names) if VAGUE & set(re.split(r"[/_.]", name)))


def test_only_sources_are_kept():
    none_of(f"{name_of(p)}: {p.stat().st_size} bytes" for p in kept_files() if p.stat().st_size > FILE_BYTES)
    fonts = {".ttf", ".ttc", ".otf", ".exe", ".whl", ".pyc"}
    none_of(name_of(path) for path in kept_files() if path.suffix.lower() in fonts)


def test_nothing_of_the_workshop_is_named():
    """The project stands on its own: no machine's folders, no notes that stay behind, no registry's host."""
    workshop = re.compile(
        r"/work/|/tmp/v\b|\bfarm-|\bcontract\.md|(?<![\w/])(house|domain|peers|anchors|reliability)\.md|look/README"
        r"|pypi\.(org|python)|pythonhosted|npmjs|(deb|security)\.debian\.org|(archive|ports)\.ubuntu\.com"
        r"|mirrors?\.[\w.]+\.(cn|com|org)",
        re.IGNORECASE,
    )
    beside = re.compile(r"\bshared/")
    offences = []
    for path in kept_files():
        name = name_of(path)
        if name == "tests/test_house.py" or b"\0" in (raw := path.read_bytes()):
            continue
        text = raw.decode("utf-8", "replace")
        offences += [f"{name}: {found.group()}" for found in workshop.finditer(text)]
        if not name.startswith("tests/"):
            offences += [f"{name}: {found.group()}" for found in beside.finditer(text)]
    none_of(offences)


def test_every_dependency_has_both_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    none_of(d for d in project["dependencies"] if not re.fullmatch(r"[\w.-]+>=[\d.]+,<[\d.]+", d))
