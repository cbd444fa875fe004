# SPDX-License-Identifier: MulanPSL-2.0
"""What an office watches over from day to day: the cards of 今日. What each means in the rows is store.watches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DUE: Final = "due"  # late, due today or soon
READ: Final = "read"  # a copy is out for 传阅
INSTRUCT: Final = "instruct"  # a copy is out for 批示
MEETING: Final = "meeting"  # one today or in the coming week
IN_HAND: Final = "in_hand"  # an outgoing document between its draft and the last unit's signature
UNFILED: Final = "unfiled"  # done with, and not yet in the archive
EXPIRED: Final = "expired"  # an item whose period has run out: to be appraised
TO_TRANSFER: Final = "to_transfer"  # an item old enough for the county archive
PAGELESS: Final = "pageless"  # an item whose pages are not counted yet
UNBOXED: Final = "unboxed"  # an item in no box yet
REPORTING: Final = "reporting"  # an emergency without its 终报

WATCHES: Mapping[str, tuple[str, ...]] = {
    "receipt": (DUE, READ, INSTRUCT, MEETING, UNFILED),
    "dispatch": (IN_HAND, UNFILED),
    "archive_item": (PAGELESS, UNBOXED, EXPIRED, TO_TRANSFER),
    "archive_box": (), "access_log": (DUE,), "stack_in_out": (), "climate_log": (), "stack_check": (),
    "appraisal": (), "transfer": (), "duty_log": (), "duty_event": (REPORTING,),
}  # fmt: skip
