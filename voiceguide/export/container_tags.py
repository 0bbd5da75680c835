"""Tags in MP4, FLAC, Ogg Vorbis and Opus files: the same facts as ID3 carries in an MP3."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import mutagen
from mutagen.flac import FLAC, Picture
from mutagen.id3 import PictureType
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm

from voiceguide.export.tags import Tags
from voiceguide.model.timeline import Timeline, dump

TIMELINE_FIELD = "VOICEGUIDE_TIMELINE"
"""Name of the tag that carries the timeline as JSON."""
MP4_TIMELINE = f"----:com.apple.iTunes:{TIMELINE_FIELD}"
"""The same in an MP4 file."""
_MOST_CHAPTERS = 1000
"""Vorbis comments number chapters with three digits."""


def write_mp4_tags(path: Path, tags: Tags, timeline: Timeline) -> None:
    """Adds the tags to an MP4 file, which has its chapters already."""
    file = MP4(path)
    file["\xa9nam"] = tags.title
    file["\xa9ART"] = tags.artist
    file["\xa9alb"] = tags.album
    if tags.track is not None:
        file["trkn"] = [tags.track]
    file["\xa9gen"] = tags.genre
    file["\xa9cmt"] = tags.comment
    file["\xa9lyr"] = tags.lyrics
    if tags.year is not None:
        file["\xa9day"] = f"{tags.year:04}"
    if tags.cover_png:
        file["covr"] = [MP4Cover(tags.cover_png, MP4Cover.FORMAT_PNG)]
    file[MP4_TIMELINE] = [MP4FreeForm(dump(timeline).encode())]
    file.save()


def write_vorbis_comments(path: Path, tags: Tags, timeline: Timeline) -> None:
    """Adds the tags to a FLAC, Ogg Vorbis or Opus file."""
    file = mutagen.File(path)
    for name, value in _comments(tags, timeline):
        file[name] = value
    if tags.cover_png:
        picture = Picture()
        picture.type = PictureType.COVER_FRONT
        picture.mime = "image/png"
        picture.data = tags.cover_png
        if isinstance(file, FLAC):
            file.add_picture(picture)
        else:
            file["metadata_block_picture"] = base64.b64encode(picture.write()).decode()
    file.save()


def _comments(tags: Tags, timeline: Timeline) -> Iterator[tuple[str, str]]:
    yield "TITLE", tags.title
    yield "ARTIST", tags.artist
    yield "ALBUM", tags.album
    if tags.track is not None:
        number, of = tags.track
        yield "TRACKNUMBER", str(number)
        yield "TRACKTOTAL", str(of)
    yield "GENRE", tags.genre
    yield "COMMENT", tags.comment
    yield "LYRICS", tags.lyrics
    if tags.year is not None:
        yield "DATE", f"{tags.year:04}"
    for number, chapter in enumerate(timeline.chapters[:_MOST_CHAPTERS]):
        yield f"CHAPTER{number:03}", _clock(chapter.start_ms)
        yield f"CHAPTER{number:03}NAME", chapter.title
    yield TIMELINE_FIELD, dump(timeline)


def _clock(ms: int) -> str:
    seconds, rest_ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest_ms:03}"
