# SPDX-License-Identifier: MulanPSL-2.0
"""恢复码 — the office's root key as eight groups of digits, to lie in a sealed envelope in the safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from township_office.paper.blocks import GridCell, GridRow, Note, Page, Role
from township_office.paper.forms.form_sheet import WIDTH, boxes, columns, form_sheet, pairs, whole
from township_office.paper.forms.office_sheet import Imprint

TITLE = "涉密登记恢复码"
HEADER = "内部资料　注意保管"  # never a level: the sheet itself is no state secret (保密法 art. 22)

_A_LINE = 4  # groups
_TEXT, _SIGNED = 20.0, 42.0  # mm
_SAYS = (
    ("用途", "保密员忘记密码、离岗或密码失效时，用它打开涉密登记，再为保密员重设密码；打开加密的备份也用它。"),
    ("保管", "放入信封，封口处签名盖章，存入保密柜。不拍照，不扫描，不抄在电脑、手机或U盘上，不与本机放在一起。"),
    ("注意", "谁持有恢复码，谁就能打开全部涉密登记。密码和恢复码都丢失的，任何人都打不开，登记无法找回。"),
    ("启封", "启封要经领导同意，写明时间、原因和启封人。泄露或怀疑泄露的，立即报告保密行政管理部门。"),
)


def build(groups: Sequence[str], imprint: Imprint) -> Page:
    """Return the sheet of one recovery code, its groups numbered as the program names them."""
    rows: list[GridRow] = []
    for start in range(0, len(groups), _A_LINE):
        line = groups[start : start + _A_LINE]
        width = WIDTH / len(line)
        rows.append(columns([(f"第{start + place}组", width) for place in range(1, len(line) + 1)]))
        rows.append(GridRow(22.0, tuple(GridCell(group, width, Role.FIGURE) for group in line)))
    said = [replace(whole(label, text, _TEXT), least=_TEXT) for label, text in _SAYS]
    signed = boxes(_SIGNED, ("封存", "", "保密员签名：　　　　　　　　"), ("监督", "", "领导签名：　　　　　　　　"))
    kept = pairs(("封存时间", "　　　年　　月　　日"), ("存放位置", ""))
    page = form_sheet(TITLE, {}, imprint, (*rows, *said, kept, signed))
    return replace(page, head=(Note(HEADER), *page.head))
