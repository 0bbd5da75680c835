"""How long the words of every move last when they are spoken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from voiceguide.coach import book as books
from voiceguide.library import at_level, load
from voiceguide.model import template
from voiceguide.model.exercise import Move
from voiceguide.sound.loudness import integrated_lufs
from voiceguide.voice import Speaker, choose

FULL_MS, SHORT_MS, CUE_MS = 12_000, 4_000, 3_000
QUICK = {("pyttsx3", "en"), ("pyttsx3", "ja")}
VOICES = [
    pytest.param(
        engine,
        language,
        marks=pytest.mark.slow if (engine, language) in QUICK else pytest.mark.long,
    )
    for engine, language in (
        ("hibari", "en"), *(("pyttsx3", language) for language in books.languages())
    )
]  # fmt: skip


def levels(language: str) -> Iterator[Move]:
    for move in load(language).moves.values():
        for number in range(1, max(1, len(move.levels)) + 1):
            yield at_level(move, number)


def texts(move: Move) -> tuple[str, ...]:
    return (move.setup, move.setup_short, *move.tips)


@pytest.mark.parametrize(("engine", "language"), VOICES)
def test_a_set_up_is_told_in_12_s_in_4_s_in_short_and_a_cue_in_3_s(
    engine: str, language: str, tmp_path: Path
) -> None:
    pytest.importorskip(engine)
    if language == "ja":
        pytest.importorskip("pyopenjtalk")
    book = books.load(language)
    sides = {**book.side_words("side", "left"), **book.side_words("other_side", "right")}
    due_ms = {
        template.fill(text, sides): most_ms
        for move in levels(language)
        for text, most_ms in zip(
            texts(move), (FULL_MS, SHORT_MS, *[CUE_MS] * len(move.tips)), strict=True
        )
    }
    choice = choose(engine, None, language, None)
    speaker = Speaker(choice, loudness=integrated_lufs, cache_dir=tmp_path)
    speaker.speak(due_ms)
    told_ms = {text: known.length_ms for text in due_ms if (known := speaker.utterance(text))}
    assert told_ms.keys() == due_ms.keys()
    assert {text: ms for text, ms in told_ms.items() if ms > due_ms[text]} == {}
