"""The music of a session: what plays when, and its samples at any place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from voiceguide.model.audio import Audio
from voiceguide.model.timeline import Segment, Timeline
from voiceguide.model.units import FRAMES_PER_MS, RATE_HZ, ms_to_frames
from voiceguide.sound.click import N_FRAMES as CLICK_FRAMES
from voiceguide.sound.click import beats, click
from voiceguide.sound.ducking import Ducking, ducking
from voiceguide.sound.loudness import HOP_FRAMES, HOP_MS, Energies, Hops, hops
from voiceguide.sound.playlist import Playlist, Take, crossfade_energies, fade, faded
from voiceguide.sound.tracks import Track, read

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples

Curve = npt.NDArray[np.float64]

FADE_IN = ms_to_frames(1000)
FADE_OUT = ms_to_frames(4000)
"""It is gone where the finish begins that ends a session, else with the session."""
HANDOVER_MS = 400
"""Between the music of work and that of rest, half of it on either side of the boundary."""

_WORK = frozenset({"work", "switch"})
"""Kinds of segments with the music of work: a change of sides is too short for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What music a session has."""

    everywhere: tuple[Track, ...] = ()
    work: tuple[Track, ...] = ()
    rest: tuple[Track, ...] = ()
    click: int | None = None
    """Beats a minute in timed work."""
    under_voice_db: int
    """So far it stays below the voice."""
    duck_db: int
    """So much further it goes down while somebody speaks."""

    @property
    def tracks(self) -> tuple[Track, ...]:
        """Every track, once."""
        return tuple(dict.fromkeys((*self.everywhere, *self.work, *self.rest)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a playlist is heard, in frames of the session."""

    start: int
    end: int
    offset: int
    """Frame of the playlist that is heard first: each goes on where it was left."""
    fade_in: int = 0
    fade_out: int = 0

    def gain(self, at: npt.NDArray[np.int64]) -> Curve | float:
        """How much of it is heard at these frames."""
        return faded(at, self.start, self.end, self.fade_in, self.fade_out)


@dataclass(frozen=True, slots=True)
class Part:
    """A take in a stretch of the session."""

    take: Take
    stretch: Stretch
    start: int
    """First frame of the session."""
    end: int

    @property
    def shift(self) -> int:
        """From a frame of the session to that of the playlist."""
        return self.stretch.offset - self.stretch.start

    def gain(self, at: npt.NDArray[np.int64]) -> Curve | float:
        """The factor of the track at these frames of the session."""
        return self.take.track.gain * self.take.gain(at + self.shift) * self.stretch.gain(at)

    def lay(self, found: Hops, sums: Energies, peaks: Energies) -> None:
        """Adds to `found` what is heard of it, and of its melting into the next one.

        Args:
            found: of the session.
            sums: energy of the track up to the start of each of its hops, and up to its end.
            peaks: of the hops of the track.
        """
        begins = self.take.start - self.shift
        melts = self.take.end - self.take.fade_out - self.shift
        hops = np.arange(self.start // HOP_FRAMES, -(-self.end // HOP_FRAMES))
        bounds = np.append(hops, hops[-1] + 1) * HOP_FRAMES
        edges = bounds.clip(max(self.start, begins + self.take.fade_in), min(self.end, melts))
        gain = self.take.track.gain * self.stretch.gain((edges[:-1] + edges[1:]) // 2)
        total = np.interp((edges - begins) / HOP_FRAMES, np.arange(sums.size), sums)
        found.energies[hops] += np.diff(total).clip(0) * np.square(gain)
        first = ((bounds[:-1] - begins) // HOP_FRAMES).clip(0, peaks.size - 1)
        highest = np.maximum(peaks[first], peaks[np.minimum(first + 1, peaks.size - 1)])
        found.peaks[hops] = np.maximum(found.peaks[hops], highest * gain)
        if melts < self.end and self.take.fade_out:
            each = crossfade_energies(self.take.track, self.take.then, self.take.fade_out)
            at = melts + np.arange(each.size) * FRAMES_PER_MS
            inside = (
                (at >= self.start)
                & (at < self.stretch.end)
                & (at // HOP_FRAMES < found.energies.size)
            )
            gains = np.square(self.stretch.gain(at[inside]))
            np.add.at(found.energies, at[inside] // HOP_FRAMES, each[inside] * gains)


@dataclass(frozen=True, slots=True)
class Music:
    """The music of one timeline, at 0 LUFS: how loud it is heard, others decide."""

    score: Score
    ducking: Ducking
    lanes: tuple[tuple[Playlist, tuple[Stretch, ...]], ...]
    """Each playlist and where it is heard."""
    clicked: tuple[tuple[int, int], ...]
    """Start and end of each stretch of timed work."""
    gone: int
    """The frame where it has faded out."""

    def parts(self, first: int, end: int) -> Iterator[Part]:
        """What is heard of the tracks from one frame to before another."""
        for playlist, stretches in self.lanes:
            place = bisect_right(stretches, first, key=lambda stretch: stretch.end)
            for stretch in takewhile(lambda stretch: stretch.start < end, stretches[place:]):
                start, stop = max(stretch.start, first), min(stretch.end, end)
                shift = stretch.offset - stretch.start
                for take in playlist.takes(start + shift, stop + shift):
                    yield Part(
                        take, stretch, max(take.start - shift, start), min(take.end - shift, stop)
                    )

    def clicks(self, first: int, end: int) -> Iterator[int]:
        """The frames of the clicks that sound from one frame to before another."""
        if self.score.click is None:
            return
        place = bisect_right(self.clicked, first, key=lambda stretch: stretch[1])
        for start, stop in takewhile(lambda stretch: stretch[0] < end, self.clicked[place:]):
            last = min(stop - CLICK_FRAMES, end)
            yield from beats(self.score.click, start, last, first - CLICK_FRAMES + 1)

    def fades(self, at: npt.NDArray[np.int64]) -> Curve | float:
        """The rise at the start of the session and the fall at its end."""
        rise, fall = min(FADE_IN, self.gone), max(min(FADE_OUT, self.gone), 1)
        gain: Curve | float = 1.0
        if at[0] < rise:
            gain = fade(at, 0, rise) ** 2
        if at[-1] >= self.gone - fall:
            gain = gain * fade(-at, -(self.gone - 1), fall) ** 2
        return gain

    def samples(self, first: int, n_frames: int) -> Samples:
        """A stretch of it, shape (`n_frames`, 2), before it is ducked."""
        end = first + n_frames
        samples = np.zeros((n_frames, 2), dtype=np.float32)
        for part in self.parts(first, end):
            at = np.arange(part.start, part.end)
            heard = read(part.take.track, part.start + part.shift - part.take.start, at.size)
            samples[part.start - first : part.end - first] += heard * column(part.gain(at))
        for beat in self.clicks(first, end):
            start, stop = max(beat, first), min(beat + CLICK_FRAMES, end)
            assert self.score.click is not None
            samples[start - first : stop - first] += click(self.score.click)[
                start - beat : stop - beat
            ]
        samples *= column(self.fades(np.arange(first, end)))
        return samples

    def hops(self, duration_ms: int, hops_of: Callable[[Track], Hops]) -> Hops:
        """What is heard of it before it is ducked, from what is heard of its tracks."""
        n_hops, end = -(-duration_ms // HOP_MS), ms_to_frames(duration_ms)
        found = Hops(np.zeros(n_hops), np.zeros(n_hops))
        known = {track: hops_of(track) for track in self.score.tracks}
        sums = {
            track: np.concatenate(([0.0], np.cumsum(each.energies)))
            for track, each in known.items()
        }
        for part in self.parts(0, end):
            part.lay(found, sums[part.take.track], known[part.take.track].peaks)
        if self.score.click is not None:
            one = hops(Audio(click(self.score.click), RATE_HZ))
            beaten = np.array([beat // HOP_FRAMES for beat in self.clicks(0, end)], dtype=int)
            np.add.at(found.energies, beaten, one.energies.sum())
            found.peaks[beaten] = np.maximum(found.peaks[beaten], one.peaks.max())
        fades = self.fades(np.arange(n_hops) * HOP_FRAMES + HOP_FRAMES // 2)
        return Hops(found.energies * np.square(fades), found.peaks * fades)


def column(gain: Curve | float) -> Samples | float:
    """A gain as what samples are multiplied with."""
    if isinstance(gain, float):
        return gain
    factors: Samples = gain.astype(np.float32).reshape(-1, 1)
    return factors


def music(score: Score, timeline: Timeline) -> Music:
    """The music of a timeline."""
    n_frames = ms_to_frames(timeline.duration_ms)
    lanes: list[tuple[Playlist, tuple[Stretch, ...]]] = []
    if score.everywhere:
        lanes.append((Playlist(score.everywhere), (Stretch(0, n_frames, 0),)))
    for tracks, wanted in ((score.work, True), (score.rest, False)):
        if tracks:
            lanes.append((Playlist(tracks), tuple(_stretches(timeline.segments, wanted))))
    timed = (
        (ms_to_frames(segment.start_ms), ms_to_frames(segment.end_ms))
        for segment in timeline.segments
        if segment.kind == "work" and not segment.marks_ms
    )
    last = (cue for cue in timeline.tones if cue.role == "finish")
    ends_it = (cue.start_ms for cue in last if cue.end_ms >= timeline.duration_ms)
    gone = ms_to_frames(next(ends_it, timeline.duration_ms))
    return Music(score, ducking(timeline), tuple(lanes), tuple(timed), gone)


def heard_ms(score: Score, timeline: Timeline) -> tuple[tuple[int, int], ...]:
    """Where the music of a timeline is heard: start and end of each stretch, in order and apart."""
    played = music(score, timeline)
    frames = sorted(
        (start, min(end, played.gone))
        for start, end in (
            *((stretch.start, stretch.end) for _, lane in played.lanes for stretch in lane),
            *(played.clicked if score.click is not None else ()),
        )
    )
    found: list[tuple[int, int]] = []
    for start_ms, end_ms in ((a // FRAMES_PER_MS, b // FRAMES_PER_MS) for a, b in frames):
        if found and start_ms <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end_ms)
        elif start_ms < end_ms:
            found.append((start_ms, end_ms))
    return tuple(found)


def _stretches(segments: Iterable[Segment], wanted: bool) -> Iterator[Stretch]:
    """Where the music of work is heard, or that of rest."""
    runs: list[tuple[bool, int, int]] = []
    for is_work, group in groupby(segments, lambda segment: segment.kind in _WORK):
        members = list(group)
        runs.append((is_work, members[0].start_ms, members[-1].end_ms))
    halves_ms = [0] + [
        min(HANDOVER_MS, before[2] - before[1], after[2] - after[1]) // 2
        for before, after in pairwise(runs)
    ] + [0]  # fmt: skip
    offset = 0
    for place, (is_work, start_ms, end_ms) in enumerate(runs):
        if is_work == wanted:
            into, out = ms_to_frames(halves_ms[place]), ms_to_frames(halves_ms[place + 1])
            start, end = ms_to_frames(start_ms) - into, ms_to_frames(end_ms) + out
            yield Stretch(start, end, offset, 2 * into, 2 * out)
            offset += end - start
