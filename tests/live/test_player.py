"""A session on a virtual clock: what the device gets, and what the log tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voiceguide.live.log import Log
from voiceguide.live.transport import FADE_FRAMES, Action
from voiceguide.live.view import View
from voiceguide.model.errors import PlaybackError
from voiceguide.model.timeline import Timeline


class Script:
    """Keys that are pressed at their moments, and a screen that keeps what it is shown."""

    def __init__(self, clock: Any, *presses: tuple[float, Action]) -> None:
        self._clock = clock
        self._presses = list(presses)
        self.views: list[View] = []

    def read(self, timeout_s: float) -> list[Action]:
        self._clock.sleep(timeout_s)
        due = [action for at, action in self._presses if at <= self._clock.now()]
        self._presses = [each for each in self._presses if each[0] > self._clock.now()]
        return due

    def show(self, view: View) -> None:
        self.views.append(view)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = Log(tmp_path / "log")
    yield log
    log.close()


def play(stage: Any, *presses: tuple[float, Action]) -> tuple[Any, Script]:
    script = Script(stage.clock, *presses)
    return stage.player.run(script, nullcontext(script)), script


def test_the_device_gets_the_mix_sample_for_sample(
    workout: Timeline, staged: Callable[..., Any]
) -> None:
    stage = staged(workout, waits=False)
    outcome, _ = play(stage)
    assert outcome.finished
    n_frames = stage.mix.n_frames
    assert np.array_equal(stage.device.samples[:n_frames], stage.mix.samples(0, n_frames))
    assert not stage.device.samples[n_frames:].any()


def test_pauses_apart_the_device_gets_the_mix_sample_for_sample(
    workout: Timeline, staged: Callable[..., Any]
) -> None:
    stage = staged(workout, waits=False)
    play(stage, (1.0, "pause"), (5.0, "pause"), (9.0, "pause"), (9.5, "go"))
    sent = stage.device.samples[:, 0]
    heard = sent[sent > 0]
    wanted = stage.mix.samples(0, stage.mix.n_frames)[:, 0]
    # Every frame once; of the two ways up the first frame is silent, and four ways are fades.
    assert len(heard) == len(wanted) - 2
    assert np.isin(wanted, heard).sum() >= len(wanted) - 4 * FADE_FRAMES


@pytest.mark.parametrize("block_frames", [480, 1_111])
def test_the_log_has_each_cue_and_boundary_in_its_time(
    workout: Timeline, staged: Callable[..., Any], log: Log, tmp_path: Path, block_frames: int
) -> None:
    stage = staged(workout, log=log, waits=False, block_frames=block_frames)
    play(stage)
    told = lines(tmp_path / "log")
    assert told[0]["event"] == "start"
    cues = [line for line in told if line["event"] == "cue"]
    assert [line["index"] for line in cues] == list(range(len(workout.cues)))
    assert [line["planned_ms"] for line in cues] == [cue.start_ms for cue in workout.cues]
    segments = [line for line in told if line["event"] == "segment"]
    assert [line["index"] for line in segments] == list(range(len(workout.segments)))
    assert all(line["actual_ms"] == line["planned_ms"] for line in cues + segments)
    assert told[-1] == {"event": "end", "position_ms": 26_000, "actual_ms": 26_000}


def test_the_log_names_every_pause_and_skip_and_times_go_on_by_the_wall_clock(
    workout: Timeline, staged: Callable[..., Any], log: Log, tmp_path: Path
) -> None:
    stage = staged(workout, log=log)
    play(stage, (1.0, "pause"), (3.0, "pause"), (4.0, "next"), (12.0, "quit"))
    told = lines(tmp_path / "log")
    assert [line["event"] for line in told if line["event"] not in {"cue", "segment"}] == [
        "start", "pause", "resume", "skip", "end",
    ]  # fmt: skip
    skip = next(line for line in told if line["event"] == "skip")
    assert (skip["key"], skip["to_ms"]) == ("next", 5_000)
    cue = next(line for line in told if line["event"] == "cue" and line["planned_ms"] == 7_000)
    assert cue["actual_ms"] == pytest.approx(4_020 + 2_000, abs=40)


def test_a_block_that_comes_too_late_is_an_underrun(
    workout: Timeline, staged: Callable[..., Any], log: Log, tmp_path: Path
) -> None:
    stage = staged(workout, log=log, waits=False)
    pull = stage.player.pull

    def late(n_frames: int) -> Any:
        if 5.0 < stage.clock.now() < 5.01:
            stage.clock.set(stage.clock.now() + 0.2)
        return pull(n_frames)

    stage.player.pull = late
    play(stage)
    (underrun,) = [line for line in lines(tmp_path / "log") if line["event"] == "underrun"]
    assert underrun["missing_ms"] == pytest.approx(200, abs=11)


def test_sound_that_is_not_made_in_time_is_an_underrun_and_shifts_no_frame(
    workout: Timeline, staged: Callable[..., Any], log: Log, tmp_path: Path
) -> None:
    stage = staged(workout, log=log, waits=False)
    fill = stage.player._feed.fill
    stage.player._feed.fill = lambda *at: not 4.0 < stage.clock.now() < 8.0 and fill(*at)
    play(stage)
    told = lines(tmp_path / "log")
    (underrun,) = [line for line in told if line["event"] == "underrun"]
    assert underrun["missing_ms"] == pytest.approx(1_000, abs=50)
    sent = stage.device.samples[:, 0]
    heard = sent[sent > 0]
    assert np.array_equal(heard, stage.mix.samples(0, stage.mix.n_frames)[:, 0])


def test_a_lost_device_is_opened_again_and_goes_on_from_the_last_whole_second(
    workout: Timeline, staged: Callable[..., Any], log: Log, tmp_path: Path
) -> None:
    stage = staged(workout, log=log, waits=False)
    read = Script(stage.clock).read

    def unplug(timeout_s: float) -> list[Action]:
        stage.device.lost |= stage.device.opened == 1 and stage.clock.now() > 6.3
        return read(timeout_s)

    script = Script(stage.clock)
    script.read = unplug  # type: ignore[method-assign]
    outcome = stage.player.run(script, nullcontext(script))
    assert outcome.finished
    assert stage.device.opened == 2
    told = lines(tmp_path / "log")
    assert [line["lost"] for line in told if line["event"] == "device"] == [True]
    (skip,) = [line for line in told if line["event"] == "skip"]
    assert (skip["position_ms"] // 100, skip["to_ms"]) == (63, 6_000)


def test_a_device_that_does_not_come_back_ends_the_session(
    workout: Timeline, staged: Callable[..., Any]
) -> None:
    stage = staged(workout, waits=False)

    def gone(*_: Any) -> None:
        raise PlaybackError("no device")

    def unplug(timeout_s: float) -> list[Action]:
        if stage.clock.now() > 2 and not stage.device.lost:
            stage.device.lost = True
            stage.device.open = gone
        stage.clock.sleep(timeout_s)
        return []

    script = Script(stage.clock)
    script.read = unplug  # type: ignore[method-assign]
    with pytest.raises(PlaybackError):
        stage.player.run(script, nullcontext(script))
    assert stage.clock.now() == pytest.approx(32, abs=2)


def test_volume_is_turned_without_a_jump(workout: Timeline, staged: Callable[..., Any]) -> None:
    stage = staged(workout, waits=False, volume=100)
    _, script = play(stage, (2.0, "softer"), (2.5, "softer"), (3.0, "louder"), (4.0, "quit"))
    assert {view.volume for view in script.views} == {100, 90, 80}
    sent = stage.device.samples[:, 0][: 4 * 48_000]
    assert np.abs(np.diff(sent)).max() < 0.002


def test_ctrl_c_ends_it_and_says_where(workout: Timeline, staged: Callable[..., Any]) -> None:
    stage = staged(workout)

    def interrupted(timeout_s: float) -> list[Action]:
        if stage.clock.now() > 6:
            raise KeyboardInterrupt
        stage.clock.sleep(timeout_s)
        return []

    script = Script(stage.clock)
    script.read = interrupted  # type: ignore[method-assign]
    closed = []

    @contextmanager
    def screen() -> Iterator[Script]:
        try:
            yield script
        finally:
            closed.append(True)

    outcome = stage.player.run(script, screen())
    assert (outcome.interrupted, outcome.finished, outcome.segment) == (True, False, 2)
    assert closed


def test_the_view_counts_down_and_names_what_is_next(
    workout: Timeline, staged: Callable[..., Any]
) -> None:
    stage = staged(workout)
    _, script = play(stage, (14.6, "more_rest"), (15.6, "quit"))
    resting = script.views[-2]
    assert resting.following is not None
    assert resting.following.label == "Squat"
    assert resting.left_ms == pytest.approx(20_000 - 15_600 + 15_000, abs=300)
