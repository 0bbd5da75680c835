"""The sounds of `sounds/`: which one stands for which role, and loading them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import soxr

from voiceguide import ffmpeg
from voiceguide.data import shipped
from voiceguide.model.audio import Audio, ToneSound
from voiceguide.model.errors import SoundError
from voiceguide.model.roles import ToneRole
from voiceguide.model.units import RATE_HZ, frames_to_ms
from voiceguide.sound.loudness import integrated_lufs

TONES: Mapping[ToneRole, str] = MappingProxyType(
    {
        "countdown": "tick",
        "start": "start",
        "rest": "rest",
        "switch": "switch",
        "release": "release",
        "halfway": "halfway",
        "rep": "rep",
        "wake": "wake",
        "earcon": "earcon",
        "finish": "finish",
    }
)
"""The sound of each role. `script` has none: the script names it."""

WAKE_MS = 500
"""Usual length of the lead-in (`docs/script-format.md`, `wake`). Its sound lasts as long as the
longest that a script may ask for, and is faded out where the cue ends."""

FILE_LUFS = -20.0
"""A listener's own sound file is levelled to this, a little under the voice."""
_FILE_PEAK = 0.5
_MOST_GAIN = 10.0
"""Linear; a file that is softer still is left soft."""


@cache
def names() -> tuple[str, ...]:
    """The sounds we ship, by name, sorted."""
    return tuple(sorted(path.stem for path in shipped("sounds").glob("*.wav")))


@cache
def lengths() -> Mapping[ToneRole, ToneSound]:
    """What the planner needs to know of each role's sound."""
    return MappingProxyType(
        {
            role: ToneSound(name, WAKE_MS if role == "wake" else length_ms(name))
            for role, name in TONES.items()
        }
    )


def length_ms(sound: str) -> int:
    """Length of one sound, named as `load` takes it, rounded up."""
    return frames_to_ms(load(sound).n_frames)


def load(sound: str) -> Audio:
    """One of our sounds by name, else the listener's file at this path, levelled; 48 kHz mono.

    Raises:
        SoundError: there is neither, or the file holds no sound that can be read.
    """
    return _ours(sound) if sound in names() else _levelled(read(Path(sound)))


@cache
def _ours(name: str) -> Audio:
    return read(shipped("sounds") / f"{name}.wav")


def read(path: Path) -> Audio:
    """The sound in a file as it is, 48 kHz mono.

    Raises:
        SoundError: there is no such file, or no sound in it that can be read.
    """
    if not path.is_file():
        files = path.parent.glob("*") if path.suffix else ()
        beside = sorted(file.name for file in files if file.suffix == path.suffix)
        near = get_close_matches(path.name.lower(), [*names(), *beside], n=1)
        hint = f"Did you mean `{near[0]}`?" if near else f"Our own sounds are {', '.join(names())}."
        raise SoundError(f"{path}: there is no such sound file", hint=hint)
    wav = _read_wav(path) if path.suffix.lower() == ".wav" else None
    audio = wav or ffmpeg.decode(path)
    if audio.n_frames == 0:
        raise SoundError(f"{path} holds no sound", hint="Take another file.")
    return audio


def _read_wav(path: Path) -> Audio | None:
    """A WAV of whole numbers, which needs no ffmpeg; None for any other."""
    with warnings.catch_warnings():
        # pydub warns at import where ffmpeg is not on PATH; it is not asked to find it.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415 - as late as its warning can be caught
        from pydub.exceptions import CouldntDecodeError  # noqa: PLC0415 - as above
    try:
        segment = AudioSegment(data=path.read_bytes()).set_channels(1)
    except (CouldntDecodeError, EOFError, ValueError):
        return None
    scale = np.float32(1 << (8 * segment.sample_width - 1))
    samples = np.asarray(segment.get_array_of_samples(), dtype=np.float32) / scale
    if segment.frame_rate != RATE_HZ:
        samples = soxr.resample(samples, segment.frame_rate, RATE_HZ)
    return Audio(samples.reshape(-1, 1), RATE_HZ)


def _levelled(audio: Audio) -> Audio:
    peak = float(np.abs(audio.samples).max(initial=0.0))
    if peak == 0.0:
        return audio
    gain = min(10 ** ((FILE_LUFS - integrated_lufs(audio)) / 20), _FILE_PEAK / peak, _MOST_GAIN)
    return Audio((audio.samples * np.float32(gain)).astype(np.float32), audio.rate_hz)
