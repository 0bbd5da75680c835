"""Calls of the program as a user makes them, in this process."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from voiceguide.cli import main


@dataclass(frozen=True)
class Called:
    """What a call gave back."""

    code: int
    out: str
    err: str
    out_bytes: bytes


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Called]:
    """Calls the program in an empty folder, with `stdin` as its standard input."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: Any, stdin: str = "") -> Called:
        monkeypatch.setattr(
            "sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
        )
        capfdbinary.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Called(code, out.decode(errors="replace"), err.decode(), out)

    return run


@pytest.fixture
def short() -> Path:
    """A script that is soon made, in the folder of the call."""
    return _write("short.yaml", "  - exercise: squat\n    reps: 2\n")


@pytest.fixture
def faulty() -> Path:
    """A script with two faults, in the folder of the call."""
    steps = "  - exercise: squat\n    reps: many\n  - exercise: squat\n    tempo: fast\n"
    return _write("faulty.yaml", steps)


def _write(name: str, steps: str) -> Path:
    path = Path(name)
    path.write_text(f"voiceguide: 1\ntitle: {path.stem}\nsteps:\n{steps}", encoding="utf-8")
    return path
