"""Scripts by the name a user gives them: a file, a built-in routine, standard input."""

from __future__ import annotations

import difflib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voiceguide import data
from voiceguide.model.errors import UsageError
from voiceguide.model.source import READ_AT_MOST, Source

SUFFIXES = (".yaml", ".yml")

Kind = Literal["scripts", "programmes"]
_MADE_BY: dict[Kind, str] = {"scripts": "render", "programmes": "program"}
_CALLED: dict[Kind, tuple[str, str]] = {
    "scripts": ("script", "routine"),
    "programmes": ("programme", "programme"),
}
"""What a file is called, and what is built in."""


@dataclass(frozen=True, slots=True)
class Found:
    """A script as it was found, unread. In messages it has the name that was typed."""

    source: Source
    name: str
    """Names the file that is made of it."""
    path: Path | None = None


def builtin_names(kind: Kind = "scripts") -> tuple[str, ...]:
    """The built-in routines or programmes, in alphabetical order."""
    return tuple(path.stem for path in _builtin_paths(kind))


def builtins(kind: Kind = "scripts") -> tuple[Found, ...]:
    """The built-in routines or programmes themselves, in the same order."""
    return tuple(_open(path) for path in _builtin_paths(kind))


def builtin(name: str, kind: Kind = "scripts") -> Found | None:
    """A built-in routine or programme, None where there is none of this name."""
    return next((_open(path) for path in _builtin_paths(kind) if path.stem == name), None)


def find(script: str, *kinds: Kind) -> Found:
    """The script or programme that `script` names; a file goes before what is built in.

    Args:
        script: as it was typed.
        kinds: of built-in ones; scripts where none is named.

    Raises:
        UsageError: There is none, or it cannot be read.
    """
    if script == "-":
        return _found(sys.stdin.buffer.read(READ_AT_MOST), "<stdin>", Path(), "stdin")
    kinds = kinds or ("scripts",)
    found = next(filter(None, (known(script, kind) for kind in kinds)), None)
    if found is None:
        raise _unknown(script, kinds[0])
    return found


def known(script: str, kind: Kind = "scripts") -> Found | None:
    """The file or, where there is none, what is built in by a name; None without either."""
    path = Path(script)
    return _open(path) if _kind(path) == "file" else builtin(script, kind)


def find_all(scripts: list[str], *kinds: Kind) -> list[Found]:
    """The scripts, or programmes, of one call.

    Raises:
        UsageError: One cannot be found, or standard input is asked for twice.
    """
    found, refused = find_each(scripts, *kinds)
    if refused:
        raise refused[0]
    return found


def find_each(scripts: list[str], *kinds: Kind) -> tuple[list[Found], list[UsageError]]:
    """Those of the scripts, or programmes, that there are, and why there are no others.

    Raises:
        UsageError: Standard input is asked for twice.
    """
    if scripts.count("-") > 1:
        raise UsageError("standard input (-) can be read only once", "Name it once.")
    found, refused = [], []
    for script in scripts:
        try:
            found.append(find(script, *kinds))
        except UsageError as error:  # noqa: PERF203 - each has a reason of its own
            refused.append(error)
    return found, refused


def nearest(name: str, kind: Kind = "scripts") -> tuple[str, ...]:
    """Built-in routines or programmes whose name is like `name`, the most like first."""
    return tuple(difflib.get_close_matches(name, builtin_names(kind)))


def _kind(path: Path) -> Literal["file", "folder", "nothing"]:
    """What lies at a path; a pipe or a device is read like a file."""
    try:
        if path.is_dir():
            return "folder"
        return "file" if path.exists() else "nothing"
    except OSError:  # a name that is too long, or a folder that may not be looked into
        return "nothing"


def _builtin_paths(kind: Kind) -> list[Path]:
    return sorted(data.shipped(kind).glob("*.yaml"), key=lambda path: path.stem)


def _open(path: Path) -> Found:
    try:
        with path.open("rb") as file:
            text = file.read(READ_AT_MOST)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror}", "Look at its permissions."
        ) from error
    name = path.stem if path.suffix.lower() in SUFFIXES else path.name
    return _found(text, str(path), path.parent, name, path)


def _found(text: bytes, origin: str, folder: Path, name: str, path: Path | None = None) -> Found:
    return Found(Source(text, origin, folder), name, path)


def _unknown(script: str, kind: Kind) -> UsageError:
    path = Path(script)
    file, built_in = _CALLED[kind]
    if _kind(path) == "folder":
        return UsageError(f"{script} is a folder", f"Name the {file}s in it: {path / '*.yaml'}")
    other: Kind = "scripts" if kind == "programmes" else "programmes"
    if builtin(script, other) is not None:
        return UsageError(
            f"{script} is a built-in {_CALLED[other][1]}, and no {file}",
            f"Call `voiceguide {_MADE_BY[other]} {script}`.",
        )
    near = [script + suffix for suffix in SUFFIXES if _kind(Path(script + suffix)) == "file"]
    near = near or list(nearest(path.stem, kind))
    return UsageError(
        f"no {file} {script}: there is no such file and no such built-in {built_in}",
        f"Did you mean {near[0]}?"
        if near
        else f"`voiceguide list {built_in}s` shows those that are built in.",
    )
