"""`play` and `history`, without a sound card, a terminal or a key."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voiceguide import live, pipeline
from voiceguide.cli.sources import find
from voiceguide.live.virtual import RecordingDevice, VirtualClock
from voiceguide.model.options import Options
from voiceguide.sound import tones

Call = Callable[..., Any]

SILENT = ("--engine", "silent")


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> VirtualClock:
    """Has `play` take no time: its clock is virtual, and so is its device."""
    clock = VirtualClock()
    monkeypatch.setattr(time, "monotonic", clock.now)
    monkeypatch.setattr(time, "sleep", clock.sleep)
    monkeypatch.setattr("voiceguide.cli.play._device", lambda _name: RecordingDevice(clock))
    return clock


def logged(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def test_a_session_is_played_to_its_end_and_written_down(
    call: Call, short: Path, fast: VirtualClock
) -> None:
    called = call("play", short, *SILENT, "--log", "log.jsonl")
    assert (called.code, called.out) == (0, "")
    assert "Squat · 2 reps" in called.err
    assert re.search(r"\nfinished: short, \d:\d\d\n$", called.err)
    planned = json.loads(call("plan", short, *SILENT, "--json").out)
    cues = [line for line in logged("log.jsonl") if line["event"] == "cue"]
    assert [line["planned_ms"] for line in cues] == [c["start_ms"] for c in planned["cues"]]
    assert [line["index"] for line in cues] == list(range(len(cues)))
    assert all(line["actual_ms"] == line["planned_ms"] for line in cues)
    assert call("history").out.endswith("finished  short  short.yaml\n")
    (played,) = json.loads(call("history", "--json").out)
    assert played["finished"]
    assert played["duration_ms"] == planned["duration_ms"] == played["played_ms"]
    assert fast.now() >= planned["duration_ms"] / 1000


def test_what_is_sent_is_what_is_rendered_sample_for_sample(call: Call, short: Path) -> None:
    call("render", short, *SILENT, "-o", "out.wav")
    data = Path("out.wav").read_bytes()
    at = data.index(b"data") + 8
    rendered = np.frombuffer(data[at : at + int.from_bytes(data[at - 4 : at], "little")], "<i2")

    clock = VirtualClock()
    device = RecordingDevice(clock)
    timeline, mix = pipeline.prepare(find(str(short)).source, Options(engine="silent"))
    live.play(timeline, mix, tones.load("bell"), device, live.Settings(),
              now=clock.now, sleep=clock.sleep)  # fmt: skip
    sent = np.rint(device.samples[: len(rendered), 0] * 32_768).astype("<i2")
    assert len(rendered) == timeline.duration_ms * 48
    assert np.array_equal(sent, rendered)


def test_from_a_time_or_a_name(call: Call, fast: VirtualClock) -> None:
    for start, expected_ms in (("0:50", 50_000), ("strength", None)):
        called = call("play", "first-steps", *SILENT, "--from", start, "--log", "log.jsonl")
        assert called.code == 0
        begun = logged("log.jsonl")[0]["position_ms"]
        assert begun == (expected_ms or begun)
        assert begun > 0
    del fast


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--from", "nowhere"), "no such time, block or exercise"),
        (("--from", "9:00"), "the session is over by then"),
        (("--from", "1s", "--resume"), "contradict"),
        (("--beeps-only", "--talk", "full"), "contradict"),
        (("--volume", "130"), "100"),
    ],
)
def test_wrong_usage_is_told(
    call: Call, short: Path, options: tuple[str, ...], expected: str
) -> None:
    called = call("play", short, *SILENT, *options)
    assert called.code == 2
    assert expected in called.err


def test_without_a_script_it_asks_for_one(call: Call) -> None:
    assert call("play").code == 2
    called = call("play", "--resume")
    assert called.code == 2
    assert "None was left in the middle" in called.err


def test_history_names_what_to_play_again(call: Call, fast: VirtualClock) -> None:
    script = Path("two words.yaml")
    script.write_text("voiceguide: 1\ntitle: T\nsteps:\n  - rest: 5s\n", encoding="utf-8")
    for again in (script, "desk-break-2"):
        assert call("play", again, *SILENT).code == 0
    first, second = call("history").out.splitlines()
    assert re.search(r"finished  T +'two words\.yaml'$", first)
    assert second.endswith("  desk-break-2")
    del fast


def test_beeps_only_has_no_words(call: Call, short: Path, fast: VirtualClock) -> None:
    call("play", short, *SILENT, "--beeps-only", "--log", "beeps.jsonl", "--no-history")
    planned = json.loads(call("plan", short, *SILENT, "--talk", "beeps", "--json").out)
    cues = [line for line in logged("beeps.jsonl") if line["event"] == "cue"]
    assert len(cues) == len(planned["cues"])
    assert call("history").out == ""
    del fast


def test_proof_takes_less_time_and_leaves_no_cue_out(call: Call, fast: VirtualClock) -> None:
    call("play", "first-steps", *SILENT, "--proof", "--log", "log.jsonl")
    told = logged("log.jsonl")
    planned = json.loads(call("plan", "first-steps", *SILENT, "--json").out)
    assert [c["index"] for c in told if c["event"] == "cue"] == list(range(len(planned["cues"])))
    assert told[-1]["actual_ms"] < 0.7 * planned["duration_ms"]
    assert call("history").out == "", "nobody trained"
    del fast


def test_a_faulty_script_is_told_as_ever(call: Call, faulty: Path) -> None:
    called = call("play", faulty, *SILENT, "--device", "null")
    assert called.code == 65
    assert "faulty.yaml:5:" in called.err


def test_devices_are_listed(call: Call) -> None:
    called = call("play", "--device", "list")
    assert called.code == 0
    assert called.out.splitlines()[-1] == "null"
    assert "null plays in real time" in called.err


def test_resume_without_a_place_begins_at_the_beginning(
    call: Call, short: Path, fast: VirtualClock
) -> None:
    called = call("play", short, *SILENT, "--resume")
    assert called.code == 0
    assert "from the beginning" in called.err
    del fast


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as POSIX has them")
@pytest.mark.parametrize(
    ("ending", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_after_an_interruption_or_a_crash_resume_begins_at_the_segment_that_was_left(
    call: Call, short: Path, fast: VirtualClock, ending: signal.Signals, code: int
) -> None:
    """In a process of its own, killed in the second segment."""
    del fast
    command = [sys.executable, "-m", "voiceguide", "play", str(short), *SILENT]
    with subprocess.Popen(
        [*command, "--device", "null", "--log", "one.jsonl", "--from", "squat"],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stderr
        assert b"Squat" in process.stderr.readline()  # it plays, and the place is kept
        process.send_signal(ending)
        err = process.stderr.read().decode()
    assert process.returncode == code
    if ending == signal.SIGINT:
        again = "voiceguide play short.yaml --device null --engine silent --resume"
        assert re.search(rf"Left at .*Squat.*\n`{again}` goes on there", err)
    resumed = call("play", "--resume", "--log", "two.jsonl", "--device", "null")
    assert resumed.code == 0
    told = "`voiceguide play short.yaml --device null --engine silent --log two.jsonl --resume`"
    assert resumed.err.splitlines()[0] == told
    one, two = logged("one.jsonl"), logged("two.jsonl")
    assert two[0]["position_ms"] == one[0]["position_ms"] > 0
    assert two[1]["event"] == "segment"
