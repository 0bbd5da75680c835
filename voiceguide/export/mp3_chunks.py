"""MP3 from chunks: a session that never falls silent, encoded side by side on all cores.

Each chunk begins some frames early, so that the encoder has settled where its part begins, and
ends some late, since it looks ahead. What is too much at either end is left out, and the frames
lie one after the other as one encoder would have made them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Event

import numpy as np

from voiceguide import ffmpeg
from voiceguide.atomic import part_in
from voiceguide.export.contract import Sound
from voiceguide.export.mp3_frames import (
    ENCODER_DELAY,
    FRAME_BYTES,
    FRAME_SAMPLES,
    are_plain,
    count_frames,
    read_delay,
)
from voiceguide.export.mp3_islands import LAME_SCALE, MUXER, OPTIONS, UnexpectedEncoder
from voiceguide.model.audio import Audio
from voiceguide.model.units import RATE_HZ

BEFORE = 8
"""MP3 frames, 0.2 s: none leave a seam that is heard, two are told from a single stream."""
AFTER = 3
_SHORTEST = 250
"""MP3 frames, 6 s: a shorter chunk is not worth an encoder of its own."""
_RUN = 2048
"""MP3 frames read at once."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its part of the session, in MP3 frames, and what was encoded of it."""

    first: int
    end: int
    file: Path

    @property
    def begins(self) -> int:
        """The frame that its encoder begins with."""
        return max(self.first - BEFORE, 0)

    def runs(self) -> Iterator[bytes]:
        """The frames of its part, some at a time."""
        with self.file.open("rb") as file:
            file.seek((1 + self.first - self.begins) * FRAME_BYTES)
            for at in range(self.first, self.end, _RUN):
                yield file.read(min(_RUN, self.end - at) * FRAME_BYTES)


@contextmanager
def encoded_chunks(
    sound: Sound, folder: Path, progress: Callable[[float], None]
) -> Iterator[list[Chunk]]:
    """The chunks of a session, encoded; their files are gone after the body.

    Args:
        sound: the session.
        folder: takes the files.
        progress: how much is done.

    Raises:
        UnexpectedEncoder: the frames cannot be spliced.
        ExportError: ffmpeg failed.
    """
    n_frames = count_frames(sound.n_frames)
    n_chunks = min(ffmpeg.CORES, max(n_frames // _SHORTEST, 1))
    bounds = [n_frames * number // n_chunks for number in range(n_chunks + 1)]
    chunks = [Chunk(first, end, part_in(folder)) for first, end in pairwise(bounds)]
    stop = Event()
    done = dict.fromkeys(chunks, 0)

    def encode(chunk: Chunk) -> None:
        def feed() -> Iterator[Audio]:
            for block in _samples(chunk, sound):
                if stop.is_set():
                    return
                yield block
                done[chunk] += block.n_frames
                progress(min(sum(done.values()) / sound.n_frames, 1.0))

        ffmpeg.encode(feed(), [*OPTIONS, *MUXER], chunk.file, sound.n_channels)
        _check(chunk, sound.n_channels)

    try:
        with ThreadPoolExecutor(max_workers=n_chunks) as pool:
            try:
                for result in [pool.submit(encode, chunk) for chunk in chunks]:
                    result.result()
            finally:
                stop.set()
        yield chunks
    finally:
        for chunk in chunks:
            chunk.file.unlink(missing_ok=True)


def _samples(chunk: Chunk, sound: Sound) -> Iterator[Audio]:
    """What the encoder gets for a chunk, as much louder as LAME makes it softer."""
    first, end = chunk.begins * FRAME_SAMPLES, (chunk.end + AFTER) * FRAME_SAMPLES
    scale = np.float32(1 / LAME_SCALE)
    at = min(first, sound.n_frames)
    for block in sound.blocks(at):
        samples = block.samples[: end - at]
        yield Audio(samples * scale, RATE_HZ)
        at += len(samples)
        if at == end:
            return
    yield Audio(np.zeros((end - max(at, first), sound.n_channels), np.float32), RATE_HZ)


def _check(chunk: Chunk, n_channels: int) -> None:
    with chunk.file.open("rb") as file:
        delay = read_delay(file.read(FRAME_BYTES), n_channels)
    if delay != ENCODER_DELAY:
        raise UnexpectedEncoder
    left = chunk.end - chunk.first
    for run in chunk.runs():
        if not are_plain(run, n_channels):
            raise UnexpectedEncoder
        left -= len(run) // FRAME_BYTES
    if left:
        raise UnexpectedEncoder
