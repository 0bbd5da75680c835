"""What Typer refuses in a call, in the words and the form of our own errors."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

import typer

from voiceguide.model.errors import UsageError

Misuse: type[Exception] = typer.BadParameter.mro()[1]
"""Every error of Typer's about how it was called; it has no name for it, and keeps it elsewhere
from version to version."""

_PLAINER = (
    (r"Invalid value for '?([^':]+)'?: ", r"\1: "),
    (r"Input should be a valid int.*|'[^']*' is not a valid int.*", "expected a whole number"),
    (r"\S+ is not in the range (\S+?)<=x<=(\S+)", r"expected \1 to \2"),
    (r"Input should be less than or equal to (\S+)", r"expected at most \1"),
    (r"Input should be greater than or equal to (\S+)", r"expected at least \1"),
    (r"Value error, ", ""),
)
_HINTED = re.compile(r"(.+?)[. ]+(?:(Did you mean .+\?)|\(Possible options: (.+)\))")
_NOT_ONE_OF = re.compile(r".*'(.+)' is not one of (.+)")


def translated(error: Any) -> UsageError | None:  # noqa: ANN401 - see `Misuse`
    """The error as ours; None where nothing was asked for, and help is the answer."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return None
    message = " ".join(error.format_message().split())
    for pattern, plain in _PLAINER:
        message = re.sub(pattern, plain, message)
    message, hint = _parted(message.removesuffix("."))
    if message.startswith(("No such", "Missing", "Got", "Option")):
        message = message[0].lower() + message[1:]
    if not hint:
        command = error.ctx.command_path if error.ctx else "voiceguide"
        hint = f"`{command} --help` shows what it takes."
    return UsageError(message, hint)


def _parted(message: str) -> tuple[str, str]:
    """The message, and what is meant in place of a name that there is not."""
    if found := _HINTED.fullmatch(message):
        return found[1], found[2] or f"Did you mean {found[3]}?"
    if found := _NOT_ONE_OF.fullmatch(message):
        near = get_close_matches(found[1], re.findall(r"'(.+?)'", found[2]), n=1)
        return message, f"Did you mean {near[0]}?" if near else ""
    return message, ""
