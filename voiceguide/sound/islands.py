"""Islands of sound: the cues of a timeline that sound together, with silence on both sides.

Most of a session is silence and repeats. What is true of an island (its samples, its loudness,
its peak) is true of each one with the same key, so it is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

import numpy as np

from voiceguide.model.audio import Audio, Span
from voiceguide.model.timeline import Cue, Speech, Timeline, Tone
from voiceguide.model.units import RATE_HZ, ms_to_frames

FADE_FRAMES = ms_to_frames(10)
"""A sound that is longer than its cue goes down over so long, to silence at the cue's end."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the sound of a cue comes from, as 48 kHz mono.

    Each gives the same samples for the same words at the same speed, or for the same sound.
    """

    clip: Callable[[Speech], Audio]
    tone: Callable[[Tone], Audio]

    def sound_of(self, cue: Cue) -> Audio:
        """The whole sound of one cue."""
        return self.clip(cue) if isinstance(cue, Speech) else self.tone(cue)


@dataclass(frozen=True, slots=True)
class Island:
    """One island: where it lies and the cues in it. Islands that sound the same are equal."""

    key: Hashable
    span: Span = field(compare=False)
    cues: tuple[Cue, ...] = field(compare=False)

    @property
    def start_ms(self) -> int:
        """Where it begins on the timeline."""
        return self.cues[0].start_ms

    @property
    def has_speech(self) -> bool:
        """Whether words are heard in it."""
        return any(isinstance(cue, Speech) for cue in self.cues)


def find_islands(timeline: Timeline) -> Iterator[Island]:
    """The islands of a timeline, in order, none touching the next by more than a point in time."""
    group: list[Cue] = []
    end_ms = 0
    for cue in timeline.cues:
        if group and cue.start_ms >= end_ms:
            yield _island(group, end_ms)
            group = []
        group.append(cue)
        end_ms = min(max(end_ms, cue.end_ms), timeline.duration_ms)
    if group:
        yield _island(group, end_ms)


def _island(cues: list[Cue], end_ms: int) -> Island:
    first_ms = cues[0].start_ms
    n_frames = ms_to_frames(max(end_ms - first_ms, 0))
    key = (n_frames, *(_key(cue, first_ms) for cue in cues))
    return Island(key, Span(ms_to_frames(first_ms), n_frames, key), tuple(cues))


def _key(cue: Cue, first_ms: int) -> Hashable:
    place = (cue.start_ms - first_ms, cue.end_ms - first_ms)
    match cue:
        case Speech():
            return (*place, "speech", cue.spoken, cue.language, cue.file, cue.voice, cue.speed)
        case Tone():
            return (*place, "tone", cue.sound)


def render(island: Island, sources: Sources) -> Audio:
    """The sound of an island before any gain: its cues laid over each other, float32 mono."""
    samples = np.zeros((island.span.n_frames, 1), dtype=np.float32)
    for cue in island.cues:
        first = ms_to_frames(cue.start_ms) - island.span.start_frame
        room = min(ms_to_frames(cue.end_ms - cue.start_ms), island.span.n_frames - first)
        sound = _fit(sources.sound_of(cue), room)
        samples[first : first + sound.n_frames] += sound.samples
    return Audio(samples, RATE_HZ)


def _fit(sound: Audio, n_frames: int) -> Audio:
    """The sound in at most `n_frames`, faded out where that cuts it short."""
    if sound.n_frames <= n_frames:
        return sound
    samples = sound.samples[: max(n_frames, 0)].copy()
    fade = min(FADE_FRAMES, len(samples))
    ramp = 0.5 + 0.5 * np.cos(np.pi * np.arange(1, fade + 1, dtype=np.float32) / max(fade, 1))
    samples[len(samples) - fade :] *= ramp[:, None]
    return Audio(samples, sound.rate_hz)
