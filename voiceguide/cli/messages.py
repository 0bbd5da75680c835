"""Where words go: data to standard output, messages to standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

import typer

from voiceguide.model.errors import Fault, ScriptError, VoiceguideError

_PLACED = re.compile(r"(?:(?P<file>.+?), )?line (?P<line>\d+): (?P<message>.+)", re.DOTALL)
"""A warning of a timeline, which tells no name of the script itself."""


def put(text: str) -> None:
    """Writes data to standard output."""
    typer.echo(text)


def put_json(value: object) -> None:
    """Writes data to standard output as JSON, letters unescaped."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def tell(message: str) -> None:
    """Writes a message to standard error, if there is one."""
    if sys.stderr is not None:
        typer.echo(message, err=True)


def tell_error(error: VoiceguideError, *, writes: bool = False) -> None:
    """Writes what went wrong, and what to do next, to standard error.

    Args:
        error: what went wrong.
        writes: whether a file was to be written, and is not.
    """
    if isinstance(error, ScriptError):
        tell_faults(error.faults)
        where = error.faults[0].origin
        ending = "; nothing was written." if writes else ""
        tell(f"{counted(len(error.faults), 'fault')} in {where}{ending}")
        return
    tell(f"error: {error.message}")
    if error.hint:
        tell(f"  {error.hint}")


def tell_faults(faults: Sequence[Fault], *, as_warnings: bool = False) -> None:
    """Writes faults with their place in the script to standard error."""
    from voiceguide.script.faults import render

    for fault in faults:
        message = f"warning: {fault.message}" if as_warnings else fault.message
        tell(render(replace(fault, message=message)))


def tell_warnings(warnings: Iterable[str], origin: str) -> None:
    """Writes those of a timeline of the script `origin`, in the form of those of a script."""
    for warning in warnings:
        found = _PLACED.fullmatch(warning)
        placed = (
            Fault(warning, origin=origin)
            if found is None
            else Fault(found["message"], int(found["line"]), origin=found["file"] or origin)
        )
        tell_faults((placed,), as_warnings=True)


def counted(number: int, noun: str) -> str:
    """`3 faults`, `1 fault`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def size(n_bytes: int) -> str:
    """`812 B`, `4.7 MB`: powers of 1000, as file managers count."""
    if n_bytes < 1000:  # noqa: PLR2004 - where kilobytes begin
        return f"{n_bytes} B"
    exponent = min((len(str(n_bytes)) - 1) // 3, 3)
    return f"{n_bytes / 1000**exponent:.1f} {('kB', 'MB', 'GB')[exponent - 1]}"
