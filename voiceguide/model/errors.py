"""Everything that may go wrong for a user, each with its exit code (`docs/cli.md`).

Misuse by our own code is `ValueError` or `TypeError` and is a bug; it is never caught.
"""

from __future__ import annotations

from dataclasses import dataclass

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_FAULTY_SCRIPT = 65
EXIT_MISSING = 69
EXIT_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a script, or one warning about it, with its place.

    `line` and `column` count from 1; 0 means the script as a whole. `path` is the path of keys
    ("steps[2].repeat.steps[0].tempo"). `source` is the text of that line.
    """

    message: str
    """What was expected, and what was found."""
    line: int = 0
    column: int = 0
    path: str = ""
    origin: str = ""
    source: str = ""
    hint: str = ""
    """What to do next; the nearest right word, where there is one."""


class VoiceguideError(Exception):
    """Something a user can mend. `hint` says what to do next."""

    exit_code = EXIT_FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(VoiceguideError):
    """An option or argument that cannot be used as it was given."""

    exit_code = EXIT_USAGE


class VariableError(UsageError):
    """A value that cannot be set for a variable of a script."""

    def __init__(self, name: str, given: str, reason: str, hint: str = "") -> None:
        super().__init__(f"--set {given}: {reason}", hint)
        self.name = name
        self.reason = reason


class ScriptError(VoiceguideError):
    """All faults of one script."""

    exit_code = EXIT_FAULTY_SCRIPT

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} fault{'s' if len(faults) != 1 else ''}")
        self.faults = faults


class FileError(VoiceguideError):
    """A file that a script names, and that cannot be had."""


class SoundError(VoiceguideError):
    """A sound file that is missing or cannot be decoded."""


class SpeechError(VoiceguideError):
    """A phrase that could not be spoken."""


class EngineMissing(SpeechError):
    """An engine that is not installed; the hint is the line that installs it."""

    exit_code = EXIT_MISSING


class VoiceUnknown(SpeechError):
    """A voice that no engine has; the hint names the nearest."""

    exit_code = EXIT_USAGE


class SynthesisFailed(SpeechError):
    """An engine that gave no usable sound for a phrase, after trying again."""


class ExportError(VoiceguideError):
    """A file that could not be written."""


class EncoderMissing(ExportError):
    """No ffmpeg on this machine; the hint is the line that installs it."""

    exit_code = EXIT_MISSING


class TargetNotWritable(ExportError):
    """The target cannot be written: no such folder, no permission, no space."""


class PlaybackError(VoiceguideError):
    """No sound device, or one that was lost."""

    exit_code = EXIT_MISSING
