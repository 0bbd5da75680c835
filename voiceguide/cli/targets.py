"""Where finished audio goes: `-o`, or `output/`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from voiceguide.cli.sources import Found
from voiceguide.model.errors import TargetNotWritable, UsageError

STANDARD_OUTPUT = Path("-")
DEFAULT_FOLDER = Path("output")
DEFAULT_FORMAT = "mp3"


def choose(
    scripts: Sequence[Found],
    output: str | None,
    audio_format: str | None,
) -> list[Path]:
    """One target for each script.

    Args:
        scripts: What is to be rendered.
        output: A file, a folder, or `-`; by default the folder `output`.
        audio_format: Suffix of files that are not named by `output`; mp3 where None.

    Raises:
        UsageError: A format that cannot be written; two scripts for one file; a target that
            would replace a script; sound for a terminal.
    """
    suffix = audio_format or DEFAULT_FORMAT
    if output is not None and not _is_folder(output, len(scripts)):
        if len(scripts) > 1:
            raise UsageError(
                f"-o {output} names one file, but there are {len(scripts)} scripts",
                "Name a folder.",
            )
        found = [Path(output)]
    else:
        folder = DEFAULT_FOLDER if output is None else Path(output)
        found = [folder / f"{script.name}.{suffix}" for script in scripts]
    if STANDARD_OUTPUT in found and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(
            "-o - would write the sound to this terminal",
            "Send it on with `| PROGRAM` or `> FILE`, or name a file with -o.",
        )
    _keep_apart(scripts, found)
    for target in found:
        _refuse_unknown(audio_format or (suffix if target == STANDARD_OUTPUT else target.suffix))
    return found


def keep_timeline_apart(timeline: Path, scripts: Sequence[Found], found: Sequence[Path]) -> None:
    """Sees to it that `--timeline` has a file of its own.

    Raises:
        UsageError: It has none.
    """
    if timeline == STANDARD_OUTPUT:
        raise UsageError(
            "--timeline writes a file", "`voiceguide plan --json` writes to standard output."
        )
    if len(scripts) > 1:
        raise UsageError(
            f"--timeline {timeline} names one file, but there are {len(scripts)} scripts",
            "Render them one after the other.",
        )
    taken = {key(path) for path in (*found, *(script.path for script in scripts)) if path}
    if key(timeline) in taken:
        raise UsageError(
            f"--timeline {timeline} would replace the audio or the script", "Name another file."
        )


def make_folder(target: Path) -> None:
    """Makes the folder of a target.

    Raises:
        TargetNotWritable: It cannot be made.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetNotWritable(
            f"the folder {target.parent} cannot be made: {error.strerror}",
            "Name another with -o.",
        ) from error


def _refuse_unknown(suffix: str) -> None:
    from voiceguide.export import exporter_for

    exporter_for(suffix)


def _is_folder(output: str, n_sources: int) -> bool:
    path = Path(output)
    if path == STANDARD_OUTPUT:
        return False
    if path.is_dir() or output.endswith(("/", os.sep)):
        return True
    return n_sources > 1 and not path.suffix and not path.exists()


def _keep_apart(scripts: Sequence[Found], found: Sequence[Path]) -> None:
    owners: dict[str, Found] = {}
    for script, target in zip(scripts, found, strict=True):
        other = owners.setdefault(key(target), script)
        if other is not script:
            raise UsageError(
                f"{other.source.origin} and {script.source.origin} would both be written"
                f" to {target}",
                "Render them one after the other, each with a -o of its own.",
            )
    for script in scripts:
        if script.path is not None and key(script.path) in owners:
            raise UsageError(f"-o {script.path} would replace the script", "Name another file.")


def key(path: Path) -> str:
    """What two names of one file have in common."""
    name = os.path.normcase(path.resolve())
    return name.casefold() if sys.platform == "darwin" else name
