"""A session as a page."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.data import shipped
from voiceguide.export.page import write_html
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Dropped, Timeline, Tone
from voiceguide.model.wording import clock

HOSTILE = """<b>&"x' $title </title><script>alert(1)</script>"""


class Page(HTMLParser):
    """What a page says, and how it is nested."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"} and "svg" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """Without what is in the picture."""
        return "".join(self.texts)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def full(session: Timeline) -> Timeline:
    return replace(
        session,
        dropped=(
            Dropped(role="tip", text="Dos droit", segment=2, reason="no quiet moment for it"),
            Dropped(role="setup", text="Debout.", segment=4, reason="made shorter", form="short"),
        ),
        warnings=("line 3: a rest is short",),
    )


def test_every_spoken_word_is_on_the_page_with_its_second(session: Timeline) -> None:
    page = Page(write_html(session))
    for cue in session.speech:
        assert f"{clock(cue.start_ms // 1000 * 1000)}{cue.text}" in page.text
    assert page.text.index("Fente") < page.text.index("Слушай")


def test_it_tells_sums_equipment_chapters_what_was_left_out_and_warnings(
    session: Timeline,
) -> None:
    page = Page(write_html(full(session)))
    for words in (
        "work0:0649 %", "total0:12.3100 %", "speech in it0:01.613 %", "tones in it1",
        "a loop band", "a chair", "0:01A = b; #c \\ d", "0:07Étirement",
        "Dos droit tip, left out: no quiet moment for it; 0:03 走る",
        "Debout. setup, made shorter; 0:07 走る", "line 3: a rest is short", "tones: start",
    ):  # fmt: skip
        assert words in page.text


def test_where_there_is_nothing_to_tell_it_says_so(session: Timeline) -> None:
    bare = replace(session, segments=(), cues=(), chapters=(), equipment=(), duration_ms=0)
    page = Page(write_html(bare))
    assert "EquipmentNone is needed." in page.text
    assert "WarningsNone." in page.text


def test_numbers_said_in_a_row_stand_in_one_line(session: Timeline) -> None:
    first = session.speech[0]
    row = tuple(
        replace(first, role="rep", start_ms=3000 + number, text=str(3 - number), segment=2)
        for number in range(3)
    )
    assert "0:033 2 1 rep" in Page(write_html(replace(session, cues=row))).text


def test_tones_of_a_script_go_by_the_name_of_their_sound(session: Timeline) -> None:
    gongs = tuple(
        Tone(role="script", start_ms=at, end_ms=at + 9, sound="<gong>", segment=0) for at in (0, 50)
    )
    assert "tones: 2 x <gong>" in Page(write_html(replace(session, cues=gongs))).text


def test_words_of_a_script_come_out_as_words(session: Timeline) -> None:
    hostile = replace(
        full(session),
        title=HOSTILE,
        voice=HOSTILE,
        segments=tuple(
            replace(segment, label=HOSTILE, block=HOSTILE) for segment in session.segments
        ),
        cues=tuple(replace(cue, text=HOSTILE) for cue in session.speech),
        chapters=tuple(replace(chapter, title=HOSTILE) for chapter in session.chapters),
        dropped=tuple(
            replace(dropped, text=HOSTILE, reason=HOSTILE) for dropped in full(session).dropped
        ),
        equipment=(HOSTILE,),
        warnings=(HOSTILE,),
    )
    text = write_html(hostile)
    page = Page(text)
    assert page.text.count(HOSTILE) == 23
    assert not page.all("script")
    assert not page.all("b")


def test_it_needs_nothing_but_itself(session: Timeline) -> None:
    text = write_html(full(session)).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|\bsrc=|url\(|@import|@font-face|<script|<link|\bon\w+=", text)


def test_it_fits_a_phone_and_has_a_language(session: Timeline) -> None:
    page = Page(write_html(session))
    assert page.all("html") == [{"lang": "fr-CA"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all(
        "meta"
    )
    assert [tag for tag, _ in page.tags if tag in {"h1", "h2", "h3"}] == ["h1"] + ["h2"] * 6
    assert page.all("svg")[0]["role"] == "img"


@pytest.mark.parametrize("path", sorted(shipped("scripts").glob("*.yaml")), ids=lambda p: p.stem)
def test_what_ships_has_a_page_whose_links_lead_somewhere(path: Path) -> None:
    source = Source(path.read_bytes(), path.name, path.parent)
    timeline = pipeline.plan(source, Options(engine="silent"), estimate=True)
    page = Page(write_html(timeline))
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))
    assert {f"s{segment.index}" for segment in timeline.segments} < set(names)
    links = [str(link["href"]) for link in page.all("a")]
    assert len(links) == len(timeline.chapters) + len(timeline.dropped)
    assert {link.removeprefix("#") for link in links} <= set(names)
    for cue in timeline.speech:
        assert cue.text in page.text
