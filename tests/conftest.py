# SPDX-License-Identifier: MulanPSL-2.0
"""What every test may ask for."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Where a run decides over a submission it tries the same examples every time; at a desk, new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture
def today() -> date:
    """A day in the middle of a working week, so that no test depends on the clock."""
    return date(2026, 11, 20)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real and realistic ledgers beside the project; input only, never copied into it."""
    folder = Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is not on this machine")
    return folder
