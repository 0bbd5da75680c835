"""A finished file against its timeline: what is in it, where, and whether it belongs there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from voiceguide import ffmpeg
from voiceguide.export.reading import read_tags
from voiceguide.model.errors import UsageError, VoiceguideError
from voiceguide.model.timeline import Timeline
from voiceguide.verify.cause import find_cause
from voiceguide.verify.checks import check_sound
from voiceguide.verify.listening import Heard, Wanted, everywhere, listen, where_due
from voiceguide.verify.report import Check, Item, Report
from voiceguide.verify.tags import check_tags, read

__all__ = ["Check", "Item", "Progress", "Report", "verify"]

Progress = Callable[[str, int, int], None]
"""Told a phase, how much of it is done, and of how much."""


def verify(
    path: Path,
    timeline_file: Path | None = None,
    progress: Progress = lambda _phase, _done, _total: None,
) -> Report:
    """Every check of a finished file.

    Where all is in its place, the file is decoded once. Where it is not, and under music, it is
    decoded again and searched for our tones from end to end.

    Args:
        path: the file, in any format.
        timeline_file: counts in place of the timeline that the file carries.
        progress: told the phases "listening" and "searching".

    Raises:
        UsageError: there is no such file, or the timeline given is none.
        VoiceguideError: there is no timeline to compare with.
        SoundError: the file has no sound that can be decoded.
        EncoderMissing: no ffmpeg.
    """
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file", "Name a file that was rendered.")
    ffmpeg.locate()
    tags = read_tags(path)
    timeline = _given(timeline_file) if timeline_file else _carried(path, tags.timeline)

    def hear(wanted: Wanted, phase: str) -> Heard:
        def done(ms: int) -> None:
            progress(phase, ms, timeline.duration_ms)

        return listen(ffmpeg.stream(path), wanted, done)

    heard = hear(where_due(timeline), "listening")
    checks = check_sound(timeline, heard, tags.padding_frames)
    cause = None
    if not _in_place(checks) or timeline.music_ms:
        heard = hear(everywhere(timeline), "searching")
        checks = check_sound(timeline, heard, tags.padding_frames)
        cause = None if _in_place(checks) else find_cause(timeline, heard)
    return Report(
        title=timeline.title,
        duration_ms=timeline.duration_ms,
        cause=cause,
        checks=(*check_tags(timeline, tags), *checks),
    )


def _in_place(checks: Iterable[Check]) -> bool:
    return not any(c.findings for c in checks if c.name in {"length", "tones", "silence"})


def _given(path: Path) -> Timeline:
    try:
        timeline = read(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {(error.strerror or str(error)).lower()}",
            "Name the file that `voiceguide render --timeline FILE` wrote.",
        ) from error
    except ValueError as error:
        raise UsageError(
            f"{path} is no timeline: {error}",
            "Name the file that `voiceguide render --timeline FILE` wrote.",
        ) from error
    if timeline.estimated:
        raise UsageError(
            f"{path} holds estimates of how long speech is, no measured lengths",
            "`voiceguide plan SCRIPT --json`, without --estimate, measures them.",
        )
    return timeline


def _carried(path: Path, text: str | None) -> Timeline:
    hint = (
        "Name one with --timeline: `voiceguide plan SCRIPT --json > FILE` makes it, with the"
        " voice, --set, --talk and --fit that the file was rendered with."
    )
    if text is None:
        for _ in ffmpeg.stream(path, block_frames=1):  # whether it is sound at all
            break
        raise VoiceguideError(f"{path} carries no timeline to compare it with", hint)
    try:
        return read(text)
    except ValueError as error:
        raise VoiceguideError(f"{path} carries a damaged timeline: {error}", hint) from error
