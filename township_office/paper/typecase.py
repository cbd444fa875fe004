# SPDX-License-Identifier: MulanPSL-2.0
"""The fonts of one PDF: which font draws which character, how wide it is, and what is embedded of it.

reportlab cuts a TrueType font into pieces of 255 characters and maps characters beyond U+FFFF wrongly for
search and copying. Here each font is one composite font (PDF 1.3, Type0 with Identity-H): two bytes a
character, every Unicode plane, and a line of text is one operator.
"""

from __future__ import annotations

import unicodedata
import zlib
from itertools import groupby
from struct import pack

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFObjectReference, PDFStream
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from township_office.core.errors import OfficeError
from township_office.paper.fonts import Face, FontFile, files_for, find_fonts

NO_GLYPH = "〓"  # the printers' geta: no font on this machine has the character

_MOST_FONTS = 16  # a font's number sits above the 16 bits of a code; chr() ends at 17 * 65536
_MOST_CHARACTERS = 30_000  # of one font; the tables reportlab writes have 16-bit lengths
_NEVER_SEEN = frozenset({"Cc", "Cf"})  # controls and joiners have no body, though some fonts draw one
_UNSEEN = frozenset({"Mn", "Me"})  # nothing is lost when no font has a variation selector


def stream(content: bytes) -> PDFStream:
    """Return content as a compressed PDF stream (reportlab would blow it up by a quarter in base 85)."""
    return PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), zlib.compress(content) + b"\n")


class Cut:
    """The part of one font that a document uses."""

    def __init__(self, file: FontFile, name: str) -> None:
        """Open file (raises TTFError or OSError when it cannot be embedded); name is its name in the document."""
        self.name = name
        self._face = TTFontFace(str(file.path), subfontIndex=file.subfont)
        self._codes: dict[int, int] = {}  # character → its code in the document, counted from 1

    @property
    def is_used(self) -> bool:
        """Say whether any character of it was set."""
        return bool(self._codes)

    def has(self, point: int) -> bool:
        """Say whether this font can draw a character."""
        return point in self._codes or (len(self._codes) < _MOST_CHARACTERS and bool(self._face.charToGlyph.get(point)))

    def code(self, point: int) -> int:
        """Return the code of a character, taking it up when it is new."""
        return self._codes.setdefault(point, len(self._codes) + 1)

    def width(self, point: int) -> int:
        """Return how wide a character is, in thousandths of the type size."""
        width: float = self._face.getCharWidth(point)
        return round(width)

    def embed(self, document: PDFDocument) -> PDFObjectReference:
        """Write the font's objects into document; return what a page's resources refer to."""
        face, points = self._face, list(self._codes)
        glyphs = {0: 0}
        order = [0, *(glyphs.setdefault(face.charToGlyph[point], len(glyphs)) for point in points)]
        widths: list[object] = []
        for code, point in enumerate(points, start=1):
            if self.width(point) != 1000:
                widths += [code, PDFArray([self.width(point)])]
        base = PDFName("TOWNSH+" + face.name.decode("ascii"))
        descendant = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": PDFDictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
            "FontDescriptor": face.addSubsetObjects(document, "TOWNSH+" + face.name.decode("ascii"), points),
            "DW": 1000,
            "W": PDFArray(widths),
            "CIDToGIDMap": document.Reference(stream(pack(f">{len(order)}H", *order)), f"glyphs {self.name}"),
        }
        composite = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": base,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.Reference(PDFDictionary(descendant), f"descendant {self.name}")]),
            "ToUnicode": document.Reference(stream(_to_unicode(points)), f"unicode {self.name}"),
        }
        font: PDFObjectReference = document.Reference(PDFDictionary(composite), f"font {self.name}")
        return font


def _to_unicode(points: list[int]) -> bytes:
    """Return the CMap by which a viewer searches and copies: code → UTF-16, in blocks of at most 100."""
    pairs = [
        f"<{code:04X}> <{chr(point).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for code, point in enumerate(points, start=1)
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar"))
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


class Alphabet:
    """One face as it is set in this document: its own font first, then those that fill in for it."""

    def __init__(self, case: Typecase, face: Face, files: tuple[FontFile, ...]) -> None:
        """Open the first usable of files; raises OfficeError when there is none."""
        self._case = case
        self._files = files
        self._used: list[Cut] = []
        self._codes: dict[int, int | None] = _Codes(self)
        self.widths: dict[str, float] = _Widths(self)  # of each character, in thousandths of the type size
        for file in files:
            if case.cut(file):
                self.replaced = None if file.is_wanted else (face.value, file.name)
                break
        else:
            raise OfficeError("paper.no_font")

    def find(self, char: str) -> tuple[Cut, int] | None:
        """Return the first font that can draw char and what it draws for it; None for a sign without a body."""
        kind = unicodedata.category(char)
        for file in self._files if kind not in _NEVER_SEEN else ():
            cut = self._case.cut(file)
            if cut and cut.has(ord(char)):
                return cut, ord(char)
        if char.isspace() and char != " ":
            return self.find(" ")
        if kind in _NEVER_SEEN or kind in _UNSEEN or char in (NO_GLYPH, " "):
            return None
        self._case.missing.add(char)
        return self.find(NO_GLYPH)

    def number(self, cut: Cut) -> int:
        """Return the place of a font among those this face has needed so far."""
        if cut not in self._used:
            self._used.append(cut)
        return self._used.index(cut)

    def ops(self, text: str, size: float) -> str:
        """Return the PDF operators that set text at the current point."""
        coded = text.translate(self._codes)
        pairs = coded.encode("utf-16-be", "surrogatepass")
        if len(pairs) == 2 * len(coded):
            return f"/{self._used[0].name} {size:g} Tf <{pairs.hex()}> Tj" if pairs else ""
        runs = []
        for number, run in groupby(coded, key=lambda char: ord(char) >> 16):
            low = "".join(f"{ord(char) & 0xFFFF:04x}" for char in run)
            runs.append(f"/{self._used[number].name} {size:g} Tf <{low}> Tj")
        return " ".join(runs)

    def width(self, text: str) -> float:
        """Return how wide text is, in thousandths of the type size."""
        return sum(map(self.widths.__getitem__, text))


class _Widths(dict[str, float]):
    """Width of each character met so far."""

    def __init__(self, alphabet: Alphabet) -> None:
        super().__init__()
        self._alphabet = alphabet

    def __missing__(self, char: str) -> float:
        found = self._alphabet.find(char)
        width = self[char] = float(found[0].width(found[1])) if found else 0.0
        return width


class _Codes(dict[int, int | None]):
    """What str.translate makes of each character met so far; None drops it."""

    def __init__(self, alphabet: Alphabet) -> None:
        super().__init__()
        self._alphabet = alphabet

    def __missing__(self, point: int) -> int | None:
        found = self._alphabet.find(chr(point))
        code = None
        if found:
            cut, drawn = found
            code = (self._alphabet.number(cut) << 16) | cut.code(drawn)
        self[point] = code
        return code


class Typecase:
    """All fonts of one document. A font is opened when the first character needs it."""

    def __init__(self) -> None:
        """Look which fonts are here; nothing is opened yet."""
        self._found = find_fonts()
        self._cuts: dict[tuple[str, int], Cut | None] = {}
        self._alphabets: dict[Face, Alphabet] = {}
        self.missing: set[str] = set()  # characters no font here has

    def face(self, face: Face) -> Alphabet:
        """Return the alphabet of face; raises OfficeError when this machine has no usable Chinese font."""
        if face not in self._alphabets:
            self._alphabets[face] = Alphabet(self, face, files_for(face, self._found))
        return self._alphabets[face]

    def cut(self, file: FontFile) -> Cut | None:
        """Return file opened, or None when it cannot be embedded (other outlines, licence bit, damage)."""
        key = str(file.path), file.subfont
        if key not in self._cuts:
            self._cuts[key] = None
            if len(self._cuts) <= _MOST_FONTS:
                try:
                    self._cuts[key] = Cut(file, f"F{len(self._cuts)}")
                except (TTFError, OSError, ValueError, LookupError):
                    self._cuts[key] = None
        return self._cuts[key]

    def replaced(self) -> list[tuple[str, str]]:
        """Return (face wanted, font used instead) for the faces of this document that are not on this machine."""
        return [alphabet.replaced for alphabet in self._alphabets.values() if alphabet.replaced]

    def embed(self, document: PDFDocument) -> PDFDictionary:
        """Write every font into document; return the font resources of its pages."""
        return PDFDictionary({cut.name: cut.embed(document) for cut in self._cuts.values() if cut and cut.is_used})
