"""The WAV exporter: 16 bit, with chapters, and past 4 GiB as RF64 (EBU Tech 3306)."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from voiceguide.export.contract import Progress, Sound, told
from voiceguide.export.id3 import write_id3
from voiceguide.export.tags import Tags
from voiceguide.model.timeline import Timeline
from voiceguide.model.units import RATE_HZ

_SAMPLE_BYTES = 2
_FULL_SCALE = 32768
_MOST = 0xFFFFFFFF
"""What 32 bits hold; in RF64 it stands for "see `ds64`"."""


class WavExporter:
    """Writes WAV files."""

    name = "wav"
    suffixes = ("wav",)

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
        trailer = _trailer(tags, timeline)
        with target.open("wb") as file:
            file.write(header(sound.n_frames, sound.n_channels, len(trailer)))
            for block in told(sound, progress):
                whole = np.rint(block.samples * _FULL_SCALE)
                file.write(whole.clip(-_FULL_SCALE, _FULL_SCALE - 1).astype("<i2").tobytes())
            file.write(trailer)


def header(n_frames: int, n_channels: int, trailer_bytes: int) -> bytes:
    """Everything before the samples.

    Args:
        n_frames: of the sound.
        n_channels: 1 or 2.
        trailer_bytes: of the chunks after the samples.
    """
    frame_bytes = n_channels * _SAMPLE_BYTES
    data_bytes = n_frames * frame_bytes
    form = struct.pack(
        "<HHIIHH", 1, n_channels, RATE_HZ, RATE_HZ * frame_bytes, frame_bytes, 8 * _SAMPLE_BYTES
    )
    body = b"WAVE" + _chunk(b"fmt ", form)
    riff_bytes = len(body) + 8 + data_bytes + trailer_bytes
    if riff_bytes <= _MOST:
        return struct.pack("<4sI", b"RIFF", riff_bytes) + body + _opening(b"data", data_bytes)
    sizes = struct.pack("<QQQI", riff_bytes + 36, data_bytes, n_frames, 0)
    large = b"WAVE" + _chunk(b"ds64", sizes) + _chunk(b"fmt ", form)
    return struct.pack("<4sI", b"RF64", _MOST) + large + _opening(b"data", _MOST)


def read_chunk(path: Path, name: bytes) -> bytes | None:
    """What the first chunk of this name holds, after the samples or before; None if there is none.

    None too for a file that is no WAV. The samples are passed over, not read.
    """
    with path.open("rb") as file:
        if file.read(4) not in {b"RIFF", b"RF64"}:
            return None
        file.seek(12)
        data_bytes = 0
        while len(opening := file.read(8)) == 8:  # noqa: PLR2004 - name and size
            found, n_bytes = struct.unpack("<4sI", opening)
            if found == name:
                return file.read(n_bytes)
            if found == b"ds64":
                (data_bytes,) = struct.unpack("<8xQ", file.read(16))
                n_bytes -= 16
            elif found == b"data" and n_bytes == _MOST:
                n_bytes = data_bytes
            file.seek(n_bytes + n_bytes % 2, 1)
    return None


def _trailer(tags: Tags, timeline: Timeline) -> bytes:
    """The chunks after the samples: the texts that any reader knows, and everything as ID3."""
    texts = {b"INAM": tags.title, b"IART": tags.artist, b"IPRD": tags.album, b"IGNR": tags.genre,
             b"ICMT": tags.comment}  # fmt: skip
    if tags.year is not None:
        texts[b"ICRD"] = f"{tags.year:04}"
    info = b"".join(_chunk(name, text.encode() + b"\0") for name, text in texts.items())
    return b"".join(
        (
            _chunk(b"LIST", b"INFO" + info),
            _chunk(b"id3 ", write_id3(tags, timeline)),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    """A chunk; one of odd length is followed by a byte that its size does not count."""
    return _opening(name, len(content)) + content + b"\0" * (len(content) % 2)


def _opening(name: bytes, n_bytes: int) -> bytes:
    return struct.pack("<4sI", name, n_bytes)
