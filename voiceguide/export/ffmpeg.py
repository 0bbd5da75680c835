"""The exporter of every format that ffmpeg writes and we do not: AAC, Vorbis, Opus, FLAC."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from mutagen import MutagenError

from voiceguide import ffmpeg
from voiceguide.atomic import part_in
from voiceguide.export.container_tags import write_mp4_tags, write_vorbis_comments
from voiceguide.export.contract import Progress, Sound, told
from voiceguide.export.mp4_chapters import fitting
from voiceguide.export.tags import Tags
from voiceguide.model.errors import TargetNotWritable
from voiceguide.model.timeline import Chapter, Timeline

REPEATABLE = ("-fflags", "+bitexact", "-flags:a", "+bitexact")
"""No encoder version and no random serial number: the same session gives the same bytes."""


@dataclass(frozen=True, slots=True)
class _Format:
    options: tuple[str, ...]
    """Codec and muxer."""
    write_tags: Callable[[Path, Tags, Timeline], None]
    has_chapter_track: bool = False
    """Chapters are a track, which ffmpeg makes; else they are tags."""


_MP4 = _Format(
    ("-c:a", "aac", "-b:a", "128k", "-f", "ipod"), write_mp4_tags, has_chapter_track=True
)

_VORBIS = ("-c:a", "libvorbis", "-q:a", "5", "-page_duration", "100000")
"""Pages of 0.1 s: of a sound in a single page, decoders cannot tell which end to cut."""

_FORMATS: Mapping[str, _Format] = MappingProxyType(
    {
        "m4a": _MP4,
        "m4b": _MP4,
        "ogg": _Format((*_VORBIS, "-f", "ogg"), write_vorbis_comments),
        "opus": _Format(("-c:a", "libopus", "-b:a", "96k", "-f", "opus"), write_vorbis_comments),
        "flac": _Format(
            ("-c:a", "flac", "-sample_fmt", "s16", "-f", "flac"), write_vorbis_comments
        ),
    }
)


NO_ROOM = "Is there room on the disk?"


class FfmpegExporter:
    """Streams the mix through ffmpeg, then tags what came out."""

    name = "ffmpeg"
    suffixes = tuple(_FORMATS)

    def write(
        self,
        sound: Sound,
        timeline: Timeline,
        tags: Tags,
        target: Path,
        *,
        suffix: str,
        progress: Progress,
    ) -> None:
        """See `Exporter.write`."""
        form = _FORMATS[suffix]
        chapters = part_in(target.parent)
        inputs: tuple[str, ...] = ()
        try:
            if form.has_chapter_track and timeline.chapters:
                text = _describe_chapters(timeline.chapters)
                chapters.write_text(text, encoding="utf-8", newline="\n")
                inputs = ("-f", "ffmetadata", "-i", f"file:{chapters}", "-map_chapters", "1")
            options = [*inputs, "-map", "0:a", *REPEATABLE, *form.options]
            ffmpeg.encode(told(sound, progress), options, target, sound.n_channels)
        finally:
            chapters.unlink(missing_ok=True)
        try:
            form.write_tags(target, tags, timeline)
        except MutagenError as error:
            raise TargetNotWritable(f"the tags cannot be written: {error}", NO_ROOM) from error


def _describe_chapters(chapters: tuple[Chapter, ...]) -> str:
    """Chapters in the text form that ffmpeg reads."""
    return ";FFMETADATA1\n" + "".join(
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={chapter.start_ms}\nEND={chapter.end_ms}\n"
        f"title={_escape(fitting(chapter.title))}\n"
        for chapter in chapters
    )


def _escape(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "=;#\\\n" else letter for letter in text)
