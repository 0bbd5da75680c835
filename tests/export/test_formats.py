"""What every format promises, read back by ffmpeg and mutagen."""

from __future__ import annotations

import json
import re
import subprocess
from base64 import b64decode
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest
from export.recorded import record
from mutagen.flac import Picture

from voiceguide import ffmpeg
from voiceguide.export import Sound, describe, formats, write_file
from voiceguide.export.id3 import TIMELINE_FRAME
from voiceguide.model.timeline import Timeline, dump, parse

FORMATS = ("mp3", "flac", "m4a", "m4b", "ogg", "opus", "wav")
QUICK = ("mp3", "flac", "wav", "m4a", "opus")


def decode(path: Path, n_frames: int) -> np.ndarray:
    """The samples of a file, which must be exactly so many frames long."""
    samples = ffmpeg.decode(path).samples
    if path.suffix in {".m4a", ".m4b"}:
        # The edit list tells the end; ffmpeg before 7 plays the last AAC frame out all the same.
        assert len(samples) - n_frames in range(1024)
        return samples[:n_frames]
    assert len(samples) == n_frames
    return samples


def chapters_of(path: Path) -> list[tuple[int, int, str]]:
    """Chapters as ffmpeg reads them, in its order: start and end in ms, title."""
    result = subprocess.run(
        [ffmpeg.locate(), "-hide_banner", "-i", str(path)], capture_output=True, check=False
    )
    found = re.findall(
        r"Chapter #\d+:\d+: start ([\d.]+), end ([\d.]+)\s+Metadata:\s+title +: (.*)",
        result.stderr.decode(),
    )
    return [(round(float(start) * 1000), round(float(end) * 1000), title)
            for start, end, title in found]  # fmt: skip


def tag_of(path: Path, *names: str) -> Any:
    """The value of the tag that has one of these names, whatever the container calls it."""
    tags: Any = dict(mutagen.File(path).tags)
    return next(tags[name] for name in names if name in tags)


def timeline_of(path: Path) -> str:
    value = tag_of(
        path, f"GEOB:{TIMELINE_FRAME}", "----:com.apple.iTunes:VOICEGUIDE_TIMELINE",
        "voiceguide_timeline",
    )  # fmt: skip
    content = getattr(value, "data", None) or value[0]
    return content.decode() if isinstance(content, bytes) else str(content)


def title_of(path: Path) -> str:
    return str(tag_of(path, "TIT2", "\xa9nam", "title")[0])


def cover_of(path: Path) -> bytes:
    file: Any = mutagen.File(path)
    if getattr(file, "pictures", None):
        return bytes(file.pictures[0].data)
    value = tag_of(path, "APIC:", "covr", "metadata_block_picture")
    if hasattr(value, "data"):
        return bytes(value.data)
    return bytes(value[0]) if isinstance(value[0], bytes) else Picture(b64decode(value[0])).data


@pytest.fixture(scope="module")
def written() -> dict[str, Path]:
    """Finished files by format: each is made once."""
    return {}


@pytest.fixture
def path(
    request: pytest.FixtureRequest,
    written: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
    sound: Sound,
    session: Timeline,
) -> Path:
    """A finished file of the format that the test is told."""
    suffix: str = request.param
    if suffix not in written:
        target = tmp_path_factory.mktemp(suffix) / f"Séance 走る.{suffix}"
        write_file(sound, session, target, tags=describe(session, year=2024))
        written[suffix] = target
    return written[suffix]


def test_the_formats_of_the_contract_are_there() -> None:
    assert set(FORMATS) <= set(formats())
    assert formats()[0] == "mp3"


@pytest.mark.parametrize("path", FORMATS, indirect=True)
def test_decodes_to_the_exact_length_and_the_same_sound(path: Path, sound: Any) -> None:
    decoded = decode(path, sound.n_frames)
    # By correlation, which tells a shift by a frame or two from what a codec changes.
    first, second = decoded[:, 0], sound.samples[:, 0]
    shifts = [float(np.dot(np.roll(first, shift), second)) for shift in range(-3, 4)]
    assert np.argmax(shifts) == 3
    assert np.dot(first, second) / np.dot(second, second) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("path", FORMATS, indirect=True)
def test_carries_title_chapters_cover_and_timeline(path: Path, session: Timeline) -> None:
    assert title_of(path) == session.title
    assert parse(timeline_of(path)) == session
    assert json.loads(timeline_of(path)) == json.loads(dump(session))
    assert cover_of(path).startswith(b"\x89PNG")
    found = chapters_of(path)
    assert [part[::2] for part in found] == [
        (part.start_ms, part.title) for part in session.chapters
    ]
    # Where a format has only starts, ffmpeg ends the last with the file, in its own count.
    expected = [part.end_ms for part in session.chapters]
    assert [part[1] for part in found] == pytest.approx(expected, abs=10)


@pytest.mark.parametrize("suffix", QUICK)
def test_the_same_session_gives_the_same_bytes(
    tmp_path: Path, suffix: str, sound: Sound, session: Timeline
) -> None:
    one, other = (tmp_path / f"{name}.{suffix}" for name in ("one", "other"))
    for target in (one, other):
        write_file(sound, session, target)
    if suffix != "m4a":  # its header tells when it was made
        assert one.read_bytes() == other.read_bytes()
    assert np.array_equal(ffmpeg.decode(one).samples, ffmpeg.decode(other).samples)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_shortest_and_the_silent_session_are_written(
    tmp_path: Path, suffix: str, session: Timeline
) -> None:
    for duration_ms in (300, 1000):
        target = tmp_path / f"{duration_ms}.{suffix}"
        silent = record(duration_ms)
        write_file(silent, session, target)
        assert np.abs(decode(target, silent.n_frames)).max() < 0.001
