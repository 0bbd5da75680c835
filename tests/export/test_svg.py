"""A picture as a file of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

from voiceguide.export.picture import SHEET, draw
from voiceguide.export.shapes import Box, Text
from voiceguide.export.svg import write_svg
from voiceguide.model.timeline import Segment, Speech, Timeline

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """<b>&"x' ]]> </style><script>alert(1)</script>"""


def parse(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own


def test_the_file_draws_the_shapes_in_their_order(session: Timeline) -> None:
    root = parse(write_svg(session))
    picture = draw(session, SHEET)
    drawn = [node for node in root if node.tag in {f"{SVG}rect", f"{SVG}text"}][1:]
    assert len(drawn) == len(picture.shapes)
    for node, shape in zip(drawn, picture.shapes, strict=True):
        assert node.get("class") == shape.paint
        assert abs(float(node.get("x", "")) - shape.x) <= 0.005
        assert abs(float(node.get("y", "")) - shape.y) <= 0.005
        if isinstance(shape, Box):
            assert abs(float(node.get("width", "")) - shape.width) <= 0.005
            assert node.findtext(f"{SVG}title", "") == shape.tip
        elif isinstance(shape, Text):
            assert node.text == shape.text


def test_it_can_be_read_aloud_and_has_words_for_each_segment_and_cue(session: Timeline) -> None:
    root = parse(write_svg(session))
    assert root.get("role") == "img"
    named = {node.get("id"): node.text or "" for node in root}
    title, about = (named[name] for name in root.get("aria-labelledby", "").split())
    assert title == f"{session.title}, 0:12.345"
    assert "6 segments: work 0:06" in about
    assert "a loop band, a chair" in about
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr-CA"
    tips = [node.text or "" for node in root.iterfind(f"{SVG}rect/{SVG}title")]
    for cue in session.speech:
        assert any(cue.text in tip for tip in tips)
    assert sum("work: 走る" in tip for tip in tips) == 4  # both go on in the next row


def test_words_of_a_script_come_out_as_words(session: Timeline) -> None:
    cue = Speech(
        role="script", start_ms=100, end_ms=900, text=HOSTILE, spoken="", about=None, segment=0
    )
    segments = tuple(replace(segment, label=HOSTILE) for segment in session.segments)
    hostile = replace(
        session, title=HOSTILE, cues=(cue,), segments=segments, equipment=(HOSTILE,), chapters=()
    )
    text = write_svg(hostile)
    tips = [node.text or "" for node in parse(text).iterfind(f"{SVG}rect/{SVG}title")]
    assert any(HOSTILE in tip for tip in tips)
    assert parse(text).findtext(f"{SVG}title") == f"{HOSTILE}, 0:12.345"
    assert "<script" not in text
    assert text.count("<style") == 1


def test_it_needs_nothing_but_itself(session: Timeline) -> None:
    text = write_svg(session).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|href|url\(|@import|@font-face|<script|<image|\bon\w+=", text)


def test_twenty_thousand_segments_are_a_file_of_less_than_a_megabyte(session: Timeline) -> None:
    count, each_ms = 20_000, 2160
    many = replace(
        session,
        duration_ms=count * each_ms,
        segments=tuple(
            Segment(
                index=index, kind="work", label="Squat", start_ms=index * each_ms,
                end_ms=(index + 1) * each_ms,
            )
            for index in range(count)
        ),
        cues=tuple(
            Speech(
                role="rep", start_ms=index * each_ms, end_ms=index * each_ms + 500, text="one more",
                spoken="", about=index, segment=index,
            )
            for index in range(count)
        ),
    )  # fmt: skip
    assert len(write_svg(many)) < 1_000_000
