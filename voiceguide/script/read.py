"""A script: its text, the routine in it as far as it is sound, and everything that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from voiceguide.model.errors import Fault
from voiceguide.model.routine import Routine
from voiceguide.script.agreement import check_defaults
from voiceguide.script.faults import Report, TooManyFaults, listed, quoted, source_line
from voiceguide.script.nodes import Keys, Scalar, locate
from voiceguide.script.reader import parse
from voiceguide.script.scalars import LANGUAGES
from voiceguide.script.shapes import HEADER
from voiceguide.script.source import clean
from voiceguide.script.steps import read_steps
from voiceguide.script.validate import Checker

_STAND_INS = {
    "voiceguide": Scalar("1", plain=True, at=(1, 1)),
    "title": Scalar("Untitled", plain=True, at=(1, 1)),
}
"""For a faulty script, so that its other parts can be checked."""


@dataclass(frozen=True, slots=True)
class Script:
    """What came of reading one script."""

    origin: str
    """Its name in messages: `run.yaml`."""
    text: str
    """With line feeds for all line breaks."""
    routine: Routine | None
    """Without the steps that are at fault; None where nothing usable is left."""
    faults: tuple[Fault, ...]
    """By line and column."""
    root: Keys | None
    """The tree that the routine was read from; see `place`."""


def read(source: bytes | str, origin: str) -> Script:
    """The routine of a script, and every fault of its own; never raises for what is in the text.

    Faults that need more than the script itself (the exercise library, sound files, lengths of
    speech) are found later.

    Args:
        source: the script; bytes are UTF-8, with or without a byte order mark.
        origin: name of the script in messages.
    """
    text, report, readable = clean(source, origin)
    root = routine = None
    if readable:
        try:
            root = parse(text, report)
            routine = _routine(root, report) if root is not None else None
        except TooManyFaults:
            routine = None
    return Script(origin, text, routine, report.faults, root)


def _routine(root: Keys, report: Report) -> Routine | None:
    checker = Checker(root, report)
    values = checker.values(HEADER, root, "", _STAND_INS)
    assert values is not None
    own_pace = False
    if isinstance(defaults := root.values.get("defaults"), Keys):
        own_pace = check_defaults(defaults, "defaults", checker)
    steps = read_steps(root, "", checker, own_pace=own_pace)
    del values["voiceguide"]
    _check_language(values, root, checker)
    return Routine(**values, steps=steps) if steps else None


def _check_language(values: dict[str, Any], root: Keys, checker: Checker) -> None:
    """A language needs a phrase book: one of ours, or the script's own."""
    language = values.get("language", "en")
    if language.partition("-")[0] not in LANGUAGES and "phrases" not in root.values:
        hint = f"there are: {listed(LANGUAGES)}; or name one of your own: `phrases: my-words.yaml`"
        checker.tell("language", f"there is no phrase book for {quoted(language)} yet", hint)


def place(fault: Fault, script: Script) -> Fault:
    """The fault with origin, line, column and source line filled in, by its path of keys.

    Where the script has nothing at that path, the nearest key around it counts.
    """
    line, column = fault.line, fault.column
    if not line and fault.path and script.root is not None:
        line, column = locate(script.root, fault.path)
    return replace(
        fault,
        origin=fault.origin or script.origin,
        line=line,
        column=column,
        source=fault.source or source_line(_lines(script.text), line),
    )


@lru_cache(maxsize=1)
def _lines(text: str) -> list[str]:
    """The lines of the text that faults are being placed in: one script may have thousands."""
    return text.split("\n")
