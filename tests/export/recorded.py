"""Sounds as an exporter is given them, made without the stages that make them in earnest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from voiceguide.model.audio import Audio, Span


@dataclass(frozen=True)
class Recorded:
    """Samples in memory, as an exporter is given them."""

    samples: np.ndarray
    """float32, shape (frames, channels)."""
    spans: Sequence[Span]

    @property
    def n_frames(self) -> int:
        return len(self.samples)

    @property
    def n_channels(self) -> int:
        return int(self.samples.shape[1])

    def blocks(self, start_frame: int = 0, block_frames: int = 48_000) -> Iterator[Audio]:
        for first in range(start_frame, self.n_frames, block_frames):
            yield Audio(self.samples[first : first + block_frames], 48_000)


def record(duration_ms: int, *parts: tuple[int, str], channels: int = 1) -> Recorded:
    """Sound of so many ms, with a `word`, a `tick` or a `hiss` at each of the ms given."""
    samples = np.zeros((duration_ms * 48, channels), dtype=np.float32)
    spans = []
    for at_ms, name in parts:
        heard = SOUNDS[name][: len(samples) - at_ms * 48]
        samples[at_ms * 48 : at_ms * 48 + len(heard)] = heard[:, None]
        spans.append(Span(at_ms * 48, len(heard), (name, len(heard))))
    return Recorded(samples, spans)


def sing(n_frames: int) -> Recorded:
    """Stereo music without a gap: chords that change, and noise on the beat."""
    chance = np.random.default_rng(4)
    time = np.arange(n_frames) / 48_000
    samples = np.zeros((n_frames, 2))
    for _ in range(12):
        hz, side = chance.uniform(80, 3000), chance.random()
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * chance.uniform(0.1, 3) * time)
        wave = np.sin(2 * np.pi * hz * time) * swell
        samples += np.outer(wave, (side, 1 - side))
    beat = np.exp(-((time * 2) % 1) * 20)
    samples += beat[:, None] * chance.standard_normal((n_frames, 2)) * 0.5
    loudest = np.abs(samples).max()
    return Recorded((samples / loudest * 0.5).astype(np.float32), ())


def _sounds() -> dict[str, np.ndarray]:
    """A word of 0.8 s in syllables, a tick of 0.1 s with a sharp onset, 0.5 s of noise to 4 kHz."""
    time = np.arange(38_400) / 48_000
    glottis = sum(np.sin(2 * np.pi * 130 * n * time) / n for n in range(1, 24))
    word = 0.11 * glottis * np.sin(np.pi * 3.75 * time) ** 2
    tick = 0.3 * np.sin(2 * np.pi * 880 * time[:4800]) * 0.5 ** (time[:4800] / 0.022)
    tick *= np.minimum(1, np.arange(4800) / 96)  # in 2 ms, as our tones
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(24_000))
    spectrum[2000:] = 0  # 4 kHz
    hiss = np.fft.irfft(spectrum, 24_000)
    hiss *= 0.1 / hiss.std()
    edge = np.minimum(1, np.minimum(np.arange(24_000), np.arange(24_000)[::-1]) / 96)
    return {
        "word": word.astype("f4"),
        "tick": tick.astype("f4"),
        "hiss": (hiss * edge).astype("f4"),
    }


SOUNDS = _sounds()
