"""How long a phrase takes in each language: the constants of `voiceguide/voice/reading/*.yaml`.

Speaks the lines of `tests/voice/cues.yaml` with pyttsx3 at 150 words a minute, trims them as a
session does, and fits by least squares what a phrase, a sound and a pause take. Run it when rules
or cues have changed; it prints what to write, and how far off the estimates are.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import yaml

from voiceguide.model.units import frames_to_ms
from voiceguide.voice import SpeakRequest, clips, estimate_ms, speakable
from voiceguide.voice.engines.pyttsx3 import Pyttsx3Engine
from voiceguide.voice.estimate import counted
from voiceguide.voice.normalise import for_engine

CUES = Path(__file__).parents[1] / "tests" / "voice" / "cues.yaml"
RATE_WPM = 150


def main() -> None:
    """Print the constants of each language, and the error with the ones in use."""
    for language, cues in yaml.safe_load(CUES.read_text("utf-8")).items():
        said = [speakable(cue, language=language) for cue in cues]
        given = [for_engine(text, language) for text in said]
        measured = np.array(lengths_ms(given, language), float)
        parts = np.array([(1, *counted(text, language)) for text in given], float)
        # Short cues count as much as long ones: the error in parts of the length is made small.
        weight = 1 / np.sqrt(measured)
        fitted = np.linalg.lstsq(parts * weight[:, None], measured * weight)[0]
        phrase, sound, pause = fitted
        print(
            f"{language}: {{phrase_ms: {phrase:.0f}, sound_ms: {sound:.0f}, pause_ms: {pause:.0f}}}"
        )
        told("  fitted", parts @ fitted, measured)
        told("  in use", [estimate_ms(text, RATE_WPM, language) for text in given], measured)
        told("  unread", [estimate_ms(text, RATE_WPM, language) for text in said], measured)


def told(label: str, estimated: object, measured: np.ndarray) -> None:
    """Print how far estimates are off."""
    off = np.asarray(estimated, float) - measured
    rms = np.sqrt(np.mean(off**2))
    worst = np.abs(off / measured).max()
    print(f"{label}: {rms / 1000:.2f} s root mean square off, at most {worst:.0%}")


def lengths_ms(texts: list[str], language: str) -> list[int]:
    """Trimmed lengths, as a session has them."""
    engine = Pyttsx3Engine()
    voice = engine.default_voice(language)
    assert voice is not None
    requests = [SpeakRequest(text, voice.id, RATE_WPM, language) for text in texts]
    return [frames_to_ms(clips.prepared(sound).n_frames) for sound in engine.speak(requests, 30)]


if __name__ == "__main__":
    main()
