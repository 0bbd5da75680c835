"""Sessions laid out by hand, and sound that says where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from voiceguide.live.feed import Feed
from voiceguide.live.log import Log
from voiceguide.live.player import Player
from voiceguide.live.route import Route
from voiceguide.live.transport import Transport
from voiceguide.live.virtual import RecordingDevice, VirtualClock
from voiceguide.model.audio import Audio
from voiceguide.model.timeline import Cue, Segment, Speech, Timeline, Tone

FRAMES_PER_MS = 48
REMINDER = np.full((4800, 1), -0.5, np.float32)


def segment(kind: Any, length_ms: int, label: str | None = None, **more: Any) -> Segment:
    """A segment, not in its place yet."""
    return Segment(index=0, kind=kind, label=label, start_ms=0, end_ms=length_ms, **more)


def spoken(start_ms: int, end_ms: int, role: Any = "script") -> Speech:
    return Speech(
        role=role, start_ms=start_ms, end_ms=end_ms, text=role, spoken=role, about=None, segment=0
    )


def beep(start_ms: int, role: Any = "countdown", length_ms: int = 100) -> Tone:
    return Tone(role=role, start_ms=start_ms, end_ms=start_ms + length_ms, sound="tick", segment=0)


def session(segments: list[Segment], cues: list[Cue]) -> Timeline:
    """The segments one after the other, the cues in their times."""
    placed: list[Segment] = []
    at = 0
    for index, each in enumerate(segments):
        end = at + each.end_ms
        placed.append(replace(each, index=index, start_ms=at, end_ms=end))
        at = end
    ordered = sorted(cues, key=lambda cue: cue.start_ms)
    return Timeline(
        title="By hand",
        language="en",
        voice="none",
        estimated=False,
        duration_ms=at,
        segments=tuple(placed),
        cues=tuple(ordered),
    )


@pytest.fixture
def workout() -> Timeline:
    """Twenty-six seconds with everything in it that live play may hold or skip."""
    segments = [
        segment("talk", 2_000),
        segment("prepare", 3_000),
        segment("work", 4_000, "Plank", set=1, sets=2, side="left"),
        segment("switch", 1_000),
        segment("work", 4_000, "Plank", set=1, sets=2, side="right"),
        segment("rest", 6_000),
        segment("work", 2_000, "Squat", own_pace=True),
        segment("wait", 3_000, "Your turn"),
        segment("work", 1_000, "Jump"),
    ]
    cues: list[Cue] = [
        spoken(500, 1_500),
        spoken(2_500, 3_000, "name"),
        *(beep(at) for at in (3_500, 4_000, 4_500)),
        beep(5_000, "start"),
        spoken(7_000, 7_500, "tip"),
        beep(9_000, "switch"),
        beep(10_000, "start"),
        beep(14_000, "rest"),
        spoken(14_200, 15_000, "rest"),
        spoken(17_500, 18_000, "name"),
        spoken(18_100, 18_500, "amount"),
        *(beep(at) for at in (18_700, 19_200, 19_700)),
        beep(20_000, "start"),
        beep(22_000, "rest"),
        spoken(22_200, 23_000),
        beep(25_000, "start"),
        beep(25_800, "finish", 200),
    ]
    return session(segments, cues)


class NumberedMix:
    """A mix whose samples say which frame they are: exact in float32 up to 349 s."""

    n_channels = 1

    def __init__(self, n_frames: int) -> None:
        self.n_frames = n_frames

    def blocks(self, start_frame: int, block_frames: int) -> Iterator[Audio]:
        for first in range(start_frame, self.n_frames, block_frames):
            yield Audio(self.samples(first, min(first + block_frames, self.n_frames)), 48_000)

    @staticmethod
    def samples(first: int, last: int) -> Any:
        return (np.arange(first + 1, last + 1) / 2**24).astype(np.float32).reshape(-1, 1)


@dataclass
class Stage:
    """A player and everything around it."""

    player: Player
    device: RecordingDevice
    clock: VirtualClock
    transport: Transport
    mix: NumberedMix


@pytest.fixture
def staged() -> Callable[..., Stage]:
    """Sets a session up on a virtual clock."""

    def stage(timeline: Timeline, *, log: Log | None = None, late_s: float = 0.0,
              block_frames: int = 480, volume: int = 100, notice: str = "", mix: Any = None,
              **settings: Any) -> Stage:  # fmt: skip
        clock = VirtualClock()
        device = RecordingDevice(clock, block_frames=block_frames, late_s=late_s)
        mix = mix or NumberedMix(timeline.duration_ms * FRAMES_PER_MS)
        transport = Transport(Route(timeline), reminder_frames=len(REMINDER), **settings)
        player = Player(
            transport,
            Feed(mix, REMINDER),
            device,
            now=clock.now,
            log=log or Log(None),
            volume=volume,
            notice=notice,
        )
        return Stage(player, device, clock, transport, mix)

    return stage
