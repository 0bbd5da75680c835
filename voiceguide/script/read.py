"""A script: the routine in it as far as it is sound, and everything that is wrong or doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from voiceguide.model.errors import Fault
from voiceguide.model.routine import Routine
from voiceguide.script.faults import TooManyFaults, listed, put_in, quoted, source_line
from voiceguide.script.include import INSIDE, File, Files, NoFiles, Page, Shelf
from voiceguide.script.nodes import locate
from voiceguide.script.scalars import LANGUAGES
from voiceguide.script.steps import read_steps


@dataclass(frozen=True, slots=True)
class Script:
    """What came of reading one script and all that it includes."""

    origin: str
    """Its name in messages: `run.yaml`."""
    routine: Routine | None
    """Without the steps that are at fault, be it all; None where nothing usable is left."""
    faults: tuple[Fault, ...]
    """File by file, each by line and column."""
    warnings: tuple[Fault, ...]
    """The same."""
    files: Mapping[str, File]
    """What the routine was read from, by the beginning of its paths; "" is the script itself."""


def read(
    source: bytes | str,
    origin: str,
    *,
    files: Files = NoFiles(),  # noqa: B008  it holds nothing
    variables: Iterable[tuple[str, str]] = (),
) -> Script:
    """The routine of a script, and every fault of its own; never raises for what is in the text.

    Faults that need more than the script itself (the exercise library, sound files, lengths of
    speech) are found later.

    Args:
        source: the script; bytes are UTF-8, with or without a byte order mark.
        origin: name of the script in messages.
        files: gives the files that it includes.
        variables: names and values that are set in place of the script's own.

    Raises:
        VariableError: `variables` has a name that the script does not declare, or a value of
            another type than it declares.
    """
    shelf = Shelf(files)
    try:
        page = shelf.first(source, origin, variables)
        routine = _routine(page) if page is not None else None
    except TooManyFaults:
        routine = None
    return Script(origin, routine, shelf.faults, shelf.warnings, shelf.opened)


def _routine(page: Page) -> Routine:
    values, own_pace = page.header()
    steps = read_steps(page.root, "", page, own_pace=own_pace)
    del values["voiceguide"]
    _check_language(values, page)
    return Routine(**values, steps=steps)


def _check_language(values: Mapping[str, Any], page: Page) -> None:
    """A language needs a phrase book: one of ours, or the script's own."""
    language = values.get("language", "en")
    if language.partition("-")[0] not in LANGUAGES and "phrases" not in page.root.values:
        hint = f"there are: {listed(LANGUAGES)}; or name one of your own: `phrases: my-words.yaml`"
        page.tell("language", f"there is no phrase book for {quoted(language)} yet", hint)


def place(fault: Fault, script: Script) -> Fault:
    """The fault with origin, line, column and source line filled in, by its path of keys.

    Where the script has nothing at that path, the nearest key around it counts. The path of a
    fault in an included file becomes that within the file.
    """
    outside, inside, path = fault.path.rpartition(INSIDE)
    file = script.files[outside + inside]
    line, column, message = fault.line, fault.column, fault.message
    if not line and path and file.root is not None:
        line, column = locate(file.root, path)
        filled = put_in(file.root, path)
        message += f" ({filled.told})" if filled else ""
    return replace(
        fault,
        message=message,
        path=path,
        origin=fault.origin or file.origin,
        line=line,
        column=column,
        source=fault.source or source_line(file.lines, line),
    )


def in_order(faults: Iterable[Fault], script: Script) -> tuple[Fault, ...]:
    """The faults file by file, each by line and column, and none of them twice."""
    files = dict.fromkeys(file.origin for file in script.files.values())
    number = {origin: number for number, origin in enumerate(files)}

    def place_of(fault: Fault) -> tuple[int, int, int]:
        return number.get(fault.origin, len(number)), fault.line, fault.column

    return tuple(sorted(dict.fromkeys(faults), key=place_of))
