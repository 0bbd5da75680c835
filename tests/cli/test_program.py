"""The program as a whole: help, exit codes, and where words go."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import voiceguide

Call = Callable[..., Any]

PROGRAM = [sys.executable, "-m", "voiceguide"]
COMMANDS = [
    "render", "plan", "check", "list", "show", "new", "voices", "sounds", "schema", "cache",
    "doctor",
]  # fmt: skip


def test_version(call: Call) -> None:
    assert call("--version").out == f"voiceguide {voiceguide.__version__}\n"


def test_help_names_every_command_and_is_no_medical_advice(call: Call) -> None:
    shown = call("--help").out
    for command in COMMANDS:
        assert f"\n  {command} " in shown
    assert "Not medical advice" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(call: Call, command: str) -> None:
    called = call(command, "--help")
    assert called.code == 0
    assert called.out.startswith(f"Usage: voiceguide {command}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rendr", "x"], "Did you mean 'render'?"),
        (["dance", "x"], "no such command 'dance'"),
        (["plan", "x", "--estimat"], "--estimate"),
        (["plan"], "missing argument 'SCRIPT'"),
        (["plan", "x", "--rate"], "`voiceguide --help` shows what it takes."),
        (["list", "routines", "--level", "hard"], "Levels are 1 (for everybody), 2 and 3"),
        (["list", "programs"], "Did you mean programmes?"),
        (["compose", "--minutes", "ten"], "error: --minutes ten: expected whole minutes"),
        (["plan", "run-warmup", "--rate", "900"], "`voiceguide plan --help` shows what it takes."),
        (["plan", "run-warmup", "--fit", "ten"], "--fit ten"),
        (["plan", "run-warmup", "--set", "name=Ada"], "has no such variable"),
        (["render", "run-warmup", "--music", "no.mp3"], "no.mp3: there is no such file"),
        (["plan", "run-warmup", "--talk", "loud"], "The levels are full, short, names, beeps."),
        (["plan", "run-warmup", "--rate", "900"], "--rate"),
        (["plan", "run-warmpu"], "Did you mean run-warmup?"),
        (["render", "-", "-"], "standard input (-) can be read only once"),
        (["render", "run-warmup", "-o", "-", "--json"], "both want standard output"),
        (["render", "run-warmup", "-o", "a.docx"], "mp3"),
        (["render", "run-warmup", "--format", "docx"], "mp3"),
        (["show", "run-warmpu"], "Did you mean run-warmup?"),
        (["show", "plnak"], "Did you mean Plank?"),
        (["show", "plank", "--script"], "plank is an exercise, and no script"),
        (["show", "plank", "--set", "a=1"], "plank is an exercise, and no script"),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(
    call: Call, arguments: list[str], message: str
) -> None:
    called = call(*arguments)
    assert called.code == 2
    assert message in called.err
    assert "Traceback" not in called.err
    assert called.err.startswith("error: ")
    assert called.out == ""
    assert not Path("output").exists()


def test_an_engine_that_is_not_there_ends_with_69(call: Call, short: Path) -> None:
    assert call("plan", short, "--engine", "nobody").code == 69


def test_debug_anywhere_in_the_call_shows_the_traceback(call: Call) -> None:
    assert call("--debug", "--version").code == 0
    called = call("plan", "nowhere", "--debug")
    assert called.code == 2
    assert "Traceback" in called.err


def test_a_fault_of_ours_is_told_in_two_lines_and_ends_with_1(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("voiceguide.cache.where", broken)
    called = call("cache")
    assert called.code == 1
    assert called.err.startswith("error: ZeroDivisionError: oh\n")
    assert "--debug" in called.err


def test_an_interruption_ends_with_130(
    call: Call, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("voiceguide.pipeline.render", interrupted)
    assert call("render", short).code == 130


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("render first-", "first-steps"), ("show hip-thr", "hip-thrust"), ("doc", "doctor")],
)
def test_the_shell_completes_commands_routines_and_exercises(typed: str, offered: str) -> None:
    words = f"voiceguide {typed}"
    asked = {
        "_VOICEGUIDE_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run(
        PROGRAM, env={**os.environ, **asked}, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == [offered]


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"voiceguide {voiceguide.__version__}\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    """`voiceguide schema | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "schema"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert done.stderr == ""


def test_help_waits_for_no_heavy_library() -> None:
    """Start-up: what only a command needs is imported by it."""
    code = "import sys, voiceguide.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {
        "numpy",
        "pydantic",
        "yaml",
        "PIL",
        "rich",
        "pydub",
        "mutagen",
        "soxr",
        "logging.config",
    }
    assert not heavy & set(done.stdout.split())


def test_the_command_has_the_spelling_of_all_else_too(call: Call) -> None:
    shown = call("program", "zero-to-5k", "--plan", "--estimate", "--engine", "silent").out
    assert shown
    again = call("programme", "zero-to-5k", "--plan", "--estimate", "--engine", "silent").out
    assert again == shown
    named = [row.split()[0] for row in call("--help").out.splitlines() if row.startswith("  pro")]
    assert named == ["program"]
