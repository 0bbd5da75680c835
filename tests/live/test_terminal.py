"""`play` in a terminal of its own, as a listener sees it."""

from __future__ import annotations

import os
import select
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")

SCRIPT = """\
voiceguide: 1
title: Mat
steps:
  - wait: Roll out the mat
    estimate: 5s
  - exercise: squat
    reps: 1
"""
PROGRAM = """\
import fcntl, sys, termios
from voiceguide.cli import main
fcntl.ioctl(2, termios.TIOCSCTTY, 0)  # as a shell in a new window has it
sys.exit(main())
"""
PLAY = ("play", "-", "--engine", "silent", "--device", "null")


@dataclass
class Terminal:
    """The near end of a terminal, and the program at the far one."""

    process: subprocess.Popen[bytes]
    near: int
    seen: str = ""
    """All that was written since the start."""

    def until(self, wanted: str) -> str:
        """Reads until `wanted` has come; what was read since the last call."""
        began = len(self.seen)
        while wanted not in self.seen[began:]:
            assert self._read(), f"{wanted!r} did not come: {self.seen[-500:]!r}"
        return self.seen[began:]

    def press(self, keys: bytes) -> None:
        os.write(self.near, keys)

    def end(self) -> int:
        """Reads to the end of the program, and says how it ended."""
        while self._read():
            pass
        return self.process.wait(10)

    def _read(self) -> bool:
        ready, _, _ = select.select([self.near], [], [], 30)
        try:
            read = os.read(self.near, 65_536) if ready else b""
        except OSError:  # nobody is at the far end any more
            read = b""
        self.seen += read.decode(errors="replace")
        return bool(read)


Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Calls the program in a terminal that it is the first to be in."""
    import fcntl  # noqa: PLC0415 - not on Windows
    import pty  # noqa: PLC0415 - not on Windows
    import termios  # noqa: PLC0415 - not on Windows

    begun: list[Terminal] = []

    def begin(*arguments: str, stdin: str | None = None) -> Terminal:
        near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            stdin=far if stdin is None else subprocess.PIPE,
            stdout=far,
            stderr=far,
            cwd=tmp_path,
            env={
                **os.environ,
                "XDG_CACHE_HOME": str(tmp_path / "cache"),
                "XDG_DATA_HOME": str(tmp_path / "data"),
                "TERM": "xterm",
            },
            start_new_session=True,
        )
        os.close(far)
        if process.stdin and stdin is not None:
            process.stdin.write(stdin.encode())
            process.stdin.close()
        begun.append(Terminal(process, near))
        return begun[-1]

    yield begin
    for terminal in begun:
        terminal.process.kill()
        terminal.process.wait()
        os.close(terminal.near)


def test_a_script_on_standard_input_leaves_the_keys_to_the_terminal(start: Start) -> None:
    terminal = start(*PLAY, stdin=SCRIPT)
    terminal.until("q quit")
    terminal.press(b"q")
    terminal.until("Left at")
    assert terminal.end() == 0


def test_q_ends_it_while_it_is_prepared_and_what_is_done_then_is_named(start: Start) -> None:
    terminal = start(*PLAY, stdin=SCRIPT)
    terminal.until("stdin: reading")
    terminal.press(b"q")
    terminal.until("Left before it began.")
    assert terminal.end() == 0
