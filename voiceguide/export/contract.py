"""What an exporter is: the plug point of group `voiceguide.exporters`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from voiceguide.export.tags import Tags
from voiceguide.model.audio import Audio, Span
from voiceguide.model.timeline import Timeline

Progress = Callable[[float], None]
"""Told how much is done, 0 to 1."""


class Sound(Protocol):
    """A session as sound, 48 kHz float32, made as it is asked for."""

    @property
    def n_frames(self) -> int:
        """Its exact length."""

    @property
    def n_channels(self) -> int:
        """1 for mono, 2 for stereo."""

    @property
    def spans(self) -> Sequence[Span]:
        """Where there is sound, in order; the rest is digital silence."""

    def blocks(self, start_frame: int = 0, block_frames: int = 48_000) -> Iterator[Audio]:
        """The sound from `start_frame` to the end, in blocks; any cut gives the same samples."""


def told(sound: Sound, progress: Progress) -> Iterator[Audio]:
    """The blocks of a sound from its start; tells of each once it is used."""
    done = 0
    for block in sound.blocks():
        yield block
        done += block.n_frames
        progress(done / sound.n_frames)


class Exporter(Protocol):
    """Writes finished files of some formats."""

    name: str
    suffixes: tuple[str, ...]
    """The formats it writes, each as a file suffix without its dot, lower case."""

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
        """Writes one complete file.

        Args:
            sound: decoded again, the file has exactly its frames and its loudness.
            timeline: goes into the tags, with its chapters.
            tags: the other tags.
            target: a temporary path, which says nothing of the format. The caller renames it when
                all is well and removes it when not.
            suffix: the format, one of `suffixes`.
            progress: how much is done.

        Raises:
            ExportError: the file could not be written.
        """
