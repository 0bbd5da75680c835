"""The name of a session may tell its length and what it needs, wherever it is read or heard."""

from __future__ import annotations

from pathlib import Path

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source


def test_a_title_is_filled_in_the_timeline_in_its_chapter_and_in_what_is_said() -> None:
    text = """\
voiceguide: 1
title: "Legs, {length}"
steps:
  - {say: "Welcome to {title}."}
  - {block: Main, steps: [{exercise: hop, duration: 2m}]}
"""
    source = Source(text.encode(), "t.yaml", Path())
    timeline = pipeline.plan(source, Options(engine="silent"), estimate=True)
    assert timeline.title == timeline.chapters[0].title == "Legs, 2 minutes"
    assert timeline.speech[0].text == "Welcome to Legs, 2 minutes."
