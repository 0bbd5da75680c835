"""The main job, measured: a script spoken by pyttsx3, encoded, and decoded again."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyloudnorm
import pytest
from mutagen.id3 import ID3

from voiceguide import ffmpeg, pipeline
from voiceguide.data import shipped
from voiceguide.model.options import Options
from voiceguide.model.source import Source
from voiceguide.model.timeline import Timeline, Tone, parse

Sound = npt.NDArray[np.float32]

SCRIPT = """
voiceguide: 1
title: Échauffement für 走る
steps:
  - say: Welcome. Find some floor space.
  - block: Main
    steps:
      - {exercise: reverse lunge, prepare: 18s, reps: 4, sides: left-right}
      - {rest: 15s}
      - {exercise: plank, reps: 3, hold: 4s, release: 3s}
      - {rest: 12s, label: walk}
      - exercise: squat hold
        duration: 62s
        cues: [{at: 20s, sound: clap, say: Hips low}, {at: -4.25s, sound: clap}]
  - say: Done. Walk around and breathe.
"""

PITCH_HZ = {
    "countdown": 880.0,
    "start": 1318.5,
    "rest": 784.0,
    "switch": 587.3,
    "release": 440.0,
    "halfway": 1174.7,
    "rep": 698.5,
    "finish": 523.3,
}
"""The first note of each tone: A5, E6, G5, D5, A4, D6, F5, C5 in equal temperament (ISO 16)."""
FRAMES_A_MS = 48
ONSET_MS = 5


@pytest.fixture(
    scope="module",
    params=[
        "script",
        "stand-up",
        pytest.param("run-warmup", marks=pytest.mark.slow),
        pytest.param("upper-glutes-10", marks=pytest.mark.slow),
    ],
)
def finished(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("finished") / "Échauffement für 走る.mp3"
    if request.param == "script":
        text = SCRIPT.encode()
    else:
        text = (shipped("scripts") / f"{request.param}.yaml").read_bytes()
    source = Source(text, "script.yaml", path.parent)
    rendered = pipeline.render(source, path, Options(engine="pyttsx3"))
    return rendered.timeline, path, decoded(path)


def decoded(path: Path) -> Sound:
    call = [ffmpeg.locate(), "-v", "error", "-i", path, "-map", "0:a", "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(call, capture_output=True, check=True).stdout, "<f4")


def between(sound: Sound, start_ms: float, end_ms: float) -> Sound:
    return sound[round(start_ms * FRAMES_A_MS) : round(end_ms * FRAMES_A_MS)]


def test_it_lasts_exactly_as_long_as_the_script_says(finished: Any) -> None:
    timeline, _, sound = finished
    assert len(sound) == timeline.duration_ms * FRAMES_A_MS


def test_the_same_script_gives_the_same_samples(tmp_path: Path) -> None:
    source = Source(SCRIPT.encode(), "script.yaml", tmp_path)
    files = tmp_path / "one.mp3", tmp_path / "two.mp3"
    one, two = (pipeline.render(source, file, Options(engine="pyttsx3")).timeline for file in files)
    assert one == two
    assert files[0].read_bytes() == files[1].read_bytes()


def test_its_loudness_and_peak_are_those_of_a_mono_programme(finished: Any) -> None:
    _, _, sound = finished
    loudness = pyloudnorm.Meter(48_000).integrated_loudness(sound.astype(np.float64))
    assert loudness == pytest.approx(-19, abs=0.5)
    assert 20 * np.log10(np.abs(sound).max()) <= -1


def test_every_tone_begins_within_5_ms_of_its_time(finished: Any) -> None:
    timeline, _, sound = finished
    late = {
        (tone.role, tone.start_ms): found
        for tone in audible(timeline)
        if abs(found := onset_ms(sound, tone)) > ONSET_MS
    }
    assert not late


def test_tones_are_in_their_place_under_music_too(tmp_path: Path) -> None:
    """Music is low and dark; above 500 Hz, where it ends, the onset of each tone is found again."""
    source = Source(SCRIPT.encode(), "script.yaml", tmp_path)
    path = tmp_path / "with music.mp3"
    timeline = pipeline.render(source, path, Options(engine="pyttsx3", music="bed")).timeline
    sound = decoded(path).reshape(-1, 2).mean(axis=1)
    assert len(sound) == timeline.duration_ms * FRAMES_A_MS
    for tone in audible(timeline):
        if PITCH_HZ.get(tone.role, 0) > 550:
            assert abs(onset_ms(above_500_hz(sound, tone), early_by(tone))) <= ONSET_MS, tone


def early_by(tone: Tone) -> Tone:
    """The tone as it lies in a cut that begins 100 ms before it."""
    return replace(tone, start_ms=100, end_ms=100 + tone.end_ms - tone.start_ms)


def above_500_hz(sound: Sound, tone: Tone) -> Sound:
    """The sound around a tone, from 100 ms before it; the filter has no delay."""
    part = between(sound, tone.start_ms - 100, tone.end_ms + 100)
    spectrum = np.fft.rfft(part)
    frequency = np.fft.rfftfreq(len(part), 1 / 48_000)
    spectrum *= 1 / (1 + (500 / np.maximum(frequency, 1)) ** 8)
    return np.fft.irfft(spectrum, len(part)).astype(np.float32)


def audible(timeline: Timeline) -> list[Tone]:
    """Tones that are not felt only, and are not spoken over."""
    spoken = [(cue.start_ms - 30, cue.end_ms + 30) for cue in timeline.speech]
    return [
        tone
        for tone in timeline.tones
        if tone.role != "wake" and not any(a < tone.end_ms and tone.start_ms < b for a, b in spoken)
    ]


def onset_ms(sound: Sound, tone: Tone) -> float:
    """When the tone reaches a quarter of its peak, in ms from its time."""
    early = max(tone.start_ms - 20, 0)
    heard = np.abs(between(sound, early, min(tone.start_ms + 60, tone.end_ms)))
    first = int(np.argmax(heard > heard.max() / 4))
    return first / FRAMES_A_MS - (tone.start_ms - early)


def test_tones_are_told_apart_by_their_spectrum(finished: Any) -> None:
    timeline, _, sound = finished
    for tone in audible(timeline):
        if tone.role != "script":
            heard = loudest_hz(between(sound, tone.start_ms, tone.start_ms + 90))
            assert heard == pytest.approx(PITCH_HZ[tone.role], rel=0.03), tone


def loudest_hz(heard: Sound) -> float:
    size = 1 << 16
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard)), size))
    return float(np.argmax(spectrum)) * 48_000 / size


def test_a_sound_of_the_script_is_found_at_its_moment(finished: Any) -> None:
    timeline, _, sound = finished
    clap = np.frombuffer((shipped("sounds") / "clap.wav").read_bytes()[44:], "<i2") / 32768
    for tone in timeline.tones:
        if tone.role == "script":
            around = between(sound, tone.start_ms - 100, tone.end_ms + 100).astype(np.float64)
            alike = np.correlate(around, clap, "valid")
            late = int(np.argmax(np.abs(alike))) / FRAMES_A_MS - 100
            assert abs(late) < ONSET_MS, tone


def test_speech_is_heard_in_each_spoken_cue_and_nothing_where_nothing_is_due(
    finished: Any,
) -> None:
    timeline, _, sound = finished
    for cue in timeline.speech:
        level = np.sqrt(np.mean(between(sound, cue.start_ms, cue.end_ms) ** 2))
        assert 20 * np.log10(level) > -35, cue
    due = np.zeros(len(sound), dtype=bool)
    for cue in timeline.cues:
        due[cue.start_ms * FRAMES_A_MS : (cue.end_ms + 80) * FRAMES_A_MS] = True
    assert 20 * np.log10(np.abs(sound[~due]).max() + 1e-9) < -50


def test_its_tags_hold_title_chapters_and_the_timeline(finished: Any) -> None:
    timeline, path, _ = finished
    tags = ID3(path)
    assert str(tags["TIT2"]) == timeline.title
    told = tags.getall("GEOB")[0]
    assert told.mime == "application/json"
    assert parse(told.data.decode("utf-8")) == timeline
    assert json.loads(told.data)["voiceguide_timeline"] == 1
    call = [ffmpeg.locate(), "-hide_banner", "-i", path]
    listed = subprocess.run(call, capture_output=True, check=False).stderr.decode("utf-8")
    starts = [
        line.split("start ")[1].split(",")[0] for line in listed.splitlines() if "Chapter #" in line
    ]
    assert [round(float(start) * 1000) for start in starts] == [
        chapter.start_ms for chapter in timeline.chapters
    ]
