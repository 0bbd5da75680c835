"""Programmes in the folder of the call, and calls of the program."""

from __future__ import annotations

import textwrap
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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which calls are made."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Called]:  # noqa: ARG001
    """Calls the program in an empty folder."""

    def run(*arguments: Any) -> Called:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Called(code, out, err)

    return run


@pytest.fixture
def write(folder: Path) -> Callable[[str, str], str]:
    """Writes a file into the folder of the call, and gives back its name."""

    def written(name: str, text: str) -> str:
        (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")
        return name

    return written


@pytest.fixture
def legs(write: Callable[[str, str], str]) -> str:
    """A script of a few seconds with every kind of work."""
    return write(
        "legs.yaml",
        """\
        voiceguide: 1
        title: Legs
        language: en
        variables: {run: 10s}
        defaults: {prepare: 2s, rest: 2s, pace: 1s}
        steps:
          - {exercise: squat, reps: 3, sets: 2}
          - {exercise: reverse lunge, reps: 2, sides: left-right, switch: 2s}
          - {exercise: easy run, duration: "{run}"}
        """,
    )


@pytest.fixture
def programme(write: Callable[[str, str], str], legs: str) -> str:
    """A programme of three weeks."""
    return write(
        "legs-3.yaml",
        f"""\
        programme: 1
        title: Legs in three weeks
        weeks: 3
        days: [monday, thursday]
        at: "18:00"
        sessions:
          - {{script: {legs}, set: {{run: [10s, 12s, 14s]}}}}
        progress: {{reps: +1 a week, sets: +1 at week 2, deload: week 3}}
        """,
    )
