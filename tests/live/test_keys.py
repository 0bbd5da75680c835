"""Keys as terminals send them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from voiceguide.live import keys


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        (b" ", ["pause"]),
        (b"\x1b[C", ["next"]),
        (b"\x1bOD", ["previous"]),  # application mode
        (b"\x1b[A\x1b[B", ["louder", "softer"]),
        (b"R", ["repeat"]),
        (b"+=", ["more_rest", "more_rest"]),
        (b"s\rq", ["skip_rest", "go", "quit"]),
        (b"\x1b[1;5C", ["next"]),  # with Ctrl
        (b"\x1b[200~", []),  # a paste begins
        (b"\x1b", []),
        (b"x\xc3\xa9", []),
        (b"", []),
    ],
)
def test_what_a_terminal_sends_becomes_actions(pressed: bytes, expected: list[str]) -> None:
    assert keys.decode(pressed) == expected


def test_without_a_terminal_there_are_no_keys_only_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stderr", None)
    slept: list[float] = []
    with keys.terminal(slept.append) as found:
        assert found.read(0.5) == []
    assert slept == [0.5]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int]]:
    """Both ends of a terminal; the far one is standard input."""
    import pty  # noqa: PLC0415 - not on Windows

    near, far = pty.openpty()
    with open(far, encoding="utf-8", closefd=False) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield near, far
    os.close(near)
    os.close(far)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own kind")
def test_keys_are_read_as_they_are_pressed_and_the_terminal_is_as_before(
    terminal: tuple[int, int],
) -> None:
    import termios  # noqa: PLC0415 - not on Windows

    near, far = terminal
    before = termios.tcgetattr(far)
    with pytest.raises(KeyboardInterrupt):
        press_and_interrupt(near, far)
    assert termios.tcgetattr(far) == before


def press_and_interrupt(near: int, far: int) -> None:
    import termios  # noqa: PLC0415 - not on Windows

    with keys.terminal(lambda _seconds: None) as found:
        os.write(near, b"r")
        assert found.read(5.0) == ["repeat"]
        assert not termios.tcgetattr(far)[3] & (termios.ECHO | termios.ICANON)
        assert termios.tcgetattr(far)[3] & termios.ISIG
        raise KeyboardInterrupt
