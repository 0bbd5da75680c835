"""Chapters outside of ID3 are compared; MP4 files tell them twice, and both lists count."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import mutagen
import pytest

from voiceguide import pipeline
from voiceguide.export.reading import read_tags
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.verify import verify

LONG = "a" + "走" * 90
"""The last byte that both lists have room for is in the middle of a letter."""
SCRIPT = f"""
voiceguide: 1
title: Chapters
steps:
  - {{block: Main, steps: [{{exercise: plank, duration: 4s}}]}}
  - {{block: Ende äöü, steps: [{{exercise: squat, duration: 6s}}]}}
  - {{block: {LONG}, steps: [{{exercise: plank, duration: 2s}}]}}
"""

TRACK = " in the chapter track"


@pytest.fixture(scope="module")
def made(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("mp4") / "chapters.m4a"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(session_home))
        render(path)
    return path.read_bytes()


def render(path: Path) -> None:
    source = Source(SCRIPT.encode(), "chapters.yaml", path.parent)
    pipeline.render(source, path, Options(engine="silent"))


def findings(data: bytes, folder: Path) -> list[tuple[str, str]]:
    """What is wrong with the chapters of an MP4 file."""
    path = folder / "damaged.m4a"
    path.write_bytes(data)
    return findings_in(path)


def findings_in(path: Path) -> list[tuple[str, str]]:
    """What is wrong with the chapters of a file, which is all that is wrong with it."""
    checks = verify(path).checks
    assert not [check.name for check in checks if check.findings and check.name != "chapters"]
    return [
        (item.what, item.found)
        for check in checks
        if check.name == "chapters"
        for item in check.findings
    ]


def test_a_file_as_it_was_made_passes(made: bytes, tmp_path: Path) -> None:
    assert findings(made, tmp_path) == []


def replaced(data: bytes, box: bytes, at: int, new: bytes) -> bytes:
    """With other bytes so far after the name of the last box that is called so."""
    first = data.rindex(box) + 4 + at
    return data[:first] + new + data[first + len(new) :]


def test_a_chapter_that_is_moved_in_the_list(made: bytes, tmp_path: Path) -> None:
    second = 9 + 8 + 1 + len("Main")
    moved = replaced(made, b"chpl", second, (2_500_000).to_bytes(8, "big"))
    assert findings(moved, tmp_path) == [("Ende äöü", '"Ende äöü" from 0:00.25')]


def test_a_chapter_that_is_moved_in_the_track(made: bytes, tmp_path: Path) -> None:
    """It begins where the one before it ends: the first two change their lengths."""
    first, second = (made[made.rindex(b"stts") + at :][:4] for at in (16, 24))
    moved = replaced(replaced(made, b"stts", 12, second), b"stts", 20, first)
    assert findings(moved, tmp_path) == [
        ("Main", f'"Main" from 0:00 to 0:06{TRACK}'),
        ("Ende äöü", f'"Ende äöü" from 0:06 to 0:15{TRACK}'),
    ]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda data: replaced(data, b"chpl", 8, b"\2"), "none"),
        (lambda data: replaced(data, b"stts", 4, (2).to_bytes(4, "big")), f"none{TRACK}"),
    ],
)
def test_a_chapter_that_is_removed(
    made: bytes, tmp_path: Path, damage: Callable[[bytes], bytes], told: str
) -> None:
    assert findings(damage(made), tmp_path) == [(LONG, told)]


@pytest.mark.parametrize(("box", "told"), [(b"chpl", "none"), (b"tref", f"none{TRACK}")])
def test_a_list_that_is_lost(made: bytes, tmp_path: Path, box: bytes, told: str) -> None:
    found = findings(replaced(made, box, -4, b"none"), tmp_path)
    assert [each for _, each in found] == [told] * 3


@pytest.mark.parametrize("box", [b"stts", b"stsc", b"stsz", b"stco", b"tkhd", b"mdhd"])
@pytest.mark.parametrize("junk", [b"\xff" * 8, bytes(8)])
def test_a_track_that_is_damaged_is_told(
    made: bytes, tmp_path: Path, box: bytes, junk: bytes
) -> None:
    """Whatever stands in its tables, it is read in no time, or as none."""
    path = tmp_path / "damaged.m4a"
    path.write_bytes(replaced(made, box, 4 if box.startswith(b"st") else 12, junk))
    track = read_tags(path).chapter_track
    assert track is not None
    assert len(track) <= 3


@pytest.mark.parametrize("suffix", ["flac", "ogg", pytest.param("opus", marks=pytest.mark.slow)])
def test_chapters_that_are_comments(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"chapters.{suffix}"
    render(path)
    assert findings_in(path) == []
    file = mutagen.File(path)
    file["CHAPTER001"] = "00:00:09.250"
    del file["CHAPTER002"]
    del file["CHAPTER002NAME"]
    file.save()
    assert findings_in(path) == [("Ende äöü", '"Ende äöü" from 0:09.25'), (LONG, "none")]
