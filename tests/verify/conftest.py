"""Finished sessions, and the ways in which a file comes to harm."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from verify.finished import HEADER, Finished, Samples, finish, tag_of
from voiceguide import ffmpeg


@pytest.fixture(scope="session")
def finished(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Spoken by pyttsx3."""
    return finish(tmp_path_factory.mktemp("spoken"), session_home, "pyttsx3")


@pytest.fixture(scope="session")
def silent(session_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Tones only."""
    return finish(tmp_path_factory.mktemp("silent"), session_home, "silent")


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
