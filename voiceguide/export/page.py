"""A session as one page of HTML, which needs nothing but itself: `page.html`, filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from voiceguide.export import svg
from voiceguide.export.html import fill, markup
from voiceguide.export.markup import Element, tag
from voiceguide.export.picture import PAGE, draw
from voiceguide.export.rows import HEIGHTS
from voiceguide.export.shapes import Paint
from voiceguide.model.timeline import Cue, Dropped, Segment, Speech, Timeline, Tone
from voiceguide.model.wording import clock, describe, fate, spoken_ms, totals

_NUMBERS = {"rep", "countdown"}
"""Roles of speech that come as a row of numbers: one line tells them."""
_MARK = 0.25
"""Height of a mark beside text."""


def write_html(timeline: Timeline) -> str:
    """The page of a session: its picture, sums, equipment, and every word with its time."""
    dropped = (_dropped(dropped, timeline) for dropped in timeline.dropped)
    return fill(
        "page",
        title=timeline.title,
        language=timeline.language,
        length=clock(round(timeline.duration_ms, -3)),
        facts=escape(". ".join(_facts(timeline))),
        places=str(len(_seconds(timeline.duration_ms))),
        styles=svg.styles(),
        picture=markup(svg.element(draw(timeline, PAGE))),
        totals=markup(_totals(timeline)),
        equipment=markup(_list(timeline.equipment, "None is needed.")),
        chapters=markup(_list(_chapters(timeline), "None.")),
        session=markup(*_session(timeline)),
        dropped=markup(_list(dropped, "Nothing: the coach says all that was meant to be said.")),
        warnings=markup(_list(timeline.warnings, "None.")),
    )


def _facts(timeline: Timeline) -> Iterator[str]:
    yield f"{len(timeline.segments)} segments, spoken by {timeline.voice}"
    if timeline.estimated:
        yield "Lengths of speech are estimates"


def _totals(timeline: Timeline) -> Element:
    """The sums, which are the legend of the picture too."""

    def row(before: Element | str, name: str, ms: int, class_: str = "") -> Element:
        share = f"{100 * ms / max(timeline.duration_ms, 1):.0f} %"
        heading = tag("th", before, name, scope="row")
        return tag("tr", heading, tag("td", _tenths(ms)), tag("td", share), class_=class_)

    sums = totals(timeline).items()
    tones = tag("th", _swatch("faint", _MARK), "tones in it", scope="row")
    return tag(
        "table",
        *(row(_swatch(kind, HEIGHTS[kind]), kind, ms) for kind, ms in sums),
        row("", "total", timeline.duration_ms, "total"),
        row(_swatch("ink", _MARK), "speech in it", spoken_ms(timeline)),
        tag("tr", tones, tag("td", str(len(timeline.tones))), tag("td")),
        lang="en",
    )


def _chapters(timeline: Timeline) -> Iterator[Element]:
    starts = {segment.start_ms: segment.index for segment in reversed(timeline.segments)}
    for chapter in timeline.chapters:
        link = tag("a", chapter.title, href=f"#s{starts.get(chapter.start_ms, 0)}", dir="auto")
        yield tag("li", _at(chapter.start_ms), link, class_="row")


def _session(timeline: Timeline) -> Iterator[Element]:
    """A list for each block, below its name."""
    cues: dict[int, list[Cue]] = {}
    for cue in timeline.cues:
        cues.setdefault(cue.segment, []).append(cue)
    for block, segments in groupby(timeline.segments, lambda segment: segment.block):
        if block is not None:
            yield tag("h3", block, dir="auto")
        items = (_segment(segment, cues.get(segment.index, ())) for segment in segments)
        yield tag("ol", *items, class_="segments")


def _segment(segment: Segment, cues: Sequence[Cue]) -> Element:
    kind, words = segment.kind, describe(segment)
    if segment.label:
        name = tag("strong" if kind == "work" else "span", words, dir="auto")
        what = tag("span", name, " ", _note(kind))
    else:
        what = tag("span", ", ".join(filter(None, (kind, words))), lang="en")
    head = tag(
        "p",
        _at(segment.start_ms),
        _swatch(kind, HEIGHTS[kind]),
        what,
        _note(_tenths(segment.length_ms)),
        class_="row what",
    )
    return tag("li", head, tag("ul", *_spoken(cues), *_tones(cues)), id=f"s{segment.index}")


def _spoken(cues: Sequence[Cue]) -> Iterator[Element]:
    """A line for each spoken cue."""
    speech = [cue for cue in cues if isinstance(cue, Speech)]
    for _, row in groupby(speech, lambda cue: cue.role if cue.role in _NUMBERS else cue.start_ms):
        said = list(row)
        words = [part for cue in said for part in (tag("q", cue.text, dir="auto"), " ")]
        yield tag(
            "li", _at(said[0].start_ms), tag("span", *words, _note(said[0].role)), class_="row"
        )


def _tones(cues: Sequence[Cue]) -> Iterator[Element]:
    """One line for all tones of a segment."""
    tones = [cue for cue in cues if isinstance(cue, Tone)]
    counts = Counter(tone.sound if tone.role == "script" else tone.role for tone in tones)
    if counts:
        names = (f"{count} x {name}" if count > 1 else name for name, count in counts.items())
        yield tag("li", tag("span"), _note(f"tones: {', '.join(names)}"), class_="row")


def _dropped(dropped: Dropped, timeline: Timeline) -> Element:
    segment = timeline.segments[dropped.segment]
    where = f"{_seconds(segment.start_ms)} {segment.label or segment.kind}"
    link = tag("a", where, href=f"#s{segment.index}", dir="auto")
    quoted = tag("q", dropped.text, dir="auto")
    words: Sequence[Element | str] = (quoted, " ") if dropped.text else ()
    # Of one that is heard, the reason says what was done to it.
    why = dropped.reason if dropped.form else f"{fate(dropped)}: {dropped.reason}"
    return tag("li", *words, _note(f"{dropped.role}, {why}; "), tag("small", link))


def _list(items: Iterable[Element | str], otherwise: str) -> Element:
    """The items, or a sentence where there is none."""
    found = [item if isinstance(item, Element) else tag("li", item, dir="auto") for item in items]
    if not found:
        return tag("p", otherwise, lang="en")
    return tag("ul", *found, class_="plain")


def _note(words: str) -> Element:
    """Small words of the page itself."""
    return tag("small", words, lang="en")


def _swatch(paint: Paint, height: float) -> Element:
    return tag("i", class_=f"swatch {paint}", style=f"height:{height:.2f}em")


def _at(ms: int) -> Element:
    return tag("span", _seconds(ms), class_="at")


def _seconds(ms: int) -> str:
    """The second in which something begins; the tips of the picture tell it to the millisecond."""
    return clock(ms - ms % 1000)


def _tenths(ms: int) -> str:
    return clock(round(ms, -2))
