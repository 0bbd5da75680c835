"""Devices: the one that is a clock, on the wall clock; and what is said where there is none."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import miniaudio
import numpy as np
import pytest

from voiceguide.live.card import CardDevice, names
from voiceguide.live.device import NullDevice
from voiceguide.live.keys import NoKeys
from voiceguide.live.log import Log
from voiceguide.live.player import Player
from voiceguide.live.screen import PlainLines
from voiceguide.model.errors import PlaybackError
from voiceguide.model.timeline import Timeline


def test_the_null_device_pulls_on_time_however_long_a_block_takes() -> None:
    """On a virtual clock: sleeps are as long as what is left, so lateness never adds up."""
    moments: list[float] = []
    done = threading.Event()
    clock = [0.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds + 0.001  # always a little late

    def pull(n_frames: int) -> Any:
        moments.append(clock[0])
        clock[0] += 0.003
        if len(moments) == 1_000:
            done.set()
        return np.zeros((n_frames, 1), np.float32)

    device = NullDevice(lambda: clock[0], sleep)
    device.open(pull, 1)
    assert done.wait(10)
    device.close()
    late = [moment - 0.01 * index for index, moment in enumerate(moments)]
    assert max(late) < 0.002


@pytest.mark.parametrize(
    "n_rounds", [1, pytest.param(3, marks=pytest.mark.long)], ids=["7 s", "a minute"]
)
def test_in_real_time_every_cue_comes_within_30_ms_of_its_plan(
    workout: Timeline, staged: Callable[..., Any], tmp_path: Path, n_rounds: int
) -> None:
    """By the wall clock, on the null device, with a thread of its own as a sound card has."""
    for index in range(n_rounds):
        start_ms = 19_000 if n_rounds == 1 else 0
        log = Log(tmp_path / f"log-{index}")
        stage = staged(workout, waits=False, start=start_ms * 48)
        player = Player(
            stage.transport,
            stage.player._feed,
            NullDevice(time.monotonic, time.sleep),
            now=time.monotonic,
            log=log,
        )
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - as short as it is
            began = time.monotonic()
            outcome = player.run(NoKeys(time.sleep), nullcontext(PlainLines(nowhere)))
            took_ms = (time.monotonic() - began) * 1000
        log.close()
        assert outcome.finished
        lines = (tmp_path / f"log-{index}").read_text("utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        late = [
            line["actual_ms"] + start_ms - line["planned_ms"]
            for line in told
            if line["event"] in {"cue", "segment"}
        ]
        assert len(late) > 5
        assert max(map(abs, late)) <= 30
        assert not [line for line in told if line["event"] == "underrun"]
        assert took_ms == pytest.approx(26_000 - start_ms, abs=500)


def test_a_device_nobody_has_is_told_with_those_there_are() -> None:
    with pytest.raises(PlaybackError) as caught:
        CardDevice("no such thing").open(lambda n: np.zeros((n, 1), np.float32), 1)
    assert "no such thing" in caught.value.message
    assert caught.value.exit_code == 69


def test_without_a_sound_card_there_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What miniaudio says becomes ours, and what libasound says is not heard."""
    if sys.platform != "linux" or names():
        monkeypatch.setattr(miniaudio, "PlaybackDevice", _refuse)
    with pytest.raises(PlaybackError) as caught:
        CardDevice().open(lambda n: np.zeros((n, 1), np.float32), 1)
    assert "--device null" in caught.value.hint
    assert capfd.readouterr() == ("", "")


def test_what_alsa_has_without_a_card_is_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    class Devices:
        def __init__(self, **_: object) -> None:
            pass

        def get_playbacks(self) -> list[dict[str, str]]:
            null = "Discard all samples (playback) or generate zero samples (capture)"
            return [{"name": null}, {"name": "Headphones"}]

    monkeypatch.setattr(miniaudio, "Devices", Devices)
    assert names() == ["Headphones"]


def test_where_there_is_no_card_a_named_one_has_the_same_cure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("voiceguide.live.card._playbacks", list)
    with pytest.raises(PlaybackError, match="no sound device Headphones") as caught:
        CardDevice("Headphones").open(lambda n: np.zeros((n, 1), np.float32), 1)
    assert "--device null" in caught.value.hint


def _refuse(**_: object) -> None:
    raise miniaudio.MiniaudioError("failed to init device", -1)


def test_a_card_pulls_through_miniaudio(monkeypatch: pytest.MonkeyPatch) -> None:
    """With miniaudio's own silent backend in the place of a card."""
    monkeypatch.setattr("voiceguide.live.card._backends", lambda: [miniaudio.Backend.NULL])
    pulled: list[int] = []
    enough = threading.Event()

    def pull(n_frames: int) -> Any:
        pulled.append(n_frames)
        if len(pulled) > 3:
            enough.set()
        return np.zeros((n_frames, 2), np.float32)

    device = CardDevice()
    device.open(pull, 2)
    assert enough.wait(5)
    assert not device.lost
    device.close()
    assert set(pulled) <= set(range(1, 4_801))
