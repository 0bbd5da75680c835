"""The MP3 exporter: tag, Info frame, frames; from islands or chunks, else as one plain stream."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import numpy as np

from voiceguide import ffmpeg
from voiceguide.data import caches
from voiceguide.export.atomic import part_in, remove_stale
from voiceguide.export.contract import Progress, Sound
from voiceguide.export.id3 import write_id3
from voiceguide.export.mp3_chunks import Chunk, encoded_chunks
from voiceguide.export.mp3_frames import (
    FRAME_BYTES,
    Checksums,
    checksums,
    count_frames,
    info_frame,
    join_checksums,
)
from voiceguide.export.mp3_islands import (
    LAME_SCALE,
    MUXER,
    OPTIONS,
    Encoded,
    Island,
    UnexpectedEncoder,
    encode_islands,
    find_islands,
)
from voiceguide.export.tags import Tags
from voiceguide.model.audio import Audio
from voiceguide.model.errors import TargetNotWritable
from voiceguide.model.timeline import Timeline

_log = logging.getLogger(__name__)

_LONGEST = 5000
"""MP3 frames, two minutes: an island is encoded from memory, so a longer one goes as a stream."""
_SILENT_RUN = 4096
"""MP3 frames of silence written at once."""
_KEPT_ISLANDS = 32
"""Most of those that come again are tones, and short."""


class Mp3Exporter:
    """Writes MP3 files: 128 kbit/s, constant, no reservoir, with the exact length told."""

    name = "mp3"
    suffixes = ("mp3",)

    def write(
        self,
        sound: Sound,
        timeline: Timeline,
        tags: Tags,
        target: Path,
        *,
        suffix: str,  # noqa: ARG002 - it writes only one
        progress: Progress,
    ) -> None:
        """See `Exporter.write`."""
        islands = tuple(find_islands(sound.spans))
        apart = sound.n_channels == 1 and all(island.n_frames <= _LONGEST for island in islands)
        with target.open("wb") as file:
            file.write(write_id3(tags, timeline))
            if apart and (folder := _cache_folder()) is not None:
                try:
                    encoded = encode_islands(islands, sound, folder, progress)
                except (UnexpectedEncoder, OSError, TargetNotWritable) as reason:
                    _log.info("no islands with %s in %s: %r", ffmpeg.locate(), folder, reason)
                else:
                    runs = _laid_out(islands, encoded, count_frames(sound.n_frames))
                    _splice(file, runs, sound)
                    return
            try:
                with encoded_chunks(sound, target.parent, progress) as chunks:
                    _splice(file, _joined(chunks), sound)
            except UnexpectedEncoder as reason:
                _log.info("no chunks with %s: %r", ffmpeg.locate(), reason)
                _write_stream(file, sound, target, progress)


def _cache_folder() -> Path | None:
    """Where the frames of islands are kept; None where nothing can be written there."""
    folder = caches() / "islands"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = part_in(folder)
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    remove_stale(folder)
    return folder


def _splice(file: BinaryIO, runs: Iterable[_Run], sound: Sound) -> None:
    """Writes the frames of a session, with an Info frame before them."""
    start = file.tell()
    file.write(bytes(FRAME_BYTES))  # the Info frame, once what it tells of the others is known
    checksum = 0
    for run in runs:
        file.write(run.frames)
        checksum = join_checksums(checksum, run.checksums)
    file.seek(start)
    file.write(info_frame(sound.n_frames, checksum, sound.n_channels))
    file.seek(0, 2)


@dataclass(frozen=True, slots=True)
class _Run:
    """MP3 frames and the checksum of each."""

    frames: bytes
    checksums: Checksums

    def cut(self, first: int, end: int) -> _Run:
        """The frames from `first` on and before `end`."""
        return _Run(self.frames[first * FRAME_BYTES : end * FRAME_BYTES], self.checksums[first:end])


def _joined(chunks: Iterable[Chunk]) -> Iterator[_Run]:
    """Every MP3 frame of a session of chunks, in runs."""
    for chunk in chunks:
        for frames in chunk.runs():
            yield _Run(frames, checksums(frames))


def _laid_out(islands: Sequence[Island], encoded: Encoded, n_frames: int) -> Iterator[_Run]:
    """Every MP3 frame of a session of islands, in runs."""
    silence = _Run(encoded.silence * _SILENT_RUN, checksums(encoded.silence).repeat(_SILENT_RUN))

    def pause(first: int, end: int) -> Iterator[_Run]:
        for at in range(first, end, _SILENT_RUN):
            yield silence.cut(0, end - at)

    @lru_cache(maxsize=_KEPT_ISLANDS)
    def run_of(island: Island) -> _Run:
        frames = encoded.frames_of(island)
        return _Run(frames, checksums(frames))

    at = 0
    for island in islands:
        # A session may begin or end in the silence of an island.
        first, end = max(island.first, 0), min(island.end, n_frames)
        yield from pause(at, first)
        yield run_of(island).cut(first - island.first, end - island.first)
        at = end
    yield from pause(at, n_frames)


def _write_stream(file: BinaryIO, sound: Sound, target: Path, progress: Progress) -> None:
    """The whole sound through one encoder, appended to `file`."""
    scale = np.float32(1 / LAME_SCALE)

    def louder() -> Iterator[Audio]:
        done = 0
        for block in sound.blocks():
            yield Audio(block.samples * scale, block.rate_hz)
            done += block.n_frames
            progress(done / sound.n_frames)

    part = part_in(target.parent)
    try:
        ffmpeg.encode(louder(), [*OPTIONS, *MUXER], part, sound.n_channels)
        with part.open("rb") as music:
            shutil.copyfileobj(music, file)
    finally:
        part.unlink(missing_ok=True)
