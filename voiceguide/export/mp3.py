"""The MP3 exporter: tag, Info frame, music; from islands, else as one plain stream."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from platformdirs import user_cache_path

from voiceguide import ffmpeg
from voiceguide.export.atomic import part_in, remove_stale
from voiceguide.export.contract import Progress, Sound
from voiceguide.export.id3 import write_id3
from voiceguide.export.mp3_frames import (
    FRAME_BYTES,
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
        folder = _cache_folder()
        fits = sound.n_channels == 1 and all(island.n_frames <= _LONGEST for island in islands)
        with target.open("wb") as file:
            file.write(write_id3(tags, timeline))
            if fits and folder is not None:
                try:
                    encoded = encode_islands(islands, sound, folder, progress)
                except (UnexpectedEncoder, OSError, TargetNotWritable) as reason:
                    _log.info("no islands with %s in %s: %r", ffmpeg.locate(), folder, reason)
                else:
                    _write_islands(file, islands, encoded, sound.n_frames)
                    return
            _write_stream(file, sound, target, progress)


def _cache_folder() -> Path | None:
    """Where the frames of islands are kept; None where nothing can be written there."""
    folder = user_cache_path("voiceguide", appauthor=False) / "islands"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = part_in(folder)
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    remove_stale(folder)
    return folder


def _write_islands(
    file: BinaryIO, islands: Sequence[Island], encoded: Encoded, n_samples: int
) -> None:
    start = file.tell()
    file.write(bytes(FRAME_BYTES))  # the Info frame, once what it tells of the music is known
    checksum = 0
    for frames in _music(islands, encoded, count_frames(n_samples)):
        file.write(frames)
        checksum = join_checksums(checksum, checksums(frames))
    file.seek(start)
    file.write(info_frame(n_samples, checksum))
    file.seek(0, 2)


def _music(islands: Sequence[Island], encoded: Encoded, n_frames: int) -> Iterator[bytes]:
    """Every MP3 frame of the session, in runs."""
    at = 0
    for island in islands:
        yield from _silence(encoded, min(island.first, n_frames) - at)
        at = max(at, min(island.first, n_frames))
        frames = encoded.frames_of(island)
        # A session may begin or end in the silence of an island.
        yield frames[(at - island.first) * FRAME_BYTES : (n_frames - island.first) * FRAME_BYTES]
        at = min(island.end, n_frames)
    yield from _silence(encoded, n_frames - at)


def _silence(encoded: Encoded, n_frames: int) -> Iterator[bytes]:
    for first in range(0, n_frames, _SILENT_RUN):
        yield encoded.silence * min(_SILENT_RUN, n_frames - first)


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
