"""The call that goes on with a session that was left: as it was given, and `--resume`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from voiceguide.cli.shell import quoted
from voiceguide.cli.sources import Found, builtin_names
from voiceguide.data import is_shipped

_ONCE = frozenset({"start", "log"})
"""Options for one call only: where it begins, and a file that would be written anew."""


def options(context: typer.Context, *, once: bool = False) -> Iterator[str]:
    """The options of a call as they were given, without those for one call only unless `once`."""
    for option in context.command.params:
        name = str(option.name)
        source = context.get_parameter_source(name)
        if source is None or source.name != "COMMANDLINE" or option.param_type_name != "option":
            continue
        if name == "resume" or (name in _ONCE and not once):
            continue
        given = context.params[name]
        for value in given if isinstance(given, list | tuple) else [given]:
            yield option.opts[0]
            if not isinstance(value, bool):
                yield str(value)


def lasting_name(found: Found) -> str | None:
    """What to type for a script in any folder; None for standard input."""
    if found.path is None:
        return None
    is_builtin = is_shipped(found.path, "scripts") and found.name in builtin_names()
    return found.name if is_builtin else str(found.path.resolve())


def here(name: str) -> str:
    """A lasting name as short as it can be typed in this folder."""
    path = Path(name)
    folder = Path.cwd()
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else name


def command(call: Sequence[str]) -> str:
    """The line to type for a call that was kept: a lasting name, and options."""
    name, *given = call
    return quoted("voiceguide", "play", here(name), *given, "--resume")
