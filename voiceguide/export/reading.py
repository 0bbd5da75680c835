"""What a finished file says of itself: its title, its chapters, its timeline; any format we write.

The way back from `id3`, `container_tags` and `wav`. Tags that are damaged or of another kind read
as none: whoever compares them says so.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mutagen
from mutagen.id3 import ID3
from mutagen.mp4 import MP4

from voiceguide.export.container_tags import MP4_TIMELINE, TIMELINE_FIELD
from voiceguide.export.id3 import TIMELINE_FRAME
from voiceguide.export.mp4_chapters import read_chapter_track
from voiceguide.export.wav import read_chunk

AAC_FRAME = 1024
"""Frames of sound in one of AAC (ISO/IEC 14496-3, 4.5.2.1)."""


@dataclass(frozen=True, slots=True)
class TaggedChapter:
    """A chapter as a file tells it."""

    title: str
    start_ms: int
    end_ms: int | None = None
    """None where the format tells only where chapters begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTags:
    """The tags of a file that a timeline decides; None and empty where it has none."""

    title: str | None = None
    chapters: tuple[TaggedChapter, ...] = ()
    chapter_track: tuple[TaggedChapter, ...] | None = None
    """The chapters once more, as MP4 files have them for other players; None in other formats."""
    timeline: str | None = None
    """As JSON."""
    padding_frames: int = 0
    """So many frames a decoder may play after the end that the file tells."""


def read_tags(path: Path) -> ReadTags:
    """The tags of a file, empty for one that has none or is of a kind we do not write."""
    try:
        chunk = read_chunk(path, b"id3 ")
        if chunk is not None:
            return _from_id3(ID3(io.BytesIO(chunk), translate=False))
        file: Any = mutagen.File(path)
        if isinstance(file, MP4):
            return _from_mp4(file, path)
        tags = file.tags if file is not None else None
        if isinstance(tags, ID3):
            return _from_id3(tags)
        return _from_comments({} if tags is None else tags)
    except (mutagen.MutagenError, OSError, ValueError, KeyError, TypeError):
        return ReadTags()


def _from_id3(tags: ID3) -> ReadTags:
    carried = [frame for frame in tags.getall("GEOB") if frame.desc == TIMELINE_FRAME]
    chapters = {frame.element_id: frame for frame in tags.getall("CHAP")}
    contents = [name for frame in tags.getall("CTOC")[:1] for name in frame.child_element_ids]
    return ReadTags(
        title=_first(tags.getall("TIT2")),
        chapters=tuple(
            TaggedChapter(
                _first(frame.sub_frames.getall("TIT2")) or "", frame.start_time, frame.end_time
            )
            for frame in (chapters[name] for name in contents if name in chapters)
        ),
        timeline=_text(carried[0].data) if carried else None,
    )


def _from_mp4(file: MP4, path: Path) -> ReadTags:
    tags: Any = file.tags or {}
    carried = tags.get(MP4_TIMELINE)
    return ReadTags(
        title=_first(tags.get("\xa9nam")),
        chapters=tuple(
            TaggedChapter(chapter.title, round(chapter.start * 1000))
            for chapter in file.chapters or ()
        ),
        chapter_track=tuple(TaggedChapter(*each) for each in read_chapter_track(path)),
        timeline=_text(bytes(carried[0])) if carried else None,
        # The edit list tells the end; ffmpeg before 7 plays the last frame out all the same.
        padding_frames=AAC_FRAME - 1,
    )


def _from_comments(tags: Any) -> ReadTags:  # noqa: ANN401 - mutagen's, of several classes
    values = {name.upper(): texts[0] for name, texts in dict(tags).items() if texts}
    numbers = sorted(
        found[1] for name in values if (found := re.fullmatch(r"CHAPTER(\d{3})", name))
    )
    return ReadTags(
        title=values.get("TITLE"),
        chapters=tuple(
            TaggedChapter(
                values.get(f"CHAPTER{number}NAME", ""), _clock_ms(values[f"CHAPTER{number}"])
            )
            for number in numbers
        ),
        timeline=values.get(TIMELINE_FIELD),
    )


def _clock_ms(clock: str) -> int:
    """Milliseconds of `00:01:02.345`."""
    hours, minutes, seconds = clock.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


def _first(values: Any) -> str | None:  # noqa: ANN401 - mutagen's, of several classes
    return str(values[0]) if values else None


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")
