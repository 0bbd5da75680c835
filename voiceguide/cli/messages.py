"""Where words go: data to standard output, messages to standard error."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import typer

from voiceguide.model.errors import Fault, ScriptError, VoiceguideError


def put(text: str) -> None:
    """Writes data to standard output."""
    typer.echo(text)


def put_json(value: object) -> None:
    """Writes data to standard output as JSON, letters unescaped."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def put_rows(rows: Sequence[Sequence[str]]) -> None:
    """Writes a table to standard output: columns as wide as they need, the last one wrapped."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)][:-1]
    indent = " " * sum(width + 2 for width in widths)
    room = max(shutil.get_terminal_size().columns, len(indent) + 20)
    for *cells, last in rows:
        padded = (
            cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)
        )
        start = "".join(f"{cell}  " for cell in padded)
        lines = textwrap.wrap(
            last, room - len(indent), break_long_words=False, break_on_hyphens=False
        ) or [""]
        for head, line in zip([start] + [indent] * (len(lines) - 1), lines, strict=True):
            typer.echo(f"{head}{line}".rstrip())


def columns(text: str) -> int:
    """How many columns of a terminal a text takes (Unicode UAX 11: wide letters take two)."""
    if text.isascii():
        return len(text)
    marks = sum(unicodedata.combining(letter) > 0 for letter in text)
    return len(text) - marks + sum(unicodedata.east_asian_width(each) in "WF" for each in text)


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


def counted(number: int, noun: str) -> str:
    """`3 faults`, `1 fault`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def size(n_bytes: int) -> str:
    """`812 B`, `4.7 MB`: powers of 1000, as file managers count."""
    if n_bytes < 1000:  # noqa: PLR2004 - where kilobytes begin
        return f"{n_bytes} B"
    exponent = min((len(str(n_bytes)) - 1) // 3, 3)
    return f"{n_bytes / 1000**exponent:.1f} {('kB', 'MB', 'GB')[exponent - 1]}"
