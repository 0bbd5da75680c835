"""From what an engine hands over to a clip for the mix: level, ends, rate, speed.

One constant gain a voice, so that sentences keep their natural level. Clip work is pydub's, in
16 bits; resampling is not (its resampler aliases), nor are the fades (it has no raised cosine).
"""

from __future__ import annotations

import math
import warnings

import numpy as np
import numpy.typing as npt
import soxr

from voiceguide.model.audio import Audio
from voiceguide.model.units import RATE_HZ, ms_to_frames
from voiceguide.voice import stretch

with warnings.catch_warnings():
    # It warns of a missing ffmpeg, which it is not asked for here, and of `audioop`.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

Mono = npt.NDArray[np.float32]

VERSION = 1
"""Counts up when a clip sounds different."""

LEVEL_LUFS = -19.0
"""Loudness of the reference phrase of every voice."""
_MAX_GAIN_DB = 30.0
_FULL_SCALE = 2.0
"""The sample that 16 bits end at. espeak at that loudness peaks above 0 dBFS, which is the
limiter's business: with a gain of its own for each clip sentences would lose their level."""

_SILENCE = 10 ** (-55 / 20)
"""Peak below which nothing is heard of a voice at -19 LUFS; the ends of "six", "rest" and "left"
lie 15 dB and more above it."""
_HEAD_MS = 10
_TAIL_MS = 20
"""Kept of the silence: at the end more, a clip ends with 20 ms below -50 dBFS."""
_FADE_MS = 5

EMPTY = Audio(np.zeros((ms_to_frames(_HEAD_MS), 1), np.float32), RATE_HZ)
"""The clip of a text with nothing to be spoken."""

MAX_SPEED = 1.15


def prepared(raw: Audio, pitch: float = 0.0) -> Audio:
    """The same sound in mono at 48 kHz, without its DC, `pitch` semitones higher.

    DC is the median, silence: the mean of speech, whose waves lean to one side, is not 0.
    """
    mono = raw.samples.mean(axis=1, dtype=np.float32)
    if len(mono):
        mono = mono - np.median(mono)
    # Played faster it is higher, and shorter; then it is drawn out to the length it had.
    faster = 2 ** (pitch / 12)
    if raw.rate_hz != RATE_HZ or pitch:
        mono = soxr.resample(mono, raw.rate_hz * faster, RATE_HZ)
    if pitch:
        mono = stretch.stretched(mono, round(len(mono) * faster))
    return Audio(mono.reshape(-1, 1), RATE_HZ)


def finished(sound: Audio, gain_db: float) -> Audio:
    """The clip of a `prepared` sound: levelled, its silence trimmed, its ends faded.

    A whole number of milliseconds long; of 0 frames where nothing is to be heard.
    """
    if not sound.n_frames:
        return sound
    speech = _segment(sound)
    speech = speech.apply_gain(min(gain_db, -speech.max_dBFS))
    heard = np.flatnonzero(np.abs(_samples(speech)) > _SILENCE)
    if not len(heard):
        return Audio(np.zeros((0, 1), np.float32), RATE_HZ)
    first_ms = max(int(heard[0]) // ms_to_frames(1) - _HEAD_MS, 0)
    last_ms = math.ceil((int(heard[-1]) + 1) / ms_to_frames(1))
    end_ms = min(last_ms + _TAIL_MS, len(speech))
    clip = _faded(_samples(speech[first_ms:end_ms]))
    # An engine that stops in the middle of a sound gets the silence that it left out.
    missing = ms_to_frames(last_ms + _TAIL_MS - end_ms)
    whole = np.pad(clip, (0, missing + -len(clip) % ms_to_frames(1)))
    return Audio(whole.reshape(-1, 1), RATE_HZ)


def louder(clip: Audio, by_db: float) -> Audio:
    """The same clip, so many dB louder."""
    return Audio(clip.samples * np.float32(10 ** (by_db / 20)), clip.rate_hz) if by_db else clip


def faster(clip: Audio, speed: float) -> Audio:
    """A clip in 1 / `speed` of its frames, its pitch kept; the silence at its end as long.

    Raises:
        ValueError: a speed outside 1 to 1.15.
    """
    if not 1.0 <= speed <= MAX_SPEED:
        raise ValueError(f"speed {speed}, expected 1 to {MAX_SPEED}")
    n_frames = int(clip.n_frames / speed)
    tail = ms_to_frames(_TAIL_MS)
    if n_frames == clip.n_frames or n_frames <= tail:
        return Audio(clip.samples[:n_frames], clip.rate_hz)
    body = stretch.stretched(clip.samples[:-tail, 0], n_frames - tail)
    return Audio(np.concatenate([body, clip.samples[-tail:, 0]]).reshape(-1, 1), clip.rate_hz)


def at_speed(body: bytes, length_ms: int, speed: float) -> Audio:
    """A kept clip, faster, and never longer than was promised of it.

    Spoken anew since its length was told, here or by another process, it may be a hair longer:
    two runs of espeak differ.

    Args:
        body: what `to_bytes` wrote.
        length_ms: its length at its own speed, as the timeline was planned with.
        speed: 1 to 1.15.
    """
    clip = faster(from_bytes(body), speed)
    n_frames = ms_to_frames(math.ceil(length_ms / speed))
    return Audio(clip.samples[:n_frames], clip.rate_hz)


def level_gain_db(lufs: float) -> float:
    """The gain of a voice whose reference phrase measures `lufs`, within reason."""
    return max(-_MAX_GAIN_DB, min(LEVEL_LUFS - lufs, _MAX_GAIN_DB))


def to_bytes(clip: Audio) -> bytes:
    """A mono clip as 16-bit little-endian samples, as the cache keeps it."""
    scaled = clip.samples * np.float32(32_767 / _FULL_SCALE)
    whole: bytes = np.round(np.clip(scaled, -32_767, 32_767)).astype("<i2").tobytes()
    return whole


def n_frames(data: bytes) -> int:
    """The frames of what `to_bytes` wrote."""
    return len(data) // 2


def from_bytes(data: bytes) -> Audio:
    """The clip that `to_bytes` wrote."""
    return Audio(_floats(data).reshape(-1, 1), RATE_HZ)


def _segment(sound: Audio) -> AudioSegment:
    return AudioSegment(data=to_bytes(sound), sample_width=2, frame_rate=sound.rate_hz, channels=1)


def _samples(segment: AudioSegment) -> npt.NDArray[np.float32]:
    return _floats(segment.raw_data)


def _floats(data: bytes) -> npt.NDArray[np.float32]:
    samples: npt.NDArray[np.float32] = np.frombuffer(data, "<i2").astype(np.float32)
    samples *= np.float32(_FULL_SCALE / 32_767)
    return samples


def _faded(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    n_frames = min(ms_to_frames(_FADE_MS), len(samples) // 2)
    rise = (0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, n_frames))).astype(np.float32)
    result: npt.NDArray[np.float32] = samples.copy()
    result[:n_frames] *= rise
    result[len(result) - n_frames :] *= rise[::-1]
    return result
