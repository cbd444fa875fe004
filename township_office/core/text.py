# SPDX-License-Identifier: MulanPSL-2.0
"""The program's own words, read from resources/strings.toml as they are needed."""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache
from pathlib import Path

# Installed by pip, resources/ lies inside the package; in the source tree beside it; in a frozen program (PyInstaller)
# under sys._MEIPASS.
_PLACES = (Path(__file__).parents[1], Path(getattr(sys, "_MEIPASS", Path(__file__).parents[2])))
RESOURCES = next((place / "resources" for place in _PLACES if (place / "resources").is_dir()), _PLACES[1] / "resources")


@cache
def _file() -> str:
    return (RESOURCES / "strings.toml").read_text("utf-8")


@cache
def _area(name: str) -> dict[str, str]:
    # One area at a time: the first page needs four, and reading all of them would hold it up by 15 ms.
    found = re.search(rf"^\[{name}\][^\n]*\n(.*?)(?=^\[|\Z)", _file(), re.MULTILINE | re.DOTALL)
    return tomllib.loads(found[1]) if found else {}


def t(key: str, **words: object) -> str:
    """Return the words for key ("area.name") with its named places filled in."""
    area, name = key.split(".")
    return _area(area)[name].format(**words)
