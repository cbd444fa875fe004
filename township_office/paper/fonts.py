# SPDX-License-Identifier: MulanPSL-2.0
"""Find the Chinese faces of an office on this machine: 宋体, 仿宋, 黑体, 楷体, 小标宋.

Only files with TrueType outlines are listed, for only those can be embedded. Nothing is opened here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.core.text import RESOURCES


class Face(StrEnum):
    """A typeface by the name the offices know (GB/T 9704 names all five)."""

    SONG = "宋体"
    FANG = "仿宋"
    HEI = "黑体"
    KAI = "楷体"
    TITLE = "小标宋"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font on this machine."""

    path: Path
    subfont: int  # its place in a collection (.ttc), else 0
    name: str  # what the clerk is told
    is_wanted: bool  # it is the face asked for, not one that stands in for it


# File name (in small letters), place in the collection, name told to the clerk. Microsoft, 华文, 方正 cuts first.
_CUTS: dict[Face, tuple[tuple[str, int, str], ...]] = {
    Face.SONG: (
        ("simsun.ttc", 0, "中易宋体"), ("stsong.ttf", 0, "华文宋体"),
        ("fzssk.ttf", 0, "方正书宋"), ("fzssjw.ttf", 0, "方正书宋"),
        ("uming.ttc", 0, "文鼎明体"), ("gbsn00lp.ttf", 0, "文鼎简报宋"), ("babelstonehan.ttf", 0, "BabelStone 宋体"),
    ),
    Face.FANG: (
        ("simfang.ttf", 0, "中易仿宋"), ("fangsong_gb2312.ttf", 0, "仿宋_GB2312"),
        ("仿宋_gb2312.ttf", 0, "仿宋_GB2312"), ("stfangso.ttf", 0, "华文仿宋"),
        ("fzfsk.ttf", 0, "方正仿宋"), ("fzfsjw.ttf", 0, "方正仿宋"),
    ),
    Face.HEI: (
        ("simhei.ttf", 0, "中易黑体"), ("fzhtk.ttf", 0, "方正黑体"), ("fzhtjw.ttf", 0, "方正黑体"),
        ("stxihei.ttf", 0, "华文细黑"), ("msyh.ttc", 0, "微软雅黑"),
        ("wqy-zenhei.ttc", 0, "文泉驿正黑"), ("wqy-microhei.ttc", 0, "文泉驿微米黑"),
    ),
    Face.KAI: (
        ("simkai.ttf", 0, "中易楷体"), ("stkaiti.ttf", 0, "华文楷体"), ("fzktk.ttf", 0, "方正楷体"),
        ("fzktjw.ttf", 0, "方正楷体"), ("lxgwwenkai-regular.ttf", 0, "霞鹜文楷"), ("ukai.ttc", 0, "文鼎楷体"),
        ("gkai00mp.ttf", 0, "文鼎简中楷"),
    ),
    Face.TITLE: (
        ("fzxbsjw.ttf", 0, "方正小标宋"), ("fzxbsk.ttf", 0, "方正小标宋"), ("方正小标宋简体.ttf", 0, "方正小标宋"),
        ("方正小标宋_gbk.ttf", 0, "方正小标宋"), ("fzxiaobiaosong-b05s.ttf", 0, "方正小标宋"),
    ),
}  # fmt: skip

# The free cuts that an apt package brings are told as replacements: they are not the face the offices know.
_FREE = frozenset({"babelstonehan.ttf", "uming.ttc", "gbsn00lp.ttf", "wqy-zenhei.ttc", "wqy-microhei.ttc",
                   "lxgwwenkai-regular.ttf", "ukai.ttc", "gkai00mp.ttf", "msyh.ttc"})  # fmt: skip

_NEARLY = {Face.TITLE: (("stzhongs.ttf", 0, "华文中宋"),)}  # heavy enough for a title

# Which faces stand in for one that is not here, the most alike first.
_STAND_INS: dict[Face, tuple[Face, ...]] = {
    Face.SONG: (Face.FANG, Face.KAI, Face.HEI),
    Face.FANG: (Face.SONG, Face.KAI, Face.HEI),
    Face.HEI: (Face.SONG, Face.KAI, Face.FANG),
    Face.KAI: (Face.FANG, Face.SONG, Face.HEI),
    Face.TITLE: (Face.SONG, Face.FANG, Face.HEI, Face.KAI),
}

# Asked last, for characters the office faces do not have: rare names of places and people, then signs.
_RARE = (
    ("simsunb.ttf", 0, "宋体扩展B"), ("simsunextg.ttf", 0, "宋体扩展G"), ("babelstonehan.ttf", 0, "BabelStone 宋体"),
    ("hanamina.ttf", 0, "花园明朝A"), ("hanaminb.ttf", 0, "花园明朝B"), ("tw-sung-ext-b-98_1.ttf", 0, "全字库宋体"),
    ("seguisym.ttf", 0, "Segoe UI Symbol"), ("dejavusans.ttf", 0, "DejaVu Sans"),
)  # fmt: skip


def font_folders() -> tuple[Path, ...]:
    """Return where fonts lie: the installation's own folder, then the system's, then this person's."""
    home = Path.home()
    windows = os.environ.get("WINDIR")
    local = os.environ.get("LOCALAPPDATA")
    return (
        RESOURCES / "fonts",
        *((Path(windows) / "Fonts",) if windows else ()),
        *((Path(local) / "Microsoft" / "Windows" / "Fonts",) if local else ()),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    )


def find_fonts(folders: Iterable[Path] | None = None) -> dict[str, Path]:
    """Return every font file by its name in small letters; of two with one name the earlier folder's."""
    found: dict[str, Path] = {}
    for folder in font_folders() if folders is None else folders:
        for place, _, names in os.walk(folder):
            for name in names:
                if name.lower().endswith((".ttf", ".ttc")):
                    found.setdefault(name.lower(), Path(place, name))
    return found


def files_for(face: Face, found: dict[str, Path]) -> tuple[FontFile, ...]:
    """Return the files that can draw face, best first; the later ones fill in characters the first lacks."""
    own = [cut for cut in (*_CUTS[face], *_NEARLY.get(face, ())) if cut[0] in found]
    others = [cut for other in _STAND_INS[face] for cut in _CUTS[other] if cut[0] in found]
    rare = [cut for cut in (*_CUTS[Face.SONG], *_RARE) if cut[0] in found]
    wanted = {cut[0] for cut in _CUTS[face]} - _FREE
    return tuple(
        FontFile(found[name], subfont, shown, name in wanted)
        for name, subfont, shown in dict.fromkeys((*(own or others[:1]), *rare, *others))
    )


def replaced(faces: Iterable[Face] = Face) -> list[tuple[str, str]]:
    """Return (face wanted, font used instead) for each of faces this machine does not have.

    Raises OfficeError, naming the apt command, when no Chinese font that can be embedded is here at all.
    """
    found = find_fonts()
    pairs = []
    for face in faces:
        files = files_for(face, found)
        if not files:
            raise OfficeError("paper.no_font")
        if not files[0].is_wanted:
            pairs.append((face.value, files[0].name))
    return pairs
