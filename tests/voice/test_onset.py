"""A counted number is heard on its beat: its stressed syllable, not the first sound of its clip."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from voiceguide import cache, pipeline
from voiceguide.model.audio import Audio
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Speech
from voiceguide.model.units import RATE_HZ
from voiceguide.voice import clips
from voiceguide.voice.onset import MAX_MS, onset_ms

TOLERANCE_MS = 15
ENGINES = ["pyttsx3", *(pytest.param(name, marks=pytest.mark.slow) for name in ("hibari", "piper"))]
COUNTS = """\
voiceguide: 1
title: Counts
coach: {countdown_voice: true, countdown: 5, count_reps: all, praise: false, tips: false}
steps:
  - {exercise: hop, duration: 20s}
  - {exercise: jump, reps: 9, pace: 2s, say: Jump}
"""


def counted(engine: str, script: str = COUNTS) -> tuple[list[Speech], npt.NDArray[np.float32]]:
    """The numbers of a session, and its sound."""
    if engine != "pyttsx3":
        pytest.importorskip(engine)
    timeline, mix = pipeline.prepare(
        Source(script.encode(), "counts.yaml", Path()), Options(engine=engine)
    )
    numbers = [cue for cue in timeline.speech if cue.role in {"rep", "countdown"}]
    return numbers, np.concatenate([block.samples for block in mix.blocks()])[:, 0]


def rise_ms(samples: npt.NDArray[np.float32]) -> float:
    """When a word is half as loud as it gets, over 50 ms and all of the band."""
    window = np.full(RATE_HZ // 20, 20 / RATE_HZ)
    # Out of silence: some words begin at their loudest.
    power = np.pad(samples.astype(np.float64) ** 2, (len(window), 0))
    loud = np.sqrt(np.convolve(power, window, "same"))
    before = loud[: int(np.argmax(loud))]
    last = int(np.flatnonzero(before < 0.5 * loud.max())[-1])
    return float(last - len(window)) * 1000 / RATE_HZ


@pytest.mark.parametrize("engine", ENGINES)
def test_three_two_one_are_heard_a_second_apart(engine: str) -> None:
    numbers, sound = counted(engine)
    countdown = [cue for cue in numbers if cue.role == "countdown" and cue.text in "321"]
    assert [cue.text for cue in countdown] == ["3", "2", "1"]
    heard = [
        cue.start_ms + rise_ms(sound[cue.start_ms * 48 : cue.end_ms * 48]) for cue in countdown
    ]
    for before, after in pairwise(heard):
        assert after - before == pytest.approx(1000, abs=TOLERANCE_MS)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_number_says_where_its_beat_is(engine: str) -> None:
    numbers, _ = counted(engine)
    assert [cue.text for cue in numbers if cue.role == "rep"] == list("23456789")
    for cue in numbers:
        assert cue.beat_ms is not None
        assert cue.beat_ms % 1000 == 0
        assert cue.start_ms < cue.beat_ms < cue.end_ms


def test_words_before_a_spoken_countdown_end_before_its_first_sound() -> None:
    script = COUNTS + "  - {rest: 15s, say: Breathe and shake your legs as long as you like}\n"
    timeline, _ = pipeline.prepare(
        Source(script.encode(), "counts.yaml", Path()), Options(engine="pyttsx3")
    )
    for first, then in pairwise(timeline.speech):
        if then.role == "countdown" and first.role != "countdown":
            assert then.start_ms - first.end_ms >= 300


def test_other_words_have_no_beat_and_a_first_rep_begins_with_its_segment() -> None:
    script = COUNTS.replace("count_reps: all", "count_reps: all, starts: false")
    timeline, _ = pipeline.prepare(
        Source(script.encode(), "counts.yaml", Path()), Options(engine="pyttsx3")
    )
    marks = timeline.segments[-1].marks_ms
    reps = [cue for cue in timeline.speech if cue.role == "rep"]
    assert reps[0].start_ms == marks[0]
    assert [cue.beat_ms for cue in reps[1:]] == list(marks[1:])
    assert {cue.beat_ms for cue in timeline.speech if cue.role not in {"rep", "countdown"}} == {
        None
    }


def word(*parts: tuple[int, float, int]) -> bytes:
    """A clip of hums, each of so many ms, so loud, at a pitch in Hz."""
    sounds = [
        level * np.sin(2 * np.pi * hz * np.arange(ms * 48) / RATE_HZ) for ms, level, hz in parts
    ]
    return clips.to_bytes(Audio(np.concatenate(sounds).astype(np.float32).reshape(-1, 1), RATE_HZ))


@pytest.mark.parametrize(
    ("clip", "expected_ms"),
    [
        pytest.param(word((400, 0.3, 500)), 0, id="a vowel"),
        pytest.param(word((100, 0.3, 8000), (300, 0.3, 500)), 100, id="a hiss before it"),
        pytest.param(word((120, 0.1, 500), (300, 0.4, 500)), 120, id="a soft syllable before it"),
        pytest.param(
            word((150, 0.4, 500), (80, 0.01, 500), (200, 0.3, 500)), 0, id="a soft one after it"
        ),
        pytest.param(
            word((100, 0.35, 500), (60, 0.22, 500), (250, 0.4, 500)), 0, id="a dip in its syllable"
        ),
        pytest.param(word((600, 0.01, 500), (300, 0.4, 500)), MAX_MS, id="later than is sensible"),
        pytest.param(clips.to_bytes(clips.EMPTY), 0, id="silence"),
    ],
)
def test_the_onset_is_that_of_the_loudest_syllable(
    clip: bytes, expected_ms: int, tmp_path: Path
) -> None:
    store = cache.Cache(tmp_path)
    assert onset_ms(clip, store) == pytest.approx(expected_ms, abs=10)
    assert onset_ms(clip, store) == onset_ms(clip, cache.Cache(tmp_path))
