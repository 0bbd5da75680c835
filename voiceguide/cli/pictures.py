"""`plan --svg` and `plan --html`: where pictures of a session go, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from voiceguide.cli.messages import put, size, tell, tell_warnings
from voiceguide.cli.sources import Found
from voiceguide.cli.targets import STANDARD_OUTPUT, key
from voiceguide.model.errors import UsageError
from voiceguide.model.timeline import Timeline


def keep_apart(files: Mapping[str, Path], script: Found, *, as_json: bool) -> None:
    """Sees to it that each picture has a place of its own.

    Args:
        files: by the option that names it, `--svg` or `--html`.
        script: what they are made of.
        as_json: whether the timeline goes to standard output.

    Raises:
        UsageError: One has none.
    """
    loud = [option for option, file in files.items() if file == STANDARD_OUTPUT]
    if as_json:
        loud.append("--json")
    if len(loud) > 1:
        raise UsageError(
            f"{' and '.join(loud)} both want standard output", f"Name a file with {loud[0]}."
        )
    owners = {key(script.path): "the script"} if script.path is not None else {}
    for option, file in files.items():
        if file == STANDARD_OUTPUT:
            continue
        owner = owners.setdefault(key(file), f"what {option} writes")
        if owner != f"what {option} writes":
            raise UsageError(f"{option} {file} would replace {owner}", "Name another file.")


def write(timeline: Timeline, files: Mapping[str, Path], origin: str) -> None:
    """Writes the pictures of a session, all or none, and tells of them.

    Args:
        timeline: of the session.
        files: by the option that names it, `--svg` or `--html`.
        origin: the script, for messages.

    Raises:
        TargetNotWritable: A file cannot be written.
    """
    from voiceguide.atomic import write_texts
    from voiceguide.export.page import write_html
    from voiceguide.export.svg import write_svg

    makers = {"--svg": write_svg, "--html": write_html}
    texts = {file: makers[option](timeline) for option, file in files.items()}
    loud = texts.pop(STANDARD_OUTPUT, None)
    write_texts(texts)
    tell_warnings(timeline.warnings, origin)
    for file, text in texts.items():
        tell(f"{file}: {size(len(text.encode()))}")
    if loud is not None:
        put(loud.rstrip("\n"))
