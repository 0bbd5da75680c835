"""The contract suite for authors of engines: `check_engine(MyEngine())` in a test of theirs."""

from __future__ import annotations

from contextlib import closing

import numpy as np

from voiceguide.model.audio import Audio
from voiceguide.model.errors import SpeechError
from voiceguide.voice.contract import Engine, SpeakRequest, VoiceInfo

_SHORT = "Rest."
_LONG = "Squeeze your glutes at the top, keep your back straight, and lower slowly."
_OTHER_VOICES = 3
"""So many voices beside the default speak too: some engines have a hundred."""


def check_engine(engine: Engine, language: str = "en", timeout_s: float = 60.0) -> None:
    """Hold an engine to what `voiceguide.voice.contract` says.

    Args:
        engine: made anew for this.
        language: one that it speaks.
        timeout_s: for one phrase.

    Raises:
        AssertionError: says which part of the contract does not hold.
    """
    _check_voices(engine, language)
    _check_sounds(engine, language, timeout_s)


def _check_voices(engine: Engine, language: str) -> None:
    assert engine.name, "the engine has a name"
    assert engine.version, "the engine has a version"
    voices = engine.voices()
    assert voices, "the engine knows a voice"
    assert len({voice.id for voice in voices}) == len(voices), "no two voices have the same id"
    for voice in voices:
        _check_voice(engine, voice)
    assert not _named(engine, "no voice has this name"), "a voice that is not there is refused"
    default = engine.default_voice(language)
    assert default is not None, f"the engine has a voice for {language!r}"
    assert default.installed, "the default voice is on this machine"
    assert default.id in {known.id for known in voices}, "the default voice is one of its voices"
    assert engine.fingerprint(default) == engine.fingerprint(default), "a fingerprint is stable"


def _check_voice(engine: Engine, voice: VoiceInfo) -> None:
    assert voice.id, "a voice has an id"
    assert voice.name, "a voice has a name for people"
    assert voice.engine == engine.name, "voices carry the engine's name"
    assert voice.language == voice.language.lower().replace("_", "-"), "languages are as en-us"
    assert voice.gender in ("female", "male", None), "a gender is female, male or None"


def _named(engine: Engine, name: str) -> VoiceInfo | None:
    try:
        return engine.voice_named(name)
    except SpeechError:
        return None


def _check_sounds(engine: Engine, language: str, timeout_s: float) -> None:
    asked = [(_LONG, 150), (_SHORT, 150), (_LONG, 250), (_SHORT, 150)]
    voice = engine.default_voice(language)
    assert voice is not None
    requests = [SpeakRequest(text, voice.id, rate, language) for text, rate in asked]
    assert list(engine.speak([], timeout_s)) == [], "nothing asked, nothing given"
    sounds = list(engine.speak(requests, timeout_s))
    assert len(sounds) == len(requests), "one sound for each request"
    for sound in sounds:
        _check_samples(sound)
    long, short, fast, again = (sound.n_frames / sound.rate_hz for sound in sounds)
    assert long > 2 * short, "sounds come in the order of the requests, none cut short"
    assert fast < long, "more words a minute take less time"
    assert abs(again - short) < 0.1 * short, "the same request takes the same time"
    with closing(engine.speak(requests, timeout_s)) as stopped:
        _check_samples(next(stopped))
    others = [other for other in engine.voices() if other.installed and other.id != voice.id]
    for other in others[:_OTHER_VOICES]:
        request = SpeakRequest(_SHORT, other.id, 150, other.language or language)
        (sound,) = engine.speak([request], timeout_s)
        _check_samples(sound)


def _check_samples(sound: Audio) -> None:
    assert sound.samples.dtype == np.float32, "samples are float32"
    assert sound.samples.ndim == 2, "samples have the shape (frames, channels)"  # noqa: PLR2004 - dimensions
    assert sound.n_frames > 0, "a phrase has a sound"
    assert np.isfinite(sound.samples).all(), "samples are numbers"
    assert np.abs(sound.samples).max() <= 1.0, "samples lie within -1 and 1"
