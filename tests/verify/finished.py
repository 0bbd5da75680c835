"""A finished session with every kind of tone, in some formats."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from voiceguide import pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline, dump

SCRIPT = """
voiceguide: 1
title: Kurz und gut, 走る
coach: {tips: false, praise: false}
steps:
  - say: Welcome. Find some floor space.
  - block: Main
    steps:
      - {exercise: reverse lunge, prepare: 12s, reps: 5, pace: 2s, sides: left-right}
      - {rest: 15s}
      - {exercise: plank, reps: 2, hold: 4s, release: 3s}
      - {sound: bell}
      - {rest: 12s, label: walk}
  - block: Last
    steps:
      - {exercise: squat hold, duration: 62s}
  - say: Done. Walk around and breathe.
"""

HEADER = 44
"""Bytes before the samples of a WAV."""

Samples = np.ndarray
"""float64, shape (frames,), of a WAV."""


@dataclass(frozen=True)
class Finished:
    """A session in some formats."""

    folder: Path
    timeline: Timeline

    @property
    def n_frames(self) -> int:
        return self.timeline.duration_ms * 48

    @property
    def mp3(self) -> Path:
        return self.folder / "session.mp3"

    @property
    def wav(self) -> Path:
        return self.folder / "session.wav"

    @property
    def json(self) -> Path:
        return self.folder / "session.json"


def finish(folder: Path, home: Path, engine: str, music: str | None = None) -> Finished:
    source = Source(SCRIPT.encode(), "session.yaml", folder)
    options = Options(engine=engine, music=music)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home))
        rendered = [
            pipeline.render(source, folder / f"session.{suffix}", options)
            for suffix in ("mp3", "wav")
        ]
    timeline = rendered[0].timeline
    assert rendered[1].timeline == timeline
    (folder / "session.json").write_text(dump(timeline), encoding="utf-8")
    return Finished(folder, timeline)


def tag_of(mp3: Path) -> bytes:
    """The ID3 tag of a file, as it stands."""
    data = mp3.read_bytes()
    return data[: music_at(data)]


def music_at(data: bytes) -> int:
    """Where the first MP3 frame begins."""
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte
    return 10 + size
