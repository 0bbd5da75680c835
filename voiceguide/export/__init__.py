"""A mix to a finished file: the exporters, and writing so that a file is whole or not there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from voiceguide import plugins
from voiceguide.atomic import is_stream, naming, part_in, remove_stale, writing
from voiceguide.export.contract import Exporter, Progress, Sound
from voiceguide.export.tags import ALBUM, Tags, describe
from voiceguide.model.errors import UsageError, VoiceguideError
from voiceguide.model.timeline import Timeline

__all__ = [
    "ALBUM",
    "Exporter",
    "Progress",
    "Sound",
    "Tags",
    "describe",
    "exporter_for",
    "formats",
    "write_file",
    "write_stream",
]


def exporter_for(suffix: str) -> Exporter:
    """The exporter of a format, given as a file suffix with or without its dot, in any case.

    Raises:
        UsageError: no exporter writes it; the message lists what can be written.
    """
    wanted = suffix.lower().removeprefix(".")
    known = plugins.listed(plugins.EXPORTERS)
    for plugin in sorted(known, key=lambda plugin: plugin.name != wanted):
        exporter = _load(plugin)
        if exporter is not None and wanted in exporter.suffixes:
            return exporter
    raise UsageError(
        f"`{suffix}` is no format that can be written" if wanted else "the file has no suffix",
        hint=f"Known are {', '.join(formats())}.",
    )


def formats() -> tuple[str, ...]:
    """Every format that can be written, mp3 first."""
    exporters = map(_load, plugins.listed(plugins.EXPORTERS))
    suffixes = {suffix for exporter in exporters if exporter for suffix in exporter.suffixes}
    return tuple(sorted(suffixes, key=lambda suffix: (suffix != "mp3", suffix)))


def _load(plugin: plugins.Plugin) -> Exporter | None:
    """The exporter; None for one that is broken, which `voiceguide doctor` tells of."""
    try:
        exporter: Exporter = plugins.load(plugin)
    except (plugins.PluginFailed, VoiceguideError):
        return None
    return exporter


def write_file(
    sound: Sound,
    timeline: Timeline,
    target: Path,
    *,
    tags: Tags | None = None,
    suffix: str | None = None,
    progress: Progress = lambda _done: None,
) -> None:
    """Writes one finished file; nothing is left under its name when that fails.

    Args:
        sound: the mix.
        timeline: of the mix.
        target: in a folder that is there. A pipe or a device gets the finished file's bytes.
        tags: what the file says of itself; by default what follows from the timeline.
        suffix: the format, where it is not the suffix of `target`.
        progress: told how much is done, 0 to 1.

    Raises:
        UsageError: a format that nobody writes.
        ExportError: no encoder, or a target that cannot be written.
    """
    suffix = (suffix or target.suffix).lower().removeprefix(".")
    exporter = exporter_for(suffix)
    with naming(target):
        if is_stream(target):
            with target.open("wb") as output:
                write_stream(sound, timeline, output, tags=tags, suffix=suffix, progress=progress)
            return
        with writing(target) as part:
            said = tags or describe(timeline)
            exporter.write(sound, timeline, said, part, suffix=suffix, progress=progress)


def write_stream(
    sound: Sound,
    timeline: Timeline,
    output: BinaryIO,
    *,
    tags: Tags | None = None,
    suffix: str = "mp3",
    progress: Progress = lambda _done: None,
) -> int:
    """Writes the bytes of one finished file to `output`, once they are complete.

    Returns:
        how many bytes.

    Raises:
        UsageError: a format that nobody writes.
        ExportError: no encoder, or no room for a temporary file.
        BrokenPipeError: nobody reads `output` any more.
    """
    folder = Path(tempfile.gettempdir())
    remove_stale(folder)
    part = part_in(folder)
    try:
        write_file(sound, timeline, part, tags=tags, suffix=suffix, progress=progress)
        with part.open("rb") as file:
            shutil.copyfileobj(file, output)
        output.flush()
        return part.stat().st_size
    finally:
        part.unlink(missing_ok=True)
