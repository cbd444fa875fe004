# SPDX-License-Identifier: MulanPSL-2.0
"""The log: warnings and worse in a file of its own, and nothing on the screen when that cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = """
import logging, warnings
from township_office.services.logbook import keep_log
keep_log()
keep_log()
logging.getLogger("x").info("unimportant")
logging.getLogger("x").warning("stray %s", "\\udcce")
warnings.warn("an old way")
print(len(logging.getLogger().handlers))
"""


def run(home: Path) -> str:
    environment = os.environ | {"HOME": str(home), "XDG_STATE_HOME": str(home / "state"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, env=environment)
    assert done.stderr == ""
    return done.stdout


def test_worse_than_a_remark_is_written_down(tmp_path: Path):
    assert run(tmp_path) == "1\n"
    (written,) = tmp_path.rglob("program.log")
    lines = written.read_text("utf-8")
    assert lines.count("WARNING x stray \\udcce") == 1
    assert lines.count("an old way") >= 1
    assert "unimportant" not in lines


def test_a_log_that_cannot_be_written_stops_nobody_and_says_nothing(tmp_path: Path):
    (tmp_path / "state").write_text("a file where the folder should be")
    assert run(tmp_path) == "1\n"
