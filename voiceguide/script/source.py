"""Bytes or text of a script -> clean text: UTF-8, one kind of line break, no control characters."""

from __future__ import annotations

import codecs
import re

from voiceguide.script.faults import Report, TooManyFaults
from voiceguide.script.nodes import Position

MAX_BYTES = 1 << 20
"""1 MiB: five times the longest script that 20,000 segments can need."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What no text of a script may hold: controls but tab and line feed, halves of surrogate pairs,
noncharacters, and the two separators that break a line in YAML 1.1 but not in 1.2."""

STAND_IN = "\ufffd"

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def clean(source: bytes | str, origin: str) -> tuple[str, Report, bool]:
    """The text, with stand-ins for what may not be in it; a report; whether it can be read on."""
    if isinstance(source, bytes) and _is_binary(source):
        report = Report(origin, "")
        hint = "name a YAML file; `voiceguide verify` is for finished audio"
        report.tell("this is no script, and no text at all", (1, 1), hint)
        return "", report, False
    if len(source) > MAX_BYTES:
        report = Report(origin, "")
        n_mib = len(source) / MAX_BYTES
        found = f"{n_mib:.1f} MiB" if n_mib < 2 else "2 MiB or more"  # noqa: PLR2004 - read so far
        message = f"a script has at most 1 MiB (this has {found})"
        report.tell(message, (0, 0), "write rounds with `repeat`, or split the session")
        return "", report, False
    bad_byte = None
    if isinstance(source, bytes):
        text, bad_byte = _decode(source)
    else:
        text = source
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    report = Report(origin, text)
    if bad_byte is not None:
        at = position(text, text.find(STAND_IN)) if STAND_IN in text else (1, 1)
        is_utf_16 = isinstance(source, bytes) and source.startswith(_UTF_16)
        hint = "; `>` writes UTF-16 in Windows PowerShell, not in PowerShell 7" if is_utf_16 else ""
        report.tell(f"{bad_byte} is not UTF-8", at, f"save the script as UTF-8{hint}")
        if is_utf_16:
            return text, report, False
    try:
        _tell_controls(text, report)
    except TooManyFaults:
        return text, report, False
    return CONTROL.sub(STAND_IN, text), report, True


def _is_binary(source: bytes) -> bool:
    """Whether a file is sound, a picture or the like; UTF-16 is text, and told apart."""
    if b"\0" not in source or source.startswith(_UTF_16):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(source)  # which may be cut within a letter
    except UnicodeDecodeError:
        return True
    return False


def _decode(source: bytes) -> tuple[str, str | None]:
    """The text, and the first thing in it that is not UTF-8."""
    try:
        return source.decode("utf-8"), None
    except UnicodeDecodeError as error:
        if source.startswith(_UTF_16):
            return "", "UTF-16"  # nothing in it could be shown
        bad = f"the byte 0x{source[error.start]:02X}"
        # A stand-in of the script's own before the bad byte would be taken for it.
        before = source[: error.start].decode("utf-8").replace(STAND_IN, "?")
        return before + source[error.start :].decode("utf-8", "replace"), bad


def _tell_controls(text: str, report: Report) -> None:
    for match in CONTROL.finditer(text):
        report.tell(
            f"the control character U+{ord(match[0]):04X} cannot be in a script",
            position(text, match.start()),
            "delete it, or write a space",
        )


def position(text: str, index: int) -> Position:
    """Line and column of a place in a text."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
