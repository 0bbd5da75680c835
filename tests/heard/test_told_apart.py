"""A recogniser that knows 30 cues hears which one was spoken."""

from __future__ import annotations

import re

import numpy as np
import pocketsphinx
import pytest
import soxr

from heard.cues import CUES
from voiceguide.sound import integrated_lufs
from voiceguide.voice import Speaker, choose

LEAST_HEARD = 29
NOISE_DBFS = -55
"""Exact digital silence, which no microphone gives, upsets the recogniser."""
RATE_HZ = 16_000
"""What its model was trained on."""


@pytest.mark.parametrize("engine", ["pyttsx3", pytest.param("hibari", marks=pytest.mark.slow)])
def test_a_recogniser_tells_the_cues_apart(engine: str) -> None:
    if engine == "hibari":
        pytest.importorskip("hibari")
    speaker = Speaker(choose(engine, None, "en", None), loudness=integrated_lufs)
    speaker.speak(CUES)
    sentences = [_words(speaker.estimate(cue).spoken) for cue in CUES]
    decoder = _decoder(sentences)
    noise = np.random.default_rng(0)
    heard = [_heard(decoder, speaker.clip(cue).samples[:, 0], noise) for cue in CUES]
    wrong = [pair for pair in zip(sentences, heard, strict=True) if pair[0] != pair[1]]
    assert len(CUES) - len(wrong) >= LEAST_HEARD, wrong


def _words(spoken: str) -> str:
    return " ".join(re.sub(r"[^a-z' ]+", " ", spoken.lower()).split())


def _decoder(sentences: list[str]) -> pocketsphinx.Decoder:
    """A decoder that may answer with any of the sentences, and with nothing else."""
    model = f"{pocketsphinx.get_model_path()}/en-us"
    config = pocketsphinx.Config(
        hmm=f"{model}/en-us", dict=f"{model}/cmudict-en-us.dict", lm=None, loglevel="FATAL"
    )
    decoder = pocketsphinx.Decoder(config)
    unknown = {word for line in sentences for word in line.split() if not decoder.lookup_word(word)}
    assert not unknown
    grammar = f"#JSGF V1.0;\ngrammar cues;\npublic <cue> = {' | '.join(sentences)};\n"
    decoder.add_jsgf_string("cues", grammar)
    decoder.activate_search("cues")
    return decoder


def _heard(decoder: pocketsphinx.Decoder, samples: np.ndarray, noise: np.random.Generator) -> str:
    clip = soxr.resample(np.pad(samples, 12_000), 48_000, RATE_HZ)
    clip = clip + noise.normal(0, 10 ** (NOISE_DBFS / 20), len(clip))
    decoder.start_utt()
    decoder.process_raw((np.clip(clip, -1, 1) * 32_767).astype("<i2").tobytes(), full_utt=True)
    decoder.end_utt()
    found = decoder.hyp()
    return re.sub(r"\(\d\)", "", found.hypstr) if found else ""
