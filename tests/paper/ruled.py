# SPDX-License-Identifier: MulanPSL-2.0
"""Read back what a PDF rules and where: the edges of boxes, in millimetres from the upper left corner."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2
import pypdfium2.raw as c

MM = 25.4 / 72
Place = tuple[float, float, float, float]  # left, top, width, height


def ruled(path: Path, page: int = 0) -> list[Place]:
    """Return the bounds of everything that is drawn with a pen on one page: boxes, and lines of no width."""
    document = pypdfium2.PdfDocument(path)
    try:
        sheet = document[page]
        height = sheet.get_height()
        found: list[Place] = []
        for drawn in sheet.get_objects([c.FPDF_PAGEOBJ_PATH]):
            for points in _subpaths(drawn.raw):
                xs, ys = [x for x, _ in points], [y for _, y in points]
                left, top = min(xs), height - max(ys)
                found.append(tuple(round(v * MM, 3) for v in (left, top, max(xs) - left, max(ys) - min(ys))))
        return found
    finally:
        document.close()


def _subpaths(raw: object) -> list[list[tuple[float, float]]]:
    parts: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(c.FPDFPath_CountSegments(raw)):
        segment = c.FPDFPath_GetPathSegment(raw, number)
        if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_MOVETO:
            parts.append([])
        c.FPDFPathSegment_GetPoint(segment, x, y)
        parts[-1].append((x.value, y.value))
    return [part for part in parts if len(part) > 1]
