from __future__ import annotations

import tracemalloc
import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.model.audio import Audio
from voiceguide.model.roles import ToneRole
from voiceguide.model.timeline import Cue, Speech, Timeline, Tone
from voiceguide.sound import TONES, Mix, integrated_lufs, load, mix
from voiceguide.sound.level import apply
from voiceguide.sound.limiter import true_peak


def speech(start_ms: int, end_ms: int, words: str) -> Speech:
    return Speech(
        role="name", start_ms=start_ms, end_ms=end_ms, text=words, spoken=words, about=0, segment=0
    )


def tone(role: ToneRole, start_ms: int, length_ms: int) -> Tone:
    end_ms = start_ms + length_ms
    return Tone(role=role, start_ms=start_ms, end_ms=end_ms, sound=TONES[role], segment=0)


def timeline(duration_ms: int, *cues: Cue) -> Timeline:
    return Timeline(
        title="By hand",
        language="en",
        voice="noise",
        estimated=False,
        duration_ms=duration_ms,
        segments=(),
        cues=tuple(sorted(cues, key=lambda cue: cue.start_ms)),
    )


def say(cue: Speech) -> Audio:
    """Noise between 120 Hz and about 1 kHz in syllables, the same for the same words."""
    n_frames = 48 * max(cue.end_ms - cue.start_ms, 1) - 20
    noise = np.random.default_rng(zlib.crc32(cue.spoken.encode())).standard_normal(n_frames)
    size = 1 << n_frames.bit_length()
    frequency = np.fft.rfftfreq(size, 1 / 48_000)
    band = (frequency > 120) / (1 + (frequency / 900) ** 4)
    sound = np.fft.irfft(np.fft.rfft(noise, size) * band)[:n_frames]
    time = np.arange(n_frames) / 48_000
    sound *= np.sin(np.pi * 4 * time) ** 2 * np.minimum(1, np.arange(n_frames)[::-1] / 240)
    sound *= 0.1 / np.sqrt(np.mean(sound**2))
    return Audio(sound.astype(np.float32)[:, None], 48_000)


def beep(cue: Tone) -> Audio:
    return load(cue.sound)


SESSION = timeline(
    12_000,
    speech(504, 2800, "Plank. Thirty seconds."),
    tone("countdown", 3000, 100),
    tone("countdown", 4000, 100),
    tone("start", 5000, 400),
    speech(6000, 6900, "Squeeze"),
    tone("rep", 6500, 60),
    tone("wake", 8000, 500),
    speech(8500, 9400, "Nearly there"),
    tone("finish", 11_100, 900),
)
"""Words, a countdown, a start, words over a rep mark, two touching cues, a finish."""


def whole(mixed: Mix, block_frames: int = 48_000) -> Audio:
    return Audio(np.concatenate([block.samples for block in mixed.blocks(0, block_frames)]), 48_000)


@pytest.fixture(scope="module")
def mixed() -> Mix:
    return mix(SESSION, say, beep)


@pytest.fixture(scope="module")
def samples(mixed: Mix) -> np.ndarray:
    return whole(mixed).samples


def test_is_exactly_as_long_as_the_timeline(mixed: Mix, samples: np.ndarray) -> None:
    assert mixed.n_frames == len(samples) == 12_000 * 48
    assert samples.dtype == np.float32
    assert samples.shape[1] == mixed.n_channels == 1


def test_comes_at_the_target_loudness_under_the_ceiling(samples: np.ndarray) -> None:
    sound = Audio(samples, 48_000)
    assert integrated_lufs(sound) == pytest.approx(-19, abs=0.05)
    assert 20 * np.log10(true_peak(sound)) <= -1.95


def test_every_cue_begins_at_its_frame(samples: np.ndarray) -> None:
    for cue in SESSION.cues:
        if cue.start_ms in (6500, 8500):
            continue  # within other sound
        start = cue.start_ms * 48
        assert not samples[start - 48 : start].any()
        sounding = np.flatnonzero(samples[start : start + 480])
        assert sounding[0] < 48, cue


def test_tones_have_their_own_shape_at_their_place(mixed: Mix, samples: np.ndarray) -> None:
    tick = load("tick").samples * np.float32(mixed.level.gain)
    at = 4000 * 48
    assert np.allclose(samples[at : at + len(tick)], tick, atol=1e-6)


def test_between_cues_is_digital_silence(mixed: Mix, samples: np.ndarray) -> None:
    heard = np.zeros(len(samples), dtype=bool)
    for span in mixed.spans:
        heard[span.start_frame : span.end_frame] = True
    assert not samples[~heard].any()
    for first, second in ((2800, 3000), (3100, 4000), (5400, 6000), (6900, 8000), (9400, 11_100)):
        assert not samples[first * 48 : second * 48].any()


def test_sounds_that_come_together_are_added(mixed: Mix, samples: np.ndarray) -> None:
    words, rep = say(SESSION.speech[1]).samples, load("rep").samples
    expected = words.copy()
    expected[500 * 48 : 500 * 48 + len(rep)] += rep
    begin = 6000 * 48
    got = samples[begin : begin + len(expected)]
    held = apply(Audio(expected, 48_000), mixed.level.gain)
    assert np.allclose(got, held.samples, atol=0.02)


@settings(max_examples=25, deadline=None)
@given(start=st.integers(0, 12_000 * 48), block=st.integers(1000, 700_000))
def test_any_start_and_any_block_give_the_same_samples(
    mixed: Mix, samples: np.ndarray, start: int, block: int
) -> None:
    blocks = [part.samples for part in mixed.blocks(start, block)]
    assert all(len(part) == block for part in blocks[:-1])
    assert np.array_equal(np.concatenate([np.zeros((0, 1)), *blocks]), samples[start:])


@pytest.mark.parametrize(("start", "block"), [(-1, 100), (12_000 * 48 + 1, 100), (0, 0)])
def test_a_start_outside_the_session_is_refused(mixed: Mix, start: int, block: int) -> None:
    with pytest.raises(ValueError, match="no blocks"):
        next(mixed.blocks(start, block))


def test_a_sound_longer_than_its_cue_is_faded_out_at_its_end() -> None:
    bell = Tone(role="script", start_ms=500, end_ms=900, sound="bell", segment=0)
    sound = whole(mix(timeline(2000, bell), say, beep)).samples[:, 0]
    assert not sound[900 * 48 :].any()
    assert np.abs(sound[900 * 48 - 48 : 900 * 48]).max() < np.abs(sound).max() / 20
    assert np.abs(sound[880 * 48 : 888 * 48]).max() > np.abs(sound).max() / 4


def test_a_cue_that_runs_past_the_end_is_faded_out_there() -> None:
    late = speech(1500, 4000, "Too late")
    sound = whole(mix(timeline(2000, late), say, beep))
    assert sound.n_frames == 2000 * 48
    assert np.abs(sound.samples[-24:]).max() < 0.01


@pytest.mark.parametrize(
    "cues",
    [
        (tone("countdown", 0, 100),),
        (tone("start", 4600, 400),),
        tuple(tone("countdown", second * 1000, 100) for second in range(5)),
    ],
    ids=["one tick", "one start at the very end", "ticks"],
)
def test_sessions_of_beeps_reach_the_target(cues: tuple[Cue, ...]) -> None:
    sound = whole(mix(timeline(5000, *cues), say, beep))
    assert integrated_lufs(sound) == pytest.approx(-19, abs=0.3)
    assert 20 * np.log10(true_peak(sound)) <= -1.95


@pytest.mark.parametrize("cues", [(), (tone("wake", 1000, 500),)])
def test_silence_is_not_blown_up(cues: tuple[Cue, ...]) -> None:
    mixed = mix(timeline(5000, *cues), say, beep)
    assert mixed.level.gain_db <= 20
    assert np.abs(whole(mixed).samples).max(initial=0) < 0.25


def test_clips_of_silence_give_silence() -> None:
    quiet = timeline(3000, speech(500, 1500, "Nothing"))
    mixed = mix(quiet, lambda _: Audio(np.zeros((48_000, 1), np.float32), 48_000), beep)
    assert not whole(mixed).samples.any()
    assert mixed.level.gain_db == 0


def test_loud_clips_are_turned_down() -> None:
    def shout(cue: Speech) -> Audio:
        return Audio(np.float32(6) * say(cue).samples, 48_000)

    sound = whole(mix(SESSION, shout, beep))
    assert integrated_lufs(sound) == pytest.approx(-19, abs=0.1)
    assert 20 * np.log10(true_peak(sound)) <= -1.95


def test_equal_islands_have_equal_keys_and_others_not() -> None:
    again = timeline(
        9000,
        speech(504, 1500, "Rest"),
        speech(3504, 4500, "Rest"),
        speech(5504, 6500, "Work"),
        replace(speech(7504, 8500, "Rest"), speed=1.1),
    )
    keys = [span.key for span in mix(again, say, beep).spans]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


def test_equal_islands_are_asked_for_once_to_measure() -> None:
    asked: list[str] = []

    def listed(cue: Speech) -> Audio:
        asked.append(cue.spoken)
        return Audio(say(cue).samples * np.float32(0.2), 48_000)

    mix(
        timeline(60_000, *(speech(at, at + 900, "Rest") for at in range(0, 60_000, 1000))),
        listed,
        beep,
    )
    assert asked.count("Rest") == 1


def test_progress_ends_at_one() -> None:
    told: list[float] = []
    mix(SESSION, say, beep, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.slow
def test_memory_does_not_grow_with_length() -> None:
    def peak_bytes(minutes: int) -> int:
        cues = [speech(at, at + 2500, f"Cue {at}") for at in range(0, minutes * 60_000, 10_000)]
        tracemalloc.start()
        for _ in mix(timeline(minutes * 60_000, *cues), say, beep).blocks():
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    short, long = peak_bytes(10), peak_bytes(60)
    assert long < 1.25 * short + 8_000_000, (short, long)
