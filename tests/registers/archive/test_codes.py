# SPDX-License-Identifier: MulanPSL-2.0
"""档号: the examples of DA/T 22 and DA/T 13, and every code read back into what it was made of."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.errors import OfficeError
from township_office.registers.archive.codes import (
    BY_CODE,
    BY_ITEM,
    Segments,
    check_template,
    is_segment,
    largest_item,
    read_code,
    reference_code,
)
from township_office.registers.archive.retention import ALL_RETENTIONS

MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "200")), deadline=None, database=None)
BY_GROUP = "{fonds}-{category}·{year}·{retention}-{volume}-{item:3}"
EXAMPLES = [
    ("Z109-WS·2011-Y-BGS-0001", BY_ITEM, Segments("Z109", "WS", 2011, "Y", "BGS", 1)),
    ("A182-WS·2022-Y-XZ-0001", BY_ITEM, Segments("A182", "WS", 2022, "Y", "XZ", 1)),
    ("A182-ZP·2022-Y-0001", BY_CODE["ZP"].template, Segments("A182", "ZP", 2022, "Y", "", 1)),
    ("K021-ZP·2019·D30-025-005", BY_GROUP, Segments("K021", "ZP", 2019, "D30", "", 5, 25)),
    ("A182-SW·JB·2022-Y-0001", BY_CODE["SW"].template, Segments("A182", "SW·JB", 2022, "Y", "", 1)),
    (
        "J019-KU·01·2017-001-001",
        "{fonds}-{category}·{year}-{volume}-{item:3}",
        Segments("J019", "KU·01", 2017, "", "", 1, 1),
    ),
    ("X032-KJ·JJ·02-005-054", "{fonds}-{category}-{volume}-{item:3}", Segments("X032", "KJ·JJ·02", 0, "", "", 54, 5)),
    ("J019-ZY·JC·CC·2019·D30-001-001", BY_GROUP, Segments("J019", "ZY·JC·CC", 2019, "D30", "", 1, 1)),
]


@pytest.mark.parametrize(("code", "template", "segments"), EXAMPLES, ids=[code for code, _, _ in EXAMPLES])
def test_the_examples_of_the_standards(code: str, template: str, segments: Segments):
    check_template(template)
    assert read_code(template, code) == segments
    assert reference_code(template, segments) == code


@pytest.mark.parametrize("template", [category.template for category in BY_CODE.values()])
def test_our_own_templates_are_sound(template: str):
    check_template(template)
    assert largest_item(template) == (999 if "{volume}" in template else 9999), "案卷号 3, 件号 4 digits; in a volume 3"


@pytest.mark.parametrize(
    ("segments", "code"),
    [
        (Segments("", "WS", 2025, "D30", "BGS", 7), "WS·2025-D30-BGS-0007"),
        (Segments("Z109", "WS", 2025, "D10", "", 12), "Z109-WS·2025-D10-0012"),
        (Segments("Z109", "WS", 2025, "D10", "党建", 9999), "Z109-WS·2025-D10-党建-9999"),
        (Segments("Z109", "WS", 2025, "Y", "BGS", 0), "Z109-WS·2025-Y-BGS"),
        (Segments("", "WS", 2025, "Y", "", 0), "WS·2025-Y"),
    ],
)
def test_what_is_not_there_falls_out_with_its_separator(segments: Segments, code: str):
    assert reference_code(BY_ITEM, segments) == code
    if segments.item:
        assert read_code(BY_ITEM, code) == segments


@pytest.mark.parametrize(
    "typed",
    [
        "z109－WS•2011–Y—BGS−0001",
        "Ｚ１０９-ＷＳ・2011-y-bgs-０００１",
        " Z109 - WS · 2011 - Y - BGS - 1 ",
        "Z109‐WS‧2011‑Y-BGS-001",
    ],
)
def test_codes_are_read_as_people_write_them(typed: str):
    assert read_code(BY_ITEM, typed) == Segments("Z109", "WS", 2011, "Y", "BGS", 1)


@pytest.mark.parametrize(
    "typed",
    ["", "-", "2011-Y-BGS-0001", "Z109-WS·2011-Y-BGS", "Z109-WS·2011-Y-BGS-0001-2", "Z109-W·2011-Y-BGS-0001", "第3号",
     "Z109-WS·2011-Y-BGS-1234567", "Z109WS2011Y0001", "Z109-WS·2011-Y-BGS-0000", "Z109-WS.2011-Y-BGS-0001"],
)  # fmt: skip
def test_what_is_no_code_is_not_read(typed: str):
    assert read_code(BY_ITEM, typed) is None


@pytest.mark.parametrize(
    "template",
    ["", "{category}", "{item}", "{item}-{category}",
     "{category}{item}", "{category}-{item}-{item}", "{category}/{item}",
     "{category}-{number}-{item}", "{category}-X-{item}",
     "{category}-{item}-", "{category}-{item:0}", "{category}-{item:9}",
     "{category}-{year:4}-{item}", "{category}--{item}", "{category}-{item!r}", "{0}-{category}-{item}"],
)  # fmt: skip
def test_templates_that_cannot_be_read_back_are_refused(template: str):
    with pytest.raises(OfficeError, match="档号格式有误"):
        check_template(template)


@pytest.mark.parametrize("digits", [3, 4, 5, 6])
def test_a_number_is_as_wide_as_the_county_wants_it(digits: int):
    template = f"{{category}}·{{year}}-{{item:{digits}}}"
    assert largest_item(template) == 10**digits - 1
    last = Segments("", "WS", 2025, "", "", largest_item(template))
    assert reference_code(template, last) == f"WS·2025-{'9' * digits}"
    assert read_code(template, reference_code(template, last)) == last


def test_a_segment_that_would_be_read_as_two_is_none():
    assert [text for text in ("BGS", "党建", "A1", "B-S", "B·S", "", "bgs", "X" * 11) if is_segment("org", text)] == [
        "BGS", "党建", "A1",
    ]  # fmt: skip
    assert is_segment("category", "KU·01")
    assert not is_segment("category", "KU·2017"), "a year"
    assert not is_segment("fonds", "z-1")


NAMES = ("fonds", "category", "year", "retention", "org", "volume")
UPPER = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=1, max_size=4)
YEARISH = ("19", "20")


@st.composite
def templates(draw: st.DrawFn) -> str:
    """Any order of any places, category among them and item last, joined either way."""
    places = draw(st.permutations(["category", *draw(st.sets(st.sampled_from(sorted(set(NAMES) - {"category"}))))]))
    pieces = [f"{{{name}}}" for name in places] + [draw(st.sampled_from(["{item}", "{item:3}", "{item:5}"]))]
    joints = [draw(st.sampled_from("-·")) for _ in places]
    # A sub-class is joined by the dot: whatever comes behind the category by a dot must not look like one.
    at = places.index("category")
    if at + 1 == len(places) or places[at + 1] != "year":
        joints[at] = "-"
    return "".join(piece + joint for piece, joint in zip(pieces, [*joints, ""], strict=True))


@st.composite
def segments(draw: st.DrawFn) -> Segments:
    sub = [one for one in draw(st.lists(UPPER, max_size=2)) if not one.startswith(YEARISH)]
    return Segments(
        fonds=draw(st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True)),
        category="·".join([draw(st.sampled_from(sorted(BY_CODE))), *sub]),
        year=draw(st.integers(1949, 2099)),
        retention=draw(st.sampled_from([one.code for one in ALL_RETENTIONS])),
        org=draw(st.one_of(UPPER, st.text("党政办经济发展", min_size=1, max_size=10))),
        item=draw(st.integers(1, 999)),
        volume=draw(st.integers(1, 999)),
    )


@MANY
@given(templates(), segments())
def test_segments_become_a_code_and_the_code_segments(template: str, whole: Segments):
    check_template(template)
    said = {name: getattr(whole, name) if f"{{{name}}}" in template else getattr(_NOTHING, name) for name in NAMES}
    expected = Segments(**said, item=whole.item)
    assert read_code(template, reference_code(template, whole)) == expected


_NOTHING = Segments("", "", 0, "", "", 0)


@MANY
@given(segments(), st.sets(st.sampled_from(["fonds", "org"])))
def test_an_item_without_fonds_or_org_is_read_back_too(whole: Segments, gone: set[str]):
    said = {name: "" if name in gone else getattr(whole, name) for name in ("fonds", "org")}
    expected = Segments(**said, category=whole.category, year=whole.year, retention=whole.retention, item=whole.item)
    assert read_code(BY_ITEM, reference_code(BY_ITEM, expected)) == expected


@MANY
@given(st.sampled_from([category.template for category in BY_CODE.values()]), st.text(max_size=40))
def test_any_text_is_read_or_not_and_never_breaks(template: str, text: str):
    found = read_code(template, text)
    assert found is None or found.item > 0
