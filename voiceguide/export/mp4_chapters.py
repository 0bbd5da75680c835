"""Chapters in MP4 files: what their two lists can hold, and the one that mutagen does not read.

Some players read Nero's list (`chpl`), others a track of texts, each as long as its chapter
(QuickTime File Format, "Chapter Lists"). ffmpeg writes both.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any, BinaryIO

from mutagen.mp4._atom import AtomError, Atoms

_TITLE_BYTES = 255
"""Nero's list counts the bytes of a title in one byte."""
_MOST = 1000
"""A damaged file may tell of billions."""


def fitting(title: str) -> str:
    """A title, without the letters at its end that do not fit."""
    return title.encode()[:_TITLE_BYTES].decode(errors="ignore")


def read_chapter_track(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Title, start and end in ms of each chapter; none where the track is missing or damaged."""
    try:
        with path.open("rb") as file:
            tracks = list(Atoms(file)[b"moov"].findall(b"trak"))
            named = {number for track in tracks for number in _named(track, file)}
            found = next((each for each in tracks if _number(each, file) in named), None)
            return () if found is None else tuple(_chapters(found, file))
    except (AtomError, KeyError, IndexError, ValueError, ZeroDivisionError, struct.error):
        return ()


def _named(track: Any, file: BinaryIO) -> tuple[int, ...]:  # noqa: ANN401 - mutagen's atoms
    """The numbers of the tracks that tell the chapters of this one."""
    for box in track.findall(b"tref"):
        body = _body(box, file)
        size, kind = struct.unpack_from(">I4s", body)
        if kind == b"chap":
            return struct.unpack_from(f">{size // 4 - 2}I", body, 8)
    return ()


def _number(track: Any, file: BinaryIO) -> int:  # noqa: ANN401 - as above
    body = _body(track[b"tkhd",], file)
    return _integer(body, 20 if body[0] else 12)


def _chapters(track: Any, file: BinaryIO) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401 - as above
    header = _body(track[b"mdia", b"mdhd"], file)
    a_second = _integer(header, 20 if header[0] else 12)
    table = track[b"mdia", b"minf", b"stbl"]
    lengths = (repeat(length, n) for n, length in _rows(_body(table[b"stts",], file), 2))
    at = 0
    texts = zip(chain.from_iterable(lengths), _texts(table, file), strict=False)
    for length, text in islice(texts, _MOST):
        yield text, round(at * 1000 / a_second), round((at + length) * 1000 / a_second)
        at += length


def _texts(table: Any, file: BinaryIO) -> Iterator[str]:  # noqa: ANN401 - as above
    for place in _places(table, file):
        file.seek(place)
        (n_bytes,) = struct.unpack(">H", file.read(2))
        text = file.read(n_bytes)
        yield text.decode("utf-16" if text[:2] in {b"\xfe\xff", b"\xff\xfe"} else "utf-8")


def _places(table: Any, file: BinaryIO) -> Iterator[int]:  # noqa: ANN401 - as above
    """Where in the file each text lies: one after the other, in chunks that lie apart."""
    sizes_box = _body(table[b"stsz",], file)
    same = _integer(sizes_box, 4)
    sizes = repeat(same) if same else (size for (size,) in _rows(sizes_box[4:], 1))
    long = next(iter(table.findall(b"co64")), None)
    form = "Q" if long else "I"
    chunks = [at for (at,) in _rows(_body(long or table[b"stco",], file), 1, form)]
    runs = [(first, n_texts) for first, n_texts, _ in _rows(_body(table[b"stsc",], file), 3)]
    ends = [first for first, _ in runs[1:]] + [len(chunks) + 1]
    for (first, n_texts), end in zip(runs, ends, strict=True):
        for place in chunks[first - 1 : end - 1]:
            at = place
            for size in islice(sizes, n_texts):
                yield at
                at += size


def _rows(body: bytes, n_fields: int, form: str = "I") -> Iterator[tuple[int, ...]]:
    """The rows of a table after its version and the number of its rows."""
    row = struct.Struct(f">{n_fields}{form}")
    return islice(row.iter_unpack(body[8 : 8 + (len(body) - 8) // row.size * row.size]),
                  _integer(body, 4))  # fmt: skip


def _integer(body: bytes, at: int) -> int:
    (number,) = struct.unpack_from(">I", body, at)
    return int(number)


def _body(box: Any, file: BinaryIO) -> bytes:  # noqa: ANN401 - as above
    _, body = box.read(file)
    return bytes(body)
