# SPDX-License-Identifier: MulanPSL-2.0
"""A month's 值班表 printed by the verb, in each of the three forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.roster.conftest import by_turns as by_turns
from tests.services.roster.conftest import staffed
from township_office.services import office as offices


@pytest.fixture
def drawn(file: Path, by_turns) -> Path:
    office = offices.open_office(file, "林小满")
    by_turns(staffed.__wrapped__(office), "2026-10")
    offices.close_office(office)
    return file


@pytest.mark.parametrize(("kind", "head"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_a_month_is_printed_as_its_suffix_says(told, drawn: Path, tmp_path: Path, kind: str, head: bytes):
    path = tmp_path / f"十月.{kind}"
    said = told("roster", drawn, "print", "2026-10", "--out", path)
    assert said == {"path": str(path), "pages": 1 if kind == "pdf" else 0}
    assert path.read_bytes().startswith(head)


def test_what_is_not_drawn_or_no_month_is_refused(refused, drawn: Path, tmp_path: Path):
    assert "2026-11" in refused("roster", drawn, "print", "2026-11", "--out", tmp_path / "a.pdf")
    assert "2026-10" in refused("roster", drawn, "print", "十月", "--out", tmp_path / "a.pdf")
    refused("roster", drawn, "print", "2026-10", "--out", tmp_path / "a.txt", code=2)
    assert not list(tmp_path.glob("a.*"))
