"""Two voices in one session, and a manner for each role: who, how fast, how high, how loud."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from voiceguide import pipeline
from voiceguide.model.audio import Audio
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Speech
from voiceguide.sound import Mix
from voiceguide.voice.clips import prepared

SCRIPT = """\
voiceguide: 1
title: Two
{header}
coach: {{praise: false, countdown_voice: true}}
steps:
  - say: Welcome to the session of today.
  - {{exercise: hop, duration: 30s, prepare: 12s}}
  - {{rest: 20s}}
"""


def source(header: str) -> Source:
    return Source(SCRIPT.format(header=header).encode(), "two.yaml", Path())


def spoken(header: str) -> tuple[dict[str, Speech], Mix]:
    timeline, mix = pipeline.prepare(source(header), Options(engine=None))
    return {cue.role: cue for cue in timeline.speech}, mix


def heard(mix: Mix, cue: Speech) -> npt.NDArray[np.float32]:
    samples = np.concatenate([block.samples for block in mix.blocks()])[:, 0]
    return samples[cue.start_ms * 48 : cue.end_ms * 48]


def level_db(samples: npt.NDArray[np.float32]) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(samples**2))))


ENGINE = "voice: {engine: pyttsx3}"


def test_a_role_is_said_by_the_second_voice() -> None:
    cues, _ = spoken(
        f"{ENGINE}\nvoice2: {{engine: pyttsx3, name: en-gb-x-rp}}\nroles: {{rest: voice2}}"
    )
    assert cues["rest"].voice == "pyttsx3:en-gb-x-rp@150"
    assert cues["name"].voice is None


def test_a_role_has_its_own_pace() -> None:
    usual, _ = spoken(ENGINE)
    calm, _ = spoken(f"{ENGINE}\nroles: {{rest: {{rate: 100}}}}")
    length = {name: cues["rest"].end_ms - cues["rest"].start_ms
              for name, cues in (("usual", usual), ("calm", calm))}  # fmt: skip
    assert 1.25 < length["calm"] / length["usual"] < 1.7
    assert calm["rest"].voice == "pyttsx3:en-us+edward2@100"
    assert calm["script"].end_ms == usual["script"].end_ms


def test_a_role_has_its_own_volume() -> None:
    usual, loud_mix = spoken(ENGINE)
    soft, soft_mix = spoken(f"{ENGINE}\nroles: {{rest: {{volume: -6}}}}")

    def below_welcome(cues: dict[str, Speech], mix: Mix) -> float:
        return level_db(heard(mix, cues["script"])) - level_db(heard(mix, cues["rest"]))

    fall = below_welcome(soft, soft_mix) - below_welcome(usual, loud_mix)
    assert fall == pytest.approx(6, abs=1)  # the limiter takes some of the louder one
    assert soft["rest"].voice == "pyttsx3:en-us+edward2@150 -6 dB"


@pytest.mark.parametrize("semitones", [-4, -1.5, 2, 4])
def test_pitch_is_as_many_semitones_as_were_asked_and_the_length_stays(semitones: float) -> None:
    at = np.arange(24_000) / 24_000
    tone = Audio((0.3 * np.sin(2 * np.pi * 220 * at)).astype(np.float32).reshape(-1, 1), 24_000)
    high = prepared(tone, semitones)
    assert high.n_frames == pytest.approx(48_000, abs=2)
    middle = high.samples[4_800:-4_800, 0]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 1 << 18))
    found = float(np.argmax(spectrum)) * 48_000 / (1 << 18)
    assert 12 * np.log2(found / 220) == pytest.approx(semitones, abs=0.1)
    assert level_db(middle) == pytest.approx(level_db(tone.samples[:, 0]), abs=0.5)


def test_the_voice_itself_may_be_higher() -> None:
    cues, _ = spoken("voice: {engine: pyttsx3, pitch: 2}\nroles: {rest: {pitch: -1}}")
    assert cues["rest"].voice == "pyttsx3:en-us+edward2@150 -1 st"


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("roles: {tip: voice2}", "3:14 there is no `voice2` in this script"),
        ("voice2: {engine: hbari}", "3:18 expected one of the engines"),
        ("voice2: {engine: pyttsx3, name: nobody}", "3:33 there is no voice 'nobody'"),
        ("roles: {tip: {pitch: 12}}", "3:22 expected a number from -4 to 4 (got `12`)"),
        ("roles: {tips: voice2}", "3:9 unknown key `tips`"),
        ("roles: {tip: {volume: loud}}", "3:23 expected a number from -20 to 6 (got `loud`)"),
    ],
)
def test_what_is_wrong_with_voices_is_a_fault_in_its_place(header: str, wanted: str) -> None:
    found = [f"{f.line}:{f.column} {f.message}" for f in pipeline.check(source(header)).faults]
    assert any(each.startswith(wanted) for each in found), found


def test_a_wish_of_the_call_counts_for_the_first_voice_alone() -> None:
    timeline = pipeline.plan(
        source("voice2: {engine: pyttsx3, name: en-gb-x-rp}\nroles: {rest: voice2}"),
        Options(engine="pyttsx3", voice="en-us", rate=170),
        estimate=True,
    )
    assert timeline.voice == "pyttsx3:en-us@170"
    (rest,) = [cue for cue in timeline.speech if cue.role == "rest"]
    assert rest.voice == "pyttsx3:en-gb-x-rp@150"
