"""MP3 from islands of sound: each distinct one encoded once, kept, and laid between silence.

An encoder that keeps no bit reservoir makes frames that stand alone, and once its filters have run
empty it makes one same frame of silence. So a session need not be encoded from end to end: its
islands, cut on the frame grid with silence on both sides, give the frames that the whole would.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import numpy as np
import numpy.typing as npt

from voiceguide import ffmpeg
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
    """The frames of each distinct island, on disk."""

    silence: bytes
    """One MP3 frame."""
    _places: dict[Island, Path]

    def frames_of(self, island: Island) -> bytes:
        """The MP3 frames of an island, its silence included."""
        return self._places[island].read_bytes()[:-4]


def encode_islands(
    islands: Sequence[Island], sound: Sound, folder: Path, progress: Callable[[float], None]
) -> Encoded:
    """Encodes what is not in `folder` yet.

    Args:
        islands: of `sound`.
        sound: mono.
        folder: where frames are kept under a name that follows from the sound and the encoder.
        progress: how much is done.

    Raises:
        UnexpectedEncoder: the frames cannot be spliced.
        ExportError: ffmpeg failed.
    """
    places: dict[Island, Path] = {}
    missing: dict[Path, Island] = {}
    nothing = Island((), 0, BEFORE + AFTER)
    for island in dict.fromkeys((nothing, *islands)):
        place = folder / _name(_samples(island, sound))
        places[island] = place
        if not _is_whole(place, island):
            missing[place] = island
        progress(_SEARCH * len(places) / (len(islands) + 1))
    _encode_missing(missing, sound, progress)
    return Encoded(places[nothing].read_bytes()[:FRAME_BYTES], places)


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
    digest = hashlib.blake2b(samples.tobytes(), digest_size=20)
    digest.update(f"{_FORMAT} {BITRATE_KBPS} {ffmpeg.identity()}".encode())
    return f"{digest.hexdigest()}.mp3"


def _is_whole(place: Path, island: Island) -> bool:
    """Whether the cache has the island, all of it and undamaged."""
    with suppress(OSError):
        kept = place.read_bytes()
        frames = kept[:-4]
        return (
            len(frames) == island.n_frames * FRAME_BYTES
            and zlib.crc32(frames).to_bytes(4, "big") == kept[-4:]
        )
    return False


def _encode_missing(
    missing: dict[Path, Island], sound: Sound, progress: Callable[[float], None]
) -> None:
    """Encodes the missing islands, in as many streams side by side as there are cores."""
    streams = _share(list(missing.items()), ffmpeg.CORES)
    total = sum(island.n_frames for island in missing.values())
    done: list[int] = []
    stop = Event()

    def feed(stream: Sequence[tuple[Path, Island]]) -> Iterator[Audio]:
        for _, island in stream:
            if stop.is_set():
                return
            yield Audio(_samples(island, sound), RATE_HZ)
            done.append(island.n_frames)
            progress(_SEARCH + (1 - _SEARCH) * sum(done) / total)

    def encode(stream: Sequence[tuple[Path, Island]]) -> None:
        part = part_in(stream[0][0].parent)
        try:
            ffmpeg.encode(feed(stream), [*OPTIONS, *MUXER], part, n_channels=1)
            _keep(part.read_bytes(), stream)
        finally:
            part.unlink(missing_ok=True)

    with ThreadPoolExecutor(max_workers=max(len(streams), 1)) as pool:
        try:
            for result in [pool.submit(encode, stream) for stream in streams]:
                result.result()
        finally:
            stop.set()


def _share(jobs: Sequence[tuple[Path, Island]], n_streams: int) -> list[list[tuple[Path, Island]]]:
    """The jobs in at most `n_streams` rows of about one length, always in the same way."""
    rows: list[list[tuple[Path, Island]]] = [[] for _ in range(n_streams)]
    lengths = [0] * n_streams
    for job in jobs:
        shortest = lengths.index(min(lengths))
        rows[shortest].append(job)
        lengths[shortest] += job[1].n_frames
    return [row for row in rows if row]


def _keep(stream: bytes, jobs: Sequence[tuple[Path, Island]]) -> None:
    """Cuts an encoded stream into its islands and puts each in its place."""
    if read_delay(stream[:FRAME_BYTES]) != ENCODER_DELAY or not are_plain(stream[FRAME_BYTES:]):
        raise UnexpectedEncoder
    at = FRAME_BYTES
    silence = stream[at : at + FRAME_BYTES]
    for place, island in jobs:
        frames = stream[at : at + island.n_frames * FRAME_BYTES]
        at += len(frames)
        ends = {frames[:FRAME_BYTES], frames[-FRAME_BYTES:]}
        if len(frames) != island.n_frames * FRAME_BYTES or ends != {silence}:
            raise UnexpectedEncoder
        part = part_in(place.parent)
        try:
            part.write_bytes(frames + zlib.crc32(frames).to_bytes(4, "big"))
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
