"""`render`, `plan` and `check`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from voiceguide.model import timeline

Call = Callable[..., Any]

SILENT = ("--engine", "silent")


def test_render_writes_a_file_named_after_the_script_and_tells_of_it(
    call: Call, short: Path
) -> None:
    called = call("render", short, *SILENT)
    assert called.code == 0
    assert called.out == ""
    assert Path("output/short.mp3").stat().st_size > 1000
    assert called.err.startswith(f"{Path('output/short.mp3')}: 0:")
    assert "LUFS" in called.err


def test_render_as_json_tells_each_file(call: Call, short: Path) -> None:
    called = call("render", short, "first-steps", *SILENT, "-o", "there", "--json")
    first, second = json.loads(called.out)
    assert first["file"] == str(Path("there/short.mp3"))
    assert second["script"].endswith("first-steps.yaml")
    assert first["size_bytes"] == Path(first["file"]).stat().st_size
    assert second["duration_ms"] > first["duration_ms"] > 0


def test_render_reads_standard_input_and_writes_standard_output(call: Call, short: Path) -> None:
    called = call("render", "-", *SILENT, "-o", "-", stdin=short.read_text(encoding="utf-8"))
    assert called.code == 0
    assert called.out_bytes.startswith(b"ID3")
    assert sorted(Path().iterdir()) == [short]


def test_render_writes_the_timeline_that_plan_prints(call: Call, short: Path) -> None:
    call("render", short, *SILENT, "-o", "a.wav", "--timeline", "a.json")
    planned = call("plan", short, *SILENT, "--json")
    written = timeline.parse(Path("a.json").read_text(encoding="utf-8"))
    assert written == timeline.parse(planned.out)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("goblet squats with a pause", "`Goblet squat`"),
        ("sqaut", "`Squat`"),
        ("underwater basket", None),
    ],
)
def test_a_name_of_nobody_is_plain_text_with_a_note_of_the_nearest(
    call: Call, short: Path, name: str, nearest: str | None
) -> None:
    short.write_text(short.read_text(encoding="utf-8").replace("squat", name), encoding="utf-8")
    called = call("check", short)
    assert called.code == 0
    assert (f"The nearest there: {nearest}." in called.err) == (nearest is not None)
    assert ("taken as plain text" in called.err) == (nearest is not None)
    (work,) = (s for s in timeline.parse(call("plan", short, *SILENT, "--json").out).segments
               if s.kind == "work")  # fmt: skip
    assert (work.label, work.exercise) == (name, None)


def test_nothing_is_rendered_where_one_script_is_faulty(
    call: Call, short: Path, faulty: Path
) -> None:
    called = call("render", short, faulty, *SILENT)
    assert called.code == 65
    assert "faulty.yaml:5:" in called.err
    assert called.err.endswith("2 faults in faulty.yaml; nothing was written.\n")
    assert not Path("output").exists()


def test_a_script_that_fails_does_not_hold_back_those_after_it(call: Call, short: Path) -> None:
    taken = Path("output/first-steps.mp3")
    taken.mkdir(parents=True)
    called = call("render", "first-steps", short, *SILENT)
    assert called.code == 1
    assert "first-steps.yaml was not rendered." in called.err
    assert Path("output/short.mp3").exists()


def test_plan_lists_segments_cues_and_sums(call: Call, short: Path) -> None:
    called = call("plan", short, *SILENT)
    assert called.code == 0
    assert called.out.startswith("short, 0:")
    assert "Squat, 2 reps" in called.out
    assert "equipment: none" in called.out
    assert not Path("output").exists()


def test_plan_can_be_read_at_80_columns(call: Call) -> None:
    lines = call("plan", "first-steps", *SILENT).out.splitlines()
    assert max(map(len, lines)) <= 80


def test_an_estimate_says_that_it_is_one(call: Call, short: Path) -> None:
    assert json.loads(call("plan", short, "--estimate", "--json").out)["estimated"]
    assert "estimates" in call("plan", short, "--estimate").out


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [("--rate", "200", "silent:silent@200"), ("--talk", "beeps", "silent:silent@150")],
)
def test_options_go_before_the_script(
    call: Call, short: Path, option: str, value: str, expected: str
) -> None:
    planned = json.loads(call("plan", short, *SILENT, option, value, "--json").out)
    assert planned["voice"] == expected


def test_check_tells_every_fault_of_every_script(call: Call, short: Path, faulty: Path) -> None:
    called = call("check", short, faulty)
    assert called.code == 65
    assert called.out == ""
    assert "0 faults in short.yaml\n" in called.err
    assert "faulty.yaml:5:" in called.err
    assert "faulty.yaml:7:" in called.err
    assert called.err.endswith("2 faults in faulty.yaml\n")


@pytest.fixture
def doubtful() -> str:
    """Two scripts with a warning each, the second included in the first."""
    steps = "steps:\n  - {exercise: goblet squat with a pause, reps: 2}\n"
    Path("inner.yaml").write_text(f"voiceguide: 1\ntitle: Inner\n{steps}", encoding="utf-8")
    text = f"voiceguide: 1\ntitle: Doubtful\n{steps}  - include: inner.yaml\n"
    Path("doubtful.yaml").write_text(text, encoding="utf-8")
    return "doubtful.yaml"


def test_check_counts_warnings(call: Call, doubtful: str, faulty: Path) -> None:
    assert call("check", doubtful).err.endswith("\n0 faults, 2 warnings in doubtful.yaml\n")
    assert "warning" not in call("check", faulty).err


def test_a_warning_has_the_form_of_a_fault_wherever_it_is_told(call: Call, doubtful: str) -> None:
    for command in (
        ("check", doubtful), ("render", doubtful, *SILENT, "-o", "out.wav"),
        ("plan", doubtful, *SILENT, "--svg", "out.svg"),
    ):  # fmt: skip
        err = call(*command).err
        for file in ("doubtful.yaml", "inner.yaml"):
            assert re.search(rf"^{file}:4:[^`\n]*warning: `goblet squat with a", err, re.MULTILINE)


def test_a_move_of_ones_own_that_tells_how_it_is_done_is_no_warning(call: Call) -> None:
    text = (
        "voiceguide: 1\ntitle: Own\nsteps:\n  - exercise: Suitcase walk with the red kettlebell\n"
    )
    Path("own.yaml").write_text(f"{text}    duration: 20s\n", encoding="utf-8")
    assert "warning" in call("check", "own.yaml").err
    Path("own.yaml").write_text(f"{text}    duration: 20s\n    say: Tall.\n", encoding="utf-8")
    assert call("check", "own.yaml").err == "0 faults in own.yaml\n"


def test_check_as_json_gives_places(call: Call, faulty: Path) -> None:
    called = call("check", faulty, "--json")
    assert called.code == 65
    assert called.err == ""
    found = json.loads(called.out)["faults"]
    assert [(fault["file"], fault["line"]) for fault in found] == [
        ("faulty.yaml", 5),
        ("faulty.yaml", 7),
    ]


def test_where_the_shell_leaves_patterns_to_programs_they_are_names_of_files(
    call: Call, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short.with_name("other.yaml").write_bytes(short.read_bytes())
    assert call("check", "*.yaml").code == 2
    monkeypatch.setattr(sys, "platform", "win32")
    called = call("check", "*.yaml", "[s]hort.yaml", "short.yaml")
    assert called.code == 0
    assert called.err.count("0 faults in short.yaml") == 3
    assert "0 faults in other.yaml" in called.err


@pytest.mark.parametrize("command", ["plan", "play"])
def test_what_writes_nothing_says_nothing_of_it(call: Call, faulty: Path, command: str) -> None:
    called = call(command, faulty, "--engine", "silent")
    assert called.code == 65
    assert called.err.endswith("2 faults in faulty.yaml\n")


def test_check_of_several_looks_at_those_that_there_are(
    call: Call, short: Path, faulty: Path
) -> None:
    called = call("check", faulty, "nosuch.yaml", short)
    assert called.code == 2
    assert "2 faults in faulty.yaml" in called.err
    assert "0 faults in short.yaml" in called.err
    assert "error: no script nosuch.yaml" in called.err


def test_what_is_no_text_is_no_script(call: Call) -> None:
    Path("song.mp3").write_bytes(b"ID3\x04\0\0" + bytes(range(256)) * 12_000)
    called = call("check", "song.mp3")
    assert called.code == 65
    assert "song.mp3:1:1: this is no script, and no text at all" in called.err
    assert "1 fault in song.mp3" in called.err
