from __future__ import annotations

import numpy as np
import pytest
import soxr

from voiceguide.model.audio import Audio
from voiceguide.sound.limiter import limit, true_peak


def audio(samples: np.ndarray) -> Audio:
    columns = samples if samples.ndim > 1 else samples[:, None]
    return Audio(columns.astype(np.float32), 48_000)


def test_peaks_between_samples_are_seen() -> None:
    """A sine at a quarter of the rate, 45 degrees off, never has a sample at its crest."""
    quarter = audio(np.sin(np.pi / 2 * np.arange(4800) + np.pi / 4))
    assert np.abs(quarter.samples).max() == pytest.approx(0.7071, abs=0.001)
    assert true_peak(quarter) == pytest.approx(1.0, rel=0.02)


@pytest.mark.parametrize(
    ("part_of_rate", "degrees", "amplitude", "expected_dbtp"),
    [(4, 0.0, 0.5, -6.0), (4, 45.0, 0.5, -6.0), (6, 60.0, 0.5, -6.0), (8, 67.5, 0.5, -6.0),
     (4, 45.0, 1.41, 3.0)],
)  # fmt: skip
def test_ebu_true_peaks(
    part_of_rate: int, degrees: float, amplitude: float, expected_dbtp: float
) -> None:
    """EBU Tech 3341, table 1, cases 15 to 19: stereo sines, within +0.2 and -0.4 dB.

    They come and go softly: a sine that begins in its middle has a higher peak there.
    """
    turns = 2 * np.pi * (np.arange(48_000) / part_of_rate) + np.deg2rad(degrees)
    edges = np.minimum(1.0, np.minimum(np.arange(48_000), np.arange(48_000)[::-1]) / 4800)
    sound = audio(np.tile((edges * amplitude * np.sin(turns))[:, None], 2))
    assert -0.4 <= 20 * np.log10(true_peak(sound)) - expected_dbtp <= 0.2


def test_true_peak_agrees_with_a_longer_interpolator() -> None:
    noise = np.random.default_rng(3).standard_normal(48_000)
    noise = soxr.resample(noise, 24_000, 48_000)
    finer = np.abs(soxr.resample(noise, 48_000, 384_000)).max()
    assert true_peak(audio(noise)) == pytest.approx(finer, rel=0.06)


@pytest.mark.parametrize("channels", [1, 2])
def test_limited_sound_stays_under_the_ceiling(channels: int) -> None:
    loud = np.random.default_rng(5).standard_normal((24_000, channels)) * 0.3
    loud[9000:9100] *= 5
    held = limit(audio(loud), 0.8)
    assert true_peak(held) <= 0.8 * 1.005
    assert held.n_channels == channels


def test_only_the_neighbourhood_of_a_peak_is_turned_down() -> None:
    quiet = np.sin(np.arange(48_000) / 9) * 0.2
    quiet[24_000:24_050] *= 6
    before, after = audio(quiet), limit(audio(quiet), 0.8)
    changed = np.flatnonzero((before.samples != after.samples)[:, 0])
    assert changed.min() > 24_000 - 48 * 31
    assert changed.max() < 24_050 + 48 * 31
    gain = after.samples[changed, 0] / before.samples[changed, 0]
    assert np.abs(np.diff(gain[np.isfinite(gain)])).max() < 0.01, "no clicks"


def test_what_is_low_enough_is_left_as_it_is() -> None:
    low = audio(np.sin(np.arange(4800) / 7) * 0.5)
    assert limit(low, 0.8) is low


@pytest.mark.parametrize("n_frames", [0, 1, 5])
def test_the_shortest_sounds_have_a_peak(n_frames: int) -> None:
    short = audio(np.full((n_frames, 1), 0.9))
    assert true_peak(short) >= (0.9 if n_frames else 0.0) * 0.999
    assert true_peak(limit(short, 0.5)) <= 0.51


def test_a_peak_above_the_floor_is_exact_and_one_below_stays_below() -> None:
    sound = audio(0.5 * np.sin(np.pi / 2 * np.arange(4800) + 0.7))
    exact = true_peak(sound)
    assert true_peak(sound, exact - 0.01) == exact
    assert true_peak(sound, exact + 0.3) <= exact
