"""command: any program that reads a text and writes a sound, named by its command line."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from voiceguide import ffmpeg
from voiceguide.model.audio import Audio
from voiceguide.model.errors import EngineMissing, SoundError, SynthesisFailed, UsageError
from voiceguide.voice.contract import SpeakRequest, VoiceInfo

VARIABLE = "VOICEGUIDE_COMMAND"
"""The environment may name the command line, so that scripts need not."""
_EXAMPLE = "`mytts --out {file}`"
_MOST_AT_ONCE = 4


class CommandEngine:
    """Engine `command`. Its voice is a command line: text on standard input, sound in `{file}`.

    `{rate}`, `{language}` and `{text}` are filled in as well. Without `{file}` the sound is what
    the program writes to standard output. No shell reads the line.
    """

    name = "command"
    version = "1"
    finished = False

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The command line of the environment, where there is one."""
        line = os.environ.get(VARIABLE, "")
        return (self.voice_named(line),) if line else ()

    def default_voice(self, language: str) -> VoiceInfo | None:
        """The command line of the environment; it is taken to speak every language."""
        del language
        return next(iter(self.voices()), None)

    def voice_named(self, name: str) -> VoiceInfo:
        """The command line `name` as a voice.

        Raises:
            EngineMissing: there is no such program here.
            UsageError: it is no command line.
        """
        words = _words(name)
        if shutil.which(words[0]) is None:
            raise EngineMissing(
                f"there is no program {words[0]!r} on this machine",
                "Install it, or name another command line.",
            )
        return VoiceInfo(name, Path(words[0]).name, "", None, self.name)

    def fingerprint(self, voice: VoiceInfo) -> str:
        """The line, and the size and date of the program."""
        program = Path(shutil.which(_words(voice.id)[0]) or voice.id)
        with suppress(OSError):
            state = program.stat()
            return f"{voice.id} {program} {state.st_size} {state.st_mtime_ns}"
        return voice.id

    def speak(
        self, requests: Sequence[SpeakRequest], timeout_s: float
    ) -> Generator[Audio, None, None]:
        """What the program makes of each text, some of them side by side."""
        running: set[subprocess.Popen[bytes]] = set()
        n_workers = min(os.cpu_count() or 1, _MOST_AT_ONCE)
        pool = ThreadPoolExecutor(n_workers)
        waiting: deque[Future[Audio]] = deque()
        try:
            for number in range(len(requests) + n_workers):
                if number < len(requests):
                    waiting.append(pool.submit(_speak, requests[number], timeout_s, running))
                if number >= n_workers:
                    yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            for child in tuple(running):
                child.kill()
            pool.shutdown()


def _speak(request: SpeakRequest, timeout_s: float, running: set[subprocess.Popen[bytes]]) -> Audio:
    with tempfile.TemporaryDirectory(prefix="voiceguide-", ignore_cleanup_errors=True) as folder:
        target = Path(folder, "clip.wav")
        values = {
            "file": str(target),
            "text": request.text,
            "rate": str(request.rate_wpm),
            "language": request.language,
        }
        line = [_filled(word, values) for word in _words(request.voice_id)]
        said = _run(line, request.text, timeout_s, running)
        sound = target.read_bytes() if target.exists() else said
        if not sound:
            raise SynthesisFailed(
                f"{line[0]} made no sound of {request.text!r}",
                f"Its command line names the file to write: {_EXAMPLE}.",
            )
        target.write_bytes(sound)
        try:
            return ffmpeg.decode(target)
        except SoundError as error:
            raise SynthesisFailed(f"{line[0]} wrote no sound file: {error.message}") from error


def _run(
    line: Sequence[str], text: str, timeout_s: float, running: set[subprocess.Popen[bytes]]
) -> bytes:
    """What the program wrote to standard output."""
    try:
        child = subprocess.Popen(  # noqa: S603 - the user's own command line, without a shell
            # Windows finds a program by its name alone only if it ends in .exe.
            [shutil.which(line[0]) or line[0], *line[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise SynthesisFailed(f"{line[0]} cannot be run: {error.strerror}") from error
    running.add(child)
    try:
        said, told = child.communicate(text.encode(), timeout_s)
    except subprocess.TimeoutExpired as error:
        child.kill()
        child.communicate()  # closes its pipes
        raise SynthesisFailed(f"{line[0]} gave no answer within {timeout_s:g} s") from error
    finally:
        running.discard(child)
    if child.returncode != 0:
        lines = told.decode(errors="replace").strip().splitlines()
        reason = lines[-1] if lines else f"exit code {child.returncode}"
        raise SynthesisFailed(f"{line[0]} could not speak {text!r}: {reason}")
    return said


def _words(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    if sys.platform == "win32":
        lexer.escape = ""  # there a backslash parts folders
    try:
        words = list(lexer)
    except ValueError as error:
        raise UsageError(f"this is no command line: {line}", f"{error}".capitalize()) from error
    if not words:
        raise UsageError("the command line is empty", f"Write one such as {_EXAMPLE}.")
    return words


def _filled(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(f"{{{name}}}", value)
    return word
