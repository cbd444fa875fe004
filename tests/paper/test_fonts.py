# SPDX-License-Identifier: MulanPSL-2.0
"""The right file draws each face, and the clerk is told when another one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.paper import fonts, typecase
from township_office.paper.fonts import Face, files_for, find_fonts, replaced


def make_files(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()
    return folder


def test_windows_has_all_but_the_title_face(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_files(tmp_path, "simsun.ttc", "simfang.ttf", "simhei.ttf", "simkai.ttf", "simsunb.ttf")
    monkeypatch.setattr(fonts, "font_folders", lambda: (folder,))
    assert replaced() == [("小标宋", "中易宋体")]
    first = {face: files_for(face, find_fonts())[0].path.name for face in Face}
    assert first == {
        Face.SONG: "simsun.ttc",
        Face.FANG: "simfang.ttf",
        Face.HEI: "simhei.ttf",
        Face.KAI: "simkai.ttf",
        Face.TITLE: "simsun.ttc",
    }
    assert [file.path.name for file in files_for(Face.FANG, find_fonts())][:3] == [
        "simfang.ttf", "simsun.ttc", "simsunb.ttf",
    ]  # fmt: skip  # a rare character is looked for in 宋体 and its extension before anywhere else


def test_installation_folder_comes_first(tmp_path: Path) -> None:
    own = make_files(tmp_path / "own", "SimSun.ttc")
    system = make_files(tmp_path / "system" / "truetype", "simsun.ttc", "FZXBSJW.TTF", "readme.txt")
    found = find_fonts((own, system.parent, tmp_path / "nowhere"))
    assert found == {"simsun.ttc": own / "SimSun.ttc", "fzxbsjw.ttf": system / "FZXBSJW.TTF"}
    assert files_for(Face.TITLE, found)[0].is_wanted


def test_linux_stand_ins_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_files(tmp_path, "uming.ttc", "wqy-zenhei.ttc", "LXGWWenKai-Regular.ttf", "BabelStoneHan.ttf")
    monkeypatch.setattr(fonts, "font_folders", lambda: (folder,))
    assert dict(replaced()) == {
        "宋体": "文鼎明体", "仿宋": "文鼎明体", "黑体": "文泉驿正黑", "楷体": "霞鹜文楷", "小标宋": "文鼎明体",
    }  # fmt: skip
    assert replaced([Face.HEI]) == [("黑体", "文泉驿正黑")]


def test_no_font_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "font_folders", lambda: (tmp_path,))
    with pytest.raises(OfficeError, match="apt-get install fonts-"):
        replaced()
    with pytest.raises(OfficeError, match="apt-get install fonts-"):
        typecase.Typecase().face(Face.FANG)


def test_file_that_cannot_be_embedded_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_files(tmp_path, "simfang.ttf").joinpath("simfang.ttf").write_bytes(b"OTTO" + bytes(60))
    real = files_for(Face.HEI, find_fonts())
    if not real:
        pytest.skip("no Chinese TrueType font on this machine (apt: fonts-wqy-zenhei)")
    (tmp_path / real[0].path.name).symlink_to(real[0].path)
    monkeypatch.setattr(fonts, "font_folders", lambda: (tmp_path,))
    case = typecase.Typecase()
    assert case.face(Face.FANG).width("政") == 1000
    assert case.replaced() == [("仿宋", real[0].name)]


@pytest.mark.usefixtures("chinese_fonts")
def test_characters_no_font_has_are_counted_and_signs_without_body_are_not() -> None:
    case = typecase.Typecase()
    alphabet = case.face(Face.FANG)
    assert alphabet.width("一\U000f1234\ufe0f\x00\u200b") >= 2000
    assert case.missing == {"\U000f1234"}
    assert alphabet.ops("\x00", 9) == ""
