"""Music in files, made by ffmpeg as it is asked for."""

from __future__ import annotations

import subprocess
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voiceguide import ffmpeg

RATE_HZ = 44_100
ENCODERS = {
    "mp3": ["-c:a", "libmp3lame", "-b:a", "192k"],
    "m4a": ["-c:a", "aac", "-b:a", "160k"],
    "ogg": ["-c:a", "libvorbis"],
    "opus": ["-c:a", "libopus"],
    "flac": ["-c:a", "flac"],
    "wav": [],
}


def tune(seconds: float, seed: int = 1) -> np.ndarray:
    """Notes that are struck twice a second, left and right of the middle; shape (frames, 2)."""
    chance = np.random.default_rng(seed)
    samples = np.zeros((round(seconds * RATE_HZ), 2))
    time = np.arange(RATE_HZ) / RATE_HZ
    envelope = np.exp(-3 * time) * np.minimum(1, 200 * time)
    for first in range(0, len(samples), RATE_HZ // 2):
        pitch_hz = 110 * 2 ** (chance.integers(0, 24) / 12)
        note = sum(np.sin(2 * np.pi * pitch_hz * n * time) / n for n in range(1, 9)) * envelope
        side = chance.random()
        note = note[: len(samples) - first]
        samples[first : first + len(note)] += np.outer(note, (side, 1 - side))
    return samples / np.abs(samples).max() * 0.8


def write(path: Path, samples: np.ndarray, rate_hz: int = RATE_HZ) -> Path:
    """A file of samples, in the format of its suffix."""
    plain = path.with_suffix(".wav")
    with wave.open(str(plain), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.round(samples * 32_767).astype("<i2").tobytes())
    if path != plain:
        call = [ffmpeg.locate(), "-nostdin", "-v", "error", "-y", "-i", str(plain)]
        subprocess.run([*call, *ENCODERS[path.suffix[1:]], str(path)], check=True)
    return path


@pytest.fixture(scope="session")
def songs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One tune of 65 s in each format: longer than what is decoded at once."""
    folder = tmp_path_factory.mktemp("songs")
    samples = tune(65)
    return {suffix: write(folder / f"song.{suffix}", samples) for suffix in ENCODERS}


@pytest.fixture
def write_music(tmp_path: Path) -> Callable[..., Path]:
    """Writes samples of 48 kHz to a file in the folder of the test."""

    def in_folder(name: str, samples: np.ndarray, rate_hz: int = 48_000) -> Path:
        return write(tmp_path / name, samples, rate_hz)

    return in_folder
