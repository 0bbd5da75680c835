"""A session made by hand, and clips of noise in the band of speech."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from voiceguide.model.audio import Audio
from voiceguide.model.timeline import Cue, Speech, Timeline, Tone, ToneRole
from voiceguide.sound import TONES, load


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


@pytest.fixture
def session() -> Timeline:
    """12 s: words, a countdown, a start, words over a rep mark, two touching cues, a finish."""
    return timeline(
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
