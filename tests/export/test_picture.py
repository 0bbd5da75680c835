"""The shapes of a picture: where they lie, what they stand for, how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.export.lettering import font_for
from voiceguide.export.picture import COVER, PAGE, SHEET, Form, draw
from voiceguide.export.rows import HEIGHTS
from voiceguide.export.shapes import DARK, LIGHT, Box, Picture, Text, width_of, wrap
from voiceguide.model.timeline import Chapter, Segment, SegmentKind, Speech, Timeline, Tone
from voiceguide.model.wording import KINDS

KIND = st.sampled_from(KINDS)


def make(*parts: tuple[SegmentKind, int], title: str = "Legs", label: str = "Squat") -> Timeline:
    """A session of these kinds and lengths in ms, with a tone and a word in each segment."""
    segments: list[Segment] = []
    for index, (kind, length_ms) in enumerate(parts):
        start_ms = segments[-1].end_ms if segments else 0
        segments.append(
            Segment(
                index=index, kind=kind, label=label, start_ms=start_ms, end_ms=start_ms + length_ms
            )
        )
    cues = [
        cue
        for s in segments
        for cue in (
            Tone(
                role="start", start_ms=s.start_ms, end_ms=s.start_ms + 50, sound="go",
                segment=s.index,
            ),
            Speech(
                role="name", start_ms=s.start_ms + 60, end_ms=s.end_ms - 10, spoken="",
                text=f"Number {s.index}", about=s.index, segment=s.index,
            ),
        )
    ]  # fmt: skip
    return Timeline(
        title=title,
        language="en",
        voice="by:hand@150",
        estimated=False,
        duration_ms=segments[-1].end_ms if segments else 0,
        segments=tuple(segments),
        cues=tuple(cues),
    )


def bars(picture: Picture) -> list[Box]:
    """The boxes that stand for segments: no others of such a paint have a tip."""
    return [s for s in picture.shapes if isinstance(s, Box) and s.tip and s.paint in KINDS]


def texts(picture: Picture) -> list[Text]:
    return [shape for shape in picture.shapes if isinstance(shape, Text)]


def floor(bar: Box) -> float:
    return round(bar.y + bar.height, 6)


def test_a_bar_lies_where_its_time_says() -> None:
    """Ten minutes make five rows of two minutes; a row of 528 has 4.4 for a second."""
    drawn = draw(
        make(("talk", 30_000), ("work", 45_500), ("rest", 100_000), ("work", 424_500)), SHEET
    )
    first, second, third, again, *_ = bars(drawn)
    assert [bar.paint for bar in (first, second, third, again)] == ["talk", "work", "rest", "rest"]
    assert [bar.x for bar in (first, second, third, again)] == pytest.approx(
        [36, 36 + 30 * 4.4, 36 + 75.5 * 4.4, 36]
    )
    assert [bar.width for bar in (first, second, third, again)] == pytest.approx(
        [30 * 4.4 - 1.5, 45.5 * 4.4 - 1.5, 44.5 * 4.4 - 1.5, 55.5 * 4.4 - 1.5]
    )
    assert floor(first) == floor(second) == floor(third) < floor(again)
    assert second.tip == "0:30 to 1:15.5, work: Squat"
    assert len({floor(bar) for bar in bars(drawn)}) == 5


@given(st.lists(st.tuples(KIND, st.integers(100, 3_000_000)), min_size=1, max_size=40))
def test_bars_touch_from_the_first_row_to_the_last(
    parts: Sequence[tuple[SegmentKind, int]],
) -> None:
    drawn = draw(make(*parts), PAGE)
    rows: dict[float, list[Box]] = {}
    for bar in bars(drawn):
        rows.setdefault(floor(bar), []).append(bar)
    assert 1 <= len(rows) <= 7
    for row in rows.values():
        assert row[0].x == 0
        for bar, following in pairwise(row):
            assert 0 < following.x - bar.x - bar.width <= 1.5
    whole = list(rows.values())[:-1]
    assert all(row[-1].x + row[-1].width == pytest.approx(528, abs=1.6) for row in whole)


@given(st.lists(st.tuples(KIND, st.integers(100, 3_000_000)), min_size=1, max_size=40))
def test_nothing_lies_outside_and_no_words_lie_upon_others(
    parts: Sequence[tuple[SegmentKind, int]],
) -> None:
    session = make(*parts, title="A rather long title for a session " * 3)
    chapters = tuple(
        Chapter(title=f"Part {s.index} of it", start_ms=s.start_ms, end_ms=s.end_ms)
        for s in session.segments
    )
    for form in (COVER, SHEET, PAGE):
        drawn = draw(replace(session, chapters=chapters, equipment=("a chair",) * 50), form)
        for shape in drawn.shapes:
            if isinstance(shape, Box):
                assert 0 <= shape.x <= shape.x + shape.width <= drawn.width + 2
                assert 0 <= shape.y <= shape.y + shape.height <= drawn.height
            elif shape.size < 100:  # the length hangs out a little, to look flush
                assert left(shape) >= 0
                assert right(shape) <= drawn.width
                assert shape.size < shape.y < drawn.height
        lines: dict[float, list[Text]] = {}
        for text in texts(drawn):
            lines.setdefault(round(text.y, 3), []).append(text)
        for line in lines.values():
            for text, following in pairwise(sorted(line, key=left)):
                assert right(text) < left(following)


def left(text: Text) -> float:
    width = width_of(text.text, text.size)
    return text.x - {"start": 0, "middle": width / 2, "end": width}[text.anchor]


def right(text: Text) -> float:
    return left(text) + width_of(text.text, text.size) - 0.01


@pytest.mark.parametrize("form", [SHEET, PAGE])
def test_a_cover_and_the_pictures_to_read_show_the_same(session: Timeline, form: Form) -> None:
    def marks(form: Form) -> list[tuple[object, ...]]:
        """Bars and what is spoken."""
        return [
            (shape.paint, round(shape.x - form.margin, 6), round(shape.width, 6), shape.tip)
            for shape in draw(session, form).shapes
            if isinstance(shape, Box) and shape.tip and shape.paint != "faint"
        ]

    assert marks(form) == marks(COVER)
    assert len(marks(COVER)) > 8


def test_every_cue_has_a_mark_at_its_time(session: Timeline) -> None:
    """Rows of four seconds: 132 for a second."""
    found = {
        shape.tip: (shape.x, shape.width)
        for shape in draw(session, PAGE).shapes
        if isinstance(shape, Box) and shape.paint in {"ink", "faint"}
    }
    assert found.pop("0:00 to 0:00.1, start: tick tone") == pytest.approx((0, 13.2))
    words = "name: “Fente arrière,\ngauche = left; #1”"
    assert found.pop(f"0:01.008 to 0:01.808, {words}") == pytest.approx((1.008 * 132, 0.8 * 132))
    assert found.pop("0:07.008 to 0:07.808, tip: “Слушай”") == pytest.approx(
        (3.008 * 132, 0.8 * 132)
    )
    assert not found


def test_twenty_thousand_segments_are_few_shapes_and_none_is_forgotten() -> None:
    many = make(*[("work", 1400), ("rest", 760)] * 10_000)
    for form in (COVER, SHEET, PAGE):
        drawn = draw(many, form)
        assert len(drawn.shapes) < 6000
        counts = [int(bar.tip.split(", ")[1].removesuffix(" segments")) for bar in bars(drawn)]
        assert sum(counts) >= 20_000
        thin = [bar for bar in bars(drawn) if bar.width < 1]
        assert len(thin) <= 6, "what is left at the ends of rows"


def test_one_thin_segment_keeps_its_bar_beside_wide_ones() -> None:
    thin = make(("work", 3_600_000), ("switch", 2000), ("work", 3_600_000))
    assert [bar.paint for bar in bars(draw(thin, SHEET))].count("switch") == 1


@pytest.mark.parametrize("duration_ms", [0, 1, 999, 20_000, 43_200_000, 50_000_000])
def test_any_length_has_a_picture(duration_ms: int) -> None:
    session = make(("work", duration_ms)) if duration_ms else make()
    for form in (COVER, SHEET, PAGE):
        assert all(bar.height > 0 for bar in bars(draw(session, form)))


def test_kinds_can_be_told_without_colours() -> None:
    assert len(set(HEIGHTS.values())) == len(KINDS) == len(HEIGHTS)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_can_be_seen(colours: dict[str, str]) -> None:
    """WCAG 2.2, AA: 4.5 for text, 3 for what else must be seen."""
    for ink in ("ink", "faint"):
        assert contrast(colours[ink], colours["paper"]) >= 4.5
    assert contrast(colours["label"], colours["work"]) >= 4.5
    for kind in KINDS:
        assert contrast(colours[kind], colours["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "text",
    [
        "Upper glutes in ten minutes",
        "MARCHING",
        "10:00",
        "4:00:08",
        "Échauffement",
        "Warm-up, 45 s",
    ],
)
def test_texts_are_no_wider_than_thought(text: str) -> None:
    assert font_for(text, 100).getlength(text) <= width_of(text, 100) * 1.02


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Side leg lift", ["Side leg", "lift"]),
        ("Side leg lift and more of it", ["Side leg", "lift and…"]),
        ("走る走る走る走る", ["走る走る走", "る走る"]),
        ("走る走る走る走る走る走る", ["走る走る走", "る走る走…"]),
    ],
)
def test_wrap(text: str, lines: list[str]) -> None:
    assert wrap(text, 20, 100, 2) == lines


def test_names_stand_in_bars_only_as_a_whole() -> None:
    wide = draw(make(("work", 60_000), label="Marching on the spot"), PAGE)
    assert "Marching on the spot" in [text.text for text in texts(wide)]
    narrow = draw(make(("work", 1000), ("rest", 59_000), label="Marching on the spot"), PAGE)
    assert not [text for text in texts(narrow) if "Mar" in text.text]
