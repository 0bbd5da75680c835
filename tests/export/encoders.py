"""MP3 without us: an encoder called by hand, one that does as it likes, and two decoders."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import miniaudio
import numpy as np

from voiceguide import ffmpeg
from voiceguide.export.mp3_islands import LAME_SCALE

_OPTIONS = ("-c:a", "libmp3lame", "-b:a", "128k", "-reservoir", "0", "-id3v2_version", "0")


def one_stream(sound: Any, target: Path) -> Path:
    """A session encoded from end to end."""
    louder = (sound.samples / np.float32(LAME_SCALE)).astype("<f4").tobytes()
    form = ["-f", "f32le", "-ar", "48000", "-ac", str(sound.n_channels), "-i", "pipe:0"]
    call = [ffmpeg.locate(), "-v", "error", "-y", *form, *_OPTIONS, str(target)]
    subprocess.run(call, input=louder, check=True)
    return target


def disobedient(folder: Path, change: list[str]) -> Path:
    """An ffmpeg that does not do as it is told: the options it gets are followed by others."""
    program = folder / "ffmpeg"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\nprogram = {ffmpeg.locate()!r}\n"
        f"os.execv(program, [program, *sys.argv[1:-1], *{change!r}, sys.argv[-1]])\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def decode(path: Path, n_channels: int = 1) -> np.ndarray:
    """What ffmpeg hears, shape (frames, channels)."""
    call = [ffmpeg.locate(), "-nostdin", "-v", "error", "-i", str(path), "-map", "0:a"]
    form = ["-f", "f32le", "-ac", str(n_channels), "-"]
    heard = subprocess.run([*call, *form], capture_output=True, check=True).stdout
    return np.frombuffer(heard, "<f4").reshape(-1, n_channels)


def decode_with_minimp3(path: Path) -> np.ndarray:
    """What minimp3 hears, shape (frames, channels)."""
    decoded = miniaudio.mp3_read_f32(path.read_bytes())
    assert decoded.sample_rate == 48_000
    return np.array(decoded.samples, dtype=np.float32).reshape(-1, decoded.nchannels)
