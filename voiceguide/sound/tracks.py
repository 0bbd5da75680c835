"""Tracks: files of music as 48 kHz stereo, read anywhere, and what is known of each.

A file is decoded in sections of a minute, each by itself, that melt into one another over some
milliseconds. So any place of a file of any length is heard after a fraction of a second, is always
the same, and what is held in memory does not grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voiceguide import ffmpeg
from voiceguide.model.audio import Audio
from voiceguide.model.errors import SoundError
from voiceguide.model.units import RATE_HZ, ms_to_frames
from voiceguide.model.wording import clock
from voiceguide.sound import bed
from voiceguide.sound.loudness import HOP_FRAMES, HOP_MS, Hops, Meter, hops

if TYPE_CHECKING:
    from voiceguide.model.audio import Samples

BED = "bed"
"""The name of the track that we compute."""
_BED_LAPS = 8
"""Of its loop, in a playlist with others: three minutes."""

SUFFIXES = frozenset(
    {".aac", ".aif", ".aiff", ".flac", ".m4a", ".m4b", ".m4p", ".mka", ".mp3", ".mp4", ".oga",
     ".ogg", ".opus", ".wav", ".wma"}
)  # fmt: skip
"""What counts as music in a folder."""

SECTION_S = 60
_SECTION = SECTION_S * RATE_HZ
_SEAM = ms_to_frames(20)
_KEPT_SECTIONS = 5
"""Two encoders side by side, each on a boundary between two files, and one more; 23 MB each."""

_PROTECTED = ("drms", "enca", "aavd")
"""Codecs of MP4 whose sound is locked: FairPlay, Common Encryption, Audible."""
_MISSING = 0.02
"""A file that ends so much before the length it tells is cut off; encoders differ by less."""
_MISSING_S = 1.0

_HEADER_BYTES = 8


@dataclass(frozen=True, slots=True)
class Track:
    """One file of music, or the bed."""

    name: str
    """Its absolute path, or `bed`."""
    n_frames: int
    lufs: float
    """Its integrated loudness."""

    @property
    def gain(self) -> float:
        """The factor that brings it to 0 LUFS."""
        return float(10 ** (-self.lufs / 20))

    @property
    def is_seamless(self) -> bool:
        """Whether its end runs into its beginning."""
        return self.name == BED


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What was found in a track by hearing all of it."""

    track: Track
    hops: Hops

    def to_bytes(self) -> bytes:
        """The survey as a cache keeps it."""
        rows = np.stack([self.hops.energies, self.hops.peaks]).astype("<f8")
        return self.track.n_frames.to_bytes(_HEADER_BYTES, "little") + rows.tobytes()


def from_bytes(name: str, body: bytes) -> Survey:
    """The survey of a track that `Survey.to_bytes` wrote."""
    heard, peaks = np.frombuffer(body[_HEADER_BYTES:], dtype="<f8").reshape(2, -1)
    return _survey(name, int.from_bytes(body[:_HEADER_BYTES], "little"), Hops(heard, peaks))


def _survey(name: str, n_frames: int, hops: Hops) -> Survey:
    meter = Meter(hops.energies.size * HOP_MS)
    meter.add_hops(hops.energies)
    return Survey(Track(name, n_frames, meter.lufs()), hops)


def state(path: Path) -> str:
    """What tells a file or a folder from itself after a change: its size and its date.

    Music is large, and is not read again each time to see whether it is the same.
    """
    try:
        seen = path.stat()
    except OSError:
        return "gone"
    return f"{seen.st_size} {seen.st_mtime_ns}"


def read(track: Track, first: int, n_frames: int) -> Samples:
    """A stretch of a track as it is, shape (`n_frames`, 2), with silence after its end."""
    if track.name == BED:
        wrapped: Samples = bed.loop().take(np.arange(first, first + n_frames), axis=0, mode="wrap")
        return wrapped
    samples = np.zeros((n_frames, 2), dtype=np.float32)
    end = min(first + n_frames, track.n_frames)
    for number in range(max(first - _SEAM, 0) // _SECTION, -(-end // _SECTION)):
        begins = number * _SECTION
        section = _section(track, number)
        start, stop = max(first, begins), min(end, begins + len(section))
        if start < stop:
            part = section[start - begins : stop - begins]
            samples[start - first : stop - first] += part * _seams(number, start, stop)
    return samples


def _seams(number: int, start: int, stop: int) -> Samples | float:
    """How much of a section is heard from one frame to another, as a column of factors."""
    begins, ends = number * _SECTION, (number + 1) * _SECTION
    if start >= begins + _SEAM * (number > 0) and stop <= ends:
        return 1.0
    at = np.arange(start, stop, dtype=np.float64)
    rise = (at - begins) / _SEAM if number else np.ones(at.size)
    fall = 1 - (at - ends) / _SEAM
    heard: Samples = np.minimum(rise.clip(0, 1), fall.clip(0, 1)).astype(np.float32)
    return heard.reshape(-1, 1)


@lru_cache(maxsize=_KEPT_SECTIONS)
def _section(track: Track, number: int) -> Samples:
    return _decode(track.name, number).samples


def _decode(name: str, number: int) -> Audio:
    return ffmpeg.decode_stretch(Path(name), number * SECTION_S, _SECTION + _SEAM)


def survey(name: str, progress: Callable[[float], None] = lambda _seconds: None) -> Survey:
    """A track and its loudness, by decoding all of it.

    Args:
        name: absolute path of a file, or `bed`.
        progress: told again and again how many more seconds were heard.

    Raises:
        EncoderMissing: no ffmpeg.
        SoundError: no such file; no music in it; locked, silent or cut off.
    """
    if name == BED:
        once, n_hops = hops(Audio(bed.loop(), RATE_HZ)), bed.N_FRAMES // HOP_FRAMES
        laps = Hops(*(np.tile(row[:n_hops], _BED_LAPS) for row in (once.energies, once.peaks)))
        return _survey(name, _BED_LAPS * bed.N_FRAMES, laps)
    told_s = _told_length_s(Path(name))
    heard, peaks = np.zeros(0), np.zeros(0)
    n_frames = 0
    for number, (length, part) in enumerate(_heard(name)):
        first = number * _SECTION // HOP_FRAMES
        more = first + part.energies.size - heard.size
        heard, peaks = np.pad(heard, (0, more)), np.pad(peaks, (0, more))
        heard[first:] += part.energies
        peaks[first:] = np.maximum(peaks[first:], part.peaks)
        n_frames += length
        progress(length / RATE_HZ)
    n_hops = -(-n_frames // HOP_FRAMES)
    found = _survey(name, n_frames, Hops(heard[:n_hops], peaks[:n_hops]))
    _refuse_useless(found, told_s)
    return found


def _heard(name: str) -> Iterator[tuple[int, Hops]]:
    """The frames of each section of a file and what is heard in it, found side by side."""

    def hear(number: int) -> tuple[int, Hops]:
        sound = _decode(name, number).samples[:_SECTION]
        return len(sound), hops(Audio(sound, RATE_HZ))

    with ThreadPoolExecutor(max_workers=ffmpeg.CORES) as pool:
        for first in count(step=ffmpeg.CORES):
            for found in pool.map(hear, range(first, first + ffmpeg.CORES)):
                yield found
                if found[0] < _SECTION:
                    return


def _refuse_useless(found: Survey, told_s: float | None) -> None:
    name, length_s = found.track.name, found.track.n_frames / RATE_HZ
    if not found.track.n_frames:
        raise SoundError(f"{name}: there is no sound in it", "Take another file.")
    if told_s is not None and told_s - length_s > max(_MISSING * told_s, _MISSING_S):
        raise SoundError(
            f"{name}: breaks off at {clock(int(length_s) * 1000)} of {clock(int(told_s) * 1000)}",
            "It was not copied or downloaded to its end: fetch it again.",
        )
    if found.track.lufs == -np.inf:
        raise SoundError(f"{name}: nothing can be heard in it", "Take another file.")


def _told_length_s(path: Path) -> float | None:
    """The length that a file tells, where it tells one.

    Raises:
        SoundError: there is no such file, or its sound is locked.
    """
    import mutagen  # noqa: PLC0415 - only where a file is new to us
    from mutagen.mp3 import MP3, BitrateMode  # noqa: PLC0415 - as above

    if not path.is_file():
        raise SoundError(f"{path}: there is no such file", "Look at its name and its folder.")
    try:
        file = mutagen.File(path)
    except (mutagen.MutagenError, ValueError):
        return None  # ffmpeg says what is wrong, or reads it all the same
    if file is None or file.info is None:
        return None
    if str(getattr(file.info, "codec", "")).startswith(_PROTECTED):
        raise SoundError(
            f"{path}: is protected against copying and cannot be decoded",
            "Take a file without copy protection (DRM).",
        )
    if isinstance(file, MP3) and file.info.bitrate_mode == BitrateMode.UNKNOWN:
        return None  # only guessed from the size
    return float(file.info.length)
