"""Sound in memory: float32 samples and what is known about a spoken clip."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """A stretch of sound."""

    samples: Samples
    """float32, shape (frames, channels), nominal range -1..1."""
    rate_hz: int

    @property
    def n_frames(self) -> int:
        """Length in frames."""
        return int(self.samples.shape[0])

    @property
    def n_channels(self) -> int:
        """1 for mono, 2 for stereo."""
        return int(self.samples.shape[1])


@dataclass(frozen=True, slots=True)
class Utterance:
    """A phrase as an engine says it: what the planner needs to know of a clip."""

    spoken: str
    """The text after normalisation, as the engine gets it."""
    length_ms: int
    """Length of the trimmed clip at speed 1.0, rounded up."""
    file: str | None = None
    """The recording that is heard in place of a voice."""
    voice: str | None = None
    """Who says it, where that is not the voice of the session in its own manner."""
    onset_ms: int | None = None
    """From the start of its clip to its stressed syllable; of numbers that are counted alone."""


@dataclass(frozen=True, slots=True)
class ToneSound:
    """What the planner needs to know of the sound that stands for a role."""

    sound: str
    """Its name in `sounds/`, without suffix."""
    length_ms: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a mix with sound in it. Outside its spans a mix is digital silence."""

    start_frame: int
    n_frames: int
    key: Hashable
    """Equal for two spans of one mix only where their samples are equal."""

    @property
    def end_frame(self) -> int:
        """The first frame after it."""
        return self.start_frame + self.n_frames
