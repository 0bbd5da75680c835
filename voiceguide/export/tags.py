"""What a finished file says of itself, before it takes the form of one container's tags."""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.export.cover import cover
from voiceguide.export.lyrics import write_lrc
from voiceguide.model.timeline import Timeline

ARTIST = "voiceguide"
ALBUM = "voiceguide"
GENRE = "Fitness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Texts in any script, and a picture."""

    title: str
    artist: str = ARTIST
    album: str = ALBUM
    track: tuple[int, int] | None = None
    """Which of how many of its album."""
    genre: str = GENRE
    year: int | None = None
    comment: str = ""
    lyrics: str = ""
    """LRC: a line for each spoken cue, with its time."""
    cover_png: bytes = b""


def describe(
    timeline: Timeline,
    *,
    comment: str = "",
    year: int | None = None,
    album: str = ALBUM,
    track: tuple[int, int] | None = None,
) -> Tags:
    """The tags of a session, its picture and its words among them."""
    return Tags(
        title=timeline.title,
        album=album,
        track=track,
        year=year,
        comment=comment,
        lyrics=write_lrc(timeline),
        cover_png=cover(timeline),
    )
