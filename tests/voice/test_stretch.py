from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from voiceguide.model.units import RATE_HZ
from voiceguide.voice.stretch import stretched


def sine(hz: float, seconds: float = 1.0) -> npt.NDArray[np.float32]:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE_HZ)) / RATE_HZ)).astype(
        np.float32
    )


def pitch_hz(samples: npt.NDArray[np.float32]) -> float:
    """Of the strongest partial, between bins by a parabola."""
    spectrum = np.log(np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) + 1e-12)
    top = int(np.argmax(spectrum))
    left, middle, right = spectrum[top - 1 : top + 2]
    offset = 0.5 * (left - right) / (left - 2 * middle + right)
    return float((top + offset) * RATE_HZ / len(samples))


@pytest.mark.parametrize("hz", [110.0, 220.0, 997.0])
@pytest.mark.parametrize("speed", [1.03, 1.15])
def test_the_pitch_stays(hz: float, speed: float) -> None:
    faster = stretched(sine(hz), round(RATE_HZ / speed))
    assert pitch_hz(faster) == pytest.approx(hz, rel=0.005)


@pytest.mark.parametrize("n_frames", [0, 1, 479, 480, 481, 41_739, 47_999])
def test_the_length_is_exact(n_frames: int) -> None:
    assert len(stretched(sine(200), n_frames)) == n_frames


def test_there_are_no_clicks_and_no_holes() -> None:
    """A jump would be steeper than the sine ever is; a hole would lack its level."""
    tone = sine(150)
    faster = stretched(tone, round(RATE_HZ / 1.15))[960:-960]
    assert np.abs(np.diff(faster)).max() < 1.2 * np.abs(np.diff(tone)).max()
    level = np.sqrt(np.mean(faster[: len(faster) // 480 * 480].reshape(-1, 480) ** 2, axis=1))
    assert level.min() > 0.2
    assert np.abs(faster).max() < 0.55


def test_what_happens_in_it_comes_as_much_sooner() -> None:
    sound = np.zeros(RATE_HZ, np.float32)
    sound[24_000:26_400] = sine(300, 0.05)
    faster = stretched(sound, round(RATE_HZ / 1.15))
    begin = int(np.flatnonzero(np.abs(faster) > 0.05)[0])
    assert begin == pytest.approx(24_000 / 1.15, abs=0.01 * RATE_HZ)


def test_the_same_speed_changes_next_to_nothing() -> None:
    tone = sine(440)
    assert np.abs(stretched(tone, len(tone)) - tone).max() < 1e-3
