"""Keys of the terminal, read as they are pressed, without a line to be ended."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from voiceguide.live.transport import Action

ACTIONS: dict[str, Action] = {
    " ": "pause",
    "\r": "go",
    "\n": "go",
    "right": "next",
    "left": "previous",
    "up": "louder",
    "down": "softer",
    "r": "repeat",
    "+": "more_rest",
    "=": "more_rest",  # the same key where + needs shift
    "s": "skip_rest",
    "?": "help",
    "h": "help",
    "q": "quit",
}

_ARROWS = {b"A": "up", b"B": "down", b"C": "right", b"D": "left"}
_WINDOWS_ARROWS = {"H": "up", "P": "down", "M": "right", "K": "left"}


class Keys(Protocol):
    """Where key presses come from."""

    def read(self, timeout_s: float) -> list[Action]:
        """What was pressed; waits up to `timeout_s` for the first."""


class NoKeys:
    """No keyboard: it only waits.

    Args:
        sleep: waits so many seconds.
    """

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self._sleep = sleep

    def read(self, timeout_s: float) -> list[Action]:
        """See `Keys.read`."""
        self._sleep(timeout_s)
        return []


def decode(pressed: bytes) -> list[Action]:
    """The actions of what a terminal sent; what means nothing is left out."""
    found: list[Action] = []
    at = 0
    while at < len(pressed):
        if pressed[at : at + 2] in {b"\x1b[", b"\x1bO"}:
            end = at + 2
            while end < len(pressed) and not 0x40 <= pressed[end] <= 0x7E:  # noqa: PLR2004 - ECMA-48, 5.4: the final byte
                end += 1
            name = _ARROWS.get(pressed[end : end + 1], "")
            at = end + 1
        else:
            name = chr(pressed[at]).lower()
            at += 1
        if name in ACTIONS:
            found.append(ACTIONS[name])
    return found


@contextmanager
def terminal(sleep: Callable[[float], None]) -> Iterator[Keys]:
    """The keys of the terminal, which is as it was afterwards.

    Where standard input is something else, a script say, it is the terminal of the screen. Without
    one there are no keys, only waiting.

    Args:
        sleep: waits so many seconds; used where the terminal cannot wait itself.
    """
    if sys.platform == "win32":
        yield _WindowsKeys(sleep) if _is_terminal(sys.stdin) else NoKeys(sleep)
        return
    with _descriptor() as descriptor:
        if descriptor is None:
            yield NoKeys(sleep)
            return
        with _posix_terminal(descriptor) as keys:
            yield keys


@contextmanager
def _descriptor() -> Iterator[int | None]:
    """Where keys are read: standard input, else the terminal that the screen is shown on."""
    if _is_terminal(sys.stdin):
        yield sys.stdin.fileno()
        return
    try:
        own = os.open("/dev/tty", os.O_RDWR) if _is_terminal(sys.stderr) else None
    except OSError:
        own = None
    if own is None:
        yield None
        return
    try:
        # In the background whoever reads a terminal is stopped.
        yield own if os.tcgetpgrp(own) == os.getpgrp() else None
    finally:
        os.close(own)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


class _PosixKeys:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._gone = False

    def read(self, timeout_s: float) -> list[Action]:
        """See `Keys.read`."""
        import select  # noqa: PLC0415 - not for files on Windows

        watched = [] if self._gone else [self._descriptor]
        ready, _, _ = select.select(watched, [], [], timeout_s)
        if not ready:
            return []
        pressed = os.read(self._descriptor, 64)
        self._gone = not pressed  # the terminal was closed
        return decode(pressed)


@contextmanager
def _posix_terminal(descriptor: int) -> Iterator[Keys]:
    """A terminal without lines and echo; Ctrl-C still interrupts."""
    import termios  # noqa: PLC0415 - not on Windows
    import tty  # noqa: PLC0415 - not on Windows

    before = termios.tcgetattr(descriptor)

    def enter(*_: object) -> None:
        tty.setcbreak(descriptor)

    replaced = {
        # After Ctrl-Z and `fg` the terminal is as the shell left it.
        signal.SIGCONT: signal.signal(signal.SIGCONT, enter),
        # Ended from outside, or by its window, it still tidies up.
        signal.SIGTERM: signal.signal(signal.SIGTERM, signal.default_int_handler),
        signal.SIGHUP: signal.signal(signal.SIGHUP, signal.default_int_handler),
    }
    try:
        enter()
        yield _PosixKeys(descriptor)
    finally:
        for number, handler in replaced.items():
            signal.signal(number, handler)
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


class _WindowsKeys:
    def __init__(self, sleep: Callable[[float], None]) -> None:
        self._sleep = sleep

    def read(self, timeout_s: float) -> list[Action]:
        """See `Keys.read`."""
        import msvcrt  # noqa: PLC0415 - only on Windows

        if not msvcrt.kbhit():  # type: ignore[attr-defined]
            self._sleep(timeout_s)
        found: list[Action] = []
        while msvcrt.kbhit():  # type: ignore[attr-defined]
            pressed = str(msvcrt.getwch())  # type: ignore[attr-defined]
            if pressed in "\x00\xe0":
                pressed = _WINDOWS_ARROWS.get(str(msvcrt.getwch()), "")  # type: ignore[attr-defined]
            if (action := ACTIONS.get(pressed.lower())) is not None:
                found.append(action)
        return found
