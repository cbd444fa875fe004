# SPDX-License-Identifier: MulanPSL-2.0
"""The program's own words, read once from resources/strings.toml."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path

# Installed by pip, resources/ lies inside the package; in the source tree beside it; in a frozen program (PyInstaller)
# under sys._MEIPASS.
_PLACES = (Path(__file__).parents[1], Path(getattr(sys, "_MEIPASS", Path(__file__).parents[2])))
RESOURCES = next((place / "resources" for place in _PLACES if (place / "resources").is_dir()), _PLACES[1] / "resources")


@cache
def _strings() -> dict[str, dict[str, str]]:
    return tomllib.loads((RESOURCES / "strings.toml").read_text("utf-8"))


def t(key: str, **words: object) -> str:
    """Return the words for key ("area.name") with its named places filled in."""
    area, name = key.split(".")
    return _strings()[area][name].format(**words)
