from __future__ import annotations

import re
import subprocess

import numpy as np
import pyloudnorm
import pytest

from voiceguide.ffmpeg import locate
from voiceguide.model.audio import Audio
from voiceguide.sound.loudness import Meter, energies, integrated_lufs


def sine(level_dbfs: float, seconds: float, *, hz: float = 997.0, channels: int = 1) -> Audio:
    time = np.arange(round(48_000 * seconds)) / 48_000
    wave = 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hz * time)
    return Audio(np.tile(wave[:, None], channels).astype(np.float32), 48_000)


def joined(*parts: Audio) -> Audio:
    return Audio(np.concatenate([part.samples for part in parts]), 48_000)


def noise(seconds: float, seed: int = 1) -> Audio:
    samples = np.random.default_rng(seed).standard_normal((round(48_000 * seconds), 1)) * 0.1
    return Audio(samples.astype(np.float32), 48_000)


def test_full_scale_sine_is_minus_three() -> None:
    """BS.1770-4, annex 1: a 997 Hz sine at 0 dBFS in one channel reads -3.01 LUFS."""
    assert integrated_lufs(sine(0.0, 5)) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([(-23, 20)], -23),
        ([(-33, 20)], -33),
        ([(-36, 10), (-23, 60), (-36, 10)], -23),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
)
def test_ebu_minimum_requirements(levels: list[tuple[float, float]], expected: float) -> None:
    """EBU Tech 3341, table 1, cases 1 to 5: 1 kHz stereo sines, within 0.1 LU."""
    parts = [sine(level, seconds, hz=1000.0, channels=2) for level, seconds in levels]
    assert integrated_lufs(joined(*parts)) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    "sound",
    [noise(3.0), joined(noise(1.0), sine(-60, 4), sine(-12, 2, hz=200)), sine(-20, 12.34, hz=60)],
    ids=["noise", "gated", "low"],
)
def test_agrees_with_other_meters(sound: Audio) -> None:
    other = pyloudnorm.Meter(48_000).integrated_loudness(sound.samples.astype(float))
    assert integrated_lufs(sound) == pytest.approx(other, abs=0.15)
    result = subprocess.run(
        [locate(), "-hide_banner", "-f", "f32le", "-ar", "48000", "-ac", "1", "-i", "pipe:0",
         "-af", "ebur128", "-f", "null", "-"],
        input=sound.samples.astype("<f4").tobytes(), capture_output=True, check=True,
    )  # fmt: skip
    told = float(re.findall(rb"I:\s+(-?[\d.]+) LUFS", result.stderr)[-1])
    assert integrated_lufs(sound) == pytest.approx(told, abs=0.1)


def test_parts_laid_apart_read_as_the_whole() -> None:
    word, tick = noise(0.73), sine(-10, 0.1)
    places = [(0, word), (1234, tick), (2234, tick), (3210, word)]
    whole = np.zeros((5 * 48_000, 1), dtype=np.float32)
    meter = Meter(5000)
    for at_ms, part in places:
        whole[at_ms * 48 : at_ms * 48 + part.n_frames] += part.samples
        meter.add(at_ms, energies(part))
    assert meter.lufs() == pytest.approx(integrated_lufs(Audio(whole, 48_000)), abs=0.001)


def test_long_sounds_are_measured_in_pieces_that_join() -> None:
    long = noise(12.0)
    halves = Meter(12_000)
    for first in (0, 6):
        part = Audio(long.samples[first * 48_000 : (first + 6) * 48_000], 48_000)
        halves.add(first * 1000, energies(part))
    assert halves.lufs() == pytest.approx(integrated_lufs(long), abs=0.001)


def test_silence_has_no_loudness() -> None:
    assert integrated_lufs(Audio(np.zeros((48_000, 1), np.float32), 48_000)) == -np.inf
    assert integrated_lufs(Audio(np.zeros((0, 1), np.float32), 48_000)) == -np.inf
    assert Meter(0).lufs() == -np.inf


def test_only_our_sample_rate_is_measured() -> None:
    with pytest.raises(ValueError, match="44100"):
        integrated_lufs(Audio(np.zeros((10, 1), np.float32), 44_100))
