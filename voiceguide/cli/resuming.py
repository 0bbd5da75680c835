"""The call that goes on with a session that was left: as it was given, and `--resume`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path

import typer

from voiceguide.cli.shell import quoted
from voiceguide.cli.sources import Found, builtin_names
from voiceguide.data import is_shipped

_ONCE = frozenset({"start", "log"})
"""Options for one call only: where it begins, and a file that would be written anew."""


def options(context: typer.Context, *, once: bool = False) -> Iterator[tuple[str, ...]]:
    """The options of a call as they were given, without those for one call only unless `once`.

    Each is a pair of its name and a value, or its name alone.
    """
    for option in context.command.params:
        name = str(option.name)
        source = context.get_parameter_source(name)
        if source is None or source.name != "COMMANDLINE" or option.param_type_name != "option":
            continue
        if name == "resume" or (name in _ONCE and not once):
            continue
        given = context.params[name]
        for value in given if isinstance(given, list | tuple) else [given]:
            shown = option.opts[0]
            yield (shown,) if isinstance(value, bool) else (shown, str(value))


def with_options(call: Sequence[str], given: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """A kept call, and what is given now and not in it already."""
    kept = set(pairwise(call))
    new = (each for each in given if each not in kept and (len(each) > 1 or each[0] not in call))
    return (*call, *chain.from_iterable(new))


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
