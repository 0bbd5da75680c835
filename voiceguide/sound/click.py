"""The metronome: one soft click, laid at exact times."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.model.audio import Audio
from voiceguide.model.units import RATE_HZ, ms_to_frames
from voiceguide.sound.loudness import integrated_lufs

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples

N_FRAMES = ms_to_frames(90)
_PITCH_HZ = 1900.0
_HALF_LIFE_MS = 12.0
_ATTACK_MS = 1.0
_MINUTE = 60 * RATE_HZ


@cache
def click(cadence: int) -> Samples:
    """One click, shape (`N_FRAMES`, 2), as loud as makes the train of them 0 LUFS."""
    time_ms = np.arange(N_FRAMES) * 1000 / RATE_HZ
    rise = np.sin(np.pi / 2 * np.minimum(time_ms / _ATTACK_MS, 1.0)) ** 2
    fall = 0.5 ** (time_ms / _HALF_LIFE_MS) * np.linspace(1.0, 0.0, N_FRAMES)
    wave = sum(
        level * np.sin(2 * np.pi * _PITCH_HZ * multiple * time_ms / 1000)
        for multiple, level in ((1.0, 1.0), (0.5, 0.4), (2.7, 0.15))
    )
    samples = np.repeat((wave * rise * fall * 0.1)[:, None], 2, axis=1).astype(np.float32)
    train = np.zeros((10 * RATE_HZ, 2), dtype=np.float32)
    for beat in beats(cadence, 0, len(train) - N_FRAMES):
        train[beat : beat + N_FRAMES] += samples
    result: Samples = samples * np.float32(10 ** (-integrated_lufs(Audio(train, RATE_HZ)) / 20))
    return result


def beats(cadence: int, start: int, end: int, first: int = 0) -> Iterator[int]:
    """The frames of the beats from `start`, where there is one, to before `end`.

    Each is counted from the start, so that lengths that are no whole frame never add up.

    Args:
        cadence: beats a minute.
        start: where the first beat is.
        end: where there is none any more.
        first: beats before it are left out.
    """
    number = max((first - start) * cadence // _MINUTE, 0)
    while (beat := start + round(number * _MINUTE / cadence)) < end:
        if beat >= first:
            yield beat
        number += 1
