"""Found by a reviewer, each with its smallest script or call."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from voiceguide import pipeline
from voiceguide.model.errors import ScriptError, TargetNotWritable
from voiceguide.model.options import Options
from voiceguide.model.source import Source

HEAD = "voiceguide: 1\ntitle: T\n"
SILENT = Options(engine="silent")


def source(body: str) -> Source:
    return Source((HEAD + body).encode(), "script.yaml", Path())


def faults(body: str) -> list[str]:
    return [fault.message for fault in pipeline.check(source(body)).faults]


def test_words_that_do_not_fit_among_many_that_do_are_told_at_once() -> None:
    """It never ended: each way to say one was tried with each way to say all others."""
    talks = "".join(f"  - {{say: Breathe in {n}., within: 5s}}\n" for n in range(12))
    late = "  - {say: Far too many words for the time that is given to them., within: 1s}\n"
    report = pipeline.check(source(f"steps:\n{talks}{late}  - {{exercise: hop, reps: 3}}\n"))
    assert [warning.path for warning in report.warnings] == ["steps[12].say"]


@pytest.mark.parametrize(
    "body",
    [
        "defaults: {sets: 1000}\nsteps: [{repeat: 20000, steps: [{exercise: hop, reps: 1}]}]",
        "steps: [{repeat: 20000, steps: [{repeat: 20000, steps: [{rest: 0}]}]}]",
        "steps: [{repeat: 9000, steps: [{exercise: hop, reps: 1, sets: 2, sides: each}]}]",
    ],
)
def test_a_bomb_is_refused_without_being_laid_out(body: str) -> None:
    assert faults(body) == ["at most 20,000 segments are possible, and this routine has more"]


def test_a_timeline_that_cannot_be_written_leaves_no_audio(tmp_path: Path) -> None:
    target = tmp_path / "x.mp3"
    with pytest.raises(TargetNotWritable):
        pipeline.render(
            source("steps: [{exercise: hop, reps: 3}]"),
            target,
            SILENT,
            timeline_file=tmp_path / "nowhere" / "x.json",
        )
    assert list(tmp_path.iterdir()) == []


def test_a_safety_line_without_room_comes_before_the_slot_it_belongs_to() -> None:
    timeline = pipeline.plan(
        source("steps: [{every: 1m, steps: [{exercise: deadlift, sets: 1}]}]"), SILENT
    )
    safety = next(cue for cue in timeline.speech if cue.role == "safety")
    work = next(segment for segment in timeline.segments if segment.kind == "work")
    assert safety.end_ms <= work.start_ms
    assert timeline.duration_ms - work.start_ms == 60_000
    assert any("safety" in warning for warning in timeline.warnings)


def test_a_session_of_which_nothing_is_left_is_a_fault() -> None:
    with pytest.raises(ScriptError):
        pipeline.plan(source("coach: {talk: beeps}\nsteps: [{say: Hello.}]"), SILENT)


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_is_no_fault_of_ours(tmp_path: Path, closed: str) -> None:
    (tmp_path / "s.yaml").write_text(HEAD + "steps: [{exercise: hop, reps: 3}]\n", "utf-8")
    target = "-" if closed == "stdout" else "s.mp3"
    call = (
        "import sys\n"
        f"sys.{closed} = None\n"
        "from voiceguide.cli import main\n"
        f"sys.exit(main(['render', 's.yaml', '--engine', 'silent', '-o', {target!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", call], cwd=tmp_path, capture_output=True, check=False, text=True
    )
    assert "fault of voiceguide" not in done.stderr
    assert done.returncode == (2 if closed == "stdout" else 0)


def test_the_next_exercise_is_named_without_braces() -> None:
    timeline = pipeline.plan(
        source(
            'steps: [{repeat: 2, steps: [{rest: 20s, say: "Next: {next}."}, '
            '{exercise: "hop {round}", reps: 3}]}]'
        ),
        SILENT,
        estimate=True,
    )
    words = [cue.text for cue in timeline.speech if cue.role == "script"]
    assert words == ["Next: hop 1.", "Next: hop 2."]
