"""ID3 version 2.3, the tags of MP3 and WAV files."""

from __future__ import annotations

import io
from collections.abc import Iterator

from mutagen import id3

from voiceguide.export.tags import Tags
from voiceguide.model.timeline import Chapter, Timeline, dump

_UTF16 = id3.Encoding.UTF16
"""What version 2.3 has for text outside Latin 1."""
_MOST_CHAPTERS = 255
"""The table of contents counts them in one byte (ID3v2 Chapter Frame Addendum, 3.2)."""

_LANGUAGES = {
    "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "it": "ita", "ja": "jpn", "nl": "nld",
    "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe", "zh": "zho",
}  # fmt: skip
"""ISO 639-2 for what is most spoken; `und` (undetermined) stands for any other."""

TIMELINE_FRAME = "voiceguide timeline"
"""Description of the GEOB frame that carries the timeline."""


def write_id3(tags: Tags, timeline: Timeline) -> bytes:
    """The whole tag, to stand before the first MP3 frame or in a WAV chunk."""
    tag = id3.ID3()
    for frame in _frames(tags, timeline):
        tag.add(frame)
    file = io.BytesIO()
    tag.save(file, v1=0, v2_version=3, padding=lambda _info: 0)
    return _in_order(file.getvalue())


def _frames(tags: Tags, timeline: Timeline) -> Iterator[id3.Frame]:
    language = _LANGUAGES.get(timeline.language.partition("-")[0].lower(), "und")
    yield id3.TIT2(encoding=_UTF16, text=tags.title)
    yield id3.TPE1(encoding=_UTF16, text=tags.artist)
    yield id3.TALB(encoding=_UTF16, text=tags.album)
    if tags.track is not None:
        number, of = tags.track
        yield id3.TRCK(encoding=id3.Encoding.LATIN1, text=f"{number}/{of}")
    yield id3.TCON(encoding=_UTF16, text=tags.genre)
    yield id3.TLEN(encoding=id3.Encoding.LATIN1, text=str(timeline.duration_ms))
    yield id3.TLAN(encoding=id3.Encoding.LATIN1, text=language)
    if tags.year is not None:
        yield id3.TYER(encoding=id3.Encoding.LATIN1, text=f"{tags.year:04}")
    if tags.comment:
        yield id3.COMM(encoding=_UTF16, lang=language, desc="", text=tags.comment)
    if tags.lyrics:
        yield id3.USLT(encoding=_UTF16, lang=language, desc="", text=tags.lyrics)
    if tags.cover_png:
        yield id3.APIC(
            encoding=id3.Encoding.LATIN1,
            mime="image/png",
            type=id3.PictureType.COVER_FRONT,
            desc="",
            data=tags.cover_png,
        )
    yield id3.GEOB(
        encoding=id3.Encoding.LATIN1,
        mime="application/json",
        filename="timeline.json",
        desc=TIMELINE_FRAME,
        data=dump(timeline).encode(),
    )
    yield from _chapters(timeline.chapters[:_MOST_CHAPTERS])


def _chapters(chapters: tuple[Chapter, ...]) -> Iterator[id3.Frame]:
    names = [f"chp{number}" for number in range(len(chapters))]
    if chapters:
        yield id3.CTOC(
            element_id="toc",
            flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED,
            child_element_ids=names,
            sub_frames=[id3.TIT2(encoding=_UTF16, text="Chapters")],
        )
    for name, chapter in zip(names, chapters, strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            start_offset=0xFFFFFFFF,
            end_offset=0xFFFFFFFF,
            sub_frames=[id3.TIT2(encoding=_UTF16, text=chapter.title)],
        )


_HEADER = 10
"""Bytes of the header of the tag, and of each frame."""


def _in_order(tag: bytes) -> bytes:
    """The tag with its chapters where they belong: mutagen writes frames in order of size.

    Many readers take chapters as they come.
    """
    frames: list[bytes] = []
    at = _HEADER
    while at < len(tag):
        end = at + _HEADER + int.from_bytes(tag[at + 4 : at + 8], "big")
        frames.append(tag[at:end])
        at = end
    frames.sort(key=_place)
    return tag[:_HEADER] + b"".join(frames)


def _place(frame: bytes) -> tuple[int, int]:
    """Texts first, then contents and chapters, then what is large."""
    name = frame[:4]
    if name == b"CHAP":
        number = frame[_HEADER : frame.index(b"\0", _HEADER)].removeprefix(b"chp")
        return 2, int(number)
    return {b"CTOC": 1, b"USLT": 3, b"GEOB": 4, b"APIC": 5}.get(name, 0), 0
