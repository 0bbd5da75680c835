"""A session and its sound, made without the stages that make them in earnest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from voiceguide.model.audio import Audio, Span
from voiceguide.model.timeline import Chapter, Segment, SegmentKind, Speech, Timeline, Tone

TITLE = "Échauffement für 走る 🏃"


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


@pytest.fixture
def make_sound() -> Callable[..., Recorded]:
    return record


@pytest.fixture
def sound() -> Recorded:
    """12.345 s: no whole number of MP3 frames, sound at both ends, repeats in other phases."""
    return record(
        12_345,
        (0, "tick"),
        (1008, "word"),
        (3000, "tick"),
        (4000, "tick"),
        (5000, "hiss"),
        (7008, "word"),
        (8111, "tick"),
        (12_245, "tick"),
    )


@pytest.fixture
def session() -> Timeline:
    """Goes with `sound`; names in many scripts."""
    kinds: tuple[SegmentKind, ...] = ("talk", "prepare", "work", "switch", "work", "rest")
    bounds = (0, 1000, 3000, 6000, 7000, 10_000, 12_345)
    return Timeline(
        title=TITLE,
        language="fr-CA",
        voice="by:hand@150",
        estimated=False,
        duration_ms=12_345,
        segments=tuple(
            Segment(index=index, kind=kind, label="走る", start_ms=start_ms, end_ms=end_ms)
            for index, (kind, start_ms, end_ms) in enumerate(
                zip(kinds, bounds[:-1], bounds[1:], strict=True)
            )
        ),
        cues=(
            Tone(role="start", start_ms=0, end_ms=100, sound="tick", segment=0),
            Speech(
                role="name", start_ms=1008, end_ms=1808, text="Fente arrière,\ngauche = left; #1",
                spoken="Fente arrière", about=2, segment=1,
            ),
            Speech(
                role="tip", start_ms=7008, end_ms=7808, text="Слушай", spoken="Слушай", about=4,
                segment=4,
            ),
        ),
        chapters=(
            Chapter(title=TITLE, start_ms=0, end_ms=1000),
            Chapter(title="A = b; #c \\ d", start_ms=1000, end_ms=7000),
            Chapter(title="Étirement", start_ms=7000, end_ms=12_345),
        ),
        equipment=("a loop band", "a chair"),
    )  # fmt: skip
