"""How long the words of every move last when they are spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from voiceguide.library import at_level, load
from voiceguide.model import template
from voiceguide.model.exercise import Move
from voiceguide.sound.loudness import integrated_lufs
from voiceguide.voice import Speaker, choose

FULL_MS, SHORT_MS, CUE_MS = 12_000, 4_000, 3_000
LONGER_WORD = {"side": "right", "other_side": "right"}

Told = Callable[[str], int]


@pytest.fixture(scope="module", params=["pyttsx3", "hibari"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Length in ms of a text as an engine speaks it at the usual rate."""
    pytest.importorskip(request.param)
    folder: Path = tmp_path_factory.mktemp("clips")
    choice = choose(request.param, None, "en", None)
    speaker = Speaker(choice, loudness=integrated_lufs, cache_dir=folder)
    speaker.speak(filled(text) for move in levels() for text in texts(move))

    def length_ms(text: str) -> int:
        utterance = speaker.utterance(filled(text))
        assert utterance is not None
        return utterance.length_ms

    return length_ms


def levels() -> Iterator[Move]:
    for move in load().moves.values():
        for number in range(1, max(1, len(move.levels)) + 1):
            yield at_level(move, number)


def texts(move: Move) -> tuple[str, ...]:
    return (move.setup, move.setup_short, *move.tips)


def filled(text: str) -> str:
    return template.fill(text, LONGER_WORD)


@pytest.mark.slow
def test_a_set_up_is_told_in_12_s_in_4_s_in_short_and_a_cue_in_3_s(told: Told) -> None:
    long = [
        (move.name, text, told(text))
        for move in levels()
        for text, most_ms in zip(
            texts(move), (FULL_MS, SHORT_MS, *[CUE_MS] * len(move.tips)), strict=True
        )
        if told(text) > most_ms
    ]
    assert long == []
