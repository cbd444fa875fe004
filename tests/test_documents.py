# SPDX-License-Identifier: MulanPSL-2.0
"""What the documents say of the program is true: modules, names, commands."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_map_shows_every_module():
    """In the tree of ARCHITECTURE.md two blanks are one step down."""
    shown, folders = set(), []
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for line in text.split("```")[1].splitlines():
        depth, names = (len(line) - len(line.lstrip())) // 2, re.findall(r"^[\w./]+|(?<= )[\w]+\.py\b", line.strip())
        for name in names:
            if name.endswith("/"):
                folders = [*folders[:depth], name]
            elif name.endswith(".py"):
                shown.add("".join([*folders[:depth], name]))
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "township_office").rglob("*.py")
        if path.name != "__init__.py"
    }
    assert not there - shown, f"not on the map: {sorted(there - shown)}"
    assert not shown - there, f"on the map, but not there: {sorted(shown - there)}"


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_names_in_the_documents_exist(document: str):
    rooms = "core|registers|store|paper|exchange|services|ui|cli"
    text = (ROOT / document).read_text("utf-8")
    for dotted in re.findall(rf"`((?:{rooms})(?:\.\w+)+)(?:\([^`]*\))?`", text):
        module, *rest = dotted.split(".")
        found = importlib.import_module(f"township_office.{module}")
        for name in rest:
            if not hasattr(found, name):
                importlib.import_module(f"{found.__name__}.{name}")
            found = getattr(found, name)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "DECISIONS.md"])
def test_commands_in_the_documents_exist(document: str):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert (
        set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / document).read_text("utf-8"), re.MULTILINE)) - targets == set()
    )


def test_decisions_say_what_why_and_what_else():
    parts = re.split(r"^## (\d+)\. ", (ROOT / "DECISIONS.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    numbers, bodies = [int(n) for n in parts[::2]], parts[1::2]
    assert numbers == list(range(1, len(numbers) + 1))
    heads = ("**Question.**", "**Decision.**", "**Rationale.**", "**Alternatives.**", "**Status.**")
    assert [(n, h) for n, body in zip(numbers, bodies, strict=True) for h in heads if h not in body] == []
