"""hibari in a process of its own. Run by `process.Worker`."""

from __future__ import annotations

import io
from collections.abc import Callable

from voiceguide.voice.engines.serve import Request, serve

NATIVE_WPM = 188
"""Words a minute of `heart` at its own pace, over the 32 workout cues of `estimate`, silence at
the ends not counted; espeak at 150 gives 157 of them."""
SEED = 0
"""With a seed the same text is the same sound, bit by bit."""


def main() -> None:
    """Serve until the parent is done."""
    serve(_start)


def _start() -> Callable[[Request], bytes]:
    from hibari import Hibari, write_wav  # noqa: PLC0415 - loads onnxruntime, in this process alone

    loaded: dict[str, Hibari] = {}

    def answer(request: Request) -> bytes:
        voice = request["voice_id"]
        if voice not in loaded:
            loaded[voice] = Hibari(voice=voice)
        sound = io.BytesIO()
        speed = request["rate_wpm"] / NATIVE_WPM
        write_wav(sound, loaded[voice](request["text"], speed=speed, seed=SEED))
        return sound.getvalue()

    return answer
