"""Computes every tone of this folder: `python sounds/make.py` writes them beside itself.

Each tone is a few struck or blown partials under one envelope, so that it sounds made rather than
generated, and so that two tones differ in spectrum as well as in rhythm. The same program gives
the same bytes every time. 48 kHz, mono, 16 bit.

Every tone but `wake` begins within its first milliseconds, and all end in silence.
"""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE_HZ = 48_000
ATTACK_MS = 2.0
"""Short enough to place the onset to the millisecond, long enough not to click."""
SEED = 20

Wave = npt.NDArray[np.float64]

MARIMBA = ((1.0, 1.0, 1.0), (3.93, 0.30, 3.0), (9.2, 0.06, 7.0))
"""(multiple of the pitch, amplitude, how many times faster it dies away): a wooden bar, whose
first overtone is tuned near two octaves up (Fletcher and Rossing, Physics of Musical
Instruments, 19.3)."""
CHIME = ((1.0, 1.0, 1.0), (2.0, 0.42, 1.3), (3.0, 0.20, 1.8), (4.16, 0.10, 3.0))
FLUTE = ((1.0, 1.0, 1.0), (2.0, 0.28, 1.0), (3.0, 0.10, 1.2))
BELL = (
    (0.5, 0.35, 0.6), (1.0, 1.0, 1.0), (1.19, 0.45, 1.1), (1.5, 0.30, 1.4), (2.0, 0.55, 1.6),
    (2.51, 0.25, 2.2), (3.01, 0.18, 2.8), (4.17, 0.12, 4.0),
)  # fmt: skip
"""Hum, prime, tierce, quint, nominal and three above: the partials of a tuned bell (the same,
21.2)."""

Partials = tuple[tuple[float, float, float], ...]


def seconds(length_ms: float) -> Wave:
    """The time of each frame of a stretch, in seconds."""
    return np.arange(round(length_ms * RATE_HZ / 1000)) / RATE_HZ


def edges(length_ms: float, attack_ms: float = ATTACK_MS, release_ms: float = 25.0) -> Wave:
    """Raised-cosine edges around 1."""
    envelope = np.ones(seconds(length_ms).size)
    for edge_ms, window in ((attack_ms, slice(None)), (release_ms, slice(None, None, -1))):
        ramp = 0.5 - 0.5 * np.cos(np.pi * seconds(edge_ms) * 1000 / edge_ms)
        envelope[window][: ramp.size] *= ramp
    return envelope


def note(pitch_hz: float, length_ms: float, partials: Partials, half_life_ms: float) -> Wave:
    """One struck note whose pitch loses half its amplitude every `half_life_ms`."""
    time = seconds(length_ms)
    sound = sum(
        amplitude
        * np.sin(2 * np.pi * pitch_hz * multiple * time)
        * 0.5 ** (time * 1000 * speed / half_life_ms)
        for multiple, amplitude, speed in partials
    )
    return np.asarray(sound * edges(length_ms))


def sequence(length_ms: float, notes: Mapping[float, Wave]) -> Wave:
    """Notes laid over each other, each at its start in ms, then faded to the end."""
    sound = np.zeros(seconds(length_ms).size)
    for start_ms, voice in notes.items():
        first = round(start_ms * RATE_HZ / 1000)
        part = voice[: sound.size - first]
        sound[first : first + part.size] += part
    return np.asarray(sound * edges(length_ms, release_ms=60.0))


def knock(pitch_hz: float, seed: int) -> Wave:
    """Two wooden boards clapped together: a burst of noise and their short ring."""
    length_ms = 150.0
    time = seconds(length_ms)
    noise = np.random.default_rng(seed).standard_normal(time.size)
    noise = np.convolve(noise, np.hanning(9) / np.hanning(9).sum(), mode="same")
    burst = noise * 0.5 ** (time * 1000 / 4.0) * edges(length_ms)
    ring = note(pitch_hz, length_ms, ((1.0, 1.0, 1.0), (1.83, 0.7, 1.4), (2.71, 0.5, 2.0)), 9.0)
    return np.asarray(1.3 * burst + ring)


def hush(length_ms: float) -> Wave:
    """A breath of soft noise under a low chord that comes up over 0.4 s and stays."""
    time = seconds(length_ms)
    spectrum = np.fft.rfft(np.random.default_rng(SEED).standard_normal(time.size))
    frequency = np.fft.rfftfreq(time.size, 1 / RATE_HZ)
    noise = np.fft.irfft(spectrum / (1 + (frequency / 500) ** 2), time.size)
    chord = sum(np.sin(2 * np.pi * pitch * time) for pitch in (196.0, 293.66, 392.0))
    rise = 0.1 + 0.9 * (0.5 - 0.5 * np.cos(np.pi * np.minimum(time / 0.4, 1.0)))
    return np.asarray((chord / 3 + noise / noise.std()) * rise * edges(length_ms))


def tones() -> dict[str, tuple[float, Wave]]:
    """Each tone with the level of its peak in dBFS."""
    return {
        "tick": (-9.0, note(880.0, 100, MARIMBA, 22.0)),
        "start": (-14.0, note(1318.51, 400, CHIME, 150.0)),
        "rest": (
            -13.5,
            sequence(500, {0: note(783.99, 260, FLUTE, 110), 170: note(523.25, 330, FLUTE, 120)}),
        ),
        "switch": (
            -12.0,
            sequence(450, {0: note(587.33, 240, CHIME, 80), 150: note(987.77, 300, CHIME, 90)}),
        ),
        "release": (-14.0, note(440.0, 250, FLUTE, 80.0)),
        "halfway": (
            -13.0,
            sequence(300, {0: note(1174.66, 140, CHIME, 40), 110: note(1174.66, 190, CHIME, 60)}),
        ),
        "rep": (-19.0, note(698.46, 60, MARIMBA, 18.0)),
        "wake": (-34.0, hush(2000)),
        "earcon": (
            -24.0,
            sequence(240, {0: note(622.25, 130, FLUTE, 60), 90: note(932.33, 150, FLUTE, 60)}),
        ),
        "finish": (
            -11.0,
            sequence(
                900,
                {
                    0: note(523.25, 500, CHIME, 160),
                    110: note(659.26, 500, CHIME, 160),
                    220: note(783.99, 500, CHIME, 160),
                    330: note(1046.50, 570, CHIME, 220),
                },
            ),
        ),
        "clap": (
            -9.0,  # an MP3 rings before a burst that is louder, and is to be silent there
            sequence(600, {at: knock(1150.0, SEED + at) for at in (0, 170, 340)}),
        ),
        "bell": (-10.0, note(830.61, 2400, BELL, 320.0)),
    }  # fmt: skip


def write(path: Path, sound: Wave) -> None:
    """One tone as a 16-bit WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(np.round(sound * 32767).astype("<i2").tobytes())


def main() -> None:
    """Writes every tone beside this program."""
    for name, (peak_dbfs, sound) in tones().items():
        level = 10 ** (peak_dbfs / 20) / np.abs(sound).max()
        write(Path(__file__).with_name(f"{name}.wav"), sound * level)


if __name__ == "__main__":
    main()
