"""What holds for every language we can read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from voiceguide.sound import integrated_lufs
from voiceguide.voice import SpeakRequest, clips, estimate_ms, speakable
from voiceguide.voice.engines.pyttsx3 import Pyttsx3Engine
from voiceguide.voice.languages import known, reference
from voiceguide.voice.normalise import for_engine

CUES: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("cues.yaml").read_text("utf-8")
)
FAR_OFF = 0.25
"""Of the length, the worst of the cues that lengths were fitted to is 18 % off."""


def test_the_languages() -> None:
    assert known() == ("de", "en", "es", "fr", "it", "ja", "nl", "pt")
    assert set(CUES) == set(known()) - {"en"}


@pytest.mark.parametrize("language", known())
def test_a_reference_is_ready_to_be_spoken(language: str) -> None:
    assert speakable(reference(language), language=language) == reference(language)
    assert 2500 < estimate_ms(reference(language), 150, language) < 8000


def test_a_language_we_do_not_know_is_levelled_and_timed_as_english() -> None:
    assert reference("sv") == reference("en-GB")
    assert estimate_ms("Vila.", 150, "sv") == estimate_ms("Vila.", 150)


@pytest.mark.parametrize("language", ["de", "es-MX", "fr", "it", "pt-BR", "nl"])
def test_what_is_pronounced_otherwise_is_so_in_every_language(language: str) -> None:
    pronounce = (("TGU", "turkish"), ("hip thrust", "hipp"), ("größe", "maß"))
    said = speakable("TGU, Hip Thrust; Größe. TGUS", pronounce, language)
    assert said.startswith("turkish, hipp; maß.")


@pytest.mark.slow
@pytest.mark.parametrize("language", CUES)
def test_every_voice_takes_about_as_long_as_was_estimated(language: str) -> None:
    if language == "ja":
        pytest.importorskip("pyopenjtalk")
    engine = Pyttsx3Engine()
    voice = engine.default_voice(language)
    assert voice is not None
    said = [speakable(cue, language=language) for cue in (*CUES[language], reference(language))]
    requests = [SpeakRequest(for_engine(t, language), voice.id, 150, language) for t in said]
    for text, raw in zip(said, engine.speak(requests, 30), strict=True):
        sound = clips.prepared(raw)
        length_ms = 1000 * sound.n_frames / sound.rate_hz
        assert estimate_ms(text, 150, language) == pytest.approx(length_ms, rel=FAR_OFF), text
        assert np.abs(sound.samples).max() > 0.01
    assert np.isfinite(integrated_lufs(sound))
