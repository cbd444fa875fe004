# SPDX-License-Identifier: MulanPSL-2.0
"""The look: colours, the screen font, the stylesheet and the icons. The only reader of resources/style and /icons.

One calm light palette everywhere, also where the system is dark: paper is white, and half a
dark theme (white text fields of a dark desktop) is worse than none. See DECISIONS.md.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, QRectF, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from township_office.core.text import RESOURCES

# Read by office.qss as @name, and by whatever paints itself.
COLOURS = {
    "ink": "#1f2933",
    "soft": "#52616f",
    "faint": "#6b7886",  # the lightest ink a clerk must be able to read: 4.5 to 1 on paper
    "void": "#8a97a5",
    "line": "#e3e8ee",
    "hair": "#eef1f5",
    "edge": "#cfd7e0",
    "ground": "#f5f7fa",
    "hover": "#f7f9fc",
    "paper": "#ffffff",
    "accent": "#2b5fa4",
    "accent-deep": "#214a83",
    "accent-soft": "#e8f0fa",
    "accent-pill": "#d9e6f7",  # seen on a chosen row too
    "red": "#b3261e",
    "red-soft": "#fbe9e7",
    "amber": "#8a5a00",
    "amber-soft": "#fdf3dc",
    "spring": "#f8dfae",  # 春节, apart from the other holidays
    "green": "#1f7a4d",
    "green-soft": "#e6f4ec",
    "grey": "#5b6b7b",
    "grey-soft": "#eef1f5",
    "mark": "#ffeea8",
    # The days of a roster, and the turns on them.
    "day-rest": "#f4f6f9",
    "day-holiday": "#fcf6ea",
    "day-spring": "#faeee4",
    "turn-work": "#c2d0e2",
    "turn-rest": "#7c9fcd",
    "turn-holiday": "#dfb363",
    "turn-spring": "#a57bab",
}
# tone of a State → ground and ink of its pill
TONES: dict[str, tuple[str, str]] = {
    tone: (COLOURS["accent-pill" if tone == "accent" else f"{tone}-soft"], COLOURS[tone])
    for tone in ("accent", "amber", "red", "green", "grey")
}
FAMILIES = (
    "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip
ICON_SIZE = 20
# The style is named to QApplication when it is made: handing it over as an object costs 10 ms before the first window.
ARGUMENTS = ("-style", "Fusion")
OWN_TONE = "soft"  # the colour that the files of icons name as their own


def apply(app: QApplication) -> None:
    """Dress the whole application, which was made with ARGUMENTS; call once, before the first window."""
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    app.setPalette(_palette())
    app.setFont(screen_font())
    app.setStyleSheet(stylesheet())
    _speak_chinese(app)


def screen_font(pixels: int = 14, *, bold: bool = False) -> QFont:
    """Return the font of the screen at a size in logical pixels."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


@cache
def colour(name: str) -> QColor:
    """Return one of COLOURS, ready for a painter."""
    return QColor(COLOURS[name])


@cache
def hue(code: str) -> QColor:
    """Return the colour of a code out of TONES, ready for a painter."""
    return QColor(code)


def icon(name: str, tone: str = OWN_TONE) -> QIcon:
    """Return the icon resources/icons/<name>.svg drawn in one of COLOURS; greyed where its button is disabled."""
    if tone == OWN_TONE:
        return QIcon(str(RESOURCES / "icons" / f"{name}.svg"))  # Qt draws it when it is first shown, not now
    result = QIcon()
    for ratio in _ratios():
        result.addPixmap(_pixmap(name, tone, ICON_SIZE, ratio))
        result.addPixmap(_pixmap(name, "edge", ICON_SIZE, ratio), QIcon.Mode.Disabled)
    return result


def picture(name: str, tone: str, size: int) -> QPixmap:
    """Return the icon as a picture of size logical pixels, for places that are not buttons."""
    return _pixmap(name, tone, size, _ratios()[-1])


def _ratios() -> list[float]:
    """The pixel densities worth drawing for: the densest screen there is, and plain."""
    densest = max((screen.devicePixelRatio() for screen in QApplication.screens()), default=1.0)
    return sorted({1.0, densest})


@cache
def _pixmap(name: str, tone: str, size: int, ratio: float) -> QPixmap:
    # QtSvg is loaded with the first icon, not with the program.
    from PySide6.QtSvg import QSvgRenderer

    source = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    drawing = QSvgRenderer(QByteArray(source.replace("currentColor", COLOURS[tone]).encode()))
    pixels = round(size * ratio)
    result = QPixmap(pixels, pixels)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    drawing.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def stylesheet() -> str:
    """Return office.qss with @colours and @icons filled in."""
    sheet = (RESOURCES / "style" / "office.qss").read_text("utf-8")
    words = {**COLOURS, "icons": (RESOURCES / "icons").as_posix()}
    return re.sub(r"@([a-z]+(?:-[a-z]+)*)", lambda found: words[found[1]], sheet)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: "ground", role.WindowText: "ink", role.Base: "paper", role.AlternateBase: "ground",
        role.Text: "ink", role.Button: "paper", role.ButtonText: "ink", role.BrightText: "paper",
        role.ToolTipBase: "paper", role.ToolTipText: "ink", role.PlaceholderText: "faint", role.Light: "paper",
        role.Midlight: "hair", role.Mid: "edge", role.Dark: "void", role.Shadow: "edge", role.Highlight: "accent",
        role.HighlightedText: "paper", role.Link: "accent", role.LinkVisited: "accent", role.Accent: "accent",
    }  # fmt: skip
    for which, name in pairs.items():
        palette.setColor(which, colour(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, colour("void"))
    return palette


def _speak_chinese(app: QApplication) -> None:
    """Qt's own words (复制, 粘贴, file dialogs) in Chinese, whatever the system's language."""
    words = QTranslator(app)
    if words.load(QLocale(QLocale.Language.Chinese), "qtbase", "_", QLibraryInfo.path(_TRANSLATIONS)):
        app.installTranslator(words)


_TRANSLATIONS = QLibraryInfo.LibraryPath.TranslationsPath
