"""A finished session with every kind of tone, and the ways in which a file comes to harm."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from voiceguide import ffmpeg, pipeline
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline, dump

SCRIPT = """
voiceguide: 1
title: Kurz und gut, 走る
steps:
  - say: Welcome. Find some floor space.
  - block: Main
    steps:
      - {exercise: reverse lunge, prepare: 12s, reps: 6, sides: left-right}
      - {rest: 15s}
      - {exercise: plank, reps: 3, hold: 4s, release: 3s}
      - {sound: bell}
      - {rest: 12s, label: walk}
  - block: Last
    steps:
      - {exercise: squat hold, duration: 90s}
  - say: Done. Walk around and breathe.
"""

HEADER = 44
"""Bytes before the samples of a WAV."""
RATE = 48_000


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


def finish(folder: Path, home: Path, engine: str) -> Finished:
    source = Source(SCRIPT.encode(), "session.yaml", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home))
        rendered = [
            pipeline.render(source, folder / f"session.{suffix}", Options(engine=engine))
            for suffix in ("mp3", "wav")
        ]
    timeline = rendered[0].timeline
    assert rendered[1].timeline == timeline
    (folder / "session.json").write_text(dump(timeline), encoding="utf-8")
    return Finished(folder, timeline)


@pytest.fixture(scope="session")
def finished(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Spoken by pyttsx3."""
    return finish(tmp_path_factory.mktemp("spoken"), session_home, "pyttsx3")


@pytest.fixture(scope="session")
def silent(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Tones only."""
    return finish(tmp_path_factory.mktemp("silent"), session_home, "silent")


Samples = np.ndarray
"""float64, shape (frames,), of a WAV."""


@pytest.fixture
def edited(finished: Finished, tmp_path: Path) -> Callable[[Callable[[Samples], Samples]], Path]:
    """Makes a WAV with other samples, and the tags as they were."""

    def edit(change: Callable[[Samples], Samples], of: Finished = finished) -> Path:
        data = of.wav.read_bytes()
        size = int.from_bytes(data[40:44], "little")
        samples = np.frombuffer(data[HEADER : HEADER + size], "<i2") / 32768
        changed = (
            np.rint(change(samples.copy()) * 32768).clip(-32768, 32767).astype("<i2").tobytes()
        )
        trailer = data[HEADER + size :]
        total = len(changed) + len(trailer) + HEADER - 8
        path = tmp_path / "edited.wav"
        path.write_bytes(
            data[:4] + total.to_bytes(4, "little") + data[8:40]
            + len(changed).to_bytes(4, "little") + changed + trailer
        )  # fmt: skip
        return path

    return edit


@pytest.fixture
def filtered(finished: Finished, tmp_path: Path) -> Callable[..., Path]:
    """Makes an MP3 with ffmpeg, and puts the tags of the session on it."""

    def run(*options: str) -> Path:
        bare, path = tmp_path / "bare.mp3", tmp_path / "filtered.mp3"
        call = [ffmpeg.locate(), "-v", "error", "-i", finished.mp3, "-map", "0:a", *options]
        subprocess.run([*call, "-map_metadata", "-1", "-id3v2_version", "0", bare], check=True)
        path.write_bytes(tag_of(finished.mp3) + bare.read_bytes())
        return path

    return run


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
