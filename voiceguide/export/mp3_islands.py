"""MP3 from islands of sound: each distinct one encoded once, kept, and laid between silence.

An encoder that keeps no bit reservoir makes frames that stand alone, and once its filters have run
empty it makes one same frame of silence. So a session need not be encoded from end to end: its
islands, cut on the frame grid with silence on both sides, give the frames that the whole would.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import numpy as np
import numpy.typing as npt

from voiceguide import cache, ffmpeg
from voiceguide.atomic import part_in
from voiceguide.export.contract import Sound
from voiceguide.export.mp3_frames import (
    BITRATE_KBPS,
    ENCODER_DELAY,
    FRAME_BYTES,
    FRAME_SAMPLES,
    are_plain,
    read_delay,
)
from voiceguide.model.audio import Audio, Span
from voiceguide.model.errors import ExportError
from voiceguide.model.units import RATE_HZ

BEFORE = 2
"""MP3 frames of silence before an island: the encoder looks one ahead."""
AFTER = 3
"""And after it: what its filters still hold, 1.4 frames, and one to see that they are empty."""

LAME_SCALE = 0.95
"""LAME turns the sound down by this at 128 kbit/s (its table of constant bit rates): -0.45 dB.
Taken back before it is encoded, the decoded file has the loudness of the mix."""

OPTIONS = ("-c:a", "libmp3lame", "-b:a", f"{BITRATE_KBPS}k", "-reservoir", "0")
MUXER = ("-write_xing", "1", "-id3v2_version", "0", "-f", "mp3")

Samples = npt.NDArray[np.float32]

_SEARCH = 0.3
"""The part of the work, for the progress bar, that it takes to see what must be encoded."""

_FORMAT = 1
"""Of the files in the cache."""


class UnexpectedEncoder(Exception):
    """This ffmpeg makes other frames than those that can be spliced."""


@dataclass(frozen=True, slots=True)
class Island:
    """Spans too close together to be encoded apart, and the MP3 frames that they need.

    Islands with the same content at the same place in their first frame are equal.
    """

    key: Hashable
    first: int = field(compare=False)
    """MP3 frame at which it begins, with its silence; below 0 at the start of a session."""
    n_frames: int = field(compare=False)
    """MP3 frames, with its silence."""

    @property
    def end(self) -> int:
        """The first MP3 frame after it."""
        return self.first + self.n_frames


_NOTHING = Island((), 0, BEFORE + AFTER)
"""Silence, to see which frame the encoder makes of it."""

_Job = tuple[str, Island]
"""An island to be encoded, and its name in the cache."""


def find_islands(spans: Sequence[Span]) -> Iterator[Island]:
    """The islands of a session, in order, on the grid of MP3 frames."""
    group: list[Span] = []
    for span in spans:
        if not span.n_frames:
            continue
        if group and _first(span) > _end(group[-1]):
            yield _island(group)
            group = []
        group.append(span)
    if group:
        yield _island(group)


def _first(span: Span) -> int:
    return span.start_frame // FRAME_SAMPLES - BEFORE


def _end(span: Span) -> int:
    return -(-span.end_frame // FRAME_SAMPLES) + AFTER


def _island(group: Sequence[Span]) -> Island:
    first, end = _first(group[0]), _end(group[-1])
    key = tuple((span.start_frame - first * FRAME_SAMPLES, span.key) for span in group)
    return Island(key, first, end - first)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The frames of each distinct island, in the cache."""

    _names: dict[Island, str]
    _kept: _Kept

    @property
    def silence(self) -> bytes:
        """One MP3 frame."""
        return self.frames_of(_NOTHING)[:FRAME_BYTES]

    def frames_of(self, island: Island) -> bytes:
        """The MP3 frames of an island, its silence included.

        Raises:
            ExportError: the cache was cleared meanwhile.
        """
        frames = self._kept.load(self._names[island])
        if frames is None:
            raise ExportError("the cache was cleared meanwhile", hint="Call it again.")
        return frames


class _Kept:
    """The cache of islands; what it does not take is held in memory."""

    def __init__(self) -> None:
        self._cache = cache.Cache(cache.where() / "islands")
        self._held: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        return self._held.get(name) or self._cache.load(name)

    def store(self, name: str, frames: bytes) -> None:
        if not self._cache.store(name, frames):
            self._held[name] = frames


def encode_islands(
    islands: Sequence[Island], sound: Sound, folder: Path, progress: Callable[[float], None]
) -> Encoded:
    """Encodes what is not in the cache yet.

    Args:
        islands: of `sound`.
        sound: mono.
        folder: takes files meanwhile.
        progress: how much is done.

    Raises:
        UnexpectedEncoder: the frames cannot be spliced.
        ExportError: ffmpeg failed.
    """
    kept = _Kept()
    names: dict[Island, str] = {}
    missing: dict[str, Island] = {}
    for island in dict.fromkeys((_NOTHING, *islands)):
        name = _name(_samples(island, sound))
        names[island] = name
        if kept.load(name) is None:
            missing[name] = island
        progress(_SEARCH * len(names) / (len(islands) + 1))
    _encode_missing(missing, kept, sound, folder, progress)
    return Encoded(names, kept)


def _samples(island: Island, sound: Sound) -> Samples:
    """What the encoder gets for an island, shape (its MP3 frames x 1152, 1)."""
    samples = np.zeros((island.n_frames * FRAME_SAMPLES, 1), dtype=np.float32)
    begin = max(island.first * FRAME_SAMPLES, 0)
    end = min(island.end * FRAME_SAMPLES, sound.n_frames)
    if island.key and begin < end:
        heard = next(sound.blocks(begin, end - begin)).samples
        offset = begin - island.first * FRAME_SAMPLES
        samples[offset : offset + len(heard)] = heard / np.float32(LAME_SCALE)
    return samples


def _name(samples: Samples) -> str:
    sound = cache.digest(samples.tobytes())
    return cache.key("island", sound, _FORMAT, BITRATE_KBPS, ffmpeg.identity())


def _encode_missing(
    missing: dict[str, Island],
    kept: _Kept,
    sound: Sound,
    folder: Path,
    progress: Callable[[float], None],
) -> None:
    """Encodes the missing islands, in as many streams side by side as there are cores."""
    streams = _share(list(missing.items()), ffmpeg.CORES)
    total = sum(island.n_frames for island in missing.values())
    done: list[int] = []
    stop = Event()

    def feed(stream: Sequence[_Job]) -> Iterator[Audio]:
        for _, island in stream:
            if stop.is_set():
                return
            yield Audio(_samples(island, sound), RATE_HZ)
            done.append(island.n_frames)
            progress(_SEARCH + (1 - _SEARCH) * sum(done) / total)

    def encode(stream: Sequence[_Job]) -> None:
        part = part_in(folder)
        try:
            ffmpeg.encode(feed(stream), [*OPTIONS, *MUXER], part, n_channels=1)
            _keep(part.read_bytes(), stream, kept)
        finally:
            part.unlink(missing_ok=True)

    with ThreadPoolExecutor(max_workers=max(len(streams), 1)) as pool:
        try:
            for result in [pool.submit(encode, stream) for stream in streams]:
                result.result()
        finally:
            stop.set()


def _share(jobs: Sequence[_Job], n_streams: int) -> list[list[_Job]]:
    """The jobs in at most `n_streams` rows of about one length, always in the same way."""
    rows: list[list[_Job]] = [[] for _ in range(n_streams)]
    lengths = [0] * n_streams
    for job in jobs:
        shortest = lengths.index(min(lengths))
        rows[shortest].append(job)
        lengths[shortest] += job[1].n_frames
    return [row for row in rows if row]


def _keep(stream: bytes, jobs: Sequence[_Job], kept: _Kept) -> None:
    """Cuts an encoded stream into its islands and keeps each."""
    if read_delay(stream[:FRAME_BYTES]) != ENCODER_DELAY or not are_plain(stream[FRAME_BYTES:]):
        raise UnexpectedEncoder
    at = FRAME_BYTES
    silence = stream[at : at + FRAME_BYTES]
    for name, island in jobs:
        frames = stream[at : at + island.n_frames * FRAME_BYTES]
        at += len(frames)
        ends = {frames[:FRAME_BYTES], frames[-FRAME_BYTES:]}
        if len(frames) != island.n_frames * FRAME_BYTES or ends != {silence}:
            raise UnexpectedEncoder
        kept.store(name, frames)
